"""Scores the recogniser on the annotated sets and measures its speed.

    python -m benchmarks.people.evaluate [--weights FILE] [--held-out typed|each] [--errors N] [--no-speed]

The figures are those of ../shared/eval/score.py, as it is. The shipped weights have seen every set
but person_country_conll03_dev. `--held-out typed` trains once, on the typed sets alone, and scores
all four; `--held-out each` trains once for each set, on all the others: what the shipped weights
are worth on news that they have not seen.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from corpus_db.models import Text
from corpus_db.recognition.people.lexicon import lexicon
from corpus_db.recognition.people.recogniser import SpanRecogniser
from corpus_db.recognition.people.weights import load

from .data import GOLD, SHARED, TEST_SETS, TRAINING_SETS, TYPED_SETS, read_set, training_documents
from .train import DATA, Settings, train

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


def held_out(kind: str) -> Iterator[tuple[str, SpanRecogniser]]:
    """Each test set with a recogniser whose training never saw it (some minutes for each training)."""
    if kind == "typed":
        recogniser = SpanRecogniser(train(training_documents(TYPED_SETS), Settings()), lexicon())
        yield from ((name, recogniser) for name in TEST_SETS)
        return
    for name in TEST_SETS:
        sets = [other for other in TRAINING_SETS if other != name]
        yield name, SpanRecogniser(train(training_documents(sets), Settings()), lexicon())


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--weights", type=Path, default=DATA / "weights.npz")
    parser.add_argument("--held-out", choices=("typed", "each"))
    parser.add_argument("--errors", type=int, default=0, help="show the commonest errors")
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args()
    if not SCORER.exists():
        print(f"skipped: {SCORER} is not there")
        return
    shipped = SpanRecogniser(load(options.weights), lexicon())
    judges = held_out(options.held_out) if options.held_out else ((name, shipped) for name in TEST_SETS)
    for name, recogniser in judges:
        first, *more = score(recogniser, name, options.errors)
        print(f"{name}: {first.split(': ', 1)[1]}", *(more if options.errors else ()), sep="\n", flush=True)
    if not options.no_speed:
        print(speed(shipped))


if __name__ == "__main__":
    main()
