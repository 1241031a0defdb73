"""What readers of files with many articles share: pieces with their bytes, and cutting at marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO

from corpus_db.models import SourceDocument
from corpus_db.readers.limits import ARTICLE_BYTES, CHUNK_BYTES, megabytes

if TYPE_CHECKING:
    from corpus_db.readers.walk import InputFile

# A mark may lie across two chunks; none is longer.
_MARK_LENGTH = 400
# A line of running text that was broken at a column width is at least this long.
_WRAPPED_LENGTH = 45


class Piece:
    """One record as it is collected: its bytes in the file, hashed, and those of them to read."""

    __slots__ = ("_digest", "data", "key", "part", "size")

    def __init__(self, part: str) -> None:
        self.part = part
        self.key = ""  # what the record is called where it stands, if that is said
        self.size = 0
        self.data: bytearray | None = bytearray()  # None: too many
        self._digest = sha256()

    def add(self, data: bytes, content: bool = True) -> None:
        """Takes the next bytes; `content` says that they are the record's own."""
        self.size += len(data)
        self._digest.update(data)
        if content and self.data is not None:
            self.data += data
            if len(self.data) > ARTICLE_BYTES:
                self.data = None

    def sha256(self) -> str:
        """SHA-256 of all its bytes, in hexadecimal."""
        return self._digest.hexdigest()

    def document(self, path: str, start: int, reader: str, fields: dict[str, str] | str) -> SourceDocument:
        """The piece as a document: with its fields, or with the reason why there are none."""
        end, digest = start + self.size, self.sha256()
        if isinstance(fields, str):
            return SourceDocument(path, self.part, start, end, digest, reader, reason=fields)
        return SourceDocument(path, self.part, start, end, digest, reader, fields=fields)


TOO_LONG = f"more than the {megabytes(ARTICLE_BYTES)} that one article may have"


def decode(data: bytes) -> tuple[str, str | None] | str:
    """(text, remark) as UTF-8, else as Windows-1252; the reason when it is neither."""
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "not UTF-8, read as Windows-1252"
    except UnicodeDecodeError as error:
        return f"neither UTF-8 nor Windows-1252: byte {data[error.start]:#04x} has no meaning"


def cut_before(stream: BinaryIO, mark: re.Pattern[bytes], unit: str) -> Iterator[Piece]:
    """Pieces that begin at each match of `mark`; what stands before the first is part "preface".

    A match must be complete within 400 bytes.
    """
    number = 0
    piece = Piece("preface")
    buffer = b""
    while True:
        chunk = stream.read(CHUNK_BYTES)
        buffer += chunk
        settled = len(buffer) if not chunk else max(0, len(buffer) - _MARK_LENGTH)
        begin = 0
        for match in mark.finditer(buffer):
            if match.start() >= settled and chunk:
                break
            if match.start() > begin or piece.size:
                piece.add(buffer[begin : match.start()])
            if piece.size:
                yield piece
            number += 1
            piece, begin = Piece(f"{unit} {number}"), match.start()
            piece.add(buffer[begin : match.end()])
            begin = match.end()
        settled = max(settled, begin)
        piece.add(buffer[begin:settled])
        buffer = buffer[settled:]
        if not chunk:
            break
    if piece.size:
        yield piece


def documents_at(
    file: InputFile,
    mark: re.Pattern[bytes],
    unit: str,
    reader: str,
    fields: Callable[[bytes], dict[str, str] | str],
) -> Iterator[SourceDocument]:
    """One document for each piece that begins at a match of `mark`, and what stands before the first. Raises OSError.

    `fields` says what a piece holds, or why it is no article.
    """
    position = 0
    with file.open() as stream:
        for piece in cut_before(stream, mark, unit):
            content: dict[str, str] | str = TOO_LONG
            if piece.part == "preface":
                content = {"body": "", "remark": f"what stands before the first {unit}"}
            elif piece.data is not None:
                content = fields(bytes(piece.data))
            yield piece.document(file.name, position, reader, content)
            position += piece.size


def unwrapped(text: str) -> str:
    """Paragraphs of `text` with the line breaks of a column width taken out.

    Lines end in "\\n"; paragraphs are separated by empty lines or begin indented. A short line
    ends where it ended: tables and lists stay as they are.
    """
    out: list[str] = []
    joins = False
    for line in text.split("\n"):
        content = line.strip()
        indented = line[:1] in (" ", "\t")
        if not content:
            if out and out[-1]:
                out.append("")
            joins = False
            continue
        if joins and not indented and out:
            out[-1] += " " + content
        else:
            if indented and out and out[-1]:
                out.append("")
            out.append(content)
        joins = len(line) >= _WRAPPED_LENGTH
    return "\n".join(out).strip("\n")
