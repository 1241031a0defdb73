"""A few articles' titles and bodies in a row as arrays: characters, words, pieces between white space.

Fields are parted by borders, so that nothing reaches from one into the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from corpus_db.recognition.countries.characters import (
    APOSTROPHE,
    BORDER,
    SPACE,
    WORD,
    Hasher,
    Indices,
    Mask,
    character_codes,
    flags,
)
from corpus_db.recognition.stretches import looked_up

BESIDE = 48  # characters that count as context, each side
_PADDING = 4  # borders at the end: what is asked of the characters after a name stays inside


class Window:
    """Some fields (titles, bodies) in a row, with a border before, between and after them."""

    def __init__(self, fields: Sequence[str]) -> None:
        self.text = "\n" + "\n".join(fields) + "\n" * _PADDING
        codes = character_codes(self.text).copy()
        lengths = np.array([len(field) for field in fields], np.int64)
        after = np.cumsum(lengths + 1)
        self.start: Indices = after - lengths  # of each field
        self.end: Indices = after
        codes[0] = BORDER
        codes[after] = BORDER
        codes[1 - _PADDING :] = BORDER
        self.codes = codes
        self.flags = looked_up(codes, flags())
        self.hash = Hasher(codes)
        word = (self.flags & WORD) != 0
        marks = np.flatnonzero((self.flags & APOSTROPHE) != 0)
        marks = marks[word[marks - 1] & word[marks + 1]]
        word[marks] = True
        self.joints: Indices = marks  # apostrophes inside words
        self.odd: Indices = np.flatnonzero(word & (codes > 127))
        edges = np.flatnonzero(word[1:] != word[:-1]) + 1
        space = (self.flags & SPACE) != 0
        turns = np.flatnonzero(space[1:] != space[:-1]) + 1
        self.piece_start: Indices = turns[0::2]  # what stands between white space
        self.piece_end: Indices = turns[1::2]
        self.word_start: Indices = edges[0::2]
        self.word_end: Indices = edges[1::2]

    def is_a(self, flag: int, at: Indices) -> Mask:
        """Whether these characters are such."""
        found: Mask = (self.flags.take(at) & flag) != 0
        return found

    def beside(self, start: Indices, end: Indices) -> Iterator[tuple[str, str]]:
        """What stands left and right of stretches in their fields, as far as contexts go."""
        field = np.searchsorted(self.start, start, side="right") - 1
        low = np.maximum(self.start.take(field), start - BESIDE)
        high = np.minimum(self.end.take(field), end + BESIDE)
        for a, b, c, d in zip(low.tolist(), start.tolist(), end.tolist(), high.tolist(), strict=True):
            yield self.text[a:b], self.text[c:d]

    def words_at(self, places: Indices) -> Indices:
        """The numbers of the words that hold these characters."""
        return np.searchsorted(self.word_start, places, side="right") - 1
