"""Web archives (WARC, and the older ARC packed record by record): one article a page that was captured.

warcio takes records apart (headers, chunked and packed transfer) and is optional because few have
such files (`corpus-db[warc]`). Where records begin and end is found here, because warcio trusts the
lengths that they state and stops at the first that lies: each record is a piece with its exact
bytes in the file, which are those of its gzip member where records are packed one by one, as CDX
indexes give them. A record that lies about its length, or is damaged, is rejected, and reading
goes on at the next one that begins as a record does.

What was captured goes the way of any file: recognised by its content and read by the reader for it,
with the record's address beside it. The time of capture is no date of publication; it is a remark.
Requests, redirects, errors, pictures, scripts and the like are empty pieces: a crawl is full of them.
"""

from __future__ import annotations

import importlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO

from corpus_db.models import SourceDocument
from corpus_db.readers.archives import unpacked_head
from corpus_db.readers.limits import ARTICLE_BYTES, CHUNK_BYTES, megabytes
from corpus_db.readers.members import Given, Member, allowance_of, member
from corpus_db.readers.pages.captured import Packed, captured
from corpus_db.readers.pages.embedded import embedded
from corpus_db.readers.unpack import Allowance, Damaged, content_of, packing
from corpus_db.readers.walk import InputFile

NAME = "warc"
INSTALL = 'a web archive: install its reader with  pip install "corpus-db[warc]"  and import again'
NOT_PACKED = (
    "a web archive in ARC that is not packed: make WARC of it with  warcio recompress  and import that"
)

_BEGIN = re.compile(rb"WARC/\d\.\d{1,2}[ \t]*\r?\n")
_BEGIN_ARC = re.compile(rb"(?:filedesc|https?|dns)://?[^ \n]{1,4000} [^ \n]{1,60} \d{14} [^\n]{1,200}\n")
_PLAIN_ARC = b"filedesc://"
_MARK = b"\nWARC/"
_LENGTH = re.compile(rb"(?mi)^content-length[ \t]*:[ \t]*(\d{1,18})[ \t]*\r?$")
_HEADER_END = re.compile(rb"\n\r?\n\Z")
_GZIP = b"\x1f\x8b\x08"
_HEADER_BYTES = 65_536
# A record with its headers and a page of up to ARTICLE_BYTES, which may have been packed for transfer.
_RECORD_BYTES = ARTICLE_BYTES + _HEADER_BYTES
# Behind a record that lies, reading goes back to its beginning: as often as the file is read so many
# times in all. What stands behind that is one rejected piece.
_READ_AGAIN = 3
_BAD = (ValueError, LookupError, TypeError, AttributeError, EOFError, OSError, zlib.error, AssertionError)


