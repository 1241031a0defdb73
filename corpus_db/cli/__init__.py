"""The command line: each command parses its arguments, makes one library call and prints the result.

The questions are asked in `corpus_db.store.queries`, the import is `corpus_db.pipeline`; nothing is
decided here but how an answer looks. Each command lives in a module of its own, loaded when it is
called, and imports numpy, Datasette and sqlite-utils no earlier than it needs them, so that
`corpus-db --help` answers at once.

Exit status: 0 all well; 1 the command worked and found something wrong (input was rejected, a check
failed); 2 it could not do what was asked. A message says in one line what is wrong and what to do.
"""

from __future__ import annotations

import difflib
import errno
import importlib
import io
import sqlite3
import sys
from typing import Any

import click

from corpus_db import __version__
from corpus_db.cli.terminal import printable_line
from corpus_db.errors import CorpusError

COMMANDS = {  # in the order in which a newcomer needs them: name -> (module and function, its help's first line)
    "import": (
        "import_command",
        "Import articles: files, folders and archives with all that is in them, patterns such as '*.txt'.",
    ),
    "profile": (
        "profile",
        "Propose a profile for a folder, or try the one it has, and show which files do not match.",
    ),
    "search": ("search", "Search titles and texts; the best matches first."),
    "people": ("people", "List the people of the corpus, the most mentioned first."),
    "countries": (
        "countries",
        "List the countries that articles mention, the most mentioned first.",
    ),
    "show": ("show", "Show an article, a person or a country."),
    "documents": ("documents", "List what became of every piece of every input file, and why."),
    "check": ("check", "Check that the database holds what it promises."),
    "sql": ("sql", "Ask the database an SQL query."),
    "serve": ("serve", "Browse and search the database in a browser, with Datasette."),
}


class Failure(click.ClickException):
    """One line, `Error: …`, for what stops a command."""

    exit_code = 2

    def format_message(self) -> str:
        """The message, whatever names and paths it quotes, as one printable line."""
        return printable_line(self.message)


class CorpusCommands(click.Group):
    """The commands, loaded on demand; the one place where errors become messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; a word that is none is answered with the nearest."""
        if cmd_name not in COMMANDS:
            near = difflib.get_close_matches(cmd_name, COMMANDS, n=1)
            meant = f" Did you mean {near[0]}?" if near else f" There are {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command {cmd_name!r}.{meant}")
        module, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"corpus_db.cli.{module}"), module)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in --help, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """The call taken apart; a wrong one is said in one line."""
        try:
            return super().make_context(*args, **more)
        except click.UsageError as error:
            raise _in_one_line(error) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; say in one line what stopped it."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _in_one_line(error) from error
        except CorpusError as error:
            raise Failure(str(error)) from error
        except sqlite3.Error as error:
            raise Failure(
                f"SQLite: {error}. `corpus-db check` tells whether the database is sound."
            ) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of our output went away: click ends quietly
                raise
            raise Failure(f"{error.strerror or error}: {error.filename or 'standard output'}") from error


def _in_one_line(error: click.UsageError) -> click.ClickException:
    """A wrong call: what is wrong with it, and whose help tells how it goes."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error
    command = error.ctx.command_path if error.ctx else "corpus-db"
    return Failure(f"{error.format_message()} See `{command} --help`.")


@click.group(
    cls=CorpusCommands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="corpus-db")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Turn a folder of news articles into one SQLite file that can be asked anything.

    \b
    Start with:
        corpus-db import articles/
        corpus-db search "state visit"
        corpus-db people
        corpus-db serve

    All commands use corpus.db in the current folder unless --db or the environment variable
    CORPUS_DB names another.
    """
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.encoding.lower().replace("-", "") != "utf8":
        sys.stdout.reconfigure(errors="backslashreplace")
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
