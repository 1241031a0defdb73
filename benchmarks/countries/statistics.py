"""How a surface is used in unlabelled news: the numbers behind "is this word a place at all?".

Each number is one digit, 0 to 9, so that ten of them cost nothing in the bundle. They are counted over
../shared/bulk (12,000 newspaper and agency articles, 5,000 press releases); no text is kept.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module, resources
from pathlib import Path

from benchmarks.countries.features import HONORIFICS
from corpus_db.recognition.countries import words
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.scan import candidates
from corpus_db.recognition.countries.spelling import fold
from corpus_db.recognition.countries.window import Window

BULK = Path(__file__).parents[3] / "shared" / "bulk"
RATES = (0.005, 0.015, 0.04, 0.08, 0.15, 0.25, 0.4, 0.6, 0.8)  # a rate's digit: how many of these it reaches
COMMON_WORDS = 4  # from this commonness of all its words on, a name may be a plain phrase
LOCATIVE = words.group("locative")
LOWER_CASE = re.compile(r"\b[a-zà-öø-ÿ]{2,}\b")
BEFORE = re.compile(r"([\w.'’]+)[ \n]+$")
AFTER = re.compile(r"[ \n]+([\w'’]+)")


def bulk_texts(folder: Path = BULK) -> Iterator[str]:
    """The texts of the unlabelled collections."""
    for name in ("news", "senate"):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def name_ranks() -> tuple[dict[str, int], dict[str, int]]:
    """Folded given names and surnames -> how common: 3 very, 2 fairly, 1 known."""
    census = resources.files("names")
    given: dict[str, int] = {}
    family: dict[str, int] = {}
    for file, table in (("dist.male.first", given), ("dist.female.first", given), ("dist.all.last", family)):
        for rank, line in enumerate(census.joinpath(file).read_text(encoding="ascii").splitlines()):
            level = 3 if rank < 150 else 2 if rank < 1500 else 1
            name = fold(line.split()[0])
            table[name] = max(level, table.get(name, 0))
    for provider in resources.files("faker.providers.person").iterdir():
        if "." in provider.name or provider.name.startswith("_"):
            continue
        found = import_module(f"faker.providers.person.{provider.name}").Provider
        for attribute in dir(found):
            target = given if "first_name" in attribute else family if "last_name" in attribute else None
            values = getattr(found, attribute)
            if target is not None and isinstance(values, Iterable) and not isinstance(values, str):
                for value in values:
                    if isinstance(value, str):
                        target.setdefault(fold(value), 1)
    return given, family


def _digit(part: int, whole: int) -> int:
    return bisect_right(RATES, part / whole) if whole else 0


def collect(
    lexicon: Lexicon, surfaces: Iterable[tuple[str, ...]], texts: Iterable[str]
) -> dict[tuple[str, ...], str]:
    """Folded words of a surface -> its ten digits, for surfaces that occur or are a person's name."""
    given, family = name_ranks()
    seen: Counter[tuple[str, ...]] = Counter()
    counts: Counter[tuple[tuple[str, ...], str]] = Counter()
    lower: Counter[str] = Counter()
    for text in texts:
        lower.update(fold(word) for word in LOWER_CASE.findall(text))
        window = Window([text])
        found = candidates(window, lexicon)
        starts, ends = ((column - window.start[0]).tolist() for column in (found.start, found.end))
        spans = zip(starts, ends, found.surface.tolist(), [*starts[1:], None], strict=True)
        for start, end, surface, next_start in spans if starts else ():
            words = lexicon.words(surface)
            seen[words] += 1
            for use in _uses(text, start, end, given):
                counts[words, use] += 1
            if next_start is not None and text[end:next_start] == ", ":
                counts[words, "container"] += 1
    return {
        words: _digits(words, seen, counts, lower, given, family)
        for words in surfaces
        if words in seen or _is_known(words, lower, given, family)
    }


def _commonness(words: tuple[str, ...], lower: Mapping[str, int]) -> int:
    """Of several words ("Seven Hills") how common the rarest is in small letters."""
    return min(9, min(int(math.log2(lower[word] + 1) / 2) for word in words))


def _is_known(
    words: tuple[str, ...], lower: Mapping[str, int], given: Mapping[str, int], family: Mapping[str, int]
) -> bool:
    """Whether there is something to say of a name that the collections never had."""
    if len(words) > 1:
        return _commonness(words, lower) >= COMMON_WORDS
    return words[0] in given or words[0] in family


def _uses(text: str, start: int, end: int, given: Mapping[str, int]) -> Iterator[str]:
    before = BEFORE.search(text, max(0, start - 20), start)
    after = AFTER.match(text, end)
    if before:
        word = before[1]
        plain = word.lower().rstrip(".")
        if plain in LOCATIVE:
            yield "locative"
        elif plain in HONORIFICS:
            yield "honorific"
        elif word[0].isupper():
            yield (
                "first"
                if given.get(fold(word), 0) > 1 or (len(plain) == 1 and word[-1] == ".")
                else "capital"
            )
    if after and after[1][0].isupper():
        yield "next"


def _digits(
    words: tuple[str, ...],
    seen: Mapping[tuple[str, ...], int],
    counts: Mapping[tuple[tuple[str, ...], str], int],
    lower: Mapping[str, int],
    given: Mapping[str, int],
    family: Mapping[str, int],
) -> str:
    number = seen[words]
    single = words[0] if len(words) == 1 else ""
    small = lower[single] if single else 0
    common = _digit(small, small + number) if single else _commonness(words, lower)
    rates = ("locative", "first", "honorific", "capital", "next", "container")
    return "".join(
        map(
            str,
            (
                min(9, int(math.log2(number + 1))),
                min(9, common),
                *(_digit(counts[words, use], number) for use in rates),
                given.get(single, 0),
                family.get(single, 0),
            ),
        )
    )
