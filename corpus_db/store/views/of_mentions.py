"""Views of single mentions: of people, countries and dates, and what is not resolved."""

from __future__ import annotations

from corpus_db.store.views.declared import ARTICLE, view

MENTIONS_IN_CONTEXT = view(
    "mentions_in_context",
    "Every mention with its sentence, its article's title and date, and the name of its person or country.",
    {
        "id": "The mention.",
        **ARTICLE,
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

UNRESOLVED_MENTIONS = view(
    "unresolved_mentions",
    "Mentions of persons and countries that could not be told: found, and left open rather than guessed.",
    {
        "id": "The mention.",
        **ARTICLE,
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

DATELINES = view(
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

DATES_IN_CONTEXT = view(
    "dates_in_context",
    "Every date that articles give in words, with its sentence: filter by value to see what they say of a day.",
    {
        "id": "The expression.",
        **ARTICLE,
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
