"""Which of a country's towns and counties of one name is meant: Richmond in Virginia, California or Kentucky.

The country is settled before (article.py), by a model that learnt from sets which give countries only. What tells a
country's own namesakes apart is other evidence: how much of what the article says of the country it says of the
town's division, besides size and fame. A conditional logit over the country's towns of the name, with five weights:
`data/countries/towns.json`, learnt by `python -m benchmarks.countries.towns --write` from articles that say once
where a town is ("Richmond, Ky."), with that taken away. A second round with what the first one found gave nothing.

A division that is no likelier than RESOLVE stays open: the mention has its town's name and country, no more.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

import numpy as np

from corpus_db.recognition.countries.characters import Indices, Mask
from corpus_db.recognition.countries.evidence import Said
from corpus_db.recognition.countries.gazetteer import CITY, DISTRICT, DIVISION, KINDS
from corpus_db.recognition.countries.meanings import Options
from corpus_db.recognition.countries.model import Floats

RESOLVE = 0.55  # probability of a division from which a town is placed in it
FEATURES = ("size", "district", "fame", "near", "share")
_CONTAINED = 12.0  # what an explicit container says leaves no doubt
_CITY, _DIVISION, _DISTRICT = map(KINDS.index, (CITY, DIVISION, DISTRICT))
_TOWNS = np.array([kind in (CITY, DISTRICT) for kind in KINDS])
_DIVISIONS = 1 << 20  # more than there are


def features(options: Options, said: Said, entries: Indices) -> Floats:
    """What is known of some places and what the article says of their divisions: (FEATURES, entries)."""
    country, division = said.country[entries], np.maximum(0.0, said.division[entries])
    columns = [
        options.known[0][entries],
        options.kind[entries] == _DISTRICT,
        options.known[-1][entries],
        np.log1p(4 * division),
        np.minimum(1.0, np.divide(division, country, out=np.zeros(len(entries)), where=country > 0)),
    ]
    return np.array(columns, np.float64)


def likeliest(options: Options, said: Said, best: Indices) -> tuple[Indices, Floats]:
    """The likeliest town of each reading's country, and the probability of the division it lies in.

    `best` are the likeliest places so far (entries of `options`, one a reading), which settle the country; what is
    no town, and what has no namesake in its country, stays, with probability 1.
    """
    best = _first_level(options, best)
    division = np.ones(len(best))
    town = _TOWNS[options.kind] & options.open
    town &= (_TOWNS[options.kind[best]])[options.reading]
    town &= options.country == options.country[best][options.reading]
    several = np.bincount(options.reading[town], minlength=len(best)) > 1
    town &= ~_seats_named(options, town)
    entries = np.flatnonzero(town & several[options.reading])
    if not len(entries):
        return best, division
    score = np.where(options.contained[entries], _CONTAINED, 0.0)
    for weight, column in zip(weights(), features(options, said, entries), strict=True):
        score += weight * column
    reading = options.reading[entries]
    first = np.flatnonzero(np.diff(reading, prepend=-1))
    group = np.cumsum(np.diff(reading, prepend=-1) > 0) - 1
    powers = np.exp(score - np.maximum.reduceat(score, first)[group])
    _, part = np.unique(reading * _DIVISIONS + options.division[entries], return_inverse=True)
    shares = np.bincount(part, powers)[part] / np.bincount(group, powers)[group]
    # The likeliest division's likeliest town, of equal ones the first: maxima are found sooner than an order.
    likely = shares == np.maximum.reduceat(shares, first)[group]
    score = np.where(likely, score, -np.inf)
    likely &= score == np.maximum.reduceat(score, first)[group]
    of_group = np.minimum.reduceat(np.where(likely, np.arange(len(entries)), len(entries)), first)
    chosen = best.copy()
    chosen[reading[first]] = entries[of_group]
    division[reading[first]] = shares[of_group]
    return chosen, division


def _first_level(options: Options, best: Indices) -> Indices:
    """The likeliest places, with the state or province of the name in place of a town: Vermont, not the one in Wisconsin.

    A container ("Indiana, Pa.") rules the state out before. Of a large city and the province of its name seats.py
    knows the one that is meant.
    """
    state = (options.kind == _DIVISION) & options.open & ~options.with_container
    state &= options.country == options.country[best][options.reading]
    state &= (_TOWNS[options.kind[best]])[options.reading]
    entries = np.flatnonzero(state)
    chosen = best.copy()
    # The last of those written wins: the first of the largest.
    order = entries[np.lexsort((-entries, options.known[0][entries]))]
    chosen[options.reading[order]] = order
    return chosen


def _seats_named(options: Options, town: Mask) -> Mask:
    """The counties that hold a town of the same name in their division: by the bare name the town is meant."""
    keys = options.reading * _DIVISIONS + options.division
    cities = np.unique(keys[town & (options.kind == _CITY)])
    found: Mask = (options.kind == _DISTRICT) & np.isin(keys, cities)
    return found


@cache
def weights() -> tuple[float, ...]:
    """The weights of FEATURES."""
    text = resources.files("corpus_db.data").joinpath("countries", "towns.json").read_text(encoding="utf-8")
    found = json.loads(text)
    return tuple(float(found[name]) for name in FEATURES)
