"""What a dateline is made of, read from one place of a text: place and region, date, credit, separator.

`read` only says what stands there; whether that is evidence enough is for `dateline` to judge. Most places
are no dateline, so each part is told by its first character or word before its pattern is tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus_db.data import word_list
from corpus_db.parsing.agencies import agency_named
from corpus_db.parsing.dates import MONTH, MONTHS, alternatives, is_day, month_number
from corpus_db.parsing.tables import load

# Longest dateline, in characters.
LENGTH = 160

UPPER, LOWER = "A-ZÀ-ÖØ-ÞŠŽŁŚŻİ", "a-zà-öø-ÿšžłśżı"
_CAPITALS = rf"[{UPPER}](?:[{UPPER}'’.-]*[{UPPER}.])(?![{LOWER}])"
_MIXED = rf"[{UPPER}][{LOWER}'’.]+(?:-?[{UPPER}][{LOWER}'’.]+|-[{LOWER}]+)*"
PARTICLE = r"(?:de|del|la|las|los|el|al|le|les|of|the|do|da|dos|sur|upon|am|on|and|den|St\.|Mt\.|Ft\.)"
# Looked for only before one of their letters: most words of a name are none.
_PARTICLE_BEFORE = rf"(?:(?=[adlostuFMS]){PARTICLE}\x20)?"
_NAME = (
    rf"(?:(?P<capitals>{_CAPITALS}(?:(?:\x20{{1,2}}|/|-){_CAPITALS}){{0,4}})"
    rf"|(?P<mixed>{_MIXED}(?:(?:\x20|/|-){_PARTICLE_BEFORE}{_MIXED}){{0,3}}))"
)
_NOT_A_DATE = rf"(?!(?:{alternatives(MONTHS)})\.?\s?\d|\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)"
_REGION_AFTER_COMMA = rf"(?:,\x20{{1,2}}(?i:{_NOT_A_DATE})[{UPPER}][\w.'’]*(?:[\x20-](?:of\x20|and\x20)?[{UPPER}][\w.'’]*){{0,3}})"


def _region_pattern() -> str:
    """Known regions as they follow a town without a comma, full stops given or lost."""
    names = sorted(load("datelines")["regions"], key=lambda name: (-len(name), name))
    between = r"(?:\.\x20?|\x20)?"
    loose = [
        between.join(map(re.escape, name.rstrip(".").split("."))) + r"\.?" for name in names if "." in name
    ]
    groups: dict[str, list[str]] = {}  # by the first letter: the engine leaves a group out after one look
    for pattern in (*loose, *(re.escape(name) for name in names if "." not in name)):
        groups.setdefault(pattern[0], []).append(pattern[1:])
    return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in groups.items())


_KNOWN_REGION = _region_pattern()
_PLACE = re.compile(rf"{_NAME}(?P<region>{_REGION_AFTER_COMMA}{{0,2}})")
_REGION_BEHIND = re.compile(rf"(?P<gap>[\x20,]{{1,3}})(?P<name>{_KNOWN_REGION})(?![{LOWER}]|[{UPPER}]+\b)")
_REGION_IN_BRACKETS = re.compile(
    rf"\x20?\[(?P<name>[{UPPER}][\w.\x20]{{1,25}})\](?=,)"
)  # "New Delhi [India]"
_REGION_ONLY = re.compile(_KNOWN_REGION)
_REGION_AT_END = re.compile(rf"(?:[\x20,]+)(?:{_KNOWN_REGION})$")

_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\x20{1,2})?"
_DATE = re.compile(
    rf"(?:[,.\s(]{{1,3}}|\x20{{4,8}}){_WEEKDAY}(?:(?P<m1>{MONTH})\x20{{0,2}}(?P<d1>\d\d?)(?:st|nd|rd|th)?|(?P<d2>\d\d?)(?:st|nd|rd|th|\.)?\x20{{1,2}}(?P<m2>{MONTH}))"
    r"(?:,?\x20{1,2}(?P<y>(?:19|20)\d\d))?(?!\d)\)?"
    r"|\x20(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)(?!\d)",
    re.IGNORECASE,
)
# What _DATE begins with: a digit, or a word that is looked up.
_DATE_BEGINS = re.compile(r"(?:[,.\s(]{1,3}|\x20{4,8})(?:\d|(?P<word>[A-Za-z]++[^\W\d_]*|[^\W\d_]+))")
_DAYS = ("mon", "tue", "tues", "wed", "wednes", "thu", "thurs", "fri", "sat", "satur", "sun")
_DATE_WORDS = frozenset((*(name.split()[0] for name in MONTHS), *_DAYS, *(f"{day}day" for day in _DAYS)))
# What all of them begin with.
_DATE_LETTERS = MONTH_LETTERS = 3
_DATE_BEGINNINGS = frozenset(word[:_DATE_LETTERS] for word in _DATE_WORDS)
MONTH_BEGINNINGS = frozenset(name[:MONTH_LETTERS].capitalize() for name in MONTHS)
_WIRE_DAY = re.compile(
    rf"(?P<month>{MONTH})\x20(?P<day>\d\d?)(?:,\x20(?P<year>(?:19|20)\d\d))?(?=\x20[(\[])", re.IGNORECASE
)
BRACKETS = re.compile(r"[\s,]{0,2}(?:\((?P<round>[^()\n]{2,40})\)|\[(?P<square>[^\[\]\n]{2,40})\])")
# "Tema, July 22, GNA -", "Baku, May 4, APA.", "Baku. 3 May 2019. Ann Lee - APA.", "ASTANA. KAZINFORM -"
_BARE = re.compile(r",?\x20{1,2}(?P<bare>[A-Z][A-Za-z]{1,8})(?=\s{0,3}(?:--|[—–:]|-\s)|\.\x20)")
_CLOSED = re.compile(
    rf"\.\x20(?:(?:[{UPPER}][\w'’-]+\x20){{2,3}}[—–-]\x20?)?(?P<closed>[A-Z][A-Za-z]{{2,9}})(?:\.(?=\x20)|(?=:|\x20[—–-]\x20))"
)
_SLASHES = re.compile(r"[\s,.]{0,2}/(?P<slashed>[^/\n]{2,40})/")
# What stands between a place and a credit in brackets: "SAN FRANCISCO--(BUSINESS WIRE)--".
_DASHES_BEFORE_CREDIT = ("--", "—", "–")
_LONG_DASHES = ("—", "–")
_DATE_IN_CREDIT = re.compile(r"\s[-–—](?=\s[^()]*\d)")  # "(Marketwired - May 14, 2019)"
SEPARATOR = re.compile(
    r"\s{0,3}(?P<mark>\.?\s?--+|\.?\s?[—–―]+|\.-|(?<=\s)[_-](?=\s)|-(?=\s)|(?<=[)/])-|(?<=/)\.(?=\s)|:(?=\s)|\s?â(?=\s))"
)
# "BAKU, Azerbaijan, May 4. The ferry", "TORONTO, ON / ACCESSWIRE / May 4, 2021 / The ferry"
_AFTER_DATES = re.compile(r"(?:(?P<mark>\.)|\s/)(?=\x20)")
_BLANKS = "\x20\t\xa0"
GAP = re.compile(rf"[{_BLANKS}]*")
_NOT_BEHIND_NAMES = frozenset(("", "\n"))


@dataclass(slots=True)
class Found:
    """What stands at one position, before it is judged. Offsets are in the body."""

    printed: str  # the place with its region
    name: str  # without it
    in_capitals: bool
    comma: bool  # something follows the town behind a comma
    month_day_year: tuple[int, int, int | None] | None
    credit: str | None
    separator: str
    credit_end: int  # behind the last element before the separator
    end: int  # behind the separator
    gap: int  # white space between the end and the lead

    @property
    def place(self) -> str:
        """Town and region as they are stored: "New Delhi, India" of "New Delhi [India]"."""
        place = " ".join(self.printed.replace(" [", ", ").replace("]", "").split())
        return place.removesuffix(".") if place.count(".") == 1 and not self.known_region else place

    @property
    def known_region(self) -> bool:
        """Whether what is printed ends in a region that is known."""
        return ends_in_region(self.printed)


@lru_cache(maxsize=4096)  # the places of a collection come again
def ends_in_region(printed: str) -> bool:
    """Whether what is printed ends in a region that is known."""
    return bool(_REGION_AT_END.search(printed.rstrip("]").replace("[", ", ")))


@cache
def _towns() -> frozenset[str]:
    return frozenset(name.lower() for name in word_list("parsing/dateline_places.txt"))


@cache
def _town_begins() -> frozenset[str]:
    """The first words of all towns."""
    return frozenset(town.split(" ", 1)[0] for town in _towns())


@cache
def _not_places() -> frozenset[str]:
    return frozenset(load("datelines")["not_places"])


def read(body: str, start: int) -> Found | None:
    """Reads as much of a dateline as stands at `start`."""
    match = _PLACE.match(body, start, start + LENGTH)
    if match is None:
        return None
    name, end = match["capitals"] or match["mixed"], match.end()
    if not _may_go_on(body, end, name) or _names_no_place(name):
        return None
    behind = _region_behind(body, end) if not match["region"] else None
    end = behind.end() if behind else end
    place = body[start:end]
    agency = _agency_in_region(match, body) if match["region"] and not ends_in_region(place) else None
    if agency:  # "CANBERRA, AAP - …"
        place = body[start : match.start("region")]
    dated = _date_at(body, end) if agency is None else None
    end = dated.end() if dated else end
    credit = agency
    if credited := _credit_at(body, end) if agency is None else None:
        credit = credited[credited.lastgroup or 0]
        end = credited.end()
        if dated is None and (more := _behind_credit(body, start, credited)):
            dated, end, credit, place = more
    date = _month_day_year(dated) if dated else None
    if dated and date is None:
        return None
    separator = SEPARATOR.match(body, end)
    if separator is None and dated:
        separator = _AFTER_DATES.match(body, end)
    if not (separator or dated or credit or is_town(name) or is_town(place)):
        return None
    mark = (separator["mark"] or separator[0]).strip() if separator else ""
    behind_all = separator.end() if separator else end
    gap = GAP.match(body, behind_all)
    assert gap is not None
    return Found(
        printed=place,
        name=name,
        in_capitals=bool(match["capitals"]),
        comma=bool(match["region"]) and agency is None,
        month_day_year=date,
        credit=credit,
        separator=mark,
        credit_end=end,
        end=behind_all,
        gap=gap.end() - gap.start(),
    )


def _agency_in_region(match: re.Match[str], body: str) -> str | None:
    """The agency that stands where a region may: "CANBERRA, AAP - "."""
    name = match["region"].lstrip(", ")
    return name if agency_named(name) and SEPARATOR.match(body, match.end()) else None


def _behind_credit(
    body: str, start: int, credited: re.Match[str]
) -> tuple[re.Match[str] | None, int, str, str] | None:
    """(date, end, credit, place) where the date stands in the credit or behind it; None without one."""
    credit, end = credited[credited.lastgroup or 0], credited.end()
    place = body[start : credited.start()].rstrip(" -–—,")
    begin = credited.start(credited.lastgroup or 0)
    inside = _DATE_IN_CREDIT.search(body, begin, end)
    dated = _date_at(body, inside.end()) if inside else None
    if inside and dated:  # "TORONTO, ONTARIO--(Marketwired - May 14, 2019) - "
        return dated, max(end, dated.end()), body[begin : inside.start()], place
    dated = _date_at(body, end)
    if dated is None:
        return None
    end = dated.end()
    second = _credit_at(body, end) if not agency_named(credit) else None
    if (
        second and second.lastgroup and agency_named(second[second.lastgroup])
    ):  # "Lugo (España), 14 may (EFE).-"
        return dated, second.end(), second[second.lastgroup], body[start : credited.end()]
    return dated, end, credit, place


def _region_behind(body: str, end: int) -> re.Match[str] | None:
    """The region behind a town without a comma, or in square brackets."""
    in_brackets = "[" in body[end : end + 2]
    return (_REGION_IN_BRACKETS if in_brackets else _REGION_BEHIND).match(body, end)


def _may_go_on(body: str, end: int, name: str) -> bool:
    """Whether what follows the place can belong to a dateline: decided by one character, mostly."""
    behind = end
    following = body[behind : behind + 1]
    if following == " ":
        behind += 1
        following = body[behind : behind + 1]
    if following and following in _BLANKS:
        gap = GAP.match(body, end)
        behind = gap.end() if gap else end
        following = body[behind : behind + 1]
    if following in _NOT_BEHIND_NAMES or (following.islower() and following != "â"):  # a line end, a sentence
        return False
    if not following.isupper():
        return True
    # Another name: a date, or what a known town stands before. Both are soon told not to be so.
    if body[behind : behind + _DATE_LETTERS].lower() in _DATE_BEGINNINGS and _date_at(body, end) is not None:
        return True
    return _may_begin_town(name) and is_town(name)


def _date_at(body: str, position: int) -> re.Match[str] | None:
    """The date that follows a place; most often another word does, which is soon seen."""
    begins = _DATE_BEGINS.match(body, position)
    if begins is None or (begins["word"] and begins["word"].lower() not in _DATE_WORDS):
        return None
    return _DATE.match(body, position)


def _credit_at(body: str, position: int) -> re.Match[str] | None:
    """The credit that follows a place or its date: in brackets or slashes, or an agency's name alone."""
    opening = body[position : position + 3]
    if "(" in opening or "[" in opening:
        if opening[0] == "." and opening[1:2] in _LONG_DASHES:  # "LIMA, May 4.—(AP)—"
            position += 2
        elif opening.startswith(_DASHES_BEFORE_CREDIT):
            position += 2 if opening[0] == "-" else 1
        return BRACKETS.match(body, position)
    if "/" in opening:
        return _SLASHES.match(body, position)
    if opening[:1] not in (",", " ", "."):
        return None
    bare = _CLOSED.match(body, position) if opening[0] == "." else _BARE.match(body, position)
    return bare if bare and agency_named(bare[bare.lastgroup or 0]) else None


