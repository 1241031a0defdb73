"""Words that were broken at the end of a line: whether the hyphen was the line's or is the word's.

    "govern-" + "ment"  -> "government"        "long-" + "term" -> "long-term"

What the same document writes elsewhere decides, then the words of newspapers; a break before a capital or
a digit is never one of the line's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from corpus_db.data import table, word_list

_BROKEN = re.compile(r"([^\W\d_]{2,})[-‐\xad]$")
_BEGINS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SOFT = "\xad"
_TABLE = table("readers/pdf")
_PREFIXES, _COMPOUNDS, _ENDINGS = (frozenset(_TABLE[name]) for name in ("prefixes", "compounds", "endings"))
# A word is no shorter for two of them to be taken for a compound that is in no list.
_SHORTEST = 4
_LONGEST = 60
_LETTERS_THAT_ARE_WORDS = frozenset("AI")
# So many words that are surely broken show that the document breaks words; without, a hyphen is a word's.
_SURE = 2


class Hyphens:
    """The words of one document, for its broken lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._words: Counter[str] = Counter()
        sure = 0
        for line, following in zip(lines, (*lines[1:], ""), strict=True):
            words = _WORD.findall(line.lower())
            broken = _BROKEN.search(line, max(0, len(line) - _LONGEST))
            second = _BEGINS.match(following)
            if broken is not None:
                del words[-1:]
                sure += second is not None and broken[1].lower() + second[0] in _known()
            self._words.update(words)
        self._breaks_words = sure >= _SURE

    def joined(self, before: str, after: str) -> str:
        """The text `before` a line's end and the one `after` it, which follows without a blank."""
        if before.endswith(_SOFT):
            return before[:-1] + after
        first, second = _BROKEN.search(before, max(0, len(before) - _LONGEST)), _BEGINS.match(after)
        if first is None or second is None or not second[0][0].islower():
            return before + after
        if self._is_the_words(first[1].lower(), second[0].lower()):
            return before + after
        return before[:-1] + after

    def _is_the_words(self, first: str, second: str) -> bool:
        """Whether the hyphen between two parts is one that the word always has."""
        whole, compound = first + second, f"{first}-{second}"
        if self._words[whole] != self._words[compound]:
            return self._words[compound] > self._words[whole]
        known = _known()
        both = first in known and second in known and second not in _ENDINGS
        if both and (first in _PREFIXES or second in _COMPOUNDS):
            return True
        if whole in known:
            return False
        return not self._breaks_words or (both and min(len(first), len(second)) >= _SHORTEST)


def is_a_word(initial: str, text: str) -> bool:
    """Whether a large first letter is a word of its own before `text`: "A bridge", not "Another"."""
    following = _BEGINS.match(text)
    if initial not in _LETTERS_THAT_ARE_WORDS or following is None:
        return False
    second = following[0].lower()
    return second in _known() and initial.lower() + second not in _known()


@cache
def _known() -> frozenset[str]:
    """The words of newspapers, compounds without their hyphens among them."""
    lines = word_list("contexts/word_shares.txt")
    return frozenset(word for line in lines for word in line.split("\t")[1].split())
