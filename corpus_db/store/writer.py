"""Writing the facts: files, documents, articles and what was found in them.

One `Writer` lives inside one transaction. Rows are gathered and written in bulk, with ids that the
writer gives out in order of arrival, so that the same files in the same order give the same bytes.
Memory stays flat: rows leave in batches, and what the later steps must know (which articles,
names, persons and countries changed) is kept in temporary tables.

An article is taken apart into rows in `article_rows.py`; rows wait in `gathering.py`. Which of several
copies an article is read from is decided in `copies.py`; the columns and the temporary tables stand in `rows.py`.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from corpus_db.models import (
    Annotation,
    Article,
    Outcome,
    ParsedDocument,
)
from corpus_db.store import fulltext, indexes
from corpus_db.store.article_rows import ArticleRows, Sentences
from corpus_db.store.copies import OWN_COLUMNS, Copies, Copy, as_json, own_values, place_of
from corpus_db.store.date_readings import folder_of, hashed_date
from corpus_db.store.ddl import columns_list, quote
from corpus_db.store.gathering import Gathering
from corpus_db.store.rows import (
    DEPENDENT,
    MEMBERS,
    OF_LEAVING,
    PATHS,
    REJECTED_FOR,
    STORED_FILE,
    TEMPORARY,
    TOUCH_LAYOUTS,
    TOUCH_LEAVING,
    UNREAD,
    WITH_MEMBERS,
)
from corpus_db.store.temporary import assume_small

# Rows and characters that are gathered before they are written.
BATCH_ROWS = 20_000
BATCH_CHARACTERS = 8_000_000
LAST = "\U0010ffff"  # after every path


class StoredFile(NamedTuple):
    """A file as it was when it was imported; size and sha256 None where it could not be read."""

    id: int
    size: int | None
    sha256: str | None
    annotator: str | None
    rejected: int  # pieces of it that were rejected
    reason: str | None  # why it is empty or was rejected, where it is one piece
    is_member: bool = False  # whether it lies in another file


class Members(NamedTuple):
    """What lies in a file, at any depth: how many files, and how many of their pieces were rejected."""

    files: int
    rejected: int


class CountryRecord(Protocol):
    """What the countries table says about a country, counts aside."""

    @property
    def code(self) -> str:
        """ISO 3166-1 alpha-2, or the code of a state that is gone."""

    @property
    def alpha3(self) -> str | None:
        """ISO 3166-1 alpha-3."""

    @property
    def name(self) -> str:
        """Name as news uses it."""

    @property
    def region(self) -> str | None:
        """Region (UN M49)."""

    @property
    def subregion(self) -> str | None:
        """Subregion (UN M49)."""

    @property
    def latitude(self) -> float | None:
        """Degrees north."""

    @property
    def longitude(self) -> float | None:
        """Degrees east."""


def content_hash(article: Article) -> str:
    """What makes two documents one article: SHA-256 of title, date of publication and body.

    A title that was made from the beginning of the body does not count, nor anything else that
    copies of one text may state differently. Each part goes in with its length before it, so that
    no text can pass for another by where one part ends and the next begins. Of a date that can be
    read in two ways both readings count.
    """
    title = None if article.title_origin == "lead" else article.title
    published, readings = article.published, article.readings
    if readings is not None and readings.month_first and readings.day_first and readings.order is None:
        published = hashed_date(readings.month_first, readings.day_first)
    parts: list[bytes] = []
    for part in (title, published, article.body):
        data = b"" if part is None else part.encode("utf-8", "surrogatepass")
        parts += (b"-" if part is None else b"%d:" % len(data), data)
    return hashlib.sha256(b"".join(parts)).hexdigest()


class Writer:
    """Writes the facts of an import, inside one transaction; call `finish` before it commits.

    `flush` writes what is gathered, so that SQL sees it; `finish` also brings the full-text
    indexes up to date, with whatever else was written in the transaction.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._copies = Copies(connection)
        self._hashes: dict[str, int] = {}  # of articles that are gathered but not written
        self._owners: dict[int, Copy] = {}
        self._freed = False  # whether temp.freed holds anything
        self._deferred = False
        self._unindexed = False
        for table, columns in TEMPORARY.items():
            connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table} ({columns})")
            connection.execute(f"DELETE FROM temp.{table}")
        connection.execute("CREATE INDEX IF NOT EXISTS temp.freed_path ON freed (path, part)")
        assume_small(connection)
        self._gathering = Gathering(connection)
        self._articles = ArticleRows(connection, self._gathering)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_rest: object) -> None:
        if kind is None:
            self.finish()

    # --- what is stored -----------------------------------------------------------------------

    def stored_file(self, path: str) -> StoredFile | None:
        """The file that was stored under a path when the transaction began.

        What was added since does not count, and is not written out for the question.
        """
        if not self._gathering.stored["files"]:
            return None
        row = self._db.execute(STORED_FILE, (path,)).fetchone()
        return None if row is None else StoredFile(*row)

    def members(self, file_id: int) -> Members:
        """What was read of the files inside a stored file."""
        return Members(*self._db.execute(MEMBERS, (file_id,)).fetchone())

    def rejected_for(self, file_id: int, reasons: Sequence[str]) -> bool:
        """Whether a piece of a stored file, or of one that lies in it, was rejected for one of these reasons."""
        return bool(self._db.execute(REJECTED_FOR, (file_id, json.dumps(reasons))).fetchone()[0])

    def paths(self, first: str = "", before: str = LAST) -> Iterator[str]:
        """The stored paths of files on disk that were read, from one to before another, in order; files may come and go meanwhile."""
        self._flush_if("files")
        while True:
            rows = self._db.execute(PATHS, (first, before)).fetchall()
            for (path,) in rows:
                yield path
                first = f"{path}\0"  # the next after it
            if not rows:
                return

    def unread(self) -> list[str]:
        """The stored paths of all that was found on disk and could not be read."""
        self._flush_if("files")
        return [path for (path,) in self._db.execute(UNREAD)]

    def article_with_hash(self, digest: str) -> int | None:
        """The article whose `content_hash` is `digest`."""
        if digest in self._hashes:
            return self._hashes[digest]
        row = self._db.execute("SELECT id FROM articles WHERE content_hash = ?", (digest,)).fetchone()
        return None if row is None else int(row[0])

    # --- adding -------------------------------------------------------------------------------

    def ensure_countries(self, records: Iterable[CountryRecord]) -> None:
        """A row for every country, with its latest name and place; counts are left as they are."""
        columns = ("code", "alpha3", "name", "region", "subregion", "latitude", "longitude")
        stored = set(self._db.execute(f"SELECT {columns_list(columns)} FROM countries"))
        wanted = [tuple(getattr(record, column) for column in columns) for record in records]
        updates = ", ".join(f"{quote(column)} = excluded.{quote(column)}" for column in columns[1:])
        self._db.executemany(
            f"INSERT INTO countries ({columns_list(columns)}, mention_count, dateline_count, article_count)"
            f" VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0) ON CONFLICT (code) DO UPDATE SET {updates}",
            [row for row in wanted if row not in stored],
        )

    def add_file(
        self,
        path: str,
        size: int | None,
        sha256: str | None,
        reader: str | None,
        annotator: str | None = None,
        container_id: int | None = None,
    ) -> int:
        """A row for an input file, one in `container_id` perhaps; size and sha256 None where it could not be read."""
        file_id = self._gathering.number("files")
        self._gathering.add("files", (file_id, path, size, sha256, reader, annotator, container_id))
        return file_id

    def add_article(
        self, file_id: int, parsed: ParsedDocument, digest: str, annotation: Annotation, sentences: Sentences
    ) -> int:
        """Write a document that became an article, with all that was found in it; the article's id.

        `digest` is its `content_hash`, which no stored article has. Where a document of the same
        path and part was removed in this transaction, the article keeps that one's id.
        """
        article, source = parsed.article, parsed.source
        if article is None:
            raise ValueError("a document that became an article must have one")
        self._begin_writing()
        article_id = self._successor(source.path, source.part) or self._gathering.number("articles")
        document_id = self._add_document(file_id, parsed, "article", parsed.reason, article_id, None)
        self._articles.add(article_id, document_id, article, digest, annotation, sentences)
        self._hashes[digest] = article_id
        self._owners[article_id] = place_of(parsed)
        if self._gathering.count >= BATCH_ROWS or self._gathering.characters >= BATCH_CHARACTERS:
            self._write()
        return article_id

    def add_outcome(
        self,
        file_id: int,
        parsed: ParsedDocument,
        outcome: Outcome,
        reason: str | None,
        article_id: int | None = None,
    ) -> int:
        """Write a document that did not become a new article: duplicate, empty or rejected; its id.

        A duplicate repeats `article_id`, and takes it over where its path comes first.
        """
        if outcome != "duplicate":
            return self._add_document(file_id, parsed, outcome, reason, None, None)
        article = parsed.article
        if article is None or article_id is None:
            raise ValueError("a duplicate has an article and repeats one")
        owner = self._owners.get(article_id) or self._copies.owner(article_id)
        if place_of(parsed) < owner:
            document_id = self._add_document(file_id, parsed, "article", reason, article_id, None)
            self._write()
            self._copies.take_over(
                article_id, document_id, dict(zip(OWN_COLUMNS, own_values(article), strict=True))
            )
            return document_id
        metadata = as_json(dict(zip(OWN_COLUMNS, own_values(article), strict=True)))
        return self._add_document(file_id, parsed, "duplicate", reason, article_id, metadata)

    # --- removing -----------------------------------------------------------------------------

    def remove_file(self, path: str) -> None:
        """Remove a file, the files in it, their documents, and their articles unless another file holds a copy."""
        self._write()
        self.index()
        self._db.execute("DELETE FROM temp.leaving_files")
        self._db.execute(f"INSERT INTO temp.leaving_files {WITH_MEMBERS.format('path')}", (path,))
        if self._db.execute("SELECT 1 FROM temp.leaving_files").fetchone() is None:
            return
        self._begin_writing()
        self._db.execute(TOUCH_LAYOUTS)
        self._copies.promote()
        self._db.execute("DELETE FROM temp.leaving")
        # What these files still own now has no other copy.
        self._db.execute(
            f"INSERT INTO temp.leaving SELECT article_id FROM documents WHERE {OF_LEAVING} AND outcome = 'article'"
        )
        self._db.execute(
            f"""
            INSERT INTO temp.freed SELECT path, part, article_id FROM documents
            WHERE {OF_LEAVING} AND article_id IN (SELECT article_id FROM temp.leaving) AND outcome = 'article'
            """
        )
        self._freed = True
        for statement in TOUCH_LEAVING:
            self._db.execute(statement)
        for table in DEPENDENT:
            self._db.execute(f"DELETE FROM {table} WHERE article_id IN (SELECT article_id FROM temp.leaving)")
        self._db.execute("DELETE FROM articles WHERE id IN (SELECT article_id FROM temp.leaving)")
        self._db.execute(
            f"DELETE FROM date_readings WHERE document_id IN (SELECT id FROM documents WHERE {OF_LEAVING})"
        )
        self._db.execute(f"DELETE FROM documents WHERE {OF_LEAVING}")
        self._db.execute("DELETE FROM files WHERE id IN (SELECT file_id FROM temp.leaving_files)")

    # --- writing ------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write everything that is gathered, and let SQL find it: call before reading the tables."""
        self._write()
        if self._unindexed:
            indexes.restore(self._db, "identity")

    def _write(self) -> None:
        self._gathering.write()
        self._hashes.clear()
        self._owners.clear()

    def finish(self) -> None:
        """Write everything that is gathered, and bring the full-text indexes and SQLite's statistics up to date."""
        self._write()
        if self._deferred:
            self.index()
            fulltext.settle(self._db)
            indexes.measure(self._db)
            self._deferred = False

    def index(self) -> None:
        """Make the secondary indexes again where they were dropped."""
        if self._unindexed:
            indexes.restore(self._db)
            self._unindexed = False

    def _flush_if(self, table: str) -> None:
        if self._gathering.waits(table):
            self._write()

    def _begin_writing(self) -> None:
        """Before the first article is written or removed: full-text later, and indexes if there is nothing yet."""
        if not self._deferred:
            fulltext.defer(self._db)
            self._deferred = True
            if not self._gathering.stored["files"]:
                indexes.drop(self._db)
                self._unindexed = True

    def _add_document(
        self,
        file_id: int,
        parsed: ParsedDocument,
        outcome: Outcome,
        reason: str | None,
        article_id: int | None,
        metadata: str | None,
    ) -> int:
        source = parsed.source
        document_id = self._gathering.number("documents")
        row = (
            document_id, file_id, source.path, source.part, source.start, source.end, source.sha256 or None,
            source.reader or None, outcome, reason, article_id, metadata,
        )  # fmt: skip
        self._gathering.add("documents", row)
        readings = parsed.article.readings if parsed.article is not None else None
        if readings is not None:
            self._gathering.touch("touched_layouts", (readings.layout,))
            self._gathering.add(
                "date_readings",
                (
                    document_id, readings.printed, folder_of(source.path), readings.layout, readings.month_first,
                    readings.day_first, readings.order, readings.order, "its document" if readings.order else None,
                ),
            )  # fmt: skip
        return document_id

    def _successor(self, path: str, part: str | None) -> int | None:
        """The id that a removed document of the same path and part left behind."""
        if not self._freed:
            return None
        row = self._db.execute(
            "SELECT rowid, article_id FROM temp.freed WHERE path = ? AND part IS ?", (path, part)
        ).fetchone()
        if row is None:
            return None
        self._db.execute("DELETE FROM temp.freed WHERE rowid = ?", (row[0],))
        return int(row[1])
