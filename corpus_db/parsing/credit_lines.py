"""Lines round a headline that only say who, where and when.

    The Guardian, Tuesday 9 March 2021, p. 23
    MARCH 9, 2021 / 4:12 PM / UPDATED 2 YEARS AGO
    Dan Collyns · Tue, March 9, 2021 · 3 min read

Such a line holds a date, and every other part of it is of a known kind: a page, a time, how long it
takes to read, a byline with "By", the name of a publisher (`data/parsing/credit_lines.toml`), or a bare
name, which counts only below a headline. One part that is anything else, and the line is none: a
headline may have a date in it, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from corpus_db.data import word_list
from corpus_db.parsing.agencies import agency_named
from corpus_db.parsing.dates import Date, day_at, find_day, has_digit, with_time
from corpus_db.parsing.labels import DATE_RANKS, field_of
from corpus_db.parsing.tables import load

LENGTH, LONGEST_PUBLISHER = 160, 40
# So many lines of credits stand above a story, at most.
_LINES_ABOVE = 4
_TABLE = load("credit_lines")
_NOTES = _TABLE["notes"]
_PUBLISHERS = frozenset(_TABLE["publishers"]["names"])
_WORDS = tuple(word for word in _TABLE["publishers"]["words"] if word[0] != ".")
_ENDINGS = tuple(word for word in _TABLE["publishers"]["words"] if word[0] == ".")
_PAGE = re.compile(_NOTES["page"], re.IGNORECASE)
_NOTE = re.compile(
    "|".join(f"(?:{_NOTES[kind]})" for kind in ("length", "age", "edition", "time", "number")), re.IGNORECASE
)
AGE = re.compile(_NOTES["age"], re.IGNORECASE)
_JOINS = "|".join(map(re.escape, _NOTES["joins"]))
_JOIN = re.compile(rf"^(?:(?:{_JOINS})\b\s*)+|\s*\b(?:{_JOINS})$", re.IGNORECASE)
_BY = "|".join(map(re.escape, sorted(_NOTES["by"], key=len, reverse=True)))
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*"
_PARTICLE = r"(?:de|la|le|les|du|des|del|el|al|van|von|der|den|di|da|do|dos|of|and|for|the|y|e|und|et|&)"
_NAMES = rf"{_WORD}(?:\s(?:{_WORD}|{_PARTICLE})){{0,8}}"
_BYLINE = re.compile(rf"(?i:{_BY}):?\s+(?P<names>{_NAMES})$")
_BYLINE_LINE = re.compile(rf"(?i:{_BY}):?\s+(?P<names>{_NAMES})(?:\s*[(,|/].{{0,80}})?$")
_BYLINE_SPACES = 6
# "Dan Collyns", "Dan Collyns in Lima", as a line of its own below other credits.
_PERSON_LINE = re.compile(
    rf"(?P<name>{_WORD}(?:\s[^\W\d_]\.)?(?:\s{_WORD}){{1,2}})(?:,?\s(?:in|à|en)\s{_WORD}(?:\s{_WORD})?)?$"
)
_NAME = re.compile(
    rf"(?:(?:The|the|El|La|Le|Il|Der|Die|Das|De|O)\s)?{_WORD}(?:\s(?:{_WORD}|{_PARTICLE})){{0,5}}$"
)
# "Dan Collyns and Ann Lee", "Dan Collyns, Environment Correspondent": whole lines, too.
_JOBS = "|".join(map(re.escape, sorted(_NOTES["jobs"], key=len, reverse=True)))
_JOB = re.compile(rf"(?:[\w'’&/-]+\s){{0,4}}(?i:{_JOBS})(?:\s(?:in|for)\s{_WORD}(?:\s{_WORD})?)?$")
_JOB_WORDS = frozenset(name.split()[-1] for name in _NOTES["jobs"])
_AND = re.compile(r"(?:,\s(?:and\s)?|\s(?:and|und|et|y|e|en|&)\s)")
_PERSON = re.compile(r"[^\W\d_a-zß-öø-ÿ][a-zà-ÿ'’-]+(?:\s[^\W\d_]\.)?(?:\s[^\W\d_a-zß-öø-ÿ][\w'’-]+){1,2}$")
_SEPARATOR = re.compile(r"\s*(?:[|•·;/,()\[\]]|(?<!\w)[–—-](?!\w)|\s[–—-])\s*")
# "Denver Post, The (CO) - May 4, 2021", as NewsBank has it.
_PLACE_OF_PAPER = re.compile(r"\s\([^()]{2,40}\)\s-\s")
_LABEL = re.compile(r"^([^\W\d_][\w ]{1,24}?)\s*:?$")
_DIGIT = re.compile(r"\d")
# Looked for among the last characters.
_SENTENCE, _SENTENCE_ENDS_IN = re.compile(r"[a-zà-ÿ]{3}\.$|[!?]$"), 4
_WEEKDAYS = frozenset(load("dates")["weekdays"]["names"])
_EMPHASIS = "*_ \t"
# A bare name of more words is rather a headline.
_PERSON_WORDS, _MOST_WORDS = 3, 6


class Facts(NamedTuple):
    """What a line of credits says. `label` and `rank` are those of its date, as `published.Stated` has them."""

    date: Date
    label: str
    rank: int
    changed: Date | None  # a second date: of the last change
    byline: str | None
    publisher: str | None
    certain: (
        bool  # False where names and a date are all of it: "RAMALLAH, West Bank 1996-08-28" is a dateline
    )


class _Parts(NamedTuple):
    bylines: list[str]
    publishers: list[str]
    names: list[str]  # of nobody knows what
    notes: int  # pages and the like
    labels: list[str]  # words for the date


def names_publisher(text: str) -> bool:
    """Whether `text` is the name of a publisher, or ends or begins as such names do."""
    name = text.lower().removeprefix("the ")
    if name in _PUBLISHERS or agency_named(text) is not None:
        return True
    words = name.split()
    if len(words) == 1 and words[0] in _WORDS:
        return text.startswith("The ")  # "The Courier"
    return (
        1 < len(words) <= 6
        and (words[-1] in _WORDS or words[0] in _WORDS)
        and _NAME.fullmatch(text) is not None
    ) or (len(words) == 1 and name.endswith(_ENDINGS))


def is_publisher(line: str) -> bool:
    """Whether a whole line is a publisher's name that is known."""
    return len(line) <= LONGEST_PUBLISHER and (
        line.lower().removeprefix("the ") in _PUBLISHERS or agency_named(line) is not None
    )


