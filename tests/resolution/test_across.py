"""Names of the corpus become persons: explained, whatever the order."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.names import compatible, parse
from corpus_db.resolution.across import (
    BARE_RULES,
    NameUse,
    block_keys,
    resolve_bare,
    resolve_full,
    short_keys,
)


def use(name, articles=1):
    return NameUse(name, parse(name).family_name, parse(name).full, articles, articles)


def groups(names, apart=()):
    clusters = resolve_full([use(name) for name in names], set(apart))
    return sorted(sorted(cluster.names) for cluster in clusters)


def test_forms_of_one_name_are_one_person():
    names = ["Rosa Quispe", "ROSA QUISPE", "Rosa M. Quispe", "R. Quispe", "Rosa María Quispe"]
    assert groups(names) == [sorted(names)]


def test_a_form_that_fits_two_joins_neither():
    names = ["George W. Weir", "George H.W. Weir", "George Weir"]
    assert groups(names) == [["George H.W. Weir"], ["George W. Weir"], ["George Weir"]]
    assert groups(["John Weir", "Jane Weir", "J. Weir"]) == [["J. Weir"], ["Jane Weir"], ["John Weir"]]


def test_a_second_surname_is_left_out_by_others():
    assert groups(["Pedro Castillo Torres", "Pedro Castillo"]) == [
        ["Pedro Castillo", "Pedro Castillo Torres"]
    ]
    names = ["Pedro Castillo Torres", "Pedro Castillo Ruiz", "Pedro Castillo"]
    assert groups(names) == [[name] for name in sorted(names)]


def test_the_part_used_alone_is_that_of_the_shorter_form():
    (cluster,) = resolve_full([use("Marcelo Ebrand Casaubon"), use("Marcelo Ebrand")], set())
    assert (cluster.name, cluster.family_name) == ("Marcelo Ebrand Casaubon", "Ebrand")


def test_common_names_are_joined_by_the_same_words_only():
    assert len(groups(["John Adams", "John Quincy Adams", "Johnny Adams"])) == 3
    assert len(groups(["John Adams", "JOHN ADAMS", "John Q. Adams"])) == 1
    assert len(groups(["John Quispe", "John Emilio Quispe", "Johnny Quispe"])) == 1


def test_an_article_that_keeps_them_apart_has_a_veto():
    names = ["Bob Weir", "Robert Weir"]
    assert len(groups(names)) == 1
    assert len(groups(names, [("Bob Weir", "Robert Weir")])) == 2
    assert len(groups(names, [("Robert Weir", "Bob Weir")])) == 2


def clusters_of(**articles):
    """Clusters of names (with _ for a space) that so many articles use."""
    uses = [use(name.replace("_", " "), count) for name, count in articles.items()]
    return sorted(sorted(cluster.names) for cluster in resolve_full(uses, set()))


def test_a_rare_slip_does_not_part_the_forms_of_a_frequent_name():
    frequent = {"Robert_M_Weirow": 90, "Robert_Weirow": 40, "Bob_Weirow": 20}
    together = sorted(name.replace("_", " ") for name in frequent)
    assert clusters_of(**frequent) == [together]
    # a word too many before it, and another person's middle initial
    for slip in ("DCSenators_Robert_M_Weirow", "Robert_P_Weirow"):
        assert together in [
            [name for name in names if name in together] for names in clusters_of(**frequent, **{slip: 1})
        ]
    # as often used, each is as good as the other
    assert clusters_of(Ana_M_Weirow=1, Ana_P_Weirow=1, Ana_Weirow=1) == [
        ["Ana M Weirow"],
        ["Ana P Weirow"],
        ["Ana Weirow"],
    ]


def test_two_full_names_are_no_form_of_one_of_them():
    assert not compatible(parse("Ana Quispe Peter Holmgren"), parse("Ana Quispe")).compatible
    assert not compatible(parse("Ana Quispe Peter Holmgren"), parse("Peter Holmgren")).compatible
    assert compatible(parse("Ana Maria Quispe"), parse("Maria Quispe")).compatible


def test_a_possessive_without_its_apostrophe_is_the_same_name():
    assert clusters_of(Ana_Kennedy=3, Ana_Kennedys=1) == [["Ana Kennedy", "Ana Kennedys"]]
    for of_it, of_slip in ((5, 5), (6, 5), (9, 1)):
        (cluster,) = resolve_full([use("Ana Kennedy", of_it), use("Ana Kennedys", of_slip)], set())
        assert (cluster.name, cluster.family_name) == ("Ana Kennedy", "Kennedy")
    assert clusters_of(Edward_M_Johnson=9, Edward_M_Johnsons=1, Ted_Johnson=3) == [
        ["Edward M Johnson", "Edward M Johnsons"],
        ["Ted Johnson"],  # common names need more than a nickname, with an s or without
    ]
    assert len(clusters_of(Ana_William=3, Ana_Williams=1)) == 2
    assert len(clusters_of(Ana_Kennedy=3, Eva_Kennedys=1)) == 2


def test_every_join_is_explained():
    (cluster,) = resolve_full([use("Robert Weir", 9), use("Bob Weir", 2), use("R. Weir")], set())
    assert cluster.name == "Robert Weir"
    assert cluster.family_name == "Weir"
    assert [(link.name, link.joined_to, link.rule) for link in cluster.links] == [
        ("Bob Weir", "Robert Weir", "nickname"),
        ("R. Weir", "Robert Weir", "initial"),
    ]
    assert all(0 < link.confidence <= 1 for link in cluster.links)


def test_the_name_shown_is_the_fullest_that_is_usual():
    (cluster,) = resolve_full([use("Ana Quispe", 50), use("Ana Sofia Maria Quispe", 1)], set())
    assert cluster.name == "Ana Quispe"
    (cluster,) = resolve_full([use("Ana Quispe", 5), use("Ana Sofia Quispe", 1)], set())
    assert cluster.name == "Ana Sofia Quispe"


@pytest.mark.parametrize(
    ("name", "bearers", "articles", "rule", "person", "founds"),
    [
        ("Quispe", {7: 1}, 3, "only-bearer", 7, False),
        ("Smith", {7: 1}, 3, "only-bearer-common", 7, False),
        ("Quispe", {7: 2}, 9, "outnumbered", None, True),
        ("Smith", {7: 2}, 9, "outnumbered-common", None, False),
        ("Melissa", {7: 3}, 3, "only-bearer-common", 7, False),
        ("Melissa", {7: 2}, 3, "outnumbered-common", None, False),
        ("Smith", {7: 1, 9: 1}, 3, "several-bearers", None, False),
        ("Smith", {}, 3, "common-name", None, False),
        ("Smith", {}, 1, "no-bearer", None, True),
        ("Pelusa", {}, 3, "no-bearer", None, True),
    ],
)
def test_bare_names(name, bearers, articles, rule, person, founds):
    decision = resolve_bare(use(name, articles), bearers)
    assert (decision.rule, decision.person, decision.founds) == (rule, person, founds)
    assert decision.confidence == BARE_RULES[rule][0]


def test_short_names():
    assert short_keys(use("Xi Jinping")) == {"xi", "jinping"}
    assert short_keys(use("John Weir")) == {"weir"}  # John is anybody
    assert short_keys(use("al-Maliki")) == short_keys(use("Maliki")) == {"maliki"}
    assert short_keys(use("Nouri al-Maliki")) >= {"maliki"}


def test_blocks_are_smaller_than_families():
    assert not block_keys(use("John Smith")) & block_keys(use("Mary Smith"))
    assert not block_keys(use("Xi Jinping")) & block_keys(use("Xi Zhongxun"))
    assert block_keys(use("Smith")) == frozenset()


WORDS = ["Ana", "Bob", "Robert", "J.", "John", "Jon", "Jane", "R.", "Weir", "Smith", "Smyth", "Maria", "Xu", "Meiling",
         "Mohammed", "Muhammad", "Jr.", "Pérez", "García"]  # fmt: skip
NAMES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map(" ".join).filter(lambda n: parse(n).full)
CORPUS = st.lists(
    st.tuples(NAMES, st.integers(1, 9)), min_size=1, max_size=12, unique_by=lambda item: item[0]
)


@settings(max_examples=150)
@given(CORPUS, st.randoms(use_true_random=False), st.data())
def test_order_never_matters_and_members_agree(corpus, shuffler: random.Random, data):
    uses = [use(name, count) for name, count in corpus]
    pairs = st.tuples(st.sampled_from(uses), st.sampled_from(uses)).filter(lambda pair: pair[0] != pair[1])
    apart = {(a.name, b.name) for a, b in data.draw(st.lists(pairs, max_size=3))} if len(uses) > 1 else set()
    clusters = resolve_full(uses, apart)
    shuffled = list(uses)
    shuffler.shuffle(shuffled)
    assert resolve_full(shuffled, {(b, a) for a, b in apart}) == clusters
    assert sorted(name for cluster in clusters for name in cluster.names) == sorted(u.name for u in uses)
    for cluster in clusters:
        assert cluster.name in cluster.names
        assert len(cluster.links) == len(cluster.names) - 1
        for one in cluster.names:
            for other in cluster.names:
                assert one == other or compatible(parse(one), parse(other)).compatible
                assert (one, other) not in apart


@settings(max_examples=150)
@given(CORPUS)
def test_blocks_decide_alone(corpus):
    """Names without a common key never meet: deciding each block by itself gives the same persons."""
    uses = [use(name, count) for name, count in corpus]
    parts: list[list[NameUse]] = []
    for one in uses:
        near = [part for part in parts if any(block_keys(one) & block_keys(other) for other in part)]
        parts = [part for part in parts if part not in near] + [
            [one, *(other for part in near for other in part)]
        ]
    alone = sorted(cluster for part in parts for cluster in resolve_full(part, set()))
    assert alone == resolve_full(uses, set())
