"""What the files of a folder show of its layout, as the lines of a profile with their reasons.

Only what the built-in knowledge does not find by itself: labels that it does not know and that most texts have,
lines that come again and again inside a file, an encoding, the order of day and month, a table that lists the
files. The texts are counted once, and each kind of line is written from the counts.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus_db.parsing.dates import date_value
from corpus_db.parsing.encoding import decode
from corpus_db.parsing.labels import field_of as known_label
from corpus_db.readers import InputFile, profiles, reader_for
from corpus_db.readers.records.columns import tell
from corpus_db.readers.records.field_names import field_of as column_field

_TEXT_BYTES = 400_000  # of one file
_LONGEST_LINE, _VALUES = 250, 200  # of a label with its value; values kept of a label
_LINES_TO_A_LABEL = 4  # below a line that separates articles
_SHARE = 0.3  # of the articles that a label must stand in
_LABEL = re.compile(r"[ \t]*(\S[^:=\t\n]{0,38}?)[ \t]*(?:[:：=]|\t|$)[ \t]*(.*)$")
_LABEL_AND_VALUE = re.compile(
    r"[ \t]*([^\W\d_@#\[<][^:：=\t\n]{0,38}?|[@#\[<]+[\w .-]{1,30}[\]>]?)[ \t]*(?:[:：=]|\t|\x20\x20|(?<=[\]>]))[ \t]*(\S.{0,200})$"
)
_URL = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_NUMERIC_DATE = re.compile(r"(?<!\d)(\d\d?)[/.-](\d\d?)[/.-](?:\d{4}|\d\d)(?!\d)")
_PERSON = re.compile(r"(?:[Bb]y )?[A-ZÀ-Þ][\w'’.-]+(?: [A-ZÀ-Þa-z][\w'’.-]*){1,3}(?:[,;/].*)?$")
_RULE = re.compile(r"[^\w\s](?:\s?[^\w\s]){2,}")
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(slots=True)
class _Seen:
    """What was counted over the texts of a folder."""

    texts: int = 0
    other: int = 0  # not ASCII, and not UTF-8
    labels: Counter[str] = field(default_factory=Counter)  # in how many articles
    values: dict[str, list[str]] = field(default_factory=dict)
    lines: Counter[str] = field(default_factory=Counter)  # repeated inside a file: in how many files
    repeats: Counter[str] = field(default_factory=Counter)  # and how often in all
    followed: Counter[str] = field(default_factory=Counter)  # and how often a label stands below
    examples: dict[str, str] = field(default_factory=dict)
    first_above_12: int = 0
    second_above_12: int = 0


def lines(files: Sequence[InputFile]) -> Iterator[str]:
    """The lines of a profile for the files, each with what it rests on."""
    readers = Counter(reader_for(file).name for file in files)
    counted = ", ".join(
        f"{number} {name}" for name, number in sorted(readers.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    yield f"# Proposed by corpus-db profile, from {len(files):,} files ({counted})."
    yield "# Each line says what it rests on. Delete what is wrong; docs/profiles.md explains every key."
    texts = [file for file in files if reader_for(file).name in ("text", "texts")]
    seen = _count(texts)
    listing, about_listing = _list(files, texts)
    others = [file for file in files if file is not listing]
    keys = [
        *_encoding(seen),
        *_order(seen),
        *_separator(seen),
        *_tables(others),
        *_labels(seen),
        *about_listing,
    ]
    yield from keys
    if not keys:
        yield "#"
        yield "# Nothing has to be said: what these files have is found without a profile."


def _count(texts: Sequence[InputFile]) -> _Seen:
    """Counts over the texts; each is read once."""
    seen = _Seen()
    for file in texts:
        with file.open() as stream:
            data = stream.read(_TEXT_BYTES)
        decoded = decode(data).text
        if not decoded:
            continue
        seen.texts += 1
        if _HIGH.search(data):
            seen.other += "read as Windows-1252" in (decode(data).note or "")
        _count_lines(seen, decoded)
        _count_labels(seen, decoded)
        file.release()
    return seen


def _count_lines(seen: _Seen, text: str) -> None:
    """Lines that come several times in one file, numbers in them set aside."""
    shapes: Counter[str] = Counter()
    open_since: dict[str, int] = {}  # shapes of the last lines, and how many lines ago
    for line in text.split("\n"):
        line = line.strip()
        if line and open_since:
            if _LABEL_AND_VALUE.match(line):
                seen.followed.update(open_since.keys())
                open_since = {}
            else:
                open_since = {shape: n + 1 for shape, n in open_since.items() if n < _LINES_TO_A_LABEL}
        if 2 < len(line) <= 80 and (_RULE.match(line) or _DIGITS.search(line) or line.isupper()):
            shape = _DIGITS.sub("0", line)
            shapes[shape] += 1
            seen.examples.setdefault(shape, line)
            open_since[shape] = 0
    for shape, count in shapes.items():
        if count > 1:
            seen.lines[shape] += 1
            seen.repeats[shape] += count


def _count_labels(seen: _Seen, text: str) -> None:
    """Labels with their values, of all articles that a file may hold, and dates in numbers."""
    found: set[str] = set()
    for line in text.split("\n"):
        match = _LABEL_AND_VALUE.match(line) if line and len(line) < _LONGEST_LINE else None
        if match is None:
            continue
        values = seen.values.setdefault(match[1], [])
        if len(values) < _VALUES:
            values.append(match[2].strip())
        date = _NUMERIC_DATE.match(match[2].strip())
        if date:
            seen.first_above_12 += int(date[1]) > 12
            seen.second_above_12 += int(date[2]) > 12
        if match[1] not in found:
            found.add(match[1])
            seen.labels[match[1]] += 1


def _encoding(seen: _Seen) -> Iterator[str]:
    if seen.other:
        yield ""
        yield f"# {seen.other} texts are not UTF-8 and are read as Windows-1252 (cp1252). Where letters come out"
        yield "# wrong, another one was meant, as in"
        yield '#   encoding = "iso-8859-2"'


def _order(seen: _Seen) -> Iterator[str]:
    first, second = seen.first_above_12, seen.second_above_12
    if first and second == 0:
        yield ""
        yield f"# {first} dates in numbers have a day above 12 in the first place, none in the second."
        yield 'date_order = "day first"'
    elif second and first == 0:
        yield ""
        yield f"# {second} dates in numbers have a day above 12 in the second place, none in the first."
        yield 'date_order = "month first"'


def _separator(seen: _Seen) -> Iterator[str]:
    """The line that comes again in most files, as often as a label does."""
    usual = [shape for shape, files in seen.lines.items() if files >= max(1, seen.texts * _SHARE)]
    usual = [shape for shape in usual if _may_separate(shape)]
    if not usual:
        return
    best = max(
        usual, key=lambda shape: (bool(_RULE.match(shape)), seen.lines[shape], seen.repeats[shape], shape)
    )
    yield ""
    yield (
        f"# This line comes {seen.repeats[best]:,} times in {seen.lines[best]} of {seen.texts} texts:"
        " does a new article begin below it?"
    )
    mark = "" if seen.followed[best] * 2 >= seen.repeats[best] else "# "
    if mark:
        yield "# Few of them have a label below: only a break inside an article, perhaps. If not, take away the mark."
    if "0" in best and _DIGITS.search(seen.examples[best]):
        pattern = r"\d+".join(re.escape(part) for part in best.split("0"))
        yield f"{mark}separator_pattern = {_quoted(pattern)}"
    else:
        yield f"{mark}separator = {_quoted(seen.examples[best])}"


def _may_separate(shape: str) -> bool:
    words = re.sub(r"[\W\d_]+", "", shape)
    match = _LABEL.match(shape)
    labelled = match is not None and bool(match[2]) and known_label(match[1].lower()) is not None
    return not labelled and (not words or len(shape.split()) <= 6)


def _labels(seen: _Seen) -> Iterator[str]:
    """Labels that are not built in, each with the field that its values look like."""
    least = max(2, _SHARE * seen.texts)
    unknown = [
        (label, count)
        for label, count in seen.labels.most_common()
        if count >= least and known_label(" ".join(label.lower().split())) is None
    ]
    if not unknown:
        return
    yield ""
    yield "# Labels that are not known without a profile; their field is guessed from what stands behind them."
    yield "[labels]"
    fields: dict[str, list[tuple[str, int]]] = {}
    known = {
        known_label(" ".join(label.lower().split())) for label, count in seen.labels.items() if count >= least
    }
    title = None if "title" in known else _title_label(seen, unknown)
    for label, count in unknown:
        guessed = "title" if label == title else _guess(seen.values[label])
        fields.setdefault(guessed, []).append((label, count))
    for name in (*profiles.FIELDS, "ignored"):
        labels = fields.get(name, [])
        for label, count in labels:
            example = one_line(seen.values[label][0])
            yield f"# in {count} of {seen.texts} texts: {label} … {example}"
        if labels:
            names = [_quoted(label) for label, _ in labels]
            yield f"{name} = {names[0] if len(names) == 1 else '[' + ', '.join(names) + ']'}"


def _title_label(seen: _Seen, unknown: Sequence[tuple[str, int]]) -> str | None:
    """The label whose values are most like titles: several words, another one in each text."""
    best: tuple[float, str] | None = None
    for label, _ in unknown:
        values = seen.values[label]
        words = sum(len(value.split()) for value in values) / len(values)
        if _guess(values) == "ignored" and words >= 2.5 and len(set(values)) > len(values) / 2:
            best = max(best or (0.0, ""), (words, label))
    return best[1] if best else None


def _guess(values: Sequence[str]) -> str:
    """The field whose values look like these; a title is told by comparison."""

    def most(fits: Callable[[str], object]) -> bool:
        return sum(bool(fits(value)) for value in values) > 0.7 * len(values)

    if most(lambda value: len(value) < 45 and date_value(value) is not None):
        return "date"
    if most(_URL.match):
        return "url"
    if most(_PERSON.match) and len(set(values)) > 0.3 * len(values):
        return "byline"
    return "ignored"


def _tables(files: Sequence[InputFile]) -> Iterator[str]:
    """For tables whose text cannot be told, their columns to choose from."""
    for file in files:
        if reader_for(file).name != "csv":
            continue
        layout = tell(_sample(file), ".csv")
        if layout is None or not (layout.problem or layout.told):
            continue
        yield ""
        yield f"# {one_line(file.name)}: {one_line(layout.problem or layout.told, 300)}"
        yield "# Say which column is which by its name or its number, as in"
        yield "#   [columns]"
        yield "#   body = 2"
        return


def _list(files: Sequence[InputFile], texts: Sequence[InputFile]) -> tuple[InputFile | None, list[str]]:
    """A table with a column that names the files beside it, and what a profile says of it."""
    names = {os.path.basename(file.name) for file in texts}
    names |= {os.path.splitext(name)[0] for name in names}
    for file in files:
        if reader_for(file).name != "csv" or not names:
            continue
        sample = _sample(file)
        layout = tell(sample, ".csv", header=True)
        if layout is None or not layout.header:
            continue
        rows = list(layout.dialect.rows(iter(sample.splitlines(keepends=True)[1:200])))
        for index, column in enumerate(layout.names):
            cells = [row[index].strip() for row in rows if len(row) > index]
            hits = sum(os.path.basename(cell) in names for cell in cells)
            if cells and hits * 2 > len(cells):
                table = os.path.basename(file.name)
                lines = [
                    "",
                    f"# {hits} of {len(cells)} rows name a file in their column {one_line(column)}.",
                    "[sidecar]",
                    f"table = {_quoted(table)}",
                    f"file = {_quoted(column)}",
                ]
                others = [name for name in layout.names if name != column and column_field(name) is None]
                if others:
                    shown = ", ".join(map(one_line, others))
                    lines.append(
                        f"# Not known among its columns: {shown}. Say what one holds under [columns]."
                    )
                return file, lines
    return None, []


def _sample(file: InputFile) -> str:
    with file.open() as stream:
        return stream.read(_TEXT_BYTES).decode("utf-8", "replace").lstrip("\ufeff")


def _quoted(text: str) -> str:
    """A TOML string."""
    if "'" not in text and text.isprintable():
        return f"'{text}'"
    return (
        '"'
        + "".join("\\" + c if c in '\\"' else c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
        + '"'
    )


def one_line(text: str, length: int = 60) -> str:
    """The text without what cannot be printed, cut to so many characters."""
    text = "".join(character if character.isprintable() else " " for character in text)
    return text if len(text) <= length else text[: length - 1] + "…"
