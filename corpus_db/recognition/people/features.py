"""What a token looks like: the feature strings that a token type has, whatever stands around it.

The model holds one vector per (feature, role); roles are the places that a token can have in or
around a candidate. Features are: the word (as written, folded), its ends and beginning, its
shape, length and class, which word lists have it, and how newspapers use it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from .lexicon import (
    EAST_ASIAN,
    FAMILY_NAME,
    FIRST_NAME,
    PLACE_NAME,
    SMALL_WORD,
    USE,
    Lexicon,
    usage_digits,
)
from .words import LISTED, LOWER, fold

# Places of a token: in the candidate, then to its left and right (1 is the nearest).
ROLES = ("single", "first", "middle", "last", "left1", "left2", "left3", "right1", "right2", "right3")
SINGLE, FIRST, MIDDLE, LAST, LEFT1, LEFT2, LEFT3, RIGHT1, RIGHT2, RIGHT3 = range(len(ROLES))

IDENTITY = ("w:", "l:")  # dropped at random in training, so that unknown words are known territory

_SHAPE = str.maketrans(
    {**dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "X"), **dict.fromkeys("abcdefghijklmnopqrstuvwxyz", "x")}
)
_TOO_LONG = 14  # letters that no given name of syllables has
_DIGITS = re.compile(r"\d")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def shape(word: str) -> str:
    """ "McDonald" -> "XxXx", "J." -> "X.": runs of one kind are one letter."""
    if word.isalpha() and word.isascii() and len(word) > 1:  # the commonest, quickly
        if word.istitle():
            return "Xx"
        if word.isupper():
            return "X"
    mapped = _NOT_ASCII.sub(lambda m: "X" if m[0].isupper() else "x" if m[0].isalpha() else m[0], word)
    mapped = _DIGITS.sub("0", mapped.translate(_SHAPE))
    return "".join(key for key, _ in groupby(mapped))[:10]


def _any_of(words: frozenset[str]) -> str:
    """A regular expression for one of some words that looks at each letter once, as a tree."""
    rest: dict[str, set[str]] = {}
    for word in words - {""}:
        rest.setdefault(word[0], set()).add(word[1:])
    if not rest:
        return ""
    branches = "|".join(re.escape(first) + _any_of(frozenset(rest[first])) for first in sorted(rest))
    return f"(?:{branches})" + ("?" if "" in words else "")


@cache
def _made_of(syllables: frozenset[str]) -> re.Pattern[str]:
    return re.compile(f"(?:{_any_of(syllables)}){{1,3}}")


def made_of(syllables: frozenset[str], words: Sequence[str]) -> list[bool]:
    """Whether each word is one to three of the syllables, with hyphens or without."""
    match = _made_of(syllables).fullmatch
    return [len(word) < _TOO_LONG and match(word.replace("-", "")) is not None for word in words]


def bare_of(folded: str) -> str:
    """A folded word as the lists have it."""
    return folded.strip("-'.")


def numbers_alike(folded: str) -> str:
    """What stands for a token without letters: all digits are alike, and breaks are a sign."""
    return _DIGITS.sub("0", folded).replace("\n", "¶")


@cache
def usage_features(listed: int) -> tuple[str, ...]:
    """The features of how news uses a word, given what the lists say of it."""
    if not listed >> USE:
        return ("u:small",) if listed & SMALL_WORD else ("u:none",)
    return tuple(f"u{i}:{digit}" for i, digit in enumerate(usage_digits(listed)))


@cache
def _general_features(kind: int, length: int, first: bool, last: bool, place: bool) -> tuple[str, ...]:
    return "bias", f"n:{min(length, 12)}", f"c:{kind}", f"g:{first:d}{last:d}{place:d}"


def features_of(word: str, kind: int, lexicon: Lexicon) -> list[str]:
    """The features of a token type of class `kind`."""
    folded = fold(word)
    kind &= ~LISTED  # these have a feature of their own
    if not word.isalpha() and not any(c.isalpha() for c in word):
        folded = numbers_alike(folded)
        return ["bias", f"l:{folded}", f"sh:{shape(folded)}", f"c:{kind}"]
    if kind & LOWER:
        return ["bias", f"l:{folded}", f"s3:{folded[-3:]}", f"c:{kind}"]
    bare = bare_of(folded)
    listed = lexicon.listed_one(bare)
    first, last, place = (bool(listed & bit) for bit in (FIRST_NAME, FAMILY_NAME, PLACE_NAME))
    features = [
        *_general_features(kind, len(word), first, last, place),
        f"w:{word}",
        f"l:{folded}",
        f"s2:{folded[-2:]}",
        f"s3:{folded[-3:]}",
        f"s4:{folded[-4:]}",
        f"p3:{folded[:3]}",
        f"sh:{shape(word)}",
    ]
    if listed & EAST_ASIAN:
        features.append("asian:family")
    if made_of(lexicon.syllables, [bare])[0]:
        features.append("asian:given")
    return [*features, *usage_features(listed)]
