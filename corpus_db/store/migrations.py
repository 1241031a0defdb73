"""The shape's version, and the way from each version to the next.

The version stands in the file's header (`PRAGMA user_version`), beside an `application_id` that
tells this program's databases from others'. sqlite-utils has Migrations of its own; they note in a
table when each was applied, and a clock in the file would break the promise that two imports of
one folder give byte-identical databases.

A new database is made at once in the shape that `schema.py` declares. A database of an older
version goes through the steps of MIGRATIONS, all in one transaction, after which its views and
full-text triggers, which hold no data, are made anew from their declaration. A test holds a
picture of every released version and checks that each of them, migrated, has the very shape of a
new one; the same test fails when the declaration changes and SCHEMA_VERSION does not.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus_db.errors import DatabaseUnusable
from corpus_db.store import ddl
from corpus_db.store.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: what it does, and the change from version `to - 1` to version `to`."""

    to: int
    name: str
    apply: Callable[[sqlite3.Connection], None]


def _derived_tables(connection: sqlite3.Connection) -> None:
    """Version 2: dates, stories, the language that the text shows.

    The statements are those of version 2, whatever the declaration has become since. What the new
    tables hold is derived from the articles, so every file is marked to be read again: the next
    import of the same files fills them.
    """
    for statement in _VERSION_2:
        connection.execute(statement)


_VERSION_2 = (
    'ALTER TABLE "articles" ADD COLUMN "language_origin" TEXT',
    'ALTER TABLE "articles" ADD COLUMN "text_language" TEXT',
    'CREATE INDEX "idx_articles_text_language" ON "articles" ("text_language")',
    """
    CREATE TABLE "dates" (
       "id" INTEGER PRIMARY KEY,
       "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
       "field" TEXT NOT NULL CHECK (field = 'body' OR field = 'title'),
       "start" INTEGER NOT NULL,
       "end" INTEGER NOT NULL,
       "text" TEXT NOT NULL,
       "value" TEXT,
       "precision" TEXT NOT NULL CHECK (precision = 'day' OR precision = 'year' OR precision = 'month' OR precision = 'week' OR precision = 'weekend'),
       "anchor" TEXT CHECK (anchor = 'dateline' OR anchor = 'published'),
       "rule" TEXT NOT NULL,
       "sentence_start" INTEGER NOT NULL,
       "sentence_end" INTEGER NOT NULL,
       CHECK (start >= 0 AND "end" > start)
    )
    """,
    """
    CREATE TABLE "stories" (
       "id" INTEGER PRIMARY KEY,
       "title" TEXT NOT NULL,
       "head_article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
       "article_count" INTEGER NOT NULL,
       "first_published" TEXT,
       "last_published" TEXT
    )
    """,
    """
    CREATE TABLE "story_articles" (
       "article_id" INTEGER PRIMARY KEY NOT NULL REFERENCES "articles"("id"),
       "story_id" INTEGER NOT NULL REFERENCES "stories"("id"),
       "similarity" REAL NOT NULL,
       "share_in_head" REAL NOT NULL
    )
    """,
    """
    CREATE TABLE "story_signatures" (
       "article_id" INTEGER PRIMARY KEY NOT NULL REFERENCES "articles"("id"),
       "signature" BLOB NOT NULL
    )
    """,
    """
    CREATE TABLE "story_keys" (
       "key" INTEGER NOT NULL,
       "article_id" INTEGER NOT NULL,
       PRIMARY KEY ("key", "article_id")
    ) WITHOUT ROWID
    """,
    'CREATE INDEX "idx_dates_article_id" ON "dates" ("article_id")',
    'CREATE INDEX "idx_dates_precision" ON "dates" ("precision")',
    'CREATE INDEX "idx_dates_rule" ON "dates" ("rule")',
    'CREATE INDEX "idx_dates_value" ON "dates" ("value")',
    'CREATE INDEX "idx_stories_article_count" ON "stories" ("article_count")',
    'CREATE INDEX "idx_stories_head_article_id" ON "stories" ("head_article_id")',
    'CREATE INDEX "idx_story_articles_story_id" ON "story_articles" ("story_id")',
    """UPDATE articles SET language_origin = 'source' WHERE language IS NOT NULL""",
    "UPDATE files SET annotator = NULL",
)


def _dates_and_metadata(connection: sqlite3.Connection) -> None:
    """Version 3: metadata of articles, and the dates that have two readings.

    Both are filled when a file is read, so every file is marked to be read again.
    """
    for statement in _VERSION_3:
        connection.execute(statement)


