"""From an article's candidates to its mentions: what to keep, of which kind, and in which country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from corpus_db.models import CountrySpan, PersonSpan, Text
from corpus_db.recognition.countries.article import Mention, read
from corpus_db.recognition.countries.gazetteer import ADJECTIVE, COUNTRY, DEMONYM, Place
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.model import Model

Kind = Literal["name", "demonym", "place", "dateline"]

KEEP = 0.6  # probability of being a place here from which a mention is kept
RESOLVE = 0.52  # probability of a country from which it is given; a coin toss stays unresolved
_KINDS: dict[str, Kind] = {COUNTRY: "name", DEMONYM: "demonym", ADJECTIVE: "demonym"}


def country_of(mention: Mention) -> tuple[Place, float]:
    """The likeliest country's likeliest place, and the probability of that country."""
    if len(mention.weights) == 1:
        return mention.surface.places[0], 1.0
    by_country: dict[str, float] = {}
    for place, weight in zip(mention.surface.places, mention.weights, strict=True):
        by_country[place.country] = by_country.get(place.country, 0.0) + weight
    code = max(by_country, key=lambda c: by_country[c])
    ranked = zip(mention.surface.places, mention.weights, strict=True)
    # "Mexico" is the country, even where its state of that name is the likelier town to be in.
    best = max(
        (pair for pair in ranked if pair[0].country == code),
        key=lambda pair: (pair[0].kind in (COUNTRY, DEMONYM), pair[1]),
    )
    return best[0], by_country[code]


def _span(mention: Mention, text: Text) -> CountrySpan:
    place, probability = country_of(mention)
    line = text.dateline
    kind = _KINDS.get(place.kind, "place")
    if line is not None and mention.field == "body" and line[0] <= mention.start and mention.end <= line[1]:
        kind = "dateline"
    if mention.surface.sure:
        rule = "listed"
    elif mention.container is not None:
        rule = "container"
    else:
        rule = "gazetteer"
    resolved = probability >= RESOLVE
    return CountrySpan(
        mention.field,
        mention.start,
        mention.end,
        mention.field_text[mention.start : mention.end],
        kind,
        place.country if resolved else None,
        place.canonical if kind in ("place", "dateline") and resolved else None,
        rule,
        round(mention.likely * probability, 3),
    )


def find_in_article(
    text: Text, people: Sequence[PersonSpan], lexicon: Lexicon, model: Model
) -> list[CountrySpan]:
    """The countries and places of one article, in order, never overlapping."""
    cues: list[str] = []
    found = model.find(read(text, people, lexicon, cues), cues)
    lexicon.trim()
    model.trim()
    return [_span(mention, text) for mention in found if mention.likely >= KEEP]
