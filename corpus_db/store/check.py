"""Whether a database holds what the program promises: the laws, as queries that find what breaks them.

A law is a query for the rows that break it, with the words to say so (`laws.py`); a sound database has none.
Sums are checked by computing all of them again with the very statements of `sums.py`, into
temporary tables that bear the names of the real ones (SQLite looks among temporary tables first),
and comparing. Nothing is changed: everything happens in a transaction that is rolled back.

Memory is flat, time is a few passes over the database: every index, every text and every sum is
read once. FTS5 only compares its index with the text where it may write, so of a read-only file that
one look is taken at a temporary copy, which costs as much room on the disk as the database takes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain

from corpus_db.models import Article, DateReadings
from corpus_db.store import fulltext, migrations, sums
from corpus_db.store.article_rows import count_words, year_of
from corpus_db.store.ddl import columns_list, indexes, quote
from corpus_db.store.laws import LAWS
from corpus_db.store.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES, Table
from corpus_db.store.writer import content_hash

SAMPLE = 5  # rows named in a finding


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as promised: how often, and a few of the rows concerned."""

    code: str
    message: str
    count: int
    sample: tuple[str, ...] = ()


# The tables whose rows `sums.refresh` computes, and the columns that it does not.
SUMS: tuple[str, ...] = (
    "people", "people_aliases", "people_roles", "person_pairs", "person_countries", "country_pairs", "countries",
    "places",
)  # fmt: skip
_GIVEN = {
    "people": ("id", "name", "family_name", "description"),
    "countries": ("code", "alpha3", "name", "region", "subregion", "latitude", "longitude"),
    "places": ("id", "name", "kind", "region", "country_code", "latitude", "longitude"),
}
_NOT_COMPARED = {"people_roles": ("id",)}


def check(connection: sqlite3.Connection) -> list[Finding]:
    """Everything that is not as promised; an empty list says that the database is sound.

    The connection must not be in a transaction. Raises sqlite3.Error where the file is too badly
    damaged to be read, or in use.
    """
    read_only = connection.execute("PRAGMA query_only").fetchone()[0]
    connection.execute("PRAGMA query_only = OFF")  # for temporary tables; all is rolled back
    connection.execute("BEGIN")
    try:
        parts = (
            _file(connection), _shape(connection), _laws(connection), _texts(connection), _sums(connection),
            _fulltext(connection),
        )  # fmt: skip
        return list(chain.from_iterable(parts))
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        connection.execute(f"PRAGMA query_only = {read_only}")


def _finding(code: str, message: str, rows: Iterable[str]) -> Iterator[Finding]:
    """A finding for the rows, if there are any."""
    count, sample = 0, []
    for row in rows:
        count += 1
        if count <= SAMPLE:
            sample.append(row)
    if count:
        yield Finding(code, message, count, tuple(sample))


def _file(connection: sqlite3.Connection) -> Iterator[Finding]:
    """The file's own order, and where every key leads."""
    problems = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    yield from _finding("integrity", "places where the file is damaged", problems)
    broken = (
        f"{table} row {rowid} → {parent}"
        for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check")
    )
    yield from _finding("foreign-key", "rows that point to a row that is not there", broken)


