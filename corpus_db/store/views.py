"""The views: the joins that people would otherwise write, declared as data.

A view is part of the public interface as a table is: its columns have descriptions, which
`docs/schema.md` and Datasette show, and are never renamed. Three rules keep them usable:

* Every view answers a lookup (one person, one country, one article) through indexes, also under
  Datasette's limit of one second on a million mentions. Those that sum over everything say so.
* Joins that only decorate a row are LEFT JOINs over a key: no row disappears for want of a name,
  SQLite leaves out those whose columns a SELECT does not ask for, and begins with one of them
  where a filter on its columns makes that cheaper (`WHERE person = 'Ana Torres'`).
* Datelines are kept apart in whatever is about countries: they tell where an agency sits, not
  what an article is about. Mentions whose person or country is unknown stay visible.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """One column of a view and what it means."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class View:
    """One view. `facets` are columns by which Datasette may count its rows fast enough."""

    name: str
    description: str
    columns: tuple[ViewColumn, ...]
    sql: str
    facets: tuple[str, ...] = ()


def _view(
    name: str,
    description: str,
    columns: dict[str, str],
    sql: str,
    facets: tuple[str, ...] = (),
) -> View:
    """A view from plain values; the columns stand in the order of the SELECT."""
    declared = tuple(ViewColumn(column, text) for column, text in columns.items())
    return View(name, description, declared, sql.strip("\n"), facets)


_ARTICLE = {"article_id": "The article.", "title": "Its title.", "published": "Its date of publication."}

MENTIONS_IN_CONTEXT = _view(
    "mentions_in_context",
    "Every mention with its sentence, its article's title and date, and the name of its person or country.",
    {
        "id": "The mention.",
        **_ARTICLE,
        "publisher": "Who published the article.",
        "agency": "The news agency it comes from.",
        "entity": "What it is a mention of: person or country.",
        "kind": "Person: name or role. Country: name, demonym, place, dateline.",
        "text": "The words as they stand.",
        "person_id": "The person; NULL where it could not be told who.",
        "person": "Name of the person.",
        "country_code": "The country; NULL where it could not be told which.",
        "country": "Name of the country.",
        "place": "Usual name of the place, for kinds place and dateline.",
        "sentence": "The sentence in which it stands.",
        "antecedent": "The words of the mention it was resolved by.",
        "rule": "What found the mention and tied it to its person or country.",
        "confidence": "How sure, 0 to 1.",
        "field": "Where in the article: title or body.",
        "start": "First character of the mention in that field, counted from 0.",
    },
    """
SELECT m.id, m.article_id, a.title, a.published, a.publisher, a.agency, m.entity, m.kind, m.text,
       m.person_id, p.name AS person, m.country_code, c.name AS country, m.place,
       substr(CASE m.field WHEN 'title' THEN a.title ELSE a.body END,
              m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence,
       b.text AS antecedent, m.rule, m.confidence, m.field, m.start
FROM mentions m
LEFT JOIN articles a ON a.id = m.article_id
LEFT JOIN people p ON p.id = m.person_id
LEFT JOIN countries c ON c.code = m.country_code
LEFT JOIN mentions b ON b.id = m.antecedent_id
""",
    facets=("entity", "kind"),
)

UNRESOLVED_MENTIONS = _view(
    "unresolved_mentions",
    "Mentions of persons and countries that could not be told: found, and left open rather than guessed.",
    {
        "id": "The mention.",
        **_ARTICLE,
        "entity": "What it is a mention of: person or country.",
        "kind": "name, role, demonym or place.",
        "text": "The words as they stand.",
        "sentence": "The sentence in which it stands.",
        "rule": "What found the mention.",
    },
    """
SELECT m.id, m.article_id, a.title, a.published, m.entity, m.kind, m.text,
       substr(CASE m.field WHEN 'title' THEN a.title ELSE a.body END,
              m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence,
       m.rule
FROM mentions m
LEFT JOIN articles a ON a.id = m.article_id
WHERE m.person_id IS NULL AND m.country_code IS NULL
""",
)

