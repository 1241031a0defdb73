"""What the columns of a table hold: told by their names, and where those say nothing by what is in them.

    layout = tell(sample)          # sample: the first bytes of the file, decoded
    layout.names                   # ["date", "title", None, "body"]: a field for each column
    layout.dialect, layout.header  # how it is quoted, and whether the first row names the columns
    layout.told                    # "columns told by their content: 1 date, 2 title, 4 body", or ""

Names win: a first row that names a column of text is believed. Without one each column is looked
at in up to ROWS rows (`dialects`): addresses and dates know themselves, the longest running text is the body,
the next longest that differs from row to row the title. A body must be told without doubt: where
no column is clearly the text, nothing is guessed and `problem` says so in one line. How cells are
separated and quoted is told in `dialects`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from corpus_db.readers.records.dialects import (
    DELIMITERS,
    Dialect,
    dialect_of,
    dialect_with,
    quote_of,
    sample_rows,
)
from corpus_db.readers.records.field_names import field_of

NAMES_SHOWN = 8
LONGEST_NAME = 40
TEXT_FIELDS = frozenset({"body", "summary", "html", "paragraphs"})

# Of a column's filled cells, at least this share must be of a kind.
_MOST = 0.8
# Running text: at least so long in the middle, and so much longer than the next longest column.
_TEXT_LENGTH, _TIMES_LONGER = 80, 1.5
_TITLE_LENGTHS = range(12, 200)

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|ene|abr|ago|dic|fév|avr|juin|juil|août|déc)[a-zé.]*"
_DATE = re.compile(
    rf"\s*(?:[a-zé]{{2,10}}\.?,?\s+)?(?:(?:1[6-9]|20)\d\d[-/.](?:0?[1-9]|1[0-2])(?:[-/.]\d{{1,2}})?"
    rf"|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:\d{{4}}|\d\d)|\d{{1,2}}\.?[ -](?:de )?{_MONTHS},?[ -](?:de )?\d{{4}}"
    rf"|{_MONTHS} \d{{1,2}},? \d{{4}}|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:T?\d{{4,6}}Z?)?)"
    r"(?:(?:,|\bat\b|T|\s)*\d{1,2}:\d\d\S*)?(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{1,5}\)?|\s*[+-]\d\d:?\d\d)?\s*$",
    re.IGNORECASE,
)
# What Excel writes above a table to say how its cells are separated.
_EXCEL = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_URL = re.compile(r"\s*(?:https?://|www\.)\S+\s*$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg)\b|/(?:images?|img|photos?)/", re.IGNORECASE)
_DOMAIN = re.compile(r"\s*(?:[a-z0-9-]+\.)+[a-z]{2,10}\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"\s*[-+]?[\d.,]+%?\s*$")
_TOKEN = re.compile(r"\s*\S+\s*$")
_LANGUAGE = re.compile(r"\s*[a-z]{2}(?:[-_][A-Za-z]{2})?\s*$")
_BY = re.compile(r"\s*by\s+[^\W\d_]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]]*(?:\s|$)")
# Lines that may stand above a table's names.
_NOTES = 12


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is to be read. `names` has the column's own name where the first row gives one."""

    dialect: Dialect
    header: bool
    names: tuple[str, ...]
    told: str = ""
    problem: str = ""
    above: int = 0  # rows above the header


