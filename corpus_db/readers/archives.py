"""Archives, read in place as if they were folders: zip, tar (also packed), single packed files.

Each file in an archive is given out as a `Member`, in the order of the archive, and goes the way of
any file: recognised by its content, never by what the archive says of it. Behind its members stands
the archive's own piece, all of its bytes: empty where everything in it was given out, rejected with
what is wrong with it otherwise. What is not a file (links, devices) and what cannot be read (an
encrypted member, one whose checksum is wrong) is an `Unreadable` of its own.

zip and tar are the standard library's. Both are asked for one member at a time and nothing is
extracted. What they leave unbounded is bounded here: the size of a zip's directory, of tar's
extended headers, of what is unpacked (`limits.py`). Office documents are zip files too; those that
have no reader of their own are left to the text reader, which names them.
"""

from __future__ import annotations

import errno
import io
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from lzma import LZMAError
from typing import BinaryIO, Self, cast

from corpus_db.readers.limits import HEAD_BYTES, UNPACKED_RATIO, ZIP_DIRECTORY_BYTES, megabytes
from corpus_db.readers.members import (
    Given,
    Leftovers,
    Member,
    allowance_of,
    container_piece,
    inside,
    member,
    too_deep,
    unreadable,
)
from corpus_db.readers.unpack import Allowance, Damaged, Packing, content_of, packing, unpacked
from corpus_db.readers.walk import InputFile, Unreadable

