"""RTF, Markdown with front matter and Reuters-21578: single documents, and many in one file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import export_samples as samples
import pytest
from reader_samples import parsed_file

# -- RTF ------------------------------------------------------------------------------------------


def test_rtf_is_one_article(tmp_path: Path) -> None:
    (found,) = parsed_file(tmp_path, samples.PLAIN_RTF)
    got = found.article
    assert got is not None
    assert (got.title, got.published, got.byline) == (
        "Old bridge in Lima opens again",
        "2021-03-04",
        "Ann Lee",
    )
    assert got.body == (
        f"{samples.STORY}\n\nIt cost 2 million € – “a lot”, said the mayor of Lima 😀.\n\nIt is red.\n\nIt is long."
    )


def test_rtf_leaves_out_what_is_deleted_or_hidden(tmp_path: Path) -> None:
    (found,) = parsed_file(tmp_path, rb"{\rtf1\ansi It is {\deleted\revauth1 blue}red.{\v secret}\par}")
    assert found.article is not None
    assert found.article.body == "It is red."


def test_rtf_with_a_table_of_labels_and_text_in_utf_8(tmp_path: Path) -> None:
    rows = r"\intbl Headline\cell Café\cell\row\intbl Date\cell 4 March 2021\cell\row\pard "
    (found,) = parsed_file(tmp_path, ("{\\rtf1\\ansi " + rows + samples.STORY + "\\par}").encode())
    assert found.article is not None
    assert (found.article.title, found.article.published) == ("Café", "2021-03-04")
    assert found.article.body == samples.STORY


def test_rtf_without_its_reader_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "striprtf.striprtf", None)
    (found,) = parsed_file(tmp_path, samples.PLAIN_RTF)
    assert found.outcome == "rejected"
    assert found.reason == (
        'an RTF document: install its reader with  pip install "corpus-db[documents]"  and import again'
    )


def test_rtf_in_a_code_page(tmp_path: Path) -> None:
    data = rb"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Arial;}}\f0 \'cc\'ee\'f1\'f2 \'ee\'f2\'ea\'f0\'fb\'f2.\par}"
    (found,) = parsed_file(tmp_path, data)
    assert found.article is not None
    assert found.article.body == "Мост открыт."


def test_rtf_with_an_endless_table_of_fonts(tmp_path: Path) -> None:
    (found,) = parsed_file(tmp_path, rb"{\rtf1{\fonttbl" + rb"\f0" * 100_000 + rb"}\par It is open.\par}")
    assert found.article is not None
    assert found.article.body == "It is open."


# -- Markdown -------------------------------------------------------------------------------------


def test_front_matter(tmp_path: Path) -> None:
    (found,) = parsed_file(tmp_path, samples.MARKDOWN)
    got = found.article
    assert got is not None
    assert (got.title, got.title_origin) == ("Old bridge in Lima opens again", "header")
    assert (got.published, got.byline, got.section) == ("2021-03-04T09:20", "Ann Lee; Bo Ek", "News")
    assert got.url == "https://www.example.org/bridge"
    assert json.loads(got.metadata or "")["keywords"] == ["bridges", "Lima"]
    assert got.body == f"{samples.STORY}\n\nNote: it is *red*."


def test_toml_front_matter_and_a_heading_for_the_title(tmp_path: Path) -> None:
    text = b'+++\r\ndate = 2021-03-04\r\nauthors = ["Ann Lee"]\r\n+++\r\n\r\nA bridge opens\r\n======\r\n\r\nIt is open.\r\n'
    (found,) = parsed_file(tmp_path, text, "a.md")
    got = found.article
    assert got is not None
    assert (got.title, got.published, got.byline, got.body) == (
        "A bridge opens",
        "2021-03-04",
        "Ann Lee",
        "It is open.",
    )


def test_a_heading_that_is_not_the_title_stays(tmp_path: Path) -> None:
    (found,) = parsed_file(tmp_path, b"---\ntitle: A bridge opens\n---\n\n# Background\n\nIt is open.\n")
    assert found.article is not None
    assert found.article.body == "# Background\n\nIt is open."


def test_front_matter_that_is_no_yaml(tmp_path: Path) -> None:
    (found,) = parsed_file(tmp_path, b"---\ntitle: A bridge: open\ndate: [2021\n---\n\nIt is open.\n")
    assert found.outcome == "rejected"
    assert (found.reason or "").startswith("front matter that is no YAML in line ")


@pytest.mark.parametrize(
    "text", [b"---\nIt is only a line.\n", b"---\ntitle: a list of values\n", b"---\n\nIt is open.\n---\n"]
)
def test_a_line_of_marks_is_no_front_matter(tmp_path: Path, text: bytes) -> None:
    assert parsed_file(tmp_path, text)[0].source.reader == "text"


def test_yaml_builds_nothing(tmp_path: Path) -> None:
    """Tags of Python objects are text, and aliases that multiply are not followed into text."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    text = f"---\ntitle: !!python/object/apply:os.getcwd []\n{bomb}tags: *i\n---\n\nIt is open.\n"
    (found,) = parsed_file(tmp_path, text.encode())
    assert found.outcome in ("article", "rejected")
    if found.article is not None:
        assert str(Path.cwd()) not in found.article.title
        assert len(found.article.metadata or "") < 1_000


