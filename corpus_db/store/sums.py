"""The sums: what the facts of the articles add up to, computed again where facts changed.

The writer and the identity step note whom they touched in the temporary tables touched_people,
touched_countries and touched_places. Every sum of what was touched is deleted and computed anew from the
facts with the SQL below, never a running count: so no order of imports can leave a different
figure behind. After a first import everything is touched, and the same statements compute
everything.
"""

from __future__ import annotations

import sqlite3

from corpus_db.store import indexes
from corpus_db.store.temporary import assume_small

# An article that names more people than this is a list (graduates, results, signatures): its
# pairs would say nothing and would number in the hundreds of thousands.
LARGEST_COMPANY = 150

_TOUCHED_PEOPLE = "(SELECT person_id FROM temp.touched_people)"
_TOUCHED_COUNTRIES = "(SELECT code FROM temp.touched_countries)"

CLEAR = (
    f"DELETE FROM people_aliases WHERE person_id IN {_TOUCHED_PEOPLE}",
    f"DELETE FROM people_roles WHERE person_id IN {_TOUCHED_PEOPLE}",
    f"DELETE FROM person_pairs WHERE person_id IN {_TOUCHED_PEOPLE}",
    f"DELETE FROM person_pairs WHERE other_id IN {_TOUCHED_PEOPLE}",
    f"DELETE FROM person_countries WHERE person_id IN {_TOUCHED_PEOPLE}",
    f"DELETE FROM country_pairs WHERE country_code IN {_TOUCHED_COUNTRIES}",
    f"DELETE FROM country_pairs WHERE other_code IN {_TOUCHED_COUNTRIES}",
)

# A person to whom no article's person belongs any more.
FORGET = f"""
DELETE FROM people WHERE id IN {_TOUCHED_PEOPLE}
AND NOT EXISTS (SELECT 1 FROM article_people p WHERE p.person_id = people.id)
"""

# A name that a line break or two spaces divide is the same form as one that a space does.
ALIASES = f"""
INSERT INTO people_aliases (person_id, alias, mention_count)
SELECT person_id, iif(
    instr(text, char(10)) OR instr(text, '  ') OR instr(text, char(13)),
    replace(replace(replace(text, char(13), ''), char(10), ' '), '  ', ' '), text) AS alias, count(*)
FROM mentions
WHERE kind = 'name' AND person_id IN {_TOUCHED_PEOPLE}
GROUP BY person_id, alias ORDER BY person_id, alias
"""

# A claim that names no country ("President Moreno") counts with the one country that the same
# person's same role has elsewhere; where there are several, or none, it stays without.
ROLES = f"""
WITH claims AS MATERIALIZED (
    SELECT c.person_id, c.role, c.country_code, a.published
    FROM role_claims c JOIN articles a ON a.id = c.article_id
    WHERE c.person_id IN {_TOUCHED_PEOPLE}
), known AS (
    SELECT person_id, role, min(country_code) AS country_code FROM claims
    WHERE country_code IS NOT NULL
    GROUP BY person_id, role HAVING count(DISTINCT country_code) = 1
)
INSERT INTO people_roles (person_id, role, country_code, mention_count, first_published, last_published)
SELECT c.person_id, c.role, coalesce(c.country_code, k.country_code) AS country, count(*),
       min(c.published), max(c.published)
FROM claims c LEFT JOIN known k ON k.person_id = c.person_id AND k.role = c.role
GROUP BY c.person_id, c.role, country
ORDER BY c.person_id, count(*) DESC, c.role, country
"""

# The role that is stated most (of several, one with a country), and the country that goes with it most.
PEOPLE = f"""
UPDATE people SET
    role = (
        SELECT role FROM people_roles r WHERE r.person_id = people.id
        GROUP BY role
        ORDER BY sum(mention_count) DESC, max(country_code IS NOT NULL) DESC, role LIMIT 1),
    aliases = (
        SELECT group_concat(alias, ' · ') FROM (
            SELECT alias FROM people_aliases a WHERE a.person_id = people.id
            ORDER BY mention_count DESC, alias)),
    label = name || coalesce(' (' || description || ')', ''),
    (mention_count, article_count, first_published, last_published) = (
        SELECT coalesce(sum(p.mention_count), 0), count(DISTINCT p.article_id),
               min(a.published), max(a.published)
        FROM article_people p JOIN articles a ON a.id = p.article_id WHERE p.person_id = people.id)
WHERE id IN {_TOUCHED_PEOPLE}
"""
PEOPLE_COUNTRY = f"""
UPDATE people SET country_code = (
    SELECT country_code FROM people_roles r
    WHERE r.person_id = people.id AND r.role = people.role AND country_code IS NOT NULL
    ORDER BY mention_count DESC, country_code LIMIT 1)
WHERE id IN {_TOUCHED_PEOPLE}
"""

