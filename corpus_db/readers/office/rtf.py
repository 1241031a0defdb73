"""RTF: one document is one article, or an archive's export with many.

RTF is a stack of groups and code pages that striprtf (BSD licence, small, no dependencies of its
own) knows how to unwind; it is the optional dependency `corpus-db[documents]`, and a file is rejected
with the line that installs it where it is missing. What striprtf does not say is where in the file a
paragraph stood: before it reads the file, every mark of a paragraph is followed by a short note of
its place, which comes out with the text and is taken off again. Pictures, which are long runs of
hexadecimal digits, are left out before.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from typing import Any

from corpus_db.models import SourceDocument
from corpus_db.readers.exports.lines import Line
from corpus_db.readers.exports.reader import content_of, lines_documents
from corpus_db.readers.limits import EXPORT_BYTES, megabytes
from corpus_db.readers.office.rows import labelled
from corpus_db.readers.walk import InputFile

NAME = "rtf"
INSTALL = 'an RTF document: install its reader with  pip install "corpus-db[documents]"  and import again'
_BREAK = re.compile(rb"\\(?:par|line|sect|page|row|softline)(?![A-Za-z])(?:-?\d{1,9})?\x20?")
_PLACE = re.compile("\x01(\\d{1,9})\x02")
_PICTURE = re.compile(rb"[0-9A-Fa-f\r\n]{400,}")
# What striprtf would write behind the text of a link: its address in brackets.
_FIELD_CODE = re.compile(rb"\\fldinst(?![A-Za-z0-9])")
_BRACE = re.compile(rb"[{}]")
_FONT_STEPS = 300_000_000  # fonts times bytes of their table; real ones need a hundredth of it
# Text that was deleted with its deletion kept, and hidden text: groups that striprtf is told to leave out.
_HIDDEN = re.compile(rb"\{((?:\\[a-z]{1,12}-?\d{0,9}\x20?){0,12})\\(?:deleted|v)(?![a-z0-9])")
_CELL = "|"  # what striprtf writes behind a cell
_INVISIBLE = str.maketrans({"\xad": None, "\x00": None, "\xa0": " ", "\x01": None, "\x02": None})


class RTFReader:
    """Rich Text Format."""

    name = NAME
    begins = b"{"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        r"""By the first group: {\rtf."""
        return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:5] == b"{\\rtf"

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """The article, or those of the export that it is. Raises OSError."""
        data = content_of(file)
        lines: list[Line] | str
        if data is None:
            lines = f"{megabytes(file.size)} of RTF, more than the {megabytes(EXPORT_BYTES)} read at once: split it"
        else:
            lines = _lines(data)
        yield from lines_documents(file, NAME, lines)


def _lines(data: bytes) -> list[Line] | str:
    """The paragraphs of the document, or why it cannot be read."""
    try:
        striprtf: Any = importlib.import_module("striprtf.striprtf")
    except ImportError:
        return INSTALL
    placed = _BREAK.sub(lambda match: b"%s \x01%d\x02" % (match[0].rstrip(b" "), match.end()), data)
    placed = _FIELD_CODE.sub(rb"\\fldinst0", _PICTURE.sub(b"", placed))
    placed = _HIDDEN.sub(rb"{\\*\\hidden\1", placed)
    if _fonts_are_endless(placed):
        placed = placed.replace(b"\\fonttbl", b"\\colortbl")
    try:
        whole: str = striprtf.rtf_to_text(_decoded(placed), errors="replace")
    except Exception as error:  # noqa: BLE001 -- the boundary of one file: damaged RTF raises what it likes
        return (
            f"a damaged RTF document ({type(error).__name__}): open it in a word processor and save it anew"
        )
    lines: list[Line] = []
    begin = 0
    for line in _whole_characters(whole).split("\n"):
        places = _PLACE.findall(line)
        begin = int(places[0]) if places and line.lstrip().startswith("\x01") else begin
        text = _PLACE.sub("", line).translate(_INVISIBLE)
        row = labelled(text.split(_CELL)) if text.endswith(_CELL) else None
        lines.append(Line(row or text.rstrip("| \t\r"), min(begin, len(data))))
        begin = int(places[-1]) if places else begin
    return lines


def _decoded(data: bytes) -> str:
    """The document as text: it should be ASCII, and what other programs left in it is what they write."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _fonts_are_endless(data: bytes) -> bool:
    """Whether striprtf would take too long over the table of fonts: it looks behind each for all others."""
    begin = data.find(b"\\fonttbl")
    if begin < 0:
        return False
    depth, end = 1, len(data)
    for brace in _BRACE.finditer(data, begin):
        depth += 1 if brace[0] == b"{" else -1
        if depth == 0:
            end = brace.end()
            break
    return data.count(b"\\f", begin, end) * (end - begin) > _FONT_STEPS


def _whole_characters(text: str) -> str:
    """Characters that RTF writes in two halves, put together."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
