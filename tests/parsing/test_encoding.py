"""Bytes to text: what is read, what is said about it, what is rejected."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.parsing.encoding import decode

TEXT = "Un café à “Lima” – 5 €.\n"


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        (TEXT.encode(), TEXT, None),
        (codecs.BOM_UTF8 + TEXT.encode(), TEXT, None),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), TEXT, "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT, "UTF-16"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), TEXT, "UTF-32"),
        (
            b"plain words in two bytes".decode().encode("utf-16-le"),
            "plain words in two bytes",
            "UTF-16-LE without",
        ),
        (TEXT.encode("cp1252"), TEXT, "Windows-1252"),
        (b"caf\xe9", "café", "Windows-1252"),
        ("naïve café".encode()[:-1], "naïve caf�", "cut in the middle"),
        (b"He said \xe2\x80", "He said �", "cut in the middle"),
        (b"He said \xc3", "He said �", "cut in the middle"),
        (b"undefined \x81 byte, and \xe9", "undefined \x81 byte, and é", "Windows-1252"),
    ],
)
def test_encodings(data: bytes, text: str, note: str | None) -> None:
    decoded = decode(data)
    assert decoded.text == text
    assert (note in (decoded.note or "")) if note else decoded.note is None


@pytest.mark.parametrize(
    "data",
    [b"one\x00two", bytes(range(256)) * 8, b"\x00" * 50, bytes(range(1, 9)) * 100, "a\x00b".encode("utf-16")],
)
def test_what_is_no_text_is_rejected_with_a_reason(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.text is None
    assert decoded.note


@pytest.mark.parametrize("mark", ["\r\n", "\r", "\x85", "\u2028", "\u2029", "\f", "\v"])
def test_every_line_end_becomes_one(mark: str) -> None:
    assert decode(f"one{mark}two".encode()).text == "one\ntwo"


def test_an_ellipsis_of_windows_1252_is_no_line_end() -> None:
    assert decode("wait… caf\xe9".encode("cp1252")).text == "wait… café"


def test_the_control_characters_of_a_wire_are_text() -> None:
    assert decode(b"\x01abc 4 i 211\r\n\x02A title\r\n" + b"Some text. " * 9 + b"\x03\x04").text is not None


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=80))
def test_any_bytes_give_text_without_nul_or_a_reason(data: bytes) -> None:
    decoded = decode(data)
    if decoded.text is None:
        assert decoded.note
    else:
        assert "\x00" not in decoded.text
        decoded.text.encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=60))
def test_utf_8_arrives_as_it_was(text: str) -> None:
    expected = (
        text.replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n").removeprefix("\ufeff")
    )
    assert decode(text.encode()).text == expected
