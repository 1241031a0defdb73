"""Polynomials of stretches of a text, modulo 2^64: what hashes of words and names are made of.

A text is an array of numbers, one for each character. The polynomial of a stretch in an odd base
follows from running sums over the text (Karp and Rabin 1987): two look-ups and a multiplication,
whatever the length of the stretch and however many of them overlap.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse
_INVERSE = pow(BASE, -1, 1 << 64)
_BLOCK = 1 << 13  # characters

_powers: list[Words] = []  # of the base and of its inverse, as far as a text needed them


def powers(count: int) -> tuple[Words, Words]:
    """At least the first `count` powers of the base, and those of its inverse."""
    if not _powers or len(_powers[0]) < count:
        size = max(4096, count + count // 4)
        found = []
        for base in (BASE, _INVERSE):
            row = np.full(size, base, np.uint64)
            row[0] = 1
            found.append(np.multiply.accumulate(row))
        _powers[:] = found
    return _powers[0], _powers[1]


def code_points(text: str) -> NDArray[Any]:
    """The characters of a text as numbers, two bytes each where that is enough."""
    narrow = text.encode("utf-16-le", "surrogatepass")
    if len(narrow) == 2 * len(text):
        return np.frombuffer(narrow, "<u2")
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def looked_up(codes: NDArray[Any], table: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The entry of each character in a table; characters beyond the table have its last one."""
    # Bytes are translated several times faster than an array is taken from; others are rare.
    low = codes.astype(np.uint8).tobytes().translate(table[:256].tobytes())
    found = np.frombuffer(bytearray(low), np.uint8)
    others = np.flatnonzero(codes > 255)
    if len(others):
        found[others] = table.take(codes.take(others), mode="clip")
    return found


class Polynomials:
    """The polynomials of the stretches of one text."""

    def __init__(self, codes: NDArray[Any], values: Words | None = None) -> None:
        """`values` are the numbers of the characters; where it is None they count as their codes."""
        size = len(codes)
        self.powers, self._inverses = powers(size + 1)
        self._sums = sums = np.empty(size + 1, np.uint64)
        sums[0] = 0
        # A block at a time, whose numbers stay in the processor's cache: half as long for a chunk of articles.
        for low in range(0, size, _BLOCK):
            terms = codes[low : low + _BLOCK].astype(np.uint64)
            if values is not None:
                terms = values.take(terms.view(np.int64), mode="clip")  # twice as fast as "raise"
            terms *= self.powers[low : low + len(terms)]
            terms[:1] += sums[low : low + 1]
            np.add.accumulate(terms, out=sums[low + 1 : low + len(terms) + 1])

    def __call__(self, start: NDArray[Any], end: NDArray[Any]) -> Words:
        """Of each stretch from a start to an end (exclusive)."""
        found: Words = self._sums.take(end, mode="clip")  # half as long as "raise" for so wide columns
        found -= self._sums.take(start, mode="clip")
        found *= self._inverses.take(start, mode="clip")
        return found
