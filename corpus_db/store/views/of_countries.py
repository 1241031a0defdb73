"""Views of countries and places."""

from __future__ import annotations

from corpus_db.store.views.declared import ARTICLE, view

ARTICLE_COUNTRIES_NAMED = view(
    "article_countries_named",
    "Which country appears in which article, with the article's title and date; datelines counted apart.",
    {
        **ARTICLE,
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

COUNTRY_NEIGHBOURS = view(
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

ARTICLES_BY_COUNTRY_MONTH = view(
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

COUNTRIES_BY_PUBLISHER = view(
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

COUNTRY_PAIRS_BY_YEAR = view(
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

PLACES_BY_COUNTRY = view(
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
