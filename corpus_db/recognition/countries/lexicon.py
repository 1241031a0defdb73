"""Every surface that can be a country or a place: the hand-made lists over the gazetteer, as numpy arrays.

A surface is a number; what it can stand for are rows of `places`. Texts are matched by the keys of names
(characters.py): `keys` holds those of all names and of all their beginnings, so that a name is followed word
by word, thousands at once. Nothing is remembered of the texts: the first text costs what the thousandth does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_db.models import PlaceRecord
from corpus_db.recognition.countries import gazetteer, words
from corpus_db.recognition.countries.characters import (
    Hashes,
    Indices,
    Mask,
    Numbers,
    character_codes,
    line_hashes,
    name_key,
    next_key,
    string_hashes,
)
from corpus_db.recognition.countries.gazetteer import (
    ADJECTIVE,
    CITY,
    COUNTRY,
    DIVISION,
    FAMILY,
    GIVEN,
    KINDS,
    REGION,
    UNUSED,
    USES,
    Columns,
    Place,
)
from corpus_db.recognition.countries.listed import Lists, Surface, outlet_words, with_places
from corpus_db.recognition.countries.spelling import key
from corpus_db.recognition.countries.spelt import OutletWords, SpeltWords, keys

_LARGE_CITY = 500_000  # inhabitants
_REMEMBERED = 30_000  # places of mentions
_NOT_ASKED = -2
_GOES_ON = -2  # in place of a number: a name goes on here


class Lexicon:
    """All surfaces. Create one with `load()`.

    Surfaces are numbered: those of the gazetteer in its order, then those of the lists.
    """

    def __init__(self, places: gazetteer.Gazetteer) -> None:
        lists = Lists()
        self._gazetteer = places
        self._own = len(places.counts)
        self._own_rows = len(places.places.kinds)
        self._first = np.concatenate([[0], np.cumsum(places.counts, dtype=np.int64)])
        listed = list(lists.folded.values())
        # The names of the hand-made lists that are told apart by their folded words.
        self.listed = [surface.words for surface in listed if not surface.blocked and not surface.needs]
        cues = outlet_words()
        special = {surface.words[0] for surface in listed if surface.needs and len(surface.words) == 1}
        special |= keys([*lists.exact, *(word for _, word in cues if word[0].isupper())])
        self._index([" ".join(surface.words) for surface in listed], sorted(special))
        self._tabulate(self._join(listed) + self._exactly(lists))
        self.outlets = OutletWords(cues, self.countries)
        self.spelt = SpeltWords(self.outlets.capital, self.exact, self._marked)
        self.particles = frozenset(words.group("particle"))

    def _index(self, listed: Sequence[str], special: Sequence[str]) -> None:
        """The keys of all names and of their beginnings, those of the gazetteer with their numbers; and of words
        whose spelling or neighbours are to be looked at.
        """
        text = self._gazetteer.names + "".join("\n" + name for name in (*listed, *special))
        hashes = line_hashes(text, "\n ")
        codes = character_codes(text)
        ends = np.append(np.flatnonzero(codes == ord("\n")), len(codes))
        spaces = np.flatnonzero(codes == ord(" "))
        lengths = np.diff(np.searchsorted(spaces, ends), prepend=0) + 1
        first = np.cumsum(lengths) - lengths
        self._ends = ends[: self._own].astype(np.int32)
        self.lengths = lengths[: self._own].astype(np.uint8)  # words of each surface
        begins = hashes[first]
        self._counted = np.zeros(self._own + len(listed), bool)  # "Three Rivers"
        for word in string_hashes(sorted(words.group("number"))):
            self._counted |= begins[: len(self._counted)] == word
        number = np.where(np.arange(len(lengths)) < self._own, np.arange(len(lengths)), -1)
        numbers: list[Indices] = []
        keys: list[Hashes] = []
        which, key_ = np.arange(len(lengths)), begins
        complete, of_two = key_.copy(), key_.copy()
        while True:
            goes_on = lengths[which] > len(keys) + 1
            keys.append(key_)
            complete[which] = key_
            if len(keys) == 2:
                of_two[which] = key_
            numbers.append(np.where(goes_on, _GOES_ON, number[which]))
            which, key_ = which[goes_on], key_[goes_on]
            if not len(which):
                break
            key_ = next_key(key_, hashes[first[which] + len(keys)])
        every, marks = np.concatenate(keys), np.concatenate(numbers)
        order = np.argsort(every)
        every, marks = every[order], marks[order]
        begins = np.flatnonzero(np.concatenate([[True], every[1:] != every[:-1]]))
        self.keys: Hashes = every[begins]
        self.numbers = Numbers(self.keys)
        self.is_special: Mask = np.zeros(len(begins), bool)
        own, last = self._own, self._own + len(listed)
        self.is_special[self.numbers(complete[last:])] = True
        self._listed_at = self.numbers(complete[own:last]).tolist()
        self._listed_two = self.numbers(of_two[own:last]).tolist()
        self.surfaces = np.maximum(np.maximum.reduceat(marks, begins), -1).astype(np.int32)  # -1: none
        self.goes_on: Mask = np.minimum.reduceat(marks, begins) == _GOES_ON  # some longer name begins so
        self.holds_blocked: Mask = np.zeros(len(begins), bool)  # and some such name is no place

    def _join(self, listed: Sequence[Surface]) -> list[Surface]:
        """Put the surfaces of the lists in, each with the places that the gazetteer has of the name."""
        joined: list[Surface] = []
        self._marked: dict[str, dict[str, int]] = {}  # word -> what must stand beside it -> surface
        cities = self._listed_cities(listed)
        for surface, place, two in zip(listed, self._listed_at, self._listed_two, strict=True):
            surface = replace(surface, places=tuple(cities.get(p, p) for p in surface.places))
            if surface.needs and len(surface.words) == 1:
                self._marked.setdefault(surface.words[0], {})[surface.needs] = self._own + len(joined)
                joined.append(surface)
                continue
            number = int(self.surfaces[place])
            if number >= self._own:  # the same words with another mark
                before = joined[number - self._own]
                surface = with_places(surface, before.places, before.like)
            elif number >= 0:
                surface = with_places(surface, self._gazetteer_places(number, surface.words), number)
            self.surfaces[place] = self._own + len(joined)
            joined.append(surface)
            if surface.blocked and len(surface.words) > 1:
                self.holds_blocked[two] = True
        return joined

    def _listed_cities(self, listed: Sequence[Surface]) -> dict[Place, Place]:
        """The lists' cities with what the gazetteer has of them by their usual name: Rio is not smaller than Río."""
        found = {}
        for place in {p for surface in listed for p in surface.places if p.kind == CITY}:
            words = key(place.canonical)
            number = self.surface(words)
            named = self._gazetteer_places(number, words) if number >= 0 else ()
            same = [
                p
                for p in named
                if (p.kind, p.country) == (CITY, place.country) and place.division in ("", p.division)
            ]
            if same:
                found[place] = max(same, key=lambda p: p.population)._replace(canonical=place.canonical)
        return found

    def _exactly(self, lists: Lists) -> list[Surface]:
        """The surfaces that are found only as they are written, and their numbers."""
        first = self._own + len(lists.folded)
        self.exact = {text: first + i for i, text in enumerate(lists.exact)}
        return list(lists.exact.values())

    def _gazetteer_places(self, number: int, names: Sequence[str]) -> tuple[Place, ...]:
        table, found = self._gazetteer.places, []
        for row in range(self._first[number], self._first[number + 1]):
            found.append(
                Place(
                    KINDS[table.kinds[row]],
                    self._gazetteer.countries[table.countries[row]],
                    self._gazetteer.divisions[table.divisions[row]][1],
                    gazetteer.population_of(int(table.levels[row])),
                    gazetteer.latitude(int(table.latitudes[row])),
                    gazetteer.longitude(int(table.longitudes[row])),
                    self._gazetteer.canonical(row, names),
                    int(table.fames[row]),
                )
            )
        return tuple(found)

    def _tabulate(self, joined: Sequence[Surface]) -> None:
        """The columns of all surfaces and of all places."""
        rows = [place for surface in joined for place in surface.places]
        country = {code: number for number, code in enumerate(self._gazetteer.countries)}
        division = {pair: number for number, pair in enumerate(self._gazetteer.divisions)}
        for place in rows:
            country.setdefault(place.country, len(country))
            if place.division:
                division.setdefault((place.country, place.division), len(division))
        self.countries, self.divisions = list(country), list(division)
        self._division_number = division
        self._called = np.full(self._own_rows + len(rows), _NOT_ASKED, np.int64)
        self._located: dict[int, PlaceRecord] = {}
        added = (
            [KINDS.index(p.kind) for p in rows],
            [country[p.country] for p in rows],
            [division.get((p.country, p.division), 0) for p in rows],
            [gazetteer.level_of(p.population) for p in rows],
            [gazetteer.latitude_code(p.latitude) for p in rows],
            [gazetteer.longitude_code(p.longitude) for p in rows],
            [p.fame for p in rows],
        )
        self.places = self._gazetteer.places.joined(Columns(*map(np.array, added)))
        self._canonical = [place.canonical for place in rows]
        sizes = np.cumsum([len(surface.places) for surface in joined])
        self.first: Indices = np.concatenate([self._first, self._first[-1] + sizes])  # row of the first place
        self._words = [surface.words for surface in joined]
        self._like = [surface.like for surface in joined]  # the gazetteer's surface of the same words, or -1
        self.lengths = np.append(self.lengths, np.array(list(map(len, self._words)), np.uint8))
        unused = np.full((USES, 1), UNUSED, np.uint8)
        usage = np.hstack([self._gazetteer.usage, unused])
        self.usage = np.hstack([usage[:, :-1], usage[:, [surface.like for surface in joined]]])
        nothing = np.zeros(self._own, bool)
        self.nobody: Mask = (self.usage[[GIVEN, FAMILY]] % UNUSED == 0).all(axis=0)  # no person's name
        self.sure = np.append(nothing, [surface.sure for surface in joined])
        self.blocked = np.append(nothing, [surface.blocked for surface in joined])
        self.named = np.append(nothing, [surface.named for surface in joined])
        kinds, first = self.places.kinds, np.minimum(self.first[:-1], len(self.places.kinds) - 1)
        large = gazetteer.level_of(_LARGE_CITY)
        cities = (kinds == KINDS.index(CITY)) & (self.places.levels >= large)
        states = np.isin(kinds, [KINDS.index(COUNTRY), KINDS.index(DIVISION)])
        self.divides: Mask = np.logical_or.reduceat(kinds == KINDS.index(DIVISION), first)
        # Names of both a city and a division.
        self.either: Mask = self.divides & np.logical_or.reduceat(kinds == KINDS.index(CITY), first)
        self.city_and_division: Mask = self.divides & np.logical_or.reduceat(cities, first)
        # Names that lists of states and countries hold, and those that lists of cities do.
        self.beside_states: Mask = np.logical_or.reduceat(states, first)
        self.beside_cities: Mask = np.logical_or.reduceat(cities | (kinds == KINDS.index(COUNTRY)), first)
        self.after_comma = np.append(nothing, [surface.needs == "," for surface in joined])
        # A name that begins with a number is a plain phrase unless a container follows ("Seven Hills").
        self.phrase: Mask = np.append(self._counted, np.zeros(len(self.exact), bool))
        # A name that only lists of an earlier day had is none.
        empty = np.append((np.diff(self.first) == 0) & ~self.blocked, False)
        self.surfaces[empty[self.surfaces]] = -1

    def find(self, names: Sequence[str]) -> int:
        """Where the key of these folded words stands in `keys`; -1 where no name begins so."""
        return int(self.numbers(np.array([name_key(names)], np.uint64))[0])

    def surface(self, names: Sequence[str]) -> int:
        """The surface of these folded words, or -1."""
        at = self.find(names)
        return int(self.surfaces[at]) if at >= 0 else -1

    def words(self, surface: int) -> tuple[str, ...]:
        """The folded words of a surface."""
        if surface >= self._own:
            return self._words[surface - self._own]
        start = int(self._ends[surface - 1]) + 1 if surface else 0
        return tuple(self._gazetteer.names[start : int(self._ends[surface])].split(" "))

    def canonical(self, row: int, surface: int) -> str:
        """What a place of a surface is called in full."""
        if row >= self._own_rows:
            return self._canonical[row - self._own_rows]
        return self._gazetteer.canonical(row, self.words(surface))

    def places_at(self, rows: Indices, surfaces: Indices) -> list[Place]:
        """All of some places of surfaces."""
        table = self.places
        columns: list[NDArray[Any]] = [table.kinds, table.countries, table.divisions, table.levels]
        columns += [table.latitudes, table.longitudes, table.fames]
        values = zip(*(column.take(rows).tolist() for column in columns), strict=True)
        names = map(self.canonical, rows.tolist(), surfaces.tolist())
        return [
            Place(
                KINDS[kind],
                self.countries[country],
                self.divisions[division][1],
                gazetteer.population_of(level),
                gazetteer.latitude(latitude),
                gazetteer.longitude(longitude),
                name,
                fame,
            )
            for (kind, country, division, level, latitude, longitude, fame), name in zip(
                values, names, strict=True
            )
        ]

    def located(self, rows: Indices, surfaces: Indices) -> list[PlaceRecord]:
        """Places of surfaces as mentions carry them; remembered."""
        asked, known = rows.tolist(), self._located
        new = {row: at for at, row in enumerate(asked) if row not in known}
        if new:
            if len(known) + len(new) > _REMEMBERED:
                known.clear()
                new = {row: at for at, row in enumerate(asked)}
            some = np.array(list(new.values()), np.int64)
            places = map(self._as_mentioned, self.places_at(rows[some], surfaces[some]))
            known.update(zip(new, map(gazetteer.located, places), strict=True))
        return [self._located[row] for row in asked]

    def _as_mentioned(self, place: Place) -> Place:
        """The place itself; of "Bavarian" and "Parisians" the one they speak of, where the lists have it.

        What only the lists have ("Ga.") is the gazetteer's division or city of its name, if that has one.
        """
        if place.kind == ADJECTIVE:
            named = self.surface(key(place.canonical))
            inside = [p for p in self.places_of(named) if p.country == place.country] if named >= 0 else []
            place = max(inside, key=lambda p: (p.kind in (DIVISION, REGION), p.population), default=place)
        if place.kind not in (DIVISION, REGION) and (place.kind != CITY or gazetteer.is_located(place)):
            return place
        kind = DIVISION if place.kind == REGION else place.kind
        here = [p for p in self._gazetteers(key(place.canonical)) if p.country == place.country]
        same = [p for p in here if p.kind == kind and place.division in ("", p.division)]
        if same:
            return max(same, key=lambda p: p.population)._replace(canonical=place.canonical)
        # "D.C." is the city that it is.
        cities = [p for p in here if p.kind == CITY and p.division == place.division == place.canonical]
        return max(cities, key=lambda p: p.population, default=place)

    def _gazetteers(self, names: Sequence[str]) -> tuple[Place, ...]:
        """The places that the gazetteer, without the lists, has of these folded words."""
        number = self.surface(names) if names else -1
        if number >= self._own:
            number = self._like[number - self._own]
        return self._gazetteer_places(number, names) if number >= 0 else ()

    def places_of(self, surface: int) -> list[Place]:
        """All that a surface can stand for."""
        rows = np.arange(self.first[surface], self.first[surface + 1])
        return self.places_at(rows, np.full(len(rows), surface))

    def divisions_called(self, rows: Indices, surfaces: Indices) -> Indices:
        """The division that has the name in full of each place of a surface, in its country; -1 where none has."""
        found = self._called[rows]
        for i in np.flatnonzero(found == _NOT_ASKED).tolist():
            row = int(rows[i])
            pair = self.countries[self.places.countries[row]], self.canonical(row, int(surfaces[i]))
            found[i] = self._called[row] = self._division_number.get(pair, -1)
        return found


@cache
def load() -> Lexicon:
    """The lexicon over the bundled data, built on the first call."""
    return Lexicon(gazetteer.load())
