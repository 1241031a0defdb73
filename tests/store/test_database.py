"""Whatever stands at a database's path is met with one clear line; a transaction is kept whole or not at all."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading

import pytest

from corpus_db.errors import DatabaseBusy, DatabaseUnusable
from corpus_db.store import check, migrations
from corpus_db.store.database import describe, open_database, transaction
from corpus_db.store.schema import APPLICATION_ID, SCHEMA_VERSION


def permissions_bind():
    """Whether this user is kept out by permissions (the superuser is not)."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o500)
        return not os.access(folder, os.W_OK)


bound = pytest.mark.skipif(not permissions_bind(), reason="permissions do not bind this user")


def refusal(path, **options):
    with pytest.raises(DatabaseUnusable) as refused:
        open_database(path, **options).close()
    line = str(refused.value)
    assert "\n" not in line
    return line


@pytest.mark.parametrize("create", [False, True])
def test_what_is_no_database_is_refused_in_one_line(tmp_path, create):
    folder = tmp_path / "folder"
    folder.mkdir()
    assert refusal(folder, create=create) == f"{folder} is a folder: name a file, such as {folder}/corpus.db"
    text = tmp_path / "notes.txt"
    text.write_text("SQLite is mentioned here, and that is all.")
    assert refusal(text, create=create) == f"{text} is not a database: name another file with --db"
    assert text.read_text().startswith("SQLite is mentioned")
    nowhere = tmp_path / "none" / "corpus.db"
    assert (
        refusal(nowhere, create=create)
        == f"there is no folder {tmp_path / 'none'} for the database corpus.db: make it, or name another place with --db"
    )
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refusal(pipe, create=create) == f"{pipe} is not a file: name another database with --db"
    assert "cannot be opened" in refusal("a\0b", create=create)
    assert "cannot be opened" in refusal(tmp_path / ("long" * 100), create=create)


@pytest.mark.parametrize("create", [False, True])
def test_another_programs_database_is_refused_and_left_alone(tmp_path, create):
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE articles (id)")
    other.commit()
    other.close()
    before = path.read_bytes()
    assert (
        refusal(path, create=create) == f"{path} is another program's database: name another file with --db"
    )
    assert path.read_bytes() == before


def test_a_missing_database_says_how_to_make_one(tmp_path):
    path = tmp_path / "corpus.db"
    assert (
        refusal(path) == f"there is no database at {path}: make one with corpus-db import FOLDER --db {path}"
    )
    assert refusal(path, write=True)
    assert not path.exists()


@pytest.mark.parametrize("content", ["nothing", "no table"])
def test_an_empty_database_becomes_a_corpus_database(tmp_path, content):
    path = tmp_path / "corpus.db"
    path.touch()
    if content == "no table":
        other = sqlite3.connect(path)
        other.execute("VACUUM")
        other.close()
    assert "make one with" in refusal(path) or "fill it with" in refusal(path)
    open_database(path, create=True).close()
    connection = open_database(path)
    assert migrations.version(connection) == SCHEMA_VERSION
    assert check.check(connection) == []
    connection.close()


@pytest.mark.parametrize("size", [100, 5000, -4096, -1])
def test_a_damaged_database_is_refused_in_one_line(tmp_path, filled, size):
    path = tmp_path / "corpus.db"
    filled.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:size])
    assert (
        refusal(path)
        == f"{path} is damaged or cut short: restore it from a copy, or delete it and import again"
    )


def test_a_newer_database_is_refused_in_one_line(tmp_path):
    path = tmp_path / "corpus.db"
    connection = open_database(path, create=True)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    for options in ({}, {"create": True}):
        assert refusal(path, **options).startswith(f"{path} was made by a newer corpus-db")


@bound
def test_a_read_only_place_is_refused_in_one_line(tmp_path):
    tmp_path.chmod(0o500)
    assert "see whether" in refusal(tmp_path / "corpus.db", create=True)
    tmp_path.chmod(0o700)


@bound
def test_a_file_that_may_not_be_read_is_refused_in_one_line(tmp_path, filled):
    (tmp_path / "corpus.db").chmod(0)
    assert "Permission denied" in refusal(tmp_path / "corpus.db")


@bound
def test_a_read_only_database_can_be_read_and_not_written(tmp_path, filled):
    filled.close()
    (tmp_path / "corpus.db").chmod(0o400)
    connection = open_database(tmp_path / "corpus.db")
    assert connection.execute("SELECT count(*) FROM articles").fetchone() == (3,)
    assert [finding.code for finding in check.check(connection)] == ["full-text", "full-text"]
    connection.close()
    assert "is read-only" in refusal(tmp_path / "corpus.db", write=True)


@bound
def test_a_database_in_a_read_only_folder_says_so_when_it_is_written(tmp_path, filled):
    tmp_path.chmod(0o500)
    with pytest.raises(DatabaseUnusable, match="cannot be opened or written"), transaction(filled):
        filled.execute("DELETE FROM role_claims")
    tmp_path.chmod(0o700)
    assert filled.execute("SELECT count(*) FROM role_claims").fetchone() == (1,)


def test_reading_changes_nothing(tmp_path, filled):
    filled.close()
    before = (tmp_path / "corpus.db").read_bytes()
    connection = open_database(tmp_path / "corpus.db")
    for sql in ("DELETE FROM mentions", "DROP TABLE mentions", "PRAGMA user_version = 9"):
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute(sql)
    connection.close()
    assert (tmp_path / "corpus.db").read_bytes() == before


