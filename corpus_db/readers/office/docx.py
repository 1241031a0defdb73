"""DOCX: one document is one article, or an archive's export with many.

Read with the standard library alone. A DOCX is a zip with one part of XML that holds the text, and
the text is all that is wanted: python-docx would build objects for every run and style of the file
in memory, has no limit against a bomb, and cannot say where in the file a paragraph stands. Here
the one part is inflated in small steps straight into expat, which keeps no tree: memory stays
small, a bomb is left at the limit, and the bytes of the file that hold an article are known.

What is deleted, hidden in fields, or a second rendering for older programs is left out.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from corpus_db.models import SourceDocument
from corpus_db.readers.exports.lines import Line
from corpus_db.readers.exports.reader import export_documents, layout_of_document, whole_document
from corpus_db.readers.limits import OFFICE_BYTES, OFFICE_XML_BYTES, megabytes
from corpus_db.readers.office.rows import labelled
from corpus_db.readers.walk import InputFile
from corpus_db.readers.xml.xml_tree import DEPTH, UnsafeXML, local_name, safe_parser

NAME = "docx"
_ZIP = b"PK\x03\x04"
_MARKS = (b"[Content_Types].xml", b"_rels/", b"word/")  # names of its parts
_TEXT = "word/document.xml"
_CORE = "docProps/core.xml"
_CORE_BYTES = 100_000
_STEP = 256  # compressed bytes at a time: how exactly the place of a paragraph is known
_LOCAL_HEADER = 30
# Characters that stand as elements.
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑", "ptab": "\t"}
_SKIPPED = frozenset({"Fallback", "moveFrom", "tabs"})
_CONTINUED = " continued"  # the kind of a line that a break, not a paragraph, begins
_TITLE_WITHIN = 10
_TITLE_STYLES = frozenset({"title", "titel", "titre", "ttulo", "titolo", "headline"})


class _Unreadable(Exception):
    """Why the document cannot be read; the message is its reason."""


class DOCXReader:
    """Office Open XML documents."""

    name = NAME
    begins = b"P"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """A zip with word/document.xml in it, or a broken one whose name says that it should have."""
        if not head.startswith(_ZIP):
            return False
        named = file.name.lower().endswith((".docx", ".docm"))
        if not named and not any(mark in head for mark in _MARKS):
            return False  # an archive of other things, whatever its size
        try:
            with ZipFile(BytesIO(_bytes(file))) as archive:
                return _TEXT in archive.namelist()
        except (BadZipFile, NotImplementedError, ValueError, _Unreadable):
            return named

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """The article, or those of the export that it is. Raises OSError."""
        try:
            data = _bytes(file)
            lines, title = _lines(data)
        except _Unreadable as error:
            yield SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME, reason=str(error))
            return
        layout = layout_of_document(lines)
        if layout is not None:
            yield from export_documents(file, layout, NAME, lines)
            return
        yield whole_document(file, NAME, _text(lines), _stated_title(lines, title))


def _text(lines: list[Line]) -> str:
    """The paragraphs, separated by empty lines; line breaks inside one stay."""
    parts: list[str] = []
    for line in lines:
        if line.text.strip():
            parts.append("\n" if line.kind.endswith(_CONTINUED) else "\n\n")
            parts.append(line.text)
    return "".join(parts[1:])


def _stated_title(lines: list[Line], property_title: str) -> str:
    """The paragraph in the style of a title, else the title of the properties where the text has it."""
    styled = next(
        (line.text for line in lines if line.text.strip() and line.kind.lower() in _TITLE_STYLES), ""
    )
    if styled:
        return styled.strip()
    return (
        property_title if any(line.text.strip() == property_title for line in lines[:_TITLE_WITHIN]) else ""
    )


def _bytes(file: InputFile) -> bytes:
    if file.size > OFFICE_BYTES:
        raise _Unreadable(
            f"{megabytes(file.size)}, more than the {megabytes(OFFICE_BYTES)} that a DOCX may have"
        )
    data = file.content()
    if data is None:
        with file.open() as stream:
            data = stream.read(OFFICE_BYTES)
    return data


def _lines(data: bytes) -> tuple[list[Line], str]:
    """The lines of the document, and the title that its properties state."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            part = archive.getinfo(_TEXT)
            title = _title(archive)
    except KeyError:
        raise _Unreadable(
            "a zip archive without a document in it, no DOCX: unpack it and import its files"
        ) from None
    except (BadZipFile, NotImplementedError, ValueError, RuntimeError):
        raise _Unreadable(
            "a damaged or incomplete DOCX: open it in a word processor and save it anew"
        ) from None
    if part.flag_bits & 1:
        raise _Unreadable("a DOCX with a password: save it without one")
    paragraphs = _Paragraphs()
    parser = safe_parser()
    parser.StartElementHandler = paragraphs.start
    parser.EndElementHandler = paragraphs.end
    parser.CharacterDataHandler = paragraphs.data
    try:
        for position, piece in _inflated(data, part):
            paragraphs.position = position
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _Unreadable(f"a DOCX with broken XML: {expat.ErrorString(error.code)}") from None
    except UnsafeXML as error:
        raise _Unreadable(f"a DOCX with {error}") from None
    except zlib.error:
        raise _Unreadable("a damaged DOCX: open it in a word processor and save it anew") from None
    except (ValueError, LookupError):
        raise _Unreadable("a DOCX in an encoding that is not known") from None
    return paragraphs.lines, title


