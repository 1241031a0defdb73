"""Which things hang together: the connected components of a graph, in arrays. Pure.

Half a million names and the millions of keys they share are held as numbers, 8 bytes each.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


def components(count: int, pairs: Numbers) -> Numbers:
    """For each of `count` things the smallest that it hangs together with; `pairs` has one row a connection.

    >>> components(5, np.array([[3, 1], [4, 3]])).tolist()
    [0, 1, 2, 1, 1]
    """
    smallest = np.arange(count, dtype=np.int64)
    one, other = pairs[:, 0], pairs[:, 1]
    while True:
        low, high = smallest[one], smallest[other]
        open_ = low != high
        if not open_.any():
            return smallest
        one, other = one[open_], other[open_]
        low, high = low[open_], high[open_]
        # Each of the two roots learns of the smaller one, and all below them with it.
        np.minimum.at(smallest, np.maximum(low, high), np.minimum(low, high))
        while not np.array_equal(further := smallest[smallest], smallest):
            smallest = further


def blocks_of(smallest: Numbers, size: int) -> Iterator[list[Numbers]]:
    """The components, in order of their smallest member, in lists that hold about `size` things altogether.

    >>> [[group.tolist() for group in block] for block in blocks_of(np.array([0, 1, 2, 1, 1]), 4)]
    [[[0], [1, 3, 4]], [[2]]]
    """
    order = np.argsort(smallest, kind="stable")
    starts = np.flatnonzero(np.diff(smallest[order], prepend=-1))
    ends = np.append(starts, len(order))[1:]
    begun = 0
    for place, end in enumerate(ends.tolist()):
        if end - starts[begun] >= size or place == len(ends) - 1:
            yield [order[starts[at] : ends[at]] for at in range(begun, place + 1)]
            begun = place + 1
