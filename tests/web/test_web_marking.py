"""Marking mentions in a text loses no character of it and marks exactly what the mentions say."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.web.marking import pieces, sentences


def mention(key, start, end, entity="person"):
    return {"id": key, "start": start, "end": end, "entity": entity}


@st.composite
def marked_texts(draw):
    text = draw(st.text(max_size=60))
    spans = draw(st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70)), max_size=12))
    entities = st.sampled_from(["person", "country"])
    return text, [mention(key, start, end, draw(entities)) for key, (start, end) in enumerate(spans)]


@settings(max_examples=150)
@given(marked_texts())
def test_the_pieces_are_the_text_whatever_the_mentions_are(marked):
    text, mentions = marked
    assert "".join(piece.text for piece in pieces(text, mentions)) == text


@settings(max_examples=150)
@given(marked_texts())
def test_every_character_knows_the_mentions_that_cover_it(marked):
    text, mentions = marked
    position = 0
    for piece in pieces(text, mentions):
        known = {m["id"] for m in (*piece.within, *((piece.mention,) if piece.mention else ()))}
        for here in range(position, position + len(piece.text)):
            covering = {m["id"] for m in mentions if 0 <= m["start"] <= here < m["end"]}
            assert known == covering
        position += len(piece.text)


def test_a_country_within_a_role_belongs_to_the_country_and_knows_the_role():
    text = "the Chinese president spoke"
    cut = pieces(text, [mention(1, 0, 21), mention(2, 4, 11, "country")])
    assert [piece.text for piece in cut] == ["the ", "Chinese", " president", " spoke"]
    assert [piece.mention["id"] if piece.mention else None for piece in cut] == [1, 2, 1, None]
    assert [m["id"] for m in cut[1].within] == [1]
    assert cut[1].entities == "country person"


def test_a_mention_begins_once():
    cut = pieces("abcdef", [mention(1, 0, 6), mention(2, 2, 3, "country")])
    assert [(piece.mention["id"], piece.first) for piece in cut] == [(1, True), (2, True), (1, False)]


def test_a_sentence_is_given_once_with_all_its_mentions_even_those_that_its_cut_hides():
    place = {"article_id": 1, "field": "body", "sentence": "Xi met Xi."}
    found = sentences(
        [
            {**mention(1, 0, 2), **place, "sentence_start": 0},
            {**mention(2, 7, 9), **place, "sentence_start": 0},
            {**mention(3, 12, 14), **place, "sentence_start": 0},
            {**mention(4, 0, 2), **place, "sentence_start": 30},
            {**mention(5, 0, 2), **place, "sentence_start": 30, "article_id": 2},
        ],
        longest=10,
    )
    assert [(first["id"], len(inside)) for first, inside in found] == [(1, 2), (5, 1)]
    first = found[0][1][0]
    assert [piece.text for piece in first.pieces] == ["Xi", " met ", "Xi", "."]
    assert [hidden["id"] for hidden in first.beyond] == [3]
    assert first.cut
