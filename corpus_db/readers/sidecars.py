"""Sidecar files: `a.title.txt`, `a.json`, `a.meta` beside `a.txt` say what the text does not.

What counts as one is decided twice. By its name, when the folder is listed: it is called like a
text beside it (`a.json` or `a.txt.json` beside `a.txt`) and has an ending of ENDINGS or of the
profile. By its content, when it is read: it holds fields of an article and no text of its own.
What it says is added to the text's article; its own row in documents is "empty", with the reason
DESCRIBES, so that its bytes are accounted for. A record that has the very text that lies beside it,
or the text of the web page there (scrapers keep both), is the article, and text and page are its
duplicates: what the scraper took for the text counts, not what we would take.

A profile can name one table instead, with a row for each file of the folder.

A sidecar belongs to its text wherever the import began: naming either of the two reads both.
"""

from __future__ import annotations

import csv
import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

from corpus_db.models import Profile
from corpus_db.readers.pages.markup import to_text
from corpus_db.readers.pieces import decode
from corpus_db.readers.records.columns import tell
from corpus_db.readers.records.dialects import Dialect
from corpus_db.readers.records.fields import from_record

if TYPE_CHECKING:
    from corpus_db.readers.walk import InputFile

ENDINGS = (
    ".title.txt", ".title", ".headline.txt", ".meta.json", ".metadata.json", ".info.json", ".meta.txt",
    ".metadata.txt", ".meta.yaml", ".meta.yml", ".meta", ".metadata", ".yaml", ".yml", ".json",
)  # fmt: skip
_TITLES = (".title.txt", ".title", ".headline.txt")
# Files of one article, which a sidecar may describe.
_DESCRIBED = (".txt", ".text", ".html", ".htm", ".xhtml", ".md", ".docx", ".rtf", ".odt", ".pdf", "")
DESCRIBES = "the metadata of the text of that name beside it, not an article of its own"
_LARGEST = 1_000_000
_LONGEST_TITLE = 500
# A page holds a record's text when it holds this share of its lines of more than a few words.
_HELD, _WORDS_OF_A_LINE = 0.8, 4
_SAMPLE, _LARGEST_TABLE = 100_000, 100_000_000
_LINE = re.compile(r"[ \t]*[\"']?([^\W\d_][\w .()/-]{0,40}?)[\"']?[ \t]*[:=][ \t]*(.*?)[ \t]*$")
_TELLING = frozenset(
    {"title", "date", "url", "byline", "publisher", "agency", "section", "id", "language", "place"}
)
_UTF8_BOM = b"\xef\xbb\xbf"


def pairs(names: Iterable[str], own: Sequence[str] = ()) -> dict[str, tuple[str, ...]]:
    """Of the files of a folder those that may have sidecars, each with these; `own` are a profile's endings."""
    endings = (*own, *ENDINGS)
    folded = {name.lower(): name for name in names}
    sidecars = [name for name in folded if name.endswith(endings)]
    if not sidecars:
        return {}
    found: dict[str, list[str]] = {}
    for name in sorted(sidecars, key=lambda name: (_ending(name, endings)[1], name)):
        ending, _ = _ending(name, endings)
        key = name.removesuffix(ending)
        described = (
            [key] if key in folded and key.endswith(_DESCRIBED[:-1]) else [key + end for end in _DESCRIBED]
        )
        for text in described:
            if text in folded and text != name and text not in sidecars:
                found.setdefault(folded[text], []).append(folded[name])
    return {text: tuple(beside) for text, beside in found.items()}


def _ending(name: str, endings: Sequence[str]) -> tuple[str, int]:
    """The first of `endings` that `name` has, and its place."""
    return next((ending, place) for place, ending in enumerate(endings) if name.endswith(ending))


def metadata(file: InputFile) -> dict[str, str] | None:
    """The fields of an article that a sidecar holds; None when it is something else. Raises OSError.

    With a "body" among them it is an article of its own.
    """
    if file.size > _LARGEST:
        return None
    data = (file.content() or b"").removeprefix(_UTF8_BOM)
    decoded = decode(data)
    if isinstance(decoded, str) or "\0" in decoded[0]:
        return None
    text = decoded[0].strip()
    if file.name.lower().endswith(_TITLES):
        return {"title": " ".join(text.split())} if text and len(text) <= _LONGEST_TITLE else None
    record = _record(text)
    if not record:
        return None
    fields = from_record({"body": None, **record})
    if isinstance(fields, str):
        return None
    if "only a summary" in fields.get("remark", "") or not fields.get("body", "").strip():
        fields.pop("body", None)
    fields.pop("remark", None)
    return fields if _TELLING.intersection(fields) else None


