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
from operator import mul

from corpus_db.recognition.countries import words
from corpus_db.recognition.countries.article import (
    LEVELS,
    Evidence,
    Mention,
    Name,
    Option,
    about_country,
    containing,
    evidence_parts,
    known_options,
    mention_levels,
    name_levels,
    own_parts,
    spoken,
)
from corpus_db.recognition.countries.features import (
    NEIGHBOUR,
    PERSONAL,
    part_features,
    surface_features,
    weights_sum,
)
from corpus_db.recognition.countries.gazetteer import COUNTRY, DEMONYM, DIVISION, Place
from corpus_db.recognition.countries.lexicon import Surface

KNOWN = len(Option._fields)
_TOWN = 5_000  # inhabitants
_REMEMBERED = 200_000  # surfaces, parts of contexts
_NATIONAL = frozenset({COUNTRY, DEMONYM})
_NUMBERS = words.group("number")
GIVEN_UP = -3.5  # first-pass score below which a candidate is no place, whatever the article says
_HOPELESS = -11.0  # a surface's part of it below which no context helps
_SURE = 9.0
_CERTAIN = (1.0,)
_NOTHING_MORE = 1e-9  # evidence up to which a difference is one of rounding


class _Choice:
    """Some places of a surface to choose from, grouped by what the article can say of them."""

    __slots__ = ("countries", "scores", "which")

    def __init__(self, surface: Surface, which: Sequence[int], scores: Sequence[float]) -> None:
        self.which = which
        self.scores = [scores[i] for i in which]  # before the article is read
        # By country: the positions in `which`, and those of each division.
        groups: dict[str, tuple[list[int], dict[tuple[str, str], list[int]]]] = {}
        for position, i in enumerate(which):
            place = surface.places[i]
            positions, divisions = groups.setdefault(place.country, ([], {}))
            positions.append(position)
            if place.division:
                divisions.setdefault((place.country, place.division), []).append(position)
        self.countries = [(country, *group) for country, group in groups.items()]


class _Meanings:
    """What the places of a surface weigh before the article is read."""

    __slots__ = ("base", "base_again", "contained", "meant", "open", "parts", "weights")

    def __init__(self, surface: Surface, model: Model) -> None:
        places = surface.places
        self.open: _Choice | None = None  # what the article decides among, where there is no container
        self.contained: _Choice | None = None  # where there is one, made when first needed
        self.weights: Sequence[float] = _CERTAIN
        if len(places) > 1:
            known = known_options(surface)
            self.base = [_dot(model.choice, option) for option in known]
            self.base_again = [_dot(model.choice_again, option) for option in known]
            # Of a country's name only the larger towns of that name are meant without a container.
            which = [
                i
                for i, place in enumerate(places)
                if not surface.sure or place.kind in (COUNTRY, DEMONYM, DIVISION) or place.population >= _TOWN
            ]
            self.weights = _spread(softmax([self.base[i] for i in which]), which, len(places))
            if len(which) > 1:
                self.open = _Choice(surface, which, self.base_again)
        self.parts = evidence_parts(surface, self.weights)
        self.meant = meant(surface, self.weights)  # where the article decides nothing


class _Known:
    """What the model makes of a surface, computed once; its meanings only where it may be a place."""

    __slots__ = ("_meanings", "first", "phrase", "second")

    def __init__(self, surface: Surface, model: Model) -> None:
        self.first, self.second = model.first[""], model.second[""]
        both = model.both
        for feature in surface_features(surface):
            weights = both.get(feature)
            if weights is not None:
                self.first += weights[0]
                self.second += weights[1]
        self.phrase = surface.words[0] in _NUMBERS
        self._meanings: _Meanings | None = None

    def meanings(self, surface: Surface, model: Model) -> _Meanings:
        """The meanings of this surface, made when first asked for."""
        if self._meanings is None:
            self._meanings = _Meanings(surface, model)
        return self._meanings


