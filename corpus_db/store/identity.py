"""The SQL of identity: names, the keys they share, and the persons they were given.

Which names belong to one person is decided by `corpus_db.resolution`; this module only finds out
which names a decision may concern and writes the decisions down. An import touches a few names;
those that share a key with them, directly or through others, form the *block* that is decided
anew. Everything outside the block cannot change, so one more article in a large corpus costs what
its own names cost.

A name that several people bear has no person of its own: `told_apart` says of every article that uses it
whom it means, and `namesakes` why they are several.

Keys of two kinds stand in `name_keys`: `b:` for full names that may be one person, `s:` for the
single names (Xi, Jinping) that a full name may be shortened to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus_db.store import indexes
from corpus_db.store.occurrences import StoredOccurrence, occurrences

BLOCK_KEY = "b:"
SHORT_KEY = "s:"
_IS_BLOCK_KEY = "key >= 'b:' AND {0}.key < 'b;'"
_IS_SHORT_KEY = "key >= 's:' AND {0}.key < 's;'"


class StoredName(NamedTuple):
    """A name that articles use as a person's fullest, with how often they do."""

    name: str
    family_name: str
    is_full: bool
    article_count: int
    mention_count: int


class Decision(NamedTuple):
    """The person that a name was given (None: it fits several, or is several people's), and why."""

    name: str
    person_id: int | None
    joined_to: str | None
    rule: str | None
    confidence: float | None


class StoredPerson(NamedTuple):
    """A person as identity knows it; the sums fill in the rest. A description where several bear the name."""

    id: int
    name: str
    family_name: str
    description: str | None = None


class ToldApart(NamedTuple):
    """Whom an article means by a name that several people bear, and what tells."""

    article_id: int
    number: int
    name: str
    person_id: int
    shared: str | None
    confidence: float


class Namesake(NamedTuple):
    """One person compared with another of the same name."""

    person_id: int
    other_id: int
    name: str
    score: float
    marks: str | None
    shared: str | None


NAMES_AT_ONCE = 20_000  # new names that are written down together
SEVERAL = "several-people"  # the rule of a name that several people bear

PREPARE = (
    "CREATE TEMP TABLE IF NOT EXISTS block (name TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS fresh (name TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS components (name TEXT PRIMARY KEY, component INTEGER) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS decisions (name TEXT PRIMARY KEY, person_id INTEGER, joined_to TEXT, rule TEXT, confidence REAL) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS moved_articles (article_id INTEGER PRIMARY KEY)",
    "DELETE FROM temp.block",
    "DELETE FROM temp.fresh",
    "DELETE FROM temp.components",
    "DELETE FROM temp.decisions",
    "DELETE FROM temp.moved_articles",
)

USES = """
SELECT t.name, max(p.family_name), max(p.is_full), count(DISTINCT p.article_id), sum(p.mention_count)
FROM {names} t JOIN article_people p ON p.name = t.name
GROUP BY t.name ORDER BY t.name
"""

# One step outwards.
WIDEN = f"""
INSERT OR IGNORE INTO temp.block
SELECT there.name FROM temp.block b
JOIN name_keys here ON here.name = b.name AND here.{_IS_BLOCK_KEY.format("here")}
JOIN name_keys there ON there.key = here.key
"""

# Bare names are decided after the full names, and may depend on any of them that they shorten.
BARE = f"""
SELECT name FROM temp.touched_names WHERE name IN (SELECT name FROM person_names WHERE NOT is_full)
UNION
SELECT bare.name FROM temp.block b
JOIN name_keys here ON here.name = b.name AND here.{_IS_SHORT_KEY.format("here")}
JOIN name_keys there ON there.key = here.key
JOIN person_names bare ON bare.name = there.name AND NOT bare.is_full
ORDER BY 1
"""

