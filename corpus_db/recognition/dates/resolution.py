"""From what words name to a date: counted from the anchor, on the side that the tense says. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from corpus_db.data import table
from corpus_db.recognition.dates.expression import EVENT, Expression
from corpus_db.recognition.dates.tense import Tense

# A day without its year is the nearest one if that is so near, in days: without a verb, and with one.
# Farther away the verb decides on which side it lies.
NEAR_WITHOUT_VERB, NEAR = 45, 120
NEAR_AN_EVENT = 31
WEEK = 7
SATURDAY = 5
_EVENTS = frozenset(table("dates")["events"]["days"])


class Anchor(NamedTuple):
    """What dates are counted from: `day` None where only the month or the year is known."""

    name: Literal["dateline", "published"]
    year: int
    month: int | None
    day: date | None


class Resolved(NamedTuple):
    """A date, whether it was counted from the anchor, and the rule; `value` None: not clear."""

    value: str | None
    counted: bool
    rule: str


def anchor_of(dateline: str | None, published: str | None) -> Anchor | None:
    """The day of the dateline, else the date of publication, as precisely as it is known."""
    if dateline and len(dateline) >= 10 and (found := _anchor("dateline", dateline)):
        return found
    return _anchor("published", published) if published else None


def _anchor(name: Literal["dateline", "published"], value: str) -> Anchor | None:
    try:
        if len(value) >= 10:
            day = date.fromisoformat(value[:10])
            return Anchor(name, day.year, day.month, day)
        return Anchor(name, int(value[:4]), int(value[5:7]) if len(value) >= 7 else None, None)
    except ValueError:
        return None


def resolve(found: Expression, anchor: Anchor | None, tense: Callable[[], Tense | None]) -> Resolved:
    """The date that words name; `tense` is asked only where it matters."""
    if found.year is not None:
        return _stated(found)
    if anchor is None:
        return Resolved(None, False, f"{_kind(found)}, nothing to count from")
    if found.day is not None and found.month is not None:
        return _day_of_month(found, anchor, tense)
    if found.month is not None:
        return _month(found, anchor, tense)
    if found.weekday is not None:
        return _weekday(found, anchor, tense)
    if found.unit == "weekend" and found.offset == 0:
        return _this_weekend(found, anchor, tense)
    return _offset(found, anchor)


def _kind(found: Expression) -> str:
    if found.weekday is not None and found.day is None:
        return "weekday"
    if found.month is not None:
        return "day and month" if found.day is not None else "month"
    return "ago" if found.modifier == "ago" else f"relative {found.unit}"


def _stated(found: Expression) -> Resolved:
    assert found.year is not None
    if found.month is None:
        return Resolved(f"{found.year:04}", False, "year")
    if found.day is None:
        return Resolved(f"{found.year:04}-{found.month:02}", False, "month and year")
    day = _day(found.year, found.month, found.day)
    return Resolved(day.isoformat() if day else None, False, "full date")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_of_month(found: Expression, anchor: Anchor, tense: Callable[[], Tense | None]) -> Resolved:
    assert found.month is not None
    assert found.day is not None
    if found.offset is not None:
        day = _day(anchor.year + found.offset, found.month, found.day)
        return Resolved(day.isoformat() if day else None, day is not None, "day and month, year beside it")
    years = (anchor.year - 1, anchor.year, anchor.year + 1)
    days = [day for year in years if (day := _day(year, found.month, found.day)) is not None]
    if anchor.day is None:
        return Resolved(None, False, "day and month, day of the anchor unknown")
    here = anchor.day
    if found.weekday is not None:
        fitting = [day for day in days if day.weekday() == found.weekday]
        if fitting:
            return Resolved(fitting[0].isoformat(), True, "day and month, by its weekday")
    if found.modifier == EVENT:
        return Resolved(None, False, "day and month, the name of an event")
    near = min(days, key=lambda day: abs((day - here).days), default=None)
    distance = abs((near - here).days) if near else None
    if f"{found.month:02}-{found.day:02}" in _EVENTS and distance is not None and distance > NEAR_AN_EVENT:
        return Resolved(None, False, "day and month, the name of an event")
    if near is not None and distance is not None and distance <= NEAR_WITHOUT_VERB:
        return Resolved(near.isoformat(), True, "day and month, the nearest")
    said = tense()
    if said is None:
        return Resolved(None, False, "day and month, tense unclear")
    if near is not None and distance is not None and distance <= NEAR:
        return Resolved(near.isoformat(), True, "day and month, the nearest")
    days = [day for day in days if (day <= here if said == "past" else day >= here)]
    chosen = None if not days else max(days) if said == "past" else min(days)
    return Resolved(chosen.isoformat() if chosen else None, True, f"day and month, {said}")


def _month(found: Expression, anchor: Anchor, tense: Callable[[], Tense | None]) -> Resolved:
    assert found.month is not None
    if found.offset is not None:
        return _month_of(anchor.year + found.offset, found.month, "month, year beside it")
    if anchor.month is None:
        return Resolved(None, False, "month, month of the anchor unknown")
    last = anchor.year - (found.month > anchor.month)
    ahead = anchor.year + (found.month < anchor.month)
    if found.modifier in ("last", "this past"):
        return _month_of(anchor.year - (found.month >= anchor.month), found.month, "month, last")
    if found.modifier in ("next", "this coming"):
        return _month_of(anchor.year + (found.month <= anchor.month), found.month, "month, next")
    if found.modifier == "this":
        return _month_of(anchor.year, found.month, "month, this")
    if found.modifier == "since":
        return _month_of(last, found.month, "month, past")
    if found.modifier in ("until", "till"):
        return _month_of(ahead, found.month, "month, future")
    said = tense()
    if said is None and found.month == anchor.month:
        return _month_of(anchor.year, found.month, "month, the anchor's")
    if said is None:
        return Resolved(None, False, "month, tense unclear")
    return _month_of(last if said == "past" else ahead, found.month, f"month, {said}")


def _month_of(year: int, month: int, rule: str) -> Resolved:
    return Resolved(f"{year:04}-{month:02}", True, rule)


def _weekday(found: Expression, anchor: Anchor, tense: Callable[[], Tense | None]) -> Resolved:
    if anchor.day is None:
        return Resolved(None, False, "weekday, day of the anchor unknown")
    assert found.weekday is not None
    here = anchor.day.weekday()
    back = (here - found.weekday) % WEEK
    ahead = (found.weekday - here) % WEEK
    match found.modifier:
        case "last" | "past" | "this past":
            if found.modifier == "last" and 0 < back < here + 1 and found.weekday < here:
                return Resolved(None, False, "weekday, last: of this week or the one before")
            return _days(anchor.day, -(back or WEEK), "weekday, last")
        case "next" | "coming" | "this coming":
            if found.modifier == "next" and found.weekday > here:
                return Resolved(None, False, "weekday, next: of this week or the one after")
            return _days(anchor.day, ahead or WEEK, "weekday, next")
        case "this" if found.weekday > here:
            return _days(anchor.day, ahead, "weekday, this")
        case "since":
            return _days(anchor.day, -back, "weekday, past")
        case "until" | "till":
            return _days(anchor.day, ahead, "weekday, future")
    if back == 0:
        return _days(anchor.day, 0, "weekday, the anchor's")
    said = tense()
    if said is None:
        return Resolved(None, False, "weekday, tense unclear")
    return _days(anchor.day, -back if said == "past" else ahead, f"weekday, {said}")


def _days(anchor: date, days: int, rule: str) -> Resolved:
    try:
        return Resolved((anchor + timedelta(days)).isoformat(), True, rule)
    except OverflowError:
        return Resolved(None, False, rule)


def _this_weekend(found: Expression, anchor: Anchor, tense: Callable[[], Tense | None]) -> Resolved:
    """On a Saturday or Sunday that one; before, the one that was or the one that comes, as the verb says."""
    if anchor.day is None or anchor.day.weekday() >= SATURDAY:
        return _offset(found, anchor)
    said = tense()
    if said is None:
        return Resolved(None, False, "relative weekend, tense unclear")
    return _offset(found._replace(offset=-1 if said == "past" else 0), anchor)


def _offset(found: Expression, anchor: Anchor) -> Resolved:
    """Units of the calendar before or after the anchor's own."""
    assert found.offset is not None
    rule = _kind(found)
    try:
        if found.unit == "year":
            return Resolved(f"{anchor.year + found.offset:04}", True, rule)
        if found.unit == "month" and anchor.month is not None:
            months = anchor.year * 12 + anchor.month - 1 + found.offset
            return _month_of(months // 12, months % 12 + 1, rule)
        if anchor.day is None:
            return Resolved(None, False, f"{rule}, day of the anchor unknown")
        if found.unit == "day":
            return _days(anchor.day, found.offset, rule)
        monday = anchor.day - timedelta(anchor.day.weekday()) + timedelta(WEEK * found.offset)
        if found.unit == "week":
            year, week, _ = monday.isocalendar()
            return Resolved(f"{year:04}-W{week:02}", True, rule)
        saturday, sunday = monday + timedelta(5), monday + timedelta(6)
        return Resolved(f"{saturday.isoformat()}/{sunday.isoformat()}", True, rule)
    except (OverflowError, ValueError):
        return Resolved(None, False, rule)
