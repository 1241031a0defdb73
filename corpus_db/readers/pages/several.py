"""Several articles on one page: elements <article> side by side, each with a headline and paragraphs.

Blogs, archives and collections that were saved as one page have them. A page whose elements are teasers
(no paragraphs of some length), or which says of itself that it is one article, stays one: the elements beside
it lead elsewhere. Each article becomes a page of its own; what the whole page says of its publisher and language
holds for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ELEMENT = re.compile(rb"<(/?)article\b[^<>]*>", re.IGNORECASE)
_HEADING = re.compile(rb"<h([1-4])\b[^<>]*>(.{1,600}?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_PARAGRAPH = re.compile(rb"<p\b[^<>]*>(.*?)(?=</p\s*>|<p\b)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"<[^<>]*>")
# What a page says that is one article, whatever stands beside it.
_ONE_ARTICLE = re.compile(
    rb"[\"']@type[\"']\s*:\s*\[?\s*[\"'](?:[A-Za-z]{0,30}Article|[A-Za-z]{0,30}Posting|Report)[\"']"
    rb"|property=[\"']og:type[\"']\s+content=[\"']article[\"']|property=[\"']article:published_time",
    re.IGNORECASE,
)
# A paragraph of a story, and not of a teaser; and how many of them an article has.
_PARAGRAPH_LENGTH, _PARAGRAPHS = 60, 2
_MOST_ELEMENTS = 2_000


class Part(NamedTuple):
    """One article of a page: where its bytes begin and end, and its headline."""

    start: int
    end: int
    headline: bytes


def articles_of(data: bytes) -> list[Part]:
    """The articles of a page; [] where it holds one, or none. Its encoding has ASCII's tags."""
    if data.lower().count(b"<article") not in range(2, _MOST_ELEMENTS) or _ONE_ARTICLE.search(data):
        return []
    parts: list[Part] = []
    levels: set[bytes] = set()
    for start, end in _elements(data):
        element = data[start:end]
        heading = _HEADING.search(element)
        if heading is None or not _has_story(element):
            return []
        parts.append(
            Part(start, end, " ".join(_TAG.sub(b"", heading[2]).decode("latin-1").split()).encode("latin-1"))
        )
        levels.add(heading[1])
    return parts if len(parts) > 1 and len(levels) == 1 else []


def _elements(data: bytes) -> Iterator[tuple[int, int]]:
    """(begin, end) of each article that does not lie in another."""
    depth = begin = 0
    for tag in _ELEMENT.finditer(data):
        if not tag[1]:
            begin = tag.start() if depth == 0 else begin
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield begin, tag.end()


def _has_story(element: bytes) -> bool:
    lengths = (len(_TAG.sub(b"", paragraph).strip()) for paragraph in _PARAGRAPH.findall(element))
    return sum(length >= _PARAGRAPH_LENGTH for length in lengths) >= _PARAGRAPHS


def page_of(part: Part, data: bytes, encoding: str) -> bytes:
    """The article as a page of its own."""
    charset = encoding.encode("ascii", "replace")
    return b'<!doctype html><html><head><meta charset="%s"><title>%s</title></head><body>%s</body></html>' % (
        charset,
        part.headline,
        data[part.start : part.end],
    )
