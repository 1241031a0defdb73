"""Questions about articles: which say what."""

from __future__ import annotations

from corpus_db.store.cookbook.declared import Chapter, recipe

SEARCHING = Chapter(
    "Finding articles",
    (
        recipe(
            "person-and-country",
            "Which articles mention both this person and this country?",
            """
SELECT a.id, a.published, a.title, x.mention_count AS person, y.mention_count AS country
FROM people_aliases n
JOIN article_people x ON x.person_id = n.person_id
JOIN article_countries y ON y.article_id = x.article_id AND y.mention_count > 0
JOIN countries c ON c.code = y.country_code
JOIN articles a ON a.id = x.article_id
WHERE n.alias = :person AND c.name = :country
ORDER BY a.published, a.id
""",
            note="`people_aliases` finds a person by any form of the name. `mention_count > 0` leaves out countries "
            "that only the dateline names.",
            person="Xi Jinping",
            country="Peru",
        ),
        recipe(
            "two-people",
            "Which articles mention both of these people?",
            """
SELECT a.id, a.published, a.title
FROM article_people x
JOIN article_people y ON y.article_id = x.article_id
JOIN people p ON p.id = x.person_id
JOIN people q ON q.id = y.person_id
JOIN articles a ON a.id = x.article_id
WHERE p.name = :person AND q.name = :other
ORDER BY a.published, a.id
""",
            person="Xi Jinping",
            other="Lenin Moreno",
        ),
        recipe(
            "words",
            "Which articles contain these words, the best matches first?",
            """
SELECT a.id, a.published, a.title,
       snippet(articles_fts, 1, '»', '«', ' … ', 12) AS passage
FROM articles_fts
JOIN articles a ON a.id = articles_fts.rowid
WHERE articles_fts MATCH :words
ORDER BY bm25(articles_fts, 4.0, 1.0)
LIMIT 20
""",
            note="Words are compared by their stems and without accents. FTS5 has its own syntax: put what contains "
            'a sign into double quotes (`"covid-19"`), a phrase too; `AND`, `OR`, `NOT` and `word*` work.',
            words='"covid-19" AND vaccine',
        ),
        recipe(
            "words-about-country",
            "Which articles about this country contain these words?",
            """
SELECT a.id, a.published, a.title, y.mention_count AS mentions_of_country
FROM articles_fts
JOIN articles a ON a.id = articles_fts.rowid
JOIN article_countries y ON y.article_id = a.id AND y.mention_count > 0
WHERE articles_fts MATCH :words AND y.country_code = :code
ORDER BY y.mention_count DESC, a.id
""",
            words="cooperation",
            code="EC",
        ),
        recipe(
            "between-dates",
            "What was published between two dates?",
            """
SELECT id, published, title, agency, publisher
FROM articles
WHERE published >= :first AND published < :last
ORDER BY published, id
""",
            note="Dates are text as precise as the source gave them and no more: `2020-06` is before `2020-06-01`. "
            "Put the end one step later than the last day that counts.",
            first="2020-01-01",
            last="2021-01-01",
        ),
    ),
)
