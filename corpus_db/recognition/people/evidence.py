"""What the rest of the article says about a candidate, after a first pass has judged all of them.

"Xi" alone is hard; "Xi" in an article that elsewhere has a confident "Xi Jinping" is easy. Each
candidate gets some bucketed features from the probabilities that the pass before gave to all
candidates of the article: the same words elsewhere, its first and last token in longer names
elsewhere, longer and shorter candidates at the same place, the names beside it in a list.

Probabilities are rounded to 1/1024 first, so that sums are exact and no article's numbers depend
on the other articles of the batch.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .candidates import Candidates, Indices, string_keys
from .model import PERSON, Floats, total_of
from .tokens import Tokens
from .words import LOWER, MARK, SUFFIX

Buckets = NDArray[np.int64]

_OWN = (0.01, 0.05, 0.15, 0.35, 0.65, 0.85, 0.95)
_MEAN = (0.02, 0.1, 0.3, 0.6, 0.85, 0.95)
_SUM = (0.02, 0.1, 0.4, 0.8, 1.8, 4.0)
_COARSE = (0.05, 0.3, 0.7, 0.95)
_COUNT = (1.5, 2.5, 4.5, 9.5)
_DENSITY = (0.003, 0.01, 0.02, 0.04, 0.08)

# Feature -> number of its buckets, in the order of `evidence`.
FEATURES = {
    "own probability, occurrences": 8 * 5,
    "same words elsewhere are a person": 8,
    "same words elsewhere are another name": 8,
    "last token ends longer names elsewhere": 7,
    "last token starts longer names elsewhere": 7,
    "first token starts longer names elsewhere": 7,
    "first token ends longer names elsewhere": 7,
    "last token is in a person elsewhere": 8,
    "first token is in a person elsewhere": 8,
    "first, last token in small letters elsewhere": 4,
    "one token more, left and right": 6 * 6,
    "one token less, left and right": 6 * 6,
    "name before in a list": 17,
    "name after in a list": 17,
    "people in the article": 6,
    "own probability of another name": 8,
}
OFFSETS = np.cumsum([0, *FEATURES.values()])[:-1]
SIZE = sum(FEATURES.values())

# Features that are looked up together, in one table of all combinations of their buckets: fewer and
# longer steps through memory. The tables stay below 2,500 rows.
GROUPS = ((0, 14, 15), (1, 2, 9), (3, 4, 5, 6), (7, 8, 12), (10, 13), (11,))

_MIX = np.uint64(0xD6E8FEB86659FD93)
_LOWER_TABLE = 1 << 17


def levels(values: Floats, edges: tuple[float, ...]) -> Buckets:
    """The number of edges below each value."""
    result = np.zeros(len(values), np.uint8)
    above = np.empty(len(values), np.bool_)
    for edge in edges:
        np.greater(values, edge, out=above)
        result += above.view(np.uint8)
    return result.astype(np.int64)


def combined(table: NDArray[np.int16]) -> list[NDArray[np.int16]]:
    """For each group the sum of its features' vectors, for every combination of buckets."""
    sizes = list(FEATURES.values())
    tables = []
    for group in GROUPS:
        total = np.zeros((1, table.shape[1]), np.int16)
        for feature in group:
            part = table[OFFSETS[feature] : OFFSETS[feature] + sizes[feature]]
            total = (total[:, None, :] + part[None]).reshape(-1, table.shape[1])
        tables.append(total)
    return tables


def combinations(buckets: list[Buckets]) -> list[Buckets]:
    """For each group the row of its table, for every candidate."""
    sizes = list(FEATURES.values())
    rows = []
    for group in GROUPS:
        row = buckets[group[0]]
        for feature in group[1:]:
            row = row * sizes[feature] + buckets[feature]
        rows.append(row)
    return rows


