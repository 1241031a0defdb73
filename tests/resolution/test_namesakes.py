"""Two people of one name: told apart by what articles say around it, whatever the order."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.names import parse
from corpus_db.names.commonness import bearers
from corpus_db.resolution import contexts, namesakes
from corpus_db.resolution.contexts import Occurrence

FOOTBALL = (
    "Rovers", "Anfield", "Wembley", "Kowalczyk", "Ballantyne", "Premier", "Striker", "Everton", "Cup", "Okonjo",
)  # fmt: skip
COUNCIL = (
    "Mayor", "Limerick", "Council", "Shannon", "Corrigan", "Planning", "Housing", "Fianna", "Munster", "Delaney",
)  # fmt: skip


def occurrence(number, words, name="John Smith", year=2015, people=(), countries=(), claims=()):
    """An article that names somebody among some of `words`."""
    chosen = random.Random(number).sample(words, 6)
    body = f"At {chosen[0]} and {chosen[1]}, {name} met {chosen[2]} of {chosen[3]}; {chosen[4]}, {chosen[5]}."
    start = body.index(name)
    return Occurrence(
        f"{number:04}", 0, body, [(start, start + len(name))], people, countries, claims, year
    )  # fmt: skip


def people(occurrences, name="John Smith", commonness=None):
    """The places of each person's occurrences."""
    common = bearers(parse(name)) if commonness is None else commonness
    found, _ = namesakes.tell_apart(occurrences, contexts.own_words([name]), common)
    return [[member.place for member in group.members] for group in found]


BOTH = [occurrence(n, FOOTBALL if n % 2 else COUNCIL) for n in range(12)]


def test_contexts_that_have_nothing_in_common_are_two_people():
    assert sorted(people(BOTH)) == [[0, 2, 4, 6, 8, 10], [1, 3, 5, 7, 9, 11]]


def test_one_context_is_one_person():
    assert people(BOTH[1::2]) == [[0, 1, 2, 3, 4, 5]]
    assert people(BOTH[:1]) == [[0]]


def test_one_context_of_more_articles_than_are_compared_is_one_person(monkeypatch):
    monkeypatch.setattr(namesakes, "SAMPLE", 3)
    assert people(BOTH[1::2]) == [[0, 1, 2, 3, 4, 5]]


def test_the_rarer_the_name_the_more_it_takes():
    pair = [occurrence(1, FOOTBALL), occurrence(2, COUNCIL)]
    assert len(people(pair, commonness=5.5)) == 2
    biases = [namesakes.bias(common) for common in (3.0, 4.0, 5.0, 6.0)]
    assert biases == sorted(biases, reverse=True)


def test_a_companion_in_common_joins():
    apart = [occurrence(1, FOOTBALL), occurrence(2, COUNCIL)]
    met = [o._replace(people=["Zbigniew Kowalczyk", "Una Corrigan"]) for o in apart]
    evidence = [namesakes.tell_apart(o, contexts.own_words(["John Smith"]), 5.0)[1] for o in (apart, met)]
    assert evidence[0]
    assert not evidence[1] or evidence[1][0].score > evidence[0][0].score


def test_a_hundred_years_lie_between_two_people():
    articles = [occurrence(n, FOOTBALL, year=1890 if n < 4 else 2015) for n in range(8)]
    scores = {
        years: namesakes.cluster(
            [contexts.features(o, frozenset()) for o in articles[3:5]], years, -100.0
        ).scores([0])[0][1]
        for years in ((2015, 2015), (2005, 2015), (1890, 2015), (None, 2015))
    }
    assert scores[2015, 2015] == scores[2005, 2015] == scores[None, 2015] > scores[1890, 2015]


def test_the_words_of_the_name_are_no_evidence():
    own = contexts.own_words(["John Smith", "J. Smith"])
    bags = contexts.features(occurrence(3, ["Smith", "Smith’s", "JOHN", "Rovers", "Monday", "Smiths"]), own)
    assert {"Smith", "JOHN"}.isdisjoint(bags[0])
    assert "Rovers" in bags[0]


