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

Buckets = NDArray[np.int16]

_OWN = (0.01, 0.05, 0.15, 0.35, 0.65, 0.85, 0.95)
_MEAN = (0.02, 0.1, 0.3, 0.6, 0.85, 0.95)
_SUM = (0.02, 0.1, 0.4, 0.8, 1.8, 4.0)
_COARSE = (0.05, 0.3, 0.7, 0.95)
_COUNT = (1.5, 2.5, 4.5, 9.5)
_DENSITY = (0.003, 0.01, 0.02, 0.04, 0.08)
_SHARES = 1024  # what probabilities are rounded to
_NO_RUN = 13  # of a candidate that is not at the edge of its run

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
# longer steps through memory. The tables stay below 10,000 rows, most of which are never asked for.
GROUPS = ((0, 14, 15), (1, 2, 9, 11), (3, 4, 5, 6), (7, 8, 12), (10, 13))

_MIX = np.uint64(0xD6E8FEB86659FD93)
_LOWER_TABLE = 1 << 17


def levels(values: Floats, edges: tuple[float, ...]) -> Buckets:
    """The number of edges below each value."""
    result = np.zeros(len(values), np.uint8)
    above = np.empty(len(values), np.bool_)
    for edge in edges:
        np.greater(values, edge, out=above)
        result += above.view(np.uint8)
    return result.astype(np.int16)


# The level of each multiple of 1 / _SHARES.
_OWN_LEVELS = levels(np.arange(_SHARES + 2) / _SHARES, _OWN)


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
            row = row * np.int16(sizes[feature])
            row += buckets[feature]
        rows.append(row)
    return rows


class ArticleEvidence:
    """Which candidates and tokens of a batch belong together; then evidence for each pass."""

    def __init__(self, tokens: Tokens, hashes: NDArray[np.uint64], candidates: Candidates) -> None:
        """`hashes` are those of the vocabulary's types."""
        self.candidates = candidates
        runs, run = candidates.runs, candidates.run
        self.article = _chosen(runs.article, run)
        self.articles = len(tokens.first) - 1
        self.words = np.maximum(np.diff(tokens.first), 30).astype(np.float64)
        first, last = candidates.first, candidates.first + candidates.size - 1
        suffix = (tokens.classes.take(candidates.token) & SUFFIX) != 0
        last = np.maximum(last - suffix.take(last), first)  # "Ellison Jr." ends in Ellison
        self.first, self.last = first, last
        token_article = _chosen(runs.article, candidates.token_run)
        salt = (token_article + 1).view(np.uint64) * _MIX
        token_hash = _chosen(hashes, _chosen(tokens.types, candidates.token))
        self.lower = self._lower_elsewhere(tokens, hashes, token_hash, token_article)
        token_hash ^= salt
        self.string = _groups(string_keys(token_hash, first, candidates.size))
        self.word = _groups(token_hash)
        self.count = np.bincount(self.string)
        own = _chosen(self.count, self.string)
        self.rest = np.maximum(own - 1, 1).astype(np.float64)
        self.repeated = (own > 1).astype(np.int16)
        self.count_level = levels(own.astype(np.float64), _COUNT)
        word_rest = np.bincount(self.word).take(self.word) - 1
        self.word_rest = np.maximum(word_rest, 1).astype(np.float64)
        self.word_repeated = (word_rest > 0).astype(np.int16)
        self.longer = (candidates.size > 1).astype(np.float64)
        offset = candidates.start - _chosen(runs.start, run)
        opens, closes = offset == 0, offset + candidates.size == _chosen(runs.length, run)
        # How each candidate's run is joined to the one beside, and the token of that whose level counts.
        self.neighbours = []
        for edge, (base, token) in zip((opens, closes), _neighbours(tokens, candidates), strict=True):
            number = np.maximum(run, ~edge * len(runs.start))
            self.neighbours.append((base.take(number), _chosen(token, number)))
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
        places = _slots(hashes)
        here = is_asked[places].take(tokens.types)
        here &= (tokens.classes & LOWER) != 0
        lower = np.flatnonzero(here)
        number = np.empty(_LOWER_TABLE, np.int64)  # only those of the slots are ever read
        number[slots] = np.arange(len(slots))
        table = np.zeros((self.articles, len(slots)), np.bool_)
        column = number[places[tokens.types[lower]]]
        table[np.searchsorted(tokens.first, lower, side="right") - 1, column] = True
        found: Buckets = table[token_article, number[slots]].astype(np.int16)
        return found

    def __call__(self, probability: Floats) -> list[Buckets]:
        """One array of buckets for each feature, one entry for each candidate."""
        candidates = self.candidates
        shares = np.rint(probability[:, PERSON] * _SHARES)
        other_shares = np.rint((total_of(probability) - probability[:, PERSON]) * _SHARES)
        person, other = shares / _SHARES, other_shares / _SHARES
        sums = np.bincount(self.string, person)
        others = np.bincount(self.string, other)
        same = 1 + levels((_chosen(sums, self.string) - person) / self.rest, _MEAN)
        different = 1 + levels((_chosen(others, self.string) - other) / self.rest, _MEAN)
        tokens = len(candidates.token)
        longer = person * self.longer
        start_level = levels(self._elsewhere(np.bincount(self.first, longer, tokens)), _SUM)
        end_level = levels(self._elsewhere(np.bincount(self.last, longer, tokens)), _SUM)
        inside = _inside(self.first, candidates.size, person, tokens)
        inside_elsewhere = 1 + levels(self._elsewhere(inside) / self.word_rest, _MEAN)
        inside_elsewhere *= self.word_repeated
        mean = levels((sums / self.count), _COARSE).take(self.string) + np.int16(1)
        wider, narrower = self._nested(mean)
        before, after = self._in_list(inside)
        density = levels(np.bincount(self.article, person, self.articles) / self.words, _DENSITY)
        return [
            _OWN_LEVELS.take(shares.astype(np.int64)) * np.int16(5) + self.count_level,
            same * self.repeated,
            different * self.repeated,
            end_level.take(self.last),
            start_level.take(self.last),
            start_level.take(self.first),
            end_level.take(self.first),
            inside_elsewhere.take(self.last),
            inside_elsewhere.take(self.first),
            self.lower.take(self.first) * np.int16(2) + self.lower.take(self.last),
            wider,
            narrower,
            before,
            after,
            density.take(self.article),
            _OWN_LEVELS.take(other_shares.astype(np.int64)),
        ]

    def _elsewhere(self, here: NDArray[Any]) -> Floats:
        """The sum over the same word in the rest of the article, for each run token."""
        rest: Floats = _chosen(np.bincount(self.word, here), self.word)
        rest -= here
        return rest

    def _nested(self, mean: Buckets) -> tuple[Buckets, Buckets]:
        """Levels of the candidates one token longer and shorter at the same place."""
        mean = np.append(mean, np.int16(0))  # the last for "no such candidate"
        left, right, narrower_left, narrower_right = mean.take(self.around)
        return left * np.int16(6) + right, narrower_left * np.int16(6) + narrower_right

    def _in_list(self, inside: Floats) -> list[Buckets]:
        """Whether the runs before and after are people, by what stands between; 0 for none."""
        level = np.append(levels(inside, _COARSE[:3]), np.int16(0))
        return [base + level.take(token) for base, token in self.neighbours]


