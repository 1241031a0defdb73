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

from corpus_db.recognition.countries.article import (
    FIRST_PASS,
    Evidence,
    Mention,
    article_features,
    link_features,
    options,
)
from corpus_db.recognition.countries.features import context_features, surface_features, weights_sum
from corpus_db.recognition.countries.lexicon import Surface

_REMEMBERED = 200_000  # surfaces


class Model:
    """The weights, and the scores they give."""

    def __init__(self, weights: dict[str, dict[str, float]], choice: Sequence[Sequence[float]]) -> None:
        self._first = weights["first"]
        self._second = weights["second"]
        self._choice = [tuple(choice[0]), tuple(choice[1])]
        self._surfaces: dict[tuple[str, ...], tuple[float, float]] = {}

    def of_surface(self, surface: Surface) -> tuple[float, float]:
        """A surface's part of the score, in the first and in the second pass."""
        found = self._surfaces.get(surface.words)
        if found is None:
            if len(self._surfaces) > _REMEMBERED:
                self._surfaces.clear()
            features = surface_features(surface)
            found = weights_sum(features, self._first), weights_sum(features, self._second)
            self._surfaces[surface.words] = found
        return found

    def first_pass(self, mentions: Sequence[Mention]) -> list[tuple[float, float]]:
        """Set each mention's first probabilities; returns (score, second pass's part of the score)."""
        scores = []
        first, second = self._first, self._second
        for mention in mentions:
            choose(mention, None, self._choice[0])
            if mention.surface.sure:
                mention.likely = 1.0
                scores.append((9.0, 9.0))
                continue
            known, known_again = self.of_surface(mention.surface)
            context = context_features(mention.field_text, mention.start, mention.end, mention.capitals)
            context += link_features(mention)
            score = known + weights_sum(context, first) + first[""]
            mention.likely = 1 / (1 + math.exp(-score)) if score > -30 else 0.0
            scores.append((score, known_again + weights_sum(context, second) + second[""]))
        return scores

    def second_pass(self, mentions: Sequence[Mention], scores: Sequence[tuple[float, float]]) -> None:
        """Set each mention's probabilities with the article in view."""
        evidence = Evidence(mentions)
        for mention in mentions:
            choose(mention, evidence, self._choice[1])
        again = []
        for mention, (score, part) in zip(mentions, scores, strict=True):
            if mention.surface.sure:
                again.append(1.0)
                continue
            best = mention.surface.places[mention.weights.index(max(mention.weights))]
            part += weights_sum(article_features(mention, score, best, evidence), self._second)
            again.append(1 / (1 + math.exp(-part)) if part > -30 else 0.0)
        for mention, likely in zip(mentions, again, strict=True):
            mention.likely = likely


def choose(mention: Mention, evidence: Evidence | None, weights: Sequence[float]) -> None:
    """Set the probabilities of a mention's places (softmax)."""
    if len(mention.surface.places) == 1:
        mention.weights = [1.0]
        return
    scores = [
        sum(w * x for w, x in zip(weights, option, strict=False)) for option in options(mention, evidence)
    ]
    highest = max(scores)
    powers = [math.exp(score - highest) for score in scores]
    total = sum(powers)
    mention.weights = [power / total for power in powers]


@cache
def load() -> Model:
    """The bundled model."""
    text = resources.files("corpus_db.data").joinpath("countries", "weights.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Model(data["place"], data["choice"])


__all__ = ["FIRST_PASS", "Model", "choose", "load"]
