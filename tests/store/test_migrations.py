"""A database made today opens in every later version, with the same shape as a new one."""

import re
import sqlite3
from pathlib import Path

import pytest

from corpus_db.errors import DatabaseUnusable
from corpus_db.store import check, migrations
from corpus_db.store.database import open_database
from corpus_db.store.keys import key_number
from corpus_db.store.migrations import MIGRATIONS, Migration, migrate, shape
from corpus_db.store.schema import SCHEMA_VERSION

SHAPES = Path(__file__).parent / "shapes"  # one picture of each version: every statement of its shape
ADD = Migration(
    SCHEMA_VERSION + 1, "a column", lambda db: db.execute("ALTER TABLE files ADD COLUMN mood TEXT")
)
TABLE = Migration(SCHEMA_VERSION + 2, "a table", lambda db: db.execute("CREATE TABLE moods (mood TEXT)"))


def empty():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("BEGIN")
    return connection


def fresh():
    connection = empty()
    migrations.create(connection)
    return connection


def picture(connection):
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    shown = {(kind, name): sql for kind, name, sql in rows if (kind, name) in shape(connection)}
    order = ("table", "index", "trigger", "view")
    return (
        ";\n\n".join(shown[key] for key in sorted(shown, key=lambda key: (order.index(key[0]), key[1])))
        + ";\n"
    )


def test_the_shape_changes_only_with_its_version(tmp_path):
    """Fails when the declaration changed: raise SCHEMA_VERSION, add a migration, and keep the former picture."""
    now = tmp_path / f"{SCHEMA_VERSION}.sql"
    now.write_text(picture(fresh()), encoding="utf-8")
    kept = SHAPES / now.name
    assert kept.exists(), f"keep {now} in {SHAPES}"
    assert now.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8"), f"{now} differs from {kept}"


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_a_migrated_database_has_the_shape_of_a_new_one(version):
    old = empty()
    for statement in re.split(
        r";\n\n(?=CREATE)", (SHAPES / f"{version}.sql").read_text("utf-8").rstrip(";\n")
    ):
        old.execute(statement)
    old.execute(f"PRAGMA user_version = {version}")
    migrate(old)
    assert shape(old) == shape(fresh())
    assert migrations.version(old) == SCHEMA_VERSION


def test_steps_are_taken_in_order_once_and_only_those_that_are_missing():
    connection = fresh()
    assert migrate(connection, [TABLE, ADD], SCHEMA_VERSION + 2) == [ADD, TABLE]
    assert migrations.version(connection) == SCHEMA_VERSION + 2
    assert migrate(connection, [TABLE, ADD], SCHEMA_VERSION + 2) == []
    connection = fresh()
    assert migrate(connection, [ADD], SCHEMA_VERSION + 1) == [ADD]
    assert migrate(connection, [ADD, TABLE], SCHEMA_VERSION + 2) == [TABLE]


def test_views_and_triggers_are_made_anew_by_every_migration():
    connection = fresh()
    connection.execute("DROP VIEW problems")
    connection.execute("CREATE VIEW problems AS SELECT 1 AS old")
    connection.execute("DROP TRIGGER articles_ai")
    migrate(connection, [ADD], SCHEMA_VERSION + 1)
    expected, found = shape(fresh()), shape(connection)
    assert {key for key in expected if found.get(key) != expected[key]} == {("table", "files")}


def test_a_missing_step_is_noticed():
    with pytest.raises(DatabaseUnusable, match="no way"):
        migrate(fresh(), [TABLE], SCHEMA_VERSION + 2)


def test_a_migration_that_fails_leaves_the_database_as_it_was(tmp_path, filled, monkeypatch):
    def fail(connection):
        connection.execute("DROP TABLE role_claims")
        raise RuntimeError

    filled.close()
    before = (tmp_path / "corpus.db").read_bytes()
    monkeypatch.setattr(
        migrations,
        "migrate",
        lambda db: migrate(db, [Migration(SCHEMA_VERSION + 1, "x", fail)], SCHEMA_VERSION + 1),
    )
    monkeypatch.setattr("corpus_db.store.database.SCHEMA_VERSION", SCHEMA_VERSION + 1)
    with pytest.raises(RuntimeError):
        open_database(tmp_path / "corpus.db")
    assert (tmp_path / "corpus.db").read_bytes() == before


def test_an_older_database_is_brought_up_to_date_when_it_is_opened(tmp_path, filled, monkeypatch):
    filled.close()
    monkeypatch.setattr(migrations, "migrate", lambda db: migrate(db, [ADD], SCHEMA_VERSION + 1))
    monkeypatch.setattr("corpus_db.store.database.SCHEMA_VERSION", SCHEMA_VERSION + 1)
    monkeypatch.setattr(migrations, "refuse_newer", lambda *_, **__: None)
    connection = open_database(tmp_path / "corpus.db")  # for reading
    assert connection.execute("SELECT mood FROM files").fetchall() == [(None,)] * 4
    connection.close()


def test_files_of_the_first_version_are_read_again_for_what_the_second_derives():
    old = empty()
    for statement in re.split(r";\n\n(?=CREATE)", (SHAPES / "1.sql").read_text("utf-8").rstrip(";\n")):
        old.execute(statement)
    old.execute("PRAGMA user_version = 1")
    old.execute(
        "INSERT INTO files (path, sha256, annotator) VALUES ('a.txt', 'x', 'corpus-db 0.1.0, built-in')"
    )
    old.execute(
        "INSERT INTO articles (title, title_origin, language, body, word_count, content_hash)"
        " VALUES ('t', 'header', 'es', 'b', 1, 'h'), ('u', 'header', NULL, 'c', 1, 'i')"
    )
    migrate(old, target=2)
    assert old.execute("SELECT annotator FROM files").fetchall() == [(None,)]
    assert old.execute("SELECT language, language_origin FROM articles").fetchall() == [
        ("es", "source"),
        (None, None),
    ]


def test_keys_become_numbers_and_names_are_numbered():
    old = empty()
    for statement in re.split(r";\n\n(?=CREATE)", (SHAPES / "6.sql").read_text("utf-8").rstrip(";\n")):
        old.execute(statement)
    old.execute("PRAGMA user_version = 6")
    old.execute(
        "INSERT INTO person_names (name, family_name, is_full) VALUES ('Xi', 'Xi', 0), ('Xi Jinping', 'Xi', 1)"
    )
    old.execute(
        "INSERT INTO name_keys VALUES ('b:g xi jinping', 'Xi Jinping'), ('s:xi', 'Xi'), ('s:xi', 'Xi Jinping')"
    )
    migrate(old)
    names = dict(old.execute("SELECT name, number FROM person_names"))
    assert names == {"Xi": 1, "Xi Jinping": 2}
    assert set(old.execute("SELECT key, name_number FROM name_keys")) == {
        (key_number("b:g xi jinping"), 2), (key_number("s:xi"), 1), (key_number("s:xi"), 2),
    }  # fmt: skip


def test_there_is_a_step_to_every_version():
    assert sorted(step.to for step in MIGRATIONS) == list(range(2, SCHEMA_VERSION + 1))


def test_a_damaged_shape_is_noticed_by_the_check(filled):
    filled.execute("DROP INDEX idx_mentions_person_id")
    filled.execute("DROP TRIGGER people_au")
    (finding,) = check.check(filled)
    assert (finding.code, finding.sample) == ("shape", ("index idx_mentions_person_id", "trigger people_au"))
