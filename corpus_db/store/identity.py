"""The SQL of identity: names, the keys they share, and what a decision about them must know.

Which names belong to one person is decided by `corpus_db.resolution`; this module only finds out
which names a decision may concern (`decisions.py` writes the decisions down). An import touches a few names;
those that share a key with them, directly or through others, form the *block* that is decided
anew. Everything outside the block cannot change, so one more article in a large corpus costs what
its own names cost.

A name that several people bear has no person of its own: `told_apart` says of every article that uses it
whom it means, and `namesakes` why they are several.

Keys of two kinds stand in `name_keys`, as numbers (`keys.py`): above 0 for full names that may be one person, below 0
for the single names (Xi, Jinping) that a full name may be shortened to.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from corpus_db.store import indexes, occurrences
from corpus_db.store.bulk import insert_values
from corpus_db.store.keys import Numbers, key_numbers
from corpus_db.store.occurrences import StoredOccurrence
from corpus_db.store.temporary import assume_small


class StoredName(NamedTuple):
    """A name that articles use as a person's fullest, and how they do."""

    name: str
    family_name: str
    is_full: bool
    article_count: int
    mention_count: int
    first: int | None  # position of its first use in the articles that the import touched


NAMES_AT_ONCE = 2_000  # new names whose keys are made together
KEYS_AT_ONCE = 500_000  # keys that are sorted and written together

PREPARE = (
    "CREATE TEMP TABLE IF NOT EXISTS block (name TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS reached (number INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE IF NOT EXISTS fresh (id INTEGER PRIMARY KEY, name TEXT UNIQUE)",
    """
    CREATE TEMP TABLE IF NOT EXISTS uses (
        id INTEGER PRIMARY KEY, name TEXT, family_name TEXT, is_full INTEGER, article_count INTEGER,
        mention_count INTEGER, first INTEGER)
    """,
    "CREATE TEMP TABLE IF NOT EXISTS components (name TEXT PRIMARY KEY, component INTEGER) WITHOUT ROWID",
    "DELETE FROM temp.block",
    "DELETE FROM temp.reached",
    "DELETE FROM temp.fresh",
    "DELETE FROM temp.uses",
)

# New names, numbered; of what articles say of one name the last in the alphabet stands, whoever came first.
FRESH = (
    """
    INSERT INTO temp.fresh (name)
    SELECT t.name FROM temp.touched_names t
    WHERE NOT EXISTS (SELECT 1 FROM person_names n WHERE n.name = t.name) ORDER BY t.name
    """,
    """
    INSERT INTO person_names (name, family_name, is_full, number)
    SELECT f.name, max(p.family_name), max(p.is_full),
        f.id + (SELECT coalesce(max(number), 0) FROM person_names)
    FROM temp.fresh f JOIN article_people p ON p.name = f.name GROUP BY f.name ORDER BY f.name
    """,
)

# The names of a table, numbered in alphabetical order.
USES = """
INSERT INTO temp.uses (name, family_name, is_full, article_count, mention_count, first)
SELECT t.name, max(p.family_name), max(p.is_full) AS full, count(DISTINCT p.article_id), sum(p.mention_count),
       min((p.article_id << 16) + p.number) FILTER (WHERE p.article_id IN (SELECT article_id FROM temp.touched_articles))
FROM {names} t JOIN article_people p ON p.name = t.name
GROUP BY t.name HAVING full >= {least} ORDER BY t.name
"""
CHOSEN = "SELECT id, name, family_name, is_full, article_count, mention_count, first FROM temp.uses"

# From the touched names one step outwards, and the names that were reached in the end.
REACH = "INSERT INTO temp.reached SELECT n.number FROM temp.touched_names t JOIN person_names n ON n.name = t.name"
WIDEN = """
INSERT OR IGNORE INTO temp.reached
SELECT there.name_number FROM temp.reached r
JOIN name_keys here ON here.name_number = r.number AND here.key > 0
JOIN name_keys there ON there.key = here.key
"""
REACHED = "SELECT n.name FROM temp.reached r JOIN person_names n ON n.number = r.number ORDER BY n.name"

# The keys of the names that are numbered, in order.
KEYS = """
SELECT k.key, u.id - 1 FROM temp.uses u CROSS JOIN person_names n ON n.name = u.name
CROSS JOIN name_keys k ON k.name_number = n.number AND k.key > 0 ORDER BY k.key, u.id
"""
_ROWS_AT_ONCE = 50_000

