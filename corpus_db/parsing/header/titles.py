"""Which heading is the title, and what stands between it and the story."""

from __future__ import annotations

from corpus_db.parsing import furniture, title
from corpus_db.parsing.credit_lines import person_of
from corpus_db.parsing.dateline import dateline_at
from corpus_db.parsing.header import patterns
from corpus_db.parsing.header.headings import WIDE_GAP
from corpus_db.parsing.header.state import LONG_BLOCK, Block, Head, line_end, skip_space
from corpus_db.parsing.header.words import look_up

# The title of a page stands again above the article, at most so far below.
_REPEATED_WITHIN, _SHORTEST_REPEATED, _BLOCKS_BEFORE_TITLE = 4_000, 20, 2
# What stands between a page's title and the site's name, and how long both of these are at most.
_SITE_MARKS, _SITE_NAME = (" | ", " - ", " – ", " — ", " :: ", " · "), 50
_WIDE = " " * WIDE_GAP
# Spaces in what is no letterhead alone.
_LETTERHEAD_SPACES = 3
# Scripts from here on write a title without spaces.
_WITHOUT_SPACES = "\u2e80"
# Longest caption that a page's text shows above the story.
_CAPTION = 80
# Spaces in a bare name.
_NAME_SPACES = 3


def repeated(text: str, start: int) -> Block | None:
    """The title of a page where it stands again, as the heading of the article: one of its first blocks."""
    end = line_end(text, start)
    if end - start > LONG_BLOCK and text.find(_WIDE, start, start + LONG_BLOCK) < 0:
        return None  # a title and its text on one line: no page
    for _ in range(_BLOCKS_BEFORE_TITLE):
        gap = text.find(furniture.GAP, start, end)
        wide = text.find(_WIDE, gap, end) if gap >= 0 else -1
        found = _again(text, start, wide if wide >= 0 else end, end) or _without_site(text, start, end)
        if found is None and gap >= 0 and gap != wide:
            found = _again(text, start, gap, end)
        if found is not None or gap < 0:
            return found
        start = skip_space(text, gap)
    return None


def _without_site(text: str, start: int, end: int) -> Block | None:
    """The same for a page's title with the site's name behind it: "A bridge opens | The Paper"."""
    for mark in _SITE_MARKS:
        cut = text.rfind(mark, start, end)
        if cut > start and end - cut <= _SITE_NAME:
            return _again(text, start, cut, end)
    return None


def _again(text: str, start: int, end: int, end_of_line: int) -> Block | None:
    """Where the block text[start:end] stands again as a block of its own, when it is a heading."""
    if end - start < _SHORTEST_REPEATED:
        return None
    block = text[start:end].rstrip()
    if not _SHORTEST_REPEATED <= len(block) <= title.LONGEST_HEADING or block.count(" ") < 2:
        return None
    again = text.find(block, start + len(block), start + _REPEATED_WITHIN)
    if again < 0 or not title.is_heading(block) or _is_letterhead(block):
        return None
    if furniture.is_head_furniture(block):
        return None
    behind = text[again + len(block) : again + len(block) + 1]
    alone = behind in ("", "\n") or (behind == " " and end_of_line - start > LONG_BLOCK)
    if alone and (text[again - 1] == "\n" or text[again - 2 : again] == "  "):
        return Block(again, again + len(block), block)
    return None


def take_bare_byline(head: Head, position: int) -> None:
    """ "Larry Fine" between the title and the dateline, the date or the credits at `position`."""
    if len(head.headings) > 1 and "byline" not in head.header.values:
        last = head.headings[-1]
        if last.end < position <= last.end + 2 and person_of(last.text):
            head.keep("byline", last.text)
            head.headings.pop()
            if head.fresh and head.fresh[-1] is last:
                head.fresh.pop()


def choose_title(head: Head) -> None:
    """The first heading behind the last furniture; a senator's letterhead is none."""
    header = head.header
    if header.title is None and header.values.get("subject"):
        header.title, header.title_is_labelled = header.values["subject"], True
    if header.title is not None:
        return
    chosen = _chosen(head)
    if chosen is None:
        return
    header.title = " ".join(chosen.text.split())
    if header.title[0] in "#*=~" or header.title[-1] in "*=~":
        header.title = patterns.MARKUP.sub("", header.title)
    header.body_start = max(header.body_start, chosen.end)


def _chosen(head: Head) -> Block | None:
    """The block that is the title, where one of the headings is."""
    if head.repeated and not _is_letterhead(head.repeated.text):
        return head.repeated
    fresh = head.fresh or head.headings
    if len(fresh) < len(head.headings) and all(
        person_of(block.text) for block in fresh
    ):  # the names of authors below the marks of a page
        fresh = head.headings
    candidates = [block for block in fresh if not _is_letterhead(block.text)]
    if not candidates:  # "Senator Lee Announces Funding" looks like a letterhead, too
        candidates = [block for block in head.fresh if block.text.count(" ") > _LETTERHEAD_SPACES]
    for block in candidates:
        if (" " in block.text or block.text[0] > _WITHOUT_SPACES) and not _is_bare_name(block.text):
            return block
    return candidates[0] if candidates else None


def _is_letterhead(block: str) -> bool:
    if look_up(block, 0)[0] not in patterns.LETTERHEAD_WORDS:
        return False
    return bool(patterns.LETTERHEAD.match(block) or patterns.MINISTRY.match(" ".join(block.split())))


def _is_bare_name(block: str) -> bool:
    return block.count(" ") <= _NAME_SPACES and patterns.BARE_NAME.fullmatch(block) is not None


def skip_caption(head: Head) -> None:
    """ "The mayor speaks of the old": a caption that was cut off, between header and story."""
    text, start = head.text, head.header.body_start
    end = line_end(text, start)
    line = text[start:end]
    following = skip_space(text, end)
    if (
        line.endswith((" ", "\t", "…", "..."))
        and len(line) <= _CAPTION
        and line.count(" ") > 2
        and not title.in_title_case(line)
        and not patterns.CLOSED.search(line)
        and text.count("\n", end, following) > 1
        and line_end(text, following) - following >= 2 * _CAPTION
        and not dateline_at(text, start)
    ):
        head.header.body_start = following
