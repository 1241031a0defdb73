"""Copies: several documents that hold one article, and which of them it is read from.

An article is stored once. Its own document is, of all documents with the same content hash, the
first by (path, first byte), whatever the order in which they came; what the hash does not cover
(url, publisher, byline …) is taken from that document, and every other document keeps its own
values as JSON in `documents.metadata`. So an earlier path takes an article over from a later one,
and when an article's own file goes, the next copy is promoted. What is found in a text depends on
nothing but title, date and body, which the hash does cover, so mentions need not be touched when
an article changes hands.
"""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from corpus_db.models import Article, ParsedDocument
from corpus_db.store.ddl import columns_list, quote

# What an article's own document states beyond the content hash. The title is not among it (made
# from the body it is determined by the body), nor what recognition understood of the dateline.
OWN_COLUMNS = (
    "title_origin", "published_origin", "dateline", "dateline_date", "byline", "agency", "publisher", "section",
    "url", "external_id", "language", "metadata",
)  # fmt: skip


# Where the document states no language, the one that the text shows stands in.
_SHOWN_LANGUAGE = """
UPDATE articles SET language = coalesce(language, text_language), language_origin =
    CASE WHEN language IS NOT NULL THEN 'source' WHEN text_language IS NOT NULL THEN 'text' END
WHERE id = ?
"""


class Copy(NamedTuple):
    """Where a document stands among the copies of an article; the smallest one owns it."""

    path: str
    start: int
    part: str


def place_of(parsed: ParsedDocument) -> Copy:
    """Where a document stands among the copies of its article."""
    return Copy(parsed.source.path, parsed.source.start, parsed.source.part or "")


def own_values(article: Article) -> tuple[object, ...]:
    """What a document states beyond the content hash, in the order of OWN_COLUMNS."""
    return (
        article.title_origin, article.published_origin, article.dateline, article.dateline_date,
        article.byline, article.agency, article.publisher, article.section, article.url,
        article.external_id, article.language, article.metadata,
    )  # fmt: skip


def as_json(own: dict[str, object]) -> str:
    """The values that hold something, in the order of the columns."""
    return json.dumps({key: value for key, value in own.items() if value is not None}, ensure_ascii=False)


class Copies:
    """The documents of articles, inside the writer's transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def owner(self, article_id: int) -> Copy:
        """Where the document stands that an article was read from."""
        path, start, part = self._db.execute(
            """
            SELECT d.path, coalesce(d.byte_start, 0), coalesce(d.part, '')
            FROM articles a JOIN documents d ON d.id = a.document_id WHERE a.id = ?
            """,
            (article_id,),
        ).fetchone()
        return Copy(path, start, part)

    def take_over(self, article_id: int, document_id: int, own: dict[str, object]) -> None:
        """Make an earlier document an article's own; the former one becomes its copy."""
        former_id, origin, *values = self._db.execute(
            f"SELECT document_id, language_origin, {columns_list(OWN_COLUMNS)} FROM articles WHERE id = ?",
            (article_id,),
        ).fetchone()
        former = dict(zip(OWN_COLUMNS, values, strict=True))
        if origin != "source":  # no document says so, the text does
            former["language"] = None
        metadata = as_json(former)
        self._db.execute(
            "UPDATE documents SET outcome = 'duplicate', metadata = ? WHERE id = ?", (metadata, former_id)
        )
        self._set_own(article_id, document_id, own)

    def promote(self) -> None:
        """Give the articles of the files in temp.leaving_files to their next copies in other files, where there are any."""
        copies = self._db.execute(
            """
            SELECT c.article_id, c.id, c.metadata FROM documents o
            JOIN documents c ON c.article_id = o.article_id
                 AND c.file_id NOT IN (SELECT file_id FROM temp.leaving_files)
            WHERE o.file_id IN (SELECT file_id FROM temp.leaving_files) AND o.outcome = 'article'
            ORDER BY c.article_id, c.path DESC, coalesce(c.byte_start, 0) DESC, coalesce(c.part, '') DESC
            """
        ).fetchall()
        heirs = {article_id: (document_id, metadata) for article_id, document_id, metadata in copies}
        for article_id, (document_id, metadata) in heirs.items():
            self._db.execute(
                "UPDATE documents SET outcome = 'duplicate' WHERE article_id = ? AND outcome = 'article'",
                (article_id,),
            )
            self._db.execute(
                "UPDATE documents SET outcome = 'article', metadata = NULL WHERE id = ?", (document_id,)
            )
            self._set_own(article_id, document_id, json.loads(metadata or "{}"))

    def _set_own(self, article_id: int, document_id: int, own: dict[str, object]) -> None:
        assignments = ", ".join(f"{quote(column)} = ?" for column in OWN_COLUMNS)
        self._db.execute(
            f"UPDATE articles SET document_id = ?, {assignments} WHERE id = ?",
            (document_id, *(own.get(column) for column in OWN_COLUMNS), article_id),
        )
        self._db.execute(_SHOWN_LANGUAGE, (article_id,))
