"""What Datasette says about one of our databases: texts, labels, facets, licence, source.

All of it is derived from the one declaration of the schema. `texts` are words to show (1.0 calls
them metadata), `settings` decide how a table behaves (1.0 calls them configuration); 0.65 keeps
both in one place. The licence stands at every table as well as at the database, because Datasette
hands nothing down from a database to its tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus_db.store import schema, views

LICENSE = "articles: rights of their publishers; data on places: GeoNames, CC BY 4.0; software: Apache-2.0"
SOURCE = "the publishers named in each article (publisher, agency, url); files read: the table documents"
ABOUT = "corpus-db"

FACET_SIZE = 12  # values of a facet that stand above a table; Datasette's 30 push the table away

DESCRIPTION = (
    "A corpus of news articles: the texts, the people and countries that they speak of, and where they do. "
    "Every figure can be traced: mentions holds the exact position of every mention, "
    "documents what became of every piece of every input file. "
    "The articles belong to their publishers: search, count and quote as the law of the place and the "
    "publishers' terms allow; passing whole texts on needs their leave. "
    "Names and coordinates of places come from GeoNames under CC BY 4.0, which asks to be named."
)


@dataclass(frozen=True, slots=True)
class DescribedTable:
    """One table or view: what Datasette says about it and how it shows it."""

    texts: Mapping[str, str]
    settings: Mapping[str, Any]
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Described:
    """One database: its own texts, and its tables and views by name."""

    texts: Mapping[str, str]
    tables: Mapping[str, DescribedTable]


def provenance() -> dict[str, str]:
    """Licence, source and origin, as every page states them."""
    return {"license": LICENSE, "source": SOURCE, "about": ABOUT}


@cache
def database() -> Described:
    """What Datasette says about any database of ours: it has the same shape in all of them."""
    tables = {table.name: _table(table) for table in schema.TABLES}
    tables |= {view.name: _view(view) for view in views.VIEWS}
    return Described(texts={"description": DESCRIPTION, **provenance()}, tables=tables)


def _table(table: schema.Table) -> DescribedTable:
    settings: dict[str, Any] = {}
    if table.label:
        settings["label_column"] = table.label
    if table.facets:
        settings |= {"facets": list(table.facets), "facet_size": FACET_SIZE}
    if table.sort_desc:
        settings["sort_desc"] = table.sort_desc
    if table.hidden:
        settings["hidden"] = True
    return DescribedTable(
        texts={"description": table.description, **provenance()},
        settings=settings,
        columns={column.name: column.description for column in table.columns},
    )


def _view(view: views.View) -> DescribedTable:
    return DescribedTable(
        texts={"description": view.description, **provenance()},
        settings={"facets": list(view.facets), "facet_size": FACET_SIZE} if view.facets else {},
        columns={column.name: column.description for column in view.columns},
    )
