"""Whether the words around a date speak of what was or of what will be. Pure.

The nearest verb to the left inside the clause decides ("said on Tuesday", "will meet on Tuesday",
"scheduled for Tuesday"); where there is none, the nearest to the right ("The Senate on Tuesday
approved"); then the rest of the sentence in the same order. No parser: a list of the verbs that news
uses irregularly, "-ed", the modals, and the words that announce. A participle is looked through to
its auxiliary ("will be released", "has been told"), an infinitive to the verb that governs it
("expected to meet": future; "flew to Lima to meet": past).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from corpus_db.data import table

Tense = Literal["past", "future"]

_WORDS = table("dates")["tense"]
_MODALS = frozenset(_WORDS["modals"])
_ANNOUNCING = frozenset(_WORDS["announcing"])
_WITH_TO = frozenset(_WORDS["announcing_with_to"])
_PAST = frozenset(_WORDS["past"])
_NOT_PAST = frozenset(_WORDS["not_past"])
_PRESENT = frozenset(_WORDS["present"])
_BE = frozenset(_WORDS["be_present"])
_BOUNDARIES = frozenset(_WORDS["boundaries"])
_NO_INFINITIVE = frozenset(_WORDS["no_infinitive"])
_GOING = frozenset(_WORDS["going"])
_FUTURE_BEFORE = re.compile(
    # Not "by the": "destroyed by the December floods".
    rf"\b(?:{'|'.join(_WORDS['future_prepositions'])})\s(?:(?<!\bby\s)the\s|next\s)?\Z",
    re.IGNORECASE,
)
_PAST_BEFORE = re.compile(
    rf"\b(?:{'|'.join(_WORDS['past_prepositions'])})\s(?:the\s|last\s)?$", re.IGNORECASE
)

# A capital makes the preposition the first word of its sentence, also where the full stop got lost.
_BEGINS = re.compile(
    r"(?:^|\s)(?:In|On|By|Since|During|At|From|Until|Late|Early|Earlier|Later)\s(?:on\s|in\s)?(?:the\s)?\Z"
)

# How far a sentence is followed, and what ends it: a line break, or closing punctuation before a capital.
_WINDOW = 200
_PREPOSITION_LENGTH = 24
# Both begin with a set of characters, and look back afterwards: that is searched for ten times as fast.
_SENTENCE_END = re.compile(r"[\n.!?](?:(?<=\n)|(?<![A-Z][a-z].)(?<!\b[A-Z].)['\"”’)]*\s+(?=[\"“'(A-Z]))")
_TOKEN = re.compile(r"\w+(?:-\w+)*(?:(?<=\wn)['’]t\b)?|['’](?:ll|s|re|ve|d)\b|[,;:()\"“”—–]|--")
_CUTS = frozenset(',;:()"“”—–') | {"--"}


def tense_at(text: str, start: int, end: int, headline: bool = False) -> Tense | None:
    """The tense of the clause around text[start:end]; None where it is not plain.

    In a headline an infinitive without another verb is the future: "Talks to resume on Thursday".
    """
    left = _left(text, start)
    if _PAST_BEFORE.search(left, len(left) - _PREPOSITION_LENGTH):
        return "past"
    if _FUTURE_BEFORE.search(left, len(left) - _PREPOSITION_LENGTH):
        return "future"
    before = _TOKEN.findall(left)
    found = _from_the_end(_clause(before[::-1])[::-1])
    if found is None:
        after = _TOKEN.findall(_right(text, end))
        found = _from_the_start(_clause(after)) or _from_the_end(before) or _from_the_start(after)
    if found == "open":
        return "future" if headline and "to" in before else None
    return found


def _left(text: str, start: int) -> str:
    """What stands before a place in the same sentence."""
    left = text[max(0, start - _WINDOW) : start]
    if _BEGINS.search(left, len(left) - _PREPOSITION_LENGTH):
        return ""
    begins = 0
    for match in _SENTENCE_END.finditer(left):
        begins = match.end()
    return left[begins:]


def _right(text: str, end: int) -> str:
    """What stands behind a place in the same sentence."""
    right = text[end : end + _WINDOW]
    stop = _SENTENCE_END.search(right)
    return right[: stop.start()] if stop else right


def _clause(words: Sequence[str]) -> list[str]:
    """The words up to the first mark or conjunction."""
    taken = []
    for word in words:
        if word in _CUTS or word in _BOUNDARIES:
            break
        taken.append(word)
    return taken


Found = Literal["past", "future", "open"]


def _from_the_end(words: Sequence[str]) -> Found | None:
    """The tense of the last verb of some words; "open": there is one, and it does not tell."""
    for at in range(len(words) - 1, -1, -1):
        found = _verb_at(words, at)
        if found is not None:
            return found
    return None


def _from_the_start(words: Sequence[str]) -> Found | None:
    """The tense of the first verb of some words."""
    for at in range(len(words)):
        found = _verb_at(words, at, forwards=True)
        if found is not None:
            return found
    return None


def _verb_at(words: Sequence[str], at: int, forwards: bool = False) -> Found | None:
    """What the word at a place says of the time; None where it is no verb that tells."""
    word = words[at]
    if word in _MODALS:
        return "future"
    if word in _ANNOUNCING and (word not in _WITH_TO or _has_infinitive(words, at)):
        # "On Tuesday they agreed to meet": that is when they agreed.
        return "past" if forwards and word in _WITH_TO and word.endswith("ed") else "future"
    if word == "set" and words[at + 1 : at + 2] in (["to"], ["for"]):
        return "future"
    if word == "to" and at + 1 < len(words) and not forwards:
        return _governor(words, at)
    if word in _PRESENT:
        return "future"
    if word in _BE or word == "being":
        return _of_be(words, at)
    if word in _PAST or (word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST):
        return _through_auxiliaries(words, at)
    return None


def _of_be(words: Sequence[str], at: int) -> Found | None:
    """ "Is meeting", "are to meet", "is on Tuesday": what is ahead; the genitive 's tells nothing."""
    if words[at] in ("'s", "’s"):
        return None
    return "future"


