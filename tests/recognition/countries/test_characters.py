"""Looking many hashes up in a sorted table finds those that stand in it, wherever the others lie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.recognition.countries.characters import Few

# Hashes that share their first bits, by which most are turned away, and some that do not.
HASHES = st.lists(st.one_of(st.integers(0, 40), st.integers(2**64 - 40, 2**64 - 1)), max_size=12, unique=True)


@given(HASHES, HASHES)
def test_few_of_many_are_found_where_they_stand(table, wanted):
    ordered = np.array(sorted(table), np.uint64)
    which, where = Few(ordered)(np.array(wanted, np.uint64))
    assert which.tolist() == [number for number, hashed in enumerate(wanted) if hashed in table]
    assert ordered[where].tolist() == [wanted[number] for number in which]


@pytest.mark.parametrize("table", [[], [3]])
def test_nothing_is_found_in_nothing(table):
    which, where = Few(np.array(table, np.uint64))(np.array([], np.uint64))
    assert len(which) == len(where) == 0
