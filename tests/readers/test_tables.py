"""CSV and TSV: rows become articles, and a bad row costs one row."""

from __future__ import annotations

import csv
import io
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
    assert found.reason == "truncated by its source: 120 more characters are not given"


def told(tmp_path: Path, name: str, rows: list[list[str]], **how: str) -> list[SourceDocument]:
    """The documents of a table that is written from its cells."""
    text = io.StringIO()
    csv.writer(text, delimiter=how.get("delimiter", ",")).writerows(rows)
    return documents(tmp_path, name, text.getvalue().encode(how.get("encoding", "utf-8")))


def invented(number: int) -> str:
    return (
        f"The council of town {number} met on Monday. It decided, after a long debate, that the bridge would be "
        f'closed for {number + 3} weeks. "We had no choice," said the mayor.'
    )


ROWS = [
    [
        f"2020-05-{number + 1:02}",
        f"Town {number} closes its bridge",
        f"https://n.example/{number}",
        invented(number),
    ]
    for number in range(12)
]
FIRST = {
    "date": "2020-05-01",
    "title": "Town 0 closes its bridge",
    "url": "https://n.example/0",
    "body": invented(0),
}


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("a.csv", {}),
        ("a.csv", {"delimiter": ";", "encoding": "cp1252"}),
        ("a.csv", {"delimiter": "^"}),
        ("a.tsv", {"delimiter": "\t", "encoding": "utf-8-sig"}),
        ("a.tsv", {"delimiter": "\t", "encoding": "utf-16"}),
    ],
)
def test_columns_without_a_header_are_told_by_their_content(
    tmp_path: Path, name: str, how: dict[str, str]
) -> None:
    found = told(tmp_path, name, ROWS, **how)
    assert len(found) == 12
    assert found[0].fields == {
        **FIRST,
        "notice": "columns told by their content: 1 date, 2 title, 3 url, 4 body",
    }
    parsed = parse(found[0])
    assert parsed.notice is not None
    assert parsed.notice in (parsed.reason or "")


def test_columns_with_names_that_say_nothing_are_told_by_their_content(tmp_path: Path) -> None:
    first, *_ = found = told(tmp_path, "a.csv", [["c1", "c2", "c3", "words"], *ROWS])
    assert len(found) == 12
    assert first.fields is not None
    assert dict(first.fields).items() >= FIRST.items()


def test_pictures_are_not_the_address_of_the_article(tmp_path: Path) -> None:
    rows = [[f"https://i.example/{row[0]}.jpg", *row[1:]] for row in ROWS]
    (first, *_) = told(tmp_path, "a.csv", rows)
    assert first.fields is not None
    assert first.fields["url"] == "https://n.example/0"


def test_a_body_that_cannot_be_told_is_one_line(tmp_path: Path) -> None:
    (document,) = told(tmp_path, "a.csv", [[row[0], row[3], row[3] + " Again."] for row in ROWS])
    assert document.reason is not None
    assert "columns 2 and 3 could both be the text" in document.reason
    assert "--map body=#2" in document.reason
    (document,) = told(tmp_path, "a.csv", [[str(number), "1.5"] for number in range(9)])
    assert document.reason is not None
    assert "none of them holds running text" in document.reason


def test_utf_16_counts_its_lines_right(tmp_path: Path) -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        text = "\ufefftitle,text\nA,\u0a0a\u0a00 one\n" + 'B,"two\nlines \u010a"\n'
        first, second = documents(tmp_path, "a.csv", text.encode(encoding))
        assert first.fields == {"title": "A", "body": "\u0a0a\u0a00 one"}
        assert second.fields == {"title": "B", "body": "two\nlines \u010a"}


@pytest.mark.parametrize(
    ("data", "bodies"),
    [
        (
            b"title,text\n"
            + b"".join(b'"T","He said \\"no\\", and \\"yes\\",\nthen left."\n' for _ in range(6)),
            'He said "no", and "yes",\nthen left.',
        ),
        (b"title\ttext\n" + b'T\t"Yes," she said, "I am."\n' * 6, '"Yes," she said, "I am."'),
        (b"'title','text'\n" + b"'T','It''s, well, a text.'\n" * 3, "It's, well, a text."),
        (b"title,text\r" + b'T,"one, two"\r' * 3, "one, two"),
    ],
)
def test_quotes_and_line_ends_of_other_programs(tmp_path: Path, data: bytes, bodies: str) -> None:
    found = documents(tmp_path, "a.tsv" if b"\t" in data else "a.csv", data)
    assert {document.fields["body"] for document in found if document.fields} == {bodies}
    assert all(document.reason is None for document in found)


def test_a_field_above_the_limit_is_one_line_and_one_piece(tmp_path: Path) -> None:
    text = (b"It rained, and it rained. " * 30 + b"Then, no.\n") * 45_000
    found = documents(tmp_path, "a.csv", b'title,text\nA,fine\nB,"' + text + b'"\nC,fine too\n')
    assert [document.fields and document.fields["title"] for document in found] == ["A", None, "C"]
    assert found[1].reason is not None
    assert "20 MB" in found[1].reason


