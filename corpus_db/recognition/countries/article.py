"""The candidates of one article with what they say about each other: the state of the two passes.

First pass: each candidate on its own words ("is it a place here?") and each of its meanings on size and on
what contains it ("Paris, Texas"). Second pass: the same with the article in view: how sure the first pass
was of the other mentions of the name, and which countries and divisions the rest of the article is about.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from corpus_db.models import Field, PersonSpan, Text
from corpus_db.recognition.countries.features import PERSONAL, bucket, context_parts, part_features
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
_WORLD = math.log(500_000)
_END = sys.maxsize
_LEAST = 0.02  # probability of a meaning below which it is no evidence
_PAIRS = 20_000  # names beside each other of which is remembered whether one contains the other
_LISTED_SIZE = {COUNTRY: 1e8, DEMONYM: 1e8, ADJECTIVE: 3e6, REGION: 4e6, LANDMARK: 1e6, DIVISION: 1e6}


# Probability, country, and division with its country.
EvidenceParts = list[tuple[float, str, tuple[str, str] | None]]


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
        "meant",
        "parts",
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
        self.weights: Sequence[float] = ()  # probabilities of the surface's places
        self.parts: EvidenceParts | None = None  # what follows from these, where it is remembered
        self.meant: tuple[Place, float] | None = None  # likeliest place, probability of its country


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
        found = candidates(field_text, lexicon, cues)
        taken = sorted((p.start, p.end) for p in people if p.field == field)
        if taken:
            found = _outside(found, taken)
        own = [Mention(field, field_text, candidate) for candidate in found]
        for first, second in pairwise(own):
            if second.start - first.end <= _LONGEST_JOINT and _contained(first, second):
                first.container, second.contains = second.surface, True
        mentions += own
    return [m for m in mentions if m.surface.needs != "," or m.contains]


def _outside(found: list[Candidate], taken: list[tuple[int, int]]) -> list[Candidate]:
    """The candidates that overlap none of these stretches; both in order of their starts."""
    outside = []
    stretches = iter([*taken, (_END, _END)])
    start, end = next(stretches)
    reached = 0  # where the stretches that begin before the candidate's end stop
    for candidate in found:
        while start < candidate.end:
            reached = max(reached, end)
            start, end = next(stretches)
        if candidate.start >= reached:
            outside.append(candidate)
    return outside


def _contained(first: Mention, second: Mention) -> bool:
    joint = first.field_text[first.end : second.start]
    return joint in _JOINTS and True in held(first.surface, second.surface)


@lru_cache(_PAIRS)
def held(inner: Surface, outer: Surface) -> tuple[bool, ...]:
    """Which places of a name some meaning of another name contains."""
    containers = [p for p in outer.places if p.kind in _CONTAINERS]
    return tuple(any(within(place, container) for container in containers) for place in inner.places)


def evidence_parts(surface: Surface, weights: Sequence[float]) -> EvidenceParts:
    """What a name says for countries and for divisions, by its places' probabilities."""
    return [
        (weight, place.country, (place.country, place.division) if place.division else None)
        for place, weight in zip(surface.places, weights, strict=True)
        if weight >= _LEAST
    ]


class Name:
    """What an article's mentions of one name say together."""

    __slots__ = ("count", "likely", "own", "own_divisions", "persons", "settled")

    def __init__(self) -> None:
        self.count = 0
        self.likely = 0.0  # summed probabilities of being a place
        self.persons = 0  # mentions that are a person's family name
        # What it adds to the article's evidence for a country and for a division, and how often a mention
        # was contained in a country.
        self.own: dict[str, float] = {}
        self.own_divisions: dict[tuple[str, str], float] = {}
        self.settled: dict[str, float] = {}


class Evidence:
    """Which countries and divisions an article is about, and what a name meant elsewhere in it.

    Each name counts once in full, its further mentions less and less: other names say more.
    """

    def __init__(self, mentions: Iterable[Mention], cues: Sequence[str] = ()) -> None:
        self.total = 0.0
        self.cues = Counter(cues)
        self.all_cues = len(cues) + 1.0
        self.countries: dict[str, float] = {}
        self.divisions: dict[tuple[str, str], float] = {}
        self.names: dict[Surface, Name] = {}
        shares: dict[Surface, float] = {}
        parts: dict[Surface, EvidenceParts] = {}
        for mention in mentions:
            surface, likely = mention.surface, mention.likely
            name = self.names.get(surface)
            if name is None:
                name = self.names[surface] = Name()
            name.count += 1
            name.likely += likely
            name.persons += mention.person
            share = likely / name.count
            self.total += share
            if mention.container is None:  # these all have the same weights
                shares[surface] = shares.get(surface, 0.0) + share
                if surface not in parts:
                    parts[surface] = mention.parts or evidence_parts(surface, mention.weights)
            else:
                self._add(name, evidence_parts(surface, mention.weights), share)
                for place, weight in zip(surface.places, mention.weights, strict=True):
                    if weight > 0.5:
                        name.settled[place.country] = name.settled.get(place.country, 0.0) + likely
        for surface, share in shares.items():
            self._add(self.names[surface], parts[surface], share)

    def _add(self, name: Name, parts: EvidenceParts, share: float) -> None:
        countries, divisions = self.countries, self.divisions
        for weight, country, division in parts:
            part = share * weight
            countries[country] = countries.get(country, 0.0) + part
            name.own[country] = name.own.get(country, 0.0) + part
            if division is not None:
                divisions[division] = divisions.get(division, 0.0) + part
                name.own_divisions[division] = name.own_divisions.get(division, 0.0) + part

    def name(self, surface: Surface) -> Name:
        """What the mentions of a name say; nothing where it has none."""
        return self.names.get(surface) or Name()

    def for_country(self, name: Name, country: str) -> float:
        """What the other names say for a country."""
        everything = self.countries.get(country)
        return max(0.0, everything - name.own.get(country, 0.0)) if everything else 0.0

    def for_division(self, name: Name, division: tuple[str, str]) -> float:
        """What the other names say for a first-level division, given with its country."""
        everything = self.divisions.get(division)
        return max(0.0, everything - name.own_divisions.get(division, 0.0)) if everything else 0.0


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
    sizes = [math.log(size(place)) for place in surface.places]
    largest = max(sizes)
    return [
        Option(
            own - largest,
            own / 10,
            max(0.0, own - _WORLD),
            float(place.kind in (COUNTRY, DEMONYM)),
            float(place.kind == DIVISION),
            float(place.kind == DISTRICT),
        )
        for own, place in zip(sizes, surface.places, strict=True)
    ]


