"""What a word is, by its letters alone: how text is cut into words, and the class of each word.

Everything here is a pure function of the letters and the word lists; tokens.py keeps the results.
"""

from __future__ import annotations

import itertools
import re
import string
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ..stretches import code_points
from .lexicon import FAMILY_NAME, FIRST_NAME, OPENING, PLACE_NAME, SMALL_PART, STOPS, Lexicon, Listed

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
PLACE = 4096  # capitalised, and the name of a town or country
GIVEN = 8192  # … a given name
FAMILY = 16384  # … a family name
OPENER = 32768  # … that often opens a sentence before a name: "Yet Romney"
LISTED = PLACE | GIVEN | FAMILY | OPENER

PARAGRAPH = "\n\n"
BOUNDARY = "\x00"  # between articles; three tokens

_Listed = TypeVar("_Listed", int, Listed)

_LETTER = r"[^\W\d_]"
_WORD = rf"{_LETTER}+(?:['’ʼ`](?![sS](?!\w)){_LETTER}+)*"
_LINK = r"https?://\S+ | www\.\S+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+ | \w+(?:\.\w+)*\.(?:com|org|net|gov|edu)\b"
_OTHERS = rf"""
      (?P<initials>(?:{_LETTER}\.-?){{2,}} | {_LETTER}\.)
    | (?P<word>{_WORD}(?:-{_WORD})*(?:-?\d[\w-]*)?)
    | (?P<possessive>['’ʼ`][sS](?!\w))
    | (?P<number>\d(?:[\d.,:/]*\d)?\w*)
    | (?P<newline>\s*\n\s*)
    | (?P<mark>--+|\.\.+|''|``|[^\w\s]|_)
    """
_TOKEN = re.compile(f"(?P<link>{_LINK}) | {_OTHERS}", re.VERBOSE)
# Looking for a link costs more than all the rest: only where there can be one.
_TOKEN_BUT_LINKS = re.compile(_OTHERS, re.VERBOSE)
_LINK_SIGN = re.compile(r"://|www\.|@|\.(?:com|org|net|gov|edu)\b")

# "al-Maliki" is one token; "pro-Putin" is "pro-" and "Putin".
_ARTICLES = frozenset(
    {"al", "el", "ul", "ad", "adh", "an", "ar", "as", "ash", "at", "az", "abd", "abu"}
    | {"bin", "ben", "ibn", "bint", "de", "da", "di", "du", "la", "le"}
)
_PARTIES = ("D-", "R-", "I-")
# Without "XI": that is a family name in capitals.
_SUFFIX_ROMAN = frozenset(
    {"II", "III", "IV", "VI", "VII", "VIII", "IX", "XII", "XIII", "XIV", "XVI", "XVIII"}
)


def fold(word: str) -> str:
    """The word without case, diacritics and typographic apostrophes: "Müller" -> "muller"."""
    word = word.lower()
    if word.isascii():
        return word.replace("`", "'")
    word = word.replace("’", "'").replace("ʼ", "'").replace("`", "'")
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def fold_all(words: Sequence[str]) -> list[str]:
    """The `fold` of each word; no word has a space."""
    text = " ".join(words)
    if not text:
        return [""] * len(words)
    folded = text.lower().replace("`", "'").split(" ")
    if not text.isascii():
        for i in [i for i, word in enumerate(words) if not word.isascii()]:
            folded[i] = fold(words[i])
    return folded


def stable_hashes(words: Sequence[str]) -> NDArray[np.uint64]:
    """64 bits of each word, the same in every process (unlike `hash`): the CRC-32 of its bytes, and of their reverse.

    A checksum is the exclusive or of a number for each byte and its place, so those of short ASCII words are
    read off a table, all letters at once.
    """
    codes = code_points("".join(words))
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    ends = np.cumsum(sizes)
    starts = ends - sizes
    steps, zeros = _checksums()
    place = np.arange(len(codes))
    behind = np.repeat(ends - 1, sizes) - place
    place -= np.repeat(starts - 1, sizes)  # in the reverse a byte is followed by those before it, and a "!"
    byte = codes & _BYTE
    bits = steps.take(behind * _BYTES + byte, mode="clip")
    bits <<= np.uint64(32)
    bits |= steps.take(place * _BYTES + byte, mode="clip")
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.bitwise_xor.accumulate(bits, out=sums[1:])
    result: NDArray[np.uint64] = sums.take(ends)
    result ^= sums.take(starts)
    result ^= zeros.take(sizes, mode="clip")
    others = sizes > _MOST_SUMMED
    others[starts.searchsorted(np.flatnonzero(codes > _ASCII), side="right") - 1] = True
    for i in np.flatnonzero(others).tolist():
        data = words[i].encode("utf-8", "surrogatepass")
        result[i] = zlib.crc32(data) << 32 | zlib.crc32(data[::-1] + b"!")
    result *= np.uint64(0x9E3779B97F4A7C15)
    return result