class ArticleEvidence:
    """Which candidates and tokens of a batch belong together; then evidence for each pass."""

    def __init__(self, tokens: Tokens, hashes: NDArray[np.uint64], candidates: Candidates) -> None:
        """`hashes` are those of the vocabulary's types."""
        self.candidates = candidates
        runs, run = candidates.runs, candidates.run
        self.article = runs.article.take(run)
        self.articles = len(tokens.first) - 1
        self.words = np.maximum(np.diff(tokens.first), 30)
        first, last = candidates.first, candidates.first + candidates.size - 1
        suffix = (tokens.classes.take(candidates.token) & SUFFIX) != 0
        last = np.maximum(last - suffix.take(last), first)  # "Ellison Jr." ends in Ellison
        self.first, self.last = first, last
        token_article = runs.article.take(candidates.token_run)
        salt = (token_article.astype(np.uint64) + np.uint64(1)) * _MIX
        token_hash = hashes.take(tokens.types.take(candidates.token))
        self.lower = self._lower_elsewhere(tokens, hashes, token_hash, token_article)
        token_hash ^= salt
        self.string = _groups(string_keys(token_hash, first, candidates.size))
        self.word = _groups(token_hash)
        self.count = np.bincount(self.string)
        own = self.count.take(self.string)
        self.rest = np.clip(own - 1, 1, None)
        self.repeated = (own > 1).astype(np.int64)
        self.count_level = levels(own.astype(np.float64), _COUNT)
        word_rest = np.bincount(self.word).take(self.word) - 1
        self.word_rest = np.clip(word_rest, 1, None)
        self.word_repeated = (word_rest > 0).astype(np.int64)
        self.longer = (candidates.size > 1).astype(np.float64)
        offset = candidates.start - runs.start.take(run)
        self.opens = np.flatnonzero(offset == 0)  # the candidates at the start of their run
        self.closes = np.flatnonzero(offset + candidates.size == runs.length.take(run))
        self.neighbours = _neighbours(tokens, candidates)
        self.around = _around(candidates)

    def _lower_elsewhere(
        self,
        tokens: Tokens,
        hashes: NDArray[np.uint64],
        token_hash: NDArray[np.uint64],
        token_article: Indices,
    ) -> Buckets:
        """For each run token, given by hash and article, whether its article also has the word in small letters."""
        slots = _slots(token_hash)
        # Most words in small letters are none of those that are asked for.
        is_asked = np.zeros(_LOWER_TABLE, np.bool_)
        is_asked[slots] = True
        lower = np.flatnonzero((tokens.classes & LOWER) != 0)
        places = _slots(hashes.take(tokens.types.take(lower)))
        here = np.flatnonzero(is_asked.take(places))
        lower, places = lower.take(here), places.take(here)
        number = np.empty(_LOWER_TABLE, np.int64)  # only those of the slots are ever read
        number[slots] = np.arange(len(slots))
        table = np.zeros((self.articles, len(slots)), np.bool_)
        table[np.searchsorted(tokens.first, lower, side="right") - 1, number.take(places)] = True
        found: Buckets = table[token_article, number.take(slots)].astype(np.int64)
        return found

    def __call__(self, probability: Floats) -> list[Buckets]:
        """One array of buckets for each feature, one entry for each candidate."""
        candidates = self.candidates
        person = np.round(probability[:, PERSON] * 1024) / 1024
        other = np.round((total_of(probability) - probability[:, PERSON]) * 1024) / 1024
        sums = np.bincount(self.string, person)
        others = np.bincount(self.string, other)
        same = 1 + levels((sums.take(self.string) - person) / self.rest, _MEAN)
        different = 1 + levels((others.take(self.string) - other) / self.rest, _MEAN)
        tokens = len(candidates.token)
        longer = person * self.longer
        start_level = levels(self._elsewhere(np.bincount(self.first, longer, tokens)), _SUM)
        end_level = levels(self._elsewhere(np.bincount(self.last, longer, tokens)), _SUM)
        inside = _inside(self.first, candidates.size, person, tokens)
        inside_elsewhere = 1 + levels(self._elsewhere(inside) / self.word_rest, _MEAN)
        inside_elsewhere *= self.word_repeated
        mean = levels((sums / self.count), _COARSE).take(self.string) + 1
        wider, narrower = self._nested(mean)
        before, after = self._in_list(inside)
        density = levels(np.bincount(self.article, person, self.articles) / self.words, _DENSITY)
        return [
            levels(person, _OWN) * 5 + self.count_level,
            same * self.repeated,
            different * self.repeated,
            end_level.take(self.last),
            start_level.take(self.last),
            start_level.take(self.first),
            end_level.take(self.first),
            inside_elsewhere.take(self.last),
            inside_elsewhere.take(self.first),
            self.lower.take(self.first) * 2 + self.lower.take(self.last),
            wider,
            narrower,
            before,
            after,
            density.take(self.article),
            levels(other, _OWN),
        ]

    def _elsewhere(self, here: NDArray[Any]) -> Floats:
        """The sum over the same word in the rest of the article, for each run token."""
        rest: Floats = np.bincount(self.word, here).take(self.word) - here
        return rest

    def _nested(self, mean: Buckets) -> tuple[Buckets, Buckets]:
        """Levels of the candidates one token longer and shorter at the same place."""
        mean = np.append(mean, 0)  # the last for "no such candidate"
        left, right, narrower_left, narrower_right = mean.take(self.around)
        return left * 6 + right, narrower_left * 6 + narrower_right

    def _in_list(self, inside: Floats) -> tuple[Buckets, Buckets]:
        """Whether the runs before and after are people, by what stands between; 0 for none."""
        run = self.candidates.run
        level = np.append(levels(inside, _COARSE[:3]), 0)
        result = []
        for (kind, token), edge in zip(self.neighbours, (self.opens, self.closes), strict=True):
            beside = np.where(kind > 0, (kind - 1) * 4 + level.take(token) + 1, 0)
            at_edge = np.full(len(run), 13)
            at_edge[edge] = beside.take(run.take(edge))
            result.append(at_edge)
        return result[0], result[1]


