"""An alias is one more form of the person it is given to, in that article; without a person it stays unresolved."""

import pytest

from corpus_db import annotate
from corpus_db.resolution.within import resolve_article


@pytest.fixture
def resolve(marked):
    """Marked text -> [(text, person, what resolved it, antecedent)] of its names, in order."""

    def run(body, title=None):
        found = resolve_article(*marked(body, title)).mentions
        return [
            (m.text, m.person, m.rule.split("+")[1], m.antecedent and m.antecedent.text)
            for m in found
            if m.entity == "person"
        ]

    return run


def test_the_alias_is_the_person_it_is_given_to(resolve):
    assert resolve("[Rosa Quispe], known as [Condorita], sang. [Condorita] bowed. [Quispe] left.") == [
        ("Rosa Quispe", "Rosa Quispe", "full-name", None),
        ("Condorita", "Rosa Quispe", "alias", "Rosa Quispe"),
        ("Condorita", "Rosa Quispe", "alias", "Rosa Quispe"),
        ("Quispe", "Rosa Quispe", "family-name", "Rosa Quispe"),
    ]


def test_a_full_name_at_birth_brings_its_own_forms(resolve):
    found = resolve("[Condorita], real name [Rosa Quispe], sang. [Quispe] bowed.")
    assert [person for _, person, _, _ in found] == ["Rosa Quispe"] * 3
    assert found[0][2:] == ("alias", "Rosa Quispe")


def test_a_name_before_marriage_takes_nothing_from_its_other_bearer(resolve):
    found = resolve("[Paul Weir] came. His daughter, [Mae Hill], née [Weir], stayed. [Weir] wept.")
    assert [(person, rule) for _, person, rule, _ in found] == [
        ("Paul Weir", "full-name"),
        ("Mae Hill", "full-name"),
        ("Mae Hill", "alias"),
        ("Paul Weir", "family-name"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "[Rosa Quispe] met the singer known as [Condorita].",
        "[Rosa Quispe] left early. A singer, nicknamed [Condorita], stayed.",
        "[Rosa Quispe] and [Paul Weir], known as [Condorita], sang.",
        "[Rosa Quispe] owns a firm that is known as [Condorita].",
    ],
)
def test_an_alias_of_somebody_else_is_not_the_person_s_before_it(resolve, body):
    assert resolve(body)[-1][1:3] == ("Condorita", "bare")


def test_an_alias_of_nobody_whom_the_article_names_is_unresolved():
    mentions = [
        m for m in annotate('A source known as "Deep Well" called. Deep Well hung up.') if m.kind == "name"
    ]
    assert [(m.text, m.person, m.rule) for m in mentions] == [("Deep Well", None, "alias+unresolved")] * 2
    assert all(m.confidence < 0.5 and m.antecedent is None for m in mentions)


def test_words_in_quotation_marks_stay_apart():
    mentions = annotate('Rosa Quispe, known as "Deep Well", died in June.')
    assert [(m.text, m.person, m.rule) for m in mentions if m.entity == "person"] == [
        ("Rosa Quispe", "Rosa Quispe", "model+full-name"),
        ("Deep Well", None, "alias+unresolved"),
    ]


def test_the_alias_does_not_become_the_name_of_a_person_with_one_name(resolve):
    mentions = annotate("Mr Ellison, known as Deep Well, died in June.")
    assert [(m.text, m.person, m.rule) for m in mentions if m.entity == "person"] == [
        ("Ellison", "Ellison", "model+bare"),
        ("Deep Well", "Ellison", "alias+alias"),
    ]
