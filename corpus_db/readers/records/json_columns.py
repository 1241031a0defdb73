"""JSON that is a table: columns side by side, as data frames and data sets are written.

    {"title": ["A", "B"], "text": ["…", "…"]}                          columns of lists (datasets, pandas "list")
    {"title": {"0": "A", "1": "B"}, "text": {"0": "…", "1": "…"}}       columns of objects (pandas' default)
    {"columns": ["title", "text"], "data": [["A", "…"], ["B", "…"]]}    rows beside their names (pandas "split")
    [["title", "text"], ["A", "…"], ["B", "…"]]                        rows below their names

The values of one article lie apart in such a file. It is read as one that holds another: the same
records as JSON Lines, one a line.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from corpus_db.readers.archives.archive import Archive
from corpus_db.readers.limits import HELD_BYTES
from corpus_db.readers.members import Member, member
from corpus_db.readers.records.field_names import field_of
from corpus_db.readers.unpack import Allowance, Damaged, content_of
from corpus_db.readers.walk import InputFile, Unreadable

# How such a file begins: a list of no objects, or an object below a number, behind the first name.
_BEGIN = re.compile(
    rb'\s*(?:\[\s*\[\s*"|\{\s*"(?:[^"\\]|\\.){1,200}"\s*:\s*(?:\[\s*(?:["\d\[n-]|\])|\{\s*"\d{1,9}"\s*:\s*[^\s{]))'
)
_TEXTS = frozenset({"body", "html"})
_BESIDE_TEXT = frozenset({"title", "date", "url", "id"})
_NAMES, _ROWS = ("columns", "names", "header"), ("data", "rows", "values")


class JSONColumnsReader(Archive):
    """Tables in JSON."""

    name = "json-columns"
    begins = b"{["
    kind = "a table in JSON"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By how it begins, and that all its columns are as long."""
        return _BEGIN.match(head.removeprefix(b"\xef\xbb\xbf")) is not None and _records(file) is not None

    def members(self, file: InputFile, allowance: Allowance) -> Iterator[Member | Unreadable]:
        """The records as JSON Lines. Raises Damaged and OSError."""
        records = _records(file)
        if records is None:
            raise Damaged("it changed while it was read")
        lines = "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
        name = f"{file.name.rpartition('/')[2].removesuffix('.json')}.jsonl"
        content = content_of(io.BytesIO(lines.encode("utf-8", "surrogatepass")))
        yield member(file, name, content, allowance)


def _records(file: InputFile) -> list[dict[str, object]] | None:
    """The rows of the table, None where the file is none. Raises OSError."""
    if file.size > HELD_BYTES:
        return None
    with file.open() as stream:
        data = stream.read()
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict):
        names = next((value[name] for name in _NAMES if isinstance(value.get(name), list)), None)
        rows = next((value[name] for name in _ROWS if isinstance(value.get(name), list)), None)
        return _of_rows(names, rows) if names and rows else _of_columns(value)
    return _of_rows(value[0], value[1:]) if isinstance(value, list) and len(value) > 1 else None


def _of_rows(names: Sequence[object], rows: Sequence[object]) -> list[dict[str, object]] | None:
    if not isinstance(names, list) or not _is_header([name for name in names if isinstance(name, str)]):
        return None
    records = []
    for row in rows:
        if not isinstance(row, list):
            return None
        records.append({str(name): cell for name, cell in zip(names, row, strict=False)})
    return records


def _of_columns(value: Mapping[str, object]) -> list[dict[str, object]] | None:
    """Records of columns that are all as long; what is no column says something of the table, not of an article."""
    columns: dict[str, Sequence[object]] = {}
    keys: tuple[str, ...] | None = None
    for name, column in value.items():
        if isinstance(column, dict):
            keys = keys or tuple(column)
            if tuple(column) != keys:
                return None
            columns[name] = list(column.values())
        elif isinstance(column, list):
            columns[name] = column
        elif field_of(name) in _TEXTS | _BESIDE_TEXT:
            return None
    if not _is_header(columns) or len({len(column) for column in columns.values()}) != 1:
        return None
    texts = [cell for name in columns if field_of(name) in _TEXTS for cell in columns[name]]
    if not all(isinstance(cell, str) or cell is None for cell in texts):
        return None
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _is_header(names: Sequence[str] | Mapping[str, object]) -> bool:
    """Whether a text is among the columns, and something that stands beside one."""
    fields = {field_of(name) for name in names}
    return bool(fields & _TEXTS and fields & _BESIDE_TEXT)
