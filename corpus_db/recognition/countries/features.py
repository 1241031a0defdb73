"""What speaks for and against a candidate, as names of features: used the same way in training and at run time.

A feature is a short string; a model is a table of weights by feature. Those of a surface (how news uses the
word, what it can stand for) are summed once and remembered. The context of a candidate is read as a few parts
(the word before, the word after, punctuation), each of which stands for some features: training expands
them, at run time what a part weighs is remembered too (model.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import add

from corpus_db.recognition.countries import words
from corpus_db.recognition.countries.gazetteer import CITY, COUNTRY, DEMONYM, DISTRICT, DIVISION
from corpus_db.recognition.countries.lexicon import Surface

_WINDOW = 48  # characters each side
NEIGHBOUR = _BEFORE, _AFTER = (
    "<",
    ">",
)  # how the parts of a context begin that are a neighbouring word; no feature does
HONORIFICS = words.group("honorific")
_USAGE = [f"u{i}=" for i in range(10)]
PERSONAL = frozenset(mark + level for mark in ("PG", "PI", "PH") for level in "123")
_FUNCTION_WORDS = words.group("function")


def surface_features(surface: Surface) -> list[str]:
    """What is known of a name before any text is read."""
    kinds = "".join(sorted({place.kind for place in surface.places}))
    largest = max((place.population for place in surface.places), default=0)
    countries = len({place.country for place in surface.places})
    listed = any(place.kind not in (CITY, DIVISION, DISTRICT) for place in surface.places)
    found = [
        "kinds=" + kinds,
        f"largest={int(math.log(largest + 1))}",
        f"countries={min(countries, 6)}",
        f"words={min(len(surface.words), 3)}",
        "listed" if listed else "town",
    ]
    if not surface.usage:
        found.append("unused")
    else:
        found += map(add, _USAGE, surface.usage)
        if len(surface.words) > 1:  # the second digit counts something else here, see statistics.py
            found.append(f"common={surface.usage[1]}")
            found.remove(f"u1={surface.usage[1]}")
        else:
            found.append(f"u18={surface.usage[1]}{surface.usage[8]}")
        found.append(f"u02={surface.usage[0]}{surface.usage[2]}")
    if DEMONYM in kinds or COUNTRY in kinds:
        found.append("country")
    return found


def context_parts(text: str, start: int, end: int, capitals: bool, usage: str) -> list[str]:
    """What stands round a candidate, a part for the word before, one for the word after, one for each mark.

    A part stands for the features that `part_features` says; what it weighs can be remembered, for news has
    few words next to places. `usage` is that of the candidate's surface: a common family name after a given
    name is a person's.
    """
    parts: list[str] = []
    left = text[max(0, start - _WINDOW) : start]
    if not left or left[-1] == "\n":
        parts.append("line")
        if capitals:
            parts.append("dateline")
    else:
        if left[-1] != " ":
            parts.append("L" + left[-1])
        before = left.rsplit(None, 2)
        if before:
            last = before[-1]
            parts.append(_BEFORE + (usage[9:10] or "-") + last)
            if len(before) > 1:
                lower = last.lower()
                if lower in _FUNCTION_WORDS:
                    parts.append("Q" + before[-2].lower() + " " + lower)
    if capitals:
        parts.append("capitals")
    right = text[end : end + _WINDOW]
    first = right[:1]
    if first in ("'", "’") and right[1:2] == "s":
        parts.append("'s")
        first, right = " ", right[2:]
    if first in (" ", "\n"):
        after = right.split(None, 2)
        if after:
            parts.append(_AFTER + (usage[8:9] or "-") + after[0])
            if len(after) > 1 and after[0][0].isupper():
                parts.append("M" + after[1][:12].lower())
    else:
        parts.append("R" + first)
        if first and first in ",-/":
            follows = right[1:].split(None, 1)
            if follows:
                parts.append("R" + first + (follows[0].lower() if len(follows[0]) < 12 else "…"))
    return parts


def part_features(part: str) -> list[str]:
    """The features that a part of a context stands for: a mark stands for itself."""
    if part[0] == _BEFORE:
        return _before(part[2:], part[1])
    if part[0] == _AFTER:
        return _after(part[2:], part[1])
    return [part]


def _before(last: str, family: str) -> list[str]:
    lower = last.lower()
    found = ["P" + lower]
    if last[0].isupper():
        found.append("PC")
        if lower in words.given_names():
            found.append("PG" + family)
        elif len(last) == 2 and last[1] == ".":
            found.append("PI" + family)
        elif lower.rstrip(".") in HONORIFICS:
            found.append("PH" + family)
        else:
            found.append("PC" + family)
    elif not last[-1].isalnum():
        found.append("P~" + last[-1])
    elif last[0].isdigit():
        found.append("P0")
    return found


def _after(following: str, given: str) -> list[str]:
    found = ["N" + following.lower()]
    if following[0].isupper():
        found += ["NC", "NC" + given]
    elif following[0].isdigit():
        found.append("N0")
    elif not following[0].isalnum():
        found.append("N~" + following[0])
    return found


def bucket(value: float) -> int:
    """A non-negative amount on a coarse scale: 0, then one step each doubling from 0.1 on."""
    return 0 if value < 0.05 else min(9, 1 + int(math.log2(value / 0.05)) // 1)


def weights_sum(features: Sequence[str], weights: dict[str, float]) -> float:
    """The score of these features under a model."""
    get = weights.get
    return sum([get(feature, 0.0) for feature in features])
