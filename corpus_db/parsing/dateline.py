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
from typing import Literal, NamedTuple

from corpus_db.names import lists
from corpus_db.parsing.agencies import agency_in, agency_named
from corpus_db.parsing.dateline_parts import (
    BRACKETS,
    GAP,
    LOWER,
    MONTH_BEGINNINGS,
    MONTH_LETTERS,
    PARTICLE,
    SEPARATOR,
    UPPER,
    Found,
    day_of_wire,
    ends_in_region,
    is_town,
    read,
)
from corpus_db.parsing.dates import complete_year, iso_day

# Paragraphs looked at, and how long one may be to be passed over as a caption.
PARAGRAPHS, CAPTION_LENGTH = 8, 600
# "Senator Ann Lee said": most paragraphs, and soon told ("â" may be a broken dash).
_SENTENCE = re.compile(
    rf"[{UPPER}][{LOWER}][a-z]*+[\w.'’]*(?:\x20[{UPPER}][a-z]*+[\w.'’]*){{0,3}}\x20(?!{PARTICLE}\x20[{UPPER}])[{LOWER}](?<!â)"
)
_LEAD = re.compile(rf"[\s\"'“‘«(\[`$€£]*(?:[{UPPER}0-9])")
_LOWER_SOON = re.compile(rf"[^\n]{{0,40}}?[{LOWER}]{{2}}")
_GLUED = re.compile(rf"[{UPPER}][{LOWER}]")
# Brackets behind a name that are no credit: a party and state, an age, a score.
_CAPITALS_NEXT = re.compile(rf"[{UPPER}]{{4,}}\b")
# Spaces in what is rather a headline than a place.
_LONG_NAME = 3
_TOWN_AND_BAR = 28
_BEFORE_A_BAR = re.compile(rf"(?P<town>[{UPPER}]{{2}}[{UPPER}\x20.'’-]{{1,24}})\|\x20")
_NO_CREDIT = re.compile(r"^(?:[A-Z]-|\d|[a-z]+$)|^(?:R|D|I|L)\s")

# Longest place that stands on a line of its own, and how long the paragraph below it is at least.
_LONGEST_ALONE, _STORY_LINE = 40, 90
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
        if found is None and number == 0 and end - start <= _LONGEST_ALONE:
            found = _place_alone(body, start, end)
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
    found = read(body, start)
    if found is None or not _is_dateline(body, start, found, strong):
        return _of_wires_and_bars(body, start)
    return _located(body, start, found)


def _of_wires_and_bars(body: str, start: int) -> Located | None:
    """ "May 4 (Reuters) - …", and a town before a bar: "ISTANBUL | Reuters"."""
    dated = day_of_wire(body, start) if body[start : start + MONTH_LETTERS] in MONTH_BEGINNINGS else None
    if dated:
        date, end = dated
        brackets = BRACKETS.match(body, end)
        credit = (brackets["round"] or brackets["square"]) if brackets else ""
        separator = SEPARATOR.match(body, brackets.end()) if brackets else None
        agency = agency_in(credit) if separator else None
        if agency and separator and _LEAD.match(body, separator.end()):
            return Located(start, body[start : separator.end()].rstrip(), None, date, agency)
    bar = _BEFORE_A_BAR.match(body, start) if body.find("|", start, start + _TOWN_AND_BAR) > 0 else None
    return _before_a_bar(body, bar) if bar and is_town(bar["town"].rstrip()) else None


def _before_a_bar(body: str, bar: re.Match[str]) -> Located | None:
    """A town in capitals before a bar: the story stands behind it, or an agency, and the story below that."""
    lead, end = bar.end(), _end_of_line(body, bar.end())
    agency = agency_named(body[lead:end].strip())
    if agency:
        lead = _skipped(body, end)
    if _end_of_line(body, lead) - lead < _STORY_LINE or not _LEAD.match(body, lead):
        return None
    if not _LOWER_SOON.match(body, lead):
        return None
    text = body[bar.start() : end if agency else bar.end()].rstrip()
    return Located(bar.start(), text, bar["town"].rstrip(), None, agency)


def _end_of_line(body: str, position: int) -> int:
    end = body.find("\n", position)
    return len(body) if end < 0 else end


