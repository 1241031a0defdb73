"""The rows of one article: its own and those of what was found in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from corpus_db.models import Annotation, Article, Entity, Field, LocalPerson, PlaceRecord
from corpus_db.store.copies import OWN_COLUMNS, own_values
from corpus_db.store.gathering import Gathering
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


def count_words(body: str) -> int:
    """Runs of characters between white space."""
    return len(body.split())


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
        self._gathering.touch("touched_articles", article_id)
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
        add = self._gathering.add
        for number, m in enumerate(mentions, first):
            antecedent = m.antecedent
            antecedent_id = (
                None
                if antecedent is None
                else numbers[(antecedent.entity, antecedent.field, antecedent.start)]
            )
            add(
                "mentions",
                (
                    number, article_id, m.field, m.start, m.end, m.text, m.entity, m.kind, m.country_code,
                    m.place, m.person_number, m.rule, antecedent_id, m.confidence, *(sentences(m.start, m.end) if m.field == "body" else title),
                    None if m.located is None else self._place(m.located),
                )
            )  # fmt: skip
        return numbers

    def _add_people(
        self,
        article_id: int,
        article: Article,
        annotation: Annotation,
        numbers: _Places,
    ) -> None:
        """Write the persons of an article and the roles that it gives them."""
        counts: dict[int | None, int] = {}
        for mention in annotation.mentions:
            counts[mention.person_number] = counts.get(mention.person_number, 0) + 1
        for person in annotation.persons:
            self._gathering.add(
                "article_people",
                (
                    article_id, person.number, person.name, person.family_name, int(person.full),
                    person.gender, counts.get(person.number, 0), month_of(article.published),
                ),
            )  # fmt: skip
            self._gathering.touch("touched_names", person.name)
            self._add_claims(article_id, article, person, numbers)

    def _add_claims(self, article_id: int, article: Article, person: LocalPerson, numbers: _Places) -> None:
        for claim in person.claims:
            text = article.title if claim.field == "title" else article.body
            self._gathering.add(
                "role_claims",
                (
                    self._gathering.number("role_claims"), article_id, person.number, claim.role, claim.country_code,
                    claim.organisation, claim.field, claim.role_start, claim.role_end,
                    text[claim.role_start : claim.role_end], claim.rule,
                    numbers.get(("person", claim.field, claim.start)),
                ),
            )  # fmt: skip

    def _add_countries(self, article_id: int, article: Article, annotation: Annotation) -> None:
        counts: dict[str, list[int]] = {}
        for mention in annotation.mentions:
            if mention.country_code is not None:
                both = counts.setdefault(mention.country_code, [0, 0])
                both[mention.kind == "dateline"] += 1
        for code in sorted(counts):
            self._gathering.add(
                "article_countries", (article_id, code, *counts[code], month_of(article.published))
            )
            self._gathering.touch("touched_countries", code)

    def _add_dates(
        self, article_id: int, article: Article, annotation: Annotation, sentences: Sentences
    ) -> None:
        title = (0, len(article.title))
        for date in annotation.dates:
            sentence = sentences(date.start, date.end) if date.field == "body" else title
            self._gathering.add("dates", (self._gathering.number("dates"), article_id, *date, *sentence))

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
            self._gathering.touch("touched_places", number)
        return number
