"""CSV and TSV: one article a row, its columns known by name, by a person's word, or by content.

A file counts as a table when its first row names at least two fields of an article, one of them
its text or title, or when its ending says so; `columns.tell` decides what the columns hold and
how they are quoted. The module csv does the quoting; it asks for one line after the other, so the
bytes that a record took are known, and records of many lines stream. The header row's bytes belong
to the first record.

A record that outgrows the limit of one article costs itself and nothing else: what follows is
skipped up to the end of its quotation, or up to a line that is a whole row again. A quote that is
never closed costs its line: where the end of the file is reached inside one, reading goes on
behind the line that opened it, and after some of those quotes count as text.
"""

from __future__ import annotations

import ast
import csv
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from corpus_db.models import SourceDocument
from corpus_db.readers.limits import ARTICLE_BYTES, HEAD_BYTES
from corpus_db.readers.pieces import TOO_LONG, Piece, decode
from corpus_db.readers.plain.text import LFS_POINTER
from corpus_db.readers.profiles import columns_of
from corpus_db.readers.records.columns import LONGEST_NAME, TEXT_FIELDS, Layout, tell
from corpus_db.readers.records.dialects import DELIMITERS, Dialect
from corpus_db.readers.records.field_names import field_of
from corpus_db.readers.records.field_values import serial_date
from corpus_db.readers.records.fields import Columns, from_record
from corpus_db.readers.walk import InputFile

NAME = "csv"
_ENDINGS = (".csv", ".tsv", ".tab")
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF16_MARKS = tuple(_UTF16)
# How much of a table is looked at to tell its columns.
_SAMPLE = 400_000
# Cells longer than this are not tried as the Python dictionaries and lists that some scrapers write.
_LONGEST_LITERAL = 500
_LONGEST_HEADER, _LONGEST_CELL = 2_000, 2 * LONGEST_NAME
_MARKS = tuple(mark.encode() for mark in DELIMITERS)
# Quotes that are never closed, until all quotes of the file count as text.
_OPEN_QUOTES = 20
UNCLOSED = "a quote that is never closed"


class DelimitedReader:
    """CSV, TSV and other tables."""

    name = NAME

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the names in the first row, or the ending."""
        if head.startswith(_UTF16_MARKS):
            return bool(_ending(file)) or tell(_decoded(head)) is not None
        if head.find(b"\x00") >= 0 or head.startswith(LFS_POINTER):
            return False
        if _ending(file):
            return True
        if not _may_be_table(head):
            return False
        first = head.partition(b"\n")[0].decode("utf-8", "replace").lstrip("\ufeff")
        return tell(first) is not None

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document a row. Raises OSError."""
        with file.open() as stream:
            sample = stream.read(_SAMPLE)
        profile = file.profile
        encoding = profile.encoding if profile else None
        text = _decoded(sample, encoding)
        columns = columns_of(profile)
        header = profile.header if profile else None
        if header is None and columns:
            header = _names_in_first_row(text, columns)
        delimiter = profile.delimiter if profile else None
        layout = tell(text, _ending(file) or ".csv", delimiter, header) or Layout(Dialect(), True, ())
        position = 0
        with file.open() as stream:
            for piece, fields in _Table(stream, layout, columns, encoding).records():
                yield piece.document(file.name, position, NAME, fields)
                position += piece.size


def _ending(file: InputFile) -> str:
    name = file.name.lower()
    if not name.endswith(_ENDINGS):
        return ""
    ending = os.path.splitext(name)[1]
    return ending if ending in _ENDINGS else ""


def _may_be_table(head: bytes) -> bool:
    """Whether the first line could be names of columns: short cells between some mark. Cheap, for every text."""
    end = head.find(b"\n", 0, _LONGEST_HEADER)
    if end < 0 and len(head) > _LONGEST_HEADER:
        return False
    first = head if end < 0 else head[:end]
    for mark in _MARKS:  # noqa: SIM110 -- asked of every text: a generator costs more than its looks
        if first.find(mark) >= 0 and max(map(len, first.split(mark))) <= _LONGEST_CELL:
            return True
    return False


