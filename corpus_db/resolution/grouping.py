"""Which names of one article are one person's.

Full forms first, the most informative first: a form joins the one group whose *every* member it is
compatible with (complete link: "J. Smith" cannot bridge John and Jane); a form that fits two groups
stays by itself. Then single names, in reading order, body before title: the family name of a
person named in full, else a given name, another part, a nickname, another spelling. Where several
persons bear it, the title before it, Mr or Mrs, the relatives and last the reading order decide, each with its
own confidence. What fits nobody stays bare: a person of whom the article gives one name only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from corpus_db.models import PersonSpan, RoleClaim, Text
from corpus_db.names import Name, compatible, fold, lists, parse, skeleton, titles
from corpus_db.names.compare import same_given
from corpus_db.names.folding import one_edit

_HONORIFIC = re.compile(r"\b(mr|mrs|ms|miss|mister|sir|dame|madame|senora|señora|señor)\.? $", re.IGNORECASE)
_WOMAN: Final = frozenset(("mrs", "ms", "miss", "dame", "madame", "senora", "señora"))
_RELATIVE = re.compile(r"\b([a-z-]+),? $")
_RANKS: Final = ("family-name", "given-name", "name-part", "short-name", "name-variant")


@dataclass(slots=True)
class Person:
    """A person of the article while it is being resolved."""

    forms: list[Name]  # full forms, most informative first; or the bare one
    full: bool
    first_span: int = -1  # of the spans in text order
    gender: lists.Gender | None = None
    relative: bool = False  # introduced as somebody's wife, son …
    claims: list[RoleClaim] = field(default_factory=list)
    spans: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Link:
    """Why a span belongs to its person: rule and the form that it was matched with (None: itself)."""

    person: Person
    rule: str
    form: Name | None
    confidence: float


def _informative(name: Name, count: int) -> tuple[int, int, bool, int, str]:
    """Sort key: long names before short ones, mixed case before capitals, frequent before rare."""
    long_words = sum(len(word) > 1 for word in name.words)
    letters = sum(map(len, name.words))
    return (-long_words - (1 if name.suffix else 0), -letters, name.text.isupper(), -count, name.text)


def _keys(name: Name) -> set[str]:
    """Two full forms of one article that may be one person's share one of these."""
    found = {word for word in name.parts if len(word) > 1}
    found |= {"~" + skeleton(word) for word in name.family if len(word) > 3}
    found.add("".join(sorted("".join(name.parts))))
    groups = lists.variant_group()
    return found | {"=" + groups[word] for word in name.family if word in groups}


def group_full(names: Mapping[str, tuple[Name, int]]) -> tuple[list[Person], dict[str, Link]]:
    """Persons from the full forms of an article: text -> (parsed, number of mentions).

    Returns the persons, most informative first, and each form's link.
    """
    persons: list[Person] = []
    links: dict[str, Link] = {}
    index: dict[str, list[int]] = {}
    by_words: dict[tuple[tuple[str, ...], str], Link] = {}
    for text, (name, _) in sorted(names.items(), key=lambda item: _informative(*item[1])):
        same = by_words.get((name.words, name.suffix))
        if same is not None:
            links[text] = Link(same.person, same.rule, same.form, same.confidence)
            continue
        keys = _keys(name)
        near = sorted({number for key in keys for number in index.get(key, ())})
        fitting = [number for number in near if _fits(name, persons[number])]
        if len(fitting) == 1:
            number = fitting[0]
            person = persons[number]
            best = max(person.forms, key=lambda form: compatible(name, form).confidence)
            verdict = compatible(name, best)
            link = Link(person, verdict.rule, best, verdict.confidence)
            person.forms.append(name)
        else:
            number = len(persons)
            person = Person([name], full=True)
            persons.append(person)
            link = Link(person, "ambiguous-form" if fitting else "full-name", None, 0.6 if fitting else 1.0)
        for key in keys:
            index.setdefault(key, []).append(number)
        links[text] = by_words[name.words, name.suffix] = link
    return persons, links


def _fits(name: Name, person: Person) -> bool:
    return all(compatible(name, form).compatible for form in person.forms)


