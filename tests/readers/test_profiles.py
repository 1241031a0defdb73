"""Profiles: each key does what docs/profiles.md says, and one that is wrong is one line."""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import rows

from corpus_db import import_corpus
from corpus_db.models import ParsedDocument
from corpus_db.parsing import parse
from corpus_db.readers import InputFile, ProfileWrong, discover, load_profile, profile_of_map, read


def parsed(folder: Path, *columns: str) -> dict[str, list[ParsedDocument]]:
    """What becomes of the files of a folder, by their names; checks that the pieces add up."""
    found: dict[str, list[ParsedDocument]] = {}
    for file in discover([str(folder)], folder, mapped=profile_of_map(columns)):
        if isinstance(file, InputFile):
            documents = list(read(file))
            assert [document.start for document in documents] == [0, *(d.end for d in documents)][:-1]
            assert documents[-1].end == file.size
            found[file.name] = [parse(document) for document in documents]
    return found


def one(
    folder: Path, profile: str, text: str, name: str = "a.txt", encoding: str = "utf-8"
) -> ParsedDocument:
    """The one document of a text in a folder with a profile."""
    (folder / "corpus-db.toml").write_text(profile, encoding="utf-8")
    (folder / name).write_bytes(text.encode(encoding))
    (document,) = parsed(folder)[name]
    assert document.article is not None
    return document


TEXT = "The old bridge was closed on Monday, said the mayor. It stays closed for three weeks, he said."
LABELS = '[labels]\ntitle = "Überschrift des Artikels"\ndate = ["Gedruckt", "[D]"]\nignored = "Interne Nr."\n'


def test_own_labels_in_any_order_above_and_below_the_text(tmp_path: Path) -> None:
    text = f"Interne Nr. 7\nÜBERSCHRIFT des  Artikels: A bridge\n\n[D]2001-02-03\n\n{TEXT}\n\nInterne Nr. 8\n"
    article = one(tmp_path, LABELS, text).article
    assert article is not None
    assert (article.title, article.title_origin, article.published) == ("A bridge", "header", "2001-02-03")
    assert article.body == TEXT


def test_a_label_in_running_text_is_text(tmp_path: Path) -> None:
    text = f"Überschrift des Artikels: A bridge\nGedruckt: 2001\n\n{TEXT}\n{TEXT}\n{TEXT}\n{TEXT}\nGedruckt wird hier, said he.\nHe left."
    article = one(tmp_path, LABELS, text).article
    assert article is not None
    assert article.body.endswith("Gedruckt wird hier, said he.\nHe left.")
    assert article.body.startswith(TEXT)


def test_labels_that_are_built_in_are_known_as_ever(tmp_path: Path) -> None:
    article = one(tmp_path, LABELS, f"Gedruckt: 2001-02-03\nBy: Ann Lee\nSource: The Paper\n\n{TEXT}").article
    assert article is not None
    assert (article.byline, article.publisher) == ("Ann Lee", "The Paper")


@pytest.mark.parametrize(
    ("separator", "line"),
    [
        ('separator = "%%% next %%%"', "%%% next %%%"),
        ("separator_pattern = 'Nr\\. \\d+ von \\d+'", "  Nr. 3 von 12"),
    ],
)
def test_lines_that_separate_articles(tmp_path: Path, separator: str, line: str) -> None:
    (tmp_path / "corpus-db.toml").write_text(separator)
    texts = [f"Title {number}\n\n{TEXT} {number}\n" for number in range(3)]
    between = f"{line}\r\n"
    for name, data in {
        "between.txt": between.join(texts),
        "first.txt": between + between.join(texts),
        "last.txt": between.join(texts) + "\n" + between + "\n",
    }.items():
        (tmp_path / name).write_bytes(data.encode())
    for documents in parsed(tmp_path).values():
        assert [document.source.part for document in documents] == ["article 1", "article 2", "article 3"]
        bodies = [document.article.body for document in documents if document.article]
        assert bodies == [f"{TEXT} {number}" for number in range(3)]


