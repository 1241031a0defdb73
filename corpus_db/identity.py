"""Which names are one person: the step of the pipeline between the articles and the people.

After the articles of an import are written, this step takes the names they touched, widens them
to the blocks of names that may be one person (store.identity), lets `resolution.across` decide
each block, some groups of names at a time, gives every cluster of names a person, and carries the decisions to the mentions.

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
from corpus_db.resolution.components import blocks_of, components
from corpus_db.store.decisions import (
    NEVER,
    SEVERAL,
    Claim,
    Decision,
    Decisions,
    Draft,
    Namesake,
    ToldApart,
)
from corpus_db.store.identity import NameTable, StoredName, position
from corpus_db.store.keys import BLOCK_KEY, SHORT_KEY
from corpus_db.store.occurrences import StoredOccurrence

FOUNDS = "own-name"  # the rule of a name that makes a person: nothing joined it to another
NAMES_AT_ONCE = 5_000  # names that are decided together; more only where they hang together


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
    names, decisions = NameTable(connection), Decisions(connection)
    names.add_touched(_keys)
    names.close_block()
    bare = names.bare()
    names.forget_vanished()
    for numbers in _blocks(names):
        _Block(names, decisions, numbers).decide()
    decisions.settle(full=True)
    _decide_bare(names, decisions, bare)
    decisions.settle(full=False)
    decisions.apply()


def _keys(name: str, is_full: bool) -> set[str]:
    use = across.NameUse(name, "", is_full, 0, 0)
    keys = {SHORT_KEY + key for key in across.short_keys(use)}
    if is_full:
        keys |= {BLOCK_KEY + key for key in across.block_keys(use)}
    return keys


def _blocks(names: NameTable) -> Iterator[list[list[int]]]:
    """The full names of the block by number, in groups that hang together through shared keys, some groups at a time."""
    count = names.number_block()
    for groups in blocks_of(components(count, names.sharing()), NAMES_AT_ONCE):
        yield [(group + 1).tolist() for group in groups]


# -- full names -----------------------------------------------------------------------------------


class _Block:
    """Groups of names, of which none can be one person with a name outside its group."""

    def __init__(self, names: NameTable, decisions: Decisions, groups: Sequence[Sequence[int]]) -> None:
        self._names = names
        self._decisions = decisions
        numbers = [number for group in groups for number in group]
        stored = names.numbered(numbers)
        self._uses = {use.name: use for use in stored.values()}
        self._groups = [[stored[number].name for number in group] for group in groups]
        self._had: defaultdict[str, Counter[int]] = defaultdict(Counter)
        for name, person, count in names.persons(numbers):
            self._had[name][person] += count
        self._drafts: list[Draft] = []
        self._claims: list[Claim] = []

    def decide(self) -> None:
        """Cluster the names and make each cluster a person, or several."""
        clusters = self._clusters()
        several = self._tell_apart(clusters)
        called = self._decisions.names_of(sorted({person for had in self._had.values() for person in had}))
        decided: list[Decision] = []
        for index, cluster in enumerate(clusters):
            found = several.get(index)
            if found is None:
                first = min(_first(self._uses[name]) for name in cluster.names)
                had = sum((self._had[name] for name in cluster.names if name in self._had), Counter[int]())
                draft = self._draft(cluster, first, had, called)
                decided += _decisions(draft, cluster)
            else:
                decided += (
                    Decision(name, None, None, None if name == cluster.name else cluster.name, SEVERAL, None)
                    for name in cluster.names
                )
                self._put_several(cluster, found, called)
        self._decisions.put_drafts(self._drafts, self._claims)
        self._decisions.put(decided)

    def _clusters(self) -> list[across.Cluster]:
        several = enumerate(group for group in self._groups if len(group) > 1)
        apart = self._names.kept_apart((name, number) for number, group in several for name in group)
        apart_of = defaultdict(set)
        for pair in apart:
            apart_of[pair[0]].add(pair)
        clusters: list[across.Cluster] = []
        for group in self._groups:
            kept = {pair for name in group for pair in apart_of.get(name, ())}
            clusters.extend(across.resolve_full([_as_use(self._uses[name]) for name in group], kept))
        return clusters

    def _draft(
        self,
        cluster: across.Cluster,
        first: int,
        had: Mapping[int, int],
        called: Mapping[int, str],
        description: str | None = None,
    ) -> int:
        """Make a person of (some articles of) a cluster of names; the draft's number."""
        number = self._decisions.draft_number()
        self._drafts.append(Draft(number, cluster.name, cluster.family_name, first, description))
        self._claims += (
            Claim(number, person, count, called[person] in cluster.names) for person, count in had.items()
        )
        return number

    def _put_several(self, cluster: across.Cluster, several: _Several, called: dict[int, str]) -> None:
        """Make a person of each group of articles, with what tells him or her from the others."""
        descriptions = namesakes.describe(several.groups, self._names.country_names)
        called = called | self._decisions.names_of(
            sorted({use.person_id for use in several.uses if use.person_id is not None}.difference(called))
        )
        numbers: list[int] = []
        for group, description in zip(several.groups, descriptions, strict=True):
            uses = [several.uses[member.place] for member in group.members]
            had = Counter(use.person_id for use in uses if use.person_id is not None)
            first = min(position(use.article_id, use.number) for use in uses)
            numbers.append(self._draft(cluster, first, had, called, description))
        self._decisions.put_told(_told(several, numbers), _compared(cluster, several, numbers))

    # -- people of one name -----------------------------------------------------------------------

    def _tell_apart(self, clusters: Sequence[across.Cluster]) -> dict[int, _Several]:
        """The clusters, by number, of which the articles say that they are several people's."""
        commonness: dict[int, float] = {}
        for index, cluster in enumerate(clusters):
            if sum(self._uses[name].article_count for name in cluster.names) > 1:
                common = bearers(parse(cluster.name))
                if common >= namesakes.COMMON:
                    commonness[index] = common
        if not commonness:
            return {}
        asked = ((name, index) for index in commonness for name in clusters[index].names)
        found: dict[int, _Several] = {}
        for index, group in groupby(self._names.occurrences(asked), key=itemgetter(0)):
            read: list[_Use] = []
            own = contexts.own_words(clusters[index].names)
            groups, pairs = namesakes.tell_apart(_read(group, read), own, commonness[index])
            if len(groups) > 1:
                found[index] = _Several(read, groups, pairs)
        return found


