"""Collections of articles between `<DOC>` and `</DOC>`: TREC, LDC (Gigaword, ACE, TAC), CLEF, trafilatura.

    <DOC id="APW_ENG_20010309.0001" type="story"> <HEADLINE>…</HEADLINE> <DATELINE>…</DATELINE>
    <TEXT> <P> … </P> </TEXT> </DOC>                                      Gigaword, TAC
    <DOC> <DOCNO> AP880212-0001 </DOCNO> <HEAD>…</HEAD> <BYLINE>…</BYLINE> <TEXT> … </TEXT> </DOC>     TREC
    <doc title="…" author="…" date="…" url="…"> <main> <p>…</p> </main> </doc>              trafilatura

Most of them are no XML (no root, bare ampersands), so a file of any size is cut at its tags. Names of
elements and attributes are in `data/readers/sgml.toml`. The dateline stands before the text, as in
print; lines broken at a column width are joined. Where no element gives the date, the number of the
document does, which in these collections begins with the day; a remark says so.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from corpus_db.data import table
from corpus_db.models import SourceDocument
from corpus_db.readers.pieces import decode, documents_at, unwrapped
from corpus_db.readers.walk import InputFile

NAME = "sgml"
_NAMES: Mapping[str, list[str]] = table("readers/sgml")["elements"]
_ATTRIBUTES: Mapping[str, list[str]] = table("readers/sgml")["attributes"]
_TEXTS: list[list[str]] = table("readers/sgml")["text"]["parts"]
_DOCUMENT = re.compile(rb"<doc(?:\s[^<>]{0,380})?>", re.IGNORECASE)
# What stands before the first of them in a file of XML.
_DECLARATION = re.compile(
    rb"\s*(?:<\?xml[^<>]{0,200}\?>\s*|<!DOCTYPE\s[^<>\[]{0,300}>\s*|<docs>\s*)*", re.IGNORECASE
)
_TELLING = re.compile(rb"<(?:docno|docid|text|headline|body|main)[\s>]", re.IGNORECASE)
_NAMED = re.compile(rb"<doc\s[^<>]{0,300}\b(?:id|docid|url|title)\s*=", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w.-]{1,40})\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')")
_BLOCK = re.compile(
    r"</?(?:p|head|quote|item|list|row|table|lb|br|div|h\d)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>")
# "APW_ENG_20010309.0001", "NYT19980601.0001" and "AP880212-0001", "WSJ870324-0001".
_DAY_IN_NUMBER = re.compile(r"[A-Z_]{2,20}((?:19|20)\d\d)(\d\d)(\d\d)[._-]")
_SHORT_DAY_IN_NUMBER = re.compile(r"(?:AP|WSJ)(\d\d)(\d\d)(\d\d)-")
_SHORT_DAY = re.compile(r"(\d\d)(\d\d)(\d\d)$")
_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
_CREDIT = re.compile(r"\s*\(([^()]{2,40})\)")
# The century of a year in two digits: the collections begin in the 1980s.
_NINETEEN = 50


class SGMLReader:
    """Files of `<DOC>` elements."""

    name = NAME
    begins = b"<"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the first tag and one that only such documents have."""
        begin = _DECLARATION.match(head.removeprefix(b"\xef\xbb\xbf"))
        start = head.removeprefix(b"\xef\xbb\xbf")[begin.end() if begin else 0 :]
        return bool(_DOCUMENT.match(start)) and bool(_TELLING.search(start) or _NAMED.match(start))

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document each, and what stands before the first. Raises OSError."""
        return documents_at(file, _DOCUMENT, "document", NAME, _fields)


def _fields(data: bytes) -> dict[str, str] | str:
    decoded = decode(data)
    if isinstance(decoded, str):
        return decoded
    text, remark = decoded[0].replace("\r\n", "\n"), decoded[1]
    begin = text.find(">") + 1
    stated = {match[1].lower(): match[2] or match[3] or "" for match in _ATTRIBUTE.finditer(text, 0, begin)}
    content = text[begin:].rpartition("</")[0] if "</" in text[begin:] else text[begin:]
    fields = {
        field: next((value for name in names if (value := _line(stated.get(name, "")))), "")
        for field, names in _ATTRIBUTES.items()
    }
    for field, names in _NAMES.items():
        if not fields.get(field):
            fields[field] = next((value for name in names if (value := _line(_element(content, name)))), "")
    body = _body(content)
    if body.startswith(f"{fields['title']}\n") and fields["title"]:
        body = body[len(fields["title"]) :].lstrip("\n")
    _tidy(fields)
    remarks = [remark] if remark else []
    if not fields["date"] and (day := _day_of_number(fields["id"])):
        fields["date"] = day
        remarks.append("the day is that of the document's number")
    dateline = fields.pop("dateline")
    if dateline and body:
        fields["place"] = _CREDIT.sub("", dateline).strip(" -_—–")
        credit = _CREDIT.search(dateline)
        fields["agency"] = credit[1] if credit else ""
        if not body.startswith(dateline[: len(fields["place"])]):
            body = f"{dateline} {body}"
    fields.update(body=body, remark="; ".join(remarks))
    return {name: value for name, value in fields.items() if value or name == "body"}


def _body(content: str) -> str:
    """The text: the first kind of it that the document has; without any, all that is no element of its own."""
    for names in _TEXTS:
        parts = [part for name in names if (part := _paragraphs(_element(content, name)))]
        if parts:
            return "\n\n".join(parts)
    for name in (name for names in _NAMES.values() for name in names):
        content = re.sub(rf"(?is)<{name}(?:\s[^<>]{{0,200}})?>.*?</{name}>", "", content)
    return _paragraphs(content)


def _paragraphs(raw: str) -> str:
    if _BLOCK.search(raw):
        parts = (_line(part) for part in _BLOCK.split(raw))
        return "\n\n".join(part for part in parts if part)
    return html.unescape(unwrapped(_TAG.sub("", raw).strip("\n")))


def _line(raw: str) -> str:
    """The text of an element on one line."""
    return " ".join(html.unescape(_TAG.sub(" ", raw)).split())


def _element(text: str, name: str) -> str:
    """What stands between the tags of the first element of this name."""
    begin = re.search(rf"(?i)<{name}(?:\s[^<>]{{0,200}})?>", text)
    if begin is None:
        return ""
    end = re.compile(rf"(?i)</{name}\s*>").search(text, begin.end())
    return text[begin.end() : end.start() if end else len(text)]


def _tidy(fields: dict[str, str]) -> None:
    """Takes out of the values what the collections write into them: "By", decks behind "@", "910514"."""
    fields["byline"] = _BY.sub("", fields["byline"])
    fields["title"] = fields["title"].partition(" @ ")[0]
    if day := _SHORT_DAY.match(fields["date"]):
        fields["date"] = _iso(*day.groups())


def _day_of_number(number: str) -> str:
    """The day that a document's number begins with, "" where it has none."""
    long = _DAY_IN_NUMBER.match(number)
    if long:
        return "-".join(long.groups())
    short = _SHORT_DAY_IN_NUMBER.match(number)
    return _iso(*short.groups()) if short else ""


def _iso(year: str, month: str, day: str) -> str:
    return f"{'19' if int(year) >= _NINETEEN else '20'}{year}-{month}-{day}"
