"""Resolves the mentions of one article to the persons of that article.

    names + roles + claims  ->  Annotation: mentions with rule, antecedent and confidence; persons

The steps: group the names (grouping.py), give each person the claims made beside its names, resolve
the role mentions by them (nominals.py), write everything down. Nothing outside the article is looked at;
which persons of different articles are one is decided in across.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus_db.models import (
    Annotation,
    Field,
    LocalPerson,
    Mention,
    PersonSpan,
    Recognised,
    RoleClaim,
    RoleSpan,
    Text,
)
from corpus_db.names import Name, lists, parse, titles
from corpus_db.resolution.grouping import Link, Person, SingleNames, group_full, honorific_gender, is_relative
from corpus_db.resolution.nominals import COUNTERPART, Found, Named, Nominals
from corpus_db.resolution.rules import RULES

_Place = tuple[Field, int]


def resolve_article(text: Text, recognised: Recognised) -> Annotation:
    """The mentions and persons of one article, from what its own words say."""
    article = _Article(text, recognised)
    people = article.people()
    return Annotation(article.mentions(), people)


def _country_mentions(recognised: Recognised) -> Iterable[Mention]:
    for span in recognised.countries:
        yield Mention(
            span.field, span.start, span.end, span.text, "country", span.kind, span.rule, span.confidence,
            span.country_code, span.place,
        )  # fmt: skip


class _Article:
    """One article on its way from spans to mentions."""

    def __init__(self, text: Text, recognised: Recognised) -> None:
        self._text = text
        self._found = recognised
        self._spans = recognised.people
        self._names = [parse(span.text) for span in self._spans]
        self._claims = self._claims_by_place(recognised.claims)
        self._genders: list[lists.Gender | None] = [
            honorific_gender(text, span) or name.gender if not name.full else honorific_gender(text, span)
            for span, name in zip(self._spans, self._names, strict=True)
        ]
        self._persons: list[Person] = []
        self._links: list[Link | None] = [None] * len(self._spans)
        self._roles: list[tuple[RoleSpan, Found]] = []
        if self._spans:
            self._group()
            self._collect_claims()
        self._resolve_roles()

    @staticmethod
    def _claims_by_place(claims: Iterable[RoleClaim]) -> dict[_Place, list[RoleClaim]]:
        found: dict[_Place, list[RoleClaim]] = {}
        for claim in claims:
            found.setdefault((claim.field, claim.start), []).append(claim)
        return found

    def _claims_of(self, index: int) -> Sequence[RoleClaim]:
        span = self._spans[index]
        return self._claims.get((span.field, span.start), ())

    # -- persons ------------------------------------------------------------------------------

    def _group(self) -> None:
        forms: dict[str, tuple[Name, int]] = {}
        for name in self._names:
            if name.full:
                forms[name.text] = (name, forms.get(name.text, (name, 0))[1] + 1)
        persons, links = group_full(forms)
        for index, name in enumerate(self._names):
            if name.full:
                self._put(index, links[name.text])
        for person in persons:
            self._describe(person)
        self._resolve_singles(persons)
        self._persons = sorted(self._persons, key=lambda person: person.first_span)

    def _put(self, index: int, link: Link) -> None:
        """Span number `index` (in text order) is a mention of the link's person."""
        person = link.person
        self._links[index] = link
        if not person.spans:
            self._persons.append(person)
        person.spans.append(index)
        person.first_span = min(person.spans)
        person.gender = person.gender or self._genders[index]
        person.claims += self._claims_of(index)

    def _describe(self, person: Person) -> None:
        """What the words of the person's names and roles say about it."""
        if person.gender is None:
            said = [titles.gender_of(claim.role) for claim in person.claims]
            of_name = [form.gender for form in person.forms]
            person.gender = next((gender for gender in (*said, *of_name) if gender), None)
        person.relative = any(is_relative(self._text, self._spans[index]) for index in person.spans)

    def _resolve_singles(self, persons: Sequence[Person]) -> None:
        """Single names in reading order: the body, then the title."""
        singles = SingleNames(persons)
        order = sorted(
            range(len(self._spans)), key=lambda index: (self._spans[index].field == "title", index)
        )
        for position, index in enumerate(order):
            name = self._names[index]
            if name.full:
                link = self._links[index]
                assert link is not None
                singles.named(link.person, position)
            else:
                gender = self._genders[index]
                self._put(index, singles.resolve(name, position, gender, self._claims_of(index)))

    # -- roles --------------------------------------------------------------------------------

    def _collect_claims(self) -> None:
        """Countries for claims that leave theirs out, offices for counterparts."""
        for person in self._persons:
            if len(person.claims) > 1:
                person.claims = _with_countries(person.claims)

    def _resolve_roles(self) -> None:
        """Whom each role mention stands for; counterparts named beside their nominal get the office."""
        counterparts = any(claim.role == COUNTERPART for person in self._persons for claim in person.claims)
        if not self._found.roles and not counterparts:
            return
        contents: dict[Field, str] = {"title": self._text.title or "", "body": self._text.body}
        named = [
            Named(span.field, span.start, span.end, link.person, False)
            for span, link in zip(self._spans, self._links, strict=True)
            if link is not None
        ]
        nominals = Nominals(contents, self._persons, named, self._found.countries)
        if counterparts:
            for person in self._persons:
                person.claims = _with_countries(list(_offices(person, nominals)))
        for role in self._found.roles:
            self._roles.append((role, nominals.resolve(role)))

    # -- what comes out -----------------------------------------------------------------------

    def people(self) -> tuple[LocalPerson, ...]:
        """The article's persons in order of first mention."""
        return tuple(
            LocalPerson(
                number,
                person.forms[0].text,
                person.forms[0].family_name,
                person.full,
                person.gender,
                tuple(
                    sorted(
                        person.claims,
                        key=lambda claim: (claim.field != "title", claim.start, claim.role_start),
                    )
                ),
            )
            for number, person in enumerate(self._persons)
        )

    def mentions(self) -> tuple[Mention, ...]:
        """All mentions in order of (title before body, start)."""
        numbers = {id(person): number for number, person in enumerate(self._persons)}
        result = list(_country_mentions(self._found))
        of_place: dict[_Place, Mention] = {}
        for link, index in self._from_full_to_short():
            span = self._spans[index]
            antecedent = self._antecedent(link, index, of_place)
            mention = _person_mention(span, link, numbers[id(link.person)], antecedent)
            of_place[span.field, span.start] = mention
            result.append(mention)
        for role, found in self._roles:
            number = None if found.person is None else numbers[id(found.person)]
            result.append(_role_mention(role, found, number, of_place))
        result.sort(key=lambda mention: (mention.field != "title", mention.start, -mention.end))
        return tuple(result)

    def _from_full_to_short(self) -> list[tuple[Link, int]]:
        """Links and their spans such that every antecedent comes before what it explains."""
        found = [(link, index) for index, link in enumerate(self._links) if link is not None]
        found.sort(key=lambda item: (_depth(item[0], self._names[item[1]]), item[1]))
        return found

    def _antecedent(self, link: Link, index: int, of_place: dict[_Place, Mention]) -> Mention | None:
        """The first mention, in the body where there is one, of the form that the name was matched with."""
        if link.form is None:
            return None
        same = [
            other
            for other in link.person.spans
            if self._names[other].words == link.form.words and other != index
        ]
        if not same:
            return None
        first = min(same, key=lambda other: (self._spans[other].field == "title", other))
        return of_place[self._spans[first].field, self._spans[first].start]


