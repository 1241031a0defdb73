"""Titles: which line is one, and how the lead makes one where there is none.

A title is never empty. Where the document has none the first sentence of the lead stands in
(title_origin "lead"), clipped at a word; the dateline is not part of it.
"""

from __future__ import annotations

import re

from corpus_db.parsing.sentences import ABBREVIATIONS, Sentences

LONGEST_HEADING = 220
LEAD_LENGTH = 140
_SHORTEST_LEAD, _LOOKED_AT = 25, 300
# A line this long in running text is a paragraph, not a title.
_PARAGRAPH = 90

_MAY_END = ".!?…。\n"
_BEGINS = re.compile(r"(?:[*=~]{1,5}\s?)?[\"'“‘«(\[<]*(?:[^\W\d_a-zß-öø-ÿ]|\d|[$€£¥%#@…])")
_CLOSING = "'\"’”)]"
_ABBREVIATION_ENDS = re.compile(r"(?:\b[A-Z]\.|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|No|St|vs)\.)$")
# Where a sentence may end inside a line, found by its mark; and the word before it.
_SENTENCE_INSIDE = re.compile(r"[.!?](?<=[a-zà-ÿ0-9]{3}[.!?])['\"’”)]*\s+[A-Z\"“‘']")
_WORD_BEFORE = re.compile(r"[A-Za-zà-ÿ]*[a-zà-ÿ0-9]{3}$")
_LONGEST_WORD = 24
_LONGER_WORD = re.compile(r"[^\W_][\w'’.-]{3,}")
_HARD_WRAP = 45


def is_heading(block: str) -> bool:
    """Whether `block` could be a title by its own looks: short, no sentence, not lower case."""
    if not block or len(block) > LONGEST_HEADING or not _BEGINS.match(block):
        return False
    if _ends_sentence(block) and not _ABBREVIATION_ENDS.search(block, len(block) - 5) and not block.isupper():
        return False
    if "。" in block:
        return False
    if "." not in block and "!" not in block and "?" not in block:
        return True
    return all(_abbreviates(block, match.start()) for match in _SENTENCE_INSIDE.finditer(block))


def _abbreviates(block: str, mark: int) -> bool:
    """Whether the word before `mark` is an abbreviation."""
    word = _WORD_BEFORE.search(block, max(0, mark - _LONGEST_WORD), mark)
    return word is not None and word[0].lower() in ABBREVIATIONS


def _ends_sentence(block: str) -> bool:
    """Whether `block` ends in a comma or the like, or in one full stop, quotes and brackets behind it."""
    if block.endswith((",", ";", ":")):
        return True
    inside = block.rstrip(_CLOSING)
    return inside.endswith(".") and not inside.endswith(("..", "…."))


def in_title_case(block: str) -> bool:
    """Capitals throughout, or at the head of most longer words."""
    if block.isupper():
        return True
    words = _LONGER_WORD.findall(block)
    return len(words) > 1 and len([word for word in words if not word[0].islower()]) >= 0.7 * len(words)


def stands_above(block: str, following: str, blank_line: bool) -> bool:
    """Whether `block` stands above what follows it, rather than running on into it.

    `following` is the next line; `blank_line` says that it is set off by an empty line or a gap.
    """
    if not following:
        return False
    first = following.lstrip("\"'“‘«([")[:1]
    if first.islower():
        return False
    if blank_line:
        return not _asks(block) or len(block) <= _PARAGRAPH
    if in_title_case(block):
        return True
    if len(following) > max(_PARAGRAPH, 1.3 * len(block)):
        return len(block) <= 1.5 * _PARAGRAPH
    return len(block) < _HARD_WRAP and len(following) > 1.3 * len(block)


def _asks(block: str) -> bool:
    return block.rstrip("\"'’”)").endswith(("?", "!"))


def from_lead(lead: str) -> str:
    """The first sentence of `lead` on one line, clipped at a word with "…"; never empty for text."""
    text = lead[:_LOOKED_AT].lstrip()
    first = text[: LEAD_LENGTH + 1]
    if not any(map(first.__contains__, _MAY_END)):  # a long sentence, as most leads are
        return _clipped(" ".join(text.split()))
    sentences = Sentences(text)
    end = sentences.span(0, 1)[1]
    while end < min(len(text), _SHORTEST_LEAD):  # "Yes." says nothing: take the next one too
        end = max(end + 1, sentences.span(end, end + 1)[1])
    return _clipped(" ".join(text[:end].split()) or " ".join(lead[:LEAD_LENGTH].split()))


def _clipped(sentence: str) -> str:
    """`sentence` in at most LEAD_LENGTH characters, cut at a word."""
    if len(sentence) <= LEAD_LENGTH:
        return sentence
    cut = sentence.rfind(" ", LEAD_LENGTH // 2, LEAD_LENGTH)
    return sentence[: cut if cut > 0 else LEAD_LENGTH - 1].rstrip(" ,;:-–—") + "…"
