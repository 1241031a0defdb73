"""Dates in running English: "on Tuesday", "last week", "June 5", "in March", "in 2019". Pure.

`expressions` finds the words, `tense` tells whether their clause speaks of what was or of what will
be, `resolution` counts from the day of the dateline or of publication to a date, or to none. What
wire stories mean by their words is a convention, and narrow enough for rules:

* A weekday alone is one of the seven days up to the anchor where the clause is past ("said on
  Tuesday", the anchor's own weekday is the anchor), one of the seven from it on where it is future
  ("will meet on Tuesday"). Where neither is plain it is nothing, unless it is the anchor's weekday.
* A day without its year, or a month alone, is the nearest of its name on the side that the tense
  says; with a weekday beside it, the year in which both agree.
* "Last", "this" and "next" with a week, month or year are calendar units; with a weekday they count
  where both ways of counting agree ("next Monday", said on a Friday), and else nothing is said.
* A year stated is believed, whatever surrounds it.

General date parsers were looked at (dateparser, parsedatetime): they fill in what is missing from the
clock, do not look at the verb, take "may" and "sun" for dates, and cost a hundred times as much.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from corpus_db.models import DateSpan, Field, Text
from corpus_db.recognition.dates.expressions import expressions
from corpus_db.recognition.dates.resolution import Anchor, anchor_of, resolve
from corpus_db.recognition.dates.tense import tense_at

__all__ = ["find"]

DATELINE_RULE = "dateline"


def find(text: Text) -> tuple[DateSpan, ...]:
    """The dates of an article in order, the title's first; `value` None where it is not clear which is meant."""
    anchor = anchor_of(text.dateline_date, text.published)
    found = list(_in_field("title", text.title, anchor)) if text.title else []
    for span in _in_field("body", text.body, anchor):
        if text.dateline and text.dateline[0] <= span.start and span.end <= text.dateline[1]:
            value = text.dateline_date or span.value
            span = span._replace(value=value, rule=DATELINE_RULE, anchor=span.anchor and "published")
        found.append(span)
    return tuple(found)


def _in_field(field: Field, text: str, anchor: Anchor | None) -> Iterator[DateSpan]:
    for found in expressions(text):
        value, counted, rule = resolve(
            found, anchor, partial(tense_at, text, found.start, found.end, field == "title")
        )
        words = text[found.start : found.end]
        yield DateSpan(
            field, found.start, found.end, words, value, found.unit,
            anchor.name if counted and anchor is not None else None, rule,
        )  # fmt: skip
