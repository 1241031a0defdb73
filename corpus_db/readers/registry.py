"""Which reader a file gets: decided by what is in the file, its ending is only a hint.

Readers are asked in a fixed order, the particular before the general; plain text takes what
nobody else wants. Other packages add readers through the entry-point group `corpus_db.readers`
(an object or class with the attributes of `Reader`); they are asked before the built-in ones, in
order of their names, so that they can refine a format.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from typing import Protocol, cast, runtime_checkable

from corpus_db.models import SourceDocument
from corpus_db.readers import described
from corpus_db.readers.archives import PackedReader, RecodedReader, TarReader, ZipReader
from corpus_db.readers.exports.factiva import FactivaXMLReader
from corpus_db.readers.exports.nexis import NexisReader
from corpus_db.readers.exports.reader import ExportHTMLReader, ExportTextReader
from corpus_db.readers.exports.ris import RISReader
from corpus_db.readers.limits import HEAD_BYTES
from corpus_db.readers.members import Given
from corpus_db.readers.office.docx import DOCXReader
from corpus_db.readers.office.epub import EPUBReader
from corpus_db.readers.office.mail import MailReader, MboxReader
from corpus_db.readers.office.opendocument import ODTReader
from corpus_db.readers.office.rtf import RTFReader
from corpus_db.readers.office.spreadsheets import XLSXReader
from corpus_db.readers.pages.html import HTMLReader
from corpus_db.readers.pages.json_feed import JSONFeedReader
from corpus_db.readers.pages.saved_pages import WebArchiveReader
from corpus_db.readers.pages.warc import WARCReader
from corpus_db.readers.pdf.reader import PDFReader
from corpus_db.readers.plain.collected_text import CollectedTextReader
from corpus_db.readers.plain.markdown import MarkdownReader
from corpus_db.readers.plain.text import TextReader
from corpus_db.readers.records.delimited import DelimitedReader
from corpus_db.readers.records.json_columns import JSONColumnsReader
from corpus_db.readers.records.jsonl import JSONReader
from corpus_db.readers.walk import InputFile
from corpus_db.readers.wires.reuters import ReutersReader
from corpus_db.readers.wires.sgml import SGMLReader
from corpus_db.readers.wires.wire import WireReader
from corpus_db.readers.xml.feeds import FeedReader
from corpus_db.readers.xml.news_xml import NewsMLG2Reader, NewsMLReader, NITFReader, ReutersCorpusReader
from corpus_db.readers.xml.proquest_xml import ProQuestXMLReader

ENTRY_POINTS = "corpus_db.readers"
# What may stand before the first byte that tells a format: a byte order mark and white space.
_BEFORE = b"\xef\xbb\xbf \t\r\n\f\v"


@runtime_checkable
class Reader(Protocol):
    """One format: how it is recognised and how it is cut into documents.

    A reader may also have `begins`: the bytes one of which every file of its format begins with, a byte
    order mark and white space left out; and `has_lines`, which is true where every such file has more than
    one line. It is not asked about other files. Every text is: `data.find(mark) >= 0` takes half of what
    `mark in data` takes, which tries first whether the mark is a number.
    """

    name: str  # kept in `documents.reader`

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """Whether the file, which begins with `head`, is of this format."""
        ...

    def read(self, file: InputFile) -> Iterator[Given]:
        """The pieces of the file, in order; their byte ranges cover the file exactly.

        Files that lie in a piece (`members.Member`, or Unreadable) are given out before it.
        """
        ...


@cache
def readers() -> tuple[Reader, ...]:
    """Every reader that is installed, in the order in which they are asked."""
    found = []
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        loaded = entry.load()
        found.append(loaded() if isinstance(loaded, type) else loaded)
    built_in: tuple[Reader, ...] = (
        DOCXReader(),  # documents that are zip files
        XLSXReader(),
        ODTReader(),
        EPUBReader(),
        ZipReader(),
        TarReader(),
        WARCReader(),  # packed record by record, too
        PackedReader(),
        RecodedReader(),
        PDFReader(),
        WebArchiveReader(),
        MailReader(),
        MboxReader(),
        JSONFeedReader(),
        JSONColumnsReader(),
        JSONReader(),
        FeedReader(),
        NITFReader(),
        NewsMLReader(),
        ReutersCorpusReader(),
        NewsMLG2Reader(),
        FactivaXMLReader(),
        ProQuestXMLReader(),
        ReutersReader(),
        SGMLReader(),
        ExportHTMLReader(),
        HTMLReader(),
        WireReader(),
        NexisReader(),
        ExportTextReader(),
        RTFReader(),
        RISReader(),
        MarkdownReader(),
        DelimitedReader(),
        CollectedTextReader(),
        TextReader(),
    )
    return (*found, *built_in)


@cache
def _readers_of(first: bytes, has_lines: bool) -> tuple[Reader, ...]:
    """The readers to ask about a file whose first byte is `first`: a third of all for most texts."""
    return tuple(
        reader
        for reader in readers()
        if first in getattr(reader, "begins", first)
        and (has_lines or not getattr(reader, "has_lines", False))
    )


def _has_lines(head: bytes) -> bool:
    """Whether a file that begins with `head` may have more than one line."""
    return head.find(b"\n") >= 0 or len(head) >= HEAD_BYTES or head.find(b"\r") >= 0


def reader_for(file: InputFile) -> Reader:
    """The reader for `file`. Raises OSError when its first bytes cannot be read."""
    if file.recognised_by is not None:
        return cast(Reader, file.recognised_by)
    head = file.head()
    for reader in _readers_of(head.lstrip(_BEFORE)[:1], _has_lines(head)):
        if reader.accepts(file, head):
            file.recognised_by = reader
            return reader
    raise AssertionError("the text reader accepts every file")


_READS_COLUMNS = (
    JSONReader,
    JSONColumnsReader,
    DelimitedReader,
    ZipReader,
    TarReader,
    PackedReader,
    RecodedReader,
)  # or may hold such files


def context(file: InputFile) -> str:
    """What stands around the file (its profile, its sidecars), as a short text that changes with it.

    A file whose text or context changed is read again. Raises OSError.
    """
    reads_columns = file.profile is not None and isinstance(reader_for(file), _READS_COLUMNS)
    return described.context(file, reads_columns)


def read(file: InputFile) -> Iterator[Given]:
    """The documents of one file, and the files that lie in it.

    Never raises for what the file holds or for a file that cannot be read: what went wrong is the
    last piece, with its reason. The bytes that the file object kept are let go at the end.
    """
    position = 0
    name = "none"
    try:
        reader = reader_for(file)
        name = reader.name
        given_out = (described.as_sidecar(file) if file.describes or file.profile else None) or reader.read(
            file
        )
        if file.beside or file.profile:
            given_out = described.as_described(given_out, file)
        for given in given_out:
            if isinstance(given, SourceDocument):
                position = given.end
            yield given
    except OSError as error:
        reason = f"cannot be read: {(error.strerror or 'input/output error').lower()}"
        yield SourceDocument(file.name, None, position, max(position, file.size), "", name, reason=reason)
    finally:
        file.release()
