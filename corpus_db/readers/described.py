"""The documents of a file together with what stands around it: its profile, and its sidecars' words.

A sidecar's fields go to a file that is one document; a file of several has no use for one title.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from corpus_db.models import SourceDocument
from corpus_db.readers.members import Given
from corpus_db.readers.sidecars import DESCRIBES, Table, beside, metadata, table_of
from corpus_db.readers.walk import InputFile

NAME = "sidecar"


def context(file: InputFile, reads_columns: bool) -> str:
    """What stands around the file, as a short text that changes with it; "" where nothing does.

    `reads_columns`: its reader feels --map. Raises OSError.
    """
    parts = []
    if file.profile is not None and (reads_columns or not file.profile.tables_only):
        parts.append(f"profile {file.profile.digest[:12]}")
        table = table_of(file.profile)
        if table is not None:
            parts.append(f"table {table.digest[:12]}")
    if file.describes:
        parts.append("beside its text")
    for sidecar in file.beside:
        parts.append(f"{os.path.basename(sidecar.name)} {sidecar.sha256()[:12]}")
    return "; ".join(parts)


def as_sidecar(file: InputFile) -> Iterator[Given] | None:
    """The one document of a file that only describes others; None for all other files. Raises OSError."""
    notice = None
    if file.describes:
        found = metadata(file)
        reason = DESCRIBES
        if found is None or "body" in found:
            return None
    elif file.profile is not None and file.profile.table and _is_table(file):
        table = table_of(file.profile)
        reason = "the metadata of the files beside it, as its profile says"
        notice = _rows_without_files(table, file) if table else None
    else:
        return None
    fields = {"body": "", "remark": reason, **({"notice": notice} if notice else {})}
    digest = file.sha256()
    return iter([SourceDocument(file.name, None, 0, file.size, digest, NAME, fields=fields)])


def _is_table(file: InputFile) -> bool:
    profile = file.profile
    assert profile is not None
    return os.path.abspath(file.path) == os.path.join(profile.folder, profile.table or "")


def _rows_without_files(table: Table, file: InputFile) -> str | None:
    if table.problem:
        return f"{os.path.basename(file.name)}: {table.problem}"
    folder = os.path.dirname(os.path.abspath(file.path))
    stems = {os.path.splitext(name)[0] for _, _, names in os.walk(folder) for name in names}
    names = {name for _, _, found in os.walk(folder) for name in found}
    lost = [
        key for key in table.rows if os.path.basename(key) not in names and os.path.basename(key) not in stems
    ]
    if not lost:
        return None
    return (
        f"{len(lost):,} of {len(table.rows):,} rows name files that are not there, the first {lost[0][:80]!r}"
    )


def as_described(given: Iterable[Given], file: InputFile) -> Iterator[Given]:
    """The documents with the file's profile; a single one with what its sidecars say. Raises OSError.

    Files in the file pass as they are.
    """
    first: SourceDocument | None = None
    several = False
    for item in given:
        if first is not None and not several:
            several = True
            yield _with_profile(first, file)
        if not isinstance(item, SourceDocument):
            yield item
        elif several:
            yield _with_profile(item, file)
        else:
            first = item
    if first is not None and not several:
        yield _with_profile(_described(first, file), file)


def _with_profile(document: SourceDocument, file: InputFile) -> SourceDocument:
    return document._replace(profile=file.profile) if file.profile is not None else document


def _described(document: SourceDocument, file: InputFile) -> SourceDocument:
    """The one document of a file with what its sidecars and its profile's table say of it."""
    if document.reader == NAME:
        return document
    fields, record = beside(file) if file.beside else ({}, {})
    if record:
        remark = "the text of the record beside it"
        return document._replace(text=None, reason=None, fields={**record, "remark": remark})
    if document.reason is not None:
        return document
    table = table_of(file.profile)
    if table is not None and file.profile is not None:
        row = table.of(os.path.relpath(os.path.abspath(file.path), file.profile.folder).replace(os.sep, "/"))
        new = {name: value for name, value in row.items() if name not in fields}
        if new:
            told = f"{', '.join(sorted(new))} from {file.profile.table}"
            fields = {**fields, **new, "remark": f"{fields['remark']}; {told}" if fields else told}
    return document._replace(beside=fields) if fields else document
