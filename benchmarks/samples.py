"""What an import reads from real files of every format, field by field, against gold read by hand.

    python -m benchmarks.samples                    figures by field and by folder, and every miss
    python -m benchmarks.samples --only nexis,html  collections whose name holds one of these
    python -m benchmarks.samples --show             also the rows that an import makes of every other file

The samples are not part of the project: without ../shared the command says so and ends well. Each
collection (the files of one folder that have one ending) is imported by itself, so that what an
import learns from a collection counts, and the same article in two formats is read twice. The
gold's articles of a file are its articles in their order.

A field counts where the gold has it; what is stored where the gold has nothing is an *extra*, shown
and not counted as wrong: some of it the gold's reader passed over. Compared are: title, body and place
with white space as one space and one form of quotation mark; dates as moments, at the gold's
precision and no other; agency or publisher (*source*: either of them) and byline by letters and digits
alone (the gold writes "APNews"), bylines as sets of names; of a place the gold has what the dateline
prints ("ALBANY, N.Y."), of which the stored place is the beginning. First and last words are 60
characters of the body, its dateline included or not, as the gold has it. A source that the gold
knows from elsewhere, because nothing in the file names it, is not counted; neither is a title that
stands in a sidecar which is not among the samples.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from corpus_db.pipeline import import_corpus

SHARED = Path(__file__).resolve().parents[2] / "shared"
SAMPLES = SHARED / "samples"
TARGET = 95.0

ROWS = """
SELECT d.path, d.outcome, d.reason, a.title, a.title_origin, a.published, a.publisher, a.agency, a.byline,
       a.dateline, a.dateline_place, a.body
FROM documents d LEFT JOIN articles a ON a.id = d.article_id
ORDER BY d.path, d.byte_start
"""
_QUOTES = str.maketrans("‘’‚“”„«»\u00a0", '\'\'\'""""" ')
_NAMES = re.compile(r"\s*(?:;|,|\band\b|&)\s*")
# How many characters of an ISO date each precision of the gold has.
_PRECISION = {"year": 4, "month": 7, "day": 10, "minute": 16, "second": 19}

Row = Mapping[str, Any]


class Score(NamedTuple):
    """Right, of how many, for one field."""

    right: int = 0
    of: int = 0

    def plus(self, right: bool) -> Score:
        """One more article."""
        return Score(self.right + right, self.of + 1)

    def __str__(self) -> str:
        return f"{self.right}/{self.of}" if self.of else "-"


# -- comparing ------------------------------------------------------------------------------------


def plain(text: str | None) -> str:
    """Text with white space as one space and one form of quotation mark."""
    return " ".join((text or "").translate(_QUOTES).split())


def letters(text: str | None) -> str:
    """Letters and digits of a text, in lower case."""
    return "".join(character for character in (text or "").lower() if character.isalnum())


def names(text: str | None) -> set[str]:
    """The names of a byline, each as its letters."""
    return {letters(name) for name in _NAMES.split(text or "") if name}


def moment(value: str | None, precision: int | None = None) -> str | None:
    """An ISO date cut to `precision` characters; in UTC where it has a zone and a time."""
    if not value or len(value[:precision]) <= 10:
        return value[:precision] if value else value
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    if at.tzinfo:
        at = at.astimezone(UTC)
    size = precision or _PRECISION["second" if value[16:17] == ":" else "minute"]
    return at.replace(tzinfo=None).isoformat()[:size]


def _sources(row: Row) -> set[str]:
    """Agency and publisher, as their letters."""
    return {letters(row[field]) for field in ("agency", "publisher") if row.get(field)}


def _starts(row: Row, first: str) -> bool:
    body = plain(row["body"])
    dateline = plain(row["dateline"])
    behind = body[len(dateline) :].lstrip(" -–—_.") if dateline and body.startswith(dateline) else body
    return body.startswith(plain(first)) or behind.startswith(plain(first))


