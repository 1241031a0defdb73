"""From the text of articles to what their own words say: people, countries, roles, claims.

Pure functions over batches of articles, without a database. People are found first, and countries know where
they stand and how surely: who has a stretch of text that both want is decided there, once, and kept here:
"Jordan" is a country or a man, never both. Roles are read last, from the words beside them.
"""

from __future__ import annotations

from bisect import bisect_right
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
        own = without_overlaps(own, there)
        nominals, claims = roles.find(text, own, there)
        result.append(Recognised(own, there, nominals, claims))
    return result


def without_overlaps(persons: list[PersonSpan], places: list[CountrySpan]) -> list[PersonSpan]:
    """The persons that overlap no place: where both want a stretch, the place was weighed with the person in view.

    Both lists are in order of (title before body, start), without overlaps of their own.
    """
    ends = [span[2] for span in persons]  # spans are read by number here, which is sooner than by name
    body = 0  # the number of the first person in the body
    while body < len(ends) and persons[body][0] == "title":
        body += 1
    lost: set[int] = set()
    for place in places:
        low, high = (0, body) if place[0] == "title" else (body, len(ends))
        at = bisect_right(ends, place[1], low, high)
        while at < high and persons[at][1] < place[2]:
            lost.add(at)
            at += 1
    return [span for number, span in enumerate(persons) if number not in lost] if lost else persons
