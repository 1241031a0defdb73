"""ProQuest exports as text, HTML, RTF or DOCX: labelled fields in the words of the interface.

    ____________________________________________________________
    A headline
    Author: Olivares, Ana
    Publication info: The Paper ; Lima. 08 May 2010: A.2.
    Full text: … Subject: … Publication title: … Publication date: May 8, 2010 … Database: …

Documents stand between long lines of "_"; in HTML each is an element with an anchor "DocID_…". A
document begins at its headline or "Title:" and ends with its last label. Where an export has only
the abstract, that is the body, with a remark. Other languages of the interface have labels of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus_db.data import table
from corpus_db.readers.exports.layout import Layout
from corpus_db.readers.exports.lines import CUT, Cut, Line, cuts_at

_TABLE: Mapping[str, list[str]] = table("readers/exports")["proquest"]
_FIELD_OF = {label: field for field, labels in _TABLE.items() for label in labels}
_RULE = re.compile(r"^(?:_{30,}|\*{30,})$")
_LABEL = re.compile(r"^([^\W\d_][\w /().-]{2,38}?)\s?:(?:\s+(.*))?$")
# Fields whose labels are the archive's own, and those that stand behind the full text and in no article.
_OWN = frozenset({"id", "body", "publisher", "url"})
_AFTER_TEXT = frozenset({"publisher", "date", "id", "url"})
_YEAR = "publication year"
# The same as lines of their own, which the newer DOCX and RTF have.
_HEADINGS = {
    "full text": "body",
    "abstract": "abstract",
    "abstract (english)": "abstract",
    "details": "ignored",
    "links": "ignored",
}
_LONGEST_HEADING = 20
_RANKS = ("Heading1", "Heading2", "Heading3")
# "Olivares, Ana. The Paper; Lima [Lima]. 08 May 2010: A.2." below the headline.
_CITATION = re.compile(
    r"(?:(?P<by>[^.;]{3,80})\.\s)?(?P<info>[^.;]{2,80}(?:;[^\[]{0,60}(?:\[[^\]]{0,80}\])?)?\.?\s?\d{1,2} [A-Z][a-z]{2,8} \d{4}\b.{0,40})$"
)
_DATE_IN_INFO = re.compile(r"\b(\d{1,2} [A-Z][a-z]{2,8} (?:1[6-9]|20)\d\d)\b")
_PLACE_BEHIND = re.compile(r"\s*;.*$")
_LINK = re.compile(
    r"^(?:ProQuest[ -]Dokument-?Link|ProQuest document link|Enlace de documentos? de ProQuest|Lien (?:vers le|du) document ProQuest"
    r"|Link do documento (?:do )?ProQuest|https?://\S+)$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"^(?:Contact us at|Database copyright|Terms and Conditions|Bibliography|Citation style)\b"
)
_BEGINS = re.compile(r"<a\s[^>]*\bname=[\"']DocID_", re.IGNORECASE)


def _label(text: str) -> tuple[str, str] | None:
    """(field, value) of a line that begins with a known label."""
    heading = _HEADINGS.get(text.lower()) if len(text) < _LONGEST_HEADING else None
    if heading:
        return heading, ""
    match = _LABEL.match(text) if ":" in text[:42] else None
    field = _FIELD_OF.get(" ".join(match[1].lower().split())) if match else None
    return (field, (match[2] or "").strip()) if match and field else None


def _recognises(lines: Sequence[Line]) -> bool:
    seen = set()
    for line in lines:
        match = _LABEL.match(line.text) if ":" in line.text[:42] else None
        field = _FIELD_OF.get(match[1].lower()) if match else None
        if field in _OWN:
            seen.add(field)
    return len(seen) >= 2 and any("proquest" in line.text.lower() for line in lines)


def _cut(lines: Sequence[Line]) -> list[Cut]:
    marks = [index for index, line in enumerate(lines) if line.kind == CUT or _RULE.match(line.text.strip())]
    marks = marks or _headlines(lines)
    begins = [
        begin
        for begin, end in zip((0, *marks), (*marks, len(lines)), strict=True)
        if any(_label(line.text) for line in lines[begin:end])
    ]
    return cuts_at(lines, begins, "article", _article)


def _headlines(lines: Sequence[Line]) -> list[int]:
    """In a PDF, where rules are drawn: the headings of one rank, where each has one document's number below it."""
    numbers = [index for index, line in enumerate(lines) if (found := _label(line.text)) and found[0] == "id"]
    for rank in _RANKS:
        marks = [index for index, line in enumerate(lines) if line.kind == rank]
        ends = [*marks[1:], len(lines)]
        marks = [begin for begin, end in zip(marks, ends, strict=False) if _within(numbers, begin, end)]
        if len(marks) == len(numbers) > 1:
            return marks
    return []