def _spread(chosen: Sequence[float], which: Sequence[int], size: int) -> Sequence[float]:
    """Probabilities of some of the places as those of all."""
    if len(which) == size:
        return chosen
    spread = [0.0] * size
    for i, weight in zip(which, chosen, strict=True):
        spread[i] = weight
    return spread


def meant(surface: Surface, weights: Sequence[float]) -> tuple[Place, float]:
    """The likeliest country's likeliest place, and the probability of that country."""
    places = surface.places
    if len(places) == 1:
        return places[0], 1.0
    by_country: dict[str, float] = {}
    for place, weight in zip(places, weights, strict=True):
        country = place.country
        by_country[country] = by_country.get(country, 0.0) + weight
    code = max(by_country, key=by_country.__getitem__) if len(by_country) > 1 else places[0].country
    # "Mexico" is the country, even where its state of that name is the likelier town to be in.
    best, highest, named = places[0], -1.0, False
    for place, weight in zip(places, weights, strict=True):
        if place.country == code:
            country_itself = place.kind in _NATIONAL
            if (weight > highest and country_itself == named) or country_itself > named:
                best, highest, named = place, weight, country_itself
    return best, by_country[code]


def _dot(weights: Sequence[float], values: Sequence[float]) -> float:
    total: float = sum(map(mul, weights, values))
    return total


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
        self._levels = {
            name: {level: self.second.get(f"{name}={level}", 0.0) for level in levels}
            for name, levels in LEVELS.items()
        }
        self._surfaces: dict[Surface, _Known] = {}
        # Weights in both passes by feature, and whether it speaks of a person's name; those of the parts of
        # contexts (features.py) are added as they are met.
        self.both = {
            feature: (self.first.get(feature, 0.0), self.second.get(feature, 0.0), feature in PERSONAL)
            for feature in self.first.keys() | self.second.keys()
        }
        self._parts = self.both.copy()

    def _known(self, surface: Surface) -> _Known:
        found = self._surfaces.get(surface)
        if found is None:
            found = self._surfaces[surface] = _Known(surface, self)
        return found

    def _part(self, part: str) -> tuple[float, float, bool]:
        """What a part of a context weighs in each pass, and whether it speaks of a person's name; remembered."""
        features = part_features(part)
        found = self._parts[part] = (
            weights_sum(features, self.first),
            weights_sum(features, self.second),
            not PERSONAL.isdisjoint(features),
        )
        return found

    def trim(self) -> None:
        """Empty the caches that are full. Call it between articles."""
        if len(self._surfaces) > _REMEMBERED:
            self._surfaces.clear()
        if len(self._parts) > _REMEMBERED:
            self._parts = self.both.copy()

    def find(self, mentions: Sequence[Mention], cues: Sequence[str] = ()) -> list[Mention]:
        """The mentions that may be places, with probabilities and meaning set by both passes."""
        kept: list[Mention] = []
        scores: list[tuple[float, float]] = []
        surfaces = self._surfaces
        for mention in mentions:
            surface = mention.surface
            known = surfaces.get(surface) or self._known(surface)
            if surface.sure:
                mention.likely = 1.0
                score = part = _SURE
            elif known.first < _HOPELESS or (known.phrase and mention.container is None):
                continue
            else:
                score, part = self._read_context(mention, known)
                if score < GIVEN_UP and not mention.person:
                    continue
                mention.likely = probability(score)
            if mention.container is None:
                meanings = known.meanings(surface, self)
                mention.weights, mention.parts = meanings.weights, meanings.parts
            else:
                mention.weights = self.choose(mention, None)
            kept.append(mention)
            scores.append((score, part))
        if kept:
            self._second_pass(kept, scores, Evidence(kept, cues))
        return kept

    def _read_context(self, mention: Mention, known: _Known) -> tuple[float, float]:
        """A mention's scores by its own words, for each pass; says of it whether it looks like a person's name."""
        score, again = known.first, known.second
        remembered = self._parts
        for part in own_parts(mention):
            weights = remembered.get(part)
            if weights is None:
                if part[0] not in NEIGHBOUR:
                    continue  # a mark without a weight
                weights = self._part(part)
            first, second, personal = weights
            score += first
            again += second
            if personal:
                mention.person = True
        return score, again

    def choose(self, mention: Mention, evidence: Evidence | None) -> Sequence[float]:
        """The probabilities of a mention's places; without evidence, those of the first pass."""
        surface = mention.surface
        known = self._known(surface).meanings(surface, self)
        if len(surface.places) == 1:
            return known.weights
        if mention.container is None:
            if evidence is None or known.open is None:
                return known.weights
            choice, scores = known.open, known.open.scores.copy()
        else:
            contained = containing(mention)
            if evidence is None:
                pairs = zip(known.base, contained, strict=True)
                return softmax([s + _dot(self._contained, c) for s, c in pairs])
            if known.contained is None:
                known.contained = _Choice(surface, range(len(surface.places)), known.base_again)
            choice = known.contained
            pairs = zip(choice.scores, contained, strict=True)
            scores = [s + _dot(self._contained_again, c) for s, c in pairs]
        self._add_evidence(scores, choice, evidence.name(surface), evidence)
        return _spread(softmax(scores), choice.which, len(surface.places))

    def _add_evidence(self, scores: list[float], choice: _Choice, name: Name, evidence: Evidence) -> None:
        """Add to the scores what the article says of each country and division."""
        a, b, c, d, e = self._about
        known, own = evidence.divisions, name.own_divisions
        for country, positions, divisions in choice.countries:
            said = about_country(name, evidence, country)
            if said is None:
                continue
            spoken_of, part, outlet, settled = said
            weight = a * spoken_of + b * part + d * outlet + e * settled
            for i in positions:
                scores[i] += weight
            if not spoken_of:
                continue
            for division, positions in divisions.items():
                others = known.get(division, 0.0) - own.get(division, 0.0)
                if others > _NOTHING_MORE:
                    weight = c * spoken(others)
                    for i in positions:
                        scores[i] += weight

    def _second_pass(
        self, mentions: Sequence[Mention], scores: Sequence[tuple[float, float]], evidence: Evidence
    ) -> None:
        # Mentions of a name without a container all mean the same: weights, meaning, and what that adds.
        alone: dict[Surface, tuple[Sequence[float], tuple[Place, float], float]] = {}
        tables = self._levels
        counts, rests, persons, scales = (tables[name] for name in ("count", "rest", "persons", "z"))
        again = []
        for mention, (score, part) in zip(mentions, scores, strict=True):
            surface = mention.surface
            read = alone.get(surface) if mention.container is None else None
            if read is None:
                read = self._read_article(mention, evidence)
                if mention.container is None:
                    alone[surface] = read
            mention.weights, mention.meant, added = read
            if surface.sure:
                again.append(1.0)
                continue
            count, rest, person, scale = mention_levels(evidence.names[surface], mention, score)
            part += added + counts[count] + rests[rest] + persons[person] + scales[scale]
            again.append(probability(part))
        for mention, likely in zip(mentions, again, strict=True):
            mention.likely = likely

    def _read_article(
        self, mention: Mention, evidence: Evidence
    ) -> tuple[Sequence[float], tuple[Place, float], float]:
        """A mention's weights, what it means by them, and what the meaning adds to its score."""
        surface = mention.surface
        weights = self.choose(mention, evidence)
        known = self._known(surface).meanings(surface, self)
        place_and_country = known.meant if weights is known.weights else meant(surface, weights)
        if surface.sure:
            return weights, place_and_country, 0.0
        best = surface.places[weights.index(max(weights))] if len(weights) > 1 else surface.places[0]
        country, near = name_levels(evidence.names[surface], best, evidence)
        return weights, place_and_country, self._levels["country"][country] + self._levels["near"][near]


@cache
def load() -> Model:
    """The bundled model."""
    text = resources.files("corpus_db.data").joinpath("countries", "weights.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Model(data["place"], data["choice"])
