"""Secondary indexes: out of the way of a first import, and measured after every one.

Building an index once over finished rows takes a third of the time that keeping it row by row
takes, and leaves its pages full. So the writer drops all of them before the first rows of an empty
database and makes them again in the same transaction: each step of an import asks for those that it
looks rows up by, at its beginning, and the rest is made when the last row is final.

Without statistics SQLite takes every index for equally selective, and may look up the mentions of
one person by their kind. A sample of each index is enough to tell them apart, and costs nothing.
"""

from __future__ import annotations

import sqlite3
from typing import Final, Literal

from corpus_db.store.ddl import indexes, quote
from corpus_db.store.schema import TABLES

SAMPLE_ROWS = 1000

Step = Literal["identity", "names", "sums"]

# The columns that each step looks rows up by.
ASKED: Final[dict[Step, tuple[tuple[str, str], ...]]] = {
    "identity": (
        ("article_people", "name"), ("mentions", "article_id"), ("role_claims", "article_id"),
        ("dates", "article_id"), ("person_names", "person_id"), ("told_apart", "name"),
        ("told_apart", "person_id"), ("namesakes", "name"), ("story_articles", "story_id"),
    ),
    "names": (("person_names", "number"), ("name_keys", "name_number")),
    "sums": (
        ("mentions", "person_id"), ("mentions", "place_id"), ("role_claims", "person_id"),
        ("article_people", "person_id"), ("article_countries", "country_code"), ("people_roles", "person_id"),
    ),
}  # fmt: skip

# name → CREATE INDEX, of all
_STATEMENTS: Final = {
    name: f"CREATE INDEX IF NOT EXISTS {quote(name)} ON {quote(table.name)} ({', '.join(map(quote, columns))})"
    for table in TABLES
    for name, columns in indexes(table).items()
}
_BY_COLUMN: Final = {
    (table.name, columns[0]): name for table in TABLES for name, columns in indexes(table).items()
}


def drop(connection: sqlite3.Connection) -> None:
    """Drop all secondary indexes."""
    for name in _STATEMENTS:
        connection.execute(f"DROP INDEX IF EXISTS {quote(name)}")


def restore(connection: sqlite3.Connection, step: Step | None = None) -> None:
    """Make those again that are not there: what a step asks for, or all."""
    names = list(_STATEMENTS) if step is None else [_BY_COLUMN[column] for column in ASKED[step]]
    for name in names:
        connection.execute(_STATEMENTS[name])


def measure(connection: sqlite3.Connection) -> None:
    """Let SQLite note how selective each index is, from a sample of its rows."""
    connection.execute(f"PRAGMA analysis_limit = {SAMPLE_ROWS}")
    connection.execute("ANALYZE main")
