"""Which full names of one article are one person's.

The most informative form first: a form joins the one group whose *every* member it is
compatible with (complete link: "J. Smith" cannot bridge John and Jane); a form that fits two groups
stays by itself. Single names come afterwards (singles.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from corpus_db.models import RoleClaim
from corpus_db.names import Name, compatible, lists, skeleton
from corpus_db.names.compare import without_possessive


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


def _informative(form: tuple[Name, int]) -> tuple[bool, tuple[int, int], bool, int, str]:
    """Sort key: long names before short ones, mixed case before capitals, frequent before rare.

    Last what may be a possessive: "Ana Weirs" is no fuller name than "Ana Weir".
    """
    name, count = form
    family = name.family[-1]
    return (without_possessive(family) != family, name.length, name.text.isupper(), -count, name.text)


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
    owner = without_possessive(word)
    if owner != word:
        return (*sounds, owner)  # "Ana Weir" and "Ana Weirs"
    return (*sounds, "=" + groups[word]) if word in groups else sounds


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
