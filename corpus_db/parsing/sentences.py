"""Sentence boundaries, so that every mention can show the sentence it stands in.

One regular expression finds the places where a sentence may end (a line break, or closing
punctuation before white space); a few rules take back the full stops that end an abbreviation
("Sept. 11", "U.S. President", "J. Smith"). It errs towards the longer sentence: a reader who is
shown too much context still sees the evidence, one who is shown half a sentence does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from corpus_db.data import word_list

ABBREVIATIONS = frozenset(word_list("parsing/abbreviations.txt"))

_CANDIDATE = re.compile(r"""\n\s*|[.!?\u2026\u3002]+["'\u2019\u201d)\]\u00bb]*[^\S\n]+(?=\S)""")
_LAST_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[.'\u2019-])*$")
# Longer than any word that an abbreviation could be; keeps the look-back short.
_LOOK_BACK = 24


class Sentences:
    """The sentences of one text: `span(start)` gives the one that holds an offset."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, text: str) -> None:
        starts, ends = [0], []
        for match in _CANDIDATE.finditer(text):
            if text[match.start()] != "\n" and _continues(text, match):
                continue
            ends.append(_trimmed_end(text, match))
            starts.append(match.end())
        ends.append(len(text))
        self._starts, self._ends = starts, ends

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Start and end (exclusive) of the sentence that holds [start, end).

        Where the span reaches over a boundary the sentences it touches are joined.
        """
        first = bisect_right(self._starts, start) - 1
        last = bisect_right(self._starts, max(start, end - 1)) - 1
        return self._starts[first], max(self._ends[last], end)


def _trimmed_end(text: str, match: re.Match[str]) -> int:
    """Where the closing punctuation ends and the white space behind it begins."""
    return match.start() + len(match.group().rstrip())


def _continues(text: str, match: re.Match[str]) -> bool:
    """Whether the full stop belongs to a word and the sentence goes on behind it."""
    following = text[match.end()]
    if following.islower():
        return True
    if text[match.start()] != "." or match.group().rstrip() != ".":
        return False
    before = _LAST_WORD.search(text, max(0, match.start() - _LOOK_BACK), match.start())
    if before is None:
        return False
    word = before.group()
    return len(word) == 1 or "." in word or word.lower() in ABBREVIATIONS
