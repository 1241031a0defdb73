"""The words that give a date, with what they name: a weekday, a day of a month, a unit before or after.

Where to look is known (places.py); here patterns read what is around such a place. The span takes in what
belongs to the date ("last", "early", "evening", a weekday before the day), not the preposition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from corpus_db.data import table
from corpus_db.models import DatePrecision
from corpus_db.recognition.dates.places import Kind, Place

_TABLE = table("dates")
MONTHS: dict[str, int] = dict(_TABLE["months"])
WEEKDAYS: dict[str, int] = dict(_TABLE["weekdays"])
NUMBERS: dict[str, int] = dict(_TABLE["numbers"])
UNITS: dict[str, DatePrecision] = {
    "day": "day", "week": "week", "weekend": "weekend", "month": "month", "year": "year",
}  # fmt: skip


_OFFSETS = {"last": -1, "this": 0, "next": 1}
EVENT = "event"  # the modifier of a day that names what happened on it


class Expression(NamedTuple):
    """A date in words at [start, end), and what they name; `unit` is their precision."""

    start: int
    end: int
    unit: DatePrecision
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # Monday is 0
    offset: int | None = None  # units from the anchor: -1 for "yesterday", "last week"; years beside a month
    modifier: str = ""  # last, this, next, past, coming, or the preposition until, since, by


def expressions(text: str, places: Iterable[Place]) -> list[Expression]:
    """The dates of a text, in order, without overlaps; of two that overlap the longer one.

    `places` are those of the text where a date may stand.
    """
    found = [
        one
        for at, kind in places
        if not (at and text[at - 1].isalnum()) and (one := _READERS[kind](text, at)) is not None
    ]
    if len(found) < 2:
        return found
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Expression] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif one.end - one.start > kept[-1].end - kept[-1].start:
            kept[-1] = one
    return _with_shared_years(text, kept)


def _with_shared_years(text: str, found: list[Expression]) -> list[Expression]:
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


def _word_before(text: str, at: int) -> str:
    """The word before a place, with the marks that stick to it; "" at the beginning or behind a line break."""
    words = text[max(0, at - _LOOK_BACK_WORD) : at].split(" ")
    return words[-2] if len(words) > 1 and not words[-1] else words[-1] if words[-1].endswith("-") else ""


def _is_letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalnum()


_LOOK_BACK_WORD = 18

# -- days and months --------------------------------------------------------------------------------

_WEEKDAY_NAME = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_LOOK_BACK = 34
_BEFORE_MONTH = re.compile(
    rf"(?:(?P<weekday>{_WEEKDAY_NAME}),?\s{{1,3}}(?:the\s)?)?(?:(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\s(?:of\s)?)?"
    r"(?:(?P<modifier>last|next|this|this\spast|this\scoming|early|late|mid|mid-?to-?late)[\s-])?$"
)
_WEEKDAYS_BEFORE = frozenset(f"{name}day{comma}" for name in WEEKDAYS for comma in (",", ""))
_NOTHING_BEFORE: dict[str, str | None] = {"weekday": None, "day": None, "modifier": None}
_MODIFIERS = frozenset(
    (
        "last",
        "next",
        "this",
        "past",
        "coming",
        "early",
        "late",
        "mid",
        "Last",
        "Next",
        "This",
        "Early",
        "Late",
    )
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_STATED_YEAR = r"(?:1[0-9]\d\d|20\d\d)(?!\d|,\d)"
_DAY_AFTER = re.compile(
    rf"\s{{1,3}}(?P<day>{_DAY})(?:st|nd|rd|th)?(?![\d:]|[.,]\d|\s?(?:percent|per|pct|%|million|billion|points|a\.m|p\.m))"
    rf"(?:,?\s{{1,3}}(?P<year>{_STATED_YEAR})"
    # "October 18-22, 2006": the year stands behind the last of several days.
    rf"|(?=(?:\s?(?:[-–&,]|and|to|through)\s?{_DAY}(?:st|nd|rd|th)?){{1,4}},?\s{{1,3}}(?P<shared>{_STATED_YEAR})))?"
)
_WHICH_YEAR = re.compile(r"\s(?:of\s)?(?P<modifier>last|this|next)\syear\b")
# A day that names an event: its year is not the nearest one.
_EVENT_AFTER = re.compile(r"\s(?:attacks?|terror\w*|hijack\w*)\b", re.IGNORECASE)
_YEAR_AFTER = re.compile(r",?\s{1,3}(?:of\s)?(?P<year>1[0-9]\d\d|20\d\d)(?![\d-]|,\d)")
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


def _month(text: str, at: int) -> Expression | None:
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
    word = _word_before(text, at)
    after_weekday = word in _WEEKDAYS_BEFORE
    if (
        after_weekday
        or word in _MODIFIERS
        or word[-1:] in "-,"
        or word[:1].isdigit()
        or word in ("of", "the")
    ):
        found = None
        if after_weekday:  # "Tuesday, June 5": nothing before it belongs to the date
            found = _BEFORE_MONTH.match(text, at - len(word) - 1, at)
        found = found or _BEFORE_MONTH.search(text, max(0, at - _LOOK_BACK), at)
        if found is not None and not _is_letter(text, found.start() - 1):
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
        modifier = around["modifier"] or _preposition(text, start)
        if year is None and (which := _WHICH_YEAR.match(text, stop)):
            return Expression(start, which.end(), "day", None, month, day, offset=_OFFSETS[which["modifier"]])
        if _EVENT_AFTER.match(text, stop):
            modifier = EVENT
        return Expression(start, stop, "day", year, month, day, weekday, modifier=modifier)
    if weekday is not None:
        start = at
    given = _YEAR_AFTER.match(text, end)
    if given is not None:
        return Expression(start, given.end(), "month", int(given["year"]), month)
    if which := _WHICH_YEAR.match(text, end):
        return Expression(start, which.end(), "month", month=month, offset=_OFFSETS[which["modifier"]])
    modifier = around["modifier"] or ""
    preposition = _preposition(text, start)
    allowed = _ALONE_DOUBTFUL if name in _DOUBTFUL else _ALONE
    if not modifier and preposition not in allowed:
        return None
    return Expression(start, end, "month", month=month, modifier=modifier or preposition)


def _preposition(text: str, start: int) -> str:
    word = _word_before(text, start)
    if word == "the":
        word = _word_before(text, start - 4)
    return word.lower().rstrip("-") if word.rstrip("-").isalpha() else ""


# -- weekdays and other words with "day" ------------------------------------------------------------

_BEFORE_WEEKDAY = re.compile(
    r"(?:(?P<part>early|late|later|earlier)\s)?(?:(?P<modifier>last|next|this\spast|this\scoming|this|past|coming)\s)?$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(r"\s(?:morning|afternoon|evening|night)\b")
_NAME_BEFORE = frozenset(_TABLE["not_weekdays"]["before"])
_NAME_AFTER = re.compile(rf"\s(?:{'|'.join(map(re.escape, _TABLE['not_weekdays']['after']))})\b")
_WEEKDAY = re.compile(_WEEKDAY_NAME)


def _weekday(text: str, at: int) -> Expression | None:
    match = _WEEKDAY.match(text, at)
    if match is None:
        return None
    end = match.end()
    word = _word_before(text, at)
    if text[end : end + 1].isalnum() or word in _NAME_BEFORE or _NAME_AFTER.match(text, end):
        return None
    return _around_weekday(text, at, end, WEEKDAYS[text[at : end - 3]], word)


def _around_weekday(text: str, start: int, end: int, weekday: int, word: str) -> Expression:
    modifier = ""
    if word in _MODIFIERS:
        before = _BEFORE_WEEKDAY.search(text, max(0, start - _LOOK_BACK), start)
        if before is not None and not _is_letter(text, before.start() - 1):
            start = before.start()
            modifier = " ".join((before["modifier"] or "").lower().split())
    part = _PART_AFTER.match(text, end)
    if part is not None:
        end = part.end()
    return Expression(start, end, "day", weekday=weekday, modifier=modifier or _preposition(text, start))


_EARLIER = re.compile(r"(?:earlier|later|late|early)\s$", re.IGNORECASE)
_EARLIER_ENDS = frozenset("reyREY")  # its last letters


def _today(text: str, at: int) -> Expression | None:
    """ "Today" or "yesterday"."""
    end = at + (5 if text[at] in "tT" else 9)
    offset = 0 if text[at] in "tT" else -1
    if text[end - 3 : end] != "day" or text[end : end + 1].isalnum():
        return None
    if offset == 0 and text.startswith(("'s", "’s"), end):
        return None  # "today's world" is no day
    if offset == -1 and text[max(0, at - 15) : at].lower().endswith("the day before "):
        return Expression(at - 15, end, "day", offset=-2)
    part = _PART_AFTER.match(text, end)
    before = _EARLIER.search(text[max(0, at - 9) : at]) if text[at - 2 : at - 1] in _EARLIER_ENDS else None
    begins = at - (len(before[0]) if before else 0)
    return Expression(begins, part.end() if part else end, "day", offset=offset)


# -- last week, this month, tomorrow, tonight -------------------------------------------------------

_PARTS = "morning|afternoon|evening|night"
_EARLIER_OR_LATER = r"(?:(?:earlier|later|early|late|sometime)\s)?"
_UNIT = re.compile(
    rf"{_EARLIER_OR_LATER}(?P<modifier>[Ll]ast|[Tt]his|[Nn]ext)\s"
    rf"(?:(?P<part>morning|afternoon|evening|night)\b|(?P<unit>weekend|week|month|year)(?!s\b|-|\w|\s(?:ago|alone|of\s(?:his|her|their|the))))"
)
_TOMORROW = re.compile(rf"\b(?:the\sday\safter\s)?[Tt]omorrow\b(?!['’]s)(?:\s(?:{_PARTS})\b)?")
_TONIGHT = re.compile(rf"\b{_EARLIER_OR_LATER}[Tt]onight\b(?!['’]s)")
# "over the last week", "the next year": a stretch of time, not a week or a year of the calendar.
_STRETCH = re.compile(r"(?:\b(?:the|of|over|every|each|his|her|its|their|our)\s)$", re.IGNORECASE)


def _unit(text: str, at: int) -> Expression | None:
    """ "Last week", "this morning"."""
    match = _covering(_UNIT, text, at + 1)
    if match is None:
        return None
    modifier = match["modifier"].lower()
    if match["part"]:
        if (modifier == "last") == (match["part"] == "night") and modifier != "next":
            return Expression(*match.span(), "day", offset=_OFFSETS[modifier])
        return None
    if _STRETCH.search(text[max(0, match.start() - 8) : match.start()]):
        return None
    return Expression(*match.span(), UNITS[match["unit"]], offset=_OFFSETS[modifier], modifier=modifier)


def _tomorrow(text: str, at: int) -> Expression | None:
    match = _covering(_TOMORROW, text, at + 1)
    if match is None:
        return None
    return Expression(*match.span(), "day", offset=2 if match[0][3:7] == " day" else 1)


def _tonight(text: str, at: int) -> Expression | None:
    match = _covering(_TONIGHT, text, at + 1)
    return None if match is None else Expression(*match.span(), "day", offset=0)


def _covering(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str] | None:
    """A match that begins a few words before `at` and goes over it, at the start of a word."""
    for match in pattern.finditer(text, max(0, at - 16), at + 24):
        if match.start() <= at < match.end() and not _is_letter(text, match.start() - 1):
            return match
    return None


_AGO = re.compile(
    rf"\b(?P<number>{'|'.join(NUMBERS)}|[1-9]\d?)\s(?P<unit>day|week|month|year)s?\sago\b", re.IGNORECASE
)


def _ago(text: str, at: int) -> Expression | None:
    """ "Two weeks ago", given where its "ago" stands."""
    for match in _AGO.finditer(text, max(0, at - 21), at + 4):
        longer = _word_before(text, match.start())
        if (
            match.end() == at + 3
            and longer not in ("and", "hundred", "thousand", "or")
            and longer.lower() not in NUMBERS
        ):
            number = match["number"].lower()
            count = NUMBERS.get(number) or int(number)
            return Expression(*match.span(), UNITS[match["unit"].lower()], offset=-count, modifier="ago")
    return None


# -- years, and dates in figures --------------------------------------------------------------------

_SURELY_YEAR = frozenset(_TABLE["years"]["before"])
_PARTS_OF_YEAR = frozenset(_TABLE["years"]["parts"])
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


def _year(text: str, at: int) -> Expression | None:
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
            return words[: -len("of ")].rstrip().rpartition(" ")[2].lower() in _PARTS_OF_YEAR
        return last in _SURELY_YEAR or (last in _SPAN and _SPAN_BEGINS.search(words) is not None)
    if not words[-2:-1].isalpha() and words[-1:] != "\n":  # "June 5, 2020"
        return False
    before = _BEFORE_YEAR.search(words)
    return before is not None and bool(before["sure"] or _SPAN_BEGINS.search(words))


_READERS: Mapping[int, Callable[[str, int], Expression | None]] = {
    Kind.MONTH: _month,
    Kind.YEAR: _year,
    Kind.WEEKDAY: _weekday,
    Kind.TODAY: _today,
    Kind.UNIT: _unit,
    Kind.TOMORROW: _tomorrow,
    Kind.TONIGHT: _tonight,
    Kind.AGO: _ago,
}
