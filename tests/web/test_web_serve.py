"""`corpus-db serve` and plain `datasette`, as processes that answer over HTTP on 127.0.0.1."""

import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from corpus_db.errors import CorpusError, DatabaseUnusable
from corpus_db.web.serve import serve

COMMANDS = {
    "corpus-db serve": "-m corpus_db serve --db {db} --port {port}",
    "datasette": "-m datasette {db} --host 127.0.0.1 --port {port}",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_it_serves_the_pages(serving, command):
    with serving(COMMANDS[command]) as fetch:
        assert "Who is mentioned together with a person?" in fetch("/corpus")
        assert "corpus-mark person" in fetch("/corpus/-/articles/1")
        assert "The headline" in fetch("/corpus/articles")
        databases = json.loads(fetch("/-/databases.json"))
        databases = databases if isinstance(databases, list) else databases["databases"]
        (corpus,) = [one for one in databases if one["name"] == "corpus"]
        assert corpus["is_mutable"] is (command == "datasette")


def test_a_port_that_is_taken_is_one_clear_line(db):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CorpusError, match=rf"cannot listen on 127\.0\.0\.1, port {port} .*--port"):
            serve(db, port=port)


def test_what_is_no_corpus_is_refused_before_anything_is_served(foreign, tmp_path):
    with pytest.raises(DatabaseUnusable, match="another program's database"):
        serve(foreign)
    with pytest.raises(DatabaseUnusable, match="there is no database"):
        serve(tmp_path / "nowhere.db")


def test_what_a_killed_import_left_behind_is_taken_back_first(db, tmp_path, monkeypatch):
    """Served immutable, SQLite would not look at the journal: half an import would be shown."""
    hurt = tmp_path / "hurt.db"
    shutil.copy(db, hurt)
    writer = f"""
import os, sqlite3
connection = sqlite3.connect({str(hurt)!r})
connection.execute("PRAGMA cache_spill = 1")
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN")
connection.execute("UPDATE people SET name = 'half an import' || hex(zeroblob(20000))")
connection.execute("UPDATE articles SET body = hex(zeroblob(200000))")
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", writer], check=False)
    assert (tmp_path / "hurt.db-journal").stat().st_size > 0
    from datasette.cli import cli

    commands = []
    monkeypatch.setattr(cli, "main", lambda **options: commands.append(options["args"]))
    serve(hurt, port=0)
    assert "--immutable" in commands[0]
    assert not (tmp_path / "hurt.db-journal").exists()
    with closing(sqlite3.connect(f"file:{hurt}?immutable=1", uri=True)) as connection:
        assert connection.execute("SELECT name FROM people WHERE id = 1").fetchone() == (
            "Ana Flores Quiroga",
        )


def test_it_listens_at_home_unless_told_otherwise(db, monkeypatch):
    from datasette.cli import cli

    commands = []
    monkeypatch.setattr(cli, "main", lambda **options: commands.append(" ".join(options["args"])))
    serve(db, port=0)
    serve(db, port=0, open_browser=True)
    assert re.search(r"serve --immutable \S+ --host 127\.0\.0\.1 --port [1-9]\d*$", commands[0])
    assert commands[1].endswith("--open")


def test_a_large_database_is_served_without_suggestions_of_facets(db, monkeypatch):
    from datasette.cli import cli

    commands = []
    monkeypatch.setattr(cli, "main", lambda **options: commands.append(" ".join(options["args"])))
    serve(db, port=0)
    monkeypatch.setattr("corpus_db.web.serve.LARGE_BYTES", 1)
    serve(db, port=0)
    assert ["suggest_facets off" in command for command in commands] == [False, True]
