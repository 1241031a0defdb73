"""Nexis (LexisNexis) exports, the older layout: documents behind "8 of 383 DOCUMENTS".

    <centred: publication> <centred: date> <headline, one or more lines> BYLINE: … SECTION: …
    LENGTH: 355 words <text> LOAD-DATE: … LANGUAGE: … PUBLICATION-TYPE: …

Text, HTML, RTF and DOCX deliver the same lines, only text centres some of them and breaks them at 80
columns, which is undone. The number of the position line counts the whole search, not the file.
Labels stand at the line's start, in the language of the interface (`data/readers/exports.toml`); those
before the text and those behind it are told apart by LENGTH, which always stands last before the
text. The cover sheet of the export is a piece of its own that holds no article; where it announces
another number of documents than the file holds, it is rejected with both numbers, so that a cut-off
download is seen.

Text files may be of any size and are cut as they are read; the newer layout ("Nexis Uni",
`nexis_uni`) shares the labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus_db.data import table
from corpus_db.models import SourceDocument
from corpus_db.readers.exports.layout import Layout
from corpus_db.readers.exports.lines import Cut, Line, cuts_at, without_by
from corpus_db.readers.limits import CHUNK_BYTES
from corpus_db.readers.pieces import TOO_LONG, cut_before, decode, unwrapped
from corpus_db.readers.walk import InputFile

NAME = "nexis"
COVER = "the cover sheet of the export, no article"

_TABLE: Mapping[str, list[str]] = {
    name: words for name, words in table("readers/exports")["nexis"].items() if isinstance(words, list)
}
_OF = "|".join(table("readers/exports")["nexis"]["position"]["first"])
_DOCUMENTS = "|".join(table("readers/exports")["nexis"]["position"]["words"])
# The number first in capitals, or the word first ("Dokument 8 von 383"), which ProQuest writes in
# English too.
_NUMBER_FIRST = rf"(\d{{1,6}})[ \t\xa0]+(?:{_OF})[ \t\xa0]+(\d{{1,6}})[ \t\xa0]+(?:{_DOCUMENTS.upper()})"
_WORD_FIRST = rf"(?:{_DOCUMENTS})[ \t\xa0]+(\d{{1,6}})[ \t\xa0]+(?:von|de)[ \t\xa0]+(\d{{1,6}})"
_POSITION_LINE = re.compile(rf"\s*(?:{_NUMBER_FIRST}|(?i:{_WORD_FIRST}))\s*$")
_POSITION = re.compile(
    rb"(?m)^[ \t\x0c]*(?:"
    + _NUMBER_FIRST.encode("latin-1")
    + rb"|(?i:"
    + _WORD_FIRST.encode("latin-1")
    + rb"))[ \t]*\r?$"
)
_LABEL = re.compile(r"^([^\W\d_][^\W\d_ -]*(?:[ -][^\W\d_]+)*):[ \t\xa0]?(.*)$")
_LABEL_LENGTH = 26
FIELD_OF = {word: field for field in ("byline", "section", "place", "title", "url") for word in _TABLE[field]}
_BEFORE = frozenset((*FIELD_OF, *_TABLE["length"], *_TABLE["ignored"]))
# These stand behind the text; each of them ends it.
BEHIND = frozenset((*_TABLE["behind"], *_TABLE["language"]))
# In capitals, at the line's start: without any of them "Dokument 1 von 3" is somebody's own numbering.
_LABELS = sorted(_BEFORE | BEHIND)
_ANY_LABEL = re.compile(
    rb"(?m)^[ \t]*(?:"
    + b"|".join(
        re.escape(word.upper()).replace("\\ ", "[ -]").encode(encoding)
        for word in _LABELS
        for encoding in (["utf-8"] if word.isascii() else ["utf-8", "cp1252"])
    )
    + rb"):"
)
LANGUAGE = frozenset(_TABLE["language"])
_CENTRED = re.compile(r"^[ \t]{8,}\S")
HAS_DATE = re.compile(r"\b(?:1[89]|20)\d\d\b")
COPYRIGHT = re.compile(r"^\s*(?:Copyright|All Rights Reserved|Alle Rechte vorbehalten|©)", re.IGNORECASE)
# "July 1, 2019 Monday 9:20 AM GMT", "27. Februar 2012 Montag 9:50 PM GMT+1".
_WEEKDAY = re.compile(r"(\d{4}),?\s[^\W\d_]+(?:-[^\W\d_]+)?\s(\d{1,2}:\d\d)")
_HOURS = re.compile(r"((?:GMT|UTC)[+-])(\d{1,2})(?::?(\d\d))?$")
_EDITION = re.compile(
    r"\b(?:edition|ausgabe|édition|edición)\b|^(?:correction appended|final)$", re.IGNORECASE
)
_ADDRESS = 300
_ERROR = "error in this document"
_SELECTED = re.compile(rb"(?m)^[ \t]*Download Request: Selected Items?: ([\d, -]{1,200}?)[ \t]*\r?$")
_HEAD_OF_COVER = 20_000
_COVER_MARKS = (b"Time Of Request", b"Download Request")
_WORDS = (b"DOKUMENT", b"kument ", b"Document ", b" Request")
# What stands in each of them and in "DOCUMENT": fewer looks, for every plain text pays them.
_PARTS = (b"UMENT", b"ument ", b" Request")
_TOP = 2_000


class NexisReader:
    """Nexis text exports."""

    name = NAME
    has_lines = True

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """A position line within the first bytes, and a label that only such exports have."""
        if (
            head.find(_PARTS[0]) < 0
            and head.find(_PARTS[1], 0, _TOP) < 0
            and head.find(_PARTS[2], 0, _TOP) < 0
        ):
            return False
        top = head[:_TOP]
        if b"DOCUMENT" not in head and not any(word in top for word in _WORDS):
            return False
        if any(mark in top for mark in _COVER_MARKS):  # a cover sheet can be longer than the head
            head = file.content() or head
        if _POSITION.search(head) is None:
            return False
        return _ANY_LABEL.search(head) is not None or _ANY_LABEL.search(file.content() or b"") is not None

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document a position line, and the cover sheet. Raises OSError."""
        position = 0
        with file.open() as stream:
            for piece in cut_before(stream, _POSITION, "document"):
                content: dict[str, str] | str = TOO_LONG
                if piece.data is not None:
                    data = bytes(piece.data)
                    content = _cover(file, data) if piece.part == "preface" else _document(data)
                yield piece.document(file.name, position, NAME, content)
                position += piece.size


