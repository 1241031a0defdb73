"""`corpus-db documents`: what became of every piece of every input file, and why."""

from __future__ import annotations

from typing import get_args

import click

from corpus_db.cli.options import db_option, limit_option, reading, rows_wanted, words
from corpus_db.cli.output import Output, output_options, write_listing
from corpus_db.models import Outcome
from corpus_db.store.queries import documents as list_documents

SHOW = ("path", "part", "outcome", "reason", "article_id")


@click.command()
@click.argument("path", required=False, type=words)
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    type=click.Choice(get_args(Outcome)),
    help="Only pieces of which this became. Repeatable.",
)
@limit_option
@db_option
@output_options
def documents(
    path: str | None, outcomes: tuple[str, ...], limit: int | None, db: str, output: Output
) -> None:
    """List what became of every piece of every input file, and why.

    Nothing is lost on import: each piece is an article, a duplicate of one, empty, or rejected with a
    reason. PATH keeps files whose path contains it.

    \b
    Examples:
        corpus-db documents --outcome rejected --outcome empty
        corpus-db documents export.jsonl --csv > accounting.csv
    """  # fmt: skip
    with reading(db) as connection:
        listing = list_documents(connection, outcomes=outcomes, path=path, limit=rows_wanted(limit, output))
        write_listing(listing, output, "pieces", show=SHOW)
