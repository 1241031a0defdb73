"""Rows to standard output: a table for people, or JSON, CSV and TSV with sqlite-utils' options.

The options have the names and the meaning they have in sqlite-utils (`--nl`, `--arrays`, `--csv`,
`--tsv`, `--no-headers`, `-t`, `--fmt`, `--ascii`), with one difference: the default is a table cut
to the terminal, because the commands here are questions, and `--json` asks for JSON.

A program gets every value as it is stored. A terminal never gets a control character out of an
article: tables show escapes; JSON writes them as \\u00XX, which reads back as the same text; CSV is
left as it is in a pipe and escaped on a terminal.
"""

from __future__ import annotations

import base64
import csv
import itertools
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

import click

from corpus_db.cli.tables import PATHS, Cell, fitting, heading, short, shown, table_lines
from corpus_db.cli.terminal import is_terminal, printable_line, printable_lines, terminal_width
from corpus_db.store.queries import Listing

Command = TypeVar("Command", bound=Callable[..., Any])

_JSON_RAW = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")  # json.dumps leaves these as they are
_INTERPRETING_FORMATS = {"unsafehtml", "latex_raw"}  # tabulate formats that hand text on unescaped


@dataclass(frozen=True, slots=True)
class Output:
    """The output options of one call."""

    json: bool = False
    nl: bool = False
    arrays: bool = False
    csv: bool = False
    tsv: bool = False
    no_headers: bool = False
    table: bool = False
    fmt: str | None = None
    ascii: bool = False

    @property
    def for_programs(self) -> bool:
        """Whether a program reads it: every row and every value, nothing else."""
        return self.json or self.nl or self.arrays or self.csv or self.tsv

    @property
    def for_people(self) -> bool:
        """Whether no format was asked for, so that a command may choose its own layout."""
        return not (self.for_programs or self.table or self.fmt)

    def check(self) -> None:
        """Refuse options that contradict each other, rather than drop one of them silently."""
        chosen = [
            name
            for name, given in (
                ("--json/--nl/--arrays", self.json or self.nl or self.arrays),
                ("--csv", self.csv),
                ("--tsv", self.tsv),
                ("--table/--fmt", self.table or bool(self.fmt)),
            )
            if given
        ]
        if len(chosen) > 1:
            raise click.UsageError(f"{chosen[0]} and {chosen[1]} exclude each other.")


def output_options(command: Command) -> Command:
    """Add sqlite-utils' output options; the command gets them as one `output: Output`."""

    @wraps(command)
    def wrapper(**arguments: Any) -> Any:
        output = Output(
            json=arguments.pop("json_"),
            ascii=arguments.pop("ascii_"),
            **{name: arguments.pop(name) for name in _PLAIN_OPTIONS},
        )
        output.check()
        return command(output=output, **arguments)

    for option in reversed(_OPTIONS):
        wrapper = option(wrapper)
    return wrapper  # type: ignore[return-value]  # click's decorators keep the callable's type open


_PLAIN_OPTIONS = ("nl", "arrays", "csv", "tsv", "no_headers", "table", "fmt")
OPTION_NAMES = ("json_", "ascii_", *_PLAIN_OPTIONS)  # of the parameters that the options below fill
_OPTIONS = (
    click.option("--json", "json_", is_flag=True, help="Output JSON"),
    click.option("--nl", is_flag=True, help="Output newline-delimited JSON"),
    click.option("--arrays", is_flag=True, help="Output rows as arrays instead of objects"),
    click.option("--csv", is_flag=True, help="Output CSV"),
    click.option("--tsv", is_flag=True, help="Output TSV"),
    click.option("--no-headers", is_flag=True, help="Omit headers from CSV/TSV and table/--fmt output"),
    click.option("-t", "--table", is_flag=True, help="Output as a table with nothing cut off"),
    click.option("--fmt", metavar="TEXT", help="Table format of tabulate: simple, github, rst, html ..."),
    click.option("--ascii", "ascii_", is_flag=True, help="Escape non-ASCII characters in JSON output"),
)


def write_rows(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], output: Output, *, show: Sequence[str] = ()
) -> None:
    """Write rows in the format that was asked for.

    `show` names the columns that the table for people has room for; programs get all of them.
    """
    if output.csv or output.tsv:
        write_csv(columns, rows, output)
    elif output.for_programs:
        for line in json_lines(columns, rows, output):
            click.echo(line)
    else:
        write_table(columns, rows, output, show)


def write_listing(listing: Listing, output: Output, what: str, *, show: Sequence[str]) -> None:
    """Write a listing as it comes from the database, and beside it what there is more."""
    shown = 0

    def rows() -> Iterator[Sequence[Cell]]:
        nonlocal shown
        for row in listing.rows:
            shown += 1
            yield row

    write_rows(listing.columns, rows(), output, show=show)
    say_rest(shown, listing.total, what)


