"""What a PDF prints on every page and is no part of its text: running titles, page numbers, print dates.

A line is furniture for where it stands and that it comes again, not for what it says: the outermost lines of
pages, as long as they repeat on a page before or behind at the same height. Numbers in them may count with the
pages. A page number alone, "Page 1 of 4", and the lines that browsers print round a page are known by sight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus_db.data import table
from corpus_db.readers.pdf.rows import Page, Row

_TABLE = table("readers/pdf")
# Lines that end an article may stand at the top of several pages, alone.
_ENDS = frozenset((*table("readers/collected")["ends"]["lines"], *table("readers/exports")["nexis"]["end"]))
_MOST = 5  # lines above and below the text of a page that are looked at
_NEAR = 3  # pages within which a line comes again (left and right pages take turns)
_SAME_PLACE = 2.5  # points
_GAP = 1.8  # of its height: how far the text stands from a running title at least
_NUMBER = re.compile(r"\d+")
_OF = "|".join(_TABLE["of"])
_PAGE = rf"(?:{'|'.join(_TABLE['page'])})[.:]?\s{{0,3}}\d{{1,5}}"
# "Page 2 of 7", "Seite 2": a page number wherever it begins or ends a line, or is all of one.
_STATED = re.compile(
    rf"(?:^{_PAGE}\s(?:{_OF})\s\d{{1,5}}|{_PAGE}\s(?:{_OF})\s\d{{1,5}}\W{{0,4}}$"
    rf"|^\W{{0,4}}(?:{_PAGE}|\d{{1,5}}\s{{0,3}}(?:/|{_OF})\s{{0,3}}\d{{1,5}})\W{{0,4}}$)",
    re.IGNORECASE,
)
# A number alone, which may be the end of a sentence where no gap is before it.
_ALONE = re.compile(r"[\s\W]{0,4}(?:\d{1,5}|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3}))[\s\W]{0,4}$")
# "11/22/26, 9:01 PM" and "22.11.2026, 21:01" above a page, its address and "1/4" below it.
_PRINTED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\s?[AP]\.?M\.?)?(?=\s|$)", re.I
)
_ADDRESS = re.compile(r"(?:https?|file)://\S+")
_COUNTED = re.compile(r"\d{1,4}\s?(?:/|of)\s?\d{1,4}$")
_MOST_PAGES = 0.5  # share of the pages that have a line in a place
_TITLE = 12
_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th|\.)?,?\s(?:[^\W\d_]{3,10}\s)?(?:1[89]|20)\d\d\b")
_DATE_LINE = 60


class Read(NamedTuple):
    """The text of all pages without furniture, and what the furniture said."""

    rows: list[Row]
    url: str = ""  # of a page that a browser printed
    heading: str = ""  # its title there


def without_furniture(pages: Sequence[Page]) -> Read:
    """The lines of the text of all pages."""
    left_out: set[int] = set()  # by `id`
    for upwards in (True, False):
        edges = [_outer(page, upwards) for page in pages]
        running = _running(edges)
        for rows in edges:
            left_out.update(map(id, rows[: _count(rows, running)]))
    url = heading = ""
    rows, kept = [], set()
    for _, _, lines in pages:
        for row in lines:
            if id(row) not in left_out:
                rows.append(row)
                continue
            url = url or _address(row.text)
            heading = heading or _heading(row.text)
            if _names_the_day(row.text) and row.text not in kept and not _by_sight(row.text):
                kept.add(row.text)
                rows.append(row)
    if not rows:  # the same page again and again
        rows = [row for _, _, lines in pages for row in lines]
    return Read(rows, url, heading)


def _names_the_day(text: str) -> bool:
    """Whether a running title says which day's paper it is; it stays where it stands first."""
    return len(text) < _DATE_LINE and _DAY.search(text) is not None


def _address(text: str) -> str:
    found = _ADDRESS.match(text)
    return found[0] if found and found[0].startswith("http") and "…" not in found[0] else ""


def _heading(text: str) -> str:
    found = _PRINTED.match(text)
    return text[found.end() :].strip() if found else ""


def _outer(page: Page, upwards: bool) -> list[Row]:
    """The outermost lines of a page, the first of all first."""
    return sorted(page[2], key=lambda row: -row.base if upwards else row.base)[: _MOST + 1]


def _running(edges: Sequence[list[Row]]) -> set[int]:
    """The lines (by `id`) that come again, in places where lines do so on most pages that have one there."""
    again = {
        id(row)
        for number, rows in enumerate(edges)
        for index, row in enumerate(rows)
        if _comes_again(edges, number, row) or _is_said_below(rows, index)
    }
    places: dict[int, list[bool]] = {}
    for rows in edges:
        for row in rows:
            places.setdefault(round(row.base / _SAME_PLACE), []).append(id(row) in again)
    return {
        id(row)
        for rows in edges
        for row in rows
        if id(row) in again
        and sum(found := places[round(row.base / _SAME_PLACE)]) >= max(1, _MOST_PAGES * len(found))
        and row.text.strip().lower() not in _ENDS
    }


def _is_said_below(rows: Sequence[Row], index: int) -> bool:
    """Whether a line above a gap is said again below it, as an article's title above each of its pages."""
    row = rows[index]
    if index + 1 >= len(rows) or abs(row.base - rows[index + 1].base) < _GAP * row.height:
        return False
    text = row.text.rstrip("…. ")
    return len(text) >= _TITLE and any(other.text.startswith(text) for other in rows[index + 1 :])


def _count(rows: Sequence[Row], running: set[int]) -> int:
    """How many of the outermost lines of a page are furniture."""
    count = 0
    for index, row in enumerate(rows[:_MOST]):
        if _by_sight(row.text) or _ALONE.match(row.text) or id(row) in running:
            count = index + 1
        elif not _same_line(rows, index):
            break
    while count and not _by_sight(rows[count - 1].text) and _heads_text(rows, count):
        count -= 1
    return count


def _same_line(rows: Sequence[Row], index: int) -> bool:
    """Whether a line stands beside the next one, which may be furniture for both ("Title      Page 3")."""
    return index + 1 < len(rows) and abs(rows[index].base - rows[index + 1].base) < _SAME_PLACE


def _by_sight(text: str) -> bool:
    return bool(
        _STATED.search(text)
        or _PRINTED.match(text)
        or (_ADDRESS.match(text) and (_COUNTED.search(text) or "\t" in text))
        or any(words in text.lower() for words in _TABLE["archives"])
    )


def _comes_again(edges: Sequence[list[Row]], number: int, row: Row) -> bool:
    for other in range(max(0, number - _NEAR), min(len(edges), number + _NEAR + 1)):
        if other != number and any(_same(row, there, other - number) for there in edges[other][:_MOST]):
            return True
    return False


def _same(row: Row, there: Row, pages: int) -> bool:
    """Whether two lines are one running line; a number in them may count the pages."""
    if abs(row.base - there.base) > _SAME_PLACE or abs(row.height - there.height) > 1:
        return False
    if row.text == there.text:
        return True
    if _NUMBER.sub("#", row.text) != _NUMBER.sub("#", there.text):
        return False
    numbers = zip(_NUMBER.findall(row.text), _NUMBER.findall(there.text), strict=True)
    return all(one == two or int(two) - int(one) == pages for one, two in numbers if len(one + two) < 12)


def _heads_text(rows: Sequence[Row], count: int) -> bool:
    """Whether what repeats belongs to the text next to it: a paper's name above the date of each article."""
    if count >= len(rows):
        return False
    last, following = rows[count - 1], rows[count]
    return abs(last.base - following.base) < _GAP * max(last.height, following.height)
