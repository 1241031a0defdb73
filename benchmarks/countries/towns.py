"""Which of a country's namesakes: `python -m benchmarks.countries.towns [--write] [--errors N]`.

An article that says once where a town is ("Richmond, Ky.") is the label; with that taken away wherever it stands
behind the name, is the town still placed in Kentucky? Taken from the bulk and the gold articles of ../shared,
towns and counties that have a namesake in their country; Washington is left out, its bare name is another town.
Prints how many are right, wrong and left open: by the largest namesake alone, and by the model, five-fold
cross-validated by article. `--write` learns the weights from all of them.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

from benchmarks.countries.statistics import bulk_texts
from benchmarks.countries.train import SHARED
from corpus_db.models import CountrySpan, Text
from corpus_db.recognition import countries, people
from corpus_db.recognition.countries import choose, lexicon, model, towns
from corpus_db.recognition.countries.article import weigh
from corpus_db.recognition.countries.gazetteer import CITY, DISTRICT, KINDS
from corpus_db.recognition.countries.spelling import key

OUTPUT = Path(towns.__file__).parents[2] / "data" / "countries" / "towns.json"
FOLDS = 5
CHUNK = 128
RIDGE = 0.3
LEFT_OUT = "washington"
TOWNS = ("city", "district")


class Masked(NamedTuple):
    """A town in an article that no longer says where it is."""

    text: str
    name: str
    country: str
    division: str


class Lesson(NamedTuple):
    """The towns of a name in their country: what speaks for each, and which lie where the article said."""

    masked: Masked
    features: NDArray[np.float64]  # (towns, features)
    right: NDArray[np.bool_]
    divisions: NDArray[np.int64]


def texts() -> Iterator[str]:
    """The bulk's and LGL's."""
    with (SHARED / "gold" / "country_lgl.jsonl").open(encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)
    yield from bulk_texts()


def masked(text: str, spans: Sequence[CountrySpan]) -> Iterator[Masked]:
    """The text once for each town that it places, without what places it."""
    stated: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for town, container in pairwise(spans):
        here, outer = town.located, container.located
        if here is None or outer is None or text[town.end : container.start] != ", ":
            continue
        inside = (here.country_code, here.region) == (outer.country_code, outer.name)
        if inside and here.kind in TOWNS and outer.kind == "division":
            place = town.text, here.country_code, outer.name
            stated.setdefault(place, []).append((town.end, container.end))
    names = Counter(name for name, _, _ in stated)
    for (name, country, division), cuts in stated.items():
        if names[name] == 1 and LEFT_OUT not in name.lower():
            rest = text
            for start, end in reversed(cuts):
                rest = rest[:start] + rest[end:]
            yield Masked(rest, name, country, division)


def gathered() -> list[Masked]:
    """All of them."""
    found: list[Masked] = []
    every = list(texts())
    for first in range(0, len(every), CHUNK):
        batch = [Text(None, text) for text in every[first : first + CHUNK]]
        for text, spans in zip(batch, countries.find(batch, people.default().find(batch)), strict=True):
            found += masked(text.body, spans)
    return found


def lesson(own: Masked, names: lexicon.Lexicon) -> Lesson | None:
    """What the article says of the name's towns; None where it has no namesake, or is no place there."""
    batch = [Text(None, own.text)]
    mentions = choose.mentions_of(batch, people.default().find(batch), names, model.load())[1:]
    if not len(mentions[0].article):
        return None
    weighed = weigh(*mentions, names, model.load())
    options, readings = weighed.options, weighed.names
    met = np.flatnonzero((readings.surface == names.surface(key(own.name))) & (readings.container < 0))
    if not len(met):
        return None
    kinds = np.isin(options.kind, [KINDS.index(CITY), KINDS.index(DISTRICT)])
    here = kinds & (options.reading == met[0]) & (options.country == names.countries.index(own.country))
    entries = np.flatnonzero(here)
    divisions = options.division[entries]
    right = np.array([names.divisions[number][1] == own.division for number in divisions.tolist()], bool)
    if not right.any() or right.all():
        return None
    return Lesson(own, towns.features(options, weighed.said, entries).T, right, divisions)


def learnt(lessons: Sequence[Lesson]) -> NDArray[np.float64]:
    """The weights that make the stated divisions likeliest."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for own in lessons:
            share = shares(own, weights)
            there = share * own.right
            value -= float(np.log(max(there.sum(), 1e-300)))
            slope = slope + own.features.T @ (share - there / max(there.sum(), 1e-300))
        return value, slope

    found: NDArray[np.float64] = minimize(loss, np.zeros(len(towns.FEATURES)), jac=True, method="L-BFGS-B").x
    return found


def shares(own: Lesson, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability of each town."""
    score = own.features @ weights
    powers = np.exp(score - score.max())
    found: NDArray[np.float64] = powers / powers.sum()
    return found


def outcome(own: Lesson, share: NDArray[np.float64]) -> str:
    """Whether the likeliest division is the stated one, or is left open."""
    of = {number: float(share[own.divisions == number].sum()) for number in own.divisions.tolist()}
    likeliest = max(of, key=lambda number: of[number])
    if of[likeliest] < towns.RESOLVE:
        return "open"
    return "right" if bool(own.right[own.divisions == likeliest].any()) else "wrong"


def main() -> None:
    """Print the figures, or write the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    names = lexicon.load()
    lessons = [found for own in gathered() if (found := lesson(own, names)) is not None]
    if arguments.write:
        weights = learnt(lessons).round(3).tolist()
        OUTPUT.write_text(
            json.dumps(dict(zip(towns.FEATURES, weights, strict=True))) + "\n", encoding="utf-8"
        )
        print(len(lessons), OUTPUT.name, weights)
        return
    fold = [zlib.crc32(own.masked.text[:200].encode()) % FOLDS for own in lessons]
    largest: Counter[str] = Counter()
    model_says: Counter[str] = Counter()
    for number in range(FOLDS):
        weights = learnt([own for own, at in zip(lessons, fold, strict=True) if at != number])
        for own in (own for own, at in zip(lessons, fold, strict=True) if at == number):
            size = own.features[:, 0]
            largest[outcome(own, (size == size.max()) / (size == size.max()).sum())] += 1
            said = outcome(own, shares(own, weights))
            model_says[said] += 1
            if said == "wrong" and model_says[said] <= arguments.errors:
                print(" ", own.masked.name, own.masked.division, "|", own.masked.text[:80].replace("\n", " "))
    for what, counts in (("the largest", largest), ("the model", model_says)):
        settled = counts["right"] + counts["wrong"]
        print(
            f"{what}: {dict(counts)} of {len(lessons)}; right of those settled {counts['right'] / settled:.3f}"
        )


if __name__ == "__main__":
    main()
