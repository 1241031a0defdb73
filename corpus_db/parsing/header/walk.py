"""The walk: what each block is asked, in which order, and where it ends.

The order matters where a block could be two things: a label before a date ("Date: …"), both before a
dateline, which ends the header, and that before what only looks like a heading.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus_db.parsing import furniture
from corpus_db.parsing.header.credits import take_credits
from corpus_db.parsing.header.headings import take_heading, take_heading_before_date
from corpus_db.parsing.header.labels import take_label
from corpus_db.parsing.header.lines import (
    take_byline,
    take_dated_line,
    take_furniture,
    take_office,
    take_parts,
    take_place_and_date,
)
from corpus_db.parsing.header.state import BLOCKS, LONG_BLOCK, Block, Head, Header, skip_space
from corpus_db.parsing.header.titles import choose_title, repeated, skip_caption, take_bare_byline
from corpus_db.parsing.header.words import BYLINE, DATE, OFFICE, PREFIX, look_up


def read_header(text: str, hints: Sequence[str] = (), start: int = 0, headings: bool = True) -> Header:
    """The header of `text` from `start`; `hints` are days that settle the order of an ambiguous date.

    Without `headings` no line is taken for one: only labels give a title.
    """
    head = Head(text, hints, start, headings)
    if headings:
        head.repeated = repeated(text, head.position)
    for _ in range(BLOCKS):
        if head.position >= len(text):
            break
        if not _step(head) and not _skip_to_repeated(head):
            break
    choose_title(head)
    header = head.header
    header.body_start = skip_space(text, header.body_start)
    header.dateline = head.dateline_at_body()
    if header.title and header.labelled:
        skip_caption(head)
    return header


def _step(head: Head) -> bool:
    """Takes one block; False when the text itself has been reached."""
    text, start = head.text, head.position
    end_of_line = text.find("\n", start)
    if end_of_line < 0:
        end_of_line = len(text)
    if head.may_begin_label(start, end_of_line) and take_label(head, start, end_of_line):
        if len(head.headings) > 1:
            take_bare_byline(head, start)
        return head.position >= 0
    word, allowed = look_up(text, start)
    if allowed & PREFIX:
        prefix = furniture.head_prefix(text, start)
        if prefix > start:
            head.evidence(prefix, resets=True)
            return True
    if take_credits(head, start, end_of_line) or (
        allowed & DATE and take_dated_line(head, start, end_of_line)
    ):
        take_bare_byline(head, start)
        return True
    if head.dateline(start):
        if not head.headings and take_place_and_date(head, start, end_of_line):
            return True
        take_bare_byline(head, start)
        if head.headings:  # title and decks end where the story begins
            head.header.body_start = max(head.header.body_start, start)
        return False
    limit = min(end_of_line, start + LONG_BLOCK)
    gap = text.find(furniture.GAP, start, limit)
    end = gap if gap >= 0 else limit
    if end == start + LONG_BLOCK:
        return head.takes_headings and take_heading_before_date(head, start, end_of_line)
    if take_parts(head, start, end_of_line):
        return True
    block = Block(start, end, text[start:end].rstrip())
    return (
        take_furniture(head, block, word, block.text.lower())
        or (allowed & OFFICE and take_office(head, block))
        or (allowed & BYLINE and take_byline(head, block))
        or (head.takes_headings and take_heading(head, block, end_of_line))
    )


def _skip_to_repeated(head: Head) -> bool:
    """Goes on behind what is no heading, as long as the page's title still stands below it."""
    text, start = head.text, head.position
    if head.repeated is None or not 0 <= start < head.repeated.start:
        return False
    gap = text.find(furniture.GAP, start, head.repeated.start)
    end_of_line = text.find("\n", start, head.repeated.start)
    ends = [end for end in (gap, end_of_line) if end >= 0]
    head.evidence(min(ends, default=head.repeated.start))
    return True
