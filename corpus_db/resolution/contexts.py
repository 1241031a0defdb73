"""What an article says around a person: the evidence by which two people of one name are told apart.

The context of a person in an article is a bag of features in five families:

    words      capitalised words within WINDOW characters of a mention, each weighted by how rare it is
    beside     the words directly before a name, or after it and a comma: where descriptors stand
    people     the full names of the article's other persons
    countries  the article's countries
    roles      the words, country and organisation of the roles that the article gives the person

The words of the name itself are left out, or all John Smiths would agree. Small words near the name were
tried and add nothing once these families are there. How rare a word is comes from a static list
(data/contexts/word_shares.txt), never from the corpus: else one more article would change what all others
say. Weights are whole numbers, so that sums over any number of articles do not depend on their order.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, NamedTuple

from corpus_db.names import fold, parse

FAMILIES: Final = ("words", "beside", "people", "countries", "roles")
SCALE: Final = 8  # weights are counted in eighths

WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’](?!s\b)[^\W\d_]+)*")
_CAPITALISED: Final = re.compile(r"\b(?![a-z])[^\W\d_]+(?:[-'’](?!s\b)[^\W\d_]+)*")  # and some more
WINDOW: Final = 330  # characters on either side of a mention, about 55 words
MENTIONS: Final = 8  # mentions of a person in an article whose surroundings are read
_BEFORE: Final = 45  # characters before a name, and after a name with a comma, that describe the person
_AFTER: Final = 70
_COMMON: Final = 1.5  # words in more than e^-1.5 of all articles say nothing
_RAREST: Final = 7.0

Bag = Mapping[str, int]
"""Feature -> weight, in eighths."""


class Occurrence(NamedTuple):
    """A person in an article, and what the article says that may tell who it is."""

    article: str  # the article's content hash: occurrences are put in this order
    number: int  # of the person in the article
    body: str
    spans: Sequence[tuple[int, int]]  # mentions of the person in the body, in order
    people: Sequence[str]  # full names of the article's other persons
    countries: Sequence[tuple[str, int]]  # code, mentions
    claims: Sequence[tuple[str, str | None, str | None]]  # role, country code, organisation
    year: int | None


@cache
def _steps() -> Mapping[str, int]:
    """Folded word -> in how large a share of articles it stands, in half powers of two."""
    text = files("corpus_db").joinpath("data", "contexts", "word_shares.txt").read_text(encoding="utf-8")
    found: dict[str, int] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            step, _, words = line.partition("\t")
            found.update(dict.fromkeys(words.split(" "), int(step)))
    return found


@lru_cache(maxsize=1 << 16)
def _told_by(word: str) -> float:
    """How much a folded word tells: the logarithm of its rarity above that of common words; 0 for those."""
    step = _steps().get(word)
    rarity = _RAREST if step is None else -step / 2 * math.log(2)
    return max(0.0, min(rarity, _RAREST) - _COMMON)


@lru_cache(maxsize=1 << 16)
def _weight(word: str, count: int) -> int:
    return round(SCALE * _told_by(word) * (1 + math.log(count)))


def own_words(names: Iterable[str]) -> frozenset[str]:
    """The folded words of a person's names, which are no evidence."""
    found: set[str] = set()
    for name in names:
        found.update(fold(word) for word in WORD.findall(name))
        found.update(parse(name).parts)
    return frozenset(found)


def features(occurrence: Occurrence, own: Set[str]) -> tuple[Bag, ...]:
    """The features of a person in an article, one bag for each of FAMILIES; `own` are the words of the name."""
    spans = occurrence.spans[:MENTIONS]
    return (
        _words(occurrence.body, spans, own),
        _beside(occurrence.body, spans, own),
        dict.fromkeys(sorted(set(occurrence.people)), SCALE),
        {code: round(SCALE * (1 + math.log(min(count, 9)))) for code, count in occurrence.countries},
        _roles(occurrence.claims),
    )


def _words(body: str, spans: Sequence[tuple[int, int]], own: Set[str]) -> Bag:
    counts: dict[str, int] = {}
    for low, high in _windows(spans):
        for word in _CAPITALISED.findall(body, low, high):
            if word[0].isupper():
                counts[word] = counts.get(word, 0) + 1
    found: dict[str, int] = {}
    for word, count in counts.items():
        folded = fold(word)
        if len(folded) > 1 and folded not in own and (weight := _weight(folded, min(count, 4))):
            found[word] = weight
    return found


def _windows(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The surroundings of mentions, those that overlap as one."""
    low = high = -1
    for start, end in spans:
        if start - WINDOW <= high:
            high = end + WINDOW
            continue
        if high >= 0:
            yield low, high
        low, high = max(0, start - WINDOW), end + WINDOW
    if high >= 0:
        yield low, high


def _beside(body: str, spans: Sequence[tuple[int, int]], own: Set[str]) -> Bag:
    found: dict[str, int] = {}
    for start, end in spans:
        low = body.find(" ", start - _BEFORE, start) if start > _BEFORE else 0  # no part of a word
        words = WORD.findall(body, low, start) if low >= 0 else []
        if body.startswith(",", end):
            words += WORD.findall(body, end, end + _AFTER)
        for word in words:
            word = fold(word)
            if word not in own and (weight := _weight(word, 1)):
                found[word] = weight
    return found


def _roles(claims: Iterable[tuple[str, str | None, str | None]]) -> Bag:
    found: dict[str, int] = {}
    for role, country, organisation in claims:
        found.update(dict.fromkeys(role.lower().split(), SCALE))
        if country:
            found[country] = SCALE  # codes are capitals, words are not
        if organisation:
            found["@" + fold(organisation)] = SCALE * 3 // 2
    return found
