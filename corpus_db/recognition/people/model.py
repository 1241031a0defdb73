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

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .candidates import Block, Candidates
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
    features_of,
)
from .tokens import Column, Vocabulary

CLASSES = ("PER", "ORG", "LOC", "OTHER")
PERSON = CLASSES.index("PER")

MAX_SLOTS = 48_000  # about 2 kB each
MAX_SCORE = 20.0  # e^20 per token of a run of 16 stays far inside a double
MAX_HIDDEN = 2047  # with outputs below 128 and 64 dimensions, sums stay exact in single precision
_ROWS = 2000  # rows a product: below the size at which linear algebra libraries start threads

Floats = NDArray[np.float64]


class PassWeights(NamedTuple):
    """The weights of one pass; D dimensions, integers in steps of `step` and `output_step`."""

    rows: NDArray[np.int32]  # (features, roles): the row in `vectors`, 0 for none
    vectors: NDArray[np.int8]  # (rows, D); row 0 is zero
    shapes: NDArray[np.int16]  # (SHAPES, D)
    lines: NDArray[np.int16]  # (LINES, D)
    evidence: NDArray[np.int16]  # (all buckets of all evidence features, D), empty in pass one
    output: NDArray[np.int8]  # (D, classes)
    bias: Floats  # (classes,)
    step: float
    output_step: float


class TypeVectors:
    """For each token type one vector per role: the sum over its features. Filled on demand.

    Types with the same known features (rare words in small letters, mostly) share one *slot*.
    """

    def __init__(
        self, passes: Sequence[PassWeights], feature_names: Sequence[str], vocabulary: Vocabulary
    ) -> None:
        self.passes = passes
        self.vocabulary = vocabulary
        # 0 is no feature: its row is zero in every role.
        self.number = {name: i for i, name in enumerate(feature_names, 1)}
        self._rows = [np.pad(weights.rows, ((1, 0), (0, 0))) for weights in passes]
        self.slot = Column(np.int32)  # of each type; -1 unknown
        self._slot_of: dict[tuple[int, ...], int] = {}
        self.values = [Column(np.int16, (len(ROLES) * w.vectors.shape[1],)) for w in passes]

    @property
    def full(self) -> bool:
        """Whether the slots take as much memory as they may."""
        return len(self._slot_of) >= MAX_SLOTS

    def keep(self, types: NDArray[np.int64]) -> None:
        """Keep the slots of these types only, in the vocabulary's new numbering."""
        self.slot.extend(np.full(types.max() + 1 - min(len(self.slot), types.max() + 1), -1, np.int32))
        slot = self.slot.values[types]
        kept = np.unique(slot[slot >= 0])
        renumber = np.full(len(self._slot_of) + 1, -1, np.int32)  # its last entry serves -1
        renumber[kept] = np.arange(len(kept))
        self.slot.replace(renumber[slot])
        self._slot_of = {key: int(renumber[old]) for key, old in self._slot_of.items() if renumber[old] >= 0}
        for column in self.values:
            column.replace(column.values[kept])

    def prepare(self, types: NDArray[np.int32], candidates: Candidates) -> NDArray[np.int32]:
        """The slots of the batch's tokens, filled for all tokens in or near the candidates."""
        self.slot.extend(np.full(len(self.vocabulary.words) - len(self.slot), -1, np.int32))
        slot = self.slot.values
        unknown = slot[types] < 0
        near = np.zeros(len(types), np.bool_)
        for shift in range(-3, 4):
            near[candidates.token + shift] = True
        new = np.unique(types[unknown & near])
        if len(new):
            self._add(new)
        return slot[types]

    def _add(self, new: NDArray[np.int32]) -> None:
        vocabulary, number = self.vocabulary, self.number
        classes = vocabulary.classes.values
        slot_of, slots = self._slot_of, []
        keys: list[tuple[int, ...]] = []
        for kind in new.tolist():
            names = features_of(vocabulary.words[kind], int(classes[kind]), vocabulary.lexicon)
            key = tuple([number[name] for name in names if name in number])
            slot = slot_of.get(key)
            if slot is None:
                slot = slot_of[key] = len(slot_of)
                keys.append(key)
            slots.append(slot)
        self.slot.values[new] = slots
        if not keys:
            return
        width = max(map(len, keys))
        features = np.array([key + (0,) * (width - len(key)) for key in keys], np.int64)
        for weights, rows, column in zip(self.passes, self._rows, self.values, strict=True):
            total = np.zeros((len(keys), len(ROLES), weights.vectors.shape[1]), np.int16)
            for k in range(width):
                total += weights.vectors.take(rows.take(features[:, k], axis=0), axis=0)
            column.extend(total.reshape(len(keys), -1))


