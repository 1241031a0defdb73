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
def _shares() -> Mapping[tuple[str, str], Mapping[str, int]]:
    """(region, given or family) -> folded name -> power of two."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for line in lists.lines("shares.txt"):
        head, _, names = line.partition("\t")
        region, kind, step = head.split(" ")
        found.setdefault((region, kind), {}).update(dict.fromkeys(names.split(" "), int(step)))
    return found


def _share(region: str, kind: str, word: str) -> float | None:
    """The share of a folded name, or of the spelling that its group is filed under; None for a name not listed."""
    known = _shares().get((region, kind), {})
    step = known.get(word)
    return known.get(lists.variant_group().get(word, word)) if step is None else step


def _given_share(region: str, name: Name, given: str) -> float | None:
    if region in _SYLLABLE:
        syllables = _syllables(name)
        if not syllables:
            return None
        listed = _share(region, "given", given)
        if syllables == 1:
            return _ONE_SYLLABLE[region] if listed is None else listed
        return syllables * _SYLLABLE[region]
    return _share(region, "given", given)


def _syllables(name: Name) -> int:
    """Of how many syllables of Pinyin or Korean a given name consists; 0 where it is none."""
    rest = [part for part in name.parts if part not in name.family]
    count = 0
    for part in rest:
        least = lists.syllable_count(part)
        if not least:
            return 0
        count += least
    return count


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
    most = 1.0
    for region, people in PEOPLE.items():
        given = _INITIAL if len(given_name) == 1 else _given_share(region, name, given_name)
        found = [_share(region, "family", word) for word in families]
        if given is None and all(share is None for share in found):
            continue
        step = LEAST_GIVEN if given is None else given
        step += sum(LEAST_FAMILY if share is None else share for share in found)
        step += sum(_INITIAL if len(middle) == 1 else _MIDDLE for middle in name.middle)
        most = max(most, people * 2.0**step)
    return round(math.log10(most), 1)