def _names_in_first_row(text: str, columns: Columns) -> bool | None:
    """True where the first line has one of the names that a person gave, None where it has none."""
    first = "\n".join(
        text.split("\n", 2)[:2] if text[:4].lower() == "sep=" else text.split("\n", 1)[:1]
    ).lower()
    names = [path.split(".")[0].lower() for paths in columns.values() for path in paths if path[:1] != "#"]
    return True if any(name in first for name in names) else None


def _decoded(sample: bytes, declared: str | None = None) -> str:
    for mark, encoding in _UTF16.items():
        if sample.startswith(mark):
            return sample[2:].decode(encoding, "replace")
    if declared:
        return sample.removeprefix(_UTF8_BOM).decode(declared, "replace")
    text = sample.removeprefix(_UTF8_BOM)
    decoded = text.decode("utf-8", "replace")
    if "\ufffd" not in decoded:
        return decoded
    lines = (decode(line) for line in text.split(b"\n"))  # as the rows are read: "Überschrift" may be a name
    return "\n".join("" if isinstance(line, str) else line[0] for line in lines)


class _Lines:
    """Decoded lines for csv, their bytes collected in `piece`.

    Raises csv.Error once a record has more bytes than an article may; reading can go on behind.
    """

    def __init__(self, stream: BinaryIO, dialect: Dialect, declared: str | None = None) -> None:
        self.stream = stream
        self.declared = declared  # the encoding that a profile says
        self.quote = (dialect.quote or '"').encode()
        self.escape = dialect.escape
        self.piece = Piece("row 1")
        self.remark: str | None = None
        self.forgetting = False
        self.above = 0  # bytes of the piece before the record: the header row, empty lines
        self.first_line = 0  # bytes of the record's first line
        self.inside = False  # an odd number of quotes so far: the record ends inside one
        self.whole = True  # the last line was read to its end
        self._returned: bytes | None = None
        start = stream.read(3)
        stream.seek(0)
        self.encoding = next((name for mark, name in _UTF16.items() if start.startswith(mark)), None)
        self._mark = 2 if self.encoding else 3 if start == _UTF8_BOM else 0
        head = stream.read(HEAD_BYTES)
        stream.seek(0)
        self._carriage_returns = not self.encoding and b"\r" in head and b"\n" not in head

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.take_line()
        if not line:
            raise StopIteration
        self.add(line)
        if self.piece.data is None and not self.forgetting:
            raise csv.Error(TOO_LONG)
        return self.text(line)

    def take_line(self) -> bytes:
        """The next line with its end, ARTICLE_BYTES of it at most; nothing at the end of the file."""
        if self._returned is not None:
            line, self._returned = self._returned, None
            return line
        if self.encoding:
            line = self._utf16_line()
        elif self._carriage_returns:
            line = self._line_of_carriage_returns()
        else:
            line = self.stream.readline(ARTICLE_BYTES)
        self.whole = len(line) < ARTICLE_BYTES
        return line

    def give_back(self, line: bytes) -> None:
        """`line`, which was taken and not added, is the next one again."""
        self._returned = line

    def add(self, line: bytes) -> None:
        """Takes a line into the piece under way."""
        if self.piece.size == self.above:
            self.first_line = len(line)
        quotes = line.count(self.quote)
        if self.escape:
            quotes -= line.count(b"\\" + self.quote)
        self.inside ^= bool(quotes % 2)
        self.piece.add(line)

    def text(self, line: bytes) -> str:
        """The line decoded, without byte order mark."""
        line, self._mark = line[self._mark :], 0
        if self.encoding:
            return line.decode(self.encoding, "replace")
        if self.declared:
            try:
                return line.decode(self.declared)
            except UnicodeDecodeError:
                self.remark = f"not {self.declared}, as its profile says"
        decoded = decode(line)
        if isinstance(decoded, str):
            decoded = line.decode("latin-1"), "not UTF-8, read as latin-1"
        self.remark = self.remark or decoded[1]
        return decoded[0]

    def _utf16_line(self) -> bytes:
        line = b""
        little = self.encoding == "utf-16-le"
        while len(line) < ARTICLE_BYTES:
            part = self.stream.readline(ARTICLE_BYTES)
            line += part
            if not part.endswith(b"\n"):
                break
            if little and len(line) % 2:  # the line feed's first byte, or the first byte of another character
                line += self.stream.read(1)
                if line.endswith(b"\n\x00"):
                    break
            elif not little and len(line) % 2 == 0 and line.endswith(b"\x00\n"):
                break
        return line

    def _line_of_carriage_returns(self) -> bytes:
        line = b""
        while len(line) < ARTICLE_BYTES and (part := self.stream.read(HEAD_BYTES)):
            end = part.find(b"\r") + 1
            if end:
                self.stream.seek(end - len(part), 1)
                return line + part[:end]
            line += part
        return line

    def begin(self) -> None:
        """What is read from here on is a record; what the piece has already stands above it."""
        self.above, self.first_line = self.piece.size, 0

    def forget(self) -> None:
        """Keep nothing of what was read so far but its number of bytes and its hash."""
        self.piece.data, self.forgetting = None, True

    def take(self, number: int) -> tuple[Piece, str | None]:
        """The piece that is complete, and its remark."""
        taken = self.piece, self.remark
        taken[0].part = f"row {number}"
        self.piece, self.remark, self.inside = Piece(""), None, False
        return taken


