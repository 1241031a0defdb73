"""The text of a news item, out of whatever an agency packed it in.

Agencies write paragraphs as elements of NITF or XHTML, as HTML inside text, or as lines of a column
width with indented paragraphs, as on the old wires. Captions, page headers and what repeats the headline
are left out; so is the sign-off of the desk at the end ("hh/ph/ts/hd", "ends").
"""

from __future__ import annotations

import re

from corpus_db.readers.exports.lines import without_by
from corpus_db.readers.pages.markup import to_text
from corpus_db.readers.pieces import unwrapped
from corpus_db.readers.xml.xml_records import ONLY_HEADLINE, Fields
from corpus_db.readers.xml.xml_tree import Node

_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
_INITIALS = re.compile(r"^[a-z]{1,4}(?:/[a-z]{1,4})+$")
_STAMP = re.compile(r"^(\d{8}T\d{6})([+-]\d{4}|Z)?$")
# A last paragraph that only names the staff ("hh/ph/ts/hd", "AAP RTV ar") or says that this was all.
_SIGN_OFF = re.compile(
    r"(?:\n\n(?:[a-z]{2,4}(?:/[a-z]{2,4})+|[A-Z]{2,5}(?:\s[A-Z]{2,5}){0,2}\s[a-z]{1,3}(?:/[a-z]{1,3})*|(?i:ends?|endit)))+$"
)
# Elements of NITF and XHTML whose text is not the story's.
_BESIDE = frozenset(
    {"header", "footer", "nav", "aside", "figure", "figcaption", "media", "byttl", "style", "script"}
)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});")
_BLOCK_END = re.compile(r"</?(?:p|div|br|li|h\d|tr)\b[^<>]{0,300}>", re.IGNORECASE)
_LETTERS_FIRST = re.compile(r"^[^\W\d_]")
# Text of a column width: so many lines at least, none longer, some of them indented.
_LINES, _WIDTH = 4, 100


def story(content: Node | None, title: str = "") -> str:
    """The paragraphs of `content`, without a first one that repeats `title`."""
    if content is None:
        return ""
    raw = content.raw_text(_BESIDE)
    if _TAG.search(raw) and not any(isinstance(child, Node) for child in content.children):
        text = _inside_text(raw)
    elif _is_column(raw):
        text = unwrapped(raw.strip("\n"))
    else:
        paragraphs = content.paragraphs(_BESIDE).split("\n\n")
        text = "\n\n".join(
            filter(None, (to_text(part) if _TAG.search(part) else part for part in paragraphs))
        )
    first, _, rest = text.partition("\n\n")
    if rest and title and first.strip() == title:
        text = rest
    return _SIGN_OFF.sub("", text)


def _inside_text(raw: str) -> str:
    """HTML that is the text of an element; its lines may be those of a column."""
    lines = _BLOCK_END.sub("\n", raw)
    return to_text(unwrapped(lines.strip("\n")).replace("\n\n", "<p>")) if _is_column(lines) else to_text(raw)


def _is_column(raw: str) -> bool:
    """Whether a text is broken into lines of a column width, with paragraphs that are indented."""
    lines = [line for line in raw.split("\n") if line.strip()]
    if len(lines) < _LINES or max(map(len, lines)) > _WIDTH:
        return False
    flush = sum(not line[0].isspace() for line in lines)
    return flush * 3 >= len(lines)


def headed(title: str, text: str) -> Fields:
    """Title and body; an alert is a headline without a story, which then is all its text."""
    if title and not text:
        return {"body": title, "remark": ONLY_HEADLINE}
    return {"title": title, "body": text}


def below(node: Node | None, *names: str) -> str:
    """The text of the first element below with one of the names, "" where there is none."""
    found = node.find(*names) if node else None
    return found.text() if found else ""


def names(byline: Node | None) -> str:
    """A byline without "By" and titles of office; the initials of the desk are no byline."""
    if byline is None:
        return ""
    people = [found.text() for found in byline.walk() if found.name == "person"]
    text = "; ".join(people) if people else " ".join(byline.raw_text(_BESIDE).split())
    return "" if _INITIALS.match(text) else without_by(_BY.sub("", text))


def is_prose(text: str) -> bool:
    """Whether a text begins with a letter: a dateline may hold nothing but a date."""
    return _LETTERS_FIRST.match(text) is not None


def stamp(value: str) -> str:
    """ "20131020T192751+1100" in the extended form of ISO 8601; other values as they are."""
    match = _STAMP.match(value)
    if match is None:
        return value
    day, zone = match[1], match[2] or ""
    return f"{day[:4]}-{day[4:6]}-{day[6:8]}T{day[9:11]}:{day[11:13]}:{day[13:15]}{zone}"
