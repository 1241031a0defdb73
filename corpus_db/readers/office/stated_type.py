"""The type that OpenDocument and EPUB state: a first member of the zip, not packed, so that it stands in the file's beginning."""

from __future__ import annotations

_WITHIN = 120  # bytes


def states_type(head: bytes, media_type: bytes) -> bool:
    """Whether a file that begins with `head` states this media type, or one that begins with it."""
    return b"mimetype" + media_type in head[:_WITHIN]
