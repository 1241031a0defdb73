"""Questions about countries and places."""

from __future__ import annotations

from corpus_db.store.cookbook.declared import Chapter, recipe

COUNTRIES = Chapter(
    "Countries and places",
    (
        recipe(
            "most-mentioned",
            "Which countries are mentioned most, and how much of it is datelines?",
            """
SELECT name, article_count, mention_count, dateline_count
FROM countries
WHERE mention_count > 0
ORDER BY article_count DESC, mention_count DESC
""",
            note="A dateline tells where an agency sits, not what an article is about: `article_count` does not "
            "count it.",
        ),
        recipe(
            "outlet-by-month",
            "Which countries does this outlet write about, month by month?",
            """
SELECT substr(a.published, 1, 7) AS month, c.name AS country, count(*) AS articles
FROM articles a
JOIN article_countries x ON x.article_id = a.id AND x.mention_count > 0
JOIN countries c ON c.code = x.country_code
WHERE a.agency = :agency
GROUP BY month, c.code
ORDER BY month, articles DESC, country
""",
            note="The same with `a.publisher` for a newspaper; the view `countries_by_publisher` has the totals.",
            agency="Xinhua",
        ),
        recipe(
            "attention",
            "How does the attention to a country change over time?",
            """
SELECT month, article_count, mention_count
FROM articles_by_country_month
WHERE country_code = :code
ORDER BY month
""",
            code="EC",
        ),
        recipe(
            "together-by-year",
            "Which countries are written about together with this one, year by year?",
            """
SELECT year, other, article_count
FROM country_pairs_by_year
WHERE country_code = :code
ORDER BY year, article_count DESC, other
""",
            code="CN",
        ),
        recipe(
            "how-named",
            "In which words is a country spoken of?",
            """
SELECT kind, text, count(*) AS mentions
FROM mentions
WHERE country_code = :code
GROUP BY kind, text
ORDER BY mentions DESC, text
""",
            code="EC",
        ),
        recipe(
            "places",
            "Which places in a country are mentioned?",
            """
SELECT place, kind, region, mention_count, article_count
FROM places_by_country
WHERE country_code = :code
ORDER BY mention_count DESC, place
""",
            code="CN",
        ),
        recipe(
            "map",
            "Where are the places that the articles mention? (rows for a map)",
            """
SELECT p.name, p.region, c.name AS country, p.latitude, p.longitude, p.article_count
FROM places p
JOIN countries c ON c.code = p.country_code
WHERE p.article_count > 0 AND p.latitude IS NOT NULL
ORDER BY p.article_count DESC, p.name
""",
        ),
        recipe(
            "people-and-countries",
            "Which people are mentioned together with a country?",
            """
SELECT person, article_count
FROM person_countries_named
WHERE country = :country
ORDER BY article_count DESC, person
""",
            country="Peru",
        ),
        recipe(
            "only-in-passing",
            "Which articles name a country only once?",
            """
SELECT x.article_id, x.title, x.published, m.sentence
FROM article_countries_named x
JOIN mentions_in_context m ON m.article_id = x.article_id AND m.country_code = x.country_code
WHERE x.country_code = :code AND x.mention_count = 1 AND m.kind <> 'dateline'
ORDER BY x.published, x.article_id
""",
            code="PE",
            answers_on_seeds=False,
        ),
    ),
)
