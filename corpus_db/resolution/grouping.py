"""Which names of one article are one person's.

Full forms first, the most informative first: a form joins the one group whose *every* member it is
compatible with (complete link: "J. Smith" cannot bridge John and Jane); a form that fits two groups
stays by itself. Then single names, in reading order, body before title: the family name of a
person named in full, else a given name, another part, a nickname, another spelling. Where several
persons bear it, the title before it, Mr or Mrs, the relatives and last the reading order decide, each with its
own confidence. What fits nobody stays bare: a person of whom the article gives one name only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from corpus_db.models import RoleClaim
from corpus_db.names import Name, compatible, lists, skeleton, titles
from corpus_db.names.compare import MOST_EDITS, same_family, same_given

_GIVEN: Final = 1  # of _RANKS
_RANKS: Final = ("family-name", "given-name", "name-part", "short-name", "name-variant")


@dataclass(slots=True, eq=False)
class Person:
    """A person of the article while it is being resolved."""

    forms: list[Name]  # full forms, most informative first; or the bare one
    full: bool
    gender: lists.Gender | None = None  # as a title or a role tells
    claims: list[RoleClaim] = field(default_factory=list)
    spans: list[int] = field(default_factory=list)  # in reading order
    first_of: dict[tuple[str, ...], int] = field(default_factory=dict)  # words of a form -> its first span
    number: int = -1  # 0, 1, 2 … in order of first mention, once all are known


@dataclass(slots=True, eq=False)
class Link:
    """Why a span belongs to its person: rule and the form that it was matched with (None: itself)."""

    person: Person
    rule: str
    form: Name | None
    confidence: float


_Bearer = tuple[int, Person, Name]  # rank (see _RANKS), person, the form that has the name


def _informative(form: tuple[Name, int]) -> tuple[tuple[int, int], bool, int, str]:
    """Sort key: long names before short ones, mixed case before capitals, frequent before rare."""
    name, count = form
    return (name.length, name.text.isupper(), -count, name.text)


@lru_cache(maxsize=1 << 15)
def _keys(name: Name) -> frozenset[str]:
    """Two full forms of one article that may be one person's share one of these."""
    usual = name.given if name.given in lists.given_names() else ""  # all the Johns need no comparing
    found = {word for word in name.parts if len(word) > 1 and word != usual}
    found.update(*map(_family_keys, name.family))
    if len(name.parts) > 2:
        found.add("".join(name.parts))
    return frozenset(found)


@lru_cache(maxsize=1 << 15)
def _family_keys(word: str) -> tuple[str, ...]:
    """What other spellings of a family name share with it."""
    groups = lists.variant_group()
    sounds = ("~" + skeleton(word),) if len(word) > 3 else ()
    return (*sounds, "=" + groups[word]) if word in groups else sounds


def _rank(name: Name, word: str) -> int:
    """How a full form has a single name: see _RANKS."""
    if word in name.family:
        return 0
    if word == name.given:
        return 1
    return 3 if word == name.nickname else 2


def _single_names(name: Name, asked: frozenset[str]) -> frozenset[str]:
    """Those of the single names asked for that a full form has."""
    found = asked.intersection(name.words)
    if name.parts is not name.words or name.nickname or name.family_first:
        found |= asked.intersection((*name.parts, name.given, name.nickname))
    return found


@lru_cache(maxsize=1 << 15)
def _initials(name: Name) -> str:
    """The first letters of the given name, of what it may be short for, and of the family names."""
    return "".join(word[:1] for word in (name.given, *lists.formal_names().get(name.given, ()), *name.family))


def group_full(names: Mapping[str, tuple[Name, int]]) -> tuple[list[Person], dict[str, Link]]:
    """Persons from the full forms of an article: text -> (parsed, number of mentions).

    Returns the persons, most informative first, and each form's link.
    """
    persons: list[Person] = []
    links: dict[str, Link] = {}
    index: dict[str, tuple[int, ...]] = {}
    by_words: dict[tuple[tuple[str, ...], str], Link] = {}
    for name, _ in sorted(names.values(), key=_informative):
        link = by_words.get((name.words, name.suffix))
        if link is None:
            link = by_words[name.words, name.suffix] = _place(name, persons, index)
        links[name.text] = link
    return persons, links


def _place(name: Name, persons: list[Person], index: dict[str, tuple[int, ...]]) -> Link:
    """Put a form into the one person that it fits, or make it a person of its own."""
    keys = _keys(name)
    if index.keys().isdisjoint(keys):
        index.update(dict.fromkeys(keys, (len(persons),)))
        return _new_person(name, persons, "full-name", 1.0)
    near = {number for key in keys for number in index.get(key, ())}
    fitting = [number for number in sorted(near) if _fits(name, persons[number])]
    if len(fitting) == 1:
        number = fitting[0]
        person = persons[number]
        best = person.forms[0]
        if len(person.forms) > 1:
            best = max(person.forms, key=lambda form: compatible(name, form).confidence)
        verdict = compatible(name, best)
        link = Link(person, verdict.rule, best, verdict.confidence)
        person.forms.append(name)
    else:
        number = len(persons)
        rule, confidence = ("ambiguous-form", 0.6) if fitting else ("full-name", 1.0)
        link = _new_person(name, persons, rule, confidence)
    index.update({key: (*index.get(key, ()), number) for key in keys})
    return link


def _new_person(name: Name, persons: list[Person], rule: str, confidence: float) -> Link:
    person = Person([name], True, None, [], [], {})  # sooner made so than with the defaults
    persons.append(person)
    return Link(person, rule, None, confidence)


def _fits(name: Name, person: Person) -> bool:
    return all(compatible(name, form).compatible for form in person.forms)


