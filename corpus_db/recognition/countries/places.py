"""One place by its name: for datelines and for the details that a page shows of a place."""

from __future__ import annotations

from corpus_db.models import PlaceRecord, Text
from corpus_db.recognition.countries import choose, lexicon, model
from corpus_db.recognition.countries.gazetteer import located
from corpus_db.recognition.countries.meanings import Options, meant
from corpus_db.recognition.countries.spelling import key

_RESOLVE = 0.52  # probability of a country from which a place that stands alone has it


def resolve_place(name: str) -> tuple[str, str] | None:
    """The canonical name and country of a place's name alone, as a dateline gives it ("BEIJING", "Paris, Texas").

    None where it is no place of the gazetteer, or is several of about the same size.
    """
    names = lexicon.load()
    window, parts = next(choose.windows([Text(None, name)]))
    found = choose.linked(window, parts, [[]], names)
    origin = int(window.start[0])
    if not len(found.start) or found.start[0] > origin:
        return None
    if found.container[0] < 0 and found.end[0] - origin != len(name.rstrip(" .,")):
        return None
    options = Options(names, found.surface[:1], found.container[:1], found.stated[:1])
    best, sureness = meant(options, options.softmax(options.scores(model.load().choice)))
    if sureness[0] < _RESOLVE:
        return None
    place = names.places_at(options.row[best[:1]], found.surface[:1])[0]
    return place.canonical, place.country


def describe_place(name: str, country_code: str) -> PlaceRecord | None:
    """What the gazetteer knows of the largest place of this canonical name in a country, or None."""
    words, names = key(name), lexicon.load()
    surface = names.surface(words) if words else -1
    if surface < 0:
        return None
    inside = [place for place in names.places_of(surface) if place.country == country_code]
    if not inside:
        return None
    place = max(inside, key=lambda p: (p.latitude != 0.0 or p.longitude != 0.0, p.population, p))
    return located(place)
