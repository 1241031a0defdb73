"""From probabilities to names: which candidates are taken.

A candidate is taken when it is more probable than THRESHOLD; above one half no two
overlap. The rules of rules.py may add doubtful candidates where nothing is taken, the more probable
before others that overlap it, put a whole name in the place of its halves, and widen names; shapes.py joins what is left in pieces.
"""

from __future__ import annotations

import numpy as np

from . import rules
from .bodies import without_bodies
from .candidates import Candidates, Indices
from .evidence import ArticleEvidence
from .found import Names, numbered
from .model import PERSON, Floats
from .rules import THRESHOLD
from .shapes import shape
from .things import without_things
from .tokens import Tokens, Vocabulary


def decode(
    tokens: Tokens,
    vocabulary: Vocabulary,
    candidates: Candidates,
    probability: Floats,
    gathered: ArticleEvidence | None,
) -> Names:
    """The names of a batch, without overlaps, in order of position."""
    person = probability[:, PERSON]
    taken = np.flatnonzero(person > THRESHOLD)
    taken = rules.without_bare(tokens, vocabulary, candidates, person, taken, gathered)
    doubtful = rules.more_candidates(tokens, vocabulary, candidates, probability, taken, gathered)
    rule = {number: name for name, numbers in doubtful.items() for number in numbers.tolist()}
    more = np.array(sorted(rule), np.int64)
    taken = _without_halves(candidates, taken, more[candidates.size[more] > 1])
    taken = _with_more(candidates, person, taken, more)
    taken = taken[np.argsort(candidates.start[taken], kind="stable")]
    taken = rules.without_agencies(tokens, vocabulary, candidates, taken)
    taken = rules.without_compounds(tokens, vocabulary, candidates, taken)
    taken = without_bodies(tokens, vocabulary, candidates, taken)
    taken = without_things(tokens, vocabulary, candidates, taken)
    start, likely = candidates.start[taken], person[taken]
    chosen = np.zeros(len(taken), np.int8)  # by the model
    for i in np.flatnonzero(likely <= THRESHOLD).tolist():
        likely[i], chosen[i] = rules.CONFIDENCE, numbered(rule[int(taken[i])])
    names = Names(start, start + candidates.size[taken], likely, chosen)
    names = rules.join_nicknames(tokens, vocabulary, candidates, names)
    if len(names):
        names = rules.add_suffixes(tokens, vocabulary, names)
    return shape(tokens, vocabulary, names)


def _without_halves(candidates: Candidates, taken: Indices, longer: Indices) -> Indices:
    """Those of `taken` that are no part of a longer candidate."""
    if not len(longer):
        return taken
    owner = np.zeros(len(candidates.token), np.int64)
    for k in range(int(candidates.size[longer].max())):
        chosen = longer[candidates.size[longer] > k]
        owner[candidates.first[chosen] + k] = candidates.first[chosen] + 1
    start = candidates.first[taken]
    whole = (owner[start] > 0) & (owner[start] == owner[start + candidates.size[taken] - 1])
    result: Indices = taken[~whole]
    return result


def _with_more(candidates: Candidates, person: Floats, taken: Indices, more: Indices) -> Indices:
    """`taken` and those of `more` that overlap none of them."""
    if not len(more):
        return taken
    occupied = np.zeros(len(candidates.token) + 1, np.int64)
    np.add.at(occupied, candidates.first[taken], 1)
    np.add.at(occupied, candidates.first[taken] + candidates.size[taken], -1)
    before = np.concatenate([[0], np.cumsum(np.cumsum(occupied) > 0)])
    free = more[before[candidates.first[more] + candidates.size[more]] == before[candidates.first[more]]]
    return np.concatenate([taken, without_overlaps(candidates, person, free)])


def without_overlaps(candidates: Candidates, person: Floats, taken: Indices) -> Indices:
    """Those candidates that overlap no more probable one, in order of position."""
    taken = taken[np.argsort(candidates.start[taken], kind="stable")]
    start = candidates.start[taken]
    end = start + candidates.size[taken]
    clash = np.zeros(len(taken), np.bool_)
    clash[1:] = start[1:] < np.maximum.accumulate(end)[:-1]
    if not clash.any():
        return taken
    clash[:-1] |= clash[1:]
    # Each cluster of overlapping candidates is small: settle them one by one, best first.
    order = sorted(np.flatnonzero(clash), key=lambda i: (-person[taken[i]], start[i] - end[i], start[i]))
    keep = ~clash
    occupied: set[int] = set()
    for i in order:
        span = range(int(start[i]), int(end[i]))
        if occupied.isdisjoint(span):
            occupied.update(span)
            keep[i] = True
    # A candidate may overlap one further back than its neighbour.
    result: Indices = taken[keep]
    return result
