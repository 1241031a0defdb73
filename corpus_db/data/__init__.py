"""Word lists and weights that the stages use, each with its source beside it.

Word lists are text files, one entry a line; a line that begins with `#` is a comment and states
where the list comes from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


def word_list(name: str) -> tuple[str, ...]:
    """The entries of the list `name` (a path below this folder), in the order of the file."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.split("\n") if line.strip() and not line.startswith("#"))


@cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML table `name` (a path below this folder, without its ending), read once."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
