"""The sums of the model against the features that it was trained with, and the table against what went into it."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.countries.features import is_personal, own_features, side
from corpus_db.models import Text
from corpus_db.recognition import people
from corpus_db.recognition.countries import choose, lexicon, model
from corpus_db.recognition.countries.characters import Numbers, line_hashes, name_key, string_hash
from corpus_db.recognition.countries.gazetteer import CITY, COUNTRY, DIVISION, NOWHERE, Gazetteer, Place, pack

WORDS = [
    "Mr.",
    "Dr.",
    "John",
    "Jordan",
    "of",
    "the city",
    "in",
    "“",
    "(",
    "said",
    "3",
    "--",
    "Smith's",
    "É.",
    "’s",
    "/",
]
WORDS += [
    "Paris",
    "Texas",
    "SPRINGFIELD",
    "Lima’s",
    "Georgia",
    "Guinea-Bissau",
    "St. Louis",
    "Ga.",
    "U.S.",
    "Mo",
]
WORDS += [
    ",",
    ", Texas",
    "\n",
    "\n\n",
    ".",
    "extraordinarily",
    "Washington",
    "Monroe County",
    "Lebanon,",
    "Pa.",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=25).flatmap(
    lambda words: st.sampled_from([" ", " ", "", "  "]).map(lambda joint: joint.join(words))
)


@given(TEXTS)
@settings(max_examples=120, deadline=None)
def test_what_is_summed_is_what_was_trained(body: str) -> None:
    names, weights = lexicon.load(), model.load()
    window, parts = next(choose.windows([Text(None, body)]), (None, []))
    if window is None:
        return
    found = choose.linked(window, parts, people.default().find([Text(None, body)]), names)
    if not len(found.start):
        return
    usage = names.usage[:, found.surface]
    name = weights.of_surfaces(names, found.surface) + weights.claims[found.claim]
    weights.add_containers(name, found.container >= 0, found.contains)
    before, after = np.zeros(name.shape), np.zeros(name.shape)
    sides = before, after
    person = weights.add_contexts(sides, window, found.start, found.end, usage, found.capitals)
    score = name + before + after
    for i, features in enumerate(own_features(window, found, names)):
        for number, table in enumerate((weights.first, weights.second)):
            expected = table[""] + sum(table.get(feature, 0.0) for feature in features)
            assert score[i, number] == pytest.approx(expected, abs=1e-9), features
            parts = [0.0, 0.0, 0.0]
            for feature in features:
                parts[side(feature)] += table.get(feature, 0.0)
            assert [name[i, number] - table[""], before[i, number], after[i, number]] == pytest.approx(
                parts, abs=1e-9
            )
        assert bool(person[i]) == is_personal(features)


@given(
    st.lists(
        st.text(st.characters(exclude_characters=" \n", exclude_categories=["Cs"]), min_size=1), min_size=1
    )
)
def test_a_hash_is_the_same_alone_and_among_others(strings: list[str]) -> None:
    assert line_hashes("\n".join(strings)).tolist() == [string_hash(string) for string in strings]


@given(st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=300), st.lists(st.integers(0, 2**64 - 1)))
def test_numbers_finds_all_and_only_what_is_in_the_table(members: list[int], others: list[int]) -> None:
    table = np.unique(np.array(members, np.uint64))
    numbers = Numbers(table)
    assert numbers(table).tolist() == list(range(len(table)))
    wanted = np.array([*members, *others], np.uint64)
    place = {value: i for i, value in enumerate(table.tolist())}
    assert numbers(wanted).tolist() == [place.get(value, -1) for value in wanted.tolist()]


def test_the_table_gives_back_what_went_into_it() -> None:
    names = {
        ("paris",): ("9070045221", [Place(CITY, "FR", "Île-de-France", 0, 48.86, 2.33, "Paris")]),
        ("port", "au", "prince"): ("", [Place(CITY, "HT", "Ouest", 1, 18.54, -72.34, "Port-au-Prince")]),
        ("nowhere",): (
            "",
            [Place(DIVISION, "XX", "Nowhere", 0, *NOWHERE, "Nowhere"), _country("Nowhere Land")],
        ),
    }
    names_of = lexicon.Lexicon(Gazetteer(zlib.compress(pack(names))))
    for words, (usage, places) in names.items():
        surface = names_of.surface(words)
        assert names_of.words(surface) == words
        assert names_of.places_of(surface)[: len(places)] == places
        digits = [int(digit) for digit in usage] or [10] * 10
        assert names_of.usage[:, surface].tolist() == digits
    assert names_of.surface(("port",)) == -1
    assert names_of.find(("port", "au")) >= 0
    assert names_of.surface(("peru",)) >= 0  # of the lists
    assert int(names_of.keys[names_of.find(("port", "au"))]) == name_key(("port", "au"))


def _country(name: str) -> Place:
    return Place(COUNTRY, "XX", "", 0, 0.0, 0.0, name)
