"""HTML pages: what they state about themselves, their text, and what happens without the extra."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest
from reader_samples import parsed_file

from corpus_db.models import ParsedDocument
from corpus_db.parsing import parse
from corpus_db.readers import InputFile, discover, read
from corpus_db.readers.pages.html import _Facts
from corpus_db.readers.pages.markup import decoded_page

PARAGRAPHS = "".join(
    f"<p>The old bridge over the river was opened again on Monday, after {count} years of work that cost the town more than it has.</p>"
    for count in ("two", "three", "four", "five")
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>A bridge opens | The Paper</title>
<meta property="og:site_name" content="The Paper"><link rel="canonical" href="http://n.example/a">
<script type="application/ld+json">{{"@graph": [{{"@type": "WebPage"}}, {{"@type": "NewsArticle", "headline": "A bridge opens",
"datePublished": "2020-06-17T10:15:28+02:00", "author": [{{"name": "Ann Lee"}}, {{"name": "Bo Ek"}}]}}]}}</script></head>
<body><nav><a href="/">Home</a> <a href="/news">News</a></nav><article><h1>A bridge opens</h1>{PARAGRAPHS}</article>
<script>alert(1)</script><footer>All rights reserved.</footer></body></html>"""


def parsed(tmp_path: Path, text: str) -> ParsedDocument:
    (tmp_path / "page").write_text(text, encoding="utf-8")
    (file,) = discover([str(tmp_path / "page")], tmp_path)
    assert isinstance(file, InputFile)
    (document,) = read(file)
    assert (document.reader, document.start, document.end) == ("html", 0, len(text.encode()))
    return parse(document)


def test_a_page_with_the_extra(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    found = parsed(tmp_path, PAGE).article
    assert found is not None
    assert (found.title, found.byline, found.publisher) == ("A bridge opens", "Ann Lee; Bo Ek", "The Paper")
    assert (found.published, found.url, found.language) == (
        "2020-06-17T10:15:28+02:00",
        "http://n.example/a",
        "en",
    )
    assert found.body.startswith("The old bridge over the river")
    assert found.body.endswith("more than it has.")
    assert "alert" not in found.body


def test_a_page_without_the_extra_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importlib.import_module

    def missing(name: str, package: str | None = None) -> ModuleType:
        if name == "trafilatura":
            raise ImportError(name)
        return real(name, package)

    monkeypatch.setattr(importlib, "import_module", missing)
    found = parsed(tmp_path, PAGE)
    assert found.outcome == "rejected"
    assert 'pip install "corpus-db[html]"' in (found.reason or "")


@pytest.mark.parametrize(
    "page",
    [
        "<!doctype html>",
        "<html><body>",
        "<!DOCTYPE html>" + "<div>" * 20_000 + "x",
        "<html><script type='application/ld+json'>{[</script>",
    ],
)
def test_broken_pages_are_one_line(tmp_path: Path, page: str) -> None:
    found = parsed(tmp_path, page)
    assert found.article is not None or found.reason


def test_what_a_page_states_is_read_in_its_order_of_exactness() -> None:
    facts = _Facts()
    facts.feed(
        '<meta name="date" content="2020"><meta property="article:published_time" content="2020-06-17T10:00:00Z"><time datetime="2019">'
    )
    assert facts.fields()["date"] == "2020-06-17T10:00:00Z"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>é</p>".encode(), "<p>é</p>"),
        (b'<meta charset="windows-1251"><p>\xe6</p>', '<meta charset="windows-1251"><p>ж</p>'),
        (b'<meta charset="iso-8859-1"><p>\x93\xe9\x94</p>', '<meta charset="iso-8859-1"><p>“é”</p>'),
        (b'<meta charset="nonsense"><p>\xe9</p>', '<meta charset="nonsense"><p>é</p>'),
    ],
)
def test_declared_encodings(data: bytes, text: str) -> None:
    assert decoded_page(data)[0] == text


