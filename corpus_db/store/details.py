"""All that the database knows of one article, one person or one country, and why it believes it.

Also how a name that somebody types finds its rows: exactly first (whatever the accents and capitals),
then by the words of any form of the name. Several rows at the best level are all returned: which
one was meant is for the asker to say.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from typing import Any, NamedTuple

from corpus_db.data import word_list
from corpus_db.store.fulltext import match_expression
from corpus_db.store.queries import Rows, fetch

CANDIDATES = 500  # rows compared with a name that was typed; the most mentioned first


class Subject(NamedTuple):
    """A person or a country that a name may mean."""

    entity: str  # person or country
    key: int | str  # people.id or countries.code
    name: str
    remark: str  # what tells it from others of the name
    article_count: int
    level: int  # how well the name fits: 0 it is the name, 1 a form of it, 2 its words are in it


# -- names to rows ----------------------------------------------------------------------------------


def folded(text: str) -> str:
    """Text without accents, capitals and double spaces: "  Xí  JINPING" is "xi jinping"."""
    decomposed = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).casefold().split())


def find_people(connection: sqlite3.Connection, text: str) -> list[Subject]:
    """The people that a name fits, the best level first and each level with the most mentioned first.

    Levels: 0 it is the person's name, 1 a form of it that stands in an article, 2 all of its words
    stand in forms of the name. A number is a person's id.
    """
    if text.isascii() and text.isdigit():
        where, parameter = "p.id = :text", text
    elif not any(character.isalnum() for character in text):
        return []
    else:
        where = "p.id IN (SELECT rowid FROM people_fts WHERE people_fts MATCH :text)"
        parameter = match_expression(text)
    rows = connection.execute(
        f"""
        SELECT p.id, p.name, p.role, c.name, p.article_count, p.aliases, p.description
        FROM people p LEFT JOIN countries c ON c.code = p.country_code
        WHERE {where} ORDER BY p.mention_count DESC, p.article_count DESC, p.name, p.id LIMIT {CANDIDATES}
        """,
        {"text": parameter},
    ).fetchall()
    wanted = folded(text)
    found = []
    for key, name, role, country, articles, aliases, description in rows:
        forms = {folded(form) for form in (aliases or "").split(" · ")}
        level = 0 if folded(name) == wanted or text.isdigit() else 1 if wanted in forms else 2
        remark = description or ", ".join(part for part in (role, country) if part)
        found.append(Subject("person", key, name, remark, articles, level))
    return sorted(found, key=lambda subject: subject.level)


def best(subjects: list[Subject]) -> list[Subject]:
    """Those of the best level among what a name fits."""
    return [subject for subject in subjects if subject.level == min(s.level for s in subjects)]


def find_countries(connection: sqlite3.Connection, text: str) -> list[Subject]:
    """The countries that a code or a name fits, levels as in `find_people`.

    0: it is the name or a code (CN, CHN). 1: news calls it or its people so ("Britain", "the U.S.",
    "Burmese"). 2: a word of the name begins so.
    """
    wanted = folded(text)
    called = _called(wanted.removeprefix("the "))
    found = []
    for code, alpha3, name, region, articles in connection.execute(
        "SELECT code, alpha3, name, coalesce(subregion, region, ''), article_count FROM countries"
        " ORDER BY article_count DESC, mention_count DESC, name"
    ):
        exact = folded(name) == wanted or text.upper() in (code, alpha3)
        if exact or code in called or (wanted and f" {wanted}" in f" {folded(name)}"):
            level = 0 if exact else 1 if code in called else 2
            found.append(Subject("country", code, name, region, articles, level))
    return sorted(found, key=lambda subject: subject.level)


def _called(wanted: str) -> set[str]:
    """Codes of the countries that news calls by this name or adjective, whatever the corpus does."""
    codes = set()
    for line in word_list("countries/names.txt"):
        code, _, _, _, names, adjectives = line.split("|")
        forms = (
            form.rstrip("?+^") for form in f"{names};{adjectives}".split(";")
        )  # the file explains the marks
        if wanted in {folded(form) for form in forms}:
            codes.add(code)
    return codes


# -- one article ------------------------------------------------------------------------------------


def article(connection: sqlite3.Connection, number: int) -> dict[str, Any] | None:
    """An article's columns, and the documents that hold it; None where there is no such article."""
    rows = fetch(connection, "SELECT * FROM articles WHERE id = ?", (number,)).dicts()
    if not rows:
        return None
    record = rows[0]
    record["documents"] = fetch(
        connection,
        "SELECT path, part, outcome, reason FROM documents WHERE article_id = ? ORDER BY path, byte_start, id",
        (number,),
    ).dicts()
    return record


