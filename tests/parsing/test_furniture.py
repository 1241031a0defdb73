"""Furniture: a look at the first word spares most blocks the patterns, and hides nothing from them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.parsing import furniture
from corpus_db.parsing.tables import load

TABLES = load("furniture")
BODY = "The old bridge was opened again on Monday.\n\nIt is red, and long enough for two carts."


def blocks(patterns: list[str]) -> st.SearchStrategy[str]:
    """Whole blocks of one line that match one of the patterns."""
    return st.sampled_from(patterns).flatmap(
        lambda pattern: st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True)
    )


def is_block_of(patterns: list[str], text: str) -> bool:
    """Whether `text` can stand alone on a line and matches, the generator's idea of letters aside."""
    alone = 0 < len(text) <= 200 and text == text.strip() and text.isprintable() and "   " not in text
    return alone and any(re.fullmatch(pattern, text.lower()) for pattern in patterns)


@given(blocks(TABLES["head"]))
@settings(max_examples=150, deadline=None)
def test_whatever_a_pattern_of_the_top_matches_is_furniture(block: str) -> None:
    if is_block_of(TABLES["head"], block):
        assert furniture.is_head_furniture(block)


@given(blocks(TABLES["tail"]))
@settings(max_examples=150, deadline=None)
def test_whatever_a_pattern_of_the_end_matches_is_left_out(block: str) -> None:
    if is_block_of(TABLES["tail"], block):
        text = f"{BODY}\n{block}"
        assert furniture.end_of_body(text, 0).end <= len(BODY)


@given(blocks(TABLES["credits"]))
@settings(max_examples=150, deadline=None)
def test_whatever_a_pattern_of_credits_matches_is_left_out(block: str) -> None:
    if is_block_of(TABLES["credits"], block):
        text = f"{BODY}\n{block}"
        assert furniture.end_of_body(text, 0).end <= len(BODY)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("FOR: ACME CORP.", True),
        ("FOR: Lima Gold Mines Limited", True),
        ("For: a better life for all", False),
    ],
)
def test_whom_a_release_is_for_stands_above_it(block: str, expected: bool) -> None:
    assert furniture.is_head_furniture(block) == expected


@given(
    st.sampled_from(TABLES["cut"]).flatmap(
        lambda pattern: st.from_regex(re.compile(pattern, re.ASCII | re.IGNORECASE), fullmatch=True)
    )
)
@settings(max_examples=150, deadline=None)
def test_whatever_a_pattern_of_staff_notes_matches_ends_the_body(note: str) -> None:
    text = f"{BODY}{note}\nCall Ann."
    found = [re.search(pattern, text, re.IGNORECASE) for pattern in TABLES["cut"]]
    first = min((match.start() for match in found if match), default=len(text))
    assert furniture.end_of_body(text, 0).end <= first


@pytest.mark.parametrize("note", ["Note to editors:", "Notes for editors", "NOTE TO EDITOR:"])
def test_notes_to_one_editor_or_several_end_the_body(note: str) -> None:
    assert furniture.end_of_body(f"{BODY}\n{note}\nCall Ann.", 0).end == len(BODY)


@pytest.mark.parametrize(
    ("line", "steps"),
    [
        ("Home » Nation » Lima", ["Home", "Nation", "Lima"]),
        ("World | Peru", ["World", "Peru"]),
        ("Home / Local News / PM opens bridge", ["Home", "Local News", "PM opens bridge"]),
        ("Football / Hockey: what to see", None),
        ("» Nation", ["Nation"]),
        ("» The mayor opens the bridge", None),
        ("The mayor opens the bridge", None),
    ],
)
def test_a_path_has_steps_and_a_heading_behind_a_mark_has_none(line: str, steps: list[str] | None) -> None:
    assert furniture.crumbs(line) == steps
