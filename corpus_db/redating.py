"""Dates in words, counted anew where the corpus has settled an article's date of publication.

"03/04/2020" stays the year 2020 until the other articles of the collection tell which number is the
month (store.date_readings). What the article calls "on Tuesday" was left open until then, or was
counted from the other reading. Where the words stand does not change, only what they come to.
"""

from __future__ import annotations

import sqlite3

from corpus_db.models import Text
from corpus_db.recognition import dates
from corpus_db.store import date_readings
from corpus_db.store.date_readings import Redated


def renew(connection: sqlite3.Connection) -> None:
    """Resolve the dates of all articles whose publication date was changed; runs in a transaction."""
    for article in list(date_readings.redated(connection)):
        date_readings.put_dates(connection, article.id, dates.find(_text_of(article)))


def _text_of(article: Redated) -> Text:
    span = None
    if article.dateline and (start := article.body.find(article.dateline)) >= 0:
        span = (start, start + len(article.dateline))
    return Text(article.title, article.body, span, article.dateline_date, article.published)
