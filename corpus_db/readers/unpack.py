"""Unpacking gzip, bzip2 and xz as a stream that cannot be made to eat the machine.

The standard library's own file objects for these formats have no bounds: a few kilobytes of xz may
ask for gigabytes of memory, and any of the three may expand a thousandfold. `Unpacked` uses its
decompressors one step at a time, each step bounded, and counts what comes out against the
`Allowance` of the file on disk. Several streams one after the other are one content, as these
formats have it. What is wrong with a stream is `Damaged`, with the reason in words; what came
before it has been given out.
"""

from __future__ import annotations

import bz2
import io
import lzma
import re
import zlib
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO, Literal, NamedTuple, Protocol

from corpus_db.readers.limits import (
    CHUNK_BYTES,
    HELD_BYTES,
    UNPACKED_BYTES,
    UNPACKED_FREE,
    UNPACKED_RATIO,
    XZ_MEMORY,
    megabytes,
)

Packing = Literal["gzip", "bzip2", "xz"]

_MAGICS: tuple[tuple[re.Pattern[bytes], Packing], ...] = (
    (re.compile(rb"\x1f\x8b\x08"), "gzip"),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), "bzip2"),
    (re.compile(rb"\xfd7zXZ\x00"), "xz"),
)
_FIRSTS = (b"\x1f", b"B", b"\xfd")
_STEP = 65_536  # packed bytes at a time
_BUFFER = 262_144


class Damaged(Exception):
    """An archive or a file in it that cannot be read on; the message says why, as a reason does."""


class TooMuch(Damaged):
    """The file on disk has unpacked to as much as it may."""


@dataclass(slots=True)
class Allowance:
    """How many bytes a file may still unpack to; what lies in another file spends from that one's too."""

    left: int
    of: int
    outer: Allowance | None = None

    @classmethod
    def of_file(cls, size: int, outer: Allowance | None = None) -> Allowance:
        """What a file of `size` bytes may unpack to: one on disk, or one that lies in another."""
        free = UNPACKED_FREE if outer is None else UNPACKED_FREE // 10
        most = min(max(free, size * UNPACKED_RATIO), UNPACKED_BYTES, *([outer.left // 2] if outer else []))
        return cls(most, most, outer)

    def spend(self, size: int) -> None:
        """Count `size` bytes. Raises TooMuch where they are too many."""
        if self.outer is not None:
            self.outer.spend(size)
        self.left -= size
        if self.left < 0:
            raise TooMuch(
                f"it unpacks to more than {megabytes(self.of)}, far more than news text does: if it is no"
                " bomb, unpack it and import the folder"
            )


def packing(head: bytes) -> Packing | None:
    """How a file that begins with `head` is packed, None when it is not."""
    if head[:1] not in _FIRSTS:  # most files
        return None
    return next((name for magic, name in _MAGICS if magic.match(head)), None)


class _Decompressor(Protocol):
    """What the three decompressors share."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    @property
    def needs_input(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Gzip:
    """zlib's decompressor for gzip in the shape of the two others: it keeps what it did not consume."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=31)  # gzip header, checksum and length
        self._full = False

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail and not self._full

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        out = self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)
        self._full = len(out) == max_length  # there may be more behind without more input
        return out


def _decompressor(kind: Packing) -> _Decompressor:
    if kind == "gzip":
        return _Gzip()
    return bz2.BZ2Decompressor() if kind == "bzip2" else lzma.LZMADecompressor(memlimit=XZ_MEMORY)


class Unpacked(io.RawIOBase):
    """The content of a packed stream. Reading raises Damaged where it cannot go on.

    `allowance` None: what comes out was counted before.
    """

    def __init__(self, packed: BinaryIO, kind: Packing, allowance: Allowance | None) -> None:
        super().__init__()
        self._packed = packed
        self._kind = kind
        self._allowance = allowance
        self._decompressor: _Decompressor = _decompressor(kind)
        self._behind = b""  # packed bytes that are read and not consumed

    def readable(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Close it and the stream under it."""
        self._packed.close()
        self._decompressor = _Ended()  # the other may hold much memory
        super().close()

    def readinto(self, target: object, /) -> int:
        """Bytes read into `target`, at least one unless the content is at its end."""
        view = memoryview(target).cast("B")  # type: ignore[arg-type]
        data = self._some(len(view))
        if self._allowance is not None:
            self._allowance.spend(len(data))
        view[: len(data)] = data
        return len(data)

    def _some(self, limit: int) -> bytes:
        while True:
            if self._decompressor.eof and not self._next_stream():
                return b""
            ended = False
            if self._decompressor.needs_input and not self._behind:
                self._behind = self._packed.read(_STEP)
                ended = not self._behind
            given, self._behind = self._behind, b""
            try:
                data = self._decompressor.decompress(given, limit)
            except lzma.LZMAError as error:
                if "Memory" in str(error):
                    raise Damaged(f"unpacking it takes more than {megabytes(XZ_MEMORY)} of memory") from None
                raise self._damage() from None
            except (zlib.error, OSError, EOFError, ValueError):
                raise self._damage() from None
            if data:
                return data
            if ended and not self._decompressor.eof:
                raise Damaged(f"it is cut off, the {self._kind} data ends early: get the file again")

    def _damage(self) -> Damaged:
        return Damaged(f"its {self._kind} data is damaged: get the file again")

    def _next_stream(self) -> bool:
        """Whether another stream begins behind the one that ended; zeros between them mean nothing."""
        rest = self._decompressor.unused_data
        while True:
            rest = rest.lstrip(b"\x00")
            if len(rest) >= 10:
                break
            more = self._packed.read(_STEP)
            if not more:
                break
            rest += more
        if not rest:
            self._decompressor = _Ended()
            return False
        if packing(rest) != self._kind:
            self._decompressor = _Ended()
            raise Damaged(f"behind its end stands something that is no {self._kind} data and was not read")
        self._decompressor, self._behind = _decompressor(self._kind), rest
        return True


class _Ended:
    """A decompressor behind the last stream."""

    eof = True
    unused_data = b""
    needs_input = False

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return b""


def unpacked(packed: BinaryIO, kind: Packing, allowance: Allowance | None) -> io.BufferedReader:
    """`Unpacked` with a buffer; closing it closes `packed`."""
    return io.BufferedReader(Unpacked(packed, kind, allowance), _BUFFER)


class Readable(Protocol):
    """A stream that can be asked for what is at hand: a failure then loses nothing before it."""

    def read1(self, size: int, /) -> bytes:
        """Up to `size` bytes, from one read below it."""
        ...


class Content(NamedTuple):
    """What a stream held: its bytes (None above HELD_BYTES), how many, their SHA-256, what was wrong."""

    data: bytes | None
    size: int
    sha256: str
    damage: Damaged | None


def content_of(stream: Readable, allowance: Allowance | None = None) -> Content:
    """Reads a stream to its end or to where it is damaged, holding no more than HELD_BYTES."""
    digest = sha256()
    parts: list[bytes] = []
    size = 0
    damage = None
    try:
        while chunk := stream.read1(CHUNK_BYTES):
            if allowance is not None:
                allowance.spend(len(chunk))
            digest.update(chunk)
            size += len(chunk)
            if size <= HELD_BYTES:
                parts.append(chunk)
            else:
                parts.clear()
    except Damaged as error:
        damage = error.with_traceback(None)  # which would hold the stream
    data = b"".join(parts) if size <= HELD_BYTES else None
    return Content(data, size, digest.hexdigest(), damage)