def _cover(file: InputFile, data: bytes) -> dict[str, str] | str:
    """The cover sheet; a reason where it announces more or fewer documents than there are."""
    announced = _SELECTED.search(data[:_HEAD_OF_COVER])
    if announced:
        found = 0
        with file.open() as stream:
            tail = b""
            while chunk := stream.read(CHUNK_BYTES):
                buffer = tail + chunk
                cut = buffer.rfind(b"\n") + 1
                found += len(_POSITION.findall(buffer[:cut]))
                tail = buffer[cut:][-CHUNK_BYTES:]
            found += len(_POSITION.findall(tail))
        return cover(_count(announced[1].decode("ascii")), found)
    return cover(None, 0)


def _count(items: str) -> int | None:
    """How many items "1-10, 12" are."""
    total = 0
    for part in items.replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            return None
        total += int(last) - int(first) + 1 if dash else 1
    return total


def cover(announced: int | None, found: int) -> dict[str, str] | str:
    """What becomes of a cover sheet that announces so many documents (None: it does not say)."""
    if announced is not None and announced != found:
        return f"the export announces {announced} documents, the file holds {found}: download it again"
    return {"body": "", "remark": COVER}


def _document(data: bytes) -> dict[str, str] | str:
    decoded = decode(data)
    if isinstance(decoded, str):
        return decoded
    text, remark = decoded
    lines = text.replace("\r\n", "\n").replace("\f", "\n").split("\n")[1:]
    fields = _article(lines, wrapped=True)
    if remark and isinstance(fields, dict):
        fields["remark"] = remark
    return fields


def _article(lines: list[str], *, wrapped: bool) -> dict[str, str] | str:
    """The fields of one document from the lines behind its position line."""
    fields: dict[str, str] = {}
    begin = _header(lines, fields, wrapped)
    end = _end(lines, begin, fields)
    if wrapped:
        fields["body"] = unwrapped("\n".join(lines[begin:end]))
    else:
        fields["body"] = "\n\n".join(line.strip() for line in lines[begin:end] if line.strip())
    if len(fields["body"]) < 200 and _ERROR in fields["body"]:
        return "the export itself says that there is an error in this document: download it again"
    return fields


def label(line: str) -> tuple[str, str] | None:
    """(label, value) of a line that begins with a label: lower case, "-" as a space."""
    match = _LABEL.match(line) if ":" in line[:_LABEL_LENGTH] else None
    if match is None:
        return None
    return match[1].lower().replace("-", " "), match[2].strip()


def _label(line: str) -> tuple[str, str] | None:
    """A label as this layout writes all of them: in capitals."""
    found = label(line)
    return found if found and line[: len(found[0])].isupper() else None


def _header(lines: list[str], fields: dict[str, str], wrapped: bool) -> int:
    """Reads publication, date, headline and labels; gives back the line on which the text begins."""
    top = _centred(lines, fields) if wrapped else _uncentred(lines, fields)
    index, title = _headline(lines, top)
    if index == len(lines):  # no label at all: nothing tells a headline from text
        return top
    begin = _labels(lines, index, fields, wrapped)
    if title:
        fields.setdefault("title", title)
    return begin


