"""Which files an import is asked to read, and the names under which they are remembered.

Paths, folders and patterns become a stream of files, always in the same order: real entries of
every argument first, sorted by name, links afterwards. That way a file that is reached both
directly and through a link appears once, under its own name, whatever the order of the arguments.

Only folders that were entered and files that were reached in another way than through their
folder are remembered, not every file: memory stays flat for millions of articles.

What no article can be in is still accounted for. `Unreadable.outcome` is "rejected" where
something is in the way (no permission, a broken link, a pipe, a database) and "empty" for what
only belongs to the operating system or an editor (`.DS_Store`, `.git/`), so that such a file does
not make an import fail.

Stored names are the path relative to the database's folder when it lies at or beneath it, else
absolute, with forward slashes. A name with undecodable bytes or control characters is written in
printable form: such bytes as `\\xNN`, and the backslash doubled, in these names (and in those that
hold a literal `\\xNN`) only.
"""

from __future__ import annotations

import errno
import glob
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Literal

from corpus_db.errors import NothingToImport
from corpus_db.models import Profile
from corpus_db.readers.limits import CHUNK_BYTES, HEAD_BYTES, KEEP_BYTES
from corpus_db.readers.profiles import FILE_NAME as PROFILE
from corpus_db.readers.surroundings import Surroundings

# Files that operating systems and editors leave behind; hidden folders are known by their dot.
SYSTEM_FILES = frozenset(
    {
        ".ds_store",
        "thumbs.db",
        "desktop.ini",
        "ehthumbs.db",
        ".gitignore",
        ".gitkeep",
        ".localized",
        ".directory",
    }
)
SYSTEM_FOLDERS = frozenset({"__macosx", "$recycle.bin", "paxheaders", "system volume information"})

# AppleDouble; what Word and LibreOffice keep beside a document that is open.
_LEFT_BEHIND = ("._", "~$", ".~lock.")
OF_SYSTEM = "a file of the operating system or an editor"

SQLITE_MAGIC = b"SQLite format 3\x00"
# A database's companions: rollback journal, write-ahead log in both byte orders.
_SQLITE_COMPANIONS = (b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
_COMPANION_ENDINGS = ("-journal", "-wal", "-shm")
# Only files of these names are opened at discovery, so that a database that changes while it is
# written is not taken for a changed input; one of another name is recognised when it is read.
_DATABASE_ENDINGS = (".db", ".db3", ".sqlite", ".sqlite3", ".s3db", *_COMPANION_ENDINGS)

_LOOKS_ESCAPED = re.compile(r"\\x[0-9a-f]{2}")

_TO_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)  # Windows would translate line ends

_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that was found and cannot be read, with one line that says why."""

    name: str
    reason: str
    outcome: Literal["rejected", "empty"] = "rejected"


@dataclass(slots=True)
class InputFile:
    """One file to read. `name` is what is stored; `path` is what is opened.

    `size` is in bytes and `mtime_ns` in nanoseconds since 1970, both as found at discovery.
    """

    name: str
    path: str
    size: int
    mtime_ns: int
    _kept: bytes | None = field(default=None, repr=False, compare=False)
    _digest: str | None = field(default=None, repr=False, compare=False)
    recognised_by: object = field(default=None, repr=False, compare=False)  # the reader, once known
    profile: Profile | None = field(default=None, repr=False, compare=False)
    beside: tuple[InputFile, ...] = field(default=(), repr=False, compare=False)  # that may describe it
    describes: bool = field(default=False, repr=False, compare=False)  # it may describe a text beside it

    def open(self) -> BinaryIO:
        """The file's bytes as a stream. Raises OSError."""
        return open(self.path, "rb")

    def content(self) -> bytes | None:
        """All bytes of a small file, read once; None for one above KEEP_BYTES. Raises OSError."""
        if self._kept is None and self.size <= KEEP_BYTES:
            # The system's own calls: for a small file, Python's file objects take four times as long.
            descriptor = os.open(self.path, _TO_READ)
            try:
                data = os.read(descriptor, self.size + 1)
                while len(data) != self.size and len(data) <= KEEP_BYTES:  # it changed since it was found
                    more = os.read(descriptor, KEEP_BYTES + 1)
                    if not more:
                        break
                    data += more
            finally:
                os.close(descriptor)
            self.size = len(data)
            if self.size > KEEP_BYTES:
                self.size = os.stat(self.path).st_size
                return None
            self._kept = data
        return self._kept

    def head(self) -> bytes:
        """The first HEAD_BYTES bytes. Raises OSError."""
        data = self.content()
        if data is not None:
            return data[:HEAD_BYTES]
        with self.open() as stream:
            return stream.read(HEAD_BYTES)

    def release(self) -> None:
        """Let go of the bytes that were kept; they are read again when they are asked for."""
        self._kept = None

    def sha256(self) -> str:
        """SHA-256 of the file in hexadecimal; computed once. Raises OSError."""
        if self._digest is None:
            data = self.content()
            if data is not None:
                self._digest = sha256(data).hexdigest()
            else:
                digest = sha256()
                with self.open() as stream:
                    while chunk := stream.read(CHUNK_BYTES):
                        digest.update(chunk)
                self._digest = digest.hexdigest()
        return self._digest


