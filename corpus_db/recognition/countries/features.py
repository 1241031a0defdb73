"""What speaks for and against a candidate on its own words: where it stands in the text, and what is known of its name.

A *feature* is a short string; a model is a table of weights by feature (`data/countries/weights.json`). The
context of a candidate is a few stretches of the window: the words before and after it, whose features are the
string of a family letter and the word in small letters:

    P the word before · Q the two words before where the nearer one is a function word ("the city of")
    N the word after · M the word after that, where the next one has a capital · R what follows where it is
    no space, with the word after a comma, hyphen or slash · L what stands right before where it is no space

Here are the stretches; what they weigh is in model.py, and the same as strings for training in
benchmarks/countries/features.py.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_db.recognition.countries.characters import APOSTROPHE, Indices, Mask
from corpus_db.recognition.countries.gazetteer import LEVELS, population_of
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.window import BESIDE, Window

SECOND = 12  # letters of the word after the next one that are read
FOLLOWING = 12  # letters of a word after a comma from which it is as good as any other
_SPACE, _LINE, _SMALL_S = map(ord, " \ns")
JOINING = ",-/"
# The first digits of how large a place is: natural logarithm of its inhabitants.
MAGNITUDE = np.array([int(math.log(population_of(level) + 1)) for level in range(LEVELS)])


class Stretch(NamedTuple):
    """A stretch of the window for each candidate, and for which of them there is one."""

    start: Indices
    end: Indices
    there: Mask


class Context(NamedTuple):
    """What stands round each candidate."""

    line: Mask  # it begins a line
    before: Stretch
    before_that: Stretch
    left: Indices  # the character before it
    possessive: Mask  # 's follows
    after: Stretch
    after_that: Stretch
    closed: Mask  # neither a space nor a line's end follows
    right: Indices  # the character after it
    ends: Mask  # the field ends there
    following: Stretch  # the word after a comma, hyphen or slash


def context(window: Window, start: Indices, end: Indices) -> Context:
    """The context of each candidate, no farther than BESIDE characters and not beyond its field."""
    codes = window.codes
    field = np.searchsorted(window.start, start, side="right") - 1
    low = np.maximum(window.start.take(field), start - BESIDE)
    high = np.minimum(window.end.take(field), end + BESIDE)
    line = (start == window.start.take(field)) | (codes.take(start - 1) == _LINE)
    # The piece between white space that begins before the candidate, and the one before.
    piece = np.searchsorted(window.piece_start, start) - 1
    before = _clipped(window, piece, low, start, ~line)
    before_that = _clipped(window, piece - 1, low, start, before.there)
    possessive = window.is_a(APOSTROPHE, end) & (codes[end + 1] == _SMALL_S)
    right = end + 2 * possessive
    opened = possessive | (codes[right] == _SPACE) | (codes[right] == _LINE)
    piece = np.searchsorted(window.piece_end, right, side="right")
    after = _clipped(window, piece, right, high, opened)
    after_that = _clipped(window, piece + 1, right, high, after.there)
    after_that = after_that._replace(end=np.minimum(after_that.end, after_that.start + SECOND))
    joins = ~opened & _joins(codes[right])
    piece = np.searchsorted(window.piece_end, right + 1, side="right")
    following = _clipped(window, piece, right + 1, high, joins)
    return Context(
        line,
        before,
        before_that,
        start - 1,
        possessive,
        after,
        after_that,
        ~opened,
        right,
        end == high,
        following,
    )


def _joins(codes: NDArray[np.uint16]) -> Mask:
    found: Mask = (codes == ord(JOINING[0])) | (codes == ord(JOINING[1])) | (codes == ord(JOINING[2]))
    return found


def _clipped(window: Window, piece: Indices, low: Indices, high: Indices, where: Mask) -> Stretch:
    """The part of each of these pieces that lies between two places, where there is any."""
    start = np.maximum(window.piece_start.take(piece, mode="clip"), low)
    end = np.minimum(window.piece_end.take(piece, mode="clip"), high)
    return Stretch(start, end, where & (piece >= 0) & (piece < len(window.piece_start)) & (start < end))


class Known(NamedTuple):
    """What is known of some surfaces before any text is read."""

    kinds: Indices  # a bit for each of gazetteer.KINDS
    magnitude: Indices  # of its largest place
    countries: Indices  # how many
    words: Indices


def known(lexicon: Lexicon, surface: Indices) -> Known:
    """What is known of these surfaces; all of them have places."""
    owner, rows = rows_of(lexicon, surface)
    begins = np.flatnonzero(np.diff(owner, prepend=-1))
    kinds = np.bitwise_or.reduceat(np.left_shift(1, lexicon.places.kinds[rows].astype(np.int64)), begins)
    largest = np.maximum.reduceat(lexicon.places.levels[rows], begins)
    pairs = np.unique(owner * len(lexicon.countries) + lexicon.places.countries[rows])
    countries = np.bincount(pairs // len(lexicon.countries), minlength=len(surface))
    return Known(kinds, MAGNITUDE[largest], countries, lexicon.lengths[surface].astype(np.int64))


def rows_of(lexicon: Lexicon, surface: Indices) -> tuple[Indices, Indices]:
    """All places of these surfaces, one surface after the other: position in `surface`, and row of the table."""
    first = lexicon.first[surface]
    counts = lexicon.first[surface + 1] - first
    after = np.cumsum(counts)
    owner = np.repeat(np.arange(len(surface)), counts)
    return owner, np.arange(len(owner)) + np.repeat(first - (after - counts), counts)