# -- Reuters-21578 --------------------------------------------------------------------------------


def test_reuters_21578(tmp_path: Path) -> None:
    cover, story, brief, raw = parsed_file(tmp_path, samples.REUTERS)
    assert (cover.outcome, cover.reason) == ("empty", "what stands before the first article")
    got = story.article
    assert got is not None
    assert (got.title, got.byline, got.agency) == ("OLD BRIDGE IN LIMA <XYZ> OPENS", "Ann Lee", "Reuters")
    assert (got.published, got.dateline_place, got.external_id) == ("1987-03-04T15:01:01", "LIMA", "1")
    assert json.loads(got.metadata or "")["keywords"] == ["bridge", "peru"]
    assert got.body == (
        "LIMA, March 4 - The old bridge over the river was opened on Monday by the mayor, after two years of work."
        "\n\nIt is red."
    )
    assert brief.article is not None
    assert brief.article.body == "MAYOR OF LIMA SAYS BRIDGE IS RED"
    assert raw.article is not None
    assert raw.article.body == "SHARES IN LIMA - MARCH 6\n\nBRIDGES     10  11"


def test_front_matter_as_people_write_it_by_hand(tmp_path: Path) -> None:
    data = b"---\ntitle: Lima: a bridge opens\nauthor: @ann\ntags:\n  - bridges\nsource: https://paper.example/a\n---\nIt is open.\n"
    (found,) = parsed_file(tmp_path, data)
    got = found.article
    assert got is not None
    assert (got.title, got.url, got.body) == (
        "Lima: a bridge opens",
        "https://paper.example/a",
        "It is open.",
    )


def test_markdown_without_front_matter_has_its_header_below_marks(tmp_path: Path) -> None:
    data = f"# A bridge opens\n\n*By Ann Lee*\n\n**4 March 2021**\n\n{samples.STORY}\n".encode()
    (found,) = parsed_file(tmp_path, data, "a.md")
    got = found.article
    assert got is not None
    assert (got.title, got.byline, got.published) == ("A bridge opens", "Ann Lee", "2021-03-04")
    assert got.body == samples.STORY


def test_front_matter_in_json(tmp_path: Path) -> None:
    data = b'{\n"title": "A bridge",\n"date": "2021-03-04",\n"author": "Ann Lee"\n}\n\n# A bridge\n\nIt is open.\n'
    (found,) = parsed_file(tmp_path, data, "a.md")
    assert found.source.fields == {
        "title": "A bridge",
        "date": "2021-03-04",
        "byline": "Ann Lee",
        "body": "It is open.",
    }
    assert {other.source.reader for other in parsed_file(tmp_path, data, "a.json")} == {"jsonl"}


@pytest.mark.parametrize(
    "data", [b'{"title": "A", "body": "One."}\n', b'{"a": 1}, {"b": 2}', b'{"a": 1}\n{"b": 2}\n']
)
def test_records_called_md_are_records(tmp_path: Path, data: bytes) -> None:
    assert {found.source.reader for found in parsed_file(tmp_path, data, "a.md")} == {"jsonl"}
