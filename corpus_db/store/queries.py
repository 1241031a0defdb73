"""The questions that the commands ask: search, and lists of people, countries and documents.

Each function takes an open database and plain values, and returns column names and tuples (`Rows`, or
a `Listing` where there may be millions), so that whoever prints them can make a table, JSON or CSV of
them without knowing what they mean.
The SQL stands here as one would type it; `docs/cookbook.md` teaches the same joins. What one article,
person or country has to show is in `details`.

Search works in two steps. The first ranks: bm25, a word in the title counting as much as four in the
body, and takes no column but the number from the index. The second marks the words, in the few
articles that are shown; done in one step SQLite would cut a snippet for every match before sorting.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from corpus_db.store.excerpts import MARK_END, MARK_START, beginning, excerpt
from corpus_db.store.fulltext import left_out, match_expression, single_words

TITLE_WEIGHT, BODY_WEIGHT = 4.0, 1.0
SNIPPET_WORDS = 40
LEAD_CHARACTERS = 240  # of the text, shown where nothing was searched for that a snippet could show

PEOPLE_ORDERS = {
    "mentions": "p.mention_count DESC, p.article_count DESC, p.name, p.id",
    "articles": "p.article_count DESC, p.mention_count DESC, p.name, p.id",
    "name": "p.name COLLATE NOCASE, p.id",
    "family": "p.family_name COLLATE NOCASE, p.name COLLATE NOCASE, p.id",
    "first": "p.first_published IS NULL, p.first_published, p.name, p.id",
    "last": "p.last_published DESC, p.name, p.id",
}
COUNTRY_ORDERS = {
    "articles": "c.article_count DESC, c.mention_count DESC, c.name",
    "mentions": "c.mention_count DESC, c.article_count DESC, c.name",
    "name": "c.name",
}


class Rows(NamedTuple):
    """What a query returned."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Listing(NamedTuple):
    """Rows that stream out of the database while it is open, and how many there are in all.

    total: None where `rows` are all there are.
    """

    columns: tuple[str, ...]
    rows: Iterable[tuple[Any, ...]]
    total: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """What to search for. All that is given must hold; people and countries all in one article."""

    words: str | None = None  # of NOT alone: all articles but those that have them
    people: tuple[int, ...] = ()  # people.id
    countries: tuple[str, ...] = ()  # countries.code; mentions in a dateline do not count
    published_from: str | None = None  # ISO 8601, as precise as one likes
    published_to: str | None = None  # inclusive: 2020-06 includes 2020-06-30


def fetch(
    connection: sqlite3.Connection, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()
) -> Rows:
    """Run one query."""
    cursor = connection.execute(sql, parameters)
    return Rows(_columns(cursor), [tuple(row) for row in cursor.fetchall()])


def _columns(cursor: sqlite3.Cursor) -> tuple[str, ...]:
    return tuple(column[0] for column in cursor.description or ())


def count(
    connection: sqlite3.Connection, sql: str, parameters: Mapping[str, Any] | Sequence[Any] = ()
) -> int:
    """How many rows a query has."""
    number: int = connection.execute(f"SELECT count(*) FROM ({sql})", parameters).fetchone()[0]
    return number


def totals(connection: sqlite3.Connection) -> dict[str, int]:
    """How many articles, people, mentioned countries, mentions and documents the database holds."""
    return {
        "articles": count(connection, "SELECT 1 FROM articles"),
        "people": count(connection, "SELECT 1 FROM people"),
        "countries": count(connection, "SELECT 1 FROM countries WHERE mention_count > 0"),
        "mentions": count(connection, "SELECT 1 FROM mentions"),
        "documents": count(connection, "SELECT 1 FROM documents"),
    }


# -- search -----------------------------------------------------------------------------------------

_HIT = """
SELECT a.id, a.published, a.title, a.agency, a.publisher, a.url,
    (SELECT group_concat(name, ' · ') FROM (
        SELECT coalesce(p.name, ap.name) AS name
        FROM article_people ap LEFT JOIN people p ON p.id = ap.person_id
        WHERE ap.article_id = a.id AND (ap.is_full OR ap.person_id IS NOT NULL) ORDER BY ap.number)) AS people,
    (SELECT group_concat(name, ' · ') FROM (
        SELECT c.name FROM article_countries ac JOIN countries c ON c.code = ac.country_code
        WHERE ac.article_id = a.id AND ac.mention_count > 0
        ORDER BY ac.mention_count DESC, c.name)) AS countries
FROM articles a WHERE a.id = :id
"""

_MARKED = f"""
SELECT snippet(articles_fts, 1, '{MARK_START}', '{MARK_END}', '…', {SNIPPET_WORDS}),
    highlight(articles_fts, 0, '{MARK_START}', '{MARK_END}')
FROM articles_fts WHERE articles_fts MATCH :match AND rowid = :id
"""

_TEXTS = "SELECT title, body FROM articles WHERE id = :id"

_ASKED_FOR = """
SELECT field, sentence_start, sentence_end, start, "end", coalesce(person_id, country_code) FROM mentions
WHERE article_id = :id AND kind <> 'dateline' AND (person_id IN ({people}) OR country_code IN ({countries}))
ORDER BY field, start
"""

