"""Days of a month and months: "June 5", "Tuesday, 5 June 2018", "early March", "the end of May". Pure."""

from __future__ import annotations

import re

from corpus_db.data import table
from corpus_db.recognition.dates.expression import (
    EVENT,
    LOOK_BACK,
    MODIFIERS,
    OF_TIME,
    OFFSETS,
    PHRASE_LOOK_BACK,
    WEEKDAY_NAME,
    WEEKDAYS,
    Expression,
    is_letter,
    preposition_before,
    word_before,
)

_TABLE = table("dates")
MONTHS: dict[str, int] = dict(_TABLE["months"])
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_YEAR = r"(?:1[0-9]\d\d|20\d\d)"
_BEFORE_MONTH = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY_NAME}),?\s{{1,3}}(?:the\s)?)?(?:(?P<day>{_DAY})(?:st|nd|rd|th)?\s(?:of\s)?)?"
    r"(?:(?P<modifier>last|next|this|this\spast|this\scoming|early|late|mid|mid-?to-?late)[\s-])?$"
)
_WEEKDAYS_BEFORE = frozenset(f"{name}day{comma}" for name in WEEKDAYS for comma in (",", ""))
_NOTHING_BEFORE: dict[str, str | None] = {"weekday": None, "day": None, "modifier": None}
_STATED_YEAR = rf"{_YEAR}(?!\d|,\d)"
_DAY_AFTER = re.compile(
    rf"\s{{1,3}}(?P<day>{_DAY})(?:st|nd|rd|th)?(?![\d:]|[.,]\d|\s?(?:percent|per|pct|%|million|billion|points|a\.m|p\.m))"
    rf"(?:,?\s{{1,3}}(?P<year>{_STATED_YEAR})"
    # "October 18-22, 2006": the year stands behind the last of several days.
    rf"|(?=(?:\s?(?:[-–&,]|and|to|through)\s?{_DAY}(?:st|nd|rd|th)?){{1,4}},?\s{{1,3}}(?P<shared>{_STATED_YEAR})))?"
)
_WHICH_YEAR = re.compile(r"\s(?:of\s)?(?P<modifier>last|this|next)\syear\b")
# A day that names an event: its year is not the nearest one.
_EVENT_AFTER = re.compile(r"\s(?:attacks?|terror\w*|hijack\w*)\b", re.IGNORECASE)
_YEAR_AFTER = re.compile(rf",?\s{{1,3}}(?:of\s)?(?P<year>{_YEAR})(?![\d-]|,\d)")
_ALONE = frozenset(_TABLE["month_names"]["before"])
_ALONE_DOUBTFUL = frozenset(_TABLE["month_names"]["before_doubtful"])
_DOUBTFUL = frozenset(_TABLE["month_names"]["doubtful"])


_MONTH_NAME = "|".join(map(re.escape, sorted(MONTHS, key=len, reverse=True)))
_MONTH = re.compile(_MONTH_NAME)
# What stands between dates that are named together, as between "February" and "April 2006".
_JOINED = re.compile(
    rf"(?:\s|,|&|[-–]|\b(?:and|or|to|through|until|the|early|late|mid|{_MONTH_NAME}|{_DAY}(?:st|nd|rd|th)?)(?!\w))+"
)
_LONGEST_JOINT = 40


def month_at(text: str, at: int) -> Expression | None:
    """The date whose month's name begins at a place."""
    match = _MONTH.match(text, at)
    if match is None:
        return None
    name, end = match[0], match.end()
    if name[-1] != "." and text[end : end + 1].isalnum():
        return None
    return _around_month(text, at, end, name, MONTHS[name])


def _around_month(text: str, at: int, end: int, name: str, month: int) -> Expression | None:
    """The date that a month's name belongs to; None where it is no date."""
    start, around = at, _NOTHING_BEFORE
    word = word_before(text, at)
    after_weekday = word in _WEEKDAYS_BEFORE
    if after_weekday or word in MODIFIERS or word[-1:] in "-," or word[:1].isdigit() or word in ("of", "the"):
        found = None
        if after_weekday:  # "Tuesday, June 5": nothing before it belongs to the date
            found = _BEFORE_MONTH.match(text, at - len(word) - 1, at)
        found = found or _BEFORE_MONTH.search(text, max(0, at - PHRASE_LOOK_BACK), at)
        if found is not None and not is_letter(text, found.start() - 1):
            start, around = found.start(), found.groupdict()
    weekday = WEEKDAYS[around["weekday"].removesuffix("day")] if around["weekday"] else None
    after = _DAY_AFTER.match(text, end)
    if after and around["day"] and after["year"]:  # "1 January 1, 1973": a number of something else
        start, around = at, _NOTHING_BEFORE
    elif around["day"]:
        after = None
    if around["day"] or after:
        given = _YEAR_AFTER.match(text, end) if around["day"] else after
        assert given is not None or around["day"]
        year = int(given["year"]) if given is not None and given["year"] else None
        if year is None and after is not None and after["shared"]:
            year = int(after["shared"])
        day = int(around["day"] or after["day"])  # type: ignore[index]
        stop = given.end() if given is not None else end
        modifier = around["modifier"] or preposition_before(text, start)
        if year is None and (which := _WHICH_YEAR.match(text, stop)):
            return Expression(start, which.end(), "day", None, month, day, offset=OFFSETS[which["modifier"]])
        if _EVENT_AFTER.match(text, stop):
            modifier = EVENT
        return Expression(start, stop, "day", year, month, day, weekday, modifier=modifier)
    if weekday is not None:
        start = at
    given = _YEAR_AFTER.match(text, end)
    if given is not None:
        return Expression(start, given.end(), "month", int(given["year"]), month)
    if which := _WHICH_YEAR.match(text, end):
        return Expression(start, which.end(), "month", month=month, offset=OFFSETS[which["modifier"]])
    modifier = around["modifier"] or ""
    preposition = preposition_before(text, start)
    allowed = _ALONE_DOUBTFUL if name in _DOUBTFUL else _ALONE
    if not modifier and preposition not in allowed and not _stands_alone(text, start, end, name):
        return None
    return Expression(start, end, "month", month=month, modifier=modifier or preposition)


def _stands_alone(text: str, start: int, end: int, name: str) -> bool:
    """Whether a month without year or preposition is one: "the end of September", "September's figures"."""
    if name not in _DOUBTFUL and text.startswith(("'s ", "’s "), end):
        return True
    of = text[max(0, start - LOOK_BACK) : start].split(" ")
    return len(of) > 2 and of[-2] == "of" and of[-3].lower() in OF_TIME


def with_shared_years(text: str, found: list[Expression]) -> list[Expression]:
    """The dates, where those that are joined to one with a year have its year: "Oct. 25 and Dec. 9, 2004"."""
    for at in range(len(found) - 2, -1, -1):
        one, following = found[at], found[at + 1]
        if (
            one.month is not None
            and one.year is None
            and one.offset is None
            and following.month is not None
            and following.year is not None
            and following.start - one.end <= _LONGEST_JOINT
            and _JOINED.fullmatch(text, one.end, following.start)
        ):
            # "From Dec. 28 to Jan. 3, 2019" begins a year before.
            later = (one.month, one.day or 0) > (following.month, following.day or 31)
            found[at] = one._replace(year=following.year - later)
    return found
