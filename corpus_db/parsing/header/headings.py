"""What looks like a heading: where it ends, and what must stand below it to make it one.

A heading is no evidence by itself: `take_heading` only remembers it, so that a text that begins with
a short line keeps that line unless something that is header for certain follows.
"""

from __future__ import annotations

from corpus_db.parsing import furniture, title
from corpus_db.parsing.dateline import dateline_at
from corpus_db.parsing.dates import Date, day_at, find_day
from corpus_db.parsing.header import patterns
from corpus_db.parsing.header.credits import is_credit_line, lines_above_credits
from corpus_db.parsing.header.lines import behind_date
from corpus_db.parsing.header.state import LONG_BLOCK, Block, Head, line_end, skip_space

# How many headings a header may have.
_HEADINGS = 10
# How far into a line a date may stand behind a heading that runs into the text.
_DATE_WITHIN = 260
# How far before a date the word begins that makes it part of a heading, the blanks behind it included.
_WORD_BEFORE_DATE = 40
# White space that separates parts of a page, and the longest bit of navigation between two of them.
WIDE_GAP, _FRAGMENT = 8, 12
_NARROW_GAP = len(furniture.GAP)
# A line that is so long may have been wrapped where a narrow gap stands now.
_WRAPPED = 55
# White space so wide that what stands before it is complete, whatever follows.
_VERY_WIDE = 40
# A title may be a sentence of at most so many characters.
_SENTENCE_TITLE = 120
# The first line of a headline that is broken into two is no shorter, the second no longer.
_SHORTEST_BROKEN, _LONGEST_BROKEN = 24, 90
# How long the story's first line is at least, where a headline in small letters has no credits.
_BELOW_BROKEN = 90
# Lines between a title and its dateline, and how long a line is that can only be a story's.
_LINES_ABOVE_DATELINE, _STORY_LINE = 2, 150


def take_heading(head: Head, block: Block, end_of_line: int) -> bool:
    """Remembers `block` where it is a heading, or the part of it that is one; False for the text itself."""
    text = head.text
    following = skip_space(text, block.end)
    wide = block.end < end_of_line and following - block.end >= WIDE_GAP
    if len(block.text) <= _FRAGMENT and wide and not block.text[0].isupper():
        head.position = following  # "8", "of": what is left of a page's navigation
        return True
    if block.text[0].islower() and _is_slug(head, block, following):
        head.evidence(block.end)
        return True
    underline = _underline(head, block)
    if underline:
        head.add_heading(block)
        head.evidence(underline)
        return True
    if not head.headings and block.end == end_of_line and following == end_of_line + 1 < len(text):
        block = _over_two_lines(head, block)
        end_of_line = max(end_of_line, block.end)
        following = skip_space(text, block.end)
    shorter = _before_the_story(head, block)
    if shorter:
        head.add_heading(Block(block.start, shorter, text[block.start : shorter].rstrip()))
        head.position = skip_space(text, shorter)
        return True
    if len(head.headings) >= _HEADINGS:
        return False
    if block.end < end_of_line and not wide:  # a gap inside the heading: "Lee   Opens A Bridge"
        block = _over_narrow_gaps(text, block, end_of_line)
        following = skip_space(text, block.end)
        wide = following - block.end >= WIDE_GAP
    if not _stands_as_heading(head, block, following, end_of_line, wide):
        return False
    if block.text in [other.text for other in head.headings]:
        head.evidence(block.end)
        return True
    head.add_heading(block)
    head.position = following
    return True


def _is_slug(head: Head, block: Block, following: int) -> bool:
    """Whether a wire's name of its story ("sri-ferry-rescue") stands alone above everything else."""
    alone = head.text.count("\n", block.end, following) > 1 and following < len(head.text)
    return alone and not head.headings and patterns.SLUG.fullmatch(block.text) is not None


def _underline(head: Head, block: Block) -> int:
    """Where a line of marks right below the first heading ends; 0 where there is none."""
    text = head.text
    if head.headings or text[block.end + 1 : block.end + 2] not in ("=", "-", "_", "~"):
        return 0
    marks = patterns.UNDERLINE.match(text, block.end)
    untitled = head.header.title is None and title.is_heading(block.text)
    return marks.end() if marks and untitled else 0