def _through_auxiliaries(words: Sequence[str], at: int) -> Found | None:
    """The tense of a participle or past form, by the auxiliaries before it."""
    place = at - 1
    while place >= 0 and (
        words[place].endswith("ly") or words[place] in ("not", "also", "been", "be", "then", "only")
    ):
        if words[place] == "been":
            return "past"
        if words[place] == "be":
            before = words[place - 1] if place else ""
            if before == "to":
                return _governor(words, place - 1)
            return "future" if before in _MODALS or before in ("not",) else "open"
        place -= 1
    if place >= 0 and words[place] in _BE:
        # "is expected", "are held": a state of now; "was", "were" are past.
        return "future" if words[place] not in ("'s", "’s") else "past"
    return "past"


def _governor(words: Sequence[str], at: int) -> Found | None:
    """The tense of an infinitive whose "to" stands at a place, by the verb before it."""
    following = words[at + 1] if at + 1 < len(words) else ""
    if not _may_be_infinitive(following):
        return None  # a preposition
    for place in range(at - 1, -1, -1):
        word = words[place]
        if word in _MODALS or word in _ANNOUNCING or word in _BE - {"'s", "’s"}:
            return "future"
        if word in ("was", "were") and place == at - 1:
            return "future"  # "was to meet"
        if word in _GOING:
            return "past"
        if word in _PAST or (word.endswith("ed") and word not in _NOT_PAST and len(word) > 4):
            return "open"
    return "open"


def _has_infinitive(words: Sequence[str], at: int) -> bool:
    """Whether an infinitive follows soon: "agreed to meet", not "agreed to on Tuesday"."""
    return any(
        words[place] == "to" and (place + 1 == len(words) or _may_be_infinitive(words[place + 1]))
        for place in range(at + 1, min(at + 4, len(words)))
    )


def _may_be_infinitive(word: str) -> bool:
    """Not a name, a number, an article, a plural."""
    return (
        word.isalpha()
        and word.islower()
        and word not in _NO_INFINITIVE
        and (word[-1] != "s" or word[-2:] == "ss")
    )