LINK = "a link in an archive, not followed: what it points to is read where it is in the archive itself"
DEVICE = "a device or pipe in an archive, not a file"
AGAIN = "a second name (hard link) of {}, read under that name"
# What zipfile, tarfile and the decompressors below them raise for bad data.
_BAD = (
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
        except (Damaged, *_BAD) as error:
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


class _Archive:
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


# -- zip ------------------------------------------------------------------------------------------

_ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
# Names that tell the zip files that are documents: Office, OpenDocument, EPUB.
_DOCUMENT_NAMES = frozenset({"[Content_Types].xml", "mimetype"})
_ENCRYPTED = 0x1
_BROKEN_ZIP = "it is damaged or cut off (the list of files at its end is missing or wrong): get it again"
_LOCKED = "encrypted: unpack it with its password and import that"


class ZipReader(_Archive):
    """zip archives."""

    name = "zip"
    begins = b"P"
    kind = "a zip archive"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the first bytes, unless it is a document that is packed as zip."""
        if not head.startswith(_ZIP_MAGICS):
            return False
        with file.open() as stream:
            if not stream.seekable():
                return True
            try:
                with _directory(stream) as archive:
                    return _DOCUMENT_NAMES.isdisjoint(info.filename for info in archive.infolist())
            except (Damaged, *_BAD):
                return True

    def members(self, file: InputFile, allowance: Allowance) -> Iterator[Member | Unreadable]:
        """What the archive's directory names. Raises Damaged and OSError."""
        leftovers = Leftovers(file)
        with file.open() as stream:
            if not stream.seekable():
                raise Damaged(f"it has {megabytes(file.size)} and lies in another archive: unpack that one")
            with _directory(stream) as archive:
                for info in archive.infolist():
                    name = _zip_name(info)
                    if info.is_dir() or stat.S_ISDIR(info.external_attr >> 16):
                        continue
                    if name in leftovers:
                        if (found := leftovers.found(name)) is not None:
                            yield found
                        continue
                    reason = _zip_refusal(info)
                    if reason is not None:
                        yield unreadable(file, name, reason)
                        continue
                    yield self._member(file, archive, info, name, allowance)

    def _member(
        self,
        file: InputFile,
        archive: zipfile.ZipFile,
        info: zipfile.ZipInfo,
        name: str,
        allowance: Allowance,
    ) -> Member | Unreadable:
        try:
            with cast(io.BufferedIOBase, archive.open(info)) as stream:
                content = content_of(stream, allowance)
        except _BAD as error:
            return unreadable(file, name, _zip_problem(error))
        except OSError as error:
            if _of_disk(error):
                raise
            return unreadable(file, name, _zip_problem(error))
        if content.damage is not None:
            raise content.damage
        return member(file, name, content, allowance, lambda: _zip_again(file, info, content.size))


def _directory(stream: BinaryIO) -> zipfile.ZipFile:
    """The archive with its directory read. Raises Damaged."""
    try:
        if _directory_bytes(stream) > ZIP_DIRECTORY_BYTES:
            raise Damaged(
                f"its list of files alone has more than {megabytes(ZIP_DIRECTORY_BYTES)}: unpack it and import"
                " the folder"
            )
        return zipfile.ZipFile(stream)
    except _BAD:
        raise Damaged(_BROKEN_ZIP) from None
    except OSError as error:
        if _of_disk(error):
            raise
        raise Damaged(_BROKEN_ZIP) from None


def _of_disk(error: OSError) -> bool:
    """Whether the disk failed, and not the archive: with bad bzip2 data, or a place before its beginning."""
    return error.errno not in (None, errno.EINVAL)


def _directory_bytes(stream: BinaryIO) -> int:
    """What the archive says of the size of its directory; 0 where it says nothing.

    Source: PKWARE's APPNOTE, 4.3.14 (zip64 end of central directory) and 4.3.16 (end of central directory).
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 66_000))  # the longest comment has 65,535 bytes
    tail = stream.read()
    stream.seek(0)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or end + 16 > len(tail):
        return 0
    large = tail.rfind(b"PK\x06\x06", 0, end)
    if large >= 0 and large + 48 <= len(tail):
        return int.from_bytes(tail[large + 40 : large + 48], "little")
    return int.from_bytes(tail[end + 12 : end + 16], "little")


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The member's name; UTF-8 where the archive forgot to say so, as many programs do."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _zip_refusal(info: zipfile.ZipInfo) -> str | None:
    """Why a member is not unpacked."""
    kind = stat.S_IFMT(info.external_attr >> 16)  # 0 where the archive was not made on Unix
    if kind == stat.S_IFLNK:
        return LINK
    if kind not in (0, stat.S_IFREG):
        return DEVICE
    if info.flag_bits & _ENCRYPTED:
        return _LOCKED
    if info.file_size > max(1_000_000, info.compress_size * UNPACKED_RATIO):
        return (
            f"{megabytes(info.file_size)} packed into {info.compress_size:,} bytes, as no text is: if it is no"
            " bomb, unpack it and import that"
        )
    return None


def _zip_problem(error: Exception) -> str:
    if isinstance(error, NotImplementedError):
        return (
            "packed in a way that is not known here: unpack it with the program that made it and import that"
        )
    if "CRC" in str(error):
        return "damaged: its checksum in the archive is another"
    return "damaged: what the archive holds of it cannot be unpacked"


def _zip_again(file: InputFile, info: zipfile.ZipInfo, size: int) -> BinaryIO:
    below = file.open()
    archive = zipfile.ZipFile(below)
    return limited(archive.open(info), size, below)  # type: ignore[arg-type]


# -- tar ------------------------------------------------------------------------------------------

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


class TarReader(_Archive):
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
        except _BAD:
            raise Damaged(_BROKEN_TAR) from None


def _is_tar(head: bytes) -> bool:
    if len(head) < tarfile.BLOCKSIZE or not _CHECKSUM.match(head, 148):  # a glance is enough for most files
        return False
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except _BAD:
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


# -- single files ---------------------------------------------------------------------------------

_ENDINGS = {"gzip": (".gz", ".z", ".gzip"), "bzip2": (".bz2", ".bz"), "xz": (".xz",)}


class PackedReader(_Archive):
    """One file, packed with gzip, bzip2 or xz."""

    name = "packed"
    begins = b"\x1fB\xfd"
    kind = "a packed file"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the first bytes."""
        return packing(head) is not None

    def members(self, file: InputFile, allowance: Allowance) -> Iterator[Member | Unreadable]:
        """The file that is packed; of a damaged one what comes before the damage. Raises Damaged and OSError."""
        kind = packing(file.head())
        if kind is None:
            raise Damaged("it changed while it was read")
        with unpacked(file.open(), kind, allowance) as stream:
            content = content_of(stream)
        if content.size or content.damage is None:
            yield member(
                file, _unpacked_name(file.name, kind), content, allowance,
                lambda: limited(unpacked(file.open(), kind, None), content.size),
            )  # fmt: skip
        if content.damage is not None:
            raise content.damage


def _unpacked_name(name: str, kind: Packing) -> str:
    """The name without its folder and the ending that says how it is packed."""
    last = name.rpartition("/")[2]
    for ending in _ENDINGS[kind]:
        if last.lower().endswith(ending) and len(last) > len(ending):
            return last[: -len(ending)]
    return last


def unpacked_head(file: InputFile, kind: Packing, size: int = HEAD_BYTES) -> bytes:
    """The first bytes of what is packed in a file, as far as they can be unpacked. Raises OSError."""
    out = b""
    with suppress(Damaged), unpacked(file.open(), kind, Allowance.of_file(0)) as stream:
        while len(out) < size and (more := stream.read1(size - len(out))):
            out += more
    return out
