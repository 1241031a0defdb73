"""Questions that a researcher would ask, with the SQL that answers them.

Written to be read and changed: plain joins over the public tables and views, named parameters, no
function that only this program has, so that each runs wherever SQLite does. `docs/cookbook.md` is
made from here, with what each answers on the articles in `seeds/`; a test runs every one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """One question. `values` are parameters of `sql` with values that give an answer on the seeds."""

    name: str
    question: str
    sql: str
    values: Mapping[str, str | int]
    note: str = ""  # what to know when changing it
    answers_on_seeds: bool = True


def _recipe(
    name: str,
    question: str,
    sql: str,
    note: str = "",
    answers_on_seeds: bool = True,
    **values: str | int,
) -> Recipe:
    return Recipe(name, question, sql.strip("\n"), values, note, answers_on_seeds)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Recipes that belong together."""

    title: str
    recipes: tuple[Recipe, ...]


SEARCHING = Chapter(
    "Finding articles",
    (
        _recipe(
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
        _recipe(
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
        _recipe(
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
        _recipe(
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
        _recipe(
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

PEOPLE = Chapter(
    "People",
    (
        _recipe(
            "sentences",
            "What is said of this person, sentence by sentence?",
            """
SELECT published, text, sentence, article_id
FROM mentions_in_context
WHERE person = :person
ORDER BY published, article_id, field DESC, start
""",
            person="Lenin Moreno",
        ),
        _recipe(
            "together",
            "Who is mentioned together with this person?",
            """
SELECT n.other, n.article_count, o.role, o.country_code
FROM people p
JOIN person_neighbours n ON n.person_id = p.id
JOIN people o ON o.id = n.other_id
WHERE p.name = :person
ORDER BY n.article_count DESC, n.other
""",
            person="Xi Jinping",
        ),
        _recipe(
            "names",
            "Under which names does this person appear?",
            """
SELECT n.alias, n.mention_count
FROM people p
JOIN people_aliases n ON n.person_id = p.id
WHERE p.name = :person
ORDER BY n.mention_count DESC, n.alias
""",
            person="Xi Jinping",
        ),
        _recipe(
            "why-one-person",
            "Why were different names taken for one person?",
            """
SELECT n.name, n.joined_to, n.rule, n.confidence
FROM people p
JOIN person_names n ON n.person_id = p.id
WHERE p.name = :person
ORDER BY n.joined_to IS NOT NULL, n.name
""",
            note="`person_names` holds each name that some article uses as a person's fullest; shorter forms within "
            "an article are tied to it by `mentions.antecedent_id`.",
            person="Xi Jinping",
        ),
        _recipe(
            "sentence-with-both",
            "In which sentences do this person and this country stand together?",
            """
SELECT DISTINCT m.published, m.sentence, m.article_id
FROM people p
JOIN mentions x ON x.person_id = p.id
JOIN mentions y ON y.article_id = x.article_id AND y.field = x.field
               AND y.sentence_start = x.sentence_start
JOIN mentions_in_context m ON m.id = x.id
WHERE p.name = :person AND y.country_code = :code AND y.kind <> 'dateline'
ORDER BY m.published, m.article_id
""",
            person="Xi Jinping",
            code="PE",
        ),
        _recipe(
            "role-mentions",
            "Whom do descriptions like “the Chinese president” stand for?",
            """
SELECT text, person, antecedent, sentence
FROM mentions_in_context
WHERE entity = 'person' AND kind = 'role'
ORDER BY person IS NULL, person, id
""",
            note="Where it could not be told, `person` is NULL; nothing is guessed.",
        ),
        _recipe(
            "first-appearance",
            "Who appears for the first time in which year?",
            """
SELECT substr(first_published, 1, 4) AS year, count(*) AS people,
       group_concat(name, ', ') AS names
FROM (SELECT first_published, name FROM people ORDER BY mention_count DESC, name)
GROUP BY year
ORDER BY year
""",
        ),
        _recipe(
            "topic-people",
            "Who appears in articles about a topic?",
            """
SELECT p.name, p.role, p.country_code, count(*) AS articles
FROM articles_fts
JOIN article_people x ON x.article_id = articles_fts.rowid
JOIN people p ON p.id = x.person_id
WHERE articles_fts MATCH :words
GROUP BY p.id
ORDER BY articles DESC, p.name
LIMIT 50
""",
            words="trade",
        ),
    ),
)

ROLES = Chapter(
    "Roles",
    (
        _recipe(
            "who-was",
            "Who was called President of Ecuador, and when?",
            """
SELECT person, mention_count, first_published, last_published
FROM people_roles_named
WHERE role = :role AND country = :country
ORDER BY first_published, person
""",
            note="The dates are those of the articles that say so, not of the term of office.",
            role="President",
            country="Ecuador",
        ),
        _recipe(
            "role-evidence",
            "Where does it say so?",
            """
SELECT published, person, words, sentence, article_id
FROM roles_over_time
WHERE role = :role AND country_code = :code
ORDER BY published, article_id, id
""",
            role="President",
            code="EC",
        ),
        _recipe(
            "several-roles",
            "Whose roles changed, or are given in more than one way?",
            """
SELECT person, group_concat(role || coalesce(' (' || country_code || ')', ''), ' · ') AS roles
FROM (SELECT * FROM people_roles_named ORDER BY first_published, role)
GROUP BY person_id
HAVING count(*) > 1
ORDER BY count(*) DESC, person
""",
            answers_on_seeds=False,
        ),
        _recipe(
            "people-of-country",
            "Which people go with a country, and in which roles?",
            """
SELECT name, role, mention_count, article_count
FROM people
WHERE country_code = :code
ORDER BY mention_count DESC, name
""",
            code="CN",
        ),
    ),
)

COUNTRIES = Chapter(
    "Countries and places",
    (
        _recipe(
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
        _recipe(
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
        _recipe(
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
        _recipe(
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
        _recipe(
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
        _recipe(
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
        _recipe(
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
        _recipe(
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
        _recipe(
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

SOURCES = Chapter(
    "Sources and what became of them",
    (
        _recipe(
            "agencies",
            "How many articles come from which agency in which year?",
            """
SELECT coalesce(agency, '(none named)') AS agency, year, count(*) AS articles, sum(word_count) AS words
FROM articles
GROUP BY agency, year
ORDER BY articles DESC, agency, year
""",
        ),
        _recipe(
            "filed-from",
            "Where were the articles filed from?",
            """
SELECT dateline_place, country, agency, article_count, first_published, last_published
FROM datelines
ORDER BY article_count DESC, dateline_place
""",
        ),
        _recipe(
            "dates-differ",
            "Where do the dateline's date and the date of publication differ?",
            """
SELECT id, published, published_origin, dateline_date, dateline
FROM articles
WHERE substr(published, 1, length(dateline_date)) <> dateline_date
ORDER BY published, id
""",
        ),
        _recipe(
            "languages",
            "Which languages are the articles in, and in which were people and countries looked for?",
            """
SELECT coalesce(text_language, '(unclear)') AS language, count(*) AS articles, sum(word_count) AS words,
       CASE WHEN coalesce(text_language, 'en') = 'en' THEN 'yes' ELSE 'no' END AS looked_for
FROM articles
GROUP BY text_language
ORDER BY articles DESC, language
""",
            note="`text_language` is what the text itself shows; `language` is what the source states, where it does.",
        ),
        _recipe(
            "copies",
            "Which articles were found more than once, and where?",
            """
SELECT article_id, title, article_path, path AS copy_path, publisher, url
FROM copies
ORDER BY article_id, path
""",
            answers_on_seeds=False,
        ),
        _recipe(
            "day-in-words",
            "What do the articles say happened, or will happen, on a day?",
            """
SELECT article_id, published, text, rule, sentence
FROM dates_in_context
WHERE value = :day
ORDER BY published, article_id, start
""",
            note="`value` is what the words come to: a day, a month (2020-06), a year, a week (2020-W25). "
            "`value >= '2020-06' AND value < '2020-07'` asks for a month with all its days. Words that could "
            "mean more than one day have no value.",
            day="2020-06-16",
        ),
        _recipe(
            "stories",
            "Which stories were told more than once, and by whom?",
            """
SELECT story_id, article_id, published, publisher, agency, similarity, share_in_head, title
FROM story_articles_named
WHERE story_article_count > 1
ORDER BY story_id, is_head DESC, published, article_id
""",
            note="A story is what near-copies have in common: one agency report in several outlets, a lead sent again, "
            "a correction. `similarity` and `share_in_head` compare each article with the fullest one.",
            answers_on_seeds=False,
        ),
        _recipe(
            "articles-or-stories",
            "How many articles mention a country each month, and how many stories are that?",
            """
SELECT month, article_count, story_count
FROM stories_by_country_month
WHERE country_code = :code
ORDER BY month
""",
            note="Counting stories keeps a report that forty papers printed from counting forty times. Join "
            "`story_articles` to any question and count `DISTINCT story_id`.",
            code="CN",
        ),
        _recipe(
            "problems",
            "What did not become an article, and why?",
            """
SELECT outcome, reason, count(*) AS pieces, min(path) AS for_example
FROM problems
GROUP BY outcome, reason
ORDER BY pieces DESC
""",
            answers_on_seeds=False,
        ),
        _recipe(
            "balance",
            "Is every byte of every file accounted for?",
            """
SELECT f.path, f.size, sum(d.byte_end - d.byte_start) AS accounted_for, count(*) AS pieces,
       sum(d.outcome = 'article') AS articles, sum(d.outcome = 'duplicate') AS duplicates,
       sum(d.outcome = 'empty') AS empty, sum(d.outcome = 'rejected') AS rejected
FROM files f
JOIN documents d ON d.file_id = f.id
GROUP BY f.id
ORDER BY f.path
""",
        ),
        _recipe(
            "left-open",
            "Which names could not be told, and were left open?",
            """
SELECT text, kind, count(*) AS mentions, min(sentence) AS for_example
FROM unresolved_mentions
GROUP BY text, kind
ORDER BY mentions DESC, text
""",
            answers_on_seeds=False,
        ),
        _recipe(
            "evidence",
            "Does every mention stand where the database says it does?",
            """
SELECT count(*) AS mentions,
       sum(substr(CASE m.field WHEN 'title' THEN a.title ELSE a.body END,
                  m.start + 1, m."end" - m.start) = m.text) AS as_stated
FROM mentions m
JOIN articles a ON a.id = m.article_id
""",
            note="`corpus-db check` asks this and more.",
        ),
    ),
)

CHAPTERS: tuple[Chapter, ...] = (SEARCHING, PEOPLE, ROLES, COUNTRIES, SOURCES)
RECIPES: tuple[Recipe, ...] = tuple(recipe for chapter in CHAPTERS for recipe in chapter.recipes)
