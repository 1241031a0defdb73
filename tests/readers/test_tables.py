"""CSV and TSV: rows become articles, and a bad row costs one row."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_db.models import SourceDocument
from corpus_db.parsing import parse
from corpus_db.readers import InputFile, discover, read


def documents(tmp_path: Path, name: str, data: bytes) -> list[SourceDocument]:
    (tmp_path / name).write_bytes(data)
    (file,) = discover([str(tmp_path / name)], tmp_path)
    assert isinstance(file, InputFile)
    found = list(read(file))
    position = 0
    for document in found:
        assert document.start == position
        position = document.end
    assert position == len(data)
    return found


@pytest.mark.parametrize(
    ("name", "separator"), [("a.csv", ","), ("a.tsv", "\t"), ("a.txt", ";"), ("a", ","), ("a.dat", "|")]
)
def test_tables_are_recognised_by_their_first_row(tmp_path: Path, name: str, separator: str) -> None:
    rows = [
        ["Headline", "Published At", "content", "link"],
        ["A bridge", "2020-05-01", '"It is ""open"" now."', "http://n.example"],
    ]
    (document,) = documents(tmp_path, name, "\n".join(separator.join(row) for row in rows).encode())
    assert document.reader == "csv"
    assert document.fields == {
        "title": "A bridge",
        "date": "2020-05-01",
        "body": 'It is "open" now.',
        "url": "http://n.example",
    }


def test_records_of_many_lines_keep_their_line_ends(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbftitle,text\r\nA,"one\r\n\r\ntwo, three\n"\r\n\r\nB,four\r\n'
    first, second = documents(tmp_path, "a.csv", data)
    assert first.fields == {"title": "A", "body": "one\r\n\r\ntwo, three\n"}
    assert second.fields == {"title": "B", "body": "four"}
    assert (first.part, second.part) == ("row 1", "row 2")


def test_an_empty_cell_is_an_empty_article_and_a_short_row_has_no_body(tmp_path: Path) -> None:
    empty, short, good = documents(tmp_path, "a.csv", b"title,text\nA,\nB\nC,see\n")
    assert parse(empty).outcome == "empty"
    assert short.reason is not None
    assert parse(good).outcome == "article"


def test_windows_1252_in_one_row(tmp_path: Path) -> None:
    first, second = documents(tmp_path, "a.csv", b"title,text\nA,caf\xe9\nB,caf\xc3\xa9\n")
    assert first.fields == {"title": "A", "body": "café", "remark": "not UTF-8, read as Windows-1252"}
    assert second.fields == {"title": "B", "body": "café"}


def test_a_quote_that_is_never_closed_costs_up_to_one_article(tmp_path: Path) -> None:
    rows = (
        b'title,text\nA,fine\nB,"open ' + b"x" * 99 + b"\n" + b"C,%s\n" % (b"y" * 990_000) * 22 + b"D,fine\n"
    )
    found = documents(tmp_path, "a.csv", rows)
    assert found[0].fields == {"title": "A", "body": "fine"}
    assert found[1].reason is not None
    assert "20 MB" in found[1].reason
    assert found[-1].fields == {"title": "D", "body": "fine"}


def test_a_cell_of_30_megabytes_is_rejected(tmp_path: Path) -> None:
    found = documents(tmp_path, "a.csv", b"title,text\nA," + b"x" * 30_000_000 + b"\nB,fine\n")
    assert found[0].reason is not None
    assert found[-1].fields == {"title": "B", "body": "fine"}


def test_a_table_of_something_else_is_one_line(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, "a.csv", b"day,count\n2020-01-01,5\n2020-01-02,6\n")
    assert document.reason is not None
    assert "day, count" in document.reason


def test_only_a_header_row(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, "a.csv", b"title,text\n")
    found = parse(document)
    assert (found.outcome, found.reason) == ("empty", "only a header row, no records")


def test_a_text_with_commas_is_no_table(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, "a.txt", b"The title, the text and the date, he said, were wrong.\n")
    assert document.reader == "text"


def test_a_dictionary_in_a_cell_and_a_cut_text(tmp_path: Path) -> None:
    data = (
        "source,title,content\n\"{'id': None, 'name': 'The Paper'}\",A,\"It was … [+120 chars]\"\n".encode()
    )
    (document,) = documents(tmp_path, "a.csv", data)
    found = parse(document)
    assert found.article is not None
    assert found.article.publisher == "The Paper"
    assert found.reason == "its source cut the text off"
