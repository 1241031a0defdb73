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

from ...names import titles
from .candidates import Indices
from .features import made_of
from .found import Found, Names, among, articles_of
from .lexicon import EAST_ASIAN, FIRST_NAME, lexicon, read_list, read_sections
from .rules import CONFIDENCE
from .split_names import split_names
from .tokens import Tokens, Vocabulary, WordBits
from .words import FAMILY, GIVEN, INITIAL, NAME, PARTICLE, STOP, UPPER, fold, stable_hashes

_SITE = "X."  # the end of a sentence where it was said that somebody wrote there
_TWO = 2  # words
_SYLLABLES = 2  # words of a Korean name before its last

# What a word does, as bits; the words stand in data/people/joining.txt.
CHAIN, BETWEEN, AND, INSIDE, THIRD, TAIL_OF_TWO, ARTICLE, SHORTENED, MD = (1 << bit for bit in range(9))
_SECTIONS = {
    CHAIN: "chains",
    BETWEEN: "particles",
    AND: "and",
    INSIDE: "inside",
    THIRD: "third syllables",
    TAIL_OF_TWO: "third syllables, hyphenated",
    ARTICLE: "articles",
    SHORTENED: "shortened",
}

Said = NDArray[np.uint16]
_NO_NAME = 2.0  # in place of a probability


class _Words(NamedTuple):
    before: frozenset[tuple[str, ...]]
    before_two: frozenset[str]
    before_given: frozenset[str]
    rulers: frozenset[str]
    nobody: frozenset[str]
    capitals: frozenset[str]
    chains: frozenset[str]
    definite: frozenset[str]
    first: NDArray[np.uint64]  # sorted hashes of the words that one of these begins with
    bits: WordBits


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
    before_two = frozenset(sections["before_two"]) | _occupations()
    before_given = frozenset(sections["before_given"])
    first = sorted({line.split()[0] for line in nobody} | rulers | capitals | before_two | before_given)
    joining = read_sections("joining")
    bits = WordBits([*((bit, joining[name]) for bit, name in _SECTIONS.items()), (MD, ["Md."])])
    return _Words(
        before,
        before_two,
        before_given,
        rulers,
        nobody,
        capitals,
        joining["chains"],
        joining["definite"],
        np.sort(stable_hashes(first)),
        bits,
    )


def _occupations() -> frozenset[str]:
    """What a person does, as it stands before names in front of a sentence: "Singer Ana Soto", "Boxers Ana …"."""
    heads = {word for word in titles.heads() if word.isalpha()}
    words = heads | {word + "s" for word in heads}
    return frozenset(word for word in words if not lexicon().listed_one(word) & FIRST_NAME)


def shape(tokens: Tokens, vocabulary: Vocabulary, names: Names) -> Names:
    """The names of a batch, in order: joined, trimmed, and without what is nobody."""
    says = vocabulary.said(_words().bits)
    links = [
        *_side_by_side(tokens, names),
        *_particles(tokens, says, names),
        *_inside(tokens, vocabulary, says, names.start),
        *_third_syllables(tokens, vocabulary, says, names),
        *_initials(tokens, vocabulary, says, names.start),
        *_family_names(tokens, vocabulary, names),
        *split_names(tokens, vocabulary),
    ]
    return _trimmed(tokens, vocabulary, _merged(names, links))


def _spaced(tokens: Tokens, second: Indices) -> Indices:
    """Those tokens that one space parts from the one before."""
    spaced: Indices = second[tokens.start[second] - tokens.end[second - 1] == 1]
    return spaced


def _link(start: int, end: int) -> Found:
    return Found(start, end, _NO_NAME, "joined")


def _side_by_side(tokens: Tokens, names: Names) -> Iterator[Found]:
    """Two names with nothing but a space between them."""
    touching = names.start[1:][names.start[1:] == names.end[:-1]]
    for second in _spaced(tokens, touching).tolist():
        yield _link(second - 1, second + 1)


