"""Marked-up files and records in UTF-16 or UTF-32: written in UTF-8, they are what their readers know.

Windows saves pages, JSON and exports so ("Unicode"). Their readers look for bytes that ASCII has, and
count offsets in them; so the file holds another, its text in UTF-8, as a packed file does. Plain text
and tables in UTF-16 are not meant: their readers know it themselves.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from corpus_db.readers.archives.archive import Archive
from corpus_db.readers.limits import HELD_BYTES, megabytes
from corpus_db.readers.members import Member, member
from corpus_db.readers.unpack import Allowance, Content, Damaged, content_of
from corpus_db.readers.walk import InputFile, Unreadable

# The longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DECLARED = re.compile(r"((?:encoding|charset)\s*=\s*[\"']?)utf-?(?:16|32)(?:-?[bl]e)?", re.IGNORECASE)
_LEFT = {"utf-16": ("text", "csv"), "utf-32": ("text",)}  # readers that know these encodings


def _encoding(head: bytes) -> str | None:
    return next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)


class RecodedReader(Archive):
    """Files in UTF-16 or UTF-32 that are no plain text."""

    name = "recoded"
    begins = b"\xff\xfe\x00"
    kind = "a file in UTF-16 or UTF-32"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the byte order mark, where what follows is of a format that some reader knows."""
        from corpus_db.readers.registry import reader_for  # which knows the readers that are asked here

        encoding = _encoding(head)
        if encoding is None or file.size > HELD_BYTES:
            return False
        return reader_for(_in_utf8(file, _content(head, encoding))).name not in _LEFT[encoding]

    def members(self, file: InputFile, allowance: Allowance) -> Iterator[Member | Unreadable]:
        """The file's text in UTF-8. Raises Damaged and OSError."""
        encoding = _encoding(file.head())
        if encoding is None or file.size > HELD_BYTES:
            raise Damaged(f"it changed while it was read, or has more than {megabytes(HELD_BYTES)}")
        with file.open() as stream:
            yield _in_utf8(file, _content(stream.read(), encoding))


def _content(data: bytes, encoding: str) -> Content:
    text = _DECLARED.sub(r"\1utf-8", data.decode(encoding, "replace"), count=1)
    return content_of(io.BytesIO(text.encode("utf-8", "replace")))


def _in_utf8(file: InputFile, content: Content) -> Member:
    return member(file, file.name.rpartition("/")[2], content, Allowance.of_file(file.size))
