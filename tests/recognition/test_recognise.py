"""The glue of recognition: people and countries decide together who has a stretch of text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db import recognition
from corpus_db.models import CountrySpan, PersonSpan, Text
from corpus_db.recognition import without_overlaps


class Stub:
    """A recogniser that finds the one word it is told."""

    name = "stub"

    def __init__(self, word):
        self._word = word

    def find(self, batch):
        result = []
        for text in batch:
            at = text.body.find(self._word)
            span = PersonSpan("body", at, at + len(self._word), self._word, "stub", 0.9)
            result.append([span] if at >= 0 else [])
        return result


def test_each_article_gets_its_own_result_in_order():
    batch = [
        Text(None, "Ana Soto, the Peruvian president, left Lima."),
        Text(None, "Nobody came."),
        Text(None, "President Ana Soto came back."),
    ]
    found = recognition.recognise(batch, Stub("Ana Soto"))
    assert [[span.text for span in item.people] for item in found] == [["Ana Soto"], [], ["Ana Soto"]]
    assert [claim.role for item in found for claim in item.claims] == ["President", "President"]
    assert found[0].roles[0].text == "the Peruvian president"
    assert found == [recognition.recognise([text], Stub("Ana Soto"))[0] for text in batch]


def test_an_empty_batch():
    assert recognition.recognise([], Stub("x")) == []


def person(start, end, confidence=0.9, field="body"):
    return PersonSpan(field, start, end, "x" * (end - start), "stub", confidence)


def country(start, end, confidence=0.9, field="body"):
    return CountrySpan(field, start, end, "x" * (end - start), "name", "JO", None, "stub", confidence)


def test_a_place_was_weighed_with_the_person_in_view_and_stays():
    assert without_overlaps([person(0, 6)], [country(0, 6, 0.8)]) == []
    assert without_overlaps([person(0, 6), person(7, 9)], [country(2, 4)]) == [person(7, 9)]


def test_spans_beside_each_other_or_in_other_fields_stay():
    people = [person(0, 6, field="title"), person(0, 6)]
    assert without_overlaps(people, [country(6, 9, field="title"), country(7, 9)]) == people


def _spans(make):
    """Lists of spans in order, without overlaps of their own."""

    def build(items):
        result = []
        for field in ("title", "body"):
            at = 0
            for gap, length, confidence, where in items:
                if where == field:
                    result.append(make(at + gap, at + gap + length, confidence, field))
                    at += gap + length
        return result

    item = st.tuples(
        st.integers(0, 3),
        st.integers(1, 4),
        st.sampled_from([0.5, 0.7, 0.9]),
        st.sampled_from(["title", "body"]),
    )
    return st.lists(item, max_size=6).map(build)


@settings(max_examples=200)
@given(_spans(person), _spans(country))
def test_only_the_people_that_overlap_a_place_go(people, countries):
    kept = without_overlaps(people, countries)

    def clash(one, other):
        return one.field == other.field and one.start < other.end and other.start < one.end

    assert kept == [one for one in people if not any(clash(one, place) for place in countries)]