def _centred(lines: list[str], fields: dict[str, str]) -> int:
    """The centred lines: publication, date, edition, copyright."""
    index = 0
    while index < len(lines) and (not lines[index].strip() or _CENTRED.match(lines[index])):
        _take_top(lines[index].strip(), fields)
        index += 1
    return index


def _uncentred(lines: list[str], fields: dict[str, str]) -> int:
    """The same lines where nothing is centred: up to the date, and what is known to follow it."""
    index = 0
    while index < len(lines) and not _label(lines[index]):
        line = lines[index].strip()
        if line and "date" in fields and not COPYRIGHT.match(line) and not _EDITION.search(line):
            break
        _take_top(line, fields)
        index += 1
    return index if "date" in fields else 0


def _take_top(line: str, fields: dict[str, str]) -> None:
    if not line or COPYRIGHT.match(line):
        return
    if "publisher" not in fields:
        fields["publisher"] = line
    elif HAS_DATE.search(line):
        fields.setdefault("date", with_time(line))


def with_time(line: str) -> str:
    """A date's line without the day of the week between day and time, and with the zone as ISO has it."""
    return _HOURS.sub(_zone, _WEEKDAY.sub(r"\1 \2", line))


def _zone(match: re.Match[str]) -> str:
    return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}"


def _headline(lines: list[str], index: int) -> tuple[int, str]:
    """The lines before the first label, and the line that this label stands on."""
    title: list[str] = []
    while index < len(lines) and not _label(lines[index]):
        title.append(lines[index].strip())
        index += 1
    return index, " ".join(line for line in title if line)


def _labels(lines: list[str], index: int, fields: dict[str, str], wrapped: bool) -> int:
    """Reads the labels before the text; the line behind the last of them."""
    begin = index
    known_only = False  # behind LENGTH, what is not known is text: "POLICE: two held"
    while index < len(lines):
        found = _label(lines[index])
        if found and found[0] in _TABLE["body"]:
            lines[index] = found[1]
            return index
        if found and (found[0] in _BEFORE or not (known_only or found[0] in BEHIND)):
            name, first = found
            value, index = _value(lines, index, first) if wrapped else (first, index + 1)
            keep(fields, name, value)
            begin = index
            known_only = known_only or name in _TABLE["length"]
        elif found or lines[index].strip():
            break  # a label that stands behind the text, or the text
        else:
            index += 1
    return begin


def keep(fields: dict[str, str], name: str, value: str) -> None:
    """Keeps the value of the label `name` where it is a field's and the first of its kind."""
    field = FIELD_OF.get(name)
    if field == "byline":
        value = without_by(value)
    if field and value:
        fields.setdefault(field, value)


def _value(lines: list[str], index: int, first: str) -> tuple[str, int]:
    """A label's value with the lines that it runs on over, and the line behind it."""
    value = [first]
    index += 1
    while index < len(lines) and lines[index].strip() and not _label(lines[index]):
        value.append(lines[index].strip())
        index += 1
    return " ".join(value).strip(), index


def _end(lines: list[str], begin: int, fields: dict[str, str]) -> int:
    """The line behind the text; keeps the language that stands there."""
    end = len(lines)
    for index in range(len(lines) - 1, begin - 1, -1):
        found = _label(lines[index])
        if found and found[0] in BEHIND:
            end = index
            if found[0] in LANGUAGE:
                fields.setdefault("language", found[1])
        elif found and found[0] in _TABLE["url"] and len(found[1]) < _ADDRESS:
            end = index
            keep(fields, *found)
        elif COPYRIGHT.match(lines[index]) and _CENTRED.match(lines[index]):
            end = index
    return end


# -- the layout in HTML, RTF and DOCX -------------------------------------------------------------


def _recognises(lines: Sequence[Line]) -> bool:
    return any(_POSITION_LINE.match(line.text) for line in lines if len(line.text) < 60) and any(
        (found := _label(line.text)) is not None and (found[0] in _BEFORE or found[0] in BEHIND)
        for line in lines
    )


def _cut(lines: Sequence[Line]) -> list[Cut]:
    starts = [index for index, line in enumerate(lines) if _POSITION_LINE.match(line.text)]
    preface = cover(_announced(lines[: starts[0]]), len(starts))
    return cuts_at(lines, starts, "document", _from_lines, preface)


def _from_lines(lines: Sequence[Line]) -> dict[str, str] | str:
    return _article([line.text for line in lines[1:]], wrapped=False)


def _announced(lines: Sequence[Line]) -> int | None:
    text = "\n".join(line.text for line in lines).encode("utf-8", "replace")
    found = _SELECTED.search(text[:_HEAD_OF_COVER])
    return _count(found[1].decode("ascii")) if found else None


_IN_HTML = (rb"DO[CK]UMENT[ENS]{0,2}\s*<", rb"Dokument \d{1,6} von \d", rb"Document \d{1,6} de \d")
LAYOUT = Layout(NAME, _recognises, _cut, tuple(re.compile(pattern) for pattern in _IN_HTML))
