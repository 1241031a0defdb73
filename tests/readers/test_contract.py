"""What every reader promises, whatever the bytes: a balanced account and never a traceback."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_db.models import SourceDocument
from corpus_db.parsing import parse
from corpus_db.readers import InputFile, discover, read, reader_for, readers
from corpus_db.readers.registry import Reader

SAMPLES: dict[str, tuple[str, bytes]] = {
    "text": (
        "a.txt",
        "Title : A bridge opens\nDate : 2021-03-04\nArticle :\nLIMA, March 3 (Reuters) - A bridge “opened”.\n".encode(),
    ),
    "jsonl": ("a.jsonl", b'{"id": 1, "title": "T", "body": "A b."}\n\n{"body": "C \\u00e9 d."}\n[]\n'),
    "rss": (
        "a.xml",
        (
            b"<?xml version='1.0'?><rss><channel><title>P</title>\n<item><title>A</title><description>It &lt;b&gt;is&lt;/b&gt;.</description></item>"
            b"<item><title>B</title><pubDate>17 Jun 2020</pubDate></item></channel></rss>\n"
        ),
    ),
    "nitf": (
        "a.xml",
        b"<nitf><head><docdata><date.issue norm='20200617T101528+1000'/></docdata></head><body><body.content><p>It is</p></body.content></body></nitf>",
    ),
    "csv": ("a.csv", b'title,text,date\r\nA,"one, ""two""\r\nthree",2020-05-01\r\n\r\nB,four,\r\n'),
    "wire": (
        "a.tst",
        (
            b"\x01eca062 4\r\n\x02A bridge =\r\n\n   Lima (dpa) - It is open.\r\n\x03131137 GMT Nov 13\r\n\x04"
            b"\x16\x16\x01W28\x1fasian\n\x02^BC-Bridge,4<\n^A bridge<\n\t   LIMA (AP) _ It.\n\x03AP-WF-11-13-13 1509GMT<\n\x04"
        ),
    ),
    "nexis": (
        "a.TXT",
        (
            b"Cover\r\n\r\n   1 of 2 DOCUMENTS\r\n\r\n           The Paper\r\n\r\n         March 4, 2021\r\n\r\nA bridge\r\n\r\n"
            b"LENGTH: 3 words\r\n\r\nIt is open.\r\n\r\nLANGUAGE: ENGLISH\r\n  2 of 2 DOCUMENTS\r\n\r\nB\r\n\r\nLENGTH: 1\r\n\r\nYes.\r\n"
        ),
    ),
    "json": ("a.json", b'[{"title": "T", "body": "A b."},\n {"body": "C [d] \\"e\\"."}]\n'),
}


def account(name: str, data: bytes) -> list[SourceDocument]:
    """Reads the bytes as a file called `name`; checks that the pieces add up."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        (file,) = discover([str(path)], Path(folder))
        if not isinstance(file, InputFile):
            return []
        whole = file.sha256()
        documents = list(read(file))
    assert whole == sha256(data).hexdigest()
    position = 0
    for document in documents:
        assert document.start == position
        assert document.end > position or not data
        position = document.end
        assert document.sha256 == sha256(data[document.start : document.end]).hexdigest()
        assert sum(value is not None for value in (document.text, document.fields, document.reason)) == 1
        if document.text is not None:
            assert document.text == data[document.start : document.end]
        assert document.path == name
    assert position == len(data)
    assert documents
    for document in documents:
        parsed = parse(document)
        assert (parsed.article is not None) == (parsed.outcome == "article")
        assert parsed.reason is None or (parsed.reason.isprintable() and len(parsed.reason) < 400)
        if parsed.outcome != "article":
            assert parsed.reason
    return documents


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_sound_file_is_recognised_and_balanced(kind: str) -> None:
    assert any(document.reason is None for document in account(*SAMPLES[kind]))


MUTATIONS: list[Callable[[bytes, int, bytes], bytes]] = [
    lambda data, at, junk: data[:at],
    lambda data, at, junk: data[:at] + junk + data[at:],
    lambda data, at, junk: data[:at] + junk + data[at + len(junk) :],
    lambda data, at, junk: data[:at] + data[at + len(junk) + 1 :],
    lambda data, at, junk: data + data[:at],
    lambda data, at, junk: junk + data[at:],
]


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(sorted(SAMPLES)),
    mutation=st.sampled_from(MUTATIONS),
    at=st.integers(0, 260),
    junk=st.one_of(
        st.binary(max_size=6),
        st.sampled_from(
            [
                b"\x00",
                b"\r",
                b"\xff\xfe",
                b"\xef\xbb\xbf",
                b'"',
                b"\\",
                b"[[[[",
                b"}",
                b"\n\n",
                b"\xc3",
                b"\x85",
            ]
        ),
    ),
)
def test_a_damaged_file_is_still_accounted_for(
    kind: str, mutation: Callable[[bytes, int, bytes], bytes], at: int, junk: bytes
) -> None:
    name, data = SAMPLES[kind]
    account(name, mutation(data, at, junk))


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200), name=st.sampled_from(["a.txt", "a.jsonl", "a.json", "a"]))
def test_any_bytes_are_accounted_for(data: bytes, name: str) -> None:
    account(name, data)


def test_a_file_that_vanishes_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (file,) = discover([str(tmp_path / "a.txt")], tmp_path)
    assert isinstance(file, InputFile)
    (tmp_path / "a.txt").unlink()
    (document,) = read(file)
    assert document.reason is not None
    assert "cannot be read" in document.reason


def test_readers_have_distinct_names_and_the_last_takes_everything(tmp_path: Path) -> None:
    installed = readers()
    assert all(isinstance(reader, Reader) for reader in installed)
    assert len({reader.name for reader in installed}) == len(installed)
    (tmp_path / "anything").write_bytes(b"\x05 a few words")
    (file,) = discover([str(tmp_path)], tmp_path)
    assert isinstance(file, InputFile)
    assert reader_for(file).name == "text"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x05\x06" + bytes(18), "zip"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
    ],
)
def test_known_binary_formats_are_named(data: bytes, words: str) -> None:
    (document,) = account("a.txt", data)
    assert document.reason is not None
    assert words in document.reason


def test_a_text_of_50_megabytes_is_rejected_without_being_held() -> None:
    (document,) = account("a.txt", b"x" * 50_000_000)
    assert document.reason is not None
    assert "20 MB" in document.reason
