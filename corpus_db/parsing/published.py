"""When an article was published: the most trusted of all dates that its document gives.

The order of trust: what the header states, the transmission stamp of a wire, a dateline
with its year, the day in the web address, a header's date of its last change, the file name. A
label outranks all of them because somebody wrote it to be read; a stamp is exact; a file name is
wrong in about one of nine files of a large collection, and still better than nothing. Dates that
only say when a copy was made (load date, retrieved, crawled) are never taken.

No date is thrown away: those that differ from the chosen one are kept in the order of trust as
`other_dates` of the article's metadata, each with its origin and its label, and the view
`article_dates` shows them. A dateline's own date has a column of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus_db.models import DateReadings
from corpus_db.parsing.dateline import Located
from corpus_db.parsing.dates import Date, nearest_reading
from corpus_db.parsing.stamps import from_trailer, from_url

_NUMBER = re.compile(r"\d+")
# What every transmission stamp holds: "98-08-07 ", "131137 ". A single digit first: the engine looks for it alone.
_MAY_BE_STAMP = re.compile(r"[0-9][0-9](?:-[0-9]{2}-[0-9]{2}|[0-9]{4})\s")


class Stated(NamedTuple):
    """A date that the header states: the label before it, and how far it is trusted.

    `rank` 0: publication; 1: creation, issue, release; 2: last change; 3: when a copy was made.
    """

    date: Date
    label: str
    rank: int


@dataclass(slots=True)
class Published:
    """The chosen date and its origin, its readings where it is in numbers alone, and the rivals."""

    value: str | None
    origin: str | None
    readings: DateReadings | None
    others: list[dict[str, str]]


def choose(
    stated: Sequence[Stated],
    tail: str,
    dateline: Located | None,
    url: str | None,
    named_date: str | None,
    reader: str,
) -> Published:
    """The publication date. `tail` is the end of the document, `named_date` that of its file name."""
    stamp = from_trailer(tail) if _MAY_BE_STAMP.search(tail) else None
    if not stated and not url and stamp is None:  # most texts
        return _unstated(dateline, named_date)
    ranked = sorted(stated, key=_rank) if len(stated) > 1 else stated
    found: list[tuple[str, str, str]] = []  # value, origin, label
    copies: list[tuple[str, str, str]] = []
    changed: list[tuple[str, str, str]] = []
    readings = None
    from_address = from_url(url) if url else None
    for number, (date, label, rank) in enumerate(ranked):
        if date.readings and not date.order:
            rivals = (other.date.value for other in ranked if not other.date.readings)
            date = _settled(date, dateline, (from_address, stamp.value if stamp else None, *rivals))
        entry = (date.value, "header", label)
        if rank < 2:
            if number == 0 and date.readings:
                readings = DateReadings(
                    date.printed, _layout(reader, label, date.printed), *date.readings, date.order
                )
            found.append(entry)
        else:
            (changed if rank == 2 else copies).append(entry)
    if stamp:
        found.append((stamp.value, "trailer", ""))
    dated = dateline.day(None) if dateline else None
    if dated:
        found.append((dated, "dateline", ""))
    if from_address:
        found.append((from_address, "url", ""))
    found += changed
    if named_date:
        found.append((named_date, "filename", ""))
    if not found:
        return Published(None, None, None, _rivals("", copies) if copies else [])
    value, origin, _ = found[0]
    others = _rivals(value, found[1:] + copies) if len(found) > 1 or copies else []
    return Published(value, origin, readings if origin == "header" else None, others)


def _unstated(dateline: Located | None, named_date: str | None) -> Published:
    """The date of a text that states none but a dateline's day or its file name's."""
    dated = dateline.day(None) if dateline else None
    if dated is None:
        return Published(named_date, "filename" if named_date else None, None, [])
    named = [(named_date, "filename", "")] if named_date else []
    return Published(dated, "dateline", None, _rivals(dated, named))


def _rank(stated: Stated) -> int:
    return stated.rank


def _settled(date: Date, dateline: Located | None, others: Sequence[str | None]) -> Date:
    """A date with two readings, next to the dateline's day, the web address's and the wire's."""
    if dateline is not None and dateline.month_day_year is not None:
        month, day, year = dateline.month_day_year
        date = nearest_reading(date, f"{year or int(date.value[:4]):04}-{month:02}-{day:02}")
    for other in others:
        if other and not date.order:
            date = nearest_reading(date, other)
    return date


def _layout(reader: str, label: str, printed: str) -> str:
    return f"{reader} {label or '-'} {_NUMBER.sub('#', printed)}"


def _rivals(value: str, found: Sequence[tuple[str, str, str]]) -> list[dict[str, str]]:
    """Those that say something else than `value`, each once, in their order."""
    rivals: list[dict[str, str]] = []
    seen = {value}
    for other, origin, label in found:
        if other in seen or value.startswith(other) or (origin == "dateline" and value[:10] == other):
            continue
        seen.add(other)
        if origin == "dateline":
            continue  # the column dateline_date has it
        rivals.append({"value": other, "origin": origin, **({"label": label} if label else {})})
    return rivals


def as_metadata(
    others: Sequence[dict[str, str]],
    credit_lines: Sequence[str] = (),
    truncated: int | None = None,
    keywords: str = "",
) -> str | None:
    """What is kept in the column `metadata`; None where there is nothing to keep.

    `truncated` is how many characters the source says it left out, 0 where it does not say how many;
    `keywords` are its tags or topics, separated by ";" or ",".
    """
    if not others and not credit_lines and truncated is None and not keywords:
        return None
    words = [word for part in keywords.split(";" if ";" in keywords else ",") if (word := part.strip())]
    kept: dict[str, object] = {"other_dates": list(others), "credits": list(credit_lines), "keywords": words}
    kept = {name: value for name, value in kept.items() if value}
    if truncated is not None:
        kept["truncated"] = truncated
    return json.dumps(kept, ensure_ascii=False)
