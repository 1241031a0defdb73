"""Pages that a browser saved whole: MHTML (a mail by its form) and Safari's web archives.

Only the page itself is read, by the reader of pages; pictures, styles and frames that were saved with it
are left out. When it was saved is no date of the article, and who saved it did not write it.
"""

from __future__ import annotations

import plistlib
import struct
from collections.abc import Iterator
from email.message import Message
from typing import Any
from xml.parsers.expat import ExpatError

from corpus_db.models import SourceDocument
from corpus_db.readers.limits import HELD_BYTES, megabytes
from corpus_db.readers.members import Given
from corpus_db.readers.pages.embedded import embedded
from corpus_db.readers.walk import InputFile

NAME = "webarchive"
_SAVED_BY = "saved by"
_MAIN = b"WebMainResource"
# What the standard library's parser raises for property lists that are damaged.
_BAD = (
    plistlib.InvalidFileException, ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError,
    struct.error, ExpatError, MemoryError,
)  # fmt: skip


def is_saved_page(message: Message) -> bool:
    """Whether a mail is the form in which browsers save a page."""
    return "snapshot-content-location" in message or _SAVED_BY in str(message.get("from", "")).lower()


def page_in(message: Message) -> tuple[bytes, dict[str, str]] | None:
    """(page, what is known of it) of a saved page, None where no page is in it."""
    for part in message.walk():
        data = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(data, bytes) and data.strip():
            url = str(message.get("snapshot-content-location") or part.get("content-location") or "").strip()
            return data, {"url": url} if url.startswith(("http://", "https://")) else {}
    return None


class WebArchiveReader:
    """Safari's web archives: one page each."""

    name = NAME
    begins = b"b<"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """A property list, binary or XML, with the main resource of a page."""
        if head.startswith(b"bplist00"):
            return (
                _MAIN in head or _MAIN in (file.content() or b"") or file.name.lower().endswith(".webarchive")
            )
        return b"<plist" in head[:500] and _MAIN in head

    def read(self, file: InputFile) -> Iterator[Given]:
        """The page, as its own reader understands it. Raises OSError."""
        whole = SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME)
        if file.size > HELD_BYTES:
            reason = f"a web archive of {megabytes(file.size)}, more than the {megabytes(HELD_BYTES)} that are read"
            yield _rejected(whole, reason)
            return
        with file.open() as stream:
            data = stream.read(HELD_BYTES + 1)
        try:
            main: Any = plistlib.loads(data)["WebMainResource"]
            page, url = bytes(main["WebResourceData"]), str(main.get("WebResourceURL", ""))
        except _BAD:
            yield _rejected(whole, "a damaged web archive: open it in Safari and save the page as text")
            return
        beside = {"url": url} if url.startswith(("http://", "https://")) else {}
        yield from embedded(file, page, whole, "page.html", beside)


def _rejected(whole: SourceDocument, reason: str) -> SourceDocument:
    return SourceDocument(whole.path, None, 0, whole.end, whole.sha256, NAME, reason=reason)
