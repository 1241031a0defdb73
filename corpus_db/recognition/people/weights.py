"""The trained weights as one .npz file: integer arrays and the feature names, no code.

Nothing in it is compressed, for it is read at every start.

What they were trained on, under which licences, and the command that trains them anew stand in
`corpus_db/data/people/README.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .model import PassWeights


class Weights(NamedTuple):
    """All passes of a recogniser, and the features that they share with their vectors.

    The vectors of all passes stand side by side in one row, for they are always wanted together.
    """

    feature_names: tuple[str, ...]
    cells: NDArray[np.int32]  # the feature * roles + role that have a vector, in order
    vectors: NDArray[np.int8]  # (cells + 1, passes * D); row 0 is zero, the others are those of the cells
    passes: tuple[PassWeights, ...]


def save(weights: Weights, path: Path) -> None:
    """Write the weights to a file."""
    names = np.frombuffer("\n".join(weights.feature_names).encode(), np.uint8)
    arrays: dict[str, Any] = {"features": names, "cells": weights.cells, "vectors": weights.vectors}
    for number, weights_of_pass in enumerate(weights.passes):
        for name, value in weights_of_pass._asdict().items():
            arrays[f"{number}.{name}"] = np.asarray(value)
    np.savez(path, **arrays)


def load(path: Path) -> Weights:
    """Read weights that `save` wrote."""
    with np.load(path, allow_pickle=False) as archive:
        names = tuple(archive["features"].tobytes().decode().split("\n"))
        passes = []
        number = 0
        while f"{number}.output" in archive.files:
            fields = {name: archive[f"{number}.{name}"] for name in PassWeights._fields}
            for name in ("step", "output_step"):
                fields[name] = float(fields[name])
            passes.append(PassWeights(**fields))
            number += 1
        return Weights(names, archive["cells"], archive["vectors"], tuple(passes))


@cache
def shipped() -> Weights:
    """The weights in the package."""
    with as_file(files("corpus_db") / "data" / "people" / "weights.npz") as path:
        return load(path)


def quantise(values: NDArray[Any], step: float, kind: type[Any]) -> NDArray[Any]:
    """Numbers as multiples of a step, clipped to what the integer type holds."""
    limits = np.iinfo(kind)
    return np.clip(np.round(values / step), limits.min + 1, limits.max).astype(kind)


__all__: Sequence[str] = ("Weights", "load", "quantise", "save", "shipped")