def test_a_quote_open_at_the_end_of_the_file_costs_its_line(tmp_path: Path) -> None:
    data = b'title,text\nA,fine\nB,"never closed\n' + b"".join(b"C%d,words\n" % n for n in range(40))
    found = documents(tmp_path, "a.csv", data)
    assert [document.reason for document in found if document.reason] == ["a quote that is never closed"]
    assert len(found) == 42


@pytest.mark.parametrize("above", [b"title,text\n", b"title,text\n\n"])
def test_a_first_row_with_such_a_quote_is_rejected_itself_and_not_what_stands_above_it(
    tmp_path: Path, above: bytes
) -> None:
    first, second = documents(tmp_path, "a.csv", above + b'A,"never closed\nB,words\n')
    assert (first.part, first.reason) == ("row 1", "a quote that is never closed")
    assert first.end == len(above) + len(b'A,"never closed\n')
    assert second.fields == {"title": "B", "body": "words"}


def test_lists_in_cells(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, "a.csv", b"authors,title,text\n\"['Ann Lee', 'Bo Ek']\",T,[sic] yes\n")
    assert document.fields == {"byline": "Ann Lee; Bo Ek", "title": "T", "body": "[sic] yes"}


def test_an_interface_that_calls_its_summary_body(tmp_path: Path) -> None:
    summary, text = "The bridge is closed.", "The old bridge was closed on Monday, said the mayor. " * 3
    rows = [["title", "body", "text"], ["T", summary, text], ["U", "", text], ["V", text, summary]]
    found = told(tmp_path, "a.csv", rows)
    assert [document.fields["body"] for document in found if document.fields] == [text, text, text]


def test_a_blank_summary_is_an_empty_article(tmp_path: Path) -> None:
    (document,) = told(tmp_path, "a.csv", [["Title", "Link", "Summary"], ["T", "https://n.example", ""]])
    assert parse(document).outcome == "empty"


def test_names_with_a_prefix_and_a_column_without_one(tmp_path: Path) -> None:
    rows = [
        ["", "CONTENT_ID", "CONTENT_TITLE", "CONTENT_NEWSROOM", "TEXT"],
        ["0", "7", "T", "The Paper", "x"],
    ]
    (document,) = told(tmp_path, "a.csv", rows)
    assert document.fields == {"id": "7", "title": "T", "publisher": "The Paper", "body": "x"}


def test_quotes_inside_quoted_json(tmp_path: Path) -> None:
    data = b"id,text,title\n" + b'1,"He said ""no"".","[{\\""a\\"":\\""b\\""}]"\n' * 3
    found = documents(tmp_path, "a.csv", data)
    assert [document.fields and document.fields["body"] for document in found] == ['He said "no".'] * 3


def test_a_pointer_of_git_lfs_is_named(tmp_path: Path) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    for name in ("a.csv", "a.json"):
        (document,) = documents(tmp_path, name, pointer)
        assert document.reason is not None
        assert "git lfs pull" in document.reason


def test_a_text_under_a_name_that_says_nothing_beside_names_that_do(tmp_path: Path) -> None:
    found = told(tmp_path, "a.csv", [["date", "title", "link", "stuk"], *ROWS])
    assert [dict(document.fields or {}).items() >= FIRST.items() for document in found[:1]] == [True]
    assert len(found) == 12


def test_the_line_that_excel_writes_above_a_table(tmp_path: Path) -> None:
    first, second = documents(tmp_path, "a.csv", b"sep=;\r\ntitle;text\r\nA;one, two\r\nB;three\r\n")
    assert first.fields == {"title": "A", "body": "one, two"}
    assert second.fields == {"title": "B", "body": "three"}


def test_notes_above_the_names_of_columns_are_passed_over(tmp_path: Path) -> None:
    data = b"Export of clippings\nmade 2021-03-05\n\ntitle,date,text\nA,2021-03-04,It is open.\nB,2021-03-05,It is red.\n"
    found = [parse(document).article for document in documents(tmp_path, "a.csv", data)]
    assert [(got.title, got.published, got.body) for got in found if got] == [
        ("A", "2021-03-04", "It is open."),
        ("B", "2021-03-05", "It is red."),
    ]


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("43599", "2019-05-14"),
        ("43599.385417", "2019-05-14T09:15:00"),
        ("43599.999999", "2019-05-15"),
        ("14-May-19", "2019-05-14"),
        ("14 May 98", "1998-05-14"),
        ("14-May-19 09:15", "2019-05-14T09:15"),
        ("99999", None),
        ("4359", None),
        ("31-Feb-19", None),
    ],
)
def test_dates_as_spreadsheets_write_them(tmp_path: Path, cell: str, date: str | None) -> None:
    (document,) = documents(tmp_path, "a.csv", f"title,date,text\nA,{cell},It is open.\n".encode())
    article = parse(document).article
    assert article is not None
    assert article.published == date
    if cell.startswith("43599"):
        assert cell in (parse(document).reason or "")


def test_names_of_columns_in_windows_1252(tmp_path: Path) -> None:
    data = "Überschrift;Datum;Text\nFähre schließt;14.05.2019;Sie fährt nicht mehr.\n".encode("cp1252")
    (document,) = documents(tmp_path, "a.csv", data)
    assert document.fields is not None
    assert document.fields["title"] == "Fähre schließt"
