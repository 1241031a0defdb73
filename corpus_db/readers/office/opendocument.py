"""OpenDocument texts (ODT): one document is one article, or an archive's export with many.

As in a DOCX, one part of XML holds the text; it is parsed with the same safe parser, in small steps, by
the standard library alone. Deleted text, notes, comments and what repeats on every page are left out. Where
in the file a paragraph stands is not known: the articles of an export share its bytes as they come.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat
from zipfile import ZipFile

from corpus_db.models import SourceDocument
from corpus_db.readers.exports.lines import Line
from corpus_db.readers.exports.reader import content_of, lines_documents
from corpus_db.readers.limits import CHUNK_BYTES, OFFICE_BYTES, OFFICE_XML_BYTES, megabytes
from corpus_db.readers.office.rows import labelled
from corpus_db.readers.office.stated_type import states_type
from corpus_db.readers.walk import InputFile
from corpus_db.readers.xml.xml_tree import DEPTH, UnsafeXML, local_name, safe_parser

NAME = "odt"
_TYPE = b"application/vnd.oasis.opendocument.text"
_CONTENT = "content.xml"
_PARAGRAPHS = frozenset({"p", "h"})
_SKIPPED = frozenset({"tracked-changes", "note", "annotation", "forms", "sequence-decls", "table-of-content"})
_CHARACTERS = {"tab": "\t", "line-break": "\n"}
_MOST_SPACES = 1_000


class ODTReader:
    """OpenDocument texts."""

    name = NAME
    begins = b"P"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the type, which stands unpacked at the beginning of the file."""
        return states_type(head, _TYPE)

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """The article, or those of the export that it is. Raises OSError."""
        data = content_of(file, OFFICE_BYTES)
        lines: list[Line] | str = (
            f"{megabytes(file.size)}, more than the {megabytes(OFFICE_BYTES)} that an ODT may have"
        )
        if data is not None:
            lines = _lines(data)
        yield from lines_documents(file, NAME, lines)


def _lines(data: bytes) -> list[Line] | str:
    """The paragraphs of the document, or why it cannot be read."""
    document = _Document()
    parser = safe_parser()
    parser.StartElementHandler, parser.EndElementHandler = document.start, document.end
    parser.CharacterDataHandler = document.data
    try:
        with ZipFile(BytesIO(data)) as archive:
            if archive.getinfo(_CONTENT).file_size > OFFICE_XML_BYTES:
                return f"more than {megabytes(OFFICE_XML_BYTES)} of XML once unpacked: split the document"
            with archive.open(_CONTENT) as stream:
                while chunk := stream.read(CHUNK_BYTES):
                    parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except UnsafeXML as error:
        return f"an ODT with {error}"
    except expat.ExpatError as error:
        return f"an ODT with broken XML: {expat.ErrorString(error.code)}"
    except RuntimeError:
        return "an ODT with a password: save it without one"
    except Exception:  # noqa: BLE001 -- the boundary of one file: a damaged zip raises what it likes
        return "a damaged or incomplete ODT: open it in a word processor and save it anew"
    return document.lines


class _Document:
    """Collects the paragraphs of OpenDocument's XML as lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.depth = self.skipped = 0  # `skipped` is the depth of an element that is left out
        self.open: list[tuple[list[str], str]] = []  # text and style of each open paragraph
        self.rows: list[tuple[int, list[str]]] = []  # of each open row the line it begins at, and its cells

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH:
            raise UnsafeXML(f"XML nested more than {DEPTH} deep")
        name = local_name(name)
        if self.skipped:
            return
        given = {local_name(key): value for key, value in attributes.items()}
        if name in _SKIPPED:
            self.skipped = self.depth
        elif name in _PARAGRAPHS:
            style = (
                f"Heading{given.get('outline-level', '1')}" if name == "h" else given.get("style-name", "")
            )
            self.open.append(([], style))
        elif name == "table-row":
            self.rows.append((len(self.lines), []))
        elif name == "table-cell" and self.rows:
            self.rows[-1][1].append("")
        elif self.open and name in _CHARACTERS:
            self.open[-1][0].append(_CHARACTERS[name])
        elif self.open and name == "s":
            count = given.get("c", "1")
            self.open[-1][0].append(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))

    def end(self, name: str) -> None:
        if self.skipped == self.depth:
            self.skipped = 0
        elif not self.skipped:
            name = local_name(name)
            if name in _PARAGRAPHS and self.open:
                parts, style = self.open.pop()
                text = "".join(parts)
                if self.rows and self.rows[-1][1]:
                    self.rows[-1][1][-1] = "\n".join(filter(None, (self.rows[-1][1][-1], text)))
                self.lines += [Line(line.strip(), 0, style) for line in text.split("\n")]
            elif name == "table-row" and self.rows:
                begin, cells = self.rows.pop()
                if (line := labelled(cells)) is not None:
                    self.lines[begin:] = [Line(line, 0)]
        self.depth -= 1

    def data(self, text: str) -> None:
        if self.open and not self.skipped:
            self.open[-1][0].append(text.replace("\r", " ").replace("\n", " "))
