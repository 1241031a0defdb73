"""Bad input, all at once: each gets one clear line and a row in documents, and the rest is imported."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile

import pytest
from support import content, rows

from corpus_db import import_corpus
from corpus_db.errors import CorpusError, DatabaseUnusable, NothingToImport
from corpus_db.store import check
from corpus_db.store.database import open_database

RTF = rb"{\rtf1\ansi Anna Berg met Peruvian farmers in Lima on Thursday.\par}"
GOOD = "date 2020-01-02 Anna Berg met Peruvian farmers in Lima on Thursday."

# Name of the file, its bytes, what becomes of it, and words that its reason holds.
FILES = {
    "good.txt": (GOOD.encode(), "article", None),
    "empty.txt": (b"", "empty", "empty"),
    "blank.txt": (b" \n\t\r\n \xc2\xa0", "empty", "white space"),
    "header.txt": (b"Title : A bridge opens\nDate : 2020-01-02\n", "empty", "header"),
    "binary.txt": (bytes(range(256)) * 40, "rejected", "binary"),
    "nul.txt": (b"Anna Berg\x00 met farmers in Lima. " * 5, "rejected", "NUL"),
    "utf16.txt": (("\ufeff" + GOOD + " Again.").encode("utf-16-le"), "article", "UTF-16"),
    "utf8bom.txt": (b"\xef\xbb\xbf" + GOOD.encode() + b" Once more.", "article", None),
    "cp1252.txt": (
        "date 2020-01-03 José Peña said “no” in Lima.".encode("cp1252"),
        "article",
        "Windows-1252",
    ),
    "cut.txt": ("Anna Berg met José in Lima, said Peñ".encode() + b"\xc3", "article", "cut"),
    "nel.txt": (
        "First line.\x85Anna Berg met farmers\u2028in Lima.\x0cAnd left.\rSo.".encode(),
        "article",
        None,
    ),
    "huge.txt": (b"Lima " * 10_000_000, "rejected", "MB"),
    "a 'quoted' name, with \"spaces\".txt": (GOOD.encode() + b" Quoted.", "article", None),
    "new\nline.txt": (GOOD.encode() + b" New line.", "article", None),
    "lines.jsonl": (
        b"\n".join(
            [
                json.dumps({"id": 7, "title": "T", "body": GOOD + " In JSON."}).encode(),
                b"{not json",
                b"[1, 2]",
                b'{"title": "no body"}',
                b'{"title": "T", "body": 5}',
                b'{"title": "T", "body": null}',
                b"",
                b'{"body": "x' + b"y" * 50_000_000 + b'"}',
                json.dumps({"id": "last", "body": "Anna Berg was the last in Lima."}).encode(),
            ]
        ),
        None,
        None,
    ),
}
IN_JSON = ["article", "rejected", "rejected", "rejected", "rejected", "empty", "rejected", "article"]


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bad")
    source = folder / "in"
    source.mkdir()
    for name, (data, _, _) in FILES.items():
        (source / name).write_bytes(data)
    (source / os.fsdecode(b"caf\xe9.txt")).write_text(GOOD + " Caf\u00e9.")
    (source / "broken").symlink_to("nowhere")
    (source / "loop").symlink_to("loop")
    (source / "hollow").mkdir()
    os.mkfifo(source / "pipe")
    db = folder / "corpus.db"
    report = import_corpus([source, folder / "missing"], db)
    return db, report


def document(db, name):
    return rows(db, "SELECT outcome, reason FROM documents WHERE path = ? ORDER BY byte_start", f"in/{name}")


@pytest.mark.parametrize("name", [name for name, (_, outcome, _) in FILES.items() if outcome])
def test_each_file_ends_as_it_should(imported, name):
    db, _ = imported
    _, outcome, words = FILES[name]
    ((found, reason),) = document(db, name.replace("\n", "\\x0a"))
    assert found == outcome, reason
    if words:
        assert words.lower() in reason.lower()
    if reason:
        assert "\n" not in reason


def test_each_json_line_ends_as_it_should(imported):
    found = document(imported[0], "lines.jsonl")
    assert [outcome for outcome, _ in found] == IN_JSON
    reasons = [reason for outcome, reason in found if outcome == "rejected"]
    assert all(reasons)
    assert len(set(reasons)) >= 4


@pytest.mark.parametrize(
    ("name", "outcome", "words"),
    [
        ("caf\\xe9.txt", "article", None),
        ("broken", "rejected", "broken link"),
        ("loop", "rejected", "link"),
        ("hollow", "empty", "nothing in it"),
        ("pipe", "rejected", "pipe"),
    ],
)
def test_what_is_no_plain_file(imported, name, outcome, words):
    ((found, reason),) = document(imported[0], name)
    assert found == outcome
    assert words is None or words in reason


def test_a_missing_path(imported):
    ((outcome, reason),) = rows(imported[0], "SELECT outcome, reason FROM documents WHERE path = 'missing'")
    assert outcome == "rejected"
    assert "does not exist" in reason


def test_the_report_balances_and_the_database_is_whole(imported):
    db, report = imported
    assert report.balanced
    assert report.documents == rows(db, "SELECT count(*) FROM documents")[0][0]
    connection = open_database(db)
    assert check.check(connection) == []
    connection.close()


def test_texts_are_read_in_their_encoding(imported):
    db, _ = imported
    bodies = [body for (body,) in rows(db, "SELECT body FROM articles")]
    assert any("José Peña said “no”" in body for body in bodies)
    assert any(body.endswith("Again.") for body in bodies)
    assert any("Café" in body for body in bodies)
    assert not any(body.startswith("\ufeff") for body in bodies)


def test_a_file_without_permission(tmp_path):
    """The superuser may read everything, so the command runs as somebody else where it can."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text(GOOD)
    (tmp_path / "in" / "closed.txt").write_text(GOOD)
    (tmp_path / "in" / "closed.txt").chmod(0)
    if os.access(tmp_path / "in" / "closed.txt", os.R_OK):
        pytest.skip("the superuser may read everything")
    report = import_corpus([tmp_path / "in"], tmp_path / "corpus.db")
    assert (report.articles, report.rejected) == (1, 1)
    assert "permission" in report.problems[0].reason


