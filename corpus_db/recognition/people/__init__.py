"""Finding the names of persons: recognisers behind one interface.

    >>> from corpus_db.recognition.people import default
    >>> default().find([Text(title=None, body="Mr. Li Wei arrived.")])
    [[PersonSpan(field='body', start=4, end=10, text='Li Wei', rule='model', confidence=...)]]

The built-in recogniser ("spans") needs nothing but numpy and is the default. Others register
under the entry-point group `corpus_db.recognisers`: a callable without arguments that returns a
`PersonRecogniser`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol

from ...errors import CorpusError
from ...models import PersonSpan, Text

ENTRY_POINTS = "corpus_db.recognisers"


class PersonRecogniser(Protocol):
    """Anything that finds persons.

    `find` returns one list for each article of the batch, in the batch's order; its spans do not
    overlap, are ordered by (title before body, start), and depend on their own article alone.
    """

    @property
    def name(self) -> str:
        """What `--recogniser` calls it."""

    def find(self, batch: Sequence[Text]) -> list[list[PersonSpan]]:
        """The persons of each article."""


def _built_in() -> PersonRecogniser:
    from .lexicon import lexicon
    from .recogniser import SpanRecogniser
    from .weights import shipped

    return SpanRecogniser(shipped(), lexicon())


BUILT_IN: dict[str, Callable[[], PersonRecogniser]] = {"spans": _built_in}
DEFAULT = "spans"


def names() -> list[str]:
    """The recognisers that can be asked for, the default first."""
    others = {point.name for point in entry_points(group=ENTRY_POINTS)} | set(BUILT_IN)
    return [DEFAULT, *sorted(others - {DEFAULT})]


@cache
def get(name: str) -> PersonRecogniser:
    """The recogniser of that name, loaded once.

    Raises CorpusError with the names there are where there is none of that name.
    """
    if name in BUILT_IN:
        return BUILT_IN[name]()
    for point in entry_points(group=ENTRY_POINTS, name=name):
        recogniser: PersonRecogniser = point.load()()
        return recogniser
    raise CorpusError(f"there is no recogniser {name!r}; there are: {', '.join(names())}")


def default() -> PersonRecogniser:
    """The built-in recogniser, loaded on first use and kept."""
    return get(DEFAULT)


__all__ = ["BUILT_IN", "DEFAULT", "ENTRY_POINTS", "PersonRecogniser", "default", "get", "names"]