def day_of_wire(body: str, start: int) -> tuple[tuple[int, int, int | None], int] | None:
    """The day that a story begins with in place of a town ("May 4 (Reuters) -"), and where it ends."""
    match = _WIRE_DAY.match(body, start)
    if match is None:
        return None
    month, day, year = month_number(match["month"]), int(match["day"]), match["year"]
    known = int(year) if year else None
    return ((month, day, known), match.end()) if is_day(known or 2000, month, day) else None


def _month_day_year(match: re.Match[str]) -> tuple[int, int, int | None] | None:
    if match["iy"]:
        iso = int(match["im"]), int(match["id"]), int(match["iy"])
        return iso if is_day(iso[2], iso[0], iso[1]) else None
    month = month_number(match["m1"] or match["m2"])
    day = int(match["d1"] or match["d2"])
    year = int(match["y"]) if match["y"] else None
    return (month, day, year) if is_day(year or 2000, month, day) else None


def _may_begin_town(name: str) -> bool:
    """Whether the first word of `name` is that of a known town, or of several towns."""
    return name.partition(" ")[0].lower() in _town_begins() or "/" in name


@lru_cache(maxsize=4096)  # the places of a collection come again
def is_town(name: str) -> bool:
    """Whether `name` is a known town, with a region behind it or without."""
    towns = _towns()
    words = name.lower().split()
    folded = " ".join(words)
    if folded in towns:
        return True
    if "/" in folded:
        return any(part in towns for part in folded.split("/"))
    if words[0] not in _town_begins():
        return False
    # "WASHINGTON D C", "PHOENIX A.Z.": the town without the region that its capitals run into
    space = folded.find(" ")
    while space > 0:
        if folded[:space] in towns:
            return _REGION_ONLY.fullmatch(" ".join(name.split())[space:].lstrip(" ,")) is not None
        space = folded.find(" ", space + 1)
    return False


@lru_cache(maxsize=4096)
def _names_no_place(name: str) -> bool:
    words = name.upper().replace("-", " ").replace("/", " ").split()
    return not _not_places().isdisjoint(words) or words[0] in ("THE", "A", "AN")
