"""Many rows at once: the same rows as one by one."""

import sqlite3

import pytest

from corpus_db.store.bulk import insert


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 250])
def test_rows_arrive_in_order_with_their_gaps(count):
    rows = [(n, None if n % 3 else f"name {n}", None if n % 2 else n / 2, "") for n in range(count)]
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (id INTEGER, name TEXT, share REAL, empty TEXT)")
    insert(connection, "t", ("id", "name", "share", "empty"), rows, ("name", "share", "empty"))
    assert connection.execute("SELECT * FROM t ORDER BY rowid").fetchall() == rows


def test_rows_that_are_there_are_left_out_where_they_may_be():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    insert(connection, "t", ("id",), [(n,) for n in (1, 2, 2, 1, 3)], ignore=True)
    assert connection.execute("SELECT id FROM t").fetchall() == [(1,), (2,), (3,)]
    with pytest.raises(sqlite3.IntegrityError):
        insert(connection, "t", ("id",), [(4,), (3,)])
