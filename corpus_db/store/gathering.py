"""Rows on their way into the database: gathered, numbered in order of arrival, written in bulk.

The same rows in the same order get the same ids, whenever they are written. What the later steps of an
import must know (which articles, names, countries and places changed) is gathered beside them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from corpus_db.store.bulk import insert
from corpus_db.store.rows import COLUMNS, NULLABLE, NUMBERED, TOUCHED

Row = tuple[object, ...]


class Gathering:
    """Rows that wait to be written, inside one transaction; `count` and `characters` say how much waits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._rows: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self._touched: dict[str, dict[object, None]] = {table: {} for table in TOUCHED}
        self._next = {table: self._largest(table) + 1 for table in NUMBERED}
        self.stored = {table: number > 1 for table, number in self._next.items()}
        """Which of the tables held rows when the transaction began."""
        self.count = 0
        self.characters = 0

    def add(self, table: str, row: Row, characters: int = 0) -> None:
        """Take in a row of a table, in the order of its COLUMNS; `characters` where it holds long texts."""
        self._rows[table].append(row)
        self.count += 1
        self.characters += characters

    def extend(self, table: str, rows: Sequence[Row]) -> None:
        """Take in several rows of a table."""
        self._rows[table] += rows
        self.count += len(rows)

    def touch(self, table: str, keys: Iterable[object]) -> None:
        """Note what changed; `table` is one of TOUCHED."""
        self._touched[table].update(dict.fromkeys(keys))

    def number(self, table: str, count: int = 1) -> int:
        """The id of a new row, the first of `count` that follow each other."""
        number = self._next[table]
        self._next[table] = number + count
        return number

    def waits(self, table: str) -> bool:
        """Whether rows of a table wait."""
        return bool(self._rows[table])

    def write(self) -> None:
        """Write all that waits."""
        for table, rows in self._rows.items():
            if rows:
                insert(self._db, table, COLUMNS[table], rows, NULLABLE[table])
                rows.clear()
        for table, keys in self._touched.items():
            if keys:
                insert(self._db, f"temp.{table}", (TOUCHED[table],), zip(keys, strict=True), ignore=True)
                keys.clear()
        self.count = self.characters = 0

    def _largest(self, table: str) -> int:
        return int(self._db.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0)
