"""The bundled table of places: 244,000 names in columns, used as they are read.

`data/countries/gazetteer.bin` is one zlib stream of the sections in `_SECTIONS`, their sizes first:

    countries   codes, the places' countries are numbers in this list
    divisions   one first-level division a line, "CC name"
    names       one name a line, its folded words, in order
    usage       ten rows, a digit for each name: how news uses it (see features.py), UNUSED where never met
    counts      how many places each name has; the columns that follow hold one entry for each of these
    kinds, countries of the places, divisions (0: unknown, else one more than the line), populations
    (to a twelfth, on a scale of logarithms), latitudes and longitudes (in 65,534ths of half and whole circles),
    and how well known they are
    canonical   a line for each place, empty where it is called as the words of the name, each with a capital

Nothing is parsed: numpy reads the columns where they lie, the names are hashed all at once
(lexicon.py), and a name becomes a string when it is shown. A dict of all names would take a second to build and
100 MB; SQLite takes 5 µs a look-up, this about 0.2, and a word that is met for the first time costs no more.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_db.models import PlaceRecord

CITY, DIVISION, DISTRICT, REGION, LANDMARK, ADJECTIVE, COUNTRY, DEMONYM = KINDS = "CADRLJNM"

_KIND_NAMES = {
    CITY: "city",
    DIVISION: "division",
    DISTRICT: "district",
    REGION: "region",
    LANDMARK: "landmark",
    ADJECTIVE: "region",  # "Bavarian"
    COUNTRY: "country",
    DEMONYM: "country",
}

_PROVINCE = " Sheng"  # how the source of the divisions writes "province" in China, and only there

NOWHERE = (-90.0, -180.0)  # latitude and longitude of a place whose coordinates are not known
UNUSED = 10  # in place of the digits of usage
USES = 10
GIVEN, FAMILY = 8, 9  # of them: how common a person's name it is
LEVELS = 90  # of population
_DEGREES = 65_534

_SECTIONS = (
    "codes",
    "divisions",
    "names",
    "usage",
    "counts",
    "kinds",
    "countries",
    "division_numbers",
    "levels",
    "latitudes",
    "longitudes",
    "fames",
    "canonical",
)


class Place(NamedTuple):
    """A place: what it is, where, how many live there, and what it is called in full."""

    kind: str  # CITY, DIVISION (first level), DISTRICT (second level), REGION, LANDMARK …
    country: str
    division: str  # name of the first-level division, empty where unknown
    population: int
    latitude: float
    longitude: float
    canonical: str
    fame: int = 0  # of a city: how many languages have a name for it, see `fame_level`


def is_located(place: Place) -> bool:
    """Whether it is known where the place lies."""
    return abs(place.latitude - NOWHERE[0]) > 0.1 and (place.latitude, place.longitude) != (0.0, 0.0)


def located(place: Place) -> PlaceRecord:
    """A place as a mention carries it; a first-level division is its own region."""
    coordinates = (place.latitude, place.longitude) if is_located(place) else (None, None)
    region = place.canonical if place.kind == DIVISION else place.division.removesuffix(_PROVINCE) or None
    return PlaceRecord(place.canonical, _KIND_NAMES[place.kind], region, place.country, *coordinates)


@dataclass(slots=True)
class Columns:
    """Places, one entry each."""

    kinds: NDArray[np.uint8]  # place in KINDS
    countries: NDArray[np.uint16]
    divisions: NDArray[np.uint16]
    levels: NDArray[np.uint8]
    latitudes: NDArray[np.uint16]
    longitudes: NDArray[np.uint16]
    fames: NDArray[np.uint8]

    def joined(self, other: Columns) -> Columns:
        """These places and then those."""
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__slots__)
        return Columns(*(np.concatenate([own, added.astype(own.dtype)]) for own, added in pairs))


def level_of(population: int) -> int:
    """A population on the scale of the table."""
    return min(LEVELS - 1, round(5 * math.log(population + 1)))


@cache
def population_of(level: int) -> int:
    """The inhabitants that a level of the table stands for."""
    return round(math.exp(level / 5)) - 1


def fame_level(names: int) -> int:
    """How well known a place is that has so many names in all languages, on a scale of logarithms."""
    return min(15, round(2 * math.log2(names + 1)))


def latitude_code(degrees: float) -> int:
    """A latitude as the table holds it."""
    return round((degrees + 90) / 180 * _DEGREES)


def longitude_code(degrees: float) -> int:
    """A longitude as the table holds it."""
    return round((degrees + 180) / 360 * _DEGREES)


def latitude(code: int) -> float:
    """The latitude that a number of the table stands for."""
    return round(code / _DEGREES * 180 - 90, 2)


def longitude(code: int) -> float:
    """The longitude that a number of the table stands for."""
    return round(code / _DEGREES * 360 - 180, 2)


def title_case(words: Sequence[str]) -> str:
    """What a name is called when nothing else is known: each word with a capital."""
    return " ".join(word.capitalize() for word in words)


def pack(names: Mapping[tuple[str, ...], tuple[str, Sequence[Place]]]) -> bytes:
    """The table, uncompressed, from the usage and the places of each name, given by its folded words."""
    ordered = sorted(names, key=" ".join)
    places = [(place, words) for words in ordered for place in names[words][1]]
    codes = sorted({place.country for place, _ in places})
    divisions = sorted({(place.country, place.division) for place, _ in places if place.division})
    country = {code: i for i, code in enumerate(codes)}
    division = {pair: i + 1 for i, pair in enumerate(divisions)}
    usage = [[int(digit) for digit in names[words][0]] or [UNUSED] * USES for words in ordered]
    canonical = ("" if p.canonical == title_case(words) else p.canonical for p, words in places)
    sections: list[bytes] = [
        " ".join(codes).encode(),
        "\n".join(f"{code} {name}" for code, name in divisions).encode(),
        "\n".join(map(" ".join, ordered)).encode(),
        np.array(usage, np.uint8).T.tobytes(),
        _column([len(names[words][1]) for words in ordered], "u1"),
        _column([KINDS.index(p.kind) for p, _ in places], "u1"),
        _column([country[p.country] for p, _ in places], "<u2"),
        _column([division.get((p.country, p.division), 0) for p, _ in places], "<u2"),
        _column([level_of(p.population) for p, _ in places], "u1"),
        _column([latitude_code(p.latitude) for p, _ in places], "<u2"),
        _column([longitude_code(p.longitude) for p, _ in places], "<u2"),
        _column([p.fame for p, _ in places], "u1"),
        "\n".join(canonical).encode(),
    ]
    return " ".join(str(len(section)) for section in sections).encode() + b"\n" + b"".join(sections)


def _column(values: Sequence[int], kind: str) -> bytes:
    """Numbers in as many bytes each: first all first bytes, then all second ones, which compresses better."""
    array = np.array(values, kind)
    assert (array == values).all()
    return array.view(np.uint8).reshape(len(values), -1).T.tobytes()


def _two_bytes(section: bytes) -> NDArray[np.uint16]:
    rows = np.frombuffer(section, np.uint8).reshape(2, -1)
    found: NDArray[np.uint16] = rows[0] | rows[1].astype(np.uint16) << np.uint16(8)
    return found


class Gazetteer:
    """The table. Create one with `load()`."""

    def __init__(self, data: bytes) -> None:
        raw = zlib.decompress(data)
        sizes = [int(size) for size in raw[: raw.index(b"\n")].split()]
        parts: dict[str, Any] = {}
        at = raw.index(b"\n") + 1
        for name, size in zip(_SECTIONS, sizes, strict=True):
            parts[name] = raw[at : at + size]
            at += size
        self.countries: list[str] = parts["codes"].decode().split(" ")
        lines = parts["divisions"].decode().split("\n") if parts["divisions"] else []
        self.divisions = [("", ""), *((line[:2], line[3:]) for line in lines)]
        self.names: str = parts["names"].decode()
        self.counts = np.frombuffer(parts["counts"], np.uint8)
        self.usage = np.frombuffer(parts["usage"], np.uint8).reshape(USES, -1)
        self.places = Columns(
            np.frombuffer(parts["kinds"], np.uint8),
            _two_bytes(parts["countries"]),
            _two_bytes(parts["division_numbers"]),
            np.frombuffer(parts["levels"], np.uint8),
            _two_bytes(parts["latitudes"]),
            _two_bytes(parts["longitudes"]),
            np.frombuffer(parts["fames"], np.uint8),
        )
        self._canonical: bytes = parts["canonical"]
        ends = np.flatnonzero(np.frombuffer(self._canonical, np.uint8) == ord("\n"))
        self._canonical_ends = np.append(ends, len(self._canonical)).astype(np.int32)

    def canonical(self, row: int, words: Sequence[str]) -> str:
        """What a place is called in full; `words` are those of its name."""
        start = int(self._canonical_ends[row - 1]) + 1 if row else 0
        return self._canonical[start : int(self._canonical_ends[row])].decode() or title_case(words)


@cache
def load() -> Gazetteer:
    """The bundled gazetteer, read on the first call."""
    return Gazetteer(resources.files("corpus_db.data").joinpath("countries", "gazetteer.bin").read_bytes())
