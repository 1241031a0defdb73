"""Lines of pages to paragraphs: what a column's width broke is joined, what its writer broke stays broken.

A line goes on in the next one where it is full: where the next line's first word would not have fitted behind it.
That holds for justified and for ragged text, for columns of any width and for headers whose lines are short. An
indent, a wider gap, another size of type, a label in the margin and a bullet begin a paragraph whatever the line.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus_db.readers.pdf.hyphens import Hyphens
from corpus_db.readers.pdf.rows import Row

_SAME_SIZE = 0.08  # share of the height
_WIDE = 1.3  # times the usual distance of lines
_FARTHEST = 2.2  # of the height: lines of one paragraph are no farther apart
_INDENT, _BLANK, _CENTRED = 0.5, 0.22, 0.4  # of the height
_EMPTY = 2.6  # of the height: such a gap is an empty line
_RAGGED = 2.5  # of the height: how far from its edge a full line may end
_SLACK = 0.3  # of the height: what is measured is not so exact
# Characters of a line beside a picture, and how many of it and the next ones end alike, all but one.
_RUNNING, _AROUND = 25, 3
_NARROWEST = 10  # times the height: no column is narrower
_HEADING = 1.12  # times the height of the text
_SENTENCE = 15  # characters: a shorter line may be of a list
# Chinese and Japanese, with their punctuation; Thai, Lao, Khmer and Burmese.
_WITHOUT_BLANKS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]"
)
_BULLET = re.compile(r"[•‣▪●◦■►❖*]\s")
_ENDED = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_LIGATURES = re.compile("[ﬀ-ﬆ]")
_NO_CHARACTERS = str.maketrans({"\xa0": " ", "\u200b": None, "\ufeff": None, "\u2028": " ", "\xad": None})


class Paragraph(NamedTuple):
    """A paragraph, with what its type says of it."""

    text: str
    height: float
    page: int
    gap: bool  # an empty line or a new page stands before it


def paragraphs(rows: Sequence[Row], width: float) -> tuple[list[Paragraph], float]:
    """The paragraphs of a document with pages of this width, and the height of its running text."""
    if not rows:
        return [], 0.0
    rows = [row._replace(text=_clean(row.text)) for row in rows]
    body = _usual_height(rows)
    return _Joiner(rows, body, width).paragraphs(), body


def _clean(text: str) -> str:
    text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    soft = text.endswith("\xad")  # a word goes on in the next line
    text = text.translate(_NO_CHARACTERS) + ("\xad" if soft else "")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _usual_height(rows: Sequence[Row]) -> float:
    heights: Counter[float] = Counter()
    for row in rows:
        heights[round(row.height, 1)] += len(row.text)
    return max(heights, key=lambda height: (heights[height], height))


class _Joiner:
    """Goes through the lines of a document once and puts them together."""

    def __init__(self, rows: Sequence[Row], body: float, width: float) -> None:
        self.rows = rows
        self.width = width
        self.body = body
        self.hyphens = Hyphens([row.text for row in rows])
        self.blocks = _blocks(rows)
        self.rights, self.lefts = self._edges()
        self.leading = self._leading()

    def _edges(self) -> tuple[list[float], list[float]]:
        """For every line the right and left edge of the column that it stands in."""
        rights, lefts = [0.0] * len(self.rows), [0.0] * len(self.rows)
        blocks = [self.rows[begin:end] for begin, end in self.blocks]
        edges = [(min(row.left for row in block), max(row.right for row in block)) for block in blocks]
        wide: dict[int, list[float]] = {}  # right edges of columns, by their left edge
        for block, (left, right) in zip(blocks, edges, strict=True):
            if _shows_its_width(block, left, right):
                wide.setdefault(self._place(left), []).append(right)
        for rights_there in wide.values():
            rights_there.sort()
        farthest = max(right for _, right in edges)
        if not wide:  # a page of short lines has the same margin on both sides
            farthest = max(farthest, self.width - min(left for left, _ in edges))
        for (begin, end), block, (left, right) in zip(self.blocks, blocks, edges, strict=True):
            starts = Counter(round(row.left) for row in block)
            usual = float(min(starts, key=lambda start: (-starts[start], start)))
            if not _shows_its_width(block, left, right):  # all short: they stand in a column like others
                alike = []
                for place in range(self._place(left) - 1, self._place(left) + 2):
                    there = wide.get(place, [])
                    alike += there[(at := bisect_left(there, right - 2 * self.body)) : at + 1]
                right = min(alike, default=farthest)
            for index in range(begin, end):
                lefts[index], rights[index] = usual, right
        return rights, lefts

    def _place(self, left: float) -> int:
        """A left edge, as exactly as columns are told apart by it."""
        return round(left / (2 * self.body))

    def _leading(self) -> dict[int, float]:
        """The usual distance of lines, by their height in points."""
        distances: dict[int, Counter[float]] = {}
        for begin, end in self.blocks:
            for row, below in zip(self.rows[begin:end], self.rows[begin + 1 : end], strict=False):
                if _same_size(row, below):
                    distance = round((row.base - below.base) / row.height, 1)
                    if 0.5 < distance <= _FARTHEST:
                        distances.setdefault(round(row.height), Counter())[distance] += 1
        return {
            height: min(found, key=lambda distance: (-found[distance], distance))
            for height, found in distances.items()
        }

    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs, in the order of their lines."""
        starts = {begin for begin, _ in self.blocks}
        opened: list[int] = []  # the first line of each paragraph
        parts: list[list[str]] = []
        for index, row in enumerate(self.rows):
            if index and (self._continues(index) if index in starts else self._goes_on(index, opened[-1])):
                self._append(parts[-1], row.text)
            else:
                opened.append(index)
                parts.append([row.text])
        return [self._paragraph(index, _together(texts)) for index, texts in zip(opened, parts, strict=True)]

    def _paragraph(self, index: int, text: str) -> Paragraph:
        row, before = self.rows[index], self.rows[index - 1]
        gap = not index or row.page != before.page or before.base - row.base > _EMPTY * row.height
        return Paragraph(text.replace("\xad", "").strip(), row.height, row.page, gap)

    def _append(self, parts: list[str], more: str) -> None:
        last = parts[-1]
        if last.endswith(("-", "‐", "\xad")) and len(last) > 1 and last[-2].isalnum():
            word, blank, rest = more.partition(" ")
            parts[-1] = self.hyphens.joined(last, word)
            if blank:
                parts.append(rest)
        else:
            parts.append(more)

    def _full(self, index: int) -> bool:
        """Whether the first word of the line `index` would not have fitted behind the line above it."""
        before, row = self.rows[index - 1], self.rows[index]
        wanted = before.right + _BLANK * row.height + row.first + _SLACK * row.height
        if wanted > self.rights[index - 1]:
            return True
        return not _ENDED.search(before.text) and wanted > self._beside_picture(index - 1)

    def _beside_picture(self, index: int) -> float:
        """The right edge of lines of running text that end before their column does; else that of the column."""
        row = self.rows[index]
        narrowest = self.rights[index]
        for begin in (index - _AROUND, index - 1, index):
            around = self.rows[max(0, begin) : begin + _AROUND + 1]
            right = max(other.right for other in around)
            alike = sum(
                len(other.text) >= _RUNNING
                and other.right > right - _RAGGED * row.height
                and _same_size(other, row)
                for other in around
            )
            if alike >= _AROUND:
                narrowest = min(narrowest, right)
        return narrowest

    def _goes_on(self, index: int, opened: int) -> bool:
        """Whether a line goes on with the paragraph of the line above it in the same column."""
        before, row = self.rows[index - 1], self.rows[index]
        if not _same_size(before, row) or _BULLET.match(row.text):
            return False
        distance = (before.base - row.base) / row.height
        usual = self.leading.get(round(row.height), 1.2)
        if distance > _FARTHEST or distance > _WIDE * usual:
            return False
        if "\t" in row.text:
            return False
        if before.hanging or "\t" in self.rows[opened].text:
            return abs(row.left - self.rows[opened].hanging) < row.height and self._full(index)
        if row.height > _HEADING * self.body and row.height > before.height * (1 - _SAME_SIZE):
            return True
        centred = abs((row.left + row.right) - (before.left + before.right)) < 2 * _CENTRED * row.height
        if not centred:
            indent = _INDENT * row.height
            hangs = index - 1 == opened and _BULLET.match(before.text)
            if row.left > max(before.left, self.lefts[index]) + indent and not hangs:
                return False
            if row.left < before.left - indent and index - 1 != opened:
                return False
        return self._full(index)

    def _continues(self, index: int) -> bool:
        """Whether the first line of a column goes on with the paragraph at the end of the column before."""
        before, row = self.rows[index - 1], self.rows[index]
        if not _same_size(before, row) or _BULLET.match(row.text) or "\t" in row.text + before.text:
            return False
        if row.text[:1].islower() and len(before.text) >= _SENTENCE and not _ENDED.search(before.text):
            return True
        if not self._full(index) or row.left > self.lefts[index] + _INDENT * row.height:
            return False
        return not _ENDED.search(before.text) and row.page - before.page <= 1