_VERSION_3 = (
    'ALTER TABLE "articles" ADD COLUMN "metadata" TEXT',
    """
    CREATE TABLE "date_readings" (
       "document_id" INTEGER PRIMARY KEY NOT NULL REFERENCES "documents"("id"),
       "printed" TEXT NOT NULL,
       "folder" TEXT NOT NULL,
       "layout" TEXT NOT NULL,
       "month_first" TEXT,
       "day_first" TEXT,
       "stated_order" TEXT CHECK (stated_order = 'month first' OR stated_order = 'day first'),
       "used_order" TEXT CHECK (used_order = 'month first' OR used_order = 'day first'),
       "decided_by" TEXT
    )
    """,
    'CREATE INDEX "idx_date_readings_layout" ON "date_readings" ("layout")',
    'CREATE INDEX "idx_date_readings_used_order" ON "date_readings" ("used_order")',
    "UPDATE files SET annotator = NULL",
)


def _files_in_files(connection: sqlite3.Connection) -> None:
    """Version 4: files inside files."""
    for statement in _VERSION_4:
        connection.execute(statement)


# What held other files had been rejected or was plain text to the former version: it is read again.
_VERSION_4 = (
    'ALTER TABLE "files" ADD COLUMN "container_id" INTEGER REFERENCES "files"("id")',
    'CREATE INDEX "idx_files_container_id" ON "files" ("container_id")',
    "UPDATE files SET annotator = NULL",
)


def _places(connection: sqlite3.Connection) -> None:
    """Version 5: the places with their regions and coordinates, filled when a file is read."""
    for statement in _VERSION_5:
        connection.execute(statement)


_VERSION_5 = (
    'ALTER TABLE "mentions" ADD COLUMN "place_id" INTEGER REFERENCES "places"("id")',
    """
    CREATE TABLE "places" (
       "id" INTEGER PRIMARY KEY,
       "name" TEXT NOT NULL,
       "kind" TEXT NOT NULL CHECK (kind = 'city' OR kind = 'division' OR kind = 'district' OR kind = 'region' OR kind = 'landmark' OR kind = 'country'),
       "region" TEXT,
       "country_code" TEXT NOT NULL REFERENCES "countries"("code"),
       "latitude" REAL,
       "longitude" REAL,
       "mention_count" INTEGER NOT NULL,
       "dateline_count" INTEGER NOT NULL,
       "article_count" INTEGER NOT NULL
    )
    """,
    'CREATE INDEX "idx_mentions_place_id" ON "mentions" ("place_id")',
    'CREATE INDEX "idx_places_article_count" ON "places" ("article_count")',
    'CREATE INDEX "idx_places_kind" ON "places" ("kind")',
    'CREATE INDEX "idx_places_country_code" ON "places" ("country_code")',
    'CREATE INDEX "idx_places_name" ON "places" ("name")',
    'CREATE INDEX "idx_places_region" ON "places" ("region")',
    "UPDATE files SET annotator = NULL",
)


def _namesakes(connection: sqlite3.Connection) -> None:
    """Version 6: people of one name are told apart.

    Which people a name stands for is decided when an article that uses it is imported, so every file is
    marked to be read again. Until then each person has the label that the name alone gives.
    """
    for statement in _VERSION_6:
        connection.execute(statement)


_VERSION_6 = (
    'ALTER TABLE "people" ADD COLUMN "description" TEXT',
    'ALTER TABLE "people" ADD COLUMN "label" TEXT',
    "UPDATE people SET label = name",
    """
    CREATE TABLE "told_apart" (
       "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
       "number" INTEGER NOT NULL,
       "name" TEXT NOT NULL,
       "person_id" INTEGER NOT NULL REFERENCES "people"("id"),
       "shared" TEXT,
       "confidence" REAL NOT NULL,
       PRIMARY KEY ("article_id", "number")
    ) WITHOUT ROWID
    """,
    'CREATE INDEX "idx_told_apart_name" ON "told_apart" ("name")',
    'CREATE INDEX "idx_told_apart_person_id" ON "told_apart" ("person_id")',
    """
    CREATE TABLE "namesakes" (
       "person_id" INTEGER NOT NULL REFERENCES "people"("id"),
       "other_id" INTEGER NOT NULL REFERENCES "people"("id"),
       "name" TEXT NOT NULL,
       "score" REAL NOT NULL,
       "marks" TEXT,
       "shared" TEXT,
       PRIMARY KEY ("person_id", "other_id")
    ) WITHOUT ROWID
    """,
    'CREATE INDEX "idx_namesakes_name" ON "namesakes" ("name")',
    'CREATE INDEX "idx_namesakes_other_id" ON "namesakes" ("other_id")',
    "UPDATE files SET annotator = NULL",
)


