"""Trains the models of places: `python -m benchmarks.countries.train`, needs scipy and ../shared/gold.

The material: places annotated in LGL (local news) and GeoVirus (WikiNews on epidemics), locations in the
training part of CoNLL-2003 and in English Web Treebank, and a sample of ../shared/bulk that only teaches
that the names of countries and of large cities mostly mean these: LGL alone, local news of small American
towns, would take any Paris for the one in Texas. `evaluate` cross-validates by outlet (LGL) and source article
(GeoVirus); here the models are trained on everything and written to weights.json. The second pass is trained on
first-pass probabilities from models that did not see the article (cross-fitting), the trees (trees.py) likewise on
scores of both passes. In LGL, GeoVirus and the sample people
are those that the shipped recogniser finds: when it changes, train anew to have the same weights to the byte.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from benchmarks.countries.features import article_features, is_personal, own_features, side
from benchmarks.countries.statistics import bulk_texts
from benchmarks.countries.trees import boosted
from corpus_db.models import PersonSpan, Text
from corpus_db.recognition import people as recognisers
from corpus_db.recognition.countries import choose, lexicon
from corpus_db.recognition.countries.article import first_pass, levels, likely_at_first, open_as_stated, told
from corpus_db.recognition.countries.characters import Mask
from corpus_db.recognition.countries.choose import Linked, linked, windows
from corpus_db.recognition.countries.evidence import About, Evidence, Said, add_evidence
from corpus_db.recognition.countries.features import known
from corpus_db.recognition.countries.gazetteer import ADJECTIVE, COUNTRY, DEMONYM, DIVISION, Place
from corpus_db.recognition.countries.meanings import LISTED_SIZE, Options
from corpus_db.recognition.countries.model import Floats, Model
from corpus_db.recognition.countries.readings import Cues, InPersons, Mentions, Names

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


Choice = tuple[Floats, Floats]  # features of each option, and which are right


class Example(NamedTuple):
    """An annotated article, its candidates, and what each of them is."""

    group: str  # articles of one group are never on both sides of a fold
    candidates: Linked
    is_place: list[bool | None]  # None: not annotated
    country: list[str | None]
    own: list[list[str]]  # first-pass features


def fold_of(group: str) -> int:
    """The fold of a group, the same on every machine."""
    return zlib.crc32(group.encode()) % FOLDS


def _documents(name: str) -> list[dict[str, Any]]:
    with open(SHARED / "gold" / f"{name}.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


class _Read(NamedTuple):
    """A text's candidates, in its own offsets, with their features and meanings."""

    candidates: Linked
    start: list[int]
    end: list[int]
    own: list[list[str]]
    places: list[list[Place]]
    sure: list[bool]


def _read(body: str, people: list[PersonSpan] | None, names: lexicon.Lexicon) -> _Read:
    """Its candidates beside these people, or beside those that the recogniser finds."""
    if people is None:
        people = recognisers.default().find([Text(None, body)])[0]
    window, parts = next(windows([Text(None, body)]))
    found = linked(window, parts, [people], names)
    start, end = ((column - window.start[0]).tolist() for column in (found.start, found.end))
    places = [names.places_of(surface) for surface in found.surface.tolist()]
    sure = names.sure[found.surface].tolist()
    return _Read(found, start, end, own_features(window, found, names), places, sure)


def _overlapping(entities: Sequence[dict[str, Any]], start: int, end: int) -> list[dict[str, Any]]:
    return [e for e in entities if e["start"] < end and start < e["end"]]


def _example(document: dict[str, Any], group: str, names: lexicon.Lexicon) -> Example:
    read = _read(document["text"], None, names)
    demonyms = document["meta"].get("demonyms", True)
    is_place: list[bool | None] = []
    country: list[str | None] = []
    for start, end, places, sure in zip(read.start, read.end, read.places, read.sure, strict=True):
        gold = _overlapping(document["countries"], start, end)
        ignored = _overlapping(document.get("ignore_countries", []), start, end)
        adjective = any(p.kind in (DEMONYM, ADJECTIVE) for p in places)
        unknown = (ignored and not gold) or (adjective and not demonyms) or sure
        is_place.append(None if unknown else bool(gold))
        country.append(gold[0]["country"] if gold else None)
    return Example(group, read.candidates, is_place, country, read.own)