def hidden(
    slots: NDArray[Any],
    candidates: Candidates,
    vectors: NDArray[Any],
    shapes: NDArray[Any],
    lines: NDArray[Any],
) -> NDArray[Any]:
    """h of every candidate, shaped (candidates, D), without the evidence.

    `slots` are the rows of `vectors` (slots, roles * D) for the tokens of the batch.
    """
    table = vectors.reshape(len(vectors) * len(ROLES), -1)
    row = slots.astype(np.int64) * len(ROLES)
    here = candidates.token
    left = table.take(row[here - 1] + LEFT1, axis=0)
    left += table.take(row[here - 2] + LEFT2, axis=0)
    left += table.take(row[here - 3] + LEFT3, axis=0)
    right = table.take(row[here + 1] + RIGHT1, axis=0)
    right += table.take(row[here + 2] + RIGHT2, axis=0)
    right += table.take(row[here + 3] + RIGHT3, axis=0)
    size, first = candidates.size, candidates.first
    several = size > 1
    result = table.take(row[candidates.start] + np.where(several, FIRST, SINGLE), axis=0)
    result += left.take(first, axis=0)
    result += right.take(first + size - 1, axis=0)
    result += shapes.take(candidates.shape, axis=0)
    result += lines.take(candidates.runs.line[candidates.run], axis=0)
    chosen = np.flatnonzero(several)
    result[chosen] += table.take(row[candidates.start[chosen] + size[chosen] - 1] + LAST, axis=0)
    for k in range(1, int(size.max(initial=2)) - 1):
        chosen = np.flatnonzero(size > k + 1)
        result[chosen] += table.take(row[candidates.start[chosen] + k] + MIDDLE, axis=0)
    return result


def scores(weights: PassWeights, h: NDArray[np.int16]) -> Floats:
    """The score of each class for every candidate, (candidates, classes)."""
    result = np.empty((len(h), len(CLASSES)))
    output = weights.output.astype(np.float32)
    for low in range(0, len(h), _ROWS):
        active = np.clip(h[low : low + _ROWS], 0, MAX_HIDDEN).astype(np.float32)
        result[low : low + _ROWS] = active @ output
    result *= weights.step * weights.output_step
    result += weights.bias
    return result


def forward_backward(block: Block, weight: Floats, outside: Floats | None = None) -> tuple[Floats, Floats]:
    """Probability of each candidate of a block of runs, (runs, size), and the log of the total, (runs,).

    `weight` is the exponential of the candidates' scores, (runs, size); `outside` the weight of
    each token outside any name, (runs, length), all ones where it is None.
    """
    plan = block.layout
    length, spans = plan.length, list(zip(plan.start.tolist(), plan.size.tolist(), strict=True))
    columns = [weight[:, k] for k in range(len(spans))]
    one = np.ones(len(weight))
    forward = [one]
    for end in range(1, length + 1):
        total = forward[-1] if outside is None else forward[-1] * outside[:, end - 1]
        for k, (start, size) in enumerate(spans):
            if start + size == end:
                total = total + forward[start] * columns[k]
        forward.append(total)
    backward = [one] * (length + 1)
    for start in range(length - 1, -1, -1):
        total = backward[start + 1] if outside is None else backward[start + 1] * outside[:, start]
        for k, (begin, size) in enumerate(spans):
            if begin == start:
                total = total + columns[k] * backward[start + size]
        backward[start] = total
    result = np.empty_like(weight)
    for k, (start, size) in enumerate(spans):
        result[:, k] = forward[start] * columns[k] * backward[start + size] / forward[length]
    return result, np.log(forward[length])


def probabilities(candidates: Candidates, score: Floats) -> Floats:
    """Exact marginal probability of each class for every candidate, (candidates, classes)."""
    weight = np.exp(np.clip(score, -MAX_SCORE, MAX_SCORE))
    total = weight.sum(axis=1)
    result = np.empty_like(weight)
    for block in candidates.blocks:
        count = block.runs.stop - block.runs.start
        part = slice(block.first, block.first + count * len(block.layout.start))
        marginal, _ = forward_backward(block, total[part].reshape(count, -1))
        result[part] = weight[part] * (marginal.ravel() / total[part])[:, None]
    return result
