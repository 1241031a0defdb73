"""Dates that stand in no sentence and no label: in file names, in web addresses, in the stamps of wires.

Each has a place and a shape of its own, so what is looked for is narrower than a date in print: a year of
these centuries, and a day that exists.
"""

from __future__ import annotations

import re

from corpus_db.parsing.dates import (
    MONTH,
    MONTHS,
    YEAR,
    Date,
    century,
    digit_in,
    is_day,
    iso_day,
    month_number,
    zone_offset,
)

# Dates in file names: "11Apr2007akaka174", "2020-06-17_xi", "20200617-001".
_PATH_LENGTH = 200
_YEAR_INSIDE = re.compile(r"(?:19|20)\d\d")
# Any letters for a month: whether they are one is looked up, which costs less than sixty alternatives.
_FILE_NAME = re.compile(
    rf"(?<![^\W_])(?P<d>0?[1-9]|[12]\d|3[01])[-_.\s]?(?P<mon>[A-Za-z]{{3,}})[-_.\s]?(?P<y>(?i:{YEAR}))"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d)(?P<s>[-_./])(?P<m2>0?[1-9]|1[0-2])(?P=s)(?P<d2>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<![0-9a-fA-F])(?P<y3>(?:19|20)\d\d)(?P<m3>0[1-9]|1[0-2])(?P<d3>0[1-9]|[12]\d|3[01])(?![^\W_Tt])"
)
_MONTHS_IN_NAMES = {name: number for name, number in MONTHS.items() if name.isascii() and len(name) > 2}
_URL_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/_.](?P<m>0?[1-9]|1[0-2]|[A-Za-z]{3})[-/_.](?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|[/_-](?P<y2>(?:19|20)\d\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?!\d)"
)
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d\d)[-/](?P<m>0[1-9]|1[0-2])(?=/|$)")


def from_file_name(path: str) -> str | None:
    """The day that the name of a file states, or the folders that it lies in."""
    path = path[-_PATH_LENGTH:]
    if not _YEAR_INSIDE.search(path):
        return None
    digit = digit_in(path, 0, len(path))
    match = _FILE_NAME.search(path, digit.start()) if digit else None
    while match:
        if match["y"]:
            month = _MONTHS_IN_NAMES.get(match["mon"].lower(), 0)
            if not month:  # "11Foo2007-05-04": the year may begin another day
                match = _FILE_NAME.search(path, match.end("d"))
                continue
            year, day = int(match["y"]), int(match["d"])
        elif match["y2"]:
            year, month, day = int(match["y2"]), int(match["m2"]), int(match["d2"])
        else:
            year, month, day = int(match["y3"]), int(match["m3"]), int(match["d3"])
        found = iso_day(year, month, day)
        if found:
            return found
        match = _FILE_NAME.search(path, match.end())
    return None


def from_url(url: str) -> str | None:
    """The day, or the month, that the path of an address states."""
    url = url[:2_000]
    for match in _URL_DAY.finditer(url):
        if match["y"]:
            name = match["m"]
            month = int(name) if name.isdigit() else MONTHS.get(name.lower(), 0)
            year, day = int(match["y"]), int(match["d"])
        else:
            year, month, day = int(match["y2"]), int(match["m2"]), int(match["d2"])
        found = iso_day(year, month, day)
        if found:
            return found
    month_only = _URL_MONTH.search(url)
    return f"{month_only['y']}-{month_only['m']}" if month_only else None


# "AP-NY-08-07-98 0618EDT" (always month first); "131137 GMT Nov 13" (day and time, month, year).
_AP_TRAILER = re.compile(
    r"-(?P<m>\d\d)-(?P<d>\d\d)-(?P<y>\d\d)\s(?P<h>[0-2]\d)(?P<min>[0-5]\d)(?P<zone>[A-Z]{1,4})?\b"
)
_IPTC_TRAILER = re.compile(
    rf"(?P<d>[0-3]\d)(?P<h>[0-2]\d)(?P<min>[0-5]\d)\s(?P<zone>[A-Z]{{3}}\s)?(?P<mon>{MONTH})\s(?P<y>\d\d)(?!\d)",
    re.IGNORECASE,
)


def from_trailer(text: str) -> Date | None:
    """The transmission stamp of a wire in `text` (the end of a document), with its zone."""
    for pattern, zone_default in ((_AP_TRAILER, ""), (_IPTC_TRAILER, "GMT")):
        for match in pattern.finditer(text):
            if text[match.start() - 1 : match.start()].isdigit():
                continue
            month = int(match["m"]) if pattern is _AP_TRAILER else month_number(match["mon"])
            year, day = century(int(match["y"])), int(match["d"])
            if is_day(year, month, day) and int(match["h"]) < 24:
                zone = zone_offset((match["zone"] or zone_default).strip().upper())
                value = f"{year:04}-{month:02}-{day:02}T{match['h']}:{match['min']}{zone}"
                return Date(value, *match.span())
    return None