def _typed(document: dict[str, Any], names: lexicon.Lexicon) -> Example:
    """An article with typed entities: locations are places, persons and plain words are none.

    Places inside other entities are left open. Of a name without a container the country is taken to
    be meant, or the one large city of that name: this is not local news.
    """
    body, entities = document["text"], document["entities"]
    people = [
        PersonSpan("body", e["start"], e["end"], body[e["start"] : e["end"]], "gold", 1.0)
        for e in entities
        if e["type"] == "PER"
    ]
    read = _read(body, people, names)
    others = [e for e in entities if e["type"] != "PER"]
    is_place: list[bool | None] = []
    claims = read.candidates.claim.tolist()
    for start, end, sure, claim in zip(read.start, read.end, read.sure, claims, strict=True):
        types = {e["type"] for e in _overlapping(others, start, end)}
        unknown = sure or claim or (types and "LOC" not in types)
        is_place.append(None if unknown else "LOC" in types)
    return Example("typed " + document["id"], read.candidates, is_place, _meant(read), read.own)


def _unlabelled(body: str, group: str, names: lexicon.Lexicon) -> Example:
    """An article that says nothing but that the names of countries and of large cities mean these."""
    read = _read(body, None, names)
    return Example(group, read.candidates, [None] * len(read.own), _meant(read), read.own)


def _meant(read: _Read) -> list[str | None]:
    found: list[str | None] = []
    linked_ = (read.candidates.container >= 0) | read.candidates.contains
    for places, sure, beside in zip(read.places, read.sure, linked_.tolist(), strict=True):
        told = sure and not beside and places[0].kind == COUNTRY
        told = told and not any(p.kind == DIVISION for p in places)
        shared = len({p.country for p in places if p.kind == COUNTRY}) > 1
        found.append(places[0].country if told and not shared else None if beside else _large_city(places))
    return found


def _size(place: Place) -> float:
    """Inhabitants, with an estimate for what the lists hold without a number."""
    return max(float(place.population), LISTED_SIZE.get(place.kind, 0.0), 50.0)


def _large_city(meanings: Sequence[Place]) -> str | None:
    """The country of the one large city of a name that stands without a container."""
    places = sorted(meanings, key=_size, reverse=True)
    first = places[0]
    if first.kind in (COUNTRY, DEMONYM, ADJECTIVE, DIVISION):
        return None
    others = [_size(place) for place in places if place.country != first.country]
    large = _size(first) >= LARGE_CITY and (not others or _size(first) >= OUTWEIGHS * max(others))
    return first.country if large else None


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


