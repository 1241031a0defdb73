"""Finding the names of persons: recognisers behind one interface.

    >>> from corpus_db.recognition.people import default
    >>> default().find([Text(title=None, body="Mr. Li Wei arrived.")])
    [[PersonSpan(field='body', start=4, end=10, text='Li Wei', rule='model', confidence=...)]]

The built-in recogniser ("spans") needs nothing but numpy and is the default. Others register
under the entry-point group `corpus_db.recognisers`: a callable that returns a `PersonRecogniser`.
What follows a colon in the name that is asked for ("spacy:en_core_web_sm") is its one argument. How
to write one is told in docs/recognisers.md; `spacy_pipeline.py` is the example.
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


def _spacy(*pipeline: str) -> PersonRecogniser:
    from .spacy_pipeline import make

    return make(*pipeline)


BUILT_IN: dict[str, Callable[..., PersonRecogniser]] = {"spans": _built_in, "spacy": _spacy}
DEFAULT = "spans"


def names() -> list[str]:
    """The recognisers that can be asked for, the default first."""
    others = {point.name for point in entry_points(group=ENTRY_POINTS)} | set(BUILT_IN)
    return [DEFAULT, *sorted(others - {DEFAULT})]


@cache
def get(name: str) -> PersonRecogniser:
    """The recogniser of that name, loaded once; "name:option" hands it an option.

    Raises CorpusError with the names there are where there is none of that name, and whatever the
    recogniser raises where it lacks something: a CorpusError that says what to install.
    """
    kind, colon, option = name.partition(":")
    options = [option] if colon else []
    if kind == DEFAULT and options:
        raise CorpusError(f"the recogniser {DEFAULT!r} takes no option: leave out {colon + option!r}")
    if kind in BUILT_IN:
        return BUILT_IN[kind](*options)
    for point in entry_points(group=ENTRY_POINTS, name=kind):
        recogniser: PersonRecogniser = point.load()(*options)
        return recogniser
    raise CorpusError(f"there is no recogniser {name!r}; there are: {', '.join(names())}")


def default() -> PersonRecogniser:
    """The built-in recogniser, loaded on first use and kept."""
    return get(DEFAULT)


__all__ = ["BUILT_IN", "DEFAULT", "ENTRY_POINTS", "PersonRecogniser", "default", "get", "names"]