def article_story(connection: sqlite3.Connection, number: int) -> Rows:
    """The other articles that tell the story of an article, the fullest first.

    Similarities are those to the story's fullest article; in its own row, that of the article asked about.
    """
    return fetch(
        connection,
        """
        SELECT o.article_id, o.title, o.published, o.publisher, o.agency, o.is_head,
            iif(o.is_head, x.similarity, o.similarity) AS similarity,
            iif(o.is_head, x.share_in_head, o.share_in_head) AS share_in_head
        FROM story_articles x JOIN story_articles_named o ON o.story_id = x.story_id
        WHERE x.article_id = :number AND o.article_id <> :number
        ORDER BY o.is_head DESC, similarity DESC, o.published, o.article_id
        """,
        {"number": number},
    )


def article_mentions(connection: sqlite3.Connection, number: int) -> Rows:
    """Every mention of an article in order, with whom or what it means and what it was resolved by."""
    return fetch(
        connection,
        """
        SELECT m.id, m.field, m.start, m."end", m.text, m.entity, m.kind,
            m.person_id, m.country_code, coalesce(p.name, c.name) AS name, m.place, m.person_number,
            m.rule, m.confidence, m.antecedent_id, before.text AS antecedent
        FROM mentions m
        LEFT JOIN people p ON p.id = m.person_id
        LEFT JOIN countries c ON c.code = m.country_code
        LEFT JOIN mentions before ON before.id = m.antecedent_id
        WHERE m.article_id = ? ORDER BY m.field DESC, m.start, m."end" DESC, m.id
        """,
        (number,),
    )


def article_people(connection: sqlite3.Connection, number: int) -> Rows:
    """The persons of an article: what it calls them, who they are in the corpus and by which rule."""
    return fetch(
        connection,
        """
        SELECT ap.number, ap.person_id, coalesce(p.name, ap.name) AS name, ap.name AS name_in_article,
            ap.is_full, ap.mention_count,
            (SELECT group_concat(text || ' ×' || n, ' · ') FROM (
                SELECT m.text, count(*) AS n FROM mentions m
                WHERE m.article_id = ap.article_id AND m.person_number = ap.number
                GROUP BY m.text ORDER BY n DESC, m.text)) AS forms,
            (SELECT group_concat(claim, ' · ') FROM (
                SELECT DISTINCT r.role || coalesce(' (' || c.name || ')', '') AS claim FROM role_claims r
                LEFT JOIN countries c ON c.code = r.country_code
                WHERE r.article_id = ap.article_id AND r.person_number = ap.number ORDER BY r.start)) AS roles,
            n.joined_to, n.rule, n.confidence
        FROM article_people ap
        LEFT JOIN people p ON p.id = ap.person_id
        LEFT JOIN person_names n ON n.name = ap.name
        WHERE ap.article_id = ? ORDER BY ap.number
        """,
        (number,),
    )


