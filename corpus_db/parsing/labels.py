"""Labels: "Title : …", "Ariticle :", "[DATE] …", in any wording, order and spelling.

A label is known from `data/parsing/labels.toml`. One that is almost spelt like a longer known one
counts as well, but only next to labels that are known: otherwise "Police: two held" would soon be
a place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus_db.parsing.dates import WORDS_IN_FRONT
from corpus_db.parsing.tables import load

# Longest label, how near the mark behind it stands, and from which length on how many letters may be wrong.
LENGTH = 24
WITHIN = LENGTH + 12
_TYPOS = ((7, 2), (5, 1))

_FIELD_OF: dict[str, str] = {
    label: field for field, labels in load("labels")["labels"].items() for label in labels
}
_LINE = re.compile(
    r"[\s*#>\[<_-]{0,6}(?P<label>[^\W\d_](?:[\w()/'.-]|\x20(?!\x20)){0,23}?)[\]>*_]{0,4}\x20{0,8}(?::(?!//)|：|\t)(?:\*\*|__)?"
)
_BRACKETED = re.compile(r"\s{0,4}[\[<](?P<label>[^\W\d_][\w /-]{1,22})[\]>]\x20*")
_DATE_WORDS = sorted(
    (label for label, field in _FIELD_OF.items() if field == "date" and len(label) > 3), key=len, reverse=True
)
_BARE_DATE = re.compile(
    rf"(?:{'|'.join(re.escape(word) for word in _DATE_WORDS)})\b[\s:=-]{{1,4}}", re.IGNORECASE
)


# What a line may begin with that gives a date: a weekday, a month, a label's first word.
FIRST_WORDS = WORDS_IN_FRONT | frozenset(word.split()[0].strip("/") for word in _DATE_WORDS)


class Label(NamedTuple):
    """A label at the head of a line: its field, where its value begins, and how sure that is."""

    field: str
    value_start: int
    exact: bool
    words: str  # the label itself, in lower case


# How far a date behind a label of each kind is trusted: see parsing.published.
DATE_RANKS = {"date": 0, "date_made": 1, "date_changed": 2, "date_copied": 3}


def field_of(words: str) -> str | None:
    """The field of a known label, None for other words."""
    return _FIELD_OF.get(words)


def label_at(text: str, position: int, end: int) -> Label | None:
    """The label that the line text[position:end] begins with, None when it begins with none."""
    colon = text.find(":", position, min(end, position + WITHIN))
    first = text[position : position + 1]
    if (
        colon < 0
        and first not in "[<"
        and text.find("\t", position, position + LENGTH) < 0
        and text.find("：", position, end) < 0
    ):
        return None
    match = _LINE.match(text, position, end) or _BRACKETED.match(text, position, end)
    if match is None:
        return None
    name = " ".join(match["label"].lower().split())
    field = _FIELD_OF.get(name)
    if field:
        return Label(field, match.end(), True, name)
    similar = _similar(name)
    return Label(similar, match.end(), False, name) if similar else None


def bare_date_word(text: str, position: int) -> int:
    """Behind a date's label that stands without a colon ("date 2020-06-17"), else `position`."""
    match = _BARE_DATE.match(text, position)
    return match.end() if match else position


@lru_cache(maxsize=4096)
def _similar(name: str) -> str | None:
    """The field of the known label that `name` is a misspelling of."""
    allowed = next((typos for length, typos in _TYPOS if len(name) >= length), 0)
    best: tuple[int, str] | None = None
    letters = set(name)
    for label, field in _FIELD_OF.items():
        if allowed and len(label) >= 4 and abs(len(label) - len(name)) <= allowed and label[0] == name[0]:
            if len(letters.difference(label)) > allowed:  # each of them is a typo of its own
                continue
            distance = _typos(name, label)
            if distance <= allowed and (best is None or distance < best[0]):
                best = (distance, field)
    return best[1] if best else None


def _typos(first: str, second: str) -> int:
    """Letters left out, put in, changed or swapped between two words (optimal string alignment)."""
    before, row = [0] * (len(second) + 1), list(range(len(second) + 1))
    for i, letter in enumerate(first, 1):
        older, before, row = before, row, [i, *([0] * len(second))]
        for j, other in enumerate(second, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                row[j] = min(row[j], older[j - 2] + 1)
    return row[-1]
