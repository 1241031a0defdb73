"""JSON Feed: a list of items in JSON, and the name of what publishes them above it.

The items are records like any other (`jsonl`); what the feed says of all of them, its title and
language, is added to those that do not say it themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from corpus_db.models import SourceDocument
from corpus_db.readers.exports.reader import content_of
from corpus_db.readers.limits import ARTICLE_BYTES
from corpus_db.readers.records.field_values import as_text
from corpus_db.readers.records.jsonl import JSONReader
from corpus_db.readers.walk import InputFile

_VERSION = b"jsonfeed.org/version"
_WITHIN = 1_000


class JSONFeedReader:
    """JSON Feed 1 and 1.1."""

    name = "json-feed"
    begins = b"{"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the address of its version."""
        return (
            _VERSION in head[:_WITHIN].replace(b"\\", b"") and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
        )

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document an item. Raises OSError."""
        common = _common(content_of(file, ARTICLE_BYTES))
        for document in JSONReader().read(file):
            if document.fields is not None and document.fields.get("body"):
                document = document._replace(fields={**common, **document.fields})
            yield document._replace(reader=self.name)


def _common(data: bytes | None) -> dict[str, str]:
    """What the feed says of all its items, as far as it can be read."""
    try:
        feed = json.loads((data or b"").decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    found = {
        "publisher": as_text(feed.get("title")),
        "language": as_text(feed.get("language")),
        "byline": as_text(feed.get("authors") or feed.get("author")),
    }
    return {name: value for name, value in found.items() if value}
