"""The SQL of decisions about people: persons before they have numbers, and what follows when they do.

A decision about a few names may take a number from a person of another block, and new persons are
numbered in the order in which the articles bring them. So all decisions are put into temporary tables
first, block by block, each person as a *draft*; `settle` then numbers the drafts and writes everything
down with a handful of statements. Memory does not grow with the number of names.

A name that several people bear has no person of its own: `told_apart` says of every article that uses it
whom it means, and `namesakes` why they are several.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus_db.store.bulk import insert
from corpus_db.store.temporary import assume_small


class Draft(NamedTuple):
    """A person that is about to get a number; a description where several bear the name."""

    id: int
    name: str
    family_name: str
    first: int  # position of its first new use, or NEVER
    description: str | None = None


class Claim(NamedTuple):
    """A number that a draft may keep: a person to whom `articles` of its articles or names belonged so far."""

    draft: int
    person_id: int
    articles: int
    holds_name: bool  # whether the draft has the name that the person goes by


class Decision(NamedTuple):
    """The draft or the person that a name was given (neither: it fits several, or is several people's), and why."""

    name: str
    draft: int | None
    person_id: int | None
    joined_to: str | None
    rule: str | None
    confidence: float | None


class ToldApart(NamedTuple):
    """Whom an article means by a name that several people bear, and what tells."""

    article_id: int
    number: int
    name: str
    draft: int
    shared: str | None
    confidence: float


class Namesake(NamedTuple):
    """One person compared with another of the same name."""

    draft: int
    other: int
    name: str
    score: float
    marks: str | None
    shared: str | None


NEVER = 1 << 62  # position of the first new use of a person that has none
SEVERAL = "several-people"  # the rule of a name that several people bear

# name → columns, in the order of the rows above
_WAITING = {
    "drafts": "id INTEGER PRIMARY KEY, name TEXT, family_name TEXT, first INTEGER, description TEXT, number INTEGER",
    "claims": "draft INTEGER, person_id INTEGER, articles INTEGER, holds_name INTEGER",
    "decided": "name TEXT, draft INTEGER, person_id INTEGER, joined_to TEXT, rule TEXT, confidence REAL",
    "told": "article_id INTEGER, number INTEGER, name TEXT, draft INTEGER, shared TEXT, confidence REAL",
    "compared": "draft INTEGER, other INTEGER, name TEXT, score REAL, marks TEXT, shared TEXT",
}
_DECISIONS = "name TEXT PRIMARY KEY, person_id INTEGER, joined_to TEXT, rule TEXT, confidence REAL"

# Who keeps a number: the draft that holds the person's name, of several that do the one with most of the articles.
CLAIMED = """
SELECT c.person_id, c.draft FROM temp.claims c JOIN temp.drafts d ON d.id = c.draft
ORDER BY c.person_id, c.holds_name DESC, c.articles DESC, d.name, d.first, d.id
"""
NUMBER_NEW = """
UPDATE temp.drafts SET number = :start + n.place
FROM (SELECT id, row_number() OVER (ORDER BY first, name, id) - 1 AS place FROM temp.drafts WHERE number IS NULL) n
WHERE n.id = drafts.id
"""

PUT_PEOPLE = (
    """
    INSERT OR IGNORE INTO temp.touched_people
    SELECT p.id FROM temp.drafts d JOIN people p ON p.id = d.number
    WHERE p.name <> d.name OR p.description IS NOT d.description
    """,
    """
    INSERT INTO people (id, name, family_name, description, mention_count, article_count)
    SELECT number, name, family_name, description, 0, 0 FROM temp.drafts WHERE true ORDER BY number
    ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, family_name = excluded.family_name, description = excluded.description
    """,
)
TELL_APART = (
    "DELETE FROM told_apart WHERE name IN (SELECT name FROM temp.block)",
    "DELETE FROM namesakes WHERE name IN (SELECT name FROM temp.block)",
    """
    INSERT INTO told_apart
    SELECT t.article_id, t.number, t.name, d.number, t.shared, t.confidence
    FROM temp.told t JOIN temp.drafts d ON d.id = t.draft ORDER BY t.article_id, t.number
    """,
    """
    INSERT INTO namesakes
    SELECT d.number, o.number, c.name, c.score, c.marks, c.shared
    FROM temp.compared c JOIN temp.drafts d ON d.id = c.draft JOIN temp.drafts o ON o.id = c.other ORDER BY 1, 2
    """,
)

DECIDE = (
    """
    INSERT INTO temp.decisions
    SELECT x.name, coalesce(d.number, x.person_id), x.joined_to, x.rule, x.confidence
    FROM temp.decided x LEFT JOIN temp.drafts d ON d.id = x.draft ORDER BY x.name
    """,
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
    WHERE n.person_id <> coalesce(d.person_id, 0)
    """,
    """
    UPDATE person_names SET (person_id, joined_to, rule, confidence) = (
        SELECT d.person_id, d.joined_to, d.rule, d.confidence FROM temp.decisions d WHERE d.name = person_names.name)
    WHERE name IN (SELECT name FROM temp.decisions)
    """,
)
_TOUCH = """
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
    _TOUCH,  # who was in them
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
    _TOUCH,  # and who is in them now
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


class Decisions:
    """Decisions about names of one import, inside its transaction; `settle` writes down what was put."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._next = 1
        for table, columns in _WAITING.items():
            connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
        connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS decisions ({_DECISIONS}) WITHOUT ROWID")
        connection.execute("CREATE TEMP TABLE IF NOT EXISTS moved_articles (article_id INTEGER PRIMARY KEY)")
        connection.execute("DELETE FROM temp.moved_articles")
        assume_small(connection)
        self._clear()

    def draft_number(self) -> int:
        """A number for the next draft, which says nothing of the number of the person."""
        self._next += 1
        return self._next - 1

    def put_drafts(self, drafts: Iterable[Draft], claims: Iterable[Claim]) -> None:
        """Keep persons until they are numbered, and the numbers that they may keep."""
        insert(self._db, "temp.drafts", Draft._fields, drafts, ("description",))
        self._db.executemany("INSERT INTO temp.claims VALUES (?, ?, ?, ?)", claims)

    def put(self, decisions: Iterable[Decision]) -> None:
        """Keep whom names were given to."""
        insert(self._db, "temp.decided", Decision._fields, decisions, Decision._fields[1:])

    def put_told(self, told: Iterable[ToldApart], compared: Iterable[Namesake]) -> None:
        """Keep whom articles mean by names that several people bear."""
        self._db.executemany("INSERT INTO temp.told VALUES (?, ?, ?, ?, ?, ?)", told)
        self._db.executemany("INSERT INTO temp.compared VALUES (?, ?, ?, ?, ?, ?)", compared)

    def names_of(self, persons: Iterable[int]) -> dict[int, str]:
        """The names that persons go by now."""
        sql = "SELECT name FROM people WHERE id = ?"
        return {key: self._db.execute(sql, (key,)).fetchone()[0] for key in persons}

    def settle(self, full: bool) -> None:
        """Number the drafts and write everything down; of full names, who was told apart before is forgotten."""
        self._number()
        for statement in (*PUT_PEOPLE, *(TELL_APART if full else ()), *DECIDE):
            self._db.execute(statement)
        self._clear()

    def apply(self) -> None:
        """Carry the decisions to every article that holds one of the names."""
        for statement in APPLY:
            self._db.execute(statement)

    def _number(self) -> None:
        """Give each draft a number that it claims, the smallest that nobody has a better claim to, else a new one."""
        self._db.executemany("UPDATE temp.drafts SET number = ? WHERE id = ?", self._kept())
        largest = self._db.execute("SELECT max(id) FROM people").fetchone()[0]
        self._db.execute(NUMBER_NEW, {"start": 1 + int(largest or 0)})

    def _kept(self) -> Iterator[tuple[int, int]]:
        """(number, draft) of the drafts that keep a number."""
        given = bytearray(self._next)
        last = 0
        for person, draft in self._db.execute(CLAIMED):
            if person != last and not given[draft]:
                given[draft], last = 1, person
                yield person, draft

    def _clear(self) -> None:
        for table in (*_WAITING, "decisions"):
            self._db.execute(f"DELETE FROM temp.{table}")
        self._next = 1
