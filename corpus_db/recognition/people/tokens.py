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
import re
from collections import defaultdict
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
    Cuts,
    classify,
    cut_all,
    fold,
    stable_hashes,
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


# Line breaks are pieces too: "end.\n\nThe" as one piece would be new almost every time. The spaces
# that part them from their neighbours are not in the text, so such a piece is counted as two
# characters shorter than it is, and its token as beginning one before the piece.
_LINE_BREAK = re.compile(r"\n[^\S ]*")


def _pieces(text: str) -> list[str]:
    if "\n" in text:
        text = _LINE_BREAK.sub(r" \g<0> ", text)
    return text.split(" ")


class Vocabulary(defaultdict[str, int]):
    """Piece -> number, with the tokens of each piece and the class of each type.

    Look-up of an unseen piece gives it the next number and no more; `flush` cuts all unseen pieces
    at once and must be called before the columns are used. Owned by one recogniser and one thread
    at a time.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon
        self.words: list[str] = []
        self.pieces = Column(np.int32, (3,))  # length, first entry, number of entries
        self.entries = Column(np.int32, (3,))  # type, start, end in the piece
        self.classes = Column(np.uint16)
        self.hashes = Column(np.uint64)
        self.uses = Column(np.int32)  # of each piece, since room was made
        self._type_of = _numbering([])
        self[BOUNDARY] = 0
        self.default_factory = itertools.count(1).__next__
        once, several = np.zeros(1, np.int64), np.zeros(_BOUNDARY_TOKENS, np.int64)
        self._add([BOUNDARY], Cuts([BOUNDARY] * _BOUNDARY_TOKENS, several, once, once + _BOUNDARY_TOKENS))

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
        self.default_factory = itertools.count(len(self)).__next__
        self.words = [self.words[old] for old in types.tolist()]
        self._type_of = _numbering(self.words)
        pieces[:, 1] = after - counts
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

    def flush(self) -> None:
        """Make the columns hold all pieces that were looked up."""
        unseen = _last(self, len(self) - len(self.pieces))
        if unseen:
            self._add(unseen, cut_all(unseen, self.lexicon))

    def _add(self, pieces: list[str], cuts: Cuts) -> None:
        """Append pieces, and the types that no piece before had, to the columns."""
        length, start = np.array(list(map(len, pieces))), cuts.start
        for i, piece in enumerate(pieces):
            if piece[:1] == "\n":  # see _LINE_BREAK
                length[i] -= 2
                start[cuts.first[i]] -= 1
        self.pieces.extend(np.stack([length, cuts.first + len(self.entries), cuts.counts], axis=1))
        types = np.array([self._type_of[word] for word in cuts.words], np.int32)
        ends = start + np.array(list(map(len, cuts.words)), np.int32)
        self.entries.extend(np.stack([types, start, ends], axis=1))
        self.uses.extend(np.zeros(len(pieces), np.int32))
        new = _last(self._type_of, len(self._type_of) - len(self.words))
        if new:
            folded = list(map(fold, new))
            kinds = [classify(word, low, self.lexicon) for word, low in zip(new, folded, strict=True)]
            self.words += new
            self.classes.extend(kinds)
            self.hashes.extend(stable_hashes(folded))


def _numbering(words: Sequence[str]) -> defaultdict[str, int]:
    """The number of each word; words looked up later get the next numbers."""
    known = {word: number for number, word in enumerate(words)}
    return defaultdict(itertools.count(len(known)).__next__, known)


def _last(numbers: dict[str, int], count: int) -> list[str]:
    """The `count` keys that were added last, oldest first."""
    return list(itertools.islice(reversed(numbers), count))[::-1]


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
            numbers.extend(map(look_up, _pieces(text.title)))
            position += len(text.title) + 1
        numbers.append(paragraph)
        position += len(PARAGRAPH) - 1  # see _LINE_BREAK
        body_base.append(position)
        numbers.extend(map(look_up, _pieces(unwrap(text.body))))
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
