"""EPUB: a chapter is an article, as those have it who save pages or whole papers as a book to read.

A book is a zip with pages of XHTML and, in its package, the order to read them in (the spine). Each chapter is a
piece of its own: its lines go the way of plain text, and its heading is the title. Tables of contents, covers and
pages of links are accounted for as empty. What the package says of the book (its title, the day it was made) is
about the book and no article in it; its language is theirs. Read with the standard library alone.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

from corpus_db.models import SourceDocument
from corpus_db.readers.exports.lines import Cut, Line, cut_file, html_lines
from corpus_db.readers.exports.reader import content_of
from corpus_db.readers.limits import ARTICLE_BYTES, OFFICE_BYTES, OFFICE_XML_BYTES, megabytes
from corpus_db.readers.office.stated_type import states_type
from corpus_db.readers.pages.markup import OVERGROWN, decoded_page, overgrown
from corpus_db.readers.pieces import TOO_LONG
from corpus_db.readers.walk import InputFile
from corpus_db.readers.xml.xml_tree import Node, Records

NAME = "epub"
_TYPE = b"application/epub+zip"
_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_NOTHING = re.compile(r"(?!)")
_HEADINGS, _LINK = frozenset({"h1", "h2", "h3"}), "a"
_HEADING_WITHIN, _LONGEST_HEADING = 8, 300
# A page of links: so large a share of its lines are, and no other line is as long as a sentence.
_LINKS, _SENTENCE = 0.6, 100
# What Calibre writes round the articles of a paper.
_MENU = re.compile(
    r"[|\s]*(?:(?:next|previous|articles?|sections?|section menu|main menu)[|\s]*)+", re.IGNORECASE
)
_SAVED = re.compile(r"This article was downloaded by \S+ from\s*(https?://\S+)?", re.IGNORECASE)
_DAMAGED = "a damaged or incomplete EPUB: convert it anew, or save it as HTML"


class _Unreadable(Exception):
    """Why the book cannot be read; the message is its reason."""


class EPUBReader:
    """Books and papers in EPUB 2 and 3."""

    name = NAME
    begins = b"P"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the type, which stands unpacked at the beginning of the file."""
        return states_type(head, _TYPE)

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """The chapters in the order of the spine. Raises OSError."""
        data = content_of(file, OFFICE_BYTES)
        try:
            if data is None:
                raise _Unreadable(
                    f"{megabytes(file.size)}, more than the {megabytes(OFFICE_BYTES)} that an EPUB may have"
                )
            cuts = _cuts(data)
        except _Unreadable as error:
            yield SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME, reason=str(error))
            return
        yield from cut_file(file, NAME, cuts)


def _cuts(data: bytes) -> list[Cut]:
    """The chapters, each from where its bytes begin. Raises _Unreadable."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            package, folder = _package(archive)
            language = package.find("language")
            known = {"language": language.text()} if language else {}
            names = set(archive.namelist())
            hrefs = [posixpath.normpath(posixpath.join(folder, href)) for href in _spine(package)]
            locked = _read(archive, _ENCRYPTION).decode("utf-8", "replace") if _ENCRYPTION in names else ""
            if any(href in locked for href in hrefs):
                raise _Unreadable(
                    "an EPUB with copy protection (DRM), which nothing but its own program opens"
                )
            cuts, left = [], OFFICE_XML_BYTES
            for number, href in enumerate(hrefs, 1):
                if href not in names:
                    continue
                page = _read(archive, href)
                left -= len(page)
                if left < 0:
                    raise _Unreadable(
                        f"more than {megabytes(OFFICE_XML_BYTES)} of text once unpacked: split it"
                    )
                cuts.append(
                    Cut(archive.getinfo(href).header_offset, f"chapter {number}", _chapter(page, known))
                )
    except _Unreadable:
        raise
    except RuntimeError:
        raise _Unreadable("an EPUB with a password: save it without one") from None
    except Exception:  # noqa: BLE001 -- the boundary of one file: a damaged zip raises what it likes
        raise _Unreadable(_DAMAGED) from None
    if not cuts:
        raise _Unreadable("an EPUB without chapters of text")
    return cuts


def _read(archive: ZipFile, name: str) -> bytes:
    """A part of the book, and a little more than an article may have where it is longer."""
    with archive.open(name) as stream:
        return stream.read(ARTICLE_BYTES + 1)


def _tree(data: bytes) -> Node:
    records = Records(data, frozenset())
    for _ in records:
        pass
    if records.outside is None or records.error:
        raise _Unreadable(f"an EPUB with {records.error or 'an empty package'}")
    return records.outside


def _package(archive: ZipFile) -> tuple[Node, str]:
    """(package, folder that its references start from)."""
    rootfile = _tree(_read(archive, _CONTAINER)).find("rootfile")
    name = rootfile.get("full-path") if rootfile else ""
    return _tree(_read(archive, name)), posixpath.dirname(name)


def _spine(package: Node) -> list[str]:
    """The names of the chapters in reading order, each once."""
    hrefs = {
        node.get("id"): unquote(node.get("href").partition("#")[0])
        for node in package.walk()
        if node.name == "item" and "html" in node.get("media-type")
    }
    order = (node.get("idref") for node in package.walk() if node.name == "itemref")
    return list(dict.fromkeys(hrefs[name] for name in order if name in hrefs))


def _chapter(data: bytes, known: Mapping[str, str]) -> Mapping[str, str] | str:
    """The fields of a chapter, or why there are none."""
    if len(data) > ARTICLE_BYTES:
        return TOO_LONG
    page, encoding, _ = decoded_page(data)
    if overgrown(page):
        return OVERGROWN
    lines = html_lines(data, page, encoding, _NOTHING)
    saved = next((found for line in lines if (found := _SAVED.search(line.text))), None)
    lines = [
        line for line in lines if not _MENU.fullmatch(line.text[:_SENTENCE]) and not _SAVED.search(line.text)
    ]
    if not lines:
        return {"body": "", "remark": "a page of the book without text"}
    if _is_list(lines):
        return {"body": "", "remark": "a list of links or a table of contents, no article"}
    title = next((line.text for line in lines[:_HEADING_WITHIN] if _is_heading(line)), "")
    fields = {"text": "\n\n".join(line.text for line in lines), "title": title, **known}
    if saved and saved[1]:
        fields["url"] = saved[1]
    return {name: value for name, value in fields.items() if value}


def _is_heading(line: Line) -> bool:
    return len(line.text) < _LONGEST_HEADING and not _HEADINGS.isdisjoint(line.kind.split())


def _is_list(lines: Sequence[Line]) -> bool:
    """Whether a page leads elsewhere: a table of contents, the headlines of a section."""
    links = sum(_LINK in line.kind.split() and len(line.text) < _LONGEST_HEADING for line in lines)
    others = max((len(line.text) for line in lines if _LINK not in line.kind.split()), default=0)
    return links > 1 and links >= _LINKS * len(lines) and others < _SENTENCE
