"""JSON Lines and JSON documents: what becomes of every kind of record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus_db.models import SourceDocument
from corpus_db.readers import InputFile, discover, read
from corpus_db.readers.limits import ARTICLE_BYTES


def documents(tmp_path: Path, name: str, data: bytes) -> list[SourceDocument]:
    (tmp_path / name).write_bytes(data)
    (file,) = discover([str(tmp_path / name)], tmp_path)
    assert isinstance(file, InputFile)
    found = list(read(file))
    assert [document.start for document in found] == [0, *(document.end for document in found)][:-1]
    assert found[-1].end == len(data)
    return found


def test_every_field_arrives_character_for_character(tmp_path: Path) -> None:
    record = {
        "id": 7,
        "title": " Two  spaces ",
        "body": "\r\nA «b»\u0085\tc ",
        "date": "2021-03-04",
        "odd": {},
    }
    (document,) = documents(tmp_path, "a.jsonl", json.dumps(record).encode())
    assert document.fields == {
        "id": "7",
        "title": " Two  spaces ",
        "body": "\r\nA «b»\u0085\tc ",
        "date": "2021-03-04",
    }
    assert (document.reader, document.part) == ("jsonl", "line 1")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json}", "not JSON"),
        (b'{"body": "cut', "not JSON"),
        (b"[1, 2]", "not an object but a list"),
        (b'"text"', "not an object but a string"),
        (b"null", "not an object but null"),
        (b'{"title": "T", "odd\\nname": 1}', "no body"),
        (b'{"body": 12}', "the body is a number, not text"),
        (b'{"body": ["a"]}', "the body is a list, not text"),
        (b'{"body": {"a": 1}}', "the body is an object, not text"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"body": "x", "n": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'{"body": "\x81\x8d"}', "neither UTF-8 nor Windows-1252"),
    ],
)
def test_a_bad_line_costs_one_line(tmp_path: Path, line: bytes, reason: str) -> None:
    good = b'{"body": "A good one."}\n'
    before, bad, after = documents(tmp_path, "a.jsonl", good + line + b"\n" + good)
    assert before.fields == after.fields == {"body": "A good one."}
    assert bad.fields is None
    assert bad.reason is not None
    assert reason in bad.reason
    assert "\n" not in bad.reason


def test_a_line_of_50_megabytes_is_rejected_and_the_rest_is_read(tmp_path: Path) -> None:
    long = b'{"body": "' + b"x" * 50_000_000 + b'"}\n'
    first, second = documents(tmp_path, "a.jsonl", long + b'{"body": "short"}\n')
    assert first.reason is not None
    assert f"{ARTICLE_BYTES // 1_000_000} MB" in first.reason
    assert second.fields == {"body": "short"}


def test_blank_lines_belong_to_a_neighbour_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    found = documents(tmp_path, "a.jsonl", b'\n \n{"body": "a"}\n\n\n{"body": "b"}\r\n\r\n')
    assert [document.part for document in found] == ["line 3", "line 6"]


@pytest.mark.parametrize(
    "data",
    [
        b'[{"body": "a ]} \\" b"}, {"body": "c"}]',
        b'[\n  {"body": "a ]} \\" b"},\n  {"body": "c", "x": [{"y": []}]}\n]\n',
        b'{"status": "ok", "articles": [{"body": "a ]} \\" b"}, {"body": "c"}], "more": [{}]}',
        b'{"body": "a ]} \\" b"}\n{"body": "c"}',
        b'\xef\xbb\xbf{\n"body": "a ]} \\" b"\n}\n{\n"body": "c"\n}\n',
    ],
)
def test_json_documents_of_every_shape(tmp_path: Path, data: bytes) -> None:
    found = documents(tmp_path, "a.json", data)
    assert [document.fields for document in found] == [{"body": 'a ]} " b'}, {"body": "c"}]


def test_a_list_that_breaks_off_loses_only_its_last_object(tmp_path: Path) -> None:
    first, second = documents(tmp_path, "a.json", b'[{"body": "a"}, {"body": "b')
    assert first.fields == {"body": "a"}
    assert second.reason is not None


def test_what_lies_between_the_objects_of_a_list_is_rejected_by_itself(tmp_path: Path) -> None:
    found = documents(tmp_path, "a.json", b'[{"body": "a"}, 5, {"body": "b"}]')
    assert [document.reason is None for document in found] == [True, False, True]


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ({"text": "x", "headline": "H"}, "title", "H"),
        ({"content": "x", "publishedAt": "2020-01-02T03:04:05Z"}, "date", "2020-01-02T03:04:05Z"),
        ({"articleBody": "x", "date_publish": "2020-01-02"}, "date", "2020-01-02"),
        ({"maintext": "x", "authors": ["Ann Lee", "Bo Ek"]}, "byline", "Ann Lee; Bo Ek"),
        ({"body": "x", "source": {"id": None, "name": "The Paper"}}, "publisher", "The Paper"),
        ({"body": "x", "author": {"name": "Ann Lee"}}, "byline", "Ann Lee"),
        ({"body": "x", "source_domain": "paper.example", "publisher": ""}, "publisher", "paper.example"),
        ({"body": "x", "Language": "es"}, "language", "es"),
        ({"body": None, "text": "x"}, "body", "x"),
        ({"body": "x", "id": 12.0}, "id", "12"),
    ],
)
def test_names_that_other_programs_use(
    tmp_path: Path, record: dict[str, object], field: str, value: str
) -> None:
    (document,) = documents(tmp_path, "a.jsonl", json.dumps(record).encode())
    assert document.fields is not None
    assert document.fields[field] == value


def test_json_is_recognised_by_content(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, "a.txt", b'{"title": "T", "body": "B"}\n')
    assert document.reader == "jsonl"
    (document,) = documents(tmp_path, "b.txt", b"{{template}} braces are a text\n")
    assert document.reader == "text"


def test_windows_1252_is_read_with_a_remark(tmp_path: Path) -> None:
    (document,) = documents(tmp_path, "a.jsonl", '{"body": "café"}'.encode("cp1252"))
    assert document.fields == {"body": "café", "remark": "not UTF-8, read as Windows-1252"}
