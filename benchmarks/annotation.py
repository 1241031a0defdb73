"""How fast articles are understood, beside another program that finds names, in the same run.

    python -m benchmarks.annotation                            all of the bulk, each part by itself
    python -m benchmarks.annotation --source news --runs 5     the other bulk, medians of five runs
    python -m benchmarks.annotation --peer en_core_web_md      with spaCy's pipeline of that name, if it is installed

Nothing is read from files or written to a database: this is `annotate` alone, in chunks as an
import makes them, one process, processor time, the first pass over text that no table has seen. As in an
import Python's cyclic collector rests, for both programs (--collect lets it run).
Loading the recognisers is timed by itself. Every run is a process of its own. spaCy finds names
only (its tagger and parser are off), in the last PEER_ARTICLES articles; the two take turns.
Without ../shared the articles are the seeds, repeated.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from benchmarks.speed import texts
from corpus_db import recognition
from corpus_db.collector import resting
from corpus_db.models import Recognised, Text
from corpus_db.recognition import countries, dates, language, people, roles
from corpus_db.resolution.within import resolve_article

CHUNK = 128  # articles, as in an import
PEER_ARTICLES = 300
FOREIGN = "Der Bürgermeister sagte am Abend, dass die Stadt nichts davon wisse. "
PARTS = ("language", "people", "countries", "roles", "persons of an article", "dates in words")


def articles(source: str, count: int) -> list[Text]:
    """The articles' texts as they stand in the bulk, without titles of their own."""
    return [Text(None, text) for _, text in texts(source, count)]


def ours(batch: list[Text]) -> dict[str, float]:
    """Seconds of processor time that each part takes for all the articles; "loading" is not in the sum."""
    spent = dict.fromkeys(("loading", *PARTS), 0.0)
    clock = time.process_time
    began = clock()
    finder = people.default()
    recognition.recognise([Text(None, "Nothing here.")])
    language.detect(Text(None, FOREIGN * 20))  # loads what tells languages apart
    spent["loading"] = clock() - began
    for low in range(0, len(batch), CHUNK):
        chunk = batch[low : low + CHUNK]
        times = [clock()]
        for text in chunk:
            language.detect(text)
        times.append(clock())
        persons = finder.find(chunk)
        times.append(clock())
        places = countries.find(chunk, persons)
        times.append(clock())
        own = [recognition.without_overlaps(*both) for both in zip(persons, places, strict=True)]
        both = list(zip(own, places, strict=True))
        said = [roles.find(text, *found) for text, found in zip(chunk, both, strict=True)]
        times.append(clock())
        for text, found, claimed in zip(chunk, both, said, strict=True):
            resolve_article(text, Recognised(*found, *claimed))
        times.append(clock())
        dates.find_all(chunk)
        times.append(clock())
        for part, before, after in zip(PARTS, times, times[1:], strict=False):
            spent[part] += after - before
    return spent


def peer(name: str, batch: list[Text]) -> float:
    """Seconds of processor time that spaCy takes to find the names of the articles."""
    import spacy

    pipeline = spacy.load(name, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    began = time.process_time()
    for _ in pipeline.pipe(text.body for text in batch):
        pass
    return time.process_time() - began


def child(options: argparse.Namespace) -> None:
    """One run in this process; prints its figures as JSON."""
    batch = articles(options.source, options.articles)
    with nullcontext() if options.collect else resting():
        figures: dict[str, Any] = {"words": sum(len(text.body.split()) for text in batch), **ours(batch)}
        if options.peer:
            some = batch[-PEER_ARTICLES:]
            figures["peer_words"] = sum(len(text.body.split()) for text in some)
            figures["peer"] = peer(options.peer, some)
    print(json.dumps(figures))


def run(options: argparse.Namespace) -> dict[str, Any]:
    """One run in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.annotation", "--child", "--source", options.source]
    command += ["--articles", str(options.articles), *(["--peer", options.peer] if options.peer else [])]
    command += ["--collect"] if options.collect else []
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    figures["all"] = sum(figures[part] for part in PARTS)
    return figures


def show(runs: list[dict[str, Any]], name: str | None) -> None:
    """Print the medians of the runs."""

    def median(key: str) -> float:
        return float(statistics.median(figures[key] for figures in runs))

    words = runs[0]["words"]
    print(f"{words:,} words; processor time, medians of {len(runs)} runs")
    for part in PARTS:
        print(f"  {part:22} {median(part):7.2f} s {words / median(part):12,.0f} words/s")
    print(f"  {'all of annotate':22} {median('all'):7.2f} s {words / median('all'):12,.0f} words/s")
    found = median("people") + median("countries")
    share = 100 * median("countries") / median("all")
    print(f"people and countries alone {words / found:,.0f} words/s; countries {share:.0f} % of annotate")
    print(f"loading {median('loading'):.2f} s")
    if name:
        ratio = statistics.median(f["words"] / f["all"] / (f["peer_words"] / f["peer"]) for f in runs)
        print(
            f"{name} {runs[0]['peer_words'] / median('peer'):,.0f} words/s: annotate is {ratio:.0f} times as fast"
        )


def main() -> None:
    """Parse the command line; run, and print the figures."""
    assert __doc__
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--source", choices=("senate", "news"), default="senate")
    parser.add_argument("--articles", type=int, default=0, help="how many (default: all of the bulk)")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer", help="a pipeline of spaCy to compare with")
    parser.add_argument("--collect", action="store_true", help="let Python's cyclic collector run")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options)
    else:
        show([run(options) for _ in range(options.runs)], options.peer)


if __name__ == "__main__":
    main()
