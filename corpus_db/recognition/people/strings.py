"""Strings as 64-bit numbers, for whole arrays of them: hashing stretches of a text, and a hash table.

A text is an array of code points. The hash of a stretch is a polynomial in them (see
recognition/stretches.py): about two nanoseconds a character for all stretches of a text. Python's own strings would
cost fifty times that for each word, to make it and to look it up.

Two different short strings have one hash with a chance of about 2^-60; long ones, which somebody
could choose so that they do, are hashed by BLAKE2 instead.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..stretches import BASE, Polynomials, code_points, powers

Keys = NDArray[np.uint64]

_MIX = np.uint64(0xD6E8FEB86659FD93)
_SALT = np.uint64(0xC2B2AE3D27D4EB4F)
_HALF = np.uint64(32)
_ALL = (1 << 64) - 1
_EIGHT, _SHORT = 8, 16
_LATIN_1 = 0xFF
_FIRST_BYTES = np.array(
    [(1 << 8 * size) - 1 for size in range(_EIGHT + 1)], np.uint64
)  # a mask for each size
_BLOCK = 1 << 15  # characters summed at once: the tables stay in the processor's cache
_LONG = 256  # characters; only tables and chains of signs without a space are longer


def hashes_of(codes: NDArray[Any], starts: NDArray[Any], ends: NDArray[Any]) -> Keys:
    """The hash of each stretch of the text; starts in ascending order, no hash is 0.

    It depends on the characters of the stretch alone.
    """
    result = np.empty(len(starts), np.uint64)
    low = 0
    while low < len(starts):
        # As many stretches as end within a block; a longer one is replaced below anyway.
        base = int(starts[low])
        high = max(low + 1, int(starts.searchsorted(base + _BLOCK - _LONG)))
        first, end = starts[low:high] - base, np.clip(ends[low:high] - base, 0, _BLOCK)
        result[low:high] = _polynomials(codes[base : base + int(end.max())], first, end)
        low = high
    length = ends - starts
    result = _mixed(result, length)
    for i in np.flatnonzero(length > _LONG).tolist():
        data = codes[starts[i] : ends[i]].astype("<u4").tobytes()
        result[i] = int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little") | 1
    return result


class Letters(NamedTuple):
    """A text as numbers, in the forms that are asked for more than once."""

    codes: NDArray[Any]
    narrow: bytes  # one a character, modulo 256
    eight: NDArray[np.uint64]  # from each character on, eight of these bytes as one number
    wide: NDArray[np.int64]  # the characters beyond Latin-1


def letters_of(text: str) -> Letters:
    """The forms of a text."""
    codes = code_points(text)
    narrow = np.zeros(len(codes) + _SHORT, np.uint8)
    narrow[: len(codes)] = codes
    eight = np.ndarray((len(codes) + _EIGHT + 1,), "<u8", narrow, strides=(1,))
    return Letters(codes, narrow[: len(codes)].tobytes(), eight, np.flatnonzero(codes > _LATIN_1))


def keys_of(letters: Letters, starts: NDArray[Any], ends: NDArray[Any]) -> Keys:
    """A key of each stretch of a text, not 0; half the price of `hashes_of`, and none of its hashes.

    Of a short stretch in Latin-1 (nearly all are) it is made of the bytes themselves, eight at a time.
    """
    codes, eight, wide = letters.codes, letters.eight, letters.wide
    sizes = ends - starts
    result = eight[starts]
    result &= _FIRST_BYTES.take(sizes, mode="clip")
    longer = np.flatnonzero(sizes > _EIGHT)
    result *= _MIX
    result ^= result >> _HALF
    more = sizes[longer]
    result[longer] += eight[starts[longer] + _EIGHT] & _FIRST_BYTES.take(more - _EIGHT, mode="clip")
    result = _mixed(result, sizes)
    others = longer[more > _SHORT]
    if len(wide):
        owner = starts.searchsorted(wide, side="right") - 1
        others = np.union1d(others, owner[wide < ends[owner]])
    if len(others):
        after = np.cumsum(sizes[others])
        places = np.repeat(starts[others] - (after - sizes[others]), sizes[others]) + np.arange(after[-1])
        result[others] = hashes_of(codes[places], after - sizes[others], after)
    return result


def hash_of(word: str) -> int:
    """The same of one short word: ten times as fast as an array of one."""
    total = (_polynomial(word) + len(word) * int(_SALT)) & _ALL
    return ((total ^ total >> int(_HALF)) * int(_MIX) & _ALL) | 1


def _polynomial(word: str) -> int:
    total = 0
    for code in reversed(word):
        total = (total * BASE + ord(code)) & _ALL
    return total


def hashes_behind(codes: NDArray[Any], parts: Sequence[tuple[str, NDArray[Any], NDArray[Any]]]) -> Keys:
    """The hash of each stretch with a prefix before it, for several (prefix, starts, ends).

    The same as `hashes_of` gives for the whole string. The text has not many more than _BLOCK characters.
    """
    sizes = [len(starts) for _, starts, _ in parts]
    starts = np.concatenate([starts for _, starts, _ in parts])
    ends = np.concatenate([ends for _, _, ends in parts])
    lengths = np.array([len(prefix) for prefix, _, _ in parts])
    values = np.array([_polynomial(prefix) for prefix, _, _ in parts], np.uint64)
    result = _polynomials(codes, starts, ends)
    result *= np.repeat(powers(_LONG)[0][lengths], sizes)
    result += np.repeat(values, sizes)
    return _mixed(result, ends - starts + np.repeat(lengths, sizes))


def _polynomials(codes: NDArray[Any], starts: NDArray[Any], ends: NDArray[Any]) -> Keys:
    """Of each stretch of a short text."""
    return Polynomials(codes)(starts, ends)


def _mixed(polynomials: Keys, lengths: NDArray[Any]) -> Keys:
    """Hashes of all bits, of which the first ones serve as well as any others."""
    polynomials += lengths.astype(np.uint64) * _SALT  # so that a character 0 counts too
    polynomials ^= polynomials >> _HALF
    polynomials *= _MIX
    polynomials |= np.uint64(1)
    return polynomials


class HashTable:
    """Numbers by 64-bit keys (not 0), in arrays: open addressing with linear probing."""

    def __init__(self, bits: int = 14) -> None:
        self._shift = np.uint64(64 - bits)
        self._mask = (1 << bits) - 1
        self._keys = np.zeros(1 << bits, np.uint64)
        self._values = np.zeros(1 << bits, np.int32)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def find(self, keys: Keys) -> NDArray[np.int32]:
        """The number of each key; -1 for none."""
        # Where no index can be wrong, "clip" takes half as long as "raise".
        slot = (keys >> self._shift).view(np.int64)
        there = self._keys.take(slot, mode="clip")
        result: NDArray[np.int32] = self._values.take(slot, mode="clip")
        open_ = np.flatnonzero(there != keys)
        wanted, there, slot = keys[open_], there[open_], slot[open_]
        while len(open_):
            empty = there == 0
            result[open_[empty]] = -1
            slot += 1
            slot &= self._mask
            there = self._keys.take(slot, mode="clip")
            here = there == wanted
            here &= ~empty
            result[open_[here]] = self._values[slot[here]]
            more = ~(here | empty)
            open_, wanted, there, slot = open_[more], wanted[more], there[more], slot[more]
        return result

    def find_one(self, key: int) -> int:
        """The number of one key; -1 for none."""
        slot = key >> int(self._shift)
        while there := int(self._keys[slot]):
            if there == key:
                return int(self._values[slot])
            slot = (slot + 1) & self._mask
        return -1

    def add(self, keys: Keys, values: NDArray[Any]) -> None:
        """Add keys, all different and none of them in the table."""
        if 4 * (self._size + len(keys)) > len(self._keys):
            filled = np.flatnonzero(self._keys)
            keys = np.concatenate([self._keys[filled], keys])
            values = np.concatenate([self._values[filled], values])
            self.__init__(max(14, int(4 * len(keys)).bit_length()))  # type: ignore[misc]
        self._size += len(keys)
        slot = (keys >> self._shift).astype(np.int64)
        while len(keys):
            free = self._keys[slot] == 0
            self._keys[slot[free]] = keys[free]
            placed = self._keys[slot] == keys
            self._values[slot[placed]] = values[placed]
            keys, values, slot = keys[~placed], values[~placed], (slot[~placed] + 1) & self._mask
