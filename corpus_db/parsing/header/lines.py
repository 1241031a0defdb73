"""Lines that are header for certain: dates, furniture, contacts, letterheads, bylines.

Each `take_…` looks at one block; where it is of its kind it keeps what the block says, moves the walk
behind it and says True.
"""

from __future__ import annotations

from corpus_db.parsing import furniture, title
from corpus_db.parsing.dateline import dateline_at
from corpus_db.parsing.dates import date_value, day_at, find_day, has_digit, with_time
from corpus_db.parsing.header import patterns
from corpus_db.parsing.header.labels import SHORT_VALUE
from corpus_db.parsing.header.state import Block, Head, line_end, skip_space
from corpus_db.parsing.labels import DATE_RANKS, bare_date_word, field_of
from corpus_db.parsing.published import Stated

# Longest line of metadata, how soon a digit stands in one with a date, longest contact without a name.
_LINE, _DATE_BEGINS_WITHIN, _SHORT_CONTACT = 160, 60, 40
_MONTH = 24  # longest month with its year
_TIME_AND_DATE = 60  # longest line of a time and a date
_POSTED_BEGINS = frozenset("puwslfPUWSLF")
_BYLINE_BEGINS = frozenset("BbWwRrSTI")
_OFFICE_BEGINS = frozenset(("fro", "Fro", "FRO", "The", "Off", "OFF"))


def take_dated_line(head: Head, start: int, end_of_line: int) -> bool:
    """A line that begins with a date, or with words that stand before one."""
    if not has_digit(head.text, start, start + _DATE_BEGINS_WITHIN):
        return False
    return (
        _take_posted(head, start, end_of_line)
        or _take_date(head, start)
        or _take_month(head, start, end_of_line)
        or _take_time_and_date(head, start, end_of_line)
    )


def _take_posted(head: Head, start: int, end_of_line: int) -> bool:
    """ "Posted on July 29, 2016 by Ann Lee in News"."""
    text = head.text
    if end_of_line - start > _LINE or text[start] not in _POSTED_BEGINS:
        return False
    named = patterns.POSTED_BY.match(text, start, end_of_line)
    posted = named or patterns.POSTED.match(text, start, end_of_line)
    found = day_at(text, posted.end(), head.hints) if posted else None
    if (
        posted and found is None and text[posted.end() : posted.end() + 1].isdecimal()
    ):  # "Published 9:30 AM EDT, Thu June 10, 2021"
        found = find_day(text, posted.end(), end_of_line, head.hints)
        found = with_time(text[:end_of_line], found) if found else None
        found = found if found and found.start <= posted.end() else None
    if posted is None or found is None:
        return False
    found = with_time(text[:end_of_line], found)
    by = patterns.BY_INSIDE.search(text, found.end, end_of_line)
    if not by and not patterns.AFTER_POSTED.match(text, found.end, end_of_line):
        return False  # the text goes on behind the date
    names = named["names"] if named else by["names"] if by else ""
    words = "" if named else " ".join(posted[0].rstrip(" :\t").lower().split())
    head.add_date(Stated(found, words, DATE_RANKS.get(field_of(words) or "", 0)))
    head.keep("byline", names)
    head.evidence(end_of_line)
    return True


def _take_time_and_date(head: Head, start: int, end_of_line: int) -> bool:
    """A line "6:12 AM EDT, May 14, 2019" that says nothing else."""
    line = head.text[start:end_of_line].rstrip()
    if len(line) > _TIME_AND_DATE or not line[:1].isdecimal():
        return False
    found = find_day(line, hints=head.hints)
    found = with_time(line, found) if found and found.start else None
    if found is None or found.start or found.end < len(line):
        return False
    head.add_date(Stated(found, "", 0))
    head.evidence(end_of_line)
    return True


def _take_month(head: Head, start: int, end_of_line: int) -> bool:
    """ "March 2019" alone below a headline, and "On May 4, 2021": no months of a chronology, which come again."""
    text = head.text
    line = text[start:end_of_line].rstrip()
    if not head.headings or len(line) > _MONTH or skip_space(text, end_of_line) == len(text):
        return False
    behind = start + len("on ")
    if (
        line[:3].lower() == "on "
        and (day := day_at(text, behind, head.hints))
        and day.end == start + len(line)
    ):
        head.add_date(Stated(day, "", 0))
        head.evidence(end_of_line)
        return True
    month = date_value(line) if patterns.MONTH_AND_YEAR.fullmatch(line) else None
    if month is None or start > head.headings[-1].end + 2 or patterns.MONTHS_BELOW.search(text, end_of_line):
        return False
    head.add_date(Stated(month, "", 0))
    head.evidence(end_of_line)
    return True


def _take_date(head: Head, start: int) -> bool:
    """A date at the head of a block, with or without the word "date" before it."""
    text = head.text
    behind_word = bare_date_word(text, start)
    found = day_at(text, behind_word, head.hints)
    if found is None:
        emphasis = patterns.EMPHASIS.match(text, start)
        found = day_at(text, emphasis.end(), head.hints) if emphasis else None
    if found is None:
        return False
    found = with_time(text[: found.end + 40], found)
    end = behind_date(text, max(found.end, behind_word))
    if text[end : end + 2] == ": " and not patterns.LETTER.search(text, found.start, found.end):
        end += 2  # "2019-05-14: A bridge opens"
    if behind_word == start and text[end : end + 1].islower():
        return False  # "June 17, 2020 was a day …"
    if (
        behind_word == start == 0
        and text[end : end + 1] not in ("", "\n")
        and not _story_or_heading(text, end)
    ):
        return False  # "10 March 1987 The bridge is closed": an entry of a chronology, or anything
    words = text[start:behind_word].strip(" \t:=-").lower()
    head.add_date(Stated(found, words, 0))
    head.evidence(end)
    return True