class _Table:
    """The rows of one table as pieces with their fields, or with why they have none."""

    def __init__(
        self, stream: BinaryIO, layout: Layout, columns: Columns | None, declared: str | None = None
    ) -> None:
        csv.field_size_limit(max(csv.field_size_limit(), ARTICLE_BYTES))
        self.stream = stream
        self.layout = layout
        self.dialect = layout.dialect
        self.names = _distinct(layout.names)
        self.columns = _by_name(columns, self.names) if columns else None
        self.lines = _Lines(stream, layout.dialect, declared)
        self.rows = self.dialect.rows(self.lines)
        self.number = 0
        self.position = 0  # where the piece under way begins
        self.open_quotes = 0
        named = self.columns is not None and not TEXT_FIELDS.isdisjoint(self.columns)
        self.problem = "" if named else layout.problem

    def records(self) -> Iterator[tuple[Piece, dict[str, str] | str]]:
        """Each row that is not empty."""
        above = self.layout.above + self.layout.header
        if self.problem:
            self.lines.forget()
        while (taken := self.next_row()) is not None:
            row, problem = taken
            if above and not problem:
                above -= 1
                continue
            if self.problem or (not row and not problem):
                continue  # an empty line: its bytes go to the next record
            self.number += 1
            piece, remark = self.lines.take(self.number)
            self.position += piece.size
            yield piece, problem or self.fields(row, remark)
        rest, _ = self.lines.take(self.number)
        if self.problem:
            rest.part = "table"
            yield rest, self.problem
        elif rest.size or self.number == 0:
            nothing = "only a header row, no records" if self.names else "no text"
            yield rest, {"body": "", "remark": nothing if self.number == 0 else "empty lines at the end"}

    def next_row(self) -> tuple[list[str], str] | None:
        """(cells, problem) of the next row; None at the end."""
        self.lines.begin()
        try:
            row = next(self.rows, None)
        except csv.Error as error:
            self.rows = self.dialect.rows(self.lines)
            if str(error) == TOO_LONG:
                self.skip()
            return [], TOO_LONG if str(error) == TOO_LONG else f"not a row of a table: {error}"
        if row is None:
            return None
        many_lines = self.lines.piece.size > self.lines.above + self.lines.first_line
        if self.lines.inside and many_lines and self.dialect.quote and not self.problem and self.at_end():
            return self.reopen()
        return row, ""

    def at_end(self) -> bool:
        line = self.lines.take_line()
        if line:
            self.lines.give_back(line)
        return not line

    def reopen(self) -> tuple[list[str], str]:
        """The file ended inside a quote: gives up the line that opened it, and goes on behind that line."""
        end = self.position + self.lines.above + self.lines.first_line
        self.stream.seek(self.position)
        piece = Piece("")
        piece.add(self.stream.read(end - self.position))
        self.lines.piece, self.lines.inside = piece, False
        self.open_quotes += 1
        if self.open_quotes >= _OPEN_QUOTES:
            self.dialect = replace(self.dialect, quote=None, escape=None)
        self.rows = self.dialect.rows(self.lines)
        return [], UNCLOSED

    def skip(self) -> None:
        """Takes what is left of a record that is too long, up to where the next one begins."""
        lines = self.lines
        while not lines.whole and (line := lines.take_line()):
            lines.add(line)
        while line := lines.take_line():
            if not lines.inside or self.is_row(line):
                lines.give_back(line)
                return
            lines.add(line)
            while not lines.whole and (line := lines.take_line()):
                lines.add(line)

    def is_row(self, line: bytes) -> bool:
        """Whether a line that may be text inside quotes is a whole row: as many cells, no space before one."""
        if not self.lines.whole or len(self.names) < 2 or line.count(self.lines.quote) % 2:
            return False
        if not self.lines.encoding and self.lines.quote not in line:
            cells = line.split(self.dialect.delimiter.encode())
            return len(cells) == len(self.names) and not any(cell[:1] == b" " for cell in cells[1:])
        mark, remark = self.lines._mark, self.lines.remark
        try:
            row = next(self.dialect.rows(iter([self.lines.text(line)])), [])
        except csv.Error:
            return False
        self.lines._mark, self.lines.remark = mark, remark
        return len(row) == len(self.names) and not any(cell[:1] == " " for cell in row[1:])

    def fields(self, row: list[str], remark: str | None) -> dict[str, str] | str:
        """The fields of a row, or why it has none."""
        record = {name: _cell(name, value) for name, value in zip(self.names, row, strict=False)}
        fields = from_record(record, self.columns)
        if isinstance(fields, str):
            return fields
        if (number := fields.get("date", "").strip()) and (day := serial_date(number)):
            fields["date"] = day
            note = f"the spreadsheet's number {number} read as a date"
            fields["remark"] = f"{fields['remark']}; {note}" if "remark" in fields else note
        if remark:
            fields["remark"] = f"{fields['remark']}; {remark}" if "remark" in fields else remark
        if self.layout.told and self.columns is None:
            fields["notice"] = self.layout.told
        return fields


def _distinct(names: tuple[str, ...]) -> list[str]:
    """The names of the columns; one without a name, or with one that was there before, is #7."""
    found: dict[str, None] = {}
    for number, name in enumerate(names, 1):
        found[name if name and name not in found else f"#{number}"] = None
    return list(found)


def _by_name(columns: Columns, names: list[str]) -> Columns:
    """`columns` with "#2" replaced by the name of the second column."""

    def name_of(path: str) -> str:
        number = path.removeprefix("#")
        is_number = path != number and number.isdecimal() and 0 < int(number) <= len(names)
        return names[int(number) - 1] if is_number else path

    return {field: [name_of(path) for path in paths] for field, paths in columns.items()}


def _cell(name: str, value: str) -> object:
    """The cell, or the object that a scraper wrote into it ("{'id': 1, 'name': 'The Paper'}", "['Ann', 'Bo']")."""
    if value[:1] not in ("{", "[") or len(value) > _LONGEST_LITERAL:
        return value
    if value[0] + value[-1] == "[]" and (field_of(name) in TEXT_FIELDS or field_of(name) == "title"):
        return value
    try:
        parsed = ast.literal_eval(value)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return value
    return parsed if isinstance(parsed, (dict, list)) else value
