"""Whom a role mention stands for: "the Chinese president", "his Russian counterpart".

Only what the article itself says counts. A nominal stands for the one person to whom the article gives that
role and country; a counterpart for the person named beside it, the one who holds the same office in
the other country, or the one other person whom the article ties to that country and to no other. Where two
fit, or none, it stays unresolved: never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from corpus_db.models import CountrySpan, Field, RoleClaim, RoleSpan
from corpus_db.names import titles
from corpus_db.resolution.grouping import Person

COUNTERPART: Final = (
    "Counterpart"  # the role of a claim: the same as that of the one it is the counterpart of
)
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]%”\"’'])[.!?][\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n\s*")


class Named(NamedTuple):
    """A person mention that is resolved: where it stands and whom it means."""

    field: Field
    start: int
    end: int
    person: Person
    by_role: bool


class Found(NamedTuple):
    """What a role mention was resolved to: the person, the rule, where its antecedent starts."""

    person: Person | None
    rule: str
    antecedent: tuple[Field, int] | None


NOBODY: Final = Found(None, "unresolved", None)


def place_of(claim: RoleClaim, places: Sequence[CountrySpan]) -> str | None:
    """The place that a claim names ("Weifang Mayor": Weifang), None where it names none."""
    for span in places:
        if span.field == claim.field and claim.role_start <= span.start and span.end <= claim.role_end:
            return span.place
    return None


class Nominals:
    """Resolves the role mentions of one article, in reading order."""

    def __init__(
        self,
        contents: dict[Field, str],
        persons: Sequence[Person],
        named: Sequence[Named],
        countries: Sequence[CountrySpan],
    ) -> None:
        self._contents = contents
        self._persons = persons
        self._named = list(named)
        self._countries = [span for span in countries if span.kind != "dateline"]
        self._places = [span for span in self._countries if span.kind == "place"]

    def resolve(self, role: RoleSpan) -> Found:
        """The person for whom `role` stands."""
        found = self._counterpart(role) if role.role is None else self._office(role)
        if found.person is not None:
            self._named.append(Named(role.field, role.start, role.end, found.person, True))
        return found

    # -- "the Chinese president" --------------------------------------------------------------

    def _office(self, role: RoleSpan) -> Found:
        beside = self._named_beside(role)
        if beside is not None:
            return beside
        assert role.role is not None
        place = self._place_in(role.field, role.start, role.end)
        if role.country_code is None and place is None:
            return NOBODY
        holders = [
            (person, claim)
            for person in self._persons
            for claim in person.claims
            if titles.same_role(role.role, claim.role)
            and claim.country_code == role.country_code
            and (place is None or self._is_of_place(claim, place))
        ]
        exact = [item for item in holders if item[1].role == role.role]
        for some in (holders, exact):
            if len({id(person) for person, _ in some}) == 1:
                person, claim = some[0]
                return Found(person, "role-claim", (claim.field, claim.start))
        return NOBODY if holders else self._only_holder(role)

    def _is_of_place(self, claim: RoleClaim, place: str) -> bool:
        """Whether a claim is about that place, or about its country without naming a place."""
        named = place_of(claim, self._places)
        return named == place or (named is None and claim.country_code is not None)

    def _only_holder(self, role: RoleSpan) -> Found:
        """The one person with this role and no country, in an article that speaks of no other country."""
        assert role.role is not None
        if role.country_code is None or any(
            span.country_code != role.country_code for span in self._countries
        ):
            return NOBODY
        holders = [
            (person, claim)
            for person in self._persons
            for claim in person.claims
            if claim.country_code is None and titles.same_role(role.role, claim.role)
        ]
        if len({id(person) for person, _ in holders}) != 1:
            return NOBODY
        person, claim = holders[0]
        return Found(person, "only-holder", (claim.field, claim.start))

    def _named_beside(self, role: RoleSpan) -> Found | None:
        """The person whom "the German chancellor, Angela Merkel," names."""
        for person in self._persons:
            for claim in person.claims:
                if (
                    claim.field == role.field
                    and role.start <= claim.role_start < role.end < claim.start <= role.end + 3
                ):
                    return Found(person, "named-beside", (claim.field, claim.start))
        return None

    def _place_in(self, field: Field, start: int, end: int) -> str | None:
        for span in self._places:
            if span.field == field and start <= span.start and span.end <= end:
                return span.place
        return None

    # -- "his Russian counterpart" ------------------------------------------------------------

    def possessor(self, field: Field, start: int) -> Person | None:
        """Whose counterpart is meant: the one named before it in the sentence."""
        low = self._sentence(field, start)[0]
        before = [m for m in self._named if m.field == field and low <= m.start and m.end <= start]
        return max(before, key=lambda m: m.start).person if before else None

    def _counterpart(self, role: RoleSpan) -> Found:
        beside = self._named_beside(role)
        if beside is not None:
            return beside
        possessor = self.possessor(role.field, role.start)
        if possessor is None or role.country_code is None:
            return NOBODY
        offices = {claim.role for claim in possessor.claims if claim.role != COUNTERPART}
        others = [person for person in self._persons if person is not possessor]
        holders = [
            (person, claim)
            for person in others
            for claim in person.claims
            if claim.country_code == role.country_code
            and any(titles.same_role(o, claim.role) for o in offices)
        ]
        if holders:
            one = len({id(person) for person, _ in holders}) == 1
            person, claim = holders[0]
            return Found(person, "counterpart-claim", (claim.field, claim.start)) if one else NOBODY
        return self._associated(role, others, offices)

    def _associated(self, role: RoleSpan, others: Iterable[Person], offices: set[str]) -> Found:
        """The one other person in whose sentences the country stands and of whom nothing else is said."""
        fitting = []
        for person in others:
            if not person.full or any(
                claim.country_code not in (None, role.country_code)
                or not any(titles.same_role(office, claim.role) for office in offices)
                for claim in person.claims
            ):
                continue
            mentions = [m for m in self._named if m.person is person]
            if any(self._stands_with(m, role.country_code) for m in mentions):
                fitting.append((person, mentions))
        if len(fitting) != 1:
            return NOBODY
        person, mentions = fitting[0]
        before = [m for m in mentions if (m.field, m.start) < (role.field, role.start) and not m.by_role]
        nearest = max(before or mentions[:1], key=lambda m: m.start)
        return Found(person, "association", (nearest.field, nearest.start))

    def _stands_with(self, mention: Named, country: str | None) -> bool:
        low, high = self._sentence(mention.field, mention.start)
        return any(
            span.country_code == country and span.field == mention.field and low <= span.start < high
            for span in self._countries
        )

    def _sentence(self, field: Field, at: int) -> tuple[int, int]:
        """The sentence round a place in the text, roughly: full stops after abbreviations may end it."""
        content = self._contents[field]
        low = 0
        for end in _SENTENCE_END.finditer(content, max(0, at - 1000), min(len(content), at + 1000)):
            if end.end() > at:
                return low, end.start() + 1
            low = end.end()
        return max(low, 0), min(len(content), at + 1000)
