"""The program that opens a PDF: a process of its own, which a hostile file may take down alone.

It is started with `python -P worker.py`, imports nothing of this package, and answers each file that it is
sent with the pieces of lines of every page: text, box, width of the first word. Files are believed in nothing.
No script is run and nothing is fetched: PDFium does so only for a form environment, which is never made.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import math
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

# What one file may ask; above it is one line. Reading takes some 4 µs a character.
MOST_PAGES = 5_000
MOST_CHARACTERS = 10_000_000
MEMORY = 1_500_000_000
READY = b"PDF ready"  # what this program says before all else
_MOST_BOOKMARKS = 2_000
_TITLE_BYTES = 2_000
# How PDFium marks a hyphen that it takes for one of a line's end, and what it makes of the break behind a line.
_HYPHENS, _BREAKS = frozenset({0x02, 0xFFFE, 0xAD}), frozenset({0x0A, 0x0D})
_BLANKS = frozenset({0x09, 0x20, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000})
_GAP = 0.9  # of a line's height: what is farther apart stands in two columns
_SAMPLE = 200  # characters of a page that say which way it is turned
_ASKEW = 0.1  # of a quarter
_FARTHEST = 1e6  # points from the corner of a page; the largest page has 14,400
_PASSWORD = 4

Segment = tuple[str, float, float, float, float, float]


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answers one file after the other, each with its length before it, until there are none."""
    pdfium: Any = importlib.import_module("pypdfium2.raw")
    pdfium.FPDF_InitLibrary()
    target.write(READY)
    target.flush()
    while len(length := source.read(8)) == 8:
        answer = json.dumps(_file(pdfium, source.read(int.from_bytes(length, "little")))).encode()
        target.write(len(answer).to_bytes(8, "little") + answer)
        target.flush()


def _file(pdfium: Any, data: bytes) -> dict[str, Any]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        return {"problem": "password" if pdfium.FPDF_GetLastError() == _PASSWORD else "damaged"}
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MOST_PAGES:
            return {"problem": "pages"}
        pages, unread, left = [], 0, MOST_CHARACTERS
        for number in range(count):
            page = pdfium.FPDF_LoadPage(document, number)
            if not page:
                unread += 1
                pages.append([0.0, 0.0, []])
                continue
            text = pdfium.FPDFText_LoadPage(page)
            left -= max(0, pdfium.FPDFText_CountChars(text)) if text else 0
            if left < 0:
                return {"problem": "characters"}
            size = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            pages.append([*size, list(_segments(pdfium, text, size)) if text else []])
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)
        return {
            "pages": pages,
            "unread": unread,
            "title": _title(pdfium, document),
            "outline": list(_outline(pdfium, document)),
        }
    finally:
        pdfium.FPDF_CloseDocument(document)


class _Box(NamedTuple):
    """Where a character stands."""

    left: float
    bottom: float
    right: float
    top: float


def _segments(pdfium: Any, text: Any, size: tuple[float, float]) -> Iterator[Segment]:
    """What stands together on one line of a page: (text, left, bottom, right, top, width of its first word).

    Text that runs another way than most of the page (along a picture's edge, across the page) is left out.
    """
    box = pdfium.FS_RECTF()
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    reference = ctypes.byref(box)
    turns = _turns(pdfium, text)
    segment = _Segment()
    for index in range(pdfium.FPDFText_CountChars(text)):
        code = unicode_of(text, index)
        if code in _BREAKS:
            yield from segment.taken()
        elif code in _BLANKS:
            segment.blank = True
        elif code >= 0x20 or code in _HYPHENS or code == 0:
            if not box_of(text, index, reference):
                continue
            place = _turned(box, turns, *size) if turns else box
            if segment.parts and segment.apart(place):
                yield from segment.taken()
            if not segment.parts and _quarter(pdfium, text, index) != turns:
                continue
            hyphen = code in _HYPHENS
            segment.add("-" if hyphen else "\ufffd" if code == 0 else chr(code), place)
            if hyphen and code != 0xAD:
                yield from segment.taken()
    yield from segment.taken()


