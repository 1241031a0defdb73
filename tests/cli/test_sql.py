import errno
import json

import pytest


def test_a_query(run):
    text = run("sql", "SELECT count(*) AS n, 'a' AS t FROM articles").stdout
    assert text.splitlines() == ["n  t", "-  -", "6  a"]


def test_parameters_and_standard_input(run):
    result = run("sql", "-", "-p", "c", "PE", "--json", input="SELECT name FROM countries WHERE code = :c")
    assert json.loads(result.stdout) == [{"name": "Peru"}]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM articles",
        "PRAGMA query_only = OFF",
        "PRAGMA user_version = 7",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'other.db'",
        "CREATE TEMP TABLE t (x)",
        "INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')",
    ],
)
def test_nothing_can_be_written(run, query, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert (
        run("sql", query, status=2).stderr
        == "Error: this command only reads; `sqlite-utils query` can write.\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "query",
    [
        "PRAGMA table_info(articles)",
        "EXPLAIN QUERY PLAN SELECT 1",
        "SELECT rowid, snippet(articles_fts, 1, '[', ']', '…', 5) FROM articles_fts WHERE articles_fts MATCH 'trade'",
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 5) SELECT x FROM c",
        "SELECT * FROM mentions_in_context LIMIT 1",
    ],
)
def test_whatever_reads_is_allowed(run, query):
    assert run("sql", query).stdout


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("SELEKT 1", 'Error: SQL: near "SELEKT": syntax error\n'),
        ("SELECT 1; SELECT 2", "Error: SQL: You can only execute one statement at a time.\n"),
        (
            "SELECT x FROM articles",
            "Error: SQL: no such column: x. docs/schema.md has all tables and columns.\n",
        ),
        ("SELECT :x", "Error: SQL: You did not supply a value for binding parameter :x.\n"),
    ],
)
def test_a_mistake_is_one_line(run, query, error):
    assert run("sql", query, status=2).stderr == error


def test_a_query_stops_by_itself(run):
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
    error = run("sql", endless, "--time-limit", "0.05", status=2).stderr
    assert error == "Error: the query took longer than 0.05 seconds; --time-limit 0 lets it run.\n"


def test_no_rows(run):
    assert run("sql", "SELECT id FROM articles WHERE 0", "--json").stdout == "[]\n"
    assert (
        run("sql", "/* nothing */", status=2).stderr == "Error: there is no query in this; give a SELECT.\n"
    )


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT * FROM article", "no such table: article; did you mean articles? docs/schema.md"),
        ("SELECT a.tite FROM articles a", "no such column: a.tite; did you mean title? docs/schema.md"),
        ("SELECT * FROM xyzzyq", "no such table: xyzzyq. docs/schema.md"),
    ],
)
def test_a_table_or_column_that_there_is_not_is_answered_with_the_nearest(run, query, says):
    assert says in run("sql", query, status=2).stderr


@pytest.mark.parametrize(("path", "said"), [("far/corpus.db", "far/corpus.db"), (None, "standard output")])
def test_an_error_of_the_disk_is_one_line_that_names_the_file(run, monkeypatch, path, said):
    def fails(*_):
        raise OSError(errno.EIO, "Input/output error", path)

    monkeypatch.setattr("corpus_db.cli.sql.reading", fails)
    assert run("sql", "SELECT 1", status=2).stderr == f"Error: Input/output error: {said}\n"
