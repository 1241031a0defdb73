"""What stands round an article and is not part of it, at its top and at its end.

A block is a line, or what stands between wide gaps of a line. Only whole blocks that match a
pattern of `data/parsing/furniture.toml` are taken away, from the ends inwards, until one does not
match: what stands between paragraphs is never touched. Captions stay, they are part of what was
published, and so does a credit inside the last paragraph ("… he said. (Xinhua)"). Lines of their
own below the text that name who helped with it are no text; they are given back, to be kept as the
article's credits. All of it is still in the input, which `documents` points to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus_db.parsing.agencies import agency_of_line
from corpus_db.parsing.tables import load

# Longest line that can be a path of crumbs.
LONGEST_CRUMBS = 200
# What separates blocks of one line.
GAP = "   "
_TABLES = load("furniture")
_BLANK = "".join(map(chr, range(33))) + "\x7f\x85\xa0\u2028\u2029\u3000\ufeff"
_STRIP_AT_ONCE = 256
# Blocks taken away at the end, at most, and how far back staff notes can begin.
_TAIL_BLOCKS, _NOTES_WITHIN = 40, 4_000
# Behind a credit that ends an article, a page may show so many short teasers for others.
_TEASERS, _TEASER_LENGTH = 2, 240
_LONGEST_CREDIT, _LONGEST_AGENCY, _LONGEST_SOURCE = 500, 40, 100
# A block alone behind a gap this wide is furniture when it is short and no sentence.
_ISOLATING_BLANKS, _ISOLATING_LINES = 8, 4
_ISOLATED_LENGTH, _LONGEST_TAIL, _LONGEST_MARK = 60, 500, 12
_WIDEST_GAP, _DIGIT = 400, re.compile(r"\d")
_ENDS_SENTENCE = re.compile(r"[.!?:]['\"’”)\]]*$|[)\]\"”]$")


def _union(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


# Matched against lower case: without IGNORECASE the engine tells by one letter that a branch fails.
_HEAD = re.compile(_union(_TABLES["head"]))
_HEAD_ENDING = re.compile(f"(?:{_union(_TABLES['head_ending'])})$", re.IGNORECASE)
_HEAD_WORDS, _TAIL_WORDS = frozenset(_TABLES["head_words"]), frozenset(_TABLES["tail_words"])
_HEAD_LAST = tuple(_TABLES["head_last"])
_HEAD_ENDS = (":", *_HEAD_LAST)
_HEAD_PREFIX = re.compile(_union(_TABLES["head_prefix"]), re.IGNORECASE)
_TAIL_LAST, _TAIL_LAST_WORDS = tuple(_TABLES["tail_last"]), tuple(_TABLES["tail_last_words"])
_FIRST_WORD = re.compile(r"[a-z]*")  # "â–" is a mark, not a word
_LONGEST_FURNITURE, _LONGEST_HEAD = 340, 220
_TAIL = re.compile(_union(_TABLES["tail"]))
_CREDIT = re.compile(_union(_TABLES["credits"]))
_CREDIT_WORDS, _CREDIT_INSIDE = frozenset(_TABLES["credit_words"]), tuple(_TABLES["credit_inside"])
_CREDIT_BEGINS, _CREDIT_MARKS = re.compile(r"([\W_]*)([a-z]*)"), frozenset("-–—(")
_CALL = re.compile(f"(?:{_union(_TABLES['call'])})$", re.IGNORECASE)
_CALL_WITHIN = 300
_CALL_WORDS = ("information", "details")
_END_MARK = re.compile(f"(?:{_union(_TABLES['end_marks'])})$", re.IGNORECASE)
_MARKS_END_IN = frozenset("-#■▪◼STm")
_CUT = re.compile(_union(_TABLES["cut"]), re.IGNORECASE)


def _letters(words: str) -> str:
    """A pattern for `words` in either case, each letter spelt out: by one the engine tells that it fails."""
    return "".join(r"\s+" if sign == " " else f"[{re.escape(sign + sign.upper())}]" for sign in words)


_CUT_FIRST = re.escape(
    "".join(sorted({sign for words in _TABLES["cut_begins"] for sign in (words[0], words[0].upper())}))
)
# One look at the first letter of a line, and no second one with fewer blanks before it.
_CUT_BEGINS = re.compile(rf"\n[ \t]*+(?=[{_CUT_FIRST}])(?:{_union(map(_letters, _TABLES['cut_begins']))})")
_LIST_HEADS = frozenset(_TABLES["list_heads"])
# So many links of such a length, at most.
_LINKS, _LINK = 16, 110
_SENTENCE_MARKS = frozenset('.!?"”)')
_CRUMBS = re.compile("|".join(re.escape(mark) for mark in _TABLES["crumb_separators"]))


def is_head_furniture(block: str) -> bool:
    """Whether a whole block at the top is navigation or a release note."""
    if len(block) > _LONGEST_HEAD:
        return False
    lower = block.lower()
    if not may_be_head(_first_word(lower), lower):
        return False
    return bool(_HEAD.fullmatch(lower) or (lower.endswith(_HEAD_LAST) and _HEAD_ENDING.search(block)))


_HOME_SLASH = ("Home / ", "HOME / ", "Home/ ")


def _may_be_tail(lower: str) -> bool:
    """Whether a pattern of `tail` can match: one look-up of the first word, mostly."""
    word = _first_word(lower)
    return (
        not word
        or word in _TAIL_WORDS
        or lower[len(word) : len(word) + 1] in ("/", "-")
        or lower[len(word) : len(word) + 3] == " //"
        or "@" in lower
        or lower.endswith(_TAIL_LAST_WORDS)
    )


def _first_word(lower: str) -> str:
    match = _FIRST_WORD.match(lower)
    return match[0] if match else ""


def head_prefix(text: str, position: int) -> int:
    """Behind the release note that a block begins with; `position` itself where there is none."""
    match = _HEAD_PREFIX.match(text, position)
    return match.end() if match else position


def may_be_head(word: str, lower: str) -> bool:
    """Whether a block in lower case that begins with `word` can be furniture: a look-up, mostly.

    `word` is "" for what begins with no letter.
    """
    return (
        not word or word in _HEAD_WORDS or lower.endswith(_HEAD_ENDS) or ("@" in lower and " " not in lower)
    )


def crumbs(line: str) -> list[str] | None:
    """The steps of "Home » Nation" or "World | Peru", None for a line that is no such path."""
    if len(line) <= 40 and " | " in line:
        steps = [step.strip() for step in line.split(" | ")]
        return steps if all(step.istitle() and len(step.split()) <= 2 for step in steps) else None
    if line.startswith(_HOME_SLASH) or (line.count(" / ") > 1 and _in_short_steps(line)):
        line = line.replace(" / ", " » ")
    if len(line) > LONGEST_CRUMBS or not _CRUMBS.search(line):
        return None
    steps = [step.strip() for step in _CRUMBS.split(line)]
    if len(steps) < 2 or any(len(step) > 120 for step in steps) or line.rstrip().endswith("."):
        return None
    steps = [step for step in steps if step]
    return None if len(steps) == 1 and len(steps[0].split()) > 2 else steps  # "» A heading behind a mark"


def _in_short_steps(line: str) -> bool:
    """Whether all steps of a path between slashes are the names of sections: "News / Local / Transport"."""
    return all(step.istitle() and len(step.split()) <= 2 for step in line.strip().split(" / "))


@dataclass(slots=True)
class Tail:
    """Where a body ends, and the credits that stood below it, in their order."""

    end: int
    credits: tuple[str, ...] = ()


def end_of_body(text: str, start: int) -> Tail:
    """Where the body that begins at `start` ends: staff notes, furniture and credits left out."""
    end = _stripped(text, start, _before_notes(text, start))
    if text[end - 1 : end] not in _SENTENCE_MARKS:  # few texts
        end = _before_links(text, start, end)
    found: list[str] = []
    for _ in range(_TAIL_BLOCKS):
        begin = _last_block(text, start, end)
        if begin <= start:
            break
        if not _is_tail(text, begin, end):
            credit = _credit_from(text, start, begin, end)
            if credit is None:
                break
            begin, line = credit
            found.insert(0, line)
        end = _stripped(text, start, begin)
    if text[end - 1 : end] in _MARKS_END_IN:
        mark = _END_MARK.search(text, max(start, end - _LONGEST_MARK), end)
        end = _stripped(text, start, mark.start()) if mark else end
    low = max(start, end - _CALL_WITHIN)
    last = text[low:end]
    if _CALL_WORDS[0] in last or _CALL_WORDS[1] in last:
        call = _CALL.search(text, low, end)
        end = _stripped(text, start, call.start()) if call and call.start() > start else end
    return Tail(end, tuple(found))


def _before_notes(text: str, start: int) -> int:
    """Where the notes for the staff begin, the end of the text without any."""
    low = max(start, len(text) - _NOTES_WITHIN)
    if text.find("\n", low) >= 0:
        for begin in _CUT_BEGINS.finditer(text, low):
            if _CUT.match(text, begin.start()):
                return begin.start() if begin.start() > start else len(text)
    return len(text)


def _before_links(text: str, start: int, end: int) -> int:
    """Where a list of links begins that ends the text: a line such as "Related topics" above short lines."""
    begin = text.rfind("\n", start, end) + 1
    if not 0 < end - begin <= _LINK or _ENDS_SENTENCE.search(text, max(begin, end - 4), end):
        return end
    begin = end + 1
    for line in reversed(text[max(start, end - _LINKS * _LINK) : end].split("\n")):
        if len(line) > _LINK:
            break
        begin -= len(line) + 1
        if line.strip(" :\t").lower() in _LIST_HEADS and begin > start:
            return _stripped(text, start, begin)
    return end


def _credit_from(text: str, start: int, begin: int, end: int) -> tuple[int, str] | None:
    """The credit that the block text[begin:end] is, or that at most some teasers stand behind."""
    for number in range(_TEASERS + 1):
        line = text[begin:end]
        heads_line = text[begin - 1] == "\n"
        if (heads_line or line[:1] != "(") and _is_credit(line):  # a gap stands before "(nil)" in a table
            return begin, " ".join(line.split())
        if number == _TEASERS or end - begin > _TEASER_LENGTH:
            return None
        end = _stripped(text, start, begin)
        begin = _last_block(text, start, end)
        if begin <= start:
            return None
    return None


def _is_credit(line: str) -> bool:
    if len(line) > _LONGEST_CREDIT:
        return False
    if line[:6] == "SOURCE" and len(line) <= _LONGEST_SOURCE and line[6:7] in (" ", ":"):
        return True  # "SOURCE Acme Corp.", as wires of press releases end
    if len(line) <= _LONGEST_AGENCY and agency_of_line(line):  # "AFP", "Source: Reuters"
        return True
    lower = line.lower()
    return _may_be_credit(lower) and _CREDIT.fullmatch(lower) is not None


def _may_be_credit(lower: str) -> bool:
    """Whether a pattern of `credits` can match: one look-up of the first word, and a few looks inside."""
    begins = _CREDIT_BEGINS.match(lower)
    assert begins is not None  # it matches nothing at all, too
    if begins[2] in _CREDIT_WORDS or not _CREDIT_MARKS.isdisjoint(begins[1]):
        return True
    for part in _CREDIT_INSIDE:  # noqa: SIM110 -- asked of every text: a generator costs more than its looks
        if part in lower:
            return True
    return False


def _stripped(text: str, start: int, end: int) -> int:
    """`end` moved before the white space and control characters that stand before it."""
    if end > start and text[end - 1] not in _BLANK:
        return end
    while end > start:
        low = max(start, end - _STRIP_AT_ONCE)
        tail = text[low:end]
        kept = (
            tail.rstrip() if tail.isascii() else tail
        )  # blanks mostly: a list of signs takes ten times as long
        kept = kept.rstrip(_BLANK)
        if kept:
            return low + len(kept)
        end = low
    return end


def _last_block(text: str, start: int, end: int) -> int:
    """Where the last block of text[start:end] begins; `start` when it is long."""
    low = max(start, end - _LONGEST_TAIL)
    newline = text.rfind("\n", low, end) + 1
    begin = newline or low
    if newline == 0 and low > start:
        begin = low
    wide = text.rfind("   ", begin, end)
    if wide >= 0:
        begin = wide + 3
    elif newline == 0:
        return start
    while begin < end and text[begin].isspace():
        begin += 1
    return begin


def _is_tail(text: str, begin: int, end: int) -> bool:
    if end - begin > _LONGEST_FURNITURE:
        return False
    block = text[begin:end]
    lower = block.lower()
    if (_may_be_tail(lower) and _TAIL.fullmatch(lower)) or lower.rstrip(" .").endswith(_TAIL_LAST):
        return True
    return (
        end - begin <= _ISOLATED_LENGTH
        and not _ENDS_SENTENCE.search(block)
        and not _DIGIT.search(block)
        and _is_isolated(text[max(0, begin - _WIDEST_GAP) : begin])
    )


def _is_isolated(before: str) -> bool:
    """Whether what stands `before` a block ends in a wide gap of its line, or in empty lines."""
    kept = before.rstrip()
    gap = before[len(kept) :]
    if gap.count("\n") >= _ISOLATING_LINES:
        return True
    blanks = gap.removesuffix("\n")
    return bool(kept) and len(blanks) >= _ISOLATING_BLANKS and not blanks.strip(" \t\xa0")
