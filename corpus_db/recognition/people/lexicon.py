"""The word lists that shape tokens and features, read from `corpus_db/data/people`.

Each list is a text file, one entry a line, lower case without diacritics; where it comes from
and under which licence is said in that folder's README.

The long lists are one hash table, made of all lines at once, that tells of a word which of them have
it: sets of 140,000 strings would take twice as long to make and ask for a word one by one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from ..stretches import code_points
from .strings import HashTable, Keys, hash_of, hashes_of

# What the long lists say of a word, as bits of one number.
FIRST_NAME = 1
FAMILY_NAME = 2
PLACE_NAME = 4  # of one word
EAST_ASIAN = 8  # a family name that stands first
STOPS = 16  # capitalised words that are never in a name, with titles, brands and headline verbs
SMALL_PART = 32  # a particle or a suffix of a name
OPENING = 64  # opens a sentence before a name, and is a name elsewhere: "yet"
SMALL_WORD = 128  # normally written in small letters
USE = 8  # bits before the digits of usage, see `usage_code`
_LISTS = {
    FIRST_NAME: ("first_names",),
    FAMILY_NAME: ("family_names",),
    PLACE_NAME: ("places",),
    EAST_ASIAN: ("east_asian",),
    STOPS: ("stops", "titles", "brands", "headline_verbs"),
    SMALL_PART: ("particles", "suffixes"),
    OPENING: ("openers",),
    SMALL_WORD: ("small_words",),
}

Listed = NDArray[np.int32]


class Lexicon:
    """Word lists; every word in the form that `words.fold` gives."""

    def __init__(self) -> None:
        self.abbreviations = frozenset(read_list("abbreviations"))  # whose full stop belongs to them: "mr"
        self.particles = frozenset(read_list("particles"))  # "van", "de", "bin"
        self.suffixes = frozenset(read_list("suffixes"))  # "jr.", "sr."
        self.titles = frozenset(read_list("titles"))
        self.brands = frozenset(read_list("brands"))  # companies, programs, papers: "twitter"
        self.stop_tails = frozenset(read_list("stop_tails"))  # "-led", "-based"
        self.syllables = frozenset(read_list("syllables"))  # of Chinese and Korean given names
        self.kinds = read_sections("kinds")  # what companies, places and works are called: "firm"
        self.bodies = tuple(
            ", ".join(read_list("bodies")).replace(",,", ",").rstrip(",").split(", ")
        )  # firms, parties, papers
        self.place_phrases = tuple(read_list("place_phrases"))  # of several words, joined by spaces
        self._table = _table()

    def listed(self, words: Sequence[str]) -> Listed:
        """What the long lists say of each word."""
        return np.maximum(self._table.find(hashes_of_words(words)), 0)

    def listed_one(self, word: str) -> int:
        """The same of one short word."""
        return max(self._table.find_one(hash_of(word)), 0)


def usage_code(digits: str) -> int:
    """How news uses a word (see benchmarks/people/lists.py) as a number, not 0."""
    return 1 + int(digits, 8)


def usage_digits(listed: int) -> str:
    """The digits of usage in what the lists say of a word; empty where it has none."""
    code = listed >> USE
    return f"{code - 1:06o}" if code else ""


def read_list(name: str) -> list[str]:
    """The entries of a list in the data folder; lines that start with # are remarks."""
    path = files("corpus_db") / "data" / "people" / f"{name}.txt"
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and line[0] != "#"]


def read_sections(name: str) -> Mapping[str, frozenset[str]]:
    """A list with [headings] and several words a line: heading -> words."""
    found: dict[str, frozenset[str]] = {}
    heading = ""
    for line in read_list(name):
        if line.startswith("["):
            heading = line.strip("[]")
        else:
            found[heading] = found.get(heading, frozenset()) | frozenset(line.split())
    return found


def hashes_of_words(words: Sequence[str]) -> Keys:
    """The hash of each word, the same in every process (unlike `hash`)."""
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    ends = np.cumsum(sizes)
    return hashes_of(code_points("".join(words)), ends - sizes, ends)


def _table() -> HashTable:
    words: list[str] = []
    bits: list[NDArray[np.int32]] = []
    for bit, names in _LISTS.items():
        for name in names:
            entries = read_list(name)
            words += entries
            bits.append(np.full(len(entries), bit, np.int32))
    uses = [line.split(" ") for line in read_list("usage")]
    words += [word for word, _ in uses]
    bits.append(np.array([usage_code(digits) for _, digits in uses], np.int32) << USE)
    keys = hashes_of_words(words)
    order = np.argsort(keys)
    keys = keys[order]
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    table = HashTable()
    table.add(keys[first], np.bitwise_or.reduceat(np.concatenate(bits)[order], first))
    return table


@cache
def lexicon() -> Lexicon:
    """The shipped word lists."""
    return Lexicon()