def _shape(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Whether it is a corpus database with every table, index, trigger and view as declared."""
    header = (connection.execute("PRAGMA application_id").fetchone()[0], migrations.version(connection))
    if header != (APPLICATION_ID, SCHEMA_VERSION):
        yield Finding("header", f"the file's header says application and version {header}", 1)
    fresh = sqlite3.connect(":memory:")
    migrations.create(fresh)
    declared, found = migrations.shape(fresh), migrations.shape(connection)
    fresh.close()
    differing = (f"{kind} {name}" for (kind, name), sql in declared.items() if found.get((kind, name)) != sql)
    yield from _finding("shape", "tables, indexes, triggers or views that are missing or changed", differing)


def _laws(connection: sqlite3.Connection) -> Iterator[Finding]:
    for law in LAWS:
        yield from _finding(law.code, law.message, (row[0] for row in connection.execute(law.sql)))


def _texts(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Whether each article's text is the one that was imported, by its hash."""
    yield from _finding(
        "article-content", "articles whose text, hash, year or number of words disagree", _changed(connection)
    )


def _changed(connection: sqlite3.Connection) -> Iterator[str]:
    sql = """
        SELECT a.id, a.title, a.title_origin, a.published, a.year, a.body, a.word_count, a.content_hash,
               r.month_first, r.day_first, r.stated_order
        FROM articles a LEFT JOIN date_readings r ON r.document_id = a.document_id
    """
    for number, title, origin, published, year, body, words, digest, *read in connection.execute(sql):
        readings = None if read == [None] * 3 else DateReadings("", "", *read)
        if digest != content_hash(Article(title, origin, body, published, readings=readings)) or (
            year,
            words,
        ) != (
            year_of(published),
            count_words(body),
        ):
            yield f"article {number}"


def _sums(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Compute every sum again beside the stored ones, and compare."""
    tables = [table for table in TABLES if table.name in SUMS]
    for table in tables:
        _shadow(connection, table)
    for name, column, source in (
        ("touched_people", "person_id INTEGER PRIMARY KEY", "SELECT id FROM main.people"),
        ("touched_countries", "code TEXT PRIMARY KEY", "SELECT code FROM main.countries"),
        ("touched_places", "place_id INTEGER PRIMARY KEY", "SELECT id FROM main.places"),
    ):
        connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
        connection.execute(f"CREATE TEMP TABLE {name} ({column})")
        connection.execute(f"INSERT INTO temp.{name} {source}")
    sums.refresh(connection)
    for table in tables:
        columns = [
            column.name for column in table.columns if column.name not in _NOT_COMPARED.get(table.name, ())
        ]
        differing = connection.execute(_differing(table.name, columns))
        yield from _finding(
            f"sum-{table.name}",
            f"rows of {table.name} that are not what the articles add up to",
            (f"{side}: {', '.join(str(value) for value in row)}" for side, *row in differing),
        )
        connection.execute(f"DROP TABLE temp.{table.name}")


def _shadow(connection: sqlite3.Connection, table: Table) -> None:
    """A temporary table of the same name, with what is not a sum already in it."""
    columns = ", ".join(
        f"{quote(column.name)} {column.type}" + (" NOT NULL DEFAULT 0" if column.not_null else "")
        for column in table.columns
    )
    connection.execute(
        f"CREATE TEMP TABLE {table.name} ({columns}, PRIMARY KEY ({columns_list(table.primary_key)}))"
    )
    for name, names in indexes(table).items():
        connection.execute(f"CREATE INDEX temp.{name} ON {table.name} ({columns_list(names)})")
    given = _GIVEN.get(table.name)
    if given:
        connection.execute(
            f"INSERT INTO temp.{table.name} ({columns_list(given)})"
            f" SELECT {columns_list(given)} FROM main.{table.name}"
        )


def _differing(table: str, columns: list[str]) -> str:
    """Rows that only one of the stored and the computed table has."""
    names = columns_list(columns)
    return f"""
        SELECT 'stored', * FROM (SELECT {names} FROM main.{table} EXCEPT SELECT {names} FROM temp.{table})
        UNION ALL
        SELECT 'expected', * FROM (SELECT {names} FROM temp.{table} EXCEPT SELECT {names} FROM main.{table})
    """


def _fulltext(connection: sqlite3.Connection) -> Iterator[Finding]:
    try:
        yield from _broken_indexes(connection)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            raise
        with closing(sqlite3.connect("")) as copy:  # a file without a name, which SQLite removes
            connection.backup(copy)
            yield from _broken_indexes(copy)


def _broken_indexes(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table in fulltext.SEARCHABLE:
        if problem := fulltext.broken(connection, table):
            yield Finding("full-text", f"the full-text index of {table.name}: {problem}", 1)
