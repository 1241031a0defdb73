"""Books: each chapter is an article, and what is no article is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest
from export_samples import STORY
from reader_samples import epub, parsed_file

from corpus_db.models import Article, ParsedDocument

FIRST = f"<h1>Old bridge in Lima opens again</h1><p>By <b>Ann Lee</b></p><p>4 March 2021</p><p>LIMA (Reuters) - {STORY}</p><p>It is red.</p>"
SECOND = f"<h2>A second story</h2><p>{STORY}</p>"


def parsed(folder: Path, data: bytes) -> list[ParsedDocument]:
    return parsed_file(folder, data, "a.epub")


def articles(folder: Path, data: bytes) -> list[Article]:
    return [found.article for found in parsed(folder, data) if found.article is not None]


def test_a_chapter_is_an_article_in_the_order_of_the_spine(tmp_path: Path) -> None:
    first, second = articles(tmp_path, epub(FIRST, SECOND))
    assert (first.title, first.published, first.byline, first.agency) == (
        "Old bridge in Lima opens again",
        "2021-03-04",
        "Ann Lee",
        "Reuters",
    )
    assert first.body == f"LIMA (Reuters) - {STORY}\n\nIt is red."
    assert (second.title, second.body, second.language) == ("A second story", STORY, "en")


def test_the_day_on_which_a_book_was_made_is_no_date(tmp_path: Path) -> None:
    (got,) = articles(tmp_path, epub(SECOND))
    assert (got.published, got.metadata) == (None, None)


def test_covers_and_tables_of_contents_are_no_articles(tmp_path: Path) -> None:
    contents = '<h1>Contents</h1><ul><li><a href="c2.xhtml">Old bridge</a></li><li><a href="c3.xhtml">B</a></li></ul>'
    found = parsed(tmp_path, epub('<img src="cover.png"/>', contents, SECOND))
    assert [one.outcome for one in found] == ["empty", "empty", "article"]
    assert "table of contents" in (found[1].reason or "")


def test_what_calibre_writes_round_an_article_is_left_out(tmp_path: Path) -> None:
    menu = '<div>| <a href="b">Next</a> | <a href="c">Section menu</a> | <a href="d">Main menu</a> |</div>'
    saved = '<p>This article was downloaded by <strong>calibre</strong> from <a href="x">https://paper.example/a</a></p>'
    (got,) = articles(tmp_path, epub(menu + SECOND + saved))
    assert (got.title, got.body, got.url) == ("A second story", STORY, "https://paper.example/a")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (epub(SECOND)[:-60], "a damaged or incomplete EPUB"),
        (epub(), "without chapters"),
        (epub(SECOND, more={"META-INF/container.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "entities of its own"),
        (epub(SECOND, more={"META-INF/encryption.xml": '<e><r URI="OEBPS/text/c0.xhtml"/></e>'}), "copy protection"),
    ],
)  # fmt: skip
def test_one_that_cannot_be_read_is_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    (found,) = parsed(tmp_path, data)
    assert found.outcome == "rejected"
    assert words in (found.reason or "")


def test_a_bomb_is_left_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_db.readers.office.epub.OFFICE_XML_BYTES", 1_000_000)
    (found,) = parsed(tmp_path, epub("a" * 3_000_000))
    assert found.reason == "more than 1 MB of text once unpacked: split it"
