"""What a view is, and how one is written down."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """One column of a view and what it means."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class View:
    """One view. `facets` are columns by which Datasette may count its rows fast enough."""

    name: str
    description: str
    columns: tuple[ViewColumn, ...]
    sql: str
    facets: tuple[str, ...] = ()


def view(
    name: str,
    description: str,
    columns: dict[str, str],
    sql: str,
    facets: tuple[str, ...] = (),
) -> View:
    """A view from plain values; the columns stand in the order of the SELECT."""
    declared = tuple(ViewColumn(column, text) for column, text in columns.items())
    return View(name, description, declared, sql.strip("\n"), facets)


# The columns that name an article, in every view that has one.
ARTICLE = {"article_id": "The article.", "title": "Its title.", "published": "Its date of publication."}
