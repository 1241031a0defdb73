"""CSV and TSV: one article a row, columns known by their names.

A file counts as a table when its first row names at least two fields of an article, one of them
its text or title, or when its ending says so. The module csv does the quoting; it asks for one
line after the other, so the bytes that a record took are known, and records of many lines stream.
The header row's bytes belong to the first record. A quote that is never closed costs the rows up
to the limit of one article, not the file.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from typing import BinaryIO

from corpus_db.models import SourceDocument
from corpus_db.readers.fields import field_of, from_record
from corpus_db.readers.limits import ARTICLE_BYTES
from corpus_db.readers.pieces import TOO_LONG, Piece, decode
from corpus_db.readers.walk import InputFile

NAME = "csv"
_ENDINGS = (".csv", ".tsv", ".tab")
_DELIMITERS = (",", "\t", ";", "|")
_UTF8_BOM = b"\xef\xbb\xbf"
_LONGEST_NAME = 40
_TEXT_FIELDS = frozenset({"body", "summary", "title"})
# Cells longer than this are not tried as the Python dictionaries that some scrapers write.
_LONGEST_DICTIONARY = 500


class DelimitedReader:
    """CSV, TSV and other tables with a header row."""

    name = NAME

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the names in the first row, or the ending."""
        if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head:
            return False
        return file.name.lower().endswith(_ENDINGS) or _delimiter(head) is not None

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document a row. Raises OSError."""
        delimiter = _delimiter(file.head()) or ("\t" if file.name.lower().endswith((".tsv", ".tab")) else ",")
        position = 0
        with file.open() as stream:
            for piece, fields in _records(stream, delimiter):
                yield piece.document(file.name, position, NAME, fields)
                position += piece.size


def _delimiter(head: bytes) -> str | None:
    """What separates the names of the first row, None when it does not name an article's fields."""
    end = head.find(b"\n")
    first = head if end < 0 else head[:end]
    line = first.removeprefix(_UTF8_BOM).decode("utf-8", "replace").strip()
    if not line or len(line) > 2_000:
        return None
    for delimiter in _DELIMITERS:
        if delimiter not in line:
            continue
        try:
            names = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:  # a carriage return or a quote where none may be
            return None
        if len(names) < 2 or any(len(name) > _LONGEST_NAME for name in names):
            continue
        known = [field for field in map(field_of, names) if field]
        if len(set(known)) >= 2 and _TEXT_FIELDS.intersection(known) and len(known) * 4 >= len(names):
            return delimiter
    return None


class _Lines:
    """Decoded lines for csv, their bytes collected in `piece`.

    Raises csv.Error once a record has more bytes than an article may; reading can go on behind.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.piece = Piece("row 1")
        self.remark: str | None = None
        self.forgetting = False
        self.first = True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.stream.readline(ARTICLE_BYTES)
        if not line:
            raise StopIteration
        self.piece.add(line)
        if self.piece.data is None and not self.forgetting:
            raise csv.Error(TOO_LONG)
        decoded = decode(line.removeprefix(_UTF8_BOM) if self.first else line)
        self.first = False
        if isinstance(decoded, str):
            decoded = line.decode("latin-1"), "not UTF-8, read as latin-1"
        self.remark = self.remark or decoded[1]
        return decoded[0]

    def forget(self) -> None:
        """Keep nothing of what was read so far but its number of bytes and its hash."""
        self.piece.data, self.forgetting = None, True

    def take(self, number: int) -> tuple[Piece, str | None]:
        """The piece that is complete, and its remark."""
        taken = self.piece, self.remark
        taken[0].part = f"row {number}"
        self.piece, self.remark = Piece(""), None
        return taken


def _records(stream: BinaryIO, delimiter: str) -> Iterator[tuple[Piece, dict[str, str] | str]]:
    csv.field_size_limit(max(csv.field_size_limit(), ARTICLE_BYTES))
    lines = _Lines(stream)
    rows = csv.reader(lines, delimiter=delimiter)
    names: list[str] | None = None
    number = 0
    useless = ""
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            row, problem = [], f"not a row of a table: {error}"
            rows = csv.reader(lines, delimiter=delimiter)
        else:
            problem = ""
        if row is None:
            break
        if names is None and not problem:
            names = [name.strip() for name in row]
            useless = _without_text(names)
            continue
        if useless:
            lines.forget()
            continue
        if not row and not problem:
            continue  # an empty line: its bytes go to the next record
        number += 1
        piece, remark = lines.take(number)
        yield piece, problem or _fields(names or [], row, remark)
    rest, _ = lines.take(number)
    if useless:
        rest.part = "table"
        yield rest, useless
        return
    if rest.size or number == 0:
        nothing = "only a header row, no records" if names else "no text"
        yield rest, {"body": "", "remark": nothing if number == 0 else "empty lines at the end"}


def _without_text(names: list[str]) -> str:
    """Why no row can be an article, nothing when some column can hold its text."""
    if {"body", "summary"}.intersection(map(field_of, names)):
        return ""
    shown = ", ".join(
        "".join(c if c.isprintable() else " " for c in name[:_LONGEST_NAME]) for name in names[:8]
    )
    return f"a table without a column for the text (body, text or content); its columns: {shown}"


def _fields(names: list[str], row: list[str], remark: str | None) -> dict[str, str] | str:
    record = {name: _cell(value) for name, value in zip(names, row, strict=False) if name}
    fields = from_record(record)
    if not isinstance(fields, str) and remark:
        fields["remark"] = remark
    return fields


def _cell(value: str) -> object:
    """The cell, or the dictionary that a scraper wrote into it ("{'id': 1, 'name': 'The Paper'}")."""
    if value[:1] == "{" and value[-1:] == "}" and len(value) <= _LONGEST_DICTIONARY:
        try:
            parsed = ast.literal_eval(value)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            return value
        return parsed if isinstance(parsed, dict) else value
    return value
