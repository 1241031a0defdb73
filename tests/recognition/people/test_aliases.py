"""Aliases that an article gives a person are names in it, and in no other article."""

from __future__ import annotations

import pytest

from corpus_db.models import Text
from corpus_db.recognition import people


def _aliases(text: Text) -> list[str]:
    return [span.text for span in people.default().find([text])[0] if span.rule == "alias"]


STATED = {
    "quoted": ("Police questioned Margaret Holloway, known as 'Quickfinger', on Tuesday.", ["Quickfinger"]),
    "comma inside the quotes": (
        'Robert Ellison, who wrote letters under the moniker, "Low Whisper," died on Friday.',
        ["Low Whisper"],
    ),
    "without quotes": (
        "Robert Ellison, 42, was nicknamed the Bread Strangler after the trial.",
        ["Bread Strangler"],
    ),
    "small words inside": ("Robert Ellison, also known as Bert the Ladle, fled.", ["Bert the Ladle"]),
    "of somebody without a name": (
        'The source known as "Deep Well" met the reporter in a garage.',
        ["Deep Well"],
    ),
    "he": ("He was dubbed “Bread Strangler” by the press.", ["Bread Strangler"]),
    "himself": ('The officer revealed himself as "Deep Well" last week.', ["Deep Well"]),
    "married": ("He was the son of Carlo and his wife, Marta (née Quexley), a nurse.", ["Quexley"]),
    "a program": ("The army began a review known as Operation Ladle.", []),
    "a company": ("Robert Ellison, the founder of a company known as Ladleware, resigned.", []),
    "its name": ("The city, which earned its nickname Ladletown in the war, is poor.", []),
    "a disease": ("Patients had a disease known as Ladle Fever, Margaret Holloway said.", []),
    "two people": ("Robert Ellison and Margaret Holloway, known as the Ladle Two, were freed.", []),
    "what is somebody's": ('Robert Ellison, known as "Ladle\'s banker", was found dead.', []),
    "words that run on": ("Robert Ellison, who was known as Ladle committee chairman, died.", []),
    "a part": ("Robert Ellison, known for his role as Lord Ladle in a film, died.", []),
}


@pytest.mark.parametrize(("text", "expected"), STATED.values(), ids=STATED.keys())
def test_what_is_said_of_a_person_is_an_alias(text: str, expected: list[str]) -> None:
    assert _aliases(Text(None, text)) == expected


def test_the_article_has_its_alias_everywhere_in_the_same_capitals() -> None:
    text = Text(
        'Who "Deep Well" was',
        'Robert Ellison, known as "Deep Well", died. Deep Well gave advice. They drank from a deep well.',
    )
    found = people.default().find([text])[0]
    spans = [(span.field, span.text) for span in found if span.rule == "alias"]
    assert spans == [("title", "Deep Well"), ("body", "Deep Well"), ("body", "Deep Well")]


def test_an_alias_with_an_article_needs_it_again() -> None:
    text = "Robert Ellison was nicknamed the Ladle. The Ladle fled. Ladle Street was closed, the Ladle gone."
    assert _aliases(Text(None, text)) == ["Ladle"] * 3


def test_the_alias_of_one_article_says_nothing_about_another() -> None:
    stated = Text(None, 'Robert Ellison, known as "Deep Well", died in June.')
    other = Text(None, "Engineers went to Deep Well on Monday, where Deep Well Lane ends.")
    alone = people.default().find([other])
    assert people.default().find([stated, other, stated])[1:2] == alone
    assert people.default().find([other, stated])[:1] == alone
