"""Names with a word that stands in no name elsewhere: "To Lam", "He Lifeng", "Win Myint", "Tom Waits", "Lady Gaga".

Stop words cut runs, and that is worth more than it costs; but some are family names too, and then no
candidate has the whole name. So, beside the choice, a few stops are looked at with their neighbours:

- a Chinese or Vietnamese family name before what is made of syllables of given names, once in running
  text; then everywhere in the article;
- two Burmese names side by side, one of them a stop;
- a known given name and a family name behind it that ends the run, once; then that family name alone, where
  the sentence has it behind a word in small letters or a title, or says what it said;
- names known as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .candidates import Indices
from .features import made_of
from .found import Found, articles_of
from .lexicon import EAST_ASIAN, PLACE_NAME, SMALL_WORD, read_list
from .rules import CONFIDENCE, DEEDS
from .tokens import Tokens, Vocabulary, WordBits
from .words import BREAK, GIVEN, INITIAL, LOWER, MARK, NAME, NUMBER, PLACE, SENTENCE_END, STOP, UPPER, fold

ASIAN, WARY, BURMESE, FAMILY, ALONE, WHOLE = (1 << bit for bit in range(6))
_HEADINGS = {
    "family before syllables": ASIAN,
    "in small words too": WARY,
    "burmese": BURMESE,
    "after given names": FAMILY,
    "also alone": ALONE,
}
_RULE = "joined"
_SHORTEST = 3  # letters of a given name after a word that titles have: "the band You Me at Six"
_POSSESSIVE = ("'s", "’s")


@cache
def _words() -> tuple[WordBits, dict[str, list[tuple[str, ...]]]]:
    """Capitalised word -> bits; first word of the names known as a whole -> their other words, longest first."""
    bits: list[tuple[int, list[str]]] = []
    whole: dict[str, list[tuple[str, ...]]] = {}
    for line in read_list("split_names"):
        if line.startswith("["):
            heading = line.strip("[]")
        elif heading in _HEADINGS:
            bits.append((_HEADINGS[heading], list(map(str.capitalize, line.split()))))
        else:
            first, *others = line.split()
            bits.append((WHOLE, [first.capitalize()]))
            whole.setdefault(first, []).append(tuple(others))
    return WordBits(bits), {first: sorted(others, key=len, reverse=True) for first, others in whole.items()}


def split_names(tokens: Tokens, vocabulary: Vocabulary) -> Iterator[Found]:
    """These names, as ranges that may overlap what was chosen."""
    says = vocabulary.said(_words()[0]).take(tokens.types)
    stops = np.flatnonzero(says != 0)
    kinds = says[stops]
    yield from _whole(tokens, vocabulary, stops[(kinds & WHOLE) != 0])
    stop = (tokens.classes[stops] & STOP) != 0
    stops, kinds = stops[stop], kinds[stop]
    yield from _asian(tokens, vocabulary, stops[(kinds & ASIAN) != 0], says)
    yield from _burmese(tokens, stops[(kinds & BURMESE) != 0], says)
    yield from _family(tokens, vocabulary, stops[(kinds & FAMILY) != 0], says)


def _name(start: int, end: int) -> Found:
    return Found(start, end, CONFIDENCE, _RULE)


def _follows(tokens: Tokens, place: Indices, kinds: int) -> NDArray[np.bool_]:
    """Whether a token of these kinds follows, after one space and not in capitals."""
    spaced = tokens.start[place + 1] - tokens.end[place] == 1
    behind = tokens.classes[place + 1]
    result: NDArray[np.bool_] = spaced & ((behind & kinds) != 0) & ((behind & UPPER) == 0)
    return result


def _same_pairs(tokens: Tokens, anchors: Indices, places: Indices) -> Indices:
    """Those places whose two words are those of an anchor of the same article."""

    def keys(where: Indices) -> NDArray[np.int64]:
        types = tokens.types.astype(np.int64)
        return (articles_of(tokens, where) << 40) + (types[where] << 20) + types[where + 1]

    result: Indices = places[np.isin(keys(places), keys(anchors))]
    return result


def _asian(
    tokens: Tokens, vocabulary: Vocabulary, stops: Indices, says: NDArray[np.uint16]
) -> Iterator[Found]:
    """A family name before a word made of syllables."""
    stops = stops[_follows(tokens, stops, NAME)]
    if not len(stops):
        return
    classes, words = tokens.classes, vocabulary.words
    given = tokens.types[stops + 1]
    folded = [fold(words[kind]) for kind in given.tolist()]
    likely = np.array(made_of(vocabulary.lexicon.syllables, folded), np.bool_)
    likely |= (vocabulary.listed.values[given] & EAST_ASIAN) != 0
    stops = stops[likely & ~_follows(tokens, stops + 1, NAME | STOP | INITIAL)]
    before, listed = classes[stops - 1], vocabulary.listed.values[tokens.types[stops + 1]]
    running = (before & LOWER) != 0
    titles = vocabulary.lexicon.titles
    titled = [words[kind].lower().removesuffix(".") in titles for kind in tokens.types[stops - 1].tolist()]
    running |= np.array(titled, np.bool_)
    running &= (classes[stops + 2] & (LOWER | MARK | BREAK)) != 0
    running &= tokens.end[stops + 1] - tokens.start[stops + 1] >= _SHORTEST
    opening = (before & (BREAK | SENTENCE_END | MARK)) != 0
    wary = (says[stops] & WARY) != 0
    word = (listed & (PLACE_NAME | SMALL_WORD)) != 0
    anchors = stops[np.where(wary, running & ~word, running | opening)]
    for start in _same_pairs(tokens, anchors, stops).tolist():
        yield _name(start, start + 2)


def _burmese(tokens: Tokens, stops: Indices, says: NDArray[np.uint16]) -> Iterator[Found]:
    """Burmese names in a row."""

    def joins(place: int) -> bool:
        """Whether the token and the next are such names, with one space between."""
        both = says[place] & says[place + 1] & BURMESE
        return bool(both) and int(tokens.start[place + 1] - tokens.end[place]) == 1

    for stop in stops.tolist():
        start, end = stop, stop + 1
        while joins(start - 1):
            start -= 1
        while joins(end - 1):
            end += 1
        if end - start > 1:
            yield _name(start, end)


def _family(
    tokens: Tokens, vocabulary: Vocabulary, stops: Indices, says: NDArray[np.uint16]
) -> Iterator[Found]:
    """A given name before a family name that is a word."""
    classes, words, lexicon = tokens.classes, vocabulary.words, vocabulary.lexicon
    ends = stops[~_follows(tokens, stops, NAME | STOP | NUMBER)]
    before = classes[ends - 1]
    known = _follows(tokens, ends - 1, STOP) & ((before & GIVEN) != 0) & ((before & PLACE) == 0)
    known &= (before & UPPER) == 0
    known &= (vocabulary.listed.values[tokens.types[ends - 1]] & EAST_ASIAN) == 0  # "An Irish judge"
    family: dict[int, set[int]] = {}
    for end in ends[known].tolist():
        start = end - 1
        while classes[start - 1] & (GIVEN | INITIAL) and tokens.start[start] - tokens.end[start - 1] == 1:
            start -= 1
        yield _name(start, end + 1)
        family.setdefault(int(articles_of(tokens, end)), set()).add(int(tokens.types[end]))
    if not family:
        return
    alone = ends[(before & NAME) == 0]
    for place in alone.tolist():
        kind = int(tokens.types[place])
        if kind not in family.get(int(articles_of(tokens, place)), ()):
            continue
        around = [words[tokens.types[k]].lower().removesuffix(".") for k in (place - 1, place + 1)]
        titled, said = around[0] in lexicon.titles, not DEEDS.isdisjoint(around)
        noun = bool(classes[place - 1] & LOWER) or around[1] in _POSSESSIVE
        if titled or said or (says[place] & ALONE and noun):
            yield _name(place, place + 1)


def _whole(tokens: Tokens, vocabulary: Vocabulary, stops: Indices) -> Iterator[Found]:
    """Names known as a whole."""
    for start in stops.tolist():
        first, *others = (fold(vocabulary.words[kind]) for kind in tokens.types[start : start + 4].tolist())
        for rest in _words()[1].get(first, ()):
            if tuple(others[: len(rest)]) == rest:
                yield _name(start, start + 1 + len(rest))
                break
