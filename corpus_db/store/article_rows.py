"""The rows of one article: its own and those of what was found in it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from typing import Final

import numpy as np

from corpus_db.models import Annotation, Article, Entity, Field, PlaceRecord, RoleClaim
from corpus_db.store.copies import OWN_COLUMNS, own_values
from corpus_db.store.gathering import Gathering, Row
from corpus_db.store.rows import STORED_PLACE

Sentences = Callable[[int, int], tuple[int, int]]
"""(start, end) of a mention in the body → start and end (exclusive) of its sentence there."""

# Where a mention stands, (entity, field, start): no two of one entity overlap.
_Places = dict[tuple[Entity, Field, int], int]


def year_of(published: str | None) -> int | None:
    """The year of an ISO 8601 date, however precise."""
    return int(published[:4]) if published and published[:4].isdigit() else None


def month_of(published: str | None) -> str | None:
    """The month of an ISO 8601 date (2020-06); the year where it is no more precise."""
    return published[:7] if published else None


def _with_language(article: Article, shown: str | None) -> tuple[object, ...]:
    """The article's own values, with its language as it is stated, else as the text shows it; where from, and the latter."""
    own = list(own_values(article))
    if article.language is None:
        own[OWN_COLUMNS.index("language")] = shown
    origin = "source" if article.language else "text" if shown else None
    return (*own, origin, shown)


# Whether a character belongs to a word; none beyond the first 65,536 is white space.
_IN_WORDS: Final = np.array([not chr(number).isspace() for number in range(1 << 16)])
_ASCII_IN_WORDS: Final = _IN_WORDS[:256].tobytes()


def count_words(body: str) -> int:
    """Runs of characters between white space: what body.split() gives, counted without making them."""
    if body.isascii():
        inside = np.frombuffer(body.encode().translate(_ASCII_IN_WORDS), np.bool_)
    else:
        inside = _IN_WORDS.take(np.frombuffer(body.encode("utf-16-le", "surrogatepass"), "<u2"))
    return int(np.count_nonzero(inside[1:] > inside[:-1])) + bool(inside[:1].any())


class ArticleRows:
    """Takes articles apart into rows, inside the writer's transaction."""

    def __init__(self, connection: sqlite3.Connection, gathering: Gathering) -> None:
        self._db = connection
        self._gathering = gathering
        self._places: dict[PlaceRecord, int] = {}

    def add(
        self,
        article_id: int,
        document_id: int,
        article: Article,
        digest: str,
        annotation: Annotation,
        sentences: Sentences,
    ) -> None:
        """Gather the rows of an article, whose `content_hash` is `digest`, and note what it touches."""
        row = (
            article_id, article.title, article.published, year_of(article.published), article.body,
            count_words(article.body), digest, document_id,
            article.dateline_place, article.dateline_country, *_with_language(article, annotation.language),
        )  # fmt: skip
        self._gathering.add("articles", row, len(article.title) + len(article.body))
        self._gathering.touch("touched_articles", (article_id,))
        numbers = self._add_mentions(article_id, article, annotation, sentences)
        self._add_people(article_id, article, annotation, numbers)
        self._add_countries(article_id, article, annotation)
        self._add_dates(article_id, article, annotation, sentences)

    def _add_mentions(
        self, article_id: int, article: Article, annotation: Annotation, sentences: Sentences
    ) -> _Places:
        """Write an article's mentions; (entity, field, start) → id of the mention that stands there."""
        title = (0, len(article.title))  # a title is one sentence
        mentions = annotation.mentions
        first = self._gathering.number("mentions", len(mentions))
        numbers: _Places = {(m.entity, m.field, m.start): first + i for i, m in enumerate(mentions)}
        rows: list[Row] = []
        for number, mention in enumerate(mentions, first):
            (
                field, start, end, text, entity, kind, rule, confidence, country, place, _, person, antecedent, located,
            ) = mention  # fmt: skip
            sentence_start, sentence_end = sentences(start, end) if field == "body" else title
            rows.append(
                (
                    number, article_id, field, start, end, text, entity, kind, country, place, person, rule,
                    antecedent and numbers[(antecedent.entity, antecedent.field, antecedent.start)],
                    confidence, sentence_start, sentence_end, located and self._place(located),
                )
            )  # fmt: skip
        self._gathering.extend("mentions", rows)
        return numbers

    def _add_people(
        self,
        article_id: int,
        article: Article,
        annotation: Annotation,
        numbers: _Places,
    ) -> None:
        """Write the persons of an article and the roles that it gives them."""
        counts = Counter(mention.person_number for mention in annotation.mentions)
        month = month_of(article.published)
        rows: list[Row] = []
        for number, name, family_name, full, gender, claims in annotation.persons:
            rows.append((article_id, number, name, family_name, int(full), gender, counts[number], month))
            if claims:
                self._add_claims(article_id, article, number, claims, numbers)
        self._gathering.extend("article_people", rows)
        self._gathering.touch("touched_names", [person.name for person in annotation.persons])

    def _add_claims(
        self,
        article_id: int,
        article: Article,
        person: int,
        claims: tuple[RoleClaim, ...],
        numbers: _Places,
    ) -> None:
        first = self._gathering.number("role_claims", len(claims))
        rows: list[Row] = []
        for claim_id, claim in enumerate(claims, first):
            field, start, role, country, organisation, role_start, role_end, rule = claim
            text = (article.title if field == "title" else article.body)[role_start:role_end]
            rows.append(
                (
                    claim_id, article_id, person, role, country, organisation, field, role_start, role_end, text, rule,
                    numbers.get(("person", field, start)),
                )
            )  # fmt: skip
        self._gathering.extend("role_claims", rows)

    def _add_countries(self, article_id: int, article: Article, annotation: Annotation) -> None:
        counts: dict[str, list[int]] = {}
        for mention in annotation.mentions:
            code = mention.country_code
            if code is not None:
                counts.setdefault(code, [0, 0])[mention.kind == "dateline"] += 1
        month = month_of(article.published)
        codes = sorted(counts)
        self._gathering.extend(
            "article_countries", [(article_id, code, *counts[code], month) for code in codes]
        )
        self._gathering.touch("touched_countries", codes)

    def _add_dates(
        self, article_id: int, article: Article, annotation: Annotation, sentences: Sentences
    ) -> None:
        title = (0, len(article.title))
        first = self._gathering.number("dates", len(annotation.dates))
        self._gathering.extend(
            "dates",
            [
                (number, article_id, *date, *(sentences(date[1], date[2]) if date[0] == "body" else title))
                for number, date in enumerate(annotation.dates, first)
            ],
        )

    def _place(self, place: PlaceRecord) -> int:
        """The number of a place, which gets a row when it is first met."""
        number = self._places.get(place)
        if number is None:
            row = (
                self._db.execute(STORED_PLACE, place).fetchone() if self._gathering.stored["places"] else None
            )
            number = self._gathering.number("places") if row is None else int(row[0])
            if row is None:
                self._gathering.add("places", (number, *place, 0, 0, 0))
            self._places[place] = number
            self._gathering.touch("touched_places", (number,))
        return number
