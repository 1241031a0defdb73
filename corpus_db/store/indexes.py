"""Secondary indexes: out of the way of a first import, and measured after every one.

Building an index once over finished rows takes a third of the time that keeping it row by row
takes, so the writer drops those of the facts before the first rows of an empty database and makes
them again, in the same transaction, before anybody looks rows up by them.

Indexes that lead from one of these tables to another stay: as long as a deferred foreign key
waits for its row, SQLite asks for every new row who refers to it, and would read whole tables.

Without statistics SQLite takes every index for equally selective, and may look up the mentions of
one person by their kind. A sample of each index is enough to tell them apart, and costs nothing.
"""

from __future__ import annotations

import sqlite3

from corpus_db.store.ddl import indexes, quote
from corpus_db.store.schema import TABLES

SAMPLE_ROWS = 1000

FACTS = tuple(table for table in TABLES if table.facts or table.name == "article_countries")
_FILLED = {table.name for table in FACTS}

# name → CREATE INDEX of those that wait.
WAITING: dict[str, str] = {
    name: f"CREATE INDEX {quote(name)} ON {quote(table.name)} ({', '.join(map(quote, columns))})"
    for table in FACTS
    for name, columns in indexes(table).items()
    if next(c.references for c in table.columns if c.name == columns[0]) not in _FILLED
}


def drop(connection: sqlite3.Connection) -> None:
    """Drop the secondary indexes of the tables that articles fill."""
    for name in WAITING:
        connection.execute(f"DROP INDEX IF EXISTS {quote(name)}")


def restore(connection: sqlite3.Connection) -> None:
    """Make them again."""
    for statement in WAITING.values():
        connection.execute(statement)


def measure(connection: sqlite3.Connection) -> None:
    """Let SQLite note how selective each index is, from a sample of its rows."""
    connection.execute(f"PRAGMA analysis_limit = {SAMPLE_ROWS}")
    connection.execute("ANALYZE main")