class SingleNames:
    """Resolves the single names of an article, in reading order."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self._persons = persons
        self._bearers: dict[str, list[tuple[int, Person, Name]]] = {}
        for person in persons:
            for form in person.forms:
                self._add(person, form)
        self._established: dict[str, Person] = {}
        self._last_named: dict[int, int] = {}
        self.bare: list[Person] = []
        self._bare_by_word: dict[str, list[Person]] = {}

    def _add(self, person: Person, form: Name) -> None:
        ranked = [(0, word) for word in form.family] + [(1, form.given)]
        if form.family_first:
            ranked += [(2, word) for word in form.parts[1:]]
        ranked += [(2, word) for word in (*form.middle, *form.parts)]
        if form.nickname:
            ranked.append((3, form.nickname))
        seen = set()
        for rank, word in ranked:
            if len(word) > 1 and word not in seen:
                seen.add(word)
                self._bearers.setdefault(word, []).append((rank, person, form))

    def named(self, person: Person, span: int) -> None:
        """Tell that the full name of `person` stands at `span` (in reading order)."""
        self._last_named[id(person)] = span

    def resolve(
        self, name: Name, span: int, gender: lists.Gender | None, claims: Iterable[RoleClaim]
    ) -> Link:
        """The person that a single name stands for at this place."""
        word = name.words[0]
        found = self._candidates(word)
        fitting = [item for item in found if gender is None or item[1].gender in (gender, None)]
        if not fitting:
            return self._bare_name(name, gender)
        rank = min(item[0] for item in fitting)
        best = _distinct([item for item in fitting if item[0] == rank])
        rule = _RANKS[rank]
        if len(best) > 1:
            best, rule = self._choose(word, best, gender, claims)
        elif len(_distinct(found)) > 1 and len(_distinct(fitting)) == 1:
            rule = "by-gender"
        _, person, form = best[0]
        self._established[word] = person
        self._last_named[id(person)] = span
        return Link(person, rule, form, 0.0)

    def _candidates(self, word: str) -> list[tuple[int, Person, Name]]:
        found = self._bearers.get(word)
        if found is None:
            found = self._bearers[word] = self._similar(word)
        return found

    def _similar(self, word: str) -> list[tuple[int, Person, Name]]:
        """Persons one of whose names is a formal or another spelling of `word`."""
        result = []
        for person in self._persons:
            for form in person.forms:
                given = same_given(word, form.given) if len(form.given) > 1 else None
                if given == "nickname":
                    result.append((3, person, form))
                elif given == "variant" or any(
                    (len(word) >= 5 and one_edit(word, family)) or _same_group(word, family)
                    for family in form.family
                ):
                    result.append((4, person, form))
        return result

    def _choose(
        self,
        word: str,
        found: list[tuple[int, Person, Name]],
        gender: lists.Gender | None,
        claims: Iterable[RoleClaim],
    ) -> tuple[list[tuple[int, Person, Name]], str]:
        """One of several bearers, by the strongest evidence there is."""
        asked = [claim.role for claim in claims]
        titled = [item for item in found if _has_role(item[1], asked)] if asked else []
        if len(titled) == 1:
            return titled, "by-title"
        found = titled or found
        if gender is not None:
            sure = [item for item in found if item[1].gender == gender]
            if len(sure) == 1:
                return sure, "by-gender"
        established = self._established.get(word)
        for item in found:
            if item[1] is established:
                return [item], "established"
        heads = [item for item in found if not item[1].relative]
        if len(heads) == 1:
            return heads, "not-relative"
        nearest = max(found, key=lambda item: (self._last_named.get(id(item[1]), -1), -item[1].first_span))
        return [nearest], "nearest"

    def _bare_name(self, name: Name, gender: lists.Gender | None) -> Link:
        """The person of the article who goes by this single name only."""
        known = self._bare_by_word.setdefault(name.words[0], [])
        for person in known:
            if gender is None or person.gender in (None, gender):
                person.gender = person.gender or gender
                if len(name.text) > len(person.forms[0].text):
                    person.forms.insert(0, name)
                return Link(person, "bare", None, 0.0)
        person = Person([name], full=False, gender=gender)
        known.append(person)
        self.bare.append(person)
        return Link(person, "bare", None, 0.0)


def _same_group(a: str, b: str) -> bool:
    groups = lists.variant_group()
    return a in groups and groups[a] == groups.get(b)


def _distinct(found: Iterable[tuple[int, Person, Name]]) -> list[tuple[int, Person, Name]]:
    """One entry for each person, the first."""
    seen: set[int] = set()
    result = []
    for item in found:
        if id(item[1]) not in seen:
            seen.add(id(item[1]))
            result.append(item)
    return result


def _has_role(person: Person, asked: Iterable[str]) -> bool:
    return any(titles.same_role(role, claim.role) for role in asked for claim in person.claims)


def honorific_gender(text: Text, span: PersonSpan) -> lists.Gender | None:
    """The gender of a Mr, Mrs or the like directly before a name."""
    content = (text.title or "") if span.field == "title" else text.body
    if content[span.start - 1 : span.start] != " ":
        return None
    found = _HONORIFIC.search(content, max(0, span.start - 9), span.start)
    if found is None:
        return None
    return "f" if fold(found[1]) in _WOMAN or found[1].lower() in _WOMAN else "m"


def is_relative(text: Text, span: PersonSpan) -> bool:
    """Whether a name is introduced as somebody's relative ("his wife, Ana Lee", "widow of Ana Lee")."""
    content = (text.title or "") if span.field == "title" else text.body
    found = _RELATIVE.search(content, max(0, span.start - 20), span.start)
    return bool(found) and found[1] in lists.sections("words.txt")["relatives"]  # type: ignore[index]


def parsed(spans: Sequence[PersonSpan]) -> list[Name]:
    """The parsed name of each span."""
    return [parse(span.text) for span in spans]
