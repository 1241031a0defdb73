"""The word lists that shape tokens and features, read from `corpus_db/data/people`.

Each list is a text file, one entry a line, lower case without diacritics; where it comes from
and under which licence is said in that folder's README.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Word lists; every word in the form that `words.fold` gives."""

    abbreviations: frozenset[str]  # words whose full stop belongs to them: "mr", "sen"
    particles: frozenset[str]  # "van", "de", "bin"
    suffixes: frozenset[str]  # "jr.", "sr."
    stops: frozenset[str]  # capitalised words that are never in a name
    titles: frozenset[str]  # the same, for being titles
    brands: frozenset[str]  # the same, for being a company, program or paper: "twitter"
    openers: frozenset[str]  # words that open a sentence before a name, and are names elsewhere: "yet"
    stop_tails: frozenset[str]  # "-led", "-based"
    first_names: frozenset[str]
    family_names: frozenset[str]
    east_asian: frozenset[str]  # family names that stand first
    syllables: frozenset[str]  # of Chinese and Korean given names
    places: frozenset[str]  # of one word
    place_phrases: frozenset[str]  # of several words, joined by spaces
    small_words: frozenset[str]  # words that are normally written in small letters
    usage: Mapping[str, str]  # word -> digits, see benchmarks/people/lists.py

    @cached_property
    def never_in_names(self) -> frozenset[str]:
        """Stops, titles and brands."""
        return self.stops | self.titles | self.brands

    @cached_property
    def small_parts(self) -> frozenset[str]:
        """Particles and suffixes."""
        return self.particles | self.suffixes


def read_list(name: str) -> frozenset[str]:
    """The entries of a list in the data folder; lines that start with # are remarks."""
    path = files("corpus_db") / "data" / "people" / f"{name}.txt"
    lines = path.read_text(encoding="utf-8").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def lexicon() -> Lexicon:
    """The shipped word lists."""
    lists = {name: read_list(name) for name in Lexicon.__dataclass_fields__ if name != "usage"}
    return Lexicon(**lists, usage=dict(line.split(" ", 1) for line in sorted(read_list("usage"))))
