"""Countries and places in news: what is named, which one is meant, and nothing that only looks like it."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_db.models import CountrySpan, PersonSpan, Text
from corpus_db.recognition.countries.table import CountryRecord, country_table

__all__ = ["CountryRecord", "country_table", "find"]


def find(batch: Sequence[Text], people: Sequence[Sequence[PersonSpan]]) -> list[list[CountrySpan]]:
    """The country and place mentions of each article, in order, never overlapping.

    `people` are the person names already found in each article (may be empty lists).
    """
    from corpus_db.recognition.countries import choose, lexicon, model  # loaded when first needed

    names, weights = lexicon.load(), model.load()
    pairs = zip(batch, people, strict=True)
    return [choose.find_in_article(text, persons, names, weights) for text, persons in pairs]
