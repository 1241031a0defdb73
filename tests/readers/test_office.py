"""Spreadsheets and OpenDocument texts."""

from __future__ import annotations

import io
import sys
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from reader_samples import SAMPLES, account, odt, parsed_file, xlsx

from corpus_db.models import Article
from corpus_db.parsing import parse

STORY = "The old bridge over the river was opened again on Monday, after two years of work."


def articles(data: bytes, name: str) -> list[Article]:
    return [parsed.article for parsed in map(parse, account(name, data)) if parsed.article is not None]


def test_sheets_are_read_as_tables() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Clippings"])
    book.active.append(["Headline", "Date", "Text", "Page"])
    book.active.append(["A bridge", date(2021, 3, 4), STORY, 4])
    book.active.append([None, None, None, None])
    book.active.append(["B", datetime.fromisoformat("2021-03-05T13:10"), "It is red.", 5.0])
    book.create_sheet("Empty")
    other = book.create_sheet("2022")
    other.append(["title", "text"])
    other.append(["C", "It is long."])
    out = io.BytesIO()
    book.save(out)
    first, second, third = articles(out.getvalue(), "a.xlsx")
    assert (first.title, first.published, first.body) == ("A bridge", "2021-03-04", STORY)
    assert (second.title, second.published) == ("B", "2021-03-05T13:10:00")
    assert (third.title, third.body) == ("C", "It is long.")


def test_a_sheet_is_a_file_in_the_workbook() -> None:
    documents = account("a.xlsx", xlsx(("title", "text"), ("A", "It is open.")))
    assert [document.path for document in documents] == ["a.xlsx", "a.xlsx/News.csv"]


@pytest.mark.parametrize("cut", [40, 400])
def test_a_damaged_workbook_is_one_line(tmp_path: Path, cut: int) -> None:
    data = SAMPLES["xlsx"][1]
    (found,) = parsed_file(tmp_path, data[:-cut] + b"x" * cut, "a.xlsx")
    assert found.outcome == "rejected"


def test_a_workbook_without_the_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (found,) = parsed_file(tmp_path, SAMPLES["xlsx"][1], "a.xlsx")
    assert 'pip install "corpus-db[documents]"' in (found.reason or "")


def test_an_opendocument_text_is_one_article() -> None:
    body = (
        '<text:tracked-changes><text:p>Deleted.</text:p></text:tracked-changes><text:p text:style-name="Title">A bridge</text:p>'
        f"<text:p>By Ann Lee</text:p><text:p>4 March 2021</text:p><text:p>{STORY}<text:note><text:p>A note.</text:p></text:note></text:p>"
        "<text:p>It is <text:span>red</text:span>.<text:line-break/>It<text:s/>is<text:tab/>long.</text:p>"
    )
    (got,) = articles(odt(body), "a.odt")
    assert (got.title, got.byline, got.published) == ("A bridge", "Ann Lee", "2021-03-04")
    assert got.body == f"{STORY}\n\nIt is red.\n\nIt is\tlong."


def test_an_opendocument_text_may_hold_several_articles_below_headings() -> None:
    body = "".join(
        f'<text:h text:outline-level="1">Bridge {number} opens</text:h><text:p>{number} May 2019</text:p><text:p>{STORY}</text:p>'
        for number in (1, 2)
    )
    assert [(got.title, got.published, got.body) for got in articles(odt(body), "a.odt")] == [
        ("Bridge 1 opens", "2019-05-01", STORY),
        ("Bridge 2 opens", "2019-05-02", STORY),
    ]


def test_a_damaged_opendocument_text_is_one_line(tmp_path: Path) -> None:
    (found,) = parsed_file(tmp_path, SAMPLES["odt"][1][:-60], "a.odt")
    assert (found.reason or "").startswith("a damaged or incomplete ODT")


@pytest.mark.parametrize(
    ("kind", "words"),
    [("application/epub+zip", "EPUB"), ("application/vnd.oasis.opendocument.spreadsheet", "save it as XLSX")],
)
def test_other_documents_say_what_to_do(tmp_path: Path, kind: str, words: str) -> None:
    data = odt("").replace(b"application/vnd.oasis.opendocument.text", kind.encode().ljust(39), 1)
    (found,) = parsed_file(tmp_path, data, "a")
    assert words in (found.reason or "")