def take_place_and_date(head: Head, start: int, end_of_line: int) -> bool:
    """ "Brussels, 6 March 2020" as a line of its own above the headline; below it, it belongs to the story."""
    located = head.dateline(start)
    text = head.text
    if located is None or located.text != text[start:end_of_line].rstrip() or not located.day(None):
        return False
    following = skip_space(text, end_of_line)
    line = text[following : line_end(text, following)]
    if (
        not line
        or not title.is_heading(line.rstrip())
        or skip_space(text, following + len(line)) == len(text)
    ):
        return False
    found = find_day(text, start, end_of_line, hints=head.hints)
    if found is None:
        return False
    head.add_date(Stated(found, "", 0))
    head.evidence(end_of_line)
    return True


def behind_date(text: str, end: int) -> int:
    """Behind the mark and the blanks that separate a date from what follows it."""
    match = patterns.AFTER_DATE.match(text, end)
    return match.end() if match else end


def _story_or_heading(text: str, position: int) -> bool:
    """Whether a heading, a gap or a dateline stands behind the date that the text begins with."""
    end = line_end(text, position)
    gap = text.find(furniture.GAP, position, end)
    block = text[position : gap if gap >= 0 else end].strip()
    return (
        text[position - 2 : position] == "  "
        or title.is_heading(block)
        or dateline_at(text, position) is not None
    )


def take_parts(head: Head, start: int, end_of_line: int) -> bool:
    """A line in parts between bars or arrows: metadata, or the path of a page."""
    if end_of_line - start > furniture.LONGEST_CRUMBS:
        return False
    line = head.text[start:end_of_line]
    if line.isascii() and "|" not in line and ">" not in line and "/" not in line:
        return False  # most lines
    return _take_meta_line(head, line, end_of_line) or _take_crumbs(head, line, end_of_line)


def _take_meta_line(head: Head, line: str, end_of_line: int) -> bool:
    """ "Xinhua | Updated: 2020-05-01 10:15": parts between bars, one of them a date."""
    if len(line) > _LINE or not patterns.BARS.search(line):
        return False
    found = find_day(line, hints=head.hints)
    if found is None:
        return False
    words = "updated" if "updated" in line[: found.start].lower() else ""
    head.add_date(Stated(with_time(line, found), words, DATE_RANKS["date_changed"] if words else 0))
    first = patterns.BARS.split(line)[0].strip()
    byline = patterns.BYLINE.match(first)
    if byline:
        head.keep("byline", byline["names"])
    elif found.start > len(first) and len(first) <= SHORT_VALUE and ":" not in first:
        head.keep("publisher", first)
    head.evidence(end_of_line)
    return True


def _take_crumbs(head: Head, line: str, end_of_line: int) -> bool:
    """The path of a page ("Home » Nation"): its last step is the section."""
    steps = furniture.crumbs(line)
    if not steps:
        return False
    head.keep("section", steps[-1] if len(steps[-1].split()) <= 2 else steps[-2])
    head.evidence(end_of_line, resets=True)
    return True


def take_furniture(head: Head, block: Block, word: str, lower: str) -> bool:
    """Navigation, release notes, contacts; `lower` is the block in lower case, `word` its first word."""
    if head.contact_open and patterns.NAMES_ONLY.fullmatch(block.text):
        head.evidence(block.end)
        return True
    head.contact_open = False
    if furniture.may_be_head(word, lower) and furniture.is_head_furniture(block.text):
        head.evidence(block.end, resets=True)
        return True
    first = block.text[0]
    if ("contact" in lower and first in patterns.CONTACT_BEGINS and patterns.CONTACT.match(block.text)) or (
        (first == "(" or first.isdecimal()) and patterns.PHONE.match(block.text)
    ):
        _take_contact(head, block)
        return True
    return False


def _take_contact(head: Head, block: Block) -> None:
    """ "CONTACT  Ann Lee  WASHINGTON  D C   Senator …": the story may begin behind the name."""
    head.contact_open = len(block.text) <= _SHORT_CONTACT
    ends = (match.end() for match in patterns.TWO_SPACES.finditer(head.text, block.start, block.end))
    head.evidence(next((end for end in ends if dateline_at(head.text, end)), block.end))
    _note_date(head, block.start, head.header.body_start)


def take_office(head: Head, block: Block) -> bool:
    """ "from the Office of Senator Ann Lee  Monday  November 26  2007  WASHINGTON  D C"."""
    if block.text[:3] not in _OFFICE_BEGINS or not patterns.OFFICE.match(block.text):
        return False
    end = _note_date(head, block.start, block.end) or block.end
    head.evidence(end)
    return True


def _note_date(head: Head, start: int, end: int) -> int:
    """Keeps the first full date of text[start:end]; where it ends, 0 without one."""
    found = find_day(head.text, start, min(end, len(head.text)), hints=head.hints)
    if found is None:
        return 0
    head.add_date(Stated(found, "", 0))
    return found.end


def take_byline(head: Head, block: Block) -> bool:
    """ "By Ann Lee", with text below it."""
    if len(block.text) > _LINE or block.text[0] not in _BYLINE_BEGINS:
        return False
    match = patterns.BYLINE.match(block.text)
    if match is None or block.end >= len(head.text.rstrip()):
        return False
    more = match["more"].strip()
    head.keep("byline", match["names"] + (more if more.startswith(",") and not find_day(more) else ""))
    head.header.labelled.append("byline")
    head.evidence(block.end)
    return True