def publisher_of(line: str) -> str | None:
    """The publisher that a whole line names: one that is known, or "The Herald (Harare)" with its town."""
    if is_publisher(line):
        return line
    if line[-1:] != ")":
        return None
    name, _, town = line[:-1].rpartition(" (")
    return line if town.partition(",")[0].lower() in _towns() and names_publisher(name) else None


def byline_of(line: str) -> str | None:
    """The names of a line that is a byline in any of the languages known ("di Anna Re", "Von Jan Ott, Lima")."""
    match = _BYLINE_LINE.match(line) if len(line) <= LENGTH else None
    return match["names"] if match and match["names"].count(" ") <= _BYLINE_SPACES else None


def person_of(line: str) -> str | None:
    """The name of a line that is nothing but a person's name, or a name and where that person is."""
    if len(line) > LENGTH or not line[:1].isupper():
        return None
    match = _PERSON_LINE.match(line)
    if match and is_person(match["name"]):
        return line
    named = _without_job(line)
    if named == line and (comma := line.rfind(", ")) > 0 and line[comma + 2 :].lower() in _towns():
        named = line[:comma]  # "Dan Collyns, Lima"
    names = _AND.split(named)
    if len(names) == 1 and named == line:
        return None
    return line if all(is_person(name) for name in names) else None


def is_job(line: str) -> bool:
    """Whether a line says only what somebody is: "STAFF WRITER"."""
    return line.rpartition(" ")[2].lower() in _JOB_WORDS and _JOB.match(line) is not None


def _without_job(line: str) -> str:
    """ "Dan Collyns" of "Dan Collyns, Environment Correspondent", with the comma or without."""
    if _JOB_WORDS.isdisjoint(line.lower().replace(",", "").split()):
        return line
    names, comma, job = line.rpartition(", ")
    if comma:
        return names if _JOB.match(job) else line
    words = line.split(" ")
    for count in (2, 3):
        if len(words) > count and _JOB.match(" ".join(words[count:])):
            return " ".join(words[:count])
    return line


def above_story(text: str, titled: bool = True) -> tuple[int, dict[str, str]]:
    """(where the story begins, what the lines of credits above it say) of a text without its headline.

    What is said is the date as it is printed, byline and publisher.
    """
    said: dict[str, str] = {}
    start = 0
    for _ in range(_LINES_ABOVE):
        end = text.find("\n", start)
        line = text[start:end].strip()
        if end < 0 or len(line) > LENGTH:
            break
        facts = facts_of(line, (), titled)
        day = None if facts else day_at(line)
        if facts:
            printed = line[facts.date.start : facts.date.end]
            found = {"date": printed, "byline": facts.byline or "", "publisher": facts.publisher or ""}
        elif day and with_time(line, day).end >= len(line):
            found = {"date": line}
        elif names := byline_of(line):
            found = {"byline": names}
        else:
            break
        said = {**{name: value for name, value in found.items() if value}, **said}
        start = end + 1 + len(text[end + 1 :]) - len(text[end + 1 :].lstrip("\n"))
    return start, said


