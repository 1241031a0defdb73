"""Many rows into a table, as fast as Python's sqlite3 lets them.

Two things cost more than what SQLite itself does for a row: every statement that is run (1 µs), and every
None among its values (0.5 µs: sqlite3 asks whether somebody has registered an adapter for it, which it does
not for text, numbers and bytearrays). So many rows go into one statement, and NULL travels as an empty
bytearray, which SQL turns back. A row of `mentions`, with three NULLs, costs 3 µs so, not 5.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Sequence
from typing import Final

from corpus_db.store.ddl import columns_list

Row = Sequence[object]

_VALUES_AT_ONCE: Final = 400  # in one statement; more gain nothing
_NULL: Final = bytearray()


def insert(
    connection: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Row],
    nullable: Container[str] = (),
    *,
    ignore: bool = False,
) -> None:
    """INSERT rows with values for `columns`, in their order; only those in `nullable` may hold None.

    With `ignore`, rows whose keys are there already are left out.
    """
    values = [_NULL if value is None else value for row in rows for value in row]
    insert_values(connection, table, columns, values, nullable, ignore=ignore)


def insert_values(
    connection: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    values: Sequence[object],
    nullable: Container[str] = (),
    *,
    ignore: bool = False,
) -> None:
    """The same with the values of all rows one after the other, an empty bytearray for None."""
    marks = ", ".join("nullif(?, x'')" if column in nullable else "?" for column in columns)
    statement = f"INSERT {'OR IGNORE ' if ignore else ''}INTO {table} ({columns_list(list(columns))}) VALUES "
    width = len(columns)
    several = max(1, _VALUES_AT_ONCE // width)
    done = 0
    for together in (several, 1):
        step = together * width
        end = done + (len(values) - done) // step * step
        connection.executemany(
            statement + ", ".join([f"({marks})"] * together),
            (values[start : start + step] for start in range(done, end, step)),
        )
        done = end