def _together(lines: Sequence[str]) -> str:
    """Lines as one text; scripts without blanks between words get none at the ends of lines."""
    if all(line.isascii() for line in lines):
        return " ".join(lines)
    parts = [lines[0]]
    for before, line in pairwise(lines):
        if not (_WITHOUT_BLANKS.match(before[-1:]) and _WITHOUT_BLANKS.match(line)):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _blocks(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Runs of lines one below the other in one size of type: columns, or pieces of one."""
    bounds = [0]
    for index in range(1, len(rows)):
        before, row = rows[index - 1], rows[index]
        below = row.base < before.base and row.page == before.page
        beside = row.left < before.right and before.left < row.right
        if not (below and beside and _same_size(before, row)):
            bounds.append(index)
    return list(zip(bounds, (*bounds[1:], len(rows)), strict=True))


def _shows_its_width(block: Sequence[Row], left: float, right: float) -> bool:
    """Whether enough lines end near the right edge of a column to say that it is one."""
    if right - left < _NARROWEST * block[0].height:
        return False
    full = sum(row.right > right - _RAGGED * row.height for row in block)
    return full > 1 and full * 3 >= len(block)


def _same_size(one: Row, two: Row) -> bool:
    return abs(one.height - two.height) <= _SAME_SIZE * max(one.height, two.height)