SEARCH_COLUMNS = (
    "id", "published", "title", "agency", "publisher", "url", "people", "countries", "rank",
    "snippet", "title_marked",
)  # fmt: skip


def search(connection: sqlite3.Connection, question: Question, limit: int | None = None) -> Listing:
    """The articles that answer a question, best first: SEARCH_COLUMNS.

    Ranked by bm25 where words are searched for (`rank`: the smaller the better), else the latest
    first. The matching words in `snippet` and `title_marked` stand between MARK_START and MARK_END.
    """
    unwanted = None if question.words is None else left_out(question.words)
    if unwanted is not None:
        question = replace(question, words=None)
    sql, parameters = _search_sql(question, unwanted)
    order = "published DESC, id" if question.words is None else "rank, id"
    found = connection.execute(
        f"SELECT id, rank FROM ({sql}) ORDER BY {order} LIMIT :limit",
        {**parameters, "limit": -1 if limit is None else limit},
    ).fetchall()
    total = None if limit is None or len(found) < limit else count(connection, sql, parameters)
    return Listing(SEARCH_COLUMNS, _hits(connection, question, found), total)


def count_each(connection: sqlite3.Connection, words: str) -> dict[str, int]:
    """How many articles have each of the words by itself: what a search that found nothing can still say."""
    sql = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
    return {
        word: connection.execute(sql, (match_expression(word),)).fetchone()[0] for word in single_words(words)
    }


def _hits(
    connection: sqlite3.Connection, question: Question, found: Iterable[tuple[int, float | None]]
) -> Iterator[tuple[Any, ...]]:
    """The articles of the given numbers as rows of SEARCH_COLUMNS."""
    match = None if question.words is None else match_expression(question.words)
    for number, rank in found:
        hit = connection.execute(_HIT, {"id": number}).fetchone()
        if match is None:
            yield (*hit, rank, *_sentence(connection, question, number))
        else:
            yield (*hit, rank, *connection.execute(_MARKED, {"id": number, "match": match}).fetchone())


def _sentence(connection: sqlite3.Connection, question: Question, number: int) -> tuple[str, str]:
    """Snippet and title of an article: the sentence with most of the people and countries asked for.

    Among equals the first, the body before the title; where none was asked for, how the text begins.
    """
    title, body = connection.execute(_TEXTS, {"id": number}).fetchone()
    keys: dict[str, int | str] = {f"person{index}": key for index, key in enumerate(question.people)}
    keys |= {f"country{index}": key for index, key in enumerate(question.countries)}
    sql = _ASKED_FOR.format(
        people=", ".join(f":{name}" for name in keys if name.startswith("person")),
        countries=", ".join(f":{name}" for name in keys if name.startswith("country")),
    )
    sentences: dict[tuple[str, int, int], list[tuple[int, int]]] = {}
    named: dict[tuple[str, int, int], set[int | str]] = {}
    for field, first, last, start, end, key in connection.execute(sql, {**keys, "id": number}):
        sentences.setdefault((field, first, last), []).append((start - first, end - first))
        named.setdefault((field, first, last), set()).add(key)
    if not sentences:
        return beginning(body, LEAD_CHARACTERS), title
    best = max(sentences, key=lambda sentence: len(named[sentence]))  # the first of several
    field, first, last = best
    return excerpt((title if field == "title" else body)[first:last], sentences[best]), title


def _search_sql(question: Question, unwanted: str | None) -> tuple[str, dict[str, Any]]:
    """SELECT id, published, rank of the articles that answer the question, and its parameters.

    `unwanted` is an FTS5 query of what none of them has.

    Where words are searched for, the articles themselves are looked at only if a date is asked about.
    """
    parameters: dict[str, Any] = {}
    conditions: list[str] = []
    dated = question.published_from is not None or question.published_to is not None
    if question.words is not None:
        parameters["match"] = match_expression(question.words)
        conditions.append(f"articles_fts MATCH :match AND f.rank MATCH 'bm25({TITLE_WEIGHT}, {BODY_WEIGHT})'")
        source = "articles_fts f JOIN articles a ON a.id = f.rowid" if dated else "articles_fts f"
        columns = "f.rowid AS id, NULL AS published, f.rank AS rank"
    else:
        source, columns = "articles a", "a.id, a.published, NULL AS rank"
    key = "a.id" if question.words is None else "f.rowid"
    if unwanted is not None:
        parameters["unwanted"] = unwanted
        conditions.append(f"{key} NOT IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :unwanted)")
    for index, person in enumerate(question.people):
        parameters[f"person{index}"] = person
        conditions.append(
            f"{key} IN (SELECT article_id FROM article_people WHERE person_id = :person{index})"
        )
    for index, country in enumerate(question.countries):
        parameters[f"country{index}"] = country
        conditions.append(
            f"{key} IN (SELECT article_id FROM article_countries"
            f" WHERE country_code = :country{index} AND mention_count > 0)"
        )
    if question.published_from is not None:
        parameters["from"] = question.published_from
        conditions.append("a.published >= :from")
    if question.published_to is not None:
        parameters["to"] = question.published_to
        conditions.append("substr(a.published, 1, length(:to)) <= :to")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {columns} FROM {source}{where}", parameters


