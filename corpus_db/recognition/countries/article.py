"""The two passes over the candidates of some articles: is it a place here, and which of its namesakes.

First pass: each candidate on its own words ("is it a place here?") and each of its meanings on size and on
what contains it ("Paris, Texas"). Second pass: the same with the article in view: how sure the first pass
was of the other mentions of the name, and which countries and divisions the rest of the article is about. The
country comes first; which of its towns of that name is meant is asked by itself (towns.py).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_db.recognition.countries import towns
from corpus_db.recognition.countries.characters import Indices, Mask
from corpus_db.recognition.countries.evidence import Evidence, Said, add_evidence
from corpus_db.recognition.countries.features import Known
from corpus_db.recognition.countries.gazetteer import KINDS, UNUSED
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.meanings import Options, meant
from corpus_db.recognition.countries.model import GIVEN_UP, Floats, Model, probability
from corpus_db.recognition.countries.readings import Cues, InPersons, Mentions, Names

_LEAST = 0.5  # names that speak of a country, below which a division's share of them means little
_STEPS = [0.05 * 2**n for n in range(9)]


class Judged(NamedTuple):
    """What both passes make of mentions."""

    likely: Floats  # probability of being a place here
    place: Indices  # row of the place that is meant
    sureness: Floats  # probability of its country
    division: Floats  # probability of the place's division, where the country is right
    share: Floats  # of what the rest of the article says of the country, for that division

    def part(self, first: int, last: int) -> Judged:
        """Those from one number up to another."""
        columns: list[Any] = [column[first:last] for column in self]
        return Judged(*columns)


class Weighed(NamedTuple):
    """The readings of articles with what speaks for each of their places."""

    names: Names
    options: Options
    likely: Floats  # of mentions, by the first pass
    said: Said
    weights: Floats  # probability of each place


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


def weigh(mentions: Mentions, cues: Cues, inside: InPersons, lexicon: Lexicon, model: Model) -> Weighed:
    """What the articles say for each place that the mentions which the first pass kept can stand for."""
    likely = likely_at_first(mentions.first, lexicon.sure[mentions.surface])
    names = Names(mentions, likely, inside)
    options = Options(lexicon, names.surface, names.container, names.stated)
    weights = options.softmax(options.scores(model.choice))
    evidence = Evidence(lexicon, names, options, weights, likely, cues)
    scores = options.scores(model.choice_again)
    said = evidence.of(options, names.article, names.name)
    options.open = open_as_stated(names, options, said)
    weights = options.softmax(add_evidence(scores, model.choice_again, said.about))
    return Weighed(names, options, likely, said, weights)


def judge(mentions: Mentions, cues: Cues, inside: InPersons, lexicon: Lexicon, model: Model) -> Judged:
    """The second pass over the mentions that the first one kept."""
    names, options, likely, said, weights = weigh(mentions, cues, inside, lexicon, model)
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
    best, sureness = meant(options, weights)
    best, division = towns.likeliest(options, said, best)
    share = said.division[best] / np.maximum(said.country[best], _LEAST)
    of = names.reading
    return Judged(again, options.row[best][of], sureness[of], division[of], share[of])
