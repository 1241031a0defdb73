"""PDF: one document is one article, or an archive's export with many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

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

NAME = "pdf"
INSTALL = (
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
    "start": "a PDF, whose reader cannot be started: install it anew with  pip install --force-reinstall pypdfium2",
    "died": "a PDF that cannot be read within 1.5 GB of memory, or is made to break its reader",
}
_WITHOUT_TEXT = "a PDF of {} that has no text layer: OCR it first, for example with ocrmypdf"
_WITHOUT_CHARACTERS = "a PDF whose fonts do not say which characters they show: OCR it anew, for example with ocrmypdf --force-ocr"
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08]")
_MOST_UNKNOWN = 0.2


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
        return INSTALL
    data = content_of(file, PDF_BYTES)
    if data is None:
        return f"{megabytes(file.size)}, more than the {megabytes(PDF_BYTES)} that a PDF may have: split it"
    found = process.extracted(data)
    return _PROBLEMS[found["problem"]] if "problem" in found else found


def _documents(file: InputFile, found: dict[str, Any]) -> Iterator[SourceDocument]:
    from corpus_db.readers.pdf.furniture import without_furniture
    from corpus_db.readers.pdf.headings import headings, title_of
    from corpus_db.readers.pdf.paragraphs import paragraphs
    from corpus_db.readers.pdf.rows import page_rows

    pages = [
        (width, height, page_rows(number, segments))
        for number, (width, height, segments) in enumerate(found["pages"])
    ]
    read = without_furniture(pages)
    written, body = paragraphs(read.rows, max((width for width, _, _ in pages), default=0.0))
    text = "".join(paragraph.text for paragraph in written)
    if not text.strip() or len(_UNKNOWN.findall(text)) > _MOST_UNKNOWN * len(text):
        count = f"{len(pages):,} page{'s' if len(pages) != 1 else ''}"
        reason = _WITHOUT_TEXT.format(count) if not text.strip() else _WITHOUT_CHARACTERS
        yield SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME, reason=reason)
        return
    without = sum(not rows for _, _, rows in pages)
    remark = f"{without:,} of its {len(pages):,} pages have no text" if without else None
    kinds = headings(written, body, found["outline"], printed=bool(read.heading))
    lines: list[Line] = []
    for paragraph, kind in zip(written, kinds, strict=True):
        if paragraph.gap and lines:
            lines.append(Line("", 0))
        lines.append(Line(paragraph.text, 0, kind))
    layout = layout_of_document(lines)
    if layout is not None:
        yield from export_documents(file, layout, NAME, lines, remark)
        return
    at = title_of(written, body, read.heading or found["title"])
    title = written[at].text if at is not None else ""
    if read.heading:
        written = written[at or 0 :]  # above it are a site's menus
    document = whole_document(file, NAME, "\n\n".join(paragraph.text for paragraph in written), title)
    if document.fields is not None:
        said = {"url": read.url, "remark": remark or ""}
        document = document._replace(
            fields={**document.fields, **{name: value for name, value in said.items() if value}}
        )
    yield document
