"""The features of candidates as strings, for training: what corpus_db/recognition/countries/model.py sums as numbers.

A test compares the two (tests/recognition/countries/test_countries_model.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import add

from corpus_db.recognition.countries import words
from corpus_db.recognition.countries.article import Levels
from corpus_db.recognition.countries.characters import Indices
from corpus_db.recognition.countries.choose import Linked
from corpus_db.recognition.countries.features import FOLLOWING, JOINING, Context, Stretch, context, known
from corpus_db.recognition.countries.gazetteer import (
    CITY,
    COUNTRY,
    DEMONYM,
    DISTRICT,
    DIVISION,
    KINDS,
    UNUSED,
)
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.model import LEVELS
from corpus_db.recognition.countries.window import Window

HONORIFICS = words.group("honorific")
PERSONAL = frozenset(mark + level for mark in ("PG", "PI", "PH") for level in "123")
_USAGE = [f"u{i}=" for i in range(10)]
_FUNCTION_WORDS = words.group("function")


def usage_of(lexicon: Lexicon, surface: int) -> str:
    """The ten digits of how news uses a name, or nothing."""
    digits = lexicon.usage[:, surface].tolist()
    return "" if digits[0] == UNUSED else "".join(map(str, digits))


def surface_features(lexicon: Lexicon, surfaces: Indices) -> list[list[str]]:
    """What is known of names before any text is read."""
    what = known(lexicon, surfaces)
    columns = (column.tolist() for column in (surfaces, *what))
    return [_surface_features(usage_of(lexicon, s), *rest) for s, *rest in zip(*columns, strict=True)]


def _surface_features(usage: str, kinds_mask: int, magnitude: int, countries: int, length: int) -> list[str]:
    kinds = "".join(sorted(kind for bit, kind in enumerate(KINDS) if kinds_mask >> bit & 1))
    found = [
        "kinds=" + kinds,
        f"largest={magnitude}",
        f"countries={min(countries, 6)}",
        f"words={min(length, 3)}",
        "listed" if set(kinds) - {CITY, DIVISION, DISTRICT} else "town",
    ]
    if not usage:
        found.append("unused")
    else:
        found += map(add, _USAGE, usage)
        if length > 1:  # the second digit counts something else here, see statistics.py
            found.append(f"common={usage[1]}")
            found.remove(f"u1={usage[1]}")
        else:
            found.append(f"u18={usage[1]}{usage[8]}")
        found.append(f"u02={usage[0]}{usage[2]}")
    if DEMONYM in kinds or COUNTRY in kinds:
        found.append("country")
    return found


def own_features(window: Window, candidates: Linked, lexicon: Lexicon) -> list[list[str]]:
    """What speaks for each candidate on its own words: its name, the words round it, containers."""
    known_ = surface_features(lexicon, candidates.surface) if len(candidates.start) else []
    around = context(window, candidates.start, candidates.end) if len(candidates.start) else None
    found = []
    for i, features in enumerate(known_):
        assert around is not None
        usage = usage_of(lexicon, int(candidates.surface[i]))
        features += _context_features(window.text, around, i, bool(candidates.capitals[i]), usage)
        if candidates.claim[i]:
            features.append(f"claim={candidates.claim[i]}")
        if candidates.container[i] >= 0:
            features.append("contained")
        if candidates.contains[i]:
            features.append("container")
        found.append(features)
    return found


def side(feature: str) -> int:
    """Of what a feature of a candidate's own words speaks: 0 its name, 1 what stands before, 2 what stands after."""
    if feature[:1] in ("P", "Q", "L") or feature in ("line", "dateline", "capitals"):
        return 1
    return 2 if feature[:1] in ("N", "M", "R") or feature == "'s" else 0


def is_personal(features: list[str]) -> bool:
    """Whether what stands before a candidate makes it a person's family name."""
    return not PERSONAL.isdisjoint(features)


def _context_features(text: str, around: Context, i: int, capitals: bool, usage: str) -> Iterator[str]:
    def word(stretch: Stretch) -> str:
        return text[stretch.start[i] : stretch.end[i]] if stretch.there[i] else ""

    if around.line[i]:
        yield "line"
        if capitals:
            yield "dateline"
    elif text[around.left[i]] != " ":
        yield "L" + text[around.left[i]]
    before, before_that = word(around.before), word(around.before_that)
    if before:
        yield from _before(before, usage[9:10] or "-")
        if before_that and before.lower() in _FUNCTION_WORDS:
            yield "Q" + before_that.lower() + " " + before.lower()
    if capitals:
        yield "capitals"
    if around.possessive[i]:
        yield "'s"
    after, after_that = word(around.after), word(around.after_that)
    if after:
        yield from _after(after, usage[8:9] or "-")
        if after_that and after[0].isupper():
            yield "M" + after_that.lower()
    if around.closed[i]:
        mark = "" if around.ends[i] else text[around.right[i]]
        yield "R" + mark
        following = word(around.following)
        if following and mark in JOINING:
            yield "R" + mark + (following.lower() if len(following) < FOLLOWING else "…")


def _before(last: str, family: str) -> Iterator[str]:
    lower = last.lower()
    yield "P" + lower
    if last[0].isupper():
        yield "PC"
        if lower in words.given_names():
            yield "PG" + family
        elif len(last) == 2 and last[1] == ".":
            yield "PI" + family
        elif lower.rstrip(".") in HONORIFICS:
            yield "PH" + family
        else:
            yield "PC" + family
    elif not last[-1].isalnum():
        yield "P~" + last[-1]
    elif last[0].isdigit():
        yield "P0"


def _after(following: str, given: str) -> Iterator[str]:
    yield "N" + following.lower()
    if following[0].isupper():
        yield "NC"
        yield "NC" + given
    elif following[0].isdigit():
        yield "N0"
    elif not following[0].isalnum():
        yield "N~" + following[0]


def article_features(levels: Levels) -> list[list[str]]:
    """Second pass: the first pass's score and what the rest of the article says."""
    names = ("count", "rest", "persons", "z", "country", "near")
    found = []
    for row in zip(*(column.tolist() for column in levels), strict=True):
        values = [(name, LEVELS[name][place]) for name, place in zip(names, row, strict=True)]
        found.append([f"{name}={value}" for name, value in values if (name, value) != ("near", "-")])
    return found
