"""What can go wrong, as one type to show and as data to keep.

A problem of one input file is data: readers and parsing return it as the `reason` of an outcome,
in words from here, and the import goes on. Only what stops the whole command is raised, as a
CorpusError whose text is the one line a person sees: what is wrong, where, and what to do next.
"""

from __future__ import annotations


class CorpusError(Exception):
    """Stops the command. The message is one line, for people: cause first, next step last."""


class DatabaseUnusable(CorpusError):
    """The database path is not a corpus database, is too new, or cannot be read or written."""


class DatabaseBusy(CorpusError):
    """Another import holds the database."""


class NothingToImport(CorpusError):
    """A path that was asked for does not exist."""
