"""The whole way from files to answers: the one module that knows every stage.

    import_corpus   files -> readers -> parsing -> recognition -> resolution -> store
    annotate        a text -> the mentions that an import of that text stores
    open_corpus     the database, for reading

An import runs in batches of BATCH_ARTICLES articles. A batch is one transaction that leaves
nothing half done: articles, full-text, people and sums agree when it commits. So an import that
fails changes nothing of its batch, one that is killed leaves a valid database, and the next run
goes on with the files that are not in it yet. Most imports are a single batch.

Articles are recognised in small chunks (CHUNK_ARTICLES), by worker processes where the import is
long and there are processors (annotating.py). One writer, here, owns the database. It writes in
the order of reading and stays WINDOW chunks behind, with workers or without, so that the file is
the same, byte by byte. Memory holds these chunks, whatever the size of the import.
"""

from __future__ import annotations

import os
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus_db import __version__, collector, readers, redating, stories
from corpus_db.annotating import Annotators, Results, annotate_all, defect
from corpus_db.errors import CorpusError
from corpus_db.identity import identify
from corpus_db.models import Annotation, Article, Mention, ParsedDocument, SourceDocument, Text
from corpus_db.parsing import find_dateline, parse
from corpus_db.parsing.sentences import Sentences
from corpus_db.readers import InputFile, Unreadable
from corpus_db.recognition import language, people
from corpus_db.recognition.countries import country_table, resolve_place
from corpus_db.report import FileState, Progress, Report, Tally
from corpus_db.stopwatch import Stopwatch
from corpus_db.store import date_readings, sums
from corpus_db.store.database import open_database, transaction
from corpus_db.store.writer import StoredFile, Writer, content_hash
from corpus_db.vanished import Roots

if TYPE_CHECKING:
    import sqlite_utils


BATCH_ARTICLES = 100_000  # one transaction
CHUNK_ARTICLES = 128  # recognised together: the recognisers work on batches
CHUNK_CHARACTERS = 800_000  # and long articles in smaller ones
WINDOW = 6  # chunks handed out and not written yet


def annotate(text: str, title: str | None = None, *, recogniser: str | None = None) -> list[Mention]:
    """The mentions of people and countries in one article, as an import of it would store them.

    `text` is the body, dateline included; `title` the headline where there is one. Offsets count
    Unicode code points. Mentions come in order, those of the title first.
    """
    return annotate_batch([(text, title)], recogniser=recogniser)[0]


def annotate_batch(
    articles: Sequence[tuple[str, str | None]], *, recogniser: str | None = None
) -> list[list[Mention]]:
    """`annotate` for many (text, title) at once: faster, and with the same result for each."""
    texts = [_as_text(title, body) for body, title in articles]
    return [list(annotation.mentions) for annotation in annotate_all(texts, recogniser)]


def open_corpus(db: str | os.PathLike[str] = "corpus.db") -> sqlite_utils.Database:
    """The corpus database at `db`, for reading. Raises DatabaseUnusable with a line that says why."""
    import sqlite_utils  # takes longer to load than most commands take

    return sqlite_utils.Database(open_database(db), execute_plugins=False)


def import_corpus(
    paths: Sequence[str | os.PathLike[str]],
    db: str | os.PathLike[str] = "corpus.db",
    *,
    prune: bool = False,
    recogniser: str | None = None,
    progress: Callable[[Progress], None] | None = None,
    wait: float = 30.0,
    jobs: int = 1,
    profile: str | os.PathLike[str] | None = None,
    columns: Sequence[str] = (),
) -> Report:
    """Bring the database at `db` up to date with the files that `paths` lead to.

    Files whose content is known are left alone, changed ones replace what they gave before, and
    vanished ones are reported, or removed with `prune`. `wait` is how many seconds to wait for
    another import; `jobs` how many worker processes may recognise people and countries, which never
    changes what is found (with more than one, the calling script needs the guard `if __name__ ==
    "__main__"` that the module multiprocessing asks for). `profile` is a file that describes the layout
    of all that is read (docs/profiles.md), instead of the corpus-db.toml in their folders; `columns` says
    what tables and JSON call the fields ("title=headline"). Raises NothingToImport, DatabaseUnusable, DatabaseBusy, ProfileWrong, or CorpusError where no
    `recogniser` of that name is installed; whatever is wrong with a single file is in the report
    and in the table documents instead.
    """
    recogniser = recogniser or people.DEFAULT
    called = recogniser  # the built-in one is not loaded here: workers may do it
    if recogniser != people.DEFAULT:
        called = people.get(recogniser).name  # raises, where it cannot be had, before anything is written
    base = Path(os.path.abspath(db)).parent.resolve()
    names = [os.fspath(path) for path in paths]
    own = readers.stored_name(os.path.abspath(db), str(base))
    described = readers.load_profile(os.fspath(profile)) if profile is not None else None
    mapped = readers.profile_of_map(columns)
    found = readers.discover(
        names, base, described, mapped
    )  # before a database is made: there may be nothing to import
    files = (file for file in found if not _is_own(file.name, own))
    with closing(open_database(db, create=True)) as connection:
        # Rows are written in the order in which they are found; while one waits for the row it points
        # to, SQLite would look through all rows for others that do. `corpus-db check` proves the keys.
        connection.execute("PRAGMA foreign_keys = OFF")
        with Annotators(recogniser, jobs) as annotators, collector.resting():
            run = _Import(connection, Roots(names, str(base)), called, annotators, progress, wait)
            run.files(files)
        run.vanished(prune)
        return replace(run.tally.report(), seconds_by_stage=run.clock.seconds())