def _inflated(data: bytes, part: ZipInfo) -> Iterator[tuple[int, bytes]]:
    """(offset in the file, inflated bytes behind it) of one part, in small steps."""
    name_and_extra = data[part.header_offset + 26 : part.header_offset + _LOCAL_HEADER]
    lengths = int.from_bytes(name_and_extra[:2], "little") + int.from_bytes(name_and_extra[2:], "little")
    begin = part.header_offset + _LOCAL_HEADER + lengths
    end = min(begin + part.compress_size, len(data))
    if part.compress_type not in (ZIP_DEFLATED, ZIP_STORED):
        raise _Unreadable("a DOCX packed in an unusual way: open it in a word processor and save it anew")
    inflater = zlib.decompressobj(-15)
    total = 0
    for position in range(begin, end, _STEP):
        piece = data[position : min(position + _STEP, end)]
        if part.compress_type == ZIP_DEFLATED:
            piece = inflater.decompress(piece, OFFICE_XML_BYTES - total + 1)
        total += len(piece)
        if total > OFFICE_XML_BYTES:
            raise _Unreadable(
                f"more than {megabytes(OFFICE_XML_BYTES)} of XML once unpacked: split the document"
            )
        yield position, piece


def _title(archive: ZipFile) -> str:
    """The title in the document's properties, "" where it has none."""
    if _CORE not in archive.namelist():
        return ""
    with archive.open(_CORE) as stream:
        core = stream.read(_CORE_BYTES)
    found: list[str] = []
    inside = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal inside
        inside = local_name(name) == "title"

    def data(text: str) -> None:
        if inside:
            found.append(text)

    parser = safe_parser()
    parser.StartElementHandler, parser.CharacterDataHandler = start, data
    try:
        parser.Parse(core, True)
    except (expat.ExpatError, UnsafeXML, ValueError, LookupError):
        return ""
    return " ".join("".join(found).split())


class _Paragraphs:
    """Collects the paragraphs of WordprocessingML as lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.position = 0  # in the file, of what is parsed
        self.depth = 0
        self.skipped = 0  # depth of an element that is left out, 0 outside of one
        self.in_text = False
        self.open: list[tuple[list[str], int, list[str]]] = []  # text, begin, style of each open paragraph
        self.rows: list[tuple[int, list[str]]] = []  # of each open row the line it begins at, and its cells

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise UnsafeXML(f"XML nested more than {DEPTH} deep")
        name = local_name(name)
        if self.skipped:
            return
        if name in _SKIPPED:
            self.skipped = self.depth
        elif name == "tr":
            self.rows.append((len(self.lines), []))
        elif name == "tc" and self.rows:
            self.rows[-1][1].append("")
        elif name == "p":
            self.open.append(([], self.position, []))
        elif not self.open:
            return
        elif name == "t":
            self.in_text = True
        elif name in _CHARACTERS:
            self.open[-1][0].append(_CHARACTERS[name])
        elif name == "pStyle":
            self.open[-1][2].extend(value for key, value in attributes.items() if local_name(key) == "val")

    def end(self, name: str) -> None:
        if self.skipped == self.depth:
            self.skipped = 0
        elif not self.skipped:
            name = local_name(name)
            if name == "t":
                self.in_text = False
            elif name == "p" and self.open:
                parts, begin, style = self.open.pop()
                kind = re.sub(r"\W", "", style[0]) if style else ""
                text = "".join(parts)
                if self.rows and self.rows[-1][1]:
                    before = self.rows[-1][1][-1]
                    self.rows[-1][1][-1] = f"{before}\n{text}" if before else text
                for number, line in enumerate(text.split("\n")):
                    self.add(Line(line.rstrip(), begin, kind + _CONTINUED if number else kind))
            elif name == "tr" and self.rows:
                self.row_ended(*self.rows.pop())
        self.depth -= 1

    def row_ended(self, begin: int, cells: list[str]) -> None:
        """Two cells that are a label and its value become the line that they stand for."""
        line = labelled(cells)
        if line is not None and begin < len(self.lines):
            self.lines[begin:] = [Line(line, self.lines[begin].start)]

    def add(self, line: Line) -> None:
        if line.text or (self.lines and self.lines[-1].text):  # one empty line says as much as many
            self.lines.append(line)

    def data(self, text: str) -> None:
        if self.in_text and self.open and not self.skipped:
            self.open[-1][0].append(text.replace("\r", " ").replace("\n", " "))
