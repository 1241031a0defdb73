"""The score of a candidate, and what all scores of a run together say: a semi-Markov model.

A run of tokens is divided into names of people, other names (organisations, places, others) and
tokens outside any name. Each candidate has a score per class,

    score_c = b_c + v_c · relu(h),   h = sum of the vectors of its tokens and neighbours by role
                                         + vector of (size, run length, edges) + vector of its line
                                         + vectors of the evidence of the article (later passes),

and a division of the run is as likely as the exponential of the sum of its scores (a semi-Markov
conditional random field: Sarawagi and Cohen 2004). The probability that a candidate is a name of
class c is exact, by the forward–backward algorithm over the run.

Vectors and outputs are small integers times a step. Sums of integers are exact in any order, so a
score does not depend on the batch, the processor or the linear algebra library.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .candidates import Block, Candidates, Indices, Layout, places_in
from .feature_rows import COLUMNS, GROUPS, FeatureRows
from .features import (
    FIRST,
    LAST,
    LEFT1,
    LEFT2,
    LEFT3,
    MIDDLE,
    RIGHT1,
    RIGHT2,
    RIGHT3,
    ROLES,
    SINGLE,
)
from .tokens import Column, Vocabulary

if TYPE_CHECKING:
    from .weights import Weights

CLASSES = ("PER", "ORG", "LOC", "OTHER")
PERSON = CLASSES.index("PER")

MAX_VECTORS = 250_000  # of about 200 bytes each
_MORE_VECTORS = 50_000  # room for those of the batch that fills them
MAX_SCORE = 20.0  # e^20 per token of a run of 16 stays far inside a double
MAX_HIDDEN = 2047  # with outputs below 128 and 64 dimensions, sums stay exact in single precision
_MANY = 3  # tokens: of runs so long there are many, of longer ones few
_ROWS = 2000  # rows a product: below the size at which linear algebra libraries start threads

# The tokens to the left and right of a token, and their roles.
_AROUND = np.array([[-1], [-2], [-3], [1], [2], [3]])
_ROLES_AROUND = (LEFT1, LEFT2, LEFT3, RIGHT1, RIGHT2, RIGHT3)

Floats = NDArray[np.float64]


class PassWeights(NamedTuple):
    """The weights of one pass but for its features; D dimensions, integers in steps of `step` and `output_step`."""

    shapes: NDArray[np.int16]  # (SHAPES, D)
    lines: NDArray[np.int16]  # (LINES, D)
    evidence: NDArray[np.int16]  # (all buckets of all evidence features, D), empty in pass one
    output: NDArray[np.int8]  # (D, classes)
    bias: Floats  # (classes,)
    step: float
    output_step: float


class Parts(NamedTuple):
    """Rows of `TypeVectors.values` that make up the candidates of a batch."""

    left: NDArray[np.int32]  # (3, run tokens): of the three tokens before each token of a run
    right: NDArray[np.int32]  # (3, run tokens): … after it
    first: NDArray[np.int32]  # (candidates,): of the first token, or the only one
    more: list[tuple[Indices, NDArray[np.int32]]]  # of further tokens: some candidates, their rows


class TypeVectors:
    """The vector of a token type in a role: the sum over its features. Filled on demand.

    A new word is mostly seen in two or three roles, so each (type, role) is worked out by itself
    when it is first met: a fifth of the work and memory that all roles would take. As in the weights
    the vectors of all passes stand side by side.
    """

    def __init__(self, weights: Weights, vocabulary: Vocabulary) -> None:
        self.passes = passes = weights.passes
        self.vocabulary = vocabulary
        self.rows_of = FeatureRows(weights.feature_names, vocabulary.lexicon)
        self._vectors = weights.vectors
        # The row of each feature * roles + role. Feature 0 is none, row 0 is zero.
        self._cells = np.zeros((len(weights.feature_names) + 1) * len(ROLES), np.int32)
        self._cells[weights.cells + len(ROLES)] = np.arange(1, len(weights.cells) + 1)
        self._groups = Column(np.int16, (len(ROLES), self._vectors.shape[1]))
        self._shapes = np.concatenate([weights.shapes for weights in passes], axis=1)
        self._lines = np.concatenate([weights.lines for weights in passes], axis=1)
        self.values = Column(np.int16, (self._shapes.shape[1],), MAX_VECTORS + _MORE_VECTORS)
        self.values.extend(np.zeros((1, self._shapes.shape[1])))  # row 0 is none
        self._row = Column(np.int32, (len(ROLES),))  # of each type in each role; 0 not known yet
        self._features = Column(np.int32, (len(COLUMNS),))  # of each type
        self._known = Column(np.bool_)  # whether the features of the type were worked out

    @property
    def full(self) -> bool:
        """Whether the vectors take as much memory as they may."""
        return len(self.values) >= MAX_VECTORS

    def keep(self, types: NDArray[np.int64]) -> None:
        """Keep the vectors of these types only, in the vocabulary's new numbering."""
        self._grow(int(types.max()) + 1)
        row = self._row.values[types]
        kept = np.flatnonzero(row)
        old = row.ravel()[kept]
        row.ravel()[kept] = np.arange(1, len(kept) + 1)
        self.values.replace(self.values.values[np.concatenate([[0], old])])
        self._row.replace(row)
        self._features.replace(self._features.values[types])
        self._known.replace(self._known.values[types])

    def _grow(self, types: int) -> None:
        more = max(0, types - len(self._row))
        for column in (self._row, self._features, self._known):
            column.extend(np.zeros((more, *column.values.shape[1:])))

    def parts(self, types: NDArray[np.int32], candidates: Candidates) -> Parts:
        """The rows of the vectors of a batch, after adding those not known yet."""
        self._grow(len(self.vocabulary.words))
        here, start, size = candidates.token, candidates.start, candidates.size
        places = [(here + _AROUND).ravel(), start]
        roles = [np.repeat(_ROLES_AROUND, len(here)), np.where(size > 1, FIRST, SINGLE)]
        chosen = [np.flatnonzero(size > 1)]
        places.append((start + size - 1).take(chosen[0]))
        roles.append(np.full(len(chosen[0]), LAST))
        for k in range(1, int(size.max(initial=2)) - 1):
            longer = chosen[-1]
            chosen.append(longer.take(np.flatnonzero(size.take(longer) > k + 1)))
            places.append(start.take(chosen[-1]) + k)
            roles.append(np.full(len(chosen[-1]), MIDDLE))
        codes = types.take(np.concatenate(places), mode="clip") * np.int64(len(ROLES))
        codes += np.concatenate(roles)
        rows = self._rows(codes)
        around, first, *more = np.split(rows, np.cumsum([len(part) for part in places])[:-1])
        left, right = around.reshape(2, 3, len(here))
        return Parts(left, right, first, list(zip(chosen, more, strict=True)))

    def _rows(self, codes: Indices) -> NDArray[np.int32]:
        """The row of each (type, role), given as type * roles + role, after working out those not known yet."""
        known = self._row.values.ravel()
        rows: NDArray[np.int32] = known.take(codes, mode="clip")  # half as long as "raise"
        missing = np.flatnonzero(rows == 0)
        if len(missing):
            asked = codes.take(missing)
            # Of several places of one code the last one written stays: that one is worked out.
            known[asked] = missing
            new = asked.compress(known.take(asked) == missing)
            known[asked] = 0
            first = len(self.values)
            self._add(new)
            known[new] = np.arange(first, first + len(new))
            rows[missing] = known.take(asked)
        return rows

    def _add(self, codes: Indices) -> None:
        """Work out the vectors of these (type, role)."""
        types, roles = np.divmod(codes, len(ROLES))
        new = np.zeros(len(self._known), np.bool_)
        new[types] = True
        new &= ~self._known.values
        self._add_features(np.flatnonzero(new))
        features = self._features.values.take(types, axis=0).T * np.int64(len(ROLES)) + roles
        table = self._groups.values.reshape(-1, self._groups.values.shape[2])
        total = table.take(features[0], axis=0)
        total += table.take(features[1], axis=0)
        for cells in self._cells.take(features[GROUPS:], mode="clip"):
            some = np.flatnonzero(cells != 0)
            if len(some) * 4 < len(cells):
                total[some] += self._vectors.take(cells.take(some), axis=0)
            else:
                total += self._vectors.take(cells, axis=0)
        self.values.extend(total)

    def _add_features(self, types: Indices) -> None:
        words = self.vocabulary.words
        kinds, listed = self.vocabulary.classes.values[types], self.vocabulary.listed.values[types]
        self._features.values[types] = self.rows_of(
            [words[number] for number in types.tolist()], kinds, listed
        )
        self._known.values[types] = True
        self._add_groups(self.rows_of.groups[len(self._groups) :])

    def _add_groups(self, groups: Sequence[Sequence[int]]) -> None:
        """Sum up the vectors of groups of features in all roles."""
        total = np.zeros((len(groups), *self._groups.values.shape[1:]), np.int16)
        for members in itertools.zip_longest(*groups, fillvalue=0):
            cells = np.array(members, np.int64)[:, None] * len(ROLES) + np.arange(len(ROLES))
            total += self._vectors.take(self._cells.take(cells), axis=0)
        self._groups.extend(total)

    def hidden(self, parts: Parts, candidates: Candidates) -> NDArray[np.int16]:
        """h of every candidate without the evidence, for all passes, (candidates, passes * D)."""
        table = self.values.values
        left = self._lines.take(candidates.runs.line.take(candidates.token_run), axis=0)
        right = table.take(parts.right[0], axis=0)
        for rows in parts.left:
            _add_rows(left, table, rows)
        for rows in parts.right[1:]:
            _add_rows(right, table, rows)
        result: NDArray[np.int16] = table.take(parts.first, axis=0)
        _add_rows(result, self._shapes, candidates.shape)
        # Runs of one token come first, and their candidates are their tokens.
        ones = candidates.ones
        result[:ones] += left[:ones]
        result[:ones] += right[:ones]
        first, size = candidates.first[ones:], candidates.size[ones:]
        _add_rows(result[ones:], left, first)
        _add_rows(result[ones:], right, first + size - 1)
        for chosen, rows in parts.more:
            result[chosen] += table.take(rows, axis=0)
        return result


