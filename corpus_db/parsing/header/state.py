"""Where the walk down a header is, and what it has found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus_db.parsing.dateline import Located, dateline_at
from corpus_db.parsing.dates import date_value
from corpus_db.parsing.labels import DATE_RANKS, WITHIN
from corpus_db.parsing.published import Stated

# How many blocks a header may have.
BLOCKS = 60
# A block that is longer is running text.
LONG_BLOCK = 400
# Values that mean nothing.
_DATE_VALUE = 1_000  # of a line that is said to hold a date, no more is read
_NO_VALUE = frozenset({"none", "null", "nan", "n/a", "na", "-", "--", "unknown", "nil", "(none)", "[]"})
_HANDLE = re.compile(r"\s*[/|,(–-]?\s*@\w{2,30}\)?$")
_SPACE = re.compile(r"\x20*\s*")  # mostly blanks, which the engine counts fastest alone


@dataclass(slots=True)
class Block:
    """A line, or what stands between gaps of one: text[start:end], white space behind it left out of `text`."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Header:
    """What stood above the body, which begins at `body_start`."""

    values: dict[str, str] = field(default_factory=dict)  # field -> value, as labelled
    dates: list[Stated] = field(default_factory=list)
    title: str | None = None
    title_is_labelled: bool = False
    body_start: int = 0
    # what stands at a place where a dateline was looked for, and that place
    dateline: tuple[Located | None, int] | None = None
    labelled: list[str] = field(default_factory=list)  # fields in order, to say what was found


class Head:
    """One walk down the header of `text`. `position` is where the next block begins, -1 behind a labelled body."""

    __slots__ = (
        "_found",
        "_looked_at",
        "_next_mark",
        "_next_wide_mark",
        "contact_open",
        "fresh",
        "header",
        "headings",
        "hints",
        "position",
        "repeated",
        "sure_labels",
        "takes_headings",
        "text",
        "title_is_credited",
    )

    def __init__(self, text: str, hints: Sequence[str], start: int, takes_headings: bool) -> None:
        self.text = text
        self.hints = hints  # days that settle the order of an ambiguous date
        self.position = skip_space(text, start)
        self.header = Header(body_start=start)
        self.takes_headings = takes_headings
        self.headings: list[Block] = []
        self.fresh: list[Block] = []  # headings behind the last furniture
        self.sure_labels = False
        self.contact_open = False  # the last block was "Contact" alone: names follow
        self.title_is_credited = False  # credits stood below a heading, which furniture then does not undo
        self.repeated: Block | None = None  # the page's title, where it stands again as a heading
        self._looked_at = -1  # where a dateline was looked for last, and what was there
        self._found: Located | None = None
        self._next_mark = self._next_wide_mark = -1

    def evidence(self, end: int, resets: bool = False) -> None:
        """text[:end] is header for certain; furniture `resets` which headings may be the title."""
        self.position = self.header.body_start = skip_space(self.text, end)
        if resets and self.fresh and not self.title_is_credited:
            self.fresh = []

    def add_heading(self, block: Block) -> None:
        """Takes a heading, which stays in the body unless evidence follows."""
        self.headings.append(block)
        self.fresh.append(block)

    def add_date(self, stated: Stated) -> None:
        """Takes a date that stands in the header without being a label's value."""
        self.header.dates.append(stated)
        self.header.labelled.append("date")

    def keep(self, name: str, value: str, words: str = "") -> None:
        """Keeps the value of a field; `words` is the label before it."""
        header = self.header
        if not value or value.lower() in _NO_VALUE:
            return
        if name in DATE_RANKS:
            found = date_value(value[:_DATE_VALUE], self.hints)
            if found:
                if found.value[10:] == "T00:00:00":  # which a program wrote for a day
                    found = found._replace(value=found.value[:10])
                header.dates.append(Stated(found, words, DATE_RANKS[name]))
        elif name == "title":
            if header.title is None or not header.title_is_labelled:
                header.title, header.title_is_labelled = " ".join(value.split()), True
        elif name != "ignored":
            if name == "byline" and value[:3].lower() == "by ":  # "Byline: By Ann Lee"
                value = value[3:].lstrip()
            if name == "byline" and "@" in value:
                value = _HANDLE.sub("", value)
            header.values.setdefault(name, value)

    def dateline(self, position: int) -> Located | None:
        """The dateline at `position`; each place is looked at once."""
        if position != self._looked_at:
            self._looked_at, self._found = position, dateline_at(self.text, position)
        return self._found

    def dateline_at_body(self) -> tuple[Located | None, int] | None:
        """What was found where the body begins, when a dateline was looked for there."""
        start = self.header.body_start
        return (self._found, start) if self._looked_at == start else None

    def may_begin_label(self, start: int, line_end: int) -> bool:
        """Whether a mark that ends a label stands near `start`: a comparison, mostly."""
        if self._next_mark < start:
            colon, tab = self.text.find(":", start), self.text.find("\t", start)
            none = len(self.text) + WITHIN
            self._next_mark = min(none if colon < 0 else colon, none if tab < 0 else tab)
            wide = -1 if self.text.isascii() else self.text.find("：", start)
            self._next_wide_mark = none if wide < 0 else wide
        return self._next_mark < start + WITHIN or self._next_wide_mark < line_end or self.text[start] in "[<"


def skip_space(text: str, position: int) -> int:
    """Behind the white space at `position`."""
    match = _SPACE.match(text, position)
    assert match is not None  # it matches nothing at all, too
    return match.end()


def line_end(text: str, position: int) -> int:
    """Where the line ends that `position` is in."""
    end = text.find("\n", position)
    return len(text) if end < 0 else end
