"""What is said about several people of one name: what sets each apart, and what an article shares with its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from corpus_db.resolution.contexts import FAMILIES, Occurrence
from corpus_db.resolution.namesakes.likelihood import Vectors

_WORDS, _PEOPLE, _ROLES = FAMILIES.index("words"), FAMILIES.index("people"), FAMILIES.index("roles")
SAMPLE: Final = 256  # articles of one name that are compared with each other
_FEW: Final = 8  # a role that not even one article in so many states does not tell who is meant
_SHOWN: Final = 6  # features that are named
_TELLING: Final = (1, 1, 12, 1, 1)  # by family: in words, a companion's name says more than a word or two


class Member(NamedTuple):
    """An occurrence in its group: its place in the input, what it shares with the group's others, how sure."""

    place: int
    shared: tuple[str, ...]
    confidence: float


class Group(NamedTuple):
    """The occurrences of one person."""

    members: tuple[Member, ...]
    marks: tuple[str, ...]  # what its articles say and those of its namesakes do not, strongest first
    role: tuple[str, str | None] | None  # the role stated most: role, country code
    country: str | None  # the country most of its articles speak of
    years: tuple[int, int] | None


class Pair(NamedTuple):
    """Why two groups (by number) are two: the score that one person would need above 0, and what they share."""

    one: int
    other: int
    score: float
    shared: tuple[str, ...]


class Draft:
    """A group with its summed context."""

    def __init__(self) -> None:
        self.members: list[tuple[int, Vectors | None]] = []
        self.sums: list[Counter[str]] = [Counter() for _ in FAMILIES]
        self._roles: Counter[tuple[str, str | None]] = Counter()
        self._countries: Counter[str] = Counter()
        self._years: list[int] = []

    def add(self, index: int, occurrence: Occurrence, bags: Vectors) -> None:
        """Add an occurrence; its own context is kept for the explanation as long as there are few."""
        self.members.append((index, bags if index < SAMPLE else None))
        for sums, bag in zip(self.sums, bags, strict=True):
            sums.update(bag)
        self._roles.update({(role, country) for role, country, _ in occurrence.claims})
        self._countries.update(code for code, _ in occurrence.countries)
        if occurrence.year is not None:
            self._years = [min([*self._years, occurrence.year]), max([*self._years, occurrence.year])]

    def role(self) -> tuple[str, str | None] | None:
        """The role that most articles state, where more than a few of them do."""
        order = sorted(self._roles, key=lambda r: (-self._roles[r], r[1] is None, r[0], r[1] or ""))
        return order[0] if order and self._roles[order[0]] * _FEW >= len(self.members) else None

    def country(self) -> str | None:
        """The country that most articles speak of, where more than half do."""
        order = sorted(self._countries, key=lambda code: (-self._countries[code], code))
        return order[0] if order and 2 * self._countries[order[0]] > len(self.members) else None

    def years(self) -> tuple[int, int] | None:
        """The years of the first and the last article."""
        return (self._years[0], self._years[1]) if self._years else None

    def group(self, drafts: Sequence[Draft]) -> Group:
        """The finished group, with what sets it apart from the others."""
        several = len(self.members) > 1
        members = tuple(
            Member(index, self._shared(bags) if several and bags else (), 0.8 if several else 0.6)
            for index, bags in sorted(self.members, key=lambda member: member[0])
        )
        return Group(members, self.marks(drafts), self.role(), self.country(), self.years())

    def _shared(self, bags: Vectors) -> tuple[str, ...]:
        """What one of several members has in common with the others, what weighs most first."""
        weights = {
            name: _TELLING[number] ** 2 * weight * (sums[name] - weight)
            for number, (bag, sums) in enumerate(zip(bags, self.sums, strict=True))
            if number != _ROLES
            for name, weight in bag.items()
            if sums[name] > weight
        }
        return _strongest(weights)

    def marks(self, others: Iterable[Draft]) -> tuple[str, ...]:
        """What weighs most in this group and hardly stands in the others."""
        own = self._said()
        size = len(self.members)
        elsewhere = Counter[str]()
        for other in others:
            if other is not self:
                for name, weight in other._said().items():
                    elsewhere[name] = max(elsewhere[name], weight * size // len(other.members))
        return _strongest({name: weight - 2 * elsewhere[name] for name, weight in own.items()})

    def _said(self) -> Counter[str]:
        said = Counter(self.sums[_WORDS])
        for name, weight in self.sums[_PEOPLE].items():
            said[name] += _TELLING[_PEOPLE] * weight
        return said

    def shared_with(self, other: Draft) -> tuple[str, ...]:
        """What two groups have in common, what weighs most first."""
        weights = {
            name: _TELLING[number] * min(mine[name], theirs[name])
            for number, (mine, theirs) in enumerate(zip(self.sums, other.sums, strict=True))
            if number != _ROLES
            for name in mine.keys() & theirs.keys()
        }
        return _strongest(weights)


def _strongest(weights: Mapping[str, int]) -> tuple[str, ...]:
    """The names that weigh most, without single words that a name before them has."""
    found = sorted((name for name, weight in weights.items() if weight > 0), key=lambda n: (-weights[n], n))
    chosen: list[str] = []
    said: set[str] = set()
    for name in found:
        words = set(name.casefold().split())
        if not words <= said:
            chosen.append(name)
            said |= words
            if len(chosen) == _SHOWN:
                break
    return tuple(chosen)


def describe(groups: Sequence[Group], country_names: Mapping[str, str]) -> list[str]:
    """For each of several people of one name, a few words that tell him or her from the others."""
    said = [_description(group, country_names, marks=0) for group in groups]
    for marks in (2, 4, _SHOWN):
        counts = Counter(said)
        said = [
            text if text and counts[text] == 1 else _description(group, country_names, marks)
            for group, text in zip(groups, said, strict=True)
        ]
    seen = Counter[str]()
    for index, text in enumerate(said):
        seen[text] += 1
        if seen[text] > 1:
            said[index] = f"{text}, no. {seen[text]}"
    return said


def _description(group: Group, country_names: Mapping[str, str], marks: int) -> str:
    parts: list[str] = []
    if group.role:
        role, code = group.role
        parts.append(role)
        if code:
            parts.append(country_names.get(code, code))
    if marks:
        if not group.role and group.country:
            parts.append(country_names.get(group.country, group.country))
        parts += group.marks[:marks]
        if group.years:
            first, last = group.years
            parts.append(str(first) if first == last else f"{first}–{last}")
    return ", ".join(dict.fromkeys(parts)) or ("person" if marks else "")


def as_text(names: Sequence[Any]) -> str | None:
    """Features in a column of the database; None for none."""
    return " · ".join(map(str, names)) or None