def _between(tokens: Tokens, place: Indices) -> Indices:
    """Those tokens that stand between two capitalised words of a name."""
    around = tokens.classes[place - 1] & tokens.classes[place + 1] & NAME
    place = place[around != 0]
    return _spaced(tokens, _spaced(tokens, place) + 1) - 1


def _particles(tokens: Tokens, says: Said, names: Names) -> Iterator[Found]:
    """ "bin" with the words around it, "de" between two names, the Portuguese "e" behind one."""
    place = np.flatnonzero((tokens.classes & PARTICLE) != 0)
    place = _between(tokens, place[(says.take(tokens.types.take(place)) & (CHAIN | BETWEEN | AND)) != 0])
    bits = says.take(tokens.types.take(place))
    chained = (bits & CHAIN) != 0
    both = among(names.end, place) & among(names.start, place + 1)
    behind_two = among(names.end[names.end - names.start > _TWO], place)
    joins = chained | (((bits & BETWEEN) != 0) & both) | (((bits & AND) != 0) & behind_two)
    for token, is_chain in zip(place[joins].tolist(), chained[joins].tolist(), strict=True):
        yield _link(token - 1, token + 2)
        if is_chain and not names.within(token - 1, token + 2):  # nor one that ends before it
            yield from _whole_chain(tokens, token)


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


def _inside(tokens: Tokens, vocabulary: Vocabulary, says: Said, start: Indices) -> Iterator[Found]:
    """ "Sheikh" between a given name and another."""
    place = start - 1
    place = place[(says.take(tokens.types.take(place)) & INSIDE) != 0]
    place = place[(tokens.classes[place] & STOP) != 0]
    place = _between(tokens, place[(tokens.classes[place - 1] & GIVEN) != 0])
    for token in place.tolist():
        if fold(vocabulary.words[tokens.types[token - 1]]) not in _words().rulers:
            yield _link(token - 1, token + 2)


def _third_syllables(tokens: Tokens, vocabulary: Vocabulary, says: Said, names: Names) -> Iterator[Found]:
    """ "Un" after "Kim Jong", "-in" after "Moon Jae"."""
    two = names.end[names.end - names.start == _SYLLABLES]
    two = two[(says.take(tokens.types.take(two)) & (THIRD | TAIL_OF_TWO)) != 0]
    asian = vocabulary.listed.values[tokens.types[two - 2]] & EAST_ASIAN != 0
    for last in two[asian].tolist():
        gap = int(tokens.start[last] - tokens.end[last - 1])
        alike = (tokens.classes[last] & UPPER) == (tokens.classes[last - 1] & UPPER)
        if (gap == 1 and alike) if says[tokens.types[last]] & THIRD else gap == 0:
            yield _link(last - 1, last + 1)


def _family_names(tokens: Tokens, vocabulary: Vocabulary, names: Names) -> Iterator[Found]:
    """An East Asian family name that was left before two syllables: "Son" before "Heung-min"."""
    single = names.start[names.end - names.start == 1]
    before = tokens.types.take(single - 1)
    single = single[(vocabulary.listed.values.take(before) & EAST_ASIAN) != 0]
    for first in _spaced(tokens, single[(tokens.classes.take(single - 1) & NAME) != 0]).tolist():
        given = vocabulary.words[tokens.types[first]]
        if given.count("-") == 1 and made_of(vocabulary.lexicon.syllables, [fold(given)])[0]:
            yield _link(first - 1, first + 1)


def _initials(tokens: Tokens, vocabulary: Vocabulary, says: Said, start: Indices) -> Iterator[Found]:
    """Letters without points before a name: "R Ashoka", "A S Ponnanna"."""
    classes, before = tokens.classes, start - 1
    bits = says.take(tokens.types.take(before))
    letter = tokens.end.take(before) - tokens.start.take(before) == 1
    letter &= ((bits & ARTICLE) == 0) | ((classes.take(start) & INITIAL) != 0)
    letter |= (bits & SHORTENED) != 0
    letter &= (classes.take(before) & (INITIAL | UPPER | NAME | STOP)) != 0
    chosen = np.flatnonzero(letter)
    second = start.take(chosen) - 2
    state = (bits.take(chosen) & MD != 0) & (tokens.types.take(second) == vocabulary.type_of(","))
    chosen = chosen[~state & ((classes.take(second) & (GIVEN | FAMILY)) == 0)]  # no "Baltimore, Md."
    for first in _spaced(tokens, start.take(chosen)).tolist():
        yield _link(first - 1, first + 1)


