"""Aligned tables that fit the terminal, drawn from plain rows.

The widest columns give way first, evenly, down to NARROWEST cells; when even that is too much, the
columns at the right are left out, and whoever prints the table says so. Of a path the end is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus_db.cli.terminal import cut, cut_before, padded, printable_line, width

Cell = Any  # what SQLite holds: None, int, float, str, bytes

GAP = "  "
PATHS = ("path",)
DATES = ("published", "first_published", "last_published")
DAY = len("2020-06-17")
HEADINGS = {  # in the tables for people, where the column's own name says it in too many words
    "mention_count": "mentions", "article_count": "articles", "dateline_count": "in datelines",
    "first_published": "first", "last_published": "last", "person_id": "person", "article_id": "article",
    "country_code": "code", "antecedent": "resolved by", "confidence": "sure", "least_confidence": "sure", "first_article": "article",
}  # fmt: skip
NARROWEST = 10  # a column is not cut below this many cells


def short(column: str, value: Cell) -> Cell:
    """A value as a table for people has room for it: of a date the day."""
    return value[:DAY] if column in DATES and isinstance(value, str) else value


def fitting(headers: Sequence[str], rows: Sequence[Sequence[Cell]], available: int | None) -> int:
    """How many columns, from the left, fit when all of them are cut to NARROWEST."""
    if available is None:
        return len(headers)
    used = -len(GAP)
    for index, header in enumerate(headers):
        widest = max([width(header), *(width(shown(row[index])) for row in rows)])
        used += len(GAP) + min(widest, NARROWEST)
        if used > available and index:
            return index
    return len(headers)


def heading(column: str) -> str:
    """What a column is called in a table for people: mention_count is "mentions"."""
    return HEADINGS.get(column) or printable_line(column).replace("_", " ")


def table_lines(
    headers: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    available: int | None,
    *,
    headers_too: bool = True,
    ends: Sequence[int] = (),
) -> list[str]:
    """An aligned table, cut to so many cells; numbers stand right.

    ends: columns of which the end is kept where they have to be cut.
    """
    texts = [[shown(value) for value in row] for row in rows]
    number = [
        all(isinstance(row[index], int | float) or row[index] is None for row in rows) and bool(rows)
        for index in range(len(headers))
    ]
    heads = [list(headers)] if headers_too else []
    widths = [max([width(row[index]) for row in heads + texts], default=0) for index in range(len(headers))]
    if available is not None:
        widths = fitted(widths, available - len(GAP) * (len(widths) - 1))
    rule = [["-" * cells for cells in widths]] if headers_too else []
    lines = []
    for row in heads + rule + texts:
        cells = (
            padded((cut_before if index in ends else cut)(text, cells), cells, number[index])
            for index, (text, cells) in enumerate(zip(row, widths, strict=True))
        )
        lines.append(GAP.join(cells).rstrip())
    return lines


def fitted(widths: Sequence[int], available: int) -> list[int]:
    """Widths that add up to what is available: the widest columns give way first, evenly."""
    narrowed = list(widths)
    while sum(narrowed) > available:
        widest = max(narrowed)
        if widest <= NARROWEST:
            break
        second = max([cells for cells in narrowed if cells < widest], default=0)
        several = [index for index, cells in enumerate(narrowed) if cells == widest]
        excess = sum(narrowed) - available
        step = max(1, min(widest - max(second, NARROWEST), excess // len(several)))
        for index in several:
            if sum(narrowed) > available:
                narrowed[index] -= step
    return narrowed


def shown(value: Cell) -> str:
    """A value as one printable line."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        return f"({len(value)} bytes)"
    return printable_line(value) if isinstance(value, str) else str(value)
