"""The word lists of personal names, read once from corpus_db/data/names/ (each says its source).

Everything here is folded (see folding.py). The lists are small: reading all of them takes about
15 ms, and only what is asked for is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal

Gender = Literal["f", "m"]
VERY_COMMON: Final = 300  # family names of the United States: each is borne by more than 1 in 3,500


def lines(name: str) -> Iterator[str]:
    """The lines of a list that are neither empty nor a comment."""
    text = files("corpus_db").joinpath("data", "names", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def sections(name: str) -> Mapping[str, frozenset[str]]:
    """A list with [headings]: heading -> words."""
    found: dict[str, set[str]] = {}
    words: set[str] = set()
    for line in lines(name):
        if line.startswith("["):
            words = found.setdefault(line.strip("[]"), set())
        else:
            words.update(line.split())
    return {heading: frozenset(words) for heading, words in found.items()}


@cache
def given_names() -> Mapping[str, str]:
    """Given name -> f, m or u (used for both)."""
    return {name: line[0] for line in lines("given_names.txt") for name in line[2:].split(" ")}


@cache
def _genders() -> Mapping[str, Gender]:
    """Given name -> the gender that it nearly always has; more names than `given_names` has."""
    found: dict[str, Gender] = {}
    for list_name in ("genders.txt", "given_names.txt"):
        for line in lines(list_name):
            if line[0] in "fm":
                found.update(dict.fromkeys(line[2:].split(" "), "f" if line[0] == "f" else "m"))
    return found


@cache
def surnames() -> frozenset[str]:
    """Common family names of the United States and of countries that write in Latin letters."""
    return frozenset(lines("surnames.txt"))


@cache
def _common(kind: str, most: int | None = None) -> frozenset[str]:
    found = (line.partition("\t") for line in lines("common_names.txt"))
    return frozenset(
        name for section, _, names in found if section.startswith(kind) for name in names.split(" ")[:most]
    )


def is_common_given(name: str) -> bool:
    """Whether so many bear this given name that alone it says little."""
    return name in _common("given")


@cache
def _common_families(most: int | None) -> frozenset[str]:
    """The `most` common family names of the United States, with what counts as common elsewhere."""
    asian, elsewhere = sections("east_asian.txt"), sections("words.txt")["common_elsewhere"]
    spellings = {word for word, group in variant_group().items() if group in elsewhere}
    return frozenset(
        _common("family", most)
        | spellings
        | elsewhere
        | asian["surnames"]
        | asian["korean"]
        | asian["vietnamese"]
    )


def is_common_family(name: str) -> bool:
    """Whether so many bear this family name that alone it says little.

    Counted for the United States; elsewhere the East Asian family names and a short list are taken to be
    common. A table of frequencies for more of the world has its place here.
    """
    return name in _common_families(None)


def is_very_common_family(name: str) -> bool:
    """Whether a corpus is likely to name many people of this family name, several of them with one initial."""
    return name in _common_families(VERY_COMMON)


@cache
def iberian_surnames() -> frozenset[str]:
    """Family names of Spanish and Portuguese."""
    return frozenset(lines("iberian_surnames.txt"))


@cache
def formal_names() -> Mapping[str, frozenset[str]]:
    """Short form -> the formal given names that it stands for (a formal name has no entry of its own)."""
    found: dict[str, set[str]] = {}
    for line in (*lines("nicknames.txt"), *lines("nicknames_irregular.txt")):
        formal, _, short = line.partition("\t")
        for nick in short.split(" "):
            found.setdefault(nick, set()).add(formal)
    return {nick: frozenset(formal) for nick, formal in found.items()}


@cache
def irregular_names() -> Mapping[str, frozenset[str]]:
    """Of `formal_names`, the short forms that do not look like their formal name ("bob")."""
    found: dict[str, set[str]] = {}
    for line in lines("nicknames_irregular.txt"):
        formal, _, short = line.partition("\t")
        for nick in short.split(" "):
            found.setdefault(nick, set()).add(formal)
    return {nick: frozenset(formal) for nick, formal in found.items()}


@cache
def variant_group() -> Mapping[str, str]:
    """Spelling -> the first spelling of its group of romanisations."""
    return {word: line.split()[0] for line in lines("variants.txt") for word in line.split()}


def gender(given: str) -> Gender | None:
    """The gender that a folded given name nearly always has, or None."""
    return _genders().get(given)


@cache
def syllables() -> frozenset[str]:
    """The syllables of Pinyin (a superset: every initial with every final) and of Korean."""
    lists = sections("east_asian.txt")
    pinyin = {i + f for i in lists["initials"] | {""} for f in lists["finals"]}
    return frozenset(pinyin | lists["korean_syllables"])


@lru_cache(maxsize=1 << 14)
def syllable_count(word: str) -> int:
    """The least number of syllables of Pinyin or Korean (one to three) that make up the word; 0 where none do."""
    known = syllables()
    reached = {0}
    for count in (1, 2, 3):
        reached = {
            end
            for start in reached
            for end in range(start + 1, min(start + 6, len(word)) + 1)
            if word[start:end] in known
        }
        if len(word) in reached:
            return count
    return 0
