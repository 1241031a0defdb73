"""A document as lines of text, whatever it is wrapped in: what export layouts are read from.

An archive delivers the same layout as plain text, HTML, RTF or DOCX. Each wrapping is undone once,
into lines that know at which byte of the file they begin; a layout (Nexis, Factiva, …) is read from
these lines and from nothing else. `cut_file` turns the cuts that a layout makes into documents
whose byte ranges cover the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from html.parser import HTMLParser
from typing import NamedTuple

from corpus_db.data import table
from corpus_db.models import SourceDocument
from corpus_db.readers.limits import CHUNK_BYTES
from corpus_db.readers.pages.markup import BLOCKS, WITHOUT_TEXT
from corpus_db.readers.pieces import decode
from corpus_db.readers.walk import InputFile

# The kind of a line without text that says that an article begins here.
CUT = "cut"
PREFACE: Mapping[str, str] = {"body": "", "remark": "what stands before the first article"}
# Elements without an end tag.
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
# Elements open at once that are remembered; what lies deeper keeps the classes of these.
_OPEN = 100


class Line(NamedTuple):
    """One line or paragraph: its text, the byte it begins at, and what its wrapping calls it."""

    text: str
    start: int
    kind: str = ""  # classes, styles and ids, separated by spaces


class Cut(NamedTuple):
    """Where a document begins in its file: part, first byte, and fields or the reason for none."""

    start: int
    part: str
    content: Mapping[str, str] | str


def cut_file(file: InputFile, reader: str, cuts: Sequence[Cut]) -> Iterator[SourceDocument]:
    """Documents from each cut to the next; the first begins the file, the last ends it.

    Every one of them gets at least one byte: in a compressed file two may begin in the same bytes.
    Raises OSError.
    """
    if not cuts or len(cuts) > file.size:
        reason = "no article in it" if not cuts else "more articles than bytes"
        yield SourceDocument(file.name, None, 0, file.size, file.sha256(), reader, reason=reason)
        return
    starts = [0]
    for number, cut in enumerate(cuts[1:], 1):
        starts.append(min(max(cut.start, starts[-1] + 1), file.size - len(cuts) + number))
    with file.open() as stream:
        for cut, start, end in zip(cuts, starts, (*starts[1:], file.size), strict=True):
            digest, left = sha256(), end - start
            while left and (data := stream.read(min(left, CHUNK_BYTES))):
                digest.update(data)
                left -= len(data)
            document = SourceDocument(file.name, cut.part, start, end, digest.hexdigest(), reader)
            if isinstance(cut.content, str):
                yield document._replace(reason=cut.content)
            else:
                yield document._replace(fields=cut.content)


def cuts_at(
    lines: Sequence[Line],
    begins: Sequence[int],
    unit: str,
    understand: Callable[[Sequence[Line]], Mapping[str, str] | str],
    preface: Mapping[str, str] | str = PREFACE,
) -> list[Cut]:
    """The documents that begin at the lines `begins`, and what stands before the first of them."""
    cuts = [Cut(0, "preface", preface)] if begins[0] else []
    for number, (begin, end) in enumerate(zip(begins, (*begins[1:], len(lines)), strict=True), 1):
        cuts.append(Cut(lines[begin].start, f"{unit} {number}", understand(lines[begin:end])))
    return cuts


# -- wrappings ------------------------------------------------------------------------------------


def text_lines(data: bytes) -> tuple[list[Line], str | None] | str:
    """(lines, remark) of plain text, or the reason why it cannot be decoded."""
    mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    decoded = decode(data[mark:])
    if isinstance(decoded, str):
        return decoded
    text, remark = decoded
    encoding = "cp1252" if remark else "utf-8"
    lines, position = [], mark
    for line in text.split("\n"):
        lines.append(Line(line.rstrip("\r \t").replace("\f", ""), position))
        position += len(line.encode(encoding)) + 1
    return lines, remark


class _Page(HTMLParser):
    """Collects the lines of a page; a start tag that `begins` matches gives a line of kind CUT."""

    def __init__(self, page: str, begins: re.Pattern[str], apart: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.begins = begins
        self.apart = apart
        self.open: list[tuple[str, list[str], str]] = []  # element, its classes, the kind of what is in it
        self.hidden = 0
        self.parts: list[str] = []
        self.kinds: dict[str, None] = {}
        self.began = 0
        self.newlines = [0, *(match.end() for match in re.finditer("\n", page))]

    def position(self) -> int:
        row, column = self.getpos()
        return self.newlines[row - 1] + column

    def end_line(self) -> None:
        text = " ".join("".join(self.parts).split())
        if text:
            self.lines.append(Line(text, self.began, " ".join(self.kinds)))
        self.parts, self.kinds = [], {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS or tag == "br":
            self.end_line()
        if self.begins.match(self.get_starttag_text() or ""):
            self.end_line()
            self.lines.append(Line("", self.position(), CUT))
        if tag == "body":
            self.hidden = 0  # a head that was never closed
        if tag in WITHOUT_TEXT:
            self.hidden += 1
        elif tag not in _VOID and len(self.open) < _OPEN:
            given = dict(attrs)
            classes = f"{given.get('class') or ''} {given.get('id') or ''}".split()
            if not self.apart.isdisjoint(classes):
                self.end_line()
            outer = f"{self.open[-1][2]} " if self.open else ""
            self.open.append((tag, classes, f"{outer}{tag} {' '.join(classes)}".rstrip()))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS or tag == "br":
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in WITHOUT_TEXT:
            self.hidden = max(0, self.hidden - 1)
            return
        if tag in BLOCKS:
            self.end_line()
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index][0] == tag:
                if not self.apart.isdisjoint(self.open[index][1]):
                    self.end_line()
                del self.open[index:]
                break

    def handle_data(self, data: str) -> None:
        if self.hidden or not data.strip():
            if not self.hidden and self.parts:
                self.parts.append(" ")
            return
        if not self.parts:
            self.began = self.position()
        self.parts.append(data.replace("\0", ""))
        if self.open:
            self.kinds[self.open[-1][2]] = None


def html_lines(
    data: bytes, page: str, encoding: str, begins: re.Pattern[str], apart: frozenset[str] = frozenset()
) -> list[Line]:
    """The lines of a page: its block elements, with the names and classes round their text.

    `page` is the text of `data` in `encoding`. Before each start tag that `begins` matches stands a
    line of kind CUT; an element with a class of `apart` is a line, whatever element it is.
    """
    parser = _Page(page, begins, apart)
    parser.feed(page)
    parser.close()
    parser.end_line()
    offsets = _Offsets(data, page, encoding)
    return [line._replace(start=offsets.byte(line.start)) for line in parser.lines]


class _Offsets:
    """Byte offsets of characters, asked for in rising order mostly."""

    def __init__(self, data: bytes, page: str, encoding: str) -> None:
        self.size = len(data)
        self.page = page
        self.encoding = encoding
        mark = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        self.known_characters, self.known_bytes = [0], [mark]

    def byte(self, character: int) -> int:
        index = bisect_right(self.known_characters, character) - 1
        begin = self.known_characters[index]
        passed = len(self.page[begin:character].encode(self.encoding, "replace"))
        offset = min(self.known_bytes[index] + passed, self.size)
        if index == len(self.known_characters) - 1 and character > begin:
            self.known_characters.append(character)
            self.known_bytes.append(offset)
        return offset


# -- what layouts share ---------------------------------------------------------------------------

_BY_WORDS = "|".join(table("readers/exports")["by"]["words"])
# "von Trapp, Maria" and "Di Maio" are names: other words than "By" count where a name and more follow them.
_BY = re.compile(
    rf"(?:(?i:by)[ :\xa0]\s*|(?:{_BY_WORDS}|{_BY_WORDS.upper()})[ :\xa0]\s*(?=[^\s,]+\s+[^\s,]))"
)


def without_by(byline: str) -> str:
    """A byline without the "By" before it, in the languages of the archives."""
    return _BY.sub("", byline, count=1) if _BY.match(byline) else byline


def joined(lines: Sequence[Line]) -> str:
    """The lines that hold text, as paragraphs."""
    return "\n\n".join(text for line in lines if (text := line.text.strip()))
