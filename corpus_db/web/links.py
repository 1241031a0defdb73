"""Links from cells to pages: in tables, views and the results of any SQL over our databases.

Datasette makes links of foreign keys in tables, but not in views and queries. Here the name of a
person, country or article becomes a link to its page wherever the row also says which one it is,
and so does the number or code itself.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from corpus_db.store import schema
from corpus_db.web.library import Datasette, tilde_encode

# The column that shows a name → the columns that may hold its key.
NAMED_BY: dict[str, tuple[str, ...]] = {
    "title": ("article_id",),
    "person": ("person_id",),
    "other": ("other_id", "other_code"),
    "country": ("country_code",),
}
# In these tables the row itself is what the column names.
OWN_NAME = {"articles": ("title", "id"), "people": ("name", "id"), "countries": ("name", "code")}
PAGE_OF_KEY = {
    "article_id": "articles", "person_id": "people", "other_id": "people",
    "country_code": "countries", "other_code": "countries",
}  # fmt: skip
# Here the words of a mention lead to their place in the article.
MENTIONS = frozenset({"mentions", "mentions_in_context", "unresolved_mentions"})
LONGEST = 300  # characters of a name that a cell shows


def page_url(datasette: Datasette, database: str, page: str, key: Any) -> str:
    """Address of the page of an article, a person or a country."""
    return f"{datasette.urls.database(database)}/-/{page}/{tilde_encode(str(key))}"


def mention_url(datasette: Datasette, database: str, article: Any, mention: Any) -> str:
    """Address of a mention's place in the text of its article."""
    return f"{page_url(datasette, database, 'articles', article)}#m{mention}"


def cell(datasette: Datasette, database: str, table: str | None, row: Any, column: str, value: Any) -> Any:
    """The cell as a link, or None to leave it to Datasette."""
    if not isinstance(value, int | str) or not str(value).strip():
        return None
    address = _address(datasette, database, table, row, column)
    if address is None:
        return None
    shown = str(value) if len(str(value)) <= LONGEST else str(value)[:LONGEST] + "…"
    return Markup('<a href="{}">{}</a>').format(address, shown)


def _address(datasette: Datasette, database: str, table: str | None, row: Any, column: str) -> str | None:
    names = row.keys()
    if table in MENTIONS and column == "text" and {"id", "article_id"} <= set(names):
        return mention_url(datasette, database, _key(row, "article_id"), row["id"])
    if table in OWN_NAME and OWN_NAME[table][0] == column and OWN_NAME[table][1] in names:
        return page_url(datasette, database, table, row[OWN_NAME[table][1]])
    key_columns = NAMED_BY.get(column, ())
    if column in PAGE_OF_KEY and table not in schema.BY_NAME:
        key_columns = (column,)  # in tables Datasette links keys itself
    for key_column in key_columns:
        if key_column in names and _key(row, key_column) is not None:
            return page_url(datasette, database, PAGE_OF_KEY[key_column], _key(row, key_column))
    return None


def _key(row: Any, column: str) -> Any:
    """The value of a foreign key, also where Datasette has put its label beside it."""
    value = row[column]
    return value["value"] if isinstance(value, dict) else value
