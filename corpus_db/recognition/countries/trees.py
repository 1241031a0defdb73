"""Small decision trees in a sum: what a sum of weights cannot say, such as "a small town, but no part of a firm's name".

The trees are *symmetric*: each level asks all its candidates the same question (is this feature above that
threshold?), so that the answers are the bits of the number of a leaf. A question is asked once for all trees and all
candidates. Two small trees are one with all questions of both, whose leaves are the sums of theirs: half as many are
looked up. Leaves are whole numbers: their sum is exact, whatever the company.

Trained by benchmarks/countries/trees.py: each tree on what the sum of those before gets wrong (gradient boosting,
Friedman 2001; symmetric trees: Prokhorenkova and others 2018).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

STEP = 1 / 1024  # of leaves
_MOST_QUESTIONS = 8  # of a tree


class Trees:
    """A sum of trees; `questions` are pairs of a feature's number and a threshold, trees name up to eight by number."""

    def __init__(
        self,
        questions: Sequence[tuple[int, float]],
        trees: Sequence[Sequence[int]],
        leaves: Sequence[Sequence[int]],
    ) -> None:
        self._features = np.array([feature for feature, _ in questions], np.int64)
        self._thresholds = np.array([threshold for _, threshold in questions], np.float64)[:, None]
        self._trees, self._leaves = _joined(np.array(trees, np.int64), np.array(leaves, np.int64))

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Trees:
        """The trees of a file of weights."""
        return cls(data["questions"], data["trees"], data["leaves"])

    def __call__(self, features: Floats) -> Floats:
        """What the trees add to the score of each candidate, from (features, candidates)."""
        if not len(self._trees) or not features.shape[1]:
            return np.zeros(features.shape[1])
        answers = (features.take(self._features, axis=0) > self._thresholds).view(np.uint8)
        last, *others = self._trees.T[::-1]
        number = answers.take(last, axis=0)
        for asked in others:
            number += number  # several times as fast as a shift
            number += answers.take(asked, axis=0)
        total: Whole = np.zeros(features.shape[1], np.int64)
        for leaves, own in zip(self._leaves, number, strict=True):
            total += leaves.take(own)
        found: Floats = (total * STEP).astype(np.float64, copy=False)
        return found


def _joined(trees: Whole, leaves: Whole) -> tuple[Whole, Whole]:
    """Trees as fewer larger ones: two as one, as long as the number of a leaf fits into a byte."""
    while len(trees) > 1 and 2 * trees.shape[1] <= _MOST_QUESTIONS:
        if len(trees) % 2:
            trees, leaves = np.vstack([trees, trees[:1]]), np.vstack([leaves, np.zeros_like(leaves[:1])])
        trees = np.hstack([trees[0::2], trees[1::2]])
        leaves = (leaves[1::2, :, None] + leaves[0::2, None, :]).reshape(len(trees), -1)
    return trees, leaves
