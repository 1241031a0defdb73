"""The candidates of one article with what they say about each other: the state of the two passes.

First pass: each candidate on its own words ("is it a place here?") and each of its meanings on size and on
what contains it ("Paris, Texas"). Second pass: the same with the article in view: how sure the first pass
was of the other mentions of the name, and which countries and divisions the rest of the article is about.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus_db.models import Field, PersonSpan, Text
from corpus_db.recognition.countries.features import PERSONAL, bucket, context_features
from corpus_db.recognition.countries.gazetteer import (
    ADJECTIVE,
    COUNTRY,
    DEMONYM,
    DISTRICT,
    DIVISION,
    LANDMARK,
    REGION,
    Place,
)
from corpus_db.recognition.countries.lexicon import Lexicon, Surface
from corpus_db.recognition.countries.scan import Candidate, candidates

_CONTAINERS = frozenset({COUNTRY, DIVISION, REGION})
_JOINTS = frozenset({", ", " (", ",\n", "/", " / "})
_LONGEST_JOINT = 3
_LISTED_SIZE = {COUNTRY: 1e8, DEMONYM: 1e8, ADJECTIVE: 3e6, REGION: 4e6, LANDMARK: 1e6, DIVISION: 1e6}


class Mention:
    """A candidate in its article."""

    __slots__ = (
        "capitals",
        "container",
        "contains",
        "end",
        "field",
        "field_text",
        "likely",
        "person",
        "start",
        "surface",
        "weights",
    )

    def __init__(self, field: Field, field_text: str, candidate: Candidate) -> None:
        self.field = field
        self.field_text = field_text
        self.start, self.end, self.surface, self.capitals = candidate
        self.container: Surface | None = None  # what follows and contains it: "Paris, Texas"
        self.contains = False  # it contains the name before it
        self.person = False  # what stands before it makes it a person's family name
        self.likely = 1.0  # probability of being a place here
        self.weights: list[float] = []  # probabilities of the surface's places


def size(place: Place) -> float:
    """Inhabitants, with an estimate for what the lists hold without a number."""
    return max(float(place.population), _LISTED_SIZE.get(place.kind, 0.0), 50.0)


def within(place: Place, container: Place) -> bool:
    """Whether a container's meaning holds this place: its state, or its country."""
    if place.country != container.country or place is container:
        return False
    if container.kind == COUNTRY:
        return place.kind != COUNTRY
    return (
        place.kind != DIVISION
        and bool(container.canonical)
        and (place.division in (container.division, container.canonical))
    )


def read(
    text: Text, people: Sequence[PersonSpan], lexicon: Lexicon, cues: list[str] | None = None
) -> list[Mention]:
    """The candidates of an article, title first, that are no part of a person's name, linked to containers.

    The countries whose outlets use the article's words are added to `cues`.
    """
    mentions: list[Mention] = []
    fields: list[tuple[Field, str]] = [("body", text.body)]
    if text.title:
        fields.insert(0, ("title", text.title))
    for field, field_text in fields:
        taken = [(p.start, p.end) for p in people if p.field == field]
        found = candidates(field_text, lexicon, cues)
        if taken:
            found = [c for c in found if not any(a < c.end and c.start < b for a, b in taken)]
        own = [Mention(field, field_text, candidate) for candidate in found]
        for first, second in pairwise(own):
            if second.start - first.end <= _LONGEST_JOINT and _contained(first, second):
                first.container, second.contains = second.surface, True
        mentions += own
    return [m for m in mentions if m.surface.needs != "," or m.contains]


def _contained(first: Mention, second: Mention) -> bool:
    if first.field_text[first.end : second.start] not in _JOINTS:
        return False
    outer = [p for p in second.surface.places if p.kind in _CONTAINERS]
    return any(within(inner, place) for inner in first.surface.places for place in outer)


class Evidence:
    """Which countries and divisions an article is about, and what a name meant elsewhere in it.

    Each name counts once in full, its further mentions less and less: other names say more.
    """

    def __init__(self, mentions: Iterable[Mention], cues: Sequence[str] = ()) -> None:
        self.total = 0.0
        self.cues = Counter(cues)
        self.all_cues = len(cues) + 1.0
        self.countries: dict[str, float] = defaultdict(float)
        self.divisions: dict[tuple[str, str], float] = defaultdict(float)
        # Of one name: how often it stands there, its summed and its highest probability of being a place,
        # and what it adds to the above.
        self.count: dict[Surface, int] = defaultdict(int)
        self.likely: dict[Surface, float] = defaultdict(float)
        self.persons: dict[Surface, int] = defaultdict(int)
        self.own: dict[tuple[Surface, str], float] = defaultdict(float)
        self.own_divisions: dict[tuple[Surface, str, str], float] = defaultdict(float)
        self.settled: dict[tuple[Surface, str], float] = defaultdict(float)
        shares: dict[Surface, float] = {}
        weights: dict[Surface, list[float]] = {}
        for mention in mentions:
            surface = mention.surface
            self.count[surface] += 1
            self.likely[surface] += mention.likely
            self.persons[surface] += mention.person
            share = mention.likely / self.count[surface]
            self.total += share
            if mention.container is None:  # these all have the same weights
                shares[surface] = shares.get(surface, 0.0) + share
                weights[surface] = mention.weights
            else:
                self._add(surface, mention.weights, share)
                for place, weight in zip(surface.places, mention.weights, strict=True):
                    if weight > 0.5:
                        self.settled[surface, place.country] += mention.likely
        for surface, share in shares.items():
            self._add(surface, weights[surface], share)

    def _add(self, surface: Surface, weights: Sequence[float], share: float) -> None:
        for place, weight in zip(surface.places, weights, strict=True):
            if weight < 0.02:
                continue
            part = share * weight
            country, division = place.country, place.division
            self.countries[country] += part
            self.own[surface, country] += part
            if division:
                self.divisions[country, division] += part
                self.own_divisions[surface, country, division] += part

    def for_country(self, surface: Surface, country: str) -> float:
        """What the other names say for a country."""
        return max(0.0, self.countries.get(country, 0.0) - self.own.get((surface, country), 0.0))

    def for_division(self, surface: Surface, country: str, division: str) -> float:
        """What the other names say for a first-level division."""
        everything = self.divisions.get((country, division), 0.0)
        return max(0.0, everything - self.own_divisions.get((surface, country, division), 0.0))


