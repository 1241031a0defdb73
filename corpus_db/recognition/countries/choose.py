"""First version: sure names, and of places the known and the contained; the most populous namesake wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from corpus_db.models import CountrySpan, PersonSpan, Text
from corpus_db.recognition.countries.gazetteer import ADJECTIVE, COUNTRY, DEMONYM, DIVISION, Place
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.scan import Candidate, candidates


def _weight(place: Place, evidence: Counter[str]) -> float:
    size = {COUNTRY: 5e7, DEMONYM: 5e7, ADJECTIVE: 1e7, DIVISION: place.population + 1e6}.get(
        place.kind, float(place.population)
    )
    return (size + 100) * (1 + 5 * evidence[place.country])


def find_in_article(text: Text, people: Sequence[PersonSpan], lexicon: Lexicon) -> list[CountrySpan]:
    """The countries and places of one article."""
    fields = [("title", text.title or ""), ("body", text.body)]
    found: list[tuple[str, str, Candidate]] = []
    for field, value in fields:
        taken = [(p.start, p.end) for p in people if p.field == field and p.confidence >= 0.5]
        for candidate in candidates(value, lexicon):
            if not any(a < candidate.end and candidate.start < b for a, b in taken):
                found.append((field, value, candidate))
    evidence: Counter[str] = Counter()
    for _, _, candidate in found:
        if candidate.surface.sure:
            for place in candidate.surface.places:
                if place.kind in (COUNTRY, DEMONYM):
                    evidence[place.country] += 1
    spans = []
    for field, value, candidate in found:
        places = candidate.surface.places
        best = max(places, key=lambda p: _weight(p, evidence))
        contained = value[candidate.end : candidate.end + 2] == ", " and any(
            f == field and other.start == candidate.end + 2 for f, _, other in found
        )
        if not candidate.surface.sure and not contained and _weight(best, evidence) < 1e5:
            continue
        kind = {COUNTRY: "name", DEMONYM: "demonym", ADJECTIVE: "demonym"}.get(best.kind, "place")
        line = text.dateline
        if field == "body" and line and line[0] <= candidate.start < line[1]:
            kind = "dateline"
        place_name = best.canonical if kind in ("place", "dateline") else None
        shared = {p.country for p in places if p.kind == best.kind and p.kind in (COUNTRY, DEMONYM)}
        code = best.country if len(shared) < 2 or evidence[best.country] > 1 else None
        written = value[candidate.start : candidate.end]
        spans.append(
            CountrySpan(
                field, candidate.start, candidate.end, written, kind, code, place_name, "gazetteer", 0.9
            )  # type: ignore[arg-type]
        )
    return spans
