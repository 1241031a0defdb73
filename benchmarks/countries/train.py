"""Trains the models of places: `python -m benchmarks.countries.train`, needs scipy and ../shared/gold.

The material: places annotated in LGL (local news) and GeoVirus (WikiNews on epidemics), locations in the
training part of CoNLL-2003 and in English Web Treebank, and a sample of ../shared/bulk that only teaches
that the names of countries and of large cities mostly mean these: LGL alone, local news of small American
towns, would take any Paris for the one in Texas. `evaluate` cross-validates by outlet (LGL) and source article
(GeoVirus); here the models are trained on everything and written to weights.json. The second pass is trained on
first-pass probabilities from models that did not see the article (cross-fitting).
"""

from __future__ import annotations

import json
import math
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from benchmarks.countries.statistics import bulk_texts
from corpus_db.models import PersonSpan, Text
from corpus_db.recognition.countries import lexicon
from corpus_db.recognition.countries.article import (
    About,
    Evidence,
    Mention,
    about,
    article_features,
    containing,
    known_options,
    own_features,
    read,
    size,
)
from corpus_db.recognition.countries.features import surface_features
from corpus_db.recognition.countries.gazetteer import ADJECTIVE, COUNTRY, DEMONYM, DIVISION
from corpus_db.recognition.countries.model import GIVEN_UP, Model, probability

SHARED = Path(__file__).parents[3] / "shared"
OUTPUT = Path(__file__).parents[2] / "corpus_db" / "data" / "countries" / "weights.json"
TYPED = ("train_conll03", "train_ewt")
UNLABELLED_EVERY = 60  # articles of ../shared/bulk
FOLDS = 5
INNER_FOLDS = 4
SEEN_OFTEN = 3  # a feature needs as many examples
PENALTY = 0.5  # L2, on each weight
CHOICE_PENALTY = 0.1
LARGE_CITY = 100_000  # inhabitants
OUTWEIGHS = 5  # times the largest of its namesakes in other countries


class Example(NamedTuple):
    """An annotated article, its candidates, and what each of them is."""

    group: str  # articles of one group are never on both sides of a fold
    text: Text
    people: list[PersonSpan]
    mentions: list[Mention]
    is_place: list[bool | None]  # None: not annotated
    country: list[str | None]
    own: list[list[str]]  # first-pass features
    cues: list[str]


def fold_of(group: str) -> int:
    """The fold of a group, the same on every machine."""
    return zlib.crc32(group.encode()) % FOLDS


