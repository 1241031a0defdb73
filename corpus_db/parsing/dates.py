"""Dates as they are printed: found, validated, and written in ISO 8601 as precisely as given.

Nothing is filled in. A day stays a day, a month a month; a time without a zone stays without one.
"08/07/1998" has two readings: another date of the same document settles it (its file name, its
url), and where none does only what both readings share is kept, the year, together with both
readings; the other documents of its layout decide between them (`store.date_readings`), because
one line cannot. That is why no general date parser is used here: they all complete what is
missing from today's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from corpus_db.parsing.tables import load

# Newspapers are no older, and a later year is a typing error or no year.
FIRST_YEAR, LAST_YEAR = 1600, 2100
# Another date of a document settles a day with two readings when it lies so near one of them.
NEAR_DAYS = 3
# A dateline lies at most so many days before its publication, and so many after it (time zones).
DATELINE_DAYS_BEFORE, DATELINE_DAYS_AFTER = 92, 2

_TABLES = load("dates")
MONTHS: dict[str, int] = {name: int(number) for number, names in _TABLES["months"].items() for name in names}
_ZONES: dict[str, int] = _TABLES["zones"]


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of `words`, in lower case, where case is ignored; longer words first.

    They are grouped by their first letter, which is written in both cases: the engine leaves a group out
    after one look, where with case ignored it would begin to match every single word.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(
        f"(?-i:[{re.escape(first + first.upper())}])(?:{'|'.join(rests)})" for first, rests in groups.items()
    )


MONTH = rf"(?:{alternatives(MONTHS)})(?![^\W\d_])\.?"
_WEEKDAY = (
    rf"(?:(?:{alternatives(_TABLES['weekdays']['names'])})\b\.?,?\s{{0,4}}(?:(?:the|le|den|der|am)\s+)?)?"
)
_ORDINAL = r"(?:st|nd|rd|th|er|\.|º|ª)?"
YEAR = r"(?:1[6-9]\d\d|20\d\d)(?!\d)(?!\x20?(?:GMT|UTC|hrs|hours)\b)"
_BLANK = r"[^\S\n]"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"

# One day, as it is written with a year.
_FULL = re.compile(
    rf"""{_WEEKDAY}(?:
      (?P<iy>{YEAR})(?P<sep>[-/.])(?P<im>\d\d?)(?P=sep)(?P<id>\d\d?)(?!\d)
    | (?P<mm>{MONTH}){_BLANK}{{0,3}}(?P<md>{_DAY}){_ORDINAL}(?![\d:]),?{_BLANK}{{1,3}}(?P<my>{YEAR})
    | (?P<dd>{_DAY}){_ORDINAL}(?:{_BLANK}|-){{0,3}}(?:of\s|de\s)?(?P<dm>{MONTH}),?(?:{_BLANK}|-){{0,3}}(?:de\s|del\s)?(?P<dy>{YEAR})
    | (?P<n1>\d\d?)(?P<nsep>[/.-]|\x20{{1,2}})(?P<n2>\d\d?)(?P=nsep)(?P<ny>{YEAR}|\d\d(?![\d:]))
    )(?-i:(?=\W|_|T\d|[A-Z][a-z]|$))|(?P<cy>(?:19|20)\d\d)(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12]\d|3[01])(?=\D|\d{{4}}(?:\d\d)?(?!\d)|$)
      |(?P<jy>(?:1[6-9]|20)\d\d)\x20?[年년]\x20?(?P<jm>1[0-2]|0?[1-9])\x20?[月월]\x20?(?P<jd>{_DAY})\x20?[日일]
    """,
    re.IGNORECASE | re.VERBOSE,
)
_TIME = re.compile(
    r"""(?<![\d.:/-])(?P<h>[01]?\d|2[0-3])(?:[:h時시](?P<m>[0-5]\d)分?(?::(?P<s>[0-5]\d|60)(?:[.,]\d{1,9})?)?|\.(?P<m2>[0-5]\d)(?=\s*[apAP]\.?[mM]|\s*(?:Uhr|GMT|UTC|[BAEC]E?[SD]?T\b|ME[SZ]?Z\b)))?
        [^\S\n]{0,2}(?P<half>[aApP]\.?[mM]\b\.?)?[^\S\n]{0,2}\(?(?P<zone>Z\b|(?:GMT|UTC)?[+-](?:0\d|1[0-4]):?(?:00|15|30|45)|[A-Z]{2,4}\b)?""",
    re.VERBOSE,
)
_ISO_TIME = re.compile(
    r"[T \xa0][ \xa0]{0,3}(?P<h>[01]\d|2[0-3]):?(?P<m>[0-5]\d)(?::?(?P<s>[0-5]\d|60)(?:[.,]\d{1,9})?)?"
    r"(?!\d|\s?[aApP]\.?[mM]\b)(?:[^\S\n]?(?P<zone>Z\b|[+-](?:0\d|1[0-4]):?(?:00|15|30|45)|[A-Z]{2,4}\b))?"
)
_COMPACT_TIME = re.compile(r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?P<s>[0-5]\d)?(?P<zone>Z\b)?(?!\d)")
_BEFORE_TIME = re.compile(
    r"[ \t\xa0,|/·•–—(-]{0,6}(?:at|um|à|a las|alle(?: ore)?|às|kl\.?|om|ore|@)?[ \t\xa0]{0,2}", re.IGNORECASE
)
# How far before its day a time may begin ("10:15 p.m. GMT, June 17, 2020").
_TIME_BEFORE = 25
_MONTH_YEAR = re.compile(
    rf"\s*(?:(?P<name>{MONTH}),?\s+(?:de\s+)?(?P<y1>{YEAR})|(?P<y2>{YEAR})-(?P<number>0[1-9]|1[0-2])|(?P<y3>{YEAR}))\s*$",
    re.IGNORECASE,
)
# "14-May-19", as spreadsheets write days.
_SHORT_YEAR = re.compile(
    rf"\s*(?P<d>{_DAY})(?P<sep>[-\x20/])(?P<m>{MONTH})(?P=sep)(?P<y>\d\d)(?=\s*$|[\x20T]\d)", re.IGNORECASE
)
_EPOCH = re.compile(r"\s*(\d{9,10})(?:\.\d+|\d{3})?\s*$")


Order = Literal["month first", "day first"]


class Date(NamedTuple):
    """A date found at [start, end): ISO 8601 `value`, the year alone where its day can be either of two.

    `readings` are those of a date in numbers alone, month first and day first, None for one that is
    no day; they are given unless both are the same. `order` is what the document itself settles.
    """

    value: str
    start: int
    end: int
    readings: tuple[str | None, str | None] | None = None
    order: Order | None = None
    printed: str = ""  # where there are readings


def is_day(year: int, month: int, day: int) -> bool:
    """Whether such a day exists."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31):
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=4096)
def iso_day(year: int, month: int, day: int) -> str | None:
    """The day in ISO 8601, None where there is no such day."""
    return f"{year:04}-{month:02}-{day:02}" if is_day(year, month, day) else None


