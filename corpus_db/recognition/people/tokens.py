"""Text to tokens, as numpy arrays over a whole batch of articles.

Words repeat, so each is looked at once: a text is split at single spaces (C speed), a dictionary
turns every white-space *piece* into a number, and only an unseen piece is cut into tokens by a
regular expression. Each distinct token is a *type* with a class (capitalised, initial, particle,
…) that is worked out once. numpy expands piece numbers to token types and offsets. This costs
about 0.25 µs a word, where a regular expression over the text costs 1 µs.

Line breaks are tokens of their own, and three boundary tokens stand before and after each article,
so that no context window reaches from one article into the next.

The tables only ever save work: what a token is depends on its letters alone, never on what was
seen before, so they can be emptied at any time (`Vocabulary.make_room`), which bounds the memory.
"""

from __future__ import annotations

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

MAX_PIECES = 150_000
MAX_TYPES = 40_000

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
_ARTICLES = frozenset("al el ul ad adh an ar as ash at az abd abu bin ben ibn bint de da di du la le".split())
_ROMAN = frozenset({"II", "III", "IV", "VI", "VII", "VIII", "IX", "XI", "XII", "XIII", "XIV", "XVI", "XVIII"})
_SUFFIX_ROMAN = _ROMAN - {"XI"}  # "Xi" in capitals is a family name


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
            size = max(2 * len(self._array), self._size + added)
            larger = np.zeros((size, *self._array.shape[1:]), self._array.dtype)
            larger[: self._size] = self._array[: self._size]
            self._array = larger
        self._array[self._size : self._size + added] = values
        self._size += added

    @property
    def values(self) -> NDArray[Any]:
        """The filled part, as a view."""
        return self._array[: self._size]

    def __len__(self) -> int:
        return self._size


def fold(word: str) -> str:
    """The word without case, diacritics and typographic apostrophes: "Müller" -> "muller"."""
    word = word.lower().replace("’", "'").replace("ʼ", "'").replace("`", "'")
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def stable_hash(word: str) -> int:
    """64 bits of the word, the same in every process (unlike `hash`)."""
    data = word.encode("utf-8", "surrogatepass")
    return (zlib.crc32(data) << 32 | zlib.crc32(data[::-1] + b"!")) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF


def cut(piece: str, lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """The tokens of a piece of text: (type, start, end), offsets in the piece."""
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
        cut_at = next((i for i, is_upper in enumerate(upper) if not is_upper and not parts[i][:1].isdigit()), 0)
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


def classify(word: str, lexicon: Lexicon) -> int:
    """The class bits of a token type."""
    first = word[0]
    if first in "\n\x00":
        return BREAK | SENTENCE_END
    if not (first.isalnum() or (first == "-" and len(word) > 1 and word[1].isalpha())):
        return MARK | (SENTENCE_END if first in ".!?" else 0)
    if any(c.isdigit() for c in word) or "@" in word or "/" in word:
        return NUMBER
    if first == "-":
        return TAIL if fold(word) not in lexicon.stop_tails else LOWER
    letters = word.replace(".", "").replace("-", "")
    if word[-1] == "." and fold(word) in lexicon.suffixes or word in _SUFFIX_ROMAN or fold(word) in lexicon.suffixes:
        return SUFFIX
    upper = UPPER if len(letters) > 1 and word.isupper() else 0
    if first.isupper():
        if (fold(word) in lexicon.stops or fold(word).rstrip(".") in lexicon.titles) and (len(letters) == 1 or word[1:].islower() or upper):
            return STOP | upper
        return (INITIAL if len(letters) == 1 else NAME) | upper
    if "-" in word and word.split("-")[0] in _ARTICLES and any(c.isupper() for c in word):
        return NAME
    if word in lexicon.particles:
        return PARTICLE | LOWER
    if any(c.isupper() for c in word) and word[1:2] in "'’":  # "d'Estaing", "l'Hospital"
        return NAME
    return LOWER


class Vocabulary(dict[str, int]):
    """Piece -> number, with the tokens of each piece and the class of each type.

    Look-up of an unseen piece cuts it and adds it; `flush` must be called before the columns are
    used. Owned by one recogniser and one thread at a time.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon
        self.generation = 0
        self._empty()

    def _empty(self) -> None:
        self.clear()
        self._type_of: dict[str, int] = {}
        self.words: list[str] = []
        self._new_pieces: list[tuple[int, int, int]] = []  # length, first entry, number of entries
        self._new_entries: list[tuple[int, int, int]] = []  # type, start, end in the piece
        self._new_types: list[tuple[int, int]] = []  # class, hash
        self.pieces = Column(np.int32, (3,))
        self.entries = Column(np.int32, (3,))
        self.classes = Column(np.uint16)
        self.hashes = Column(np.uint64)
        self._entry_count = 0
        self[BOUNDARY] = self._add(1, [(BOUNDARY, 0, 1)] * _BOUNDARY_TOKENS)

    def make_room(self) -> bool:
        """Empty the tables when they are full; true where that was done (columns start anew)."""
        if len(self) < MAX_PIECES and len(self.words) < MAX_TYPES:
            return False
        self._empty()
        self.generation += 1
        return True

    def __missing__(self, piece: str) -> int:
        self[piece] = number = self._add(len(piece), cut(piece, self.lexicon))
        return number

    def _add(self, length: int, tokens: list[tuple[str, int, int]]) -> int:
        self._new_pieces.append((length, self._entry_count, len(tokens)))
        self._entry_count += len(tokens)
        for word, start, end in tokens:
            number = self._type_of.get(word)
            if number is None:
                number = self._type_of[word] = len(self.words)
                self.words.append(word)
                self._new_types.append((classify(word, self.lexicon), stable_hash(fold(word))))
            self._new_entries.append((number, start, end))
        return len(self.pieces) + len(self._new_pieces) - 1

    def flush(self) -> None:
        """Make the columns hold all that was added."""
        if self._new_pieces:
            self.pieces.extend(np.array(self._new_pieces, np.int32))
            if self._new_entries:
                self.entries.extend(np.array(self._new_entries, np.int32))
            self._new_pieces, self._new_entries = [], []
        if self._new_types:
            self.classes.extend(np.array([c for c, _ in self._new_types], np.uint16))
            self.hashes.extend(np.array([h for _, h in self._new_types], np.uint64))
            self._new_types = []


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
        numbers.extend(map(look_up, text.body.split(" ")))
        numbers.append(boundary)
        position += len(text.body) + 1 + len(BOUNDARY) + 1
        piece_count.append(len(numbers))
    vocabulary.flush()
    pieces = vocabulary.pieces.values[np.array(numbers, np.int32)]
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
