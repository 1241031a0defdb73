"""Which articles tell one story: each goes to the most similar of the fuller articles that lead one. Pure.

The articles are taken in order, the fullest first (`Rank`). An article joins the story of a head
before it that it nearly copies, the most similar one; where there is none it heads a story itself.
So every member of a story was compared with its head, and nothing chains: that A resembles B and B
resembles C says nothing about A and C, which sinks every scheme of connected components once a
newspaper's weekly tables are imported. The outcome depends on the articles alone, not on the order
in which they came: it is the greedy solution over one fixed order.

Only articles that share a key (`similarity.keys_of`) are compared, and of each key's articles only
the first HEADS_COMPARED heads, which keeps the work linear where ten thousand articles share one
form. When articles come or go, only those whose candidates change are decided again, in the same
order; a decision reaches further only where an article begins or ceases to head a story.
"""

from __future__ import annotations

import bisect
import calendar
import heapq
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, Protocol

from corpus_db.resolution.similarity import Likeness

HEADS_COMPARED = 50
# A story is printed again within days. What comes later in nearly the same words is next month's figures or
# another town's grant in the same form, unless it is the same text (but for a date line and the like).
WINDOW = 14  # days
SAME_TEXT, WHOLE_IN_IT = 0.97, 0.99


class Rank(NamedTuple):
    """The order in which articles are taken: the fullest first, then the earliest; unique."""

    shortness: int  # minus the number of words
    published: str  # "~" without a date: after all that have one
    content_hash: str


class Decision(NamedTuple):
    """The head of an article's story, and what the article has in common with it."""

    head: int
    likeness: Likeness


def may_be_one_story(likeness: Likeness, one: str, other: str) -> bool:
    """Whether the dates of two articles ("2020", "2020-06", "2020-06-16…", else undated) allow what their texts say."""
    if likeness.similarity >= SAME_TEXT or likeness.share >= WHOLE_IN_IT:
        return True
    first, second = _days(one), _days(other)
    if first is None or second is None:
        return True
    return max(first[0] - second[1], second[0] - first[1]) <= WINDOW


@lru_cache(maxsize=1 << 12)
def _days(published: str) -> tuple[int, int] | None:
    """The first and last day that a date may mean, counted from the year 1; None for no date."""
    try:
        parts = [int(part) for part in published[:10].split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else None
        if len(parts) > 2:
            day = date(*parts[:3]).toordinal()
            return day, day
        first = date(year, month or 1, 1)
        last = date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return first.toordinal(), last.toordinal()


class Corpus(Protocol):
    """What a grouping asks about articles, by their numbers."""

    def rank(self, article: int) -> Rank:
        """Where the article stands in the order."""

    def keys(self, article: int) -> Iterable[int]:
        """The keys that the article shares with others."""

    def members(self, key: int) -> Sequence[int]:
        """All articles that have a key, in order of rank."""

    def headed(self, article: int) -> bool:
        """Whether the article headed a story, with the text that it has now, before anything changed."""

    def likeness(self, article: int, head: int) -> Likeness | None:
        """What the article has in common with a fuller one; None where they tell different stories."""


def regroup(affected: Iterable[int], corpus: Corpus) -> dict[int, Decision]:
    """The story of every affected article, and of all others that this changes."""
    return _Regrouping(corpus).run(affected)


class _Regrouping:
    """One run of `regroup`: what is decided, what waits, and the heads of every key so far."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._decided: dict[int, Decision] = {}
        self._waiting: list[tuple[Rank, int]] = []
        self._queued: set[int] = set()
        self._heads: dict[int, list[tuple[Rank, int]]] = {}  # of a key, in order
        self._spread: set[int] = set()  # keys of which all later members are queued

    def run(self, affected: Iterable[int]) -> dict[int, Decision]:
        """Decide in order until nothing waits."""
        for article in affected:
            self._queue(article)
        while self._waiting:
            rank, article = heapq.heappop(self._waiting)
            self._decided[article] = decision = self._decide(rank, article)
            heads = decision.head == article
            if heads != self._corpus.headed(article):
                self._turn(rank, article, heads)
        return self._decided

    def _queue(self, article: int) -> None:
        if article not in self._queued:
            self._queued.add(article)
            heapq.heappush(self._waiting, (self._corpus.rank(article), article))

    def _turn(self, rank: Rank, article: int, heads: bool) -> None:
        """An article begins or ceases to head a story: all that may follow it are decided anew."""
        for key in self._corpus.keys(article):
            known = self._heads_of(key)
            if heads:
                bisect.insort(known, (rank, article))
            else:
                known.remove((rank, article))
            if key not in self._spread:
                self._spread.add(key)
                for mate in self._corpus.members(key):
                    if self._corpus.rank(mate) > rank:
                        self._queue(mate)

    def _heads_of(self, key: int) -> list[tuple[Rank, int]]:
        if key not in self._heads:
            corpus = self._corpus
            self._heads[key] = [(corpus.rank(m), m) for m in corpus.members(key) if corpus.headed(m)]
        return self._heads[key]

    def _decide(self, rank: Rank, article: int) -> Decision:
        """The most similar head before the article; the fuller of two that are equally similar."""
        candidates: set[tuple[Rank, int]] = set()
        for key in self._corpus.keys(article):
            for candidate in self._heads_of(key)[:HEADS_COMPARED]:
                if candidate[0] >= rank:
                    break
                candidates.add(candidate)
        best: Decision | None = None
        for _, head in sorted(candidates):
            likeness = self._corpus.likeness(article, head)
            if likeness is not None and (best is None or likeness > best.likeness):
                best = Decision(head, likeness)
        return best or Decision(article, Likeness(1.0, 1.0))
