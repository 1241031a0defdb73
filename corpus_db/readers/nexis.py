"""Nexis (LexisNexis) text exports: many documents in one file, each behind "8 of 383 DOCUMENTS".

    <centred: publication> <centred: date> <headline, one or more lines> BYLINE: … SECTION: …
    LENGTH: 355 words <text> LOAD-DATE: … LANGUAGE: … PUBLICATION-TYPE: …

The number of the position line counts the whole search, not the file. Labels in capitals stand at
the line's start; those before the text and those behind it are told apart by LENGTH, which always
stands last before the text. Lines are broken at 80 columns, which is undone. The cover sheet of
the export is a piece of its own that holds no article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_db.models import SourceDocument
from corpus_db.readers.pieces import TOO_LONG, cut_before, decode, unwrapped
from corpus_db.readers.walk import InputFile

NAME = "nexis"
_POSITION = re.compile(
    rb"(?m)^[ \t\x0c]*\d{1,6}[ \t]+(?:of|von|de|di|van)[ \t]+\d{1,6}[ \t]+(?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?)[ \t]*\r?$"
)
_LABEL = re.compile(r"^([A-Z][A-Z-]{2,24}):[ \t]?(.*)$")
_FIELDS = {
    "BYLINE": "byline",
    "SECTION": "section",
    "LANGUAGE": "language",
    "HEADLINE": "title",
    "URL": "url",
}
# These stand behind the text; each of them ends it.
_BEHIND = frozenset(
    {"LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "JOURNAL-CODE", "GRAPHIC", "SUBJECT", "PERSON", "COMPANY", "ORGANIZATION",
     "COUNTRY", "STATE", "CITY", "GEOGRAPHIC", "INDUSTRY", "TICKER", "TYPE", "CORRECTION", "CORRECTION-DATE", "NOTES", "DOCUMENT-TYPE"}
)  # fmt: skip
_CENTRED = re.compile(r"^[ \t]{8,}\S")
_HAS_DATE = re.compile(r"\b(?:1[89]|20)\d\d\b")
_COPYRIGHT = re.compile(r"^\s*(?:Copyright|All Rights Reserved)\b", re.IGNORECASE)
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_ERROR = "error in this document"


class NexisReader:
    """Nexis text exports."""

    name = NAME

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """A position line within the first bytes."""
        return (b"DOCUMENT" in head or b"DOKUMENT" in head) and _POSITION.search(head) is not None

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document a position line, and the cover sheet. Raises OSError."""
        position = 0
        with file.open() as stream:
            for piece in cut_before(stream, _POSITION, "document"):
                fields = TOO_LONG if piece.data is None else _fields(bytes(piece.data), piece.part)
                yield piece.document(file.name, position, NAME, fields)
                position += piece.size


def _fields(data: bytes, part: str) -> dict[str, str] | str:
    if part == "preface":
        return {"body": "", "remark": "the cover sheet of the export, no article"}
    decoded = decode(data)
    if isinstance(decoded, str):
        return decoded
    text, remark = decoded
    lines = text.replace("\r\n", "\n").replace("\f", "\n").split("\n")[1:]
    fields: dict[str, str] = {"remark": remark} if remark else {}
    begin = _header(lines, fields)
    end = _end(lines, begin, fields)
    fields["body"] = unwrapped("\n".join(lines[begin:end]))
    if len(fields["body"]) < 200 and _ERROR in fields["body"]:
        return "the export itself says that there is an error in this document: download it again"
    return fields


def _header(lines: list[str], fields: dict[str, str]) -> int:
    """Reads publication, date, headline and labels; gives back the line on which the text begins."""
    top = _centred(lines, fields)
    index, title = _headline(lines, top)
    if index == len(lines):  # no label at all: nothing tells a headline from text
        return top
    begin = _labels(lines, index, fields)
    if title:
        fields.setdefault("title", title)
    return begin


def _centred(lines: list[str], fields: dict[str, str]) -> int:
    """The centred lines: publication, date, edition, copyright."""
    index = 0
    while index < len(lines) and (not lines[index].strip() or _CENTRED.match(lines[index])):
        line = lines[index].strip()
        if line and "publisher" not in fields and not _COPYRIGHT.match(line):
            fields["publisher"] = line
        elif _HAS_DATE.search(line) and not _COPYRIGHT.match(line):
            fields.setdefault("date", line)
        index += 1
    return index


def _headline(lines: list[str], index: int) -> tuple[int, str]:
    """The lines before the first label, and the line that this label stands on."""
    title: list[str] = []
    while index < len(lines) and not _LABEL.match(lines[index]):
        title.append(lines[index].strip())
        index += 1
    return index, " ".join(line for line in title if line)


def _labels(lines: list[str], index: int, fields: dict[str, str]) -> int:
    """Reads the labels before the text; the line behind the last of them."""
    begin = index
    while index < len(lines):
        match = _LABEL.match(lines[index])
        if match and match[1] not in _BEHIND:
            value, index = _value(lines, index, match[2])
            if match[1] == "BYLINE":
                value = _BY.sub("", value)
            if match[1] in _FIELDS and value:
                fields.setdefault(_FIELDS[match[1]], value)
            begin = index
        elif match or lines[index].strip():
            break  # a label that stands behind the text, or the text
        else:
            index += 1
    return begin


def _value(lines: list[str], index: int, first: str) -> tuple[str, int]:
    """A label's value with the lines that it runs on over, and the line behind it."""
    value = [first.strip()]
    index += 1
    while index < len(lines) and lines[index].strip() and not _LABEL.match(lines[index]):
        value.append(lines[index].strip())
        index += 1
    return " ".join(value).strip(), index


def _end(lines: list[str], begin: int, fields: dict[str, str]) -> int:
    """The line behind the text; keeps the language that stands there."""
    end = len(lines)
    for index in range(len(lines) - 1, begin - 1, -1):
        match = _LABEL.match(lines[index])
        if match and match[1] in _BEHIND:
            end = index
            if match[1] == "LANGUAGE":
                fields.setdefault("language", match[2].strip())
        elif _COPYRIGHT.match(lines[index]) and _CENTRED.match(lines[index]):
            end = index
    return end
