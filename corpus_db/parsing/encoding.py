"""Bytes to text: what the file says it is, then UTF-8, then Windows-1252; never a guess by frequency.

Detectors that guess from letter statistics call short Western texts Polish. Almost every file that
is not UTF-8 is Windows-1252, and reading it so is reversible: each byte keeps its own character.
Whatever had to be done is said in a remark. Text with NUL in it, or with more control characters
than text has, is a binary file and is not decoded.

Line ends become "\\n": carriage returns, form feeds, NEL (U+0085, or byte 0x85 where that is what
latin-1 made of it), U+2028 and U+2029. Every other character stays.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

# Bytes that Windows-1252 leaves without meaning become the control characters of latin-1.
_CP1252 = "".join(bytes([code]).decode("cp1252", "replace") for code in range(256))
_CP1252 = "".join(chr(code) if character == "�" else character for code, character in enumerate(_CP1252))

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKS = tuple(bom for bom, _ in _BOMS)
# Of Latin letters, and of punctuation such as curly quotes and dashes.
_LIKELY_LEAD_BYTES = b"\xc2\xc3\xe2"
# At most this share of control characters (those of telegraph wires included) is still text.
_CONTROL_SHARE = 0.1
# How much of a text is looked at to tell text from binary.
_SAMPLE = 1_024
_CONTROL = bytes(code for code in range(32) if code not in (9, 10, 12, 13))
_LINE_ENDS = ("\r\n", "\r", "\f", "\v", "\x85", "\u2028", "\u2029")


class Decoded(NamedTuple):
    """The text with its remark, or why there is none."""

    text: str | None
    note: str | None


def decode(data: bytes) -> Decoded:
    """Text of `data`, line ends as "\\n", without byte order mark."""
    for bom, encoding in _BOMS if data.startswith(_MARKS) else ():
        if data.startswith(bom):
            body = data[len(bom) :]
            return _checked(
                _with_encoding(body, encoding), "" if encoding == "utf-8" else encoding.upper()[:6]
            )
    if b"\x00" in data:
        utf16 = _utf16_without_mark(data)
        if utf16 is None:
            return Decoded(None, "a binary file or one with NUL bytes, not text")
        return _checked(_with_encoding(data, utf16), f"{utf16.upper()} without a byte order mark")
    if _is_binary(data):
        return Decoded(None, "a binary file, not text")
    return _checked(_with_encoding(data, "utf-8"), "")


def _with_encoding(data: bytes, encoding: str) -> tuple[str, str]:
    """(text, what had to be done), repairing a cut at the end; UTF-8 falls back to Windows-1252."""
    try:
        return data.decode(encoding), ""
    except UnicodeDecodeError as error:
        if error.start > 0 and error.start >= len(data) - 3 and _cut(data, error, encoding):
            text = data[: error.start].decode(encoding) + "�"
            return text, "cut in the middle of a character at its end"
    if encoding != "utf-8":
        return data.decode(encoding, "replace"), f"broken {encoding.upper()}, unreadable characters as U+FFFD"
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8", "replace"), "broken UTF-8, unreadable characters as U+FFFD"
    return data.decode("latin-1").translate(_CP1252_TABLE), "not UTF-8, read as Windows-1252"


_CP1252_TABLE = {code: character for code, character in enumerate(_CP1252) if chr(code) != character}


def _cut(data: bytes, error: UnicodeDecodeError, encoding: str) -> bool:
    """Whether only the last character is incomplete, in a text that is of this encoding.

    An ASCII text that ends in one high byte may as well be Windows-1252 ("café"): it counts as
    cut UTF-8 only for the first bytes that nearly all cut UTF-8 has and hardly a word ends in.
    """
    if encoding != "utf-8":
        return True
    rest = data[error.start :]
    if "unexpected end" not in error.reason:
        return False
    return len(rest) > 1 or rest[0] in _LIKELY_LEAD_BYTES or not data[: error.start].isascii()


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 whose every other byte is (nearly) always zero: Latin text without a mark."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even == 0:
        return "utf-16-le"
    if even > 0.6 * half and odd == 0:
        return "utf-16-be"
    return None


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return len(sample.translate(None, _CONTROL)) < (1 - _CONTROL_SHARE) * len(sample) - 16


def _checked(decoded: tuple[str, str], source: str) -> Decoded:
    text, note = decoded
    if "\x00" in text:
        return Decoded(None, "NUL characters in the text: a binary file or a damaged one")
    notes = [f"read as {source}"] if source else []
    if note:
        notes.append(note)
    for line_end in _LINE_ENDS:
        text = text.replace(line_end, "\n")  # the text itself where there is none
    return Decoded(text, "; ".join(notes) or None)
