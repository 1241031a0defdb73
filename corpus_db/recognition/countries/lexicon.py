"""Every surface that can be a country or a place, by its first token: the hand-made lists over the gazetteer.

`Lexicon.lookup(token)` answers for a token as it stands in a text and remembers the answer, so that a word
costs a dict look-up after its first occurrence. The cache is bounded: `trim()` empties it when it is full,
which changes the speed and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import NamedTuple

from corpus_db.recognition.countries import gazetteer
from corpus_db.recognition.countries.gazetteer import (
    ADJECTIVE,
    CITY,
    COUNTRY,
    DEMONYM,
    DIVISION,
    LANDMARK,
    REGION,
    Place,
)
from corpus_db.recognition.countries.spelling import fold, key, without_possessive
from corpus_db.recognition.countries.spelling import openings as openings_of

_CACHED_TOKENS = 400_000

_LOCAL_NEWS = frozenset({"US", "CA", "GB", "AU", "IE", "NZ"})
_KNOWN_FROM = 100_000  # inhabitants

_KINDS = {
    "division": DIVISION,
    "region": REGION,
    "landmark": LANDMARK,
    "city": CITY,
    "adjective": ADJECTIVE,
}


@dataclass(slots=True, eq=False, frozen=True)
class Surface:
    """A name in its folded words, and what it can stand for. Compared by identity: there is one for each name."""

    words: tuple[str, ...]
    places: tuple[Place, ...]
    sure: bool = False  # a country's name or people's, and nothing else: needs no model
    blocked: bool = False  # neither country nor place, whatever stands inside
    needs: str = ""  # "." a full stop after it, "," a comma before it, "-" a hyphen after it
    named: bool = False  # a country's name or people among other things
    usage: str = ""  # ten digits, see model.py; empty where unknown


Packed = str  # usage and places of a surface, as the gazetteer holds them
Names = dict[str, Surface | Packed]  # words from the second on -> surface


class Entry(NamedTuple):
    """What a token can begin."""

    word: str  # folded
    length: int  # of the token without its possessive
    alone: Surface | None
    marked: dict[str, Surface]  # what needs "." after it, "," before it or "-" after it
    longer: dict[str, Names]  # by the second word
    openings: frozenset[str]  # how those second words begin, see spelling.openings
    exact: bool  # found as written ("U.S."), not by its folded form
    cues: tuple[str, ...] = ()  # countries whose outlets use this word


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
                    self.add(bare, place, needs, exact="^" in marks)

    def add_blocked(self) -> None:
        for (name,) in _lines("blocked.txt"):
            words = key(name)
            self.folded[words, ""] = Surface(words, (), blocked=True)


_NOTHING: dict[str, Surface] = {}
_NO_OPENINGS: frozenset[str] = frozenset()


class _Tokens(dict[str, Entry | None]):
    """Entries by token, made when first asked for: as a dict, because every capitalised word of a text asks."""

    def __init__(self, make: Callable[[str], Entry | None]) -> None:
        self._make = make

    def __missing__(self, token: str) -> Entry | None:
        entry = self[token] = self._make(token)
        return entry


class Lexicon:
    """All surfaces. Create one with `load()`."""

    def __init__(self, places: gazetteer.Gazetteer) -> None:
        builder = _Builder()
        builder.add_countries()
        builder.add_regions()
        builder.add_blocked()
        self._gazetteer = places
        self._exact = builder.exact
        self._lists: dict[str, list[Surface]] = {}
        for surface in builder.folded.values():
            self._lists.setdefault(surface.words[0], []).append(surface)
        self._by_word: dict[str, Entry | None] = {}
        self.tokens = _Tokens(self._of_token)  # what a token of a text can begin; remembered
        self._folded: dict[str, tuple[str, str]] = {}
        cues: dict[str, tuple[str, ...]] = {}
        for country, tokens in _lines("cues.txt"):
            for token in tokens.split():
                cues[token] = (*cues.get(token, ()), country)
        self._cues = cues

    def lookup(self, token: str) -> Entry | None:
        """What this token of a text can begin, or None."""
        return self.tokens[token]

    def _of_token(self, token: str) -> Entry | None:
        entry = self._read(token)
        cues = self._cues.get(token)
        if cues:
            entry = entry or Entry(fold(token), len(token), None, _NOTHING, {}, frozenset(), False)
            entry = entry._replace(cues=cues)
        return entry

    def trim(self) -> None:
        """Empty the cache if it is full. Call it between articles: surfaces are compared by identity."""
        if len(self.tokens) >= _CACHED_TOKENS:
            self.tokens.clear()
            self._by_word.clear()
        if len(self._folded) >= _CACHED_TOKENS:
            self._folded.clear()

    def _read(self, token: str) -> Entry | None:
        exact = self._exact.get(token)
        bare = without_possessive(token)
        if exact is None and bare != token:
            exact = self._exact.get(bare)
        entry = self._of_word(fold(bare))
        if exact is not None:
            longer, openings = (entry.longer, entry.openings) if entry else ({}, frozenset())
            return Entry(fold(bare), len(bare), exact, _NOTHING, longer, openings, True)
        if entry is None and bare != token:
            entry, bare = self._of_word(fold(token)), token
        if entry is None:
            return None
        word, _, alone, marked, longer, openings, exactly, cues = entry
        return Entry(word, len(bare), alone, marked, longer, openings, exactly, cues)

    def _of_word(self, word: str) -> Entry | None:
        if word in self._by_word:
            return self._by_word[word]
        found: Names = {rest: packed for rest, _, packed in self._gazetteer.entries(word)}
        marked = _NOTHING
        for surface in self._lists.get(word, ()):
            rest = " ".join(surface.words[1:])
            if surface.needs and not rest:
                marked = {**marked, surface.needs: surface}
            else:
                places = found.get(rest)
                found[rest] = _join(surface, self._unpack(places, surface.words) if places else None)
        entry = None
        if found or marked:
            value = found.pop("", None)
            alone = self._unpack(value, (word,)) if value is not None else None
            longer: dict[str, Names] = {}
            for rest, value in found.items():
                second = rest.partition(" ")[0]
                if second in longer:
                    longer[second][rest] = value
                else:
                    longer[second] = {rest: value}
            entry = Entry(
                word, 0, alone, marked, longer, openings_of(longer) if longer else _NO_OPENINGS, False
            )
        self._by_word[word] = entry
        return entry

    def _unpack(self, value: Surface | Packed, words: tuple[str, ...]) -> Surface:
        if isinstance(value, Surface):
            return value
        usage, places = self._gazetteer.unpack(value, words)
        return Surface(words, tuple(places), usage=usage)

    def listed(self) -> Iterator[Surface]:
        """Every surface of the hand-made lists that is told apart by its folded words."""
        for surfaces in self._lists.values():
            yield from (s for s in surfaces if not s.blocked and not s.needs)

    def folded(self, token: str) -> tuple[str, str]:
        """A following token folded, without its possessive and as it stands; remembered."""
        found = self._folded.get(token)
        if found is None:
            folded = fold(token)
            bare = without_possessive(token)
            found = self._folded[token] = folded if bare == token else fold(bare), folded
        return found

    @staticmethod
    def blocks(names: Names) -> bool:
        """Whether some of these names are no places: only those may go on in lower case."""
        return any(isinstance(surface, Surface) and surface.blocked for surface in names.values())

    def surface(self, names: Names, rest: str, first: str) -> Surface | None:
        """The surface of these following words, unpacked when it is first asked for."""
        value = names.get(rest)
        if value is None or isinstance(value, Surface):
            return value
        names[rest] = surface = self._unpack(value, (first, *rest.split(" ")))
        return surface


def _join(listed: Surface, places: Surface | None) -> Surface:
    """A surface of the lists with the places of that name; a list's place takes a town's coordinates."""
    if listed.blocked or places is None:
        return listed
    joined: list[Place] = []
    for place in listed.places:
        same = next((p for p in places.places if p.country == place.country and p.kind != "R"), None)
        if same and not place.population and place.kind in (CITY, DIVISION, REGION):
            place = same._replace(
                kind=place.kind, canonical=place.canonical, division=place.division or same.division
            )
        joined.append(place)
    known = {(p.country, p.division) for p in joined if p.kind in (CITY, DIVISION)}
    others = [p for p in places.places if (p.country, p.division) not in known or p.kind == DIVISION]
    if listed.sure:  # of the towns called China or Canada only those that English news may mean
        others = [p for p in others if p.country in _LOCAL_NEWS or p.population > _KNOWN_FROM]
    joined += others
    return replace(listed, places=tuple(joined), usage=places.usage)


@cache
def load() -> Lexicon:
    """The lexicon over the bundled data, built on the first call."""
    return Lexicon(gazetteer.load())


def canonical(place: Place, words: Sequence[str]) -> str:
    """What a place is called in full."""
    return place.canonical or gazetteer.title_case(words)
