"""Groups of articles joined one by one, the best pair first, while any pair is likelier one person than two.

The groups' contexts never have to be added up: the score needs sums of products only, and those of a
joined group are the sums of its parts' (Lance and Williams 1967).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from corpus_db.resolution.namesakes.likelihood import Floats, Vectors, evidence, prior, products, weights

_CAREER: Final = 10  # years between two groups that say nothing; each further one
_YEAR: Final = 0.04  # … takes this from the score


@dataclass(slots=True)
class Groups:
    """Groups of occurrences while they are joined: sums of products, sizes and years instead of contexts."""

    products: Floats  # (family, group, group)
    own: Floats  # (family, group): those of each group with itself
    sizes: Floats
    first: Floats  # year of the first article; infinite where none is known
    last: Floats
    bias: float
    members: list[list[int]] = field(default_factory=list)

    def scores(self, rows: slice) -> Floats:
        """The score of each of `rows` with every group, rounded."""
        one, other = self.own[:, rows, None], self.own[:, None, :]
        sizes = self.sizes[rows, None]
        said = evidence(one, other, self.products[:, rows], sizes, self.sizes)
        found = (weights() @ said.reshape(len(said), -1)).reshape(said.shape[1:])
        found += prior(one, other, sizes, self.sizes)
        gap = np.maximum(self.first[rows, None] - self.last, self.first - self.last[rows, None])
        gap[np.isinf(gap)] = 0
        found -= _YEAR * np.maximum(gap - _CAREER, 0)
        found += self.bias
        return found.round(6)

    def join(self, a: int, b: int) -> None:
        """Add group `b` to group `a`; `b` stays, empty."""
        self.products[:, a, :] += self.products[:, b, :]
        self.products[:, :, a] += self.products[:, :, b]
        self.own[:, a] = self.products[:, a, a]
        self.sizes[a] += self.sizes[b]
        self.first[a] = min(self.first[a], self.first[b])
        self.last[a] = max(self.last[a], self.last[b])
        self.members[a] += self.members[b]
        self.members[b] = []


def cluster(vectors: Sequence[Vectors], years: Sequence[int | None], start: float) -> Groups:
    """Join groups, best pair first, while any pair's score (with `start` as its bias) is above 0."""
    count = len(vectors)
    sums = products(vectors)
    groups = Groups(
        sums,
        sums.diagonal(0, 1, 2).copy(),
        np.ones(count),
        np.array([np.inf if year is None else year for year in years]),
        np.array([-np.inf if year is None else year for year in years]),
        start,
        [[index] for index in range(count)],
    )
    scores = groups.scores(slice(None))
    scores.flat[:: count + 1] = -np.inf
    gone = np.zeros(count, dtype=bool)
    left = count
    while left > 1:
        a, b = sorted(divmod(int(np.argmax(scores)), count))
        if not scores[a, b] > 0:
            break
        groups.join(a, b)
        gone[b] = True
        left -= 1
        if left == 1:  # mostly so, and nothing is left to compare
            break
        row = groups.scores(slice(a, a + 1))[0]
        row[a], row[gone] = -np.inf, -np.inf
        scores[a, :] = scores[:, a] = row
        scores[b, :] = scores[:, b] = -np.inf
    return groups
