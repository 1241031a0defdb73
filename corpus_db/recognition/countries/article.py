"""The candidates of some articles with what they say about each other: the two passes.

First pass: each candidate on its own words ("is it a place here?") and each of its meanings on size and on
what contains it ("Paris, Texas"). Second pass: the same with the article in view: how sure the first pass
was of the other mentions of the name, and which countries and divisions the rest of the article is about.

Mentions, names (all mentions of a surface in an article), readings (what decides together what is
meant: a name, or one mention that has a container) and the places of readings are columns of arrays, those of
all articles one after the other. Sums go over one article's entries in their order (`numpy.bincount` adds one by
one), so that an article's result does not depend on the others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_db.recognition.countries.characters import Indices, Mask
from corpus_db.recognition.countries.features import rows_of
from corpus_db.recognition.countries.gazetteer import (
    ADJECTIVE,
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
from corpus_db.recognition.countries.model import GIVEN_UP, OPTIONS, Model, probability

Floats = NDArray[np.float64]

_CONTAINERS = np.array([kind in (COUNTRY, DIVISION, REGION) for kind in KINDS])
_NATIONAL = np.array([kind in (COUNTRY, DEMONYM) for kind in KINDS])
_UNCONTAINED = np.array([kind in (COUNTRY, DEMONYM, DIVISION) for kind in KINDS])
_COUNTRY, _DIVISION, _DISTRICT = KINDS.index(COUNTRY), KINDS.index(DIVISION), KINDS.index(DISTRICT)
_WORLD = math.log(500_000)
_TOWN = 5_000  # inhabitants
_LEAST = 0.02  # probability of a meaning below which it is no evidence
_NOTHING_MORE = 1e-9  # evidence up to which a difference is one of rounding
LISTED_SIZE = {COUNTRY: 1e8, DEMONYM: 1e8, ADJECTIVE: 3e6, REGION: 4e6, LANDMARK: 1e6, DIVISION: 1e6}
_STEPS = [0.05 * 2**n for n in range(9)]


class Mentions(NamedTuple):
    """Candidates in their articles, in order of (article, title before body, start)."""

    article: Indices
    surface: Indices
    container: Indices  # the surface that follows and contains it ("Paris, Texas"), or -1
    first: Floats  # score of the first pass
    again: Floats  # the same features' part of the second
    person: Mask  # what stands before makes it a person's family name

    def chosen(self, which: Mask | Indices) -> Mentions:
        """Some of them."""
        columns: list[Any] = [column[which] for column in self]
        return Mentions(*columns)

    @classmethod
    def joined(cls, found: Sequence[Mentions]) -> Mentions:
        """Those of several windows, one after the other."""
        columns: list[Any] = [np.concatenate(column) for column in zip(*found, strict=True)]
        return cls(*columns)


class Cues(NamedTuple):
    """Words of articles that betray in which country an outlet writes."""

    article: Indices
    country: Indices

    @classmethod
    def joined(cls, found: Sequence[Cues]) -> Cues:
        """Those of several windows, one after the other."""
        columns: list[Any] = [np.concatenate(column) for column in zip(*found, strict=True)]
        return cls(*columns)


class Judged(NamedTuple):
    """What both passes make of mentions."""

    likely: Floats  # probability of being a place here
    place: Indices  # row of the place that is meant
    sureness: Floats  # probability of its country

    def part(self, first: int, last: int) -> Judged:
        """Those from one number up to another."""
        return Judged(self.likely[first:last], self.place[first:last], self.sureness[first:last])


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
    called = lexicon.divisions_called(container, outer[outer_owner[right]])
    division = places.divisions[place]
    part = (division == places.divisions[container]) | (division == called)
    kind = places.kinds[place]
    inside = np.where(state, kind != _COUNTRY, (kind != _DIVISION) & part)
    found = np.zeros(len(rows), bool)
    found[left[inside]] = True
    return owner, found


class Options:
    """The places of some readings, and what speaks for each before any text is read."""

    def __init__(self, lexicon: Lexicon, surface: Indices, container: Indices) -> None:
        self.reading, self.row = rows_of(lexicon, surface)
        places = lexicon.places
        self.country = places.countries[self.row].astype(np.int64)
        self.division = places.divisions[self.row].astype(np.int64)
        self.kind = places.kinds[self.row]
        level = places.levels[self.row]
        self.first = np.flatnonzero(np.diff(self.reading, prepend=-1))  # of each reading
        self.several = np.diff(np.append(self.first, len(self.row))) > 1
        own = _sizes()[self.kind, level]
        largest = np.maximum.reduceat(own, self.first)[self.reading]
        # The order is that of the model's weights: share of the largest namesake's size, size, size over half
        # a million, name of a country or people, first-level division, second-level one (logarithms, 0 or 1).
        self.known = (
            own - largest,
            own / 10,
            np.maximum(0.0, own - _WORLD),
            _NATIONAL[self.kind].astype(np.float64),
            (self.kind == _DIVISION).astype(np.float64),
            (self.kind == _DISTRICT).astype(np.float64),
        )
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


class _Sums:
    """Sums by key."""

    def __init__(self, keys: Indices, values: NDArray[Any]) -> None:
        self._keys, inverse = np.unique(keys, return_inverse=True)
        self._sums = np.bincount(inverse, values, minlength=len(self._keys))

    def __getitem__(self, keys: Indices) -> Floats:
        if not len(self._keys):
            return np.zeros(len(keys))
        at = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        found: Floats = np.where(self._keys[at] == keys, self._sums[at], 0.0)
        return found


class Names:
    """The names of articles, and the readings of their mentions."""

    def __init__(self, mentions: Mentions, likely: Floats) -> None:
        article, surface = mentions.article, mentions.surface
        self.number = _numbered(article * (int(surface.max(initial=0)) + 1) + surface)  # of each mention
        count = int(self.number.max(initial=-1)) + 1
        self.count = np.bincount(self.number, minlength=count)  # mentions of each name
        self.likely = np.bincount(self.number, likely, minlength=count)
        self.persons = np.bincount(self.number, mentions.person, minlength=count)
        order = np.argsort(self.number, kind="stable")
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order)) - np.repeat(np.cumsum(self.count) - self.count, self.count)
        share = likely / (rank + 1)  # each name counts once in full, its further mentions less and less
        articles = int(article.max(initial=-1)) + 1
        self.total = np.bincount(article, share, minlength=articles)  # of each article
        inside = mentions.container >= 0
        alone = np.flatnonzero(~inside)
        of_name = _numbered(self.number[alone])
        first = alone[np.unique(of_name, return_index=True)[1]]
        contained = np.flatnonzero(inside)
        self.reading = np.empty(len(article), np.int64)  # of each mention
        self.reading[contained] = np.arange(len(contained))
        self.reading[alone] = len(contained) + of_name
        self.mention = np.append(contained, first)  # the first one of each reading
        self.share = np.append(share[contained], np.bincount(of_name, share[alone]))
        self.name = self.number[self.mention]
        self.article = article[self.mention]
        self.surface = surface[self.mention]
        self.container = mentions.container[self.mention]


def _numbered(keys: Indices) -> Indices:
    """The number of each key, in order of first occurrence."""
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    number = np.empty(len(first), np.int64)
    number[np.argsort(first)] = np.arange(len(first))
    found: Indices = number[inverse]
    return found


class About(NamedTuple):
    """What the rest of the article says of each place of a reading; the order is that of the model's weights."""

    spoken_of: Floats  # log of the evidence for its country
    part: Floats  # the country's share of all evidence
    near: Floats  # log of the evidence for its division
    outlet: Floats  # the country's share of the words that betray where an outlet writes
    settled: Floats  # 1 where another mention of the name was contained there


