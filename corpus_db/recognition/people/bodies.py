"""Names that are no person's, because the world knows the body that bears them: "Wells Fargo", "Sinn Fein".

The model has never seen most firms, parties and papers whose names look like a person's, and finds more
than half of them in sentences that fit both. They are a closed list (data/people/bodies.txt): no person, unless
the article treats one as a person (a title before its last word, an age or "who" behind it). Its last
word alone goes with it. Nor is what stands on either side of "&": "Marks & Spencer".
"""

from __future__ import annotations

import itertools
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .candidates import MAX_SPAN, Candidates, Indices, string_keys
from .found import among, articles_of
from .lexicon import Lexicon
from .rules import LONGEST_AGE
from .tokens import Tokens, Vocabulary
from .words import NAME, STOP, stable_hashes

_WORDS = np.arange(MAX_SPAN)


class _Known(NamedTuple):
    """The names of the list, as sorted keys: of their first words, and of them all."""

    first: NDArray[np.uint64]
    whole: NDArray[np.uint64]


@cache
def _known(lexicon: Lexicon) -> _Known:
    words = [phrase.split() for phrase in lexicon.bodies]
    sizes = np.array([len(phrase) for phrase in words], np.int64)
    hashes = stable_hashes(list(itertools.chain.from_iterable(words)))
    starts = np.cumsum(sizes) - sizes
    return _Known(np.unique(hashes[starts]), np.sort(string_keys(hashes, starts, sizes)))


def _bodies(tokens: Tokens, vocabulary: Vocabulary, start: Indices, size: Indices) -> Indices:
    """The places of the names that are a body's."""
    known, hashes = _known(vocabulary.lexicon), vocabulary.hashes.values
    asked = np.flatnonzero(among(known.first, hashes.take(tokens.types.take(start))))
    words = hashes.take(tokens.types.take(start[asked, None] + _WORDS, mode="clip"))
    keys = string_keys(words.ravel(), np.arange(len(asked)) * len(_WORDS), size[asked])
    result: Indices = asked[among(known.whole, keys)]
    return result


def without_bodies(tokens: Tokens, vocabulary: Vocabulary, candidates: Candidates, taken: Indices) -> Indices:
    """`taken`, in order of position, without names of bodies."""
    start, size = candidates.start[taken], candidates.size[taken]
    lost = set(_joined_by_ampersand(tokens, vocabulary, start, size).tolist())
    bodies = _bodies(tokens, vocabulary, start, size)
    if len(bodies):
        lost |= _with_last_words(tokens, vocabulary, start, size, bodies)
    return np.delete(taken, sorted(lost)) if lost else taken


def _joined_by_ampersand(tokens: Tokens, vocabulary: Vocabulary, start: Indices, size: Indices) -> Indices:
    """The places of single names beside "&" and another capitalised word."""
    sign = vocabulary.type_of("&")
    if sign < 0:
        return np.zeros(0, np.int64)
    single = np.flatnonzero(size == 1)
    place = start[single]
    before, behind = tokens.types.take(place - 1) == sign, tokens.types.take(place + 1) == sign
    asked = np.flatnonzero(before | behind)
    place, before, behind = place[asked], before[asked], behind[asked]
    name = NAME | STOP
    joined = before & ((tokens.classes[place - 2] & name) != 0)
    joined |= behind & ((tokens.classes[place + 2] & name) != 0)
    result: Indices = single[asked[joined]]
    return result


def _with_last_words(
    tokens: Tokens, vocabulary: Vocabulary, start: Indices, size: Indices, bodies: Indices
) -> set[int]:
    """The places of these bodies and of their last words alone, but where the article treats one as a person."""
    lost: set[int] = set()
    articles = articles_of(tokens, start[bodies])
    for article in np.unique(articles).tolist():
        low, high = start.searchsorted(tokens.first[article - 1 : article + 1]).tolist()
        last = tokens.types.take(start[low:high] + size[low:high] - 1)
        seen: set[tuple[int, ...]] = set()  # all of one name are judged with the first
        for body in bodies[articles == article].tolist():
            words = tuple(tokens.types[start[body] : start[body] + size[body]].tolist())
            if words in seen:
                continue
            seen.add(words)
            alike = low + np.flatnonzero(last == last[body - low])
            if not any(_is_person(tokens, vocabulary, int(start[k]), int(size[k])) for k in alike.tolist()):
                own = alike[_same(tokens, start, size, alike, body)]
                others = alike[(size[alike] > 1) & ~np.isin(alike, own)]
                lost.update(own.tolist())
                if not len(others):
                    lost.update(alike[size[alike] == 1].tolist())
    return lost


def _same(tokens: Tokens, start: Indices, size: Indices, places: Indices, body: int) -> NDArray[np.bool_]:
    """Which of these names have the words of the body."""
    words = tokens.types[start[body] : start[body] + size[body]].tolist()
    return np.array([tokens.types[start[k] : start[k] + size[k]].tolist() == words for k in places], np.bool_)


def _is_person(tokens: Tokens, vocabulary: Vocabulary, start: int, size: int) -> bool:
    """Whether a title stands before this name, or an age or "who" behind it."""
    words, titles = vocabulary.words, vocabulary.lexicon.titles
    before = words[tokens.types[start - 1]].lower().removesuffix(".")
    after, second = (words[kind] for kind in tokens.types[start + size : start + size + 2].tolist())
    aged = after == "," and second.isdigit() and len(second) <= LONGEST_AGE
    return before in titles or aged or after == "who" or (after == "," and second == "who")
