"""Full-text search: keeping the indexes, and turning what a person types into a query.

The three triggers of `ddl.py` keep a full-text index whoever writes to its table, row by row. For
an import they are the wrong tool: FTS5 writes all that it has gathered to disk at the end of every
row's trigger. So `defer` replaces them, inside the import's transaction, by temporary triggers
that only note which rows changed and what the index holds for them, and `settle` brings the index
up to date with two statements, whatever the size of the import: a small one costs what its own rows
cost. Of a table that is empty at `defer` nothing is noted: its index is rebuilt from it. Nobody who writes between the two needs to
know. If the transaction fails, the old triggers are back with everything else.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from corpus_db.store.ddl import columns_list, create_triggers, quote, trigger_names
from corpus_db.store.schema import TABLES, Table
from corpus_db.store.temporary import assume_small

SEARCHABLE: tuple[Table, ...] = tuple(table for table in TABLES if table.fts)


def defer(connection: sqlite3.Connection) -> None:
    """Stop keeping the full-text indexes row by row, until `settle`. Inside a transaction only."""
    for table in SEARCHABLE:
        if _deferred(connection, table) is None:
            for name in trigger_names(table):
                connection.execute(f"DROP TRIGGER IF EXISTS main.{quote(name)}")
            empty = connection.execute(f"SELECT 1 FROM {quote(table.name)} LIMIT 1").fetchone() is None
            for statement in _note_nothing(table) if empty else _note_changes(table):
                connection.execute(statement)
    assume_small(connection)


def settle(connection: sqlite3.Connection) -> None:
    """Bring the indexes up to date with all that changed since `defer`, and keep them by trigger again."""
    for table in SEARCHABLE:
        how = _deferred(connection, table)
        if how is None:
            continue
        for statement in _rebuild(table) if how == "rebuild" else _catch_up(table):
            connection.execute(statement)
        for statement in create_triggers(table):
            connection.execute(statement)


def broken(connection: sqlite3.Connection, table: Table) -> str | None:
    """None where a table's full-text index says exactly what the table holds; else SQLite's words.

    FTS5 reads every row again and compares it with the index; needs a connection that may write.
    """
    fts = quote(f"{table.name}_fts")
    try:
        connection.execute(f"INSERT INTO {fts} ({fts}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return str(error)
    return None


def _deferred(connection: sqlite3.Connection, table: Table) -> str | None:
    """How the index of a table waits: "index", for the rows noted; "rebuild", for all; None where it does not."""
    sql = "SELECT name FROM temp.sqlite_schema WHERE type = 'table' AND name IN (?, ?)"
    row = connection.execute(sql, (f"{table.name}_index", f"{table.name}_rebuild")).fetchone()
    return None if row is None else row[0].rpartition("_")[2]


def _prefixed(alias: str, table: Table) -> str:
    return ", ".join(f"{alias}.{quote(name)}" for name in table.fts)


def _note_changes(table: Table) -> list[str]:
    """Temporary tables and triggers that note which rows to take out of the index and which to put in.

    A row that is put in and changed or removed again before `settle` was never in the index:
    only what the index holds is noted for removal.
    """
    name, columns = table.name, columns_list(table.fts)
    # Not OR IGNORE: an upsert that fires the trigger would put its own conflict rule in its place.
    take_out = (
        f"INSERT INTO {name}_unindex (id, {columns})"
        f" SELECT old.id, {_prefixed('old', table)}"
        f" WHERE NOT EXISTS (SELECT 1 FROM {name}_index WHERE id = old.id);"
    )
    note = (
        f"INSERT INTO {name}_index SELECT new.id"
        f" WHERE NOT EXISTS (SELECT 1 FROM {name}_index WHERE id = new.id);"
    )
    unnote = f"DELETE FROM {name}_index WHERE id = old.id;"
    trigger = f"CREATE TEMP TRIGGER {name}_noted"
    on = f"ON main.{quote(name)}"
    changed = " OR ".join(f"old.{quote(column)} IS NOT new.{quote(column)}" for column in table.fts)
    return [
        f"CREATE TEMP TABLE {name}_index (id INTEGER PRIMARY KEY)",
        f"CREATE TEMP TABLE {name}_unindex (id INTEGER PRIMARY KEY, {columns})",
        f"{trigger}_ai AFTER INSERT {on} BEGIN {note} END",
        f"{trigger}_ad AFTER DELETE {on} BEGIN {take_out} {unnote} END",
        f"{trigger}_au AFTER UPDATE OF {columns} {on} WHEN {changed} BEGIN {take_out} {note} END",
    ]


def _catch_up(table: Table) -> list[str]:
    """Take out and put in what was noted, and stop noting. Removals first: a changed row is in both lists."""
    name, fts, columns = table.name, quote(f"{table.name}_fts"), columns_list(table.fts)
    gone = f"SELECT 'delete', id, {columns} FROM temp.{name}_unindex ORDER BY id"
    there = f"FROM temp.{name}_index n JOIN {quote(name)} t ON t.id = n.id ORDER BY n.id"
    return [
        f"INSERT INTO {fts} ({fts}, rowid, {columns}) {gone}",
        f"INSERT INTO {fts} (rowid, {columns}) SELECT t.id, {_prefixed('t', table)} {there}",
        *(f"DROP TRIGGER temp.{name}_noted_{event}" for event in ("ai", "ad", "au")),
        f"DROP TABLE temp.{name}_index",
        f"DROP TABLE temp.{name}_unindex",
    ]


def _note_nothing(table: Table) -> list[str]:
    """The mark of an index that will be rebuilt: a temporary table, which goes if the transaction fails."""
    return [f"CREATE TEMP TABLE {table.name}_rebuild (mark)"]


def _rebuild(table: Table) -> list[str]:
    fts = quote(f"{table.name}_fts")
    return [f"INSERT INTO {fts} ({fts}) VALUES ('rebuild')", f"DROP TABLE temp.{table.name}_rebuild"]


# --- queries ---------------------------------------------------------------------------------

NOTHING = '""'  # an FTS5 query that matches no row
_DEEPEST = 16  # parentheses within parentheses; FTS5 itself gives up at some depth
_MOST_WORDS = 200  # FTS5 refuses very long expressions

_PIECE = re.compile(r'"([^"]*)("?)(\*?)|([()])|([^\s"()]+)')
_OPERATORS = ("AND", "OR", "NOT")


class _Piece(NamedTuple):
    """What was typed, cut up: kind is word, open, close, or an operator's name."""

    kind: str
    sql: str