class Said(NamedTuple):
    """The evidence for each place of a reading, by the other names of its article."""

    country: Floats  # for its country
    division: Floats  # for its division
    about: About


class Evidence:
    """Which countries and divisions articles are about, from the places of readings and their probabilities."""

    def __init__(
        self, lexicon: Lexicon, names: Names, options: Options, weights: Floats, likely: Floats, cues: Cues
    ) -> None:
        countries, divisions = len(lexicon.countries), len(lexicon.divisions)
        self._names, self._scale = names, (countries, divisions)
        articles = len(names.total)
        use = np.flatnonzero(weights >= _LEAST)
        reading, country = options.reading[use], options.country[use]
        article, name = names.article[reading], names.name[reading]
        parts = np.multiply(names.share[reading], weights[use], dtype=np.float64)
        self._countries = np.bincount(article * countries + country, parts, minlength=articles * countries)
        self._own_countries = _Sums(name * countries + country, parts)
        known = options.division[use] > 0
        article, name, parts, division = (
            article[known],
            name[known],
            parts[known],
            options.division[use][known],
        )
        self._divisions = _Sums(article * divisions + division, parts)
        self._own_divisions = _Sums(name * divisions + division, parts)
        settling = np.flatnonzero(options.with_container & (weights > 0.5))
        reading = options.reading[settling]
        keys = names.name[reading] * countries + options.country[settling]
        self._settled = _Sums(keys, likely[names.mention[reading]])
        inside = cues.article < articles
        keys = cues.article[inside] * countries + cues.country[inside]
        self._cues = np.bincount(keys, minlength=articles * countries)
        self._all_cues = np.bincount(cues.article[inside], minlength=articles) + 1.0

    def of(self, options: Options, article: Indices, name: Indices) -> Said:
        """What it says of each place of readings in these articles, of these names (-1: one not counted)."""
        article, name = article[options.reading], name[options.reading]
        countries, divisions = self._scale
        of_country = article * countries + options.country
        own_country = name * countries + options.country
        others = _others(self._countries[of_country], self._own_countries[own_country])
        # Where nothing else speaks for the country nothing does for its divisions.
        asked = np.flatnonzero((options.division > 0) & (others > 0))
        division = options.division[asked]
        inside: Floats = np.zeros(len(others))
        inside[asked] = self._divisions[article[asked] * divisions + division]
        inside[asked] -= self._own_divisions[name[asked] * divisions + division]
        own = np.where(name < 0, 0.0, np.minimum(1.0, self._names.likely[name]))
        everything = self._names.total[article] - own
        part = np.divide(others, everything, out=np.zeros(len(others)), where=everything > 0.3)
        about = About(
            _spoken(others),
            np.minimum(1.0, part),
            np.where(inside > _NOTHING_MORE, _spoken(np.maximum(inside, 0.0)), 0.0),
            self._cues[of_country] / self._all_cues[article],
            np.where(self._settled[own_country] > 0.3, 1.0, 0.0),
        )
        return Said(others, inside, about)


