"""How long each stage of an import took; shown by the benchmark, never stored."""

from __future__ import annotations

from time import perf_counter
from typing import Self


class Stopwatch:
    """Adds up seconds by stage. A stage inside another pauses it, so that no second counts twice."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._running: list[str] = []
        self._since = 0.0
        self._next = ""  # the stage of the block that is about to begin

    def __call__(self, stage: str) -> Self:
        """Count the time of the `with` block for `stage`."""
        self._next = stage
        return self

    def __enter__(self) -> None:
        self._lap()
        self._running.append(self._next)

    def __exit__(self, *_error: object) -> None:
        self._lap()
        self._running.pop()

    def seconds(self) -> dict[str, float]:
        """Seconds by stage, in the order in which the stages were first seen."""
        return dict(self._seconds)

    def _lap(self) -> None:
        now = perf_counter()
        if self._running:
            stage = self._running[-1]
            self._seconds[stage] = self._seconds.get(stage, 0.0) + now - self._since
        self._since = now