def _within(numbers: Sequence[int], begin: int, end: int) -> bool:
    return any(begin < number < end for number in numbers)


def _article(lines: Sequence[Line]) -> dict[str, str]:
    values: dict[str, list[str]] = {}
    heading: list[str] = []
    current: list[str] = heading
    begin, end = _full_text(lines)
    for index, line in enumerate(lines):
        text = line.text.strip()
        if not text or _RULE.match(text):
            continue
        found = None if begin < index < end else _label(text)
        if found:
            current = values.setdefault(found[0], [])
            current.extend([found[1]] if found[1] else [])
        elif _CONTACT.match(text):
            current = []
        else:
            current.append(text)
    fields = {
        name: " ".join(values[name])
        for name in ("title", "byline", "date", "publisher", "section", "language", "url", "id")
        if values.get(name)
    }
    top = [text for text in heading if not _LINK.match(text)]
    cited = _CITATION.match(top[-1]) if len(top) > 1 else None
    if cited:
        top.pop()
        values.setdefault("info", [cited["info"]])
        if cited["by"]:
            fields.setdefault("byline", cited["by"])
    if top:
        fields.setdefault("title", top[-1])
    _take_info(" ".join(values.get("info", [])), fields)
    if "publisher" in fields:
        fields["publisher"] = _PLACE_BEHIND.sub("", fields["publisher"])
    body = values.get("body") or values.get("abstract") or []
    fields["body"] = "\n\n".join(body)
    if body and not values.get("body"):
        fields["remark"] = "the export has only an abstract, which is taken as the body"
    return fields


def _full_text(lines: Sequence[Line]) -> tuple[int, int]:
    """The lines that the full text begins in and ends before: "Source: …" inside it is text."""
    labels = [_label(line.text.strip()) for line in lines]
    begin = next((index for index, found in enumerate(labels) if found and found[0] == "body"), len(lines))
    end = next((i for i in range(begin + 1, len(lines)) if _own(lines[i].text.strip())), begin)
    while end - 1 > begin and (labels[end - 1] or not lines[end - 1].text.strip()):
        end -= 1
    return begin, end


def _own(text: str) -> bool:
    match = _LABEL.match(text) if ":" in text[:42] else None
    name = match[1].lower() if match else ""
    return name == _YEAR or _FIELD_OF.get(name) in _AFTER_TEXT


def _take_info(info: str, fields: dict[str, str]) -> None:
    """Publication and date from "The Paper ; Lima. 08 May 2010: A.2." where no labels give them."""
    if not info:
        return
    fields.setdefault("publisher", _PLACE_BEHIND.sub("", info))
    date = _DATE_IN_INFO.search(info)
    if date:
        fields.setdefault("date", date[1])


LAYOUT = Layout(
    "proquest",
    _recognises,
    _cut,
    (
        re.compile(
            rb"ProQuest document ID|ProQuest[ -]Dokument-ID|documento (?:de |do )?ProQuest|document ProQuest"
        ),
        re.compile(rb"DocID_"),
    ),
    _BEGINS,
)