def _others(every: Floats, own: Floats) -> Floats:
    return np.where(every != 0.0, np.maximum(0.0, every - own), 0.0)


def _spoken(others: Floats) -> Floats:
    """The evidence of the other names for a country or a division, on the model's scale."""
    found: Floats = np.log1p(others * 4)
    return found


def add_evidence(scores: Floats, weights: Sequence[float], about: About) -> Floats:
    """Scores of places with what the article says of them."""
    a, b, c, d, e = weights[OPTIONS + 2 :]
    scores = scores + (a * about.spoken_of + b * about.part + d * about.outlet + e * about.settled)
    return scores + c * about.near


class Levels(NamedTuple):
    """The features of the second pass of each mention, as places in model.LEVELS."""

    further: Indices
    rest: Indices
    persons: Indices
    z: Indices
    country: Indices
    near: Indices


def levels(
    mentions: Mentions, likely: Floats, names: Names, options: Options, weights: Floats, said: Said
) -> Levels:
    """What the article's other mentions say of each mention, where its likeliest place is meant."""
    best = options.highest(weights)
    country = np.searchsorted(_STEPS, said.country[best], side="right")
    near = np.searchsorted(_STEPS, said.division[best], side="right")
    near[options.division[best] == 0] = 10
    others = names.count[names.number] - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = np.rint((names.likely[names.number] - likely) / others * 8)
    return Levels(
        np.minimum(5, others),
        np.where(others > 0, rest, 9).astype(np.int64),
        np.minimum(2, names.persons[names.number].astype(np.int64) - mentions.person),
        np.clip(np.rint(mentions.first * 2), -12, 12).astype(np.int64) + 12,
        country[names.reading],
        near[names.reading],
    )


def meant(options: Options, weights: Floats) -> tuple[Indices, Floats]:
    """For each reading the likeliest country's likeliest place (a row), and the probability of that country."""
    countries = int(options.country.max(initial=0)) + 1
    of_country = _numbered(options.reading * countries + options.country)
    by_country = np.bincount(of_country, weights)[of_country]
    likeliest = options.highest(by_country)
    code = options.country[likeliest]
    # "Mexico" is the country, even where its state of that name is the likelier town to be in.
    named = _NATIONAL[options.kind]
    inside = options.country == code[options.reading]
    best = options.highest(np.where(inside, weights + 2.0 * named, -1.0))
    sureness = np.where(options.several, by_country[likeliest], 1.0)
    return options.row[best], sureness


def first_pass(score: Floats, person: Mask, sure: Mask) -> Mask:
    """Which mentions may be places by their own words."""
    found: Mask = sure | (score >= GIVEN_UP) | person
    return found


def likely_at_first(score: Floats, sure: Mask) -> Floats:
    """The first pass's probabilities of being a place, from its scores."""
    return np.where(sure, 1.0, probability(score))


def judge(mentions: Mentions, cues: Cues, lexicon: Lexicon, model: Model) -> Judged:
    """The second pass over the mentions that the first one kept."""
    likely = likely_at_first(mentions.first, lexicon.sure[mentions.surface])
    names = Names(mentions, likely)
    options = Options(lexicon, names.surface, names.container)
    weights = options.softmax(options.scores(model.choice))
    evidence = Evidence(lexicon, names, options, weights, likely, cues)
    scores = options.scores(model.choice_again)
    said = evidence.of(options, names.article, names.name)
    weights = options.softmax(add_evidence(scores, model.choice_again, said.about))
    found = levels(mentions, likely, names, options, weights, said)
    table = model.levels
    added = table["country"][found.country] + table["near"][found.near]
    added = added + table["count"][found.further] + table["rest"][found.rest]
    added = added + table["persons"][found.persons] + table["z"][found.z]
    again = np.where(lexicon.sure[mentions.surface], 1.0, probability(mentions.again + added))
    place, sureness = meant(options, weights)
    return Judged(again, place[names.reading], sureness[names.reading])