def _add_rows(total: NDArray[np.int16], table: NDArray[np.int16], rows: NDArray[Any]) -> None:
    """Add some rows of a table, a block at a time, which stays in the processor's cache."""
    block = np.empty((min(_ROWS, len(rows)), table.shape[1]), table.dtype)
    for low in range(0, len(rows), _ROWS):
        part = rows[low : low + _ROWS]
        total[low : low + _ROWS] += table.take(part, axis=0, out=block[: len(part)], mode="clip")


def scores(weights: PassWeights, h: NDArray[np.int16]) -> Floats:
    """The score of each class for every candidate, (candidates, classes)."""
    result = np.empty((len(CLASSES), len(h)))  # a class is a row: the columns are wanted one by one
    output = weights.output.astype(np.float32)
    for low in range(0, len(h), _ROWS):
        active = np.clip(h[low : low + _ROWS], 0, MAX_HIDDEN)  # ten times as fast as `maximum` with a number
        result[:, low : low + _ROWS] = (active.astype(np.float32) @ output).T
    result *= weights.step * weights.output_step
    result += weights.bias[:, None]
    return result.T


def total_of(values: Floats) -> Floats:
    """The sum over the classes, (candidates,), always in the same order."""
    first, second, *others = values.T
    total: Floats = first + second
    for column in others:
        total += column
    return total


