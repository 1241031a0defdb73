"""`corpus-db check`: whether the database holds what it promises."""

from __future__ import annotations

import click

from corpus_db.cli.options import db_option
from corpus_db.cli.output import Output, output_options


@click.command()
@db_option
@output_options
def check(db: str, output: Output) -> None:
    """Check that the database holds what it promises.

    Looks at foreign keys, the full-text indexes, the position of every mention, the balance of every
    input file's bytes, and every count. Exit status 1 when something is wrong.

    \b
    Examples:
        corpus-db check
        corpus-db check --json && echo sound
    """
    raise click.ClickException("no check yet")