def conditional(choices: Sequence[Choice]) -> list[float]:
    """Conditional logit: each choice is (options x features, which options are right)."""
    table = np.concatenate([options for options, _ in choices])
    right = np.concatenate([right for _, right in choices])
    sizes = np.array([len(right) for _, right in choices])
    first, owner = np.cumsum(sizes) - sizes, np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = table @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, first)[owner])
        every, among = np.add.reduceat(powers, first), np.add.reduceat(powers * right, first)
        value = 0.5 * CHOICE_PENALTY * float(weights @ weights) - float(np.log(among / every).sum())
        slope = powers / every[owner] - powers * right / among[owner]
        return value, CHOICE_PENALTY * weights + table.T @ slope

    start = np.zeros(table.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
    return [round(float(w), 4) for w in found]


class Material:
    """The candidates of all articles in one row of arrays, as the model reads them."""

    def __init__(self, found: Sequence[Example], names: lexicon.Lexicon) -> None:
        self.names = names
        self.group = [e.group for e in found for _ in e.own]
        self.fold = [zlib.crc32((group + "*").encode()) % INNER_FOLDS for group in self.group]
        self.own = [row for e in found for row in e.own]
        self.is_place = [label for e in found for label in e.is_place]
        self.country = [country for e in found for country in e.country]
        article = np.repeat(np.arange(len(found)), [len(e.own) for e in found])
        surface = np.concatenate([e.candidates.surface for e in found])
        container = np.concatenate([e.candidates.container for e in found])
        stated = np.concatenate([e.candidates.stated for e in found])
        person = np.array([is_personal(row) for row in self.own])
        nothing = np.zeros(len(surface))
        claimed = np.concatenate([e.candidates.claim for e in found]) > 0
        seen = np.concatenate([choose.seen(e.candidates, np.zeros((len(e.own), 3))) for e in found])
        self.mentions = Mentions(article, surface, container, stated, nothing, nothing, person, claimed, seen)
        self.sure: Mask = names.sure[surface]
        cues = [e.candidates.cues.country for e in found]
        numbers = np.repeat(np.arange(len(found)), [len(c) for c in cues])
        self.cues = Cues(numbers, np.concatenate(cues))
        inside = [e.candidates.inside.surface for e in found]
        numbers = np.repeat(np.arange(len(found)), [len(surfaces) for surfaces in inside])
        self.inside = InPersons(numbers, np.concatenate(inside))

    def first(self, held_out: int | None) -> dict[str, float]:
        """The first pass's weights, learnt from all candidates but those of a fold."""
        use = [
            i
            for i, label in enumerate(self.is_place)
            if label is not None and (held_out is None or self.fold[i] != held_out)
        ]
        return logistic([self.own[i] for i in use], [bool(self.is_place[i]) for i in use])

    def choices(self, options: Options, about: About | None) -> list[Choice]:
        """Each annotated mention of a name with several meanings: their features, and which are right."""
        inside = options.with_container
        columns = [*options.known, inside & options.contained, inside & ~options.contained, *(about or ())]
        table = np.stack([np.asarray(column, np.float64) for column in columns], axis=1)
        ends = np.append(options.first[1:], len(options.row))
        found = []
        for first, end, code in zip(options.first, ends, self.country, strict=True):
            if not code or code not in self.names.countries:
                continue
            right = (options.country[first:end] == self.names.countries.index(code)).astype(np.float64)
            if 0 < right.sum() < len(right):
                found.append((table[first:end], right))
        return found


def train(found: Sequence[Example]) -> dict[str, Any]:
    """All models as weights.json holds them."""
    place, choice, lesson = passes(found)
    return {"place": place, "choice": choice, "trees": boosted(*lesson)}


class Lesson(NamedTuple):
    """What the trees are to learn: of each candidate what they are told, whether it is a place, and its score so far."""

    features: Floats
    right: Floats
    score: Floats


class Before(NamedTuple):
    """What the second pass over some articles starts from."""

    keep: np.ndarray  # the candidates that the first pass keeps
    mentions: Mentions
    likely: Floats
    names: Names
    options: Options
    evidence: Evidence

    def said(self, choice: Sequence[float]) -> tuple[Said, Floats]:
        """What the other names say of each place, and how probably it is the one that is meant."""
        found = self.evidence.of(self.options, self.names.article, self.names.name)
        scores = add_evidence(self.options.scores(choice), choice, found.about)
        self.options.open = open_as_stated(self.names, self.options, found)
        return found, self.options.softmax(scores)


def first_of(material: Material, weights: Sequence[dict[str, float]], choice: Sequence[float]) -> Before:
    """The first pass over all articles, each by the weights of the fold that did not see it."""
    sides = np.array(
        [weighed(weights[fold], row) for fold, row in zip(material.fold, material.own, strict=True)]
    )
    seen = np.concatenate([material.mentions.seen[:, :-3], sides], axis=1)
    mentions = material.mentions._replace(first=sides.sum(axis=1), seen=seen)
    keep = np.flatnonzero(first_pass(mentions.first, mentions.person, material.sure))
    mentions = mentions.chosen(keep)
    likely = likely_at_first(mentions.first, material.sure[keep])
    of_names = Names(mentions, likely, material.inside)
    options = Options(material.names, of_names.surface, of_names.container, of_names.stated)
    chances = options.softmax(options.scores(choice))
    evidence = Evidence(material.names, of_names, options, chances, likely, material.cues)
    return Before(keep, mentions, likely, of_names, options, evidence)


class Again(NamedTuple):
    """The annotated candidates of a second pass."""

    before: Before
    which: np.ndarray  # of the mentions
    rows: list[list[str]]
    right: np.ndarray
    fold: list[int]

    @classmethod
    def of(cls, material: Material, before: Before, choice: Sequence[float]) -> Again:
        """With all features, those of the article as well."""
        said, chances = before.said(choice)
        found = levels(before.mentions, before.likely, before.names, before.options, chances, said)
        more = article_features(found)
        which = [i for i, at in enumerate(before.keep.tolist()) if material.is_place[at] is not None]
        at = before.keep[which].tolist()
        rows = [material.own[j] + more[i] for i, j in zip(which, at, strict=True)]
        right = np.array([bool(material.is_place[j]) for j in at])
        return cls(before, np.array(which), rows, right, [material.fold[j] for j in at])

    def lesson(
        self, material: Material, weights: Sequence[dict[str, float]], choice: Sequence[float]
    ) -> Lesson:
        """For the trees: the candidates of the articles in which everything is marked."""
        pairs = zip(self.fold, self.rows, strict=True)
        score = np.array([weighed(weights[fold], row).sum() for fold, row in pairs])
        said, chances = self.before.said(choice)
        _, mentions, likely, names, options, _ = self.before
        what = known(material.names, mentions.surface[self.which])
        told_ = told(material.names, mentions, self.which, what, likely, names, options, chances, said, score)
        at = self.before.keep[self.which].tolist()
        use = np.array([not material.group[i].startswith("typed ") for i in at])
        return Lesson(told_.T[use], self.right[use].astype(np.float64), score[use])


def passes(
    found: Sequence[Example],
) -> tuple[dict[str, dict[str, float]], list[list[float]], Lesson]:
    """The weights of both passes: is it a place here, and which one; and a lesson for the trees."""
    material = Material(found, lexicon.load())
    first = material.first(None)
    inner = [material.first(fold) for fold in range(INNER_FOLDS)]
    mentions = material.mentions
    each = Options(
        material.names, mentions.surface, mentions.container, mentions.stated
    )  # a reading for each mention
    choice = conditional(material.choices(each, None))
    before = first_of(material, inner, choice)
    pairs = zip(before.mentions.article.tolist(), before.mentions.surface.tolist(), strict=True)
    counted = dict(zip(pairs, before.names.number.tolist(), strict=True))
    pairs_of_all = zip(mentions.article.tolist(), mentions.surface.tolist(), strict=True)
    number = np.array([counted.get(pair, -1) for pair in pairs_of_all])
    said = before.evidence.of(each, mentions.article, number)
    choice_again = conditional(material.choices(each, said.about))
    again = Again.of(material, before, choice_again)
    place = {"first": first, "second": logistic(again.rows, again.right.tolist())}
    seconds = []
    for held_out in range(INNER_FOLDS):
        others = [i for i, fold in enumerate(again.fold) if fold != held_out]
        seconds.append(logistic([again.rows[i] for i in others], again.right[others].tolist()))
    return place, [choice, choice_again], again.lesson(material, seconds, choice_again)


def weighed(weights: dict[str, float], features: Sequence[str]) -> np.ndarray:
    """What features weigh, by what they speak of; the intercept belongs to the name."""
    found = np.zeros(3)
    found[0] = weights[""]
    for feature in features:
        found[side(feature)] += weights.get(feature, 0.0)
    return found


def cross_validated(found: Sequence[Example]) -> dict[int, Model]:
    """For each fold the model that did not see it."""
    models = {}
    for held_out in range(FOLDS):
        weights = train([e for e in found if fold_of(e.group) != held_out])
        models[held_out] = Model(**weights)
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
