"""Roles in one canonical form, and which of them name one office."""

import pytest

from corpus_db.names import titles


@pytest.mark.parametrize(
    ("words", "qualifier", "expected"),
    [("president", "", "President"), ("lt. gov.", "", "Lieutenant Governor"), ("PM", "", "Prime Minister"),
     ("secretary of state", "", "Secretary of State"), ("chairman and ceo", "", "Chairman and CEO"),
     ("vice-president", "Former", "Former Vice President"), ("secretary-general", "", "Secretary-General")],
)  # fmt: skip
def test_canonical(words, qualifier, expected):
    assert titles.canonical(words, qualifier) == expected


@pytest.mark.parametrize(
    ("asked", "held"),
    [("President", "President"), ("Premier", "Prime Minister"), ("Minister", "Foreign Minister"),
     ("Leader", "President"), ("Chairwoman", "Chairman"), ("Foreign Minister", "Minister of Foreign Affairs")],
)  # fmt: skip
def test_one_office(asked, held):
    assert titles.same_role(asked, held)


@pytest.mark.parametrize(
    ("asked", "held"),
    [("President", "Former President"), ("President", "Vice President"), ("Minister", "Prime Minister"),
     ("Former President", "President"), ("Foreign Minister", "Finance Minister"), ("Leader", "Minister")],
)  # fmt: skip
def test_different_offices(asked, held):
    assert not titles.same_role(asked, held)


def test_every_section_of_the_word_list_is_read():
    for section in ("offices", "occupations", "modifiers", "complements", "plain", "leads", "determiners",
                    "followers", "no_organisation", "prepositions", "connectors", "organisation_nouns",
                    "after_definite", "verbs", "male", "female", "acronyms"):  # fmt: skip
        assert titles.words(section)
    assert titles.mapping("qualifiers")["ex"] == "Former"


def test_words_tell_the_gender():
    assert titles.gender_of("Spokeswoman") == "f"
    assert titles.gender_of("Crown-Prince") == "m"
    assert titles.gender_of("Minister") is None
    assert titles.gender_of("Chairman") is None  # women are called so too
