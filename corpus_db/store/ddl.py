"""The CREATE statements, derived from the declaration in `schema.py` and `views.py`.

Nothing else in the program writes the database's shape, so that the declaration, the database and
`docs/schema.md` cannot drift apart. The rules that are not spelled out column by column:

* Every foreign key is declared. The two that form circles (a document and its article, a mention
  and its antecedent) are checked at COMMIT, the others at once.
* Indexed is what a person or Datasette looks up, follows, facets or sorts by: every foreign key,
  every facet, every default sort, and what a column or table asks for; one index for each, and
  none where the primary key begins with the same columns.
* Full-text tables are FTS5 with external content (the text is stored once), kept up to date by
  three triggers. `content="articles"` stands in double quotes because Datasette and
  sqlite-utils only then recognise the table that it belongs to. The names of tables, triggers
  and indexes are those that sqlite-utils would give.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus_db.store.schema import TABLES, Column, Table
from corpus_db.store.views import VIEWS

TOKENIZER = "porter unicode61 remove_diacritics 2"  # stems; "Perú" and "Peru" are one word

# How many bytes FTS5 collects in memory before it writes a segment. The default, 1 MB, makes a
# bulk load write and merge many small segments. The value is kept in the database.
FTS_HASH_BYTES = 16 * 1024 * 1024

# Foreign keys whose rows are written before the row they point to.
CIRCULAR = frozenset(
    {("documents", "article_id"), ("articles", "document_id"), ("mentions", "antecedent_id")}
)


def quote(name: str) -> str:
    """`end` → `"end"`: an identifier, safe whatever it spells."""
    return '"' + name.replace('"', '""') + '"'


def columns_list(names: tuple[str, ...] | list[str]) -> str:
    """Quoted identifiers, separated by commas."""
    return ", ".join(quote(name) for name in names)


def _column(table: Table, column: Column) -> str:
    """One column's line of a CREATE TABLE."""
    parts = [quote(column.name), column.type]
    if table.primary_key == (column.name,):
        parts.append("PRIMARY KEY")
    if column.not_null:
        parts.append("NOT NULL")
    if column.check:
        parts.append(f"CHECK ({column.check})")
    if column.references:
        target = next(other for other in TABLES if other.name == column.references)
        parts.append(f"REFERENCES {quote(target.name)}({columns_list(target.primary_key)})")
        if (table.name, column.name) in CIRCULAR:
            parts.append("DEFERRABLE INITIALLY DEFERRED")
    return " ".join(parts)


def create_table(table: Table) -> str:
    """The CREATE TABLE statement of a declared table."""
    lines = [_column(table, column) for column in table.columns]
    if len(table.primary_key) > 1:
        lines.append(f"PRIMARY KEY ({columns_list(table.primary_key)})")
    lines += [f"UNIQUE ({columns_list(names)})" for names in table.unique]
    lines += [f"CHECK ({check})" for check in table.checks]
    tail = " WITHOUT ROWID" if table.without_rowid else ""
    return f"CREATE TABLE {quote(table.name)} (\n   " + ",\n   ".join(lines) + f"\n){tail}"


def indexes(table: Table) -> dict[str, tuple[str, ...]]:
    """The indexes of a table beside its keys: name → columns."""
    wanted = list(table.indexes)
    wanted += [(c.name,) for c in table.columns if c.references or c.indexed or c.name in table.facets]
    if table.sort_desc:
        wanted.append((table.sort_desc,))
    served: list[tuple[str, ...]] = [table.primary_key, *table.unique]
    chosen: dict[str, tuple[str, ...]] = {}
    for names in sorted(wanted, key=len, reverse=True):
        if not any(other[: len(names)] == names for other in served):
            served.append(names)
            chosen[f"idx_{table.name}_{'_'.join(names)}"] = names
    return dict(sorted(chosen.items()))


def create_indexes(table: Table) -> list[str]:
    """The CREATE INDEX statements of a table."""
    return [
        f"CREATE INDEX {quote(name)} ON {quote(table.name)} ({columns_list(names)})"
        for name, names in indexes(table).items()
    ]


def create_fulltext(table: Table) -> list[str]:
    """The full-text table of a table, its memory setting and its triggers; nothing if it has none."""
    if not table.fts:
        return []
    fts = f"{table.name}_fts"
    options = [columns_list(table.fts), f'tokenize="{TOKENIZER}"', f"content={quote(table.name)}"]
    return [
        f"CREATE VIRTUAL TABLE {quote(fts)} USING FTS5 (\n   " + ",\n   ".join(options) + "\n)",
        f"INSERT INTO {quote(fts)} ({quote(fts)}, rank) VALUES ('hashsize', {FTS_HASH_BYTES})",
        *create_triggers(table),
    ]


def trigger_names(table: Table) -> tuple[str, str, str]:
    """Names of the triggers that keep a table's full-text index: insert, delete, update."""
    return f"{table.name}_ai", f"{table.name}_ad", f"{table.name}_au"


def create_triggers(table: Table) -> list[str]:
    """The triggers that keep the full-text index of a table whoever writes to it."""
    fts, columns = quote(f"{table.name}_fts"), columns_list(table.fts)
    old = ", ".join(f"old.{quote(name)}" for name in table.fts)
    new = ", ".join(f"new.{quote(name)}" for name in table.fts)
    remove = f"INSERT INTO {fts} ({fts}, rowid, {columns}) VALUES ('delete', old.rowid, {old});"
    add = f"INSERT INTO {fts} (rowid, {columns}) VALUES (new.rowid, {new});"
    inserted, deleted, updated = (quote(name) for name in trigger_names(table))
    on = quote(table.name)
    return [
        f"CREATE TRIGGER {inserted} AFTER INSERT ON {on} BEGIN\n  {add}\nEND",
        f"CREATE TRIGGER {deleted} AFTER DELETE ON {on} BEGIN\n  {remove}\nEND",
        f"CREATE TRIGGER {updated} AFTER UPDATE OF {columns} ON {on} BEGIN\n  {remove}\n  {add}\nEND",
    ]


def create_views() -> list[str]:
    """The CREATE VIEW statements, in the order in which they may use each other."""
    return [f"CREATE VIEW {quote(view.name)} AS\n{view.sql}" for view in VIEWS]


def create_all() -> Iterator[str]:
    """Every statement that makes an empty database of the declared shape."""
    for table in TABLES:
        yield create_table(table)
    for table in TABLES:
        yield from create_indexes(table)
    for table in TABLES:
        yield from create_fulltext(table)
    yield from create_views()
