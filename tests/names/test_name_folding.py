"""Folding joins the spellings that readers take for one, and only those."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.names.folding import fold, one_edit, skeleton

WORDS = st.text("abcdeéñøłß'’-. XYZ", max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [("O’Brien", "OBRIEN"), ("O'Brien", "O’Brien"), ("Peña", "Pen\u0303a"), ("Wałęsa", "WALESA"),
     ("Geun-hye", "Geunhye"), ("Strauß", "STRAUSS"), ("J.R.", "jr"), ("Ørsted", "Orsted")],
)  # fmt: skip
def test_spellings_of_one_word_fold_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Peña", "Penna"), ("Lee", "Leigh"), ("Kim", "Kin")])
def test_other_words_stay_apart(one, other):
    assert fold(one) != fold(other)


@settings(max_examples=200)
@given(WORDS)
def test_folding_twice_is_folding_once(word):
    assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize(
    ("one", "other"), [("yusuf", "youssef"), ("qaddafi", "gadafi"), ("shevchenko", "chevtchenko")]
)
def test_romanisations_share_their_consonants(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("hansen", "hanson", True), ("hansen", "hanse", True), ("hansen", "ahnsen", True),
     ("hansen", "hansen", False), ("hansen", "jensen", False), ("abc", "abcde", False)],
)  # fmt: skip
def test_one_edit(one, other, expected):
    assert one_edit(one, other) is expected
    assert one_edit(other, one) is expected