def month_number(name: str) -> int:
    """1–12 of a month's name or abbreviation in any of the known languages. Raises KeyError."""
    return MONTHS[name.rstrip(".").lower()]


def day_at(text: str, position: int = 0, hints: Sequence[str] = ()) -> Date | None:
    """The day that stands in `text` exactly at `position`, year included; None when none does."""
    if not _may_begin_day(text, position):
        return None
    match = _FULL.match(text, position)
    return _day(match, hints) if match else None


_LETTERS = re.compile(r"[A-Za-z]*+[^\W\d_]*")  # those of ASCII first: that set is told by one bit
WORDS_IN_FRONT = frozenset((*MONTHS, *_TABLES["weekdays"]["names"]))


def _may_begin_day(text: str, position: int) -> bool:
    """Whether a digit, a month or a weekday stands at `position`: one look-up before the long pattern."""
    word = _LETTERS.match(text, position)
    assert word is not None  # it matches nothing at all, too
    if word.end() == position:
        return text[position : position + 1].isdecimal()
    return word[0].lower() in WORDS_IN_FRONT


# Searching starts from what every date has: a year, or three short numbers. The digit comes first in the pattern
# and what stands before it afterwards: so the engine looks for digits and at nothing else.
_YEAR_SOMEWHERE = re.compile(r"\d(?:(?:(?<=1)[6-9]|(?<=2)0)(?<!\d..)\d\d|[/.]\d\d?[/.]\d\d(?!\d))", re.DOTALL)
_ASCII_YEAR = re.compile(_YEAR_SOMEWHERE.pattern.replace(r"\d", "[0-9]"), re.DOTALL)
_DIGIT, _ASCII_DIGIT = re.compile(r"\d"), re.compile(r"[0-9]")
_WORD_START = re.compile(r"[^\W_](?<![^\W_][^\W_])")


