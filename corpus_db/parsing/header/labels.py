"""Labelled fields: whether a label is meant as one, and how far its value goes.

What looks like a label may be a sentence ("Police: two held"), so one counts by its value, by the
labels beside it, or by how exactly it is spelt.
"""

from __future__ import annotations

import re

from corpus_db.parsing import title
from corpus_db.parsing.dates import date_value
from corpus_db.parsing.header.patterns import BARS, PUBLISHER_BARS, URL
from corpus_db.parsing.header.state import Head, line_end, skip_space
from corpus_db.parsing.labels import DATE_RANKS, Label, label_at

_CLOSING_TAG = re.compile(r"\s*</[\w -]{1,24}>$")
SHORT_VALUE = 80  # the longest value of a label that stands alone
# Fields that nearly every header has, and those whose value may stand on the next line.
_TELLING = frozenset({"title", "date", "body", "url", "external_id", "byline"})
_VALUE_MAY_FOLLOW = frozenset({"title", "date", "date_made", "byline", "publisher", "url", "external_id"})
# Labels that count behind a heading or another label where their value is short.
_COUNT_ALONE = frozenset({"publisher", "agency", "section", "language", "external_id", "ignored"})


def take_label(head: Head, start: int, end_of_line: int) -> bool:
    """A labelled field, if one begins at `start`; one for the body ends the header there."""
    text = head.text
    label = label_at(text, start, end_of_line)
    if label is None:
        return False
    value, end = _value(text, label, end_of_line)
    if not _is_meant(head, label, value, skip_space(text, end)):
        return False
    head.sure_labels = True
    head.header.labelled.append(label.field)
    if label.field == "body":
        head.evidence(label.value_start)
        head.position = -1
        return True
    head.keep(label.field, value, label.words)
    head.evidence(end)
    return True


def _value(text: str, label: Label, end_of_line: int) -> tuple[str, int]:
    """(value, where it ends) of a label: the rest of its line, a part of it before a bar, or the next line."""
    value = text[label.value_start : end_of_line].strip()
    if value[-1:] == ">":
        value = _CLOSING_TAG.sub("", value)  # "<DATE>2020-03-06</DATE>"
    bar = (BARS if label.field != "publisher" else PUBLISHER_BARS).search(value)
    if bar and label.field not in ("title", "ignored", "body"):  # "Source: Xinhua | 2020-05-01 | Editor: …"
        return value[: bar.start()], text.index(value, label.value_start) + bar.end()
    if value or label.field not in _VALUE_MAY_FOLLOW or text[end_of_line : end_of_line + 1] != "\n":
        return value, end_of_line
    begin = end_of_line + 1
    apart = (
        label.field in DATE_RANKS and text[begin : begin + 1] == "\n"
    )  # a date may stand below an empty line
    begin += apart
    end = line_end(text, begin)
    value = text[begin:end].strip()
    if len(value) > title.LONGEST_HEADING or label_at(text, begin, end) or (apart and not date_value(value)):
        return "", end_of_line
    return value, end


def _is_meant(head: Head, label: Label, value: str, following: int) -> bool:
    """Whether the label is meant as one: its value fits, or other labels stand beside it."""
    if head.headings and not head.sure_labels and label.field == "body":
        return label.exact and not value
    beside = head.sure_labels or _labels_beside(head, label, value, following)
    if not label.exact and not beside:
        return False
    if label.field in DATE_RANKS:
        return beside or date_value(value, head.hints) is not None
    if label.field == "url":
        return beside or bool(URL.match(value))
    if label.field in ("title", "byline", "external_id"):
        return beside or (label.field != "external_id" and bool(value or label.exact))
    return beside or (not value and label.exact)


def _labels_beside(head: Head, label: Label, value: str, following: int) -> bool:
    """Whether the next line has a label too, or this one may stand behind what the header has."""
    next_label = label_at(head.text, following, line_end(head.text, following))
    if next_label is not None and (label.exact or next_label.exact or _are_telling(label, next_label)):
        return True
    return (
        label.exact
        and len(value) <= SHORT_VALUE
        and bool(head.headings or head.header.labelled)
        and label.field in _COUNT_ALONE
    )


def _are_telling(first: Label, second: Label) -> bool:
    """Whether two misspelt labels in a row are both of the kind that every header has."""
    return first.field != second.field and {first.field, second.field} <= _TELLING
