"""Which names are one person: the step of the pipeline between the articles and the people.

After the articles of an import are written, this step takes the names they touched, widens them
to the blocks of names that may be one person (store.identity), lets `resolution.across` decide
each block, gives every cluster of names a person, and carries the decisions to the mentions.

Where a cluster's name is so common that several people may bear it, `resolution.namesakes` looks at what
each article says around it. Mostly that is one person after all; where it is not, every article is given
its own, and the name itself belongs to nobody.

A person keeps its number as long as one of its names does, or, of people of one name, as most of its
articles do; new persons are numbered in the order in which the articles bring them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from corpus_db.names import parse
from corpus_db.names.commonness import bearers
from corpus_db.resolution import across, contexts, namesakes
from corpus_db.store.identity import (
    BLOCK_KEY,
    SEVERAL,
    SHORT_KEY,
    Decision,
    Namesake,
    NameTable,
    StoredName,
    StoredPerson,
    ToldApart,
    position,
)
from corpus_db.store.occurrences import StoredOccurrence

FOUNDS = "founds"  # the rule of a name that is a person's first: nothing joined it to another
_NEVER = 1 << 62
_NONE: Counter[int] = Counter()  # of persons that a new one had: most are new


@dataclass(slots=True)
class _Person:
    """A person that is about to get a number."""

    name: str
    family_name: str
    names: Sequence[str]
    had: Counter[int]  # numbers that its names or articles had so far
    first: int  # position of its first new use, or _NEVER
    description: str | None = None


class _Use(NamedTuple):
    """A person of an article: where, under which name, and whom it was taken for so far."""

    article_id: int
    number: int
    name: str
    person_id: int | None


@dataclass(slots=True)
class _Several:
    """The people that one cluster of names stands for."""

    uses: list[_Use]  # as the members of `groups` count them
    groups: list[namesakes.Group]
    pairs: list[namesakes.Pair]


def identify(connection: sqlite3.Connection) -> None:
    """Decide anew about every touched name and all that depends on it; runs in a transaction."""
    names = NameTable(connection)
    names.add_touched(_keys)
    names.close_block()
    bare = names.bare()
    names.forget_vanished()
    _decide_full(names)
    _decide_bare(names, bare)
    names.apply()


def _keys(stored: StoredName) -> set[str]:
    use = across.NameUse(*stored)
    keys = {SHORT_KEY + key for key in across.short_keys(use)}
    if stored.is_full:
        keys |= {BLOCK_KEY + key for key in across.block_keys(use)}
    return keys


def _decide_full(names: NameTable) -> None:
    """Cluster the full names of the block and give each cluster its person."""
    uses = {use.name: across.NameUse(*use) for use in names.block_uses()}
    components = _components(uses, names.block_keys())
    apart = names.kept_apart(
        (name, number) for number, members in enumerate(components) if len(members) > 1 for name in members
    )
    apart_of = defaultdict(set)
    for pair in apart:
        apart_of[pair[0]].add(pair)
    clusters: list[across.Cluster] = []
    for members in components:
        kept = {pair for name in members for pair in apart_of.get(name, ())}
        clusters.extend(across.resolve_full([uses[name] for name in members], kept))
    had: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for name, number, count in names.persons():
        had[name][number] += count
    first = names.first_uses()
    several = _tell_apart(names, clusters, uses)
    persons: list[_Person] = []
    for index, cluster in enumerate(clusters):
        if index in several:
            persons += _namesakes(cluster, several[index], names.country_names())
        else:
            numbers = sum((had[name] for name in cluster.names if name in had), _NONE)
            start = min(first.get(name, _NEVER) for name in cluster.names)
            persons.append(_Person(cluster.name, cluster.family_name, cluster.names, numbers, start))
    _write(names, clusters, several, _number(names, persons))


def _write(
    names: NameTable,
    clusters: Sequence[across.Cluster],
    several: Mapping[int, _Several],
    numbered: Sequence[tuple[int, _Person]],
) -> None:
    """Write down who the clusters are; `numbered` has their persons in the clusters' order."""
    decisions: list[Decision] = []
    told: list[ToldApart] = []
    compared: list[Namesake] = []
    waiting = iter(numbered)
    for index, cluster in enumerate(clusters):
        found = several.get(index)
        if found is None:
            decisions += _decisions(next(waiting)[0], cluster)
            continue
        decisions += (
            Decision(name, None, None if name == cluster.name else cluster.name, SEVERAL, None)
            for name in cluster.names
        )
        numbers = [next(waiting)[0] for _ in found.groups]
        told += _told(found, numbers)
        compared += (
            Namesake(
                numbers[pair.one], numbers[pair.other], cluster.name, round(pair.score, 2),
                namesakes.as_text(found.groups[pair.one].marks), namesakes.as_text(pair.shared),
            )
            for pair in found.pairs
        )  # fmt: skip
    names.put_people([StoredPerson(n, p.name, p.family_name, p.description) for n, p in numbered])
    names.tell_apart(told, compared)
    names.decide(decisions)


def _decisions(number: int, cluster: across.Cluster) -> Iterator[Decision]:
    links = {link.name: link for link in cluster.links}
    for name in cluster.names:
        link = links.get(name)
        if link is None:
            yield Decision(name, number, None, FOUNDS, 1.0)
        else:
            yield Decision(name, number, link.joined_to, link.rule, link.confidence)


