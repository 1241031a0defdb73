"""`corpus-db show`: one article, person or country, with its evidence."""

from __future__ import annotations

import sqlite3

import click

from corpus_db.cli import layout
from corpus_db.cli.options import db_option, one_of, reading, rows, words
from corpus_db.cli.output import Output, output_options, write_object, write_rows
from corpus_db.errors import CorpusError
from corpus_db.store import details
from corpus_db.store.details import Subject
from corpus_db.store.queries import Rows

SENTENCES = 10


@click.command()
@click.argument("what", nargs=-1, required=True, type=words)
@click.option("--article", "kind", flag_value="article", help="WHAT is the number of an article.")
@click.option("--person", "kind", flag_value="person", help="WHAT is the name or the number of a person.")
@click.option("--country", "kind", flag_value="country", help="WHAT is the name or the code of a country.")
@click.option(
    "--why",
    is_flag=True,
    help="Also the evidence: the rule behind each mention, what it was resolved by, what joined the names of a person, and what the rules mean.",
)
@click.option(
    "--limit",
    type=rows,
    metavar="N",
    help=f"Number of mentions, 0 for all; without it {SENTENCES} on screen, all as JSON or CSV.",
)
@db_option
@output_options
def show(
    what: tuple[str, ...], kind: str | None, why: bool, limit: int | None, db: str, output: Output
) -> None:
    """Show an article, a person or a country.

    WHAT is the number of an article, or the name of a person or a country, or a country's code. An
    article comes with people and countries marked in its text (bold and underlined, in a pipe «Xi» and
    ‹Peru›), and with the other articles of its story; a person with all forms of the name, roles,
    countries, company, and the sentences; a country likewise. As CSV, TSV or --nl: one row a mention.

    \b
    Examples:
        corpus-db show 3
        corpus-db show Xi Jinping --why
        corpus-db show --country China --json
    """  # fmt: skip
    text = " ".join(what)
    wanted = (None if output.for_programs else SENTENCES) if limit is None else limit or None
    with reading(db) as connection:
        subject = find(connection, text, kind)
        if subject.entity == "article":
            _show_article(connection, int(subject.key), why, output)
        elif subject.entity == "person":
            _show_person(connection, int(subject.key), why, wanted, output)
        else:
            _show_country(connection, str(subject.key), why, wanted, output)


def find(connection: sqlite3.Connection, text: str, kind: str | None) -> Subject:
    """What the words mean: a number is an article's unless an option says otherwise."""
    number = text.removeprefix("#")
    if kind == "article" or (kind is None and number.isascii() and number.isdigit()):
        if not (number.isascii() and number.isdigit()):
            raise CorpusError(f"{text!r} is no article's number; `corpus-db search` shows the numbers.")
        return Subject("article", min(int(number), 2**63 - 1), "", "", 0, 0)
    people = details.find_people(connection, text) if kind in (None, "person") else []
    countries = details.find_countries(connection, text) if kind in (None, "country") else []
    return one_of(people + countries, kind or "person or country", text)


def _show_article(connection: sqlite3.Connection, number: int, why: bool, output: Output) -> None:
    article = details.article(connection, number)
    if article is None:
        raise CorpusError(f"there is no article {number}; `corpus-db search` shows the numbers.")
    mentions = details.article_mentions(connection, number)
    if output.for_people or output.json:
        people = details.article_people(connection, number)
        countries = details.article_countries(connection, number)
        story = details.article_story(connection, number)
        if output.json:
            parts = {"people": people, "countries": countries, "story": story, "mentions": mentions}
            write_object({**article, **{name: part.dicts() for name, part in parts.items()}}, output)
            return
        for line in layout.article(article, mentions, people, countries, story, why):
            click.echo(line)
        return
    write_rows(mentions.columns, mentions.rows, output)


def _show_person(
    connection: sqlite3.Connection, key: int, why: bool, limit: int | None, output: Output
) -> None:
    person = details.person(connection, key)
    assert person is not None  # find() has just seen it
    mentions = details.person_mentions(connection, key, limit)
    reasons = details.person_reasons(connection, key) if why else {}
    _write_entity(person, mentions, reasons, output)


def _show_country(
    connection: sqlite3.Connection, code: str, why: bool, limit: int | None, output: Output
) -> None:
    country = details.country(connection, code)
    assert country is not None  # find() has just seen it
    mentions = details.country_mentions(connection, code, limit)
    reasons = details.country_reasons(connection, code) if why else {}
    _write_entity(country, mentions, reasons, output)


def _write_entity(
    record: dict[str, object], mentions: Rows, reasons: dict[str, Rows], output: Output
) -> None:
    """A person or a country: a picture for people, one object as JSON, else its mentions as rows."""
    if output.for_people:
        for line in layout.entity(record, mentions, reasons):
            click.echo(line)
    elif output.json:
        why = {"why": {name: found.dicts() for name, found in reasons.items()}} if reasons else {}
        write_object({**record, "mentions": mentions.dicts(), **why}, output)
    else:
        write_rows(mentions.columns, mentions.rows, output)
