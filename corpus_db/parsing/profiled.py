"""Texts whose layout a person described: the labels, the title's line and the order of dates of a profile.

The profile's own labels are looked for first, line by line, above the text and below it; what lies
between them is header too. The rest goes the way of every text (`header.read_header`), so that a
profile only has to say what is unusual. What an article lacks of what the profile expects is told:
that is how an export that changed its layout is noticed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus_db.models import Article, Profile
from corpus_db.parsing.dates import Date, date_value
from corpus_db.parsing.encoding import Decoded, decode
from corpus_db.parsing.header import BLOCKS, Header, read_header
from corpus_db.parsing.published import Stated

# So many lines without a label, or one so long, are the text itself.
_LINES_BETWEEN, _LONG_LINE = 3, 60
_TRAILING = 20
# What profiles call a field, where the header calls it otherwise.
_IN_HEADER = {"id": "external_id", "place": "dateline"}


class _Line(NamedTuple):
    start: int
    end: int
    field: str | None  # of the profile's label that it begins with
    value: str


def decoded(data: bytes, profile: Profile | None) -> Decoded:
    """The text of `data` in the profile's encoding, or as without one where it is not in that."""
    if profile is None or profile.encoding is None:
        return decode(data)
    try:
        text = data.decode(profile.encoding)
    except UnicodeDecodeError:
        found = decode(data)
        note = f"not {profile.encoding}, as {profile.name} says"
        return Decoded(found.text, f"{note}; {found.note}" if found.note else note)
    clean = decode(text.encode("utf-8"))  # line ends, byte order mark, NUL
    return Decoded(clean.text, clean.note)


def profiled_header(text: str, hints: Sequence[str], profile: Profile) -> tuple[Header, int]:
    """The header of `text` by the profile, and where the text ends before labels below it."""
    own = Header()
    start = 0
    between = 0
    for line in _lines(text, profile, BLOCKS):
        if line.field is None:
            between += 1
            if between > _LINES_BETWEEN or line.end - line.start > _LONG_LINE:
                break
            continue
        between = 0
        start = line.end
        if line.field == "body":
            start = line.end - len(line.value)
            break
        _keep(own, line, hints)
    below, end = _below(text, start, profile)
    for line in below:
        _keep(own, line, hints)
    number = int(profile.title.split()[1]) if profile.title and profile.title.startswith("line") else 0
    if number and own.title is None:
        start = max(start, _title_line(text, number, own, hints))
    rest = read_header(text[:end], hints, start, headings=profile.title is None and own.title is None)
    return _merged(own, rest, profile), end


def _merged(own: Header, rest: Header, profile: Profile) -> Header:
    """What the profile's labels say, and what else the header says."""
    rest.values = {**rest.values, **own.values}
    rest.labelled = own.labelled + rest.labelled
    rest.dates = [in_order(stated, profile.date_order) for stated in (*own.dates, *rest.dates)]
    if own.title is not None:
        rest.title, rest.title_is_labelled = own.title, own.title_is_labelled
    elif profile.title is not None and not rest.title_is_labelled:
        rest.title = None
    return rest


def _keep(header: Header, line: _Line, hints: Sequence[str]) -> None:
    assert line.field is not None
    header.labelled.append(line.field)
    if not line.value:
        return
    if line.field == "date":
        found = date_value(line.value, hints)
        if found:
            header.dates.append(Stated(found, "", 0))
    elif line.field == "title":
        if header.title is None:
            header.title, header.title_is_labelled = " ".join(line.value.split()), True
    elif line.field != "ignored":
        header.values.setdefault(_IN_HEADER.get(line.field, line.field), line.value)


def _title_line(text: str, number: int, own: Header, hints: Sequence[str]) -> int:
    """Takes the line of that number that is not blank as the title; gives its end, 0 where there is none."""
    position = 0
    for _ in range(number):
        while position < len(text) and text[position].isspace():
            position += 1
        start, position = position, _line_end(text, position)
    title = " ".join(text[start:position].split())
    if not title:
        return 0
    own.title = title
    above = read_header(text[:start], hints, headings=False)
    own.dates += above.dates
    own.values = {**above.values, **own.values}
    own.labelled += above.labelled
    return position


def _lines(text: str, profile: Profile, most: int) -> Iterator[_Line]:
    """The first lines that are not blank."""
    position = 0
    while most and position < len(text):
        end = _line_end(text, position)
        if text[position:end].strip():
            most -= 1
            yield _labelled(text, position, end, profile)
        position = end + 1


