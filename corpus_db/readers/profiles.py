"""Profiles: what a person writes down about a folder's layout, checked when it is read.

A profile is a file `corpus-db.toml` in a folder, and holds for that folder and all below it that
have none of their own; or any TOML file, given as `--profile FILE`. It adds to what is built in and
replaces none of it: labels and columns that it does not name are known as ever. docs/profiles.md
explains every key to whoever writes one; KEYS below is the same list for the program.

A profile is an instruction, like an option: one that cannot be understood stops the import before
anything is read by it, in one line that names the file, the key and what is allowed there.
`--map title=headline` is a profile of one table, [columns], that only tables and JSON feel.
"""

from __future__ import annotations

import codecs
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from hashlib import sha256
from typing import Any, cast

from corpus_db.errors import CorpusError
from corpus_db.models import Profile
from corpus_db.readers.records.dialects import DELIMITERS

FILE_NAME = "corpus-db.toml"
FIELDS = (
    "title", "date", "byline", "agency", "publisher", "section", "language", "url", "id", "place", "body",
)  # fmt: skip
IN_LABELS = (*FIELDS, "ignored")
IN_COLUMNS = (*FIELDS, "html", "paragraphs", "summary")
IN_DEFAULTS = ("byline", "agency", "publisher", "section", "language")
# The columns of the database, for whoever knows those names better.
_ALIASES = {
    "published": "date",
    "external_id": "id",
    "dateline_place": "place",
    "text": "body",
    "author": "byline",
}
ORDERS = ("day first", "month first")
_TITLE = re.compile(r"label|none|(?:line [1-9]\d?)")
_LONGEST = 65_536


class ProfileWrong(CorpusError):
    """A profile, or a --map, that cannot be understood."""


def load(path: str, name: str | None = None) -> Profile:
    """The profile in the file `path`; what is stored calls it `name`. Raises ProfileWrong."""
    shown = path
    try:
        with open(path, "rb") as stream:
            data = stream.read(_LONGEST + 1)
    except OSError as error:
        raise ProfileWrong(
            f"{shown}: {(error.strerror or 'cannot be read').lower()}: give the path of a profile"
        ) from error
    if len(data) > _LONGEST:
        raise ProfileWrong(f"{shown}: larger than {_LONGEST:,} bytes, which no profile is")
    try:
        content = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProfileWrong(f"{shown}: not TOML: {str(error)[:1].lower()}{str(error)[1:]}") from error
    profile = checked(content, shown, os.path.dirname(os.path.abspath(path)), sha256(data).hexdigest())
    return replace(profile, name=name or os.path.basename(path))


def checked(content: Mapping[str, Any], name: str, folder: str, digest: str) -> Profile:
    """The profile that a TOML table holds. Raises ProfileWrong."""
    found: dict[str, Any] = {"name": name, "digest": digest, "folder": folder}
    for key, value in content.items():
        if key not in KEYS:
            raise ProfileWrong(f"{name}: no such key: {key}; known are {', '.join(KEYS)}")
        KEYS[key](found, value, _Place(name, key))
    if "separator" in found and (found.get("encoding") or "").lower().replace("_", "-").startswith(
        ("utf-16", "utf-32")
    ):
        raise ProfileWrong(
            f"{name}: separator: files in {found['encoding']} cannot be cut; convert them to UTF-8"
        )
    if "expect" not in found:
        named = {field for _, field in found.get("labels", ())} | {
            field for field, _ in found.get("columns", ())
        }
        found["expect"] = tuple(field for field in ("title", "date") if field in named)
    return Profile(**found)


def from_map(assignments: Iterable[str]) -> Profile | None:
    """The profile of `--map FIELD=COLUMN` given so many times; None for none. Raises ProfileWrong."""
    columns: dict[str, list[str]] = {}
    for assignment in assignments:
        field, equals, column = assignment.partition("=")
        field = _ALIASES.get(field.strip(), field.strip())
        if not equals or not column.strip():
            raise ProfileWrong(f"--map {assignment}: write FIELD=COLUMN, as in --map title=headline")
        if field not in IN_COLUMNS:
            raise ProfileWrong(
                f"--map {assignment}: no such field: {field}; known are {', '.join(IN_COLUMNS)}"
            )
        columns.setdefault(field, []).append(column.strip())
    if not columns:
        return None
    pairs = tuple((field, tuple(names)) for field, names in sorted(columns.items()))
    return Profile(
        "--map", sha256(repr(pairs).encode()).hexdigest(), columns=pairs, expect=(), tables_only=True
    )


