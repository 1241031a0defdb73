"""A mention is shown in its sentence: where a sentence begins and ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.parsing.sentences import Sentences


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        ("It rained. Ann left. Bob stayed.", "Ann", "Ann left."),
        ("On Sept. 11 Mr. Moe met J. Smith of the U.S. Senate. He left.", "Smith", "On Sept. 11 Mr. Moe met J. Smith of the U.S. Senate."),
        ("First line\nSecond line by Ann\nThird", "Ann", "Second line by Ann"),
        ("“We won.” Ann said so.", "Ann", "Ann said so."),
        ("“Did we win?” asked Ann. No.", "Ann", "“Did we win?” asked Ann."),
        ("Ann", "Ann", "Ann"),
        ("One.\n\n \nAnn came. Two.", "Ann", "Ann came."),
        ("It costs 3.5. Ann pays.", "Ann", "Ann pays."),
        ("So said (Mr. Moe). Ann left.", "Moe", "So said (Mr. Moe)."),
        ("They paid 3.5 million. Ann did not.", "million", "They paid 3.5 million."),
    ],
)  # fmt: skip
def test_the_sentence_of_a_word(text, word, sentence):
    at = text.index(word)
    start, end = Sentences(text).span(at, at + len(word))
    assert text[start:end] == sentence


@given(st.text(alphabet='aB .!?\n"“”1', max_size=60), st.data())
def test_a_sentence_holds_its_span_whatever_the_text(text, data):
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    end = data.draw(st.integers(start, len(text)))
    first, last = Sentences(text).span(start, end)
    assert 0 <= first <= start
    assert end <= last <= len(text)
