"""From probabilities to names: which candidates are taken.

A candidate is taken when it is more probable than THRESHOLD. Below one half two candidates that
overlap can both qualify; then the more probable one wins, of equals the longer, then the first.
"""

from __future__ import annotations

import numpy as np

from .candidates import Candidates, Indices
from .model import PERSON, Floats

THRESHOLD = 0.42


def choose(candidates: Candidates, probability: Floats, threshold: float = THRESHOLD) -> Indices:
    """Numbers of the candidates taken as persons, without overlaps, in order of position."""
    person = probability[:, PERSON]
    taken = np.flatnonzero(person > threshold)
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
