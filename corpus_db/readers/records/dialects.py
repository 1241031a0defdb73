"""How the cells of a table are separated and quoted, told by which reading makes its rows even.

Each delimiter is tried with each way of quoting on the rows of a sample: the best one gives most rows the same
number of cells and leaves the quotation marks at the edges of cells. csv.Sniffer of the standard library is not
used: it takes letters of running text for delimiters.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

ROWS = 100  # looked at
DELIMITERS = (",", "\t", ";", "|", "^", "~", "\x1f", "\x01")
# So many cells must begin with a quotation mark before marks are taken for text; and how far is looked.
_STRAY, _QUOTES_WITHIN = 5, 50_000


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are separated and quoted."""

    delimiter: str = ","
    quote: str | None = '"'
    escape: str | None = None  # a backslash where quotes are not doubled

    def rows(self, lines: Iterator[str]) -> Iterator[list[str]]:
        """The rows of `lines`. Raises csv.Error from its `next`."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            escapechar=self.escape,
            doublequote=self.escape is None,
        )


def quote_of(line: str, delimiter: str) -> str | None:
    """The quotation mark round cells: " unless ' stands at both ends of most of them."""
    cells = line.strip().split(delimiter)
    single = sum(len(cell) > 1 and cell[0] == cell[-1] == "'" for cell in cells)
    return "'" if '"' not in line and single * 2 > len(cells) else '"'


def dialect_of(sample: str, ending: str = "", delimiter: str | None = None) -> Dialect:
    """The dialect in which most rows have as many cells, more than one, and quotes stand at their edges."""
    expected = "\t" if ending in (".tsv", ".tab") else ","
    candidates = [delimiter] if delimiter else [expected, *(d for d in DELIMITERS if d != expected)]
    best, best_score = Dialect(delimiter or expected), 0.0
    for candidate in candidates:
        if candidate not in sample:
            continue
        dialect = dialect_with(sample, candidate)
        score = _evenness(list(sample_rows(sample, dialect)))
        score += _at_edges(sample, candidate) if score else 0
        if score > best_score + 1e-9:
            best, best_score = dialect, score
    return best


def dialect_with(sample: str, delimiter: str) -> Dialect:
    """Quoting of a table with this delimiter: doubled quotes unless backslashes fit better."""
    doubled = Dialect(delimiter, quote_of(sample.partition("\n")[0], delimiter))
    others = [Dialect(delimiter, '"', "\\")] if '\\"' in sample else []
    if '"' in sample and _stray_quotes(sample, delimiter):
        others.append(Dialect(delimiter, None))
    best, best_score = doubled, _evenness(list(sample_rows(sample, doubled))) if others else 0.0
    for dialect in others:
        score = _evenness(list(sample_rows(sample, dialect)))
        if score > best_score or (score == best_score and dialect.quote is None):
            best, best_score = dialect, score
    return best


def _stray_quotes(sample: str, delimiter: str) -> bool:
    """Whether quotations mostly end in the middle of a cell, however they are escaped: the marks are text here."""
    readings = [_quotations(sample, delimiter, inside) for inside in (r'[^"]|""', r'[^"\\]|\\.')]
    return all(len(ends) >= _STRAY and sum(ends) < 0.8 * len(ends) for ends in readings)


def _quotations(sample: str, delimiter: str, inside: str) -> list[bool]:
    """For each cell that begins with a quotation mark and has another, whether it ends with one."""
    mark, sample = re.escape(delimiter), sample[:_QUOTES_WITHIN]
    pattern = re.compile(rf'(?:^|{mark})"(?:{inside})*"(?!")(?=(?P<end>{mark}|\s*$)?)', re.MULTILINE)
    return [match["end"] is not None for match in pattern.finditer(sample)]


def _at_edges(sample: str, delimiter: str) -> float:
    """The share of quotation marks, doubled ones apart, that stand at the edge of a cell."""
    mark, sample = re.escape(delimiter), sample[:_QUOTES_WITHIN]
    single = len(re.findall(r'(?<!")"(?!")', sample))
    edges = len(re.findall(rf'(?:^|{mark})"(?!")|(?<!")"(?={mark}|\s*$)', sample, re.MULTILINE))
    return min(1.0, edges / single) if single else 0.0


def _evenness(rows: list[list[str]]) -> float:
    """The share of rows that have the most frequent number of cells, weighed by that number; 0 for one."""
    widths = [len(row) for row in rows if row]
    if not widths:
        return 0.0
    usual = max(sorted(set(widths), reverse=True), key=widths.count)
    return 0.0 if usual < 2 else widths.count(usual) / len(widths) + min(usual, 20) / 1_000


def sample_rows(sample: str, dialect: Dialect) -> Iterator[list[str]]:
    """The rows of the sample that are complete, ROWS at most."""
    lines = sample.splitlines(keepends=True)
    if len(lines) > 1 and not lines[-1].endswith(("\n", "\r")):
        lines.pop()  # cut off by the end of the sample
    rows = dialect.rows(iter(lines))
    for _ in range(ROWS):
        try:
            row = next(rows, None)
        except csv.Error:
            return
        if row is None:
            return
        yield row