# Field of the gold: the value stored, and whether it is right.
FIELDS: dict[str, tuple[Callable[[Row], Any], Callable[[Row, Row], bool]]] = {
    "title": (
        lambda row: None if row["title_origin"] == "lead" else row["title"],
        lambda row, gold: plain(row["title"]) == plain(gold["title"]),
    ),
    "published": (
        lambda row: row["published"],
        lambda row, gold: (
            moment(row["published"]) == moment(gold["published"], _PRECISION[gold["published_precision"]])
        ),
    ),
    "source": (
        lambda row: row["agency"] or row["publisher"],
        lambda row, gold: bool(_sources(row) & _sources(gold)),
    ),
    "byline": (
        lambda row: row["byline"],
        lambda row, gold: names(row["byline"]) == names(gold["byline"]),
    ),
    "dateline_place": (
        lambda row: row["dateline_place"],
        lambda row, gold: (
            bool(row["dateline_place"])
            and letters(gold["dateline_place"]).startswith(letters(row["dateline_place"]))
        ),
    ),
    "body_first60": (
        lambda row: plain(row["body"])[:60],
        lambda row, gold: _starts(row, gold["body_first60"]),
    ),
    "body_last60": (
        lambda row: plain(row["body"])[-60:],
        lambda row, gold: (
            plain(gold["body_last60"]) in plain(row["body"])
            if gold.get("body_scope")  # the gold's reader stopped before the end
            else plain(row["body"]).endswith(plain(gold["body_last60"]))
        ),
    ),
}


def _stated(gold: Row) -> str:
    """The gold's agency or publisher, "" where nothing in the file names it."""
    text = letters((SAMPLES / gold["file"]).read_bytes().decode("utf-8", "replace"))
    stated = [name for field in ("agency", "publisher") if (name := gold[field]) and letters(name) in text]
    return " / ".join(dict.fromkeys(stated))


def right_title(row: Row | None, gold: Row) -> bool:
    """Whether the title was found all the same."""
    return row is not None and FIELDS["title"][1](row, gold)


# -- importing ------------------------------------------------------------------------------------


def collections() -> dict[str, list[Path]]:
    """The sample files by folder and ending: "nexis/LexisNexisTools *.txt"."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(SAMPLES.rglob("*")):
        folder = path.parent.relative_to(SAMPLES).as_posix()
        if path.is_file() and folder != ".":
            ending = path.suffix.lower() if path.suffix[1:].isalnum() else ""
            found[f"{folder} *{ending}"].append(path)
    return found


def imported(paths: list[Path]) -> dict[str, list[Row]]:
    """The documents of an import of `paths` with their articles, by the file's path in the samples."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder, "corpus.db")
        import_corpus(paths, db)
        connection = sqlite3.connect(db)
        connection.row_factory = sqlite3.Row
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in connection.execute(ROWS):
            name = row["path"].partition("!")[0]
            rows[Path(name).resolve().relative_to(SAMPLES.resolve()).as_posix()].append(dict(row))
        connection.close()
    return rows


# -- reporting ------------------------------------------------------------------------------------


