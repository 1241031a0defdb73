"""Where parsed documents wait: chunks of them are annotated together and written in the order of reading.

Articles are recognised in small chunks (CHUNK_ARTICLES), by worker processes where the import is
long and there are processors (annotating.py). The queue writes in the order of reading and stays WINDOW chunks
behind, with workers or without, so that the database is the same, byte by byte. Memory holds these chunks,
whatever the size of the import.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus_db import collector
from corpus_db.annotating import Annotators, Results
from corpus_db.models import Annotation, Article, ParsedDocument, Text
from corpus_db.parsing.sentences import Sentences
from corpus_db.recognition import language
from corpus_db.recognition.countries import resolve_place
from corpus_db.report import Tally
from corpus_db.stopwatch import Stopwatch
from corpus_db.store.writer import Writer, content_hash

CHUNK_ARTICLES = 128  # recognised together: the recognisers work on batches
CHUNK_CHARACTERS = 800_000  # and long articles in smaller ones
WINDOW = 6  # chunks handed out and not written yet


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


class Queue:
    """The documents of an import that are not written yet, in the order of reading."""

    def __init__(self, annotators: Annotators, tally: Tally, clock: Stopwatch) -> None:
        self._annotators = annotators
        self._tally = tally
        self._clock = clock
        self._waiting: list[_Waiting] = []  # the chunk that is being gathered
        self._waiting_size = 0  # characters
        self._handed_out: deque[_Chunk] = deque()
        self._rounds = collector.Rounds()
        self._expected: set[str] = set()  # keys of articles handed out
        self.articles = 0  # read and not written
        self.writer: Writer  # of the transaction under way

    def add(self, file_id: int, parsed: ParsedDocument, holds: bool = False) -> None:
        """Keep a document, article or not; `holds`: files that lie in it have been read."""
        key = None
        if parsed.article is not None:
            key = content_hash(parsed.article)
            self._waiting_size += len(parsed.article.body)
            self.articles += 1
        self._waiting.append(_Waiting(file_id, key, parsed, holds))
        if len(self._waiting) >= CHUNK_ARTICLES or self._waiting_size >= CHUNK_CHARACTERS:
            self._hand_out()

    def drain(self) -> None:
        """Write all that has been read."""
        if self._waiting:
            self._hand_out()
        while self._handed_out:
            self._write_oldest()

    def _hand_out(self) -> None:
        """Have the chunk annotated, and write the oldest one where too many are out."""
        documents, self._waiting, self._waiting_size = self._waiting, [], 0
        fresh = {
            key: _text_of(parsed.article)
            for _, key, parsed, _ in documents
            if key is not None
            and parsed.article is not None
            and key not in self._expected
            and self.writer.article_with_hash(key) is None
        }
        self._expected.update(fresh)
        chunk = _Chunk(documents, list(fresh), self._annotators.submit(list(fresh.values())))
        self._handed_out.append(chunk)
        if len(self._handed_out) > WINDOW:
            self._write_oldest()

    def _write_oldest(self) -> None:
        """Write the documents of the chunk that was handed out first; copies are written as such."""
        chunk = self._handed_out.popleft()
        with self._clock("recognise"):
            annotated = dict(zip(chunk.keys, chunk.results(), strict=True))
        self._expected.difference_update(chunk.keys)
        fresh = set(chunk.keys)  # no article has these until one of the chunk does
        self._rounds.chunk_done()
        with self._clock("write"):
            for file_id, key, parsed, holds in chunk.documents:
                if key is None or parsed.article is None:
                    self._outcome(file_id, parsed, holds=holds)
                    continue
                self.articles -= 1
                known = None if key in fresh else self.writer.article_with_hash(key)
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
        self.writer.add_outcome(file_id, parsed, parsed.outcome, parsed.reason, article_id)
        if holds and parsed.outcome == "empty":
            self._tally.container()
        else:
            self._tally.document(parsed.source.path, parsed.source.part, parsed.outcome, parsed.reason)

    def _write(self, file_id: int, key: str, parsed: ParsedDocument, annotation: Annotation) -> None:
        assert parsed.article is not None
        article = _with_place(parsed.article, annotation)
        parsed = parsed._replace(article=article)
        self.writer.add_article(file_id, parsed, key, annotation, Sentences(article.body).span)
        self._tally.document(parsed.source.path, parsed.source.part, "article", parsed.reason)
        if not language.is_read(annotation.language):
            self._tally.unread_languages[annotation.language or ""] += 1


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
