"""What the readers of archives share: the members, then the archive's own piece; and how a member is read again."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from lzma import LZMAError
from typing import BinaryIO

from corpus_db.readers.members import Given, Member, allowance_of, container_piece, too_deep
from corpus_db.readers.unpack import Allowance, Damaged
from corpus_db.readers.walk import InputFile, Unreadable

LINK = "a link in an archive, not followed: what it points to is read where it is in the archive itself"
DEVICE = "a device or pipe in an archive, not a file"
AGAIN = "a second name (hard link) of {}, read under that name"
# What zipfile, tarfile and the decompressors below them raise for bad data.
BAD = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, LZMAError, EOFError, ValueError, OverflowError, struct.error,
    RuntimeError, AttributeError, KeyError, IndexError,
)  # fmt: skip


class Limited(io.RawIOBase):
    """The first `size` bytes of a stream; closing it closes all that it was made of."""

    def __init__(self, stream: BinaryIO, size: int, *below: BinaryIO) -> None:
        super().__init__()
        self._stream, self._left, self._below = stream, size, below

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, target: object, /) -> int:
        """Bytes read into `target`. Raises OSError where the stream under it does not give them again."""
        view = memoryview(target).cast("B")  # type: ignore[arg-type]
        try:
            data = self._stream.read(min(len(view), self._left))
        except (Damaged, *BAD) as error:
            raise OSError(f"it changed while it was read ({type(error).__name__})") from None
        self._left -= len(data)
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close it and all that it was made of."""
        for stream in (self._stream, *self._below):
            stream.close()
        super().close()


def limited(stream: BinaryIO, size: int, *below: BinaryIO) -> BinaryIO:
    """`Limited` with a buffer."""
    return io.BufferedReader(Limited(stream, size, *below))


class Archive:
    """What the readers of archives share: the members, then the archive's own piece."""

    name: str
    kind: str  # in words

    def read(self, file: InputFile) -> Iterator[Given]:
        """The members, and the archive itself behind them. Raises OSError."""
        deep = too_deep(file, self.name, self.kind)
        if deep is not None:
            yield deep
            return
        allowance = allowance_of(file)
        holds, problem = False, None
        try:
            for given in self.members(file, allowance):
                holds = True
                yield given
        except Damaged as error:
            problem = str(error)
        yield container_piece(file, self.name, self.kind, holds, problem)

    def members(self, file: InputFile, allowance: Allowance) -> Iterator[Member | Unreadable]:
        """What is in the archive. Raises Damaged where it cannot be read on, and OSError."""
        raise NotImplementedError
