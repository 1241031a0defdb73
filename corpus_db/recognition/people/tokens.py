"""Text to tokens, as numpy arrays over a whole batch of articles.

Words repeat, so each is looked at once: a text is split at single spaces (C speed), a dictionary
turns every white-space *piece* into a number, and only an unseen piece is cut into tokens by a
regular expression. Each distinct token is a *type* with a class (capitalised, initial, particle,
…) that is worked out once. numpy expands piece numbers to token types and offsets. This costs
about 0.25 µs a word, where a regular expression over the text costs 1 µs.

Line breaks are tokens of their own, and three boundary tokens stand before and after each article,
so that no context window reaches from one article into the next.

The tables only ever save work: what a token is depends on its letters alone, never on what was
seen before, so most of them can be forgotten at any time (`Vocabulary.make_room`), which bounds
the memory.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...models import Text
from .lexicon import Lexicon
from .words import (
    BOUNDARY,
    INITIAL,
    NAME,
    PARAGRAPH,
    PARTICLE,
    SUFFIX,
    TAIL,
    classify,
    cut,
    fold,
    stable_hash,
)

Ints = NDArray[np.int32]

_BOUNDARY_TOKENS = 3

MAX_PIECES = 200_000
MAX_TYPES = 100_000


class Tokens(NamedTuple):
    """The tokens of a batch of articles, one after the other."""

    types: Ints  # number of the type in the vocabulary
    classes: NDArray[np.uint16]
    start: NDArray[np.int64]  # position in the batch: subtract the field's base
    end: NDArray[np.int64]
    first: NDArray[np.int64]  # per article, index of its first token; one more entry at the end
    title_base: NDArray[np.int64]  # per article, the position of its title's first character
    body_base: NDArray[np.int64]


class Column:
    """A numpy array that grows at its end."""

    def __init__(self, dtype: Any, width: tuple[int, ...] = ()) -> None:
        self._array: NDArray[Any] = np.zeros((1024, *width), dtype)
        self._size = 0

    def extend(self, values: Any) -> None:
        """Append `values` (array or sequence of the column's width)."""
        added = len(values)
        if self._size + added > len(self._array):
            # Half as much again, but of wide rows no more than a few megabytes.
            room = min(len(self._array) // 2, max(1024, 4_000_000 // max(1, self._array[:1].nbytes)))
            size = max(len(self._array) + room, self._size + added)
            larger = np.zeros((size, *self._array.shape[1:]), self._array.dtype)
            larger[: self._size] = self._array[: self._size]
            self._array = larger
        self._array[self._size : self._size + added] = values
        self._size += added

    def replace(self, values: NDArray[Any]) -> None:
        """Hold these values instead."""
        self._array, self._size = values.copy(), len(values)

    @property
    def values(self) -> NDArray[Any]:
        """The filled part, as a view."""
        return self._array[: self._size]

    def __len__(self) -> int:
        return self._size


class Vocabulary(dict[str, int]):
    """Piece -> number, with the tokens of each piece and the class of each type.

    Look-up of an unseen piece cuts it and adds it; `flush` must be called before the columns are
    used. Owned by one recogniser and one thread at a time.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon
        self._type_of: dict[str, int] = {}
        self.words: list[str] = []
        # Added since the last `flush`, flat: appending to lists is cheaper than to numpy arrays.
        self._new_pieces: list[int] = []  # length, first entry, number of entries
        self._new_entries: list[int] = []  # type, start, end in the piece
        self._new_classes: list[int] = []
        self._new_hashes: list[int] = []
        self.pieces = Column(np.int32, (3,))
        self.entries = Column(np.int32, (3,))
        self.classes = Column(np.uint16)
        self.hashes = Column(np.uint64)
        self.uses = Column(np.int32)  # of each piece, since room was made
        self._entry_count = 0
        self[BOUNDARY] = self._add(1, [(BOUNDARY, 0, 1)] * _BOUNDARY_TOKENS)

    def make_room(self, full: bool = False) -> NDArray[np.int64] | None:
        """Where the tables are full (or what hangs on them is), keep the most used third of the pieces.

        Returns the old numbers of the types that stay, in the order of their new numbers; None
        where nothing was done.
        """
        if not full and len(self) < MAX_PIECES and len(self.words) < MAX_TYPES:
            return None
        self.flush()
        uses = self.uses.values.copy()
        uses[0] = np.iinfo(np.int32).max  # the boundary
        kept = np.sort(np.argsort(-uses, kind="stable")[: len(uses) // 3])
        pieces = self.pieces.values[kept]
        first, counts = pieces[:, 1], pieces[:, 2]
        after = np.cumsum(counts)
        entries = self.entries.values[np.repeat(first - (after - counts), counts) + np.arange(after[-1])]
        types, entries[:, 0] = np.unique(entries[:, 0], return_inverse=True)
        names = list(self)
        self.clear()
        self.update((names[old], new) for new, old in enumerate(kept.tolist()))
        self.words = [self.words[old] for old in types.tolist()]
        self._type_of = {word: new for new, word in enumerate(self.words)}
        pieces[:, 1] = after - counts
        self._entry_count = len(entries)
        for column, values in (
            (self.pieces, pieces),
            (self.entries, entries),
            (self.classes, self.classes.values[types]),
            (self.hashes, self.hashes.values[types]),
            (self.uses, np.zeros(len(kept), np.int32)),
        ):
            column.replace(values)
        return types.astype(np.int64)

    def type_of(self, word: str) -> int:
        """The number of a token type; -1 where no text had it."""
        return self._type_of.get(word, -1)

    def types_of(self, words: Sequence[str]) -> frozenset[int]:
        """The numbers of the token types that some text had."""
        return frozenset(self._type_of[word] for word in words if word in self._type_of)

    def __missing__(self, piece: str) -> int:
        self[piece] = number = self._add(len(piece), cut(piece, self.lexicon))
        return number

    def _add(self, length: int, tokens: list[tuple[str, int, int]]) -> int:
        number = len(self)
        self._new_pieces += (length, self._entry_count, len(tokens))
        self._entry_count += len(tokens)
        for word, start, end in tokens:
            kind = self._type_of.get(word)
            if kind is None:
                kind = self._type_of[word] = len(self.words)
                self.words.append(word)
                folded = fold(word)
                self._new_classes.append(classify(word, folded, self.lexicon))
                self._new_hashes.append(stable_hash(folded))
            self._new_entries += (kind, start, end)
        return number

    def flush(self) -> None:
        """Make the columns hold all that was added."""
        if self._new_pieces:
            pieces = np.array(self._new_pieces, np.int32).reshape(-1, 3)
            self.pieces.extend(pieces)
            self.uses.extend(np.zeros(len(pieces), np.int32))
            self.entries.extend(np.array(self._new_entries, np.int32).reshape(-1, 3))
            self._new_pieces, self._new_entries = [], []
        if self._new_classes:
            self.classes.extend(np.array(self._new_classes, np.uint16))
            self.hashes.extend(np.array(self._new_hashes, np.uint64))
            self._new_classes, self._new_hashes = [], []


def unwrap(body: str) -> str:
    """The text with spaces for the line breaks inside its paragraphs, if its lines are cut to a width.

    Offsets stay: one character for one. Old agency files break lines of about 70 characters, also
    inside names; elsewhere a line break ends a paragraph or a row of a table.
    """
    breaks = body.count("\n")
    if breaks < 4 or not 45 <= len(body) / (breaks + 1) <= 85:
        return body
    lines = body.split("\n")
    if sum(line[:1].islower() for line in lines) < breaks / 4:  # rows of a table start otherwise
        return body
    parts = [lines[0]]
    for before, line in itertools.pairwise(lines):
        wrapped = len(before) > _WIDE and before[-1] not in ".:!?" and len(line) > 4 and line[0].isalpha()
        parts += (" " if wrapped else "\n", line)
    return "".join(parts)


_WIDE = 45  # no line break after fewer characters is one of width


def tokenise(batch: Sequence[Text], vocabulary: Vocabulary) -> Tokens:
    """All tokens of the articles of a batch; the dateline's tokens lose the class of a name."""
    look_up = vocabulary.__getitem__
    paragraph, boundary = vocabulary[PARAGRAPH], vocabulary[BOUNDARY]
    numbers = [boundary]
    title_base, body_base, piece_count = [], [], []
    position = len(BOUNDARY) + 1
    for text in batch:
        title_base.append(position)
        if text.title:
            numbers.extend(map(look_up, text.title.split(" ")))
            position += len(text.title) + 1
        numbers.append(paragraph)
        position += len(PARAGRAPH) + 1
        body_base.append(position)
        numbers.extend(map(look_up, unwrap(text.body).split(" ")))
        numbers.append(boundary)
        position += len(text.body) + 1 + len(BOUNDARY) + 1
        piece_count.append(len(numbers))
    vocabulary.flush()
    piece_numbers = np.array(numbers, np.int32)
    vocabulary.uses.values[:] += np.bincount(piece_numbers, minlength=len(vocabulary)).astype(np.int32)
    pieces = vocabulary.pieces.values[piece_numbers]
    counts = pieces[:, 2]
    after = np.cumsum(counts)
    piece_start = np.cumsum(pieces[:, 0].astype(np.int64) + 1) - pieces[:, 0] - 1
    entry = np.repeat(pieces[:, 1] - (after - counts), counts) + np.arange(after[-1])
    entries = vocabulary.entries.values[entry]
    base = np.repeat(piece_start, counts)
    types = entries[:, 0]
    first = after[np.array([1, *piece_count], np.int64) - 1]
    tokens = Tokens(
        types,
        vocabulary.classes.values[types],
        base + entries[:, 1],
        base + entries[:, 2],
        first,
        np.array(title_base, np.int64),
        np.array(body_base, np.int64),
    )
    _mask_datelines(batch, tokens)
    return tokens


def _mask_datelines(batch: Sequence[Text], tokens: Tokens) -> None:
    for number, text in enumerate(batch):
        if text.dateline is not None:
            low, high = (tokens.body_base[number] + offset for offset in text.dateline)
            inside = slice(*np.searchsorted(tokens.start, [low, high]))
            tokens.classes[inside] &= ~np.uint16(NAME | INITIAL | PARTICLE | TAIL | SUFFIX)
