"""Several persons in one span are parted, one person never."""

from __future__ import annotations

import pytest

from corpus_db.models import PersonSpan
from corpus_db.recognition.people.parting import part_names


def parted(*names):
    """What becomes of names that stand in one text, with a comma between them."""
    text = ", ".join(names)
    spans, at = [], 0
    for name in names:
        spans.append(PersonSpan("body", at, at + len(name), name, "model", 0.9))
        at += len(name) + 2
    found = part_names(spans)
    assert all(text[span.start : span.end] == span.text for span in found)
    return [span.text for span in found]


@pytest.mark.parametrize(
    ("span", "parts"),
    [
        ("Laura Hallow Melissa Tregarth", ["Laura Hallow", "Melissa Tregarth"]),
        ("Laura J. Hallow Melissa Tregarth", ["Laura J. Hallow", "Melissa Tregarth"]),
        ("LAURA HALLOW MELISSA TREGARTH KEITH OSBORN", ["LAURA HALLOW", "MELISSA TREGARTH", "KEITH OSBORN"]),
        ("Laura  Hallow Melissa   Tregarth", ["Laura  Hallow", "Melissa   Tregarth"]),
        ("Laura Tregarthâs", ["Laura Tregarth"]),
    ],
)
def test_full_names_without_a_comma_are_several(span, parts):
    assert parted(span) == parts


@pytest.mark.parametrize(
    "name",
    [
        "Laura Melissa Jane Tregarth",  # given names
        "Laura Hallow Melissa",  # no second name
        "Laura St John Tregarth",
        "Ahmad Fahad Al Ahmad Al Sabah",
        "Laura Hallow Kennedy Tregarth",  # likelier a family name
        "Laura Ellen Hallow Tregarth",
    ],
)
def test_a_long_name_stays_whole(name):
    assert parted(name) == [name]


def test_family_names_of_persons_of_the_article_are_several():
    people = ("Laura Schumer", "Peter Lautenberg", "Schumer")
    assert parted(*people, "Schumer Lautenberg")[3:] == ["Schumer", "Lautenberg"]
    assert parted(*people, "LAUTENBERG SCHUMER")[3:] == ["LAUTENBERG", "SCHUMER"]


def test_a_family_name_of_two_words_stays_whole():
    people = ("Laura Schumer", "Peter Lautenberg", "Schumer")
    for more in (
        ("Eva Schumer Lautenberg",),  # she has both
        ("Schumer Holm",),  # somebody whom the article names in full
    ):
        assert "Schumer Lautenberg" in parted(*people, *more, "Schumer Lautenberg")
    assert "Schumer Lautenberg" in parted("Laura Schumer", "Schumer", "Schumer Lautenberg")
    # a given name in other places, or nobody knows
    assert "Mushtaq Ahmed" in parted("Saqlain Mushtaq", "Ijaz Ahmed", "Mushtaq", "Mushtaq Ahmed")
    assert "Kerry Lautenberg" in parted("John Kerry", "Peter Lautenberg", "Kerry", "Kerry Lautenberg")
