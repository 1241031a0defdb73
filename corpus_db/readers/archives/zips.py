"""zip archives: what their directory names, one member at a time.

The size of the directory is bounded before zipfile reads it, and a member that claims to be packed as no text is, is
not unpacked. Office documents are zip files too and are left to their readers.
"""

from __future__ import annotations

import errno
import io
import stat
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from corpus_db.readers.archives.archive import BAD, DEVICE, LINK, Archive, limited
from corpus_db.readers.limits import UNPACKED_RATIO, ZIP_DIRECTORY_BYTES, megabytes
from corpus_db.readers.members import Leftovers, Member, inside, member, unreadable
from corpus_db.readers.unpack import Allowance, Damaged, content_of
from corpus_db.readers.walk import InputFile, Unreadable

_ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")
# Names that tell the zip files that are documents: Office, OpenDocument, EPUB.
_DOCUMENT_NAMES = frozenset({"[Content_Types].xml", "mimetype"})
# WACZ: a crawl, whose pages are in archive/ and told of again in the lists beside it.
_RECORDS, _PACKAGE, _WARC = "archive/", "datapackage.json", (".warc", ".warc.gz")
_OF_CRAWL = "a list that belongs to a crawl (WACZ): its pages are read from the records in archive/"
_ENCRYPTED = 0x1
_BROKEN_ZIP = "it is damaged or cut off (the list of files at its end is missing or wrong): get it again"
_LOCKED = "encrypted: unpack it with its password and import that"


class ZipReader(Archive):
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
            except (Damaged, *BAD):
                return True

    def members(self, file: InputFile, allowance: Allowance) -> Iterator[Member | Unreadable]:
        """What the archive's directory names. Raises Damaged and OSError."""
        leftovers = Leftovers(file)
        with file.open() as stream:
            if not stream.seekable():
                raise Damaged(f"it has {megabytes(file.size)} and lies in another archive: unpack that one")
            with _directory(stream) as archive:
                crawl = _is_crawl(archive.namelist())
                for info in archive.infolist():
                    name = _zip_name(info)
                    if info.is_dir() or stat.S_ISDIR(info.external_attr >> 16):
                        continue
                    if name in leftovers:
                        if (found := leftovers.found(name)) is not None:
                            yield found
                        continue
                    if crawl and not name.startswith(_RECORDS):
                        yield Unreadable(inside(file.name, name), _OF_CRAWL, "empty")
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
        except BAD as error:
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
    except BAD:
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


def _is_crawl(names: list[str]) -> bool:
    """Whether the archive is a crawl in WACZ."""
    return _PACKAGE in names and any(name.startswith(_RECORDS) and name.endswith(_WARC) for name in names)


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