def with_map(profile: Profile | None, mapped: Profile | None) -> Profile | None:
    """`profile` with the columns of --map before its own."""
    if profile is None or mapped is None:
        return profile or mapped
    columns = dict(profile.columns)
    for field, names in mapped.columns:
        columns[field] = names + columns.get(field, ())
    return replace(
        profile,
        columns=tuple(sorted(columns.items())),
        digest=sha256((profile.digest + mapped.digest).encode()).hexdigest(),
    )


def describes(profile: Profile, path: str) -> bool:
    """Whether the file at `path` is one of those that the profile is about."""
    if not profile.files:
        return True
    path = os.path.abspath(path)
    inside = os.path.relpath(path, profile.folder).replace(os.sep, "/") if profile.folder else path
    name = os.path.basename(path)
    return any(fnmatchcase(inside, pattern) or fnmatchcase(name, pattern) for pattern in profile.files)


# -- keys -----------------------------------------------------------------------------------------


class _Place:
    """Where in a profile something stands, for messages."""

    def __init__(self, name: str, key: str) -> None:
        self.name, self.key = name, key

    def wrong(self, allowed: str, value: object) -> ProfileWrong:
        shown = repr(value) if len(repr(value)) <= 60 else repr(value)[:57] + "…"
        return ProfileWrong(f"{self.name}: {self.key}: {allowed}, not {shown}")

    def inside(self, key: str) -> _Place:
        return _Place(self.name, f"{self.key}.{key}")


def _texts(value: object, place: _Place, allowed: str = "a text or a list of texts") -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(item, str) and item.strip() for item in values):
        raise place.wrong(allowed, value)
    return tuple(values)


def _text(value: object, place: _Place) -> str:
    if not isinstance(value, str) or not value.strip():
        raise place.wrong("a text", value)
    return value


def _fields(value: object, place: _Place, allowed: tuple[str, ...]) -> Iterable[tuple[str, object, _Place]]:
    if not isinstance(value, dict) or not value:
        raise place.wrong("a table of lines such as  title = …", value)
    for key, inner in value.items():
        field = _ALIASES.get(key, key)
        if field not in allowed:
            raise ProfileWrong(
                f"{place.name}: {place.key}: no such field: {key}; known are {', '.join(allowed)}"
            )
        yield field, inner, place.inside(key)


def _set_files(found: dict[str, Any], value: object, place: _Place) -> None:
    found["files"] = _texts(value, place, 'patterns such as "*.txt"')


def _set_encoding(found: dict[str, Any], value: object, place: _Place) -> None:
    name = _text(value, place)
    try:
        found["encoding"] = codecs.lookup(name).name
        "".encode(name)
    except (LookupError, TypeError) as error:
        raise place.wrong("an encoding such as utf-8, cp1252, iso-8859-15 or shift_jis", value) from error


def _set_order(found: dict[str, Any], value: object, place: _Place) -> None:
    if value not in ORDERS:
        raise place.wrong('"day first" (03/04 is 3 April) or "month first" (4 March)', value)
    found["date_order"] = value


def _set_title(found: dict[str, Any], value: object, place: _Place) -> None:
    value = "line 1" if value == "first line" else value
    if not isinstance(value, str) or not _TITLE.fullmatch(value):
        raise place.wrong('"line 1", "line 2" …, "label" (only where a label says so) or "none"', value)
    found["title"] = value


def _set_separator(found: dict[str, Any], value: object, place: _Place) -> None:
    _one_separator(found, place)
    found["separator"] = re.escape(_text(value, place).strip())


def _set_pattern(found: dict[str, Any], value: object, place: _Place) -> None:
    _one_separator(found, place)
    pattern = _text(value, place)
    try:
        compiled = re.compile(pattern)
        re.compile(pattern.encode())
    except re.error as error:
        raise place.wrong(f"a regular expression of Python ({error})", value) from error
    if compiled.fullmatch(""):
        raise place.wrong("a pattern that no empty line fits", value)
    found["separator"] = pattern


