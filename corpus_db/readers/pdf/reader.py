"""PDF: one document is one article, or an archive's export with many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from corpus_db.models import SourceDocument
from corpus_db.readers.exports.lines import Line
from corpus_db.readers.exports.reader import (
    content_of,
    export_documents,
    layout_of_document,
    whole_document,
)
from corpus_db.readers.limits import PDF_BYTES, megabytes
from corpus_db.readers.walk import InputFile

if TYPE_CHECKING:
    from corpus_db.readers.pdf.paragraphs import Paragraph

NAME = "pdf"
_INSTALL = (
    'a PDF: install its reader with  pip install "corpus-db[documents]"  and import again, '
    "or save it as text (pdftotext) and import that"
)
_BEGINS = b"%PDF-"
_PROBLEMS = {
    "password": "a PDF with a password: save it without one",
    "damaged": "a damaged or incomplete PDF: open it in a viewer and print it into a new one",
    "pages": "a PDF of more than 5,000 pages: split it",
    "characters": "a PDF of more than 10 million characters: split it",
    "time": "a PDF that takes more than 2 minutes to read: open it in a viewer and print it into a new one",
    "died": "a PDF that cannot be read within 1.5 GB of memory, or is made to break its reader",
}
_WITHOUT_TEXT = "a PDF of {} that has no text layer: OCR it first, for example with ocrmypdf"
_WITHOUT_CHARACTERS = (
    "a PDF whose fonts do not say which characters they show: OCR it anew, for example with ocrmypdf --force-ocr"
)
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08]")
_MOST_UNKNOWN = 0.2
_WORD = re.compile(r"\w+")
# A title has no more characters and no fewer words, and so large a share of these is in the one that is stated.
_TITLE_LENGTH, _TITLE_WORDS, _TITLE_SHARE = 300, 3, 0.6
_LARGE, _TALLEST = 1.12, 1_000  # times the height of the text; in points


class PDFReader:
    """Portable Document Format."""

    name = NAME
    begins = b"%"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By its first bytes."""
        return head.lstrip(b"\xef\xbb\xbf \t\r\n\f\v").startswith(_BEGINS)

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """The article, or those of the export that it is. Raises OSError."""
        found = _extracted(file)
        document = SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME)
        if isinstance(found, str):
            yield document._replace(reason=found)
            return
        yield from _documents(file, found)


def _extracted(file: InputFile) -> dict[str, Any] | str:
    """What the process that opens PDFs makes of the file, or why there is nothing."""
    from corpus_db.readers.pdf import process  # only who has such files needs it

    if not process.installed():
        return _INSTALL
    data = content_of(file, PDF_BYTES)
    if data is None:
        return f"{megabytes(file.size)}, more than the {megabytes(PDF_BYTES)} that a PDF may have: split it"
    found = process.extracted(data)
    return _PROBLEMS[found["problem"]] if "problem" in found else found


def _documents(file: InputFile, found: dict[str, Any]) -> Iterator[SourceDocument]:
    from corpus_db.readers.pdf.furniture import without_furniture
    from corpus_db.readers.pdf.paragraphs import paragraphs
    from corpus_db.readers.pdf.rows import page_rows

    pages = [
        (width, height, page_rows(number, segments))
        for number, (width, height, segments) in enumerate(found["pages"])
    ]
    read = without_furniture(pages)
    written, body = paragraphs(read.rows)
    text = "".join(paragraph.text for paragraph in written)
    if not text.strip() or len(_UNKNOWN.findall(text)) > _MOST_UNKNOWN * len(text):
        count = f"{len(pages):,} page{'s' if len(pages) != 1 else ''}"
        reason = _WITHOUT_TEXT.format(count) if not text.strip() else _WITHOUT_CHARACTERS
        yield SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME, reason=reason)
        return
    lines: list[Line] = []
    for paragraph in written:
        if paragraph.gap and lines:
            lines.append(Line("", 0))
        lines.append(Line(paragraph.text, 0))
    layout = layout_of_document(lines)
    if layout is not None:
        yield from export_documents(file, layout, NAME, lines)
        return
    at = _title(written, body, read.heading or found["title"])
    if at is None:
        title = ""
    else:
        title = written[at].text
        written = written[at:] if read.heading else written  # above it are a site's menus
    document = whole_document(file, NAME, "\n\n".join(paragraph.text for paragraph in written), title)
    if read.url and document.fields is not None:
        document = document._replace(fields={**document.fields, "url": read.url})
    yield document


def _title(written: Sequence[Paragraph], body: float, stated: str) -> int | None:
    """The paragraph that the title of the file's properties, or of a printed page, stands in again.

    Most such titles are names of files and programs: one that the text does not have is none. A headline
    in larger type than the text, whose height is `body`, may be longer than what is stated.
    """
    words = set(_WORD.findall(stated.lower()))
    best, most = None, _TITLE_SHARE
    for index, paragraph in enumerate(written):
        own = set(_WORD.findall(paragraph.text.lower()[:_TITLE_LENGTH]))
        if len(own) >= _TITLE_WORDS <= len(words) and len(paragraph.text) < _TITLE_LENGTH:
            large = paragraph.height > _LARGE * body
            share = len(words.intersection(own)) / (min(len(own), len(words)) if large else len(own))
            share += paragraph.height / _TALLEST
            if share > most:
                best, most = index, share
    return best
