"""Exports of news archives: which layout a file has, and its articles.

A layout is known by what its lines say; `LAYOUTS` are asked in their order. HTML and plain text are
read here, DOCX and RTF by readers of their own, which ask the same layouts. Text exports of Nexis,
which can have any size, are cut by `nexis.NexisReader` as they are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus_db.models import SourceDocument
from corpus_db.readers.exports import europresse, factiva, nexis, nexis_uni, proquest
from corpus_db.readers.exports.layout import Layout
from corpus_db.readers.exports.lines import Line, cut_file, html_lines, text_lines
from corpus_db.readers.limits import ARTICLE_BYTES, EXPORT_BYTES
from corpus_db.readers.pages.markup import decoded_page, overgrown
from corpus_db.readers.pieces import TOO_LONG
from corpus_db.readers.plain import collected
from corpus_db.readers.walk import InputFile

LAYOUTS: tuple[Layout, ...] = (
    nexis_uni.LAYOUT,
    nexis.LAYOUT,
    factiva.LAYOUT,
    proquest.LAYOUT,
    europresse.LAYOUT,
)

# What stands at the top of a text export; the lines decide. Every plain text is asked for it.
_TOP = 1_200
_TEXT_MARKS = (b"Factiva", b"______", b"ProQuest", b"Job Number:")
_CODED = (b"HD ", b"HD\t", b"SE ", b"SE\t")
_TEXT_LINES = re.compile(
    rb"\n(?:HD"
    rb"|\d[\d.,]{0,7} (?:words|W\xc3\xb6rter|W\xf6rter|mots|palabras|parole|palavras|woorden)[ \t]*\r?\n)"
)
_BODY_LINE = re.compile(
    rb"\n(?:" + b"|".join(re.escape(word.capitalize().encode()) for word in nexis_uni.BODY) + rb")[ \t]*\r?\n"
)


class _Read(NamedTuple):
    """An export as it was understood."""

    layout: Layout
    lines: list[Line]
    remark: str | None


def layout_of(lines: Sequence[Line]) -> Layout | None:
    """The layout that the lines of a file are in, None when it is no export that is known."""
    return next((layout for layout in LAYOUTS if layout.recognises(lines)), None)


def layout_of_document(lines: Sequence[Line]) -> Layout | None:
    """The same for a word processor's document, which people put several articles into."""
    return layout_of(lines) or (collected.LAYOUT if collected.LAYOUT.recognises(lines) else None)


def export_documents(
    file: InputFile, layout: Layout, wrapping: str, lines: Sequence[Line], remark: str | None = None
) -> Iterator[SourceDocument]:
    """The documents of an export in `lines`; `wrapping` is what they were wrapped in ("docx").

    `remark` is added to each of them. Raises OSError.
    """
    for document in cut_file(file, f"{layout.name}-{wrapping}", layout.cut(lines)):
        if remark and document.fields is not None:
            remarks = "; ".join(filter(None, (document.fields.get("remark"), remark)))
            yield document._replace(fields={**document.fields, "remark": remarks})
        else:
            yield document


def whole_document(file: InputFile, reader: str, text: str, title: str = "") -> SourceDocument:
    """A file that is one free text: parsing finds its header, but for a `title` that is known.

    Raises OSError.
    """
    document = SourceDocument(file.name, None, 0, file.size, file.sha256(), reader)
    if len(text) > ARTICLE_BYTES:
        return document._replace(reason=TOO_LONG)
    return document._replace(fields={"text": text, **({"title": title} if title else {})})


def lines_documents(file: InputFile, reader: str, lines: list[Line] | str) -> Iterator[SourceDocument]:
    """The article of a word processor's document, or those of the export that it is; of a reason, the rejection.

    A paragraph of kind "Title" is the title. Raises OSError.
    """
    if isinstance(lines, str):
        yield SourceDocument(file.name, None, 0, file.size, file.sha256(), reader, reason=lines)
        return
    layout = layout_of_document(lines)
    if layout is not None:
        yield from export_documents(file, layout, reader, lines)
        return
    written = [line for line in lines if line.text.strip()]
    title = next((line.text for line in written if line.kind == "Title"), "")
    yield whole_document(file, reader, "\n\n".join(line.text for line in written), title.strip())


def content_of(file: InputFile, limit: int = EXPORT_BYTES) -> bytes | None:
    """All bytes of a file, None where they are more than `limit`. Raises OSError."""
    if file.size > limit:
        return None
    data = file.content()
    if data is None:
        with file.open() as stream:
            data = stream.read(limit + 1)
    return data if len(data) <= limit else None


class ExportHTMLReader:
    """Exports of archives as HTML."""

    name = "export-html"
    begins = b"<"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """A page, or a piece of one, that an archive's export is found in."""
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if start[:1] != b"<" or (start[:5] == b"<?xml" and b"<html" not in head.lower()):
            return False
        return self._read(file) is not None

    def _read(self, file: InputFile) -> _Read | None:
        data = content_of(file)
        if data is None:
            return None
        layouts = [layout for layout in LAYOUTS if any(mark.search(data) for mark in layout.html)]
        if not layouts:
            return None
        page, encoding, remark = decoded_page(data)
        if overgrown(page):
            return None  # the reader of pages says so
        for layout in layouts:
            lines = html_lines(data, page, encoding, layout.begins, layout.apart)
            if layout.recognises(lines):
                return _Read(layout, lines, remark)
        return None

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document an article, and what stands before the first. Raises OSError."""
        yield from _documents(file, self._read(file), "html")


def _has_marks(top: bytes) -> bool:
    for mark in _TEXT_MARKS:
        if top.find(mark) >= 0:
            return True
    return top.startswith(_CODED) or _TEXT_LINES.search(top) is not None


class ExportTextReader:
    """Exports of archives as plain text."""

    name = "export-text"
    has_lines = True

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """The words of an archive's export, and its layout in the lines."""
        top = head[:_TOP]
        return (_has_marks(top) or _BODY_LINE.search(head) is not None) and self._read(file) is not None

    def _read(self, file: InputFile) -> _Read | None:
        data = content_of(file)
        decoded = text_lines(data) if data is not None else ""
        if isinstance(decoded, str):
            return None
        layout = layout_of(decoded[0])
        return _Read(layout, *decoded) if layout else None

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document an article, and what stands before the first. Raises OSError."""
        yield from _documents(file, self._read(file), "text")


def _documents(file: InputFile, export: _Read | None, wrapping: str) -> Iterator[SourceDocument]:
    if export is None:  # it changed since it was recognised
        reason = "changed while it was read: import it again"
        yield SourceDocument(
            file.name, None, 0, file.size, file.sha256(), f"export-{wrapping}", reason=reason
        )
    else:
        yield from export_documents(file, export.layout, wrapping, export.lines, export.remark)
