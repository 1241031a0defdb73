"""Which names may be one person's, by which rule, and that order plays no part."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.names import CONTRADICTIONS, RULES, compatible, parse

SAME = [
    ("Lenin Moreno", "LENIN MORENO", "same-name"),
    ("Xi Jinping", "Jinping Xi", "reordered"),
    ("Park Chan-ho", "Chan Ho Park", "reordered"),
    ("Kim Jong-un", "Kim Jong Un", "joined"),
    ("J. Smith", "John Smith", "initial"),
    ("Bill Hayes", "William Hayes", "nickname"),
    ("Rob Hayes", "Bob Hayes", "nickname"),
    ("Betty Hayes", "Bettie Hayes", "nickname"),
    ("Sergei Ivanov", "Sergey Ivanov", "variant"),
    ("Muammar Gaddafi", "Moammar Qaddafi", "variant"),
    ("Luis Medardo Chimbo", "Luis Chimbo", "middle-name"),
    ("J. Edgar Hoover", "Edgar Hoover", "middle-name"),
    ("George Walker Bush", "George W. Bush", "middle-name"),
    ("Ana Lee Jr.", "Ana Lee", "suffix"),
    ("Enrique Peña Nieto", "Enrique Peña", "double-surname"),
    ("Hillary Rodham", "Hillary Rodham Clinton", "head"),
    ("Ana María Luisa Quispe", "Luisa Quispe", "tail"),
    ("Jack Ketsoyan", "Jack Ketsoyen", "similar"),
    ("Issam Weir", "Isam Weir", "similar"),
    ("Mohammed bin Salim", "Mohammed bin Salim bin Hamad Al Amiri", "head"),
    ("Mohamed bin Salim", "Mohammed bin Salim Al Amiri", "head"),
    ("Reem Al Hosani", "Reem bint Ibrahim Al Hosani", "middle-name"),
    ("María Fernanda Quispe", "Fernanda Quispe", "middle-name"),
]
APART = [
    ("Bill Clinton", "Hillary Clinton", "gender"),
    ("Kim Jong Il", "Kim Jong Un", "given-name"),
    ("George W. Bush", "George H.W. Bush", "middle"),
    ("John A. Smith", "John B. Smith", "middle"),
    ("Ana Lee Jr.", "Ana Lee Sr.", "suffix-differs"),
    ("Mario Lopez", "Maria Lopez", "gender"),
    ("Paul Hanson", "Paul Hansen", "family-name"),
    ("Moreno", "Lenin Moreno", "bare"),
    ("Robert Stern", "Robert Styron", "family-name"),
    ("Ian Weir", "John Weir", "given-name"),
    ("Al Weir", "Fred Weir", "given-name"),
    ("Salim bin Hamad Al Amiri", "Mohammed bin Salim bin Hamad Al Amiri", "given-name"),
    ("Salim bin Rashid", "Rashid bin Salim", "given-name"),
    ("Rashid Al Amiri", "Khalid bin Rashid Al Amiri", "given-name"),
    ("Nawaz Lone", "Maryam Nawaz Lone", "given-name"),
]
NAMES = st.sampled_from(
    sorted({name for pair in (*SAME, *APART) for name in pair[:2]})
) | st.lists(
    st.sampled_from(["Ana", "J.", "Juan", "Kim", "Lee", "Smith", "Pérez", "de", "al-Ali", "Jr.", "Mohammed", "Bob"]),
    min_size=1,
    max_size=4,
).map(" ".join)  # fmt: skip


@pytest.mark.parametrize(("one", "other", "rule"), SAME)
def test_may_be_one_person(one, other, rule):
    verdict = compatible(parse(one), parse(other))
    assert verdict.compatible
    assert verdict.rule == rule


@pytest.mark.parametrize(("one", "other", "rule"), APART)
def test_contradict_each_other(one, other, rule):
    verdict = compatible(parse(one), parse(other))
    assert not verdict.compatible
    assert verdict.rule == rule


@settings(max_examples=400)
@given(NAMES, NAMES)
def test_a_verdict_is_symmetric_and_explained(one, other):
    verdict = compatible(parse(one), parse(other))
    assert verdict == compatible(parse(other), parse(one))
    assert verdict.rule in (RULES if verdict.compatible else CONTRADICTIONS)
    assert 0.0 <= verdict.confidence <= 1.0
    assert (verdict.confidence > 0) == verdict.compatible


@given(NAMES)
def test_every_name_is_compatible_with_itself(name):
    assert compatible(parse(name), parse(name.upper())).rule == "same-name"
