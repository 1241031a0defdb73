"""Which files the database remembers that are no longer there: what an import was asked for, as tests on names.

A stored file has vanished when it lies below a path that was asked for and is not on disk any
more. What lies elsewhere was not asked about, and says nothing of whether it is still wanted.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase
from glob import has_magic

from corpus_db.readers import stored_name

_LAST = "\U0010ffff"  # after every name
_ESCAPE = re.compile(rb"\\(?:x([0-9a-f]{2})|(\\))")


class Roots:
    """The paths that an import was asked for; `base` is the database's real folder."""

    def __init__(self, paths: Sequence[str], base: str) -> None:
        self._roots = [_Root(path, base) for path in paths]
        self._base = base

    def hold(self, name: str) -> bool:
        """Whether the stored `name` is one of the paths or lies below one."""
        return any(root.holds(name) for root in self._roots)

    def on_disk(self, name: str) -> bool:
        """Whether there is still something at the stored `name`."""
        return os.path.lexists(_path(name, self._base))

    def vanished(self, stored: Callable[[str, str], Iterable[str]]) -> list[str]:
        """The stored names of files that lie below one of the paths and do not exist any more, in order.

        `stored` gives the names from one to before another: only those are asked for that may lie below a path.
        """
        names = {name for root in self._roots for between in root.between() for name in stored(*between)}
        return sorted(name for name in names if self.hold(name) and not self._is_file(name))

    def _is_file(self, name: str) -> bool:
        """Whether what is there is still no folder: an archive may have been unpacked under its own name."""
        path = _path(name, self._base)
        return os.path.lexists(path) and (os.path.islink(path) or not os.path.isdir(path))


class _Root:
    """One argument of an import, as a test on stored names."""

    def __init__(self, path: str, base: str) -> None:
        self._pattern = has_magic(path) and not os.path.lexists(path)
        self._everything = os.path.realpath(path) == base
        self._name = stored_name(path.rstrip(os.sep) or path, base)

    def between(self) -> list[tuple[str, str]]:
        """Pairs (from, before) of names between which all lie that are, or lie below, the path."""
        if self._everything or self._pattern:
            return [("", _LAST)]
        return [(self._name, f"{self._name}\0"), (f"{self._name}/", f"{self._name}0")]

    def holds(self, name: str) -> bool:
        if self._everything:
            return not os.path.isabs(name)
        if self._pattern:
            return fnmatchcase(name, self._name)
        return name == self._name or name.startswith(self._name + "/")


def _path(name: str, base: str) -> bytes:
    """The path that a stored name stands for: readers.walk.printable, read backwards."""
    plain = os.fsencode(os.path.join(base, name))
    unescaped = _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]) if match[1] else b"\\", plain)
    # A backslash is only doubled in names that hold an escape; a file may also be called so.
    return plain if os.path.lexists(plain) else unescaped