Found = InputFile | Unreadable


def discover(
    paths: Sequence[str], base: Path, profile: Profile | None = None, mapped: Profile | None = None
) -> Iterator[Found]:
    """Every file that `paths` (files, folders, patterns) lead to, each once, in a fixed order.

    `base` is the folder that stored names are relative to; `profile` holds instead of those that lie
    in folders, `mapped` names columns before either. A path that does not exist is given out
    as Unreadable, after the files. Raises NothingToImport where none of them exists, before
    anything is given out, and in the course of it ProfileWrong for a profile that cannot be understood.
    """
    expanded = {path: _expand(path) for path in paths}
    missing = [path for path, starts in expanded.items() if not starts]
    if paths and len(missing) == len(expanded):
        raise NothingToImport(f"{printable(missing[0])}: {_missing(missing[0])}")
    return _Walk(os.path.realpath(base), profile, mapped).run(
        [start for starts in expanded.values() for start in starts], missing
    )


def stored_name(path: str, base: str) -> str:
    """The printable, reversible name of `path`, relative to the real folder `base` if beneath it."""
    return printable(_relative(path, base))


def _relative(path: str, base: str) -> str:
    absolute = _absolute(path)
    inside = base.rstrip(os.sep) + os.sep
    name = absolute[len(inside) :] if absolute.startswith(inside) else absolute
    return name if os.sep == "/" else name.replace(os.sep, "/")


def printable(name: str) -> str:
    """`name` on one line: undecodable bytes and control characters as `\\xNN`, reversibly."""
    if "\\" not in name and name.isprintable():
        return name
    if not any(_unprintable(character) for character in name) and not _LOOKS_ESCAPED.search(name):
        return name
    return escaped(name)


def escaped(name: str) -> str:
    """`name` in the printable form that doubles backslashes, whether it needs it or not."""
    return "".join(_escaped(character) for character in name)


def _unprintable(character: str) -> bool:
    code = ord(character)
    return code < 0x20 or 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or code in (0x2028, 0x2029)


def _escaped(character: str) -> str:
    if character == "\\":
        return "\\\\"
    if not _unprintable(character):
        return character
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))


def _absolute(path: str) -> str:
    """`path` with its folder resolved and its own last part kept, so that a link keeps its name."""
    folder, last = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), last)


def _expand(path: str) -> list[str]:
    """The paths that one argument stands for: itself, or what the pattern matches, sorted."""
    if os.path.lexists(path):
        return [path]
    if glob.has_magic(path):
        return sorted(glob.glob(path, recursive=True), key=os.fsencode)
    return []


def _missing(path: str) -> str:
    """Why there is nothing to read at a path that was asked for, and what to do."""
    if glob.has_magic(path):
        return "nothing matches this pattern: check the folder and the quotes"
    return "does not exist: check the spelling, or give another file or folder"


