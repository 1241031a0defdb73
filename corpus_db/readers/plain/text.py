"""Plain text: one article a file. What its bytes mean is for parsing to say.

The reader accepts every file that no other reader knows, so that text in any encoding is read;
what is known to be no text (an image, an archive) is rejected here by its first bytes, with the
name of what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_db.models import Profile, SourceDocument
from corpus_db.readers.limits import ARTICLE_BYTES, HEAD_BYTES, megabytes
from corpus_db.readers.pieces import TOO_LONG, Piece, cut_before
from corpus_db.readers.walk import SQLITE_MAGIC, InputFile
from corpus_db.readers.xml.xml_tree import root_name

NAME = "text"

LFS_POINTER = b"version https://git-lfs.github.com/spec/"

_OLD_OFFICE, _PARQUET, _ARROW = "an old Office document", "a Parquet file", "an Arrow file"
_ARCHIVES = ("a 7-Zip archive", "a Zstandard archive", "a RAR archive")
_OPEN_SHEET, _OPEN_DOCUMENT = "an OpenDocument spreadsheet", "an OpenDocument file"
_ZIPPED = "an Office document, a book or another file packed as zip"
_PICKLE, _OUTLOOK, _REFERENCE_LIST = (
    "a pickle of Python",
    "an Outlook mailbox",
    "a list of references (BibTeX, EndNote), which names articles and does not hold them",
)
_AS_TABLE = "write it as CSV or JSON Lines, in Python with pandas.read_{}(…).to_json('a.jsonl', orient='records', lines=True)"
# What to do with a file that is no text, where there is more to say than "convert it".
_NEXT_STEPS = {
    _OLD_OFFICE: "save a document as DOCX, a spreadsheet as CSV, a mail as EML, and import that",
    **dict.fromkeys(_ARCHIVES, "unpack it and import what is in it"),
    _OPEN_SHEET: "save it as XLSX or CSV and import that",
    _OPEN_DOCUMENT: "save it as DOCX, ODT or text and import that",
    _ZIPPED: "save a spreadsheet as CSV, a document as DOCX, and import that",
    _PARQUET: _AS_TABLE.format("parquet"),
    _ARROW: _AS_TABLE.format("feather"),
    _PICKLE: _AS_TABLE.format("pickle"),
    _OUTLOOK: "export its mails as EML or mbox",
    _REFERENCE_LIST: "export it as RIS or CSV with abstracts, or import the articles themselves",
}

# First bytes of formats that hold no plain text, and what people call them.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (SQLITE_MAGIC, "a SQLite database"),
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", _ZIPPED),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVES[0]),
    (b"\x28\xb5\x2f\xfd", _ARCHIVES[1]),
    (b"Rar!\x1a\x07", _ARCHIVES[2]),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"ID3", "an audio file"),
    (b"OggS", "an audio or video file"),
    (b"PAR1", _PARQUET),
    (b"ARROW1", _ARROW),
    (b"Obj\x01", "an Avro file"),
    (b"\x80\x03", _PICKLE),
    (b"\x80\x04\x95", _PICKLE),
    (b"RDX", "data of R"),
    (b"!BDN", _OUTLOOK),
    (b"\x1aE\xdf\xa3", "a video file"),
    (b"AT&TFORM", "a DjVu file"),
    (LFS_POINTER, "a pointer of Git LFS, which `git lfs pull` replaces by the file"),
)


_PACKED_TYPES = (
    (b"application/vnd.oasis.opendocument.sp", _OPEN_SHEET),
    (b"application/vnd.oasis.opendocument", _OPEN_DOCUMENT),
)
_REFERENCES = re.compile(
    rb"(?:@(?:article|book|misc|online|inproceedings|incollection|techreport|unpublished)\s*\{|%0 [A-Z][A-Za-z ]{3,30}\r?\n%)",
    re.IGNORECASE,
)
_REFERENCES_BEGIN = (b"@", b"%")
_MAGICS = tuple(magic for magic, _ in _SIGNATURES)


def signature(head: bytes) -> str | None:
    """What a file that begins with `head` is, when it is known to be no text."""
    if head[30:38] == b"mimetype" and head.startswith(b"PK"):
        return next((words for kind, words in _PACKED_TYPES if head.startswith(kind, 38)), _ZIPPED)
    if head.startswith(_MAGICS):
        return next(words for magic, words in _SIGNATURES if head.startswith(magic))
    if head[4:8] == b"ftyp":
        return "a video file"
    if head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"AVI ", b"WEBP"):
        return "an image, audio or video file"
    return None


def _markup(head: bytes) -> str | None:
    """What a file of tags or of references is; text that merely begins with a tag stays text."""
    start = head.lstrip()
    if start[:1] in _REFERENCES_BEGIN and _REFERENCES.match(start):
        return _REFERENCE_LIST
    if not start.startswith(b"<?xml"):
        return None
    return f"XML of a kind that is not known (<{root_name(head)}>)"


class TextReader:
    """One article a file, whatever the encoding."""

    name = NAME

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """Everything: this reader is asked last."""
        return True

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """The file as one piece, or as many as the separator of its profile makes. Raises OSError."""
        if file.profile is not None and file.profile.separator and not signature(file.head()):
            yield from separated(file, file.profile)
            return
        if file.size > ARTICLE_BYTES:
            reason = (
                f"{megabytes(file.size)}, more than the {megabytes(ARTICLE_BYTES)} that one article may have; "
                "split the file into articles"
            )
            yield SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME, reason=reason)
            return
        data = file.content()
        if data is None:
            with file.open() as stream:
                data = stream.read(ARTICLE_BYTES)
        digest = file.sha256()
        what = signature(data[:128]) or _markup(data[:HEAD_BYTES])
        if what is not None:
            reason = f"{what}, not text: {_NEXT_STEPS.get(what, 'convert it to text or JSON Lines and import that')}"
            yield SourceDocument(file.name, None, 0, len(data), digest, NAME, reason=reason)
            return
        yield SourceDocument(file.name, None, 0, len(data), digest, NAME, text=data)


def separated(file: InputFile, profile: Profile) -> Iterator[SourceDocument]:
    """The articles that lines of the profile's separator stand between. Raises OSError.

    Such a line belongs to the article below it, and is not part of its text. What is blank between
    two of them, or below the last, belongs to the article above.
    """
    assert profile.separator is not None
    line = (
        rb"(?m)^[ \t]{0,40}(?:"
        + profile.separator.encode(profile.encoding or "utf-8")
        + rb")[ \t]{0,40}\r?(?:\n|\Z)"
    )
    mark = re.compile(line)
    position = number = 0
    held: Piece | None = None
    text = b""

    def document(piece: Piece, text: bytes) -> SourceDocument:
        if piece.data is None:
            return piece.document(file.name, position, NAME, TOO_LONG)
        end = position + piece.size
        return SourceDocument(file.name, piece.part, position, end, piece.sha256(), NAME, text=text)

    with file.open() as stream:
        for piece in cut_before(stream, mark, "article"):
            data = bytes(piece.data or b"")
            content = mark.sub(b"", data, count=1) if piece.part != "preface" else data
            if held is not None and piece.data is not None and not content.strip():
                held.add(data, content=False)
                continue
            if held is not None:
                yield document(held, text)
                position += held.size
            if content.strip() or piece.data is None:
                number += 1
            held, text = piece, content
            held.part = f"article {number}"
    if held is None:
        held = Piece("file")
    yield document(held, text)
