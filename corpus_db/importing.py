"""One run of an import: which files are new, changed, known, unreadable or gone, and batches of them.

An import runs in batches of BATCH_ARTICLES articles. A batch is one transaction that leaves
nothing half done: articles, full-text, people and sums agree when it commits. So an import that
fails changes nothing of its batch, one that is killed leaves a valid database, and the next run
goes on with the files that are not in it yet. Most imports are a single batch.

What a file gives is parsed here, and waits in queue.py for its turn.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace

from corpus_db import __version__, readers, redating, stories
from corpus_db.annotating import Annotators, defect
from corpus_db.errors import CorpusError
from corpus_db.identity import identify
from corpus_db.models import ParsedDocument, SourceDocument
from corpus_db.parsing import parse
from corpus_db.queue import Queue
from corpus_db.readers import InputFile, Unreadable
from corpus_db.recognition.countries import country_table
from corpus_db.report import FileState, Progress, Tally
from corpus_db.stopwatch import Stopwatch
from corpus_db.store import date_readings, sums
from corpus_db.store.database import transaction
from corpus_db.store.writer import StoredFile, Writer
from corpus_db.vanished import Roots

BATCH_ARTICLES = 100_000  # one transaction


class Import:
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
        # A file that another version or recogniser understood is read again: no database holds a mixture.
        self._annotator = f"corpus-db {__version__}, {recogniser}"
        self._progress = progress
        self._wait = wait
        self._bytes = 0
        self._unread: set[str] = set()
        self._members: set[str] = set()  # names of what lies in the file on disk that is being read
        self._writer: Writer
        self.tally = Tally()
        self.clock = Stopwatch()
        self._queue = Queue(annotators, self.tally, self.clock)

    def files(self, files: Iterator[InputFile | Unreadable]) -> None:
        """Import the files in batches, each one transaction; without a file there is an empty one."""
        more = True
        while more:
            with transaction(self._connection, self._wait):
                self._writer = self._queue.writer = Writer(self._connection)
                self._writer.ensure_countries(country_table())
                enough = self._articles() + BATCH_ARTICLES
                for file in files:
                    self._file(file)
                    if self._articles() >= enough:
                        break
                else:
                    more = False
                self._queue.drain()
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
        if (
            stored is not None
            and known == (sha256, annotator, False)
            and not self._has_its_reader_now(stored)
        ):
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

    def _has_its_reader_now(self, stored: StoredFile) -> bool:
        """Whether the file, or one in it, was rejected for want of a reader that has been installed since."""
        if not stored.rejected and not self._writer.members(stored.id).rejected:
            return False
        return self._writer.rejected_for(stored.id, readers.settled())

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
            self._queue.add(file_id, ParsedDocument(source, "rejected", reason=source.reason))

    def _member(self, container_id: int, file: InputFile | Unreadable, state: FileState) -> None:
        """Read a file that lies in another. It is new, or as new as that one."""
        file = replace(file, name=self._unused(file.name))
        if self._writer.stored_file(file.name) is not None:  # a folder that is an archive of that name now
            self._queue.drain()
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
        self._queue.add(file_id, ParsedDocument(source, file.outcome, reason=file.reason))

    def _unchanged(self, stored: StoredFile) -> None:
        members = self._writer.members(stored.id)
        self.tally.file("unchanged", 1 + members.files)
        self.tally.rejected_before += stored.rejected + members.rejected
        self._report_progress()

    def _replace(self, path: str, stored: StoredFile | None) -> None:
        """Make room for a file: what it gave before goes, once what is waiting has been written."""
        self.tally.file("new" if stored is None else "changed")
        if stored is not None:
            self._queue.drain()
            self._writer.remove_file(path)

    def _document(self, file_id: int, document: SourceDocument, holds: bool = False) -> None:
        """Parse one piece; it waits until there are enough articles to be recognised together.

        `holds`: files that lie in the piece have been read.
        """
        with self.clock("parse"):
            parsed = parse(document)
        if parsed.notice:
            self.tally.notice(parsed.notice, document.path, document.part)
        self._queue.add(file_id, parsed, holds)

    def _articles(self) -> int:
        """How many articles were read: those written, and those that wait."""
        return self.tally.outcomes["article"] + self._queue.articles

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