def _agency_first(body: str, start: int) -> Located | None:
    """ "(ANSA) - Rome, October 11 -" and "(CNN)The …"."""
    match = BRACKETS.match(body, start)
    if match is None:
        return None
    agency = agency_in(match["round"] or match["square"])
    if agency is None:
        return _place_in_brackets(body, match)
    separator = SEPARATOR.match(body, match.end())
    end = separator.end() if separator else match.end()
    lead = GAP.match(body, end)
    assert lead is not None
    found = read(body, lead.end())
    if found and found.separator and _is_dateline(body, lead.end(), found, strong=False):
        return _located(body, start, found)._replace(agency=agency)
    if not _LEAD.match(body, lead.end()):
        return None
    return Located(start, body[start:end].rstrip(), None, None, agency)


def _place_in_brackets(body: str, brackets: re.Match[str]) -> Located | None:
    """ "(London, 14 May 2019) - …", "(Beirut) – …": a town, with its day or without, before a dash."""
    inside = brackets["round"]
    separator = SEPARATOR.match(body, brackets.end()) if inside else None
    if separator is None or separator["mark"] == ":" or not _LEAD.match(body, separator.end()):
        return None
    found = read(f"{inside} --", 0)
    if found is None or found.credit or found.credit_end != len(inside):
        return None
    if not (is_town(found.name) or is_town(found.place) or (found.month_day_year and found.in_capitals)):
        return None
    start = brackets.start()
    return Located(start, body[start : separator.end()].rstrip(), found.place, found.month_day_year, None)


def _place_alone(body: str, start: int, end: int) -> Located | None:
    """ "WASHINGTON", "IZMIR, Turkey" as a line of its own above a story: a town in capitals, and a paragraph below."""
    line = body[start:end].rstrip()
    town, comma, _ = line.partition(", ")
    if not town.isupper() or not is_town(town) or (comma and not ends_in_region(line)):
        return None
    below = _skipped(body, end)
    length = body.find("\n", below, below + _STORY_LINE)
    if length >= 0 or not _LEAD.match(body, below) or not _LOWER_SOON.match(body, below):
        return None
    return Located(start, line, " ".join(line.split()), None, None)


def _is_dateline(body: str, start: int, found: Found, strong: bool) -> bool:
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
            if found.separator == ".":  # "BAKU, Azerbaijan, May 4. The ferry"
                return found.in_capitals and is_town(found.name)
            long = found.name.count(" ") >= _LONG_NAME and not found.comma and not is_town(found.name)
            return not long and (found.in_capitals or found.comma or is_town(found.name) or dash)
        alone = body[found.end + found.gap : found.end + found.gap + 1] == "\n"  # "NICE, France 1996-08-30"
        if not found.month_day_year[2]:  # "PARIS, March 8"
            return alone and found.in_capitals and is_town(found.name)
        short = found.name.count(" ") < _LONG_NAME
        return (alone and found.in_capitals and short) or ((alone or found.gap > 1) and is_town(found.place))
    if strong:
        return False
    if credit:  # "LAGOS (Staff Reporter) — …"
        return found.in_capitals and dash
    if not _LOWER_SOON.match(body, lead):
        return False
    known = is_town(found.name) or is_town(found.place)
    if found.separator:  # "CLEVELAND — …", "ALBANY, N.Y. - …", "KANPUR: …", "Washington, DC - …"
        if found.separator == ":":  # "Doha: The ministry …", but "Charlotte: I was late"
            return known and (found.in_capitals or not _is_personal(found.name))
        return known or (found.known_region and found.comma)
    return _without_separator(body, lead, found, known)


def _is_personal(town: str) -> bool:
    name = town.lower()
    return name in lists.given_names() or name in lists.surnames()


def _without_separator(body: str, lead: int, found: Found, known: bool) -> bool:
    """ "WASHINGTON, D.C.  U.S. Senator", "BOSTON MASenator", "Fargo    Senator Kent"."""
    if not known:
        return False
    if found.in_capitals:
        if found.known_region:
            return found.gap > 0 or bool(_GLUED.match(body, lead))
        return found.gap >= 2
    return found.gap >= (2 if found.known_region else 3)


def _located(body: str, start: int, found: Found) -> Located:
    text = body[start : found.end if found.separator else found.credit_end].rstrip()
    agency = agency_in(found.credit) if found.credit else None
    return Located(start, text, found.place, found.month_day_year, agency)
