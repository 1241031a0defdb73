"""Two people of one name: real people of rare names whose names are masked into one common name.

    python -m benchmarks.identity.masked [--db NEWS.db] [--groups 300] [--train]

The people are taken from an import of ../shared/bulk/news.jsonl.gz (made where --db does not name one):
names so rare that they are one person's, of up to MOST articles, one in four of a single article. Groups of two to
five of one gender become one name: all words of all their names are left out of the contexts, and the
name counts as common as one drawn from MASKS. Gold: who was behind the name. `conll03` and `ecbplus` are
masked likewise from the persons that their annotators linked (gold mentions given).

Beside it stands the opposite figure, whole: of the people of rare and common names who stand in at least FREQUENT
articles, the share that stays one person under the real name. SEVERAL lists the names that a reader found to
be several people's in that corpus; they do not count.

--train fits the weights of the score on the people with even numbers and writes data/contexts/namesakes.json;
what is printed is always about those with odd ones.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.identity.evaluate import SHARED, given
from corpus_db.names import lists, parse
from corpus_db.names.commonness import bearers
from corpus_db.pipeline import import_corpus
from corpus_db.resolution import contexts, namesakes
from corpus_db.resolution.contexts import Occurrence
from corpus_db.resolution.within import resolve_article
from corpus_db.store.occurrences import PREPARE, occurrences

MASKS = (
    "John Smith", "David Brown", "Wang Wei", "Mohammed Ali", "Kim Young-ho", "José García", "Michael Johnson",
    "Rajesh Kumar", "Mary Williams", "James Wilson", "Andrew Clark", "Li Na", "Ahmed Hassan", "Maria Silva",
    "Paul Murphy", "Robert Miller",
)  # fmt: skip
MOST = 40
RARE = 2.0  # bearers (logarithm to base 10) of a name that is taken for one person's
FREQUENT = 8
SEVERAL = (
    "Alan Johnson", "Chris Brown", "David Wilson", "James Baker", "James Brown", "John Howard", "John Lewis",
    "John Williams", "Mark Kennedy", "Martin Johnson", "Mary Berry", "Matthew Taylor", "Michael Brown",
    "Michael Howard", "Michael Owen", "Michael Wilson", "Paul Taylor", "Richard Thomas", "Robin Cook",
    "Stephen Jones", "Stephen King", "Tony Martin",
)  # fmt: skip
WEIGHTS = Path(__file__).parents[2] / "corpus_db" / "data" / "contexts" / "namesakes.json"

People = dict[str, list[Occurrence]]
Figures = NDArray[np.float64]  # precision, recall, F1


def number(text: str) -> int:
    """A number that is the same in every run."""
    return int(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()[:8], 16)


def news(db: Path | None) -> People:
    """Full name -> what the articles of the bulk news say around it."""
    with tempfile.TemporaryDirectory() as folder:
        if db is None:
            source, db = Path(folder, "news.jsonl"), Path(folder, "news.db")
            with gzip.open(SHARED / "bulk" / "news.jsonl.gz") as packed, source.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
            import_corpus([source], db)
        connection = sqlite3.connect(db)
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM person_names WHERE is_full ORDER BY name")
        ]
        found: People = defaultdict(list)
        connection.execute(PREPARE)
        for index, stored in occurrences(connection, ((name, i) for i, name in enumerate(names))):
            found[names[index]].append(
                Occurrence(stored.article, stored.number, stored.body, stored.spans, stored.people,
                           stored.countries, stored.claims, stored.year)
            )  # fmt: skip
        connection.close()
        return found


def linked(gold: str) -> tuple[People, dict[str, set[str]]]:
    """(entity -> what the articles say around it, entity -> its names) of a gold set with linked mentions."""
    found: People = defaultdict(list)
    names: dict[str, set[str]] = defaultdict(set)
    for line in (SHARED / "gold" / f"{gold}.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        text, recognised = given(document)
        annotation = resolve_article(text, recognised)
        entity_at = {m["start"]: m.get("entity") for m in document["people"]}
        people = [m for m in annotation.mentions if m.entity == "person" and m.kind == "name"]
        codes = Counter(m.country_code for m in annotation.mentions if m.country_code)
        for person in annotation.persons:
            spans = [(m.start, m.end) for m in people if m.person_number == person.number]
            entities = Counter(entity_at.get(start) for start, _ in spans)
            entity = entities.most_common(1)[0][0]
            if entity is None or not person.full:
                continue
            names[entity].add(person.name)
            others = [p.name for p in annotation.persons if p.full and p.number != person.number]
            claims = [(c.role, c.country_code, c.organisation) for c in person.claims]
            found[entity].append(
                Occurrence(hashlib.sha256(line.encode()).hexdigest(), person.number, text.body, spans,
                           others, sorted(codes.items()), claims, None)
            )  # fmt: skip
    return found, names


def masked(
    people: People, names: Mapping[str, set[str]], count: int, seed: int
) -> Iterator[tuple[list[str], str]]:
    """Groups of people who become one name, and that name."""
    choose = random.Random(seed)  # noqa: S311 - a fixed sample
    pools: dict[str | None, list[str]] = defaultdict(list)
    for person in sorted(people, key=lambda person: number(f"{person}{seed}")):
        pools[lists.gender(parse(min(names[person])).given)].append(person)
    for _ in range(count):
        pool = pools[choose.choice(("m", "m", "f"))]
        size = choose.choice((2, 2, 2, 3, 3, 4, 5))
        if len(pool) >= size:
            yield [pool.pop() for _ in range(size)], choose.choice(MASKS)


def b_cubed(gold: Sequence[str], found: Sequence[int]) -> Figures:
    """Precision, recall and F1 (Bagga and Baldwin 1998)."""
    together = Counter(zip(gold, found, strict=True))
    of_gold, of_found = Counter(gold), Counter(found)
    precision = sum(n * n / of_found[f] for (_, f), n in together.items()) / len(gold)
    recall = sum(n * n / of_gold[g] for (g, _), n in together.items()) / len(gold)
    return np.array([precision, recall, 2 * precision * recall / (precision + recall)])


def told(group: Sequence[Occurrence], own: frozenset[str], commonness: float) -> list[int]:
    """The number of the person that each occurrence is given to."""
    found, _ = namesakes.tell_apart(group, own, commonness)
    person = {member.place: number for number, one in enumerate(found) for member in one.members}
    return [person[index] for index in range(len(group))]


def score(title: str, people: People, names: Mapping[str, set[str]], count: int, seed: int) -> None:
    """Prints B-cubed of the masked groups, and what one person and as many as articles would have."""
    figures: list[tuple[Figures, Figures, Figures]] = []
    for group, mask in masked(people, names, count, seed):
        items = sorted(
            ((o, person) for person in group for o in people[person]), key=lambda item: item[0][:2]
        )
        own = contexts.own_words(name for person in group for name in names[person])
        gold = [person for _, person in items]
        found = told([o for o, _ in items], own, bearers(parse(mask)))
        figures.append(
            (b_cubed(gold, found), b_cubed(gold, [0] * len(gold)), b_cubed(gold, range(len(gold))))
        )
    mean = 100 * np.mean(figures, axis=0)
    (p, r, f), (_, _, one), (_, _, many) = mean
    print(
        f"{title}: {len(figures)} names: P {p:.1f} R {r:.1f} F1 {f:.1f} (one person {one:.1f}, one an article {many:.1f})"
    )


def whole(people: People) -> None:
    """Prints which share of the frequent people stays one person."""
    frequent = [name for name, uses in people.items() if len(uses) >= FREQUENT and name not in SEVERAL]
    split = []
    for name in sorted(frequent):
        commonness = bearers(parse(name))
        if commonness >= namesakes.COMMON:
            found = told(people[name], contexts.own_words([name]), commonness)
            if len(set(found)) > 1:
                split.append((name, commonness, sorted(Counter(found).values(), reverse=True)))
    asked = sum(bearers(parse(name)) >= namesakes.COMMON for name in frequent)
    print(
        f"whole: {100 - 100 * len(split) / len(frequent):.1f} % of {len(frequent)} ({asked} of them of common names)"
    )
    for name, commonness, sizes in split:
        print(f"    {name} ({commonness}): {sizes}")


# -- training -----------------------------------------------------------------------------------


def examples(
    people: People, names: Mapping[str, set[str]], seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Evidence about pairs of random groups of articles, and whether they are of one person."""
    choose = random.Random(seed)  # noqa: S311 - a fixed sample
    rows, same = [], []
    for group, _ in masked(people, names, 400, seed):
        items = [(o, person) for person in group for o in people[person]]
        own = contexts.own_words(name for person in group for name in names[person])
        products = namesakes.products([contexts.features(o, own) for o, _ in items])
        of: dict[str, list[int]] = defaultdict(list)
        for index, (_, person) in enumerate(items):
            of[person].append(index)
        for _ in range(3 * len(items)):
            one, other = choose.choice(group), choose.choice(group)
            if choose.random() < 0.5:
                other = one
            pool = choose.sample(of[one], len(of[one]))
            a = pool[: choose.choice((1, 1, 2, 4, 8))]
            b = pool[len(a) :] if one == other else choose.sample(of[other], len(of[other]))
            b = b[: choose.choice((1, 1, 2, 4, 8, 30))]
            if not b:
                continue
            mine, theirs, cross = (products[:, x][:, :, y].sum((1, 2)) for x, y in ((a, a), (b, b), (a, b)))
            rows.append(namesakes.evidence(mine, theirs, cross, np.array(len(a)), np.array(len(b))))
            same.append(one == other)
    return np.array(rows), np.array(same, dtype=np.float64)


