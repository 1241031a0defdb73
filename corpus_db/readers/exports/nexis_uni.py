"""Nexis exports, the newer layout ("Nexis Uni"): each article ends in a line "End of Document".

    <headline> <publication> <date> <copyright> Section: … Length: 355 words Byline: … Body
    <text> Classification Language: … Load-Date: … End of Document

Delivered as DOCX, RTF or HTML behind a list of the documents, which is the cover sheet. A header is
read upwards from the line "Body": labels and copyright, the date, the publication above it, and the
headline above that, up to an empty line. That way the first article is found below the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_db.data import table
from corpus_db.readers.exports import nexis
from corpus_db.readers.exports.layout import Layout
from corpus_db.readers.exports.lines import Cut, Line, joined

_TABLE = table("readers/exports")["nexis"]
_END = frozenset(_TABLE["end"])
BODY = frozenset(_TABLE["body"])
_AFTER_BODY = frozenset(_TABLE["after_body"])
_LABELS = frozenset((*nexis.FIELD_OF, *_TABLE["length"]))
_COUNT = re.compile(r"^(?:Documents?|Dokumente?|Documentos?|Documenti|Documenten)\s*\((\d{1,6})\)$")
_ABSTRACT, _FULL_TEXT = "ABSTRACT", "FULL TEXT"
# A header has at most so many lines, and a line with its date at most so many characters.
_HEADER_LINES = 40
_DATE_LENGTH = 80
_TITLE_LENGTH = 300
# What stands in the list of documents above the first article, and at the head of a page.
_OF_THE_LIST = re.compile(
    r"(?:\d{1,6}\.\s|page\s\d|client/matter|search terms|search type|narrowed by|content type|news(?:$|: timeline)|timeline:|-)",
    re.IGNORECASE,
)
_HEADING_STYLES = frozenset({"Heading1", "Title"})
_LINK = re.compile(r"link to (?:image|pdf|original|page|graphic|document|the)\b.{0,40}$", re.IGNORECASE)
_PAGE_OF = re.compile(r"page\s\d{1,5}\sof\s\d", re.IGNORECASE)
# Captions and notes behind the text stand within so many lines of the end.
_TAIL_LINES = 30


def _ends(line: Line) -> bool:
    return line.text.strip().lower() in _END


def _recognises(lines: Sequence[Line]) -> bool:
    return any(_ends(line) for line in lines) and any(
        (found := nexis.label(line.text)) is not None and found[0] in _LABELS for line in lines
    )


def _cut(lines: Sequence[Line]) -> list[Cut]:
    cuts: list[Cut] = []
    begin = 0
    for index, line in enumerate(lines):
        if not _ends(line):
            continue
        top, fields = _article(lines[begin:index])
        if not cuts and top:
            cuts.append(Cut(0, "preface", ""))  # judged once all are counted
            begin = top
        number = len(cuts) + (cuts[:1] == [] or cuts[0].part != "preface")
        cuts.append(Cut(lines[begin].start, f"document {number}", fields))
        begin = index + 1
    if _length_stated(lines[begin:]):
        _, fields = _article(lines[begin:])
        fields["remark"] = "the export ends inside this document: download it again"
        cuts.append(Cut(lines[begin].start, f"document {len(cuts) + (cuts[0].part != 'preface')}", fields))
    if cuts[0].part == "preface":
        announced = next((int(found[1]) for line in lines if (found := _COUNT.match(line.text))), None)
        cuts[0] = cuts[0]._replace(content=nexis.cover(announced, len(cuts) - 1))
    return cuts


def _length_stated(lines: Sequence[Line]) -> bool:
    return any((found := nexis.label(line.text)) and found[0] in _TABLE["length"] for line in lines)


def _article(piece: Sequence[Line]) -> tuple[int, dict[str, str]]:
    """(first line, fields) of the article that ends `piece`."""
    body = next((index for index, line in enumerate(piece) if line.text.lower() in BODY), None)
    if body is None:  # a picture alone, or a layout without the word: the text follows the last label
        labels = [
            index
            for index, line in enumerate(piece)
            if (found := nexis.label(line.text)) and found[0] in _LABELS
        ]
        body = labels[-1] if labels else -1
    fields: dict[str, str] = {}
    top = _header(piece, body, fields)
    end = _end(piece, body + 1, fields)
    begin = _behind_abstract(piece, _behind_links(piece, body + 1, end), end)
    fields["body"] = joined(piece[begin:end])
    return top, fields


def _behind_links(piece: Sequence[Line], begin: int, end: int) -> int:
    """Where the text begins below the addresses of other renderings of it."""
    while begin < end and (not piece[begin].text.strip() or _LINK.match(piece[begin].text.strip())):
        begin += 1
    return begin


def _behind_abstract(piece: Sequence[Line], begin: int, end: int) -> int:
    """Where the text begins: behind "FULL TEXT" where an abstract stands before it."""
    words = [(index, piece[index].text.strip()) for index in range(begin, end) if piece[index].text.strip()]
    if words and words[0][1] == _ABSTRACT:
        return next((index + 1 for index, text in words if text == _FULL_TEXT), begin)
    return begin


def _header(piece: Sequence[Line], body: int, fields: dict[str, str]) -> int:
    """Reads the header upwards from the text; its first line."""
    index = date = body
    while index >= max(0, body - _HEADER_LINES):
        text = piece[index].text
        found = nexis.label(text)
        if found and (found[0] in _LABELS or found[0] in _TABLE["ignored"]):
            nexis.keep(fields, *found)
        elif nexis.HAS_DATE.search(text) and len(text) < _DATE_LENGTH and not nexis.COPYRIGHT.match(text):
            date = index
            break
        index -= 1
    else:
        return max(0, body)
    fields["date"] = nexis.with_time(piece[date].text.strip())
    above = [at for at in range(date - 1, -1, -1) if piece[at].text.strip()][:1]
    if not above:
        return date
    fields["publisher"] = piece[above[0]].text.strip()
    top = above[0]
    while top > 0 and _belongs_to_title(piece, top - 1, above[0]):
        top -= 1
    title = " ".join(
        line.text.strip() for line in piece[top : above[0]] if not _PAGE_OF.match(line.text.strip())
    )
    if not title:
        title, top = _title_apart(piece, top)
    if title:
        fields["title"] = title
    return top


def _belongs_to_title(piece: Sequence[Line], index: int, publication: int) -> bool:
    """Whether a line above the publication is of the headline: of the style of its last line, and not of the list."""
    line, last = piece[index], piece[publication - 1]
    text = line.text.strip()
    if not text or (line.kind != last.kind and last.kind != piece[publication].kind):
        return False
    return line.kind in _HEADING_STYLES or not _OF_THE_LIST.match(text)


def _title_apart(piece: Sequence[Line], top: int) -> tuple[str, int]:
    """(title, its line) where an empty line stands between headline and publication, as in texts made of a file."""
    above = [at for at in range(top - 1, -1, -1) if piece[at].text.strip()][:1]
    text = piece[above[0]].text.strip() if above else ""
    if not text or len(text) > _TITLE_LENGTH or _OF_THE_LIST.match(text):
        return "", top
    return text, above[0]


def _end(piece: Sequence[Line], begin: int, fields: dict[str, str]) -> int:
    """The line behind the text: above classification, load date, captions; keeps the language."""
    end = len(piece)
    for index in range(len(piece) - 1, begin - 1, -1):
        text = piece[index].text.strip()
        found = nexis.label(text)
        if found and found[0] in nexis.BEHIND:
            if found[0] in nexis.LANGUAGE:
                fields["language"] = found[1]
        elif text and text.lower() not in _AFTER_BODY:
            break
        end = index
    for index in range(max(begin, end - _TAIL_LINES), end):
        if piece[index].text.strip().lower() in _AFTER_BODY:
            return index
    return end


_IN_HTML = b"|".join(re.escape(words.encode()) for words in sorted(_END))
LAYOUT = Layout("nexis", _recognises, _cut, (re.compile(_IN_HTML, re.IGNORECASE),))