ARTICLE_PEOPLE_NAMED = _view(
    "article_people_named",
    "Who appears in which article: the persons of each article with the article's title and date.",
    {
        **_ARTICLE,
        "publisher": "Who published the article.",
        "person_id": "The person; NULL where it could not be told who.",
        "person": "The person's name; the name in the article where it could not be told who.",
        "name_in_article": "The fullest name that this article gives the person.",
        "mention_count": "Mentions by name or by role in the article.",
    },
    """
SELECT x.article_id, a.title, a.published, a.publisher, x.person_id, coalesce(p.name, x.name) AS person,
       x.name AS name_in_article, x.mention_count
FROM article_people x
LEFT JOIN articles a ON a.id = x.article_id
LEFT JOIN people p ON p.id = x.person_id
""",
)

ARTICLE_COUNTRIES_NAMED = _view(
    "article_countries_named",
    "Which country appears in which article, with the article's title and date; datelines counted apart.",
    {
        **_ARTICLE,
        "publisher": "Who published the article.",
        "country_code": "The country.",
        "country": "Its name.",
        "mention_count": "Mentions outside the dateline; 0 where the dateline alone names it.",
        "dateline_count": "Mentions in the dateline.",
    },
    """
SELECT x.article_id, a.title, a.published, a.publisher, x.country_code, c.name AS country,
       x.mention_count, x.dateline_count
FROM article_countries x
LEFT JOIN articles a ON a.id = x.article_id
LEFT JOIN countries c ON c.code = x.country_code
""",
)

PERSON_NEIGHBOURS = _view(
    "person_neighbours",
    "Who is mentioned together with whom, in both directions: filter by person_id to see one person's company.",
    {
        "person_id": "The person.",
        "person": "Name of the person.",
        "other_id": "Someone mentioned in the same articles.",
        "other": "Name of the other.",
        "article_count": "Articles that mention both.",
    },
    """
SELECT x.person_id, p.name AS person, x.other_id, o.name AS other, x.article_count
FROM person_pairs x
LEFT JOIN people p ON p.id = x.person_id
LEFT JOIN people o ON o.id = x.other_id
UNION ALL
SELECT x.other_id, p.name, x.person_id, o.name, x.article_count
FROM person_pairs x
LEFT JOIN people p ON p.id = x.other_id
LEFT JOIN people o ON o.id = x.person_id
""",
)

COUNTRY_NEIGHBOURS = _view(
    "country_neighbours",
    "Which countries are mentioned together, in both directions: filter by country_code.",
    {
        "country_code": "The country.",
        "country": "Name of the country.",
        "other_code": "A country mentioned in the same articles.",
        "other": "Name of the other.",
        "article_count": "Articles that mention both (datelines do not count).",
    },
    """
SELECT x.country_code, c.name AS country, x.other_code, o.name AS other, x.article_count
FROM country_pairs x
LEFT JOIN countries c ON c.code = x.country_code
LEFT JOIN countries o ON o.code = x.other_code
UNION ALL
SELECT x.other_code, c.name, x.country_code, o.name, x.article_count
FROM country_pairs x
LEFT JOIN countries c ON c.code = x.other_code
LEFT JOIN countries o ON o.code = x.country_code
""",
)

PERSON_COUNTRIES_NAMED = _view(
    "person_countries_named",
    "Which people are mentioned together with which countries, by name.",
    {
        "person_id": "The person.",
        "person": "Name of the person.",
        "country_code": "The country.",
        "country": "Name of the country.",
        "article_count": "Articles that mention both (datelines do not count).",
    },
    """
SELECT x.person_id, p.name AS person, x.country_code, c.name AS country, x.article_count
FROM person_countries x
LEFT JOIN people p ON p.id = x.person_id
LEFT JOIN countries c ON c.code = x.country_code
""",
)

