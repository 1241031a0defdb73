"""Plain texts that hold several articles: `collected` finds them, this reader cuts the file.

Most texts hold one article, and every plain text is asked: a look at the bytes for marks, numbers and a
label that comes again comes before any line is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_db.models import SourceDocument
from corpus_db.readers.exports.lines import PREFACE, Line, cut_file, cuts_at
from corpus_db.readers.exports.reader import content_of
from corpus_db.readers.plain.collected import (
    NAME,
    PAGE,
    beginnings,
    content,
    listed,
    numbered,
    without_number,
)
from corpus_db.readers.plain.text import signature
from corpus_db.readers.walk import InputFile

# How a line of marks, or one that says that an article ends, begins; one look at its first sign spares most lines the rest.
_MAY_SEPARATE = re.compile(
    rb"\n[ \t]{0,40}+(?=[=*_#~+\-\xe2\xc2EeFf])(?:([=*_#~+-])[ \t]?\1[ \t]?\1|[=*_~-]{2}|\xe2\x80[\x93\x94\xa2]|\xc2\xb7|(?:[Ee][Nn][Dd]|[Ff][Ii][Nn])[ \t][OoDd])"
)
# A digit within the few characters that may stand before the number: asked first, it spares most lines the rest.
_MAY_NUMBER = re.compile(
    rb"\n(?=[^0-9\n]{0,35}+[0-9])[^\w\n]{0,12}(?:[^\W\d_][^\d\n:]{0,18}:?[ \t#.]{1,3})?\d{1,6}(?:[ \t]*[^\d\n]{1,6}[ \t]*\d{1,6})?[^\w\n]{0,12}\r?(?=\n)"
)
_FIRST_LABEL = re.compile(rb"\s{0,200}([*#>\[_-]{0,4}[^\s:\d][^\n:\t]{0,60}?(?::|\xef\xbc\x9a))")
_MAY_LIST = re.compile(rb"\s{0,200}1[.)][ \t]+[^\W\d_a-z]")
_LABEL_WITHIN, _TOP = 280, 1_000


class CollectedTextReader:
    """Plain texts that hold several articles."""

    name = NAME
    has_lines = True

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the marks between its articles, unless a profile says what they are."""
        if signature(head) or (file.profile is not None and file.profile.separator):
            return False
        data = content_of(file)
        if data is None or not _may_hold_several(data):
            return False
        return len(beginnings(_lines(data))) > 1

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document an article, and what stands before the first. Raises OSError."""
        data = content_of(file) or b""
        lines = _lines(data)
        begins = beginnings(lines)
        in_list = begins == listed(lines)
        cuts = cuts_at(lines, begins or [0], "article", lambda _: {})
        bounds = [*(cut.start for cut in cuts[1:]), len(data)]
        for document, end in zip(cut_file(file, NAME, cuts), bounds, strict=True):
            if document.part == "preface":
                yield document._replace(fields=PREFACE)
                continue
            within: Sequence[Line] = _lines(data[document.start : end])
            if in_list:
                within = without_number(within)
            first, last = content(within)
            begin = within[first].start if first < len(within) else 0
            behind = within[last].start if last < len(within) else end - document.start
            yield document._replace(fields=None, text=data[document.start :][begin:behind])


def _lines(data: bytes) -> list[Line]:
    """Lines with the bytes that they begin at; what is no UTF-8 need not be readable here."""
    lines, position = [], 0
    for line in data.split(b"\n"):
        text = line.decode("utf-8", "replace").lstrip("﻿")
        paged = b"\f" in line and text.lstrip(" \t")[:1] == "\f"
        lines.append(Line(text.replace("\f", "").rstrip(), position, PAGE if paged else ""))
        position += len(line) + 1
    return lines


def _may_hold_several(data: bytes) -> bool:
    """One look at the bytes: most texts have no marks at all, or one that ends them ("###")."""
    if b"\f" in data or _MAY_LIST.match(data):
        return True
    mark = _MAY_SEPARATE.search(data)
    if mark and data[mark.end() :].partition(b"\n")[2].strip():
        return True
    label = _FIRST_LABEL.match(data) if data.find(b":", 0, _LABEL_WITHIN) >= 0 or not data.isascii() else None
    if label and data.count(b"\n" + label[1], label.end()):
        return True
    marks = _MAY_NUMBER.finditer(b"\n" + data[:_TOP])
    return any(numbered(mark[0].decode("utf-8", "replace").strip()) for mark in marks)  # no date, for one
