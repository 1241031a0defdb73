"""Questions about roles: who was what, where and when."""

from __future__ import annotations

from corpus_db.store.cookbook.declared import Chapter, recipe

ROLES = Chapter(
    "Roles",
    (
        recipe(
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
        recipe(
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
        recipe(
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
        recipe(
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
