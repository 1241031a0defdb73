"""`corpus-db serve`: Datasette over one corpus database, read-only and immutable.

Datasette itself serves, through its own command line, so that whatever it does on its own
(limits on SQL, logging, stopping) it does here too; only the choices are ours. The database is
opened as it stands at that moment (`-i`): an import must not write to it while it is served.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence

from corpus_db.errors import CorpusError
from corpus_db.store.database import open_database

# In a larger database Datasette's suggestions of further facets, a query for every column of a
# table, cost a page more than all the rest of it. The facets that are declared stay, and have as
# long as any other query.
LARGE_BYTES = 100_000_000
LARGE_SETTINGS = ("--setting", "suggest_facets", "off", "--setting", "facet_time_limit_ms", "1000")


def serve(
    db: str | os.PathLike[str] = "corpus.db",
    *,
    host: str = "127.0.0.1",
    port: int = 8001,
    open_browser: bool = False,
    arguments: Sequence[str] = (),
) -> None:
    """Serve the database until interrupted. `port` 0 takes any free one; `arguments` go to Datasette.

    Raises DatabaseUnusable where the file is not a corpus database, and CorpusError where the
    port is taken; both before anything is served.
    """
    # Also takes back what an import that was killed had begun: immutable means that nobody will.
    open_database(db).close()
    chosen = _free_port(host, port)
    from datasette.cli import cli  # type: ignore[import-untyped]

    command = ["serve", "--immutable", os.fspath(db), "--host", host, "--port", str(chosen)]
    if os.path.getsize(db) > LARGE_BYTES:
        command += LARGE_SETTINGS
    if open_browser:
        command.append("--open")
    cli.main(args=[*command, *arguments], prog_name="datasette", standalone_mode=False)


def _free_port(host: str, port: int) -> int:
    """The port, or a free one for 0. Raises CorpusError where nobody could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family) as server:
            return int(server.getsockname()[1])
    except OSError as error:
        why = error.strerror or str(error)
        raise CorpusError(
            f"cannot listen on {host}, port {port} ({why}): choose another with --port"
        ) from None
