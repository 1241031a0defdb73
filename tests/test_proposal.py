"""A profile proposed from a folder's files: what it says, that it fits, and what it does not touch."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_db import import_corpus
from corpus_db.errors import CorpusError
from corpus_db.proposal import propose, with_outcome

BODY = "The old bridge was closed on Monday, said the mayor. It stays closed for {} weeks, he said."


def article(number: int) -> str:
    return (
        f"Aktenzeichen: {number}/2001\nKopf der Meldung: Bridge {number} of the old town is closed\n"
        f"Gedruckt: {13 + number % 15}/03/2001\nVerf.: Anna Berg{chr(97 + number % 26)}\n\n{BODY.format(number)}\n\n"
    )


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    for file in range(6):
        text = "=====\n".join(article(file * 10 + number) for number in range(4))
        (folder / f"{file}.txt").write_text(text)
    return folder


def test_labels_separator_and_order_are_proposed_and_fit(archive: Path) -> None:
    proposal = propose(str(archive))
    assert proposal.is_new
    lines = proposal.toml.splitlines()
    for line in (
        "separator = '====='",
        'date_order = "day first"',
        "title = 'Kopf der Meldung'",
        "date = 'Gedruckt'",
        "byline = 'Verf.'",
    ):
        assert line in lines
    assert "# in 6 of 6 texts: Gedruckt … 13/03/2001" in lines
    assert (proposal.files, proposal.articles, proposal.matching) == (6, 24, 24)
    (archive / "corpus-db.toml").write_text(with_outcome(proposal))
    report = import_corpus([archive], archive.parent / "c.db")
    assert (report.articles, report.notices) == (24, ())


def test_an_export_that_changed_its_layout_is_told(archive: Path) -> None:
    (archive / "corpus-db.toml").write_text(propose(str(archive)).toml)
    (archive / "6.txt").write_text("*****\n".join(article(60 + n) for n in range(4)))
    (archive / "7.txt").write_text(article(70).replace("Gedruckt", "Druckdatum"))
    proposal = propose(str(archive))
    assert not proposal.is_new
    assert proposal.matching == 24
    assert proposal.others == (
        ("6.txt (article 1)", "does not match corpus-db.toml: title 4 times in one article: does the separator still fit?"),
        ("7.txt (article 1)", "does not match corpus-db.toml: no date"),
    )  # fmt: skip
    report = import_corpus([archive], archive.parent / "c.db")
    assert report.articles == 26  # nothing is lost
    assert [(notice.path, notice.text) for notice in report.notices] == [
        ("archive/7.txt", proposal.others[1][1].replace("corpus-db", "archive/corpus-db", 1)),
        ("archive/6.txt", proposal.others[0][1].replace("corpus-db", "archive/corpus-db", 1)),
    ]


def test_nothing_is_proposed_where_nothing_has_to_be_said(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(f"Title: A bridge\nDate: 2001-02-03\n\n{BODY.format(number)}")
    proposal = propose(str(tmp_path))
    assert "Nothing has to be said" in proposal.toml
    assert (proposal.articles, proposal.matching) == (5, 5)


def test_breaks_inside_articles_are_only_suggested(tmp_path: Path) -> None:
    for number in range(5):
        text = f"Title: A bridge\nDate: 2001-02-03\n\n{BODY}\n\n* * *\n\n{BODY}\n\n* * *\n\n{BODY}"
        (tmp_path / f"{number}.txt").write_text(text.replace("{}", str(number)))
    proposal = propose(str(tmp_path))
    assert "# separator = '* * *'" in proposal.toml.splitlines()
    assert (proposal.articles, proposal.matching) == (5, 5)


def test_a_table_that_lists_the_files(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(BODY.format(number))
    rows = "".join(f"{number}.txt,A bridge,2001\n" for number in range(5))
    (tmp_path / "list.csv").write_text("Datei,Regel,date\n" + rows)
    lines = propose(str(tmp_path)).toml.splitlines()
    assert lines[lines.index("[sidecar]") :][:3] == ["[sidecar]", "table = 'list.csv'", "file = 'Datei'"]
    assert "# Not known among its columns: Regel. Say what one holds under [columns]." in lines


def test_an_empty_profile_that_the_shell_has_just_made_is_none(archive: Path) -> None:
    (archive / "corpus-db.toml").touch()
    assert propose(str(archive)).is_new


def test_a_wrong_profile_is_named(archive: Path) -> None:
    (archive / "corpus-db.toml").write_text("title = 7")
    with pytest.raises(CorpusError, match="title: "):
        propose(str(archive))
    with pytest.raises(CorpusError, match=r"no\.toml: no such file"):
        propose(str(archive), str(archive / "no.toml"))