def _documents(name: str) -> list[dict[str, Any]]:
    with open(SHARED / "gold" / f"{name}.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _example(document: dict[str, Any], group: str, names: lexicon.Lexicon) -> Example:
    text = Text(None, document["text"])
    cues: list[str] = []
    mentions = read(text, [], names, cues)
    demonyms = document["meta"].get("demonyms", True)
    is_place: list[bool | None] = []
    country: list[str | None] = []
    for mention in mentions:
        gold = [g for g in document["countries"] if g["start"] < mention.end and mention.start < g["end"]]
        ignored = [
            g
            for g in document.get("ignore_countries", [])
            if g["start"] < mention.end and mention.start < g["end"]
        ]
        adjective = any(p.kind in (DEMONYM, ADJECTIVE) for p in mention.surface.places)
        unknown = (ignored and not gold) or (adjective and not demonyms) or mention.surface.sure
        is_place.append(None if unknown else bool(gold))
        country.append(gold[0]["country"] if gold else None)
    own = [_own_features(m) for m in mentions]
    return Example(group, text, [], mentions, is_place, country, own, cues)


def _typed(document: dict[str, Any], names: lexicon.Lexicon) -> Example:
    """An article with typed entities: locations are places, persons and plain words are none.

    Places inside other entities are left open. Of a name without a container the country is taken to
    be meant, or the one large city of that name: this is not local news.
    """
    text = Text(None, document["text"])
    people = [
        PersonSpan("body", e["start"], e["end"], text.body[e["start"] : e["end"]], "gold", 1.0)
        for e in document["entities"]
        if e["type"] == "PER"
    ]
    cues: list[str] = []
    mentions = read(text, people, names, cues)
    is_place: list[bool | None] = []
    for mention in mentions:
        types = {
            e["type"]
            for e in document["entities"]
            if e["start"] < mention.end and mention.start < e["end"] and e["type"] != "PER"
        }
        unknown = mention.surface.sure or (types and "LOC" not in types)
        is_place.append(None if unknown else "LOC" in types)
    own = [_own_features(m) for m in mentions]
    return Example("typed " + document["id"], text, people, mentions, is_place, _meant(mentions), own, cues)


def _unlabelled(body: str, group: str, names: lexicon.Lexicon) -> Example:
    """An article that says nothing but that the names of countries and of large cities mean these."""
    text = Text(None, body)
    cues: list[str] = []
    mentions = read(text, [], names, cues)
    own: list[list[str]] = [_own_features(m) for m in mentions]
    return Example(group, text, [], mentions, [None] * len(mentions), _meant(mentions), own, cues)


def _meant(mentions: Sequence[Mention]) -> list[str | None]:
    found: list[str | None] = []
    for mention in mentions:
        places = mention.surface.places
        plain = mention.surface.sure and mention.container is None and not mention.contains
        told = plain and places[0].kind == COUNTRY and not any(p.kind == DIVISION for p in places)
        shared = len({p.country for p in places if p.kind == COUNTRY}) > 1
        if told and not shared:
            found.append(places[0].country)
        else:
            found.append(_large_city(mention))
    return found


def _large_city(mention: Mention) -> str | None:
    """The country of the one large city of a name that stands without a container."""
    places = sorted(mention.surface.places, key=size, reverse=True)
    first = places[0]
    if (
        mention.container is not None
        or mention.contains
        or first.kind in (COUNTRY, DEMONYM, ADJECTIVE, DIVISION)
    ):
        return None
    others = [size(place) for place in places if place.country != first.country]
    large = size(first) >= LARGE_CITY and (not others or size(first) >= OUTWEIGHS * max(others))
    return first.country if large else None


def _own_features(mention: Mention) -> list[str]:
    return [
        *surface_features(mention.surface),
        *own_features(mention),
    ]


def examples() -> list[Example]:
    """All articles to learn from; only those of the first two groups are measured on."""
    names = lexicon.load()
    found = [_example(d, d["meta"]["domain"], names) for d in _documents("country_lgl")]
    found += [_example(d, d["meta"]["source"], names) for d in _documents("country_geovirus")]
    for name in TYPED:
        found += [_typed(d, names) for d in _documents(name)]
    for number, body in enumerate(bulk_texts()):
        if number % UNLABELLED_EVERY == 0:
            found.append(_unlabelled(body, f"bulk {number}", names))
    return found


def logistic(rows: Sequence[Sequence[str]], labels: Sequence[bool]) -> dict[str, float]:
    """L2-penalised logistic regression; the intercept is the feature ''."""
    counts = Counter(feature for row in rows for feature in set(row))
    vocabulary = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= SEEN_OFTEN))}
    intercept = len(vocabulary)
    indices, indptr = [], [0]
    for row in rows:
        indices += [*sorted({vocabulary[f] for f in row if f in vocabulary}), intercept]
        indptr.append(len(indices))
    matrix = csr_matrix(
        (np.ones(len(indices)), np.array(indices), np.array(indptr)), shape=(len(rows), intercept + 1)
    )
    target = np.where(labels, 1.0, -1.0)
    penalty = np.full(intercept + 1, PENALTY)
    penalty[intercept] = 0.0

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = target * (matrix @ weights)
        value = float(np.logaddexp(0, -margin).sum() + 0.5 * (penalty * weights**2).sum())
        slope = matrix.T @ (-target / (1 + np.exp(np.clip(margin, -50, 50)))) + penalty * weights
        return value, slope

    weights = minimize(loss, np.zeros(intercept + 1), jac=True, method="L-BFGS-B", options={"maxiter": 80}).x
    found = {feature: round(float(weights[i]), 3) for feature, i in vocabulary.items()}
    found[""] = float(weights[intercept])
    return {feature: weight for feature, weight in found.items() if weight or not feature}


