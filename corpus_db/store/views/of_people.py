"""Views of people: where they are named, with whom, their roles, and why they are one or two."""

from __future__ import annotations

from corpus_db.store.views.declared import ARTICLE, view

ARTICLE_PEOPLE_NAMED = view(
    "article_people_named",
    "Who appears in which article: the persons of each article with the article's title and date.",
    {
        **ARTICLE,
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

PERSON_NEIGHBOURS = view(
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

PERSON_COUNTRIES_NAMED = view(
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

ROLES_OVER_TIME = view(
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

PEOPLE_ROLES_NAMED = view(
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

ARTICLES_BY_PERSON_MONTH = view(
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

PERSON_EVIDENCE = view(
    "person_evidence",
    "Why an article's person is that person of the corpus: the name it uses, what joined that name, and, where several people bear it, what tells which. Filter by person_id.",
    {
        "person_id": "The person.",
        "person": "Name of the person, with a description where several bear it.",
        **ARTICLE,
        "name": "The fullest name that the article gives the person.",
        "joined_to": "The person's other name that this one was joined to.",
        "rule": "The rule that joined it; own-name: nothing did, it makes the person; several-people: told apart article by article.",
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

NAMESAKES_NAMED = view(
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
