"""Years alone, and dates in figures: "in 2019", "the end of 2005", "2020-06-16". Pure."""

from __future__ import annotations

import re

from corpus_db.data import table
from corpus_db.recognition.dates.expression import OF_TIME, Expression

_TABLE = table("dates")
_SURELY_YEAR = frozenset(_TABLE["years"]["before"])
_SPAN = frozenset(("and", "to"))
_BEFORE_BEFORE_YEAR = frozenset(("early", "late", "about"))
_BEFORE_YEAR = re.compile(
    rf"\b(?:(?P<sure>{'|'.join(sorted(_SURELY_YEAR))})|(?P<span>{'|'.join(sorted(_SPAN))}))"
    r"[\s-](?:early\s|late\s|mid-|about\s)?$",
    re.IGNORECASE,
)
FIRST_YEAR = 1500  # a number below is hardly ever one
_SPAN_BEGINS = re.compile(r"\b(?:1[5-9]|20)\d\d\s(?:and|to)\s$", re.IGNORECASE)
# What is counted, or a longer number, or a decade.
_NO_YEAR_AFTER = re.compile(
    r"[\d%°]|[.,]\d|['’]?s\b|[-–]\d|\s(?:people|men|women|children|of|hours|miles|km|meters|metres|feet|dollars|votes"
    r"|jobs|troops|square|other|or\smore|percent|per|tonnes|tons|barrels|soldiers|workers|members|homes|points|students)\b"
)
_REST_OF_ISO = re.compile(r"-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d|-)")


def year_at(text: str, at: int) -> Expression | None:
    """The year or the day in figures that begins with four digits; None where it is neither."""
    end = at + 4
    if not text[at:end].isdecimal():
        return None
    year = int(text[at:end])
    if text[end : end + 1] == "-" and (iso := _REST_OF_ISO.match(text, end)):
        return Expression(at, iso.end(), "day", year, int(iso["month"]), int(iso["day"]))
    if year < FIRST_YEAR or _NO_YEAR_AFTER.match(text, end):
        return None
    return Expression(at, end, "year", year) if _is_said_of_a_year(text[max(0, at - 16) : at]) else None


def _is_said_of_a_year(words: str) -> bool:
    """Whether a number of four digits is a year, by the words before it."""
    last = words[words.rfind(" ", 0, -1) + 1 : -1]
    if last.isalpha() and words[-1] == " " and last.lower() not in _BEFORE_BEFORE_YEAR:
        last = last.lower()
        if last == "of":  # "the end of 2005", not "the Act of 2005"
            return words[: -len("of ")].rstrip().rpartition(" ")[2].lower() in OF_TIME
        return last in _SURELY_YEAR or (last in _SPAN and _SPAN_BEGINS.search(words) is not None)
    if not words[-2:-1].isalpha() and words[-1:] != "\n":  # "June 5, 2020"
        return False
    before = _BEFORE_YEAR.search(words)
    return before is not None and bool(before["sure"] or _SPAN_BEGINS.search(words))
