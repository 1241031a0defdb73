"""Understanding articles chunk by chunk: in this process, or in worker processes beside it.

Recognising and resolving within an article are pure functions and take most of an import's time,
so they are what is handed out; reading, parsing and the one writer stay in the importing process.
`Annotators.submit` gives back a *pending* result, which the importer asks for later and always in
the order of submission: what is written, and when, does not depend on how many workers there are.

The first chunks are worked on here, when their result is asked for. Most imports end before a
worker would have loaded its weights (half a second each), and those never start one. Workers are
started afresh (`spawn`), never forked: a fork would take the database's file descriptors along.
A worker whose importer was killed ends by itself.
"""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Self

from corpus_db import recognition
from corpus_db.collector import Rounds
from corpus_db.errors import CorpusError
from corpus_db.models import Annotation, DateSpan, Recognised, Text
from corpus_db.recognition import dates, language, people
from corpus_db.resolution.within import resolve_article

Results = list[Annotation | str]  # in place of an article that meets a defect, the reason to reject it with

CHUNKS_HERE = 3  # before workers are started
MOST_JOBS = 4  # more would wait for the writer


def default_jobs() -> int:
    """How many worker processes are worth starting on this machine; 1: none."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST_JOBS)


def annotate_all(texts: Sequence[Text], recogniser: str | None) -> list[Annotation]:
    """What these articles say, recognised together; `recogniser` None is the built-in one.

    People, countries and dates are looked for in English, and in what may be English.
    """
    shown = [language.detect(text) for text in texts]
    read = [text for text, own in zip(texts, shown, strict=True) if language.is_read(own)]
    recognised = recognition.recognise(read, people.get(recogniser or people.DEFAULT))
    understood = map(_annotation, read, recognised, dates.find_all(read), filter(language.is_read, shown))
    return [next(understood) if language.is_read(own) else Annotation((), (), language=own) for own in shown]


def _annotation(
    text: Text, recognised: Recognised, days: tuple[DateSpan, ...], shown: str | None
) -> Annotation:
    resolved = resolve_article(text, recognised)
    return Annotation(resolved.mentions, resolved.persons, days, shown)


def annotate_each(texts: Sequence[Text], recogniser: str | None) -> Results:
    """The same, where a defect costs the one article that meets it."""
    try:
        return [*annotate_all(texts, recogniser)]
    except Exception as error:  # noqa: BLE001 - the boundary of one input file
        if len(texts) == 1:
            return [defect(error)]
        return [found for text in texts for found in annotate_each([text], recogniser)]


def defect(error: Exception) -> str:
    """The reason for a piece that the program, not the input, is to blame for."""
    return f"a defect of corpus-db, please report it: {type(error).__name__}: {error}"


class Annotators:
    """Annotates chunks of articles, with `jobs` worker processes where that is more than one."""

    def __init__(self, recogniser: str, jobs: int = 1) -> None:
        self._recogniser = recogniser
        self._jobs = jobs
        self._chunks = 0
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=kind is None, cancel_futures=True)

    def now(self, texts: Sequence[Text]) -> Results:
        """The results of a chunk, worked on in this process."""
        return annotate_each(texts, self._recogniser)

    def submit(self, texts: Sequence[Text]) -> Callable[[], Results]:
        """Take a chunk in; call what comes back for its results, one for each text in order.

        The call raises CorpusError where a worker ended before its time.
        """
        self._chunks += 1
        if self._jobs < 2 or self._chunks <= CHUNKS_HERE:
            return lambda: self.now(texts)
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._jobs, multiprocessing.get_context("spawn"), initializer=_prepare_worker
            )
        future = self._pool.submit(_work, texts, self._recogniser)

        def result() -> Results:
            try:
                return future.result()
            except BrokenProcessPool as error:
                raise CorpusError(
                    "a worker process ended unexpectedly (too little memory?): nothing of this batch was"
                    " written; import again with --jobs 1"
                ) from error

        return result


def _prepare_worker() -> None:
    """Leave Ctrl-C to the importer, and end when it ends, however that happens."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


_rounds = Rounds()  # of this process, where it is a worker


def _work(texts: Sequence[Text], recogniser: str) -> Results:
    results = annotate_each(texts, recogniser)
    _rounds.chunk_done()
    return results
