"""The word lists and tables of `data/parsing/`, loaded once.

What the parser knows about the world (labels, months, agencies, furniture) is data with its source
beside it; the modules of this room hold only how it is used.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> Mapping[str, Any]:
    """The table `data/parsing/{name}.toml`."""
    return tomllib.loads(files("corpus_db.data").joinpath(f"parsing/{name}.toml").read_text(encoding="utf-8"))
