"""How a place name is spelt in a text and in the gazetteer: words, and one folded form for both.

A word is a run of letters and digits with apostrophes inside ("Guinea", "D'Alene", "China's").
Hyphens, full stops and spaces separate words, so that "Guinea-Bissau", "Guinea Bissau", "St. Louis"
and "St Louis" are the same key. The folded form is lower case without diacritics and apostrophes,
with "Saint", "Sainte", "Mount" and "Fort" shortened: names differ in these from outlet to outlet.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a"}
    | dict.fromkeys("'’ʻ‘`ʼ", None)
)
SHORT = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}
_SEPARATORS = re.compile(r"[\s\-–./,&]+")


def fold(word: str) -> str:
    """One word's folded form: "Bogotá" -> "bogota", "Xi'an" -> "xian", "Saint" -> "st"."""
    lower = word.lower()
    if lower.isascii() and lower.isalpha():
        return SHORT.get(lower, lower)
    lower = lower.translate(_LETTERS)
    if not lower.isascii():
        lower = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return SHORT.get(lower, lower)


def key(name: str) -> tuple[str, ...]:
    """A name's folded words: "Port-au-Prince" -> ("port", "au", "prince")."""
    return tuple(fold(word) for word in _SEPARATORS.split(name) if word)


def without_possessive(token: str) -> str:
    """ "China's" -> "China", "States'" has its apostrophe outside already."""
    if len(token) > 2 and token[-1] in "sS" and token[-2] in "'’":
        return token[:-2]
    return token
