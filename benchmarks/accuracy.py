"""How accurate an import is: every gold set, scored by the gold's own scorer.

    python -m benchmarks.accuracy                 the figures of every set
    python -m benchmarks.accuracy --errors 30     with the most frequent errors
    python -m benchmarks.accuracy --gate          fails where a figure fell below its floor
    python -m benchmarks.accuracy --raise         floors follow the figures upwards
    python -m benchmarks.accuracy --lower REASON  floors become the figures, with the reason kept

This is the end-to-end figure: people, countries and identities as an import stores them, from
plain text, dateline included. Some of these texts trained the shipped weights; figures of models
that never saw the set they are scored on come from benchmarks.people.evaluate and
benchmarks.countries.evaluate, and docs/accuracy.md says which is which. The gold sets are not part
of the project: without ../shared the command says so and ends well.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus_db.pipeline import import_corpus

SHARED = Path(__file__).resolve().parents[2] / "shared"
FLOORS = Path(__file__).with_name("accuracy_floors.json")
SLACK = 0.2  # percentage points that a figure may fall before the gate closes

PEOPLE = "person mentions, exact span"
IDENTITY = "identity, B-cubed"
COUNTRY_SETS = "countries of a document"
COUNTRIES = "country mentions, overlap and code"

# Gold set, the scorer's options, and the lines of the scorer whose F1 is kept.
SETS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("person_country_conll03_dev", (), (PEOPLE, IDENTITY, COUNTRY_SETS, COUNTRIES)),
    ("person_ieer_apw", (), (PEOPLE,)),
    ("person_country_msnbc", (), (PEOPLE, IDENTITY)),
    ("person_wikigold", (), (PEOPLE,)),
    ("country_lgl", (), (COUNTRY_SETS, COUNTRIES)),
    ("country_lgl", ("--kinds", "country,demonym"), (COUNTRY_SETS, COUNTRIES)),
    ("country_geovirus", (), (COUNTRY_SETS, COUNTRIES)),
    ("country_geovirus", ("--kinds", "country"), (COUNTRY_SETS, COUNTRIES)),
    ("identity_ecbplus", (), (PEOPLE, IDENTITY)),
)

# What the scorer calls the kinds of mention; a set that asks for some is given those alone.
GOLD_KINDS = {"name": "country", "demonym": "demonym", "place": "place", "dateline": "place"}

MENTIONS = """
SELECT m.start, m."end", m.entity, m.kind, m.person_id, m.country_code
FROM mentions m JOIN documents d ON d.article_id = m.article_id
WHERE m.field = 'body' AND d.byte_start = ? ORDER BY m.start
"""


def predictions(gold: list[dict[str, Any]], kinds: set[str]) -> Iterator[dict[str, Any]]:
    """One prediction a gold document, in the scorer's format, read from an import of the texts."""
    with tempfile.TemporaryDirectory() as folder:
        source, db = Path(folder, "gold.jsonl"), Path(folder, "corpus.db")
        starts = []
        with source.open("wb") as lines:
            for document in gold:
                starts.append(lines.tell())
                lines.write(json.dumps({"id": document["id"], "body": document["text"]}).encode() + b"\n")
        import_corpus([source], db)
        connection = sqlite3.connect(db)
        for document, start in zip(gold, starts, strict=True):
            rows = connection.execute(MENTIONS, (start,)).fetchall()
            yield {
                "id": document["id"],
                "people": [_person(row) for row in rows if row[2:4] == ("person", "name")],
                "countries": [
                    {"start": row[0], "end": row[1], "country": row[5]}
                    for row in rows
                    if row[2] == "country" and row[5] and GOLD_KINDS[row[3]] in kinds
                ],
            }
        connection.close()


def _person(row: tuple[Any, ...]) -> dict[str, int]:
    span = {"start": row[0], "end": row[1]}
    return span if row[4] is None else {**span, "cluster": row[4]}


def score(name: str, options: tuple[str, ...], errors: int) -> list[str]:
    """The scorer's lines for one gold set."""
    gold_path = SHARED / "gold" / f"{name}.jsonl"
    gold = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").split("\n") if line]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predicted:
        kinds = set(options[1].split(",") if options else GOLD_KINDS.values())
        predicted.writelines(json.dumps(record) + "\n" for record in predictions(gold, kinds))
        predicted.flush()
        command = [
            sys.executable,
            str(SHARED / "eval" / "score.py"),
            str(gold_path),
            predicted.name,
            *options,
        ]
        if errors:
            command += ["--errors", str(errors)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def figures(lines: list[str], wanted: tuple[str, ...]) -> dict[str, float]:
    """F1 in per cent by label, for the wanted labels of the scorer's lines."""
    found: dict[str, float] = {}
    for line in lines:
        for label in wanted:
            if line.strip().startswith(label) and "F1 " in line:
                found.setdefault(label, float(line.split("F1 ")[1].split()[0]) * 100)
    return found


def main() -> int:
    """Run the command; the exit status is 1 where a floor does not hold."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--gate", action="store_true")
    parser.add_argument("--raise", dest="upwards", action="store_true")
    parser.add_argument("--lower", metavar="REASON")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print("skipped: the gold sets are not here (../shared)")
        return 0
    measured = {}
    for name, flags, wanted in SETS:
        lines = score(name, flags, options.errors)
        print(f"## {name} {' '.join(flags)}".rstrip())
        print("\n".join(lines), flush=True)
        for label, value in figures(lines, wanted).items():
            measured[f"{name} {' '.join(flags)}".strip() + " / " + label] = round(value, 2)
    return _floors(measured, options)


def _floors(measured: dict[str, float], options: argparse.Namespace) -> int:
    kept = (
        json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"floors": {}, "lowered": []}
    )
    floors = kept["floors"]
    fallen = {
        key: (floors[key], value) for key, value in measured.items() if value < floors.get(key, 0) - SLACK
    }
    for key, (floor, value) in fallen.items():
        print(f"below its floor: {key}: {value:.2f} < {floor:.2f}")
    if options.lower:
        kept["lowered"].append({"reason": options.lower, "figures": {k: list(v) for k, v in fallen.items()}})
        kept["floors"] = measured
    elif options.upwards:
        kept["floors"] = {key: max(value, floors.get(key, 0.0)) for key, value in measured.items()}
    if options.lower or options.upwards:
        FLOORS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 1 if options.gate and fallen else 0


if __name__ == "__main__":
    sys.exit(main())
