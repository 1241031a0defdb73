"""Opening a corpus database, and the transaction in which everything is written.

Whatever may stand at a path that somebody typed is met with one clear line: nothing at all, a
folder, a text file, another program's database, a damaged one, one from a newer version.

Choices, and why:

* A rollback journal, not WAL: the database is one file that can be copied or served immutable at
  any moment; Datasette opens a database with an unfinished WAL as if its tables were missing.
* One write transaction an import. It takes the write lock before it reads, so what it decides by
  cannot change under it. Killed at any moment, SQLite rolls the file back when it is opened next:
  therefore readers open it writable too (`query_only` keeps them from writing).
* Foreign keys are enforced; inside a transaction they are checked when it commits, so that rows
  may be written in whatever order is fastest.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote as url_quote

from corpus_db.errors import CorpusError, DatabaseBusy, DatabaseUnusable
from corpus_db.store import migrations
from corpus_db.store.schema import APPLICATION_ID, SCHEMA_VERSION

PAGE_BYTES = 4096
WRITER_CACHE_KIB = 64 * 1024  # larger than this, a transaction spills to the file; memory stays flat
READER_CACHE_KIB = 16 * 1024
READER_PATIENCE = 5.0  # seconds a reader waits while an import commits
_POLL = 0.1  # seconds between two attempts to get the write lock

_MAGIC = b"SQLite format 3\x00"


def open_database(
    path: str | os.PathLike[str], *, create: bool = False, write: bool = False
) -> sqlite3.Connection:
    """Open the corpus database at `path`; autocommit, `transaction` opens transactions.

    `create` makes an empty database where there is none (and implies `write`). Without `write`
    nothing can be changed through the connection. A database of an older version is brought up to
    date first. Raises DatabaseUnusable, with the next step to take, or DatabaseBusy.
    """
    path = Path(path)
    write = write or create
    state = _look_at(path)
    if state == "missing" and not create:
        raise DatabaseUnusable(
            f"there is no database at {path}: make one with corpus-db import FOLDER --db {path}"
        )
    if write and state == "file" and not os.access(path, os.W_OK):
        raise DatabaseUnusable(_LINES[sqlite3.SQLITE_READONLY].format(path=path))
    with translated(path):
        connection = _connect(path, create)
        try:
            _prepare(connection, path, create=create, write=write)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def transaction(
    connection: sqlite3.Connection,
    timeout: float = 60.0,
    waiting: Callable[[], None] | None = None,
) -> Iterator[None]:
    """A write transaction: all of it is kept, or on any exception none of it.

    Waits up to `timeout` seconds for another import to finish, and calls `waiting` once when it
    has to. Raises DatabaseBusy when the time is over, DatabaseUnusable when the disk is full, the
    place is read-only or the file is damaged; the database is then as it was before.
    """
    path = _path_of(connection)
    with translated(path):
        _begin(connection, timeout, waiting)
        try:
            connection.execute(f"PRAGMA busy_timeout = {round(timeout * 1000)}")
            connection.execute("PRAGMA defer_foreign_keys = ON")
            yield
            connection.execute("COMMIT")
        except BaseException:
            # A full disk or an I/O error may have rolled back already.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


@contextmanager
def translated(path: str | os.PathLike[str]) -> Iterator[None]:
    """Turn what SQLite says about the database at `path` into one line for people.

    Only states of the file, the disk and the locks are translated; a mistake in SQL or a broken
    constraint is a defect of the program and stays what it is.
    """
    try:
        yield
    except sqlite3.Error as error:
        known = describe(error, path)
        if known is None:
            raise
        raise known from error


def describe(error: sqlite3.Error, path: str | os.PathLike[str]) -> CorpusError | None:
    """The line to show for an error of SQLite, None where it is not about the file's state."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    if code == sqlite3.SQLITE_READONLY_DIRECTORY:
        return DatabaseUnusable(_line(sqlite3.SQLITE_CANTOPEN, path))
    code &= 0xFF  # the primary code; the rest says where inside SQLite
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return DatabaseBusy(f"{path} is in use by another program: try again when it has finished")
    return DatabaseUnusable(_line(code, path)) if code in _LINES else None


def _line(code: int, path: str | os.PathLike[str]) -> str:
    folder = Path(path).parent
    return _LINES[code].format(path=path, folder="this one" if folder == Path() else folder)


