"""How common a name is: about how many living people bear it.

A corpus that names "Jyrki Katainen" twice means one man, one that names "John Smith" twice often two. How
much evidence it takes to tell is decided by a static table, never by counts of the corpus: they would
change with every import, and so would the people.

The number of bearers is estimated region by region, people × share of the given name × share of the family
name (shares.txt, in powers of two), and the largest region counts. A name that a region's list does not
have gets the region's least share. Chinese and Korean given names are made of few syllables, so their
share is a product over the syllables. Orders of magnitude are all that is wanted: names are not
independent of each other, and who is in the news is no random sample.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from corpus_db.names import lists
from corpus_db.names.parse import Name

PEOPLE: Final[Mapping[str, float]] = {
    "english": 450e6, "spanish": 480e6, "portuguese": 220e6, "german": 95e6, "french": 80e6, "italian": 60e6,
    "dutch": 24e6, "nordic": 27e6, "slavic": 80e6, "russian": 200e6, "turkish": 85e6, "arabic": 650e6,
    "indian": 1400e6, "indonesian": 270e6, "japanese": 125e6, "vietnamese": 97e6, "african": 400e6,
    "chinese": 1400e6, "korean": 77e6,
}  # fmt: skip
"""People who bear the names of a region's list, wherever they live."""

LEAST_GIVEN: Final = -18  # powers of two, of a name that the list does not have
LEAST_FAMILY: Final = -20
_INITIAL: Final = -4.5  # of an initial
_MIDDLE: Final = -6.0  # of a middle name
_SYLLABLE: Final = {"chinese": -7.5, "korean": -6.0}  # of one syllable of a given name
_ONE_SYLLABLE: Final = {"chinese": -10.0, "korean": -12.0}  # of a given name of one syllable


@cache
def _shares(kind: str) -> Mapping[str, Mapping[str, int]]:
    """For `kind` given or family: folded name -> region -> power of two."""
    found: dict[str, dict[str, int]] = {}
    for line in lists.lines("shares.txt"):
        head, _, names = line.partition("\t")
        region, listed, step = head.split(" ")
        if listed == kind:
            for name in names.split(" "):
                found.setdefault(name, {})[region] = int(step)
    return found


def _by_region(kind: str, word: str) -> Mapping[str, int]:
    """The shares of a folded name, where a region lacks it of the spelling that its group is filed under."""
    known = _shares(kind)
    root = lists.variant_group().get(word, word)
    own = known.get(word, _NOWHERE)
    return own if root == word or root not in known else {**known[root], **own}


_NOWHERE: Final[Mapping[str, int]] = {}
_RATHER: Final = 4  # powers of two between the shares of a given name and of the same word as a family name


@lru_cache(maxsize=1 << 14)
def is_rather_given(word: str) -> bool:
    """Whether a folded word is a common given name of English and far more often that than a family name.

    >>> is_rather_given("melissa"), is_rather_given("john"), is_rather_given("kennedy"), is_rather_given("lee")
    (True, True, False, False)
    """
    given, family = _shares("given").get(word, _NOWHERE), _shares("family").get(word, _NOWHERE)
    share = given.get("english")
    return (
        share is not None
        and lists.is_common_given(word)
        and share >= family.get("english", LEAST_FAMILY) + _RATHER
    )


def is_ever_given(word: str) -> bool:
    """Whether a folded word is a given name anywhere, or may be one for all that is known.

    >>> is_ever_given("kerry"), is_ever_given("ijaz"), is_ever_given("dodd"), is_ever_given("schumer")
    (True, True, False, False)
    """
    if word in _shares("given") or word in lists.given_names():
        return True
    return lists.gender(word) is not None and "english" not in _shares("family").get(word, _NOWHERE)


def _syllables(name: Name) -> int:
    """Of how many syllables of Pinyin or Korean a given name consists; 0 where it is none."""
    rest = [part for part in name.parts if part not in name.family]
    counts = [lists.syllable_count(part) for part in rest]
    return sum(counts) if all(counts) else 0


def _given_share(region: str, listed: Mapping[str, int], syllables: int) -> float | None:
    """The share of a given name in a region; None where it is unknown there."""
    if region not in _SYLLABLE:
        return listed.get(region)
    if syllables == 1:
        return listed.get(region, _ONE_SYLLABLE[region])
    return syllables * _SYLLABLE[region] if syllables else None


@lru_cache(maxsize=1 << 15)
def bearers(name: Name) -> float:
    """About how many people bear a full name, as a logarithm to base 10, to one decimal; at least 0.

    >>> from corpus_db.names import parse
    >>> bearers(parse("John Smith")) > 4, bearers(parse("Wang Wei")) > 5, bearers(parse("Jyrki Katainen")) < 2
    (True, True, True)
    """
    given_name, families = name.given, name.family
    if name.family_first and given_name in lists.sections("east_asian.txt")["vietnamese"]:
        given_name, families = name.family[0], (name.given,)  # the word used alone is the given name
    given = _by_region("given", given_name)
    family = [_by_region("family", word) for word in families]
    regions = set().union(given, *family)
    syllables = _syllables(name) if not regions.isdisjoint(_SYLLABLE) else 0
    middle = sum(_INITIAL if len(word) == 1 else _MIDDLE for word in name.middle)
    most = 0.0  # of people and shares together, a power of two
    for region in regions:
        share = _INITIAL if len(given_name) == 1 else _given_share(region, given, syllables)
        step = math.log2(PEOPLE[region]) + (LEAST_GIVEN if share is None else share) + middle
        most = max(most, step + sum(shares.get(region, LEAST_FAMILY) for shares in family))
    return round(most * math.log10(2), 1)
