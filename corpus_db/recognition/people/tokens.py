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
import unicodedata
import zlib
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...models import Text
from .lexicon import Lexicon

Ints = NDArray[np.int32]

# Token classes, as bits of one number.
NAME = 1  # can stand in a name: capitalised and no stop word
INITIAL = 2  # "J.", "X"
PARTICLE = 4  # "van", "de", "bin": in a name only before a capital
TAIL = 8  # "-un" of "Jong-un", "-led" of "Putin-led"
SUFFIX = 16  # "Jr.", "III": in a name only after a name
LOWER = 32  # a word in small letters
UPPER = 64  # two letters or more, all capitals
BREAK = 128  # line break or end of the article
NUMBER = 256  # has a digit
STOP = 512  # capitalised, but never in a name: cuts a run
SENTENCE_END = 1024
MARK = 2048  # punctuation

PARAGRAPH = "\n\n"
BOUNDARY = "\x00"  # between articles; three tokens
_BOUNDARY_TOKENS = 3

MAX_PIECES = 240_000
MAX_TYPES = 120_000

_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}+(?:['’ʼ`](?![sS](?!\w)){_LETTER}+)*"
_TOKEN = re.compile(
    rf"""
      (?P<link>https?://\S+ | www\.\S+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+ | \w+(?:\.\w+)*\.(?:com|org|net|gov|edu)\b)
    | (?P<initials>(?:{_LETTER}\.-?){{2,}} | {_LETTER}\.)
    | (?P<word>{_WORD}(?:-{_WORD})*(?:-?\d[\w-]*)?)
    | (?P<possessive>['’ʼ`][sS](?!\w))
    | (?P<number>\d(?:[\d.,:/]*\d)?\w*)
    | (?P<newline>\s*\n\s*)
    | (?P<mark>--+|\.\.+|''|``|[^\w\s]|_)
    """,
    re.VERBOSE,
)

# "al-Maliki" is one token; "pro-Putin" is "pro-" and "Putin".
_ARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "ad",
        "adh",
        "an",
        "ar",
        "as",
        "ash",
        "at",
        "az",
        "abd",
        "abu",
        "bin",
        "ben",
        "ibn",
        "bint",
        "de",
        "da",
        "di",
        "du",
        "la",
        "le",
    ]
)
_PARTIES = ("D-", "R-", "I-")
# Without "XI": that is a family name in capitals.
_SUFFIX_ROMAN = frozenset(
    {"II", "III", "IV", "VI", "VII", "VIII", "IX", "XII", "XIII", "XIV", "XVI", "XVIII"}
)


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
            size = max(3 * len(self._array) // 2, self._size + added)
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


def fold(word: str) -> str:
    """The word without case, diacritics and typographic apostrophes: "Müller" -> "muller"."""
    word = word.lower()
    if word.isascii():
        return word.replace("`", "'")
    word = word.replace("’", "'").replace("ʼ", "'").replace("`", "'")
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def stable_hash(word: str) -> int:
    """64 bits of the word, the same in every process (unlike `hash`)."""
    data = word.encode("utf-8", "surrogatepass")
    return (zlib.crc32(data) << 32 | zlib.crc32(data[::-1] + b"!")) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF


def cut(piece: str, lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """The tokens of a piece of text: (type, start, end), offsets in the piece."""
    word = piece[:-1]
    if piece.isascii() and word.isalpha() and len(word) > 1:  # the commonest, without the expression
        if piece[-1].isalpha():
            return [(piece, 0, len(piece))]
        if piece[-1] in ",;:" or (piece[-1] == "." and word.lower() not in lexicon.abbreviations):
            return [(word, 0, len(word)), (piece[-1], len(word), len(piece))]
    tokens: list[tuple[str, int, int]] = []
    position = 0
    while match := _TOKEN.search(piece, position):
        start, position = match.span()
        text, kind = match[0], match.lastgroup
        if kind == "newline":
            tokens.append(("\n" if text.count("\n") == 1 else PARAGRAPH, start, position))
        elif kind == "word":
            if piece[position : position + 1] == "." and text.lower() in lexicon.abbreviations:
                position += 1
                tokens.append((text + ".", start, position))
            else:
                tokens += _cut_compound(text, start)
        else:
            tokens.append((text, start, position))
    return tokens


def _cut_compound(word: str, start: int) -> list[tuple[str, int, int]]:
    """ "Putin-led" -> "Putin", "-led"; "pro-Putin" -> "pro-", "Putin"; others stay whole."""
    parts = word.split("-")
    if len(parts) == 1:
        return [(word, start, start + len(word))]
    upper = [part[:1].isupper() for part in parts]
    if upper[0]:
        cut_at = next(
            (i for i, is_upper in enumerate(upper) if not is_upper and not parts[i][:1].isdigit()), 0
        )
        # "Abd-al-Rahman", "Port-au-Prince": a small word between two capitals is no tail.
        if not cut_at or any(upper[cut_at:]):
            return [(word, start, start + len(word))]
        middle = start + len("-".join(parts[:cut_at]))
        return [(word[: middle - start], start, middle), (word[middle - start :], middle, start + len(word))]
    first = next((i for i, is_upper in enumerate(upper) if is_upper), 0)
    if not first or parts[0].lower() in _ARTICLES:
        return [(word, start, start + len(word))]
    middle = start + len("-".join(parts[:first])) + 1
    return [(word[: middle - start], start, middle), *_cut_compound(word[middle - start :], middle)]


def classify(word: str, folded: str, lexicon: Lexicon) -> int:
    """The class bits of a token type; `folded` is fold(word)."""
    if word.isalpha():
        if word.islower() and folded not in lexicon.suffixes:
            return PARTICLE | LOWER if word in lexicon.particles else LOWER
    elif not (word[0].isalnum() or (word[0] == "-" and word[1:2].isalpha())):
        if word[0] in "\n\x00":
            return BREAK | SENTENCE_END
        return MARK | (SENTENCE_END if word[0] in ".!?" else 0)
    elif any(c.isdigit() for c in word) or "@" in word or "/" in word:
        return NUMBER
    if folded in lexicon.suffixes or word in _SUFFIX_ROMAN:
        return SUFFIX
    if word[0] == "-":
        return TAIL if folded not in lexicon.stop_tails else LOWER
    parts = word.split("-")
    if word[0].isupper():
        letters = len(word) - word.count(".") - word.count("-")
        upper = UPPER if letters > 1 and word.isupper() else 0
        if len(parts) == 2 and (
            word[:2] in _PARTIES or (1 < len(parts[0]) < 5 and parts[0].isupper() and not upper)
        ):
            return STOP  # "D-Ohio", "SPD-Bayern"
        stops = (
            folded in lexicon.stops or folded in lexicon.titles or folded.removesuffix(".") in lexicon.titles
        )
        if stops and (letters == 1 or upper or word[1:].islower()):
            return STOP | upper
        return (INITIAL if letters == 1 else NAME) | upper
    if word in lexicon.particles:  # "st."
        return PARTICLE | LOWER
    if any(c.isupper() for c in word) and ((parts[0] in _ARTICLES and len(parts) > 1) or word[1:2] in "'’"):
        return NAME  # "al-Maliki", "d'Estaing"
    return LOWER


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

    def make_room(self) -> NDArray[np.int64] | None:
        """Where the tables are full, keep the more used half of the pieces.

        Returns the old numbers of the types that stay, in the order of their new numbers; None
        where nothing was done.
        """
        if len(self) < MAX_PIECES and len(self.words) < MAX_TYPES:
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
