"""Files inside files: members of archives, attachments of mails, records of web archives.

A member is an `InputFile` like any other, so that everything that reads files reads it: it is
recognised by its content, cut into pieces whose byte ranges lie in it (unpacked), and may hold
members of its own. It has a row in `files`, which points to the file that holds it.

**Names.** `archive.zip/folder/a.txt`: as if the archive were a folder, so that what a name says of
its file (a date) is found, and what lies together sorts together. Nothing is ever written to disk,
so a name cannot lead anywhere; it could still be mistaken for what it is not. What would climb out
of the archive is written in the escapes of `walk.printable`: `..` as `\\x2e\\x2e`, a leading slash
as `\\x2f`. Slashes and dots that mean nothing (`./a//b`) are left out.

**Surroundings.** A member has the profile of the file that it lies in.

**Bytes.** A member of up to HELD_BYTES is held in memory, a larger one is unpacked again each time
it is opened: the first time for its size and hash. Nothing goes to temporary files.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import BinaryIO

from corpus_db.models import SourceDocument
from corpus_db.readers.limits import ARCHIVE_DEPTH, HEAD_BYTES, KEEP_BYTES, MEMBER_NAME
from corpus_db.readers.unpack import Allowance, Content
from corpus_db.readers.walk import OF_SYSTEM, InputFile, Unreadable, escaped, hidden, of_system, printable

# What a reader gives out: the pieces of a file, and files that lie in it.
Given = SourceDocument | InputFile | Unreadable

HIDDEN = "a hidden folder in an archive, not entered: unpack it to import it"


@dataclass(slots=True)
class Member(InputFile):
    """A file inside a file. `path` is empty: there is nothing on disk to open.

    `reopen` gives its content from the start as a stream; it is called for members that are not held.
    """

    held: bytes | None = field(default=None, repr=False, compare=False)
    reopen: Callable[[], BinaryIO] | None = field(default=None, repr=False, compare=False)
    depth: int = 1  # how many files it lies in
    allowance: Allowance | None = field(default=None, repr=False, compare=False)

    def open(self) -> BinaryIO:
        """Its bytes as a stream, which can be wound back where the member is held. Raises OSError."""
        if self.held is not None:
            return io.BytesIO(self.held)
        assert self.reopen is not None
        return self.reopen()

    def content(self) -> bytes | None:
        """All bytes of a small member; None for one above KEEP_BYTES."""
        return self.held if self.size <= KEEP_BYTES else None

    def head(self) -> bytes:
        """The first HEAD_BYTES bytes. Raises OSError."""
        if self.held is not None:
            return self.held[:HEAD_BYTES]
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def release(self) -> None:
        """Nothing: what is held goes with the member."""


def depth_of(file: InputFile) -> int:
    """How many files the file lies in."""
    return file.depth if isinstance(file, Member) else 0


def allowance_of(file: InputFile) -> Allowance:
    """What the file may unpack to; what lies in another spends from that one's too."""
    return Allowance.of_file(file.size, file.allowance if isinstance(file, Member) else None)


def member(
    container: InputFile,
    name: str,
    content: Content,
    allowance: Allowance,
    reopen: Callable[[], BinaryIO] | None = None,
) -> Member:
    """The member called `name` of a file, with what was read of it."""
    return Member(
        name=inside(container.name, name),
        path="",
        size=content.size,
        mtime_ns=container.mtime_ns,
        _digest=content.sha256,
        profile=container.profile,
        held=content.data,
        reopen=reopen,
        depth=depth_of(container) + 1,
        allowance=allowance,
    )


def unreadable(container: InputFile, name: str, reason: str) -> Unreadable:
    """A member that is not read, and why."""
    return Unreadable(inside(container.name, name), reason)


def inside(container: str, name: str) -> str:
    """The stored name of the member that calls itself `name`: see above."""
    if len(name) > MEMBER_NAME:
        name = f"{name[: MEMBER_NAME // 2]}…{name[-MEMBER_NAME // 2 :]}"
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if not parts:
        parts = ["unnamed"]
    if ".." not in parts and not name.startswith("/"):
        return f"{container}/{printable('/'.join(parts))}"
    safe = "/".join("\\x2e\\x2e" if part == ".." else escaped(part) for part in parts)
    root = "\\x2f" if name.startswith("/") else ""
    return f"{container}/{root}{safe}"


class Leftovers:
    """Tells what systems and programs left behind in an archive; each hidden folder is named once."""

    def __init__(self, container: InputFile) -> None:
        self._container = container
        self._named: set[str] = set()

    def __contains__(self, name: str) -> bool:
        return of_system(name.rpartition("/")[2]) or self._folder(name) is not None

    def found(self, name: str) -> Unreadable | None:
        """What is said of the leftover `name`; nothing where its folder was named before."""
        folder = self._folder(name)
        if folder is None:
            return Unreadable(inside(self._container.name, name), OF_SYSTEM, "empty")
        if folder in self._named:
            return None
        self._named.add(folder)
        return Unreadable(inside(self._container.name, folder), HIDDEN, "empty")

    @staticmethod
    def _folder(name: str) -> str | None:
        """The outermost hidden folder that a file lies in."""
        parts = name.split("/")[:-1]
        for count, part in enumerate(parts, 1):
            if part not in (".", "..") and hidden(part):
                return "/".join(parts[:count])
        return None


def container_piece(
    file: InputFile, reader: str, kind: str, holds: bool, problem: str | None
) -> SourceDocument:
    """The piece that an archive itself is, after its members: empty, or rejected for what is wrong with it."""
    digest = file.sha256()
    if problem is not None:
        how = "of which only a part could be read" if holds else "that cannot be read"
        reason = f"{kind} {how}: {problem}"
        return SourceDocument(file.name, None, 0, file.size, digest, reader, reason=reason)
    what = "what is in it stands under its own name" if holds else "there is nothing in it"
    return SourceDocument(
        file.name, None, 0, file.size, digest, reader, fields={"body": "", "remark": f"{kind}: {what}"}
    )


def too_deep(file: InputFile, reader: str, kind: str) -> SourceDocument | None:
    """The rejection of an archive that lies in too many others."""
    if depth_of(file) < ARCHIVE_DEPTH:
        return None
    problem = f"it lies in {depth_of(file)} others: unpack the outer ones and import the folder"
    return container_piece(file, reader, kind, False, problem)