@settings(max_examples=80, deadline=None)
@given(
    parts=st.lists(
        st.sampled_from(["=====\n", " =====\r\n", "a text\n", "\n", "=====", "x=====\n", "\0", "\xe9"])
    )
)
def test_any_file_that_is_cut_is_accounted_for(parts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "corpus-db.toml").write_text('separator = "====="')
        data = "".join(parts).encode("latin-1")
        (Path(folder) / "a.txt").write_bytes(data)
        documents = parsed(Path(folder))["a.txt"]  # checks that the pieces add up
        lines = [line.strip() for line in data.replace(b"\r", b"").split(b"\n")]
        assert len(documents) <= 1 + lines.count(b"=====")
        bodies = [document.article.body for document in documents if document.article]
        assert not any(line.strip() == "=====" for body in bodies for line in body.split("\n"))


def test_the_separator_is_looked_for_in_large_files_too(tmp_path: Path) -> None:
    (tmp_path / "corpus-db.toml").write_text('separator = "====="\nfiles = ["*.big"]\n')
    (tmp_path / "a.big").write_text("=====\n".join(f"{TEXT} {n}\n" * 300 for n in range(200)))
    documents = parsed(tmp_path)["a.big"]
    assert len(documents) == 200
    assert all(document.outcome == "article" for document in documents)


@pytest.mark.parametrize(
    ("title", "text", "expected", "begins"),
    [
        ('"line 1"', f"it rains again.\n{TEXT}", "it rains again.", TEXT),
        ('"line 2"', f"Date: 2001-02-03\nit rains again.\n{TEXT}", "it rains again.", TEXT),
        ('"label"', f"A Bridge Is Closed\n\n{TEXT}", None, "A Bridge Is Closed"),
        ('"none"', f"A Bridge Is Closed\n\n{TEXT}", None, "A Bridge Is Closed"),
        ('"label"', f"Title: A bridge\n\n{TEXT}", "A bridge", TEXT),
    ],
)
def test_where_the_title_stands(
    tmp_path: Path, title: str, text: str, expected: str | None, begins: str
) -> None:
    article = one(tmp_path, f"title = {title}\n", text).article
    assert article is not None
    assert (article.title if article.title_origin != "lead" else None) == expected
    assert article.body.startswith(begins)
    assert article.published == ("2001-02-03" if "Date:" in text else None)


@pytest.mark.parametrize(("order", "published"), [("day first", "2001-04-03"), ("month first", "2001-03-04")])
def test_the_order_of_dates(tmp_path: Path, order: str, published: str) -> None:
    profile = f'date_order = "{order}"\n'
    article = one(tmp_path, profile, f"Date: 03/04/2001\nTitle: A bridge\n\n{TEXT}").article
    assert article is not None
    assert article.published == published
    article = one(tmp_path, profile, '{"body": "x", "date": "03/04/2001"}', "a.json").article
    assert article is not None
    assert article.published == published


def test_an_encoding_and_a_file_that_is_in_another(tmp_path: Path) -> None:
    found = one(tmp_path, 'encoding = "cp437"\n', "Jürg wrote: " + TEXT, encoding="cp437")
    assert found.article is not None
    assert found.article.body.startswith("Jürg")
    found = one(tmp_path, 'encoding = "ascii"\n', "Jürg wrote: " + TEXT)
    assert found.article is not None
    assert found.article.body.startswith("Jürg")
    assert "not ascii" in (found.reason or "")
    found = one(tmp_path, 'encoding = "cp437"\n', "title,text\nT,Jürg\n", "a.csv", "cp437")
    assert found.article is not None
    assert found.article.body == "Jürg"


def test_values_for_what_an_article_does_not_say(tmp_path: Path) -> None:
    profile = '[defaults]\npublisher = "The Paper"\nlanguage = "en"\n'
    article = one(tmp_path, profile, f"Source: Another\nTitle: A bridge\n\n{TEXT}").article
    assert article is not None
    assert (article.publisher, article.language) == ("Another", "en")
    article = one(tmp_path, profile, '{"body": "x"}', "a.json").article
    assert article is not None
    assert (article.publisher, article.language) == ("The Paper", "en")