class _Malformed(ValueError):
    """Operators or parentheses do not fit together."""


def match_expression(query: str) -> str:
    """An FTS5 query for what a person typed; never a syntax error, whatever it was.

    Words are all required, in any place. Quotes make a phrase, a trailing * a prefix, and AND, OR,
    NOT in capitals and parentheses combine, where they fit together; where they do not, they are
    words like others. All other signs are what FTS5 makes of them in the text: "O'Brien" and
    "covid-19" are found as they are written. A query without a letter or digit matches nothing.

    >>> match_expression('''O'Brien covid-19''')
    '"O\\'Brien" AND "covid-19"'
    >>> match_expression('Xi OR "Lenin Moreno" NOT peru*')
    '("Xi") OR ("Lenin Moreno" NOT "peru" *)'
    >>> match_expression('AND "')
    '"AND"'
    """
    pieces = _cut(query)
    try:
        return _Parser(pieces).whole() if pieces else NOTHING
    except _Malformed:
        words = [piece.sql for piece in _cut(query, operators=False) if piece.kind == "word"]
        return " AND ".join(words) or NOTHING


def left_out(query: str) -> str | None:
    """The FTS5 query of all that a query leaves out which only says what it does not want; None for others.

    FTS5 itself can only leave something out of something: whoever asks has to.

    >>> left_out('NOT (trade OR peru*)')
    '("trade") OR ("peru" *)'
    >>> left_out('China NOT trade') is None
    True
    """
    pieces = _cut(query)
    if not pieces or pieces[0].kind != "NOT":
        return None
    try:
        return _Parser(pieces).unwanted()
    except _Malformed:
        return None


