"""Measures countries and places: `python -m benchmarks.countries.evaluate [--errors N] [--fast]`.

Where a set has no demonyms annotated, predicted demonyms are left out; where a line says "named", only
predictions of kinds name and demonym are scored. LGL and GeoVirus are scored by models that did not see the outlet
or source article; `--fast` uses the bundled weights (which saw them) instead. People are those that the shipped
recogniser finds, which learnt from neither set. Prints the scorer's figures for each set, how often the country of
a place that was found is right, and words per second over ../shared/bulk.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from benchmarks.countries import train
from corpus_db.models import CountrySpan, PersonSpan, Text
from corpus_db.recognition import countries, people
from corpus_db.recognition.countries import choose, lexicon, model

SHARED = train.SHARED
SETS = (
    ("country_lgl", "country,demonym", True),
    ("country_lgl", "country,demonym", False),
    ("country_lgl", "country,demonym,place", False),
    ("country_geovirus", "country", True),
    ("country_geovirus", "country", False),
    ("country_geovirus", "country,demonym,place", False),
    ("person_country_conll03_dev", "country,demonym", False),
    ("person_country_msnbc", "country,demonym", False),
)
SPEED_ARTICLES = 4000


def scorer() -> ModuleType:
    """../shared/eval/score.py as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predictions(
    documents: Sequence[dict[str, Any]], model_for: Callable[[dict[str, Any]], model.Model], named: bool
) -> list[dict[str, Any]]:
    """What the finder says, in the scorer's format."""
    names = lexicon.load()
    found = []
    for document in documents:
        text = Text(None, document["text"])
        spans = choose.find([text], people.default().find([text]), names, model_for(document))[0]
        if not document["meta"].get("demonyms", True):
            spans = [span for span in spans if span.kind != "demonym"]
        if named:
            spans = [span for span in spans if span.kind in ("name", "demonym")]
        found.append({"id": document["id"], "countries": [_row(s) for s in spans if s.country_code]})
    return found


def _row(span: CountrySpan) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "country": span.country_code}


def right_country(gold: Sequence[dict[str, Any]], found: Sequence[dict[str, Any]]) -> tuple[int, int]:
    """Of the gold mentions that a prediction overlaps: how many have its country, and all."""
    right = every = 0
    for document, prediction in zip(gold, found, strict=True):
        for mention in document["countries"]:
            met = [
                p["country"]
                for p in prediction["countries"]
                if p["start"] < mention["end"] and mention["start"] < p["end"]
            ]
            every += bool(met)
            right += mention["country"] in met
    return right, every


def speed() -> float:
    """Words a second of processor time of `find` over newspaper text, warm, one process."""
    texts = []
    with gzip.open(SHARED / "bulk" / "news.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            texts.append(Text(None, json.loads(line)["text"]))
            if len(texts) == SPEED_ARTICLES:
                break
    words = sum(len(text.body.split()) for text in texts)
    nobody: list[list[PersonSpan]] = [[] for _ in texts]
    countries.find(texts, nobody)
    start = time.process_time()
    countries.find(texts, nobody)
    return words / (time.process_time() - start)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--fast", action="store_true", help="the bundled weights on every set")
    arguments = parser.parse_args()
    if not SHARED.exists():
        sys.exit("../shared is absent: nothing to measure with")
    score = scorer()
    models = {} if arguments.fast else train.cross_validated(train.examples())

    def model_for(document: dict[str, Any]) -> model.Model:
        group = document["meta"].get("domain") or document["meta"].get("source")
        return models[train.fold_of(group)] if models and group else model.load()

    for name, kinds, named in SETS:
        gold = score.read(SHARED / "gold" / f"{name}.jsonl")
        found = predictions(gold, model_for, named)
        print(f"== {name} --kinds {kinds}{' (named)' if named else ''}")
        for line in score.report(gold, found, set(kinds.split(",")), arguments.errors):
            if "overlap and code" in line or "of a document" in line or line.startswith("  "):
                print(line)
        right, every = right_country(gold, found)
        print(f"right country of those found: {right / every:.4f} ({right} of {every})")
    print(f"speed: {speed():,.0f} words/s")


if __name__ == "__main__":
    main()
