"""The whole way from files to answers: the one module that knows every stage.

    import_corpus   files -> readers -> parsing -> recognition -> resolution -> store
    annotate        a text -> the mentions that an import of that text stores
    open_corpus     the database, for reading

One run of an import is importing.py; the queue in which its documents wait to be annotated and written is queue.py.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_db import collector, readers
from corpus_db.annotating import Annotators, annotate_all
from corpus_db.importing import Import
from corpus_db.models import Mention, Text
from corpus_db.parsing import find_dateline
from corpus_db.recognition import people
from corpus_db.report import Progress, Report
from corpus_db.store.database import open_database
from corpus_db.vanished import Roots

if TYPE_CHECKING:
    import sqlite_utils


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
            run = Import(connection, Roots(names, str(base)), called, annotators, progress, wait)
            run.files(files)
        run.vanished(prune)
        return replace(run.tally.report(), seconds_by_stage=run.clock.seconds())


def _is_own(name: str, own: str) -> bool:
    return name in (own, f"{own}-journal", f"{own}-wal", f"{own}-shm")


def _as_text(title: str | None, body: str) -> Text:
    dateline = find_dateline(body)
    return Text(title, body, (dateline.start, dateline.end) if dateline else None)
