"""Trains the trees of corpus_db/recognition/countries/trees.py.

Gradient boosting with the second derivatives of the log-loss: each tree's questions are those that, asked of all its
leaves at once, take away most of what is left, and its leaves go a small step in that direction. Nothing is drawn
by lot, so the same material gives the same trees.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_db.recognition.countries.trees import STEP

Floats = NDArray[np.float64]

ROUNDS = 200
DEPTH = 4
RATE = 0.08
LEAST = 4.0  # weight of examples (second derivatives) on either side of a question in all leaves
PENALTY = 8.0  # on leaves
LEVELS = 32  # thresholds of a feature at most


def boosted(
    features: Floats,
    right: Floats,
    score: Floats,
    rounds: int = ROUNDS,
    depth: int = DEPTH,
    rate: float = RATE,
    penalty: float = PENALTY,
    least: float = LEAST,
) -> dict[str, Any]:
    """Trees for (examples, features), what is right (0 or 1), and the scores that they start from."""
    edges = [_edges(column) for column in features.T]
    bins = np.stack(
        [np.searchsorted(edge, column, side="left") for edge, column in zip(edges, features.T, strict=True)],
        axis=1,
    )
    width = LEVELS + 1
    cells = bins + np.arange(len(edges)) * width
    questions: dict[tuple[int, float], int] = {}
    trees: list[list[int]] = []
    leaves: list[list[int]] = []
    score = score.copy()
    count = len(edges) * width
    for _ in range(rounds):
        likely = 1 / (1 + np.exp(-score))
        slope, bend = likely - right, np.maximum(likely * (1 - likely), 1e-6)
        leaf, tree = np.zeros(len(right), np.int64), []
        for level in range(depth):
            best = _question(
                cells + (leaf * count)[:, None], slope, bend, (1 << level, len(edges), width), penalty, least
            )
            feature, step = best
            asked = feature, float(edges[feature][step])
            tree.append(questions.setdefault(asked, len(questions)))
            leaf += (bins[:, feature] > step).astype(np.int64) << level
        values = (
            -np.bincount(leaf, slope, 1 << depth) / (np.bincount(leaf, bend, 1 << depth) + penalty) * rate
        )
        whole = np.rint(values / STEP).astype(np.int64)
        score += whole[leaf] * STEP
        trees.append(tree)
        leaves.append(whole.tolist())
    return {"questions": [list(asked) for asked in questions], "trees": trees, "leaves": leaves}


def _edges(column: Floats) -> Floats:
    """Thresholds between values of a feature, half way, so that a rounding error changes no answer."""
    values = np.unique(column)
    if len(values) > LEVELS + 1:
        values = np.unique(np.quantile(column, np.linspace(0, 1, LEVELS + 1), method="nearest"))
    return np.array([float(f"{x:.6g}") for x in (values[1:] + values[:-1]) / 2])


def _question(
    cells: NDArray[np.int64],
    slope: Floats,
    bend: Floats,
    shape: tuple[int, int, int],
    penalty: float,
    least: float,
) -> tuple[int, int]:
    """The feature and the threshold that take away most."""
    size = int(np.prod(shape))
    wide = cells.shape[1]
    slopes = np.bincount(cells.ravel(), np.repeat(slope, wide), size).reshape(shape).cumsum(axis=2)
    bends = np.bincount(cells.ravel(), np.repeat(bend, wide), size).reshape(shape).cumsum(axis=2)
    every, all_bends = slopes[:, :, -1:], bends[:, :, -1:]
    gain = slopes**2 / (bends + penalty) + (every - slopes) ** 2 / (all_bends - bends + penalty)
    total = (gain - every**2 / (all_bends + penalty)).sum(axis=0)
    below = bends.sum(axis=0)
    total[(below < least) | (all_bends.sum(axis=0) - below < least)] = -1.0
    best = int(np.argmax(np.round(total, 9)))
    return divmod(best, shape[2])
