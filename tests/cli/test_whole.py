"""From files to answers with the real import, as somebody at a terminal would go."""

import json

import pytest
from click.testing import CliRunner
from support import ARTICLES, write

from corpus_db.cli import main


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """A folder of articles, a database beside it, and a way to call commands on it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CORPUS_DB", raising=False)
    write(tmp_path / "articles")

    def corpus(*arguments, status=0):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == status, result.output + repr(result.exception)
        return result.stdout

    return corpus


def test_import_then_ask(corpus):
    report = json.loads(corpus("import", "articles", "--json"))
    assert report["balanced"] is True
    assert report["documents"] == len(ARTICLES)
    assert (report["articles"], report["duplicates"], report["empty"], report["rejected"]) == (6, 1, 1, 0)
    assert corpus("check").startswith("corpus.db is sound: 6 articles, ")
    assert "Okello visits Lima" in corpus("search", "airport")
    assert corpus("show", "Amara Okello").startswith("Amara Okello: President, Kenya (person ")
    assert json.loads(corpus("people", "okello", "--json"))[0]["name"] == "Amara Okello"
    assert [row["reason"] for row in json.loads(corpus("documents", "f.txt", "--json"))] != [None]


def test_import_again_and_again(corpus, tmp_path):
    corpus("import", "articles")
    assert corpus("import", "articles").startswith(
        f"Nothing to do: {len(ARTICLES)} files, all as they were imported."
    )
    (tmp_path / "articles" / "b.txt").write_text(
        "Title : Okello stays at home\n\nPresident Okello stayed in Nairobi."
    )
    (tmp_path / "articles" / "h.txt").unlink()
    text = corpus("import", "articles")
    assert "Read 1 file (1 changed; " in text
    assert "1 imported file vanished from disk and stays in the database; --prune takes it out." in text
    assert "Okello stays at home" in corpus("search", "nairobi NOT reuters NOT host")
    assert "1 vanished file taken out of the database.\n" in corpus("import", "articles", "--prune")
    assert corpus("search", "treaty") == ""
    assert corpus("check").startswith("corpus.db is sound: 5 articles, ")


def test_what_is_rejected_fails_every_time_and_says_why(corpus, tmp_path):
    (tmp_path / "articles" / "bad\x1b.jsonl").write_text('{"title": "no body"}\n')
    text = corpus("import", "articles", status=1)
    assert "          1  rejected\n" in text
    assert "Not taken in:\n  articles/bad\\x1b.jsonl" in text
    assert "1 piece of unchanged files stays rejected.\n" in corpus("import", "articles", status=1)
    (row,) = json.loads(corpus("documents", "--outcome", "rejected", "--json"))
    assert row["reason"]


def test_a_path_that_does_not_exist_makes_no_database(corpus, tmp_path):
    corpus("import", "nowhere", status=2)
    assert not (tmp_path / "corpus.db").exists()


def test_a_check_that_finds_something_fails(corpus, db):
    text = corpus("check", "--db", db, status=1)
    assert "[article-content]\n    article 1\n" in text
    findings = json.loads(corpus("check", "--db", db, "--json", status=1))
    assert {"code", "message", "count", "sample"} == set(findings[0])
    assert json.loads(corpus("import", "articles", "--json"))["balanced"]
    assert corpus("check", "--json") == "[]\n"