# -- lists ------------------------------------------------------------------------------------------


def people(
    connection: sqlite3.Connection,
    *,
    name: str | None = None,
    country: str | None = None,
    role: str | None = None,
    order: str = "mentions",
    limit: int | None = None,
) -> Listing:
    """People.

    name: words that some form of the name has. country: a code; the people some article gives a
    role there. role: words that a role has; with a country, the role there. order: a key of
    PEOPLE_ORDERS.
    """
    parameters: dict[str, Any] = {}
    conditions: list[str] = []
    if name is not None:
        parameters["match"] = match_expression(name)
        conditions.append("p.id IN (SELECT rowid FROM people_fts WHERE people_fts MATCH :match)")
    if country is not None or role is not None:
        held = []
        if country is not None:
            parameters["country"] = country
            held.append("r.country_code = :country")
        if role is not None:
            parameters["role"] = f"%{_like(role)}%"
            held.append("r.role LIKE :role ESCAPE '\\'")
        conditions.append(f"p.id IN (SELECT r.person_id FROM people_roles r WHERE {' AND '.join(held)})")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    sql = f"""
        SELECT p.id, p.name, p.description, p.family_name, p.role, p.country_code,
            (SELECT c.name FROM countries c WHERE c.code = p.country_code) AS country, p.mention_count,
            p.article_count, p.first_published, p.last_published, p.aliases
        FROM people p {where}
    """
    return _limited(connection, sql, PEOPLE_ORDERS[order], parameters, limit)


def regions(connection: sqlite3.Connection) -> list[str]:
    """The names of the regions and, behind them, of the subregions that countries lie in."""
    rows = connection.execute("""
        SELECT 1 AS level, region AS name FROM countries WHERE region IS NOT NULL
        UNION SELECT 2, subregion FROM countries WHERE subregion IS NOT NULL
        ORDER BY level, name""")
    return list(dict.fromkeys(row[1] for row in rows))


def countries(
    connection: sqlite3.Connection,
    *,
    name: str | None = None,
    region: str | None = None,
    mentioned: bool = True,
    order: str = "articles",
    limit: int | None = None,
) -> Listing:
    """Countries.

    name: part of the name, or a code. region: part of a region's or subregion's name. mentioned: only
    those that some article mentions. order: a key of COUNTRY_ORDERS.
    """
    parameters: dict[str, Any] = {}
    conditions = ["c.mention_count > 0"] if mentioned else []
    if name is not None:
        parameters |= {"code": name.upper(), "name": f"%{_like(name)}%"}
        conditions.append("(c.code = :code OR c.alpha3 = :code OR c.name LIKE :name ESCAPE '\\')")
    if region is not None:
        parameters["region"] = f"%{_like(region)}%"
        conditions.append("(c.region LIKE :region ESCAPE '\\' OR c.subregion LIKE :region ESCAPE '\\')")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    sql = f"""
        SELECT c.code, c.alpha3, c.name, c.region, c.subregion, c.mention_count, c.dateline_count,
            c.article_count
        FROM countries c {where}
    """
    return _limited(connection, sql, COUNTRY_ORDERS[order], parameters, limit)


def documents(
    connection: sqlite3.Connection,
    *,
    outcomes: Sequence[str] = (),
    path: str | None = None,
    limit: int | None = None,
) -> Listing:
    """The pieces of the input files and what became of them.

    outcomes: any of article, duplicate, empty, rejected. path: part of the path.
    """
    parameters: dict[str, Any] = {f"outcome{index}": outcome for index, outcome in enumerate(outcomes)}
    conditions = [f"d.outcome IN ({', '.join(f':{name}' for name in parameters)})"] if outcomes else []
    if path is not None:
        parameters["path"] = f"%{_like(path)}%"
        conditions.append("d.path LIKE :path ESCAPE '\\'")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    sql = f"""
        SELECT d.id, d.path, d.part, d.byte_start, d.byte_end, d.sha256, d.reader, d.outcome, d.reason,
            d.article_id, d.metadata
        FROM documents d {where}
    """
    return _limited(connection, sql, "d.path, d.byte_start, d.id", parameters, limit)


def _limited(
    connection: sqlite3.Connection, sql: str, order: str, parameters: Mapping[str, Any], limit: int | None
) -> Listing:
    """The first rows of a query in that order; all of them as they come where there is no limit."""
    ordered = f"{sql} ORDER BY {order}"
    if limit is None:
        cursor = connection.execute(ordered, parameters)
        return Listing(_columns(cursor), map(tuple, cursor), None)
    rows = fetch(connection, f"{ordered} LIMIT {limit:d}", parameters)
    return Listing(*rows, None if len(rows.rows) < limit else count(connection, sql, parameters))


def _like(text: str) -> str:
    """Text as LIKE takes it literally, with backslash as its escape character."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
