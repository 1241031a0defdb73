"""Bytes to text: a byte order mark, then strict UTF-8, then what the text declares, then few candidates.

Detectors that guess from letter statistics call short Western texts Polish. Almost every text in
Latin letters that is not UTF-8 is Windows-1252, and reading it so is reversible: each byte keeps
its own character. Only where a text is full of high bytes, as those in other scripts are, the
encodings of `data/parsing/encodings.toml` are tried, and one is taken when it yields what the
script is full of. Whatever had to be done is said in a remark, and the bytes are still in the
input, which `documents` points to. Text with NUL in it, or with more control characters than text
has, is a binary file and is not decoded.

Repaired, and remarked on: UTF-8 that somebody read as Windows-1252 ("â€™"), by ftfy, which is the
kept library for it and leaves curly quotes and dashes alone; it is asked about the lines in which
a cheap look finds such sequences. Character references ("&amp;", "&#39;", also escaped twice), of
which those for control characters go. Control characters.

Line ends become "\\n": carriage returns, form feeds, NEL (U+0085, or byte 0x85 where that is what
latin-1 made of it), U+2028 and U+2029. Every other character stays.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from html.entities import html5
from typing import Any, NamedTuple

from corpus_db.parsing.tables import load

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
_LINE_ENDS = ("\r\n", "\r", "\f", "\v")
_FOREIGN_LINE_ENDS = ("\x85", "\u2028", "\u2029")
# Bytes that most texts have none of: one look tells that there is nothing to tell apart or to replace. The table
# makes each of them another byte; what it does not change `translate` gives back as it is.
_RARE = bytes({*_CONTROL, *b"\r\f\v\x7f"})
_WITHOUT_RARE = bytes(32 if code in _RARE else code for code in range(256))


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
    if data.translate(_WITHOUT_RARE) == data:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass  # told apart below
        else:
            return Decoded(text, None) if _is_plain(text) else _checked((text, ""), "", rare=False)
    if b"\x00" in data:
        utf16 = _utf16_without_mark(data)
        if utf16 is None:
            return Decoded(None, "a binary file or one with NUL bytes, not text")
        return _checked(_with_encoding(data, utf16), f"{utf16.upper()} without a byte order mark")
    if _is_binary(data):
        return Decoded(None, "a binary file, not text")
    controls = len(data) != len(data.translate(None, _CONTROL + b"\x7f"))
    return _checked(_with_encoding(data, "utf-8"), "", controls)


def _is_plain(text: str) -> bool:
    """Whether nothing in the text may have to be replaced: ASCII without character references."""
    return text.isascii() and "&" not in text


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
    return (
        _declared(data)
        or _other_script(data)
        or (
            data.decode("latin-1").translate(_CP1252_TABLE),
            "not UTF-8, read as Windows-1252",
        )
    )


_DECLARED = re.compile(
    rb"(?:charset|encoding|coding)\s*[=:]\s*[\"']?([A-Za-z][A-Za-z0-9_.:-]{2,30})", re.IGNORECASE
)
_DECLARED_WITHIN = 2_048


def _declared(data: bytes) -> tuple[str, str] | None:
    """The text in the encoding that it declares itself, where there is one and it is that."""
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    if match is None:
        return None
    name = match[1].decode("ascii")
    try:
        codec = codecs.lookup(name)
        if codec.name in ("utf-8", "ascii", "iso8859-1", "cp1252") or not getattr(
            codec, "_is_text_encoding", True
        ):
            return None
        return data.decode(name), f"read as {name}, which it declares"
    except (LookupError, UnicodeDecodeError):
        return None


def _other_script(data: bytes) -> tuple[str, str] | None:
    """The text in an encoding of another script, where it is full of high bytes."""
    sample = data[:_SAMPLE_OF_SCRIPT]
    high = len(sample) - len(sample.translate(None, _HIGH))
    if high < _LEAST_HIGH or high < _HIGH_SHARE * len(sample):
        return None
    for group in ("two_bytes", "one_byte"):  # text in the former passes for text in some of the latter
        best: tuple[float, str, str] | None = None
        for name, (typical, least) in _candidates(group).items():
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            foreign = [character for character in text[:_SAMPLE_OF_SCRIPT] if not character.isascii()]
            share = sum(map(typical.__contains__, foreign)) / len(foreign)
            if share >= least and (best is None or share > best[0]):
                best = (share, name, text)
        if best:
            return best[2], f"not UTF-8, read as {best[1]}"
    return None


_HIGH = bytes(range(128, 256))
_SAMPLE_OF_SCRIPT, _LEAST_HIGH, _HIGH_SHARE = 4_096, 20, 0.25


@cache
def _candidates(group: str) -> dict[str, tuple[frozenset[str], float]]:
    """Encoding -> (the characters that its script is full of, the least share of them)."""
    table = load("encodings")[group]
    return {
        name: (
            frozenset(entry.get("characters", "")).union(
                *(map(chr, range(ord(first), ord(last) + 1)) for first, last in entry.get("ranges", ()))
            ),
            entry["share"],
        )
        for name, entry in table.items()
    }


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


def _checked(decoded: tuple[str, str], source: str, controls: bool = False, rare: bool = True) -> Decoded:
    """The text with its line ends and characters in order; without `rare` none of _RARE is in it."""
    text, note = decoded
    if rare and "\x00" in text:
        return Decoded(None, "NUL characters in the text: a binary file or a damaged one")
    notes = [f"read as {source}"] if source else []
    if note:
        notes.append(note)
    if rare:
        for line_end in _LINE_ENDS:
            text = text.replace(line_end, "\n")  # the text itself where there is none
    if not text.isascii():
        for line_end in _FOREIGN_LINE_ENDS:
            text = text.replace(line_end, "\n")
        if any(map(text.__contains__, _LEADS)) and _SUSPICIOUS.search(text):
            text = _without_mojibake(text, notes)
    if "&" in text and _REFERENCE.search(text):
        text = _REFERENCE.sub(_referred, text)
        notes.append("character references replaced")
    if controls:
        text = _CONTROLS_IN_TEXT.sub("", text)
        notes.append("control characters left out")
    return Decoded(text, "; ".join(notes) or None)


# "â€™", "Ã©", "Â ": a letter that the lead byte of UTF-8 looks like, and one that its next byte does.
_LEADS = "ÂÃâÅÐðŸ"
_SUSPICIOUS = re.compile(f"[{_LEADS}]['€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸŽ\x80-\xbf]")
# Named or numbered, and escaped once more ("&amp;#39;").
_REFERENCE = re.compile(r"&(?:amp;)*(?P<name>#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8}[0-9]{0,2});")
_CONTROLS_IN_TEXT = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")


@cache
def _ftfy() -> Any:
    import ftfy  # takes longer to load than most imports need it for

    config = ftfy.TextFixerConfig(unescape_html=False, replace_lossy_sequences=False, explain=False)
    return lambda text: ftfy.fix_encoding(text, config)


def _without_mojibake(text: str, notes: list[str]) -> str:
    """`text` with the lines repaired that hold UTF-8 read as Windows-1252."""
    lines = text.split("\n")
    repaired = 0
    for number, line in enumerate(lines):
        if _SUSPICIOUS.search(line):
            better = _ftfy()(line)
            if better != line:
                lines[number] = better
                repaired += 1
    if not repaired:
        return text
    notes.append(
        f"UTF-8 that had been read as another encoding repaired in {repaired} line{'s'[: repaired > 1]}"
    )
    return "\n".join(lines)


def _referred(match: re.Match[str]) -> str:
    """The character that a reference names; the reference itself where it names none."""
    name = match["name"]
    if name[0] != "#":
        return html5.get(name + ";", f"&{name};")
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if code < 32 or code == 127:
        return "\n" if code in (10, 13) else "\t" if code == 9 else ""
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]
