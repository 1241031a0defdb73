"""The countries of the `countries` table: codes, names, UN M49 regions and coordinates.

The data is `data/countries/countries.tsv`, written by `python -m benchmarks.countries.tables`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple


class CountryRecord(NamedTuple):
    """A country or territory with a code, or a state that is gone."""

    code: str  # ISO 3166-1 alpha-2, XK for Kosovo, ISO 3166-3 (four letters) for states that are gone
    alpha3: str
    name: str  # the common English news form
    region: str  # UN M49
    subregion: str
    latitude: float  # of its middle, in degrees
    longitude: float


@cache
def country_table() -> list[CountryRecord]:
    """All countries, by code; states that are gone come last."""
    text = (
        resources.files("corpus_db.data").joinpath("countries", "countries.tsv").read_text(encoding="utf-8")
    )
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return [
        CountryRecord(code, alpha3, name, region, subregion, float(latitude), float(longitude))
        for code, alpha3, name, region, subregion, latitude, longitude in rows
    ]
