"""Datelines: the place, date and agency that a story opens with.

A dateline is recognised by evidence, not by one shape: an agency in brackets or slashes, a date, a
separator, a known town or a region behind the town, capitals, a wide gap. Each alone also occurs
in ordinary sentences ("CHINESE President", "POLICE: Two held"), so each shape states below which
evidence it needs. It may stand behind photo captions: paragraphs that are short or end in a
credit are passed over, and behind them only a dateline with an agency or a date counts.

The date is completed from the publication date when the dateline gives no year; without that it
stays unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from corpus_db.data import word_list
from corpus_db.names import lists
from corpus_db.parsing.agencies import agency_in, agency_named
from corpus_db.parsing.dates import MONTH, MONTHS, alternatives, complete_year, is_day, iso_day, month_number
from corpus_db.parsing.tables import load

# Paragraphs looked at, and how long one may be to be passed over as a caption.
PARAGRAPHS, CAPTION_LENGTH = 8, 600
# Longest dateline, in characters.
LENGTH = 160

_UPPER, _LOWER = "A-ZÀ-ÖØ-ÞŠŽŁŚŻİ", "a-zà-öø-ÿšžłśżı"
_CAPITALS = rf"[{_UPPER}](?:[{_UPPER}'’.-]*[{_UPPER}.])(?![{_LOWER}])"
_MIXED = rf"[{_UPPER}][{_LOWER}'’.]+(?:-?[{_UPPER}][{_LOWER}'’.]+|-[{_LOWER}]+)*"
_PARTICLE = r"(?:de|del|la|las|los|el|al|le|les|of|the|do|da|dos|sur|upon|am|on|and|den|St\.|Mt\.|Ft\.)"
# Looked for only before one of their letters: most words of a name are none.
_PARTICLE_BEFORE = rf"(?:(?=[adlostuFMS]){_PARTICLE}\x20)?"
_NAME = (
    rf"(?:(?P<capitals>{_CAPITALS}(?:(?:\x20{{1,2}}|/|-){_CAPITALS}){{0,4}})"
    rf"|(?P<mixed>{_MIXED}(?:(?:\x20|/|-){_PARTICLE_BEFORE}{_MIXED}){{0,3}}))"
)
_NOT_A_DATE = rf"(?!(?:{alternatives(MONTHS)})\.?\s?\d|\d)"
_REGION_AFTER_COMMA = rf"(?:,\x20{{1,2}}(?i:{_NOT_A_DATE})[{_UPPER}][\w.'’]*(?:[\x20-](?:of\x20|and\x20)?[{_UPPER}][\w.'’]*){{0,3}})"


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
# "Senator Ann Lee said": most paragraphs, and soon told ("â" may be a broken dash).
_SENTENCE = re.compile(
    rf"[{_UPPER}][{_LOWER}][a-z]*+[\w.'’]*(?:\x20[{_UPPER}][a-z]*+[\w.'’]*){{0,3}}\x20(?!{_PARTICLE}\x20[{_UPPER}])[{_LOWER}](?<!â)"
)
_REGION_BEHIND = re.compile(rf"(?P<gap>[\x20,]{{1,3}})(?P<name>{_KNOWN_REGION})(?![{_LOWER}])")
_REGION_IN_BRACKETS = re.compile(
    rf"\x20?\[(?P<name>[{_UPPER}][\w.\x20]{{1,25}})\](?=,)"
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
_DATE_LETTERS = 3
_DATE_BEGINNINGS = frozenset(word[:_DATE_LETTERS] for word in _DATE_WORDS)
_BRACKETS = re.compile(r"[\s,]{0,2}(?:\((?P<round>[^()\n]{2,40})\)|\[(?P<square>[^\[\]\n]{2,40})\])")
# "Tema, July 22, GNA -", "Baku. 3 May 2019. Ann Lee - APA."
_BARE = re.compile(r",?\x20{1,2}(?P<bare>[A-Z]{2,8})(?=\s{0,3}(?:--|[—–:]|-\s))")
_CLOSED = re.compile(
    rf"\.\x20(?:(?:[{_UPPER}][\w'’-]+\x20){{2,3}}[—–-]\x20?)?(?P<closed>[A-Z][A-Za-z]{{2,9}})(?:\.(?=\x20)|(?=:))"
)
_SLASHES = re.compile(r"[\s,]{0,2}/(?P<slashed>[^/\n]{2,40})/")
_SEPARATOR = re.compile(
    r"\s{0,3}(?P<mark>\.?\s?--+|\.?\s?[—–―]+|\.-|(?<=\s)[_-](?=\s)|-(?=\s)|(?<=[)/])-|:(?=\s)|\s?â(?=\s))"
)
_BLANKS = "\x20\t\xa0"
_GAP = re.compile(rf"[{_BLANKS}]*")
_NOT_BEHIND_NAMES = frozenset(("", "\n"))
_LEAD = re.compile(rf"[\s\"'“‘«(\[`$€£]*(?:[{_UPPER}0-9])")
_LOWER_SOON = re.compile(rf"[^\n]{{0,40}}?[{_LOWER}]{{2}}")
_GLUED = re.compile(rf"[{_UPPER}][{_LOWER}]")
# Brackets behind a name that are no credit: a party and state, an age, a score.
_CAPITALS_NEXT = re.compile(rf"[{_UPPER}]{{4,}}\b")
# Spaces in what is rather a headline than a place.
_LONG_NAME = 3
_NO_CREDIT = re.compile(r"^(?:[A-Z]-|\d|[a-z]+$)|^(?:R|D|I|L)\s")

_CREDIT_LENGTH = 70
_CREDIT_WORDS = ("photo", "picture", "image")
_CREDIT_ENDS = re.compile(rf"(?:{'|'.join(_CREDIT_WORDS)})s?[^\n]{{0,60}}$")
_CAPTION_BEGINS = re.compile(r"\s*(?:caption|photo|file photo|picture|image|video|pictured)\b", re.IGNORECASE)
_BLANK = re.compile(r"\s*")
_SENTENCE_END = re.compile(r"[.!?]['\"’”)\]]*\s*$")


class Dateline(NamedTuple):
    """A dateline at body[start:end] == text, separator included.

    `place` is as printed with its region ("WEIFANG, China"), None where only an agency is given;
    `date` is a complete day in ISO 8601 or None; `agency` is the short form of a known agency.
    """

    start: int
    end: int
    text: str
    place: str | None
    date: str | None
    agency: str | None


class Located(NamedTuple):
    """A dateline before the year of its date is known."""

    start: int
    text: str
    place: str | None
    month_day_year: tuple[int, int, int | None] | None
    agency: str | None

    def day(self, published: str | None) -> str | None:
        """The complete day in ISO 8601, its year from `published` where none is printed."""
        if self.month_day_year is None:
            return None
        month, day, year = self.month_day_year
        return iso_day(year, month, day) if year else complete_year(month, day, published)

    def completed(self, published: str | None) -> Dateline:
        """The dateline next to the publication date."""
        end = self.start + len(self.text)
        return Dateline(self.start, end, self.text, self.place, self.day(published), self.agency)


@dataclass(slots=True)
class _Found:
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
        place = " ".join(self.printed.replace(" [", ", ").replace("]", "").split())
        return place.removesuffix(".") if place.count(".") == 1 and not self.known_region else place

    @property
    def known_region(self) -> bool:
        return _ends_in_region(self.printed)


@lru_cache(maxsize=4096)  # the places of a collection come again
def _ends_in_region(printed: str) -> bool:
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


def find_dateline(body: str, published: str | None = None) -> Dateline | None:
    """The dateline that `body` opens with, or that follows its opening captions.

    `published` (ISO 8601) completes a date without a year.
    """
    located = locate(body)
    return located.completed(published) if located else None


def locate(body: str, opening: Located | Literal[False] | None = False) -> Located | None:
    """The dateline of `body`, its date as printed.

    `opening` is what `dateline_at(body, 0)` found, where the caller knows.
    """
    position = 0
    for number in range(PARAGRAPHS):
        start = _skipped(body, position)
        if start == len(body):
            return None
        end = body.find("\n", start, start + CAPTION_LENGTH + 1)
        end = end if end >= 0 else min(len(body), start + CAPTION_LENGTH + 1)
        known = number == 0 and start == 0 and opening is not False
        found = opening if known else dateline_at(body, start, strong=number > 0)
        if found:
            return found
        if not _may_be_caption(body, start, end):
            return None
        position = end
    return None


def _skipped(body: str, position: int) -> int:
    """Behind the white space at `position`."""
    if not body[position : position + 1].isspace():
        return position
    match = _BLANK.match(body, position)
    return match.end() if match else position


def _may_be_caption(body: str, start: int, end: int) -> bool:
    if end - start >= CAPTION_LENGTH:
        return False
    tail = body[max(start, end - _CREDIT_LENGTH) : end].rstrip()
    if not _SENTENCE_END.search(tail, max(0, len(tail) - 4)) or tail.endswith((")", "]")):
        return True
    lower = tail.lower()
    return bool(
        _CAPTION_BEGINS.match(body, start)
        or (any(word in lower for word in _CREDIT_WORDS) and _CREDIT_ENDS.search(lower))
    )


def dateline_at(body: str, start: int, strong: bool = False) -> Located | None:
    """The dateline exactly at `start`; with `strong` only one with an agency or a date."""
    first = body[start : start + 1]
    if first in "([":
        return _agency_first(body, start) if first else None
    if not first.isupper() or _SENTENCE.match(body, start):
        return None
    found = _read(body, start)
    if found is None or not _is_dateline(body, start, found, strong):
        return None
    return _located(body, start, found)


def _agency_first(body: str, start: int) -> Located | None:
    """ "(ANSA) - Rome, October 11 -" and "(CNN)The …"."""
    match = _BRACKETS.match(body, start)
    agency = agency_in(match["round"] or match["square"]) if match else None
    if match is None or agency is None:
        return None
    separator = _SEPARATOR.match(body, match.end())
    end = separator.end() if separator else match.end()
    lead = _GAP.match(body, end)
    assert lead is not None
    found = _read(body, lead.end())
    if found and found.separator and _is_dateline(body, lead.end(), found, strong=False):
        return _located(body, start, found)._replace(agency=agency)
    if not _LEAD.match(body, lead.end()):
        return None
    return Located(start, body[start:end].rstrip(), None, None, agency)


def _read(body: str, start: int) -> _Found | None:
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
    dated = _date_at(body, end)
    end = dated.end() if dated else end
    credited = _credit_at(body, end)
    if credited:
        end = credited.end()
        dated = dated or _date_at(body, end)
        end = max(end, dated.end()) if dated else end
    date = _month_day_year(dated) if dated else None
    if dated and date is None:
        return None
    separator = _SEPARATOR.match(body, end)
    if not (separator or dated or credited or _is_town(name) or _is_town(place)):
        return None
    mark = separator["mark"].strip() if separator else ""
    behind_all = separator.end() if separator else end
    gap = _GAP.match(body, behind_all)
    assert gap is not None
    return _Found(
        printed=place,
        name=name,
        in_capitals=bool(match["capitals"]),
        comma=bool(match["region"]),
        month_day_year=date,
        credit=credited[credited.lastgroup or 0] if credited else None,
        separator=mark,
        credit_end=end,
        end=behind_all,
        gap=gap.end() - gap.start(),
    )


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
        gap = _GAP.match(body, end)
        behind = gap.end() if gap else end
        following = body[behind : behind + 1]
    if following in _NOT_BEHIND_NAMES or (following.islower() and following != "â"):  # a line end, a sentence
        return False
    if not following.isupper():
        return True
    # Another name: a date, or what a known town stands before. Both are soon told not to be so.
    if body[behind : behind + _DATE_LETTERS].lower() in _DATE_BEGINNINGS and _date_at(body, end) is not None:
        return True
    return _may_begin_town(name) and _is_town(name)


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
        return _BRACKETS.match(body, position)
    if "/" in opening:
        return _SLASHES.match(body, position)
    if opening[:1] not in (",", " ", "."):
        return None
    bare = _CLOSED.match(body, position) if opening[0] == "." else _BARE.match(body, position)
    return bare if bare and agency_named(bare[bare.lastgroup or 0]) else None


def _month_day_year(match: re.Match[str]) -> tuple[int, int, int | None] | None:
    if match["iy"]:
        iso = int(match["im"]), int(match["id"]), int(match["iy"])
        return iso if is_day(iso[2], iso[0], iso[1]) else None
    month = month_number(match["m1"] or match["m2"])
    day = int(match["d1"] or match["d2"])
    year = int(match["y"]) if match["y"] else None
    return (month, day, year) if is_day(year or 2000, month, day) else None


def _is_dateline(body: str, start: int, found: _Found, strong: bool) -> bool:
    """Whether the evidence is enough. Each rule names a shape that newspapers print."""
    lead = found.end + found.gap
    credit = found.credit
    agency = agency_in(credit) if credit else None
    if not _LEAD.match(body, lead):  # "LONDON (Reuters) - iPhones"
        return agency is not None and bool(found.separator) and lead < len(body)
    if agency:  # "SEATTLE/WASHINGTON (Reuters) - …", "Park City, Utah (CNN)Mitt …"
        return bool(found.separator) or not _CAPITALS_NEXT.match(
            body, lead
        )  # "PACIFIC RAIL (CP) CONFIRMS EARNINGS"
    if credit and _NO_CREDIT.search(credit):
        return False
    dash = found.separator not in ("", ":")
    if found.month_day_year:  # "PUTRAJAYA, Nov 22 — …"
        if found.separator:
            long = found.name.count(" ") >= _LONG_NAME and not found.comma and not _is_town(found.name)
            return not long and (found.in_capitals or found.comma or _is_town(found.name) or dash)
        if not found.month_day_year[2]:
            return False
        alone = body[found.end + found.gap : found.end + found.gap + 1] == "\n"  # "NICE, France 1996-08-30"
        short = found.name.count(" ") < _LONG_NAME
        return (alone and found.in_capitals and short) or ((alone or found.gap > 1) and _is_town(found.place))
    if strong:
        return False
    if credit:  # "LAGOS (Staff Reporter) — …"
        return found.in_capitals and dash
    if not _LOWER_SOON.match(body, lead):
        return False
    known = _is_town(found.name) or _is_town(found.place)
    if found.separator:  # "CLEVELAND — …", "ALBANY, N.Y. - …", "KANPUR: …", "Washington, DC - …"
        if found.separator == ":":  # "Doha: The ministry …", but "Charlotte: I was late"
            return known and (found.in_capitals or not _is_personal(found.name))
        return known or (found.known_region and found.comma)
    return _without_separator(body, lead, found, known)


def _is_personal(town: str) -> bool:
    name = town.lower()
    return name in lists.given_names() or name in lists.surnames()


def _without_separator(body: str, lead: int, found: _Found, known: bool) -> bool:
    """ "WASHINGTON, D.C.  U.S. Senator", "BOSTON MASenator", "Fargo    Senator Kent"."""
    if not known:
        return False
    if found.in_capitals:
        if found.known_region:
            return found.gap > 0 or bool(_GLUED.match(body, lead))
        return found.gap >= 2
    return found.gap >= (2 if found.known_region else 3)


def _may_begin_town(name: str) -> bool:
    """Whether the first word of `name` is that of a known town, or of several towns."""
    return name.partition(" ")[0].lower() in _town_begins() or "/" in name


@lru_cache(maxsize=4096)  # the places of a collection come again
def _is_town(name: str) -> bool:
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


def _located(body: str, start: int, found: _Found) -> Located:
    text = body[start : found.end if found.separator else found.credit_end].rstrip()
    agency = agency_in(found.credit) if found.credit else None
    return Located(start, text, found.place, found.month_day_year, agency)
