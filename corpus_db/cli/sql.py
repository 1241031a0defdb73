"""`corpus-db sql`: one SQL query, read-only and with a time limit.

`sqlite-utils query corpus.db SQL` does the same and more (it can also write); this command saves
naming the file, cannot change anything, and stops by itself.
"""

from __future__ import annotations

import difflib
import re
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import click

from corpus_db.cli.options import db_option, reading, seconds, words
from corpus_db.cli.output import Output, output_options, write_rows
from corpus_db.errors import CorpusError
from corpus_db.store import schema, views

STEPS_BETWEEN_LOOKS = 10_000  # SQLite's virtual machine runs millions a second

# The connection may not change the database. Beside that a statement may not open other files, as ATTACH
# and VACUUM INTO do, nor use a pragma that sets something.
ALLOWED_PRAGMAS = {
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
    "foreign_key_check", "integrity_check", "quick_check", "database_list", "compile_options",
    "collation_list", "function_list", "data_version",
}  # fmt: skip


@click.command()
@click.argument("query", type=words)
@click.option(
    "-p",
    "--param",
    "parameters",
    multiple=True,
    type=(words, words),
    metavar="NAME VALUE",
    help="Value of a :name in the query. Repeatable.",
)
@click.option(
    "--time-limit",
    type=seconds,
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="Stop after so many seconds; 0 for no limit.",
)
@db_option
@output_options
def sql(
    query: str, parameters: tuple[tuple[str, str], ...], time_limit: float, db: str, output: Output
) -> None:
    """Ask the database an SQL query. Nothing can be changed through this command.

    "-" reads the query from standard input. docs/schema.md describes the tables, docs/cookbook.md
    answers common questions; `sqlite-utils` and `datasette` work on the same file.

    \b
    Examples:
        corpus-db sql "SELECT year, count(*) FROM articles GROUP BY year"
        corpus-db sql "SELECT name FROM people WHERE country_code = :c" -p c EC --csv
    """  # fmt: skip
    text = sys.stdin.read() if query == "-" else query
    with reading(db) as connection:
        connection.set_progress_handler(_over(time_limit), STEPS_BETWEEN_LOOKS)
        connection.set_authorizer(_only_reading)
        cursor = _execute(connection, text, dict(parameters), time_limit)
        if cursor.description is None:
            raise CorpusError("there is no query in this; give a SELECT.")
        columns = [column[0] for column in cursor.description]
        write_rows(columns, _rows(cursor, time_limit), output)


def _only_reading(action: int, first: str | None, *_others: str | None) -> int:
    """SQLite's authorizer: no other files, no settings."""
    opens = action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH)
    sets = action == sqlite3.SQLITE_PRAGMA and first not in ALLOWED_PRAGMAS
    return sqlite3.SQLITE_DENY if opens or sets else sqlite3.SQLITE_OK


def _over(seconds: float) -> Callable[[], int]:
    """A progress handler that interrupts the query when its time is over."""
    deadline = time.monotonic() + seconds if seconds else float("inf")
    return lambda: int(time.monotonic() > deadline)


def _execute(
    connection: sqlite3.Connection, text: str, parameters: dict[str, str], time_limit: float
) -> sqlite3.Cursor:
    try:
        return connection.execute(text, parameters)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _explained(error, time_limit) from error


def _rows(cursor: sqlite3.Cursor, time_limit: float) -> Iterator[tuple[Any, ...]]:
    """The rows, one at a time."""
    try:
        for row in cursor:
            yield tuple(row)
    except sqlite3.Error as error:
        sys.stdout.flush()
        raise _explained(error, time_limit) from error


def _explained(error: Exception, time_limit: float) -> CorpusError:
    """SQLite's words, or the limit that was reached."""
    code = getattr(error, "sqlite_errorcode", None)
    if code == sqlite3.SQLITE_INTERRUPT:
        return CorpusError(f"the query took longer than {time_limit:g} seconds; --time-limit 0 lets it run.")
    if code is not None and code & 0xFF in (sqlite3.SQLITE_AUTH, sqlite3.SQLITE_READONLY):
        return CorpusError("this command only reads; `sqlite-utils query` can write.")
    return CorpusError(f"SQL: {error}{_meant(str(error))}")


def _meant(message: str) -> str:
    """For a table or column that there is not: the nearest one that there is, and where all are described."""
    found = re.match(r"no such (table|column): (?:\w+\.)?(\w+)$", message)
    if found is None:
        return ""
    described: list[schema.Table | views.View] = [*schema.TABLES, *views.VIEWS]
    if found[1] == "table":
        names = [one.name for one in described]
    else:
        names = [column.name for one in described for column in one.columns]
    near = difflib.get_close_matches(found[2], names, n=1)
    return (f"; did you mean {near[0]}?" if near else ".") + " docs/schema.md has all tables and columns."
