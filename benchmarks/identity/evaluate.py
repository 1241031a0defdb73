"""Scores identity, within and across articles, on gold whose person mentions are given.

    python -m benchmarks.identity.evaluate [--gold ../shared/gold] [--errors 20] [SET …]

The gold mentions go through `resolution` as if a perfect recogniser had found them; the resulting clusters are
scored with ../shared/eval/score.py (B-cubed and pairwise F1 over the linked mentions). What the
scores leave out: mentions that a recogniser would miss or invent. With `--own`, the package's own
recognisers find the mentions.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corpus_db import recognition
from corpus_db.models import Annotation, CountrySpan, PersonSpan, Recognised, Text
from corpus_db.resolution import across
from corpus_db.resolution.within import resolve_article

SETS = ("person_country_conll03_dev", "identity_ecbplus", "person_country_msnbc")
SHARED = Path("../shared")


def given(document: dict[str, Any]) -> tuple[Text, Recognised]:
    """A gold document as if its mentions had been found."""
    text = Text(None, document["text"])
    people = [
        PersonSpan("body", m["start"], m["end"], document["text"][m["start"] : m["end"]], "gold", 1.0)
        for m in sorted(document["people"], key=lambda m: int(m["start"]))
    ]
    kinds = {"country": "name", "demonym": "demonym", "place": "place"}
    countries = [
        CountrySpan("body", m["start"], m["end"], document["text"][m["start"] : m["end"]],
                    kinds[m["kind"]], m["country"], None, "gold", 1.0)  # type: ignore[arg-type]
        for m in sorted(document["countries"], key=lambda m: int(m["start"]))
    ]  # fmt: skip
    roles, claims = recognition.roles.find(text, people, countries)
    return text, Recognised(people, countries, roles, claims)


def identify(annotations: Sequence[Annotation]) -> dict[tuple[int, int], int | None]:
    """(article, person number) -> person of the corpus, as the pipeline decides it."""
    articles: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    full: dict[str, str] = {}
    bare: dict[str, str] = {}
    for annotation in annotations:
        count = Counter(m.person_number for m in annotation.mentions if m.person_number is not None)
        for person in annotation.persons:
            articles[person.name] += 1
            mentions[person.name] += count[person.number]
            (full if person.full else bare)[person.name] = person.family_name
    uses = [
        across.NameUse(name, family, name in full, articles[name], mentions[name])
        for name, family in sorted({**bare, **full}.items())
    ]
    person_of = _persons([use for use in uses if use.full], _apart(annotations))
    bearers: dict[str, set[int]] = defaultdict(set)
    named = Counter(  # articles that name a person in full
        number
        for annotation in annotations
        for number in {person_of[person.name] for person in annotation.persons if person.name in person_of}
    )
    for use in uses:
        if use.full:
            for key in across.short_keys(use):
                bearers[key].add(person_of[use.name])
    founded: dict[frozenset[str], int] = {}
    decided: dict[str, int | None] = dict(person_of)
    for use in uses:
        if not use.full:
            keys = across.short_keys(use)
            borne = sorted({p for key in keys for p in bearers.get(key, ())})
            decision = across.resolve_bare(use, {number: named[number] for number in borne})
            own = founded.setdefault(keys, 1_000_000 + len(founded)) if decision.founds else None
            decided[use.name] = decision.person if decision.person is not None else own
    return {
        (number, person.number): decided[person.name]
        for number, annotation in enumerate(annotations)
        for person in annotation.persons
    }


def _apart(annotations: Iterable[Annotation]) -> set[tuple[str, str]]:
    return {
        (one.name, other.name)
        for annotation in annotations
        for one in annotation.persons
        for other in annotation.persons
        if one.name < other.name
    }


def _persons(uses: Sequence[across.NameUse], apart: set[tuple[str, str]]) -> dict[str, int]:
    clusters = across.resolve_full(uses, apart)
    return {name: number for number, cluster in enumerate(clusters) for name in cluster.names}


def predict(documents: Sequence[dict[str, Any]], own: bool) -> list[dict[str, Any]]:
    """The documents' person mentions with their clusters, in the scorer's format."""
    if own:
        texts = [Text(None, document["text"]) for document in documents]
        found = list(zip(texts, recognition.recognise(texts), strict=True))
    else:
        found = [given(document) for document in documents]
    annotations = [resolve_article(text, recognised) for text, recognised in found]
    persons = identify(annotations)
    result = []
    for number, (document, annotation) in enumerate(zip(documents, annotations, strict=True)):
        people = []
        for mention in annotation.mentions:
            if mention.entity == "person" and mention.kind == "name":
                entry: dict[str, Any] = {"start": mention.start, "end": mention.end, "rule": mention.rule}
                cluster = None if mention.person_number is None else persons[number, mention.person_number]
                people.append(entry if cluster is None else {**entry, "cluster": cluster})
        result.append({"id": document["id"], "people": people})
    return result


def explain(documents: Sequence[dict[str, Any]], predicted: Sequence[dict[str, Any]], most: int) -> None:
    """Prints gold persons that fell apart and clusters that hold several."""
    of_entity: dict[str, Counter[Any]] = defaultdict(Counter)
    of_cluster: dict[Any, Counter[str]] = defaultdict(Counter)
    for document, prediction in zip(documents, predicted, strict=True):
        at = {(m["start"], m["end"]): m for m in prediction["people"]}
        for mention in document["people"]:
            found = at.get((mention["start"], mention["end"]))
            if "entity" not in mention or found is None:
                continue
            form = document["text"][mention["start"] : mention["end"]]
            cluster = found.get("cluster", f"? {document['id']}")
            of_entity[mention["entity"]][cluster, form, found["rule"]] += 1
            of_cluster[cluster][mention["entity"], form, document["id"], found["rule"]] += 1  # type: ignore[index]
    split = {e: c for e, c in of_entity.items() if len({key[0] for key in c}) > 1}
    mixed = {c: e for c, e in of_cluster.items() if len({key[0] for key in e}) > 1}
    for title, groups in (("split", split), ("mixed", mixed)):
        print(f"-- {title}: {len(groups)}")
        for key, counts in sorted(groups.items(), key=lambda item: -sum(item[1].values()))[:most]:
            print("  ", key, dict(counts))


def score(gold: Path, predicted: Sequence[dict[str, Any]], scorer: Path) -> str:
    """What the scorer prints about identity."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(document) + "\n" for document in predicted)
        file.flush()
        command = [sys.executable, str(scorer), str(gold), file.name]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return "\n".join("  " + line for line in lines if "identity" in line or "linked" in line)


def main() -> None:
    """Prints the scores of each set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--gold", type=Path, default=SHARED / "gold")
    parser.add_argument("--errors", type=int, default=0, help="how many split and mixed persons to show")
    parser.add_argument("--own", action="store_true", help="find the mentions with the package's recognisers")
    options = parser.parse_args()
    for name in options.sets:
        path = options.gold / f"{name}.jsonl"
        documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        predicted = predict(documents, options.own)
        print(name)
        print(score(path, predicted, SHARED / "eval" / "score.py"))
        if options.errors:
            explain(documents, predicted, options.errors)


if __name__ == "__main__":
    main()
