"""One article more costs what its own names cost, however large the corpus has become."""

import re
import sqlite3
from contextlib import closing
from typing import ClassVar

import pytest
from support import ARTICLES, write

from corpus_db import import_corpus
from corpus_db.store.schema import TABLES

TIMES = pytest.mark.parametrize(
    "times", [10_000, 1_000_000]
)  # a corpus of some 100,000 names, of some 10,000,000
GROWING = {table.name for table in TABLES} - {"countries"}
# What may begin to read a whole table: it stops at the first row, or after a sample.
STOPS_EARLY = re.compile(r'SELECT 1 FROM "?\w+"? LIMIT 1|ANALYZE main')


class Explained(sqlite3.Connection):
    """A connection that asks SQLite about every statement before it is run: what reads a growing table from end to end."""

    scans: ClassVar[list[tuple[str, str]]] = []

    def execute(self, sql, *parameters):
        if self.in_transaction and sql.split(None, 1)[0] not in ("CREATE", "DROP", "PRAGMA", "COMMIT"):
            self._explain(sql, *parameters)
        return super().execute(sql, *parameters)

    def executemany(self, sql, rows):
        rows = list(rows)
        if rows:
            self._explain(sql, rows[0])
        return super().executemany(sql, rows)

    def _explain(self, sql, *parameters):
        if STOPS_EARLY.fullmatch(" ".join(sql.split())):
            return
        pages = dict(super().execute("SELECT rootpage, tbl_name FROM main.sqlite_schema"))
        opened = {}
        for row in super().execute(f"EXPLAIN {sql}", *parameters).fetchall():
            _, operation, cursor, page, database = row[:5]
            if operation in ("OpenRead", "OpenWrite"):
                opened[cursor] = pages.get(page) if database == 0 else None
            elif operation.startswith("Open"):
                opened[cursor] = None
            elif operation in ("Rewind", "Count") and opened.get(cursor) in GROWING:
                self.scans.append((opened[cursor], " ".join(sql.split())))


@pytest.fixture
def scans(monkeypatch):
    """What the statements of the test's imports read from end to end: (table, SQL)."""
    connect = sqlite3.connect
    found = Explained.scans = []
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k | {"factory": Explained}))
    return found


def grown(tmp_path, names, times):
    """A folder of some articles and their database, of which SQLite believes that it is so many times as large."""
    folder, db = write(tmp_path / "in", names), tmp_path / "corpus.db"
    import_corpus([folder], db)
    enlarge(db, times)
    return folder, db


def enlarge(db, times):
    """Let SQLite believe that the database is so many times as large as it is."""
    with closing(sqlite3.connect(db)) as connection:
        for table, index, stat in connection.execute("SELECT tbl, idx, stat FROM sqlite_stat1").fetchall():
            rows, *equal = stat.split()
            connection.execute(
                "UPDATE sqlite_stat1 SET stat = ? WHERE tbl = ? AND idx IS ?",
                (" ".join([str(int(rows) * times), *equal]), table, index),
            )
        connection.commit()


def test_a_scan_is_noticed(tmp_path, scans):
    _, db = grown(tmp_path, set(ARTICLES), 10_000)
    scans.clear()
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM articles")
        connection.execute("SELECT id FROM mentions WHERE id = 1 OR text = 'Okello'")
        connection.execute("UPDATE countries SET article_count = 0")
        connection.execute("SELECT id FROM mentions WHERE article_id = 1")
        connection.execute("SELECT 1 FROM mentions LIMIT 1")
    assert [table for table, _ in scans] == ["articles", "mentions"]


@TIMES
@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_one_article_more_reads_no_table_from_end_to_end(name, times, tmp_path, scans):
    folder, db = grown(tmp_path, set(ARTICLES) - {name}, times)
    write(folder, {name})
    scans.clear()
    assert import_corpus([folder / name], db).files_new == 1
    assert scans == []


@TIMES
def test_an_article_that_changes_or_goes_reads_no_table_from_end_to_end(times, tmp_path, scans):
    folder, db = grown(tmp_path, set(ARTICLES), times)
    (folder / "h.txt").write_text(ARTICLES["h.txt"] + "\n\nGrace Okello stayed in Lima.", encoding="utf-8")
    scans.clear()
    assert import_corpus([folder / "h.txt"], db).files_changed == 1
    (folder / "h.txt").unlink()
    enlarge(db, times)
    assert import_corpus([folder], db, prune=True).files_removed == 1
    assert scans == []
