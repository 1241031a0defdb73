"""A city or the division that has its name: Washington, New York, Buenos Aires, Oaxaca, Kyiv.

The models know countries; they give the larger of the two, so nearly always the state. News means the city by the
bare name, unless the division is the far better known one (Quebec, Oaxaca): where the city lies in its division
and holds a tenth of its people, or anywhere else a quarter, or is listed as one that comes first (Washington).
The words beside a mention decide first: "Washington state" and "Oregon, Washington and Idaho" are the state, a
dateline is always a city. Where the article speaks mostly of the division ("Seattle and Tacoma"), the name does.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

import numpy as np

from corpus_db.recognition.countries import words
from corpus_db.recognition.countries.characters import Indices, Mask
from corpus_db.recognition.countries.containers import joins_list
from corpus_db.recognition.countries.gazetteer import CITY, DIVISION, KINDS
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.spelling import key

SPOKEN_OF = (
    0.4  # share of what an article says of the country, from which its division is meant by the bare name
)
_WITHIN = 0.1  # least share of the division's people for a city that lies in it
_ELSEWHERE = 0.25  # and for one that lies elsewhere, or is called "… City" in full
_ALIKE = 0.75  # of two spellings of a name
_LONGEST_WORD = 14
_CITY, _DIVISION = KINDS.index(CITY), KINDS.index(DIVISION)


class Seat(NamedTuple):
    """A city and the division of its name: rows of the lexicon's places."""

    city: int
    division: int
    first: bool  # the city is what the bare name means
    inside: bool  # it lies in the division


class Placed(NamedTuple):
    """Mentions in their order, as far as this room asks; lists, since they are read one by one."""

    part: list[int]
    start: list[int]  # in the window's text
    end: list[int]
    surface: list[int]
    container: list[int]
    in_dateline: list[bool]
    share: list[float]  # of what the article says of the country, for the division of the place


@cache
def seat(lexicon: Lexicon, surface: int, country: int) -> Seat | None:
    """The largest city of a name and the division of that name in a country, where it has both."""
    rows = np.arange(lexicon.first[surface], lexicon.first[surface + 1])
    rows = rows[lexicon.places.countries[rows] == country]
    places = lexicon.places_at(rows, np.full(len(rows), surface))
    divisions = [
        (row, place) for row, place in zip(rows.tolist(), places, strict=True) if place.kind == DIVISION
    ]
    if not divisions:
        return None
    called, found = lexicon.words(surface), None
    for row, place in sorted(zip(rows.tolist(), places, strict=True), key=lambda pair: -pair[1].population):
        full = key(place.canonical)
        if place.kind == CITY and (full == (*called, "city") or _alike(full, called)):
            found = row, place, full
            break
    if found is None:
        return None
    own, division = max(divisions, key=lambda pair: pair[1].population)
    row, city, full = found
    inside = city.division == division.division
    least = _ELSEWHERE if full == (*called, "city") or not inside else _WITHIN
    listed = f"{city.country}={'_'.join(called)}" in words.group("city-first")
    return Seat(row, own, listed or city.population >= least * division.population, inside)


def _alike(full: tuple[str, ...], called: tuple[str, ...]) -> bool:
    """Whether a name is the other one but for its spelling ("Basrah"), unlike that of a division's seat ("Belém")."""
    return full == called or SequenceMatcher(None, " ".join(full), " ".join(called)).ratio() >= _ALIKE


def settled(text: str, mentions: Placed, rows: Indices, lexicon: Lexicon) -> tuple[Indices, Mask]:
    """The rows of the places that are meant, and which of them this room decided."""
    kinds = lexicon.places.kinds
    found, decided = rows.copy(), np.zeros(len(rows), bool)
    either, contained = lexicon.either[mentions.surface], np.array(mentions.container, np.int64)
    divisions = ((kinds[rows] == _DIVISION) & ~either).tolist()  # beyond doubt
    asked = np.flatnonzero(either & np.isin(kinds[rows], [_CITY, _DIVISION]) & (contained < 0))
    countries = lexicon.places.countries[rows[asked]]
    for i, row, country in zip(asked.tolist(), rows[asked].tolist(), countries.tolist(), strict=True):
        own = seat(lexicon, mentions.surface[i], country)
        if own is None or row not in (own.city, own.division):
            continue
        if _is_called_division(text, mentions, i) or _beside_divisions(text, mentions, divisions, i):
            found[i] = own.division
        elif mentions.in_dateline[i] and (own.first or own.inside):
            found[i] = own.city
        elif own.first:
            # Capitals of a headline, or of an odd dateline.
            capitals = text[mentions.start[i] : mentions.end[i]].isupper()
            by_share = not own.inside and row == own.division and mentions.share[i] >= SPOKEN_OF
            elsewhere = by_share and not capitals
            found[i] = own.division if elsewhere else own.city
        else:
            continue
        decided[i] = True
    return found, decided


def _is_called_division(text: str, mentions: Placed, i: int) -> bool:
    """Whether the words beside a mention call it a state or province, or it contains the name before it."""
    start, end = mentions.start[i], mentions.end[i]
    after = text[end + 1 : end + _LONGEST_WORD].split(" ", 1)[0].rstrip(".,;:’'s") if text[end] == " " else ""
    contains = i > 0 and mentions.container[i - 1] == mentions.surface[i]
    called = words.group("division-after")
    if (contains and 0 < start - mentions.end[i - 1] <= len(", (")) or after.lower() in called:
        return True
    left = text[max(0, start - _LONGEST_WORD) : start]
    before = left.split() if "of" in left else []
    return len(before) > 1 and before[-1] == "of" and before[-2].lower() in called


def _beside_divisions(text: str, mentions: Placed, divisions: Sequence[bool], i: int) -> bool:
    """Whether a mention stands in a list with something that is only a division ("Oregon, Washington and Idaho")."""

    def joined(first: int) -> bool:
        same = mentions.part[first] == mentions.part[first + 1] and mentions.container[first] < 0
        return same and joins_list(text, mentions.end[first], mentions.start[first + 1])

    return (i > 0 and divisions[i - 1] and joined(i - 1) and _free(mentions, i - 1)) or (
        i + 1 < len(mentions.part) and divisions[i + 1] and joined(i)
    )


def _free(mentions: Placed, i: int) -> bool:
    """Whether a mention contains no name before it: "Portland, Oregon and Washington" says nothing of Washington."""
    return i == 0 or mentions.container[i - 1] != mentions.surface[i]
