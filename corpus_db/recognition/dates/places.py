"""Where in a batch of texts a date may stand: one pass over all of them together, in numpy.

Every date that `expressions` reads holds a word with a few known first letters ("Mond", "Sept", "last") or
a number that looks like a year. Searching each text for each of them costs several passes over
every text. Here the texts of a batch are one array of bytes, the beginnings of words are found in it at
once, and their first four bytes are looked up in a table: five nanoseconds a character, with
few places that turn out to be none. What stands there is decided by the patterns of `expressions`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus_db.data import table

_TABLE = table("dates")


class Kind(IntEnum):
    """What a date at a place would be."""

    MONTH = 1
    YEAR = 2
    WEEKDAY = 3
    TODAY = 4
    UNIT = 5  # last, this, next
    TOMORROW = 6
    TONIGHT = 7
    AGO = 8


Place = tuple[int, int]  # where a word begins, and the Kind of it

_WIDTH: Final = 4  # bytes of a word that are looked at
_PAD: Final = "\n" * (2 * _WIDTH + 1)
_ALNUM: Final = bytes(chr(byte).isascii() and chr(byte).isalnum() for byte in range(256))
_BYTE, _TWO_BYTES = np.uint32(0xFF), np.uint32(0xFFFF)
_NO_LETTERS: Final = [byte for byte in range(256) if not _ALNUM[byte]]


def _number(letters: bytes) -> int:
    return int.from_bytes(letters[:_WIDTH], "little")


def _beginnings(words: Iterable[str]) -> Iterable[int]:
    """The first four bytes of words, as numbers; a shorter word may be followed by anything but a letter."""
    for word in words:
        letters = word.encode("ascii")
        yield from (
            [_number(letters)]
            if len(letters) >= _WIDTH
            else [_number(letters + bytes([after])) for after in _NO_LETTERS]
        )


class _Words:
    """A table of words by their first four bytes: number -> code, 0 for all others."""

    _BITS = 16

    def __init__(self, words: Mapping[int, Iterable[str]]) -> None:
        codes = {number: code for code, some in words.items() for number in _beginnings(some)}
        self.numbers = sorted(codes)
        numbers = np.array(self.numbers, np.uint32)
        # The first multiplier that gives each number a slot of its own.
        self._multiplier = next(
            odd
            for odd in range(0x9E3779B1, 1 << 32, 2)
            if len(np.unique(self._slots(numbers, odd))) == len(numbers)
        )
        slots = self._slots(numbers, self._multiplier)
        self._keys = np.zeros(1 << self._BITS, np.uint32)
        self._codes = np.zeros(1 << self._BITS, np.uint8)
        self._keys[slots] = numbers
        self._codes[slots] = [codes[number] for number in self.numbers]

    def _slots(self, numbers: NDArray[np.uint32], multiplier: int) -> NDArray[np.uint32]:
        return (numbers * np.uint32(multiplier)) >> np.uint32(32 - self._BITS)

    def codes(self, numbers: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """The code of each word, given its first four bytes."""
        slots = self._slots(numbers, self._multiplier)
        found = self._codes.take(slots)
        found *= self._keys.take(slots) == numbers
        return found


_WORDS: Final = _Words(
    {
        Kind.MONTH: _TABLE["months"],
        Kind.WEEKDAY: [f"{name}day" for name in _TABLE["weekdays"]],
        Kind.TODAY: ["today", "Today", "yesterday", "Yesterday"],
        Kind.UNIT: ["last", "Last", "this", "This", "next", "Next"],
        Kind.TOMORROW: ["tomorrow", "Tomorrow"],
        Kind.TONIGHT: ["tonight", "Tonight"],
        Kind.AGO: ["ago"],
    }
)
# Of each byte whether it is no letter or figure (0), whether it is one, whether a word of a date begins with it.
_INITIAL: Final = 2
_INITIALS: Final = {*b"12", *(number & 0xFF for number in _WORDS.numbers)}
_CLASSES: Final = bytes(_INITIAL if byte in _INITIALS else _ALNUM[byte] for byte in range(256))
_UNITS: Final = _Words({1: ["week", "month", "year", "morning", "afternoon", "evening", "night"]})


def places(texts: Sequence[str]) -> list[list[Place]]:
    """Of each text where dates may stand, in order."""
    found: list[list[Place]] = [[] for _ in texts]
    # One byte for each character; what is not in Latin-1 becomes a question mark.
    raw = "\n".join(["", *texts, _PAD]).encode("latin-1", "replace")
    where, kinds = _in_bytes(raw)
    offsets = np.cumsum([0, *(len(text) + 1 for text in texts)])
    owners = offsets.searchsorted(where) - 1
    where -= offsets[owners] + 1
    for owner, at, kind in zip(owners.tolist(), where.tolist(), kinds.tolist(), strict=True):
        found[owner].append((at, kind))
    return found


def _in_bytes(raw: bytes) -> tuple[NDArray[Any], NDArray[np.uint8]]:
    """Where the words of dates begin in a text, and their kinds."""
    classes = np.frombuffer(raw.translate(_CLASSES), np.uint8)[: -len(_PAD)]
    first_four = np.ndarray((len(raw) - _WIDTH + 1,), "<u4", raw, strides=(1,))
    begins = np.flatnonzero(classes[1:] - classes[:-1] == _INITIAL) + 1
    numbers = first_four[begins]
    kinds = _WORDS.codes(numbers)
    kinds[_are_years(numbers)] = Kind.YEAR
    some = np.flatnonzero(kinds)
    where, kinds = begins[some], kinds[some]
    # Of "this" and the like only what stands before a unit.
    unit = np.flatnonzero(kinds == Kind.UNIT)
    kinds[unit] *= _UNITS.codes(first_four[where[unit] + _WIDTH + 1])
    kept = np.flatnonzero(kinds)
    return where[kept], kinds[kept]


def _are_years(numbers: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Whether four bytes may be a year from 1000 on: "1" and three digits, "20" and two; a few others pass too."""
    digits = (numbers & np.uint32(0xF0F0F0F0)) == np.uint32(0x30303030)
    found: NDArray[np.bool_] = digits & (
        (numbers & _BYTE == ord("1")) | (numbers & _TWO_BYTES == _number(b"20"))
    )
    return found