def _one_separator(found: Mapping[str, Any], place: _Place) -> None:
    if "separator" in found:
        raise ProfileWrong(
            f"{place.name}: {place.key}: separator and separator_pattern are two ways to say one thing; keep one"
        )


def _set_labels(found: dict[str, Any], value: object, place: _Place) -> None:
    labels: dict[str, str] = {}
    for field, inner, inside in _fields(value, place, IN_LABELS):
        for label in _texts(inner, inside):
            if labels.setdefault(label.strip(), field) != field:
                raise inside.wrong(f"a label that is not that of {labels[label.strip()]} too", label)
    found["labels"] = tuple(labels.items())


def _set_columns(found: dict[str, Any], value: object, place: _Place) -> None:
    columns = []
    for field, inner, inside in _fields(value, place, IN_COLUMNS):
        if isinstance(inner, int) and not isinstance(inner, bool) and inner > 0:
            inner = f"#{inner}"
        columns.append(
            (field, _texts(inner, inside, 'the name of a column, a list of names, "a.b", or a number from 1'))
        )
    found["columns"] = tuple(sorted(columns))


def _set_defaults(found: dict[str, Any], value: object, place: _Place) -> None:
    found["defaults"] = tuple(
        (field, _text(inner, inside)) for field, inner, inside in _fields(value, place, IN_DEFAULTS)
    )


def _set_expect(found: dict[str, Any], value: object, place: _Place) -> None:
    values = value if isinstance(value, list) else [value]
    fields = [_ALIASES.get(str(field), str(field)) for field in values]
    if not all(field in FIELDS for field in fields):
        raise place.wrong(f"a list of {', '.join(FIELDS)}", value)
    found["expect"] = tuple(fields)


def _set_delimiter(found: dict[str, Any], value: object, place: _Place) -> None:
    if not isinstance(value, str) or len(value) != 1:
        shown = ", ".join(repr(mark) for mark in DELIMITERS[:5])
        raise place.wrong(f"one character, such as {shown}", value)
    found["delimiter"] = value


def _set_header(found: dict[str, Any], value: object, place: _Place) -> None:
    if not isinstance(value, bool):
        raise place.wrong("true (the first row names the columns) or false", value)
    found["header"] = value


def _set_records(found: dict[str, Any], value: object, place: _Place) -> None:
    found["records"] = tuple(_text(value, place).split("."))


def _set_sidecar(found: dict[str, Any], value: object, place: _Place) -> None:
    known = {"ending", "table", "file"}
    if not isinstance(value, dict) or not set(value) <= known or not {"ending", "table"} & set(value):
        allowed = 'ending = ".meta"  or with  table = "list.csv"  and  file = "its column of file names"'
        raise place.wrong(f"a table with  {allowed}", value)
    given = cast(dict[str, object], value)
    if "ending" in given:
        inside = place.inside("ending")
        endings = _texts(given["ending"], inside)
        if not all(ending.startswith(".") and len(ending) > 1 for ending in endings):
            raise inside.wrong('an ending such as ".meta"', given["ending"])
        found["sidecars"] = endings
    if "table" in given:
        table = _text(given["table"], place.inside("table"))
        if os.path.basename(table) != table:
            raise place.inside("table").wrong("the name of a file in the folder of the profile", table)
        found["table"] = table
        found["table_file"] = _text(given.get("file"), place.inside("file"))


KEYS: dict[str, Callable[[dict[str, Any], object, _Place], None]] = {
    "files": _set_files,
    "encoding": _set_encoding,
    "date_order": _set_order,
    "title": _set_title,
    "separator": _set_separator,
    "separator_pattern": _set_pattern,
    "expect": _set_expect,
    "delimiter": _set_delimiter,
    "header": _set_header,
    "records": _set_records,
    "labels": _set_labels,
    "columns": _set_columns,
    "defaults": _set_defaults,
    "sidecar": _set_sidecar,
}


def columns_of(profile: Profile | None) -> Mapping[str, tuple[str, ...]] | None:
    """The columns that a profile names, None for none."""
    return cast(Mapping[str, tuple[str, ...]], dict(profile.columns)) if profile and profile.columns else None