def article_countries(connection: sqlite3.Connection, number: int) -> Rows:
    """The countries of an article, with the words that stand for each."""
    return fetch(
        connection,
        """
        SELECT ac.country_code, c.name, ac.mention_count, ac.dateline_count,
            (SELECT group_concat(text || ' ×' || n, ' · ') FROM (
                SELECT m.text, count(*) AS n FROM mentions m
                WHERE m.article_id = ac.article_id AND m.country_code = ac.country_code
                    AND m.entity = 'country'
                GROUP BY m.text ORDER BY n DESC, m.text)) AS forms
        FROM article_countries ac JOIN countries c ON c.code = ac.country_code
        WHERE ac.article_id = ? ORDER BY ac.mention_count DESC, ac.dateline_count DESC, c.name
        """,
        (number,),
    )


# -- one person -------------------------------------------------------------------------------------


_PERSON_PARTS = {
    "aliases": """
        SELECT alias, mention_count FROM people_aliases
        WHERE person_id = :key ORDER BY mention_count DESC, alias""",
    "roles": """
        SELECT role, country_code, country, mention_count, first_published, last_published
        FROM people_roles_named WHERE person_id = :key ORDER BY mention_count DESC, role, country""",
    "countries": """
        SELECT country_code AS code, country AS name, article_count FROM person_countries_named
        WHERE person_id = :key ORDER BY article_count DESC, name""",
    "people": """
        SELECT other_id AS id, other AS name, article_count FROM person_neighbours
        WHERE person_id = :key ORDER BY article_count DESC, name, id""",
}


def person(connection: sqlite3.Connection, key: int) -> dict[str, Any] | None:
    """A person's columns with aliases, roles, countries and company; None where there is none."""
    rows = fetch(
        connection,
        "SELECT p.*, c.name AS country FROM people p LEFT JOIN countries c ON c.code = p.country_code"
        " WHERE p.id = ?",
        (key,),
    ).dicts()
    if not rows:
        return None
    record = rows[0]
    for part, sql in _PERSON_PARTS.items():
        record[part] = fetch(connection, sql, {"key": key}).dicts()
    return record


_SENTENCES = """
SELECT m.article_id, a.published, a.title, m.field, m.start, m."end", m.text, m.kind, m.rule, m.confidence,
    before.text AS antecedent,
    substr(CASE m.field WHEN 'title' THEN a.title ELSE a.body END,
        m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence, m.sentence_start
FROM mentions m JOIN articles a ON a.id = m.article_id LEFT JOIN mentions before ON before.id = m.antecedent_id
WHERE m.id IN (  -- the few that are shown are chosen before any sentence is cut
    SELECT m.id FROM mentions m JOIN articles a ON a.id = m.article_id
    WHERE m.{column} = :key
    ORDER BY a.published DESC, a.id, m.field DESC, m.start LIMIT :limit)
ORDER BY a.published DESC, a.id, m.field DESC, m.start
"""


def person_mentions(connection: sqlite3.Connection, key: int, limit: int | None = None) -> Rows:
    """A person's mentions with their sentences, latest article first, each article in order."""
    sql = _SENTENCES.format(column="person_id")
    return fetch(connection, sql, {"key": key, "limit": -1 if limit is None else limit})