BEARERS = f"""
SELECT n.person_id FROM name_keys here
JOIN name_keys there ON there.key = here.key
JOIN person_names n ON n.name = there.name AND n.is_full
WHERE here.name = :name AND here.{_IS_SHORT_KEY.format("here")} AND n.person_id IS NOT NULL
UNION
SELECT t.person_id FROM name_keys here
JOIN name_keys there ON there.key = here.key
JOIN told_apart t ON t.name = there.name
WHERE here.name = :name AND here.{_IS_SHORT_KEY.format("here")}
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

DECIDE = (
    # Every article that holds a name whose person changes, and the person it had.
    """
    INSERT OR IGNORE INTO temp.moved_articles
    SELECT p.article_id FROM temp.decisions d
    JOIN person_names n ON n.name = d.name AND n.person_id IS NOT d.person_id
    JOIN article_people p ON p.name = d.name
    """,
    """
    INSERT OR IGNORE INTO temp.touched_people
    SELECT n.person_id FROM temp.decisions d JOIN person_names n ON n.name = d.name
    WHERE n.person_id IS NOT NULL AND n.person_id IS NOT d.person_id
    """,
    """
    UPDATE person_names
    SET person_id = d.person_id, joined_to = d.joined_to, rule = d.rule, confidence = d.confidence
    FROM temp.decisions d WHERE d.name = person_names.name
    """,
)
_BEFORE = """
    INSERT OR IGNORE INTO temp.touched_people
    SELECT person_id FROM article_people
    WHERE person_id IS NOT NULL AND article_id IN (SELECT article_id FROM temp.moved_articles)
    """
APPLY = (
    "INSERT OR IGNORE INTO temp.moved_articles SELECT article_id FROM temp.touched_articles",
    """
    INSERT OR IGNORE INTO temp.moved_articles
    SELECT t.article_id FROM temp.block b JOIN told_apart t ON t.name = b.name
    JOIN article_people p ON p.article_id = t.article_id AND p.number = t.number
    WHERE p.person_id IS NOT t.person_id
    """,
    _BEFORE,
    f"""
    UPDATE article_people SET person_id = n.person_id
    FROM person_names n
    WHERE n.name = article_people.name AND article_people.person_id IS NOT n.person_id
    AND n.rule IS NOT '{SEVERAL}'
    AND article_people.article_id IN (SELECT article_id FROM temp.moved_articles)
    """,
    """
    UPDATE article_people SET person_id = t.person_id
    FROM told_apart t
    WHERE t.article_id = article_people.article_id AND t.number = article_people.number
    AND article_people.person_id IS NOT t.person_id
    AND article_people.article_id IN (SELECT article_id FROM temp.moved_articles)
    """,
    """
    INSERT OR IGNORE INTO temp.touched_people
    SELECT person_id FROM article_people
    WHERE person_id IS NOT NULL AND article_id IN (SELECT article_id FROM temp.moved_articles)
    """,
    """
    UPDATE mentions SET person_id = p.person_id
    FROM article_people p
    WHERE p.article_id = mentions.article_id AND p.number = mentions.person_number
    AND mentions.person_id IS NOT p.person_id
    AND mentions.article_id IN (SELECT article_id FROM temp.moved_articles)
    """,
    """
    UPDATE role_claims SET person_id = p.person_id
    FROM article_people p
    WHERE p.article_id = role_claims.article_id AND p.number = role_claims.person_number
    AND role_claims.person_id IS NOT p.person_id
    AND role_claims.article_id IN (SELECT article_id FROM temp.moved_articles)
    """,
)


class NameTable:
    """The names that one import touched, inside its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        for statement in PREPARE:
            connection.execute(statement)

    def add_touched(self, keys: Callable[[StoredName], Iterable[str]]) -> None:
        """Write the touched names down that the corpus did not have, each with its `keys`."""
        sql = "SELECT name FROM temp.touched_names WHERE name NOT IN (SELECT name FROM person_names) ORDER BY name"
        unknown = [name for (name,) in self._db.execute(sql)]
        for start in range(0, len(unknown), NAMES_AT_ONCE):
            names = self.uses(unknown[start : start + NAMES_AT_ONCE])
            self._db.executemany(
                "INSERT INTO person_names (name, family_name, is_full) VALUES (?, ?, ?)",
                ((name.name, name.family_name, int(name.is_full)) for name in names),
            )
            self._db.executemany(
                "INSERT INTO name_keys (key, name) VALUES (?, ?)",
                sorted((key, name.name) for name in names for key in keys(name)),
            )
        indexes.restore(self._db, "names")

    def close_block(self) -> None:
        """Gather into the block all names that share a key with a touched one, through any number of others."""
        self._db.execute("INSERT INTO temp.block SELECT name FROM temp.touched_names")
        while self._db.execute(WIDEN).rowcount > 0:
            pass

    def bare(self) -> list[str]:
        """The bare names that the block's full names may change, in alphabetical order."""
        return [row[0] for row in self._db.execute(BARE)]

    def forget_vanished(self) -> None:
        """Drop the names that no article uses any more."""
        vanished = """
            SELECT name FROM temp.touched_names
            WHERE name NOT IN (SELECT name FROM article_people)
        """
        for table in ("told_apart", "namesakes", "name_keys"):
            self._db.execute(f"DELETE FROM {table} WHERE name IN ({vanished})")
        self._db.execute(f"DELETE FROM person_names WHERE name IN ({vanished})")
        self._db.execute("DELETE FROM temp.block WHERE name NOT IN (SELECT name FROM person_names)")

    def block_uses(self) -> list[StoredName]:
        """The full names of the block, in alphabetical order."""
        return [
            use for row in self._db.execute(USES.format(names="temp.block")) if (use := _stored(row)).is_full
        ]

    def uses(self, names: Sequence[str]) -> list[StoredName]:
        """How often articles use each of `names`."""
        self._db.execute("DELETE FROM temp.fresh")
        self._db.executemany("INSERT INTO temp.fresh VALUES (?)", [(name,) for name in names])
        return [_stored(row) for row in self._db.execute(USES.format(names="temp.fresh"))]

    def block_keys(self) -> Iterator[tuple[str, str]]:
        """(key, name) of the block's names, block keys only."""
        sql = f"SELECT key, name FROM name_keys k WHERE k.{_IS_BLOCK_KEY.format('k')} AND name IN (SELECT name FROM temp.block) ORDER BY key, name"
        return iter(self._db.execute(sql))

    def kept_apart(self, components: Iterable[tuple[str, int]]) -> set[tuple[str, str]]:
        """Pairs of names of one component that some article holds as two persons."""
        self._db.executemany("INSERT INTO temp.components VALUES (?, ?)", components)
        return {(one, other) for one, other in self._db.execute(APART)}

    def persons(self) -> Iterator[tuple[str, int, int]]:
        """The persons that each full name of the block has now: (name, person, in how many articles)."""
        sql = """
            SELECT name, person_id, 1 FROM person_names
            WHERE is_full AND person_id IS NOT NULL AND name IN (SELECT name FROM temp.block)
            UNION ALL
            SELECT name, person_id, count(*) FROM told_apart
            WHERE name IN (SELECT name FROM temp.block) GROUP BY name, person_id
        """
        return iter(self._db.execute(sql).fetchall())

    def occurrences(self, names: Iterable[tuple[str, int]]) -> Iterator[tuple[int, StoredOccurrence]]:
        """What articles say around the persons that they call by one of `names`, given with their cluster."""
        return occurrences(self._db, names)

    def country_names(self) -> dict[str, str]:
        """Code -> name of all countries."""
        return dict(self._db.execute("SELECT code, name FROM countries"))

    def tell_apart(self, told: Iterable[ToldApart], namesakes: Iterable[Namesake]) -> None:
        """Write down whom articles mean by the block's names that several people bear; what was there goes."""
        for table in ("told_apart", "namesakes"):
            self._db.execute(f"DELETE FROM {table} WHERE name IN (SELECT name FROM temp.block)")
        self._db.executemany("INSERT INTO told_apart VALUES (?, ?, ?, ?, ?, ?)", told)
        self._db.executemany("INSERT INTO namesakes VALUES (?, ?, ?, ?, ?, ?)", namesakes)

    def founded_by(self, names: Iterable[str]) -> dict[str, int]:
        """The person that each of the bare `names` has now, unless a full name has it too."""
        sql = """
            SELECT person_id FROM person_names n WHERE name = ? AND person_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM person_names f WHERE f.person_id = n.person_id AND f.is_full)
            AND NOT EXISTS (SELECT 1 FROM told_apart t WHERE t.person_id = n.person_id)
        """
        found = ((name, self._db.execute(sql, (name,)).fetchone()) for name in names)
        return {name: row[0] for name, row in found if row is not None}

    def canonical_names(self, person_ids: Iterable[int]) -> dict[int, str]:
        """The name that each person goes by now."""
        sql = "SELECT name FROM people WHERE id = ?"
        return {key: self._db.execute(sql, (key,)).fetchone()[0] for key in person_ids}

    def first_uses(self) -> dict[str, int]:
        """For the names of new articles: `position` of the first, to number persons in order."""
        sql = """
            SELECT name, min((article_id << 16) + number) FROM article_people
            WHERE article_id IN (SELECT article_id FROM temp.touched_articles) GROUP BY name
        """
        return dict(self._db.execute(sql))

    def next_person_id(self) -> int:
        """A number that no person has."""
        largest = self._db.execute("SELECT max(id) FROM people").fetchone()[0]
        return 1 + int(largest or 0)

    def put_people(self, people: Sequence[StoredPerson]) -> None:
        """Write persons down, and note those whose name or description is new."""
        new = self.next_person_id()
        self._db.executemany(
            """
            INSERT OR IGNORE INTO temp.touched_people
            SELECT id FROM people WHERE id = :id AND (name <> :name OR description IS NOT :description)
            """,
            (person._asdict() for person in people if person.id < new),
        )
        self._db.executemany(
            """
            INSERT INTO people (id, name, family_name, description, mention_count, article_count)
            VALUES (?, ?, ?, ?, 0, 0)
            ON CONFLICT (id) DO UPDATE SET
                name = excluded.name, family_name = excluded.family_name, description = excluded.description
            """,
            people,
        )

    def bearers(self, name: str) -> list[int]:
        """The persons whose full name may be shortened to the bare `name`."""
        return [row[0] for row in self._db.execute(BEARERS, {"name": name})]

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Write decisions down in person_names, and remember which articles they concern."""
        self._db.execute("DELETE FROM temp.decisions")
        self._db.executemany("INSERT INTO temp.decisions VALUES (?, ?, ?, ?, ?)", decisions)
        for statement in DECIDE:
            self._db.execute(statement)

    def apply(self) -> None:
        """Carry the decisions to every article that holds one of the names."""
        for statement in APPLY:
            self._db.execute(statement)


def position(article_id: int, number: int) -> int:
    """Where a person of an article stands in the order of all of them."""
    return (article_id << 16) + number


def _stored(row: tuple[str, str, int, int, int]) -> StoredName:
    return StoredName(row[0], row[1], bool(row[2]), row[3], row[4])
