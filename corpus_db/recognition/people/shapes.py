"""What the choice leaves in pieces, and what stands on a name that is no part of it: closed lists, no weights.

A candidate has at most six words, and the annotated news that the weights were learnt from has few names of
the Gulf, of India and of Malaysia. So, after the choice, on token ranges:

- *links* say what is one name: two names with nothing but a space between them; "bin" and what stands on
  both sides of it; the third syllable of a Korean name that is an English word elsewhere (Kim Jong Un,
  Moon Jae-in); initials without points before an Indian name (R Ashoka); "Hassan Sheikh Mohamud";
  names with a word that is in no name elsewhere (split_names.py).
  Ranges that share a token become one name, of the rule `joined`.
- honorifics that are names elsewhere are taken off its beginning ("Shaikh Khalifa", "Tan Sri Rashid").
- what such words or an agency's letters are by themselves is nobody.

In 2,000 British articles two names stood side by side once ("Major", "Tom"): the first link is safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .candidates import Indices
from .lexicon import EAST_ASIAN, read_list
from .rules import CONFIDENCE, Found, articles_of, ranges_of
from .split_names import split_names
from .tokens import Tokens, Vocabulary
from .words import FAMILY, GIVEN, INITIAL, NAME, PARTICLE, STOP, UPPER, fold, stable_hashes

_CHAINS = ("bin", "bint", "ibn", "binti", "binte")
_INSIDE = ("Sheikh", "Sheik")  # stand inside Somali names
_PARTICLES = ("de", "del", "da", "dos", "das", "di", "van", "von", "der", "al", "el")
_AND = ("e",)  # Portuguese: "Ana Dias de Castro e Costa"
_TWO = 2  # words
_SYLLABLES = 2  # words of a Korean name before its last
_THIRD = ("Un", "UN")
_THIRD_TAIL = ("-in", "-a", "-on")
_ARTICLES = ("A", "I")  # an initial only before another
_SHORTENED = (
    "JD",
    "JR",
    "JP",
    "JK",
    "JJ",
    "AJ",
    "BJ",
    "CJ",
    "KJ",
    "LJ",
    "MJ",
    "OJ",
    "PJ",
    "RJ",
    "TJ",
    "Md",
    "Md.",
    "Mohd",
    "Mohd.",
    "Muhd",
)
_DEFINITE = frozenset(("the", "'s", "’s", "his"))

Link = tuple[int, int]  # first token, end


class _Words(NamedTuple):
    before: frozenset[tuple[str, ...]]
    before_two: frozenset[str]
    before_given: frozenset[str]
    rulers: frozenset[str]
    nobody: frozenset[str]
    capitals: frozenset[str]
    first: NDArray[np.uint64]  # sorted hashes of the words that one of these begins with


@cache
def _words() -> _Words:
    sections: dict[str, list[str]] = {}
    for line in read_list("honorifics"):
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        else:
            current.append(line)
    before = frozenset(tuple(line.split()) for line in sections["before"])
    rulers, capitals = frozenset(sections["rulers"]), frozenset(sections["capitals"])
    nobody = frozenset((*sections["nobody"], *sections["before"]))
    before_two, before_given = frozenset(sections["before_two"]), frozenset(sections["before_given"])
    first = sorted({line.split()[0] for line in nobody} | rulers | capitals | before_two | before_given)
    return _Words(before, before_two, before_given, rulers, nobody, capitals, np.sort(stable_hashes(first)))


def shape(tokens: Tokens, vocabulary: Vocabulary, found: list[Found]) -> list[Found]:
    """The names of a batch, in order: joined, trimmed, and without what is nobody."""
    start, end = ranges_of(found)
    links: list[Link | Found] = [
        *_side_by_side(tokens, start, end),
        *_particles(tokens, vocabulary, start, end),
        *_inside(tokens, vocabulary, start),
        *_third_syllables(tokens, vocabulary, start, end),
        *_initials(tokens, vocabulary, start),
        *split_names(tokens, vocabulary),
    ]
    if links:
        found = _merged(found, links)
        start, _ = ranges_of(found)
    return _trimmed(tokens, vocabulary, found, start)


def _spaced(tokens: Tokens, second: Indices) -> Indices:
    """Those tokens that one space parts from the one before."""
    spaced: Indices = second[tokens.start[second] - tokens.end[second - 1] == 1]
    return spaced


def _side_by_side(tokens: Tokens, start: Indices, end: Indices) -> Iterator[Link]:
    """Two names with nothing but a space between them."""
    for second in _spaced(tokens, start[1:][start[1:] == end[:-1]]).tolist():
        yield second - 1, second + 1


def _between(tokens: Tokens, place: Indices) -> Indices:
    """Those tokens that stand between two capitalised words of a name."""
    around = tokens.classes[place - 1] & tokens.classes[place + 1] & NAME
    place = place[around != 0]
    return _spaced(tokens, _spaced(tokens, place) + 1) - 1


def _particles(
    tokens: Tokens, vocabulary: Vocabulary, start: Indices, end: Indices
) -> Iterator[Link | Found]:
    """ "bin" with the words around it, "de" between two names, the Portuguese "e" behind one."""
    within = _between(tokens, np.flatnonzero((tokens.classes & PARTICLE) != 0))
    opens, closes = set(start.tolist()), set(end.tolist())
    long = set(end[end - start > _TWO].tolist())
    for token, kind in zip(within.tolist(), tokens.types[within].tolist(), strict=True):
        word = vocabulary.words[kind]
        if word in _CHAINS:
            yield token - 1, token + 2
            known = int(np.searchsorted(start, token + 1, side="right"))
            if not known or end[known - 1] < token:
                yield from _whole_chain(tokens, token)
        elif (word in _PARTICLES and token in closes and token + 1 in opens) or (
            word in _AND and token in long
        ):
            yield token - 1, token + 2


def _whole_chain(tokens: Tokens, token: int) -> Iterator[Found]:
    """A chain of fathers of which the choice has no part, unless it goes on as the name of something else."""
    classes, last = tokens.classes, token + 2

    def goes_on(kinds: int) -> bool:
        return bool(classes[last] & kinds) and int(tokens.start[last] - tokens.end[last - 1]) == 1

    while goes_on(NAME | PARTICLE):
        last += 1
    while not classes[last - 1] & NAME:
        last -= 1
    if not goes_on(NAME | STOP):
        yield Found(token - 1, last, CONFIDENCE, "joined")


def _inside(tokens: Tokens, vocabulary: Vocabulary, start: Indices) -> Iterator[Link]:
    """ "Sheikh" between a given name and another."""
    place, kinds = start[(tokens.classes[start - 1] & STOP) != 0] - 1, vocabulary.types_of(_INSIDE)
    place = place[[kind in kinds for kind in tokens.types[place].tolist()]]
    place = _between(tokens, place[(tokens.classes[place - 1] & GIVEN) != 0])
    for token in place.tolist():
        if fold(vocabulary.words[tokens.types[token - 1]]) not in _words().rulers:
            yield token - 1, token + 2


def _third_syllables(tokens: Tokens, vocabulary: Vocabulary, start: Indices, end: Indices) -> Iterator[Link]:
    """ "Un" after "Kim Jong", "-in" after "Moon Jae"."""
    thirds, tails = vocabulary.types_of(_THIRD), vocabulary.types_of(_THIRD_TAIL)
    if not thirds and not tails:
        return
    two = end[end - start == _SYLLABLES]
    two = two[[kind in thirds or kind in tails for kind in tokens.types[two].tolist()]]
    asian = vocabulary.listed.values[tokens.types[two - 2]] & EAST_ASIAN != 0
    for last in two[asian].tolist():
        gap = int(tokens.start[last] - tokens.end[last - 1])
        alike = (tokens.classes[last] & UPPER) == (tokens.classes[last - 1] & UPPER)
        if (gap == 1 and alike) if int(tokens.types[last]) in thirds else gap == 0:
            yield last - 1, last + 1


def _initials(tokens: Tokens, vocabulary: Vocabulary, start: Indices) -> Iterator[Link]:
    """Letters without points before a name: "R Ashoka", "A S Ponnanna"."""
    words, types, classes = vocabulary.words, tokens.types, tokens.classes
    before, articles = classes[start - 1], vocabulary.types_of(_ARTICLES)
    letters = _spaced(tokens, start[(before & (INITIAL | UPPER | NAME | STOP)) != 0])
    two = vocabulary.types_of(_SHORTENED)
    for first in letters.tolist():
        kind = int(types[first - 1])
        letter = len(words[kind]) == 1 and (kind not in articles or classes[first] & INITIAL)
        if words[types[first - 2]] == "," and words[kind] == "Md.":  # "Baltimore, Md."
            continue
        if (letter or kind in two) and not classes[first - 2] & (GIVEN | FAMILY):
            yield first - 1, first + 1


def _merged(found: list[Found], links: Sequence[Link | Found]) -> list[Found]:
    """The names, with all ranges that share a token in one; a link that touches no name is none."""
    if not links:
        return found
    ranges = sorted(
        [*found, *(link if isinstance(link, Found) else Found(*link, 2.0, "joined") for link in links)]
    )
    result: list[Found] = []
    for name in ranges:
        if result and name.start < result[-1].end:
            last = result[-1]
            inside = name.end <= last.end and last.rule != "joined"
            rule = last.rule if inside else "joined"
            result[-1] = Found(
                last.start, max(last.end, name.end), min(last.probability, name.probability), rule
            )
        else:
            result.append(name)
    return [name for name in result if name.probability <= 1]


def _trimmed(tokens: Tokens, vocabulary: Vocabulary, found: list[Found], start: Indices) -> list[Found]:
    """Without honorifics at the beginning of names, and without names that are nobody's."""
    words = _words()
    hashes = vocabulary.hashes.values[tokens.types[start]]
    odd = words.first[np.searchsorted(words.first[:-1], hashes)] == hashes
    odd |= ((tokens.classes[start] & UPPER) != 0) & (vocabulary.type_of("(") == tokens.types[start - 1])
    for i in np.flatnonzero(odd)[::-1].tolist():
        name = found[i]
        written = [vocabulary.words[kind] for kind in tokens.types[name.start : name.end].tolist()]
        folded = [fold(word) for word in written]
        before = vocabulary.words[tokens.types[name.start - 1]]
        after = vocabulary.words[tokens.types[name.end]]
        off = _honorifics(folded, bool(tokens.classes[name.start + 1] & GIVEN))
        if len(folded) == 1 and before.lower() not in _DEFINITE and _ends_a_name(tokens, found, i):
            continue  # "Bishop" of Julie Bishop
        if _is_nobody(written[off:], folded[off:], before, after):
            del found[i]
        elif off:
            found[i] = Found(name.start + off, name.end, name.probability, name.rule)
    return found


