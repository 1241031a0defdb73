"""Countries and places in news: what is named, which one is meant, and nothing that only looks like it.

Texts are read as numpy arrays, many articles at once, and words by their hashes: nothing is remembered of the words
of a text, so that a new one costs what a known one does.

`characters` and `window` texts as arrays, hashes of stretches · `spelling` folded names · `gazetteer` the bundled table of
places · `listed` the hand-made lists · `spelt` what words mean as they are written · `lexicon` every surface ·
`scan` where they stand · `contexts` where a
country's name means something else · `features` and `model` whether it is a place here, by its own words ·
`meanings` which one it may be · `article` both with the article in view · `trees` the
last word on the former · `choose` from texts to spans · `table` the
countries · `places` one place by its name. Nothing is read before the first call that needs it.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus_db.models import CountrySpan, PersonSpan, PlaceRecord, Text
from corpus_db.recognition.countries.table import CountryRecord, country_table

__all__ = ["CountryRecord", "country_table", "describe_place", "find", "resolve_place"]


def find(batch: Sequence[Text], people: Sequence[Sequence[PersonSpan]]) -> list[list[CountrySpan]]:
    """The country and place mentions of each article, title first, in order, never overlapping.

    `people` are the person names already found in each article (may be empty lists): nothing inside them
    is a place.
    """
    from corpus_db.recognition.countries import choose, lexicon, model  # loaded when first needed

    return choose.find(batch, people, lexicon.load(), model.load())


def resolve_place(name: str) -> tuple[str, str] | None:
    """Canonical name and country code of a place's name alone ("BEIJING" -> ("Beijing", "CN")), or None."""
    from corpus_db.recognition.countries import places as one

    return one.resolve_place(name)


def describe_place(name: str, country_code: str) -> PlaceRecord | None:
    """First-level region and coordinates of a canonical place name in a country, or None."""
    from corpus_db.recognition.countries import places as one

    return one.describe_place(name, country_code)
