"""Two small models over an article's candidates: is it a place here, and which of its namesakes.

*Is it a place here* is a logistic regression over named features (features.py): the name's use in news, the
words round it, and in the second pass the article's other mentions. *Which one* is a conditional logit over
the surface's places (article.py: Option): size, an explicit container, and what else the article is about.
Trained by `python -m benchmarks.countries.train`, which writes `data/countries/weights.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib import resources

from corpus_db.recognition.countries import words
from corpus_db.recognition.countries.article import (
    Evidence,
    Mention,
    Option,
    about,
    article_features,
    containing,
    known_options,
    own_features,
)
from corpus_db.recognition.countries.features import surface_features, weights_sum
from corpus_db.recognition.countries.gazetteer import COUNTRY, DEMONYM, DIVISION
from corpus_db.recognition.countries.lexicon import Surface

KNOWN = len(Option._fields)
_TOWN = 5_000  # inhabitants
_REMEMBERED = 200_000  # surfaces
GIVEN_UP = -3.5  # first-pass score below which a candidate is no place, whatever the article says
_HOPELESS = -11.0  # a surface's part of it below which no context helps
_SURE = 9.0


class _Known:
    """What the model makes of a surface, computed once."""

    __slots__ = ("base", "base_again", "every", "first", "only", "open", "phrase", "second", "weights")

    def __init__(self, surface: Surface, model: Model) -> None:
        features = surface_features(surface)
        self.first = weights_sum(features, model.first) + model.first[""]
        self.second = weights_sum(features, model.second) + model.second[""]
        self.phrase = surface.words[0] in words.group("number")
        known = known_options(surface)
        self.base = [_dot(model.choice, option) for option in known]
        self.base_again = [_dot(model.choice_again, option) for option in known]
        self.every = range(len(known))
        # Of a country's name only the larger towns of that name are meant without a container.
        self.open = [
            i
            for i, place in enumerate(surface.places)
            if not surface.sure or place.kind in (COUNTRY, DEMONYM, DIVISION) or place.population >= _TOWN
        ]
        chosen = softmax([self.base[i] for i in self.open])
        self.weights = [0.0] * len(known)
        for i, weight in zip(self.open, chosen, strict=True):
            self.weights[i] = weight
        self.only = self.weights


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    return sum(w * x for w, x in zip(weights, values, strict=False))


def softmax(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities that add up to one."""
    if len(scores) == 1:
        return [1.0]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]


def probability(score: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-score)) if score > -30 else 0.0


class Model:
    """The weights, and the probabilities that they give.

    `place` holds the weights of "is it a place here?" by feature for the "first" and the "second" pass;
    `choice` those of "which one?" for each pass: Option, Containing, and in the second pass About.
    """

    def __init__(self, place: dict[str, dict[str, float]], choice: Sequence[Sequence[float]]) -> None:
        self.first, self.second = place["first"], place["second"]
        self.choice, self.choice_again = choice
        self._contained = choice[0][KNOWN : KNOWN + 2]
        self._contained_again = choice[1][KNOWN : KNOWN + 2]
        self._about = choice[1][KNOWN + 2 :]
        self._surfaces: dict[Surface, _Known] = {}
        self._both = {
            feature: (self.first.get(feature, 0.0), self.second.get(feature, 0.0))
            for feature in self.first.keys() | self.second.keys()
        }

    def _known(self, surface: Surface) -> _Known:
        found = self._surfaces.get(surface)
        if found is None:
            found = self._surfaces[surface] = _Known(surface, self)
        return found

    def trim(self) -> None:
        """Empty the cache if it is full. Call it between articles."""
        if len(self._surfaces) > _REMEMBERED:
            self._surfaces.clear()

    def find(self, mentions: Sequence[Mention], cues: Sequence[str] = ()) -> list[Mention]:
        """The mentions that may be places, with their probabilities set by both passes."""
        kept: list[Mention] = []
        scores: list[tuple[float, float]] = []
        both = self._both
        for mention in mentions:
            known = self._known(mention.surface)
            if mention.surface.sure:
                mention.likely = 1.0
                score = part = _SURE
            elif known.first < _HOPELESS or (known.phrase and mention.container is None):
                continue
            else:
                context = own_features(mention)
                score, part = known.first, known.second
                for feature in context:
                    pair = both.get(feature)
                    if pair is not None:
                        score += pair[0]
                        part += pair[1]
                if score < GIVEN_UP and not mention.person:
                    continue
                mention.likely = probability(score)
            mention.weights = known.weights
            if mention.container is not None:
                mention.weights = self.choose(mention, None)
            kept.append(mention)
            scores.append((score, part))
        self._second_pass(kept, scores, Evidence(kept, cues))
        return kept

    def choose(self, mention: Mention, evidence: Evidence | None) -> list[float]:
        """The probabilities of a mention's places."""
        known = self._known(mention.surface)
        if len(known.weights) == 1:
            return known.weights
        if mention.container is not None:
            which: Sequence[int] = known.every
            scores = known.base if evidence is None else known.base_again
            weights = self._contained if evidence is None else self._contained_again
            scores = [s + _dot(weights, c) for s, c in zip(scores, containing(mention), strict=True)]
        elif evidence is None:
            return known.weights
        else:
            which = known.open
            if len(which) == 1:
                return known.only
            scores = [known.base_again[i] for i in which]
        if evidence is not None:
            a, b, c, d, e = self._about
            scores = [
                score + a * spoken + b * part + c * near + d * outlet + e * settled
                for score, (spoken, part, near, outlet, settled) in zip(
                    scores, about(mention.surface, evidence, which), strict=True
                )
            ]
        chosen = softmax(scores)
        if len(which) == len(known.weights):
            return chosen
        spread = [0.0] * len(known.weights)
        for i, probability_of_place in zip(which, chosen, strict=True):
            spread[i] = probability_of_place
        return spread

    def _second_pass(
        self, mentions: Sequence[Mention], scores: Sequence[tuple[float, float]], evidence: Evidence
    ) -> None:
        chosen = []
        alone: dict[Surface, list[float]] = {}  # mentions of a name without a container all mean the same
        for mention in mentions:
            weights = alone.get(mention.surface) if mention.container is None else None
            if weights is None:
                weights = self.choose(mention, evidence)
                if mention.container is None:
                    alone[mention.surface] = weights
            chosen.append(weights)
        again = []
        for mention, weights, (score, part) in zip(mentions, chosen, scores, strict=True):
            if not mention.surface.sure:
                best = mention.surface.places[weights.index(max(weights))]
                part += weights_sum(article_features(mention, score, best, evidence), self.second)
            again.append(1.0 if mention.surface.sure else probability(part))
        for mention, weights, likely in zip(mentions, chosen, again, strict=True):
            mention.weights, mention.likely = weights, likely


@cache
def load() -> Model:
    """The bundled model."""
    text = resources.files("corpus_db.data").joinpath("countries", "weights.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Model(data["place"], data["choice"])
