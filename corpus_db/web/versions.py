"""The two lines of Datasette, 0.65 and 1.0 alpha, and everything in which they differ for us.

0.65 asks plugins for metadata and canned queries whenever it needs them (`get_metadata`,
`canned_queries`). 1.0 asks nobody: metadata and stored queries lie in its internal database, and
facets, labels and sort orders in its configuration, so they are written there once, at startup.
Both are fed from the same values (`describe.database`, `queries.QUERIES`). What a person who
serves the database has written (metadata.json, datasette.yaml) always wins over ours.

pluggy ignores hooks that a version does not know, so one plugin holds the hooks of both.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from corpus_db.web import describe, queries
from corpus_db.web.library import Datasette, Forbidden


def stores_metadata(datasette: Datasette) -> bool:
    """Whether this Datasette keeps metadata in its internal database (1.0) or asks for it (0.65)."""
    return hasattr(datasette, "set_resource_metadata")


# --- what a database is: descriptions, labels, facets, queries


def metadata_for_065(names: Iterable[str]) -> dict[str, Any]:
    """The answer to 0.65's `get_metadata`. Built anew each time: Datasette writes into what it is given."""
    return {"databases": {name: _whole(describe.database()) for name in names}}


def _whole(described: describe.Described) -> dict[str, Any]:
    tables = {
        name: {**dict(table.texts), **dict(table.settings), "columns": dict(table.columns)}
        for name, table in described.tables.items()
    }
    return {**dict(described.texts), "tables": tables}


def queries_for_065() -> dict[str, dict[str, Any]]:
    """The answer to 0.65's `canned_queries`."""
    return {
        query.name: {
            "sql": query.sql,
            "title": query.title,
            "description": query.description,
            "params": [parameter.name for parameter in query.parameters],
            "hide_sql": True,
        }
        for query in queries.QUERIES
    }


def is_ready_made(listed: Any) -> bool:
    """Whether a query of the list on a database's page is one of ours: a dict in 0.65, an object in 1.0."""
    name, sql = (listed["name"], listed["sql"]) if isinstance(listed, dict) else (listed.name, listed.sql)
    return name in queries.BY_NAME and sql.strip() == queries.BY_NAME[name].sql.strip()


async def store_in_10(datasette: Datasette, name: str) -> None:
    """Write the descriptions, settings and queries of one of our databases into a 1.0 Datasette."""
    described = describe.database()
    _add_settings(datasette, name, described)
    tables = described.tables
    # A statement for each kind of text instead of a call for each of some 400 texts, which would
    # take a second.
    texts: dict[str, list[tuple[str, ...]]] = {
        "metadata_databases (database_name, key, value)": [
            (name, key, text) for key, text in described.texts.items()
        ],
        "metadata_resources (database_name, resource_name, key, value)": [
            (name, table, key, text) for table in tables for key, text in tables[table].texts.items()
        ],
        "metadata_columns (database_name, resource_name, column_name, key, value)": [
            (name, table, column, "description", text)
            for table in tables
            for column, text in tables[table].columns.items()
        ],
    }
    internal = datasette.get_internal_database()
    for place, rows in texts.items():
        marks = ", ".join("?" * len(rows[0]))
        # What is there already is a person's word: it stays.
        await internal.execute_write_many(
            f"INSERT INTO {place} VALUES ({marks}) ON CONFLICT DO NOTHING", rows
        )
    await _add_queries(datasette, name)


async def _add_queries(datasette: Datasette, name: str) -> None:
    for query in queries.QUERIES:
        known = await datasette.get_query(name, query.name)
        if known is not None and known.source != "plugin":
            continue  # a person's own query of that name
        await datasette.add_query(
            name,
            query.name,
            query.sql,
            title=query.title,
            description=query.description,
            parameters=[parameter.name for parameter in query.parameters],
            hide_sql=True,
            source="plugin",
        )


def _add_settings(datasette: Datasette, name: str, described: describe.Described) -> None:
    """Add facets, label columns and sort orders to the configuration, beneath what is there."""
    config = dict(datasette.config or {})
    databases = dict(config.get("databases") or {})
    database = dict(databases.get(name) or {})
    tables = dict(database.get("tables") or {})
    for table, description in described.tables.items():
        tables[table] = {**description.settings, **(tables.get(table) or {})}
    datasette.config = {
        **config,
        "databases": {**databases, name: {**database, "tables": tables}},
    }


# --- permissions


async def ensure_visible(datasette: Datasette, actor: Any, database: str, tables: Iterable[str]) -> None:
    """Raise Forbidden unless the actor may see every one of the tables."""
    for table in tables:
        if stores_metadata(datasette):
            from datasette.resources import TableResource  # type: ignore[import-untyped, import-not-found, unused-ignore]

            await datasette.ensure_permission(
                action="view-table", resource=TableResource(database=database, table=table), actor=actor
            )
        else:
            await datasette.ensure_permissions(
                actor, [("view-table", (database, table)), ("view-database", database), "view-instance"]
            )


async def may_see(datasette: Datasette, actor: Any, database: str, tables: Iterable[str]) -> bool:
    """Whether the actor may see every one of the tables."""
    try:
        await ensure_visible(datasette, actor, database, tables)
    except Forbidden:
        return False
    return True


async def may_run_sql(datasette: Datasette, actor: Any, database: str) -> bool:
    """Whether the actor may run SQL of their own on the database."""
    if stores_metadata(datasette):
        from datasette.resources import DatabaseResource

        resource = DatabaseResource(database=database)
        return bool(await datasette.allowed(action="execute-sql", resource=resource, actor=actor))
    return bool(await datasette.permission_allowed(actor, "execute-sql", resource=database, default=True))


# --- addresses


def sql_url(datasette: Datasette, database: str, sql: str, parameters: Mapping[str, Any]) -> str:
    """Address of the page that runs this SQL with these parameters."""
    values = {key: "" if value is None else str(value) for key, value in parameters.items()}
    where = "/-/query?" if stores_metadata(datasette) else "?"
    return str(datasette.urls.database(database)) + where + urlencode({"sql": sql, **values})
