"""What the first word of a block allows it to be: one look-up instead of a row of patterns.

A date, a release note or a byline begins with one of few words. `look_up` gives the first word of a
block and what may begin with it; where that is nothing, none of these patterns need to be tried.
Contacts, headings and datelines may begin with any word and are asked for in other ways.
"""

from __future__ import annotations

import re

from corpus_db.parsing.labels import FIRST_WORDS

# What a block may be, as bits: this is asked of every block, and flags of an enumeration are slow.
DATE = 1  # a date, or "Posted on" and the like before one
PREFIX = 2  # furniture that the block goes on behind
BYLINE = 4
OFFICE = 8  # "from the Office of Senator ..."

_BEGIN_WITH = {
    DATE: FIRST_WORDS | {"posted", "published", "updated", "written", "submitted", "filed", "last", "on"},
    PREFIX: {"for", "press", "news", "media", "facebook"},
    BYLINE: {"by", "written", "reported", "story", "report", "text", "words", "interview", "interviewed"},
    OFFICE: {"from", "the", "office"},
}
_ALLOWED = {
    word: sum(kind for kind, words in _BEGIN_WITH.items() if word in words)
    for word in sorted(set().union(*_BEGIN_WITH.values()))
}
_WORD = re.compile(
    r"[*_\[(]{0,3}([A-Za-z]*+[^\W\d_]*)"
)  # letters of ASCII first: that set is told by one bit


def look_up(text: str, start: int) -> tuple[str, int]:
    """The first word of the block at `start` in lower case, and the bits of what it may be.

    Emphasis before the word is left out; the word is "" where a digit or a mark stands instead.
    """
    match = _WORD.match(text, start)
    assert match is not None  # it matches nothing at all, too
    word = match[1].lower()
    if word:
        return word, _ALLOWED.get(word, 0)
    end = match.end()
    return word, DATE if text[end : end + 1].isdecimal() else 0
