"""The parts of the built-in recogniser: tokens, runs, probabilities, bounded tables."""

from __future__ import annotations

import itertools
import random
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.models import Text
from corpus_db.recognition.people import tokens
from corpus_db.recognition.people.candidates import MAX_RUN, Runs, candidates_of, layout
from corpus_db.recognition.people.feature_rows import GROUPS, FeatureRows
from corpus_db.recognition.people.features import features_of
from corpus_db.recognition.people.lexicon import lexicon
from corpus_db.recognition.people.model import forward_backward
from corpus_db.recognition.people.recogniser import SpanRecogniser
from corpus_db.recognition.people.strings import HashTable, hash_of, hashes_of, keys_of, letters_of
from corpus_db.recognition.people.tokens import Vocabulary, tokenise, unwrap
from corpus_db.recognition.people.weights import load, save, shipped
from corpus_db.recognition.people.words import classify, classify_all, cut, fold, stable_hashes
from corpus_db.recognition.stretches import code_points


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("Putin-led", ["Putin", "-led"]),
        ("pro-Putin", ["pro-", "Putin"]),
        ("al-Mansouri's", ["al-Mansouri", "'s"]),
        ("Jean-Pierre,", ["Jean-Pierre", ","]),
        ("(Xinhua/Ana", ["(", "Xinhua", "/", "Ana"]),
        ("O'Neill’s.", ["O'Neill", "’s", "."]),
        ("Mr.", ["Mr."]),
        ("Photograph:HollowayThe", ["Photograph", ":", "Holloway", "The"]),
        ("JansenWe’ve", ["Jansen", "We’ve"]),
        ("ThursdayJoe", ["Thursday", "Joe"]),
        ("SmithChristopher", ["Smith", "Christopher"]),
        ("McCain", ["McCain"]),
        ("MacDonald", ["MacDonald"]),
        ("LaToya", ["LaToya"]),
        ("MaryAnn", ["MaryAnn"]),
        ("YouTube", ["YouTube"]),
        ("ChildVexil", ["ChildVexil"]),
        ("year.The", ["year", ".", "The"]),
        ("J.K.", ["J.K."]),
        ("end.\n\nMaria", ["end", ".", "\n\n", "Maria"]),
        ("COVID-19", ["COVID-19"]),
    ],
)
def test_a_piece_is_cut_where_a_name_can_begin_or_end(piece: str, expected: list[str]) -> None:
    assert [word for word, _, _ in cut(piece, lexicon())] == expected


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_tokens_cover_all_but_space(piece: str) -> None:
    position = 0
    for _, start, end in cut(piece, lexicon()):
        assert piece[position:start].strip() == ""
        assert start < end
        position = end
    assert piece[position:].strip() == ""


def test_token_positions_are_those_of_the_text() -> None:
    batch = [Text("Ana  Silva", "met\nBob.  "), Text(None, ""), Text(None, "Zoë O’Neill’s")]
    vocabulary = Vocabulary(lexicon())
    found = tokenise(batch, vocabulary)
    for number, text in enumerate(batch):
        for i in range(found.first[number], found.first[number + 1]):
            start, end = found.start[i] - found.body_base[number], found.end[i] - found.body_base[number]
            word = vocabulary.words[found.types[i]]
            if start >= 0 and end <= len(text.body) and word.strip():
                assert text.body[start:end] == word


def test_lines_cut_to_a_width_are_joined_and_rows_of_a_table_are_not() -> None:
    wrapped = (
        "The committee heard on the first day of the public talks from Maria\n"
        "Lopez, who had come from the far coast to say that the harbour was no\n"
        "longer fit for the boats that bring in the fish and that nobody in the\n"
        "ministry had answered any of the letters that the town had written in\n"
        "the course of the year.\n"
        "Nothing was decided."
    )
    joined = unwrap(wrapped)
    assert "Maria Lopez" in joined
    assert "year.\nNothing" in joined
    assert joined.replace(" ", "\n") == wrapped.replace(" ", "\n")
    short = "BC-Harbour\n^By ANA LOPEZ=\n    LIMA, Peru (AP) _ The committee heard on Monday from Maria\nLopez, who came from the coast to say what the harbour needs and\nwho must pay."
    assert "Maria Lopez" in unwrap(short)
    assert "Harbour\n^By ANA LOPEZ=\n" in unwrap(short)
    table = "\n".join(
        f"{i}. Runner Number (Country), 10.{i}0 seconds, heat {i}, lane {i}, wind 0.{i}" for i in range(9)
    )
    assert unwrap(table) == table


