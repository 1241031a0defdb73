"""Several persons in one span: "Ana Weir Peter Holm", "Weir Holm" where the article has both in full.

Where a list has lost its commas, or two columns of signatures were printed as one line, nothing stands between two
names, and to the recogniser they are one long one. As one name they are a person who does not exist, and what is
worse, Ana Weir and Peter Holm are then both forms of it.

*Full names* are parted before a word that is far more often a given name than a family name (`is_rather_given`), if
the words on both sides make a name: the first word of all is a given name, the one before the cut is none. *Family
names* are parted where each of the words is the family name of another person whom the article names in full.
An "s" that a possessive lost its apostrophe to ("Weirâs") is cut off on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Final

from corpus_db.models import PersonSpan
from corpus_db.names import lists, parse
from corpus_db.names.commonness import is_ever_given, is_rather_given
from corpus_db.names.folding import fold

_LEAST: Final = 4  # words of two full names
_MOST_FAMILIES: Final = 5
# What is left of a possessive whose curly apostrophe was read in another encoding and lost its unprintable rest.
_BROKEN: Final = re.compile(r"(?<=\w{3})(?:âs|(?<=[sxz])â)$")


def part_names(spans: list[PersonSpan]) -> list[PersonSpan]:
    """The spans of one article, each with one person's name."""
    if any(span.text.count(" ") >= _LEAST - 1 or "â" in span.text for span in spans):
        spans = [part for span in spans for part in _parted(span)]
    families = _families(spans)
    doubtful = [
        span for span in spans if span.text.partition(" ")[0].lower() in families and " " in span.text
    ]
    if doubtful:
        names = {span.text.lower() for span in spans}
        pairs = {span.text for span in doubtful if _are_families(span, families, names)}
        if pairs:
            spans = [part for span in spans for part in _by_family(span, pairs)]
    return spans


def _parted(span: PersonSpan) -> Iterator[PersonSpan]:
    """The full names of which a span consists."""
    words = span.text.split(" ")
    folded = [fold(word) for word in words]
    given, particles = lists.given_names(), lists.sections("words.txt")["particles"]
    begin = 0
    for at in range(2, len(words) - 1) if len(words) >= _LEAST else ():
        before = words[at - 1]
        if (
            at - begin > 1
            and before[:1].isupper()
            and len(folded[at - 1]) > 1
            and folded[at - 1] not in given
            and folded[at - 1] not in particles
            and folded[begin] in given
            and words[at][:1].isupper()
            and is_rather_given(folded[at])
            and folded[at] != folded[-1]
            and folded[at] not in particles
        ):
            yield _piece(span, words, begin, at)
            begin = at
    yield _piece(span, words, begin, len(words))


def _piece(span: PersonSpan, words: Sequence[str], begin: int, end: int) -> PersonSpan:
    """The words `begin` to `end` of a span, without the rest of a broken apostrophe."""
    text = _BROKEN.sub("", " ".join(words[begin:end]))
    start = span.start + sum(len(word) + 1 for word in words[:begin])
    return span._replace(start=start, end=start + len(text), text=text)


def _families(spans: Sequence[PersonSpan]) -> dict[str, set[str]]:
    """Family name -> the first words of the names that it ends, both in small letters."""
    found: dict[str, set[str]] = {}
    for span in spans:
        first, _, rest = span.text.partition(" ")
        if rest:
            found.setdefault(rest.rpartition(" ")[2].lower(), set()).add(first.lower())
    return found


def _are_families(span: PersonSpan, families: Mapping[str, Set[str]], names: Set[str]) -> bool:
    """Whether a span consists of the family names of several persons of the article; `names` are all of its names.

    Never where one of the words may be a given name: Mushtaq Ahmed bats beside Saqlain Mushtaq and Ijaz Ahmed.
    """
    text = span.text.lower()
    words = text.split(" ")
    own = set(words)
    if (
        not 1 < len(words) <= _MOST_FAMILIES
        or len(own) < len(words)
        or any(families.get(word, own) <= own for word in words)
        or not any(word in names for word in words)
        or any(name.endswith(" " + text) for name in names)
    ):
        return False
    folded = [fold(word) for word in words]
    closed = lists.sections("words.txt")
    return (
        not any(folded[0] in givens for family, givens in families.items() if family not in own)
        and not is_ever_given(folded[0])
        and (closed["suffixes"] | closed["common_elsewhere"]).isdisjoint(folded)
        and not parse(span.text).family_first
    )


def _by_family(span: PersonSpan, pairs: Set[str]) -> Iterator[PersonSpan]:
    """The family names of which a span consists, if it is one of `pairs`."""
    if span.text not in pairs:
        yield span
        return
    words = span.text.split(" ")
    for at in range(len(words)):
        yield _piece(span, words, at, at + 1)