def _decide_bare(names: NameTable, bare: Sequence[str]) -> None:
    """Give each bare name the person it can only be, or one of its own, or none."""
    uses = {use.name: across.NameUse(*use) for use in names.uses(bare)}
    decisions: list[Decision] = []
    founders: defaultdict[tuple[str, ...], list[tuple[str, across.BareDecision]]] = defaultdict(list)
    for name, use in uses.items():
        decision = across.resolve_bare(use, names.bearers(name))
        if decision.founds:
            founders[tuple(sorted(across.short_keys(use)))].append((name, decision))
        else:
            decisions.append(Decision(name, decision.person, None, decision.rule, decision.confidence))
    groups = [
        sorted(group, key=lambda item: (-uses[item[0]].mention_count, item[0])) for group in founders.values()
    ]
    had = names.founded_by(name for group in groups for name, _ in group)
    first = names.first_uses()
    persons = []
    for group in groups:
        of_group = [name for name, _ in group]
        numbers = Counter(had[name] for name in of_group if name in had)
        start = min(first.get(name, _NEVER) for name in of_group)
        persons.append(_Person(of_group[0], uses[of_group[0]].family_name, of_group, numbers, start))
    numbered = _number(names, persons)
    names.put_people([StoredPerson(number, p.name, p.family_name) for number, p in numbered])
    for (number, _), group in zip(numbered, groups, strict=True):
        decisions.extend(Decision(name, number, None, d.rule, d.confidence) for name, d in group)
    names.decide(decisions)


# -- people of one name -------------------------------------------------------------------------


def _tell_apart(
    names: NameTable, clusters: Sequence[across.Cluster], uses: Mapping[str, across.NameUse]
) -> dict[int, _Several]:
    """The clusters, by number, of which the articles say that they are several people's."""
    commonness: dict[int, float] = {}
    for index, cluster in enumerate(clusters):
        if sum(uses[name].article_count for name in cluster.names) > 1:
            common = bearers(parse(cluster.name))
            if common >= namesakes.COMMON:
                commonness[index] = common
    if not commonness:
        return {}
    asked = ((name, index) for index in commonness for name in clusters[index].names)
    found: dict[int, _Several] = {}
    for index, group in groupby(names.occurrences(asked), key=itemgetter(0)):
        read: list[_Use] = []
        own = contexts.own_words(clusters[index].names)
        groups, pairs = namesakes.tell_apart(_read(group, read), own, commonness[index])
        if len(groups) > 1:
            found[index] = _Several(read, groups, pairs)
    return found


def _read(group: Iterable[tuple[int, StoredOccurrence]], uses: list[_Use]) -> Iterator[contexts.Occurrence]:
    """Occurrences as they are compared; where each stands goes into `uses`."""
    for _, stored in group:
        uses.append(_Use(stored.article_id, stored.number, stored.name, stored.person_id))
        yield contexts.Occurrence(
            stored.article, stored.number, stored.body, stored.spans, stored.people, stored.countries,
            stored.claims, stored.year,
        )  # fmt: skip


def _namesakes(
    cluster: across.Cluster, several: _Several, country_names: Mapping[str, str]
) -> Iterator[_Person]:
    """The people that a cluster of names stands for, each with what tells him or her from the others."""
    descriptions = namesakes.describe(several.groups, country_names)
    for group, description in zip(several.groups, descriptions, strict=True):
        uses = [several.uses[member.place] for member in group.members]
        had = Counter(use.person_id for use in uses if use.person_id is not None)
        first = min(position(use.article_id, use.number) for use in uses)
        yield _Person(cluster.name, cluster.family_name, cluster.names, had, first, description)


def _told(several: _Several, numbers: Sequence[int]) -> Iterator[ToldApart]:
    for number, group in zip(numbers, several.groups, strict=True):
        for member in group.members:
            article_id, local, name, _ = several.uses[member.place]
            shared = namesakes.as_text(member.shared)
            yield ToldApart(article_id, local, name, number, shared, member.confidence)


# -- numbers ------------------------------------------------------------------------------------


def _components(uses: Iterable[str], keys: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The names in groups that are connected through shared keys (union-find)."""
    parent = {name: name for name in uses}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    last_key, first = "", ""
    for key, name in keys:
        if key == last_key:
            parent[root(name)] = root(first)
        else:
            last_key, first = key, name
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in parent:
        groups[root(name)].append(name)
    return list(groups.values())


def _number(names: NameTable, persons: Sequence[_Person]) -> list[tuple[int, _Person]]:
    """Each person with a number: one that it had, else a new one.

    Where a person's names now fall to two, the one that holds the person's name keeps the number, of several
    that do the one with most of the articles; where two persons become one, the smaller number stays.
    """
    called = names.canonical_names(sorted({number for person in persons for number in person.had}))
    claims: defaultdict[int, list[int]] = defaultdict(list)
    for index, person in enumerate(persons):
        for number in person.had:
            claims[number].append(index)
    given: dict[int, int] = {}
    for number in sorted(claims):
        free = [index for index in claims[number] if index not in given]
        if free:
            given[min(free, key=lambda index: _claim(persons[index], number, called[number]))] = number
    fresh = [index for index in range(len(persons)) if index not in given]
    fresh.sort(key=lambda index: (persons[index].first, persons[index].name))
    start = names.next_person_id()
    given.update((index, start + offset) for offset, index in enumerate(fresh))
    return [(given[index], person) for index, person in enumerate(persons)]


def _claim(person: _Person, number: int, called: str) -> tuple[bool, int, str, int]:
    """Sort key: who keeps a number that goes by the name `called`."""
    return (called not in person.names, -person.had[number], person.name, person.first)