@pytest.mark.parametrize("length", [1, 2, 3, 5])
def test_probabilities_are_those_of_all_divisions_counted_one_by_one(length: int) -> None:
    runs = Runs(np.array([3]), np.array([length]), np.array([0]), np.array([0]))
    block = candidates_of(runs).blocks[0]
    plan = layout(length)
    spans = list(zip(plan.start.tolist(), plan.size.tolist(), strict=True))
    weight = np.array([[random.Random(length).uniform(0.1, 3) * (k + 1) for k in range(len(spans))]])
    total, share = 0.0, np.zeros(len(spans))
    for chosen in itertools.product((False, True), repeat=len(spans)):
        taken = [span for span, yes in zip(spans, chosen, strict=True) if yes]
        covered = [i for start, size in taken for i in range(start, start + size)]
        if len(covered) == len(set(covered)):
            product = float(np.prod(weight[0][np.array(chosen)]))
            total += product
            share += product * np.array(chosen)
    probability, log_total = forward_backward(block, weight)
    assert log_total[0] == pytest.approx(np.log(total))
    assert probability[0] == pytest.approx(share / total)


def test_long_runs_are_cut() -> None:
    text = Text(None, " ".join(["Zorblax"] * (3 * MAX_RUN + 1)))
    recogniser = SpanRecogniser(shipped(), lexicon())
    assert recogniser.find([text]) == recogniser.find([text])


def test_forgetting_changes_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [
        "Ingrid",
        "Okafor",
        "met",
        "the",
        "Foreign",
        "Minister",
        "Tan",
        "Wei",
        "said",
        "in",
        "Lima",
        "on",
        "Friday.",
    ]
    chance = random.Random(5)
    names = ["".join(chance.choices("aeioubdgklmnrst", k=6)).title() for _ in range(300)]
    batch = [Text(None, " ".join(chance.choices(words + names, k=60))) for _ in range(40)]
    expected = SpanRecogniser(shipped(), lexicon()).find(batch)
    monkeypatch.setattr(tokens, "MAX_UNITS", 120)
    small = SpanRecogniser(shipped(), lexicon())
    for _ in range(2):
        assert [spans for text in batch for spans in small.find([text])] == expected
    assert len(small.vocabulary) < 300


def test_weights_survive_their_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("weights") / "w.npz"
    save(shipped(), path)
    again = load(path)
    assert again.feature_names == shipped().feature_names
    assert np.array_equal(again.cells, shipped().cells)
    assert np.array_equal(again.vectors, shipped().vectors)
    for old, new in zip(shipped().passes, again.passes, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(old, new, strict=True))


def reference_tokens(body: str) -> list[tuple[str, int]]:
    """The tokens of a text and where they start, piece by piece as `cut` says."""
    found = []
    for match in re.finditer(r"\n[^\S ]*|[^ \n]+", body):
        if match[0][0] == "\n":
            found.append(("\n" if match[0].count("\n") == 1 else "\n\n", match.start()))
        else:
            found += [(word, match.start() + start) for word, start, _ in cut(match[0], lexicon())]
    return found


SIGNS = "aAsSwzZ.,;:/!-–'’ʼ`_@()\"0123 \n\t\r\xa0\u2028é字\u0301²\u0664ǅ"
BITS = ["Mr.", "Sen", "www.", "http://", ".com", "U.S.", "J.", "pro-", "-led", "O'Neill", "’s", "--"]