class SingleNames:
    """Resolves the single names of an article, in reading order.

    `asked` are the single names; `is_relative` tells whether a person is introduced as somebody's wife,
    son or the like.
    """

    def __init__(
        self, persons: Sequence[Person], asked: frozenset[str], is_relative: Callable[[Person], bool]
    ) -> None:
        self._persons = persons
        self._is_relative = is_relative
        self._bearers: dict[str, list[_Bearer]] = {}
        asked = frozenset(word for word in asked if len(word) > 1)
        for person in persons if asked else ():
            for form in person.forms:
                for word in _single_names(form, asked):
                    self._bearers.setdefault(word, []).append((_rank(form, word), person, form))
        self._only: dict[str, Link] = {}  # names of one person whose gender does not matter
        self._forms: list[tuple[str, Person, Name]] | None = None
        self._established: dict[str, Person] = {}
        self._bare: dict[str, list[Link]] = {}

    def resolve(
        self, name: Name, gender: lists.Gender | None, claims: Sequence[RoleClaim], in_title: bool = False
    ) -> Link:
        """The person that a single name stands for at this place.

        `gender` is that of a title before it, `claims` the roles stated beside it.
        """
        word = name.words[0]
        if gender is None and (link := self._only.get(word)) is not None:
            return link
        found = self._bearers.get(word)
        if found is None:
            found = self._bearers[word] = self._similar(word)
        if not found:
            return self._bare_name(name, gender)
        if len(found) == 1 and gender is None:
            rank, person, form = found[0]
            self._only[word] = link = Link(person, _RANKS[rank], form, 0.0)
            return link
        if name.given:  # "Prince Abdulaziz" is called so, and no son of one
            found = [item for item in found if item[0] == _GIVEN] or found
        fitting = [item for item in found if gender is None or _gender(item) in (gender, None)]
        if not fitting:
            return self._bare_name(name, gender)
        rank = min(item[0] for item in fitting)
        best = _distinct([item for item in fitting if item[0] == rank])
        rule = _RANKS[rank]
        if len(best) > 1:
            best, rule = self._choose(word, best, gender, claims, in_title)
        elif len(fitting) < len(found) and len(_distinct(found)) > len(_distinct(fitting)):
            rule = "by-gender"
        _, person, form = best[0]
        self._established[word] = person
        return Link(person, rule, form, 0.0)

    def _similar(self, word: str) -> list[_Bearer]:
        """Persons one of whose names is a formal or another spelling of `word`."""
        result: list[_Bearer] = []
        formal = lists.formal_names()
        known = word in formal or word in lists.variant_group()
        first, length = word[0], len(word)
        for initials, person, form in self._spelt():
            if not known and first not in initials:
                continue
            given = form.given
            short = word in formal.get(given, ())
            # A word that no list knows is another spelling only of names about as long.
            likely = known or short or (first == given[:1] and abs(length - len(given)) <= MOST_EDITS)
            agreeing = same_given(word, given) if likely and len(given) > 1 else None
            if agreeing == "nickname":
                result.append((3, person, form))
            elif agreeing == "variant" or any(
                (known or (first == family[0] and abs(length - len(family)) <= MOST_EDITS))
                and same_family(word, family)
                for family in form.family
            ):
                result.append((4, person, form))
        return result

    def _spelt(self) -> list[tuple[str, Person, Name]]:
        """The full forms of all persons, with their initials."""
        if self._forms is None:
            self._forms = [
                (_initials(form), person, form) for person in self._persons for form in person.forms
            ]
        return self._forms

    def _choose(
        self,
        word: str,
        found: list[_Bearer],
        gender: lists.Gender | None,
        claims: Sequence[RoleClaim],
        in_title: bool,
    ) -> tuple[list[_Bearer], str]:
        """One of several bearers, by the strongest evidence there is."""
        titled = [item for item in found if _has_role(item[1], claims)] if claims else []
        if len(titled) == 1:
            return titled, "by-title"
        found = titled or found
        if gender is not None:
            sure = [item for item in found if _gender(item) == gender]
            if len(sure) == 1:
                return sure, "by-gender"
        named = [item for item in found if item[1].spans]
        if in_title and named:  # it is read last, but stands first
            return [min(named, key=lambda item: item[1].spans[0])], "headline"
        established = self._established.get(word)
        for item in found:
            if item[1] is established:
                return [item], "established"
        heads = [item for item in found if not self._is_relative(item[1])]
        if len(heads) == 1:
            return heads, "not-relative"
        return [max(found, key=_last_place)], "nearest"

    def _bare_name(self, name: Name, gender: lists.Gender | None) -> Link:
        """The person of the article who goes by this single name only."""
        known = self._bare.setdefault(name.words[0], [])
        for link in known:
            person = link.person
            if gender is None or person.gender in (None, gender):
                if len(name.text) > len(person.forms[0].text):
                    person.forms.insert(0, name)
                return link
        link = Link(Person([name], full=False, gender=gender), "bare", None, 0.0)
        known.append(link)
        return link


def _gender(bearer: _Bearer) -> lists.Gender | None:
    return bearer[1].gender or bearer[2].gender


def _last_place(bearer: _Bearer) -> tuple[int, int]:
    """Where a person was last named so far; before any mention, who is named first in the article."""
    person = bearer[1]
    return (person.spans[-1] if person.spans else -1, -bearer[0])


def _distinct(found: Iterable[_Bearer]) -> list[_Bearer]:
    """One entry for each person, the first."""
    return list({id(item[1]): item for item in reversed(list(found))}.values())[::-1]


def _has_role(person: Person, claims: Iterable[RoleClaim]) -> bool:
    return any(titles.same_role(asked.role, held.role) for asked in claims for held in person.claims)