def say_rest(shown: int, total: int | None, what: str) -> None:
    """Tell people, beside the output and not in it, that there is nothing or more."""
    if not shown and not total:
        click.echo(f"No {what} found.", err=True)
    elif total is not None and shown < total:
        click.echo(f"{shown:,} of {total:,} {what}; --limit 0 shows all.", err=True)


def write_object(value: Any, output: Output) -> None:
    """Write one JSON value (a report, one article), indented, or on one line with --nl."""
    click.echo(dumps(value, escape=output.ascii, indent=None if output.nl else 2))


def dumps(value: Any, *, escape: bool = False, indent: int | None = None) -> str:
    """JSON that no terminal can take for a command and every reader reads back unchanged."""
    escape = escape or (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") != "utf8"
    text = json.dumps(value, ensure_ascii=escape, indent=indent, default=_json_bytes)
    return _JSON_RAW.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _json_bytes(value: object) -> object:
    if isinstance(value, bytes):  # as sqlite-utils writes them
        return {"$base64": True, "encoded": base64.b64encode(value).decode("ascii")}
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def json_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]], output: Output) -> Iterator[str]:
    """The lines of a JSON list of rows, or one JSON value a line with --nl. Streams."""
    keys = _unique(columns)
    values = (list(row) if output.arrays else dict(zip(keys, row, strict=True)) for row in rows)
    texts = (dumps(value, escape=output.ascii) for value in values)
    if output.nl:
        yield from texts
        return
    first = next(texts, None)
    if first is None:
        yield "[]"
        return
    before = "[" + first
    for text in texts:
        yield before + ","
        before = " " + text
    yield before + "]"


def _unique(columns: Sequence[str]) -> list[str]:
    """Column names as JSON keys: a repeated `id` becomes `id_2`, as in sqlite-utils."""
    keys: list[str] = []
    for column in columns:
        key = column
        for number in itertools.count(2):
            if key not in keys:
                break
            key = f"{column}_{number}"
        keys.append(key)
    return keys


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]], output: Output) -> None:
    """Write CSV or TSV in the dialects of Python's csv module, as sqlite-utils does."""
    writer = csv.writer(sys.stdout, dialect="excel-tab" if output.tsv else "excel")
    if not output.no_headers:
        writer.writerow(columns)
    for row in rows:
        writer.writerow([printable_lines(value) if isinstance(value, str) else value for value in row]
                        if is_terminal() else row)  # fmt: skip
    sys.stdout.flush()


def write_table(
    columns: Sequence[str], rows: Iterable[Sequence[Cell]], output: Output, show: Sequence[str] = ()
) -> None:
    """Write an aligned table: for people of the columns in `show` that the terminal has room for.

    Of those in `show`, columns that say nothing are left out.
    """
    if not output.for_people:
        headers = [printable_line(column) for column in columns]
        if output.fmt:
            click.echo(_tabulated(headers, list(rows), output))
        else:
            _echo(table_lines(headers, list(rows), None, headers_too=not output.no_headers))
        return
    found = list(rows)
    chosen = [columns.index(name) for name in show] if show else list(range(len(columns)))
    if show and not found:
        return  # the command says so in words
    if show:
        chosen = [index for index in chosen if any(row[index] is not None for row in found)]
    names = [columns[index] for index in chosen]
    values = [[short(columns[index], row[index]) for index in chosen] for row in found]
    available = terminal_width()
    room = fitting([heading(name) for name in names], values, available)
    lines = table_lines(
        [heading(name) for name in names[:room]],
        [row[:room] for row in values],
        available,
        headers_too=not output.no_headers,
        ends=[index for index, name in enumerate(names) if name in PATHS],
    )
    _echo(lines)
    if room < len(names):
        missing = ", ".join(heading(name) for name in names[room:])
        click.echo(f"No room for {missing}; -t shows everything.", err=True)


def _echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def many(number: int, one: str, several: str | None = None) -> str:
    """1 article, 2,000 articles, 2 countries."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def _tabulated(headers: Sequence[str], rows: Sequence[Sequence[Cell]], output: Output) -> str:
    """A table in one of tabulate's formats, which sqlite-utils brings along."""
    from tabulate import tabulate, tabulate_formats  # type: ignore[import-untyped]  # no stubs in the project

    known = [name for name in tabulate_formats if name not in _INTERPRETING_FORMATS]
    if output.fmt not in known:
        raise click.UsageError(f"--fmt {output.fmt}: no such table format. One of: {', '.join(known)}.")
    texts = [[value if isinstance(value, int | float) else shown(value) for value in row] for row in rows]
    text: str = tabulate(
        texts, headers=() if output.no_headers else headers, tablefmt=output.fmt, disable_numparse=True
    )
    return text