def _depth(link: Link, name: Name) -> int:
    """How far a mention's form is from the person's fullest: antecedents have a smaller depth."""
    forms = link.person.forms
    return (
        forms.index(name)
        if name in forms
        else next((number for number, form in enumerate(forms) if form.words == name.words), len(forms))
    )


def _with_countries(claims: list[RoleClaim]) -> list[RoleClaim]:
    """Claims without a country take the one that another claim gives the same person in that role."""
    known: dict[str, set[str]] = {}
    for claim in claims:
        if claim.country_code is not None:
            known.setdefault(claim.role, set()).add(claim.country_code)
    return [
        claim._replace(country_code=next(iter(known[claim.role])))
        if claim.country_code is None and len(known.get(claim.role, ())) == 1
        else claim
        for claim in claims
    ]


def _offices(person: Person, nominals: Nominals) -> Iterable[RoleClaim]:
    """The person's claims; "his Peruvian counterpart, X" becomes the office of the one it is said of."""
    for claim in person.claims:
        if claim.role != COUNTERPART:
            yield claim
            continue
        other = nominals.possessor(claim.field, claim.role_start, claim.role_end)
        if other is not None and other is not person:
            offices = [
                held for held in other.claims if held.role != COUNTERPART and held.country_code is not None
            ]
            if offices:
                nearest = min(offices, key=lambda held: (abs(held.start - claim.role_start), held.role))
                yield claim._replace(role=nearest.role)


def _person_mention(span: PersonSpan, link: Link, number: int, antecedent: Mention | None) -> Mention:
    person = link.person
    confidence = span.confidence * (link.confidence or RULES[link.rule].confidence)
    return Mention(
        span.field, span.start, span.end, span.text, "person", "name", f"{span.rule}+{link.rule}", round(confidence, 3),
        None, None, person.forms[0].text, number, antecedent,
    )  # fmt: skip


def _role_mention(
    role: RoleSpan, found: Found, number: int | None, of_place: dict[_Place, Mention]
) -> Mention:
    antecedent = of_place.get(found.antecedent) if found.antecedent else None
    return Mention(
        role.field, role.start, role.end, role.text, "person", "role", f"{role.rule}+{found.rule}",
        RULES[found.rule].confidence, None, None, found.person.forms[0].text if found.person else None,
        number, antecedent,
    )  # fmt: skip