_MOST_SUMMED = 32  # letters
_BYTES, _BYTE, _ASCII = 256, 0xFF, 0x7F


@cache
def _checksums() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """What each byte adds to a checksum, by the number of bytes behind it; and the hash of so many zeros."""
    empty = [zlib.crc32(bytes(size)) for size in range(_MOST_SUMMED + 2)]
    first = np.array([zlib.crc32(bytes((byte,))) ^ empty[1] for byte in range(_BYTES)], np.uint64)
    steps = [first]
    for _ in range(_MOST_SUMMED):
        steps.append((steps[-1] >> np.uint64(8)) ^ first.take(steps[-1] & np.uint64(_BYTE)))
    mark = int(first[ord("!")])
    zeros = [one << 32 | more ^ mark for one, more in itertools.pairwise(empty)]
    return np.concatenate(steps), np.array(zeros, np.uint64)


def cut(piece: str, lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """The tokens of a piece of text: (type, start, end), offsets in the piece."""
    search = (_TOKEN if _LINK_SIGN.search(piece) else _TOKEN_BUT_LINKS).search
    tokens: list[tuple[str, int, int]] = []
    position = 0
    while match := search(piece, position):
        start, position = match.span()
        text, kind = match[0], match.lastgroup
        if kind == "word":
            if piece[position : position + 1] == "." and text.lower() in lexicon.abbreviations:
                position += 1
                tokens.append((text + ".", start, position))
            elif "-" in text:
                tokens += _cut_compound(text, start)
            else:
                tokens += _cut_glued(text, start, lexicon)
        elif kind == "newline":
            tokens.append(("\n" if text.count("\n") == 1 else PARAGRAPH, start, position))
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


_NEVER_GLUED = frozenset(("mac", "fitz", "abu", "abd", "abdul", "abdel", "jean", "anna", "maria"))
_SECOND_NAMES = frozenset(
    (
        "ann",
        "anne",
        "beth",
        "lynn",
        "lyn",
        "lou",
        "jo",
        "marie",
        "mae",
        "lee",
        "sue",
        "rose",
        "kay",
        "ellen",
        "paul",
    )
)


def _cut_glued(word: str, start: int, lexicon: Lexicon) -> list[tuple[str, int, int]]:
    """A word, cut where a lost line break has glued two together: "HowlettThe" -> "Howlett", "The"."""
    if not word[1:].islower() and not word.isupper() and fold(word) not in lexicon.brands:
        for middle in _capitals_inside(word):
            if _is_glue(fold(word[:middle]), word[middle:], lexicon):
                first = (word[:middle], start, start + middle)
                return [first, *_cut_glued(word[middle:], start + middle, lexicon)]
    return [(word, start, start + len(word))]


def _capitals_inside(word: str) -> Iterator[int]:
    """Where a capital follows another letter; cutting.py looks at the same places."""
    for i, (before, letter) in enumerate(itertools.pairwise(word), 1):
        if letter.isupper() and before.isalpha() and not before.isupper():
            yield i


def _is_glue(before: str, after: str, lexicon: Lexicon) -> bool:
    """Whether two halves of a word are words of two sentences: one is never in a name, or both are names."""
    if len(before) < 3 or before in lexicon.particles or before in _NEVER_GLUED:
        return False
    following = fold(after[: next(_capitals_inside(after), len(after))])
    one, other = lexicon.listed_one(before), lexicon.listed_one(following)
    if other & STOPS or _CONTRACTED.fullmatch(after):
        return True
    if one & STOPS:  # "ThursdayJoe", but "ChildLine"
        return bool(other & (FIRST_NAME | FAMILY_NAME))
    family, given = one & (FAMILY_NAME | PLACE_NAME), other & FIRST_NAME
    return bool(family and given) and not (one & FIRST_NAME and following in _SECOND_NAMES)


def classify(word: str, folded: str, listed: int, lexicon: Lexicon) -> int:
    """The class bits of a token type; `folded` is fold(word), `listed` what the long lists say of that."""
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
        stops = listed & STOPS or folded.removesuffix(".") in lexicon.titles
        if stops and (letters == 1 or upper or word[1:].islower()):
            return STOP | upper
        if folded in lexicon.brands or _CONTRACTED.fullmatch(word) or _CAPITALS_IN_PLURAL.fullmatch(word):
            return STOP | upper  # "YouTube", "They're", "DVDs"
        return (INITIAL if letters == 1 else NAME) | upper | _lists(listed)
    if word in lexicon.particles:  # "st."
        return PARTICLE | LOWER
    if any(c.isupper() for c in word) and ((parts[0] in _ARTICLES and len(parts) > 1) or word[1:2] in "'’"):
        return NAME  # "al-Maliki", "d'Estaing"
    return LOWER


_CONTRACTED = re.compile(r"[^\W\d_]+['’ʼ`](?:re|ve|ll|d|m|t|RE|VE|LL|D|M|T)")
_CAPITALS_IN_PLURAL = re.compile(r"[A-Z]{2,}s")
_INNER_CAPITAL = re.compile(r"([A-Z][a-z]+|[A-Z]{2,})([A-Z][a-z]+)")
_BEFORE_CAPITALS = frozenset(("Mc", "Mac", "Fitz", "St"))


@lru_cache(10_000)
def is_compound(word: str, lexicon: Lexicon) -> bool:
    """Whether capitals inside a word tell of no name: "TimeWarner", "WhatsApp".

    In names they stand after a particle ("McCain", "LaToya") or between two names ("JoAnn").
    """
    inner = _INNER_CAPITAL.fullmatch(word)
    if inner is None or inner[1] in _BEFORE_CAPITALS:
        return False
    before, after = inner[1].lower(), inner[2].lower()
    if before in lexicon.particles or before in _ARTICLES:
        return False
    return not all(lexicon.listed_one(half) & (FIRST_NAME | FAMILY_NAME) for half in (before, after))


def _lists(listed: _Listed) -> _Listed:
    """The class bits of the lists that have a word, or each of some words."""
    place, given, family = listed & PLACE_NAME, listed & FIRST_NAME, listed & FAMILY_NAME
    found = place // PLACE_NAME * PLACE | given // FIRST_NAME * GIVEN | family // FAMILY_NAME * FAMILY
    return found | (listed & OPENING) // OPENING * OPENER


def classify_all(
    words: Sequence[str], folded: Sequence[str], listed: Listed, lexicon: Lexicon
) -> NDArray[np.uint16]:
    """What `classify` says of each word; of the commonest kinds, words of A to Z, all at once."""
    codes = code_points("".join(words))
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    starts = np.cumsum(sizes) - sizes
    kind = _LETTERS.take(codes, mode="clip")
    capitals, small, others = (np.add.reduceat(kind == one, starts, dtype=np.int64) for one in _COUNTED)
    plain = (listed & SMALL_PART) == 0
    first = kind.take(starts)
    lower = plain & (first == _SMALL) & (small + others == sizes)  # "real-time", "p.m."
    whole = capitals == sizes
    name = plain & (sizes > 1) & (first == _CAPITAL) & (capitals + small == sizes) & ((capitals == 1) | whole)
    short = np.flatnonzero(name & whole & (sizes <= _LONGEST_ROMAN)).tolist()
    name[[i for i in short if words[i] in _SUFFIX_ROMAN]] = False
    number = first == _DIGIT
    kinds = np.where((listed & STOPS) != 0, STOP, NAME | _lists(listed)) | np.where(whole, UPPER, 0)
    kinds[lower], kinds[number] = LOWER, NUMBER
    for i in np.flatnonzero(~(lower | name | number)).tolist():
        kinds[i] = classify(words[i], folded[i], int(listed[i]), lexicon)
    return kinds.astype(np.uint16)


_CAPITAL, _SMALL, _INSIDE, _DIGIT = 1, 2, 3, 4
_COUNTED = (_CAPITAL, _SMALL, _INSIDE)
_LETTERS = np.zeros(_ASCII + 2, np.uint8)  # the last for all others
for _characters, _kind in (
    (string.ascii_uppercase, _CAPITAL),
    (string.ascii_lowercase, _SMALL),
    ("-'.", _INSIDE),
    (string.digits, _DIGIT),
):
    _LETTERS[[ord(character) for character in _characters]] = _kind
_LONGEST_ROMAN = max(map(len, _SUFFIX_ROMAN))