class Option(NamedTuple):
    """What speaks for one meaning of a name before any text is read; the order is that of the model's weights."""

    share: float  # log of its size over the largest namesake's
    size: float  # log of its size
    world: float  # log of its size over half a million, where it is larger
    country: float  # 1 where the surface is a country's name or people
    division: float
    district: float


class Containing(NamedTuple):
    """What an explicit container ("Paris, Texas") says."""

    contained: float  # 1 where the text names what contains it
    elsewhere: float  # 1 where the text names a container that does not hold it


class About(NamedTuple):
    """What the rest of the article says."""

    spoken_of: float  # log of the evidence for its country
    part: float  # the country's share of all evidence
    near: float  # log of the evidence for its division
    outlet: float  # the country's share of the words that betray where an outlet writes
    settled: float  # 1 where another mention of the name was contained there


def known_options(surface: Surface) -> list[Option]:
    """The first part of the features of each place of a surface."""
    largest = max(size(place) for place in surface.places)
    return [
        Option(
            math.log(size(place) / largest),
            math.log(size(place)) / 10,
            max(0.0, math.log(size(place) / 500_000)),
            float(place.kind in (COUNTRY, DEMONYM)),
            float(place.kind == DIVISION),
            float(place.kind == DISTRICT),
        )
        for place in surface.places
    ]


def containing(mention: Mention) -> list[Containing]:
    """What the container says of each place."""
    nothing = Containing(0.0, 0.0)
    if mention.container is None:
        return [nothing] * len(mention.surface.places)
    outer = [p for p in mention.container.places if p.kind in _CONTAINERS]
    return [
        Containing(1.0, 0.0) if any(within(place, o) for o in outer) else Containing(0.0, 1.0)
        for place in mention.surface.places
    ]


def about(surface: Surface, evidence: Evidence, which: Sequence[int]) -> list[tuple[float, ...]]:
    """What the article says of these places of a surface, each as About orders it."""
    of_country: dict[str, tuple[float, float, float, float]] = {}
    own, settled, divisions = evidence.own, evidence.settled, evidence.divisions
    everything = evidence.total - min(1.0, evidence.likely[surface])
    found: list[tuple[float, ...]] = []
    for i in which:
        place = surface.places[i]
        country, division = place.country, place.division
        said = of_country.get(country)
        if said is None:
            key = surface, country
            others = max(0.0, evidence.countries.get(country, 0.0) - own.get(key, 0.0))
            said = of_country[country] = (
                math.log1p(others * 4),
                min(1.0, others / everything) if everything > 0.3 else 0.0,
                evidence.cues[country] / evidence.all_cues,
                1.0 if settled and settled.get(key, 0.0) > 0.3 else 0.0,
            )
        near = 0.0
        if division and said[0] and (country, division) in divisions:
            near = math.log1p(evidence.for_division(surface, country, division) * 4)
        found.append((said[0], said[1], near, said[2], said[3]))
    return found


def own_features(mention: Mention) -> list[str]:
    """First pass: the words round a mention, and whether it contains its neighbour or is contained."""
    found = context_features(
        mention.field_text, mention.start, mention.end, mention.capitals, mention.surface.usage
    )
    if not PERSONAL.isdisjoint(found):
        mention.person = True
    if mention.container is not None:
        found.append("contained")
    if mention.contains:
        found.append("container")
    return found


def article_features(mention: Mention, first: float, best: Place, evidence: Evidence) -> list[str]:
    """Second pass: the first pass's score and what the rest of the article says."""
    surface = mention.surface
    others = evidence.count[surface] - 1
    rest = round((evidence.likely[surface] - mention.likely) / others * 8) if others else "-"
    found = [
        f"count={min(5, others)}",
        f"rest={rest}",
        f"country={bucket(evidence.for_country(surface, best.country))}",
        f"persons={min(2, evidence.persons[surface] - mention.person)}",
        f"z={max(-12, min(12, round(first * 2)))}",
    ]
    if best.division:
        found.append(f"near={bucket(evidence.for_division(surface, best.country, best.division))}")
    return found