def containing(mention: Mention) -> list[Containing]:
    """What the container says of each place."""
    if mention.container is None:
        return [Containing(0.0, 0.0)] * len(mention.surface.places)
    yes, no = Containing(1.0, 0.0), Containing(0.0, 1.0)
    return [yes if inside else no for inside in held(mention.surface, mention.container)]


def about_country(name: Name, evidence: Evidence, country: str) -> tuple[float, float, float, float] | None:
    """What the article says of a country for this name: About without `near`; None where it says nothing."""
    others = evidence.for_country(name, country)
    cues = evidence.cues.get(country, 0)
    settled = name.settled.get(country, 0.0)
    if not others and not cues and not settled:
        return None
    everything = evidence.total - min(1.0, name.likely)
    return (
        spoken(others),
        min(1.0, others / everything) if everything > 0.3 else 0.0,
        cues / evidence.all_cues,
        1.0 if settled > 0.3 else 0.0,
    )


def spoken(others: float) -> float:
    """The evidence of the other names for a country or a division, as About has it."""
    return math.log1p(others * 4)


def about(surface: Surface, evidence: Evidence, which: Sequence[int]) -> list[About]:
    """What the article says of these places of a surface; the model takes the same numbers country by country."""
    name = evidence.name(surface)
    found = []
    for place in [surface.places[i] for i in which]:
        said = about_country(name, evidence, place.country)
        if said is None:
            found.append(About(0.0, 0.0, 0.0, 0.0, 0.0))
            continue
        spoken_of, part, outlet, settled = said
        near = 0.0
        if spoken_of and place.division:
            near = spoken(evidence.for_division(name, (place.country, place.division)))
        found.append(About(spoken_of, part, near, outlet, settled))
    return found


def own_parts(mention: Mention) -> list[str]:
    """First pass: the words round a mention, and whether it contains its neighbour or is contained."""
    parts = context_parts(
        mention.field_text, mention.start, mention.end, mention.capitals, mention.surface.usage
    )
    if mention.container is not None:
        parts.append("contained")
    if mention.contains:
        parts.append("container")
    return parts


def own_features(mention: Mention) -> list[str]:
    """The features that these parts stand for; says of the mention whether it looks like a person's name."""
    found = [feature for part in own_parts(mention) for feature in part_features(part)]
    mention.person = not PERSONAL.isdisjoint(found)
    return found


# The features of the second pass and the levels that each can have.
LEVELS: dict[str, tuple[int | str, ...]] = {
    "count": tuple(range(6)),  # further mentions of the name
    "rest": (*range(9), "-"),  # how sure the first pass was of them, in eighths
    "persons": tuple(range(3)),  # how many of them are a person's name
    "z": tuple(range(-12, 13)),  # first-pass score, in halves
    "country": tuple(range(10)),  # what the other names say for its likeliest country
    "near": (*range(10), "-"),  # and for its division
}


def name_levels(name: Name, best: Place, evidence: Evidence) -> tuple[int, int | str]:
    """Second pass, the same for all mentions of a name with this meaning: "country" and "near"."""
    country = bucket(evidence.for_country(name, best.country))
    if not best.division:
        return country, "-"
    return country, bucket(evidence.for_division(name, (best.country, best.division)))


def mention_levels(name: Name, mention: Mention, first: float) -> tuple[int, int | str, int, int]:
    """Second pass, of one mention: "count", "rest", "persons" and "z"; `first` is the first pass's score."""
    others = name.count - 1
    return (
        min(5, others),
        round((name.likely - mention.likely) / others * 8) if others else "-",
        min(2, name.persons - mention.person),
        max(-12, min(12, round(first * 2))),
    )


def article_features(mention: Mention, first: float, best: Place, evidence: Evidence) -> list[str]:
    """Second pass: the first pass's score and what the rest of the article says."""
    name = evidence.name(mention.surface)
    count, rest, persons, z = mention_levels(name, mention, first)
    country, near = name_levels(name, best, evidence)
    found = [f"count={count}", f"rest={rest}", f"country={country}", f"persons={persons}", f"z={z}"]
    if near != "-":
        found.append(f"near={near}")
    return found
