"""Views of articles: their dates, copies and stories, and the problems of an import."""

from __future__ import annotations

from corpus_db.store.views.declared import ARTICLE, view

ARTICLE_DATES = view(
    "article_dates",
    "Every date that an article gives for itself: the one in published, and those that rival it.",
    {
        **ARTICLE,
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

COPIES = view(
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

STORY_ARTICLES_NAMED = view(
    "story_articles_named",
    "Which articles tell the same story: filter by story_id, or by story_article_count > 1 for what was told more than once.",
    {
        "story_id": "The story.",
        "story": "Title of its fullest article.",
        "story_article_count": "Articles that tell it.",
        **ARTICLE,
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

STORIES_BY_COUNTRY_MONTH = view(
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

STORIES_BY_PERSON_MONTH = view(
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

PROBLEMS = view(
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
