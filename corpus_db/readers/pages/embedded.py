"""Content inside a record: the text of a mail, the page of a web archive's record.

It is read by whatever reader it is for. Where that makes one document of it, this is the record's
own, with the record's bytes and with what the record says beside it. Where it makes several (a
feed, an export, an archive), the content is a file of its own in the record, and the record an
empty piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO

from corpus_db.models import SourceDocument
from corpus_db.readers.limits import ARCHIVE_DEPTH
from corpus_db.readers.members import Given, allowance_of, depth_of, member
from corpus_db.readers.unpack import content_of
from corpus_db.readers.walk import InputFile

STANDS_APART = "several articles, which stand under their own name"


def embedded(
    file: InputFile, data: bytes, source: SourceDocument, name: str, beside: Mapping[str, str]
) -> Iterator[Given]:
    """The content `data` of the record `source` of a file, which would be called `name` as a file.

    `beside` are fields that the record states about it.
    """
    from corpus_db.readers.registry import read  # which knows the readers that ask here

    inner = member(file, name, content_of(BytesIO(data)), allowance_of(file))
    found: list[object] = []
    for given in read(inner):
        found.append(given)
        if len(found) > 1 or not isinstance(given, SourceDocument):
            break
    if len(found) == 1 and isinstance(single := found[0], SourceDocument):
        yield single._replace(
            path=source.path, part=source.part, start=source.start, end=source.end,
            sha256=source.sha256, reader=source.reader, beside=beside or None,
        )  # fmt: skip
        return
    if depth_of(file) >= ARCHIVE_DEPTH:
        reason = f"several articles in a record of a file that lies in {depth_of(file)} others: take it out"
        yield source._replace(text=None, fields=None, reason=reason)
        return
    yield inner
    yield source._replace(text=None, fields={"body": "", "remark": STANDS_APART})
