"""The Datasette plugin: what Datasette shows of a corpus database beyond bare tables.

The entry point names this package, so that Datasette finds `templates/` and `static/` beside it.
Here stand only the hooks, each a line or two into the module that does the work:

    ours        which databases are ours; all others are left alone
    describe    descriptions, labels, facets, licence, source (from store/schema.py and views.py)
    queries     the ready-made questions
    versions    how Datasette 0.65 and 1.0 differ
    links       names in cells become links to pages
    pages       the pages of articles, people, countries, and the start of a database
    serve       `corpus-db serve`

The plugin only reads, and interprets nothing: whatever an article holds comes out as text.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from corpus_db.store.fulltext import match_expression
from corpus_db.web import links, pages, versions
from corpus_db.web.library import Datasette, hookimpl
from corpus_db.web.ours import is_ours, ours

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

PLUGIN = "corpus-db"  # the distribution's name, under which Datasette serves static/


@hookimpl(trylast=True)
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """Datasette 1.0: write down what 0.65 asks for."""

    async def write() -> None:
        if versions.stores_metadata(datasette):
            for name in ours(datasette):
                await versions.store_in_10(datasette, name)

    return write


@hookimpl
def get_metadata(datasette: Datasette) -> dict[str, Any]:
    """Datasette 0.65: descriptions, labels, facets, licence and source."""
    return versions.metadata_for_065(ours(datasette))


@hookimpl
def canned_queries(datasette: Datasette, database: str) -> dict[str, Any]:
    """Datasette 0.65: the ready-made questions."""
    if not is_ours(datasette, database):
        return {}
    own = datasette.metadata("queries", database=database, fallback=False) or {}
    return {name: query for name, query in versions.queries_for_065().items() if name not in own}


@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Make every search box of our databases understand what `corpus-db search` does.

    Datasette escapes what is typed into a search box with its SQL function escape_fts(), which
    leaves some input that FTS5 refuses (a lone quote). Ours never does.
    """
    if is_ours(datasette, database):
        conn.create_function("escape_fts", 1, _match_expression, deterministic=True)


def _match_expression(query: object) -> str:
    return match_expression("" if query is None else str(query))


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Datasette
) -> Any:
    """Names become links to pages."""
    return (
        links.cell(datasette, database, table, row, column, value) if is_ours(datasette, database) else None
    )


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The pages."""
    return pages.ROUTES


@hookimpl
def extra_css_urls(database: str | None, datasette: Datasette) -> list[str]:
    """The style sheet, on pages about our databases only."""
    if not is_ours(datasette, database):
        return []
    return [str(datasette.urls.static_plugins(PLUGIN, "corpus.css"))]


@hookimpl
def extra_body_script(database: str | None, datasette: Datasette) -> str:
    """Datasette 0.65 does not say in which language its pages are; 1.0 does."""
    return 'document.documentElement.lang ||= "en";' if is_ours(datasette, database) else ""


@hookimpl
def extra_template_vars(
    template: str | None, database: str | None, table: str | None, request: Any, datasette: Datasette
) -> Any:
    """What our templates (`database.html`, `row.html`, `query.html`) show in Datasette's own pages."""
    if not is_ours(datasette, database):
        return {}
    return pages.above(datasette, request, template, str(database), table)
