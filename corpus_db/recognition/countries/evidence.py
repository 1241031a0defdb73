"""Which countries and divisions an article is about, and what that says of each place that a name can stand for.

An article's own words for a name are left out of what the article says of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from corpus_db.recognition.countries.characters import Indices
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.meanings import Options
from corpus_db.recognition.countries.model import OPTIONS, Floats
from corpus_db.recognition.countries.readings import Cues, Names, Sums

_LEAST = 0.02  # probability of a meaning below which it is no evidence
_FEW = 6.0  # words of local news that make an article local only where it names few places
_NOTHING_MORE = 1e-9  # evidence up to which a difference is one of rounding


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
        self._divisions = Sums(article * divisions + division, parts)
        self._own_divisions = Sums(name * divisions + division, parts)
        settling = np.flatnonzero(options.with_container & (weights > 0.5))
        reading = options.reading[settling]
        keys = names.name[reading] * countries + options.country[settling]
        self._settled = Sums(keys, likely[names.mention[reading]])
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
