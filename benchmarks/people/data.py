"""The annotated documents of ../shared/gold, in one shape."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

SHARED = Path(__file__).parents[3] / "shared"
GOLD = SHARED / "gold"

# The test set person_country_conll03_dev is never trained on.
TYPED_SETS = ("train_conll03", "train_crossner", "train_ewt")  # all entities are marked
PEOPLE_SETS = ("person_ieer_apw", "person_country_msnbc", "person_wikigold")  # people only
NOT_NEWS = ("train_crossner", "person_wikigold")  # annotated in another manner
TRAINING_SETS = TYPED_SETS + PEOPLE_SETS
TEST_SETS = ("person_country_conll03_dev", *PEOPLE_SETS)


class Span(NamedTuple):
    """A marked entity; `kind` PER, ORG, LOC or OTHER, or IGNORE where nothing is known."""

    start: int
    end: int
    kind: str


class Document(NamedTuple):
    """An annotated text. `typed`: organisations, places and others are marked too."""

    id: str
    text: str
    spans: tuple[Span, ...]
    typed: bool


def read_set(name: str) -> Iterator[Document]:
    """The documents of a set; parts out of a document's scope become IGNORE spans."""
    with (GOLD / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            spans = [Span(e["start"], e["end"], e["type"]) for e in row.get("entities", ())]
            spans += [Span(p["start"], p["end"], "PER") for p in row.get("people", ())]
            spans += [Span(p["start"], p["end"], "IGNORE") for p in row.get("ignore_people", ())]
            position = 0
            for start, end in row.get("scope", [[0, len(text)]]):
                if position < start:
                    spans.append(Span(position, start, "IGNORE"))
                position = end
            if position < len(text):
                spans.append(Span(position, len(text), "IGNORE"))
            yield Document(f"{name}/{row['id']}", text, tuple(sorted(set(spans))), "entities" in row)


def training_documents(sets: Sequence[str] = TRAINING_SETS) -> list[Document]:
    """The documents of several sets, one after the other."""
    return [document for name in sets for document in read_set(name)]