def _keys_as_numbers(connection: sqlite3.Connection) -> None:
    """Version 7: the keys of names are numbers, and so are the names that have them; a rule has a plainer name."""
    from corpus_db.store.keys import key_number  # numpy, which every other command can do without

    connection.create_function("key_number", 1, key_number, deterministic=True)
    for statement in _VERSION_7:
        connection.execute(statement)


_VERSION_7 = (
    'ALTER TABLE "person_names" ADD COLUMN "number" INTEGER',
    """
    UPDATE person_names SET number = n.place
    FROM (SELECT name, row_number() OVER (ORDER BY name) AS place FROM person_names) n WHERE n.name = person_names.name
    """,
    'CREATE INDEX "idx_person_names_number" ON "person_names" ("number")',
    "CREATE TEMP TABLE former_keys AS SELECT key, name FROM main.name_keys",
    'DROP TABLE "name_keys"',
    """
    CREATE TABLE "name_keys" (
       "key" INTEGER NOT NULL,
       "name_number" INTEGER NOT NULL,
       PRIMARY KEY ("key", "name_number")
    ) WITHOUT ROWID
    """,
    """
    INSERT OR IGNORE INTO name_keys (key, name_number)
    SELECT key_number(f.key), n.number FROM temp.former_keys f JOIN person_names n ON n.name = f.name ORDER BY 1, 2
    """,
    "DROP TABLE temp.former_keys",
    'CREATE INDEX "idx_name_keys_name_number" ON "name_keys" ("name_number")',
    "UPDATE person_names SET rule = 'own-name' WHERE rule = 'founds'",
)

# Version 1 is the first; its successors append here.
MIGRATIONS: tuple[Migration, ...] = (
    Migration(2, "dates, stories, languages", _derived_tables),
    Migration(3, "metadata of articles, dates with two readings", _dates_and_metadata),
    Migration(4, "files inside files", _files_in_files),
    Migration(5, "places", _places),
    Migration(6, "people of one name", _namesakes),
    Migration(7, "keys of names as numbers", _keys_as_numbers),
)


def version(connection: sqlite3.Connection) -> int:
    """The version of the database's shape; 0 for a database that has none yet."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def create(connection: sqlite3.Connection) -> None:
    """Make an empty database of the declared shape, inside the caller's transaction."""
    for statement in ddl.create_all():
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def migrate(
    connection: sqlite3.Connection,
    migrations: Sequence[Migration] = MIGRATIONS,
    target: int = SCHEMA_VERSION,
) -> list[Migration]:
    """Bring a database to version `target`, inside the caller's transaction; the steps taken.

    Raises DatabaseUnusable where the database was made by a newer version of the program.
    """
    current = version(connection)
    refuse_newer(current, target)
    steps = sorted((step for step in migrations if current < step.to <= target), key=lambda step: step.to)
    if [step.to for step in steps] != list(range(current + 1, target + 1)):
        raise DatabaseUnusable(f"there is no way from version {current} of the database to version {target}")
    for step in steps:
        step.apply(connection)
    if steps:
        _renew_views(connection)
        _renew_triggers(connection)
        connection.execute(f"PRAGMA user_version = {target}")
    return steps


def refuse_newer(current: int, target: int = SCHEMA_VERSION, name: str = "the database") -> None:
    """Raise DatabaseUnusable for a version that this program does not know."""
    if current > target:
        raise DatabaseUnusable(
            f"{name} was made by a newer corpus-db (version {current} of its shape, this program"
            f" knows {target}): upgrade with pip install --upgrade corpus-db"
        )


def shape(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Everything that was declared in a database: (type, name) → SQL with white space evened out."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    shadows = {f"{t.name}_fts_{part}" for t in TABLES if t.fts for part in _FTS_SHADOWS}
    return {(kind, name): _evened(sql) for kind, name, sql in rows if name not in shadows}


def _evened(sql: str) -> str:
    """SQL with white space evened out: SQLite writes it differently where a column was added."""
    return re.sub(r" ?([,()]) ?", r"\1", " ".join(sql.split()))


_FTS_SHADOWS = ("config", "data", "docsize", "idx", "content")  # FTS5's own tables


def _renew_views(connection: sqlite3.Connection) -> None:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
    for name in names:
        connection.execute(f"DROP VIEW {ddl.quote(name)}")
    for statement in ddl.create_views():
        connection.execute(statement)


def _renew_triggers(connection: sqlite3.Connection) -> None:
    for table in TABLES:
        if table.fts:
            for name in ddl.trigger_names(table):
                connection.execute(f"DROP TRIGGER IF EXISTS {ddl.quote(name)}")
            for statement in ddl.create_triggers(table):
                connection.execute(statement)
