"""`corpus-db people`: who appears in the articles."""

from __future__ import annotations

import click

from corpus_db.cli.options import country_code, db_option, limit_option, reading, rows_wanted, words
from corpus_db.cli.output import Output, output_options, write_listing
from corpus_db.store.queries import PEOPLE_ORDERS
from corpus_db.store.queries import people as list_people

SHOW = (
    "id",
    "name",
    "description",
    "role",
    "country",
    "mention_count",
    "article_count",
    "first_published",
    "last_published",
)


@click.command()
@click.argument("name", nargs=-1, type=words)
@click.option(
    "--country", type=words, metavar="NAME", help="Only people with a role in this country, by name or code."
)
@click.option(
    "--role", type=words, metavar="TEXT", help="Only people with this role: president, minister ..."
)
@click.option(
    "--sort",
    "order",
    type=click.Choice(list(PEOPLE_ORDERS)),
    default="mentions",
    show_default=True,
    help="Order of the rows.",
)
@limit_option
@db_option
@output_options
def people(
    name: tuple[str, ...],
    country: str | None,
    role: str | None,
    order: str,
    limit: int | None,
    db: str,
    output: Output,
) -> None:
    """List the people of the corpus, the most mentioned first.

    NAME keeps those of whom some form of the name has all these words; a final * finds beginnings.
    `corpus-db show NAME` tells all about one of them.

    \b
    Examples:
        corpus-db people
        corpus-db people --country Ecuador --role president
        corpus-db people 'lass*' --json
    """  # fmt: skip
    with reading(db) as connection:
        listing = list_people(
            connection,
            name=" ".join(name) or None,
            country=country_code(connection, country),
            role=role,
            order=order,
            limit=rows_wanted(limit, output),
        )
        write_listing(listing, output, "people", show=SHOW)
