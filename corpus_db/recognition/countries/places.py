"""One place by its name: for datelines and for the details that a page shows of a place."""

from __future__ import annotations

from corpus_db.models import PlaceRecord, Text
from corpus_db.recognition.countries import lexicon, model
from corpus_db.recognition.countries.article import read
from corpus_db.recognition.countries.choose import RESOLVE
from corpus_db.recognition.countries.gazetteer import located
from corpus_db.recognition.countries.spelling import key


def resolve_place(name: str) -> tuple[str, str] | None:
    """The canonical name and country of a place's name alone, as a dateline gives it ("BEIJING", "Paris, Texas").

    None where it is no place of the gazetteer, or is several of about the same size.
    """
    mentions = read(Text(None, name), [], lexicon.load())
    if not mentions or mentions[0].start:
        return None
    first = mentions[0]
    if first.container is None and first.end != len(name.rstrip(" .,")):
        return None
    place, probability = model.meant(first.surface, model.load().choose(first, None))
    return (place.canonical, place.country) if probability >= RESOLVE else None


def describe_place(name: str, country_code: str) -> PlaceRecord | None:
    """What the gazetteer knows of the largest place of this canonical name in a country, or None."""
    words = key(name)
    entry = lexicon.load().lookup(name.split(" ")[0].split("-")[0]) if words else None
    if entry is None:
        return None
    surface = entry.alone
    if len(words) > 1:
        names = entry.longer.get(words[1], {})
        surface = lexicon.load().surface(names, " ".join(words[1:]), words[0])
    inside = [p for p in surface.places if p.country == country_code] if surface else []
    if not inside:
        return None
    place = max(inside, key=lambda p: (p.latitude != 0.0 or p.longitude != 0.0, p.population, p))
    return located(place)
