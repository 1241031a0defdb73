"""Factiva exports: with field codes, without them, and as XML.

With codes ("full article plus indexing") every field stands behind its code: HD headline, BY author,
PD and ET date and time, SN source, LP and TD text, AN number; SE may stand before HD. Without codes
the same values follow each other unnamed:

    [section] headline [By author] 355 words 1 January 2011 [14:30] source CODE [page] language
    (c) copyright <text> [owner] Document CODE0020110101e711000a1

Each article ends in its accession number, in any language of the interface. HTML marks what is
headline, author and text; text and RTF do not: there a line between headline and word count is taken
for the author where it begins with "By" or is as short as names are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from corpus_db.data import table
from corpus_db.readers.exports.layout import Layout
from corpus_db.readers.exports.lines import CUT, Cut, Line, cuts_at, joined, without_by
from corpus_db.readers.pages.markup import Paragraphs
from corpus_db.readers.pieces import unwrapped
from corpus_db.readers.xml.xml_records import XMLReader
from corpus_db.readers.xml.xml_tree import Node

NAME = "factiva"
_TABLE: Mapping[str, list[str]] = table("readers/exports")["factiva"]
_FIELDS = ("title", "byline", "date", "time", "publisher", "section", "language", "body", "id")
_FIELD_OF = {code: field for field in _FIELDS for code in _TABLE[field]}
_CODES = frozenset((*_FIELD_OF, *_TABLE["ignored"]))
_CODE_LINE = re.compile(r"^([A-Z]{2,4})(?:[ \t\xa0]*\|[ \t\xa0]*|[ \t\xa0]{2,}|\t|$)(.*)$")
# "Document TESTFR0020111229e7ct0001r": source, day, number.
_NUMBER = re.compile(r"^(?:AN[ \t\xa0|]+)?\S{2,20}[ \t\xa0]([A-Z][A-Z0-9]{3,10}\d{8}[a-z0-9]{6,10})\s*\|?$")
_WORDS = re.compile(
    rf"^[\d.,'’\s\xa0]{{1,12}}\s(?:{'|'.join(map(re.escape, _TABLE['words']))})$", re.IGNORECASE
)
_TIME = re.compile(r"^\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s?[A-Z]{2,4})?$")
_DATE = re.compile(r"^(?=.{6,40}$).*(?<!\d)(?:19|20)\d\d(?!\d)")
# "2018 年 10 月 7 日", in Chinese and Japanese.
_EAST_ASIAN_DATE = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_COPYRIGHT = re.compile(r"^(?:\(c\)|©|copyright\b|\(copyright\b)", re.IGNORECASE)
_LANGUAGES = frozenset(_TABLE["languages"])
_CODE_BEGINS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ| \t")
_FIRST = frozenset({"HD", "SE", "CLM"})  # codes that begin an article
_NAME_LENGTH = 60
_SECTION_WORDS = 2
_TEXT_CLASS = "articleParagraph"
_PROPERTY = re.compile(r"^[A-Z0-9]{2,8}$|.*\d")  # a source's code, a page, an edition
_PROPERTIES_WITHIN = 8  # lines behind the date


def _recognises(lines: Sequence[Line]) -> bool:
    return any(len(line.text) < 60 and _NUMBER.match(line.text) for line in lines)


def _cut(lines: Sequence[Line]) -> list[Cut]:
    """Behind every accession number, or, in HTML, before every element of an article."""
    begins = [index for index, line in enumerate(lines) if line.kind == CUT]
    if not begins:
        ends = [index + 1 for index, line in enumerate(lines) if _NUMBER.match(line.text)]
        begins = [_begin(lines, 0, ends[0]), *ends[:-1]]
        last = lines[ends[-1] :]
        if any(_WORDS.match(line.text.strip()) or line.text.startswith("HD") for line in last):
            begins.append(ends[-1])  # an article that the file breaks off in
    return cuts_at(lines, begins, "article", _article)


def _begin(lines: Sequence[Line], begin: int, end: int) -> int:
    """The first line of the first article that has codes; without codes the file begins with it."""
    return next(
        (index for index in range(begin, end) if (found := _code(lines[index])) and found[0] in _FIRST), begin
    )


def _code(line: Line) -> tuple[str, str] | None:
    """(code, value) of a line that begins with the code of a field."""
    match = _CODE_LINE.match(line.text.strip("| \t\xa0")) if line.text[:1] in _CODE_BEGINS else None
    return (match[1], match[2].strip(" |\t\xa0")) if match and match[1] in _CODES else None


def _article(lines: Sequence[Line]) -> dict[str, str]:
    coded = [index for index, line in enumerate(lines) if _code(line)]
    codes = {found[0] for index in coded if (found := _code(lines[index]))}
    fields = _with_codes(lines, coded) if codes & {"HD", "LP", "TD"} else _without_codes(lines)
    if fields.get("byline"):
        names = without_by(fields["byline"])
        fields["byline"] = names.removesuffix(".") if names != fields["byline"] else names
    time = fields.pop("time", "")
    if fields.get("date"):
        fields["date"] = _EAST_ASIAN_DATE.sub(_iso_day, fields["date"])
    if fields.get("date") and time:
        fields["date"] = f"{fields['date']} {time}"
    return {name: value for name, value in fields.items() if value or name == "body"}


def _iso_day(match: re.Match[str]) -> str:
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


def _with_codes(lines: Sequence[Line], coded: Sequence[int]) -> dict[str, str]:
    values: dict[str, list[str]] = {}
    for begin, end in zip(coded, (*coded[1:], len(lines)), strict=True):
        found = _code(lines[begin])
        field = _FIELD_OF.get(found[0]) if found else None
        if found and field:
            text = [found[1], *(line.text.strip() for line in lines[begin + 1 : end])]
            values.setdefault(field, []).extend(value for value in text if value)
    number = next(filter(None, map(_NUMBER.match, values.get("id", []))), None)
    fields = {name: " ".join(parts) for name, parts in values.items()}
    fields["body"] = "\n\n".join(values.get("body", []))
    fields["id"] = number[1] if number else ""
    return fields


def _without_codes(lines: Sequence[Line]) -> dict[str, str]:
    texts = [line for line in lines if line.text.strip()]
    number = None
    for index in range(len(texts) - 1, -1, -1):  # the summary of the search stands behind the last article
        number = _NUMBER.match(texts[index].text.strip())
        if number:
            texts = texts[:index]
            break
    words = next((index for index, line in enumerate(texts) if _WORDS.match(line.text.strip())), None)
    fields = {"id": number[1] if number else ""}
    if words is None:
        return {**fields, "body": joined(texts)}
    _heading(texts[:words], fields)
    begin = _properties(texts, words + 1, fields)
    marked = [line for line in texts[words:] if _TEXT_CLASS in line.kind.split()]
    fields["body"] = joined(marked or texts[begin:])
    return fields


def _heading(lines: Sequence[Line], fields: dict[str, str]) -> None:
    """Section, headline and author from the lines above the word count."""
    left = list(lines)
    marked = [line for line in left if "Headline" in line.kind]
    author = next((line for line in left if "author" in line.kind.split()), None)
    if marked:
        fields["title"] = " ".join(line.text.strip() for line in marked)
        left = [line for line in left if line not in marked and line is not author]
        if author:
            fields["byline"] = author.text.strip()
        if left and len(left[0].text) < _NAME_LENGTH:
            fields["section"] = left[0].text.strip()
        return
    # Of two lines, a short first one is the section: "World" above a headline that may look like a name.
    headed = len(left) > 2 or (len(left) == 2 and len(left[0].text.split()) > _SECTION_WORDS)
    if len(left) > 1 and (without_by(left[-1].text) != left[-1].text or (headed and _is_name(left[-1].text))):
        fields["byline"] = left.pop().text.strip()
    if left:
        fields["title"] = left.pop().text.strip()
    if left:
        fields["section"] = left[-1].text.strip()


def _is_name(text: str) -> bool:
    parts = text.split()
    short = len(text) <= _NAME_LENGTH and 2 <= len(parts) <= 4 and not any(c.isdecimal() for c in text)
    return short and all(part[:1].isupper() for part in parts)


def _properties(lines: Sequence[Line], index: int, fields: dict[str, str]) -> int:
    """Date, time, source and language behind the word count; the line on which the text begins."""
    begin = index
    if index < len(lines) and _DATE.match(lines[index].text.strip()):
        fields["date"] = lines[index].text.strip()
        index += 1
    if index < len(lines) and _TIME.match(lines[index].text.strip()):
        fields["time"] = lines[index].text.strip()
        index += 1
    if index < len(lines):
        fields["publisher"] = lines[index].text.strip()
        begin = index + 1
    for at in range(begin, min(begin + _PROPERTIES_WITHIN, len(lines))):
        text = lines[at].text.strip()
        if text.lower() in _LANGUAGES:
            fields["language"] = text
            begin = at + 1
        elif _COPYRIGHT.match(text):
            before = lines[at - 1].text.strip()
            if at - 1 > begin and "language" not in fields and not _PROPERTY.match(before):
                fields["language"] = before  # named in a language that is not in the table
            return at + 1
    return begin


LAYOUT = Layout(
    NAME,
    _recognises,
    _cut,
    (re.compile(rb"article [a-z]{2}Article\b"),),
    re.compile(r"<div[^>]*\bclass=[\"']article [a-z]{2}Article\b"),
)


# -- XML ------------------------------------------------------------------------------------------


def _xml_article(node: Node, outside: Node | None) -> dict[str, str]:
    """An article of Factiva's XML."""
    date = node.child("publicationDate")
    source = node.child("sourceName", "publisherName")
    parts = [_paragraphs(node.child(name)) for name in ("leadParagraph", "tailParagraphs")]
    return {
        "title": " ".join(_paragraphs(node.child("headline")).split()),
        "body": "\n\n".join(part for part in parts if part),
        "date": date.text() if date else "",
        "byline": text.text() if (text := node.child("byline")) else "",
        "publisher": source.text() if source else "",
        "section": text.text() if (text := node.child("sectionName", "columnName")) else "",
        "language": text.text() if (text := node.child("baseLanguage")) else "",
        "id": text.text() if (text := node.child("accessionNo")) else "",
    }


def _paragraphs(node: Node | None) -> str:
    """The text of <paragraph> elements; without them, of the lines of raw text."""
    if node is None:
        return ""
    paragraphs = [child for child in node.children if isinstance(child, Node) and child.name == "paragraph"]
    if not paragraphs:
        return unwrapped("".join(child for child in node.children if isinstance(child, str)))
    collected = Paragraphs()
    for paragraph in paragraphs:
        collected.text(paragraph.text())
        collected.end()
    return collected.result()


class FactivaXMLReader(XMLReader):
    """Factiva's XML, as its interface for programs and some libraries deliver it."""

    name = "factiva-xml"
    roots = frozenset({"ppsresponse", "ppsarticleresponse"})
    records = frozenset({"article"})
    understand = staticmethod(_xml_article)

    def announced(self, outside: Node | None) -> int | None:
        """The number that the set of results gives."""
        results = outside.find("ppsarticleResultSet") if outside else None
        count = results.get("count") if results else ""
        return int(count) if count.isdecimal() else None
