"""Sidecars: what files beside a text say about it, and that every file is accounted for once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import rows

from corpus_db import import_corpus
from corpus_db.models import ParsedDocument
from corpus_db.parsing import parse
from corpus_db.readers import InputFile, discover, read
from corpus_db.store.check import check
from corpus_db.store.database import open_database

TEXT = "The old bridge was closed on Monday, said Karl Wolf. It stays closed for three weeks."
META = {"title": "A bridge", "date": "2020-05-06", "authors": ["Ann Lee"], "url": "https://n.example/1"}


def outcomes(folder: Path) -> dict[str, ParsedDocument]:
    found = {}
    for file in discover([str(folder)], folder):
        assert isinstance(file, InputFile)
        (document,) = read(file)
        assert (document.start, document.end) == (0, file.size)
        found[file.name] = parse(document)
    return found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps(META)),
        ("a.txt.json", json.dumps(META, indent=1)),
        ("a.meta.json", json.dumps({**META, "summary": "It is closed."})),
        ("A.META", "Title: A bridge\nDate: 2020-05-06\nAuthor: Ann Lee\nURL: https://n.example/1\n"),
        (
            "a.yaml",
            "---\ntitle: 'A bridge'\ndate: 2020-05-06\nauthor: Ann Lee\nurl: https://n.example/1\n---\n",
        ),
        (
            "a.meta",
            'title = "A bridge"\ndate = "2020-05-06"\nauthor = "Ann Lee"\nurl = "https://n.example/1"\n',
        ),
    ],
)
def test_metadata_beside_a_text(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / name).write_text(content)
    found = outcomes(tmp_path)
    article = found["a.txt"].article
    assert article is not None
    assert (article.title, article.title_origin, article.body) == ("A bridge", "header", TEXT)
    assert (article.published, article.byline, article.url) == (
        "2020-05-06",
        "Ann Lee",
        "https://n.example/1",
    )
    assert found["a.txt"].reason == f"byline, date, title, url from {name}"
    assert found[name].outcome == "empty"
    assert "metadata of the text" in (found[name].reason or "")


def test_a_title_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"A Line Like a Title\n\n{TEXT}")
    (tmp_path / "a.title.txt").write_text(" A bridge\nis closed \n")
    article = outcomes(tmp_path)["a.txt"].article
    assert article is not None
    assert article.title == "A bridge is closed"
    assert article.body.startswith("A Line Like a Title")  # nothing of the text is lost to another title


def test_a_title_that_the_text_repeats_is_not_in_the_body(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"A Bridge Is Closed\n\n{TEXT}")
    (tmp_path / "a.title").write_text("A Bridge Is Closed")
    article = outcomes(tmp_path)["a.txt"].article
    assert article is not None
    assert (article.title, article.body) == ("A Bridge Is Closed", TEXT)


def test_what_the_text_says_itself_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Title: Its own\nDate: 2019-01-01\n\n{TEXT}")
    (tmp_path / "a.json").write_text(json.dumps(META))
    article = outcomes(tmp_path)["a.txt"].article
    assert article is not None
    assert (article.title, article.published, article.byline) == ("Its own", "2019-01-01", "Ann Lee")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps({**META, "body": "Another text altogether, said Ann Lee."})),  # an article
        ("b.json", json.dumps({"title": "T", "body": "x"})),  # of another name
        ("a.title.txt", "A long text. " * 100),
        ("a.meta", "This is a text. It says: nothing.\nReally.\n"),
    ],
)
def test_what_is_no_sidecar_is_read_as_ever(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / name).write_text(content)
    found = outcomes(tmp_path)
    assert found[name].outcome == "article"
    assert found["a.txt"].reason is None


def test_a_record_with_the_same_text_makes_one_article(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = f"Caption\n\n{TEXT}\n\nRelated Stories"
    (folder / "a.txt").write_text(text + "\n")
    (folder / "a.json").write_text(json.dumps({**META, "text": text}))
    report = import_corpus([folder], tmp_path / "c.db")
    assert (report.articles, report.duplicates, report.balanced) == (1, 1, True)
    assert rows(tmp_path / "c.db", "SELECT body FROM articles") == [(text,)]


def test_a_page_beside_the_record_that_was_made_of_it_is_its_copy(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    text = f"{TEXT}\n\nThe river is low this year, he said."
    page = f"<html><head><title>The Paper</title></head><body><nav>Home</nav><p>{TEXT}</p><p>The <b>river</b> is low this year, he said.</p></body></html>"
    (folder / "a.html").write_text(page)
    (folder / "a.html.json").write_text(json.dumps({**META, "maintext": text}))
    (folder / "b.html").write_text(page.replace("river", "lake"))
    (folder / "b.json").write_text(
        json.dumps({**META, "maintext": "Something else was written here, said Ann Lee."})
    )
    report = import_corpus([folder], tmp_path / "c.db")
    assert report.balanced
    assert rows(
        tmp_path / "c.db", "SELECT path, outcome FROM documents WHERE path LIKE 'in/a%' ORDER BY 1"
    ) == [
        ("in/a.html", "article"),
        ("in/a.html.json", "duplicate"),
    ]
    assert rows(
        tmp_path / "c.db", "SELECT count(*) FROM documents WHERE path LIKE 'in/b%' AND outcome = 'duplicate'"
    ) == [(0,)]
    assert (text,) in rows(tmp_path / "c.db", "SELECT body FROM articles")


def test_naming_either_file_reads_both_and_a_changed_sidecar_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT)
    (folder / "a.json").write_text(json.dumps(META))
    title = "SELECT title, published FROM articles"
    import_corpus([folder / "a.txt"], tmp_path / "one.db")
    assert rows(tmp_path / "one.db", title) == [("A bridge", "2020-05-06")]
    import_corpus([folder / "a.json"], tmp_path / "two.db")
    assert rows(tmp_path / "two.db", "SELECT outcome FROM documents") == [("empty",)]
    import_corpus([folder], tmp_path / "two.db")
    assert rows(tmp_path / "two.db", title) == [("A bridge", "2020-05-06")]
    assert not import_corpus([folder], tmp_path / "two.db").changed
    (folder / "a.json").write_text(json.dumps({**META, "title": "Two bridges"}))
    report = import_corpus([folder], tmp_path / "two.db")
    assert report.files_changed == 2
    assert rows(tmp_path / "two.db", title) == [("Two bridges", "2020-05-06")]
    (folder / "a.json").unlink()
    import_corpus([folder], tmp_path / "two.db", prune=True)
    assert rows(tmp_path / "two.db", "SELECT title_origin, published FROM articles") == [("lead", None)]
    assert check(open_database(tmp_path / "two.db")) == []


def test_a_table_that_describes_the_files_of_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "corpus-db.toml").write_text(
        '[sidecar]\ntable = "list.csv"\nfile = "Datei"\n[columns]\ntitle = "Kop"\n'
    )
    (folder / "list.csv").write_text(
        "Datei;Kop;Datum\na.txt;A bridge;2020-05-06\nsub/b;A tunnel;2020-05-07\nlost.txt;L;2020\n"
    )
    (folder / "a.txt").write_text(TEXT)
    (folder / "sub" / "b.txt").write_text(TEXT + " So they say.")
    report = import_corpus([folder], tmp_path / "c.db")
    assert rows(tmp_path / "c.db", "SELECT title, published FROM articles ORDER BY title") == [
        ("A bridge", "2020-05-06"),
        ("A tunnel", "2020-05-07"),
    ]
    assert [notice.text for notice in report.notices] == [
        "1 of 3 rows name files that are not there, the first 'lost.txt'"
    ]
    assert not import_corpus([folder], tmp_path / "c.db").changed
    (folder / "list.csv").write_text("Datei;Kop\na.txt;Changed\n")
    import_corpus([folder], tmp_path / "c.db")
    assert ("Changed", None) in rows(tmp_path / "c.db", "SELECT title, published FROM articles")


def test_a_wrong_profile_stops_the_import_before_anything_is_written(tmp_path: Path) -> None:
    from corpus_db.errors import CorpusError

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "corpus-db.toml").write_text("encodin = 'utf-8'\n")
    (tmp_path / "in" / "a.txt").write_text(TEXT)
    with pytest.raises(CorpusError, match="no such key: encodin"):
        import_corpus([tmp_path / "in"], tmp_path / "c.db")
    assert rows(tmp_path / "c.db", "SELECT count(*) FROM files") == [(0,)]


@pytest.mark.parametrize("content", [b"A \0bridge", bytes(range(256)) * 4, b"\0" * 20])
def test_a_binary_file_of_a_sidecars_name_says_nothing_about_the_text(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.title").write_bytes(content)
    article = outcomes(tmp_path)["a.txt"].article
    assert article is not None
    assert article.title_origin != "header"
