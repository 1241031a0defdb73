"""Source document to article: encoding, header, dates, dateline, furniture. Pure.

`parse` understands one document; `find_dateline` is offered on its own, because `annotate` needs
the dateline of a text that nobody imported.
"""

from corpus_db.parsing.article import parse
from corpus_db.parsing.dateline import Dateline, find_dateline

__all__ = ["Dateline", "find_dateline", "parse"]
