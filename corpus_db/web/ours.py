"""Which of the served databases are ours.

Datasette serves any number of databases side by side. The plugin speaks only of those that
corpus-db wrote: the application id in the file's header says so, and the tables that the pages
read are there. Everything else is left exactly as Datasette shows it. So is a database of an older
version, which may lack what the queries ask for: any command of corpus-db, `serve` too, brings it
up to date.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from corpus_db.store import schema
from corpus_db.web.library import Datasette

CORE_TABLES = frozenset({"articles", "people", "countries", "mentions", "documents"})

# One answer for each Database object; a database file does not change its kind while it is served.
_known: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


def is_ours(datasette: Datasette, name: str | None) -> bool:
    """Whether the database served under this name was written by corpus-db."""
    database = datasette.databases.get(name) if name else None
    if database is None or database.path is None:
        return False
    answer = _known.get(database)
    if answer is None:
        answer = _known[database] = _looks_like_ours(str(database.path), immutable=not database.is_mutable)
    return answer


def ours(datasette: Datasette) -> list[str]:
    """Names of the served databases that are ours, in the order in which they are served."""
    return [name for name in datasette.databases if is_ours(datasette, name)]


def _looks_like_ours(path: str, *, immutable: bool) -> bool:
    """Ask the file itself; a file that SQLite cannot read is not ours."""
    uri = Path(path).resolve().as_uri() + ("?immutable=1" if immutable else "?mode=ro")
    try:
        connection = sqlite3.connect(uri, uri=True)
        try:
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if application_id != schema.APPLICATION_ID or version < schema.SCHEMA_VERSION:
                return False
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            return {name for (name,) in names} >= CORE_TABLES
        finally:
            connection.close()
    except sqlite3.Error:
        return False
