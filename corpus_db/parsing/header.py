"""The header of a free text: everything above the body, whatever its shape.

The text is walked block by block (a block is a line, or what stands between wide gaps of one).
Each block is a labelled field, a date, furniture, a byline, a contact, something that looks like a
heading, or the text itself, which ends the walk. The body begins behind the last block that is
certainly header (*evidence*); headings that nothing of that kind follows stay in the body, because
a text that begins with a short line must not lose it. The first heading is the title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus_db.parsing import furniture, title
from corpus_db.parsing.dateline import Located, dateline_at
from corpus_db.parsing.dates import Date, date_value, day_at, find_day, with_time
from corpus_db.parsing.labels import DATE_RANKS, FIRST_WORDS, Label, bare_date_word, field_of, label_at
from corpus_db.parsing.published import Stated

# How many blocks, headings among them, and characters of values a header may have.
BLOCKS, HEADINGS, VALUE = 60, 10, 1_000
# A block that is longer is running text.
LONG_BLOCK = 400
# How far into a line a date may stand behind a heading that runs into the text.
_DATE_WITHIN = 260
# Labels whose value may stand on the next line.
_TELLING = frozenset({"title", "date", "body", "url", "external_id", "byline"})
_VALUE_MAY_FOLLOW = frozenset({"title", "date", "date_made", "byline", "publisher", "url", "external_id"})

_EMPHASIS = re.compile(r"[*_]{1,3}")
_DIGIT, _DATE_BEGINS_WITHIN = re.compile(r"\d"), 60
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[*_]{0,3}([^\W\d_]*)")
_BEFORE_DATES = FIRST_WORDS | frozenset(
    ("posted", "published", "updated", "written", "submitted", "filed", "last")
)
_NAME = r"[A-ZÀ-Þ][\w'’.-]*"
_NAMES = rf"{_NAME}(?:\s+(?:{_NAME}|de|la|van|von|der|den|al|bin|and|&)){{0,8}}"
_BYLINE = re.compile(
    rf"(?:(?:[Ww]ritten|[Rr]eported|[Ss]tory|[Rr]eport|[Tt]ext|[Ww]ords)\s+[Bb]y|By|BY):?\s+(?P<names>{_NAMES})"
    rf"(?P<more>(?:\s*[,|/•·]\s*[^\n]{{0,80}}|\s+[–—-]+\s[^\n]{{0,80}}|\s+in\s+{_NAMES})?)$"
)
_POSTED = re.compile(
    r"(?:posted|published|updated|written|submitted|filed|last\s+updated)(?:\s+(?:on|at))?:?\s+",
    re.IGNORECASE,
)
_BY_INSIDE = re.compile(rf"\b[Bb]y\s+(?P<names>{_NAMES}?)(?=\s+(?:in|on|under|for|at)\b|\s*(?:[/|,•·(]|$))")
_AFTER_POSTED = re.compile(
    r"\s*(?:(?:[A-Z]{2,4}\b)?\s*$|(?:in|//|[|•·,/–-]|updated|at)\s?[^.!?]{0,70}$)", re.IGNORECASE
)
# Metadata on one line: parts between bars or dots.
_BAR_MARKS = "|•·"
_BARS = re.compile(rf"\s[{_BAR_MARKS}]\s")
# Longest value of a label that stands alone, and values that mean nothing.
_SHORT_VALUE = 80
_NO_VALUE = frozenset({"none", "null", "nan", "n/a", "na", "-", "--", "unknown", "nil", "(none)", "[]"})
_CONTACT = re.compile(
    r"(?:[A-Z][a-z]+\s+)?(?:(?:press|media|news)\s+)?contacts?\b(?:\s+person)?\s{0,3}:?\s.{0,160}$|contacts?:?$",
    re.IGNORECASE,
)
_CONTACT_BEGINS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZcpmn")
_CONTACT_INSIDE = re.compile(
    r"(?i:\s{2,}(?:press\s+|media\s+)?contacts?:?\s)|\s(?:CONTACT|Contact)[Ss]?(?:\s{2}|:)"
)
# Where a dateline may begin inside a block: two capitals or more, or a word before a dash.
_DATELINE_INSIDE = re.compile(
    r"\s{1,2}(?=[A-Z][A-Z]{3,}\b|[A-Z][\w.]+(?:,?\x20[A-Z][\w.]*){0,3}\x20?(?:--|—|–)"
    r"|(?:[A-Z][a-z]+\.?\x20{1,2}){1,2}(?:[A-Z]{2}|[A-Z]\x20[A-Z])\x20{3})"
)
# Where the last deck of a release runs into its lead: "… Deserves U S  Senator Ann Lee today announced".
_LEAD_OF_A_RELEASE = re.compile(
    r"(?:\bU\.?\s?S\.?\s{1,2})?\b(?:Senators?|Sens?\.?|Representative|Reps?\.?|Governor|Gov\.?|Mayor)\s{1,2}"
    r"(?=(?:[A-Z][\w.'’-]{0,20}\s{1,2}){1,5}(?:today|announced|said|joined|introduced|issued|released)\b)"
)
_LETTERHEAD = re.compile(
    r"(?:(?i:office\s+of)\s+)?(?:(?i:u\.?\s?s\.?|united\s+states)\s+)?"
    r"(?:(?:Senator|Representative|Congress(?:man|woman)|Governor)(?:\s+[A-Z][\w.'’-]*){1,5}"
    r"|(?:SENATOR|REPRESENTATIVE|CONGRESS(?:MAN|WOMAN)|GOVERNOR)(?:\s+[A-Z][A-Z.'’-]*){1,3})$"
)
_LETTERHEAD_SPACES = 3
# White space that separates parts of a page, and the longest bit of navigation between two of them.
_MARKUP = re.compile(r"^#{1,6}\s+|^\*\*(?=.*\*\*$)|(?<=.)\*\*$")
# A date behind one of these belongs to the heading ("BENEFITS FOR SERVICE SINCE SEPT. 11, 2001").
_BEFORE_A_DATE = re.compile(
    r"\b(?:since|of|on|by|in|before|after|until|till|from|to|for|the|and|end(?:ed|ing|s)?|due|dated|year|payable|record)\s+$",
    re.IGNORECASE,
)
_WIDE_GAP, _FRAGMENT = 8, 12
_WIDE = " " * _WIDE_GAP
_NARROW_GAP = len(furniture.GAP)
# A line that is so long may have been wrapped where a narrow gap stands now.
_WRAPPED = 55
_GOES_ON = re.compile(r"(?:Of|In|On|For|To|With|And|The|From|At|By)\s")
# White space so wide that what stands before it is complete, whatever follows.
_VERY_WIDE = 40
# A title may be a sentence of at most so many characters.
_SENTENCE_TITLE = 120
# Longest caption that a page's text shows above the story, and how a line ends that is complete.
_CAPTION, _CLOSED = 80, re.compile(r"[.!?:;,)\]\"”’]\s*$")
# Lines between a title and its dateline, and how long a line is that can only be a story's.
_LINES_ABOVE_DATELINE, _STORY_LINE = 2, 150
_SHORT_CONTACT = 40
_NAMES_ONLY = re.compile(
    r"(?:(?:or|and)\x20)?[A-Z][a-zà-ÿ'’-]+(?:\x20{1,2}(?:and\x20)?[A-Z][A-Za-zà-ÿ.'’-]*){1,5}"
)
_BARE_NAME = re.compile(r"[A-Z][a-zà-ÿ'’-]+(?:\x20[A-Z]\.)?(?:\x20[A-Z][A-Za-zà-ÿ'’-]+){1,2}")
# The title of a page stands again above the article, at most so far below.
_REPEATED_WITHIN, _SHORTEST_REPEATED, _BLOCKS_BEFORE_TITLE = 4_000, 20, 2
_OFFICE = re.compile(
    r"(?:from\s+)?(?:the\s+)?office\s+of\s+(?:[a-z.]+\s+){0,3}(?:senator|representative|congress(?:man|woman)|governor|mayor)\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"\(?\d{3}\)?[\s./-]{1,3}\d{3}[\s./-]{1,3}\d{4}\b")
_AFTER_DATE = re.compile(r"[*_]{0,3}[ \t]*[,;|•·–—-]?[ \t]*")
_TWO_SPACES = re.compile(r"\x20\x20+")
_URL = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)


class _Block(NamedTuple):
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Header:
    """What stood above the body, which begins at `body_start`."""

    values: dict[str, str] = field(default_factory=dict)  # field -> value, as labelled
    dates: list[Stated] = field(default_factory=list)
    title: str | None = None
    title_is_labelled: bool = False
    body_start: int = 0
    # what stands at a place where a dateline was looked for, and that place
    dateline: tuple[Located | None, int] | None = None
    labelled: list[str] = field(default_factory=list)  # fields in order, to say what was found


def read_header(text: str, hints: Sequence[str] = (), start: int = 0, headings: bool = True) -> Header:
    """The header of `text` from `start`; `hints` are days that settle the order of an ambiguous date.

    Without `headings` no line is taken for one: only labels give a title.
    """
    return _Walk(text, hints, start, headings).run()


class _Walk:
    """One pass down the header. `position` is where the next block begins."""

    def __init__(self, text: str, hints: Sequence[str], start: int, headings: bool) -> None:
        self.text = text
        self.hints = hints
        self.position = start
        self.header = Header(body_start=start)
        self.takes_headings = headings
        self.headings: list[_Block] = []
        self.fresh: list[_Block] = []  # headings behind the last furniture
        self.sure_labels = False
        self.contact_open = False  # the last block was "Contact" alone: names follow
        self.looked_at = -1  # where a dateline was looked for last, and what was there
        self.found: Located | None = None
        self.repeated: _Block | None = None  # the page's title, where it stands again as a heading

    def run(self) -> Header:
        self.position = _skip_space(self.text, self.position)
        self.repeated = _repeated(self.text, self.position) if self.takes_headings else None
        for _ in range(BLOCKS):
            if self.position >= len(self.text):
                break
            if not self.step() and not self.skip_to_repeated():
                break
        self.choose_title()
        self.header.body_start = _skip_space(self.text, self.header.body_start)
        if self.looked_at == self.header.body_start:
            self.header.dateline = self.found, self.looked_at
        if self.header.title and self.header.labelled:
            self.skip_caption()
        return self.header

    def skip_caption(self) -> None:
        """ "The mayor speaks of the old": a caption that was cut off, between header and story."""
        text, start = self.text, self.header.body_start
        end = _line_end(text, start)
        line = text[start:end]
        following = _skip_space(text, end)
        if (
            line.endswith((" ", "\t", "…", "..."))
            and len(line) <= _CAPTION
            and line.count(" ") > 2
            and not title.in_title_case(line)
            and not _CLOSED.search(line)
            and text.count("\n", end, following) > 1
            and _line_end(text, following) - following >= 2 * _CAPTION
            and not dateline_at(text, start)
        ):
            self.header.body_start = following

    def step(self) -> bool:
        """Takes one block; False when the text itself has been reached."""
        text, start = self.text, self.position
        line_end = _line_end(text, start)
        label = label_at(text, start, line_end)
        if label and self.take_label(label, line_end):
            return self.position >= 0
        prefix = furniture.head_prefix(text, start) if text[start] in "FfPpNnMm" else start
        if prefix > start:
            self.evidence(prefix, resets=True)
            return True
        if _may_begin_date(text, start) and (self.take_posted(start, line_end) or self.take_date(start)):
            return True
        if self.dateline(start):
            self.take_bare_byline()
            if self.headings:  # title and decks end where the story begins
                self.header.body_start = max(self.header.body_start, start)
            return False
        gap = text.find(furniture.GAP, start, min(line_end, start + LONG_BLOCK))
        end = gap if gap >= 0 else min(line_end, start + LONG_BLOCK)
        block = _Block(start, end, text[start:end].rstrip())
        if end == start + LONG_BLOCK:
            return self.takes_headings and self.take_heading_before_date(start, line_end)
        return (
            self.take_meta_line(block, line_end)
            or self.take_furniture(block, line_end)
            or self.take_byline(block)
            or (self.takes_headings and self.take_heading(block, line_end))
        )

    def take_bare_byline(self) -> None:
        """ "Larry Fine" between title and dateline."""
        if len(self.headings) > 1 and "byline" not in self.header.values:
            last = self.headings[-1]
            if _BARE_NAME.fullmatch(last.text) and last.end < self.position <= last.end + 2:
                self.keep("byline", last.text)
                self.headings.pop()
                if self.fresh and self.fresh[-1] is last:
                    self.fresh.pop()

    def skip_to_repeated(self) -> bool:
        """Goes on behind what is no heading, as long as the page's title still stands below it."""
        text, start = self.text, self.position
        if self.repeated is None or not 0 <= start < self.repeated.start:
            return False
        gap = text.find(furniture.GAP, start, self.repeated.start)
        line_end = text.find("\n", start, self.repeated.start)
        ends = [end for end in (gap, line_end) if end >= 0]
        self.evidence(min(ends, default=self.repeated.start))
        return True

    def evidence(self, end: int, resets: bool = False) -> None:
        """text[:end] is header for certain."""
        self.position = _skip_space(self.text, end)
        self.header.body_start = self.position
        if resets and self.fresh:
            self.fresh = []

    # -- labelled fields -------------------------------------------------------------------------

    def take_label(self, label: Label, line_end: int) -> bool:
        """A labelled field, if the label is one here; ends the header where the body is labelled."""
        text = self.text
        value = text[label.value_start : line_end].strip()
        following = _skip_space(text, line_end)
        if not self.is_label_here(label, value, following):
            return False
        self.sure_labels = True
        self.header.labelled.append(label.field)
        if label.field == "body":
            self.evidence(label.value_start)
            self.header.body_start = self.position
            self.position = -1
            return True
        end = line_end
        bar = _BARS.search(value)
        if bar and label.field not in ("title", "ignored"):  # "Source: Xinhua | 2020-05-01 | Editor: …"
            end = text.index(value, label.value_start) + bar.end()
            value = value[: bar.start()]
        if not value and label.field in _VALUE_MAY_FOLLOW and text[line_end : line_end + 1] == "\n":
            next_end = _line_end(text, line_end + 1)
            value = text[line_end + 1 : next_end].strip()
            if len(value) > title.LONGEST_HEADING or label_at(text, line_end + 1, next_end):
                value = ""
            else:
                end = next_end
        self.keep(label.field, value[:VALUE], label.words)
        self.evidence(end)
        return True

    def is_label_here(self, label: Label, value: str, following: int) -> bool:
        """Whether the label is meant as one: its value fits, or other labels stand beside it."""
        if self.headings and not self.sure_labels and label.field == "body":
            return label.exact and not value
        beside = self.sure_labels
        if not beside:
            next_label = label_at(self.text, following, _line_end(self.text, following))
            beside = next_label is not None and (
                label.exact or next_label.exact or self.are_telling(label, next_label)
            )
        if (
            not beside
            and label.exact
            and len(value) <= _SHORT_VALUE
            and (self.headings or self.header.labelled)
        ):
            beside = label.field in ("publisher", "agency", "section", "language", "external_id", "ignored")
        if not label.exact and not beside:
            return False
        if label.field in DATE_RANKS:
            return beside or date_value(value, self.hints) is not None
        if label.field == "url":
            return beside or bool(_URL.match(value))
        if label.field in ("title", "byline", "external_id"):
            return beside or (label.field != "external_id" and bool(value or label.exact))
        return beside or (not value and label.exact)

    def are_telling(self, first: Label, second: Label) -> bool:
        """Whether two misspelt labels in a row are both of the kind that every header has."""
        return first.field != second.field and {first.field, second.field} <= _TELLING

    def keep(self, name: str, value: str, words: str = "") -> None:
        header = self.header
        if not value or value.lower() in _NO_VALUE:
            return
        if name in DATE_RANKS:
            found = date_value(value, self.hints)
            if found:
                header.dates.append(Stated(found, words, DATE_RANKS[name]))
        elif name == "title":
            if header.title is None or not header.title_is_labelled:
                header.title, header.title_is_labelled = " ".join(value.split()), True
        elif name != "ignored":
            header.values.setdefault(name, value)

    # -- dates, furniture, bylines ---------------------------------------------------------------

    def take_date(self, start: int) -> bool:
        """A date at the head of a block, with or without the word "date" before it."""
        text = self.text
        behind_word = bare_date_word(text, start)
        found = day_at(text, behind_word, self.hints)
        if found is None:
            emphasis = _EMPHASIS.match(text, start)
            found = day_at(text, emphasis.end(), self.hints) if emphasis else None
        if found is None:
            return False
        found = with_time(text[: found.end + 40], found)
        end = max(found.end, behind_word)
        match = _AFTER_DATE.match(text, end)
        end = match.end() if match else end
        if behind_word == start and text[end : end + 1].islower():
            return False  # "June 17, 2020 was a day …"
        if (
            behind_word == start == 0
            and text[end : end + 1] not in ("", "\n")
            and not self.story_or_heading(end)
        ):
            return False  # "10 March 1987 The bridge is closed": an entry of a chronology, or anything
        words = text[start:behind_word].strip(" \t:=-").lower()
        self.header.dates.append(Stated(found, words, 0))
        self.header.labelled.append("date")
        self.evidence(end)
        return True

    def story_or_heading(self, position: int) -> bool:
        """Whether a heading, a gap or a dateline stands behind the date that the text begins with."""
        line_end = _line_end(self.text, position)
        gap = self.text.find(furniture.GAP, position, line_end)
        block = self.text[position : gap if gap >= 0 else line_end].strip()
        return (
            self.text[position - 2 : position] == "  "
            or title.is_heading(block)
            or dateline_at(self.text, position) is not None
        )

    def take_furniture(self, block: _Block, line_end: int) -> bool:
        line = self.text[block.start : line_end]
        steps = furniture.crumbs(line)
        if steps:
            self.keep("section", steps[-1] if len(steps[-1].split()) <= 2 else steps[-2])
            self.evidence(line_end, resets=True)
            return True
        if self.contact_open and _NAMES_ONLY.fullmatch(block.text):
            self.evidence(block.end)
            return True
        self.contact_open = False
        if furniture.is_head_furniture(block.text):
            self.evidence(block.end, resets=True)
            return True
        first = block.text[0]
        if (
            (first in _CONTACT_BEGINS and "contact" in block.text.lower() and _CONTACT.match(block.text))
            or ((first == "(" or first.isdecimal()) and _PHONE.match(block.text))
        ):  # fmt: skip
            # "CONTACT  Ann Lee  WASHINGTON  D C   Senator …": the story may begin behind the name
            self.contact_open = len(block.text) <= _SHORT_CONTACT
            ends = (match.end() for match in _TWO_SPACES.finditer(self.text, block.start, block.end))
            self.evidence(next((end for end in ends if dateline_at(self.text, end)), block.end))
            self.note_date(block.start, self.header.body_start)
            return True
        if block.text[:3] in ("fro", "Fro", "FRO", "The", "Off", "OFF") and _OFFICE.match(block.text):
            # "from the Office of Senator Ann Lee  Monday  November 26  2007  WASHINGTON  D C"
            end = self.note_date(block.start, block.end) or block.end
            self.evidence(end)
            return True
        return False

    def note_date(self, start: int, end: int) -> int:
        """Keeps the first full date of text[start:end]; where it ends, 0 without one."""
        found = find_day(self.text, start, min(end, len(self.text)), hints=self.hints)
        if found is None:
            return 0
        self.header.dates.append(Stated(found, "", 0))
        self.header.labelled.append("date")
        return found.end

    def take_posted(self, start: int, line_end: int) -> bool:
        """ "Posted on July 29, 2016 by Ann Lee in News"."""
        text = self.text
        if line_end - start > 160 or text[start : start + 1].lower() not in "puwslf":
            return False
        posted = _POSTED.match(text, start, line_end)
        found = day_at(text, posted.end(), self.hints) if posted else None
        if found is None:
            return False
        found = with_time(text[:line_end], found)
        by = _BY_INSIDE.search(text, found.end, line_end)
        if not by and not _AFTER_POSTED.match(text, found.end, line_end):
            return False  # the text goes on behind the date
        words = " ".join(posted[0].rstrip(" :\t").lower().split()) if posted else ""
        self.header.dates.append(Stated(found, words, DATE_RANKS.get(field_of(words) or "", 0)))
        self.header.labelled.append("date")
        self.keep("byline", by["names"] if by else "")
        self.evidence(line_end)
        return True

    def take_meta_line(self, block: _Block, line_end: int) -> bool:
        """ "Xinhua | Updated: 2020-05-01 10:15": parts between bars, one of them a date."""
        line = self.text[block.start : line_end]
        if len(line) > 160 or not any(bar in line for bar in _BAR_MARKS) or not _BARS.search(line):
            return False
        found = find_day(line, hints=self.hints)
        if found is None:
            return False
        words = "updated" if "updated" in line[: found.start].lower() else ""
        self.header.dates.append(
            Stated(with_time(line, found), words, DATE_RANKS["date_changed"] if words else 0)
        )
        self.header.labelled.append("date")
        first = _BARS.split(line)[0].strip()
        byline = _BYLINE.match(first)
        if byline:
            self.keep("byline", byline["names"])
        elif found.start > len(first) and len(first) <= _SHORT_VALUE and ":" not in first:
            self.keep("publisher", first)
        self.evidence(line_end)
        return True

    def take_byline(self, block: _Block) -> bool:
        if len(block.text) > 160 or block.text[:1] not in "BbWwRrST":
            return False
        match = _BYLINE.match(block.text)
        if match is None or block.end >= len(self.text.rstrip()):
            return False
        more = match["more"].strip()
        self.keep("byline", match["names"] + (more if more.startswith(",") and not find_day(more) else ""))
        self.header.labelled.append("byline")
        self.evidence(block.end)
        return True

    # -- headings --------------------------------------------------------------------------------

    def take_heading(self, block: _Block, line_end: int) -> bool:
        text = self.text
        following = _skip_space(text, block.end)
        wide = block.end < line_end and following - block.end >= _WIDE_GAP
        if len(block.text) <= _FRAGMENT and wide and not block.text[:1].isupper():
            self.position = following  # "8", "of": what is left of a page's navigation
            return True
        shorter = self.before_the_story(block)
        if shorter:
            self.add_heading(_Block(block.start, shorter, text[block.start : shorter].rstrip()))
            self.position = _skip_space(text, shorter)
            return True
        if len(self.headings) >= HEADINGS:
            return False
        if block.end < line_end and not wide:  # a gap inside the heading: "Lee   Opens A Bridge"
            block = self.over_narrow_gaps(block, line_end)
            following = _skip_space(text, block.end)
            wide = following - block.end >= _WIDE_GAP
        next_line = text[following : min(_line_end(text, following), following + LONG_BLOCK)]
        blank = wide or text.count("\n", block.end, following) > 1
        credit: bool | None = None
        if not title.is_heading(block.text):
            # "We should stop now." is a title where a date stands below it, and nothing of its own line
            if (block.end < line_end and not wide) or len(block.text) > _SENTENCE_TITLE:
                return False
            sentence = block.text.removesuffix(".")
            if not title.is_heading(sentence) or not (
                day_at(text, following, self.hints)
                or self.dateline_below(following)
                or (title.in_title_case(sentence) and text.count("\n", block.end, following) > 1)
            ):
                return False
            credit = True
        if not blank and block.end < line_end and not title.in_title_case(block.text):
            credit = self.is_credit(following, next_line)
            if not credit:
                return False  # a narrow gap inside running text
        far = (following - block.end >= _VERY_WIDE and following < len(text)) or block.text.isupper()
        if not far and not title.stands_above(block.text, next_line, blank):
            credit = self.is_credit(following, next_line) if credit is None else credit
            if not credit and not self.deck_below(following):
                return False
        if any(block.text == other.text for other in self.headings):
            self.evidence(block.end)
            return True
        self.add_heading(block)
        self.position = following
        return True

    def over_narrow_gaps(self, block: _Block, line_end: int) -> _Block:
        """The block with what follows its narrow gaps, where both together are a heading."""
        limit = min(line_end, block.start + title.LONGEST_HEADING)
        end = block.end
        while end < line_end:
            following = _skip_space(self.text, end)
            if following - end != _NARROW_GAP or following == len(self.text):
                break
            wrapped = end - block.start >= _WRAPPED and _GOES_ON.match(self.text, following)
            if " " in self.text[block.start : end] and not self.text[following].islower() and not wrapped:
                break  # "… Area    Calls For …": a title and its deck
            gap = self.text.find(furniture.GAP, following, limit)
            if gap < 0 and line_end > limit:
                return block
            end = gap if gap >= 0 else line_end
        whole = " ".join(self.text[block.start : end].split()) if end > block.end else ""
        if whole and title.is_heading(whole) and title.in_title_case(whole):
            return _Block(block.start, block.start + len(self.text[block.start : end].rstrip()), whole)
        return block

    def is_credit(self, position: int, line: str) -> bool:
        """Whether what stands at `position` is a byline, a date or a dateline, as they do below titles."""
        return bool(
            _BYLINE.match(line)
            or _POSTED.match(line)
            or (line[:1] in _CONTACT_BEGINS and "contact" in line.lower() and _CONTACT.match(line))
            or day_at(self.text, position)
            or self.dateline(position)
        )

    def dateline(self, position: int) -> Located | None:
        """The dateline at `position`; each place is looked at once."""
        if position != self.looked_at:
            self.looked_at, self.found = position, dateline_at(self.text, position)
        return self.found

    def add_heading(self, block: _Block) -> None:
        self.headings.append(block)
        self.fresh.append(block)

    def before_the_story(self, block: _Block) -> int:
        """Where a heading ends that a date, a contact or a dateline follows in one block; else 0."""
        text = block.text
        ends = []
        if "ontact" in text or "ONTACT" in text:
            contact = _CONTACT_INSIDE.search(text)
            if contact:
                ends.append(block.start + contact.start())
        if _is_separated(text):
            for match in _DATELINE_INSIDE.finditer(text):
                if dateline_at(self.text, block.start + match.end()):
                    ends.append(block.start + match.start())
                    break
        found = find_day(text, hints=self.hints) if not self.header.dates else None
        if (
            found
            and found.start
            and block.start + found.start < min(ends, default=block.end)
            and not _BEFORE_A_DATE.search(text, 0, found.start)
            and not self.ends_its_line(block, found)
        ):
            ends.append(block.start + found.start)
        if not ends:
            return 0
        heading = self.text[block.start : min(ends)].rstrip(" ,-–—")
        if heading.count(" ") < 2 or not title.is_heading(heading):
            return 0
        if title.in_title_case(heading):
            return block.start + len(heading)
        # "Senators to help troops phone home  April 28  2006 Washington  D C": a date, and then the story
        dated = (
            found and block.start + found.start == min(ends) and self.story_begins(block.start + found.end)
        )
        return block.start + len(heading) if dated else 0

    def ends_its_line(self, block: _Block, day: Date) -> bool:
        """ "BRIDGE WORK FROM MAY 1 2020": the last words of a line are part of it, where no gap is before them."""
        end = block.start + day.end
        return self.text[end : end + 1] in ("", "\n") and block.text[day.start - 2 : day.start] != "  "

    def dateline_below(self, position: int) -> bool:
        """Whether a dateline begins the line at `position`, or the one below a byline or a deck."""
        for _ in range(_LINES_ABOVE_DATELINE):
            if dateline_at(self.text, position):
                return True
            end = _line_end(self.text, position)
            if end - position > title.LONGEST_HEADING:
                return False
            position = _skip_space(self.text, end)
        return False

    def deck_below(self, position: int) -> bool:
        """Whether the line at `position` is the deck of a title above it: no sentence, and a story below."""
        end = _line_end(self.text, position)
        following = _skip_space(self.text, end)
        if end - position > title.LONGEST_HEADING or not title.is_heading(self.text[position:end].rstrip()):
            return False
        long = _line_end(self.text, following) - following >= _STORY_LINE
        return long or dateline_at(self.text, following) is not None

    def story_begins(self, position: int) -> bool:
        """Whether a dateline or nothing at all follows the date that ends at `position`."""
        following = _skip_space(self.text, position)
        return following - position >= _WIDE_GAP or bool(dateline_at(self.text, following))

    def take_heading_before_date(self, start: int, line_end: int) -> bool:
        """ "HEADING November 15 2005 Mr President …": a heading that runs into the text."""
        block = _Block(
            start, min(line_end, start + _DATE_WITHIN), self.text[start : min(line_end, start + _DATE_WITHIN)]
        )
        end = self.before_the_story(block)
        if not end:
            lead = _LEAD_OF_A_RELEASE.search(block.text, 1) if len(self.headings) > 1 else None
            deck = block.text[: lead.start()].rstrip() if lead else ""
            if lead and title.is_heading(deck) and title.in_title_case(deck):
                self.header.body_start = start + lead.start()
            return False
        self.add_heading(_Block(start, end, self.text[start:end]))
        self.position = _AFTER_DATE.match(self.text, end).end()  # type: ignore[union-attr]  # matches ""
        return True

    def choose_title(self) -> None:
        """The first heading behind the last furniture; a senator's letterhead is none."""
        header = self.header
        candidates = [block for block in self.fresh or self.headings if not _LETTERHEAD.match(block.text)]
        if not candidates:  # "Senator Lee Announces Funding" looks like a letterhead, too
            candidates = [block for block in self.fresh if block.text.count(" ") > _LETTERHEAD_SPACES]
        if header.title is None and header.values.get("subject"):
            header.title, header.title_is_labelled = header.values["subject"], True
        if self.repeated and not _LETTERHEAD.match(self.repeated.text):
            candidates = [self.repeated]
        longer = [block for block in candidates if " " in block.text and not _BARE_NAME.fullmatch(block.text)]
        if header.title is None and candidates:
            chosen = (longer or candidates)[0]
            header.title = " ".join(chosen.text.split())
            if header.title[:1] == "#" or "**" in header.title:
                header.title = _MARKUP.sub("", header.title)
            header.body_start = max(header.body_start, chosen.end)