def _over_two_lines(head: Head, block: Block) -> Block:
    """The first heading with the line right below it, where it goes on there and stands above an empty line."""
    text, begin = head.text, block.end + 1
    if head.header.title or begin - block.start <= _SHORTEST_BROKEN:
        return block
    small = text[begin].islower()
    if not (small or patterns.GOES_ON_BELOW.match(text, begin) or patterns.BROKEN_OFF.search(block.text)):
        return block
    end = line_end(text, begin)
    if end - begin > _LONGEST_BROKEN or text[end + 1 : end + 2] != "\n":
        return block
    whole = f"{block.text} {text[begin:end].rstrip()}"
    below = skip_space(text, end)
    if below == len(text) or not title.is_heading(whole) or _is_credit(head, begin, text[begin:end]):
        return block
    if small and not title.in_title_case(block.text):  # or a text of two lines without a full stop
        next_line = text[below : min(line_end(text, below), below + LONG_BLOCK)]
        if len(next_line) < _BELOW_BROKEN and not _is_credit(head, below, next_line):
            return block
    return Block(block.start, end, whole)


def _stands_as_heading(head: Head, block: Block, following: int, end_of_line: int, wide: bool) -> bool:
    """Whether `block` looks like a heading and stands above what begins at `following`."""
    text = head.text
    blank = wide or text.count("\n", block.end, following) > 1
    credited: bool | None = None  # whether a byline, a date or a dateline stands below; None: not looked
    if not title.is_heading(block.text):
        # "We should stop now." is a title where a date stands below it, and nothing of its own line
        if (block.end < end_of_line and not wide) or len(block.text) > _SENTENCE_TITLE:
            return False
        if not _is_sentence_title(head, block, following):
            return False
        credited = True
    next_line = text[following : min(line_end(text, following), following + LONG_BLOCK)]
    if not blank and block.end < end_of_line and not title.in_title_case(block.text):
        credited = _is_credit(head, following, next_line)
        if not credited:
            return False  # a narrow gap inside running text
    if (following - block.end >= _VERY_WIDE and following < len(text)) or block.text.isupper():
        return True
    if title.stands_above(block.text, next_line, blank):
        return True
    if credited is None:
        credited = _is_credit(head, following, next_line)
    return (
        credited
        or _deck_below(text, following)
        or any(
            _is_credit(head, begin, text[begin : line_end(text, begin)])
            for begin in lines_above_credits(head, following)
        )
    )


def _is_sentence_title(head: Head, block: Block, following: int) -> bool:
    """Whether a sentence is a title all the same, by the date or the dateline below it or its capitals."""
    sentence = block.text.removesuffix(".")
    return title.is_heading(sentence) and bool(
        day_at(head.text, following, head.hints)
        or _dateline_below(head.text, following)
        or (title.in_title_case(sentence) and head.text.count("\n", block.end, following) > 1)
    )


def _over_narrow_gaps(text: str, block: Block, end_of_line: int) -> Block:
    """The block with what follows its narrow gaps, where both together are a heading."""
    limit = min(end_of_line, block.start + title.LONGEST_HEADING)
    end = block.end
    while end < end_of_line:
        following = skip_space(text, end)
        if following - end != _NARROW_GAP or following == len(text):
            break
        wrapped = end - block.start >= _WRAPPED and patterns.GOES_ON.match(text, following)
        if " " in text[block.start : end] and not text[following].islower() and not wrapped:
            break  # "… Area    Calls For …": a title and its deck
        gap = text.find(furniture.GAP, following, limit)
        if gap < 0 and end_of_line > limit:
            return block
        end = gap if gap >= 0 else end_of_line
    whole = " ".join(text[block.start : end].split()) if end > block.end else ""
    if whole and title.is_heading(whole) and title.in_title_case(whole):
        return Block(block.start, block.start + len(text[block.start : end].rstrip()), whole)
    return block


def _is_credit(head: Head, position: int, line: str) -> bool:
    """Whether what stands at `position` is a byline, a date or a dateline, as they do below titles."""
    return bool(
        patterns.BYLINE.match(line)
        or patterns.POSTED.match(line)
        or patterns.POSTED_BY.match(line)
        or (
            line[:1] in patterns.CONTACT_BEGINS and "contact" in line.lower() and patterns.CONTACT.match(line)
        )
        or day_at(head.text, position)
        or head.dateline(position)
        or is_credit_line(head, line)
    )


