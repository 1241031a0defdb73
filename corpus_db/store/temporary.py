"""What SQLite is to believe of temporary tables: that they are small.

Every step of an import keeps what it works on in temporary tables and joins them with those of the corpus. Of a table
without statistics SQLite assumes a million rows. So it would begin with a whole table of the corpus and look each row up
among the two names of one more article, or read all of it for a Bloom filter. Told that temporary tables are
small, it begins with them and looks up what belongs to their rows; which is right for a first import
too, whose temporary tables name everything, because the other tables then hold nothing else.
"""

from __future__ import annotations

import sqlite3

_ROWS = "10"  # in every temporary table


def assume_small(connection: sqlite3.Connection) -> None:
    """Say so of all temporary tables that there are now."""
    noted = "SELECT 1 FROM temp.sqlite_schema WHERE name = 'sqlite_stat1'"
    if connection.execute(noted).fetchone() is None:
        connection.execute("ANALYZE temp")  # which makes the table of statistics
    connection.execute("DELETE FROM temp.sqlite_stat1")
    connection.execute(
        "INSERT INTO temp.sqlite_stat1 SELECT name, NULL, ? FROM temp.sqlite_schema"
        " WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        (_ROWS,),
    )
    connection.execute("ANALYZE temp.sqlite_schema")  # read what was noted
