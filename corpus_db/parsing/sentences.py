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

# One character class first: the regex engine then skips to it, which an alternation would not.
_CANDIDATE = re.compile(r"""[.!?\u2026\u3002]+["'\u2019\u201d)\]\u00bb]*[^\S\n]+(?=[^\s])""")
_OPENING = "([\"'\u2018\u201c\u00ab-\u2014/"
# Longer than any word that an abbreviation could be; keeps the look-back short.
_LOOK_BACK = 24


class Sentences:
    """The sentences of one text: `span(start)` gives the one that holds an offset."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        start = 0
        while start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            if end > start and not text[start:end].isspace():
                self._line(text, start, end)
            start = end + 1
        if not self._starts:
            self._starts, self._ends = [0], [len(text)]

    def _line(self, text: str, start: int, end: int) -> None:
        """The sentences of the line [start, end) of the text."""
        self._starts.append(start)
        for match in _CANDIDATE.finditer(text, start, end):
            if not _continues(text, match):
                self._ends.append(match.start() + len(match.group().rstrip()))
                self._starts.append(match.end())
        self._ends.append(end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end (exclusive) of the sentence that holds [start, end).

        Where the span reaches over a boundary the sentences it touches are joined.
        """
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_right(self._starts, end - 1) - 1)
        return min(start, self._starts[first]), max(self._ends[last], end)


def _continues(text: str, match: re.Match[str]) -> bool:
    """Whether the full stop belongs to a word and the sentence goes on behind it."""
    following = text[match.end()]
    if following.islower():
        return True
    if text[match.start()] != "." or match.group().rstrip() != ".":
        return False
    words = text[max(0, match.start() - _LOOK_BACK) : match.start()].split()
    word = words[-1].lstrip(_OPENING) if words else ""
    return word[:1].isalpha() and (len(word) == 1 or "." in word or word.lower() in ABBREVIATIONS)