_LINES = {
    sqlite3.SQLITE_FULL: "the disk is full, nothing was changed in {path}: make room and import again",
    sqlite3.SQLITE_IOERR: "the disk reports an error, nothing was changed in {path}: see whether it is full or failing",
    sqlite3.SQLITE_READONLY: "{path} is read-only: make it writable, or name another database with --db",
    sqlite3.SQLITE_PERM: "{path} may not be opened: see its permissions",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened or written: see whether its folder ({folder}) is writable, or name another database with --db",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged or cut short: restore it from a copy, or delete it and import again",
    sqlite3.SQLITE_NOTADB: "{path} is not a database: name another file with --db",
}


def _look_at(path: Path) -> str:
    """'missing' or 'file', after the guards that need no SQLite."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise DatabaseUnusable(f"{path} is a folder: name a file, such as {path / 'corpus.db'}")
        if not stat.S_ISREG(mode):
            raise DatabaseUnusable(f"{path} is not a file: name another database with --db")
        with path.open("rb") as file:
            head = file.read(18)
            size = file.seek(0, os.SEEK_END)
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise DatabaseUnusable(
                f"there is no folder {path.parent} for the database {path.name}: make it, or name another place with --db"
            ) from None
        return "missing"
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise DatabaseUnusable(f"{path} cannot be opened: {why}") from None
    if not head:
        return "missing"
    if not head.startswith(_MAGIC):
        raise DatabaseUnusable(f"{path} is not a database: name another file with --db")
    # SQLite itself does not miss the end of the last page until it reads that page. Beside a
    # journal the file may be half written, and SQLite will put it right.
    page = int.from_bytes(head[16:18], "big")
    if size % (65536 if page == 1 else max(page, 1)) and not path.with_name(f"{path.name}-journal").exists():
        raise DatabaseUnusable(_LINES[sqlite3.SQLITE_CORRUPT].format(path=path))
    return "file"


def _connect(path: Path, create: bool) -> sqlite3.Connection:
    # rw also for reading: only so can SQLite undo what a killed import left half done. On a
    # read-only file it falls back to reading by itself.
    mode = "rwc" if create else "rw"
    uri = f"file:{url_quote(os.fspath(path.absolute()))}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=READER_PATIENCE, isolation_level=None)


def _prepare(connection: sqlite3.Connection, path: Path, *, create: bool, write: bool) -> None:
    """Make it a corpus database of this version, or say why it is none."""
    connection.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KIB if write else READER_CACHE_KIB}")
    # INSERT OR REPLACE must fire the triggers that keep the full-text indexes.
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    if _is_new(connection):
        if not create:
            raise DatabaseUnusable(
                f"{path} is an empty database: fill it with corpus-db import FOLDER --db {path}"
            )
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        with transaction(connection):
            if _is_new(connection):  # another import may have been first
                migrations.create(connection)
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise DatabaseUnusable(f"{path} is another program's database: name another file with --db")
    migrations.refuse_newer(migrations.version(connection), name=str(path))
    if migrations.version(connection) < SCHEMA_VERSION:
        with transaction(connection):
            migrations.migrate(connection)
    if write:
        if str(_pragma(connection, "journal_mode")).lower() == "wal":
            connection.execute("PRAGMA journal_mode = DELETE")
    else:
        connection.execute("PRAGMA query_only = ON")


def _is_new(connection: sqlite3.Connection) -> bool:
    """Whether nobody has put anything into the database yet."""
    if _pragma(connection, "application_id") or _pragma(connection, "user_version"):
        return False
    return connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone() is None


def _pragma(connection: sqlite3.Connection, name: str) -> int | str:
    value: int | str = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value


def _path_of(connection: sqlite3.Connection) -> str:
    for _number, name, file in connection.execute("PRAGMA database_list"):
        if name == "main" and file:
            return min(str(file), os.path.relpath(str(file)), key=len)
    return "the database"


def _begin(connection: sqlite3.Connection, timeout: float, waiting: Callable[[], None] | None) -> None:
    """BEGIN IMMEDIATE, waiting for whoever holds the write lock."""
    connection.execute("PRAGMA busy_timeout = 0")  # SQLite's own waiting could not be announced
    deadline = time.monotonic() + timeout
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            if time.monotonic() >= deadline:
                raise DatabaseBusy(
                    f"another import has been writing to {_path_of(connection)} for {timeout:g} s: try again later, or wait longer with --wait"
                ) from None
        if waiting is not None:
            waiting()
            waiting = None
        time.sleep(_POLL)