def forward_backward(block: Block, weight: Floats, outside: Floats | None = None) -> tuple[Floats, Floats]:
    """Probability of each candidate of a block of runs, (runs, size), and the log of the total, (runs,).

    `weight` is the exponential of the candidates' scores, (runs, size); `outside` the weight of
    each token outside any name, (runs, length), all ones where it is None.
    """
    result, total = _marginals(block.layout, np.ascontiguousarray(weight.T), outside)
    return np.ascontiguousarray(result.T), np.log(total)


def _marginals(plan: Layout, weight: Floats, outside: Floats | None = None) -> tuple[Floats, Floats]:
    """The same with a row for each candidate of a run, and the total itself."""
    runs = weight.shape[1]
    forward, backward = np.ones((plan.length + 1, runs)), np.ones((plan.length + 1, runs))
    part = np.empty(runs)
    for token, candidates in enumerate(plan.ending):
        total = forward[token + 1]
        total[:] = forward[token] if outside is None else forward[token] * outside[:, token]
        for k, start in candidates:
            total += np.multiply(forward[start], weight[k], out=part)
    for token in range(plan.length - 1, -1, -1):
        total = backward[token]
        total[:] = backward[token + 1] if outside is None else backward[token + 1] * outside[:, token]
        for k, end in plan.beginning[token]:
            total += np.multiply(weight[k], backward[end], out=part)
    result = forward[plan.start]
    result *= weight
    result *= backward[plan.start + plan.size]
    result /= forward[-1]
    return result, forward[-1]


def probabilities(candidates: Candidates, score: Floats) -> Floats:
    """Exact marginal probability of each class for every candidate, (candidates, classes)."""
    weight = np.clip(score.T, -MAX_SCORE, MAX_SCORE)
    np.exp(weight, out=weight)
    total = total_of(weight.T)
    marginal = np.empty_like(total)
    long = [block for block in candidates.blocks if block.layout.length > _MANY]
    for block in candidates.blocks:
        if block.layout.length == 1:  # most runs
            part = slice(block.first, block.first + block.runs.stop - block.runs.start)
            marginal[part] = total[part] / (1.0 + total[part])
        elif block.layout.length <= _MANY:
            here = _of_block(total, block)
            _of_block(marginal, block)[:] = _marginals(block.layout, np.ascontiguousarray(here.T))[0].T
    if long:
        _marginals_together(long, total, marginal)
    marginal /= total
    weight *= marginal
    return weight.T


def _of_block(values: Floats, block: Block) -> Floats:
    """The values of the candidates of a block, (runs, size)."""
    size, runs = len(block.layout.start), block.runs.stop - block.runs.start
    return values[block.first : block.first + runs * size].reshape(runs, size)


def _marginals_together(blocks: Sequence[Block], total: Floats, marginal: Floats) -> None:
    """Those of the few long runs, all at once, as if they were as long as the longest: what is beyond their end has weight 0.

    Adding 0 changes no sum, so the result is to the last bit what each block by itself would give.
    """
    longest = blocks[-1].layout
    weight = np.zeros((len(longest.start), sum(block.runs.stop - block.runs.start for block in blocks)))
    columns, places = [], []
    low = 0
    for block in blocks:
        columns.append(slice(low, low + block.runs.stop - block.runs.start))
        places.append(places_in(block.layout.length, longest.length))
        low = columns[-1].stop
        weight[places[-1], columns[-1]] = _of_block(total, block).T
    found, _ = _marginals(longest, weight)
    for block, place, column in zip(blocks, places, columns, strict=True):
        _of_block(marginal, block)[:] = found[place, column].T