def tell(
    sample: str, ending: str = "", delimiter: str | None = None, header: bool | None = None
) -> Layout | None:
    """The layout of the table that begins with `sample`; None when it seems to be no table.

    `ending` is the file's, such as ".csv": with one a table is expected, without one its first row
    must name the fields of an article. `delimiter` and `header` are what is known already.
    """
    hint = _EXCEL.match(sample)
    if hint:
        below = tell(sample[hint.end() :], ending or ".csv", delimiter or hint[1], header)
        return replace(below, above=1) if below else None
    named = _named(sample, delimiter) if header is not False else None
    if named is not None and TEXT_FIELDS.intersection(map(field_of, named[1])):
        return Layout(named[0], True, tuple(named[1]))
    if not ending and named is None:
        return None
    if header is None and named is None and (below := _below_notes(sample, delimiter)):
        return below
    header = True if named else header
    dialect = named[0] if named else dialect_of(sample, ending, delimiter)
    rows = [row for row in sample_rows(sample, dialect) if any(cell.strip() for cell in row)]
    if not rows:
        return Layout(dialect, True, (), problem="no text")
    if header is None:
        header = _is_header(rows)
    names = [cell.strip() for cell in rows[0]] if header else []
    body = rows[1:] if header else rows
    if header and (TEXT_FIELDS.intersection(map(field_of, names)) or not body):
        return Layout(dialect, True, tuple(names))
    fields, doubt = by_content(body, [field_of(name) for name in names])
    width = max(len(names), len(fields))
    names += [""] * (width - len(names))
    if doubt:
        return Layout(dialect, header, tuple(names), problem=_problem(names, header, width, doubt))
    told = ", ".join(
        f"{number} {field}"
        for number, (field, name) in enumerate(zip(fields, names, strict=False), 1)
        if field and field != field_of(name)
    )
    known = [
        field if field else name or f"#{number}"
        for number, (field, name) in enumerate(zip(fields, names, strict=False), 1)
    ]
    return Layout(dialect, header, tuple(known), f"columns told by their content: {told}")


def _below_notes(sample: str, delimiter: str | None) -> Layout | None:
    """The table below a few lines that say where it comes from; None where its names are in none of the first lines."""
    lines = sample.split("\n", _NOTES + 1)
    for above in range(1, min(len(lines), _NOTES)):
        rest = "\n".join(lines[above:])
        named = _named(rest, delimiter)
        if named is not None and TEXT_FIELDS.intersection(map(field_of, named[1])):
            return Layout(named[0], True, tuple(named[1]), above=above)
    return None


def _problem(names: Sequence[str], header: bool, width: int, doubt: str) -> str:
    if not header:
        return (
            f"a table without a header row, {width} columns: {doubt}; "
            "name them with --map body=#2 --map title=#1 or a profile"
        )
    shown = ", ".join(
        "".join(c if c.isprintable() else " " for c in name[:LONGEST_NAME]) for name in names[:NAMES_SHOWN]
    )
    return (
        f"a table without a column for the text (body, text or content); its columns: {shown}"
        + (", …" if len(names) > NAMES_SHOWN else "")
        + "; if one of them is, name it with --map body=COLUMN"
    )


# -- by name --------------------------------------------------------------------------------------


def _named(sample: str, delimiter: str | None) -> tuple[Dialect, list[str]] | None:
    """Dialect and names of a first row that names two fields of an article, text or title among them."""
    line = sample.partition("\n")[0].strip()
    if not line or len(line) > 4_000:
        return None
    for candidate in (delimiter,) if delimiter else DELIMITERS:
        if candidate not in line:
            continue
        quote = quote_of(line, candidate)
        try:
            plain = quote == '"' and '"' not in line and "\r" not in line
            names = line.split(candidate) if plain else next(Dialect(candidate, quote).rows(iter([line])), [])
        except csv.Error:  # a carriage return or a quote where none may be
            return None
        if len(names) < 2 or any(len(name) > LONGEST_NAME for name in names):
            continue
        known = [field for field in map(field_of, names) if field]
        telling = TEXT_FIELDS.union({"title"}).intersection(known)
        if len(set(known)) >= 2 and telling and len(known) * 4 >= len(names):
            return dialect_with(sample, candidate), [name.strip() for name in names]
    return None


# -- by content -----------------------------------------------------------------------------------


