"""What the names of places can stand for, and what speaks for each meaning before the article is read.

Size, kind, and an explicit container ("Paris, Texas"). A *reading* is what decides together what is meant: all
mentions of a name in an article, or one mention that has a container. The places of readings are columns,
one reading after the other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_db.recognition.countries.characters import Indices, Mask
from corpus_db.recognition.countries.features import rows_of
from corpus_db.recognition.countries.gazetteer import (
    ADJECTIVE,
    CITY,
    COUNTRY,
    DEMONYM,
    DISTRICT,
    DIVISION,
    KINDS,
    LANDMARK,
    LEVELS,
    REGION,
    population_of,
)
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.model import OPTIONS, Floats

_CONTAINERS = np.array([kind in (COUNTRY, DIVISION, REGION) for kind in KINDS])
_NATIONAL = np.array([kind in (COUNTRY, DEMONYM) for kind in KINDS])
_UNCONTAINED = np.array([kind in (COUNTRY, DEMONYM, DIVISION) for kind in KINDS])
_COUNTRY, _DIVISION, _DISTRICT = KINDS.index(COUNTRY), KINDS.index(DIVISION), KINDS.index(DISTRICT)
_CITY = KINDS.index(CITY)
_WORLD = math.log(500_000)
_TOWN = 5_000  # inhabitants
LISTED_SIZE = {COUNTRY: 1e8, DEMONYM: 1e8, ADJECTIVE: 3e6, REGION: 4e6, LANDMARK: 1e6, DIVISION: 1e6}


@cache
def _sizes() -> Floats:
    """Log of the inhabitants by kind and level, with an estimate for what the lists hold without a number."""
    return np.array(
        [
            [
                math.log(max(float(population_of(level)), LISTED_SIZE.get(kind, 0.0), 50.0))
                for level in range(LEVELS)
            ]
            for kind in KINDS
        ]
    )


@cache
def _towns() -> Mask:
    """By level, whether it is that of a town."""
    return np.array([population_of(level) >= _TOWN for level in range(LEVELS)])


def held(lexicon: Lexicon, inner: Indices, outer: Indices) -> tuple[Indices, Mask]:
    """For pairs of surfaces, which places of the one some meaning of the other contains.

    Returns, for each place of each inner surface: the number of the pair, and whether it is contained.
    """
    places = lexicon.places
    owner, rows = rows_of(lexicon, inner)
    outer_owner, outer_rows = rows_of(lexicon, outer)
    holds = _CONTAINERS[places.kinds[outer_rows]]
    outer_owner, outer_rows = outer_owner[holds], outer_rows[holds]
    count = np.bincount(outer_owner, minlength=len(inner))
    first = np.cumsum(count) - count
    # Each place of the inner name with each meaning of the outer one.
    each = count[owner]
    after = np.cumsum(each)
    left = np.repeat(np.arange(len(owner)), each)
    right = np.arange(len(left)) + np.repeat(first[owner] - (after - each), each)
    place, container = rows[left], outer_rows[right]
    same = (places.countries[place] == places.countries[container]) & (place != container)
    left, right, place, container = left[same], right[same], place[same], container[same]
    state = places.kinds[container] == _COUNTRY
    division, kind = places.divisions[place], places.kinds[place]
    part = division == places.divisions[container]
    asked = np.flatnonzero(~part & ~state & (kind != _DIVISION))
    called = lexicon.divisions_called(container[asked], outer[outer_owner[right[asked]]])
    part[asked] = division[asked] == called
    inside = np.where(state, kind != _COUNTRY, (kind != _DIVISION) & part)
    found = np.zeros(len(rows), bool)
    found[left[inside]] = True
    return owner, found


class Options:
    """The places of some readings, and what speaks for each before any text is read."""

    def __init__(self, lexicon: Lexicon, surface: Indices, container: Indices, stated: Mask) -> None:
        self.reading, self.row = rows_of(lexicon, surface)
        places = lexicon.places
        self.country = places.countries[self.row].astype(np.int64)
        self.division = places.divisions[self.row].astype(np.int64)
        self.kind = places.kinds[self.row]
        level = places.levels[self.row]
        self.first = np.flatnonzero(np.diff(self.reading, prepend=-1))  # of each reading
        self.several = np.diff(np.append(self.first, len(self.row))) > 1
        self.national: Mask = _NATIONAL[self.kind]
        own = _sizes()[self.kind, level]
        largest = np.maximum.reduceat(own, self.first)[self.reading]
        # Beside a country or a division of the name a city's fame says little.
        others = np.maximum.reduceat(_UNCONTAINED[self.kind], self.first)[self.reading]
        city = (self.kind == _CITY) & ~others
        fame = places.fames[self.row] / 10
        best_known = np.maximum.reduceat(np.where(city, fame, 0.0), self.first)[self.reading]
        # The order is that of the model's weights: share of the largest namesake's size, size, size over half
        # a million, name of a country or people, first-level division, second-level one (logarithms, 0 or 1);
        # of cities how well known they are, beside the best known namesake and in itself.
        self.known = (
            own - largest,
            own / 10,
            np.maximum(0.0, own - _WORLD),
            self.national.astype(np.float64),
            (self.kind == _DIVISION).astype(np.float64),
            (self.kind == _DISTRICT).astype(np.float64),
            np.where(city, fame - best_known, 0.0),
            np.where(city, fame, 0.0),
        )
        self.smaller = -self.known[0]
        inside = container >= 0
        self.with_container: Mask = inside[self.reading]
        self.contained = np.zeros(len(self.row), bool)
        self.contained[self.with_container] = held(lexicon, surface[inside], container[inside])[1]
        # Of a country's name only the larger towns of that name are meant without a container.
        self.open: Mask = (
            self.with_container
            | ~self.several[self.reading]
            | ~lexicon.sure[surface][self.reading]
            | _UNCONTAINED[self.kind]
            | _towns()[level]
        )
        # "Cuba, Missouri" is no country, and "London, Kentucky" no capital.
        self.settled: Mask = self.contained & stated[self.reading]
        settled = np.logical_or.reduceat(self.settled, self.first)[self.reading]
        self.open &= self.settled | ~settled

    def scores(self, weights: Sequence[float]) -> Floats:
        """What a model says of each place before the article is read."""
        found = np.zeros(len(self.row))
        for weight, column in zip(weights, self.known, strict=False):
            found += weight * column
        inside, elsewhere = weights[OPTIONS : OPTIONS + 2]
        return found + np.where(self.with_container, np.where(self.contained, inside, elsewhere), 0.0)

    def softmax(self, scores: Floats) -> Floats:
        """Scores as probabilities that add up to one for each reading."""
        scores = np.where(self.open, scores, -np.inf)
        highest = np.maximum.reduceat(scores, self.first)[self.reading]
        powers = np.exp(scores - highest)
        found: Floats = powers / np.bincount(self.reading, powers)[self.reading]
        return found

    def highest(self, scores: NDArray[Any]) -> Indices:
        """For each reading the first of its entries with the highest score."""
        best = np.maximum.reduceat(scores, self.first)[self.reading]
        at = np.where(scores == best, np.arange(len(scores)), len(scores))
        return np.minimum.reduceat(at, self.first)


def meant(options: Options, weights: Floats) -> tuple[Indices, Floats]:
    """For each reading the likeliest country's likeliest place (an entry), and the probability of that country."""
    countries = int(options.country.max(initial=0)) + 1
    of_country, _ = numbered(options.reading * countries + options.country)
    by_country = np.bincount(of_country, weights)[of_country]
    likeliest = options.highest(by_country)
    code = options.country[likeliest]
    # "Mexico" is the country, even where its state of that name is the likelier town to be in.
    named = _NATIONAL[options.kind]
    inside = options.country == code[options.reading]
    best = options.highest(np.where(inside, weights + 2.0 * named, -1.0))
    sureness = np.where(options.several, by_country[likeliest], 1.0)
    return best, sureness


def numbered(keys: Indices) -> tuple[Indices, Indices]:
    """The number of each key, in order of first occurrence; and where each first occurs."""
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    number = np.empty(len(first), np.int64)
    number[order] = np.arange(len(first))
    return number.take(inverse), first.take(order)