# Bare names are decided after the full names, and may depend on any of them that they shorten.
BARE = """
SELECT t.name FROM temp.touched_names t WHERE (SELECT is_full FROM person_names n WHERE n.name = t.name) = 0
UNION
SELECT bare.name FROM temp.reached r
JOIN name_keys here ON here.name_number = r.number AND here.key < 0
JOIN name_keys there ON there.key = here.key
JOIN person_names bare ON bare.number = there.name_number AND NOT bare.is_full
ORDER BY 1
"""

_BEARERS = """
FROM person_names asked
JOIN name_keys here ON here.name_number = asked.number AND here.key < 0
JOIN name_keys there ON there.key = here.key
JOIN person_names n ON n.number = there.name_number
"""
# Each with the number of articles that name it in full.
BEARERS = f"""
WITH borne AS (
    SELECT n.person_id {_BEARERS} WHERE asked.name = :name AND n.is_full AND n.person_id IS NOT NULL
    UNION
    SELECT t.person_id {_BEARERS} JOIN told_apart t ON t.name = n.name WHERE asked.name = :name
)
SELECT b.person_id, (
    SELECT count(DISTINCT p.article_id) FROM person_names f JOIN article_people p ON p.name = f.name
    WHERE f.person_id = b.person_id AND f.is_full)
FROM borne b WHERE (SELECT count(*) FROM borne) = 1
UNION ALL
SELECT b.person_id, 0 FROM borne b WHERE (SELECT count(*) FROM borne) > 1
ORDER BY 1
"""

# Names of one block that one article keeps apart as two persons.
APART = """
SELECT DISTINCT min(a.name, b.name), max(a.name, b.name)
FROM temp.components ca
JOIN article_people a ON a.name = ca.name
JOIN article_people b ON b.article_id = a.article_id AND b.number > a.number
JOIN temp.components cb ON cb.name = b.name AND cb.component = ca.component
WHERE a.name <> b.name
ORDER BY 1, 2
"""


