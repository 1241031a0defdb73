"""Where words begin and end, for a whole text at once, by arithmetic on the kinds of its characters.

`words.cut` says how a piece of text is cut; a regular expression takes 1 µs a word for that. Here
the same is read off the kinds of a character and its neighbours, all characters at once: a stretch
of letters is a word, other signs stand alone, and the few signs that can stand inside a word
(hyphen, apostrophe, a point in a number) are looked at one by one. Where that does not decide
(links, "U.S.", "Mr.", "Putin-led", "20th", a capital inside a word), the whole *piece*, from space to space, is one *odd unit*
that tokens.py has cut by `words.cut`, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .strings import Letters

Positions = NDArray[np.int64]
Kinds = NDArray[np.uint8]

# Kinds of characters, as bits; none for a sign that is a unit by itself wherever it stands.
LETTER = 1
UPPER = 2
DIGIT = 4 | 128
WHITE = 8
HYPHEN = 16 | 128
APOSTROPHE = 32 | 128
ODD = 64 | 128  # makes its piece odd
SEPARATOR = 128  # . , : / may stand in a number
_SPECIAL = 128  # what needs a look at its neighbours
_WORD = LETTER | 4
_NUMERIC = 4

_SPACE, _NEWLINE, _DOT, _COLON, _S, _W = map(ord, " \n.:sw")
_MOST_OF_AN_ABBREVIATION = 8  # letters
_SMALL = np.uint64(int.from_bytes(b"\x20" * _MOST_OF_AN_ABBREVIATION, "little"))  # the bit of small letters
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(_MOST_OF_AN_ABBREVIATION + 1)], np.uint64)


class Units(NamedTuple):
    """The units of a text, in order: tokens, or whole pieces that only `words.cut` can cut."""

    starts: Positions
    ends: Positions
    odd: NDArray[np.bool_]  # whether the unit is such a piece


@cache
def _kinds() -> Kinds:
    """The kind of each character of the Basic Multilingual Plane, and of all others at the end."""
    characters = "".join(map(chr, range(1 << 16)))
    kinds = np.zeros(len(characters) + 1, np.uint8)
    for pattern, kind in ((r"[^\W\d_]+", LETTER), (r"\d+", DIGIT), (r"\s+", WHITE)):
        for match in re.finditer(pattern, characters):
            kinds[match.start() : match.end()] = kind
    kinds[[i for i, character in enumerate(characters) if character.isupper()]] |= UPPER
    for signs, kind in ((".,:/", SEPARATOR), ("'’", APOSTROPHE), ("-", HYPHEN), ("_@`\x00", ODD)):
        kinds[[ord(sign) for sign in signs]] = kind
    kinds[_NEWLINE] |= _SPECIAL
    kinds[1 << 16] = ODD
    return kinds


def packed(words: Iterable[str]) -> NDArray[np.uint64]:
    """Short words in small ASCII letters as sorted numbers, for `units_of`."""
    data = [word.encode("ascii") for word in words]
    if any(len(word) > _MOST_OF_AN_ABBREVIATION for word in data):
        raise ValueError(f"an abbreviation has more than {_MOST_OF_AN_ABBREVIATION} letters")
    return np.array(sorted(int.from_bytes(word, "little") for word in data), np.uint64)


def units_of(letters: Letters, abbreviations: NDArray[np.uint64]) -> Units:
    """The units of a text; `abbreviations` are `packed`.

    The text must begin and end with a space, and with another character behind and before that.
    """
    codes, kinds = letters.codes, _kinds_of(letters)
    inside = (kinds & _WORD) != 0  # in one unit with neighbours that are inside; else a unit alone
    special = np.flatnonzero(kinds >= _SPECIAL)
    sign, kind = codes.take(special), kinds.take(special)
    before, after = kinds.take(special - 1), kinds.take(special + 1)
    joined = (kind == HYPHEN) | (kind == APOSTROPHE)
    joined &= (before & after & LETTER) != 0
    joined |= (kind == SEPARATOR) & ((before & after & _NUMERIC) != 0)
    inside[special[joined]] = True
    odd = _odd(kind, before, after)
    odd |= (sign == _COLON) & (after == SEPARATOR)  # "http://"
    dot = np.flatnonzero((sign == _DOT) & ~joined)
    dots = special[dot]
    odd[dot] |= _odd_points(codes, kinds, dots)
    apostrophe = np.flatnonzero(kind == APOSTROPHE)
    odd[apostrophe], possessives = _apostrophes(codes, kinds, special[apostrophe])
    breaks, mixed = _line_breaks(codes, kinds, special[sign == _NEWLINE])
    closes = (kinds & WHITE) == 0
    closes ^= inside
    closes[breaks] = True
    opens = closes.copy()
    # Of two truth values ">" is "and not", in one step.
    opens[1:] |= inside[1:] > inside[:-1]
    opens[possessives] = True
    closes[:-1] |= inside[:-1] > (inside[1:] > opens[1:])
    starts, ends = opens.nonzero()[0], closes.nonzero()[0]
    ends += 1
    at_break = starts.searchsorted(breaks)
    ends[at_break] += codes[breaks + 1] == _NEWLINE
    glued = _glued(kinds, letters.wide)
    compounds = _compounds(kinds, starts, special[joined & (kind == HYPHEN)])
    abbreviated = _abbreviated(letters, starts, dots, abbreviations)
    odds = np.concatenate([special[odd], glued, compounds, abbreviated])
    return _joined(Units(starts, ends, odds), at_break, mixed)


def _kinds_of(letters: Letters) -> Kinds:
    """The kind of each character."""
    table = _kinds()
    # Bytes are translated several times faster than an array is taken from.
    kinds = np.frombuffer(bytearray(letters.narrow.translate(table[:256].tobytes())), np.uint8)
    kinds[letters.wide] = table.take(letters.codes.take(letters.wide), mode="clip")
    return kinds


def _odd(kind: Kinds, before: Kinds, after: Kinds) -> NDArray[np.bool_]:
    """Which special characters make their piece odd, whatever they are in particular."""
    letter_before, letter_after = (before & LETTER) != 0, (after & LETTER) != 0
    odd: NDArray[np.bool_] = kind == ODD
    odd |= (kind == DIGIT) & (letter_before | letter_after)  # "20th", "H1N1"
    odd |= (kind == SEPARATOR) & (after == SEPARATOR) & (before == DIGIT)  # "1.,5"
    # "--", "COVID-19"
    odd |= (kind == HYPHEN) & ((after == HYPHEN) | (letter_before & (after == DIGIT)))
    return odd


def _odd_points(codes: NDArray[Any], kinds: Kinds, dots: Positions) -> NDArray[np.bool_]:
    """Which points outside numbers are odd: "U.S", ".50", "site.com", "...", "J.", "www."; not the one of "year.The"."""
    after, letter = kinds.take(dots + 1), (kinds.take(dots - 1) & LETTER) != 0
    odd: NDArray[np.bool_] = (
        ((after & (_WORD | UPPER)) == LETTER) | ((after & _NUMERIC) != 0) | (after == SEPARATOR)
    )
    odd |= letter & ((kinds.take(dots - 2) & LETTER) == 0)
    odd |= (codes.take(dots - 1) == _W) & (codes.take(dots - 2) == _W)
    return odd


def _apostrophes(codes: NDArray[Any], kinds: Kinds, place: Positions) -> tuple[NDArray[np.bool_], Positions]:
    """Which apostrophes are odd, and the positions of those of a possessive."""
    after, second = kinds[place + 1], kinds[place + 2]
    letter = (kinds[place - 1] & LETTER) != 0
    possessive = ((codes[place + 1] | 0x20) == _S) & ((second & _WORD) == 0)
    odd = (after == APOSTROPHE) | (possessive & (~letter | (second == HYPHEN) | (second == APOSTROPHE)))
    return odd, place[possessive & letter]


def _glued(kinds: Kinds, wide: Positions) -> Positions:
    """Capitals that follow a small letter."""
    # Capitals differ from small letters by this one bit, but for some signs beyond Latin-1.
    after = np.flatnonzero((kinds[1:] - kinds[:-1]) == UPPER) + 1
    after = np.concatenate([after, wide[kinds[wide] == UPPER]])
    result: Positions = after[kinds[after - 1] == LETTER]
    return result


def _compounds(kinds: Kinds, starts: Positions, hyphens: Positions) -> Positions:
    """Hyphens in words of which one part begins with a capital and another does not."""
    first = starts[starts.searchsorted(hyphens, side="right") - 1]
    result: Positions = hyphens[((kinds[hyphens + 1] ^ kinds[first]) & UPPER) != 0]
    return result


def _abbreviated(
    letters: Letters, starts: Positions, dots: Positions, abbreviations: NDArray[np.uint64]
) -> Positions:
    """Points after an abbreviation: "Mr."."""
    first = starts.take(starts.searchsorted(dots) - 1)
    # Where a space or a sign stands before the point, the letters with it are no abbreviation.
    chosen = np.flatnonzero(dots - first <= _MOST_OF_AN_ABBREVIATION)
    key = letters.eight[first[chosen]]
    key |= _SMALL
    key &= _MASKS.take((dots - first)[chosen])
    place = np.minimum(abbreviations.searchsorted(key), len(abbreviations) - 1)
    result: Positions = dots[chosen[abbreviations[place] == key]]
    return result


def _joined(units: Units, at_break: Positions, mixed: Sequence[tuple[int, int]]) -> Units:
    """The units, with one odd unit in place of those of each piece that has something odd.

    Of the units given `odd` are the positions where something is. `at_break` are the numbers of line breaks, `mixed`
    stretches of them that are odd units too.
    """
    starts, ends, odd = units
    # Pieces are parted by white space, and line breaks are pieces.
    parted = np.ones(len(starts) + 1, np.bool_)
    np.not_equal(starts[1:], ends[:-1], out=parted[1:-1])
    parted[at_break] = parted[at_break + 1] = True
    edges = parted.nonzero()[0]
    has_odd = np.zeros(len(edges), np.bool_)
    has_odd[edges.searchsorted(starts.searchsorted(odd, side="right"), side="left") - 1] = True
    piece = has_odd.nonzero()[0]
    first, after = edges[piece], edges[piece + 1]
    ends[first] = ends[after - 1]
    is_odd = np.zeros(len(starts), np.bool_)
    is_odd[first] = True
    for low, high in mixed:
        unit = starts.searchsorted(low)
        ends[unit], is_odd[unit] = high, True
    more = after - first - 1
    drop = np.repeat(first + 1 - (np.cumsum(more) - more), more)
    drop += np.arange(len(drop))
    keep = np.ones(len(starts), np.bool_)
    keep[drop] = False
    return Units(
        starts[keep], ends[keep], is_odd[keep]
    )  # nearly all: `compress` would take five times as long


def _line_breaks(
    codes: NDArray[Any], kinds: Kinds, place: Positions
) -> tuple[Positions, list[tuple[int, int]]]:
    """The line breaks that are units, given all: the first in each stretch of white space but spaces.

    One directly behind it will belong to it; also returned are the stretches in which other white
    space stands between the first and the next.
    """
    first = codes.take(place - 1) != _NEWLINE

    def is_other(position: Any) -> Any:  # white space, neither space nor line break
        return (kinds[position] == WHITE) & (codes[position] != _SPACE)

    mixed: list[tuple[int, int]] = []
    done = 0
    for position in place[is_other(place - 1) | is_other(place + 1)].tolist():  # "\r\n"
        if position < done:
            continue
        low, done = position, position + 1
        while is_other(low - 1) or codes[low - 1] == _NEWLINE:
            low -= 1
        while is_other(done) or codes[done] == _NEWLINE:
            done += 1
        breaks = np.arange(place.searchsorted(low), place.searchsorted(done))
        first[breaks] = False
        first[breaks[0]] = True
        if len(breaks) > 1 and place[breaks[1]] > place[breaks[0]] + 1:
            mixed.append((int(place[breaks[0]]), done))
    return place[first], mixed
