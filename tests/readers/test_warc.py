"""Web archives: pages with their addresses, each record at its place, whatever the lengths say."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import brotli
import pytest
from reader_samples import SAMPLES, account, captured, gzipped, warc_record

from corpus_db.models import SourceDocument
from corpus_db.parsing import parse
from corpus_db.readers import InputFile, discover, read

PAGE = SAMPLES["html"][1]
TEXT = warc_record("resource", b"It rained in Oslo.", "https://paper.example/rain.txt")


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def own(name: str, data: bytes) -> list[SourceDocument]:
    """The records of the file itself."""
    return [document for document in account(name, data) if document.path == name]


def bodies(documents: list[SourceDocument]) -> list[str]:
    return [parsed.article.body for parsed in map(parse, documents) if parsed.article is not None]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_records_are_pieces_at_their_place(name: str) -> None:
    records = [captured("text/html", PAGE, "https://paper.example/bridge"), TEXT]
    data = packed(*records) if name.endswith(".gz") else b"".join(records)
    page, text = own(name, data)
    assert (page.part, page.start, page.end) == ("record 1", 0, len(data) - (text.end - text.start))
    piece = data[text.start : text.end]
    assert (gzip.decompress(piece) if name.endswith(".gz") else piece) == TEXT
    article = parse(page).article
    assert article is not None
    assert (article.title, article.published) == ("A bridge opens", "2021-03-04")
    assert article.url == "https://paper.example/bridge"
    rain = parse(text)
    assert rain.article is not None
    assert (rain.article.body, rain.article.url) == ("It rained in Oslo.", "https://paper.example/rain.txt")
    assert rain.article.published is None  # the time of capture is none of publication
    assert "captured 2021-03-05" in (rain.reason or "")


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (warc_record("warcinfo", b"x: y"), "warcinfo"),
        (warc_record("request", b"GET / HTTP/1.1\r\n\r\n"), "request"),
        (captured("text/html", PAGE, status="404 Not Found"), "404"),
        (captured("text/html", PAGE, status="301 Moved"), "301"),
        (captured("image/png", b"\x89PNG"), "image/png"),
        (captured("text/css", b"p {}"), "text/css"),
        (captured("text/html", b"  "), "without content"),
        (captured("text/plain", b"User-agent: *", "https://paper.example/robots.txt"), "robots.txt"),
    ],
)
def test_what_is_no_page_is_empty_and_says_so(record: bytes, words: str) -> None:
    first, _ = own("a.warc", record + TEXT)
    assert parse(first).outcome == "empty"
    assert words in (parse(first).reason or "")


def test_a_record_with_several_articles_holds_a_file(tmp_path: Path) -> None:
    data = captured("application/rss+xml", SAMPLES["rss"][1]) + TEXT
    documents = account("a.warc", data)
    assert [d.path for d in documents if d.reader == "feed"] == ["a.warc/record 1"] * 2
    assert parse(own("a.warc", data)[0]).outcome == "empty"


def test_an_encoding_that_only_the_answer_states() -> None:
    record = captured("text/plain; charset=windows-1251", "Мост открыт.".encode("cp1251"))
    assert bodies(own("a.warc", record)) == ["Мост открыт."]


def test_chunked_and_packed_transfer() -> None:
    chunks = b"5\r\nIt ra\r\n10\r\nined in Oslo all\r\n0\r\n\r\n"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
    record = warc_record("response", answer, content="application/http; msgtype=response")
    assert bodies(own("a.warc", record)) == ["It rained in Oslo all"]
    content = gzipped(b"It rained.")
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n" + content
    record = warc_record("response", answer, content="application/http; msgtype=response")
    assert bodies(own("a.warc", record)) == ["It rained."]


@pytest.mark.parametrize("length", [b"0", b"3", b"30", b"500", b"99999999999", b"-5", b"x", b""])
def test_a_length_that_lies_costs_one_record(length: bytes) -> None:
    liar = TEXT.replace(b"Content-Length: 18", b"Content-Length: " + length)
    assert liar != TEXT
    before, bad, after = own("a.warc", TEXT + liar + TEXT)
    assert bodies([before, bad, after]) == ["It rained in Oslo."] * 2
    assert "length" in (bad.reason or "")


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_web_archive_that_is_cut_off(name: str) -> None:
    data = packed(TEXT, TEXT) if name.endswith(".gz") else TEXT + TEXT
    *whole, last = own(name, data[:-30])
    assert len(bodies(whole)) == 1
    assert "cut off" in (last.reason or "")


def test_a_damaged_packed_record_costs_one_record() -> None:
    parts = [packed(TEXT), bytearray(packed(captured("text/html", PAGE))), packed(TEXT)]
    parts[1][40:60] = bytes(20)  # type: ignore[index]
    documents = own("a.warc.gz", b"".join(parts))
    assert bodies(documents) == ["It rained in Oslo."] * 2
    assert [d.reason for d in documents if d.reason]


def test_rubbish_between_records_is_a_piece() -> None:
    documents = own("a.warc", TEXT + b"some rubbish\r\n" * 5 + TEXT)
    assert len(bodies(documents)) == 2 or [d for d in documents if d.reason]
    assert bodies(documents)[-1] == "It rained in Oslo."


def test_a_web_archive_packed_as_a_whole_is_a_packed_file() -> None:
    documents = account("a.warc.gz", gzipped(TEXT * 3))
    assert [d.path for d in documents] == ["a.warc.gz"] + ["a.warc.gz/a.warc"] * 3


def test_a_page_about_web_archives_is_one_record() -> None:
    about = warc_record(
        "resource", b"A record begins so:\r\n\r\nWARC/1.0\r\nContent-Length: 5\r\n\r\nwith its length."
    )
    assert len(bodies(own("a.warc", about + TEXT))) == 2


def test_a_packed_record_that_is_a_bomb_is_one_line() -> None:
    bomb = warc_record("resource", bytes(60_000_000))
    documents = own("a.warc.gz", packed(bomb, TEXT))
    assert "MB" in (documents[0].reason or "")
    assert bodies(documents) == ["It rained in Oslo."]


def test_without_its_library_the_file_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.warc").write_bytes(TEXT)
    (file,) = discover([str(tmp_path)], tmp_path)
    assert isinstance(file, InputFile)
    monkeypatch.setitem(sys.modules, "warcio", None)
    (document,) = read(file)
    assert isinstance(document, SourceDocument)
    assert 'pip install "corpus-db[warc]"' in (document.reason or "")


def answer(content: bytes, *lines: str) -> bytes:
    head = "\r\n".join(("HTTP/1.1 200 OK", *lines))
    return warc_record("response", f"{head}\r\n\r\n".encode() + content, content="application/http")


@pytest.mark.parametrize("lines", [(), ("Content-Type: application/octet-stream",)])
def test_a_page_whose_kind_is_not_stated_is_seen(lines: tuple[str, ...]) -> None:
    (document,) = own("a.warc", answer(PAGE, *lines))
    assert (document.fields or {}).get("title") == "A bridge opens"
    (document,) = own("a.warc", answer(b"\x00\x01", *lines))
    assert "no page" in (document.fields or {}).get("remark", "")


def test_a_page_packed_with_brotli() -> None:
    said = ("Content-Type: text/html", "Content-Encoding: br")
    (document,) = own("a.warc", answer(brotli.compress(PAGE), *said))
    assert (document.fields or {}).get("title") == "A bridge opens"
    (document,) = own("a.warc", answer(PAGE, *said))  # a crawler unpacked it, and left the word
    assert (document.fields or {}).get("title") == "A bridge opens"
    (document,) = own("a.warc", answer(brotli.compress(bytes(300_000_000)), *said))
    assert "MB" in (document.reason or "")
    (document,) = own("a.warc", answer(b"\x1b\x03\xff", *said))
    assert document.reason == "a page packed for transfer with Brotli, and damaged"


def test_the_front_page_of_a_site_is_no_article() -> None:
    teasers = "".join(
        f"<h2><a href='/{n}'>The {n}th bridge opens</a></h2><p>It is open.</p>" for n in range(8)
    )
    front = f"<!doctype html><html><body>{teasers}</body></html>".encode()
    (document,) = own("a.warc", captured("text/html", front, "https://paper.example/"))
    assert (document.fields or {}).get("remark") == "the front page of a site, no article"
    (document,) = own("a.warc", captured("text/html", PAGE, "https://paper.example/"))
    assert (document.fields or {}).get("title") == "A bridge opens"


def test_arc_that_is_not_packed_says_what_to_do() -> None:
    (document,) = own("a.arc", b"filedesc://a.arc 0.0.0.0 20080101000000 text/plain 2\n1\n")
    assert "warcio recompress" in (document.reason or "")
