"""What stands around a file: the profile of its folder and the sidecars beside it.

Both are a function of what is on disk, not of how the import came by the file: whether it was
named, found in its folder or reached through a folder above, it is read the same way. A folder is
listed once; where it has neither profile nor sidecars, its files cost one comparison each.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from corpus_db.models import Profile
from corpus_db.readers import profiles, sidecars

if TYPE_CHECKING:
    from corpus_db.readers.walk import InputFile


class Surroundings:
    """The folder under way; gives its files what stands around them."""

    def __init__(
        self, stored: Callable[[str], str], forced: Profile | None = None, mapped: Profile | None = None
    ) -> None:
        self._stored = stored  # how a path is remembered
        self._forced = forced  # of --profile: holds everywhere
        self._mapped = mapped  # of --map
        self._profiles: dict[str, Profile | None] = {}
        self._folder = ""
        self._profile: Profile | None = None
        self._beside: dict[str, tuple[str, ...]] = {}
        self._described: dict[str, str] = {}  # sidecar -> the first text that it may describe
        self._plain = False

    def enter(self, folder: str, names: Sequence[str]) -> None:
        """The files to come lie in `folder`, which holds `names`. Raises ProfileWrong."""
        self._folder = folder.rstrip(os.sep) or folder
        profile = (
            self._forced if self._forced is not None else self._profile_of(os.path.abspath(folder), names)
        )
        self._profile = profiles.with_map(profile, self._mapped)
        self._beside = sidecars.pairs(names, profile.sidecars if profile else ())
        self._described = {}
        for text, beside in self._beside.items():
            for name in beside:
                self._described.setdefault(name, text)
        self._plain = self._profile is None and not self._beside

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
        if folder != self._folder or not folder:
            try:
                names = os.listdir(folder or ".")
            except OSError:
                names = [name]
            self.enter(folder, names)
        if self._plain:
            return
        if self._profile is not None and profiles.describes(self._profile, file.path):
            file.profile = self._profile
        file.describes = name in self._described
        beside = []
        for other in self._beside.get(name, ()):
            path = os.path.join(folder, other)
            try:
                found = os.stat(path)
            except OSError:
                continue
            stored = file.name[: len(file.name) - len(name)] + other
            beside.append(type(file)(stored, path, found.st_size, found.st_mtime_ns))
        file.beside = tuple(beside)