class _Walk:
    """One discovery: what was entered, what was given out, which links are still to follow."""

    def __init__(self, base: str, profile: Profile | None = None, mapped: Profile | None = None) -> None:
        self.base = base
        self.surroundings = Surroundings(lambda path: stored_name(path, base), profile, mapped)
        self.entered: set[str] = set()  # real paths of folders
        self.given: set[str] = set()  # real paths of files not reached through their folder
        self.links: list[str] = []
        self._folder = ("", "")  # the last folder and its relative path: most files share theirs

    def run(self, starts: Sequence[str], missing: Sequence[str] = ()) -> Iterator[Found]:
        for start in starts:
            if os.path.islink(start) and not os.path.isdir(start):
                self.links.append(start)
            elif os.path.isdir(start):
                yield from self.folder(start)
            else:
                yield from self.single(start)
        while self.links:  # a linked folder may hold further links
            links, self.links = sorted(self.links, key=os.fsencode), []
            for link in links:
                yield from self.link(link)
        for path in missing:
            yield self.unreadable(path, _missing(path))

    def folder(self, path: str) -> Iterator[Found]:
        """The files of a folder and its folders, depth first, without recursion."""
        stack = [path]
        while stack:
            current = stack.pop()
            real = os.path.realpath(current)
            if real in self.entered:
                continue
            self.entered.add(real)
            try:
                with os.scandir(current) as scan:
                    entries = sorted(scan, key=lambda entry: os.fsencode(entry.name))
            except OSError as error:
                yield self.unreadable(current, _why(error))
                continue
            if not entries:
                yield self.unreadable(current, "a folder with nothing in it", "empty")
            self.surroundings.enter(current, [entry.name for entry in entries])
            folders: list[str] = []
            for entry in entries:
                if entry.is_symlink():
                    self.links.append(entry.path)
                elif _is_folder(entry):
                    if hidden(entry.name):
                        yield self.unreadable(
                            entry.path, "a hidden folder, not entered: name it to import it", "empty"
                        )
                    else:
                        folders.append(entry.path)
                elif not self.given or os.path.realpath(entry.path) not in self.given:
                    yield self.file(entry.path)
            stack.extend(reversed(folders))

    def single(self, path: str) -> Iterator[Found]:
        """A file that was named or linked to, unless its folder was entered or it was given out."""
        real = os.path.realpath(path)
        if real in self.given or os.path.dirname(real) in self.entered:
            return
        self.given.add(real)
        yield self.file(path)

    def link(self, path: str) -> Iterator[Found]:
        try:
            target = os.stat(path)
        except OSError as error:
            reason = {
                errno.ENOENT: "a broken link: what it points to does not exist",
                errno.ELOOP: "a link that leads back to itself",
            }.get(error.errno or 0, f"a link that cannot be followed: {_why(error)}")
            yield self.unreadable(path, reason)
            return
        if not stat.S_ISDIR(target.st_mode):
            yield from self.single(path)
        elif _above(os.path.realpath(path), os.path.realpath(os.path.dirname(path))):
            yield self.unreadable(path, "a link to a folder that it lies in, not followed", "empty")
        else:
            yield from self.folder(path)

    def file(self, path: str) -> Found:
        """The file as something to read, or why it cannot be."""
        try:
            found = os.stat(path)
        except OSError as error:
            return self.unreadable(path, _why(error))
        if not stat.S_ISREG(found.st_mode):
            for is_kind, words in _KINDS:
                if is_kind(found.st_mode):
                    return self.unreadable(path, f"{words}, not a file")
        folder, name = os.path.split(path)
        stored = self.stored_in(folder, name)
        if name == PROFILE:
            return self.unreadable(path, "the profile of this folder, not an article", "empty")
        if of_system(name):
            return self.unreadable(path, OF_SYSTEM, "empty")
        as_written, name = name, name.lower()
        if not os.access(path, os.R_OK):
            return self.unreadable(path, _why(PermissionError(errno.EACCES, "")))
        if name.endswith(_DATABASE_ENDINGS) and _is_database(path):
            return self.unreadable(path, "a SQLite database, not an article")
        file = InputFile(stored, path, found.st_size, found.st_mtime_ns)
        self.surroundings.attach(file, folder, as_written)
        return file

    def stored(self, path: str) -> str:
        """stored_name, with the folder looked up only when it is another one."""
        return self.stored_in(*os.path.split(path))

    def stored_in(self, folder: str, name: str) -> str:
        if folder != self._folder[0] or not folder:
            self._folder = (folder, _relative(os.path.join(folder, "x"), self.base)[:-1])
        return printable(self._folder[1] + name)

    def unreadable(
        self, path: str, reason: str, outcome: Literal["rejected", "empty"] = "rejected"
    ) -> Unreadable:
        return Unreadable(self.stored(path), reason, outcome)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False  # reading it as a file gives the reason


def hidden(name: str) -> bool:
    """Whether a folder of this name belongs to a program or the system."""
    return name.startswith(".") or name.lower() in SYSTEM_FOLDERS


def of_system(name: str) -> bool:
    """Whether a file of this name (without its folder) was left behind by a system or an editor."""
    name = name.lower()
    return name in SYSTEM_FILES or name.startswith(_LEFT_BEHIND)


def _above(folder: str, path: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_database(path: str) -> bool:
    """Whether the file is a SQLite database or what SQLite keeps beside one."""
    try:
        with open(path, "rb", buffering=0) as stream:
            head = stream.read(len(SQLITE_MAGIC))
    except OSError:
        return False  # reading it gives the reason
    if head.startswith(SQLITE_MAGIC) or head.startswith(_SQLITE_COMPANIONS):
        return True
    for ending in _COMPANION_ENDINGS:
        if path.endswith(ending):
            try:
                with open(path.removesuffix(ending), "rb") as main:
                    return main.read(len(SQLITE_MAGIC)) == SQLITE_MAGIC
            except OSError:
                return False
    return False


def _why(error: OSError) -> str:
    """An operating system's error as a reason with its remedy."""
    if error.errno in (errno.EACCES, errno.EPERM):
        return "cannot be read: permission denied; change its permissions and import again"
    if error.errno == errno.ENOENT:
        return "disappeared while the import ran"
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself"
    return f"cannot be read: {(error.strerror or 'input/output error').lower()}"