def test_common_words_are_no_evidence():
    body = "On Monday, the Government said that John Smith, a Kowalczyk man, had left."
    start = body.index("John")
    found = contexts.features(
        Occurrence("0", 0, body, [(start, start + 10)], (), (), (), None), contexts.own_words(["John Smith"])
    )
    assert found[0]["Kowalczyk"] > found[0].get("Monday", 0)
    assert "the" not in found[1]


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(range(12)))
def test_sums_do_not_depend_on_the_order_of_the_articles(order):
    """Articles come in the order of their hash: with other hashes the same people are found."""
    shuffled = [BOTH[index] for index in order]
    again = people([o._replace(article=f"{n:04}") for n, o in enumerate(shuffled)])
    assert sorted(sorted(order[place] for place in group) for group in again) == sorted(people(BOTH))


def test_more_articles_than_are_compared_with_each_other(monkeypatch):
    monkeypatch.setattr(namesakes, "SAMPLE", 8)
    many = [occurrence(n, FOOTBALL if n % 2 else COUNCIL) for n in range(60)]
    found = people(many)
    assert sorted(map(len, found)) == [30, 30]
    assert all(len({place % 2 for place in group}) == 1 for group in found)


def test_every_occurrence_is_somebodys():
    for count in (1, 2, 5, 12):
        places = list(itertools.chain(*people(BOTH[:count])))
        assert sorted(places) == list(range(count))


def test_why_they_are_two_is_told():
    groups, pairs = namesakes.tell_apart(BOTH, contexts.own_words(["John Smith"]), 5.3)
    assert {(pair.one, pair.other) for pair in pairs} == {(0, 1), (1, 0)}
    assert all(pair.score <= 0 for pair in pairs)
    for group in groups:
        kind = {place % 2 for place, _, _ in group.members}
        words = FOOTBALL if kind == {1} else COUNCIL
        assert group.marks
        assert set(group.marks) <= set(words)
        assert all(member.shared for member in group.members)


def test_a_description_is_the_role_and_else_what_sets_apart():
    claims = [("Mayor", "IE", None)]
    mayor = [o._replace(claims=claims) for o in BOTH[::2]]
    articles = sorted([*mayor, *BOTH[1::2]])
    groups, _ = namesakes.tell_apart(articles, contexts.own_words(["John Smith"]), 5.3)
    said = namesakes.describe(groups, {"IE": "Ireland"})
    assert "Mayor, Ireland" in said
    assert len(set(said)) == len(said) == 2
    assert any(word in text for text in said for word in FOOTBALL)


def test_equal_descriptions_are_told_apart_further():
    member = namesakes.Member(0, (), 1.0)
    twin = namesakes.Group((member,), ("Rovers",), ("Mayor", "IE"), None, (1990, 1995))
    other = namesakes.Group((member,), ("Munster",), ("Mayor", "IE"), None, (2010, 2010))
    said = namesakes.describe([twin, other], {"IE": "Ireland"})
    assert said == ["Mayor, Ireland, Rovers, 1990–1995", "Mayor, Ireland, Munster, 2010"]
    bare = namesakes.Group((member,), (), None, None, None)
    assert len(set(namesakes.describe([bare, bare, bare], {}))) == 3


@pytest.mark.parametrize(
    ("common", "rare"),
    [
        ("John Smith", "Yasuhiro Nakasone"),
        ("Wang Wei", "Xi Jinping"),
        ("Mohammed Ali", "Muammar Gaddafi"),
        ("Kim Young-ho", "Ban Ki-moon"),
        ("José García", "Isabel Perón"),
        ("Rajesh Kumar", "Narendra Modi"),
        ("Nguyen Van Hung", "Angela Merkel"),
        ("Maria Silva", "Barack Obama"),
    ],
)
def test_how_common_names_are_in_other_parts_of_the_world(common, rare):
    assert bearers(parse(common)) >= 3.5 > namesakes.COMMON > bearers(parse(rare))


def test_a_role_that_one_article_of_many_states_does_not_describe_a_person():
    singers = [
        occurrence(n, FOOTBALL, claims=[("Deputy Director", None, None)] if n == 0 else ()) for n in range(12)
    ]
    mayors = [occurrence(20 + n, COUNCIL, claims=[("Mayor", "IE", None)] if n < 2 else ()) for n in range(12)]
    groups, _ = namesakes.tell_apart(
        sorted([*singers, *mayors]), contexts.own_words(["John Smith"]), bearers(parse("John Smith"))
    )
    assert sorted(str(group.role) for group in groups) == ["('Mayor', 'IE')", "None"]
