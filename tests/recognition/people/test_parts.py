"""The parts of the built-in recogniser: tokens, runs, probabilities, bounded tables."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.models import Text
from corpus_db.recognition.people import tokens
from corpus_db.recognition.people.candidates import MAX_RUN, Runs, candidates_of, layout
from corpus_db.recognition.people.lexicon import lexicon
from corpus_db.recognition.people.model import forward_backward
from corpus_db.recognition.people.recogniser import SpanRecogniser
from corpus_db.recognition.people.tokens import Vocabulary, tokenise, unwrap
from corpus_db.recognition.people.weights import load, save, shipped
from corpus_db.recognition.people.words import cut, cut_all


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
    monkeypatch.setattr(tokens, "MAX_PIECES", 120)
    small = SpanRecogniser(shipped(), lexicon())
    for _ in range(2):
        assert [spans for text in batch for spans in small.find([text])] == expected
    assert len(small.vocabulary) < 300


def test_weights_survive_their_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("weights") / "w.npz"
    save(shipped(), path)
    again = load(path)
    assert again.feature_names == shipped().feature_names
    for old, new in zip(shipped().passes, again.passes, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(old, new, strict=True))


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "Ana",
                    "Mr",
                    "x",
                    "'s",
                    ".",
                    ",",
                    "-",
                    "al",
                    "www.",
                    "a@b.org",
                    "4",
                    "\t",
                    "\x00",
                    "\xa0",
                    "é",
                ]
            ),
            max_size=5,
        ).map("".join),
        max_size=8,
    )
)
def test_many_pieces_are_cut_as_each_alone(pieces: list[str]) -> None:
    cuts = cut_all(pieces, lexicon())
    for piece, first, count in zip(pieces, cuts.first.tolist(), cuts.counts.tolist(), strict=True):
        part = slice(first, first + count)
        rows = zip(cuts.words[part], cuts.start[part].tolist(), strict=True)
        assert [(word, start, start + len(word)) for word, start in rows] == cut(piece, lexicon())