# The persons of every article in question, each once; for pairs without the articles that are lists.
MAKE_COMPANY = """
CREATE TEMP TABLE IF NOT EXISTS company (
    article_id INTEGER, person_id INTEGER, PRIMARY KEY (article_id, person_id)) WITHOUT ROWID
"""
COMPANY = (
    "DELETE FROM temp.company",
    f"""
    INSERT OR IGNORE INTO temp.company
    SELECT article_id, person_id FROM article_people WHERE person_id IS NOT NULL AND article_id IN (
        SELECT article_id FROM article_people WHERE person_id IN {_TOUCHED_PEOPLE})
    """,
)
FORGET_LISTS = f"""
DELETE FROM temp.company WHERE article_id IN (
    SELECT article_id FROM temp.company GROUP BY article_id HAVING count(*) > {LARGEST_COMPANY})
"""
PERSON_PAIRS = f"""
INSERT INTO person_pairs (person_id, other_id, article_count)
SELECT a.person_id, b.person_id, count(*)
FROM temp.company a JOIN temp.company b ON b.article_id = a.article_id AND b.person_id > a.person_id
WHERE a.person_id IN {_TOUCHED_PEOPLE} OR b.person_id IN {_TOUCHED_PEOPLE}
GROUP BY a.person_id, b.person_id ORDER BY a.person_id, b.person_id
"""
PERSON_COUNTRIES = f"""
INSERT INTO person_countries (person_id, country_code, article_count)
SELECT p.person_id, c.country_code, count(*)
FROM temp.company p CROSS JOIN article_countries c ON c.article_id = p.article_id AND c.mention_count > 0
WHERE +p.person_id IN {_TOUCHED_PEOPLE}
GROUP BY p.person_id, c.country_code ORDER BY p.person_id, c.country_code
"""
COUNTRY_PAIRS = f"""
INSERT INTO country_pairs (country_code, other_code, article_count)
SELECT min(a.country_code, b.country_code) AS one, max(a.country_code, b.country_code) AS other, count(*)
FROM temp.touched_countries t
JOIN article_countries a ON a.country_code = t.code
JOIN article_countries b ON b.article_id = a.article_id
WHERE min(a.mention_count, b.mention_count) > 0 AND (
    b.country_code > a.country_code
    OR b.country_code < a.country_code AND b.country_code NOT IN {_TOUCHED_COUNTRIES})
GROUP BY one, other ORDER BY one, other
"""
COUNTRIES = f"""
UPDATE countries SET (mention_count, dateline_count, article_count) = (
    SELECT coalesce(sum(mention_count + dateline_count), 0), coalesce(sum(dateline_count), 0),
           coalesce(sum(mention_count > 0), 0)
    FROM article_countries a WHERE a.country_code = countries.code)
WHERE code IN {_TOUCHED_COUNTRIES}
"""

_TOUCHED_PLACES = "(SELECT place_id FROM temp.touched_places)"
PLACES = (
    f"""
    DELETE FROM places WHERE id IN {_TOUCHED_PLACES}
    AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.place_id = places.id)
    """,
    f"""
    UPDATE places SET (mention_count, dateline_count, article_count) = (
        SELECT count(*) FILTER (WHERE kind <> 'dateline'), count(*) FILTER (WHERE kind = 'dateline'),
               count(DISTINCT article_id) FILTER (WHERE kind <> 'dateline')
        FROM mentions m WHERE m.place_id = places.id)
    WHERE id IN {_TOUCHED_PLACES}
    """,
)


def refresh(connection: sqlite3.Connection) -> None:
    """Compute every sum of the touched people and countries again, inside the caller's transaction."""
    indexes.restore(connection, "sums")
    connection.execute(MAKE_COMPANY)
    assume_small(connection)
    for statement in (*CLEAR, FORGET, ALIASES, ROLES, PEOPLE, PEOPLE_COUNTRY, *COMPANY):
        connection.execute(statement)
    for statement in (PERSON_COUNTRIES, FORGET_LISTS, PERSON_PAIRS, COUNTRY_PAIRS, COUNTRIES, *PLACES):
        connection.execute(statement)
    connection.execute("DELETE FROM temp.company")
