"""Questions about people."""

from __future__ import annotations

from corpus_db.store.cookbook.declared import Chapter, recipe

PEOPLE = Chapter(
    "People",
    (
        recipe(
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
        recipe(
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
        recipe(
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
        recipe(
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
        recipe(
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
        recipe(
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
        recipe(
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
        recipe(
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