def _ends_a_name(tokens: Tokens, found: Sequence[Found], number: int) -> bool:
    """Whether the one word of a name ends a longer name of its article."""
    name = found[number]
    article = int(articles_of(tokens, name.start))
    low, high = int(tokens.first[article - 1]), int(tokens.first[article])
    kind = tokens.types[name.start]
    places = low + np.flatnonzero(tokens.types[low:high] == kind) + 1
    ends = {other.end for other in found if low <= other.start < high and other.end - other.start > 1}
    return not ends.isdisjoint(places.tolist())


def _honorifics(folded: Sequence[str], is_given: bool) -> int:
    """How many words before the name are no part of it; a name keeps one word. `is_given`: the second can be a given name."""
    words, off = _words(), 0
    chained = not set(_CHAINS).isdisjoint(folded)
    while len(folded) - off > 1:
        if tuple(folded[off : off + 2]) in words.before and len(folded) - off > 2:
            off += 2
        elif (
            (folded[off],) in words.before
            or (chained and folded[off] in words.rulers)
            or (folded[off] in words.before_two and len(folded) - off > _TWO)
            or (folded[off] in words.before_given and is_given and not off)
        ):
            off += 1
        else:
            break
    return off


def _is_nobody(written: Sequence[str], folded: Sequence[str], before: str, after: str) -> bool:
    words, text = _words(), " ".join(folded)
    if text in words.nobody:
        return True
    if len(written) > 1:
        return False
    if text in words.rulers:  # "the Emir", "Qatar's Emir", "Emir of Qatar"
        return before.lower() in _DEFINITE or after == "of"
    if not written[0].isupper():
        return False
    return text in words.capitals or (before == "(" and after == ")" and len(text) == _CODE)


_CODE = 3  # letters of a country's or an agency's code: "(KEN)"
