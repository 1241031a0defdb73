"""`corpus-db search`: the articles that match, best first, with the matching words marked."""

from __future__ import annotations

import click

from corpus_db.cli.options import (
    country_code,
    day,
    db_option,
    limit_option,
    person_id,
    reading,
    rows_wanted,
    words,
)
from corpus_db.cli.output import Output, output_options, say_rest, write_rows
from corpus_db.cli.tables import short
from corpus_db.cli.terminal import marked, printable_line, terminal_width, wrapped
from corpus_db.store.queries import Listing, Question, count_each
from corpus_db.store.queries import search as search_articles

INDENT = 4
PEOPLE_SHOWN = 8


@click.command()
@click.argument("query", nargs=-1, type=words)
@click.option(
    "--person",
    "people",
    multiple=True,
    type=words,
    metavar="NAME",
    help="Only articles that mention this person. Repeat it for articles that mention all of them.",
)
@click.option(
    "--country",
    "countries",
    multiple=True,
    type=words,
    metavar="NAME",
    help="Only articles that mention this country, by name or code (datelines do not count). Repeatable.",
)
@click.option(
    "--from",
    "published_from",
    type=day,
    metavar="DATE",
    help="Published on or after: 2020, 2020-06 or 2020-06-17.",
)
@click.option(
    "--to",
    "published_to",
    type=day,
    metavar="DATE",
    help="Published on or before; 2020-06 includes all of June.",
)
@limit_option
@db_option
@output_options
def search(
    query: tuple[str, ...],
    people: tuple[str, ...],
    countries: tuple[str, ...],
    published_from: str | None,
    published_to: str | None,
    limit: int | None,
    db: str,
    output: Output,
) -> None:
    """Search titles and texts; the best matches first.

    All words of QUERY must occur, in any form: trade finds trading. "Double quotes" ask for words
    side by side, OR and NOT (in capitals) and brackets combine, a final * finds beginnings. Every
    other sign is searched as it is: O'Brien, covid-19. Without QUERY the articles that fit the
    options are listed, the latest first. `corpus-db show NUMBER` shows the article of that number.

    \b
    Examples:
        corpus-db search trade talks
        corpus-db search '"state visit" NOT Peru' --from 2020
        corpus-db search --person "Xi Jinping" --country Peru
    """  # fmt: skip
    text = " ".join(query).strip()
    if not (text or people or countries or published_from or published_to):
        raise click.UsageError('nothing to search for: give words, as in `corpus-db search "state visit"`.')
    if published_from and published_to and published_from[: len(published_to)] > published_to:
        raise click.UsageError(f"--from {published_from} lies after --to {published_to}.")
    with reading(db) as connection:
        question = Question(
            words=text or None,
            people=tuple(person_id(connection, name) for name in people),
            countries=tuple(country_code(connection, name) or "" for name in countries),
            published_from=published_from,
            published_to=published_to,
        )
        listing = search_articles(connection, question, rows_wanted(limit, output))
        if output.for_people:
            if not _write_hits(listing) and text:
                _say_what_there_is(count_each(connection, text))
        else:
            # The last column is the marked title: for people only.
            rows = ((*row[:-2], marked(row[-2], signs=True)) for row in listing.rows)
            write_rows(listing.columns[:-1], rows, output)


def _say_what_there_is(counts: dict[str, int]) -> None:
    """After a search for several words that found nothing: which of them the corpus has, beside the output."""
    if len(counts) > 1:
        each = ", ".join(f"{printable_line(word)} in {number:,}" for word, number in counts.items())
        click.echo(f"Alone: {each}. OR between words asks for any of them.", err=True)


def _write_hits(listing: Listing) -> int:
    """One paragraph a hit: number and title, date and people, and the words around the match; how many."""
    cells = terminal_width()
    shown = 0
    for row in listing.rows:
        shown += 1
        hit = dict(zip(listing.columns, row, strict=True))
        day_published = short("published", hit["published"])
        facts = " · ".join(
            fact for fact in (day_published, hit["agency"] or hit["publisher"], _first(hit["people"])) if fact
        )
        title = f"[{hit['id']}] {printable_line(hit['title_marked'])}"
        for part in wrapped(title, cells) if cells else [title]:
            click.echo(marked(part, bold=True))
        for paragraph in filter(None, (facts, hit["snippet"])):
            line = printable_line(paragraph)
            for part in wrapped(line, cells - INDENT) if cells else [line]:
                click.echo(" " * INDENT + marked(part))
        click.echo()
    say_rest(shown, listing.total, "articles")
    return shown


def _first(people: str | None) -> str:
    """The first of the people in an article, and how many more there are."""
    if not people:
        return ""
    names = people.split(" · ")
    more = len(names) - PEOPLE_SHOWN
    return "with " + ", ".join(names[:PEOPLE_SHOWN]) + (f" and {more} more" if more > 0 else "")