def _first(use: StoredName) -> int:
    return NEVER if use.first is None else use.first


def _as_use(stored: StoredName) -> across.NameUse:
    return across.NameUse(*stored[:5])


def _decisions(draft: int, cluster: across.Cluster) -> Iterator[Decision]:
    links = {link.name: link for link in cluster.links}
    for name in cluster.names:
        link = links.get(name)
        if link is None:
            yield Decision(name, draft, None, None, FOUNDS, 1.0)
        else:
            yield Decision(name, draft, None, link.joined_to, link.rule, link.confidence)


def _read(group: Iterable[tuple[int, StoredOccurrence]], uses: list[_Use]) -> Iterator[contexts.Occurrence]:
    """Occurrences as they are compared; where each stands goes into `uses`."""
    for _, stored in group:
        uses.append(_Use(stored.article_id, stored.number, stored.name, stored.person_id))
        yield contexts.Occurrence(
            stored.article, stored.number, stored.body, stored.spans, stored.people, stored.countries,
            stored.claims, stored.year,
        )  # fmt: skip


def _told(several: _Several, drafts: Sequence[int]) -> Iterator[ToldApart]:
    for draft, group in zip(drafts, several.groups, strict=True):
        for member in group.members:
            article_id, local, name, _ = several.uses[member.place]
            shared = namesakes.as_text(member.shared)
            yield ToldApart(article_id, local, name, draft, shared, member.confidence)


def _compared(cluster: across.Cluster, several: _Several, drafts: Sequence[int]) -> Iterator[Namesake]:
    for pair in several.pairs:
        marks = namesakes.as_text(several.groups[pair.one].marks)
        shared = namesakes.as_text(pair.shared)
        yield Namesake(
            drafts[pair.one], drafts[pair.other], cluster.name, round(pair.score, 2), marks, shared
        )


# -- bare names -----------------------------------------------------------------------------------


def _decide_bare(names: NameTable, decisions: Decisions, bare: Sequence[str]) -> None:
    """Give each bare name the person it can only be, or one of its own, or none."""
    decided: list[Decision] = []
    drafts: list[Draft] = []
    claims: list[Claim] = []
    founders: defaultdict[tuple[str, ...], list[tuple[StoredName, across.BareDecision]]] = defaultdict(list)
    for stored in names.uses(bare):
        use = _as_use(stored)
        decision = across.resolve_bare(use, names.bearers(use.name))
        if decision.founds:
            founders[tuple(sorted(across.short_keys(use)))].append((stored, decision))
        else:
            decided.append(
                Decision(use.name, None, decision.person, None, decision.rule, decision.confidence)
            )
    had = names.founded_by(use.name for group in founders.values() for use, _ in group)
    called = decisions.names_of(sorted(set(had.values())))
    for group in founders.values():
        group.sort(key=lambda item: (-item[0].mention_count, item[0].name))
        of_group = [use.name for use, _ in group]
        number = decisions.draft_number()
        first = min(_first(use) for use, _ in group)
        drafts.append(Draft(number, of_group[0], group[0][0].family_name, first))
        counts = Counter(had[name] for name in of_group if name in had)
        claims += (
            Claim(number, person, count, called[person] in of_group) for person, count in counts.items()
        )
        decided += (Decision(use.name, number, None, None, d.rule, d.confidence) for use, d in group)
    decisions.put_drafts(drafts, claims)
    decisions.put(decided)
