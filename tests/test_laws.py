"""The laws: nothing is lost, every claim shows its evidence, order never matters, same input same database."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import ARTICLES, content, healthy, rows, write

from corpus_db import annotate, annotating, import_corpus, importing, queue
from corpus_db.errors import DatabaseBusy
from corpus_db.store.database import open_database, transaction

FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """All articles in one import: what every other way must come to."""
    folder = tmp_path_factory.mktemp("whole")
    import_corpus([write(folder / "in")], folder / "corpus.db")
    return content(folder / "corpus.db")


def test_the_articles_of_these_tests_depend_on_each_other(whole):
    assert {row[0] for row in whole["people"]} >= {
        "Amara Okello",
        "Grace Okello",
        "Lucia Quispe",
        "Xi Jinping",
    }
    assert [row[6] for row in whole["documents"]].count("duplicate") == 1


@FEW
@given(order=st.permutations(sorted(ARTICLES)), cuts=st.sets(st.integers(1, len(ARTICLES) - 1)))
def test_order_never_matters(order, cuts, whole, tmp_path_factory):
    """In whatever order and portions articles come, the database says the same."""
    folder = tmp_path_factory.mktemp("order")
    write(folder / "in")
    start = 0
    for end in [*sorted(cuts), len(order)]:
        import_corpus([folder / "in" / name for name in order[start:end]], folder / "corpus.db")
        start = end
    assert content(folder / "corpus.db") == whole
    assert healthy(folder / "corpus.db")


@FEW
@given(gone=st.sets(st.sampled_from(sorted(ARTICLES)), min_size=1))
def test_what_vanished_leaves_nothing_behind(gone, tmp_path_factory):
    """Importing and pruning comes to the same as never having had the files."""
    folder = tmp_path_factory.mktemp("gone")
    db = folder / "corpus.db"
    import_corpus([write(folder / "in")], db)
    for name in gone:
        (folder / "in" / name).unlink()
    report = import_corpus([folder / "in"], db)
    assert (report.files_vanished, report.files_removed) == (len(gone), 0)
    report = import_corpus([folder / "in"], db, prune=True)
    assert (report.files_vanished, report.files_removed) == (len(gone), len(gone))
    only = tmp_path_factory.mktemp("only")
    import_corpus([write(only / "in", set(ARTICLES) - gone)], only / "corpus.db")
    assert content(db) == content(only / "corpus.db")
    assert healthy(db)


def test_a_second_import_changes_nothing(tmp_path):
    db = tmp_path / "corpus.db"
    import_corpus([write(tmp_path / "in")], db)
    before = db.read_bytes()
    report = import_corpus([tmp_path / "in"], db)
    assert (report.files_unchanged, report.files_read, report.changed) == (len(ARTICLES), 0, False)
    assert db.read_bytes() == before


def test_the_same_files_give_the_same_bytes(tmp_path):
    """Whatever the seed of Python's hashes: no clock, no random number, no dictionary order."""
    write(tmp_path / "in")
    databases = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        write(folder / "in")
        code = "import sys; from corpus_db import import_corpus; import_corpus(['in'], 'corpus.db')"
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, check=True)
        databases.append((folder / "corpus.db").read_bytes())
    assert databases[0] == databases[1]


def test_a_changed_file_replaces_what_it_gave(tmp_path):
    db = tmp_path / "corpus.db"
    write(tmp_path / "in")
    (tmp_path / "in" / "a.txt").write_text("Anne Petit spoke in Lyon, France.")
    import_corpus([tmp_path / "in"], db)
    write(tmp_path / "in")
    report = import_corpus([tmp_path / "in"], db)
    assert (report.files_changed, report.files_unchanged) == (1, len(ARTICLES) - 1)
    import_corpus([tmp_path / "in"], tmp_path / "fresh.db")
    assert content(db) == content(tmp_path / "fresh.db")
    assert healthy(db)


def test_an_article_keeps_its_number_when_its_file_changes(tmp_path):
    db = tmp_path / "corpus.db"
    import_corpus([write(tmp_path / "in")], db)
    number = "SELECT article_id FROM documents WHERE path LIKE '%b.txt'"
    before = rows(db, number)
    (tmp_path / "in" / "b.txt").write_text(ARTICLES["b.txt"] + " He left.")
    import_corpus([tmp_path / "in"], db)
    assert rows(db, number) == before


def test_every_mention_says_where_it_stands(tmp_path):
    db = tmp_path / "corpus.db"
    import_corpus([write(tmp_path / "in")], db)
    sql = """
        SELECT count(*), sum(substr(CASE field WHEN 'title' THEN title ELSE body END, start + 1, "end" - start) = text)
        FROM mentions m JOIN articles a ON a.id = m.article_id"""
    ((count, right),) = rows(db, sql)
    assert count == right > 20


