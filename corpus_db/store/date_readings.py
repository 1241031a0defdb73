"""Dates in numbers alone: which of two readings is meant, decided from the whole corpus.

"03/04/2020" is a day in March or in April. One document cannot tell; the others of its layout can
(same reader, same label, same shape), as soon as one of them is "25/04/2020" or says its date twice.
The question is asked in turn of the same file, of the files beside it, and of the nearest folder
above that holds dates of this layout; the first that has an answer gives it. Where both orders
occur side by side nothing is decided: `published` stays the year, which both readings share.

The decision is a function of what all documents say, computed anew at the end of every
transaction for the layouts that it touched, and never of the order in which they came: a later import can
settle an earlier date, and one that contradicts it can open it again. An article's content hash holds both readings instead
of the date that was chosen, so that what is a copy of what does not hang on the decision.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus_db.models import DateSpan

MONTH, DAY = "month first", "day first"
# Votes for the other order that are taken for slips: one in so many. From a folder above, none, and
# so many votes are needed.
SLIPS_ONE_IN, VOTES_ABOVE = 20, 3

_TOUCHED = "layout IN (SELECT layout FROM temp.touched_layouts)"
_FOLDERS = f"""
SELECT folder, layout, sum(stated_order = 'month first'), sum(stated_order = 'day first')
FROM date_readings WHERE {_TOUCHED} AND stated_order IS NOT NULL GROUP BY folder, layout
"""
_FILES = f"""
SELECT d.file_id, r.layout, sum(r.stated_order = 'month first'), sum(r.stated_order = 'day first')
FROM date_readings r JOIN documents d ON d.id = r.document_id
WHERE r.{_TOUCHED} AND r.stated_order IS NOT NULL AND d.file_id IN (
    SELECT o.file_id FROM date_readings x JOIN documents o ON o.id = x.document_id
    WHERE x.{_TOUCHED} AND x.stated_order IS NULL)
GROUP BY d.file_id, r.layout
"""
_OPEN = f"""
SELECT r.document_id, d.file_id, r.folder, r.layout, r.month_first, r.day_first, r.used_order, r.decided_by,
       a.id, a.published
FROM date_readings r JOIN documents d ON d.id = r.document_id
LEFT JOIN articles a ON a.document_id = r.document_id
WHERE r.{_TOUCHED} AND r.stated_order IS NULL ORDER BY r.document_id
"""
_REDATE = (
    "UPDATE articles SET published = :value WHERE id = :article",
    "INSERT OR IGNORE INTO temp.touched_articles VALUES (:article)",
    "INSERT OR IGNORE INTO temp.redated VALUES (:article)",
    "UPDATE article_people SET month = substr(:value, 1, 7) WHERE article_id = :article",
    "UPDATE article_countries SET month = substr(:value, 1, 7) WHERE article_id = :article",
    """
    INSERT OR IGNORE INTO temp.touched_people
    SELECT person_id FROM article_people WHERE article_id = :article AND person_id IS NOT NULL
    """,
)

_Votes = tuple[int, int]


def folder_of(path: str) -> str:
    """The folder that a stored path lies in; "" at the top."""
    return path.rpartition("/")[0]


def hashed_date(month_first: str, day_first: str) -> str:
    """What stands for a date with two readings in an article's content hash."""
    return f"{month_first}|{day_first}"


def decide(connection: sqlite3.Connection) -> None:
    """Read every open date of a touched layout in the order that its like settle, and date its article so.

    Inside the writer's transaction, after its rows are written and before the sums are computed.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS redated (article_id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM temp.redated")
    if connection.execute("SELECT 1 FROM temp.touched_layouts LIMIT 1").fetchone() is None:
        return
    files = {(file, layout): (month, day) for file, layout, month, day in connection.execute(_FILES)}
    beside = {(folder, layout): (month, day) for folder, layout, month, day in connection.execute(_FOLDERS)}
    above = _summed_upwards(beside)
    rows = connection.execute(_OPEN).fetchall()
    for document, file, folder, layout, month_first, day_first, used, by, article, published in rows:
        order, decided_by = _order(files.get((file, layout)), folder, layout, beside, above)
        if (order, decided_by) != (used, by):
            connection.execute(
                "UPDATE date_readings SET used_order = ?, decided_by = ? WHERE document_id = ?",
                (order, decided_by, document),
            )
        value = {MONTH: month_first, DAY: day_first, None: month_first[:4]}[order]
        if article is not None and value != published:
            for statement in _REDATE:
                connection.execute(statement, {"value": value, "article": article})


class Redated(NamedTuple):
    """An article whose date of publication `decide` changed, as far as dates in its words need it."""

    id: int
    title: str | None  # None where it was made from the body
    body: str
    dateline: str | None
    dateline_date: str | None
    published: str | None


def redated(connection: sqlite3.Connection) -> Iterator[Redated]:
    """The articles that the last `decide` gave another date and that have dates in words."""
    rows = connection.execute(
        """
        SELECT id, CASE title_origin WHEN 'lead' THEN NULL ELSE title END, body, dateline, dateline_date, published
        FROM articles WHERE id IN (SELECT article_id FROM temp.redated)
        AND id IN (SELECT article_id FROM dates) ORDER BY id
        """
    )
    return (Redated(*row) for row in rows)


def put_dates(connection: sqlite3.Connection, article: int, dates: Iterable[DateSpan]) -> None:
    """Write what the words of an article now come to; where they stand has not changed."""
    connection.executemany(
        "UPDATE dates SET value = ?, anchor = ?, rule = ? WHERE article_id = ? AND field = ? AND start = ?",
        [(d.value, d.anchor, d.rule, article, d.field, d.start) for d in dates],
    )


def _summed_upwards(beside: dict[tuple[str, str], _Votes]) -> dict[tuple[str, str], list[int]]:
    """The votes of each folder with all that lies below it."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for (folder, layout), (month, day) in beside.items():
        for place in _upwards(folder):
            both = sums[place, layout]
            both[0] += month
            both[1] += day
    return sums


def _upwards(folder: str) -> Iterator[str]:
    """The folder and those above it, the nearest first."""
    yield folder
    while folder:
        folder = folder_of(folder)
        yield folder


def _order(
    file: _Votes | None,
    folder: str,
    layout: str,
    beside: dict[tuple[str, str], _Votes],
    above: dict[tuple[str, str], list[int]],
) -> tuple[str | None, str | None]:
    """The order and what decided it; (None, None) where nothing does."""
    near = ((file, "its file"), (beside.get((folder, layout)), f"folder {folder or '.'}"))
    for votes, name in near:
        if votes:
            order = _majority(*votes)
            return order, name if order else None
    for place in _upwards(folder):
        month, day = above.get((place, layout), (0, 0))
        if month and day:
            return None, None
        if month + day >= VOTES_ABOVE:
            return MONTH if month else DAY, f"folders below {place or '.'}"
    return None, None


def _majority(month: int, day: int) -> str | None:
    if min(month, day) * SLIPS_ONE_IN > max(month, day):
        return None
    return MONTH if month > day else DAY