ROLES_OVER_TIME = _view(
    "roles_over_time",
    "Every place where an article gives a person a role, with the sentence that does: who was called what, and when.",
    {
        "id": "The role claim.",
        "person_id": "The person; NULL where it could not be told who.",
        "person": "Name of the person; the name in the article where it could not be told who.",
        "role": "The role (President, Mayor …).",
        "country_code": "The country that goes with it, as this article states it.",
        "country": "Name of the country.",
        "organisation": "The organisation that goes with it.",
        "published": "Date of publication of the article.",
        "article_id": "The article.",
        "title": "Its title.",
        "words": "The words of the role as they stand.",
        "sentence": "The sentence in which they stand.",
    },
    """
SELECT r.id, r.person_id, coalesce(p.name, x.name) AS person, r.role, r.country_code, c.name AS country,
       r.organisation, a.published, r.article_id, a.title, r.text AS words,
       substr(CASE r.field WHEN 'title' THEN a.title ELSE a.body END,
              min(coalesce(m.sentence_start, r.start), r.start) + 1,
              max(coalesce(m.sentence_end, r."end"), r."end")
              - min(coalesce(m.sentence_start, r.start), r.start)) AS sentence
FROM role_claims r
LEFT JOIN articles a ON a.id = r.article_id
LEFT JOIN people p ON p.id = r.person_id
LEFT JOIN article_people x ON x.article_id = r.article_id AND x.number = r.person_number
LEFT JOIN countries c ON c.code = r.country_code
LEFT JOIN mentions m ON m.id = r.mention_id
""",
)

PEOPLE_ROLES_NAMED = _view(
    "people_roles_named",
    "The roles of each person with the time in which articles state them, by name.",
    {
        "person_id": "The person.",
        "person": "Name of the person.",
        "role": "The role.",
        "country_code": "The country that goes with it.",
        "country": "Name of the country.",
        "mention_count": "How often it is stated.",
        "first_published": "Date of the first article that states it.",
        "last_published": "Date of the last article that states it.",
    },
    """
SELECT r.person_id, p.name AS person, r.role, r.country_code, c.name AS country, r.mention_count,
       r.first_published, r.last_published
FROM people_roles r
LEFT JOIN people p ON p.id = r.person_id
LEFT JOIN countries c ON c.code = r.country_code
""",
)

ARTICLES_BY_COUNTRY_MONTH = _view(
    "articles_by_country_month",
    "How many articles mention a country, month by month (datelines do not count).",
    {
        "country_code": "The country.",
        "country": "Its name.",
        "month": "Month of publication (2020-06); the year where the source gives no month; NULL without a date.",
        "article_count": "Articles with a mention outside the dateline.",
        "mention_count": "Such mentions.",
    },
    """
SELECT x.country_code, c.name AS country, x.month, count(*) AS article_count,
       sum(x.mention_count) AS mention_count
FROM article_countries x
LEFT JOIN countries c ON c.code = x.country_code
WHERE x.mention_count > 0
GROUP BY x.country_code, x.month
""",
)

ARTICLES_BY_PERSON_MONTH = _view(
    "articles_by_person_month",
    "How many articles mention a person, month by month.",
    {
        "person_id": "The person.",
        "person": "Name of the person.",
        "month": "Month of publication (2020-06); the year where the source gives no month; NULL without a date.",
        "article_count": "Articles with a mention.",
        "mention_count": "Mentions by name or by role.",
    },
    """
SELECT x.person_id, p.name AS person, x.month, count(DISTINCT x.article_id) AS article_count,
       sum(x.mention_count) AS mention_count
FROM article_people x
LEFT JOIN people p ON p.id = x.person_id
WHERE x.person_id IS NOT NULL
GROUP BY x.person_id, x.month
""",
)

COUNTRIES_BY_PUBLISHER = _view(
    "countries_by_publisher",
    "Which countries each publisher writes about (datelines do not count). Filter by publisher in a large corpus.",
    {
        "publisher": "Who published; NULL where the source does not say.",
        "country_code": "The country.",
        "country": "Its name.",
        "article_count": "Articles of the publisher with a mention outside the dateline.",
        "mention_count": "Such mentions.",
    },
    """
SELECT a.publisher, x.country_code, c.name AS country, count(*) AS article_count,
       sum(x.mention_count) AS mention_count
FROM article_countries x
JOIN articles a ON a.id = x.article_id
JOIN countries c ON c.code = x.country_code
WHERE x.mention_count > 0
GROUP BY a.publisher, x.country_code
""",
)

