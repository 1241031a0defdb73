"""The groups of words in `data/countries/contexts.txt`: what stands in and round names."""

from __future__ import annotations

from functools import cache
from importlib import resources

from corpus_db.names import lists


@cache
def group(name: str) -> frozenset[str]:
    """The words of a group."""
    text = resources.files("corpus_db.data").joinpath("countries", "contexts.txt").read_text(encoding="utf-8")
    lines = (line.split("|") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(word for group, content in lines if group == name for word in content.split())


@cache
def given_names() -> frozenset[str]:
    """Folded given names; not those of one or two letters, which are other words more often ("In", "Do")."""
    return frozenset(name for name in lists.given_names() if len(name) > 2) - group("function")
