"""From the text of articles to what their own words say: people, countries, roles, claims.

Pure functions over batches of articles, without a database. People are found first, countries know where
they stand, and here, in one place, both decide together who has a stretch of text that both want:
"Jordan" is a country or a man, never both. Roles are read last, from the words beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus_db.models import CountrySpan, PersonSpan, Recognised, Text
from corpus_db.recognition import countries, people, roles

if TYPE_CHECKING:
    from corpus_db.recognition.people import PersonRecogniser

__all__ = ["countries", "people", "recognise", "roles"]


def recognise(batch: Sequence[Text], recogniser: PersonRecogniser | None = None) -> list[Recognised]:
    """What each article of the batch says, in the batch's order; `recogniser` None is the built-in one.

    An article's result depends on its own text alone, not on the others in the batch.
    """
    persons = (recogniser or people.default()).find(batch)
    places = countries.find(batch, persons)
    result = []
    for text, own, there in zip(batch, persons, places, strict=True):
        own, there = without_overlaps(own, there)
        nominals, claims = roles.find(text, own, there)
        result.append(Recognised(own, there, nominals, claims))
    return result


def without_overlaps(
    persons: list[PersonSpan], places: list[CountrySpan]
) -> tuple[list[PersonSpan], list[CountrySpan]]:
    """Of a person and a country that overlap the surer one stays; the person where both are as sure.

    Both lists are in order of (title before body, start), without overlaps of their own.
    """
    lost_persons: set[int] = set()
    lost_places: set[int] = set()
    at = 0
    for number, place in enumerate(places):
        title = place.field == "title"
        while at < len(persons) and (
            (persons[at].field == "title" and not title)
            or (persons[at].field == place.field and persons[at].end <= place.start)
        ):
            at += 1
        other = at
        while (
            other < len(persons) and persons[other].field == place.field and persons[other].start < place.end
        ):
            if place.confidence > persons[other].confidence:
                lost_persons.add(other)
            else:
                lost_places.add(number)
            other += 1
    if not lost_persons and not lost_places:
        return persons, places
    return (
        [span for number, span in enumerate(persons) if number not in lost_persons],
        [span for number, span in enumerate(places) if number not in lost_places],
    )
