import subprocess
import sys
from pathlib import Path

import click
import pytest

from corpus_db import __version__
from corpus_db.cli import COMMANDS, main
from corpus_db.cli.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_docs_commands_is_what_the_commands_say():
    assert PAGE.read_text(encoding="utf-8") == reference(), (
        "run: python -m corpus_db.cli.reference > docs/commands.md"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(run, name):
    text = run(name, "--help").stdout
    assert f"\n      corpus-db {name}" in text
    assert max(len(line) for line in text.splitlines()) <= 100


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_has_the_first_line_of_their_help(name):
    command = main.get_command(click.Context(main), name)
    assert COMMANDS[name][1].rstrip(".") == command.get_short_help_str(200).rstrip(".")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name):
    command = main.get_command(click.Context(main), name)
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help
            assert option.is_flag or option.metavar or isinstance(option.type, click.Choice)


def test_version(run):
    assert run("--version").stdout == f"corpus-db, version {__version__}\n"


def test_an_unknown_command(run):
    assert "No such command 'frobnicate'" in run("frobnicate", status=2).stderr


def test_help_loads_nothing_that_is_slow():
    script = (
        "import sys; from corpus_db.cli import main; main(['--help'], standalone_mode=False);"
        "sys.exit(' '.join({'numpy', 'sqlite_utils', 'datasette', 'tabulate', 'wcwidth', 'corpus_db.store.queries'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.stderr.strip() == ""
