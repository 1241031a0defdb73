"""`corpus-db serve`: browse the database with Datasette."""

from __future__ import annotations

import click

from corpus_db.cli.options import db_option, reading


@click.command()
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; 0.0.0.0 lets others in.",
)
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    default=8001,
    show_default=True,
    help="Port to listen on; 0 picks a free one.",
)
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open the pages in a browser.")
@db_option
def serve(host: str, port: int, open_browser: bool, db: str) -> None:
    """Browse and search the database in a browser, with Datasette.

    The database is served read-only and as it is now: stop the server before the next import.

    \b
    Examples:
        corpus-db serve --open
        corpus-db serve --db news.db --port 8080
    """  # fmt: skip
    with reading(db):
        pass  # one clear line now, not a page of Datasette's later
    from corpus_db.web.serve import serve as serve_pages

    serve_pages(db, host=host, port=port, open_browser=open_browser)
