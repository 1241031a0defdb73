"""`corpus-db check`: whether the database holds what it promises."""

from __future__ import annotations

import sys

import click

from corpus_db.cli.options import db_option, reading
from corpus_db.cli.output import Output, many, output_options, write_rows
from corpus_db.cli.terminal import printable_line
from corpus_db.store.queries import totals

COLUMNS = ("code", "message", "count", "sample")
EXIT_FOUND = 1


@click.command()
@db_option
@output_options
def check(db: str, output: Output) -> None:
    """Check that the database holds what it promises.

    Every mention must stand where it says, the pieces of every input file must add up to its size,
    every count must be what the articles add up to, keys must lead somewhere and the full-text indexes
    say what the texts say. Nothing is changed. Exit status 1 when something is wrong.

    \b
    Examples:
        corpus-db check
        corpus-db check --json && echo sound
    """
    from corpus_db.store.check import check as findings_of

    with reading(db) as connection:
        findings = findings_of(connection)
        found = totals(connection)
    if not output.for_people:
        rows = [(f.code, f.message, f.count, "; ".join(f.sample)) for f in findings]
        write_rows(COLUMNS, rows, output)
    elif not findings:
        click.echo(
            f"{printable_line(db)} is sound: {many(found['articles'], 'article')}, {many(found['people'], 'person', 'people')},"
            f" {many(found['mentions'], 'mention')}, {many(found['documents'], 'piece')} of input."
        )
    else:
        for finding in findings:
            click.echo(printable_line(f"{finding.count:,} {finding.message}  [{finding.code}]"))
            for example in finding.sample:
                click.echo(f"    {printable_line(example)}")
        click.echo(
            "Import the articles into a new database, and please report how this one came about.", err=True
        )
    if findings:
        sys.exit(EXIT_FOUND)
