"""`corpus-db serve`: browse the database with Datasette."""

from __future__ import annotations

import click

from corpus_db.cli.options import db_option, whole


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
    type=whole(0, 65535),
    metavar="PORT",
    default=8001,
    show_default=True,
    help="Port to listen on; 0 picks a free one.",
)
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open the pages in a browser.")
@db_option
@click.argument("arguments", nargs=-1, metavar="[-- DATASETTE_OPTION...]", type=click.UNPROCESSED)
def serve(host: str, port: int, open_browser: bool, db: str, arguments: tuple[str, ...]) -> None:
    """Browse and search the database in a browser, with Datasette.

    The database is served read-only and as it is now: stop the server before the next import. What
    follows -- goes to `datasette serve`.

    \b
    Examples:
        corpus-db serve --open
        corpus-db serve --db news.db --port 8080
        corpus-db serve -- --setting sql_time_limit_ms 5000
    """  # fmt: skip
    from corpus_db.web.serve import serve as serve_pages

    serve_pages(db, host=host, port=port, open_browser=open_browser, arguments=arguments)
