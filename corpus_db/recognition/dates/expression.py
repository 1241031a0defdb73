"""A date in words as it was read, and the words right before it that every kind of date asks about. Pure."""

from __future__ import annotations

from typing import NamedTuple

from corpus_db.data import table
from corpus_db.models import DatePrecision

_TABLE = table("dates")
WEEKDAYS: dict[str, int] = dict(_TABLE["weekdays"])
WEEKDAY_NAME = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
OFFSETS = {"last": -1, "this": 0, "next": 1}
EVENT = "event"  # the modifier of a day that names what happened on it
MODIFIERS = frozenset(
    (
        "last",
        "next",
        "this",
        "past",
        "coming",
        "early",
        "late",
        "mid",
        "Last",
        "Next",
        "This",
        "Early",
        "Late",
    )
)
OF_TIME = frozenset(_TABLE["parts_of_time"]["names"])
PHRASE_LOOK_BACK = 34  # characters that the words before a date which belong to it may take
LOOK_BACK = 18  # characters that a word before a date may take


class Expression(NamedTuple):
    """A date in words at [start, end), and what they name; `unit` is their precision."""

    start: int
    end: int
    unit: DatePrecision
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # Monday is 0
    offset: int | None = None  # units from the anchor: -1 for "yesterday", "last week"; years beside a month
    modifier: str = ""  # last, this, next, past, coming, or the preposition until, since, by


def word_before(text: str, at: int) -> str:
    """The word before a place, with the marks that stick to it; "" at the beginning or behind a line break."""
    words = text[max(0, at - LOOK_BACK) : at].split(" ")
    return words[-2] if len(words) > 1 and not words[-1] else words[-1] if words[-1].endswith("-") else ""


def is_letter(text: str, at: int) -> bool:
    """Whether a letter or a figure stands at a place."""
    return 0 <= at < len(text) and text[at].isalnum()


def preposition_before(text: str, start: int) -> str:
    """The preposition before a date, in small letters, also over an article; "" where there is none."""
    word = word_before(text, start)
    if word == "the":
        word = word_before(text, start - 4)
    return word.lower().rstrip("-") if word.rstrip("-").isalpha() else ""
