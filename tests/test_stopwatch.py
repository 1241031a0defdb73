"""Seconds by stage: those of a stage inside another are its own alone."""

import pytest

from corpus_db import stopwatch
from corpus_db.stopwatch import Stopwatch


@pytest.fixture
def later(monkeypatch):
    """A clock that stands still until it is told how many seconds have passed."""
    now = [100.0]
    monkeypatch.setattr(stopwatch, "perf_counter", lambda: now[0])

    def later(seconds):
        now[0] += seconds

    return later


def test_a_stage_inside_another_pauses_it(later):
    clock = Stopwatch()
    later(1)
    with clock("write"):
        later(2)
        with clock("parse"):
            later(4)
        later(8)
    later(16)
    with clock("parse"):
        later(32)
    assert clock.seconds() == {"write": 10.0, "parse": 36.0}


def test_the_seconds_before_a_failure_count(later):
    clock = Stopwatch()

    def fails():
        with clock("read"):
            later(3)
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fails()
    assert clock.seconds() == {"read": 3.0}
