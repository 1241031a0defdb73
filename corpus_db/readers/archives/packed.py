"""One file, packed with gzip, bzip2 or xz."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from corpus_db.readers.archives.archive import Archive, limited
from corpus_db.readers.limits import HEAD_BYTES
from corpus_db.readers.members import Member, member
from corpus_db.readers.unpack import Allowance, Damaged, Packing, content_of, packing, unpacked
from corpus_db.readers.walk import InputFile, Unreadable

_ENDINGS = {"gzip": (".gz", ".z", ".gzip"), "bzip2": (".bz2", ".bz"), "xz": (".xz",)}


class PackedReader(Archive):
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