COUNTRY_PAIRS_BY_YEAR = _view(
    "country_pairs_by_year",
    "How many articles mention two countries together, year by year (both directions; datelines do not count). Filter by country_code in a large corpus.",
    {
        "country_code": "The one country.",
        "country": "Its name.",
        "other_code": "The other.",
        "other": "Its name.",
        "year": "Year of publication; NULL without a date.",
        "article_count": "Articles that mention both.",
    },
    """
SELECT x.country_code, c.name AS country, y.country_code AS other_code, o.name AS other,
       CAST(substr(x.month, 1, 4) AS INTEGER) AS year, count(*) AS article_count
FROM article_countries x
JOIN article_countries y ON y.article_id = x.article_id AND y.country_code <> x.country_code
LEFT JOIN countries c ON c.code = x.country_code
LEFT JOIN countries o ON o.code = y.country_code
WHERE x.mention_count > 0 AND y.mention_count > 0
GROUP BY x.country_code, y.country_code, substr(x.month, 1, 4)
""",
)

PLACES_BY_COUNTRY = _view(
    "places_by_country",
    "The places that are mentioned, each with its country and counts (datelines do not count).",
    {
        "country_code": "The country.",
        "country": "Its name.",
        "place_id": "Number of the place.",
        "place": "Usual name of the place.",
        "kind": "city, division, district, region or landmark.",
        "region": "First-level division that it lies in.",
        "mention_count": "Mentions.",
        "article_count": "Articles with a mention.",
    },
    """
SELECT p.country_code, c.name AS country, p.id AS place_id, p.name AS place, p.kind, p.region,
       p.mention_count, p.article_count
FROM places p
LEFT JOIN countries c ON c.code = p.country_code
WHERE p.mention_count > 0
""",
)

DATELINES = _view(
    "datelines",
    "Where articles were filed from: each dateline place with its country and the agency.",
    {
        "dateline_place": "Usual name of the place.",
        "country_code": "Its country.",
        "country": "Name of the country.",
        "agency": "The news agency; NULL where none is named.",
        "article_count": "Articles.",
        "first_published": "Date of the first.",
        "last_published": "Date of the last.",
    },
    """
SELECT a.dateline_place, a.dateline_country AS country_code, c.name AS country, a.agency,
       count(*) AS article_count, min(a.published) AS first_published, max(a.published) AS last_published
FROM articles a
LEFT JOIN countries c ON c.code = a.dateline_country
WHERE a.dateline IS NOT NULL
GROUP BY a.dateline_country, a.dateline_place, a.agency
""",
)

COPIES = _view(
    "copies",
    "Further copies of articles that the corpus holds once: where each was found, and what it says of itself.",
    {
        "document_id": "The document that repeats the article.",
        "article_id": "The article.",
        "title": "Its title.",
        "published": "Its date of publication.",
        "path": "File of the copy.",
        "part": "Which piece of the file.",
        "url": "Web address that the copy gives.",
        "publisher": "Publisher that the copy gives.",
        "external_id": "Number or key that the copy gives.",
        "article_path": "File of the article.",
        "article_url": "Web address of the article.",
        "article_publisher": "Publisher of the article.",
    },
    """
SELECT d.id AS document_id, d.article_id, a.title, a.published, d.path, d.part,
       json_extract(d.metadata, '$.url') AS url,
       json_extract(d.metadata, '$.publisher') AS publisher,
       json_extract(d.metadata, '$.external_id') AS external_id,
       o.path AS article_path, a.url AS article_url, a.publisher AS article_publisher
FROM documents d
JOIN articles a ON a.id = d.article_id
LEFT JOIN documents o ON o.id = a.document_id
WHERE d.outcome = 'duplicate'
""",
)

ARTICLE_DATES = _view(
    "article_dates",
    "Every date that an article gives for itself: the one in published, and those that rival it.",
    {
        **_ARTICLE,
        "value": "The date, ISO 8601, as precise as it is given.",
        "origin": "Where it stands: header, trailer, dateline, url, filename.",
        "label": "The words before it, where it has a label of its own (updated, load date).",
        "is_published": "1: the one in published; 0: a rival.",
    },
    """
SELECT a.id AS article_id, a.title, a.published, a.published AS value, a.published_origin AS origin,
       NULL AS label, 1 AS is_published
FROM articles a WHERE a.published IS NOT NULL
UNION ALL
SELECT a.id, a.title, a.published, a.dateline_date, 'dateline', NULL, 0
FROM articles a WHERE a.dateline_date IS NOT NULL AND a.published_origin IS NOT 'dateline'
UNION ALL
SELECT a.id, a.title, a.published, json_extract(d.value, '$.value'), json_extract(d.value, '$.origin'),
       json_extract(d.value, '$.label'), 0
FROM articles a JOIN json_each(a.metadata, '$.other_dates') d
""",
)

