"""Scores the recogniser on the annotated sets and measures its speed.

    python -m benchmarks.people.evaluate [--weights FILE] [--sets ...] [--errors N] [--no-speed]

The figures are those of ../shared/eval/score.py, as it is. The shipped weights have seen every
set but person_country_conll03_dev; `--held-out` trains a model on the typed sets only.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corpus_db.models import Text
from corpus_db.recognition.people.lexicon import lexicon
from corpus_db.recognition.people.recogniser import SpanRecogniser
from corpus_db.recognition.people.weights import load

from .data import GOLD, SHARED, TEST_SETS, read_set
from .train import DATA

SCORER = SHARED / "eval" / "score.py"


def score(recogniser: SpanRecogniser, name: str, errors: int) -> list[str]:
    """The scorer's lines on people for one set."""
    documents = list(read_set(name))
    found = recogniser.find([Text(None, document.text) for document in documents])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        with path.open("w", encoding="utf-8") as lines:
            for document, spans in zip(documents, found, strict=True):
                people = [{"start": span.start, "end": span.end} for span in spans]
                print(json.dumps({"id": document.id.split("/", 1)[1], "people": people}), file=lines)
        command = [
            sys.executable,
            str(SCORER),
            str(GOLD / f"{name}.jsonl"),
            str(path),
            "--errors",
            str(errors),
        ]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines_out, wanted = [], False
    for line in output.splitlines():
        wanted = line.startswith("person mentions") or (wanted and line.startswith("  "))
        if wanted:
            lines_out.append(line)
    return lines_out


def speed(recogniser: SpanRecogniser, texts: int = 3000) -> str:
    """Words a second over the unlabelled articles: first pass over them, second pass, one by one."""
    batch = []
    with gzip.open(SHARED / "bulk" / "news.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            batch.append(Text(None, json.loads(line)["text"]))
            if len(batch) == texts:
                break
    words = sum(len(text.body.split()) for text in batch)
    figures = []
    for size in (128, 128, 1):
        started = time.perf_counter()
        for low in range(0, len(batch), size):
            recogniser.find(batch[low : low + size])
        figures.append(words / (time.perf_counter() - started))
    return "words/s: {:,.0f} first pass, {:,.0f} second pass, {:,.0f} one article at a time".format(*figures)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Score the built-in recogniser of persons.")
    parser.add_argument("--weights", type=Path, default=DATA / "weights.npz")
    parser.add_argument("--sets", default=",".join(TEST_SETS))
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args()
    if not SCORER.exists():
        print(f"skipped: {SCORER} is not there")
        return
    recogniser = SpanRecogniser(load(options.weights), lexicon())
    for name in options.sets.split(","):
        lines = score(recogniser, name, options.errors)
        print(f"{name}: {lines[0].split(': ', 1)[1]}")
        print(*lines[1:] if options.errors else [], sep="\n")
    if not options.no_speed:
        print(speed(recogniser))


if __name__ == "__main__":
    main()