class Figures:
    """Scores by field and by folder, with what was missed and what is extra."""

    def __init__(self) -> None:
        self.by_field: dict[str, Score] = defaultdict(Score)
        self.by_folder: dict[str, dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
        self.misses: list[str] = []
        self.extras: list[str] = []

    def count(self, folder: str, field: str, right: bool) -> None:
        """One article's field."""
        self.by_field[field] = self.by_field[field].plus(right)
        self.by_folder[folder][field] = self.by_folder[folder][field].plus(right)

    def article(self, folder: str, name: str, row: Row | None, gold: Row) -> None:
        """Compares one article of the gold with what was stored, None where nothing was."""
        for field, (value, is_right) in FIELDS.items():
            stored = value(row) if row else None
            if field == "source":
                gold = {**gold, "source": _stated(gold)}
            sidecar = gold.get("sidecar_title_file")
            if (
                field == "title"
                and sidecar
                and not (SAMPLES / sidecar).exists()
                and not right_title(row, gold)
            ):
                continue  # the title stands in a file that is not among the samples
            if not gold.get(field):
                if stored and not field.startswith("body"):
                    self.extras.append(f"{name}  {field}: {stored!r}")
                continue
            right = bool(row and is_right(row, gold))
            self.count(folder, field, right)
            if not right:
                self.misses.append(f"{name}  {field}: stored {stored!r}, gold {gold[field]!r}")

    def file(self, folder: str, name: str, rows: list[Row], gold: list[Row]) -> None:
        """Compares the articles of one file."""
        articles = [row for row in rows if row["outcome"] in ("article", "duplicate")]
        expected = gold[0]["articles_in_file"]
        self.count(folder, "articles", len(articles) == expected)
        if len(articles) != expected:
            reasons = "; ".join(sorted({row["reason"] for row in rows if row["reason"]}))
            self.misses.append(f"{name}  articles: {len(articles)} of {expected}  {reasons}")
        for wanted in gold:
            index = wanted["article_index"]
            row = articles[index] if index < len(articles) else None
            self.article(folder, name if expected == 1 else f"{name} [{index}]", row, wanted)

    def show(self) -> None:
        """Prints all of it."""
        fields = ["articles", *FIELDS]
        print("| folder |" + "".join(f" {field} |" for field in fields))
        print("|---|" + "---|" * len(fields))
        for folder, scores in sorted(self.by_folder.items()):
            print(f"| {folder} |" + "".join(f" {scores[field]} |" for field in fields))
        print("| **all** |" + "".join(f" {self.by_field[field]} |" for field in fields))
        shares = [(field, self.by_field[field]) for field in fields if self.by_field[field].of]
        print("| per cent |" + "".join(f" {100 * score.right / score.of:.1f} |" for _, score in shares))
        low = [field for field, score in shares if 100 * score.right / score.of < TARGET]
        print(f"\nbelow {TARGET:.0f} %: {', '.join(low) or 'none'}")
        print(f"\n## misses ({len(self.misses)})", *self.misses, sep="\n")
        print(f"\n## extras: stored where the gold has nothing ({len(self.extras)})", *self.extras, sep="\n")


def main() -> int:
    """Run the command; the exit status is 0 whatever the figures: they are for reading."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="collections whose name holds one of these words")
    parser.add_argument("--show", action="store_true", help="the documents of files without gold as well")
    options = parser.parse_args()
    if not SAMPLES.is_dir():
        print("skipped: the samples are not here (../shared)")
        return 0
    gold: dict[str, list[Row]] = defaultdict(list)
    for entry in json.loads((SAMPLES / "INDEX.json").read_text(encoding="utf-8"))["gold"]:
        gold[entry["file"]].append(entry)
    figures = Figures()
    words = [word for word in options.only.split(",") if word] or [""]
    for name, paths in collections().items():
        files = {path.relative_to(SAMPLES).as_posix() for path in paths}
        if not any(word in name for word in words) or not (options.show or files & gold.keys()):
            continue
        rows = imported(paths)
        for file in sorted(files):
            if file in gold:
                figures.file(name, file, rows.get(file, []), gold[file])
            elif options.show:
                _print_rows(file, rows.get(file, []))
    figures.show()
    return 0


def _print_rows(file: str, rows: list[Row]) -> None:
    print(f"\n{file}: {len(rows)} pieces")
    for row in rows:
        facts = {
            field: row[field]
            for field in ("title", "published", "publisher", "agency", "byline", "dateline_place")
            if row[field]
        }
        body = plain(row["body"])
        print(f"  {row['outcome']}  {row['reason'] or ''}  {facts}  {body[:60]!r} … {body[-60:]!r}")


if __name__ == "__main__":
    sys.exit(main())