def _is_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names columns: short words, unlike what stands below them."""
    first = [cell.strip() for cell in rows[0]]
    if any(
        not cell or len(cell) > LONGEST_NAME or _NUMBER.match(cell) or _URL.match(cell) or _DATE.match(cell)
        for cell in first
        if cell
    ) or not all(first[1:]):
        return False
    if any(_SENTENCE_END.search(cell) and " " in cell for cell in first) or len(set(first)) < len(first):
        return False
    if sum(field_of(name) is not None for name in first) * 2 >= len(first):
        return True
    below = rows[1:]
    unlike = 0
    for index, name in enumerate(first):
        cells = [row[index].strip() for row in below if len(row) > index and row[index].strip()]
        if not cells:
            continue
        of_a_kind = any(_share(cells, kind) >= _MOST for kind in (_NUMBER, _URL, _DATE))
        unlike += of_a_kind or median(map(len, cells)) > 3 * max(len(name), 8)
    return unlike > 0


def _share(cells: Sequence[str], kind: re.Pattern[str]) -> float:
    return sum(kind.match(cell) is not None for cell in cells) / len(cells) if cells else 0.0


def by_content(
    rows: Sequence[Sequence[str]], known: Sequence[str | None] = ()
) -> tuple[list[str | None], str]:
    """A field for each column, or None, and why the body could not be told ("" where it was).

    `known` is what the columns' names have said already.
    """
    width = max(len(known), *map(len, rows))
    fields: list[str | None] = [*known, *([None] * (width - len(known)))]
    columns = [[row[i] for row in rows if len(row) > i and row[i].strip()] for i in range(width)]
    lengths = [median(map(len, cells)) if cells else 0 for cells in columns]
    body, doubt = _body(columns, lengths, fields)
    if doubt:
        return fields, doubt
    fields[body] = "body"
    for index, cells in enumerate(columns):
        if cells and fields[index] is None:
            kind = _kind(cells, index, len(rows))
            if kind and kind not in fields:
                fields[index] = kind
    _better_url(columns, fields)
    titles = [
        index
        for index, cells in enumerate(columns)
        if fields[index] is None
        and cells
        and round(lengths[index]) in _TITLE_LENGTHS
        and _words(cells) >= 2.5
        and len(set(cells)) >= 0.6 * len(cells)
    ]
    if titles and "title" not in fields:
        before = [index for index in titles if index < body] or titles
        fields[max(before, key=lambda index: (lengths[index], -index))] = "title"
    return fields, ""


def _body(
    columns: Sequence[Sequence[str]], lengths: Sequence[float], known: Sequence[str | None]
) -> tuple[int, str]:
    """The column of running text, or why there is none."""
    if "body" in known:
        return known.index("body"), ""
    free = [index for index, field in enumerate(known) if field is None and columns[index]]
    running = [
        index
        for index in free
        if lengths[index] >= _TEXT_LENGTH
        and _words(columns[index]) >= 8
        and sum(_SENTENCE_END.search(cell) is not None for cell in columns[index])
        >= 0.5 * len(columns[index])
    ]
    if not running:
        return -1, "none of them holds running text"
    running.sort(key=lambda index: (-lengths[index], index))
    longest = running[0]
    if len(running) > 1 and lengths[longest] < _TIMES_LONGER * lengths[running[1]]:
        pair = sorted((longest + 1, running[1] + 1))
        return -1, f"columns {pair[0]} and {pair[1]} could both be the text"
    return longest, ""


def _words(cells: Sequence[str]) -> float:
    return float(median(len(_WORD.findall(cell[:500])) for cell in cells))


def _kind(cells: Sequence[str], index: int, rows: int) -> str | None:
    """What a column's cells are by their looks, None where they could be several things."""
    distinct = len(set(cells))
    if _share(cells, _URL) >= _MOST:
        return "url"
    if _share(cells, _DATE) >= _MOST:
        return "date"
    if _share(cells, _BY) >= _MOST:
        return "byline"
    if _share(cells, _LANGUAGE) >= _MOST and distinct <= max(3, rows // 5):
        return "language"
    if _share(cells, _DOMAIN) >= _MOST:
        return "publisher"
    if index == 0 and distinct == len(cells) == rows > 1 and _share(cells, _TOKEN) == 1:
        return "id"
    return None


def _better_url(columns: Sequence[Sequence[str]], fields: list[str | None]) -> None:
    """Where the first column of addresses holds pictures and another does not, that one is the article's."""
    if "url" not in fields:
        return
    chosen = fields.index("url")

    def pictures(cells: Sequence[str]) -> float:
        return sum(_PICTURE.search(cell) is not None for cell in cells) / len(cells)

    others = [
        index
        for index, cells in enumerate(columns)
        if fields[index] is None and cells and _share(cells, _URL) >= _MOST
    ]
    for other in others:
        if pictures(columns[other]) < pictures(columns[chosen]) - 0.5:
            fields[chosen], fields[other], chosen = None, "url", other