HOSTILE = "<script>alert(1)</script> {{ 7*7 }} '; DROP TABLE articles; -- NEAR( \" *"


def test_nothing_in_an_article_is_interpreted(tmp_path):
    line = {
        "title": HOSTILE,
        "body": f"{HOSTILE} said Anna Berg in Lima.",
        "publisher": HOSTILE,
        "id": HOSTILE,
    }
    (tmp_path / "in.jsonl").write_text(json.dumps(line))
    import_corpus([tmp_path / "in.jsonl"], tmp_path / "corpus.db")
    found = rows(tmp_path / "corpus.db", "SELECT title, publisher, external_id FROM articles")
    assert found == [(HOSTILE, HOSTILE, HOSTILE)]


def test_nothing_to_import(tmp_path):
    with pytest.raises(NothingToImport, match="does not exist"):
        import_corpus([tmp_path / "nowhere"], tmp_path / "corpus.db")
    assert not (tmp_path / "corpus.db").exists()


def unusable(tmp_path, kind):
    path = tmp_path / "db"
    if kind == "folder":
        path.mkdir()
    elif kind == "text":
        path.write_text("This is a diary, not a database, and it is longer than a header of SQLite is. " * 3)
    elif kind == "foreign":
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE recipes (id INTEGER PRIMARY KEY, name TEXT)")
        connection.close()
    elif kind == "no folder":
        path = tmp_path / "nowhere" / "db"
    elif kind == "newer":
        import_corpus([tmp_path / "in"], path)
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA user_version = 999")
        connection.close()
    elif kind == "cut short":
        import_corpus([tmp_path / "in"], path)
        path.write_bytes(path.read_bytes()[:10_000])
    return path


@pytest.mark.parametrize("kind", ["folder", "text", "foreign", "no folder", "newer", "cut short"])
def test_a_database_that_cannot_be_used_is_left_alone(tmp_path, kind):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(GOOD)
    path = unusable(tmp_path, kind)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(CorpusError) as error:
        import_corpus([tmp_path / "in"], path)
    assert isinstance(error.value, DatabaseUnusable)
    assert "\n" not in str(error.value)
    assert (path.read_bytes() if path.is_file() else None) == before


FULL = """
import resource, signal, sys
from corpus_db import import_corpus
from corpus_db.errors import CorpusError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
try:
    import_corpus([sys.argv[1]], sys.argv[2])
except CorpusError as error:
    print(error)
    sys.exit(3)
"""


def test_a_full_disk_changes_nothing(tmp_path):
    """A limit on the size of files is what a full disk is to SQLite."""
    source, db = tmp_path / "in", tmp_path / "corpus.db"
    source.mkdir()
    (source / "a.txt").write_text(GOOD)
    import_corpus([source], db)
    before = shutil.copy(db, tmp_path / "before.db")
    (source / "b.jsonl").write_text(
        "".join(json.dumps({"body": f"{GOOD} {n} " + "word " * 900}) + "\n" for n in range(900))
    )
    done = subprocess.run(
        [sys.executable, "-c", FULL, source, db], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3, done.stderr
    assert len(done.stdout.splitlines()) == 1
    with open_database(db) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    assert rows(db, "SELECT * FROM mentions") == rows(before, "SELECT * FROM mentions")
    report = import_corpus([source], db)
    assert report.articles == 900


def test_a_file_is_read_again_when_its_reader_has_been_installed(tmp_path, monkeypatch):
    folder, db = tmp_path / "in", tmp_path / "corpus.db"
    folder.mkdir()
    (folder / "a.rtf").write_bytes(RTF)
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        archive.writestr("c.rtf", RTF.replace(b"Thursday", b"Friday"))
    with monkeypatch.context() as without:
        for module in ("striprtf", "striprtf.striprtf"):
            without.setitem(sys.modules, module, None)
        assert import_corpus([folder], db).rejected == 2
        again = import_corpus([folder], db)
        assert (again.files_read, again.rejected_before) == (0, 2)
    report = import_corpus([folder], db)
    assert (report.articles, report.rejected, report.files_changed) == (2, 0, 3)
    assert content(db) == content(import_corpus([folder], tmp_path / "fresh.db") and tmp_path / "fresh.db")
    assert import_corpus([folder], db).files_read == 0
