from hypothesis import given
from hypothesis import strategies as st

from corpus_db.store.excerpts import LONGEST, MARK_END, MARK_START, beginning, excerpt, window


def test_a_sentence_that_does_not_end_is_cut_round_its_mention():
    text = "word " * 200 + "Okello" + " word" * 200
    shown, spans = window(text, [(1000, 1006), (1990, 1996)])
    assert len(shown) < LONGEST + 20
    assert [shown[start:end] for start, end in spans] == ["Okello"]
    assert shown.startswith("… word")
    assert shown.endswith("word …")
    assert window("Okello spoke.", [(0, 6)]) == ("Okello spoke.", [(0, 6)])


@given(st.text("ab ", min_size=1, max_size=2000), st.data())
def test_the_mention_is_always_shown(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 20)))
    shown, spans = window(text, [(start, end)])
    assert [shown[a:b] for a, b in spans] == [text[start:end]]


def test_all_that_was_asked_for_is_marked():
    assert (
        excerpt("Xi met Xi.", [(7, 9), (0, 2)]) == f"{MARK_START}Xi{MARK_END} met {MARK_START}Xi{MARK_END}."
    )
    assert excerpt("Nobody.", []) == "Nobody."


@given(st.text("ab ", max_size=300), st.integers(1, 100))
def test_a_beginning_is_a_beginning(text, longest):
    shown = beginning(text, longest)
    assert shown == text or text.startswith(shown.removesuffix(" …"))
    assert len(shown) <= max(longest, 1) + 2