def _is_own(name: str, own: str) -> bool:
    return name in (own, f"{own}-journal", f"{own}-wal", f"{own}-shm")


def _as_text(title: str | None, body: str) -> Text:
    dateline = find_dateline(body)
    return Text(title, body, (dateline.start, dateline.end) if dateline else None)


class _Chunk(NamedTuple):
    """Documents in the order of reading, the articles among them handed out to be annotated."""

    documents: Sequence[_Waiting]
    keys: Sequence[str]  # of the articles that are not known yet
    results: Callable[[], Results]  # one for each key


class _Waiting(NamedTuple):
    """A parsed document that has not been written."""

    file_id: int
    key: str | None  # its content's hash; None where it is no article
    parsed: ParsedDocument
    holds: bool = False  # whether files lie in it, which have been read


class _Import:
    """One run of import_corpus, batch by batch; counts what it did and how long each stage took."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        roots: Roots,
        recogniser: str,
        annotators: Annotators,
        progress: Callable[[Progress], None] | None,
        wait: float,
    ) -> None:
        self._connection = connection
        self._roots = roots
        self._annotators = annotators
        # A file that another version or recogniser understood is read again: no database holds a mixture.
        self._annotator = f"corpus-db {__version__}, {recogniser}"
        self._progress = progress
        self._wait = wait
        self._bytes = 0
        self._unread: set[str] = set()
        self._waiting: list[_Waiting] = []  # the chunk that is being gathered
        self._waiting_size = 0  # characters
        self._handed_out: deque[_Chunk] = deque()
        self._rounds = collector.Rounds()
        self._expected: set[str] = set()  # keys of articles handed out
        self._unwritten = 0  # articles read and not written
        self._members: set[str] = set()  # names of what lies in the file on disk that is being read
        self._writer: Writer
        self.tally = Tally()
        self.clock = Stopwatch()

    def files(self, files: Iterator[InputFile | Unreadable]) -> None:
        """Import the files in batches, each one transaction; without a file there is an empty one."""
        more = True
        while more:
            with transaction(self._connection, self._wait):
                self._writer = Writer(self._connection)
                self._writer.ensure_countries(country_table())
                enough = self._articles() + BATCH_ARTICLES
                for file in files:
                    self._file(file)
                    if self._articles() >= enough:
                        break
                else:
                    more = False
                self._drain()
                if not more:
                    self._forget_unread()
                self._conclude()

    def vanished(self, prune: bool) -> None:
        """Count the files that are no longer on disk; with `prune`, take them and all they gave out."""
        gone = self._roots.vanished(Writer(self._connection).paths)
        self.tally.vanished = len(gone)
        if prune and gone:
            with transaction(self._connection, self._wait):
                self._writer = Writer(self._connection)
                for path in gone:
                    self._writer.remove_file(path)
                self._conclude()
            self.tally.removed = len(gone)

    def _forget_unread(self) -> None:
        """Drop what could not be read before and is not in the way any more."""
        for path in self._writer.unread():
            if path not in self._unread and (self._roots.hold(path) or not self._roots.on_disk(path)):
                self._writer.remove_file(path)

    def _conclude(self) -> None:
        """Bring people, sums and full-text up to date with the articles of the transaction."""
        with self.clock("write"):
            self._writer.flush()
        with self.clock("resolve"):
            date_readings.decide(self._connection)
            redating.renew(self._connection)
            identify(self._connection)
        with self.clock("stories"):
            stories.group(self._connection)
        with self.clock("sums"):
            sums.refresh(self._connection)
        with self.clock("indexes"):
            self._writer.index()
        with self.clock("full-text"):
            self._writer.finish()

    def _file(self, file: InputFile | Unreadable) -> None:
        """Read one file unless its content is known."""
        stored = self._writer.stored_file(file.name)
        if isinstance(file, Unreadable):
            self._unreadable(file, stored)
            return
        with self.clock("read"):
            try:
                sha256 = file.sha256()
                annotator = self._annotator_of(file)
            except OSError as error:
                self._unreadable(Unreadable(file.name, f"cannot be read: {error.strerror}"), stored)
                return
        self._bytes += file.size
        known = None if stored is None else (stored.sha256, stored.annotator, stored.is_member)
        if stored is not None and known == (sha256, annotator, False):
            self._unchanged(stored)
            file.release()
            return
        self._replace(file.name, stored)
        with self.clock("read"):
            self._members = set()
            reader = _reader_name(file)
            file_id = self._writer.add_file(file.name, file.size, sha256, reader, annotator)
            self._pieces(file_id, file, "new" if stored is None else "changed")
        self._report_progress()

    def _annotator_of(self, file: InputFile) -> str:
        """What understands the file: the program, and what is said about it by files around it."""
        context = readers.context(file) if file.profile or file.beside or file.describes else ""
        return f"{self._annotator}; {context}" if context else self._annotator

    def _pieces(self, file_id: int, file: InputFile, state: FileState) -> None:
        """Read and parse a file. A defect of a reader or of parsing costs the rest of this file, nothing else."""
        position = 0
        holds = False  # whether files lie in the piece under way
        try:
            for given in readers.read(file):
                if not isinstance(given, SourceDocument):
                    self._member(file_id, given, state)
                    holds = True
                    continue
                self._document(file_id, given, holds)
                position, holds = given.end, False
        except (CorpusError, sqlite3.Error):
            raise
        except Exception as error:  # noqa: BLE001 - the boundary of one input file
            source = SourceDocument(file.name, None, position, file.size, "", "", reason=defect(error))
            self._wait_for_others(file_id, ParsedDocument(source, "rejected", reason=source.reason))

    def _member(self, container_id: int, file: InputFile | Unreadable, state: FileState) -> None:
        """Read a file that lies in another. It is new, or as new as that one."""
        file = replace(file, name=self._unused(file.name))
        if self._writer.stored_file(file.name) is not None:  # a folder that is an archive of that name now
            self._drain()
            self._writer.remove_file(file.name)
        self.tally.file(state)
        if isinstance(file, Unreadable):
            self._unread_file(file, container_id)
            return
        file_id = self._writer.add_file(
            file.name, file.size, file.sha256(), _reader_name(file), self._annotator, container_id
        )
        self._pieces(file_id, file, state)
        self._report_progress()

    def _unused(self, name: str) -> str:
        """The name of a member; with a number where the same file on disk gave out that name before."""
        number, free = 1, name
        while free in self._members:
            number += 1
            free = f"{name} ({number})"
        self._members.add(free)
        return free

    def _unreadable(self, file: Unreadable, stored: StoredFile | None) -> None:
        self._unread.add(file.name)
        if stored is not None and stored.sha256 is None and stored.reason == file.reason:
            self._unchanged(stored)
            return
        self._replace(file.name, stored)
        self._unread_file(file)

    def _unread_file(self, file: Unreadable, container_id: int | None = None) -> None:
        file_id = self._writer.add_file(file.name, None, None, None, container_id=container_id)
        source = SourceDocument(file.name, None, 0, 0, "", "", reason=file.reason)
        self._wait_for_others(file_id, ParsedDocument(source, file.outcome, reason=file.reason))

    def _unchanged(self, stored: StoredFile) -> None:
        members = self._writer.members(stored.id)
        self.tally.file("unchanged", 1 + members.files)
        self.tally.rejected_before += stored.rejected + members.rejected
        self._report_progress()

    def _replace(self, path: str, stored: StoredFile | None) -> None:
        """Make room for a file: what it gave before goes, once what is waiting has been written."""
        self.tally.file("new" if stored is None else "changed")
        if stored is not None:
            self._drain()
            self._writer.remove_file(path)

    def _document(self, file_id: int, document: SourceDocument, holds: bool = False) -> None:
        """Parse one piece; it waits until there are enough articles to be recognised together.

        `holds`: files that lie in the piece have been read.
        """
        with self.clock("parse"):
            parsed = parse(document)
        if parsed.notice:
            self.tally.notice(parsed.notice, document.path, document.part)
        self._wait_for_others(file_id, parsed, holds)

    def _wait_for_others(self, file_id: int, parsed: ParsedDocument, holds: bool = False) -> None:
        """Keep a document, article or not, in the order of reading."""
        key = None
        if parsed.article is not None:
            key = content_hash(parsed.article)
            self._waiting_size += len(parsed.article.body)
            self._unwritten += 1
        self._waiting.append(_Waiting(file_id, key, parsed, holds))
        if len(self._waiting) >= CHUNK_ARTICLES or self._waiting_size >= CHUNK_CHARACTERS:
            self._hand_out()

    def _hand_out(self) -> None:
        """Have the chunk annotated, and write the oldest one where too many are out."""
        documents, self._waiting, self._waiting_size = self._waiting, [], 0
        fresh = {
            key: _text_of(parsed.article)
            for _, key, parsed, _ in documents
            if key is not None
            and parsed.article is not None
            and key not in self._expected
            and self._writer.article_with_hash(key) is None
        }
        self._expected.update(fresh)
        chunk = _Chunk(documents, list(fresh), self._annotators.submit(list(fresh.values())))
        self._handed_out.append(chunk)
        if len(self._handed_out) > WINDOW:
            self._write_oldest()

    def _drain(self) -> None:
        """Write all that has been read."""
        if self._waiting:
            self._hand_out()
        while self._handed_out:
            self._write_oldest()

    def _write_oldest(self) -> None:
        """Write the documents of the chunk that was handed out first; copies are written as such."""
        chunk = self._handed_out.popleft()
        with self.clock("recognise"):
            annotated = dict(zip(chunk.keys, chunk.results(), strict=True))
        self._expected.difference_update(chunk.keys)
        fresh = set(chunk.keys)  # no article has these until one of the chunk does
        self._rounds.chunk_done()
        with self.clock("write"):
            for file_id, key, parsed, holds in chunk.documents:
                if key is None or parsed.article is None:
                    self._outcome(file_id, parsed, holds=holds)
                    continue
                self._unwritten -= 1
                known = None if key in fresh else self._writer.article_with_hash(key)
                fresh.discard(key)
                if known is not None:
                    self._outcome(file_id, parsed._replace(outcome="duplicate"), known)
                    continue
                if key not in annotated:  # a copy of an article that met a defect
                    annotated[key] = self._annotators.now([_text_of(parsed.article)])[0]
                annotation = annotated[key]
                if isinstance(annotation, Annotation):
                    self._write(file_id, key, parsed, annotation)
                else:
                    self._outcome(
                        file_id, parsed._replace(outcome="rejected", article=None, reason=annotation)
                    )

    def _outcome(
        self, file_id: int, parsed: ParsedDocument, article_id: int | None = None, holds: bool = False
    ) -> None:
        self._writer.add_outcome(file_id, parsed, parsed.outcome, parsed.reason, article_id)
        if holds and parsed.outcome == "empty":
            self.tally.container()
        else:
            self.tally.document(parsed.source.path, parsed.source.part, parsed.outcome, parsed.reason)

    def _write(self, file_id: int, key: str, parsed: ParsedDocument, annotation: Annotation) -> None:
        assert parsed.article is not None
        article = _with_place(parsed.article, annotation)
        parsed = parsed._replace(article=article)
        self._writer.add_article(file_id, parsed, key, annotation, Sentences(article.body).span)
        self.tally.document(parsed.source.path, parsed.source.part, "article", parsed.reason)
        if not language.is_read(annotation.language):
            self.tally.unread_languages[annotation.language or ""] += 1

    def _articles(self) -> int:
        """How many articles were read: those written, and those that wait."""
        return self.tally.outcomes["article"] + self._unwritten

    def _report_progress(self) -> None:
        if self._progress is not None:
            done = self.tally.files.total()
            self._progress(Progress(done, None, self._articles(), self._bytes, None))


def _reader_name(file: InputFile) -> str | None:
    """The reader that the file gets; None where choosing one fails, which reading then reports."""
    try:
        return readers.reader_for(file).name
    except Exception:  # noqa: BLE001 - the boundary of one input file
        return None


def _text_of(article: Article) -> Text:
    """What recognition sees of an article: a title made from the body is not read a second time."""
    dateline = None
    if article.dateline_start is not None and article.dateline_end is not None:
        dateline = (article.dateline_start, article.dateline_end)
    title = None if article.title_origin == "lead" else article.title
    return Text(title, article.body, dateline, article.dateline_date, article.published)


def _with_place(article: Article, annotation: Annotation) -> Article:
    """The article with its dateline's place and country as recognition understood them."""
    found = [m for m in annotation.mentions if m.kind == "dateline" and m.field == "body"]
    if not found:  # a field of its own, or a text in another language
        known = _resolved(article.dateline_place) if article.dateline_place else None
        return article._replace(dateline_place=known[0], dateline_country=known[1]) if known else article
    place = next((m.place for m in found if m.place), article.dateline_place)
    if place and place.endswith(" County") and "county" not in (article.dateline or "").lower():
        place = place.removesuffix(" County")  # a town that only its county's name is known of
    country = next((m.country_code for m in found if m.country_code), None)
    return article._replace(dateline_place=place, dateline_country=country)


@lru_cache(maxsize=1 << 12)
def _resolved(place: str) -> tuple[str, str] | None:
    return resolve_place(place)