PROBLEMS = _view(
    "problems",
    "Pieces of input that did not become articles, each with its reason. Copies are in the view copies; archives are left out where all that is in them was read.",
    {
        "document_id": "The piece.",
        "path": "Path of the input file.",
        "part": "Which piece of the file; NULL where the file is one piece.",
        "bytes": "How many bytes of the file it has.",
        "outcome": "empty or rejected.",
        "reason": "Why.",
    },
    """
SELECT d.id AS document_id, d.path, d.part, d.byte_end - d.byte_start AS bytes, d.outcome, d.reason
FROM documents d
WHERE d.outcome IN ('empty', 'rejected')
  AND NOT (d.outcome = 'empty' AND d.part IS NULL AND EXISTS (SELECT 1 FROM files f WHERE f.container_id = d.file_id))
""",
    facets=("outcome",),
)

DATES_IN_CONTEXT = _view(
    "dates_in_context",
    "Every date that articles give in words, with its sentence: filter by value to see what they say of a day.",
    {
        "id": "The expression.",
        **_ARTICLE,
        "value": "The date, ISO 8601; NULL where it is not clear which is meant.",
        "precision": "What the words name: day, weekend, week, month or year.",
        "text": "The words as they stand.",
        "sentence": "The sentence in which they stand.",
        "anchor": "The date it was counted from: dateline or published.",
        "rule": "How it was read.",
        "field": "Where in the article: title or body.",
        "start": "First character of the words in that field, counted from 0.",
    },
    """
SELECT d.id, d.article_id, a.title, a.published, d.value, d.precision, d.text,
       substr(CASE d.field WHEN 'title' THEN a.title ELSE a.body END,
              d.sentence_start + 1, d.sentence_end - d.sentence_start) AS sentence,
       d.anchor, d.rule, d.field, d.start
FROM dates d
LEFT JOIN articles a ON a.id = d.article_id
""",
    facets=("precision",),
)

STORY_ARTICLES_NAMED = _view(
    "story_articles_named",
    "Which articles tell the same story: filter by story_id, or by story_article_count > 1 for what was told more than once.",
    {
        "story_id": "The story.",
        "story": "Title of its fullest article.",
        "story_article_count": "Articles that tell it.",
        **_ARTICLE,
        "publisher": "Who published the article.",
        "agency": "The news agency it comes from.",
        "is_head": "1: the story's fullest article; 0: another.",
        "similarity": "Share of the runs of three words in the article or the head that both have; 1 for the head.",
        "share_in_head": "Share of the article's own runs of three words that the head has too.",
    },
    """
SELECT x.story_id, s.title AS story, s.article_count AS story_article_count, x.article_id, a.title,
       a.published, a.publisher, a.agency, s.head_article_id = x.article_id AS is_head, x.similarity,
       x.share_in_head
FROM story_articles x
JOIN stories s ON s.id = x.story_id
LEFT JOIN articles a ON a.id = x.article_id
""",
)

STORIES_BY_COUNTRY_MONTH = _view(
    "stories_by_country_month",
    "How many stories mention a country, month by month, however often each was printed (datelines do not count).",
    {
        "country_code": "The country.",
        "country": "Its name.",
        "month": "Month of publication (2020-06); the year where the source gives no month; NULL without a date.",
        "story_count": "Stories with an article that mentions it.",
        "article_count": "Articles that mention it.",
    },
    """
SELECT x.country_code, c.name AS country, x.month, count(DISTINCT s.story_id) AS story_count,
       count(*) AS article_count
FROM article_countries x
LEFT JOIN story_articles s ON s.article_id = x.article_id
LEFT JOIN countries c ON c.code = x.country_code
WHERE x.mention_count > 0
GROUP BY x.country_code, x.month
""",
)

