"""Keys of names as numbers: what `name_keys` holds in place of texts.

A key is only ever asked whether it equals another. A hash of 62 bits answers that in a third of the room and sorts
three times as fast; that two keys of a million names get one number is a chance of 1 in 10,000. The number says of what
kind the key is by its sign. It stands in the database, so how it is made must not change (a test holds some).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

BLOCK_KEY = "b:"  # of a full name, whose number is above 0: names that share it may be one person's
SHORT_KEY = "s:"  # below 0: a single name that a full name may be shortened to
_BASE = np.uint64(0x9E3779B97F4A7C15)


def key_numbers(keys: Sequence[str]) -> Numbers:
    """The number of each key, which begins with BLOCK_KEY or SHORT_KEY.

    A polynomial over the characters (Karp and Rabin 1987), each mixed before and the sum after.
    """
    if not keys:
        return np.zeros(0, np.int64)
    lengths = np.fromiter(map(len, keys), np.int64, len(keys))
    characters = np.frombuffer("".join(keys).encode("utf-32-le", "surrogatepass"), "<u4")
    starts = np.cumsum(lengths) - lengths
    powers = np.full(int(lengths.max()), _BASE).cumprod(dtype=np.uint64)
    places = np.arange(len(characters)) - np.repeat(starts, lengths)
    sums = np.add.reduceat(_mixed(characters.astype(np.uint64)) * powers.take(places), starts)
    numbers = (_mixed(sums) >> np.uint64(2)).astype(np.int64) + 1
    return np.where(characters.take(starts) == ord(SHORT_KEY[0]), -numbers, numbers)


def key_number(key: str) -> int:
    """The number of one key."""
    return int(key_numbers([key])[0])


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Each value's bits spread over all 64 (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