_PERSON_REASONS = {
    "names": """
        SELECT n.name, n.joined_to, n.rule, n.confidence, count(ap.article_id) AS articles,
            min(ap.article_id) AS first_article
        FROM article_people ap JOIN person_names n ON n.name = ap.name
        WHERE ap.person_id = :key GROUP BY n.name ORDER BY n.joined_to IS NOT NULL, articles DESC, n.name""",
    "articles": """
        SELECT t.article_id, a.published, a.title, t.name, t.shared, t.confidence
        FROM told_apart t JOIN articles a ON a.id = t.article_id
        WHERE t.person_id = :key ORDER BY a.published, t.article_id""",
    "namesakes": """
        SELECT n.other_id AS id, o.label AS namesake, o.article_count AS articles, n.score, n.shared, n.marks,
            back.marks AS marks_of_namesake
        FROM namesakes n JOIN people o ON o.id = n.other_id
        LEFT JOIN namesakes back ON back.person_id = n.other_id AND back.other_id = n.person_id
        WHERE n.person_id = :key ORDER BY n.score DESC, o.article_count DESC, n.other_id""",
    "rules": """
        SELECT m.text AS form, m.kind, before.text AS resolved_by, m.rule, count(*) AS mentions,
            round(min(m.confidence), 2) AS least_confidence, min(m.article_id) AS first_article
        FROM mentions m LEFT JOIN mentions before ON before.id = m.antecedent_id
        WHERE m.person_id = :key GROUP BY m.text, m.kind, before.text, m.rule
        ORDER BY mentions DESC, m.text, m.rule""",
    "roles": """
        SELECT r.role, c.name AS country, r.organisation, r.text, r.rule, count(*) AS claims,
            min(r.article_id) AS first_article
        FROM role_claims r LEFT JOIN countries c ON c.code = r.country_code
        WHERE r.person_id = :key GROUP BY r.role, c.name, r.organisation, r.text, r.rule
        ORDER BY claims DESC, r.role, r.text""",
}


def person_reasons(connection: sqlite3.Connection, key: int) -> dict[str, Rows]:
    """Why the database takes all this for one person, and others of the name for others.

    names: every name that articles use as the person's fullest, what it was joined to, by which rule,
    and in how many articles it stands (one of them as an example). rules: how the mentions were
    found and tied to those names. roles: the words in which articles give the roles. Where several
    people bear the name, articles: which article means this one, and what it shares with his or her other
    articles; namesakes: the others that are most like this one, and what sets the two apart.
    """
    return {part: fetch(connection, sql, {"key": key}) for part, sql in _PERSON_REASONS.items()}


# -- one country ------------------------------------------------------------------------------------


_COUNTRY_PARTS = {
    "forms": """
        SELECT text, kind, count(*) AS mention_count FROM mentions
        WHERE country_code = :code
        GROUP BY text, kind ORDER BY mention_count DESC, text, kind""",
    "roles": """
        SELECT role, person_id, person, mention_count, first_published, last_published
        FROM people_roles_named WHERE country_code = :code ORDER BY mention_count DESC, role, person""",
    "people": """
        SELECT person_id AS id, person AS name, article_count FROM person_countries_named
        WHERE country_code = :code ORDER BY article_count DESC, name, id""",
    "countries": """
        SELECT other_code AS code, other AS name, article_count FROM country_neighbours
        WHERE country_code = :code ORDER BY article_count DESC, name""",
}


def country(connection: sqlite3.Connection, code: str) -> dict[str, Any] | None:
    """A country's columns with its forms, office holders, people and neighbours; None without a row."""
    rows = fetch(connection, "SELECT * FROM countries WHERE code = ?", (code,)).dicts()
    if not rows:
        return None
    record = rows[0]
    for part, sql in _COUNTRY_PARTS.items():
        record[part] = fetch(connection, sql, {"code": code}).dicts()
    return record


def country_mentions(connection: sqlite3.Connection, code: str, limit: int | None = None) -> Rows:
    """A country's mentions with their sentences, latest article first, each article in order."""
    sql = _SENTENCES.format(column="country_code")
    return fetch(connection, sql, {"key": code, "limit": -1 if limit is None else limit})


def country_reasons(connection: sqlite3.Connection, code: str) -> dict[str, Rows]:
    """Why the database counts these mentions for the country: words, place, rule, confidence."""
    return {
        "rules": fetch(
            connection,
            """
            SELECT text AS form, kind, place, rule, count(*) AS mentions,
                round(min(confidence), 2) AS least_confidence, min(article_id) AS first_article
            FROM mentions WHERE country_code = ?
            GROUP BY text, kind, place, rule ORDER BY mentions DESC, text, rule
            """,
            (code,),
        )
    }