def test_objects_that_json_ld_points_to(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    facts = (
        '{"@graph": [{"@type": "NewsArticle", "headline": "A", "author": {"@id": "#ann"}, "publisher": {"@id": "#paper"}},'
        '{"@type": "Person", "@id": "#ann", "name": "Ann Lee"}, {"@type": "Organization", "@id": "#paper", "name": "The Paper"}]}'
    )
    page = f'<html><head><script type="application/ld+json">{facts}</script></head><body><article>{PARAGRAPHS}</article></body></html>'
    got = parsed(tmp_path, page).article
    assert got is not None
    assert (got.byline, got.publisher) == ("Ann Lee", "The Paper")


def test_a_piece_of_a_page_is_one(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    got = parsed(tmp_path, f"<div class='story'><h1>A bridge opens</h1>{PARAGRAPHS}</div>").article
    assert got is not None
    assert (got.title, got.body[:14]) == ("A bridge opens", "The old bridge")


def test_the_publisher_of_microdata(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    who = '<span itemprop="publisher" itemscope><meta itemprop="name" content="The Paper"></span>'
    got = parsed(
        tmp_path, f"<html><body><article><h1>A</h1>{PARAGRAPHS}{who}</article></body></html>"
    ).article
    assert got is not None
    assert got.publisher == "The Paper"


def test_the_year_of_a_copyright_is_no_date(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    page = f"<html><body><article><h1>A</h1>{PARAGRAPHS}</article><footer>© 2021 The Paper</footer></body></html>"
    got = parsed(tmp_path, page).article
    assert got is not None
    assert got.published is None


def test_a_page_that_stands_in_a_table_has_paragraphs(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    story = PARAGRAPHS.replace("</p>", "") * 2
    page = f"<HTML><BODY><TABLE><TR><TD><A HREF=/>Home</A></TD><TD><H1>A bridge</H1>By Ann Lee<BR>May 14, 1998{story}</TD></TR></TABLE></BODY></HTML>"
    got = parsed(tmp_path, page).article
    assert got is not None
    assert (got.byline, got.published) == ("Ann Lee", "1998-05-14")
    assert got.body.startswith("The old bridge")
    assert "|" not in got.body


def test_the_text_that_a_page_states_counts_where_it_shows_a_part(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    whole = "The bridge was opened again. " * 40
    facts = json.dumps({"@type": "NewsArticle", "headline": "A bridge", "articleBody": whole})
    page = f'<html><head><script type="application/ld+json">{facts}</script></head><body><article><h1>A bridge</h1><p>Subscribe to read on.</p></article></body></html>'
    got = parsed(tmp_path, page).article
    assert got is not None
    assert got.body == whole.strip()


def story(headline: str, date: str, text: str = PARAGRAPHS) -> str:
    return f"<article><h2>{headline}</h2><p>{date}</p>{text}</article>"


def test_several_articles_on_a_page(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    two = story("A bridge opens", "4 March 2021") + story("A tunnel closes", "5 March 2021")
    name = '<meta property="og:site_name" content="The Paper">'
    page = f"<html lang='en'><head><title>Archive</title>{name}</head><body>{two}</body></html>".encode()
    before, first, second = parsed_file(tmp_path, page, "a.html")
    assert before.outcome == "empty"
    for found, title, published in (
        (first, "A bridge opens", "2021-03-04"),
        (second, "A tunnel closes", "2021-03-05"),
    ):
        assert found.article is not None
        assert (found.article.title, found.article.published) == (title, published)
        assert found.article.publisher == "The Paper"
        assert found.article.body.startswith("The old bridge")
        assert found.article.body.endswith("more than it has.")
        assert title.encode() in page[found.source.start : found.source.end]


def test_several_articles_with_nothing_before_the_first(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    first, second = parsed_file(
        tmp_path, (story("A bridge opens", "") + story("A tunnel closes", "")).encode(), "a.html"
    )
    assert (first.source.start, first.source.part) == (0, "article 1")
    assert first.article is not None
    assert second.article is not None


@pytest.mark.parametrize(
    ("head", "beside"),
    [
        ('<meta property="og:type" content="article">', story("B", "")),
        ("", story("B", "", "<p>A teaser.</p>")),
        ("", story("B", "").replace("h2>", "h3>")),
    ],
)
def test_what_stands_beside_one_article_is_none(tmp_path: Path, head: str, beside: str) -> None:
    pytest.importorskip("trafilatura")
    page = (
        f"<html><head><title>A bridge</title>{head}</head><body>{story('A bridge', '')}{beside}</body></html>"
    )
    assert parsed(tmp_path, page).article is not None  # one document


TEASERS = "".join(
    f"<article class='card'><h2><a href='/{number}'>Headline number {number} of the day</a></h2>"
    f"<p>The bridge of number {number} was opened again on Monday, after two years of work that cost the town.</p></article>"
    for number in range(6)
)


@pytest.mark.parametrize(
    "page",
    [
        f"<html><head><title>Local news</title></head><body><h1>Local news</h1>{TEASERS}<a href='?page=2'>Next</a></body></html>",
        f"<html><body><h1>Local news</h1><p>{'It rained in Oslo. ' * 12}</p>{TEASERS}</body></html>",
        # programs for weblogs say "article" of such pages, too
        (
            "<html><head><title>Politics</title><meta property='og:type' content='article'>"
            f"<link rel='canonical' href='https://n.example/category/politics/'></head><body>{TEASERS}</body></html>"
        ),
        "<html><head><title>Search</title></head><body><ul>"
        + "".join(
            f"<li><a href='/{n}'><h3>Headline {n}</h3></a><div>{'It rained in Oslo. ' * 6}</div></li>"
            for n in range(9)
        )
        + "</ul></body></html>",
    ],
)
def test_a_list_of_other_pages_is_no_article(tmp_path: Path, page: str) -> None:
    found = parsed(tmp_path, page)
    assert (found.outcome, found.reason) == ("empty", "a list of other pages, no article")


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body><h1>A bridge</h1>{PARAGRAPHS}<h4>More</h4>{TEASERS}</body></html>",
        f"<html><body><h1>A bridge</h1>{TEASERS}{PARAGRAPHS.replace('<p>', '<div>').replace('</p>', '</div>')}</body></html>",
        f"<html><body><h1>A bridge</h1><div>{'It rained in Oslo.<br><br>' * 60}</div>{TEASERS}</body></html>",
        f"<html><body><h1>A bridge opens again in the north</h1><p>{'It rained in Oslo. ' * 12}</p>{TEASERS}</body></html>",
        f"<html><head><meta property='og:type' content='article'></head><body><h1>A bridge</h1><p>{'It rained in Oslo. ' * 6}</p>{TEASERS}</body></html>",
    ],
)
def test_a_story_with_teasers_round_it_is_one(tmp_path: Path, page: str) -> None:
    assert parsed(tmp_path, page).outcome == "article"


def test_a_page_in_one_cell_of_a_table(tmp_path: Path) -> None:
    page = "<HTML><HEAD><TITLE>A bridge</TITLE></HEAD><BODY><TABLE><TR><TD><P>It is open again, the mayor said.<P>It is red, and it is long.</TD></TR></TABLE></BODY></HTML>"
    article = parsed(tmp_path, page).article
    assert article is not None
    assert article.body.split("\n") == ["It is open again, the mayor said.", "It is red, and it is long."]