def has_digit(text: str, start: int, end: int) -> bool:
    """Whether a digit stands in text[start:end]: without one there is no date."""
    return digit_in(text, start, end) is not None


def digit_in(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first digit; asking for those of ASCII alone costs a third, and most texts have no others."""
    return (_ASCII_DIGIT if text.isascii() else _DIGIT).search(text, start, end)


_LONGEST_DAY = 40


def find_day(text: str, start: int = 0, end: int | None = None, hints: Sequence[str] = ()) -> Date | None:
    """The first day with a year in text[start:end]."""
    end = len(text) if end is None else end
    digit = digit_in(text, start, end)
    if digit is None:
        return None
    years = _ASCII_YEAR if text.isascii() else _YEAR_SOMEWHERE
    for year in years.finditer(text, digit.start(), end):
        for word in _WORD_START.finditer(text, max(start, year.start() - _LONGEST_DAY), year.end()):
            if not _may_begin_day(text, word.start()):
                continue
            match = _FULL.match(text, word.start(), end)
            found = _day(match, hints) if match else None
            if found:
                return found
    return None


# The groups of _FULL that hold year, month and day in each shape, the commonest first.
_SHAPES = (("my", "mm", "md"), ("dy", "dm", "dd"), ("iy", "im", "id"), ("cy", "cm", "cd"), ("jy", "jm", "jd"))


def _day(match: re.Match[str], hints: Sequence[str]) -> Date | None:
    for year, month, day in _SHAPES:
        if match[year]:
            name = match[month]
            number = int(name) if name.isdecimal() else month_number(name)
            value = iso_day(int(match[year]), number, int(match[day]))
            return Date(value, *match.span()) if value else None
    return _numeric(match, hints)


def _numeric(match: re.Match[str], hints: Sequence[str]) -> Date | None:
    """ "08/07/1998": the reading that exists, that the punctuation or another date settles, or both."""
    span, printed = match.span(), match[0]
    first, second, year_text = int(match["n1"]), int(match["n2"]), match["ny"]
    separator = match["nsep"]
    if len(year_text) == 2 and separator not in "/.":
        return None
    year = int(year_text) if len(year_text) == 4 else century(int(year_text))
    month_first, day_first = (iso_day(year, month, day) for month, day in ((first, second), (second, first)))
    if separator == ".":  # full stops are written day first, everywhere
        return Date(day_first, *span) if day_first else None
    if month_first is None and day_first is None:
        return None
    if month_first == day_first:
        return Date(day_first or "", *span)
    readings = (month_first, day_first)
    if month_first is None or day_first is None:
        order: Order = "day first" if month_first is None else "month first"
        return Date(month_first or day_first or "", *span, readings, order, printed)
    found = Date(f"{year:04}", *span, readings, None, printed)
    for hint in hints:
        found = nearest_reading(found, hint)
        if found.order:
            break
    return found


def nearest_reading(found: Date, other: str) -> Date:
    """`found`, a day with two readings, read so that it lies near the day `other`, if only one does."""
    month_first, day_first = found.readings or (None, None)
    if month_first is None or day_first is None or len(other) < 10:
        return found
    try:
        anchor = date.fromisoformat(other[:10])
    except ValueError:  # 29 February of a year that was guessed
        return found
    month_distance, day_distance = (
        abs((date.fromisoformat(reading[:10]) - anchor).days) for reading in (month_first, day_first)
    )
    near, far = sorted((month_distance, day_distance))
    if near > NEAR_DAYS or far <= 2 * NEAR_DAYS:
        return found
    if near == month_distance:
        return found._replace(value=month_first, order="month first")
    return found._replace(value=day_first, order="day first")


def century(year: int) -> int:
    """The year that two digits stand for."""
    return 2000 + year if year < 70 else 1900 + year


def date_value(text: str, hints: Sequence[str] = ()) -> Date | None:
    """The date that the value of a label or a field states, with its time where it gives one."""
    text = text[:200]
    epoch = _EPOCH.match(text)
    if epoch:
        return _from_epoch(text, epoch)
    found = find_day(text, hints=hints)
    if found is None:
        match = _SHORT_YEAR.match(text)
        if match and (day := iso_day(century(int(match["y"])), month_number(match["m"]), int(match["d"]))):
            return with_time(text, Date(day, match.start("d"), match.end("y")))
        match = _MONTH_YEAR.match(text)
        if not match:
            return None
        if match["name"]:
            return Date(f"{match['y1']}-{month_number(match['name']):02}", *match.span())
        if match["number"]:
            return Date(f"{match['y2']}-{match['number']}", *match.span())
        return Date(match["y3"], *match.span())
    return with_time(text, found)


def with_time(text: str, day: Date) -> Date:
    """`day` with the time that stands directly behind it, or before it, on the same line."""
    if len(day.value) != 10 and not day.readings:
        return day
    match = _ISO_TIME.match(text, day.end) or _compact_time(text, day)
    if match is None:
        gap = _BEFORE_TIME.match(text, day.end)
        match = _TIME.match(text, gap.end()) if gap else None
        if match is None or not _is_time(match):
            low = max(0, day.start - _TIME_BEFORE)
            if not has_digit(text, low, day.start):
                return day
            before = next((m for m in _TIME.finditer(text, low, day.start) if _is_time(m)), None)
            if before is None or day.start - before.end() > 3 or "\n" in text[before.end() : day.start]:
                return day
            match = before
    return _joined(day, match)


def _is_time(match: re.Match[str]) -> bool:
    return bool(match["m"] or match["m2"] or match["half"])


def _compact_time(text: str, day: Date) -> re.Match[str] | None:
    """The time of "20200617101500"."""
    if day.end - day.start != 8:
        return None
    return _COMPACT_TIME.match(text, day.end)


def _joined(day: Date, match: re.Match[str]) -> Date:
    groups = match.groupdict()
    hour = int(groups["h"])
    minute = groups["m"] or groups.get("m2")
    half = (groups.get("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return day
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    time = f"T{hour:02}"
    if minute:
        time += f":{minute}"
        if groups.get("s"):
            time += f":{groups['s']}"
        time += zone_offset(groups.get("zone") or "")
    end = max(day.end, match.end() if minute or half else match.end("h"))
    value = day.value + time if len(day.value) == 10 else day.value
    month_first, day_first = day.readings or (None, None)
    readings = (month_first and month_first + time, day_first and day_first + time) if day.readings else None
    return Date(value, min(day.start, match.start()), end, readings, day.order, day.printed)


def zone_offset(zone: str) -> str:
    """ "+08:00" of a zone's name or offset; nothing for none and for what several zones are called."""
    zone = zone.removeprefix("GMT").removeprefix("UTC") if len(zone) > 3 else zone
    if zone[:1] in ("+", "-") and len(zone) >= 5:
        digits = zone[1:].replace(":", "")
        return f"{zone[0]}{digits[:2]}:{digits[2:]}"
    minutes = _ZONES.get(zone)
    if minutes is None:
        return ""
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _from_epoch(text: str, match: re.Match[str]) -> Date | None:
    """Seconds (or milliseconds) since 1970, which programs write: always an instant in UTC."""
    seconds = int(match[1])
    days, rest = divmod(seconds, 86_400)
    value = date.fromordinal(date(1970, 1, 1).toordinal() + days).isoformat()
    return Date(f"{value}T{rest // 3600:02}:{rest % 3600 // 60:02}:{rest % 60:02}+00:00", *match.span())


def complete_year(month: int, day: int, published: str | None) -> str | None:
    """The day of a dateline that gives no year, next to `published`; None where that is unclear."""
    if not published or len(published) < 4 or not published[:4].isdigit():
        return None
    year = int(published[:4])
    if len(published) >= 10:
        try:
            anchor = date.fromisoformat(published[:10])
        except ValueError:
            return None
        for candidate in (year + 1, year, year - 1):
            if is_day(candidate, month, day):
                distance = (anchor - date(candidate, month, day)).days
                if -DATELINE_DAYS_AFTER <= distance <= DATELINE_DAYS_BEFORE:
                    return f"{candidate:04}-{month:02}-{day:02}"
        return None
    if len(published) == 7 and published[5:].isdigit() and not is_day(year, int(published[5:]), 1):
        return None
    near_new_year = month in (1, 12) if len(published) == 4 else abs(int(published[5:7]) - month) > 1
    return None if near_new_year or not is_day(year, month, day) else f"{year:04}-{month:02}-{day:02}"
