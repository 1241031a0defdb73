"""From an article's candidates to its mentions: what to keep, of which kind, and in which country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from corpus_db.models import CountrySpan, PersonSpan, Text
from corpus_db.recognition.countries.article import Mention, read
from corpus_db.recognition.countries.gazetteer import ADJECTIVE, COUNTRY, DEMONYM, located
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.model import Model

Kind = Literal["name", "demonym", "place", "dateline"]

KEEP = 0.6  # probability of being a place here from which a mention is kept
RESOLVE = 0.52  # probability of a country from which it is given; a coin toss stays unresolved
_KINDS: dict[str, Kind] = {COUNTRY: "name", DEMONYM: "demonym", ADJECTIVE: "demonym"}


def _span(mention: Mention, text: Text) -> CountrySpan:
    assert mention.meant is not None  # the second pass sets it
    place, probability = mention.meant
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
    here = located(place) if resolved and kind in ("place", "dateline") else None
    return CountrySpan(
        mention.field,
        mention.start,
        mention.end,
        mention.field_text[mention.start : mention.end],
        kind,
        place.country if resolved else None,
        here.name if here else None,
        rule,
        round(mention.likely * probability, 3),
        here,
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
