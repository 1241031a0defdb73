"""tar archives, plain or packed, read from beginning to end as a stream, whose headers are not believed."""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Callable, Generator, Iterator
from typing import BinaryIO, Self

from corpus_db.readers.archives.archive import AGAIN, BAD, DEVICE, LINK, Archive, limited
from corpus_db.readers.archives.packed import unpacked_head
from corpus_db.readers.members import Leftovers, Member, inside, member, unreadable
from corpus_db.readers.unpack import Allowance, Damaged, content_of, packing, unpacked
from corpus_db.readers.walk import InputFile, Unreadable

_BROKEN_TAR = "it is damaged or cut off: get it again"
_CHECKSUM = re.compile(rb"(?=\x20{0,6}[0-7])[ 0-7]{5,7}[\x00 ]")


class _Header(tarfile.TarInfo):
    """A header of a tar archive that is not believed.

    tarfile reads extended headers and long names into memory at the size that they claim, and takes a
    broken header behind the first for the end of the archive.
    """

    LONGEST = 1_000_000

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        """The next header. Raises Damaged for a broken one."""
        try:
            return super().fromtarfile(archive)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError):  # type: ignore[attr-defined]
            raise Damaged(_BROKEN_TAR) from None
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]  # zeros
            archive.marked = True  # type: ignore[attr-defined]
            raise
        except tarfile.EmptyHeaderError:  # type: ignore[attr-defined]  # nothing at all
            if not getattr(archive, "marked", False):
                raise Damaged(_BROKEN_TAR) from None
            raise

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo | None:
        small = (
            tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE,
        )  # fmt: skip
        if self.size < 0 or (self.type in small and self.size > self.LONGEST):
            raise Damaged(_BROKEN_TAR)
        found: tarfile.TarInfo | None = super()._proc_member(archive)  # type: ignore[misc]
        return found


class TarReader(Archive):
    """tar archives, plain or packed."""

    name = "tar"
    kind = "a tar archive"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the checksum of the first header, of what is unpacked where it is packed."""
        kind = packing(head)
        return _is_tar(head if kind is None else unpacked_head(file, kind))

    def members(self, file: InputFile, allowance: Allowance) -> Iterator[Member | Unreadable]:
        """What stands in the archive. Raises Damaged and OSError."""
        leftovers = Leftovers(file)
        for number, (archive, info) in enumerate(_headers(file, allowance)):
            if info.isdir():
                continue
            name = info.name
            if name in leftovers:
                if (found := leftovers.found(name)) is not None:
                    yield found
            elif info.islnk():
                target = inside(file.name, info.linkname)
                yield Unreadable(inside(file.name, name), AGAIN.format(target), "empty")
            elif info.issym():
                yield unreadable(file, name, LINK)
            elif not info.isreg():
                yield unreadable(file, name, DEVICE)
            elif info.issparse():
                yield unreadable(file, name, "a sparse file, which no text is: unpack it and import that")
            else:
                yield self._member(file, archive, info, allowance, number)

    def _member(
        self,
        file: InputFile,
        archive: tarfile.TarFile,
        info: tarfile.TarInfo,
        allowance: Allowance,
        number: int,
    ) -> Member | Unreadable:
        stream = archive.extractfile(info)
        assert stream is not None
        try:
            content = content_of(stream)  # type: ignore[arg-type]
        except tarfile.TarError:  # it ends early
            raise Damaged(_BROKEN_TAR) from None
        if content.damage is not None:
            raise content.damage
        return member(file, info.name, content, allowance, lambda: _tar_again(file, number, content.size))


def _headers(
    file: InputFile, allowance: Allowance | None
) -> Generator[tuple[tarfile.TarFile, tarfile.TarInfo], None, None]:
    """The headers of the archive one after the other, each with the archive at its content.

    Zeros between headers mean nothing: archives may be joined, and their end is the file's.
    """
    with file.open() as packed:
        kind = packing(file.head())
        stream = packed if kind is None else unpacked(packed, kind, allowance)
        try:
            with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header, ignore_zeros=True) as archive:
                while (info := archive.next()) is not None:
                    yield archive, info
                    archive.members = []  # type: ignore[attr-defined]  # it would keep all of them
        except BAD:
            raise Damaged(_BROKEN_TAR) from None


def _is_tar(head: bytes) -> bool:
    if len(head) < tarfile.BLOCKSIZE or not _CHECKSUM.match(head, 148):  # a glance is enough for most files
        return False
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except BAD:
        return False
    return True


def _tar_again(file: InputFile, number: int, size: int) -> BinaryIO:
    """The content of the member with this number, found by going through the archive once more."""
    headers = _headers(file, None)
    for count, (archive, info) in enumerate(headers):
        if count == number:
            stream = archive.extractfile(info)
            assert stream is not None
            return limited(stream, size, _Closing(headers.close))  # type: ignore[arg-type]
    raise OSError("it changed while it was read")


class _Closing(io.RawIOBase):
    """Something to close with a stream."""

    def __init__(self, closed: Callable[[], None]) -> None:
        super().__init__()
        self._end = closed

    def close(self) -> None:
        if not self.closed:
            self._end()
        super().close()
