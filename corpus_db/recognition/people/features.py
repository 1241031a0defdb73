"""What a token looks like: the feature strings that a token type has, whatever stands around it.

The model holds one vector per (feature, role); roles are the places that a token can have in or
around a candidate. Features are: the word (as written, folded), its ends and beginning, its
shape, length and class, which word lists have it, and how newspapers use it.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

from .lexicon import Lexicon
from .words import LISTED, LOWER, fold

# Places of a token: in the candidate, then to its left and right (1 is the nearest).
ROLES = ("single", "first", "middle", "last", "left1", "left2", "left3", "right1", "right2", "right3")
SINGLE, FIRST, MIDDLE, LAST, LEFT1, LEFT2, LEFT3, RIGHT1, RIGHT2, RIGHT3 = range(len(ROLES))

IDENTITY = ("w:", "l:")  # dropped at random in training, so that unknown words are known territory

_SHAPE = str.maketrans(
    {**dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "X"), **dict.fromkeys("abcdefghijklmnopqrstuvwxyz", "x")}
)
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


def is_made_of(word: str, syllables: frozenset[str]) -> bool:
    """Whether the word is one to three of the syllables."""
    return _made_of(syllables).fullmatch(word) is not None


@cache
def usage_features(digits: str) -> tuple[str, ...]:
    """The features of a word's code in the list of usage."""
    return tuple(f"u{i}:{digit}" for i, digit in enumerate(digits))


@cache
def _general_features(kind: int, length: int, first: bool, last: bool, place: bool) -> tuple[str, ...]:
    return "bias", f"n:{min(length, 12)}", f"c:{kind}", f"g:{first:d}{last:d}{place:d}"


def features_of(word: str, kind: int, lexicon: Lexicon) -> list[str]:
    """The features of a token type of class `kind`."""
    folded = fold(word)
    kind &= ~LISTED  # these have a feature of their own
    if not word.isalpha() and not any(c.isalpha() for c in word):
        folded = _DIGITS.sub("0", folded).replace("\n", "¶")
        return ["bias", f"l:{folded}", f"sh:{shape(folded)}", f"c:{kind}"]
    if kind & LOWER:
        return ["bias", f"l:{folded}", f"s3:{folded[-3:]}", f"c:{kind}"]
    bare = folded.strip("-'.")
    first, last, place = bare in lexicon.first_names, bare in lexicon.family_names, bare in lexicon.places
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
    if bare in lexicon.east_asian:
        features.append("asian:family")
    if len(bare) < 14 and is_made_of(bare.replace("-", ""), lexicon.syllables):
        features.append("asian:given")
    usage = lexicon.usage.get(bare)
    if usage is None:
        features.append("u:small" if bare in lexicon.small_words else "u:none")
    else:
        features += usage_features(usage)
    return features
