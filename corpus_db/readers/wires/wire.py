"""Telegraph wires: IPTC 7901 (dpa and others in Europe) and ANPA 1312 (AP and others in America).

Both put a message between control characters: SOH header STX text ETX trailer EOT. In IPTC 7901
the text begins with the headline, which "=" may end; in ANPA the text begins with lines "^…<" or
"^…=", of which the first is the slug and the next the headline. The trailer holds the time of
transmission. A file may hold any number of messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_db.models import SourceDocument
from corpus_db.readers.pieces import TOO_LONG, cut_before, unwrapped
from corpus_db.readers.walk import InputFile

NAME = "wire"
_MESSAGE = re.compile(rb"[\x16\r\n]{0,8}\x01[^\x00-\x08\x0b\x0c\x0e-\x10\x14-\x1e]{0,300}?\x02", re.DOTALL)
_START_WITHIN = 64
_SLUG = re.compile(r"^(?:[A-Z]{2,4}-{1,2})+\S|,\d{1,5}(?:-\d+)?$")
_BYLINE = re.compile(r"^By\s+(.{2,120})$", re.IGNORECASE)
_NO_HEADLINE = re.compile(
    r"^(?:Eds?|AP Photos?|AP Graphic|AP Video|.{0,20}Photo [A-Z]{2,}\d).{0,200}$|^(?:The )?Associated Press$"
)
_NOTES = re.compile(r"\n[ \t]*(?:#\s?\w[^\n]*|\*(?:\s\*){2,}[ \t]*)\n.*", re.DOTALL)
# "San Diego (tca/dpa) - …": who wrote it and who passed it on.
_JOINT_CREDIT, _CREDIT_WITHIN = re.compile(r"\((\w[\w .-]{1,20}/\w[\w .-]{1,20})\)"), 80
_INDENTED = re.compile(r"(?:\t| {2,})\s*\S")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class WireReader:
    """IPTC 7901 and ANPA 1312."""

    name = NAME

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """SOH near the beginning with STX behind it, in what is text otherwise."""
        if head.find(b"\x01", 0, _START_WITHIN + 8) < 0 or b"\x00" in head:
            return False
        match = _MESSAGE.search(head[:1_024])
        return match is not None and match.start() <= _START_WITHIN

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document a message. Raises OSError."""
        position = 0
        with file.open() as stream:
            for piece in cut_before(stream, _MESSAGE, "message"):
                fields = TOO_LONG if piece.data is None else _fields(bytes(piece.data))
                yield piece.document(file.name, position, NAME, fields)
                position += piece.size


def _fields(data: bytes) -> dict[str, str] | str:
    """The fields of one message. Wires are ISO 646 or latin-1; newer ones Windows-1252."""
    text = data.decode("cp1252", "replace").replace("\r\n", "\n").replace("\r", "\n")
    _header, marked, rest = text.partition("\x02")
    if not marked:
        return {"body": "", "remark": "no message: only what stands between messages"}
    content, _, trailer = rest.partition("\x03")
    fields = {"trailer": _CONTROLS.sub("", trailer).strip()}
    carets = content.lstrip().startswith("^")
    body = _anpa(content, fields) if carets else _iptc(content, fields)
    fields["body"] = _CONTROLS.sub("", unwrapped(body) if not carets else _lines(body))
    fields["extracted"] = NAME
    credit = _JOINT_CREDIT.search(fields["body"][:_CREDIT_WITHIN])
    if credit:
        fields["publisher"] = credit[1]
    return {name: value for name, value in fields.items() if value or name == "body"}


def _anpa(content: str, fields: dict[str, str]) -> str:
    """Takes the "^" lines off the top; gives back the text below them."""
    lines = content.lstrip("\n").split("\n")
    count = 0
    for line in lines:
        if not line.startswith("^"):
            break
        count += 1
        value = line[1:].rstrip().rstrip("<=").strip()
        byline = _BYLINE.match(value)
        if byline:
            fields.setdefault("byline", byline[1])
        elif count == 1 and _SLUG.search(value):
            continue
        elif not _NO_HEADLINE.match(value):
            fields.setdefault("title", value)
    return "\n".join(lines[count:])


def _iptc(content: str, fields: dict[str, str]) -> str:
    """Takes headline and byline, the first paragraph, off the top; cuts staff notes off the end."""
    top, body = _headline(content.lstrip("\n"))
    lines = [line.rstrip().rstrip("=").rstrip() for line in top.split("\n") if line.strip()]
    byline = _BYLINE.match(lines[-1]) if len(lines) > 1 else None
    if byline:
        fields["byline"] = byline[1]
        lines.pop()
    if not body.strip():
        return content
    fields["title"] = " ".join(lines)
    return _NOTES.sub("", "\n" + body)


def _headline(content: str) -> tuple[str, str]:
    """(lines of the headline, the text below): an empty line stands between the two, or the text is indented."""
    top, _, body = content.partition("\n\n")
    lines = top.split("\n")
    indented = next((index for index, line in enumerate(lines) if _INDENTED.match(line)), 0)
    if indented:
        return "\n".join(lines[:indented]), content.split("\n", indented)[indented]
    return top, body


def _lines(text: str) -> str:
    """ANPA paragraphs: a tab and spaces begin one, blanks at line ends mean nothing, and a "<" there ends the line."""
    lines = [line.strip().removesuffix("<").rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
