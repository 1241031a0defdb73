"""How far an explicit container decides: `python -m benchmarks.countries.containers [--errors N]`.

Every country and every city of half a million that has small namesakes in countries of English news stands in
invented sentences beside the division of each namesake ("London, Kentucky"), and once more alone. Prints how many of
the mentions with the container, and of those without one, have the namesake's country.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator

from corpus_db.models import Text
from corpus_db.recognition import countries
from corpus_db.recognition.countries import lexicon
from corpus_db.recognition.countries.gazetteer import CITY, COUNTRY

LOCAL = ("US", "CA", "AU")
LARGE = 500_000
SENTENCES = (
    "{name}, {division} — Police in {name} said a man, 34, was in the county jail.",
    "The trade show opens in {name}, {division}, in May. Visitors come to {name} from all over.",
    "She was born in {name}, {division} in 1952. Friends in {name} remember her well.",
)
BATCH = 64


def namesakes(names: lexicon.Lexicon) -> Iterator[tuple[str, str, str]]:
    """Name, division and country of each town that is called like a country or a large city elsewhere."""
    for surface in range(len(names.first) - 1):
        places = names.places_of(surface) if names.first[surface + 1] - names.first[surface] > 1 else []
        famous = max(places, key=lambda p: (p.kind == COUNTRY, p.population), default=None)
        if famous is None or not (
            famous.kind == COUNTRY or (famous.kind == CITY and famous.population > LARGE)
        ):
            continue
        called = [p for p in places if p.kind == CITY and p.canonical == famous.canonical]
        towns = {(p.country, p.division) for p in called if p.country in LOCAL and p.division}
        for country, division in sorted(towns):
            if country != famous.country:
                yield famous.canonical, division, country


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--errors", type=int, default=0)
    arguments = parser.parse_args()
    asked = [
        (name, code, sentence.format(name=name, division=division))
        for name, division, code in namesakes(lexicon.load())
        for sentence in SENTENCES
    ]
    right: Counter[str] = Counter()
    wrong: list[str] = []
    for first in range(0, len(asked), BATCH):
        part = asked[first : first + BATCH]
        found = countries.find([Text(None, body) for _, _, body in part], [[] for _ in part])
        for (name, code, body), spans in zip(part, found, strict=True):
            at = body.index(name)
            for start, where in ((at, "with its container"), (body.index(name, at + 1), "alone, later")):
                met = [span.country_code for span in spans if span.start == start]
                right[where] += met == [code]
                if met != [code]:
                    wrong.append(f"{where}: {met} for {code}: {body}")
    for where, count in right.items():
        print(f"{where}: {count} of {len(asked)} have the namesake's country")
    for line in wrong[: arguments.errors]:
        print(" ", line)


if __name__ == "__main__":
    main()