class NameTable:
    """The names that one import touched, inside its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._others = False  # whether there were names before the import
        for statement in (*PREPARE, occurrences.PREPARE):
            connection.execute(statement)
        assume_small(connection)

    def add_touched(self, keys: Callable[[str, bool], Collection[str]]) -> None:
        """Write the touched names down that the corpus did not have, each with the `keys` of (name, is full)."""
        self._others = self._db.execute("SELECT 1 FROM person_names LIMIT 1").fetchone() is not None
        for statement in FRESH:
            self._db.execute(statement)
        fresh = self._db.execute(
            "SELECT n.name, n.is_full, n.number FROM temp.fresh f JOIN person_names n ON n.name = f.name"
        )
        waiting: list[Numbers] = []  # rows of name_keys
        while names := fresh.fetchmany(NAMES_AT_ONCE):
            found = [(number, keys(name, bool(full))) for name, full, number in names]
            owners = np.repeat([number for number, _ in found], [len(own) for _, own in found])
            waiting.append(np.column_stack((key_numbers([key for _, own in found for key in own]), owners)))
            if sum(map(len, waiting)) >= KEYS_AT_ONCE:
                self._put_keys(waiting)
        self._put_keys(waiting)
        indexes.restore(self._db, "names")

    def _put_keys(self, waiting: list[Numbers]) -> None:
        """Write keys down, in order."""
        if waiting:
            rows = np.concatenate(waiting)
            waiting.clear()
            rows = rows[np.lexsort((rows[:, 1], rows[:, 0]))]
            insert_values(self._db, "name_keys", ("key", "name_number"), rows.ravel().tolist(), ignore=True)

    def close_block(self) -> None:
        """Gather into the block all names that share a key with a touched one, through any number of others."""
        if not self._others:
            self._db.execute("INSERT INTO temp.block SELECT name FROM temp.touched_names")
            return
        self._db.execute(REACH)
        while self._db.execute(WIDEN).rowcount > 0:
            pass
        self._db.execute(f"INSERT INTO temp.block {REACHED}")

    def bare(self) -> list[str]:
        """The bare names that the block's full names may change, in alphabetical order."""
        return [row[0] for row in self._db.execute(BARE)]

    def forget_vanished(self) -> None:
        """Drop the names that no article uses any more."""
        vanished = """
            SELECT t.name FROM temp.touched_names t
            WHERE NOT EXISTS (SELECT 1 FROM article_people p WHERE p.name = t.name)
        """
        self._db.execute(
            f"DELETE FROM name_keys WHERE name_number IN (SELECT number FROM person_names WHERE name IN ({vanished}))"
        )
        for table in ("told_apart", "namesakes", "person_names"):
            self._db.execute(f"DELETE FROM {table} WHERE name IN ({vanished})")
        self._db.execute(
            "DELETE FROM temp.block WHERE NOT EXISTS (SELECT 1 FROM person_names n WHERE n.name = block.name)"
        )

    def number_block(self) -> int:
        """Number the full names of the block from 1, in alphabetical order; how many they are."""
        self._db.execute("DELETE FROM temp.uses")
        return self._db.execute(USES.format(names="temp.block", least=1)).rowcount

    def sharing(self) -> Numbers:
        """Pairs of the block's full names that share a key, numbered from 0; all that share one hang together by pairs."""
        keys = self._db.execute(KEYS)
        pairs = array("q")  # which grows in place
        last = np.zeros((0, 2), np.int64)
        while rows := keys.fetchmany(_ROWS_AT_ONCE):
            found = np.concatenate((last, np.array(rows, np.int64)))
            same = np.flatnonzero(found[1:, 0] == found[:-1, 0])
            pairs.frombytes(np.column_stack((found[same, 1], found[same + 1, 1])).tobytes())
            last = found[-1:]
        return np.frombuffer(pairs, np.int64).reshape(-1, 2)

    def numbered(self, numbers: Sequence[int]) -> dict[int, StoredName]:
        """The names that have these numbers."""
        rows = self._db.execute(
            f"{CHOSEN} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(numbers),)
        )
        return {row[0]: _stored(row[1:]) for row in rows}

    def uses(self, names: Iterable[str]) -> list[StoredName]:
        """How articles use each of `names`, in alphabetical order."""
        self._db.execute("DELETE FROM temp.fresh")
        self._db.executemany(
            "INSERT OR IGNORE INTO temp.fresh (name) VALUES (?)", ((name,) for name in names)
        )
        self._db.execute("DELETE FROM temp.uses")
        self._db.execute(USES.format(names="temp.fresh", least=0))
        return [_stored(row[1:]) for row in self._db.execute(f"{CHOSEN} ORDER BY id")]

    def kept_apart(self, components: Iterable[tuple[str, int]]) -> set[tuple[str, str]]:
        """Pairs of names of one component that some article holds as two persons."""
        self._db.execute("DELETE FROM temp.components")
        self._db.executemany("INSERT INTO temp.components VALUES (?, ?)", components)
        return {(one, other) for one, other in self._db.execute(APART)}

    def persons(self, numbers: Sequence[int]) -> Iterator[tuple[str, int, int]]:
        """The persons that each of the numbered names has now: (name, person, in how many articles)."""
        if self._db.execute("SELECT 1 FROM people LIMIT 1").fetchone() is None:
            return iter(())
        sql = """
            WITH asked AS MATERIALIZED (SELECT name FROM temp.uses WHERE id IN (SELECT value FROM json_each(?)))
            SELECT n.name, n.person_id, 1 FROM asked a CROSS JOIN person_names n ON n.name = a.name
            WHERE n.is_full AND n.person_id IS NOT NULL
            UNION ALL
            SELECT t.name, t.person_id, count(*) FROM asked a CROSS JOIN told_apart t ON t.name = a.name
            GROUP BY t.name, t.person_id
        """
        return iter(self._db.execute(sql, (json.dumps(numbers),)).fetchall())

    def occurrences(self, names: Iterable[tuple[str, int]]) -> Iterator[tuple[int, StoredOccurrence]]:
        """What articles say around the persons that they call by one of `names`, given with their cluster."""
        return occurrences.occurrences(self._db, names)

    @cached_property
    def country_names(self) -> dict[str, str]:
        """Code -> name of all countries."""
        return dict(self._db.execute("SELECT code, name FROM countries"))

    def founded_by(self, names: Iterable[str]) -> dict[str, int]:
        """The person that each of the bare `names` has now, unless a full name has it too."""
        sql = """
            SELECT person_id FROM person_names n WHERE name = ? AND person_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM person_names f WHERE f.person_id = n.person_id AND f.is_full)
            AND NOT EXISTS (SELECT 1 FROM told_apart t WHERE t.person_id = n.person_id)
        """
        found = ((name, self._db.execute(sql, (name,)).fetchone()) for name in names)
        return {name: row[0] for name, row in found if row is not None}

    def bearers(self, name: str) -> dict[int, int]:
        """The persons whose full name may be shortened to the bare `name`, each with the articles that name it in full.

        Where there are several the articles are not counted: none of them will get the name.
        """
        return dict(self._db.execute(BEARERS, {"name": name}))


def position(article_id: int, number: int) -> int:
    """Where a person of an article stands in the order of all of them."""
    return (article_id << 16) + number


def _stored(row: Sequence[Any]) -> StoredName:
    name, family_name, is_full, *counts = row
    return StoredName(name, family_name, bool(is_full), *counts)
