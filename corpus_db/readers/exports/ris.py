"""RIS: lists of references, as archives and reference managers export them.

    TY  - NEWS
    TI  - Old bridge opens
    AB  - The old bridge over the river was opened on Monday.
    ER  -

A list of references names articles and does not hold them. Where a reference has an abstract (some archives
put the text there), that is read as the text, with a remark; one without is rejected, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_db.models import SourceDocument
from corpus_db.readers.pieces import decode, documents_at
from corpus_db.readers.walk import InputFile

NAME = "ris"
NO_TEXT = "a reference without a text: a list of references names articles and does not hold them"
_RECORD = re.compile(rb"(?m)^\xef?\xbb?\xbf?TY {1,2}- ?[A-Z]{2,12}[ \t]*\r?$")
_TAG = re.compile(r"([A-Z][A-Z0-9])  ?- ?(.*)$")
# Field -> its tags, the first that says anything. Source: the description of the format by Research Information Systems.
_FIELDS = {
    "title": ("TI", "T1", "ST", "CT"),
    "byline": ("AU", "A1"),
    "publisher": ("T2", "JO", "JF", "JA", "PB"),
    "date": ("DA", "Y1", "PY"),
    "section": ("SE",),
    "url": ("UR", "L2", "L1"),
    "language": ("LA",),
    "id": ("AN", "ID"),
    "keywords": ("KW",),
}
_TEXT = ("AB", "N2")
_DATE = re.compile(r"^(\d{4})/(\d{1,2})?/?(\d{1,2})?/?.*$")


class RISReader:
    """Lists of references in RIS."""

    name = NAME
    begins = b"T"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By its first line, which gives the type of a reference."""
        return _RECORD.match(head.lstrip()) is not None

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document a reference. Raises OSError."""
        return documents_at(file, _RECORD, "reference", NAME, _fields)


def _fields(data: bytes) -> dict[str, str] | str:
    decoded = decode(data)
    if isinstance(decoded, str):
        return decoded
    values = _values(decoded[0])
    body = next((text for tag in _TEXT if (text := "\n\n".join(values.get(tag, [])))), "")
    if not body.strip():
        return NO_TEXT
    fields = {
        field: next(("; ".join(values[tag]) for tag in tags if values.get(tag)), "")
        for field, tags in _FIELDS.items()
    }
    day = _DATE.match(fields["date"])
    if day:
        fields["date"] = "-".join(part.zfill(2) for part in day.groups() if part)
    remark = "; ".join(filter(None, ("the abstract of a reference, taken as the text", decoded[1])))
    fields.update(body=body, remark=remark)
    return {name: value for name, value in fields.items() if value}


def _values(text: str) -> dict[str, list[str]]:
    """The values of each tag; a line without a tag goes on with the value above it."""
    values: dict[str, list[str]] = {}
    last: list[str] | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        match = _TAG.match(line.lstrip("﻿"))
        if match:
            last = values.setdefault(match[1], [])
            if match[2].strip():
                last.append(match[2].strip())
        elif last and line.strip():
            last[-1] += f"\n{line.strip()}"
    return values
