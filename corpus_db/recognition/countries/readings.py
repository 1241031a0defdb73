"""The candidates of some articles, and what decides together what is meant: names and their readings.

Mentions, names (all mentions of a surface in an article), readings (a name, or one mention that has a
container) and the places of readings are columns of arrays, those of all articles one after the other. Sums go
over one article's entries in their order (`numpy.bincount` adds one by one), so that an article's result does
not depend on the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus_db.recognition.countries.characters import Indices, Mask, numbers_of
from corpus_db.recognition.countries.meanings import numbered
from corpus_db.recognition.countries.model import Floats

_SURFACES = 1 << 32  # more than there are


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


class Cues(NamedTuple):
    """Words of articles that betray in which country an outlet writes."""

    article: Indices
    country: Indices


class InPersons(NamedTuple):
    """Names of places that are part of a longer person's name."""

    article: Indices
    surface: Indices


Rows = TypeVar("Rows", Mentions, Cues, InPersons)


def joined(found: Sequence[Rows]) -> Rows:
    """Those of several windows, one after the other."""
    return type(found[0])._make(np.concatenate(column) for column in zip(*found, strict=True))


class Sums:
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
        others = Sums(in_persons.article * _SURFACES + in_persons.surface, np.ones(len(in_persons.article)))
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
