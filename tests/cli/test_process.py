"""The real thing: a process of its own, its streams, its exit status."""

import os
import re
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-m", "corpus_db"]


def process(*arguments, env=None, **options):
    settings = {name: value for name, value in os.environ.items() if name not in ("CORPUS_DB", "NO_COLOR")}
    return subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        env={**settings, **(env or {})},
        timeout=60,
        check=False,
        **options,
    )


def test_help_without_arguments():
    result = process()
    assert result.returncode == 0
    assert result.stdout.startswith(b"Usage: corpus-db [OPTIONS] [COMMAND] [ARGS]...")


def test_the_database_comes_from_the_option_the_environment_or_the_folder(db, tmp_path):
    query = ["sql", "SELECT 1 AS one", "--csv"]
    assert process(*query, "--db", db, env={"CORPUS_DB": "/nowhere"}).stdout == b"one\r\n1\r\n"
    assert process(*query, env={"CORPUS_DB": db}).stdout == b"one\r\n1\r\n"
    (tmp_path / "corpus.db").symlink_to(db)
    assert process(*query, cwd=tmp_path).stdout == b"one\r\n1\r\n"


def test_a_missing_database_says_how_to_make_one(tmp_path):
    result = process("people", cwd=tmp_path)
    assert result.returncode == 2
    assert (
        result.stderr
        == b"Error: there is no database at corpus.db: make one with corpus-db import FOLDER --db corpus.db\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command", [["search", "a"], ["people"], ["show", "1"], ["check"], ["sql", "SELECT 1"], ["serve"]]
)
def test_what_is_no_database_is_one_line(command, tmp_path):
    (tmp_path / "notes\x1b.txt").write_text("not a database")
    for path in (tmp_path, tmp_path / "notes\x1b.txt"):
        result = process(*command, "--db", str(path))
        assert result.returncode == 2
        assert result.stdout == b""
        assert result.stderr.startswith(b"Error: ")
        assert result.stderr.count(b"\n") == 1
        assert b"\x1b" not in result.stderr


@pytest.mark.parametrize(
    "command",
    [["show", "4"], ["sql", "SELECT body FROM articles, mentions, mentions", "--csv"], ["people", "--json"]],
)
def test_a_reader_that_goes_away_is_no_error(command, db):
    with subprocess.Popen(
        [*COMMAND, *command, "--db", db], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        child.stdout.close()
        assert child.stderr.read() == b""
        child.wait(timeout=60)


def test_output_that_the_terminal_cannot_write(db):
    result = process("people", "zhang", "--db", db, env={"PYTHONIOENCODING": "latin-1"})
    assert result.returncode == 0
    assert b"Zhang Wei \\u5f20\\u4f1f" in result.stdout


def test_arguments_that_are_no_text(db):
    result = process(b"search", b"\xff\xfe", b"--db", db.encode())
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"No articles found.\n")


def on_a_terminal(*arguments, columns):
    """Standard output and error of a command that writes to a terminal of so many columns."""
    pty = pytest.importorskip("pty")
    parent, child = pty.openpty()
    env = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
    env.pop("NO_COLOR", None)
    with subprocess.Popen([*COMMAND, *arguments], stdout=child, stderr=child, env=env) as running:
        os.close(child)
        text = b""
        while True:
            try:
                piece = os.read(parent, 65536)
            except OSError:  # the other end was closed
                break
            if not piece:
                break
            text += piece
        running.wait(timeout=60)
    os.close(parent)
    return text.decode().replace("\r\n", "\n")


def test_on_a_terminal_tables_fit_and_words_are_coloured(db):
    table = on_a_terminal("people", "--db", db, columns=60)
    assert max(len(line) for line in table.splitlines()) <= 60
    assert "No room for first, last; -t shows everything." in table
    assert "\x1b[1;31mtrade\x1b[0m" in on_a_terminal("search", "trade", "--db", db, columns=60)
    article = on_a_terminal("show", "1", "--why", "--db", db, columns=60)
    tables = article[article.index("People") :].splitlines()
    assert (
        max(len(line.replace("\x1b[1m", "").replace("\x1b[0m", "")) for line in tables if "Why" not in line)
        <= 60
    )
    assert "(no room for sure; --json has everything)" in article
    assert "\x1b[1mAmara Okello\x1b[0m met" in article
    assert "\x1b[1m\x1b[4mKenyan\x1b[0m\x1b[1m president\x1b[0m" in article


@pytest.mark.parametrize(
    "arguments",
    [["show", "1"], ["show", "Amara Okello"], ["show", "--country", "KE"], ["search", "the"], ["countries"]],
)
def test_on_a_terminal_text_is_broken_between_words(db, arguments):
    text = on_a_terminal(*arguments, "--db", db, columns=60)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert [line for line in plain.splitlines() if len(line) > 60 and " " in line.strip()[:-1]] == []
    assert len(plain.splitlines()) > 3


def test_on_a_terminal_an_article_commands_nothing(db):
    for arguments in (
        ["show", "3"],
        ["sql", "SELECT title, body FROM articles", "--csv"],
        ["search", "covid"],
    ):
        text = on_a_terminal(*arguments, "--db", db, columns=80)
        assert "\x1b[31mRed" not in text
        assert "\x9b" not in text
        assert "\u202e" not in text
