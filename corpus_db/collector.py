"""Python's cyclic garbage collector rests during an import.

Reference counts free what an article leaves behind. The collector, which looks for cycles, would walk
through the recognisers' word tables again and again as they grow: a tenth of an import, to find nothing.
A recogniser of somebody else's may well make cycles, so the young objects are looked through now and then.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

CHUNKS = 64  # of articles, between two looks; a look takes 20 milliseconds, more while word tables are young
_YOUNG = 0


@contextmanager
def resting() -> Iterator[None]:
    """Within the block the collector does not run by itself; afterwards it is as it was."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class Rounds:
    """Counts chunks and frees the cycles of young objects after every CHUNKS of them."""

    def __init__(self) -> None:
        self._chunks = 0

    def chunk_done(self) -> None:
        """Call it where no collection would be in the way."""
        self._chunks += 1
        if self._chunks % CHUNKS == 0:
            gc.collect(_YOUNG)
