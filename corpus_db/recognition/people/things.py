"""Names that are no person's, because the article says of what they are: "Caldoni is a maker of bicycles".

Companies, villages and horses that bear a founder's or a hero's name look like persons wherever they
stand; the article mostly says once what they are, and that counts for all of it.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from .candidates import Candidates, Indices
from .found import articles_of
from .lexicon import Lexicon
from .tokens import Tokens, Vocabulary, WordBits
from .words import BREAK, GIVEN, LOWER, MARK, NAME, SENTENCE_END, STOP

VERBS = np.array((2, 3, 4, 5))  # tokens before a name where "told" parts it from the word before it
PARTY_AND_STATE = 2  # words of "R Wyo"
MOST_WORDS = 5  # between "is a" and what it is

# What a word says about the name beside it, as bits of one number.
THERE, EVERYWHERE, PLACES, OF, TOLD, TO, IS, FOLLOW, AFTER, OWNED, LED = (1 << bit for bit in range(11))
BEGINS, ENDS, PARTY, STATE, NOUN = (1 << bit for bit in range(11, 16))  # said by its own words
_WORDS = {
    OF: ("of", "called", "named"),
    TOLD: ("told",),
    TO: ("to",),
    IS: ("is", "was"),
}
_KINDS = {
    THERE: "before names, there",
    EVERYWHERE: "before names, everywhere",
    PLACES: "before names after of, everywhere",
    FOLLOW: "follow",
    AFTER: "after names",
    OWNED: "after names, everywhere",
    LED: "between names, everywhere",
    BEGINS: "begin no names",
    ENDS: "end no names",
    PARTY: "parties",
    STATE: "states",
    NOUN: "in front of it",
}


def without_things(tokens: Tokens, vocabulary: Vocabulary, candidates: Candidates, taken: Indices) -> Indices:
    """`taken`, in order of position, without what is a thing: "Caldoni is a maker of", "the village of Caldoni".

    What "is a company", has a "chief executive" or is a place loses its name in the whole article. A work, what stands behind "the firm", and
    what a school or prize is named after ("Caldoni Prize") only there. Single words that are in longer names of the article stay.
    """
    types, kinds = tokens.types, vocabulary.lexicon.kinds
    says = vocabulary.said(_bits(vocabulary.lexicon))
    start = candidates.start[taken]
    end = start + candidates.size[taken]
    before, second = says.take(types.take(start - 1)), says.take(types.take(start - 2))
    named = (before & EVERYWHERE != 0) | ((before & OF != 0) & (second & PLACES != 0))
    asked = np.flatnonzero(named | (before & THERE != 0))
    told = (says.take(types.take(start[asked, None] - VERBS)) & TOLD).any(
        axis=1
    )  # "She told the newspaper Soto was"
    told |= (second[asked] & TO) != 0  # "to film Soto"
    told |= tokens.start.take(start[asked]) - tokens.end.take(start[asked] - 1) != 1
    things, lost = set[int](), set[int]()
    for i in asked[~told].tolist():
        (things if named[i] else lost).add(i)
    lost.update(_by_own_words(tokens, vocabulary, says, start, end).tolist())
    behind = says.take(types.take(end))
    close = np.flatnonzero(behind & (AFTER | OWNED | LED))
    close = close[tokens.start.take(end[close]) - tokens.end.take(end[close] - 1) == 1]
    leads = (tokens.classes.take(end[close] + 1) & NAME) != 0
    close = close[leads | ((behind[close] & LED) == 0)]
    owned = behind[close] & (OWNED | LED) != 0
    things.update(close[owned].tolist())
    lost.update(close[~owned].tolist())
    is_a = np.flatnonzero(behind & IS)
    for i in is_a[(tokens.classes.take(start[is_a] - 1) & (BREAK | SENTENCE_END)) != 0].tolist():
        word = _what(tokens, vocabulary, says, int(end[i]) + 1)
        if word in kinds["things"]:
            things.add(i)
        elif word in kinds["works"]:
            lost.add(i)
    if things:
        lost |= _same(tokens, candidates, taken, things)
    return np.delete(taken, sorted(lost)) if lost else taken


def _by_own_words(
    tokens: Tokens, vocabulary: Vocabulary, says: NDArray[np.uint16], start: Indices, end: Indices
) -> Indices:
    """The numbers of the names that are none by their own words: "Port Talbot", "Soto Avenue", the Farm "Bill"."""
    first, last = says.take(tokens.types.take(start)), says.take(tokens.types.take(end - 1))
    size = end - start
    gone = (size > 1) & ((first & BEGINS) | (last & ENDS) != 0)
    gone |= (size == PARTY_AND_STATE) & (first & PARTY != 0) & (last & STATE != 0)
    alone = np.flatnonzero((size == 1) & (first & NOUN != 0))
    place = start[alone]
    noun = tokens.start[place] - tokens.end[place - 1] == 1
    noun &= (tokens.classes[place - 1] & (NAME | STOP)) != 0
    noun &= (tokens.classes[place - 1] & GIVEN) == 0
    noun &= (tokens.classes[place - 2] & (BREAK | SENTENCE_END | MARK)) == 0
    for i in alone[noun].tolist():
        before = vocabulary.words[tokens.types[start[i] - 1]].lower().removesuffix(".")
        gone[i] = before not in vocabulary.lexicon.titles
    result: Indices = np.flatnonzero(gone)
    return result


@cache
def _bits(lexicon: Lexicon) -> WordBits:
    return WordBits([*_WORDS.items(), *((bit, lexicon.kinds[kind]) for bit, kind in _KINDS.items())])


def _what(tokens: Tokens, vocabulary: Vocabulary, says: NDArray[np.uint16], place: int) -> str:
    """What somebody or something is who "is a …", from the article on; empty where it is not clear."""
    types, kinds = tokens.types, vocabulary.lexicon.kinds
    if vocabulary.words[types[place]] not in ("a", "an"):
        return ""
    for here in range(place + 1, place + 2 + MOST_WORDS):
        word = vocabulary.words[types[here]]
        if says[types[here]] & FOLLOW or not tokens.classes[here] & (LOWER | NAME | STOP):
            return ""
        if word in kinds["things"] or word in kinds["works"]:
            ends = says[types[here + 1]] & FOLLOW or tokens.classes[here + 1] & (MARK | BREAK)
            return word if ends else ""
    return ""


def _same(tokens: Tokens, candidates: Candidates, taken: Indices, things: set[int]) -> set[int]:
    """The numbers of all names that are the same as one of these in its article."""
    start = candidates.start[taken]
    articles = articles_of(tokens, start)
    end = start + candidates.size[taken]
    found: set[int] = set()
    for article in {int(articles[i]) for i in things}:
        first, after = np.searchsorted(articles, (article, article + 1)).tolist()
        edges = zip(start[first:after].tolist(), end[first:after].tolist(), strict=True)
        words = [tuple(tokens.types[low:high].tolist()) for low, high in edges]
        inside = {(word,) for name in words if len(name) > 1 for word in (name[0], name[-1])}
        gone = {words[i - first] for i in things if first <= i < after} - inside
        found |= {i for i, name in enumerate(words, first) if name in gone}
    return found
