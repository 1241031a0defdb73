"""Which names are one person: the step of the pipeline between the articles and the people.

After the articles of an import are written, this step takes the names they touched, widens them
to the blocks of names that may be one person (store.identity), lets `resolution.across` decide
each block, gives every cluster of names a person, and carries the decisions to the mentions.
A person keeps its number as long as one of its names does; new persons are numbered in the order
in which the articles bring them.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus_db.resolution import across
from corpus_db.store.identity import BLOCK_KEY, SHORT_KEY, Decision, NameTable, StoredName

FOUNDS = "founds"  # the rule of a name that is a person's first: nothing joined it to another


def identify(connection: sqlite3.Connection) -> None:
    """Decide anew about every touched name and all that depends on it; runs in a transaction."""
    names = NameTable(connection)
    touched = names.touched()
    unknown = names.unknown()
    names.add((use, _keys(use)) for use in touched if use.name in unknown)
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
    had = names.persons()
    numbers = _number(names, [cluster.names for cluster in clusters], [c.name for c in clusters], had)
    names.put_people(
        (number, cluster.name, cluster.family_name) for number, cluster in zip(numbers, clusters, strict=True)
    )
    names.decide(
        [d for number, cluster in zip(numbers, clusters, strict=True) for d in _decisions(number, cluster)]
    )


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
        bearers = names.bearers(name)
        decision = across.resolve_bare(use, bearers)
        if decision.founds:
            founders[tuple(sorted(across.short_keys(use)))].append((name, decision))
        else:
            decisions.append(Decision(name, decision.person, None, decision.rule, decision.confidence))
    groups = [
        sorted(group, key=lambda item: (-uses[item[0]].mention_count, item[0])) for group in founders.values()
    ]
    canonical = [group[0][0] for group in groups]
    had = names.founded_by(name for group in groups for name, _ in group)
    numbers = _number(names, [[name for name, _ in group] for group in groups], canonical, had)
    names.put_people(
        (number, name, uses[name].family_name) for number, name in zip(numbers, canonical, strict=True)
    )
    for number, group in zip(numbers, groups, strict=True):
        decisions.extend(Decision(name, number, None, d.rule, d.confidence) for name, d in group)
    names.decide(decisions)


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


def _number(
    names: NameTable, groups: Sequence[Sequence[str]], canonical: Sequence[str], had: Mapping[str, int]
) -> list[int]:
    """A person's number for each group of names: the one its names `had`, else a new one.

    Where a person's names now fall into two groups, the group that holds the person's name keeps
    the number; where two persons become one, the smaller number stays.
    """
    called = names.canonical_names(sorted(set(had.values())))
    claims: defaultdict[int, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        for number in {had[name] for name in group if name in had}:
            claims[number].append(index)
    given: dict[int, int] = {}
    for number in sorted(claims):
        free = [index for index in claims[number] if index not in given]
        if free:
            best = min(free, key=lambda index: (called[number] not in groups[index], canonical[index]))
            given[best] = number
    first = names.first_uses()
    fresh = [index for index in range(len(groups)) if index not in given]
    never = (1 << 62, 0)
    fresh.sort(key=lambda index: (min(first.get(name, never) for name in groups[index]), canonical[index]))
    start = names.next_person_id()
    given.update((index, start + offset) for offset, index in enumerate(fresh))
    return [given[index] for index in range(len(groups))]
