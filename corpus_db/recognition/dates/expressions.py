"""The words that give a date, with what they name: a weekday, a day of a month, a unit before or after.

Where to look is known (places.py); here patterns read what is around such a place. The span takes in what
belongs to the date ("last", "early", "evening", a weekday before the day), not the preposition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from corpus_db.data import table
from corpus_db.models import DatePrecision
from corpus_db.recognition.dates.expression import (
    MODIFIERS,
    OFFSETS,
    PHRASE_LOOK_BACK,
    WEEKDAY_NAME,
    WEEKDAYS,
    Expression,
    is_letter,
    preposition_before,
    word_before,
)
from corpus_db.recognition.dates.months import month_at, with_shared_years
from corpus_db.recognition.dates.places import Kind, Place
from corpus_db.recognition.dates.years import year_at

_TABLE = table("dates")
_ONES, _TENS = dict(_TABLE["numbers"]), dict(_TABLE["tens"])
COUNTS: dict[str, int] = {
    **_ONES,
    **_TENS,
    **{
        f"{ten}-{one}": _TENS[ten] + _ONES[one]
        for ten in _TENS
        for one in _ONES
        if _ONES[one] < 10 and len(one) > 2
    },
}
UNITS: dict[str, DatePrecision] = {
    "day": "day", "week": "week", "weekend": "weekend", "month": "month", "year": "year",
}  # fmt: skip


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
    return with_shared_years(text, kept)


# -- weekdays and other words with "day" ------------------------------------------------------------

_BEFORE_WEEKDAY = re.compile(
    r"(?:(?P<part>early|late|later|earlier)\s)?(?:(?P<modifier>last|next|this\spast|this\scoming|this|past|coming)\s)?$",
    re.IGNORECASE,
)
_PART_AFTER = re.compile(r"\s(?:morning|afternoon|evening|night)\b")
_NAME_BEFORE = frozenset(_TABLE["not_weekdays"]["before"])
_NAME_AFTER = re.compile(rf"\s(?:{'|'.join(map(re.escape, _TABLE['not_weekdays']['after']))})\b")
_WEEKDAY = re.compile(WEEKDAY_NAME)


def _weekday(text: str, at: int) -> Expression | None:
    match = _WEEKDAY.match(text, at)
    if match is None:
        return None
    end = match.end()
    word = word_before(text, at)
    if text[end : end + 1].isalnum() or word in _NAME_BEFORE or _NAME_AFTER.match(text, end):
        return None
    return _around_weekday(text, at, end, WEEKDAYS[text[at : end - 3]], word)


def _around_weekday(text: str, start: int, end: int, weekday: int, word: str) -> Expression:
    modifier = ""
    if word in MODIFIERS:
        before = _BEFORE_WEEKDAY.search(text, max(0, start - PHRASE_LOOK_BACK), start)
        if before is not None and not is_letter(text, before.start() - 1):
            start = before.start()
            modifier = " ".join((before["modifier"] or "").lower().split())
    part = _PART_AFTER.match(text, end)
    if part is not None:
        end = part.end()
    return Expression(
        start, end, "day", weekday=weekday, modifier=modifier or preposition_before(text, start)
    )


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
            return Expression(*match.span(), "day", offset=OFFSETS[modifier])
        return None
    if _STRETCH.search(text[max(0, match.start() - 8) : match.start()]):
        return None
    return Expression(*match.span(), UNITS[match["unit"]], offset=OFFSETS[modifier], modifier=modifier)


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
        if match.start() <= at < match.end() and not is_letter(text, match.start() - 1):
            return match
    return None


_AGO = re.compile(
    rf"(?<!-)\b(?P<number>{'|'.join(sorted(COUNTS, key=len, reverse=True))}|[1-9]\d?)"
    r"\s(?P<unit>day|week|month|year)s?\sago\b",
    re.IGNORECASE,
)
_LONGEST_AGO = 28  # "seventy-seven months ago", and some


def _ago(text: str, at: int) -> Expression | None:
    """ "Two weeks ago", given where its "ago" stands."""
    for match in _AGO.finditer(text, max(0, at - _LONGEST_AGO), at + 4):
        longer = word_before(text, match.start())
        if (
            match.end() == at + 3
            and longer not in ("and", "hundred", "thousand", "or")
            and longer.lower() not in COUNTS
        ):
            number = match["number"].lower()
            count = COUNTS.get(number) or int(number)
            return Expression(*match.span(), UNITS[match["unit"].lower()], offset=-count, modifier="ago")
    return None


_READERS: Mapping[int, Callable[[str, int], Expression | None]] = {
    Kind.MONTH: month_at,
    Kind.YEAR: year_at,
    Kind.WEEKDAY: _weekday,
    Kind.TODAY: _today,
    Kind.UNIT: _unit,
    Kind.TOMORROW: _tomorrow,
    Kind.TONIGHT: _tonight,
    Kind.AGO: _ago,
}
