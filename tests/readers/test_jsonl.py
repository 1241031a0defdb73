"""JSON Lines and JSON documents: what becomes of every kind of record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reader_samples import account, parsed_file

from corpus_db.models import SourceDocument
from corpus_db.parsing import parse
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
        (b'{"body": ["a", "b"]}', "the body is a list, not text"),
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


@pytest.mark.parametrize(
    "shape",
    [
        {"status": "ok", "totalResults": 2, "articles": "HERE"},  # NewsAPI
        {"responseHeader": {"params": {"q": "x"}}, "response": {"numFound": 2, "docs": "HERE"}},  # Solr
        {"took": 1, "hits": {"total": {"value": 2}, "hits": "HERE"}},  # Elasticsearch
        {"total": 1, "limit": 20, "item": "HERE"},
        {"@context": "https://schema.org", "@graph": "HERE"},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_lists_of_articles_are_found_where_interfaces_put_them(
    tmp_path: Path, shape: dict[str, object], indent: int | None
) -> None:
    records = json.dumps(
        [{"odd": 1, "title": "A", "body": "a"}, {"title": "B", "body": "b [c]"}], indent=indent
    )
    data = json.dumps(shape, indent=indent).replace('"HERE"', records).encode()
    found = documents(tmp_path, "a.json", data)
    assert [document.fields for document in found] == [
        {"title": "A", "body": "a"},
        {"title": "B", "body": "b [c]"},
    ]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (  # Elasticsearch
            {"_index": "a", "_source": {"title": "T", "text": "x", "source": {"name": "P"}}},
            {"title": "T", "body": "x", "publisher": "P"},
        ),
        (  # the Guardian
            {"id": "w/1", "webTitle": "W", "sectionName": "World", "fields": {"bodyText": "x", "byline": "Ann Lee"}},
            {"id": "w/1", "title": "W", "section": "World", "byline": "Ann Lee", "body": "x"},
        ),
        (  # WordPress
            {"title": {"rendered": "A &amp; B"}, "content": {"rendered": "<p>One.</p><p>Two.</p>"}},
            {"title": "A & B", "body": "One.\n\nTwo.", "remark": "the text of its HTML"},
        ),
        (  # ninjs 1
            {"uri": "urn:x", "headline": "H", "body_html": "<p>One.</p>", "located": "Lima", "firstcreated": "2020-01-02"},
            {"id": "urn:x", "title": "H", "place": "Lima", "date": "2020-01-02", "body": "One.", "remark": "the text of its HTML"},
        ),
        (  # ninjs 2
            {
                "headlines": [{"role": "short", "value": "S"}, {"role": "main", "value": "M"}],
                "bodies": [
                    {"role": "short", "contenttype": "text/plain", "value": "s"},
                    {"role": "main", "contenttype": "text/html", "value": "<p>One.</p><p>Two.</p>"},
                ],
            },
            {"title": "M", "body": "One.\n\nTwo.", "remark": "its paragraphs put together"},
        ),
        (  # fundus
            {"title": "T", "body": {"summary": ["S."], "sections": [{"headline": ["H"], "paragraphs": ["One.", "Two."]}]}},
            {"title": "T", "body": "S.\n\nH\n\nOne.\n\nTwo.", "remark": "its paragraphs put together"},
        ),
        (  # news-please
            {"maintext": "x", "title": None, "title_rss": "R", "date_publish": "2020-01-02", "date_download": "2020-01-09"},
            {"title": "R", "date": "2020-01-02", "date:date download": "2020-01-09", "body": "x"},
        ),
        (  # NewsAPI
            {"content": None, "description": "D", "title": "T"},
            {"title": "T", "body": "D", "remark": "the record has only a summary, which is taken as the body"},
        ),
        ({"überschrift": "T", "Volltext": "x", "Quelle": "P"}, {"title": "T", "body": "x", "publisher": "P"}),
        ({"type": "picture", "renditions": {}, "headline": "H", "body_text": "A bridge"}, {"body": "", "remark": "a picture with its caption, not an article"}),
    ],
)  # fmt: skip
def test_shapes_that_scrapers_and_interfaces_write(
    tmp_path: Path, record: dict[str, object], expected: dict[str, str]
) -> None:
    (document,) = documents(tmp_path, "a.jsonl", json.dumps(record).encode())
    assert document.fields == expected


@pytest.mark.parametrize("indent", [None, 1])
def test_articles_by_their_keys(tmp_path: Path, indent: int | None) -> None:
    record = {"https://n.example/1": {"title": "A", "text": "a {b}"}, "2": {"title": "B", "text": "c"}}
    first, second = documents(tmp_path, "a.json", json.dumps(record, indent=indent).encode())
    assert first.fields == {"title": "A", "body": "a {b}", "url": "https://n.example/1"}
    assert second.fields == {"title": "B", "body": "c"}


def test_lists_inside_an_article_are_its_own(tmp_path: Path) -> None:
    record = {"title": "T", "body": "x", "news": [{"title": "other"}], "items": [{"body": "y"}]}
    (document,) = documents(tmp_path, "a.json", json.dumps(record, indent=1).encode())
    assert document.fields == {"title": "T", "body": "x"}


@pytest.mark.parametrize(
    ("end", "missing"),
    [
        ("… [+1683 chars]", 1683),
        ("... [12 chars]", 12),
        (" […]", 0),
        (" ONLY AVAILABLE IN PAID PLANS", 0),
        ("...", None),
        (".", None),
    ],
)
def test_a_text_that_its_source_cut_off_is_marked(tmp_path: Path, end: str, missing: int | None) -> None:
    (document,) = documents(tmp_path, "a.jsonl", json.dumps({"body": f"It rained in Lima{end}"}).encode())
    found = parse(document)
    assert found.article is not None
    assert found.article.body == f"It rained in Lima{end}"
    assert json.loads(found.article.metadata or "{}").get("truncated") == missing
    assert (missing is not None) == ("truncated by its source" in (found.reason or ""))


def test_a_midnight_that_a_program_wrote_is_a_day(tmp_path: Path) -> None:
    for written in ("2020-01-02T00:00:00", "2020-01-02 00:00:00+00:00", "2020-01-02T00:00:00.000Z"):
        (document,) = documents(tmp_path, "a.jsonl", json.dumps({"body": "x", "date": written}).encode())
        found = parse(document)
        assert found.article is not None
        assert found.article.published == "2020-01-02"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            {"name": "Old bridge opens again", "url": "https://a.example/1", "description": "It is open."},
            {"title": "Old bridge opens again"},
        ),
        ({"text": "A b.", "date": "2021-03-04", "time": "16:12"}, {"published": "2021-03-04T16:12"}),
        (
            {"text": "A b.", "date": "2021-03-04", "dateTime": "2021-03-04T16:12:00Z"},
            {"published": "2021-03-04T16:12:00+00:00"},
        ),
        (
            {"text": "A b.", "source": "https://a.example/1", "source-hostname": "The Paper"},
            {"publisher": "The Paper", "url": "https://a.example/1"},
        ),
        (
            {"text": "A b.", "meta": {"url": "https://a.example/1", "title": "T", "date": "2021-03-04"}},
            {"title": "T", "published": "2021-03-04", "url": "https://a.example/1"},
        ),
        (
            {"text": "A b.", "thread": {"site": "a.example", "title": "X"}, "title": "T"},
            {"title": "T", "publisher": "a.example"},
        ),
        (
            {
                "abstract": "A b.",
                "issued": {"date-parts": [[2021, 3, 4]]},
                "author": [{"family": "Lee", "given": "Ann"}],
            },
            {"published": "2021-03-04", "byline": "Ann Lee"},
        ),
        ({"body": "<p>A b.</p>", "bodyText": "A b."}, {"body": "A b."}),
        (
            {
                "contents": [
                    {"type": "title", "content": "T"},
                    {
                        "type": "sanitized_html",
                        "subtype": "paragraph",
                        "mime": "text/html",
                        "content": "A <b>b</b>.",
                    },
                ]
            },
            {"body": "A b."},
        ),
    ],
)
def test_what_interfaces_and_collections_call_their_fields(
    tmp_path: Path, given: dict[str, object], expected: dict[str, str]
) -> None:
    (found,) = parsed_file(tmp_path, json.dumps(given).encode(), "a.json")
    assert found.article is not None, found.reason
    assert {name: getattr(found.article, name) for name in expected} == expected


def test_a_text_that_its_source_took_back_is_empty(tmp_path: Path) -> None:
    (found,) = parsed_file(tmp_path, b'{"title": "[Removed]", "content": "[Removed]"}', "a.json")
    assert found.outcome == "empty"


@pytest.mark.parametrize(
    "table",
    [
        {"title": ["A", "B"], "text": ["It is open.", "It is red."], "version": 1},
        {"title": {"0": "A", "1": "B"}, "text": {"0": "It is open.", "1": "It is red."}},
        {"columns": ["title", "text"], "index": [0, 1], "data": [["A", "It is open."], ["B", "It is red."]]},
        [["title", "text"], ["A", "It is open."], ["B", "It is red."]],
    ],
)
def test_columns_side_by_side_are_rows(tmp_path: Path, table: object) -> None:
    found = [parse(document).article for document in account("a.json", json.dumps(table).encode())]
    assert [(got.title, got.body) for got in found if got] == [("A", "It is open."), ("B", "It is red.")]


@pytest.mark.parametrize(
    "record",
    [
        {"authors": ["Ann", "Bo"], "title": "A", "paragraphs": ["It is open.", "It is red."]},
        {"tags": ["a", "b"], "images": ["c", "d"], "title": "A", "text": "It is open.\n\nIt is red."},
    ],
)
def test_lists_in_a_record_are_no_columns(tmp_path: Path, record: object) -> None:
    (found,) = parsed_file(tmp_path, json.dumps(record).encode(), "a.json")
    assert found.article is not None
    assert (found.article.title, found.article.body) == ("A", "It is open.\n\nIt is red.")


def test_the_key_of_a_record_is_its_number(tmp_path: Path) -> None:
    data = json.dumps(
        {"n-7": {"title": "A", "text": "It is."}, "n-8": {"title": "B", "text": "It was.", "id": 9}}
    )
    found = [parsed.article for parsed in parsed_file(tmp_path, data.encode(), "a.json")]
    assert [got.external_id for got in found if got] == ["n-7", "9"]


def test_what_programs_write_for_nothing_is_nothing(tmp_path: Path) -> None:
    record = {"title": "nan", "author": "None", "date": "NaT", "text": "It is open.", "publisher": "NULL"}
    (found,) = parsed_file(tmp_path, json.dumps(record).encode(), "a.json")
    assert found.article is not None
    assert (found.article.title, found.article.title_origin) == ("It is open.", "lead")
    assert (found.article.byline, found.article.published, found.article.publisher) == (None, None, None)
    (found,) = parsed_file(tmp_path, b'{"title": "A", "text": "nan"}', "a.json")
    assert found.outcome == "empty"


def test_an_author_s_number_is_no_byline_and_numbers_of_mongo_are_dates(tmp_path: Path) -> None:
    record = {"author": 3, "date": {"$date": {"$numberLong": "1614816000000"}}, "text": "It is open."}
    (found,) = parsed_file(tmp_path, json.dumps(record).encode(), "a.json")
    assert found.article is not None
    assert found.article.byline is None
    assert (found.article.published or "")[:10] == "2021-03-04"


def test_a_text_in_parts_is_put_together_and_one_in_words_is_not(tmp_path: Path) -> None:
    parts = ["The bridge over the river was opened again on Monday.", "It is red, and it is very long."]
    (found,) = parsed_file(tmp_path, json.dumps({"title": ["A"], "text": parts}).encode(), "a.json")
    assert found.article is not None
    assert (found.article.title, found.article.body) == ("A", "\n\n".join(parts))
    (found,) = parsed_file(tmp_path, json.dumps({"title": "A", "text": parts[0].split()}).encode(), "a.json")
    assert found.outcome == "rejected"


@pytest.mark.parametrize(
    "data",
    [
        b'callback({"articles": [{"title": "A", "body": "One."}, {"title": "B", "body": "Two; (two)."}]});',
        b'/**/jQuery_1.cb( [{"title": "A", "body": "One."},\n{"title": "B", "body": "Two; (two)."}] )\n',
        b'\xef\xbb\xbfvar articles = [{"title": "A", "body": "One."}, {"title": "B", "body": "Two; (two)."}];\n',
        b'window.__DATA__ = {"articles": [{"title": "A", "body": "One."}, {"title": "B", "body": "Two; (two)."}]}',
        b'export default [{"title": "A", "body": "One."}, {"title": "B", "body": "Two; (two)."}];',
        b')]}\',\n[{"title": "A", "body": "One."}, {"title": "B", "body": "Two; (two)."}]',
        b'while(1);[{"title": "A", "body": "One."}, {"title": "B", "body": "Two; (two)."}]',
    ],
)
@pytest.mark.parametrize("name", ["a.js", "a.json", "a.txt"])
def test_records_inside_a_script(tmp_path: Path, data: bytes, name: str) -> None:
    found = [parsed.article for parsed in map(parse, documents(tmp_path, name, data))]
    assert [(article.title, article.body) for article in found if article] == [
        ("A", "One."),
        ("B", "Two; (two)."),
    ]
    assert len(found) == 2


def test_a_script_that_goes_on_behind_its_record_says_so(tmp_path: Path) -> None:
    record, rest = documents(tmp_path, "a.js", b'show({"title": "A", "body": "One."}); hide("all")')
    assert parse(record).outcome == "article"
    assert parse(rest).outcome == "rejected"


@pytest.mark.parametrize(
    "text", ["Lima (Reuters) - A bridge.", "f(x) = {1, 2}", 'The set {"a"} is one.', "cost = [low, high]"]
)
def test_a_text_with_brackets_is_no_script(tmp_path: Path, text: str) -> None:
    (document,) = documents(tmp_path, "a.txt", text.encode())
    assert document.reader == "text"


def test_a_body_that_is_an_object_of_tags(tmp_path: Path) -> None:
    record = {
        "Title": "A",
        "Source": {"Name": "The Paper"},
        "Document": {"Content": "<p>One.</p><p>Two.</p>"},
    }
    (document,) = documents(tmp_path, "a.json", json.dumps(record).encode())
    assert document.fields is not None
    assert document.fields["body"].split() == ["One.", "Two."]
    assert document.fields["publisher"] == "The Paper"


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            {
                "headline.main": "A",
                "byline.original": "By Ann Lee",
                "source.name": "The Paper",
                "text": "One.",
            },
            {"title": "A", "byline": "By Ann Lee", "publisher": "The Paper"},
        ),
        ({"_source.title": "A", "_source.text": "One.", "_id": "7"}, {"title": "A", "body": "One."}),
        ({"year": 2020, "month": 3.0, "day": "6", "text": "One."}, {"date": "2020-03-06"}),
        ({"year": 2020, "month": 3, "date": "2020-03-07", "text": "One."}, {"date": "2020-03-07"}),
        (
            {"article": {"metadata": {"title": "A", "date": "2020-03-06"}, "content": {"text": "One."}}},
            {"title": "A", "date": "2020-03-06", "body": "One."},
        ),
    ],
)
def test_names_made_of_several_and_dates_in_parts(
    tmp_path: Path, record: dict[str, object], expected: dict[str, str]
) -> None:
    (document,) = documents(tmp_path, "a.json", json.dumps(record).encode())
    assert document.fields is not None
    assert expected.items() <= document.fields.items()


def test_objects_one_behind_the_other_on_a_line(tmp_path: Path) -> None:
    first, second = documents(
        tmp_path, "a.json", b'{"title": "A", "body": "One {1}."}{"title": "B", "body": "Two."}'
    )
    assert [(document.fields or {}).get("body") for document in (first, second)] == ["One {1}.", "Two."]


def test_a_summary_that_is_an_object_with_html(tmp_path: Path) -> None:
    summary = {"direction": "ltr", "content": "<p>It is open.</p><p>It is red.</p>"}
    (document,) = documents(
        tmp_path, "a.jsonl", json.dumps({"title": "A bridge", "summary": summary}).encode()
    )
    assert document.fields is not None
    assert document.fields["body"] == "It is open.\n\nIt is red."
