"""Text to tokens, as numpy arrays over a whole batch of articles.

cutting.py finds the units of a text (words, signs, and a few odd pieces that hold several tokens)
from the kinds of its characters; strings.py turns each unit into a 64-bit hash and that into the
number of the unit. So Python sees only units that no text before had: it cuts the odd ones into
tokens by regular expressions, and works out the class (capitalised, initial, particle, …) of each
distinct token, a *type*. This costs about 0.1 µs a word, where a regular expression over the text
costs 1 µs and a look-up of every word in a dictionary 0.3.

Line breaks are tokens of their own, and three boundary tokens stand before and after each article,
so that no context window reaches from one article into the next.

The tables only ever save work: what a token is depends on its letters alone, never on what was
seen before, so most of them can be forgotten at any time (`Vocabulary.make_room`), which bounds
the memory.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...models import Text
from .cutting import Units, packed, units_of
from .lexicon import Lexicon
from .strings import HashTable, Keys, Letters, keys_of, letters_of
from .words import (
    BOUNDARY,
    INITIAL,
    NAME,
    PARAGRAPH,
    PARTICLE,
    SUFFIX,
    TAIL,
    classify_all,
    cut,
    fold_all,
    stable_hashes,
)

Ints = NDArray[np.int32]

_BOUNDARY_TOKENS = 3

MAX_UNITS = 150_000
MAX_TYPES = 100_000
_SAMPLE = 4


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

    def __init__(self, dtype: Any, width: tuple[int, ...] = (), room: int = 1024) -> None:
        """Of rows of `width`; memory that is set aside for `room` rows but not filled costs nothing."""
        self._array: NDArray[Any] = np.zeros((room, *width), dtype)
        self._size = 0

    def extend(self, values: Any) -> None:
        """Append `values` (array or sequence of the column's width)."""
        size = self._size + len(values)
        if size > len(self._array):
            larger = np.zeros(
                (max(len(self._array) * 3 // 2, size), *self._array.shape[1:]), self._array.dtype
            )
            larger[: self._size] = self._array[: self._size]
            self._array = larger
        self._array[self._size : size] = values
        self._size = size

    def replace(self, values: NDArray[Any]) -> None:
        """Hold these values instead, fewer than before and no view of them."""
        self._size = 0
        self.extend(values)

    @property
    def values(self) -> NDArray[Any]:
        """The filled part, as a view."""
        return self._array[: self._size]

    def __len__(self) -> int:
        return self._size


class WordBits:
    """What some words say to a rule, as bits; others say nothing."""

    def __init__(self, parts: Iterable[tuple[int, Iterable[str]]]) -> None:
        self.of: dict[str, int] = {}
        for bits, words in parts:
            for word in words:
                self.of[word] = self.of.get(word, 0) | bits


class Vocabulary:
    """Unit -> number, with the tokens of each unit and the class of each type.

    Owned by one recogniser and one thread at a time.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.abbreviations = packed(word for word in lexicon.abbreviations if "." not in word)
        self.words: list[str] = []
        self.classes = Column(np.uint16)
        self.hashes = Column(np.uint64)
        self.listed = Column(np.int32)  # what the word lists say of the type
        self._type_of = _numbering([])
        self._said: dict[
            WordBits, tuple[Column, dict[str, int]]
        ] = {}  # by type, and of the words that no text had
        self._table = HashTable()
        self._keys = Column(np.uint64)  # of each unit
        self._uses = Column(np.int32)  # batches that had the unit, since room was made
        # The type of a unit that is one token; else -1, -2, …: the number of a row in `_rows`.
        self._single = Column(np.int32)
        self._rows = Column(np.int32, (2,))  # first entry, number of entries
        self._entries = Column(np.int32, (3,))  # type, start, end in the unit
        key = keys_of(letters_of(BOUNDARY), np.array([0]), np.array([1]))
        self._add(key, [BOUNDARY], np.array([True]))

    def __len__(self) -> int:
        """The number of units."""
        return len(self._single)

    def make_room(self, full: bool = False) -> NDArray[np.int64] | None:
        """Where the tables are full (or what hangs on them is), keep the most used third of the units.

        Returns the old numbers of the types that stay, in the order of their new numbers; None
        where nothing was done.
        """
        if not full and len(self) < MAX_UNITS and len(self.words) < MAX_TYPES:
            return None
        uses = self._uses.values.copy()
        uses[0] = np.iinfo(np.int32).max  # the boundary
        kept = np.sort(np.argsort(-uses, kind="stable")[: len(uses) // 3])
        single = self._single.values[kept]
        several = np.flatnonzero(single < 0)
        rows = self._rows.values[-1 - single[several]]
        entries = self._entries.values[_ranges(rows[:, 0], rows[:, 1])]
        numbers = np.concatenate([single[single >= 0], entries[:, 0]])
        types, numbers = np.unique(numbers, return_inverse=True)
        ones = len(kept) - len(several)
        single[single >= 0], entries[:, 0] = numbers[:ones], numbers[ones:]
        single[several] = -1 - np.arange(len(several))
        rows[:, 0] = np.cumsum(rows[:, 1]) - rows[:, 1]
        self.words = [self.words[old] for old in types.tolist()]
        self._type_of = _numbering(self.words)
        self._said.clear()
        self._keys.replace(self._keys.values[kept])
        self._table = HashTable()
        self._table.add(self._keys.values, np.arange(len(kept)))
        for column, values in (
            (self._uses, np.zeros(len(kept), np.int32)),
            (self._single, single),
            (self._rows, rows),
            (self._entries, entries),
            (self.classes, self.classes.values[types]),
            (self.hashes, self.hashes.values[types]),
            (self.listed, self.listed.values[types]),
        ):
            column.replace(values)
        return types.astype(np.int64)

    def type_of(self, word: str) -> int:
        """The number of a token type; -1 where no text had it."""
        return self._type_of.get(word, -1)

    def said(self, bits: WordBits) -> NDArray[np.uint16]:
        """What each token type says."""
        column, unseen = self._said.setdefault(bits, (Column(np.uint16), dict(bits.of)))
        if len(column) < len(self.words):
            column.extend(np.zeros(len(self.words) - len(column)))
            for word in [word for word in unseen if word in self._type_of]:
                column.values[self._type_of[word]] = unseen.pop(word)
        return column.values

    def look_up(self, text: str, letters: Letters, units: Units) -> Ints:
        """The number of each unit of a text, after adding those that no text before had."""
        keys = keys_of(letters, units.starts, units.ends)
        numbers = self._table.find(keys)
        unseen = np.flatnonzero(numbers < 0)
        if len(unseen):
            new, first, which = np.unique(keys[unseen], return_index=True, return_inverse=True)
            numbers[unseen] = len(self) + which
            first = unseen[first]
            edges = map(slice, units.starts[first].tolist(), units.ends[first].tolist())
            self._add(new, list(map(text.__getitem__, edges)), units.odd[first])
        used = np.zeros(len(self), np.bool_)
        used[numbers[::_SAMPLE]] = True  # enough to tell which are used most
        self._uses.values[:] += used
        return numbers

    def expand(self, numbers: Ints, units: Units) -> tuple[Ints, NDArray[np.int64], NDArray[np.int64]]:
        """The tokens of numbered units: types, starts and ends."""
        types, starts, ends = self._single.values.take(numbers, mode="clip"), units.starts, units.ends
        several = np.flatnonzero(types < 0)
        if not len(several):
            return types, starts, ends
        rows = self._rows.values[-1 - types[several]]
        counts = np.ones(len(types), np.int64)
        counts[several] = rows[:, 1]
        unit = np.repeat(np.arange(len(types)), counts)
        place = _ranges((np.cumsum(counts) - counts)[several], rows[:, 1])
        entries = self._entries.values[_ranges(rows[:, 0], rows[:, 1])]
        types, starts, ends = types[unit], starts[unit], ends[unit]
        types[place] = entries[:, 0]
        ends[place] = starts[place] + entries[:, 2]
        starts[place] += entries[:, 1]
        return types, starts, ends

    def _add(self, keys: Keys, units: Sequence[str], odd: NDArray[np.bool_]) -> None:
        """Append units, and the types that no unit before had, to the columns."""
        type_of, row_count, entry_count = self._type_of, len(self._rows), len(self._entries)
        single = np.empty(len(units), np.int32)
        rows: list[tuple[int, int]] = []
        entries: list[tuple[int, int, int]] = []
        whole = (~odd).tolist()
        single[~odd] = list(map(type_of.__getitem__, itertools.compress(units, whole)))
        for place in np.flatnonzero(odd).tolist():
            tokens = self._tokens(units[place])
            if len(tokens) == 1 and tokens[0] == (units[place], 0):
                single[place] = type_of[units[place]]
                continue
            single[place] = -1 - row_count - len(rows)
            rows.append((entry_count + len(entries), len(tokens)))
            entries += [(type_of[word], start, start + len(word)) for word, start in tokens]
        self._table.add(keys, np.arange(len(self), len(self) + len(units)))
        self._keys.extend(keys)
        self._uses.extend(np.zeros(len(units), np.int32))
        self._single.extend(single)
        if rows:
            self._rows.extend(rows)
            self._entries.extend(entries)
        new = _last(type_of, len(type_of) - len(self.words))
        if new:
            folded = fold_all(new)
            listed = self.lexicon.listed(folded)
            self.words += new
            self.listed.extend(listed)
            self.classes.extend(classify_all(new, folded, listed, self.lexicon))
            self.hashes.extend(stable_hashes(folded))

    def _tokens(self, unit: str) -> list[tuple[str, int]]:
        """The tokens of an odd unit and where they start in it."""
        if unit == BOUNDARY:
            return [(BOUNDARY, 0)] * _BOUNDARY_TOKENS
        return [(word, start) for word, start, _ in cut(unit, self.lexicon)]


def _ranges(first: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.int64]:
    """first[0], first[0] + 1, … (counts[0] numbers), then the same for first[1], …"""
    after = np.cumsum(counts)
    return np.repeat(first - (after - counts), counts) + np.arange(counts.sum())


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
    if breaks < _FEWEST_BREAKS or len(body) > _WIDEST * (breaks + 1):
        return body
    lines = body.split("\n")
    wide = [len(line) > _WIDE for line in lines]
    # Breaks that may be those of a width: between two lines of one paragraph, the first of them a wide one.
    behind = [line for before, line in zip(wide, lines[1:], strict=False) if before and line]
    if max(map(len, lines)) > _WIDEST or sum([line[:1].islower() for line in behind]) < max(
        1, len(behind) / 4
    ):
        return body  # paragraphs of one line each, or rows of a table, which start otherwise
    parts = [lines[0]]
    for before, line in itertools.pairwise(lines):
        wrapped = len(before) > _WIDE and before[-1] not in ".:!?" and len(line) > 4 and line[0].isalpha()
        parts += (" " if wrapped else "\n", line)
    return "".join(parts)


_WIDE = 45  # no line break after fewer characters is one of width
_WIDEST = 100  # longer lines are paragraphs
_FEWEST_BREAKS = 2


def tokenise(batch: Sequence[Text], vocabulary: Vocabulary) -> Tokens:
    """All tokens of the articles of a batch; the dateline's tokens lose the class of a name."""
    parts = [_BETWEEN]
    position = len(_BETWEEN)
    mark = _BETWEEN.index(BOUNDARY)
    boundaries, title_base, body_base = [mark], [], []
    for article in batch:
        title_base.append(position)
        if article.title:
            parts += (article.title, " ")
            position += len(article.title) + 1
        parts += (PARAGRAPH, " ", unwrap(article.body), _BETWEEN)
        body_base.append(position + len(PARAGRAPH) + 1)
        position = body_base[-1] + len(article.body) + len(_BETWEEN)
        boundaries.append(position - len(_BETWEEN) + mark)
    text = "".join(parts)
    letters = letters_of(text)
    units = units_of(letters, vocabulary.abbreviations)
    types, start, end = vocabulary.expand(vocabulary.look_up(text, letters, units), units)
    tokens = Tokens(
        types,
        vocabulary.classes.values.take(types),
        start,
        end,
        np.searchsorted(start, boundaries, side="right"),
        np.array(title_base, np.int64),
        np.array(body_base, np.int64),
    )
    _mask_datelines(batch, tokens)
    return tokens


_BETWEEN = f" {BOUNDARY} "


def _mask_datelines(batch: Sequence[Text], tokens: Tokens) -> None:
    for number, text in enumerate(batch):
        if text.dateline is not None:
            low, high = (tokens.body_base[number] + offset for offset in text.dateline)
            inside = slice(*np.searchsorted(tokens.start, [low, high]))
            tokens.classes[inside] &= ~np.uint16(NAME | INITIAL | PARTICLE | TAIL | SUFFIX)
