"""Writes docs/schema.md and docs/cookbook.md from the declarations.

    python -m corpus_db.store.document [DATABASE] [FOLDER]

DATABASE (default corpus.db) is what the cookbook's questions are asked of: the seeds. FOLDER
(default docs) is where the two files go. A test fails when they are stale.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from corpus_db.store import cookbook, ddl
from corpus_db.store.database import open_database
from corpus_db.store.schema import SCHEMA_VERSION, TABLES, Column, Table
from corpus_db.store.views import VIEWS, View

ROWS_SHOWN = 5
CELL_CHARACTERS = 72

_SCHEMA_HEAD = f"""\
# The database

One SQLite file, made by `corpus-db import`. Its tables, columns and views are the interface: whatever
a command or a page shows, a short query shows too. Columns may be added in later versions, never
renamed. This is version {SCHEMA_VERSION} (`PRAGMA user_version`); older databases are brought up to date when they
are opened. [The cookbook](cookbook.md) has questions with their SQL.

There are two kinds of tables. **Facts** are what one document says. **Sums** are what the facts add
up to; they are computed anew wherever facts change, and `corpus-db check` computes all of them again.

Conventions: dates are ISO 8601 text, as precise as the source and no more. Positions in texts count
Unicode code points from 0, ends are exclusive: `substr(body, start + 1, "end" - start) = text`; `end` is a
word of SQL and stands in double quotes. NULL means unknown. Every foreign key is declared and
indexed. This page is made from the program's own declaration.
"""

_COOKBOOK_HEAD = """\
# Cookbook

Questions to a corpus with the SQL that answers them. Each answer is what the five articles in `seeds/`
give (at most {rows} rows of it). Words that begin with a colon are parameters: [Datasette](https://datasette.io/)
shows a field for each, and sqlite-utils takes them by name:

    sqlite-utils corpus.db "SELECT name FROM people WHERE country_code = :code" -p code CN --table

or put the value in their place, in single quotes. [The schema](schema.md) describes every table and view.
"""


def schema_page() -> str:
    """The text of docs/schema.md."""
    parts = [_SCHEMA_HEAD, _contents(), "## Tables\n"]
    parts += [_table(table) for table in TABLES]
    parts += ["## Views\n", "The joins that people would otherwise write.\n"]
    parts += [_view(view) for view in VIEWS]
    return "\n".join(parts)


def cookbook_page(connection: sqlite3.Connection) -> str:
    """The text of docs/cookbook.md, with the answers that a database of the seeds gives."""
    parts = [_COOKBOOK_HEAD.format(rows=ROWS_SHOWN)]
    for chapter in cookbook.CHAPTERS:
        parts.append(f"## {chapter.title}\n")
        parts += [_recipe(connection, recipe) for recipe in chapter.recipes]
    return "\n".join(parts)


def _contents() -> str:
    lines = ["| Table | Kind | Holds |", "| --- | --- | --- |"]
    lines += [
        f"| [{t.name}](#{t.name}) | {'facts' if t.facts else 'sums'} | {_cell(t.description)} |"
        for t in TABLES
    ]
    lines += ["", "| View | Gives |", "| --- | --- |"]
    lines += [f"| [{view.name}](#{view.name}) | {_cell(view.description)} |" for view in VIEWS]
    return "\n".join(lines) + "\n"


def _table(table: Table) -> str:
    lines = [f"### {table.name}\n", f"{table.description}\n", "| Column | Type | |", "| --- | --- | --- |"]
    lines += [
        f"| `{column.name}` | {_type(table, column)} | {_cell(column.description)}{_leads_to(column)} |"
        for column in table.columns
    ]
    lines += ["", *_extras(table)]
    return "\n".join(lines) + "\n"


def _type(table: Table, column: Column) -> str:
    words = [column.type]
    if column.name in table.primary_key:
        words.append("primary key")
    elif column.not_null:
        words.append("not null")
    return ", ".join(words)


def _leads_to(column: Column) -> str:
    return f" → [{column.references}](#{column.references})" if column.references else ""


def _extras(table: Table) -> Iterator[str]:
    if table.unique:
        yield "Unique: " + "; ".join(f"`{', '.join(names)}`" for names in table.unique) + ".  "
    names = [", ".join(columns) for columns in ddl.indexes(table).values()]
    if names:
        yield "Indexed: " + "; ".join(f"`{name}`" for name in names) + ".  "
    if table.fts:
        columns = ", ".join(f"`{name}`" for name in table.fts)
        yield f"Full-text search: `{table.name}_fts` over {columns} (FTS5, `{ddl.TOKENIZER}`, external content).  "


def _view(view: View) -> str:
    lines = [f"### {view.name}\n", f"{view.description}\n", "| Column | |", "| --- | --- |"]
    lines += [f"| `{column.name}` | {_cell(column.description)} |" for column in view.columns]
    return "\n".join(lines) + "\n"


def _recipe(connection: sqlite3.Connection, recipe: cookbook.Recipe) -> str:
    lines = [f"### {recipe.question}\n", "```sql", recipe.sql, "```", ""]
    if recipe.note:
        lines += [recipe.note, ""]
    if recipe.values:
        lines += ["With " + ", ".join(f"`:{k}` = `{v}`" for k, v in recipe.values.items()) + ":", ""]
    cursor = connection.execute(recipe.sql, dict(recipe.values))
    columns = [column[0] for column in cursor.description]
    rows = cursor.fetchall()
    if rows:
        lines += ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
        lines += ["| " + " | ".join(_shown(value) for value in row) + " |" for row in rows[:ROWS_SHOWN]]
        if len(rows) > ROWS_SHOWN:
            lines += ["", f"… and {len(rows) - ROWS_SHOWN} more."]
    else:
        lines.append("Nothing, in the seeds.")
    return "\n".join(lines) + "\n"


def _shown(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:g}" if isinstance(value, float) else " ".join(str(value).split())
    if len(text) > CELL_CHARACTERS:
        text = text[: CELL_CHARACTERS - 2].rstrip() + " …"
    return _cell(text)


def _cell(text: str) -> str:
    """Text as it must stand in a cell of a Markdown table."""
    for sign in "\\|<*":
        text = text.replace(sign, f"\\{sign}")
    return text


def main(arguments: list[str]) -> None:
    """Write both pages."""
    database = arguments[0] if arguments else "corpus.db"
    folder = Path(arguments[1] if len(arguments) > 1 else "docs")
    (folder / "schema.md").write_text(schema_page(), encoding="utf-8")
    with closing(open_database(database)) as connection:
        (folder / "cookbook.md").write_text(cookbook_page(connection), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
