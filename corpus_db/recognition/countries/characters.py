"""Text as numpy arrays, a number for each character: what it is, and prefix sums from which any stretch has its hash.

A window is a few articles' titles and bodies in a row. Everything that is asked of a word, a name or a
neighbour is asked of thousands at once, by the hash of its letters: no string is cut out of a text before it is
known to be a place. The hash of a stretch is a polynomial (see recognition/stretches.py) in random numbers, one
for each (lower-case) character. What it finds are the 64-bit hashes of names and words of the data, 300,000 in all: a stretch of text that is
none of them has one of their hashes once in 60,000 million million.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_db.recognition.stretches import BASE, Polynomials, code_points

Hashes = NDArray[np.uint64]
Indices = NDArray[np.int64]
Mask = NDArray[np.bool_]

# What a character is, as Python's `re` and `str` see it.
WORD = 1  # \w
CAPITAL = 2  # may begin a name: A-Z and the capitals of Latin alphabets
UPPER = 4
LOWER = 8
DIGIT = 16
SPACE = 32
LETTER = 64  # \w but digits and the low line
APOSTROPHE = 128  # ' and ’

_SIZE = 0x10000
_CASED = 0x2200  # capitals and small letters are told apart up to here
BORDER = _SIZE - 1  # what stands between two fields: no character
_MASK = (1 << 64) - 1
MULTIPLIER = np.uint64(BASE)
_CAPITALS = [(0x41, 0x5A), (0xC0, 0xD6), (0xD8, 0xDE), (0x100, 0x17D)]
_STEP = np.uint64(0xD6E8FEB86659FD93)  # of the keys of several words


@cache
def flags() -> NDArray[np.uint8]:
    """What each character of the basic plane is; the rest counts as punctuation."""
    found = np.zeros(_SIZE, np.uint8)
    text = "".join(map(chr, range(_SIZE)))
    for flag, pattern in ((WORD, r"\w+"), (LETTER, r"[^\W\d_]+"), (DIGIT, r"\d+"), (SPACE, r"\s+")):
        for run in re.finditer(pattern, text):
            found[run.start() : run.end()] |= np.uint8(flag)
    for flag, is_so in ((UPPER, str.isupper), (LOWER, str.islower)):
        found[[code for code in range(_CASED) if is_so(text[code])]] |= np.uint8(flag)
    for first, last in _CAPITALS:
        found[first : last + 1] |= CAPITAL
    found[[ord("'"), ord("’")]] |= APOSTROPHE
    found[BORDER] = SPACE
    return found


@cache
def values() -> Hashes:
    """A random number for each character of the basic plane; a capital has that of its small letter."""
    lower = np.arange(_SIZE, dtype=np.uint64)
    lower[:_CASED] = [ord(chr(code).lower()[0]) for code in range(_CASED)]
    # splitmix64
    mixed = (lower + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def character_codes(text: str) -> NDArray[np.uint16]:
    """A number for each character; those beyond the basic plane are all one."""
    codes = code_points(text)
    return codes if codes.itemsize == 2 else np.minimum(codes, 0xFFFE).astype(np.uint16)


class Hasher(Polynomials):
    """The hashes of the stretches of one text, given by where they start and end."""

    def __init__(self, codes: NDArray[np.uint16]) -> None:
        super().__init__(codes, values())

    def joined(self, first: Hashes, length: Indices, second: Hashes | np.uint64) -> Hashes:
        """The hash of two strings one after the other, from theirs and the first one's length."""
        return first + second * self.powers[length]


def string_hash(text: str) -> int:
    """The hash of one string."""
    total, power, table = 0, 1, values()
    for code in character_codes(text).tolist():
        total += int(table[code]) * power
        power = power * BASE & _MASK
    return total & _MASK


def string_hashes(strings: Sequence[str]) -> Hashes:
    """The hashes of many strings; none holds a line feed."""
    return line_hashes("\n".join(strings)) if strings else np.zeros(0, np.uint64)


_LINES = 200_000  # characters hashed at once


