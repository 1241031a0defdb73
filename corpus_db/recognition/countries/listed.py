"""The hand-made lists: names of countries and peoples, regions, names that are none, words of outlets.

Each name becomes a *surface*: its folded words and what it can stand for. They are put over those of the
gazetteer in lexicon.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources

from corpus_db.recognition.countries.gazetteer import (
    ADJECTIVE,
    CITY,
    COUNTRY,
    DEMONYM,
    DISTRICT,
    DIVISION,
    LANDMARK,
    REGION,
    Place,
)
from corpus_db.recognition.countries.spelling import key

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


class Lists:
    """The surfaces of the lists: those told apart by folded words and a mark, and those found only as written."""

    def __init__(self) -> None:
        self.folded: dict[tuple[tuple[str, ...], str], Surface] = {}
        self.exact: dict[str, Surface] = {}
        self._add_countries()
        self._add_regions()
        self._add_blocked()

    def _add(self, text: str, place: Place, needs: str = "", sure: bool = False, exact: bool = False) -> None:
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

    def _add_countries(self) -> None:
        for code, _, name, _, names, demonyms in _lines("names.txt"):
            given = [_marks(entry) for entry in names.split(";") if entry]
            doubtful = {bare for bare, marks in given if "?" in marks}
            everything = [(name, ""), *((bare, marks) for bare, marks in given if bare != name)]
            for bare, marks in everything:
                sure = bare not in doubtful
                text = bare.removeprefix("the ").removeprefix("The ")
                place = Place(COUNTRY, code, "", 0, 0.0, 0.0, name)
                self._add(text, place, sure=sure, exact="^" in marks)
            for entry in demonyms.split(";"):
                bare, marks = _marks(entry)
                if not bare:
                    continue
                place = Place(DEMONYM, code, "", 0, 0.0, 0.0, name)
                for text in (bare, bare + "s") if "+" in marks else (bare,):
                    self._add(text, place, "-" if "~" in marks else "", "?" not in marks)

    def _add_regions(self) -> None:
        for country, division, kind, canonical, surfaces in _lines("regions.txt"):
            groups = [surfaces.split(";")] if canonical else [own.split("=") for own in surfaces.split(";")]
            for entries in groups:
                name = canonical or _marks(entries[0])[0]
                place = Place(_KINDS[kind], country, division, 0, 0.0, 0.0, name)
                self._add_names(place, entries)

    def _add_names(self, place: Place, entries: Sequence[str]) -> None:
        for entry in entries:
            bare, marks = _marks(entry)
            if bare:
                needs = "." if "." in marks else "," if "," in marks else ""
                sure = place.kind == ADJECTIVE and "?" not in marks
                self._add(bare, place, needs, sure=sure, exact="^" in marks)

    def _add_blocked(self) -> None:
        for (name,) in _lines("blocked.txt"):
            words = key(name)
            self.folded[words, ""] = Surface(words, (), blocked=True)


def outlet_words() -> list[tuple[list[str], str]]:
    """Words that betray where an outlet writes, each with codes of countries; a word may come several times."""
    return [(codes.split(), word) for codes, tokens in _lines("cues.txt") for word in tokens.split()]


def with_places(listed: Surface, places: Sequence[Place], like: int) -> Surface:
    """A surface of the lists with the places of that name; a list's place takes a town's coordinates."""
    if listed.blocked:
        return listed
    if listed.sure and listed.places[0].kind == ADJECTIVE:
        return replace(listed, like=like)  # "Gazan" is no other spelling of Jizan
    joined: list[Place] = []
    for place in listed.places:
        # Of a region only a division or county of that name: New England is no town in North Dakota.
        kinds = (DIVISION, DISTRICT) if place.kind == REGION else (CITY, DIVISION, DISTRICT, LANDMARK)
        alike = [p for p in places if p.country == place.country and p.kind in kinds]
        same = next((p for p in alike if p.kind == place.kind), alike[0] if alike else None)
        if same and not place.population and place.kind in (CITY, DIVISION, REGION):
            place = same._replace(
                kind=place.kind, canonical=place.canonical, division=place.division or same.division
            )
        joined.append(place)
    known = {(p.country, p.division) for p in joined if p.kind in (CITY, DIVISION)}
    others = [p for p in places if (p.country, p.division) not in known or p.kind == DIVISION]
    if listed.sure:
        # Of the towns called China or Canada only those that English news may mean, and by their own name: Arak is
        # another name for Iraq in no news.
        others = [
            p
            for p in others
            if (p.country in _LOCAL_NEWS or p.population > _KNOWN_FROM) and key(p.canonical) == listed.words
        ]
    return replace(listed, places=(*joined, *others), like=like)
