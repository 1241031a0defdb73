"""Every surface that can be a country or a place: the hand-made lists over the gazetteer, as numpy arrays.

A surface is a number; what it can stand for are rows of `places`. Texts are matched by the keys of names
(characters.py): `keys` holds those of all names and of all their beginnings, so that a name is followed word
by word, thousands at once. Nothing is remembered of the texts: the first text costs what the thousandth does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np

from corpus_db.models import PlaceRecord
from corpus_db.recognition.countries import gazetteer, words
from corpus_db.recognition.countries.characters import (
    Few,
    Hashes,
    Indices,
    Mask,
    Numbers,
    character_codes,
    line_hashes,
    name_key,
    next_key,
    string_hash,
    string_hashes,
)
from corpus_db.recognition.countries.gazetteer import (
    ADJECTIVE,
    CITY,
    COUNTRY,
    DEMONYM,
    DIVISION,
    KINDS,
    LANDMARK,
    REGION,
    UNUSED,
    USES,
    Columns,
    Place,
)
from corpus_db.recognition.countries.spelling import fold, key, without_possessive

_LOCAL_NEWS = frozenset({"US", "CA", "GB", "AU", "IE", "NZ"})
_KNOWN_FROM = 100_000  # inhabitants

_REMEMBERED = 30_000  # places of mentions, words that are spelt like a special one
_NOT_ASKED = -2
_GOES_ON = -2  # in place of a number: a name goes on here

_KINDS = {
    "division": DIVISION,
    "region": REGION,
    "landmark": LANDMARK,
    "city": CITY,
    "adjective": ADJECTIVE,
}


@dataclass(slots=True, eq=False, frozen=True)
class Surface:
    """A name of the hand-made lists in its folded words, and what it can stand for."""

    words: tuple[str, ...]
    places: tuple[Place, ...]
    sure: bool = False  # a country's name or people's, and nothing else: needs no model
    blocked: bool = False  # neither country nor place, whatever stands inside
    needs: str = ""  # "." a full stop after it, "," a comma before it, "-" a hyphen after it
    named: bool = False  # a country's name or people among other things
    like: int = -1  # the gazetteer's name whose usage it has


def _lines(name: str) -> Iterator[list[str]]:
    """The fields of each line of a hand-made list, comments left out."""
    text = resources.files("corpus_db.data").joinpath("countries", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("|")


def _marks(entry: str) -> tuple[str, str]:
    """An entry without its trailing marks, and the marks."""
    bare = entry.rstrip("?+~^.,") if not entry.endswith(".^") else entry[:-1]
    if entry.endswith((".^?", ".^+")):
        bare = entry[:-2]
    return bare, entry[len(bare) :]


class _Builder:
    """Collects the hand-made lists into surfaces."""

    def __init__(self) -> None:
        self.folded: dict[tuple[tuple[str, ...], str], Surface] = {}
        self.exact: dict[str, Surface] = {}

    def add(self, text: str, place: Place, needs: str = "", sure: bool = False, exact: bool = False) -> None:
        words = key(text)
        exact = exact and " " not in text
        old = self.exact.get(text) if exact else self.folded.get((words, needs))
        places = (*old.places, place) if old else (place,)
        named = any(p.kind in (COUNTRY, DEMONYM) for p in places)
        surface = Surface(words, places, sure and (old is None or old.sure), False, needs, named)
        if exact:
            self.exact[text] = surface
        else:
            self.folded[words, needs] = surface

    def add_countries(self) -> None:
        for code, _, name, _, names, demonyms in _lines("names.txt"):
            given = [_marks(entry) for entry in names.split(";") if entry]
            doubtful = {bare for bare, marks in given if "?" in marks}
            everything = [(name, ""), *((bare, marks) for bare, marks in given if bare != name)]
            for bare, marks in everything:
                sure = bare not in doubtful
                text = bare.removeprefix("the ").removeprefix("The ")
                place = Place(COUNTRY, code, "", 0, 0.0, 0.0, name)
                self.add(text, place, sure=sure, exact="^" in marks)
            for entry in demonyms.split(";"):
                bare, marks = _marks(entry)
                if not bare:
                    continue
                place = Place(DEMONYM, code, "", 0, 0.0, 0.0, name)
                for text in (bare, bare + "s") if "+" in marks else (bare,):
                    self.add(text, place, "-" if "~" in marks else "", "?" not in marks)

    def add_regions(self) -> None:
        for country, division, kind, canonical, surfaces in _lines("regions.txt"):
            place = Place(_KINDS[kind], country, division, 0, 0.0, 0.0, canonical)
            for entry in surfaces.split(";"):
                bare, marks = _marks(entry)
                if bare:
                    needs = "." if "." in marks else "," if "," in marks else ""
                    sure = place.kind == ADJECTIVE and "?" not in marks
                    self.add(bare, place, needs, sure=sure, exact="^" in marks)

    def add_blocked(self) -> None:
        for (name,) in _lines("blocked.txt"):
            words = key(name)
            self.folded[words, ""] = Surface(words, (), blocked=True)


class Special(NamedTuple):
    """A word whose spelling or neighbours matter."""

    cue: bool  # it betrays where an outlet writes
    number: int | None  # the surface that is written exactly so
    marks: Mapping[str, int] | None  # what must stand beside it -> surface


class Lexicon:
    """All surfaces. Create one with `load()`.

    Surfaces are numbered: those of the gazetteer in its order, then those of the lists.
    """

    def __init__(self, places: gazetteer.Gazetteer) -> None:
        builder = _Builder()
        builder.add_countries()
        builder.add_regions()
        builder.add_blocked()
        self._gazetteer = places
        self._own = len(places.counts)
        self._own_rows = len(places.places.kinds)
        self._first = np.concatenate([[0], np.cumsum(places.counts, dtype=np.int64)])
        listed = list(builder.folded.values())
        # The names of the hand-made lists that are told apart by their folded words.
        self.listed = [surface.words for surface in listed if not surface.blocked and not surface.needs]
        every_cue = [
            (codes.split(), token) for codes, tokens in _lines("cues.txt") for token in tokens.split()
        ]
        cues = [(codes, token) for codes, token in every_cue if token[0].isupper()]
        special = {surface.words[0] for surface in listed if surface.needs and len(surface.words) == 1}
        special |= {
            fold(without_possessive(word)) for word in (*builder.exact, *(token for _, token in cues))
        }
        self._index([" ".join(surface.words) for surface in listed], sorted(special))
        self._tabulate(self._join(listed) + self._exactly(builder))
        self.begins: Mask = (self.surfaces >= 0) | self.goes_on
        # Countries whose outlets use this word; one more than there are: local news anywhere.
        self.cues: dict[str, list[int]] = {}
        number = {code: i for i, code in enumerate([*self.countries, "local"])}
        for codes, token in cues:
            self.cues.setdefault(token, []).extend(number[code] for code in codes)
        self.cue_signs = [
            (ord(sign), number[code]) for codes, sign in every_cue if not sign[0].isalpha() for code in codes
        ]
        # The same for words in small letters: their hashes, and which countries each betrays.
        small = sorted({token for _, token in every_cue if token[0].islower()}, key=string_hash)
        self.small_cues = Few(string_hashes(small))
        codes_of = [
            [number[code] for codes, t in every_cue if t == token for code in codes] for token in small
        ]
        self.small_cue_sizes = np.array([len(own) for own in codes_of], np.int64)
        self.small_cue_codes = np.array([code for own in codes_of for code in own], np.int64)
        self.particles = frozenset(words.group("particle"))
        self._special: dict[tuple[str, int], Special | None] = {}

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
        self.marked: dict[str, dict[str, int]] = {}  # word -> what must stand beside it -> surface
        for surface, place, two in zip(listed, self._listed_at, self._listed_two, strict=True):
            if surface.needs and len(surface.words) == 1:
                self.marked.setdefault(surface.words[0], {})[surface.needs] = self._own + len(joined)
                joined.append(surface)
                continue
            number = int(self.surfaces[place])
            if number >= self._own:  # the same words with another mark
                before = joined[number - self._own]
                surface = _join(surface, before.places, before.like)
            elif number >= 0:
                surface = _join(surface, self._gazetteer_places(number, surface.words), number)
            self.surfaces[place] = self._own + len(joined)
            joined.append(surface)
            if surface.blocked and len(surface.words) > 1:
                self.holds_blocked[two] = True
        return joined

    def _exactly(self, builder: _Builder) -> list[Surface]:
        """The surfaces that are found only as they are written, and their numbers."""
        first = self._own + len(builder.folded)
        self.exact = {text: first + i for i, text in enumerate(builder.exact)}
        return list(builder.exact.values())

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
        self.lengths = np.append(self.lengths, np.array(list(map(len, self._words)), np.uint8))
        unused = np.full((USES, 1), UNUSED, np.uint8)
        usage = np.hstack([self._gazetteer.usage, unused])
        self.usage = np.hstack([usage[:, :-1], usage[:, [surface.like for surface in joined]]])
        nothing = np.zeros(self._own, bool)
        self.sure = np.append(nothing, [surface.sure for surface in joined])
        self.blocked = np.append(nothing, [surface.blocked for surface in joined])
        self.named = np.append(nothing, [surface.named for surface in joined])
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

    def place(self, row: int, surface: int) -> Place:
        """All of a place of a surface."""
        table = self.places
        return Place(
            KINDS[table.kinds[row]],
            self.countries[table.countries[row]],
            self.divisions[table.divisions[row]][1],
            gazetteer.population_of(int(table.levels[row])),
            gazetteer.latitude(int(table.latitudes[row])),
            gazetteer.longitude(int(table.longitudes[row])),
            self.canonical(row, surface),
            int(table.fames[row]),
        )

    def located(self, row: int, surface: int) -> PlaceRecord:
        """A place of a surface as a mention carries it; remembered."""
        found = self._located.get(row)
        if found is None:
            if len(self._located) >= _REMEMBERED:
                self._located.clear()
            place = self.place(row, surface)
            if place.kind == ADJECTIVE:
                place = self._adjective_of(place)
            found = self._located[row] = gazetteer.located(place)
        return found

    def _adjective_of(self, adjective: Place) -> Place:
        """The place that "Bavarian" and "Parisians" speak of, or what is known of it where no list has it."""
        named = self.surface(key(adjective.canonical))
        inside = [p for p in self.places_of(named) if p.country == adjective.country] if named >= 0 else []
        return max(inside, key=lambda p: (p.kind in (DIVISION, REGION), p.population), default=adjective)

    def special(self, word: str, end: int) -> Special | None:
        """What the spelling of a word with a special key means; the word without its possessive ends at `end`.

        None where it is like any other: most such words are "In", "Or", "Me" at the start of a sentence.
        """
        asked = word, end
        if asked not in self._special:
            if len(self._special) >= _REMEMBERED:
                self._special.clear()
            bare = word[:end]
            found = Special(word in self.cues, self.exact.get(bare), self.marked.get(fold(bare)))
            self._special[asked] = None if found == (False, None, None) else found
        return self._special[asked]

    def places_of(self, surface: int) -> list[Place]:
        """All that a surface can stand for."""
        return [self.place(row, surface) for row in range(self.first[surface], self.first[surface + 1])]

    def holds_divisions(self, surface: int) -> bool:
        """Whether one of the places of a surface is a first-level division."""
        rows = self.places.kinds[self.first[surface] : self.first[surface + 1]]
        return bool((rows == KINDS.index(DIVISION)).any())

    def divisions_called(self, rows: Indices, surfaces: Indices) -> Indices:
        """The division that has the name in full of each place of a surface, in its country; -1 where none has."""
        found = self._called[rows]
        for i in np.flatnonzero(found == _NOT_ASKED).tolist():
            row = int(rows[i])
            pair = self.countries[self.places.countries[row]], self.canonical(row, int(surfaces[i]))
            found[i] = self._called[row] = self._division_number.get(pair, -1)
        return found


def _join(listed: Surface, places: Sequence[Place], like: int) -> Surface:
    """A surface of the lists with the places of that name; a list's place takes a town's coordinates."""
    if listed.blocked:
        return listed
    if listed.sure and listed.places[0].kind == ADJECTIVE:
        return replace(listed, like=like)  # "Gazan" is no other spelling of Jizan
    joined: list[Place] = []
    for place in listed.places:
        same = next((p for p in places if p.country == place.country and p.kind != "R"), None)
        if same and not place.population and place.kind in (CITY, DIVISION, REGION):
            place = same._replace(
                kind=place.kind, canonical=place.canonical, division=place.division or same.division
            )
        joined.append(place)
    known = {(p.country, p.division) for p in joined if p.kind in (CITY, DIVISION)}
    others = [p for p in places if (p.country, p.division) not in known or p.kind == DIVISION]
    if listed.sure:  # of the towns called China or Canada only those that English news may mean
        others = [p for p in others if p.country in _LOCAL_NEWS or p.population > _KNOWN_FROM]
    return replace(listed, places=(*joined, *others), like=like)


@cache
def load() -> Lexicon:
    """The lexicon over the bundled data, built on the first call."""
    return Lexicon(gazetteer.load())