def single_words(query: str) -> list[str]:
    """The words and phrases that a person typed, each once and as a query of its own.

    >>> single_words('Xi OR "Lenin Moreno" NOT (peru* xi)')
    ['Xi', '"Lenin Moreno"', 'peru*']
    """
    found: dict[str, str] = {}
    for piece in _cut(query):
        if piece.kind == "word":
            stem, star = piece.sql.removesuffix(" *"), "*" if piece.sql.endswith(" *") else ""
            word = (stem if " " in stem else stem.strip('"')) + star
            found.setdefault(word.casefold(), word)
    return list(found.values())


def _cut(query: str, operators: bool = True) -> list[_Piece]:
    """Words, phrases, parentheses and operators; what holds no letter or digit is dropped."""
    pieces = []
    words = 0
    for phrase, _closing, star, parenthesis, word in _PIECE.findall(_clean(query)):
        if parenthesis:
            pieces.append(_Piece("open" if parenthesis == "(" else "close", parenthesis))
        elif operators and word in _OPERATORS:
            pieces.append(_Piece(word, word))
        elif _searchable(phrase or word) and words < _MOST_WORDS:
            words += 1
            stem = phrase or word.rstrip("*")
            prefix = " *" if star or word.endswith("*") else ""
            pieces.append(_Piece("word", f'"{stem}"{prefix}'))
    return pieces


def _clean(query: str) -> str:
    """Without what SQLite cannot take in a string: NUL and halves of surrogate pairs."""
    return re.sub("[\x00\ud800-\udfff]", " ", query)


def _searchable(text: str) -> bool:
    """Whether FTS5 sees a word in it: a letter or a digit."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def _any_of(parts: Sequence[str]) -> str:
    return (
        parts[0].removeprefix("(").removesuffix(")")
        if len(parts) == 1 and parts[0][:1] == "("
        else " OR ".join(parts)
    )


class _Parser:
    """Recursive descent: OR binds least, then AND (also unwritten), then NOT.

    The result carries its own parentheses, so that FTS5's precedence, in which an unwritten AND
    binds more than NOT, does not matter.
    """

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = pieces
        self._next = 0
        self._depth = 0

    def whole(self) -> str:
        expression = self._alternatives()
        if self._next < len(self._pieces):
            raise _Malformed
        return expression

    def unwanted(self) -> str:
        """What a query of NOT alone leaves out."""
        parts = self._nots()
        if self._next < len(self._pieces):
            raise _Malformed
        return _any_of(parts)

    def _nots(self) -> list[str]:
        """What stands behind each NOT from here on."""
        parts = []
        while self._kind() == "NOT":
            self._next += 1
            parts.append(self._single())
        return parts

    def _kind(self) -> str:
        return self._pieces[self._next].kind if self._next < len(self._pieces) else "end"

    def _alternatives(self) -> str:
        parts = [self._all_of()]
        while self._kind() == "OR":
            self._next += 1
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else " OR ".join(f"({part})" for part in parts)

    def _all_of(self) -> str:
        unwanted = self._nots()  # "NOT trade china" is "china NOT trade"
        parts = [self._but_not()]
        while self._kind() in ("AND", "word", "open"):
            if self._kind() == "AND":
                self._next += 1
            if nots := self._nots():
                unwanted += nots
            else:
                parts.append(self._but_not())
        wanted = " AND ".join(parts)
        return f"({wanted}) NOT ({_any_of(unwanted)})" if unwanted else wanted

    def _but_not(self) -> str:
        expression = self._single()
        unwanted = self._nots()
        if not unwanted:
            return expression
        excluded = unwanted[0] if len(unwanted) == 1 else f"({' OR '.join(unwanted)})"
        return f"{expression} NOT {excluded}"

    def _single(self) -> str:
        piece = self._pieces[self._next] if self._next < len(self._pieces) else _Piece("end", "")
        self._next += 1
        if piece.kind == "word":
            return piece.sql
        if piece.kind != "open" or self._depth == _DEEPEST:
            raise _Malformed
        self._depth += 1
        expression = self._alternatives()
        self._depth -= 1
        if self._kind() != "close":
            raise _Malformed
        self._next += 1
        return f"({expression})"