@given(
    st.lists(
        st.lists(
            st.one_of(st.sampled_from([*SIGNS, *BITS]), st.characters(exclude_characters="\x00")),
            max_size=30,
        ).map("".join),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=500, deadline=None)
def test_a_text_is_cut_at_once_as_its_pieces_one_by_one(bodies: list[str]) -> None:
    vocabulary = Vocabulary(lexicon())
    for _ in range(2):  # new words, and known ones
        found = tokenise([Text(None, body) for body in bodies], vocabulary)
        for number, body in enumerate(bodies):
            part = slice(found.first[number] + 1, found.first[number + 1] - 3)
            words = [vocabulary.words[i] for i in found.types[part].tolist()]
            starts = (found.start[part] - found.body_base[number]).tolist()
            assert list(zip(words, starts, strict=True)) == reference_tokens(body)
            lengths = (found.end[part] - found.start[part]).tolist()
            assert lengths == [len(word) for word in words]


@given(st.lists(st.text("aZé´¨` \u0308İﬁ\n-'’.9", max_size=12), min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_what_is_kept_of_a_word_does_not_depend_on_the_words_beside_it(bodies: list[str]) -> None:
    vocabulary = Vocabulary(lexicon())
    tokenise([Text(None, body) for body in bodies], vocabulary)
    words = vocabulary.words
    assert vocabulary.hashes.values.tolist() == [int(stable_hashes([fold(word)])[0]) for word in words]
    listed = vocabulary.lexicon.listed([fold(word) for word in words]).tolist()
    expected = [
        classify(word, fold(word), bits, vocabulary.lexicon) for word, bits in zip(words, listed, strict=True)
    ]
    assert vocabulary.classes.values.tolist() == expected


@given(st.lists(st.integers(1, 2**64 - 1), unique=True, max_size=200), st.integers(1, 50))
def test_a_table_gives_back_what_was_put_in(keys: list[int], step: int) -> None:
    table, known = HashTable(bits=4), np.array(keys, np.uint64)
    for low in range(0, len(keys), step):
        part = known[low : low + step]
        assert (table.find(part) == -1).all()
        table.add(part, np.arange(low, low + len(part)))
    assert table.find(known).tolist() == list(range(len(keys)))
    assert [table.find_one(key) for key in keys] == list(range(len(keys)))
    assert len(table) == len(keys)


@given(st.text(min_size=1, max_size=300), st.text(max_size=40), st.text(max_size=40))
def test_a_hash_depends_on_its_stretch_alone(word: str, before: str, after: str) -> None:
    whole = hashes_of(code_points(word), np.array([0]), np.array([len(word)]))
    start = np.array([0, len(before)])
    inside = hashes_of(
        code_points(before + word + after), start, np.array([len(before), len(before) + len(word)])
    )
    assert inside[1] == whole[0] != 0
    assert len(word) > 256 or hash_of(word) == whole[0]
    assert (inside[0] == inside[1]) == (before == word)


@given(st.lists(st.text("abé\x00ā’漢😀", min_size=1, max_size=20), min_size=1, max_size=12))
def test_equal_stretches_have_one_key_and_others_another(words: list[str]) -> None:
    ends = np.cumsum([len(word) + 1 for word in words])
    starts = ends - [len(word) + 1 for word in words]
    keys = keys_of(letters_of(" ".join(words)), starts, ends - 1).tolist()
    assert 0 not in keys
    assert keys == [keys_of(letters_of(word), np.array([0]), np.array([len(word)]))[0] for word in words]
    assert len(set(keys)) == len(set(words))


def test_a_text_longer_than_the_tables_is_hashed_like_its_parts() -> None:
    words = [f"w{i}" * (1 + 400 * (i == 700)) for i in range(20_000)]
    ends = np.cumsum([len(word) + 1 for word in words]) - 1
    starts = ends - [len(word) for word in words]
    together = hashes_of(code_points(" ".join(words)), starts, ends)
    alone = [hashes_of(code_points(word), np.array([0]), np.array([len(word)]))[0] for word in words[650:750]]
    assert together[650:750].tolist() == [int(value) for value in alone]
    assert len(set(together.tolist())) == len(words)


WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Ana",
                "Wang",
                "Xiaoming",
                "the",
                "Van",
                "van",
                "Jr",
                "III",
                "MAYOR",
                "Mayor",
                "McDonald",
                "iPhone",
                "O'Neill",
                "Jean-Luc",
                "-led",
                "J.",
                "20th",
                "Lima",
                "Élodie",
                "I",
                "x",
                "\n",
                "LIMA",
                "U.S.",
                "--",
            ]
        ),
        st.text(st.sampled_from("AbcDefghinoXyz"), min_size=1, max_size=30),
        st.text(st.characters(exclude_categories=["Cs", "Zs", "Cc"]), min_size=1, max_size=8),
    ),
    max_size=40,
)


@given(WORDS)
def test_many_words_are_classified_as_each_alone(words: list[str]) -> None:
    folded = [fold(word) for word in words]
    assert classify_all(words, folded, lexicon().listed(folded), lexicon()).tolist() == one_by_one(words)


def one_by_one(words: list[str]) -> list[int]:
    """The classes of words, each asked for alone."""
    folded = [fold(word) for word in words]
    listed = [int(lexicon().listed([word])[0]) for word in folded]
    return [classify(*forms, lexicon()) for forms in zip(words, folded, listed, strict=True)]


ROWS = FeatureRows(shipped().feature_names, lexicon())


@given(WORDS)
def test_features_found_by_column_are_those_of_features_of(words: list[str]) -> None:
    kinds = np.array(one_by_one(words), np.uint16)
    found = ROWS(words, kinds, lexicon().listed([fold(word) for word in words]))
    assert np.array_equal(found, ROWS.one_by_one(words, kinds))
    names = shipped().feature_names
    for word, kind, row in zip(words, kinds.tolist(), found.tolist(), strict=True):
        numbers = [number for group in row[:GROUPS] for number in ROWS.groups[group]] + row[GROUPS:]
        expected = {name for name in features_of(word, kind, lexicon()) if name in KNOWN}
        assert {names[number - 1] for number in numbers if number} == expected


KNOWN = frozenset(shipped().feature_names)