def _record(text: str) -> Mapping[str, object] | None:
    """The record that a sidecar's text is: JSON, TOML, or lines of names and values."""
    if text[:1] == "{":
        try:
            record = json.loads(text)
        except (ValueError, RecursionError):
            return None
        return record if isinstance(record, dict) else None
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        pass
    lines = [
        line
        for line in text.splitlines()
        if line.strip() and line.strip() != "---" and line.lstrip()[:1] != "#"
    ]
    matches = [match for line in lines if (match := _LINE.match(line))]
    if len(matches) * 10 < len(lines) * 8:
        return None
    return {match[1].strip(): match[2].strip("\"'") for match in matches}


def beside(file: InputFile) -> tuple[dict[str, str], dict[str, str]]:
    """What the sidecars of `file` say, and a whole record of the same text, empty where there is none.

    The first that says something wins, in the order of ENDINGS; "remark" names those that were used.
    """
    fields: dict[str, str] = {}
    used: list[str] = []
    for sidecar in file.beside:
        try:
            found = metadata(sidecar)
        except OSError:
            continue
        finally:
            sidecar.release()
        if found is None:
            continue
        if "body" in found:
            if _same_text(file, found["body"]):
                return {}, found
            continue
        new = {name: value for name, value in found.items() if name not in fields}
        if new:
            fields.update(new)
            used.append(os.path.basename(sidecar.name))
    if fields:
        fields["remark"] = (
            f"{', '.join(sorted(name for name in fields if ':' not in name))} from {', '.join(used)}"
        )
    return fields, {}


def _same_text(file: InputFile, body: str) -> bool:
    """Whether a text says what a record beside it has as its body; a web page, whether it holds it."""
    decoded = decode((file.content() or b"").removeprefix(_UTF8_BOM))
    if isinstance(decoded, str):
        return False
    text = decoded[0]
    if text.split() == body.split():
        return True
    if text.lstrip()[:1] != "<":
        return False
    page = " ".join(to_text(text).split())
    lines = [" ".join(line.split()) for line in body.splitlines() if line.count(" ") >= _WORDS_OF_A_LINE]
    return bool(lines) and sum(line in page for line in lines) >= _HELD * len(lines)


# -- one table for all files ----------------------------------------------------------------------


class Table:
    """The rows of a table that describes files, by the names that it gives them."""

    def __init__(self, data: bytes, column: str, profile: Profile) -> None:
        self.digest = sha256(data).hexdigest()
        self.rows: dict[str, dict[str, str]] = {}
        decoded = decode(data.removeprefix(_UTF8_BOM))
        text = decoded[0] if not isinstance(decoded, str) else data.decode("latin-1")
        layout = tell(text[:_SAMPLE], ".csv", profile.delimiter, True)
        rows = (layout.dialect if layout else Dialect()).rows(iter(text.splitlines(keepends=True)))
        try:
            names = [name.strip() for name in next(rows, [])]
            self.problem = "" if column in names else f"it has no column {column}: {', '.join(names[:8])}"
            for row in rows if not self.problem else ():
                self._add(dict(zip(names, row, strict=False)), column, profile)
        except csv.Error as error:
            self.problem = f"not a table: {error}"

    def _add(self, record: dict[str, str], column: str, profile: Profile) -> None:
        name = record.pop(column, "").strip().replace("\\", "/").removeprefix("./")
        fields = from_record({"body": None, **record}, dict(profile.columns))
        if name and not isinstance(fields, str):
            kept = {key: value for key, value in fields.items() if key not in ("body", "remark", "missing")}
            self.rows.setdefault(name, kept)

    def of(self, inside: str) -> dict[str, str]:
        """The fields of the file at the path `inside` the folder; empty where no row names it."""
        name = os.path.basename(inside)
        for key in (inside, os.path.splitext(inside)[0], name, os.path.splitext(name)[0]):
            if key in self.rows:
                return self.rows[key]
        return {}


@lru_cache(maxsize=8)
def _table(path: str, mtime_ns: int, size: int, profile: Profile) -> Table:
    with open(path, "rb") as stream:
        return Table(stream.read(_LARGEST_TABLE), profile.table_file or "", profile)


def table_of(profile: Profile | None) -> Table | None:
    """The table that the profile names; None where it names none or there is none. Raises OSError."""
    if profile is None or not profile.table:
        return None
    path = os.path.join(profile.folder, profile.table)
    try:
        found = os.stat(path)
    except OSError:
        return None
    return _table(path, found.st_mtime_ns, found.st_size, profile)
