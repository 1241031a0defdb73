"""Dates in running English: "on Tuesday", "last week", "June 5", "in March", "in 2019". Pure.

`places` tells where to look, `expressions` reads the words there, `tense` tells whether their clause speaks
of what was or of what will be, `resolution` counts from the day of the dateline or of publication to a
date, or to none. What wire stories mean by their words is a convention, and narrow enough for rules:

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

from collections.abc import Sequence
from functools import partial

from corpus_db.models import DateSpan, Field, Text
from corpus_db.recognition.dates.expressions import expressions
from corpus_db.recognition.dates.places import Place, places
from corpus_db.recognition.dates.resolution import anchor_of, resolve
from corpus_db.recognition.dates.tense import tense_at

__all__ = ["find", "find_all"]

DATELINE_RULE = "dateline"
_new = tuple.__new__


def find(text: Text) -> tuple[DateSpan, ...]:
    """The dates of an article in order, the title's first; `value` None where it is not clear which is meant."""
    return find_all([text])[0]


def find_all(batch: Sequence[Text]) -> list[tuple[DateSpan, ...]]:
    """The same for several articles, which is faster for each."""
    found = iter(places([content for text in batch for content in (text.title or "", text.body)]))
    return [(*_in_title(text, next(found)), *_in_body(text, next(found))) for text in batch]


def _in_title(text: Text, where: Sequence[Place]) -> list[DateSpan]:
    return _in_field("title", text.title, text, where) if text.title and where else []


def _in_body(text: Text, where: Sequence[Place]) -> list[DateSpan]:
    """The dates of the body; that of its dateline is the one that parsing read there."""
    found = _in_field("body", text.body, text, where) if where else []
    if text.dateline:
        low, high = text.dateline
        for number, span in enumerate(found):
            if low <= span.start and span.end <= high:
                value = text.dateline_date or span.value
                found[number] = span._replace(
                    value=value, rule=DATELINE_RULE, anchor=span.anchor and "published"
                )
    return found


def _in_field(field: Field, content: str, text: Text, where: Sequence[Place]) -> list[DateSpan]:
    anchor = anchor_of(text.dateline_date, text.published)
    name = None if anchor is None else anchor.name
    result = []
    for found in expressions(content, where):
        start, end = found.start, found.end
        tense = partial(tense_at, content, start, end, field == "title")
        value, counted, rule = resolve(found, anchor, tense)
        words = content[start:end]
        counted_from = name if counted else None
        # Sooner than the class's own way of making one.
        result.append(_new(DateSpan, (field, start, end, words, value, found.unit, counted_from, rule)))
    return result