def test_a_database_in_wal_mode_goes_back_to_one_file(tmp_path, filled):
    filled.execute("PRAGMA journal_mode = WAL")
    filled.close()
    connection = open_database(tmp_path / "corpus.db", write=True)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
    assert [path.name for path in tmp_path.iterdir()] == ["corpus.db"]


def test_names_with_signs_are_names(tmp_path):
    for name in ("what?mode=ro#x.db", "100%25.db", "it's; DROP TABLE.db", "two\nlines.db", "Perú.db"):
        open_database(tmp_path / name, create=True).close()
        assert (tmp_path / name).stat().st_size > 0


def test_the_file_says_whose_it_is(tmp_path):
    open_database(tmp_path / "corpus.db", create=True).close()
    header = (tmp_path / "corpus.db").read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == SCHEMA_VERSION
    assert header[18:20] == b"\1\1"  # a rollback journal, not WAL


def test_a_transaction_is_undone_on_any_exception(filled):
    def interrupted():
        with transaction(filled):
            filled.execute("DELETE FROM role_claims")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert filled.execute("SELECT count(*) FROM role_claims").fetchone() == (1,)
    assert not filled.in_transaction


def test_a_full_disk_is_said_in_one_line_and_changes_nothing(tmp_path, filled):
    before = (tmp_path / "corpus.db").read_bytes()
    pages = filled.execute("PRAGMA page_count").fetchone()[0]
    filled.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseUnusable, match="the disk is full, nothing was changed"), transaction(filled):
        filled.execute("INSERT INTO people_aliases SELECT id, hex(randomblob(5000)), 1 FROM people")
    filled.close()
    assert (tmp_path / "corpus.db").read_bytes() == before


def test_the_second_writer_waits_and_is_told(tmp_path, filled):
    second = open_database(tmp_path / "corpus.db", write=True)
    told = []

    def tell():
        told.append("waiting")

    with (
        transaction(filled),
        pytest.raises(DatabaseBusy, match="another import has been writing"),
        transaction(second, timeout=0.3, waiting=tell),
    ):
        pass
    assert told == ["waiting"]
    with transaction(second, timeout=0, waiting=tell):
        second.execute("DELETE FROM role_claims")
    assert told == ["waiting"]
    second.close()


def test_a_waiting_writer_goes_on_when_the_first_has_finished(tmp_path, filled):
    held, release = threading.Event(), threading.Event()

    def first():
        connection = open_database(tmp_path / "corpus.db", write=True)
        with transaction(connection):
            connection.execute("UPDATE files SET reader = 'first' WHERE id = 1")
            held.set()
            release.wait(10)
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    held.wait(10)
    with transaction(filled, timeout=10, waiting=release.set):
        assert filled.execute("SELECT reader FROM files WHERE id = 1").fetchone() == ("first",)
    thread.join()


def test_a_new_database_is_made_once_by_two_at_a_time(tmp_path):
    path, errors = tmp_path / "corpus.db", []

    def make():
        try:
            open_database(path, create=True).close()
        except Exception as error:  # noqa: BLE001  (whatever a thread raises is what the test reports)
            errors.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    connection = open_database(path)
    assert check.check(connection) == []
    connection.close()


def test_mistakes_of_the_program_are_not_dressed_up_as_states_of_the_disk(filled):
    with pytest.raises(sqlite3.OperationalError, match="no such table"), transaction(filled):
        filled.execute("SELECT * FROM missing")
    with pytest.raises(sqlite3.IntegrityError), transaction(filled):
        filled.execute("DELETE FROM countries")
    assert describe(sqlite3.ProgrammingError("closed"), "corpus.db") is None


KILLED = """
import os, sys
from corpus_db.store.database import open_database, transaction
connection = open_database(sys.argv[1], write=True)
connection.execute("PRAGMA cache_size = 5")  # so that half of the transaction is in the file already
with transaction(connection):
    connection.execute("DELETE FROM mentions")
    connection.execute("INSERT INTO people_aliases SELECT id, hex(randomblob(50000)), 1 FROM people")
    os._exit(9)
"""


def test_what_a_killed_import_left_half_done_is_undone_when_the_database_is_read(tmp_path, filled):
    path = tmp_path / "corpus.db"
    filled.close()
    before = path.read_bytes()
    subprocess.run([sys.executable, "-c", KILLED, path], check=False)
    assert path.read_bytes() != before
    assert (tmp_path / "corpus.db-journal").exists()
    connection = open_database(path)  # for reading
    assert check.check(connection) == []
    connection.close()
    assert path.read_bytes() == before
    assert not (tmp_path / "corpus.db-journal").exists()


def test_a_database_that_was_never_finished_is_made_anew(tmp_path):
    path = tmp_path / "corpus.db"
    code = """
import os, sys
from corpus_db.store import database, migrations
def die(connection):
    create(connection)
    os._exit(9)
create, migrations.create = migrations.create, die
database.open_database(sys.argv[1], create=True)
"""
    subprocess.run([sys.executable, "-c", code, path], check=False)
    assert path.exists()
    connection = open_database(path, create=True)
    assert check.check(connection) == []
    connection.close()