def test_annotate_gives_the_mentions_that_an_import_stores(tmp_path):
    db = tmp_path / "corpus.db"
    lines = [
        {"id": name, "body": text, "title": f"About {name}"}
        for name, text in ARTICLES.items()
        if text.strip()
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    import_corpus([tmp_path / "in.jsonl"], db)
    sql = """
        SELECT m.field, m.start, m."end", m.text, m.kind, m.country_code, m.place, m.rule, m.confidence
        FROM mentions m JOIN articles a ON a.id = m.article_id
        WHERE a.external_id = ? ORDER BY m.field = 'body', m.start, m."end" """
    for line in lines:
        stored = rows(db, sql, line["id"])
        found = annotate(line["body"], line["title"])
        assert stored == [
            (m.field, m.start, m.end, m.text, m.kind, m.country_code, m.place, m.rule, m.confidence)
            for m in found
        ], line["id"]


def test_batches_come_to_the_same_as_one_transaction(tmp_path, monkeypatch, whole):
    monkeypatch.setattr(importing, "BATCH_ARTICLES", 2)
    monkeypatch.setattr(queue, "CHUNK_ARTICLES", 1)
    import_corpus([write(tmp_path / "in")], tmp_path / "corpus.db")
    assert content(tmp_path / "corpus.db") == whole


def test_a_failed_import_changes_nothing(tmp_path, monkeypatch):
    db = tmp_path / "corpus.db"
    import_corpus([write(tmp_path / "in", {"a.txt"})], db)
    before = db.read_bytes()
    write(tmp_path / "in")
    monkeypatch.setattr(importing.sums, "refresh", lambda connection: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        import_corpus([tmp_path / "in"], db)
    assert db.read_bytes() == before


def test_a_defect_in_one_article_costs_only_that_article(tmp_path, monkeypatch):
    db = tmp_path / "corpus.db"
    find = annotating.resolve_article

    def fails_on_lyon(text, found):
        if "Lyon" in text.body:
            raise KeyError("Lyon")
        return find(text, found)

    monkeypatch.setattr(annotating, "resolve_article", fails_on_lyon)
    report = import_corpus([write(tmp_path / "in")], db)
    assert (report.rejected, report.articles) == (1, len(ARTICLES) - 3)
    ((path, reason),) = rows(db, "SELECT path, reason FROM documents WHERE outcome = 'rejected'")
    assert path.endswith("d.txt")
    assert "KeyError" in reason
    assert healthy(db)


KILLED = """
import sys
from corpus_db import import_corpus, importing
importing.BATCH_ARTICLES = 40
print("go", flush=True)
import_corpus([sys.argv[1]], sys.argv[2])
print("done", flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.4, 0.8, 1.2])
def test_an_import_killed_at_any_moment_is_completed_by_the_next(tmp_path, delay):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(400):
        name, text = list(ARTICLES.items())[number % len(ARTICLES)]
        (folder / f"{number:03}{name}").write_text(f"{text}\n\nNumber {number}.")
    db = tmp_path / "killed.db"
    command = [sys.executable, "-c", KILLED, str(folder), str(db)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "go\n"
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
    if db.exists() and db.stat().st_size:
        assert healthy(db)
    import_corpus([folder], db)
    import_corpus([folder], tmp_path / "whole.db")
    assert content(db) == content(tmp_path / "whole.db")


def test_two_imports_at_once_are_not_mixed(tmp_path, whole):
    write(tmp_path / "in")
    code = "import sys; from corpus_db import import_corpus; import_corpus(['in'], 'corpus.db')"
    both = [subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert healthy(tmp_path / "corpus.db")
    assert content(tmp_path / "corpus.db")["people"] == whole["people"]


def test_an_import_that_cannot_wait_says_so(tmp_path):
    db = tmp_path / "corpus.db"
    import_corpus([write(tmp_path / "in", {"a.txt"})], db)
    held = open_database(db, write=True)
    with transaction(held), pytest.raises(DatabaseBusy):
        import_corpus([tmp_path / "in"], db, wait=0.1)
    held.close()


def test_paths_do_not_depend_on_where_the_command_is_given(tmp_path, monkeypatch):
    write(tmp_path / "in")
    import_corpus([tmp_path / "in"], tmp_path / "corpus.db")
    monkeypatch.chdir(tmp_path / "in")
    report = import_corpus(["."], Path("..", "corpus.db"))
    assert report.files_unchanged == len(ARTICLES)
    assert {path for (path,) in rows(tmp_path / "corpus.db", "SELECT path FROM files")} == {
        f"in/{name}" for name in ARTICLES
    }