def facts_of(line: str, hints: Sequence[str] = (), below_headline: bool = False) -> Facts | None:
    """What `line` says where it is a line of credits; None for a date alone, and for any other line."""
    if (
        len(line) > LENGTH
        or not has_digit(line, 0, len(line))
        or ("  " in line.strip() and line.lstrip()[0] != "(")
        or _SENTENCE.search(ended := line.rstrip(), max(0, len(ended) - _SENTENCE_ENDS_IN))
    ):
        return None
    line = line.strip(_EMPHASIS)
    if line[0] == "(":  # "(China Daily)    09:15, May 14, 2019"
        line = " ".join(line.split())
    day = find_day(line, hints=hints)
    if day is None:
        return None
    day = with_time(line, day)
    second = find_day(line, day.end, hints=hints)
    second = with_time(line, second) if second else None
    before, between = line[: day.start], line[day.end : second.start if second else len(line)]
    before = _PLACE_OF_PAPER.sub(" - ", before)
    after = line[second.end :] if second else ""
    parts = _Parts([], [], [], 0, [])
    pages = 0
    for text in (before, between, after):
        for part in _SEPARATOR.split(text):
            kind = _take(part.strip(" .:\t\xa0"), parts)
            if kind is None:
                return None
            pages += kind
    return _understood(parts, pages, day, second, below_headline, _labels_of(before), _labels_of(between))


def _take(part: str, parts: _Parts) -> int | None:
    """Sorts one part in; 1 where it is a page or another note, None where it is of no known kind."""
    part = _JOIN.sub("", part).strip(" .:\t\xa0")
    if not part or part == "The":  # "Denver Post, The"
        return 0
    if part.lower() in _WEEKDAYS:
        return 1
    if field_of(part.lower()) in DATE_RANKS:
        parts.labels.append(part.lower())
        return 0
    byline = _BYLINE.match(part)
    if byline:
        parts.bylines.append(byline["names"])
        return 0
    if _PAGE.fullmatch(part) or _NOTE.fullmatch(part):
        return 1
    names, _, last = part.rpartition(" ")
    if names and field_of(last.lower()) in DATE_RANKS:  # "Dan Collyns Published May 14, 2019"
        parts.labels.append(last.lower())
        return _take(names, parts)
    if " in " in part and person_of(part):  # "Dan Collyns in Lima MAY 14 2019"
        parts.bylines.append(part)
        return 0
    if names_publisher(part):
        parts.publishers.append(part)
        return 0
    if _NAME.match(part) and not _DIGIT.search(part):
        parts.names.append(part)
        return 0
    return None


def _understood(
    parts: _Parts, notes: int, day: Date, second: Date | None, below: bool, before: str, between: str
) -> Facts | None:
    """The facts, where what the parts say is enough for the place that the line stands at."""
    byline = parts.bylines[0] if parts.bylines else None
    if byline is None and below:
        byline = next((name for name in parts.names if is_person(name)), None)
    timed = "T" in (day.value if not day.readings else day.readings[0] or day.readings[1] or "")
    changes = any(DATE_RANKS[field_of(label) or "date"] for label in parts.labels)
    if not (parts.publishers or byline or notes or second or changes or (timed and parts.names)):
        return None
    if parts.names and not (below or parts.publishers or parts.bylines):
        return None
    if any(len(name.split()) > _PERSON_WORDS for name in parts.names) and not parts.publishers:
        return None
    if len(parts.names) > 2:
        return None
    rank = DATE_RANKS.get(field_of(before) or "", 0)
    changed = (
        second
        if second and DATE_RANKS.get(field_of(between) or "", 0) == DATE_RANKS["date_changed"]
        else None
    )
    publisher = next(
        (
            name
            for name in (*parts.publishers, *parts.names)
            if name in parts.publishers or name.startswith("The ")
        ),
        None,
    )
    certain = bool(parts.publishers or parts.bylines or notes or second or changes or timed)
    return Facts(day, before, rank, changed, byline, publisher, certain)


def is_person(name: str) -> bool:
    """Whether a bare name is built as people's are, and no town's."""
    return _PERSON.match(name) is not None and not name.startswith("The ") and name.lower() not in _towns()


@cache
def _towns() -> frozenset[str]:
    return frozenset(name.lower() for name in word_list("parsing/dateline_places.txt"))


def _labels_of(text: str) -> str:
    """The label of a date that ends `text`: "Last modified on" is "last modified"."""
    last = _SEPARATOR.split(text)[-1].strip(" .:\t\xa0")
    name = _JOIN.sub("", last).strip(" .:").lower()
    return (
        last.lower() if field_of(last.lower()) in DATE_RANKS else name if field_of(name) in DATE_RANKS else ""
    )
