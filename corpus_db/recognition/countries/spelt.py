"""Words that mean something as they are written, or with a mark beside them.

"US" is a country and "us" is none, "Ga." is a state with its full stop, "Sheriff" betrays where an outlet writes.
Such words have a key that the lexicon marks as special; here is what one spelling of it comes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_db.recognition.countries.characters import (
    LOWER,
    Few,
    Indices,
    character_codes,
    chosen,
    string_hash,
    string_hashes,
)
from corpus_db.recognition.countries.spelling import fold, without_possessive
from corpus_db.recognition.countries.window import Window

_REMEMBERED = 30_000  # spellings
_BITS = 16  # of a number by which three letters are looked up
_THREE = np.uint64((1 << 48) - 1)  # sixteen bits a letter
_SMALL = np.uint64(0x20_0020_0020)  # makes capitals of ASCII small ones
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MARKS = ("-", ".", ",")  # a hyphen or a full stop after the word, a comma before it


def _first_letters(codes: NDArray[np.uint16]) -> NDArray[np.uint64]:
    """At each place of a text the next four characters as one number."""
    return np.ndarray((len(codes) - 3,), "<u8", codes.data, strides=(2,))


def _slots(letters: NDArray[np.uint64]) -> Indices:
    """Where words are looked up by their first three letters, in either case."""
    slots = letters | _SMALL
    slots &= _THREE
    slots *= _FACTOR
    slots >>= np.uint64(64 - _BITS)
    return slots.view(np.int64)


class OutletWords:
    """Words and signs that betray in which countries an outlet writes; one country more than there are is local news."""

    def __init__(self, entries: Sequence[tuple[Sequence[str], str]], countries: Sequence[str]) -> None:
        """`entries` are codes of countries and a word, a word may come several times."""
        number = {code: at for at, code in enumerate([*countries, "local"])}
        betrayed: dict[str, list[int]] = {}
        for codes, word in entries:
            betrayed.setdefault(word, []).extend(number[code] for code in codes)
        small = sorted((word for word in betrayed if word[0].islower()), key=string_hash)
        capital = [word for word in betrayed if word[0].isupper()]
        self.capital = {word: at for at, word in enumerate(capital, len(small))}  # the number of each
        self.signs = [
            (ord(sign), country) for sign, own in betrayed.items() if not sign[0].isalpha() for country in own
        ]
        self._small = Few(string_hashes(small))
        self._beginnings = np.zeros(1 << _BITS, np.bool_)
        for word in small:  # of three letters or more
            self._beginnings[_slots(_first_letters(character_codes(word + " "))[:1])] = True
        self._codes = np.array([code for word in (*small, *capital) for code in betrayed[word]], np.int64)
        self._sizes = np.array([len(betrayed[word]) for word in (*small, *capital)], np.int64)
        self._first = np.cumsum(self._sizes) - self._sizes

    def small(self, window: Window) -> tuple[Indices, Indices]:
        """Where words in small letters stand that are such, and their numbers."""
        start = window.word_start
        # A glance at three letters of each word, so that few are looked at as a whole.
        numbers = _first_letters(window.codes)[start]
        word = np.flatnonzero(chosen(self._beginnings, _slots(numbers)))
        word = word.compress(window.is_a(LOWER, chosen(start, word)))
        start = chosen(start, word)
        met, which = self._small(window.hash(start, chosen(window.word_end, word)))
        return start.take(met), which

    def countries(self, words: Indices) -> tuple[Indices, Indices]:
        """The countries that words betray, given by their numbers: which word, and the country."""
        sizes = self._sizes.take(words)
        after = np.cumsum(sizes)
        which = np.repeat(np.arange(len(words)), sizes)
        rows = np.arange(len(which)) + np.repeat(self._first.take(words) - (after - sizes), sizes)
        return which, self._codes.take(rows)


class Spelt(NamedTuple):
    """What words come to, in columns; -1 where there is nothing."""

    cue: Indices  # which of the words that betray an outlet
    exact: Indices  # the surface that is written exactly so
    hyphened: Indices  # the surfaces that need a mark beside them
    stopped: Indices
    after_comma: Indices


class SpeltWords:
    """What the spellings of words with a special key mean. Remembered: the same few come again and again."""

    def __init__(
        self, cues: Mapping[str, int], exact: Mapping[str, int], marked: Mapping[str, Mapping[str, int]]
    ) -> None:
        """`marked`: folded word -> what must stand beside it -> surface."""
        self._cues, self._exact, self._marked = cues, exact, marked
        self._known: dict[tuple[str, int], int] = {}  # word and where it ends without its possessive -> row
        self._rows: dict[tuple[int, ...], int] = {}
        self._table = np.zeros((0, len(Spelt._fields)), np.int64)

    def __call__(self, words: Sequence[str], ends: Sequence[int]) -> Spelt:
        """Of these words, each with the place where it ends without its possessive."""
        asked = list(zip(words, ends, strict=True))
        new = set(asked).difference(self._known)
        if new:
            if len(self._known) + len(new) > _REMEMBERED:
                self._known.clear()
                new = set(asked)
            self._look_at(new)
        rows = np.array([self._known[word] for word in asked], np.int64)
        return Spelt(*self._table.take(rows, axis=0).T)

    def _look_at(self, words: Iterable[tuple[str, int]]) -> None:
        for word, end in words:
            bare = word[:end]
            marks = self._marked.get(fold(bare), {})
            beside = [marks.get(mark, -1) for mark in _MARKS]
            row = (self._cues.get(word, -1), self._exact.get(bare, -1), *beside)
            self._known[word, end] = self._rows.setdefault(row, len(self._rows))
        if len(self._rows) > len(self._table):
            self._table = np.array(list(self._rows), np.int64)


def keys(words: Iterable[str]) -> set[str]:
    """The folded words under which these are found."""
    return {fold(without_possessive(word)) for word in words}
