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

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_db.recognition.countries.characters import Indices, Mask, numbers_of
from corpus_db.recognition.countries.features import Known
from corpus_db.recognition.countries.gazetteer import KINDS, UNUSED
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.meanings import Options, meant, numbered
from corpus_db.recognition.countries.model import GIVEN_UP, OPTIONS, Floats, Model, probability

_LEAST = 0.02  # probability of a meaning below which it is no evidence
_FEW = 6.0  # words of local news that make an article local only where it names few places
_SURFACES = 1 << 32  # more than there are
_NOTHING_MORE = 1e-9  # evidence up to which a difference is one of rounding
_STEPS = [0.05 * 2**n for n in range(9)]


class Mentions(NamedTuple):
    """Candidates in their articles, in order of (article, title before body, start)."""

    article: Indices
    surface: Indices
    container: Indices  # the surface that follows and contains it ("Paris, Texas"), or -1
    stated: Mask  # the container leaves no doubt
    first: Floats  # score of the first pass
    again: Floats  # the same features' part of the second
    person: Mask  # what stands before makes it a person's family name
    claimed: Mask  # it may be a person's name, as the recogniser of people sees it
    seen: Floats  # (mentions, features): what the trees are told of its words

    def chosen(self, which: Mask | Indices) -> Mentions:
        """Some of them."""
        which = numbers_of(which)
        columns: list[Any] = [column.take(which, axis=0) for column in self]
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


class InPersons(NamedTuple):
    """Names of places that are part of a longer person's name."""

    article: Indices
    surface: Indices

    @classmethod
    def joined(cls, found: Sequence[InPersons]) -> InPersons:
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

    def __init__(self, mentions: Mentions, likely: Floats, in_persons: InPersons) -> None:
        article, surface = mentions.article, mentions.surface
        keys = article * _SURFACES + surface
        self.number, first_of_name = numbered(keys)  # of each mention
        count = len(first_of_name)
        self.count = np.bincount(self.number, minlength=count)  # mentions of each name
        self.likely = np.bincount(self.number, likely, minlength=count)
        others = _Sums(in_persons.article * _SURFACES + in_persons.surface, np.ones(len(in_persons.article)))
        self.in_persons = others[keys[first_of_name]]  # how often it is part of a longer person's name
        # Those that are a person's name or part of one.
        self.persons: Floats = self.in_persons.copy()
        self.persons += np.bincount(self.number, mentions.person, minlength=count)
        order = np.argsort(self.number, kind="stable")
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order)) - np.repeat(np.cumsum(self.count) - self.count, self.count)
        share = likely / (rank + 1)  # each name counts once in full, its further mentions less and less
        articles = int(article.max(initial=-1)) + 1
        self.total = np.bincount(article, share, minlength=articles)  # of each article
        inside = mentions.container >= 0
        alone = np.flatnonzero(~inside)
        of_name, first = numbered(self.number[alone])
        first = alone[first]
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
        self.stated = mentions.stated[self.mention]