def _merged(names: Names, links: Sequence[Found]) -> Names:
    """The names, with all ranges that share a token in one; a link that touches no name is none."""
    touched = {number for link in links for number in names.within(link.start, link.end)}
    for number in np.flatnonzero(names.start[1:] < names.end[:-1]).tolist():
        touched |= {number, number + 1}
    result: list[Found] = []
    for name in sorted([*map(names.at, touched), *links]):
        if result and name.start < result[-1].end:
            last = result[-1]
            inside = name.end <= last.end and last.rule != "joined"
            rule = last.rule if inside else "joined"
            result[-1] = Found(
                last.start, max(last.end, name.end), min(last.probability, name.probability), rule
            )
        else:
            result.append(name)
    return names.changed(touched, [name for name in result if name.probability < _NO_NAME])


def _trimmed(tokens: Tokens, vocabulary: Vocabulary, names: Names) -> Names:
    """Without honorifics at the beginning of names, and without names that are nobody's."""
    words, start = _words(), names.start
    kinds = tokens.types.take(start)
    odd = among(words.first, vocabulary.hashes.values.take(kinds))
    odd[kinds == vocabulary.type_of(_SITE)] = True
    bracket = np.flatnonzero(tokens.types.take(start - 1) == vocabulary.type_of("("))
    odd[bracket[(tokens.classes.take(start.take(bracket)) & UPPER) != 0]] = True
    gone: dict[int, Found | None] = {}  # and what stays of it
    size = names.end - start
    for i in np.flatnonzero(odd)[::-1].tolist():
        name = names.at(i)
        written = [vocabulary.words[kind] for kind in tokens.types[name.start : name.end].tolist()]
        folded = [fold(word) for word in written]
        before = vocabulary.words[tokens.types[name.start - 1]]
        after = vocabulary.words[tokens.types[name.end]]
        if len(folded) == 1 and before.lower() not in words.definite and _ends_a_name(tokens, names, size, i):
            continue  # "Bishop" of Julie Bishop
        off = _honorifics(folded, bool(tokens.classes[name.start + 1] & GIVEN))
        if written[0] == _SITE and before in ("on", "to", "via") and len(written) > 1:
            off = max(off, 1)  # "wrote on X. Soto has"
        titled = before.lower().removesuffix(".") in vocabulary.lexicon.titles  # "Mr Bosch"
        if not titled and _is_nobody(written[off:], folded[off:], before, after):
            gone[i], size[i] = None, 0
        elif off:
            gone[i] = Found(name.start + off, name.end, name.probability, name.rule)
            size[i] -= off
    return names.changed(gone, [name for name in gone.values() if name])


def _ends_a_name(tokens: Tokens, names: Names, size: Indices, number: int) -> bool:
    """Whether the one word of a name ends a longer name of its article, given the words left in each."""
    article = int(articles_of(tokens, names.start[number]))
    here = names.within(int(tokens.first[article - 1]), int(tokens.first[article]))
    longer = names.end[here.start : here.stop][size[here.start : here.stop] > 1]
    return bool((tokens.types.take(longer - 1) == tokens.types[names.start[number]]).any())


def _honorifics(folded: Sequence[str], is_given: bool) -> int:
    """How many words before the name are no part of it; a name keeps one word. `is_given`: the second can be a given name."""
    words, off = _words(), 0
    chained = not words.chains.isdisjoint(folded)
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
        return before.lower() in _words().definite or after == "of"
    if not written[0].isupper():
        return False
    return text in words.capitals or (before == "(" and after == ")" and len(text) == _CODE)


_CODE = 3  # letters of a country's or an agency's code: "(KEN)"