def _chosen(values: NDArray[Any], numbers: Indices) -> NDArray[Any]:
    """Some of the values. Where no number can be wrong, "clip" takes half as long as "raise"."""
    return values.take(numbers, mode="clip")


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
    several = result[:, candidates.ones :]
    np.minimum(several, len(candidates), out=several)
    return result


def _slots(hashes: NDArray[np.uint64]) -> Indices:
    """A number below _LOWER_TABLE for each hash; two words of one number are rare enough."""
    result: Indices = (hashes >> np.uint64(40)).view(np.int64)
    result &= _LOWER_TABLE - 1
    return result


def _groups(keys: NDArray[np.uint64]) -> Indices:
    """Equal keys get equal small numbers."""
    # Sorting numbers takes a third as long as finding their order, which is put in their last bits.
    bits = np.uint64(len(keys).bit_length())
    packed = keys >> bits
    packed <<= bits
    packed |= np.arange(len(keys), dtype=np.uint64)
    packed.sort()
    packed &= (np.uint64(1) << bits) - np.uint64(1)
    order = packed.view(np.int64)
    ordered = keys.take(order)
    if (ordered[1:] < ordered[:-1]).any():  # two keys that differ in these bits alone
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
) -> tuple[tuple[Buckets, Indices], tuple[Buckets, Indices]]:
    """For each run the run before and after: a number for how they are joined (by one mark, one word, two or three
    tokens, or not), and the nearest run token of the other, whose level is added.

    The last entry is that of candidates that are not at the edge of their run. The number of all run tokens stands for none.
    """
    runs, none = candidates.runs, len(candidates.token)
    order = np.argsort(runs.start, kind="stable")  # those of one length are in order
    start, end = runs.start[order], (runs.start + runs.length)[order]
    first_token = np.cumsum(runs.length) - runs.length
    between = start[1:] - end[:-1]
    near = (between <= 3) & (between > 0) & (runs.article[order][1:] == runs.article[order][:-1])
    one = between == 1
    mark = (tokens.classes.take(end[:-1], mode="clip") & MARK) != 0
    joined = (_BY_MORE - one * (_BY_MORE - _BY_WORD) - (one & mark) * (_BY_WORD - _BY_MARK)) * near
    result = []
    for here, token in (
        (order[1:], (first_token + runs.length - 1)[order[:-1]]),
        (order[:-1], first_token[order[1:]]),
    ):
        base = np.zeros(len(order) + 1, np.int16)
        base[here], base[-1] = joined, _NO_RUN
        beside = np.full(len(order) + 1, none)
        token[~near] = none
        beside[here] = token
        result.append((base, beside))
    return result[0], result[1]


_BY_MARK, _BY_WORD, _BY_MORE = 1, 5, 9  # and the level, 0 to 3