class WARCReader:
    """WARC files, plain or packed record by record."""

    name = NAME
    begins = b"Wf\x1f"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By how the first record begins, packed or not."""
        if _BEGIN.match(head) or head.startswith(_PLAIN_ARC):
            return True
        if packing(head) != "gzip":
            return False
        start = unpacked_head(file, "gzip", 600)
        if not _BEGIN.match(start) and not _BEGIN_ARC.match(start):
            return False
        return _is_packed_by_record(file)

    def read(self, file: InputFile) -> Iterator[Given]:
        """One document a record. Raises OSError."""
        try:
            importlib.import_module("warcio")
        except ImportError:
            yield SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME, reason=INSTALL)
            return
        if file.head().startswith(_PLAIN_ARC):
            yield SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME, reason=NOT_PACKED)
            return
        records = _packed_records(file) if packing(file.head()) == "gzip" else _plain_records(file)
        for number, record in enumerate(records, 1):
            yield from _record(file, record, number)


@dataclass(slots=True)
class _Record:
    """One record: where it stands in the file, its own bytes (unpacked), or why it cannot be read."""

    start: int
    size: int
    sha256: str
    data: bytes | None
    problem: str | None = None


# -- where records begin and end ------------------------------------------------------------------


def _is_packed_by_record(file: InputFile) -> bool:
    """Whether the first gzip member holds one record; a file that is packed as a whole is unpacked first."""
    unpacker = zlib.decompressobj(wbits=31)
    out = b""
    with file.open() as stream:
        while not unpacker.eof and len(out) < 1_000_000 and (chunk := stream.read(65_536)):
            try:
                out += unpacker.decompress(unpacker.unconsumed_tail + chunk, 1_000_000)
            except zlib.error:
                break
    return out.count(_MARK) == 0 or len(_split(out)) == 1


def _split(data: bytes) -> list[_Record]:
    """The records of what is packed together."""
    return list(_plain_records(Member("", "", len(data), 0, held=data)))


class _Source:
    """A file that can be read from any place, also where it is a stream."""

    def __init__(self, file: InputFile) -> None:
        self._file = file
        self._stream: BinaryIO = file.open()
        self.position = 0

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.position += len(data)
        return data

    def line(self, size: int) -> bytes:
        data = self._stream.readline(size)
        self.position += len(data)
        return data

    def go(self, position: int) -> None:
        if self._stream.seekable():
            self._stream.seek(position)
        else:
            if position < self.position:
                self._stream.close()
                self._stream, self.position = self._file.open(), 0
            while self.position < position and self.read(min(CHUNK_BYTES, position - self.position)):
                pass
        self.position = position

    def close(self) -> None:
        self._stream.close()


def _plain_records(file: InputFile) -> Iterator[_Record]:
    source = _Source(file)
    read_again = 0
    try:
        while source.position < file.size:
            start = source.position
            record = _next_record(source, file.size)
            if record.size == 0:
                read_again += source.position - start
                end = file.size if read_again > _READ_AGAIN * file.size else None
                source.go(start)
                record = _up_to_next(source, start, record.problem or "", end)
            yield record
    finally:
        source.close()


def _next_record(source: _Source, end: int) -> _Record:
    """The record at the place, with the blank lines behind it; one of size 0 where there is none to be had."""
    start, digest = source.position, sha256()
    header = b""
    while len(header) < _HEADER_BYTES:
        line = source.line(_HEADER_BYTES - len(header))
        header += line
        if not line.strip():
            break
    digest.update(header)
    length = _LENGTH.search(header)
    if not _BEGIN.match(header):
        return _Record(start, 0, "", None, "no record of a web archive")
    if not _HEADER_END.search(header):
        return _Record(start, 0, "", None, "a record whose header is cut off or too long")
    if length is None:
        return _Record(start, 0, "", None, "a record without its length")
    claimed = int(length[1])
    missing = f"a record that says it has {claimed:,} bytes and has not: cut off, or its length is wrong"
    if source.position + claimed > end:
        return _Record(start, 0, "", None, missing)
    kept: list[bytes] | None = [header] if claimed <= _RECORD_BYTES else None
    left = claimed
    while left and (chunk := source.read(min(left, CHUNK_BYTES))):
        left -= len(chunk)
        digest.update(chunk)
        if kept is not None:
            kept.append(chunk)
    size = source.position - start
    if left:
        return _Record(start, 0, "", None, missing)
    behind = b""
    while (line := source.line(_HEADER_BYTES)) and not line.strip():
        behind += line
    if line and not _BEGIN.match(line):
        problem = f"a record whose length is wrong: it says that it has {claimed:,} bytes"
        return _Record(start, 0, "", None, problem)
    source.go(start + size + len(behind))
    digest.update(behind)
    data = b"".join(kept) if kept is not None else None
    too_long = (
        None if data is not None else f"a record of {megabytes(claimed)}, more than one article may have"
    )
    return _Record(start, size + len(behind), digest.hexdigest(), data, too_long)


def _up_to_next(source: _Source, start: int, problem: str | None, end: int | None) -> _Record:
    """What stands between `start` and the next beginning of a record, or `end`, as one rejected piece."""
    digest = sha256()
    size = 0
    window = b""
    while True:
        chunk = source.read(CHUNK_BYTES)
        window += chunk
        found = window.find(_MARK, 0 if size else 1) if end is None else -1
        settled = found + 1 if found >= 0 else len(window) - len(_MARK) if chunk else len(window)
        taken, window = window[: max(0, settled)], window[max(0, settled) :]
        digest.update(taken)
        size += len(taken)
        if found >= 0 or not chunk:
            source.go(start + size)
            break
    return _Record(start, size, digest.hexdigest(), None, problem or "no record of a web archive")


def _packed_records(file: InputFile) -> Iterator[_Record]:
    """Each gzip member, and what stands between them where something does."""
    allowance = allowance_of(file)
    with file.open() as stream:
        buffer, start = b"", 0
        while True:
            if len(buffer) < 64:
                buffer += stream.read(CHUNK_BYTES)
            if not buffer:
                return
            record, buffer = _gzip_member(stream, buffer, start, allowance)
            start += record.size
            yield record


def _gzip_member(stream: BinaryIO, buffer: bytes, start: int, allowance: Allowance) -> tuple[_Record, bytes]:
    """The gzip member that `buffer` begins with, and the bytes that are read beyond it."""
    unpacker = zlib.decompressobj(wbits=31)
    digest, packed = sha256(), 0
    parts: list[bytes] = []
    out = 0
    given = buffer
    try:
        while True:
            data = unpacker.decompress(given, CHUNK_BYTES)
            out += len(data)
            allowance.spend(len(data))
            if out <= _RECORD_BYTES:
                parts.append(data)
            if unpacker.eof:
                break
            given = unpacker.unconsumed_tail
            if not given and len(data) < CHUNK_BYTES:
                digest.update(buffer)
                packed += len(buffer)
                buffer = given = stream.read(CHUNK_BYTES)
                if not buffer:
                    raise Damaged("a record that is cut off: the end of the file is missing")
    except (zlib.error, Damaged) as error:
        problem = str(error) if isinstance(error, Damaged) else "a record whose packed data is damaged"
        return _behind_damage(stream, buffer, start, digest, packed, problem)
    rest = unpacker.unused_data
    zeros = len(rest) - len(rest.lstrip(b"\x00"))
    taken = buffer[: len(buffer) - len(rest) + zeros]
    digest.update(taken)
    packed += len(taken)
    content = b"".join(parts) if out <= _RECORD_BYTES else None
    too_long = (
        None if content is not None else f"a record of {megabytes(out)}, more than one article may have"
    )
    return _Record(start, packed, digest.hexdigest(), content, too_long), buffer[len(taken) :]


def _behind_damage(
    stream: BinaryIO, buffer: bytes, start: int, digest: Any, packed: int, problem: str
) -> tuple[_Record, bytes]:
    """The damaged piece up to the next gzip member that begins as a record does."""
    skip = 1 if packed == 0 else 0
    while True:
        at = buffer.find(_GZIP, skip)
        while at >= 0 and len(buffer) - at < 512:
            more = stream.read(CHUNK_BYTES)
            if not more:
                break
            buffer += more
        if at >= 0 and not _begins_record(buffer[at : at + 4_096]):
            skip = at + 1
            continue
        if at >= 0:
            digest.update(buffer[:at])
            return _Record(start, packed + at, digest.hexdigest(), None, problem), buffer[at:]
        keep = max(0, len(buffer) - 2)
        digest.update(buffer[:keep])
        packed += keep
        buffer, skip = buffer[keep:], 0
        more = stream.read(CHUNK_BYTES)
        if not more:
            digest.update(buffer)
            return _Record(start, packed + len(buffer), digest.hexdigest(), None, problem), b""
        buffer += more


def _begins_record(packed: bytes) -> bool:
    try:
        start = zlib.decompressobj(wbits=31).decompress(packed, 64)
    except zlib.error:
        return False
    return start[:5] == b"WARC/" or _BEGIN_ARC.match(start + b" \n") is not None


# -- what a record holds --------------------------------------------------------------------------


def _record(file: InputFile, record: _Record, number: int) -> Iterator[Given]:
    part = f"record {number}"
    end = record.start + record.size
    problem = record.problem
    if problem is None and record.data is not None:
        if record.data.count(_MARK) and len(_split(record.data)) > 1:  # packed together
            yield member(file, part, content_of(io.BytesIO(record.data)), allowance_of(file))
            fields = {"body": "", "remark": "several records, which stand under its name"}
            yield SourceDocument(file.name, part, record.start, end, record.sha256, NAME, fields=fields)
            return
        try:
            found = captured(record.data)
        except Packed as error:
            problem = str(error)
        except _BAD as error:
            problem = f"a record that cannot be read ({type(error).__name__})"
    if problem is not None:
        yield SourceDocument(file.name, part, record.start, end, record.sha256, NAME, reason=problem)
        return
    if isinstance(found, str):
        fields = {"body": "", "remark": found}
        yield SourceDocument(file.name, part, record.start, end, record.sha256, NAME, fields=fields)
        return
    source = SourceDocument(file.name, part, record.start, end, record.sha256, NAME, text=b"")
    if found.content is None:
        reason = f"more than the {megabytes(ARTICLE_BYTES)} that one article may have"
        yield SourceDocument(file.name, part, record.start, end, record.sha256, NAME, reason=reason)
        return
    beside = {"url": found.url, "remark": f"captured {found.date}" if found.date else ""}
    beside = {name: value for name, value in beside.items() if value}
    yield from embedded(file, found.content, source, part + found.ending, beside)
