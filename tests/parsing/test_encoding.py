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


@pytest.mark.parametrize(
    ("damaged", "text"),
    [
        ("â€œYes,â€\x9d she said. Donâ€™t.", "“Yes,” she said. Don’t."),
        ("A cafÃ© in BogotÃ¡", "A café in Bogotá"),
        ("“Curly” quotes – and dashes — stay: it’s fine", None),
        ("Ângela está à mesa; SÃO PAULO, Âme, Ãngelo", None),
    ],
)
def test_utf_8_that_was_read_as_windows_1252_is_repaired_and_remarked_on(
    damaged: str, text: str | None
) -> None:
    decoded = decode(f"First line.\n{damaged}\n".encode())
    assert decoded.text == f"First line.\n{text or damaged}\n"
    assert ("repaired in 1 line" in (decoded.note or "")) == (text is not None)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Мэр города открыл старый мост после двух лет работы."),
        ("koi8_r", "Мэр города открыл старый мост после двух лет работы."),
        ("gb18030", "市长在这里说,这是一个新的大桥,人们可以在上面来往,我们用了两年的时间。"),
        ("shift_jis", "市長はきのう、新しい橋をひらきました。人びとはよろこんでいます。"),
        ("euc_kr", "시장은 어제 새로운 다리를 열었다. 사람들은 기뻐했다."),
    ],
)
def test_other_scripts_are_told_by_what_they_are_full_of(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.note) == (text, f"not UTF-8, read as {encoding}")


def test_a_declared_encoding_is_used_where_the_text_is_in_it() -> None:
    text = "Content-Type: text/plain; charset=iso-8859-2\n\nZażółć gęślą jaźń"
    assert decode(text.encode("iso-8859-2")) == (text, "read as iso-8859-2, which it declares")
    assert decode("charset=utf-16\n caf\xe9 ".encode("latin-1")).text == "charset=utf-16\n café "


def test_character_references_and_control_characters() -> None:
    decoded = decode(b"AT&amp;T &amp;#39;x&#39; &amp;UR; A&B; one&#3;two &#127;three\x03 \x7ffour")
    assert decoded.text == "AT&T 'x' &UR; A&B; onetwo three four"
    assert decoded.note == "character references replaced; control characters left out"


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
@given(
    text=st.text(
        alphabet=st.characters(
            min_codepoint=32, exclude_categories=["Cs"], exclude_characters="&\x7fÂÃâÅÐðŸ"
        ),
        max_size=60,
    )
)
def test_utf_8_arrives_as_it_was(text: str) -> None:
    expected = (
        text.replace("\x85", "\n").replace("\u2028", "\n").replace("\u2029", "\n").removeprefix("\ufeff")
    )
    assert decode(text.encode()).text == expected
