"""How a place name is spelt in a text and in the gazetteer: tokens, and one folded form for both.

A token is a capitalised word ("Guinea", "D'Alene", "China's") or a dotted abbreviation ("U.S.").
Hyphens, full stops and spaces separate tokens, so that "Guinea-Bissau", "Guinea Bissau", "St. Louis"
and "St Louis" are the same key. The folded form is lower case without diacritics and apostrophes,
with "Saint", "Sainte", "Mount" and "Fort" shortened: names differ in these from outlet to outlet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# The capital is matched before the look-behind, so that the engine can skip to capitals (ten times faster).
TOKEN = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀ-Ž](?<!\w.)(?:\.(?<=[A-Z]\.)(?:[A-Z]\.?)+(?![a-z])|\w*(?:['’ʻ]\w+(?:['’ʻ]\w+)*|))", re.DOTALL
)
# The next token of a longer name: over one space, a hyphen, an abbreviation's full stop or a wrapped line.
NEXT_TOKEN = re.compile(r"(?:\. ?|[ \u00a0]|-| & |[ ]?\n {0,8})([^\W\d_]\w*(?:['’ʻ]\w+)*)")

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a"}
    | dict.fromkeys("'’ʻ‘`ʼ", None)
)
_SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
# How a word that the folded form shortens may begin in a text.
_OPENINGS = {
    short: {long[:2] for long, other in _SHORT.items() if other == short} for short in _SHORT.values()
}
_SEPARATORS = re.compile(r"[\s\-–./,&]+")


def fold(word: str) -> str:
    """One word's folded form: "Bogotá" -> "bogota", "Xi'an" -> "xian", "Saint" -> "st"."""
    lower = word.lower()
    if lower.isascii() and lower.isalpha():
        return _SHORT.get(lower, lower)
    lower = lower.translate(_LETTERS)
    if not lower.isascii():
        lower = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return _SHORT.get(lower, lower)


def key(name: str) -> tuple[str, ...]:
    """A name's folded words: "Port-au-Prince" -> ("port", "au", "prince")."""
    return tuple(fold(word) for word in _SEPARATORS.split(name) if word)


def openings(words: Iterable[str]) -> frozenset[str]:
    """The first two letters, in lower case, that folded words can have in a text.

    Two plain letters of a text are what they are in the folded form, but for the words that it shortens.
    """
    found: set[str] = set()
    for word in words:
        found.add(word[:2])
        if word in _OPENINGS:
            found |= _OPENINGS[word]
    return frozenset(found)


def without_possessive(token: str) -> str:
    """ "China's" -> "China", "States'" is cut by the token pattern already."""
    if len(token) > 2 and token[-1] in "sS" and token[-2] in "'’":
        return token[:-2]
    return token