def _turns(pdfium: Any, text: Any) -> int:
    """By how many quarters most of the text of a page is turned: landscape pages are, and scans."""
    count = pdfium.FPDFText_CountChars(text)
    looked_at = range(0, count, max(1, count // _SAMPLE))
    found = [_quarter(pdfium, text, index) for index in looked_at]
    return max(range(4), key=lambda turns: (found.count(turns), -turns))


def _quarter(pdfium: Any, text: Any, index: int) -> int:
    """By how many quarters a character is turned, -1 where it stands askew."""
    quarters = pdfium.FPDFText_GetCharAngle(text, index) / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < _ASKEW else -1


def _turned(box: Any, turns: int, width: float, height: float) -> _Box:
    """The place of a character on its page once that is turned upright; `width` and `height` are those it has then."""
    if turns == 1:
        return _Box(width - box.top, box.left, width - box.bottom, box.right)
    if turns == 2:
        return _Box(width - box.right, height - box.top, width - box.left, height - box.bottom)
    return _Box(box.bottom, height - box.right, box.top, height - box.left)


class _Segment:
    """Characters beside each other, as they are collected."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.heights: dict[float, int] = {}
        self.blank = False
        self.left = self.bottom = self.right = self.top = self.first = 0.0

    def apart(self, box: Any) -> bool:
        """Whether the next character is too far away, or on another line."""
        height = max(self.top - self.bottom, 1.0)
        middle = (box.top + box.bottom) / 2
        lower = self.bottom - height / 2 if len(self.parts) > 1 else self.bottom - height
        return (
            box.left - self.right > _GAP * height
            or box.left < self.left - height
            or not lower <= middle <= self.top + height / 2
        )

    def add(self, character: str, box: Any) -> None:
        if not self.parts:
            self.left, self.bottom, self.right, self.top = box.left, box.bottom, box.right, box.top
        elif self.blank:
            self.first = self.first or self.right - self.left
            self.parts.append(" ")
        self.blank = False
        self.parts.append(character)
        height = round(box.top - box.bottom, 1)
        self.heights[height] = self.heights.get(height, 0) + 1
        if self.heights[height] == max(self.heights.values()):
            self.bottom, self.top = box.bottom, box.top
        self.right = max(self.right, box.right)

    def taken(self) -> Iterator[Segment]:
        """The segment, where it holds something; the next one begins."""
        if self.parts:
            words = self.first or self.right - self.left
            places = (self.left, self.bottom, self.right, self.top, words)
            if all(-_FARTHEST < place < _FARTHEST for place in places):  # neither infinite nor no number
                yield ("".join(self.parts), *(round(place, 1) for place in places))  # type: ignore[misc]
        self.__init__()  # type: ignore[misc]


def _title(pdfium: Any, document: Any) -> str:
    size = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    if not 2 < size <= _TITLE_BYTES:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, b"Title", buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _outline(pdfium: Any, document: Any) -> Iterator[tuple[str, int]]:
    """(title, page) of the bookmarks of the first level, loops or not."""
    bookmark = pdfium.FPDFBookmark_GetFirstChild(document, None)
    for _ in range(_MOST_BOOKMARKS):
        if not bookmark:
            return
        size = pdfium.FPDFBookmark_GetTitle(bookmark, None, 0)
        target = pdfium.FPDFBookmark_GetDest(document, bookmark)
        if 2 < size <= _TITLE_BYTES and target:
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFBookmark_GetTitle(bookmark, buffer, size)
            title = buffer.raw[: size - 2].decode("utf-16-le", "replace")
            yield title, pdfium.FPDFDest_GetDestPageIndex(document, target)
        bookmark = pdfium.FPDFBookmark_GetNextSibling(document, bookmark)


def _bounded() -> None:
    """Gives this process an end to its memory, where the system knows such ends."""
    try:
        resource = importlib.import_module("resource")
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return  # Windows has none; the time is bounded from outside


if __name__ == "__main__":
    _bounded()
    serve(sys.stdin.buffer, sys.stdout.buffer)
