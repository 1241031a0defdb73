"""The candidates of one article with what they say about each other: the state of the two passes.

First pass: each candidate on its own words ("is it a place here?") and each of its meanings on size and on
what contains it ("Paris, Texas"). Second pass: the same with the article in view: how sure the first pass
was of the other mentions of the name, and which countries and divisions the rest of the article is about.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus_db.models import Field, PersonSpan, Text
from corpus_db.recognition.countries.features import bucket
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
_LISTED_SIZE = {COUNTRY: 1e8, DEMONYM: 1e8, ADJECTIVE: 3e6, REGION: 1e6, LANDMARK: 1e6, DIVISION: 1e6}


class Mention:
    """A candidate in its article."""

    __slots__ = ("capitals", "container", "contains", "end", "field", "field_text", "likely", "start", "surface", "weights")

    def __init__(self, field: Field, field_text: str, candidate: Candidate) -> None:
        self.field = field
        self.field_text = field_text
        self.start, self.end, self.surface, self.capitals = candidate
        self.container: Mention | None = None  # the next mention, where it contains this one: "Paris, Texas"
        self.contains: Mention | None = None
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
    return place.kind != DIVISION and bool(container.canonical) and (
        place.division in (container.division, container.canonical)
    )


def read(text: Text, people: Sequence[PersonSpan], lexicon: Lexicon) -> list[Mention]:
    """The candidates of an article, title first, that are no part of a person's name, linked to containers."""
    mentions: list[Mention] = []
    fields: list[tuple[Field, str]] = [("body", text.body)]
    if text.title:
        fields.insert(0, ("title", text.title))
    for field, field_text in fields:
        taken = [(p.start, p.end) for p in people if p.field == field]
        found = candidates(field_text, lexicon)
        if taken:
            found = [c for c in found if not any(a < c.end and c.start < b for a, b in taken)]
        own = [Mention(field, field_text, candidate) for candidate in found]
        for first, second in zip(own, own[1:], strict=False):
            _link(first, second)
        mentions += own
    return [m for m in mentions if m.surface.needs != "," or m.contains is not None]


def _link(first: Mention, second: Mention) -> None:
    gap = second.start - first.end
    if gap > 3 or first.field_text[first.end : second.start] not in _JOINTS:
        return
    outer = [p for p in second.surface.places if p.kind in _CONTAINERS]
    if any(within(inner, place) for inner in first.surface.places for place in outer):
        first.container, second.contains = second, first


class Evidence:
    """Which countries and divisions an article is about, and what a name meant elsewhere in it."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.countries: dict[str, float] = defaultdict(float)
        self.divisions: dict[tuple[str, str], float] = defaultdict(float)
        self.names: dict[tuple[str, ...], list[float]] = {}  # count, summed and highest probability
        self.own: dict[tuple[tuple[str, ...], str], float] = defaultdict(float)
        self.own_divisions: dict[tuple[tuple[str, ...], str, str], float] = defaultdict(float)
        self.settled: dict[tuple[tuple[str, ...], str], float] = defaultdict(float)
        self.total = 0.0
        seen: dict[tuple[str, ...], int] = defaultdict(int)
        for mention in mentions:
            words = mention.surface.words
            told = self.names.setdefault(words, [0.0, 0.0, 0.0])
            told[0] += 1
            told[1] += mention.likely
            told[2] = max(told[2], mention.likely)
            seen[words] += 1
            # Further mentions of one name say less than other names do.
            share = mention.likely / seen[words]
            if share < 0.02:
                continue
            self.total += share
            for place, weight in zip(mention.surface.places, mention.weights, strict=True):
                if weight < 0.02:
                    continue
                part = share * weight
                self.countries[place.country] += part
                self.own[words, place.country] += part
                if place.division:
                    self.divisions[place.country, place.division] += part
                    self.own_divisions[words, place.country, place.division] += part
                if mention.container is not None and weight > 0.5:
                    self.settled[words, place.country] += mention.likely


class Option(NamedTuple):
    """What speaks for one meaning of a mention; the order is that of the model's weights."""

    share: float  # log of its size over the largest namesake's
    size: float  # log of its size
    country: float  # 1 where the surface is a country's name or people
    division: float
    district: float
    contained: float  # 1 where the text names what contains it
    elsewhere: float  # 1 where the text names a container that does not hold it
    spoken_of: float  # log of the article's other evidence for its country
    part: float  # the country's share of that evidence
    near: float  # log of the evidence for its division
    settled: float  # 1 where another mention of the name was contained there


FIRST_PASS = 7  # how many of the options' features the first pass has


def options(mention: Mention, evidence: Evidence | None) -> list[Option]:
    """The features of each of a surface's places."""
    places = mention.surface.places
    largest = max(size(place) for place in places)
    container = mention.container
    outer = [p for p in container.surface.places if p.kind in _CONTAINERS] if container else []
    inside = [any(within(place, o) for o in outer) for place in places] if outer else []
    words = mention.surface.words
    found = []
    for i, place in enumerate(places):
        spoken = part = near = settled = 0.0
        if evidence is not None:
            others = evidence.countries[place.country] - evidence.own[words, place.country]
            everything = evidence.total - evidence.names[words][1]
            spoken = math.log1p(max(0.0, others) * 4)
            part = others / everything if everything > 0.3 and others > 0 else 0.0
            if place.division:
                where = evidence.divisions[place.country, place.division]
                near = math.log1p(
                    max(0.0, where - evidence.own_divisions[words, place.country, place.division]) * 4
                )
            settled = 1.0 if evidence.settled[words, place.country] > 0.3 else 0.0
        own = size(place)
        found.append(
            Option(
                math.log(own / largest),
                math.log(own) / 10,
                float(place.kind in (COUNTRY, DEMONYM)),
                float(place.kind == DIVISION),
                float(place.kind == DISTRICT),
                float(bool(inside) and inside[i]),
                float(bool(inside) and not inside[i]),
                spoken,
                part,
                near,
                settled,
            )
        )
    return found


def link_features(mention: Mention) -> list[str]:
    """Whether a mention contains the one before it or is contained in the one after."""
    found = []
    if mention.container is not None:
        found.append("contained")
    if mention.contains is not None:
        found.append("container")
    return found


def article_features(mention: Mention, first: float, best: Place, evidence: Evidence) -> list[str]:
    """Second pass: the first pass's score and what the rest of the article says."""
    words = mention.surface.words
    count, total, highest = evidence.names[words]
    others = count - 1
    rest = (total - mention.likely) / others if others > 0.5 else 0.0
    country = max(0.0, evidence.countries[best.country] - evidence.own[words, best.country])
    found = [
        f"count={min(5, int(others))}",
        f"rest={round(rest * 8) if others > 0.5 else '-'}",
        f"highest={round(highest * 8)}",
        f"country={bucket(country)}",
    ]
    if best.division:
        where = evidence.divisions[best.country, best.division]
        own = evidence.own_divisions[words, best.country, best.division]
        found.append(f"near={bucket(max(0.0, where - own))}")
    found.append(f"z={max(-12, min(12, round(first * 2)))}")
    return found


__all__ = [
    "FIRST_PASS",
    "Evidence",
    "Mention",
    "Option",
    "Surface",
    "article_features",
    "link_features",
    "options",
    "read",
    "size",
    "within",
]
