"""Which articles tell one story: the step of the pipeline between the articles and the stories.

After the articles of an import are written, this step makes the signature of each new one
(resolution.similarity), finds the stored articles that share a key with it (store.stories), lets
`resolution.stories` decide those and whatever their decisions change, and gives the groups their
numbers. A story keeps its number as long as one of its articles remains in it; where stories
become one the smaller number stays; new ones are numbered in the order of their articles.

Memory holds the keys of the new articles (128 bytes each), and what is known of those that share
one with another article.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.resolution import similarity
from corpus_db.resolution.similarity import Likeness
from corpus_db.resolution.stories import SAME_TEXT, Decision, Rank, may_be_one_story, regroup
from corpus_db.store.stories import Membership, StoryRow, StoryTable

_CHUNK = 64  # texts that are read together
_SLICE = 50_000  # rows that are made at a time
_TEXTS_KEPT = 500  # texts that wait to be compared again
# Texts whose signatures agree in less are not compared word for word: they are far from being copies.
_LEAST_ESTIMATE = 0.1
_UNDATED = "~"  # after every date
_ITSELF = Likeness(1.0, 1.0)

_Numbers = npt.NDArray[np.int64]


def group(connection: sqlite3.Connection) -> None:
    """Decide anew about every touched article and all that depends on it; runs in a transaction."""
    table = StoryTable(connection)
    if not table.touched():
        return
    widowed = _forget(table)
    signed = _sign(table)
    shared = _shared(table, signed.keys)
    _store_keys(table, signed)
    corpus = _Stored(table, signed, shared)
    decided = regroup(corpus.sharing() + [mate for mate in widowed if mate not in signed.all], corpus)
    alone = {article: Decision(article, _ITSELF) for article in signed.all if article not in decided}
    _write(table, alone | decided)


class _Signed(NamedTuple):
    """The touched articles that are there: all, and those long enough to be compared, with their keys."""

    all: dict[int, None]  # in order
    articles: _Numbers
    keys: _Numbers  # one row for each of `articles`


def _forget(table: StoryTable) -> list[int]:
    """Drop what is stored of the touched articles; the articles that may have followed one of them."""
    stored = table.take_signatures()
    if not stored:
        return []
    headed = {
        row.article for row in table.rows([article for article, _ in stored]) if row.head == row.article
    }
    followed: set[int] = set()
    rows = iter(stored)
    while chunk := [(article, blob) for article, blob in islice(rows, _SLICE // similarity.BANDS) if blob]:
        keys = similarity.keys_of(_signatures(blob for _, blob in chunk)).tolist()
        table.drop_keys((key, article) for (article, _), own in zip(chunk, keys, strict=True) for key in own)
        followed.update(
            key for (article, _), own in zip(chunk, keys, strict=True) if article in headed for key in own
        )
    return sorted({article for _, article in table.holders(sorted(followed))})


def _signatures(blobs: Iterable[bytes]) -> similarity.Signatures:
    data = np.frombuffer(b"".join(blobs), "<u4").astype(np.uint32)
    return data.reshape(-1, similarity.SIGNATURE)


def _sign(table: StoryTable) -> _Signed:
    """Make and write the signatures of the touched articles."""
    everything: dict[int, None] = {}
    articles: list[_Numbers] = [np.zeros(0, np.int64)]
    keys: list[_Numbers] = [np.zeros((0, similarity.BANDS), np.int64)]
    texts = table.texts()
    while chunk := list(islice(texts, _CHUNK)):
        numbers = [number for number, _ in chunk]
        everything.update(dict.fromkeys(numbers))
        runs = similarity.runs_of([text for _, text in chunk])
        signatures = similarity.signatures(runs)
        compared = np.array([len(own) >= similarity.MINIMUM_RUNS for own in runs])
        blobs = signatures.astype("<u4")
        table.put_signatures(
            (number, row.tobytes() if long else b"")
            for number, row, long in zip(numbers, blobs, compared.tolist(), strict=True)
        )
        articles.append(np.array(numbers, np.int64)[compared])
        keys.append(similarity.keys_of(signatures[compared]))
    return _Signed(everything, np.concatenate(articles), np.concatenate(keys))


def _shared(table: StoryTable, keys: _Numbers) -> _Numbers:
    """Those of the new keys that another article has too, new or stored; in order."""
    found, counts = np.unique(keys, return_counts=True)
    several = found[counts > 1]
    if not table.has_keys():
        return several
    stored = np.array(sorted({key for key, _ in table.holders(found.tolist())}), np.int64)
    return np.union1d(several, stored)


def _store_keys(table: StoryTable, signed: _Signed) -> None:
    """Write the keys of the new articles, in order."""
    flat = signed.keys.ravel()
    owners = np.repeat(signed.articles, similarity.BANDS)
    order = np.lexsort((owners, flat))
    for start in range(0, len(order), _SLICE):
        chosen = order[start : start + _SLICE]
        table.put_keys(zip(flat[chosen].tolist(), owners[chosen].tolist(), strict=True))


class _Claim(NamedTuple):
    """A story that articles were in, and the head that it had."""

    story: int
    former: int


class _Stored:
    """What a grouping asks about articles, from the tables; see resolution.stories.Corpus."""

    def __init__(self, table: StoryTable, signed: _Signed, shared: _Numbers) -> None:
        self._table = table
        self._new = signed.all
        self._ranks: dict[int, Rank] = {}
        self._headed: dict[int, bool] = {}
        self._members: dict[int, list[int]] = {}
        self._keys: dict[int, list[int]] = {}
        holders: defaultdict[int, list[int]] = defaultdict(list)
        for key, article in table.holders(shared.tolist()):
            holders[key].append(article)
        self._learn({article for members in holders.values() for article in members})
        for key, members in holders.items():
            self._members[key] = sorted(members, key=self.rank)
        own = np.isin(signed.keys, shared)
        for number in np.flatnonzero(own.any(axis=1)).tolist():
            article = int(signed.articles[number])
            self._keys[article] = np.unique(signed.keys[number][own[number]]).tolist()
        self._profile = lru_cache(_TEXTS_KEPT)(self._read_profile)
        self._signature = lru_cache(_TEXTS_KEPT * 100)(self._read_signature)

    def sharing(self) -> list[int]:
        """The new articles that share a key with any other."""
        return list(self._keys)

    def _learn(self, articles: Iterable[int]) -> None:
        """Read the ranks of articles, and whether they head a story, all at once."""
        unknown = sorted(article for article in articles if article not in self._ranks)
        for article, words, published, digest in self._table.ranks(unknown):
            self._ranks[article] = Rank(-words, published or _UNDATED, digest)
        old = [article for article in unknown if article not in self._new]
        self._headed.update(dict.fromkeys(unknown, False))
        self._headed.update((row.article, row.head == row.article) for row in self._table.rows(old))

    def rank(self, article: int) -> Rank:
        """Where the article stands in the order."""
        if article not in self._ranks:
            self._learn([article])
        return self._ranks[article]

    def headed(self, article: int) -> bool:
        """Whether the article headed a story, with the text that it has now."""
        if article not in self._headed:
            self._learn([article])
        return self._headed[article]

    def keys(self, article: int) -> Sequence[int]:
        """The keys that the article shares with others."""
        if article not in self._keys:
            signature = self._signature(article)
            keys = [] if signature is None else similarity.keys_of(signature[np.newaxis])[0].tolist()
            self._find(keys)
            self._keys[article] = [key for key in sorted(set(keys)) if len(self._members[key]) > 1]
        return self._keys[article]

    def members(self, key: int) -> Sequence[int]:
        """All articles that have a key, in order of rank."""
        self._find([key])
        return self._members[key]

    def _find(self, keys: Iterable[int]) -> None:
        unknown = [key for key in keys if key not in self._members]
        if not unknown:
            return
        found: defaultdict[int, list[int]] = defaultdict(list)
        for key, article in self._table.holders(unknown):
            found[key].append(article)
        self._learn({article for members in found.values() for article in members})
        for key in unknown:
            self._members[key] = sorted(found[key], key=self.rank)

    def likeness(self, article: int, head: int) -> Likeness | None:
        """What the article has in common with a fuller one; None where they tell different stories."""
        own, other = self._signature(article), self._signature(head)
        if own is None or other is None or similarity.estimate(own, other) < _LEAST_ESTIMATE:
            return None
        one, fuller = self._profile(article), self._profile(head)
        likeness = similarity.compare(one, fuller)
        if not may_be_one_story(likeness, self.rank(article).published, self.rank(head).published):
            return None
        if not similarity.is_same_story(one, fuller, likeness):
            return None
        if likeness.similarity >= SAME_TEXT:
            return likeness
        titles = self._table.title(article), self._table.title(head)
        return None if similarity.tell_of_others(one, titles[0], fuller, titles[1]) else likeness

    def _read_profile(self, article: int) -> similarity.Profile:
        return similarity.profile(self._table.text(article))

    def _read_signature(self, article: int) -> npt.NDArray[np.uint32] | None:
        blob = next((blob for _, blob in self._table.signatures([article])), b"")
        return _signatures([blob])[0] if blob else None


def _write(table: StoryTable, decided: Mapping[int, Decision]) -> None:
    """Number the stories of what was decided, and write them down."""
    heads = {decision.head for decision in decided.values()}
    stored = {row.article: row for row in table.rows(sorted(heads.union(decided)))}
    former = {row.head for article, row in stored.items() if article in decided and row.head not in decided}
    staying = {article for article, *_ in table.ranks(sorted(former))}
    numbers = _number(table.next_story(), decided, stored, staying)
    concerned = {row.story: row.head for article, row in stored.items() if article in decided}
    concerned.update((number, head) for head, number in numbers.items())
    members = (
        Membership(article, numbers[decision.head], *decision.likeness)
        for article, decision in sorted(decided.items())
    )
    table.put(members, sorted(concerned.items()))


def _number(
    fresh: int, decided: Mapping[int, Decision], stored: Mapping[int, StoryRow], staying: set[int]
) -> dict[int, int]:
    """The number of each head's story: one that its articles had, else a new one, from `fresh` on.

    Heads in `staying` were not decided about and keep their stories' numbers. Of several groups
    that could have a number, the one with the former head gets it, else the one with the smallest
    number of an article.
    """
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for article, decision in decided.items():
        groups[decision.head].append(article)
    numbers = {head: stored[head].story for head in groups if head not in decided}
    claims: defaultdict[_Claim, list[int]] = defaultdict(list)
    for head, members in groups.items():
        if head not in numbers:
            for row in {stored[article][1:] for article in members if article in stored}:
                claims[_Claim(*row)].append(head)
    for story, former in sorted(claims):
        free = [head for head in claims[_Claim(story, former)] if head not in numbers]
        if free and former not in staying:
            numbers[min(free, key=lambda head: (former not in groups[head], min(groups[head])))] = story
    rest = sorted((head for head in groups if head not in numbers), key=lambda head: min(groups[head]))
    numbers.update(zip(rest, range(fresh, fresh + len(rest)), strict=True))
    return numbers
