"""The bundled table of places: 300,000 names, ready 30 ms after the first use, nothing parsed before it is asked for.

`data/countries/gazetteer.bin` is one zlib stream. Decompressed it is text, sorted by first word:

    header      sizes of the parts
    divisions   one first-level division a line, "CC name": places refer to them by number
    index       every 32nd first word, and where its line begins
    lines       first word TAB entries; an entry is the folded words that follow, 0x1F, usage, 0x1F, its places

Usage is ten digits, how news uses the name (see model.py), or nothing where the collections never had it.

A place is twelve characters (kind, country, division, population, latitude, longitude, each in a printable
base of 90), then its canonical name where title case does not give it, then 0x1E. Looking up a word bisects
the index and searches 32 lines. A dict of all names would take a second to build and 100 MB; SQLite takes
5 µs a look-up where this takes 1.
"""

from __future__ import annotations

import math
import zlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from corpus_db.models import PlaceRecord

CITY, DIVISION, DISTRICT, REGION, LANDMARK, ADJECTIVE, COUNTRY, DEMONYM = "CADRLJNM"

_KINDS = {
    CITY: "city",
    DIVISION: "division",
    DISTRICT: "district",
    REGION: "region",
    LANDMARK: "landmark",
    ADJECTIVE: "region",  # "Bavarian"
    COUNTRY: "country",
    DEMONYM: "country",
}

NOWHERE = (-90.0, -180.0)  # latitude and longitude of a place whose coordinates are not known

_DIGITS = "".join(chr(c) for c in range(33, 127) if chr(c) not in "\\\"'`")
_BASE = len(_DIGITS)
_VALUE = {digit: value for value, digit in enumerate(_DIGITS)}
_EVERY = 32
_PLACE_END = "\x1e"
_PART_END = "\x1f"
_FIXED = 10


class Place(NamedTuple):
    """A place: what it is, where, how many live there, and what it is called in full."""

    kind: str  # CITY, DIVISION (first level), DISTRICT (second level), REGION, LANDMARK …
    country: str
    division: str  # name of the first-level division, empty where unknown
    population: int
    latitude: float
    longitude: float
    canonical: str


@lru_cache(1 << 14)
def located(place: Place) -> PlaceRecord:
    """A place as a mention carries it; a first-level division is its own region."""
    known = abs(place.latitude - NOWHERE[0]) > 0.1 and (place.latitude, place.longitude) != (0.0, 0.0)
    coordinates = (place.latitude, place.longitude) if known else (None, None)
    region = place.canonical if place.kind == DIVISION else place.division or None
    return PlaceRecord(place.canonical, _KINDS[place.kind], region, place.country, *coordinates)


def _number(value: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        value, digit = divmod(value, _BASE)
        digits = _DIGITS[digit] + digits
    assert value == 0
    return digits


_POPULATION = {digit: round(math.exp(value / 5)) - 1 for digit, value in _VALUE.items()}


def title_case(words: Sequence[str]) -> str:
    """What a name is called when nothing else is known: each word with a capital."""
    return " ".join(word.capitalize() for word in words)


def encode_place(place: Place, words: Sequence[str], number: Mapping[tuple[str, str], int]) -> str:
    """A place as the table holds it: population to a twelfth, coordinates to 0.05 degrees."""
    division = number[place.country, place.division] + 1 if place.division else 0
    size = min(_BASE - 1, round(5 * math.log(place.population + 1)))
    latitude = round((place.latitude + 90) / 180 * (_BASE * _BASE - 1))
    longitude = round((place.longitude + 180) / 360 * (_BASE * _BASE - 1))
    canonical = "" if place.canonical == title_case(words) else place.canonical
    return (
        place.kind
        + place.country
        + _number(division, 2)
        + _number(size, 1)
        + _number(latitude, 2)
        + _number(longitude, 2)
        + canonical
        + _PLACE_END
    )


def pack(lines: Mapping[str, Sequence[str]], divisions: Sequence[tuple[str, str]]) -> bytes:
    """The table, uncompressed, from the entries of each first word."""
    words = sorted(lines, key=lambda word: word.encode())
    body, index, position = [], [], 0
    for i, word in enumerate(words):
        line = (word + "\t" + "\t".join(lines[word]) + "\n").encode()
        if i % _EVERY == 0:
            index.append(f"{word} {position}")
        body.append(line)
        position += len(line)
    parts = [
        "\n".join(f"{country} {name}" for country, name in divisions).encode(),
        "\n".join(index).encode(),
    ]
    header = " ".join(str(len(part)) for part in parts).ljust(31) + "\n"
    return header.encode() + b"".join(parts) + b"\n" + b"".join(body)


class Gazetteer:
    """Looks up the places of a first word. Create one with `load()`."""

    def __init__(self, data: bytes) -> None:
        raw = zlib.decompress(data)
        first, second = (int(size) for size in raw[:32].split())
        lines = raw[32 : 32 + first].decode().split("\n")
        self._divisions = [("", ""), *((line[:2], line[3:]) for line in lines)]
        index = [line.rsplit(" ", 1) for line in raw[32 + first : 32 + first + second].decode().split("\n")]
        self._words = [word.encode() for word, _ in index]
        offset = 32 + first + second
        self._starts = [offset + int(start) for _, start in index]
        self._starts.append(len(raw))
        self._raw = raw

    def entries(self, word: str) -> list[tuple[str, str, str]]:
        """The names that begin with this folded word: the words that follow, and usage and places still packed."""
        wanted = word.encode()
        block = bisect_right(self._words, wanted) - 1
        if block < 0:
            return []
        # Every line follows a line feed: the one before the block belongs to the search.
        at = self._raw.find(b"\n" + wanted + b"\t", self._starts[block] - 1, self._starts[block + 1])
        if at < 0:
            return []
        line = self._raw[at + len(wanted) + 2 : self._raw.index(b"\n", at + 1)].decode()
        return [entry.partition(_PART_END) for entry in line.split("\t")]

    def unpack(self, packed: str, words: Sequence[str]) -> tuple[str, list[Place]]:
        """Usage and places of one name, its words given in full; the most populous first in each kind."""
        usage, _, places = packed.partition(_PART_END)
        return usage, [self._place(code, words) for code in places.split(_PLACE_END)[:-1]]

    def _place(self, code: str, words: Sequence[str]) -> Place:
        value = _VALUE
        return Place(
            code[0],
            code[1:3],
            self._divisions[value[code[3]] * _BASE + value[code[4]]][1],
            _POPULATION[code[5]],
            round((value[code[6]] * _BASE + value[code[7]]) / (_BASE * _BASE - 1) * 180 - 90, 2),
            round((value[code[8]] * _BASE + value[code[9]]) / (_BASE * _BASE - 1) * 360 - 180, 2),
            code[_FIXED:] or title_case(words),
        )


@cache
def load() -> Gazetteer:
    """The bundled gazetteer, read on the first call."""
    return Gazetteer(resources.files("corpus_db.data").joinpath("countries", "gazetteer.bin").read_bytes())
