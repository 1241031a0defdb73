"""Arguments and options that several commands share."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import click

from corpus_db.cli.output import Output, many
from corpus_db.cli.tables import table_lines
from corpus_db.cli.terminal import printable_line, terminal_width
from corpus_db.errors import CorpusError
from corpus_db.store.details import Subject, best, find_countries, find_people

DEFAULT_DATABASE = "corpus.db"
ROWS_FOR_PEOPLE = 20
OTHERS = 5  # named beside the one that a name fits best
CHOICES = 20  # listed where a name fits several

db_option = click.option(
    "-d",
    "--db",
    envvar="CORPUS_DB",
    default=DEFAULT_DATABASE,
    show_default=True,
    show_envvar=True,
    metavar="FILE",
    help="The database.",
)


_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def words(value: str) -> str:
    """A click type: text that SQLite can take; bytes that are no text become U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", value)


def day(value: str) -> str:
    """A click type: a date as precise as one likes, 2020, 2020-06 or 2020-06-17."""
    if not _DAY.fullmatch(value):
        raise click.BadParameter(f"{value!r} is no date: write 2020, 2020-06 or 2020-06-17.")
    return value


def rows(value: object) -> int:
    """A click type: a number of rows, 0 for all of them."""
    number = _whole(value)
    if number is None:
        raise click.BadParameter(f"{str(value)!r} is no number of rows: give 1, 2, 3 ... or 0 for all.")
    return number


def whole(least: int, most: int | None = None) -> Callable[[object], int]:
    """A click type: a whole number between two others."""

    def convert(value: object) -> int:
        number = _whole(value)
        if number is None or number < least or (most is not None and number > most):
            span = f"from {least} on" if most is None else f"from {least} to {most}"
            raise click.BadParameter(f"{str(value)!r} is no whole number {span}.")
        return number

    return convert


def _whole(value: object) -> int | None:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def seconds(value: object) -> float:
    """A click type: a number of seconds, 0 or more."""
    try:
        number = float(str(value))
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise click.BadParameter(f"{str(value)!r} is no number of seconds.")
    return number


limit_option = click.option(
    "--limit",
    type=rows,
    metavar="N",
    help=f"Number of rows, 0 for all; without it {ROWS_FOR_PEOPLE} on screen, all as JSON or CSV.",
)


def rows_wanted(limit: int | None, output: Output) -> int | None:
    """The limit that goes into a query: None for no limit."""
    if limit is None:
        return None if output.for_programs else ROWS_FOR_PEOPLE
    return limit or None


LISTS = {"person": "people", "country": "countries", "article": "search"}


@contextmanager
def reading(db: str) -> Iterator[sqlite3.Connection]:
    """The database, open for reading only, or a CorpusError that says how to make one."""
    from corpus_db.store.database import open_database, translated

    with translated(db), closing(open_database(db)) as connection:
        yield connection


def country_code(connection: sqlite3.Connection, text: str | None) -> str | None:
    """The country that a code or a name means."""
    return None if text is None else str(one_of(find_countries(connection, text), "country", text).key)


def person_id(connection: sqlite3.Connection, text: str) -> int:
    """The person that a name or a number means."""
    return int(one_of(find_people(connection, text), "person", text).key)


def one_of(subjects: list[Subject], what: str, text: str) -> Subject:
    """The one subject that a name fits best; lists them and stops the command where it fits several."""
    fitting = best(subjects)
    if not fitting:
        lists = " and ".join(f"`corpus-db {LISTS[entity]}`" for entity in LISTS if entity in what)
        raise CorpusError(f"no {what} here goes by the name {text!r}; see {lists}.")
    if len(fitting) > 1:
        for line in choices(fitting):
            click.echo(line, err=True)
        example = f"--{fitting[0].entity} {fitting[0].key}"
        raise CorpusError(f"{text!r} fits all of these; say which, as in {example}.")
    others = [f"{subject.name} ({subject.key})" for subject in subjects if subject is not fitting[0]]
    if others:
        more = f" and {len(others) - OTHERS} more" if len(others) > OTHERS else ""
        taken = f"{text!r} is taken for {fitting[0].name} ({fitting[0].key})"
        click.echo(printable_line(f"{taken}; it also fits {', '.join(others[:OTHERS])}{more}."), err=True)
    return fitting[0]


def choices(subjects: list[Subject]) -> list[str]:
    """Subjects as lines of a table to choose from."""
    rows = [
        (s.entity, str(s.key), s.name, s.remark, many(s.article_count, "article")) for s in subjects[:CHOICES]
    ]
    lines = table_lines([""] * 5, rows, terminal_width(), headers_too=False)
    return [*lines, f"… and {len(subjects) - CHOICES} more"] if len(subjects) > CHOICES else lines
