"""Lines of credits in a header: publishers, addresses, "The Guardian, 9 March 2021, p. 23".

What such a line may hold is known to `parsing.credit_lines`; here stands where it counts. Nothing is taken
from the last line of a text, and a bare name only from below a headline.
"""

from __future__ import annotations

import re

from corpus_db.parsing import title
from corpus_db.parsing.credit_lines import (
    AGE,
    LENGTH,
    LONGEST_PUBLISHER,
    byline_of,
    facts_of,
    is_job,
    is_publisher,
    names_publisher,
    person_of,
    publisher_of,
)
from corpus_db.parsing.dates import day_at, has_digit
from corpus_db.parsing.furniture import is_head_furniture
from corpus_db.parsing.header.patterns import URL
from corpus_db.parsing.header.state import Head, line_end, skip_space
from corpus_db.parsing.labels import DATE_RANKS, label_at
from corpus_db.parsing.published import Stated

# Lines between a headline and its credits, which stand right below it.
_DECKS = 3
# Longest line of credits without a digit: a byline, a name.
_SHORT = 100
# Fields of labels that stand below headlines.
_CREDITING = frozenset({"byline", "date", "publisher", "agency", "section", "url"})
# Spaces in a name.
_NAME_SPACES = 3
# "THE PAPER, MARCH 9, 1921          7": the number of the page behind a gap.
_PAGE_NUMBER = re.compile(r"\s{3,}\d{1,3}$")


def take_credits(head: Head, start: int, end_of_line: int) -> bool:
    """A line that only says who, where or when; False for all others."""
    text = head.text
    if end_of_line - start > LENGTH:
        return False
    digits = has_digit(text, start, end_of_line)
    if not digits and end_of_line - start > _SHORT:
        return False
    line = text[start:end_of_line].rstrip()
    short = len(line) <= LONGEST_PUBLISHER
    if not (short or digits or head.headings or line[:4] == "http") or skip_space(text, end_of_line) == len(
        text
    ):
        return False
    if digits and line[-1].isdecimal():
        line = _PAGE_NUMBER.sub("", line)
        short = len(line) <= LONGEST_PUBLISHER
    if short and (publisher_of(line) or (not digits and _is_above_date(head, line, end_of_line))):
        head.keep("publisher", line)
    elif short and not digits and head.headings and is_publisher(line.partition(", ")[0]):
        head.keep("publisher", line.partition(", ")[0])  # "BBC News, Lima"
    elif short and line.lower().rstrip(":") == "by" and (name := person_of(_next_line(text, end_of_line))):
        head.keep("byline", name)
        end_of_line = line_end(text, end_of_line + 1)
    elif short and line[0] == "@" and head.headings and " " not in line:
        pass  # an author's handle
    elif short and not digits and _takes_name_above(head, start, line):
        pass
    elif short and digits and head.headings and AGE.fullmatch(line):
        head.header.labelled.append("ignored")  # "6 days ago": names may stand below
    elif line[:4] == "http" and URL.match(line):
        head.keep("url", line)
    elif not (digits and _take_facts(head, start, line)):
        name = _byline(head, start, end_of_line, line)
        if name is None:
            return False
        head.keep("byline", name)
        head.header.labelled.append("byline")
    head.title_is_credited = head.title_is_credited or bool(head.headings)
    head.evidence(end_of_line)
    return True


def _is_above_date(head: Head, line: str, end_of_line: int) -> bool:
    """Whether a line is built as the names of publishers are, and a date stands below it.

    Above all headlines the date must stand below it, and a headline below that.
    """
    if not names_publisher(line) or is_head_furniture(line):  # "Press Release"
        return False
    below = skip_space(head.text, end_of_line)
    end = line_end(head.text, below)
    day = day_at(head.text[below:end])
    if head.headings or day is None:
        return day is not None
    headline = skip_space(head.text, end)
    begins = head.text[headline : line_end(head.text, headline)].rstrip()
    if byline_of(begins) or person_of(begins):
        return False  # then the line is a headline
    return below <= end_of_line + 2 and end < len(head.text) and title.is_heading(begins)


def _takes_name_above(head: Head, start: int, line: str) -> bool:
    """Takes the heading right above a line "STAFF WRITER" for a byline: "ANN LEE"."""
    if len(head.headings) < 2 or "byline" in head.header.values or not is_job(line):
        return False
    last = head.headings[-1]
    if (
        last.end + 1 != start
        or not 0 < last.text.count(" ") <= _NAME_SPACES
        or not last.text.istitle() | last.text.isupper()
    ):
        return False
    head.keep("byline", last.text)
    head.headings.pop()
    if head.fresh and head.fresh[-1] is last:
        head.fresh.pop()
    return True


def _next_line(text: str, end_of_line: int) -> str:
    return text[end_of_line + 1 : line_end(text, end_of_line + 1)].strip()


def _below(end: int) -> tuple[int, int]:
    """Where the next line begins, and the one behind an empty line."""
    return end + 1, end + 2


def _byline(head: Head, start: int, end_of_line: int, line: str) -> str | None:
    """A byline below a headline; a bare name only right below the date or the publisher, above an empty line."""
    if not head.headings:
        return None
    names = byline_of(line)
    places = (head.header.body_start, *_below(head.headings[-1].end))
    if names or not head.header.labelled or "byline" in head.header.values or start not in places:
        return names
    return person_of(line) if head.text[end_of_line + 1 : end_of_line + 2] == "\n" else None


def _take_facts(head: Head, start: int, line: str) -> bool:
    facts = facts_of(line, head.hints, below_headline=bool(head.headings))
    if facts is None or (not facts.certain and head.dateline(start)):
        return False
    head.add_date(Stated(facts.date, facts.label, facts.rank))
    if facts.changed:
        head.add_date(Stated(facts.changed, "updated", DATE_RANKS["date_changed"]))
    head.keep("byline", facts.byline or "")
    head.keep("publisher", facts.publisher or "")
    return True


def is_credit_line(head: Head, line: str) -> bool:
    """Whether a line below a headline is one of credits."""
    if len(line) > LENGTH:
        return False
    line = line.rstrip()
    label = label_at(line, 0, len(line))
    if label is not None and label.exact and label.field in _CREDITING:
        return True
    if head.header.labelled and person_of(line):
        return True
    return (
        publisher_of(line) is not None
        or AGE.fullmatch(line) is not None
        or (line[:4] == "http" and URL.match(line) is not None)
        or byline_of(line) is not None
        or facts_of(line, head.hints, True) is not None
    )


def lines_above_credits(head: Head, position: int) -> list[int]:
    """Where the lines begin that stand from `position` on right below a headline; its credits may be one of them."""
    begins = []
    for _ in range(_DECKS):
        end = line_end(head.text, position)
        if not title.is_heading(head.text[position:end].rstrip()):
            break
        position = end + 1
        if head.text[position : position + 1] in ("", "\n"):
            below = skip_space(head.text, position)
            if below < len(head.text):  # "A headline of\ntwo lines\n\nBy Ann Lee"
                begins.append(below)
            break
        begins.append(position)
    return begins
