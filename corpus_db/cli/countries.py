"""`corpus-db countries`: which countries the articles speak of."""

from __future__ import annotations

import click

from corpus_db.cli.options import db_option, limit_option, reading, rows_wanted, words
from corpus_db.cli.output import Output, output_options, write_listing
from corpus_db.errors import CorpusError
from corpus_db.store.queries import COUNTRY_ORDERS, regions
from corpus_db.store.queries import countries as list_countries

SHOW = ("code", "name", "subregion", "article_count", "mention_count", "dateline_count")


@click.command()
@click.argument("name", nargs=-1, type=words)
@click.option(
    "--region",
    type=words,
    metavar="TEXT",
    help="Only countries of this region or subregion: Africa, South America ...",
)
@click.option("--all", "everything", is_flag=True, help="Also countries that no article mentions.")
@click.option(
    "--sort",
    "order",
    type=click.Choice(list(COUNTRY_ORDERS)),
    default="articles",
    show_default=True,
    help="Order of the rows.",
)
@limit_option
@db_option
@output_options
def countries(
    name: tuple[str, ...],
    region: str | None,
    everything: bool,
    order: str,
    limit: int | None,
    db: str,
    output: Output,
) -> None:
    """List the countries that articles mention, the most mentioned first.

    article_count leaves out articles that name the country in their dateline only: a dateline tells
    where an agency sits, not what the article is about. NAME keeps names that contain it, or a code.

    \b
    Examples:
        corpus-db countries
        corpus-db countries --region "South America" --sort mentions
        corpus-db countries --all --csv > countries.csv
    """  # fmt: skip
    with reading(db) as connection:
        known = regions(connection)
        if region is not None and not any(region.lower() in one.lower() for one in known):
            raise CorpusError(f"there is no region {region!r}; there are {', '.join(known)}.")
        listing = list_countries(
            connection,
            name=" ".join(name) or None,
            region=region,
            mentioned=not everything,
            order=order,
            limit=rows_wanted(limit, output),
        )
        write_listing(listing, output, "countries", show=SHOW)