def line_hashes(text: str, ends: str = "\n") -> Hashes:
    """The hashes of all stretches of a text between these characters."""
    codes = character_codes(text)
    cut = codes == ord(ends[0])
    for other in ends[1:]:
        cut |= codes == ord(other)
    end = np.append(np.flatnonzero(cut), len(codes))
    start = np.concatenate([[0], end[:-1] + 1])
    found = np.empty(len(end), np.uint64)
    first = 0
    while first < len(end):
        origin = int(start[first])
        last = max(first + 1, int(np.searchsorted(end, origin + _LINES)))
        hasher = Hasher(codes[origin : int(end[last - 1])])
        found[first:last] = hasher(start[first:last] - origin, end[first:last] - origin)
        first = last
    return found


def next_key(key: Hashes, word: Hashes) -> Hashes:
    """The key of a name that goes on with this word, from the key of the words before; of one word it is its hash."""
    found: Hashes = (key ^ (key >> np.uint64(29))) * _STEP + word
    return found


def name_key(words: Sequence[str]) -> int:
    """The key of one name, from its folded words."""
    key = string_hash(words[0])
    for word in words[1:]:
        key = ((key ^ (key >> 29)) * int(_STEP) + string_hash(word)) & _MASK
    return key


class Numbers:
    """Finds the places of hashes in a sorted table of them without repeats, through an index by their first bits.

    Bisection would read memory in twenty places for a hash, this does in two or three.
    """

    def __init__(self, table: Hashes) -> None:
        bits = max(1, len(table).bit_length())
        self._shift = np.uint64(64 - bits)
        counts = np.bincount((table >> self._shift).astype(np.int64), minlength=1 << bits)
        self._first = (np.cumsum(counts) - counts).astype(np.int32)
        self._table = np.append(table, np.uint64(_MASK))

    def __call__(self, wanted: Hashes) -> Indices:
        """Where each of these stands in the table; -1 where it does not."""
        at: Indices = chosen(self._first, (wanted >> self._shift).view(np.int64)).astype(np.int64)
        met = chosen(self._table, at)
        behind = np.flatnonzero(met < wanted)
        while len(behind):
            at[behind] += 1
            met[behind] = self._table[at[behind]]
            behind = behind[met[behind] < wanted[behind]]
        at[(met != wanted) | (at == len(self._table) - 1)] = -1
        return at


class Few:
    """Finds the few of many hashes that stand in a small sorted table: most are turned away at a glance."""

    _BITS = np.uint64(64 - 16)

    def __init__(self, table: Hashes) -> None:
        self._table = table
        self._glance = np.zeros(1 << 16, np.bool_)
        self._glance[(table >> self._BITS).astype(np.int64)] = True

    def __call__(self, wanted: Hashes) -> tuple[Indices, Indices]:
        """Which of these stand in the table, and where."""
        maybe = np.flatnonzero(chosen(self._glance, (wanted >> self._BITS).view(np.int64)))
        if not len(self._table) or not len(maybe):
            return maybe[:0], maybe[:0]
        some = chosen(wanted, maybe)
        at = np.minimum(np.searchsorted(self._table, some), len(self._table) - 1)
        found = np.flatnonzero(self._table.take(at) == some)
        return maybe.take(found), at.take(found)


def chosen(values: NDArray[Any], numbers: NDArray[Any]) -> NDArray[Any]:
    """Some of the values; no number is below 0 or too large, which "clip" need not check: half as long for wide columns."""
    return values.take(numbers, mode="clip")


def numbers_of(which: Mask | Indices) -> Indices:
    """The numbers of the chosen ones: with them columns are cut several times faster than with a mask."""
    return np.flatnonzero(which) if which.dtype == np.bool_ else which.astype(np.int64, copy=False)


def contains(table: Hashes, wanted: Hashes) -> Mask:
    """Which of these stand in a small sorted table that is not empty."""
    place = np.searchsorted(table, wanted)
    place[place == len(table)] = 0
    found: Mask = table.take(place) == wanted
    return found
