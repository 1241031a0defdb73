"""Trees: what they add is what was learnt, whatever the company; and they learn what a sum cannot say."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.countries.trees import boosted
from corpus_db.recognition.countries.trees import STEP, Trees


def _one(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Candidates that are right where exactly one of two features is high, beside one that says nothing."""
    draw = np.random.default_rng(7)
    features = np.round(draw.uniform(0, 1, (count, 3)), 3)
    return features, ((features[:, 0] > 0.5) != (features[:, 1] > 0.5)).astype(np.float64)


def test_trees_learn_that_two_things_together_mean_the_opposite():
    features, right = _one(800)
    others, expected = _one(300)
    trees = Trees.read(boosted(features, right, np.zeros(len(right)), rounds=80))
    found = trees(others.T) > 0
    assert (found == (expected > 0.5)).mean() > 0.9


def test_what_a_tree_says_is_the_leaf_that_its_answers_number():
    questions, leaves = [(0, 0.5), (1, 2.0)], [[1, 2, 4, 8]]
    trees = Trees(questions, [[0, 1]], leaves)
    features = np.array([[0.0, 1.0, 0.0, 1.0], [1.0, 1.0, 3.0, 3.0]])
    assert (trees(features) / STEP).tolist() == [1, 2, 4, 8]


def test_a_candidate_has_the_same_alone_and_among_others():
    features, right = _one(200)
    trees = Trees.read(boosted(features, right, np.zeros(len(right)), rounds=20))
    together = trees(features.T)
    assert [trees(row[:, None])[0] for row in features] == together.tolist()


def test_learning_twice_gives_the_same():
    features, right = _one(200)
    assert boosted(features, right, right * 0, rounds=5) == boosted(features, right, right * 0, rounds=5)


@pytest.mark.parametrize("trees", [Trees([], [], []), Trees([(0, 0.5)], [[0]], [[1, 2]])])
def test_of_nobody_nothing_is_said(trees: Trees):
    assert trees(np.zeros((1, 0))).tolist() == []


def test_no_trees_add_nothing():
    assert Trees([], [], [])(np.ones((2, 3))).tolist() == [0.0, 0.0, 0.0]
