"""Links from cells to pages: in tables, views and the results of any SQL over our databases.

Datasette makes links of foreign keys in tables, but not in views and queries. Here the name of a
person, country or article becomes a link to its page wherever the row also says which one it is,
and so does the number or code itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from corpus_db.store import schema
from corpus_db.web.library import Datasette, tilde_encode

# The column that shows a name → the columns that may hold the key, and the page it leads to.
NAMED_BY: dict[str, tuple[tuple[str, ...], str]] = {
    "title": (("article_id",), "articles"),
    "person": (("person_id",), "people"),
    "other": (("other_id", "other_code"), ""),
    "country": (("country_code",), "countries"),
}
# In these tables the row itself is what the column names.
OWN_NAME = {"articles": ("title", "id"), "people": ("name", "id"), "countries": ("name", "code")}
PAGE_OF_KEY = {
    "article_id": "articles", "person_id": "people", "other_id": "people",
    "country_code": "countries", "other_code": "countries",
}  # fmt: skip
LONGEST = 300  # characters of a name that a cell shows


def page_url(datasette: Datasette, database: str, page: str, key: Any) -> str:
    """Address of the page of an article, a person or a country."""
    return f"{datasette.urls.database(database)}/-/{page}/{tilde_encode(str(key))}"


def cell(datasette: Datasette, database: str, table: str | None, row: Any, column: str, value: Any) -> Any:
    """The cell as a link, or None to leave it to Datasette."""
    if not isinstance(value, int | str) or not str(value).strip():
        return None
    found = _key(table, row.keys(), column, row)
    if found is None:
        return None
    page, key = found
    shown = str(value) if len(str(value)) <= LONGEST else str(value)[:LONGEST] + "…"
    return Markup('<a href="{}">{}</a>').format(page_url(datasette, database, page, key), shown)


def _key(table: str | None, names: Sequence[str], column: str, row: Any) -> tuple[str, Any] | None:
    if table in OWN_NAME and OWN_NAME[table][0] == column and OWN_NAME[table][1] in names:
        return table, row[OWN_NAME[table][1]]
    for key_column in NAMED_BY.get(column, ((), ""))[0]:
        if key_column in names and isinstance(row[key_column], int | str):
            return PAGE_OF_KEY[key_column], row[key_column]
    if column in PAGE_OF_KEY and table not in schema.BY_NAME:
        return PAGE_OF_KEY[column], row[column]  # in tables Datasette links keys itself
    return None
