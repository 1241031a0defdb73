"""Spreadsheets (XLSX): each sheet is a table, and is read as the CSV that one would save it as.

Cells, shared texts and the formats that make a number a date are openpyxl's to know (MIT licence); it is
the optional dependency `corpus-db[documents]`, and a file is rejected with the line that installs it where
it is missing. What columns are, where the names stand, which row is an article: all of that is told by the
reader of tables, to which each sheet is given as a file in this file.
"""

from __future__ import annotations

import csv
import importlib
import io
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any
from zipfile import BadZipFile, ZipFile

from corpus_db.models import SourceDocument
from corpus_db.readers.archives.archive import Archive
from corpus_db.readers.limits import OFFICE_BYTES, SHEETS_BYTES, megabytes
from corpus_db.readers.members import Given, Member, member
from corpus_db.readers.unpack import Allowance, Damaged, content_of
from corpus_db.readers.walk import InputFile, Unreadable

NAME = "xlsx"
INSTALL = 'a spreadsheet: install its reader with  pip install "corpus-db[documents]"  and import again'
_ZIP, _WORKBOOK = b"PK\x03\x04", "xl/workbook.xml"
_ENDINGS = (".xlsx", ".xlsm", ".xltx")
_DAMAGED = "a damaged spreadsheet: open it, and save it anew or as CSV"


class XLSXReader(Archive):
    """Office Open XML workbooks."""

    name = NAME
    begins = b"P"
    kind = "a spreadsheet"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """A zip with a workbook in it."""
        named = file.name.lower().endswith(_ENDINGS)
        if not head.startswith(_ZIP) or not (named or b"[Content_Types].xml" in head or b"xl/" in head):
            return False
        try:
            with file.open() as stream, ZipFile(stream) as archive:
                return _WORKBOOK in archive.namelist()
        except (BadZipFile, NotImplementedError, ValueError, OSError):
            return False

    def read(self, file: InputFile) -> Iterator[Given]:
        """The sheets, and the workbook itself behind them. Raises OSError."""
        try:
            importlib.import_module("openpyxl")
        except ImportError:
            yield SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME, reason=INSTALL)
            return
        yield from super().read(file)

    def members(self, file: InputFile, allowance: Allowance) -> Iterator[Member | Unreadable]:
        """Each sheet that holds something, as CSV. Raises Damaged and OSError."""
        for title, data in _sheets(file):
            content = content_of(io.BytesIO(data), allowance)
            yield member(file, f"{title}.csv", content, allowance, lambda data=data: io.BytesIO(data))  # type: ignore[misc]


def _sheets(file: InputFile) -> Iterator[tuple[str, bytes]]:
    """(name, CSV) of each sheet. Raises Damaged and OSError."""
    openpyxl: Any = importlib.import_module("openpyxl")
    if file.size > OFFICE_BYTES:
        raise Damaged(f"it has {megabytes(file.size)}, more than {megabytes(OFFICE_BYTES)}: save it as CSV")
    with file.open() as stream:
        data = stream.read()
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
        if unpacked > SHEETS_BYTES:
            raise Damaged(
                f"it unpacks to {megabytes(unpacked)}, more than {megabytes(SHEETS_BYTES)}: save it as CSV"
            )
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a sheet says of its size may be anything
            if table := _csv(sheet.iter_rows(values_only=True)):
                yield sheet.title, table
    except Damaged:
        raise
    except Exception:  # noqa: BLE001 -- the boundary of one file: a damaged workbook raises what it likes
        raise Damaged(_DAMAGED) from None


def _csv(rows: Iterable[Iterable[object]]) -> bytes:
    """The rows that hold something, as CSV in UTF-8; nothing where none does."""
    out = io.StringIO()
    writer = csv.writer(out)
    filled = False
    for row in rows:
        cells = [_text(cell) for cell in row]
        if any(cells):
            filled = True
            writer.writerow(cells)
    return out.getvalue().encode("utf-8", "replace") if filled else b""


def _text(cell: object) -> str:
    """A cell as text; a day that the sheet holds as a moment at midnight is a day."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("_x000D_", "").replace("\x00", "")
