"""What people keep of the web and of libraries: saved pages, references, and files that hold no text."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest
from reader_samples import parsed_file

STORY = (
    "<p>The old bridge over the river was opened on Monday after three years of work, the mayor said.</p>" * 3
)
PAGE = (
    '<!doctype html><html><head><title>Old bridge opens</title><meta property="article:published_time" content="2021-03-04T10:00:00Z">'
    f"</head><body><nav>Home Sport</nav><article><h1>Old bridge opens</h1>{STORY}</article></body></html>"
)
MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://paper.example/a\r\nSubject: Old bridge opens - The Paper\r\n"
    'Date: Wed, 10 Mar 2021 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: https://paper.example/a\r\n\r\n"
    f"{PAGE}\r\n--b\r\nContent-Type: text/css\r\n\r\nbody {{}}\r\n--b--\r\n"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.mhtml", MHTML.encode()),
        (
            "a.webarchive",
            plistlib.dumps(
                {
                    "WebMainResource": {
                        "WebResourceData": PAGE.encode(),
                        "WebResourceURL": "https://paper.example/a",
                    }
                }
            ),
        ),
    ],
)
def test_a_saved_page_is_read_as_a_page(tmp_path: Path, name: str, data: bytes) -> None:
    pytest.importorskip("trafilatura")
    (found,) = parsed_file(tmp_path, data, name)
    assert found.article is not None
    assert (found.article.title, found.article.published) == ("Old bridge opens", "2021-03-04T10:00:00+00:00")
    assert (found.article.url, found.article.byline) == ("https://paper.example/a", None)
    assert "Sport" not in found.article.body


def test_a_page_that_states_its_date_and_byline_only_in_its_text(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    page = (
        "<html><head><title>Old bridge opens | The Paper</title></head><body><h1>Old bridge opens</h1><p class=byline>By Ann Lee</p>"
        f"<p>March 4, 2021</p>{STORY}</body></html>"
    )
    (found,) = parsed_file(tmp_path, page.encode(), "a.html")
    assert found.article is not None
    assert (found.article.published, found.article.byline) == ("2021-03-04", "Ann Lee")
    assert found.article.body.startswith("The old bridge")


def test_a_damaged_web_archive_is_a_reason(tmp_path: Path) -> None:
    (found,) = parsed_file(tmp_path, b"bplist00" + b"WebMainResource" * 5, "a.webarchive")
    assert found.outcome == "rejected"


def test_references_have_abstracts_or_no_text(tmp_path: Path) -> None:
    references = (
        "TY  - NEWS\nTI  - Old bridge opens\nAU  - Lee, Ann\nAU  - Ek, Bo\nT2  - The Paper\nAB  - The bridge was opened.\nIt is red.\n"
        "DA  - 2021/03/04/\nUR  - https://paper.example/a\nER  - \n\nTY  - NEWS\nTI  - B\nPY  - 2020\nER  - \n"
    )
    first, second = parsed_file(tmp_path, references.encode(), "a.ris")
    assert first.article is not None
    assert (first.article.title, first.article.published, first.article.byline) == (
        "Old bridge opens",
        "2021-03-04",
        "Lee, Ann; Ek, Bo",
    )
    assert (first.article.publisher, first.article.body) == (
        "The Paper",
        "The bridge was opened.\nIt is red.",
    )
    assert second.outcome == "rejected"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"@article{lee_2021,\n title = {Old bridge opens},\n}\n", "RIS or CSV"),
        (b"PAR1\x15\x04\x15", "pandas.read_parquet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOCX"),
    ],
)
def test_what_holds_no_text_says_what_to_do(tmp_path: Path, data: bytes, words: str) -> None:
    (found,) = parsed_file(tmp_path, data, "a.txt")
    assert found.outcome == "rejected"
    assert found.reason is not None
    assert words in found.reason
