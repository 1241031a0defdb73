"""The lines of a page, put together from the pieces that stand beside each other, in reading order.

The order is that in which the page was drawn: programs draw a column behind the other, and a page that was
sorted by places instead mixes columns of different heights (see the room's docstring for figures). Only pages
that were drawn line by line across their columns are cut apart at the gutter here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus_db.readers.pdf.hyphens import is_a_word

# Below another and beside it: what shares so much of its height stands on one line.
_OVERLAP = 0.5
_TOUCHES = 0.12  # of the height: no blank stands between pieces that are nearer
_TAB = 1.4
# A gutter: so many lines one below the other that have running text on both sides of the same gap.
_GUTTER_LINES, _RUNNING = 5, 16
_INITIAL, _MOST_INITIALS = 1.6, 20  # an initial is so much higher than its line; how many a page may have


class Row(NamedTuple):
    """One line of a page. Measures are points, from the page's lower left corner."""

    text: str
    left: float
    right: float
    base: float  # its lower edge
    height: float
    first: float  # width of its first word
    page: int
    hanging: float = 0.0  # where the last of its cells begins, 0 where it is one

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.base + self.height


Page = tuple[float, float, list[Row]]  # width, height, lines


Segment = tuple[str, float, float, float, float, float]  # text, left, bottom, right, top, first word


def page_rows(number: int, segments: Sequence[Segment]) -> list[Row]:
    """The lines of one page in reading order."""
    pieces = [
        Row(text, left, right, bottom, max(top - bottom, 1.0), first, number)
        for text, left, bottom, right, top, first in segments
        if text.strip()
    ]
    rows: list[list[Row]] = []
    for piece in pieces:
        if rows and _beside(rows[-1][-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    out: list[Row] = []
    at = 0
    while at < len(rows):
        count = _columns(rows, at)
        if count:
            cells = max(len(row) for row in rows[at : at + count])
            for column in range(cells):
                out += [row[column] for row in rows[at : at + count] if column < len(row)]
        else:
            count = 1
            out.append(_joined(rows[at]))
        at += count
    return _with_initials(out)


def _beside(row: Row, piece: Row) -> bool:
    shared = min(row.top, piece.top) - max(row.base, piece.base)
    return shared > _OVERLAP * min(row.height, piece.height) and piece.left >= row.right - row.height * 0.3


def _joined(cells: Sequence[Row]) -> Row:
    """Pieces of one line: a tab between those that are far apart, unless the line was stretched to its column."""
    if len(cells) == 1:
        return cells[0]
    gaps = [(cell.left - before.right) / max(before.height, 1.0) for before, cell in pairwise(cells)]
    apart = _TAB if not _stretched(cells, gaps) else max(gaps) + 1
    text, hanging = cells[0].text, 0.0
    for gap, cell in zip(gaps, cells[1:], strict=True):
        text += ("\t" if gap > apart else " " if gap > _TOUCHES else "") + cell.text
        hanging = cell.left if gap > apart else hanging
    longest = max(cells, key=lambda cell: len(cell.text))
    return longest._replace(
        text=text, left=cells[0].left, right=cells[-1].right, first=cells[0].first, hanging=hanging
    )


def _stretched(cells: Sequence[Row], gaps: Sequence[float]) -> bool:
    """Whether the words of one line stand equally far apart, as those of a narrow column do."""
    words = sum(" " not in cell.text for cell in cells)
    return len(gaps) > 1 and words * 2 > len(cells) and max(gaps) < 1.5 * min(gaps)


def _columns(rows: Sequence[Sequence[Row]], at: int) -> int:
    """How many lines from `at` on are drawn across the same columns; 0 where they are no columns."""
    end = at
    while end < len(rows) and len(rows[end]) >= 2 and (end == at or _same_gutters(rows[at], rows[end])):
        if not all(len(cell.text) >= _RUNNING for cell in rows[end][:-1]):
            break
        end += 1
    if end - at < _GUTTER_LINES:
        return 0
    while end < len(rows) and _in_first(rows[at], rows[end]):
        end += 1  # the first column is longer than the others
    return end - at


def _in_first(columns: Sequence[Row], cells: Sequence[Row]) -> bool:
    first, cell = columns[0], cells[0]
    return len(cells) == 1 and cell.right < columns[1].left and cell.left < first.left + 2 * first.height


def _same_gutters(first: Sequence[Row], other: Sequence[Row]) -> bool:
    return len(first) == len(other) and all(
        abs(one.left - two.left) < 2 * one.height for one, two in zip(first, other, strict=True)
    )


def _with_initials(rows: list[Row]) -> list[Row]:
    """A large first letter goes before the line that it begins, wherever it was drawn."""
    initials = [row for row in rows if len(row.text) == 1 and row.text.isalpha()][:_MOST_INITIALS]
    for initial in initials:
        beside = [
            index
            for index, row in enumerate(rows)
            if initial.height > _INITIAL * row.height
            and initial.base - row.height < row.base < initial.top
            and -row.height < row.left - initial.right < 2 * row.height
        ]
        if beside:
            at = max(beside, key=lambda index: rows[index].base)
            row = rows[at]
            blank = " " if is_a_word(initial.text, row.text) else ""
            rows[at] = row._replace(text=initial.text + blank + row.text, left=initial.left)
            rows.remove(initial)
    return rows
