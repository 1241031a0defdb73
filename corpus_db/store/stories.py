"""The SQL of stories: signatures, the keys by which near-copies meet, and the stories themselves.

What is a story is decided by `corpus_db.resolution.stories`; this module finds out which articles a
decision may concern and writes the decisions down. The touched articles are those that the writer
noted in temp.touched_articles, added and removed ones alike.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from corpus_db.store.bulk import insert
from corpus_db.store.temporary import assume_small

# Numbers in one question: SQLite reads them from one JSON text.
_QUESTION = 10_000
_GIVEN = "(SELECT value FROM json_each(?))"


class StoryRow(NamedTuple):
    """An article's row of story_articles, with the head of its story as it is stored."""

    article: int
    story: int
    head: int


class Membership(NamedTuple):
    """An article's story, and what it has in common with the story's head."""

    article: int
    story: int
    similarity: float
    share: float


PREPARE = (
    "CREATE TEMP TABLE IF NOT EXISTS touched_stories (story_id INTEGER PRIMARY KEY, head_article_id INTEGER)",
    "DELETE FROM temp.touched_stories",
)

# No import has put an article into a story yet: those of a database of the first version are in none.
STRAY = "INSERT OR IGNORE INTO temp.touched_articles SELECT id FROM articles"

REFRESH = (
    """
    INSERT OR IGNORE INTO temp.touched_stories
    SELECT x.story_id, s.head_article_id FROM story_articles x JOIN stories s ON s.id = x.story_id
    WHERE x.article_id IN (SELECT article_id FROM temp.touched_articles)
    AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = x.article_id)
    """,
    """
    DELETE FROM story_articles WHERE article_id IN (SELECT article_id FROM temp.touched_articles)
    AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = story_articles.article_id)
    """,
    """
    DELETE FROM stories WHERE id IN (SELECT story_id FROM temp.touched_stories)
    AND NOT EXISTS (SELECT 1 FROM story_articles x WHERE x.story_id = stories.id)
    """,
    """
    INSERT OR REPLACE INTO stories (id, title, head_article_id, article_count, first_published, last_published)
    SELECT t.story_id, h.title, h.id, count(*), min(a.published), max(a.published)
    FROM temp.touched_stories t
    JOIN articles h ON h.id = t.head_article_id
    JOIN story_articles x ON x.story_id = t.story_id
    JOIN articles a ON a.id = x.article_id
    GROUP BY t.story_id ORDER BY t.story_id
    """,
)


class StoryTable:
    """The stories that one import touches, inside its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        for statement in PREPARE:
            connection.execute(statement)
        assume_small(connection)
        if connection.execute("SELECT 1 FROM story_articles LIMIT 1").fetchone() is None:
            connection.execute(STRAY)

    def touched(self) -> bool:
        """Whether anything is to be done."""
        return self._db.execute("SELECT 1 FROM temp.touched_articles LIMIT 1").fetchone() is not None

    def take_signatures(self) -> list[tuple[int, bytes]]:
        """The stored signatures of the touched articles, which are forgotten with this."""
        chosen = "article_id IN (SELECT article_id FROM temp.touched_articles)"
        rows = self._db.execute(
            f"SELECT article_id, signature FROM story_signatures WHERE {chosen} ORDER BY article_id"
        ).fetchall()
        if rows:
            self._db.execute(f"DELETE FROM story_signatures WHERE {chosen}")
        return rows

    def texts(self) -> Iterator[tuple[int, str]]:
        """The touched articles that are there, with their bodies, in order of their numbers."""
        return self._db.execute(
            """
            SELECT a.id, a.body FROM temp.touched_articles t JOIN articles a ON a.id = t.article_id
            ORDER BY t.article_id
            """
        )

    def text(self, article: int) -> str:
        """The body of an article."""
        body: str = self._db.execute("SELECT body FROM articles WHERE id = ?", (article,)).fetchone()[0]
        return body

    def title(self, article: int) -> str:
        """The title of an article; "" where it has none."""
        title: str | None = self._db.execute(
            "SELECT title FROM articles WHERE id = ?", (article,)
        ).fetchone()[0]
        return title or ""

    def put_signatures(self, rows: Iterable[tuple[int, bytes]]) -> None:
        """Write the signatures of articles down."""
        self._db.executemany("INSERT INTO story_signatures (article_id, signature) VALUES (?, ?)", rows)

    def put_keys(self, rows: Iterable[tuple[int, int]]) -> None:
        """Write (key, article) down; quickest in order."""
        insert(self._db, "story_keys", ("key", "article_id"), rows, ignore=True)

    def drop_keys(self, rows: Iterable[tuple[int, int]]) -> None:
        """Take (key, article) out."""
        self._db.executemany("DELETE FROM story_keys WHERE key = ? AND article_id = ?", rows)

    def has_keys(self) -> bool:
        """Whether any article has a key."""
        return self._db.execute("SELECT 1 FROM story_keys LIMIT 1").fetchone() is not None

    def holders(self, keys: Sequence[int]) -> Iterator[tuple[int, int]]:
        """(key, article) of all articles that have one of the keys, in order."""
        return self._ask(f"SELECT key, article_id FROM story_keys WHERE key IN {_GIVEN}", keys)

    def signatures(self, articles: Sequence[int]) -> Iterator[tuple[int, bytes]]:
        """(article, signature) of those that have one."""
        return self._ask(
            f"SELECT article_id, signature FROM story_signatures WHERE article_id IN {_GIVEN}", articles
        )

    def ranks(self, articles: Sequence[int]) -> Iterator[tuple[int, int, str | None, str]]:
        """(article, number of words, date of publication, content hash)."""
        return self._ask(
            f"SELECT id, word_count, published, content_hash FROM articles WHERE id IN {_GIVEN}", articles
        )

    def rows(self, articles: Sequence[int]) -> Iterator[StoryRow]:
        """The stories that articles are in, as they are stored."""
        found = self._ask(
            "SELECT x.article_id, x.story_id, s.head_article_id"
            f" FROM story_articles x JOIN stories s ON s.id = x.story_id WHERE x.article_id IN {_GIVEN}",
            articles,
        )
        return (StoryRow(*row) for row in found)

    def next_story(self) -> int:
        """The number of the next new story."""
        return int(self._db.execute("SELECT max(id) FROM stories").fetchone()[0] or 0) + 1

    def put(self, members: Iterable[Membership], heads: Iterable[tuple[int, int]]) -> None:
        """Write the stories of articles down, given (story, head) of each that they are in or were in."""
        self._db.executemany("INSERT OR REPLACE INTO temp.touched_stories VALUES (?, ?)", heads)
        self._db.executemany(
            """
            INSERT OR REPLACE INTO story_articles (article_id, story_id, similarity, share_in_head)
            VALUES (?, ?, ?, ?)
            """,
            members,
        )
        for statement in REFRESH:
            self._db.execute(statement)

    def _ask(self, sql: str, numbers: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(numbers), _QUESTION):
            yield from self._db.execute(sql, (json.dumps(numbers[start : start + _QUESTION]),))
