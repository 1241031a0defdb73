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
from .features import FIRST, LAST, LEFT1, LEFT2, LEFT3, MIDDLE, RIGHT1, RIGHT2, RIGHT3, ROLES, SINGLE, features_of
from .tokens import Column, Vocabulary

CLASSES = ("PER", "ORG", "LOC", "OTHER")
PERSON = CLASSES.index("PER")

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


class TypeFeatures:
    """The numbers of the known features of each token type of a vocabulary, worked out on demand."""

    def __init__(self, names: Sequence[str], vocabulary: Vocabulary) -> None:
        self.number = {name: i for i, name in enumerate(names)}
        self.vocabulary = vocabulary

    def __call__(self, types: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Feature numbers of the types, one type after the other, and where each type's begin."""
        vocabulary, number = self.vocabulary, self.number
        classes = vocabulary.classes.values
        found: list[int] = []
        first = []
        for kind in types.tolist():
            first.append(len(found))
            names = features_of(vocabulary.words[kind], int(classes[kind]), vocabulary.lexicon)
            found += [number[name] for name in names if name in number]
        return np.array(found, np.int64), np.array(first, np.int64)


class TypeVectors:
    """For each token type one vector per role: the sum over its features. Filled on demand."""

    def __init__(self, weights: PassWeights) -> None:
        self.weights = weights
        self.width = len(ROLES) * weights.vectors.shape[1]
        self.values: NDArray[np.int16] = np.zeros((0, self.width), np.int16)

    def fill(self, types: NDArray[np.int64], features: NDArray[np.int64], first: NDArray[np.int64], size: int) -> None:
        """Work out the vectors of new types, given their features; `size` is the number of types."""
        if size > len(self.values):
            larger = np.zeros((max(size, 2 * len(self.values), 4096), self.width), np.int16)
            larger[: len(self.values)] = self.values
            self.values = larger
        vectors = self.weights.vectors[self.weights.rows[features]].reshape(len(features), self.width)
        self.values[types] = np.add.reduceat(vectors, first, axis=0, dtype=np.int16)


def hidden(
    types: NDArray[Any],
    candidates: Candidates,
    vectors: NDArray[Any],
    shapes: NDArray[Any],
    lines: NDArray[Any],
) -> NDArray[Any]:
    """h of every candidate, shaped (candidates, D), without the evidence.

    `types` are the rows of `vectors` (types, roles * D) for the tokens of the batch.
    """
    table = vectors.reshape(len(vectors) * len(ROLES), -1)
    row = types.astype(np.int64) * len(ROLES)
    here = candidates.token
    left = table[row[here - 1] + LEFT1]
    left += table[row[here - 2] + LEFT2]
    left += table[row[here - 3] + LEFT3]
    right = table[row[here + 1] + RIGHT1]
    right += table[row[here + 2] + RIGHT2]
    right += table[row[here + 3] + RIGHT3]
    size, first = candidates.size, candidates.first
    several = size > 1
    result = table[row[candidates.start] + np.where(several, FIRST, SINGLE)]
    result += left[first]
    result += right[first + size - 1]
    result += shapes[candidates.shape]
    result += lines[candidates.runs.line][candidates.run]
    chosen = np.flatnonzero(several)
    result[chosen] += table[row[candidates.start[chosen] + size[chosen] - 1] + LAST]
    for k in range(1, int(size.max(initial=2)) - 1):
        chosen = np.flatnonzero(size > k + 1)
        result[chosen] += table[row[candidates.start[chosen] + k] + MIDDLE]
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


class Scorer:
    """Scores candidates in one or several passes over a vocabulary's types."""

    def __init__(self, passes: Sequence[PassWeights], feature_names: Sequence[str], vocabulary: Vocabulary) -> None:
        self.passes = [TypeVectors(weights) for weights in passes]
        self.features = TypeFeatures(feature_names, vocabulary)
        self.vocabulary = vocabulary
        self.reset()

    def reset(self) -> None:
        """Forget all types, as the vocabulary does when it makes room."""
        self.known = Column(np.bool_)
        for vectors in self.passes:
            vectors.values = vectors.values[:0]

    def prepare(self, types: NDArray[np.int32], candidates: Candidates) -> None:
        """Work out the vectors of all types in or near the candidates."""
        size = len(self.vocabulary.words)
        self.known.extend(np.zeros(size - len(self.known), np.bool_))
        known = self.known.values
        near = np.concatenate([types[candidates.token + shift] for shift in range(-3, 4)])
        new = np.unique(near[~known[near]]).astype(np.int64)
        if len(new):
            features, first = self.features(new)
            for vectors in self.passes:
                vectors.fill(new, features, first, size)
            known[new] = True

    def hidden(self, number: int, types: NDArray[np.int32], candidates: Candidates) -> NDArray[np.int16]:
        """h of all candidates in pass `number`, without the evidence."""
        vectors = self.passes[number]
        return hidden(types, candidates, vectors.values, vectors.weights.shapes, vectors.weights.lines)
