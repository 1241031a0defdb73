"""Sentence boundaries, so that every mention can show the sentence it stands in.

A line break ends a sentence. Within a line one regular expression finds the places where one may
end (closing punctuation before white space); a few rules take back the full stops that end an
abbreviation ("Sept. 11", "U.S. President", "J. Smith"). It errs towards the longer sentence: a
reader who is shown too much context still sees the evidence, one who is shown half a sentence does
not.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from corpus_db.data import word_list

ABBREVIATIONS = frozenset(word_list("parsing/abbreviations.txt"))

# One character class first, and once: the regex engine then skips to it, which it would not do for an
# alternation or a repetition. A small letter behind it goes on with the sentence.
_CANDIDATE = re.compile(
    r"""[.!?\u2026\u3002][.!?\u2026\u3002]*["'\u2019\u201d)\]\u00bb]*[^\S\n]+(?=[^\sa-z])"""
)
_OPENING = "([\"'\u2018\u201c\u00ab-\u2014/"
# Longer than any word that an abbreviation could be; keeps the look-back short.
_LOOK_BACK = 24

_Bounds = tuple[list[int], list[int]]


class Sentences:
    """The sentences of one text: `span(start, end)` gives the one that holds these offsets.

    A line is cut into sentences when it is first asked about.
    """

    __slots__ = ("_cut", "_ends", "_last", "_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []  # of the lines that are not blank
        self._ends: list[int] = []
        start = 0
        while start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if end > start and not text[start:end].isspace():
                self._starts.append(start)
                self._ends.append(end)
            start = end + 1
        if not self._starts:
            self._starts, self._ends = [0], [len(text)]
        self._cut: dict[int, _Bounds] = {}  # line → its sentences
        self._last = (0, 0)

    def _sentences(self, line: int) -> _Bounds:
        """Where the sentences of a line start, and where they end."""
        known = self._cut.get(line)
        if known is not None:
            return known
        text = self._text
        starts, ends = [self._starts[line]], []
        for match in _CANDIDATE.finditer(text, self._starts[line], self._ends[line]):
            start, end = match.span()
            if not _continues(text, start, end):
                ends.append(start + len(text[start:end].rstrip()))
                starts.append(end)
        ends.append(self._ends[line])
        self._cut[line] = starts, ends
        return starts, ends

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end (exclusive) of the sentence that holds [start, end).

        Where the span reaches over a boundary the sentences it touches are joined.
        """
        low, high = self._last  # mostly the one that was asked for before
        if low <= start and end <= high:
            return low, high
        line = max(0, bisect_right(self._starts, start) - 1)
        starts, ends = self._sentences(line)
        first = max(0, bisect_right(starts, start) - 1)
        low, high = starts[first], ends[first]
        if low <= start and end <= high:
            self._last = low, high
            return low, high
        if end > self._ends[line]:
            starts, ends = self._sentences(max(line, bisect_right(self._starts, end - 1) - 1))
        high = ends[max(0, bisect_right(starts, end - 1) - 1)]
        return min(start, low), max(high, end)


def _continues(text: str, start: int, end: int) -> bool:
    """Whether the full stop at `start` belongs to a word and the sentence goes on at `end`, behind it."""
    if text[end].islower():
        return True
    if text[start] != "." or (end > start + 2 and text[start:end].rstrip() != "."):
        return False
    words = text[max(0, start - _LOOK_BACK) : start].rsplit(None, 1)
    word = words[-1].lstrip(_OPENING) if words else ""
    return word[:1].isalpha() and (len(word) == 1 or "." in word or word.lower() in ABBREVIATIONS)
