"""Europresse exports as HTML: one element <article> a document, its parts named by their classes.

    <article><header> span.DocPublicationName, span.DocHeader (section, date, pages),
    p.titreArticleVisu (headline), author behind it </header>
    <section> div.docOcurrContainer or div.DocText (text) </section>
    <footer> © …, "news·20210304·LE·106702" (number) </footer></article>

The issue's number, which can stand behind the publication's name, is left out of it. The text and PDF
exports name none of the parts and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_db.readers.exports.layout import Layout
from corpus_db.readers.exports.lines import CUT, Cut, Line, cuts_at

_PUBLICATION = "DocPublicationName"
_HEADER = "DocHeader"
_TITLES = frozenset({"titreArticleVisu", "TitreArticleVisu", "rdp__articletitle"})
_TEXTS = frozenset({"docOcurrContainer", "DocText"})
_AUTHORS = frozenset({"docAuthors", "sm-margin-bottomNews"})
_ISSUE = re.compile(r",?\s+(?:no\.?|n°|nº)\s*\S+.*$", re.IGNORECASE)
_DATE = re.compile(
    r"\d{1,2}(?:er)?\s[^\W\d_]{3,10}\s\d{4}|[^\W\d_]{3,10}\s\d{1,2},\s\d{4}|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}"
)
_NUMBER = re.compile(r"\bnews[·.]\d{8}[·.][\w-]+[·.][\w-]+")
_NAME_LENGTH = 90


def _recognises(lines: Sequence[Line]) -> bool:
    return any(line.kind == CUT for line in lines) and any(
        _PUBLICATION in line.kind.split() for line in lines
    )


def _cut(lines: Sequence[Line]) -> list[Cut]:
    begins = [index for index, line in enumerate(lines) if line.kind == CUT]
    return cuts_at(lines, begins, "article", _article)


def _article(lines: Sequence[Line]) -> dict[str, str]:
    values: dict[str, list[str]] = {"title": [], "body": [], "publisher": [], "header": [], "byline": []}
    titled = False
    for line in lines:
        kinds = set(line.kind.split())
        if kinds & _TEXTS:
            values["body"].append(line.text)
        elif kinds & _TITLES:
            values["title"].append(line.text)
            titled = True
        elif _PUBLICATION in kinds:
            values["publisher"].append(line.text)
        elif _HEADER in kinds:
            values["header"].append(line.text)
        elif len(line.text) < _NAME_LENGTH and (
            kinds & _AUTHORS or (titled and not values["byline"] and "header" in kinds)
        ):
            values["byline"].append(line.text)
    header = ", ".join(values["header"])
    date = _DATE.search(header)
    number = next((found[0] for line in lines if (found := _NUMBER.search(line.text))), "")
    fields = {
        "title": " ".join(values["title"]),
        "body": "\n\n".join(values["body"]),
        "publisher": _ISSUE.sub("", " ".join(values["publisher"])),
        "date": date[0] if date else "",
        "byline": "; ".join(values["byline"][:3]),
        "section": _section(header[: date.start()]) if date else "",
        "id": number,
    }
    return {name: value for name, value in fields.items() if value or name == "body"}


def _section(before_date: str) -> str:
    """What stands before the date and its weekday: "Politique, jeudi "."""
    return before_date.rpartition(",")[0].strip()


LAYOUT = Layout(
    "europresse",
    _recognises,
    _cut,
    (re.compile(rb"DocPublicationName"),),
    re.compile(r"<article\b"),
    frozenset((_PUBLICATION, _HEADER, *_TITLES)),
)