def conditional(choices: Sequence[tuple[np.ndarray, np.ndarray]]) -> list[float]:
    """Conditional logit: each choice is (options x features, which options are right)."""
    width = choices[0][0].shape[1]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        value = 0.5 * CHOICE_PENALTY * float(weights @ weights)
        slope = CHOICE_PENALTY * weights
        for matrix, right in choices:
            scores = matrix @ weights
            scores -= scores.max()
            powers = np.exp(scores)
            every = powers / powers.sum()
            among = powers * right / (powers * right).sum()
            value -= math.log((powers * right).sum() / powers.sum())
            slope = slope + matrix.T @ (every - among)
        return value, slope

    return [
        round(float(w), 4)
        for w in minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    ]


def _choices(
    found: Sequence[Example], evidence: Sequence[Evidence] | None
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Each annotated mention of a name with several meanings: their features, and which are right."""
    choices = []
    for number, example in enumerate(found):
        for mention, country in zip(example.mentions, example.country, strict=True):
            right = np.array([float(p.country == country) for p in mention.surface.places])
            if not country or not 0 < right.sum() < len(right):
                continue
            parts: list[Sequence[Sequence[float]]] = [known_options(mention.surface), containing(mention)]
            if evidence is not None:
                parts.append(about(mention.surface, evidence[number], range(len(right))))
            choices.append((np.hstack([np.array(part) for part in parts]), right))
    return choices


def _first(found: Sequence[Example]) -> dict[str, float]:
    pairs = [
        (row, label)
        for example in found
        for row, label in zip(example.own, example.is_place, strict=True)
        if label is not None
    ]
    return logistic([row for row, _ in pairs], [label for _, label in pairs])


def _apply_first(example: Example, place: dict[str, float], chooser: Model) -> list[float]:
    """Sets first-pass probabilities; returns the scores."""
    scores = []
    for mention, row in zip(example.mentions, example.own, strict=True):
        mention.weights = chooser.choose(mention, None)
        score = sum(place.get(f, 0.0) for f in row) + place[""]
        mention.likely = 1.0 if mention.surface.sure else probability(score)
        scores.append(score)
    return scores


def _inner_fold(example: Example) -> int:
    return zlib.crc32((example.group + "*").encode()) % INNER_FOLDS


def train(found: Sequence[Example]) -> dict[str, Any]:
    """Both models, both passes, as weights.json holds them."""
    first = _first(found)
    choice = conditional(_choices(found, None))
    chooser = Model({"first": first, "second": {"": 0.0}}, [choice, choice + [0.0] * len(About._fields)])
    scores: dict[int, list[float]] = {}
    for held_out in range(INNER_FOLDS):
        inner = _first([e for e in found if _inner_fold(e) != held_out])
        for number, example in enumerate(found):
            if _inner_fold(example) == held_out:
                scores[number] = _apply_first(example, inner, chooser)
    kept = [
        [
            m.surface.sure or m.person or score >= GIVEN_UP
            for m, score in zip(example.mentions, scores[number], strict=True)
        ]
        for number, example in enumerate(found)
    ]
    evidence = [
        Evidence([m for m, use in zip(example.mentions, kept[number], strict=True) if use], example.cues)
        for number, example in enumerate(found)
    ]
    choice_again = conditional(_choices(found, evidence))
    chooser = Model({"first": first, "second": {"": 0.0}}, [choice, choice_again])
    rows, labels = [], []
    for number, example in enumerate(found):
        for i, mention in enumerate(example.mentions):
            label = example.is_place[i]
            if label is None or not kept[number][i]:
                continue
            weights = chooser.choose(mention, evidence[number])
            best = mention.surface.places[weights.index(max(weights))]
            rows.append(example.own[i] + article_features(mention, scores[number][i], best, evidence[number]))
            labels.append(label)
    second = logistic(rows, labels)
    return {"place": {"first": first, "second": second}, "choice": [choice, choice_again]}


def cross_validated(found: Sequence[Example]) -> dict[int, Model]:
    """For each fold the model that did not see it."""
    models = {}
    for held_out in range(FOLDS):
        weights = train([e for e in found if fold_of(e.group) != held_out])
        models[held_out] = Model(weights["place"], weights["choice"])
    return models


def main() -> None:
    """Train on everything and write the weights."""
    if not SHARED.exists():
        sys.exit("../shared is absent: nothing to train on")
    weights = train(examples())
    OUTPUT.write_text(
        json.dumps(weights, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    print({name: len(table) for name, table in weights["place"].items()}, weights["choice"])


if __name__ == "__main__":
    main()