def _below(text: str, start: int, profile: Profile) -> tuple[list[_Line], int]:
    """The labelled lines that end the text, and where it ends before them."""
    end = len(text)
    found: list[_Line] = []
    for _ in range(_TRAILING if profile.labels else 0):
        stripped = len(text[:end].rstrip())
        line_start = text.rfind("\n", 0, stripped) + 1
        if line_start <= start:
            break
        line = _labelled(text, line_start, stripped, profile)
        if line.field is None or line.field == "body":
            break
        found.append(line)
        end = line_start
    return found[::-1], end


def _labelled(text: str, start: int, end: int, profile: Profile) -> _Line:
    if not profile.labels:
        return _Line(start, end, None, "")
    pattern, fields = _own(profile.labels)
    match = pattern.match(text, start, end)
    if match is None:
        return _Line(start, end, None, "")
    return _Line(start, end, fields[_folded(match["label"])], text[match.end() : end].strip())


@lru_cache(maxsize=32)
def _own(labels: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern for a line that begins with one of the labels, and the field of each.

    Behind a label stands a colon, an equals sign, a tab, two spaces or the line's end; nothing of it
    behind one that ends in a mark of its own ("@title", "[TI]", "Titel:").
    """
    fields = {_folded(label): field for label, field in labels}
    words = "|".join(
        r"\s+".join(map(re.escape, label.split()))
        for label in sorted(fields, key=lambda label: (-len(label), label))
    )
    behind = r"[ \t]*[:：=][ \t]*|[ \t]*\t[ \t]*|[ \t]{2,}|[ \t]*$|(?<=[^\w\s])[ \t]*"
    return re.compile(rf"[ \t]*(?P<label>{words})(?:{behind})", re.IGNORECASE), fields


def _folded(label: str) -> str:
    return " ".join(label.lower().split())


def _line_end(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def in_order(stated: Stated, order: str | None) -> Stated:
    """A date in numbers alone, read in the order that the profile states."""
    date: Date = stated.date
    if order is None or date.readings is None:
        return stated
    month_first, day_first = date.readings
    value = month_first if order == "month first" else day_first
    if value is None:
        return stated
    return stated._replace(
        date=date._replace(value=value, order="month first" if order == "month first" else "day first")
    )


def defaulted(article: Article, profile: Profile) -> Article:
    """The article with the profile's values for what it does not say."""
    values = {field: value for field, value in profile.defaults if not getattr(article, field)}
    return article._replace(**values) if values else article  # type: ignore[arg-type]  # fields of one type


def stated_by(header: Header, profile: Profile) -> set[str]:
    """The fields that a header states, by their names in profiles; a title where the profile looks for it."""
    in_profiles = {name: field for field, name in _IN_HEADER.items()}
    found = {in_profiles.get(name, name) for name in (*header.labelled, *header.values)}
    found.discard("title")
    if header.title is not None and (header.title_is_labelled or profile.title is not None):
        found.add("title")
    if header.dates:
        found.add("date")
    return found


def completed(header: Header, beside: Mapping[str, str], text: str, hints: Sequence[str]) -> Header:
    """The header with what files beside the text say: the title, where no label gives one, and the rest."""
    title = beside.get("title", "").strip()
    if title and not header.title_is_labelled:
        if header.title is not None and header.title.split() != title.split():
            header = read_header(text, hints, headings=False)  # that line is text: the title stands elsewhere
        header.title, header.title_is_labelled = " ".join(title.split()), True
    for name, value in beside.items():
        if name == "date" or name.startswith("date:"):
            found = date_value(value, hints)
            if found:
                header.dates.append(Stated(found, name[5:], 3 if name[5:] else 0))
        elif name not in ("title", "remark", "body"):
            header.values.setdefault(_IN_HEADER.get(name, name), value)
    return header


def mismatch(profile: Profile, stated: Collection[str], text: str, missing: str | None) -> str | None:
    """How an article does not match the profile, None where it does.

    `stated` are the fields that it states; `missing` the columns that its record lacks.
    """
    wrong = [f"no {field}" for field in profile.expect if field not in stated]
    if missing and (profile.tables_only or wrong):
        wrong = [f"no {missing}"]
    repeated = _repeated(text, profile) if text and profile.labels else ""
    if repeated:
        wrong.append(repeated)
    return f"does not match {profile.name}: {', '.join(wrong)}" if wrong else None


def _repeated(text: str, profile: Profile) -> str:
    """Whether the label of titles (or dates) comes again: several articles that nothing separated."""
    for field in ("title", "date", "body"):
        labels = tuple(pair for pair in profile.labels if pair[1] == field)
        if labels:
            pattern, _ = _own(labels)
            count = sum(pattern.match(line) is not None for line in text.split("\n"))
            return f"{field} {count} times in one article: does the separator still fit?" if count > 1 else ""
    return ""
