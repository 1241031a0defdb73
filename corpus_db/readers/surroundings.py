"""What stands around a file: the profile of its folder and the sidecars beside it.

Both are a function of what is on disk, not of how the import came by the file: whether it was
named, found in its folder or reached through a folder above, it is read the same way. A folder is
listed once; where it has neither profile nor sidecars, its files cost one comparison each.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from corpus_db.models import Profile
from corpus_db.readers import profiles, sidecars

if TYPE_CHECKING:
    from corpus_db.readers.walk import InputFile

# Folders that are remembered: files that are named or linked to may come from several in turn.
_FOLDERS = 64


class _Folder(NamedTuple):
    """What a folder gives its files."""

    profile: Profile | None
    beside: dict[str, tuple[str, ...]]  # text -> the files that may describe it
    described: frozenset[str]  # files that may describe a text


class Surroundings:
    """What stands around the files of one import, folder by folder."""

    def __init__(
        self, stored: Callable[[str], str], forced: Profile | None = None, mapped: Profile | None = None
    ) -> None:
        self._stored = stored  # how a path is remembered
        self._forced = forced  # of --profile: holds everywhere
        self._mapped = mapped  # of --map
        self._profiles: dict[str, Profile | None] = {}
        self._folders: dict[str, _Folder | None] = {}  # the last ones; None: nothing stands around its files

    def enter(self, folder: str, names: Sequence[str]) -> _Folder | None:
        """The files to come lie in `folder`, which holds `names`. Raises ProfileWrong."""
        forced = self._forced
        profile = forced if forced is not None else self._profile_of(os.path.abspath(folder), names)
        profile = profiles.with_map(profile, self._mapped)
        beside = sidecars.pairs(names, profile.sidecars if profile else ())
        described = frozenset(name for names in beside.values() for name in names)
        found = _Folder(profile, beside, described) if profile is not None or beside else None
        if len(self._folders) >= _FOLDERS:
            del self._folders[next(iter(self._folders))]
        self._folders[folder.rstrip(os.sep) or folder] = found
        return found

    def _profile_of(self, folder: str, names: Sequence[str] | None = None) -> Profile | None:
        """The profile in a folder, else that of the folder above."""
        if folder not in self._profiles:
            path = os.path.join(folder, profiles.FILE_NAME)
            there = profiles.FILE_NAME in names if names is not None else os.path.isfile(path)
            above = os.path.dirname(folder)
            if there:
                self._profiles[folder] = profiles.load(path, self._stored(path))
            else:
                self._profiles[folder] = self._profile_of(above) if above != folder else None
        return self._profiles[folder]

    def attach(self, file: InputFile, folder: str, name: str) -> None:
        """Give `file`, which is `name` in `folder`, its profile and its sidecars. Raises ProfileWrong."""
        if folder in self._folders:
            around = self._folders[folder]
        else:
            try:
                names = os.listdir(folder or ".")
            except OSError:
                names = [name]
            around = self.enter(folder, names)
        if around is None:
            return
        if around.profile is not None and profiles.describes(around.profile, file.path):
            file.profile = around.profile
        file.describes = name in around.described
        beside = []
        for other in around.beside.get(name, ()):
            path = os.path.join(folder, other)
            try:
                found = os.stat(path)
            except OSError:
                continue
            stored = file.name[: len(file.name) - len(name)] + other
            beside.append(type(file)(stored, path, found.st_size, found.st_mtime_ns))
        file.beside = tuple(beside)