STORIES_BY_PERSON_MONTH = _view(
    "stories_by_person_month",
    "How many stories mention a person, month by month, however often each was printed.",
    {
        "person_id": "The person.",
        "person": "Name of the person.",
        "month": "Month of publication (2020-06); the year where the source gives no month; NULL without a date.",
        "story_count": "Stories with an article that mentions the person.",
        "article_count": "Articles that mention the person.",
    },
    """
SELECT x.person_id, p.name AS person, x.month, count(DISTINCT s.story_id) AS story_count,
       count(DISTINCT x.article_id) AS article_count
FROM article_people x
LEFT JOIN story_articles s ON s.article_id = x.article_id
LEFT JOIN people p ON p.id = x.person_id
WHERE x.person_id IS NOT NULL
GROUP BY x.person_id, x.month
""",
)

PERSON_EVIDENCE = _view(
    "person_evidence",
    "Why an article's person is that person of the corpus: the name it uses, what joined that name, and, where several people bear it, what tells which. Filter by person_id.",
    {
        "person_id": "The person.",
        "person": "Name of the person, with a description where several bear it.",
        **_ARTICLE,
        "name": "The fullest name that the article gives the person.",
        "joined_to": "The person's other name that this one was joined to.",
        "rule": "The rule that joined it; founds: the person's first; several-people: told apart article by article.",
        "shared": "Where several people bear the name: what the article shares with the person's other articles.",
        "confidence": "How sure, 0 to 1.",
        "mention_count": "Mentions in the article.",
    },
    """
SELECT x.person_id, p.label AS person, x.article_id, a.title, a.published, x.name, n.joined_to, n.rule,
       t.shared, coalesce(t.confidence, n.confidence) AS confidence, x.mention_count
FROM article_people x
LEFT JOIN people p ON p.id = x.person_id
LEFT JOIN articles a ON a.id = x.article_id
LEFT JOIN person_names n ON n.name = x.name
LEFT JOIN told_apart t ON t.article_id = x.article_id AND t.number = x.number
WHERE x.person_id IS NOT NULL
""",
)

NAMESAKES_NAMED = _view(
    "namesakes_named",
    "People of one name, in pairs, and what sets them apart.",
    {
        "name": "The name that both bear.",
        "person_id": "The one person.",
        "description": "What tells the one from others of the name.",
        "other_id": "The other.",
        "other_description": "What tells the other.",
        "marks": "What stands near the name only in the articles of the one.",
        "other_marks": "What stands near it only in the articles of the other.",
        "shared": "What stands near it in the articles of both.",
        "score": "How much speaks for one person, as a logarithm of odds; above 0 they would be one.",
    },
    """
SELECT x.name, x.person_id, p.description, x.other_id, o.description AS other_description, x.marks,
       b.marks AS other_marks, x.shared, x.score
FROM namesakes x
LEFT JOIN people p ON p.id = x.person_id
LEFT JOIN people o ON o.id = x.other_id
LEFT JOIN namesakes b ON b.person_id = x.other_id AND b.other_id = x.person_id
""",
)

VIEWS: tuple[View, ...] = (
    MENTIONS_IN_CONTEXT, UNRESOLVED_MENTIONS, ARTICLE_PEOPLE_NAMED, ARTICLE_COUNTRIES_NAMED,
    PERSON_NEIGHBOURS, COUNTRY_NEIGHBOURS, PERSON_COUNTRIES_NAMED, ROLES_OVER_TIME, PEOPLE_ROLES_NAMED,
    ARTICLES_BY_COUNTRY_MONTH, ARTICLES_BY_PERSON_MONTH, COUNTRIES_BY_PUBLISHER, COUNTRY_PAIRS_BY_YEAR,
    PLACES_BY_COUNTRY, PERSON_EVIDENCE, NAMESAKES_NAMED, DATELINES, ARTICLE_DATES, DATES_IN_CONTEXT,
    STORY_ARTICLES_NAMED, STORIES_BY_COUNTRY_MONTH, STORIES_BY_PERSON_MONTH, COPIES, PROBLEMS,
)  # fmt: skip
BY_NAME = {view.name: view for view in VIEWS}
