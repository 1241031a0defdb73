"""The groups of words in `data/countries/contexts.txt`: what stands in and round names."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def group(name: str) -> frozenset[str]:
    """The words of a group."""
    text = resources.files("corpus_db.data").joinpath("countries", "contexts.txt").read_text(encoding="utf-8")
    lines = (line.split("|") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(word for group, content in lines if group == name for word in content.split())