def train(people: People, names: Mapping[str, set[str]]) -> None:
    """Fits the score (logistic regression, L2) and writes its weights."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    rows, same = examples(people, names, seed=1)

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = rows @ w
        slope = rows.T @ (1 / (1 + np.exp(-z)) - same)
        return float((np.logaddexp(0, z) - same * z).sum() + (w[:-1] ** 2).sum() / 2), slope + np.r_[
            w[:-1], 0
        ]

    fitted = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x
    print(f"{len(same)} pairs, {100 * np.mean((rows @ fitted > 0) == same):.1f} % of them right")
    weights = {name: round(float(weight), 2) for name, weight in zip(namesakes.EVIDENCE, fitted, strict=True)}
    about = "Weights of the score of resolution/namesakes, fitted by benchmarks/identity/masked.py --train"
    WEIGHTS.write_text(json.dumps({"about": about, "weights": weights}, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Prints the figures; with --train, after fitting the weights."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--db", type=Path, help="an import of the bulk news")
    parser.add_argument("--groups", type=int, default=300)
    parser.add_argument("--train", action="store_true")
    options = parser.parse_args()
    if not (SHARED / "bulk").exists():
        sys.exit(f"{SHARED / 'bulk'} is absent: nothing to measure")
    everyone = news(options.db)
    rare = {
        name: uses for name, uses in everyone.items()
        if len(uses) <= MOST and bearers(parse(name)) <= RARE and len(name.split()) <= 3
        and (len(uses) > 1 or number(name) % 12 < 2)
    }  # fmt: skip
    halves: tuple[People, People] = ({}, {})
    for name, uses in rare.items():
        halves[number(name) % 2][name] = uses
    if options.train:
        train(halves[0], {name: {name} for name in rare})
    score("news", halves[1], {name: {name} for name in rare}, options.groups, seed=2)
    for gold in ("person_country_conll03_dev", "identity_ecbplus"):
        score(gold, *linked(gold), options.groups, seed=3)
    whole(everyone)


if __name__ == "__main__":
    main()
