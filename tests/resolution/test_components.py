"""What hangs together, directly or through others, comes out together and nothing else does."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.resolution.components import blocks_of, components

graphs = st.integers(0, 30).flatmap(
    lambda count: st.tuples(
        st.just(count),
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))) if count else st.just([]),
    )
)


def _reached(count, pairs, start):
    """All that can be reached from `start`, step by step."""
    found = {start}
    while more := {b for a, b in pairs + [(b, a) for a, b in pairs] if a in found} - found:
        found |= more
    return found


@given(graphs)
def test_each_thing_is_filed_under_the_smallest_that_can_be_reached_from_it(graph):
    count, pairs = graph
    found = components(count, np.array(pairs, np.int64).reshape(-1, 2)).tolist()
    assert found == [min(_reached(count, pairs, start)) for start in range(count)]


@given(graphs, st.integers(1, 10))
def test_blocks_hold_every_component_once_and_whole(graph, size):
    count, pairs = graph
    smallest = components(count, np.array(pairs, np.int64).reshape(-1, 2))
    blocks = [[group.tolist() for group in block] for block in blocks_of(smallest, size)]
    groups = [group for block in blocks for group in block]
    assert sorted(number for group in groups for number in group) == list(range(count))
    assert all(set(group) == _reached(count, pairs, group[0]) for group in groups)
    assert all(sum(map(len, block[:-1])) < size for block in blocks)