def _dateline_below(text: str, position: int) -> bool:
    """Whether a dateline begins the line at `position`, or the one below a byline or a deck."""
    for _ in range(_LINES_ABOVE_DATELINE):
        if dateline_at(text, position):
            return True
        end = line_end(text, position)
        if end - position > title.LONGEST_HEADING:
            return False
        position = skip_space(text, end)
    return False


def _deck_below(text: str, position: int) -> bool:
    """Whether the line at `position` is the deck of a title above it: no sentence, and a story below."""
    end = line_end(text, position)
    if end - position > title.LONGEST_HEADING or not title.is_heading(text[position:end].rstrip()):
        return False
    following = skip_space(text, end)
    return line_end(text, following) - following >= _STORY_LINE or dateline_at(text, following) is not None


# -- headings that run into something else -----------------------------------------------------------


def take_heading_before_date(head: Head, start: int, end_of_line: int) -> bool:
    """ "HEADING November 15 2005 Mr President …": a heading that runs into the text."""
    text = head.text
    end = min(end_of_line, start + _DATE_WITHIN)
    block = Block(start, end, text[start:end])
    end = _before_the_story(head, block)
    if not end:
        lead = patterns.LEAD_OF_A_RELEASE.search(block.text, 1) if len(head.headings) > 1 else None
        deck = block.text[: lead.start()].rstrip() if lead else ""
        if lead and title.is_heading(deck) and title.in_title_case(deck):
            head.header.body_start = start + lead.start()
        return False
    head.add_heading(Block(start, end, text[start:end]))
    head.position = behind_date(text, end)
    return True


def _before_the_story(head: Head, block: Block) -> int:
    """Where a heading ends that a date, a contact or a dateline follows in one block; else 0."""
    text = block.text
    ends = []
    if "ontact" in text or "ONTACT" in text:
        contact = patterns.CONTACT_INSIDE.search(text)
        if contact:
            ends.append(contact.start())
    dateline = _dateline_inside(head.text, block)
    if dateline:
        ends.append(dateline)
    found = find_day(text, hints=head.hints) if not head.header.dates else None
    if (
        found
        and found.start
        and found.start < min(ends, default=block.end - block.start)
        and text[found.start - 1] not in "(["
        and not patterns.BEFORE_A_DATE.search(text, max(0, found.start - _WORD_BEFORE_DATE), found.start)
        and not _ends_its_line(head.text, block, found)
    ):
        ends.append(found.start)
    if not ends:
        return 0
    heading = text[: min(ends)].rstrip(" ,-–—")
    if heading.count(" ") < 2 or not title.is_heading(heading):
        return 0
    if title.in_title_case(heading):
        return block.start + len(heading)
    # "Senators to help troops phone home  April 28  2006 Washington  D C": a date, and then the story
    dated = found and found.start == min(ends) and _story_begins(head.text, block.start + found.end)
    return block.start + len(heading) if dated else 0


def _dateline_inside(text: str, block: Block) -> int:
    """Where in the block the white space before a dateline begins, 0 without one; capitals need a gap or a dash."""
    inside = block.text
    dashed = "--" in inside or "—" in inside or "–" in inside
    if not (dashed or "  " in inside) or inside.isupper():
        return 0
    if dashed:
        for match in patterns.BEFORE_A_DASH.finditer(inside):
            if dateline_at(text, block.start + match.end()):
                return match.start()
        return 0
    for match in patterns.CAPITALS.finditer(inside):
        start = match.start()
        if inside[start - 1 : start].isspace() and dateline_at(text, block.start + start):
            return start - 2 if inside[start - 2 : start - 1].isspace() else start - 1
    return 0


def _ends_its_line(text: str, block: Block, day: Date) -> bool:
    """ "BRIDGE WORK FROM MAY 1 2020": the last words of a line are part of it, where no gap is before them."""
    end = block.start + day.end
    return text[end : end + 1] in ("", "\n") and block.text[day.start - 2 : day.start] != "  "


def _story_begins(text: str, position: int) -> bool:
    """Whether a dateline or nothing at all follows the date that ends at `position`."""
    following = skip_space(text, position)
    return following - position >= WIDE_GAP or bool(dateline_at(text, following))
