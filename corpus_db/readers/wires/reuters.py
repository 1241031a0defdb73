"""Reuters-21578: the collection of 1987 in SGML, a thousand articles a file.

    <REUTERS TOPICS="YES" … NEWID="1"> <DATE>26-FEB-1987 15:01:01.79</DATE> <TOPICS><D>cocoa</D></TOPICS>
    <TEXT TYPE="…"> <TITLE>…</TITLE> <AUTHOR>…</AUTHOR> <DATELINE>…</DATELINE> <BODY>… Reuter &#3;</BODY></TEXT></REUTERS>

It is no XML (control characters as references, bytes outside of any encoding), so it is cut at its
tags. The text keeps its dateline before it; lines broken at a column width are joined; the end mark
"Reuter" is left out. A brief has only a title, which is its text. Topics and places are kept as
keywords; texts of TYPE="UNPROC" have no marks inside and are kept whole.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from corpus_db.models import SourceDocument
from corpus_db.readers.pieces import documents_at, unwrapped
from corpus_db.readers.walk import InputFile

NAME = "reuters21578"
_ARTICLE = re.compile(rb"<REUTERS\s[^<>]{0,380}>")
_NUMBER = re.compile(r"\bNEWID=\"(\d{1,9})\"")
_LIST = re.compile(r"<D>([^<]{0,200})</D>")
_REFERENCE = re.compile(r"&#(\d{1,3});")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_END_MARK = re.compile(r"\s*\b(?:reuters?|REUTERS?)\s*\.?\s*$", re.IGNORECASE)
_BY = re.compile(r"^\s*by\s+", re.IGNORECASE)
_AFTER_COMMA = re.compile(r",\s*reuters?\s*$", re.IGNORECASE)


class ReutersReader:
    """The SGML files of Reuters-21578."""

    name = NAME
    begins = b"<"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the document type "lewis" or the first article's tag."""
        start = head.lstrip()
        return start[:1] == b"<" and (
            start[:14].lower() == b"<!doctype lewi" or _ARTICLE.match(start) is not None
        )

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document an article, and what stands before the first. Raises OSError."""
        return documents_at(file, _ARTICLE, "article", NAME, _fields)


def _fields(data: bytes) -> dict[str, str]:
    text = data.decode("cp1252", "replace").replace("\r\n", "\n")
    number = _NUMBER.search(text[:400])
    content = _element(text, "TEXT")
    title = " ".join(_plain(_element(content, "TITLE")).split())
    dateline = " ".join(_plain(_element(content, "DATELINE")).split())
    body = _plain(_element(content, "BODY"))
    if not body and not title:
        body, dateline = _plain(re.sub(r"<[^<>]{0,80}>", "", content)), ""
    # The dateline shortens the first line, which ends where the column does all the same.
    body = _END_MARK.sub("", unwrapped(f"{dateline} {body}" if dateline and body else body))
    fields = {
        "title": title.strip("* "),
        "date": _plain(_element(text, "DATE")).strip(),
        "byline": _AFTER_COMMA.sub("", _BY.sub("", " ".join(_plain(_element(content, "AUTHOR")).split()))),
        "agency": "Reuters",
        "id": number[1] if number else "",
        "keywords": "; ".join(_LIST.findall(_element(text, "TOPICS") + _element(text, "PLACES"))),
        "body": body,
    }
    if title and not body:
        fields.update(title="", body=fields["title"], remark="only a headline, which is taken as the text")
    return {name: value for name, value in fields.items() if value or name == "body"}


def _element(text: str, name: str) -> str:
    """What stands between the tags of the first element of this name."""
    begin = re.search(rf"<{name}(?:\s[^<>]{{0,80}})?>", text)
    if begin is None:
        return ""
    end = text.find(f"</{name}>", begin.end())
    return text[begin.end() : end if end >= 0 else len(text)]


def _plain(text: str) -> str:
    """Text with its references resolved and without control characters."""
    return _CONTROLS.sub("", html.unescape(_REFERENCE.sub(_character, text)))


def _character(match: re.Match[str]) -> str:
    code = int(match[1])
    return chr(code) if 32 <= code < 127 or code in (9, 10) else ""