class About(NamedTuple):
    """What the rest of the article says of each place of a reading; the order is that of the model's weights."""

    spoken_of: Floats  # log of the evidence for its country
    part: Floats  # the country's share of all evidence
    near: Floats  # log of the evidence for its division
    outlet: Floats  # the country's share of the words that betray where an outlet writes
    settled: Floats  # 1 where another mention of the name was contained there and this one is in nothing
    division_part: Floats  # the division's share of all evidence
    local: Floats  # how much smaller than the largest namesake, by the share of local news's words
    alone: Floats  # 1 for a country's name where nothing else speaks of the country
    alone_here: Floats  # the same by the share of local news's words


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
        size = (len(names.count) + 1) * countries  # the last ones are those of -1, a name not counted
        self._own_countries = np.bincount(name * countries + country, parts, minlength=size)
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
        keys = cues.article[inside] * (countries + 1) + cues.country[inside]
        counts = np.bincount(keys, minlength=articles * (countries + 1)).reshape(articles, countries + 1)
        local = counts[:, countries]  # they stand behind all countries
        self._local = local / (local + names.total + _FEW)
        self._cues = counts[:, :countries].ravel()
        self._all_cues = counts[:, :countries].sum(axis=1) + 1.0

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
        division_part = np.divide(inside, everything, out=np.zeros(len(others)), where=everything > 0.3)
        near = np.where(inside > _NOTHING_MORE, _spoken(np.maximum(inside, 0.0)), 0.0)
        alone = np.where(options.national & (others <= _NOTHING_MORE), 1.0, 0.0)
        about = About(
            _spoken(others),
            np.minimum(1.0, part),
            near,
            self._cues[of_country] / self._all_cues[article],
            np.where(~options.with_container & (self._settled[own_country] > 0.3), 1.0, 0.0),
            np.where(near > 0.0, np.minimum(1.0, division_part), 0.0),
            self._local[article] * options.smaller,
            alone,
            alone * self._local[article],
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
    for weight, column in zip(weights[OPTIONS + 2 :], about, strict=True):
        scores = scores + weight * column
    return scores


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


def first_pass(score: Floats, person: Mask, sure: Mask) -> Mask:
    """Which mentions may be places by their own words."""
    found: Mask = sure | (score >= GIVEN_UP) | person
    return found


def likely_at_first(score: Floats, sure: Mask) -> Floats:
    """The first pass's probabilities of being a place, from its scores."""
    return np.where(sure, 1.0, probability(score))


def told(
    lexicon: Lexicon,
    mentions: Mentions,
    which: Indices,
    what: Known,
    likely: Floats,
    names: Names,
    options: Options,
    weights: Floats,
    said: Said,
    score: Floats,
) -> Floats:
    """What the trees are told of some mentions, from what both passes found: (features, mentions).

    `score` is that of the second pass, `what` what is known of the names, of these mentions.
    """
    some = mentions.chosen(which)
    kinds, magnitude, countries, words = what
    usage = lexicon.usage[:, some.surface].astype(np.float64)
    usage[usage == UNUSED] = -1.0
    number, reading = names.number.take(which), names.reading.take(which)
    best = options.highest(weights).take(reading)
    columns: list[NDArray[Any]] = [
        score,
        some.first,
        *some.seen.T,
        magnitude,
        countries,
        words,
        *usage,
        *(kinds >> bit & 1 for bit in range(len(KINDS))),
        said.country[best],
        said.division[best],
        weights[best],
        options.kind[best],
        names.persons[number] - some.person,
        names.in_persons[number],
        names.count[number],
        names.likely[number] - likely.take(which),
        names.total[some.article],
    ]
    found = np.empty((len(columns), len(which)))
    for row, column in zip(found, columns, strict=True):
        row[:] = column
    return found


def open_as_stated(names: Names, options: Options, said: Said) -> Mask:
    """Which places may be meant, where an article says "Cuba, Missouri": by the bare "Cuba" only the town.

    Unless more speaks of the country than of where the town is.
    """
    keys = names.name[options.reading] * (int(options.row.max(initial=0)) + 1) + options.row
    stated = ~options.with_container & np.isin(keys, keys[options.settled])
    if not stated.any():
        return options.open
    there, nation = np.full((2, len(options.first)), -1.0)
    np.maximum.at(there, options.reading[stated], said.country[stated])
    np.maximum.at(nation, options.reading[options.national], said.country[options.national])
    asked = ((there >= 0) & (there >= nation))[options.reading]
    return np.where(asked, stated, options.open)


def judge(mentions: Mentions, cues: Cues, inside: InPersons, lexicon: Lexicon, model: Model) -> Judged:
    """The second pass over the mentions that the first one kept."""
    likely = likely_at_first(mentions.first, lexicon.sure[mentions.surface])
    names = Names(mentions, likely, inside)
    options = Options(lexicon, names.surface, names.container, names.stated)
    weights = options.softmax(options.scores(model.choice))
    evidence = Evidence(lexicon, names, options, weights, likely, cues)
    scores = options.scores(model.choice_again)
    said = evidence.of(options, names.article, names.name)
    options.open = open_as_stated(names, options, said)
    weights = options.softmax(add_evidence(scores, model.choice_again, said.about))
    found = levels(mentions, likely, names, options, weights, said)
    table = model.levels
    added = table["country"][found.country] + table["near"][found.near]
    added = added + table["count"][found.further] + table["rest"][found.rest]
    added = added + table["persons"][found.persons] + table["z"][found.z]
    sure = lexicon.sure[mentions.surface]
    again = np.ones(len(sure))
    asked = np.flatnonzero(~sure)
    if len(asked):
        score = (mentions.again + added).take(asked)
        what = model.known(lexicon, mentions.surface.take(asked))
        score += model.trees(
            told(lexicon, mentions, asked, what, likely, names, options, weights, said, score)
        )
        again[asked] = probability(score)
    # "Jordan" is no country where the article has a Neil Jordan and nothing else speaks of the country.
    persons = sure & (names.in_persons[names.number] > 0)
    again[persons & (found.country == 0)] = 0.0
    place, sureness = meant(options, weights)
    return Judged(again, place[names.reading], sureness[names.reading])
