"""Files that are made to hang or to fill the memory: one clear line each, or an article, and an end."""

from __future__ import annotations

import pytest
from reader_samples import account

from corpus_db.models import ParsedDocument
from corpus_db.parsing import parse
from corpus_db.readers.pages.markup import to_text

PAGE = "<!doctype html><html><head><title>A bridge</title></head><body>"


def parsed(name: str, data: bytes) -> list[ParsedDocument]:
    return [parse(document) for document in account(name, data)]


# With each of these a parser that looks for every end through all that follows takes minutes or hours.
@pytest.mark.parametrize(
    "junk", ["<!--", "<![CDATA[", "</", "<a ", "<a x='", "<?", "<!x", "<", "&", '<meta name="a" content="b">']
)
def test_html_that_never_ends(junk: str) -> None:
    (page,) = parsed("a.html", (PAGE + junk * 500_000).encode())
    assert page.outcome == "rejected"
    assert "tags" in (page.reason or "")


@pytest.mark.parametrize("junk", ["<!--", "<![CDATA[", "</", "<a ", "<a x='", "<?"])
def test_fragments_of_html_that_never_end(junk: str) -> None:
    assert "It rained." in to_text("<p>It rained.</p>" + junk * 300_000)


@pytest.mark.parametrize("tag", ["div", "span", "table><tr><td", "b", "ul><li"])
def test_html_nested_100_000_deep(tag: str) -> None:
    (page,) = parsed("a.html", (PAGE + f"<{tag}>" * 100_000 + "It rained.").encode())
    assert page.outcome in ("article", "empty", "rejected")


XML = '<?xml version="1.0"?><!DOCTYPE rss [{}]><rss><channel><item><title>A</title><description>{}</description></item></channel></rss>'


@pytest.mark.parametrize(
    ("declared", "used"),
    [
        ('<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">', "&b;" * 100),
        ('<!ENTITY a "It rained.">', "&a;"),
    ],
)
def test_entities_that_a_document_declares_are_never_expanded(declared: str, used: str) -> None:
    (found,) = parsed("a.xml", XML.format(declared, used).encode())
    assert found.outcome == "rejected"
    assert "entities" in (found.reason or "")


def test_external_entities_and_definitions_are_never_read(tmp_path) -> None:  # type: ignore[no-untyped-def]
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    external = f'<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY % d SYSTEM "{secret.as_uri()}">%d;'
    for found in parsed("a.xml", XML.format(external, "It rained. &a;").encode()):
        assert found.article is None or "secret" not in found.article.body


def test_a_cell_of_100_megabytes_costs_its_row() -> None:
    data = b'title,text\nA,first\nB,"' + b"x" * 100_000_000 + b'"\nC,last\n'
    outcomes = [found.outcome for found in parsed("a.csv", data)]
    assert outcomes.count("article") == 2
    assert outcomes.count("rejected") >= 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b"[" * 300_000),
        ("a.jsonl", b'{"body":' * 100_000),
        ("a.jsonl", b'{"body":"x","id":' + b"1" * 300_000 + b"}"),
        ("a.xml", b"<rss><channel><item>" + b"<b>" * 100_000),
        ("a.eml", b"Received: x\nFrom: a\nContent-Type: text/plain; " + b";" * 200_000 + b"\n\ntext"),
        (
            "a.eml",
            b"Received: x\nFrom: a\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000,
        ),
        ("a.warc", b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\n" * 3_000),
        ("a.txt", b"(" * 1_000_000),
        ("a.txt", b"LIMA, " * 200_000),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_repeats_without_end(name: str, data: bytes) -> None:
    assert parsed(name, data)