def _repeated(text: str, start: int) -> _Block | None:
    """The title of a page where it stands again, as the heading of the article: one of its first blocks."""
    line_end = _line_end(text, start)
    if line_end - start > LONG_BLOCK and text.find(_WIDE, start, start + LONG_BLOCK) < 0:
        return None  # a title and its text on one line: no page
    for _ in range(_BLOCKS_BEFORE_TITLE):
        for mark in (_WIDE, furniture.GAP):
            gap = text.find(mark, start, line_end)
            block = text[start : gap if gap >= 0 else line_end].rstrip()
            if not _SHORTEST_REPEATED <= len(block) <= title.LONGEST_HEADING or block.count(" ") < 2:
                continue
            again = text.find(block, start + len(block), start + _REPEATED_WITHIN)
            if again < 0 or not title.is_heading(block) or _LETTERHEAD.match(block):
                continue
            if furniture.is_head_furniture(block):
                continue
            behind = text[again + len(block) : again + len(block) + 1]
            alone = behind in ("", "\n") or (behind == " " and line_end - start > LONG_BLOCK)
            if alone and (text[again - 1] == "\n" or text[again - 2 : again] == "  "):
                return _Block(again, again + len(block), block)
        gap = text.find(furniture.GAP, start, line_end)
        if gap < 0:
            return None
        start = _skip_space(text, gap)
    return None


def _may_begin_date(text: str, start: int) -> bool:
    """Whether a date may stand at `start`, with words before it: one look-up before the long patterns."""
    word = _WORD.match(text, start)
    assert word is not None  # it matches nothing at all, too
    if word[1]:
        if word[1].lower() not in _BEFORE_DATES:
            return False
    elif not text[word.end() : word.end() + 1].isdecimal():
        return False
    return _DIGIT.search(text, start, start + _DATE_BEGINS_WITHIN) is not None


def _is_separated(text: str) -> bool:
    """Whether a dash or a gap stands in `text`, which is not all in capitals: a dateline may, too."""
    return ("--" in text or "  " in text or "—" in text or "–" in text) and not text.isupper()


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end
