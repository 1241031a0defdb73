"""The SQL of contexts: what the articles that use a name say around it.

Nothing of this is stored twice: a name is looked at again only when an import touches it, and then the
few articles that use it are read anew. To keep contexts for every person of every article would cost each
import more than reading those of the common names costs, and most would never be used.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple


class StoredOccurrence(NamedTuple):
    """A person of an article, and what the article says about the person."""

    article_id: int
    number: int
    name: str
    person_id: int | None  # whom the article's person was taken for so far
    article: str  # content hash
    body: str
    year: int | None
    spans: Sequence[tuple[int, int]]
    people: Sequence[str]
    countries: Sequence[tuple[str, int]]
    claims: Sequence[tuple[str, str | None, str | None]]


PREPARE = "CREATE TEMP TABLE IF NOT EXISTS common_names (name TEXT PRIMARY KEY, cluster INTEGER)"

_USES = """
SELECT u.cluster, p.article_id, p.number, p.name, p.person_id, a.content_hash
FROM temp.common_names u JOIN article_people p ON p.name = u.name JOIN articles a ON a.id = p.article_id
ORDER BY u.cluster, a.content_hash, p.number
"""
_ARTICLE = "SELECT body, year FROM articles WHERE id = ?"
_SPANS = """
SELECT start, "end" FROM mentions
WHERE article_id = ? AND person_number = ? AND field = 'body' AND +kind = 'name' ORDER BY start
"""  # a plus keeps SQLite from starting with the index of that column while it has no statistics
_PEOPLE = "SELECT name FROM article_people WHERE article_id = ? AND number <> ? AND is_full ORDER BY name"
_COUNTRIES = """
SELECT country_code, mention_count FROM article_countries
WHERE article_id = ? AND mention_count > 0 ORDER BY country_code
"""
_CLAIMS = """
SELECT role, country_code, organisation FROM role_claims
WHERE article_id = ? AND person_number = ? ORDER BY role, country_code, organisation
"""


def occurrences(
    connection: sqlite3.Connection, names: Iterable[tuple[str, int]]
) -> Iterator[tuple[int, StoredOccurrence]]:
    """(cluster, occurrence) for every article that uses one of `names`, given as (name, number of its cluster).

    Cluster by cluster, each in the order of the articles' content; one article at a time is in memory. The
    connection may be used for other things meanwhile, but not for another call. PREPARE comes before.
    """
    connection.execute("DELETE FROM temp.common_names")
    connection.executemany("INSERT INTO temp.common_names VALUES (?, ?)", names)
    for cluster, article_id, number, name, person_id, digest in connection.execute(_USES):
        body, year = connection.execute(_ARTICLE, (article_id,)).fetchone()
        person = (article_id, number)
        yield (
            cluster,
            StoredOccurrence(
                article_id,
                number,
                name,
                person_id,
                digest,
                body,
                year,
                connection.execute(_SPANS, person).fetchall(),
                [name for (name,) in connection.execute(_PEOPLE, person)],
                connection.execute(_COUNTRIES, (article_id,)).fetchall(),
                connection.execute(_CLAIMS, person).fetchall(),
            ),
        )