def _around(candidates: Candidates) -> Indices:
    """Numbers of the candidates one token wider to the left, to the right, and narrower, (4, candidates).

    The number of all candidates where there is none.
    """
    result = np.full((4, len(candidates)), len(candidates))
    for block in candidates.blocks:
        size, runs = len(block.layout.start), block.runs.stop - block.runs.start
        if block.layout.length > 1:
            part = result[:, block.first : block.first + runs * size].reshape(4, runs, size)
            first = block.first + np.arange(0, runs * size, size)
            np.add(first[:, None], block.layout.beside[:, None, :], out=part)
    np.minimum(result, len(candidates), out=result)
    return result


def _slots(hashes: NDArray[np.uint64]) -> Indices:
    """A number below _LOWER_TABLE for each hash; two words of one number are rare enough."""
    result: Indices = (hashes >> np.uint64(40)).astype(np.int64)
    result &= _LOWER_TABLE - 1
    return result


def _groups(keys: NDArray[np.uint64]) -> Indices:
    """Equal keys get equal small numbers."""
    order = np.argsort(keys)
    ordered = keys.take(order)
    new = np.ones(len(keys), np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    result = np.empty(len(keys), np.int64)
    result[order] = np.cumsum(new) - 1
    return result


def _inside(first: Indices, size: Indices, person: Floats, tokens: int) -> Floats:
    """How probably each run token is in a person's name."""
    # Differences and their running sum: exact, for probabilities are multiples of 1/1024.
    steps = np.bincount(first, person, tokens + 1) - np.bincount(first + size, person, tokens + 1)
    return np.cumsum(steps)[:tokens]


def _neighbours(
    tokens: Tokens, candidates: Candidates
) -> tuple[tuple[Indices, Indices], tuple[Indices, Indices]]:
    """For each run the run before and after: how they are joined (0 not near, 1 by one mark, 2 by
    one word, 3 by two or three tokens) and the number of the nearest run token of the other."""
    runs = candidates.runs
    order = np.argsort(runs.start)
    start, end = runs.start[order], (runs.start + runs.length)[order]
    first_token = np.cumsum(runs.length) - runs.length
    between = start[1:] - end[:-1]
    near = (between <= 3) & (between > 0) & (runs.article[order][1:] == runs.article[order][:-1])
    mark = (tokens.classes[np.minimum(end[:-1], len(tokens.classes) - 1)] & MARK) != 0
    kind = np.where(near, np.where(between == 1, np.where(mark, 1, 2), 3), 0)
    before_kind, after_kind = np.zeros(len(order), np.int64), np.zeros(len(order), np.int64)
    before_token, after_token = np.full(len(order), -1), np.full(len(order), -1)
    before_kind[order[1:]], after_kind[order[:-1]] = kind, kind
    before_token[order[1:]] = (first_token + runs.length - 1)[order[:-1]]
    after_token[order[:-1]] = first_token[order[1:]]
    return (before_kind, before_token), (after_kind, after_token)