@pytest.mark.parametrize(
    ("profile", "name", "data"),
    [
        ('[columns]\ntitle = "kop2"\nbody = "stuk"\n', "a.csv", "kop2,stuk,text\nT,x,no\n"),
        ("[columns]\ntitle = 1\nbody = 2\n", "a.csv", "T,x,no\n"),
        ('[columns]\ntitle = 1\nbody = "#2"\n', "a.tsv", "T\tx\tno\n"),
        ('delimiter = ":"\n', "a.csv", "title:text\nT:x\n"),
        ("header = false\n[columns]\ntitle = 1\nbody = 2\n", "a.csv", "T,x\n"),
        ('[columns]\ntitle = "a.b"\nbody = ["zzz", "a.c.0.d"]\n', "a.json", '{"a": {"b": "T", "c": [{"d": "x"}]}, "text": "no"}'),
        ('records = "x.list"\n', "a.json", '{"x": {"items": [{"y": 1}], "list": [{"title": "T", "body": "x"}]}}'),
    ],
)  # fmt: skip
def test_columns_and_members_by_a_persons_names(tmp_path: Path, profile: str, name: str, data: str) -> None:
    article = one(tmp_path, profile, data, name).article
    assert article is not None
    assert (article.title, article.body) == ("T", "x")


def test_a_map_names_columns_without_a_profile(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("kop,stuk,text\nT,x,no\n")
    (tmp_path / "b.txt").write_text(TEXT)
    found = parsed(tmp_path, "title=kop", "body=stuk")
    article = found["a.csv"][0].article
    assert article is not None
    assert (article.title, article.body) == ("T", "x")
    assert found["b.txt"][0].notice is None
    found = parsed(tmp_path, "title=kopp", "body=stuk")
    assert found["a.csv"][0].notice == "does not match --map: no title (kopp)"


def test_what_does_not_match_is_told_and_kept(tmp_path: Path) -> None:
    profile = 'separator = "%%%%"\n' + LABELS
    found = one(tmp_path, profile, f"Titel: New\nGedruckt: 2001-02-03\n\n{TEXT}")
    assert found.notice == "does not match corpus-db.toml: no title"
    assert found.notice in (found.reason or "")
    both = "".join(f"Überschrift des Artikels: A{n}\nGedruckt: 2001-02-03\n\n{TEXT}\n####\n" for n in (1, 2))
    assert "title 2 times in one article" in (one(tmp_path, profile, both).notice or "")
    assert one(tmp_path, "expect = []\n" + LABELS, TEXT).notice is None
    assert (
        one(tmp_path, 'expect = ["byline"]\n' + LABELS, TEXT).notice
        == "does not match corpus-db.toml: no byline"
    )


def test_a_profile_holds_below_its_folder_until_another_one(tmp_path: Path) -> None:
    (tmp_path / "corpus-db.toml").write_text('files = ["*.txt"]\n[defaults]\npublisher = "Above"\n')
    (tmp_path / "x" / "y").mkdir(parents=True)
    (tmp_path / "x" / "y" / "corpus-db.toml").write_text('[defaults]\npublisher = "Below"\n')
    for name in ("a.txt", "x/a.txt", "x/y/a.txt", "x/a.html.text"):
        (tmp_path / name).write_text(TEXT)
    found = {name: documents[0].article for name, documents in parsed(tmp_path).items()}
    assert {name: article and article.publisher for name, article in found.items()} == {
        "a.txt": "Above",
        "x/a.txt": "Above",
        "x/y/a.txt": "Below",
        "x/a.html.text": None,
    }
    (file,) = discover([str(tmp_path / "x" / "a.txt")], tmp_path)
    assert isinstance(file, InputFile)
    assert file.profile is not None


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        ("seperator = 1", "no such key: seperator; known are files, encoding, "),
        ("encoding = 'klingon'", "encoding: an encoding such as utf-8, cp1252, iso-8859-15 or shift_jis, not 'klingon'"),
        ("encoding = 'base64'", "encoding: an encoding such as"),
        ("date_order = 'dmy'", "date_order: \"day first\" (03/04 is 3 April) or \"month first\" (4 March), not 'dmy'"),
        ("title = 'first'", 'title: "line 1", "line 2" …, "label" (only where a label says so) or "none", not \'first\''),
        ("separator = 'x'\nseparator_pattern = 'y'", "two ways to say one thing"),
        ("separator_pattern = '['", "separator_pattern: a regular expression"),
        ("separator_pattern = '-*'", "a pattern that no empty line fits"),
        ("[labels]\nheadline = 'x'", "labels: no such field: headline; known are title, date, byline"),
        ("[labels]\ntitle = 5", "labels.title: a text or a list of texts, not 5"),
        ("[labels]\ntitle = 'x'\ndate = 'x'", "labels.date: a label that is not that of title too, not 'x'"),
        ("[columns]\nbody = 0", "columns.body: the name of a column, a list of names, \"a.b\", or a number from 1, not 0"),
        ("[defaults]\nbody = 'x'", "defaults: no such field: body; known are byline, agency"),
        ("[defaults]\nlanguage = 1", "defaults.language: a text, not 1"),
        ("expect = ['headline']", "expect: a list of title, date"),
        ("delimiter = '::'", "delimiter: one character, such as ','"),
        ("header = 'yes'", "header: true (the first row names the columns) or false, not 'yes'"),
        ("[sidecar]\nfile = 'x'", "sidecar: a table with"),
        ("[sidecar]\nending = 'meta'", "sidecar.ending: an ending such as \".meta\", not 'meta'"),
        ("[sidecar]\ntable = '../x.csv'\nfile = 'f'", "sidecar.table: the name of a file in the folder of the profile"),
        ("files = 3", "files: patterns such as \"*.txt\", not 3"),
        ("labels = 3", "labels: a table of lines such as  title = …, not 3"),
        ("title = ", "not TOML"),
    ],
)  # fmt: skip
def test_a_wrong_profile_is_one_line(tmp_path: Path, profile: str, message: str) -> None:
    path = tmp_path / "corpus-db.toml"
    path.write_text(profile)
    with pytest.raises(ProfileWrong) as caught:
        load_profile(str(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("assignment", "message"),
    [("title", "write FIELD=COLUMN"), ("x=y", "no such field: x"), ("title=", "write")],
)
def test_a_wrong_map_is_one_line(assignment: str, message: str) -> None:
    with pytest.raises(ProfileWrong, match=message):
        profile_of_map([assignment])


def test_files_of_one_folder_are_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpus-db.toml").write_text('[defaults]\npublisher = "The Paper"\n')
    for number in range(20):
        (tmp_path / f"{number}.txt").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    listed: list[object] = []
    listdir = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: listed.append(path) or listdir(path))
    found = list(discover([f"{number}.txt" for number in range(20)], tmp_path))
    assert len(listed) == 1
    assert all(isinstance(file, InputFile) and file.profile for file in found)


def test_a_file_in_an_archive_has_the_profile_of_the_archive(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "corpus-db.toml").write_text('separator = "====="\n[defaults]\npublisher = "The Paper"\n')
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("a.txt", f"{TEXT} One.\n=====\n{TEXT} Two.\n")
        archive.writestr("b.csv", "kop2,stuk\nT,x\n")
    columns = ("title=kop2", "body=stuk")
    import_corpus([folder], tmp_path / "c.db", columns=columns)
    query = "SELECT publisher, count(*) FROM articles GROUP BY 1"
    assert rows(tmp_path / "c.db", query) == [("The Paper", 3)]
    assert not import_corpus([folder], tmp_path / "c.db", columns=columns).changed
    assert import_corpus([folder], tmp_path / "c.db").rejected == 1
