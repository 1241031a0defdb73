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
    assert "There is no command 'frobnicate'. There are import, " in run("frobnicate", status=2).stderr
    assert "Did you mean search?" in run("serch", status=2).stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--bogus"], "No such option '--bogus'."),
        (["import"], "Missing argument 'PATH...'."),
        (["people", "--limit", "-3"], "'-3' is no number of rows: give 1, 2, 3 ... or 0 for all."),
        (["serve", "--port", "x"], "'x' is no whole number from 0 to 65535."),
        (["import", "x", "--jobs", "0"], "'0' is no whole number from 1 on."),
        (["search"], "nothing to search for"),
        (["search", "--from", "2021", "--to", "2019-05"], "--from 2021 lies after --to 2019-05."),
        (["people", "--csv", "--json"], "exclude each other"),
    ],
)
def test_a_wrong_call_is_answered_in_one_line(run, arguments, says):
    message = run(*arguments, status=2).stderr
    assert message.startswith("Error: ")
    assert message.count("\n") == 1
    assert says in message
    assert message.endswith("--help`.\n")


def test_help_loads_nothing_that_is_slow():
    script = (
        "import sys; from corpus_db.cli import main; main(['--help'], standalone_mode=False);"
        "sys.exit(' '.join({'numpy', 'sqlite_utils', 'datasette', 'tabulate', 'wcwidth', 'corpus_db.store.queries'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.stderr.strip() == ""


@pytest.mark.parametrize("command", [["people"], ["countries"], ["search", "trade"], ["documents"]])
def test_a_command_that_recognises_nothing_loads_no_arrays(command, db):
    script = (
        f"import sys; from corpus_db.cli import main; main({[*command, '--db', str(db)]!r}, standalone_mode=False);"
        "print('numpy' in sys.modules, file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.stderr.split()[-1] == "False"
