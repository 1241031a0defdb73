"""Names and roles of one article come to the persons that the article means, with rule and antecedent."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.models import PersonSpan, Recognised, Text
from corpus_db.resolution.rules import RULES
from corpus_db.resolution.within import resolve_article


@pytest.fixture
def resolve(marked):
    """Marked text -> [(text, person, what resolved it)] of its person mentions, in order."""

    def run(body, title=None):
        found = resolve_article(*marked(body, title)).mentions
        return [(m.text, m.person, m.rule.split("+")[1]) for m in found if m.entity == "person"]

    return run


def test_single_names_go_to_the_full_name(resolve):
    assert resolve("[Xu Meiling] spoke. [Xu] left; [Meiling] stayed. [Noor] did not.") == [
        ("Xu Meiling", "Xu Meiling", "full-name"),
        ("Xu", "Xu Meiling", "family-name"),
        ("Meiling", "Xu Meiling", "given-name"),
        ("Noor", "Noor", "bare"),
    ]


def test_a_family_name_with_its_particle_is_nobody_called_al(resolve):
    found = resolve(
        "[Hussain Al Rand] spoke. [Al Rand] left. [Nadia Ben Salah] and [Ben Salah] stayed. [Al Gore] did not."
    )
    assert [(text, person) for text, person, _ in found[1::2]] == [
        ("Al Rand", "Hussain Al Rand"),
        ("Ben Salah", "Nadia Ben Salah"),
    ]
    assert found[-1][:2] == ("Al Gore", "Al Gore")


def test_a_prince_goes_by_his_given_name_and_not_by_his_fathers(resolve):
    found = resolve("[Salim bin Rashid] met [Rashid bin Salim]. [Prince Rashid] left.")
    assert found[1][:2] == ("Rashid bin Salim", "Rashid bin Salim")
    assert found[2] == ("Prince Rashid", "Rashid bin Salim", "given-name")


def test_a_headline_means_the_first_of_a_name(resolve):
    found = resolve(
        "[Joko Sari] met [Ana Lee]. [Iriana Sari] and [Bob Sari] stayed.", title="[Sari] meets [Lee]"
    )
    assert found[0] == ("Sari", "Joko Sari", "headline")


def test_the_title_is_read_with_the_body(resolve):
    found = resolve("[Rosa Quispe] spoke.", title="{Peru=PE} thanks [Quispe]")
    assert found[0] == ("Quispe", "Rosa Quispe", "family-name")


def test_forms_of_one_full_name(resolve):
    found = resolve("[Luis Medardo Chimbo] spoke. [Luis Chimbo] left. [L. Chimbo] wrote. [CHIMBO, LUIS] too.")
    assert [(person, rule) for _, person, rule in found] == [
        ("Luis Medardo Chimbo", "full-name"),
        ("Luis Medardo Chimbo", "middle-name"),
        ("Luis Medardo Chimbo", "initial"),
        ("Luis Medardo Chimbo", "middle-name"),
    ]


def test_an_initial_does_not_bridge_two_people(resolve):
    found = resolve("[John Smith] met [Jane Smith]. [J. Smith] wrote.")
    assert [person for _, person, _ in found] == ["John Smith", "Jane Smith", "J. Smith"]
    assert found[2][2] == "ambiguous-form"


def test_the_family_name_outranks_the_given_name(resolve):
    found = resolve("[Paul Grant] and [Grant Weir] met. [Grant] spoke.")
    assert found[2] == ("Grant", "Paul Grant", "family-name")


def test_mr_and_mrs(resolve):
    found = resolve("[Ana Weir] and [Paul Weir] met. Mrs. [Weir] spoke, then Mr [Weir].")
    assert [person for _, person, _ in found[2:]] == ["Ana Weir", "Paul Weir"]
    found = resolve("[Ana Weir] spoke. Mr. [Weir] did not.")
    assert found[1] == ("Weir", "Weir", "bare")


@pytest.mark.parametrize("opening", ['"', "“", "(", 'left."', "morning.", "—"])
def test_mr_and_mrs_behind_a_mark(resolve, opening):
    found = resolve(f"[Ana Weir] and [Paul Weir] met. {opening}Mrs [Weir] spoke, then {opening}Mr. [Weir].")
    assert [person for _, person, _ in found[2:]] == ["Ana Weir", "Paul Weir"]


def test_a_title_tells_which_of_two(resolve):
    found = resolve("Senator [Ana Weir] met Judge [Paul Weir]. Senator [Weir] left, Judge [Weir] stayed.")
    assert found[2:] == [("Weir", "Ana Weir", "by-title"), ("Weir", "Paul Weir", "by-title")]


def test_relatives_give_way(resolve):
    found = resolve("[Paul Weir] came with his sons Alan and [Carl Weir]. [Weir] spoke.")
    assert found[2] == ("Weir", "Paul Weir", "not-relative")
    found = resolve("[Paul Weir] brought his wife, [Ana Weir]. [Weir] spoke.")
    assert found[2] == ("Weir", "Paul Weir", "not-relative")


def test_once_a_short_name_is_established_it_stays(resolve):
    found = resolve("[Ana Weir] came. [Weir] spoke. [Paul Weir] came. [Weir] left.")
    assert found[3] == ("Weir", "Ana Weir", "established")


def test_another_spelling_and_a_nickname(resolve):
    found = resolve("[William Karpenko] spoke. [Karpenka] left. [Bill] stayed.")
    assert [item[2] for item in found] == ["full-name", "name-variant", "short-name"]


def test_role_mentions_by_the_roles_the_article_gives(resolve):
    found = resolve(
        "{Peruvian=PE-} President [Rosa Quispe] met {Chadian=TD-} President [Ali Deby]. "
        "The {Peruvian=PE-} president smiled. The {Chadian=TD-} leader left. The {French=FR-} president was away."
    )
    assert found[2:] == [
        ("The Peruvian president", "Rosa Quispe", "role-claim"),
        ("The Chadian leader", "Ali Deby", "role-claim"),
        ("The French president", None, "unresolved"),
    ]


def test_a_former_president_is_not_the_president(resolve):
    found = resolve(
        "Former {Peruvian=PE-} President [Rosa Quispe] spoke. The {Peruvian=PE-} president did not."
    )
    assert found[1][1] is None


def test_two_holders_leave_a_role_unresolved(resolve):
    found = resolve(
        "{Peruvian=PE-} Minister [Rosa Quispe] met {Peruvian=PE-} Minister [Ana Soto]. The {Peruvian=PE-} minister spoke."
    )
    assert found[2][1:] == (None, "unresolved")


def test_the_mayor_of_one_place_is_not_the_mayor_of_another(resolve):
    found = resolve(
        "{Quito=EC+} Mayor [Ana Soto] met {Cuenca=EC+} Mayor [Luis Pino]. The mayor of {Cuenca=EC+} spoke; "
        "the mayor of {Loja=EC+} did not."
    )
    assert [item[1] for item in found[2:]] == ["Luis Pino", None]


def test_a_counterpart_named_beside_is_known_by_the_office(marked):
    annotation = resolve_article(
        *marked(
            "{Chadian=TD-} President [Ali Deby] met his {Peruvian=PE-} counterpart, [Rosa Quispe], on Monday. "
            "The {Peruvian=PE-} president smiled."
        )
    )
    roles = [m for m in annotation.mentions if m.kind == "role"]
    assert [m.person for m in roles] == ["Rosa Quispe", "Rosa Quispe"]
    assert roles[0].rule == "counterpart+named-beside"
    quispe = next(person for person in annotation.persons if person.name == "Rosa Quispe")
    assert quispe.claims == ()  # nobody calls her president but by way of the other one


def test_a_counterpart_by_its_country(resolve):
    found = resolve(
        "{Chadian=TD-} President [Ali Deby] said that under [Rosa Quispe], {Peru=PE} had grown. "
        "The {Chadian=TD-} president called his {Peruvian=PE-} counterpart."
    )
    assert found[-1] == ("his Peruvian counterpart", "Rosa Quispe", "association")


def test_a_named_persons_counterpart_is_another_person_and_overlaps_no_name(marked):
    mentions = resolve_article(
        *marked(
            "{Chadian=TD-} President [Ali Deby] said that under [Rosa Quispe], {Peru=PE} had grown. "
            "[Deby]'s {Peruvian=PE-} counterpart agreed."
        )
    ).mentions
    people = sorted((m.start, m.end, m.text, m.person) for m in mentions if m.entity == "person")
    assert [place[2:] for place in people[-2:]] == [
        ("Deby", "Ali Deby"),
        ("Peruvian counterpart", "Rosa Quispe"),
    ]
    assert all(end <= start for (_, end, *_), (start, *_) in pairwise(people))


def test_a_counterpart_is_never_guessed(resolve):
    found = resolve(
        "{Chadian=TD-} President [Ali Deby] said that under [Rosa Quispe] and [Ana Soto], {Peru=PE} had grown. "
        "The {Chadian=TD-} president called his {Peruvian=PE-} counterpart."
    )
    assert found[-1][1:] == (None, "unresolved")
    found = resolve(
        "{Chadian=TD-} President [Ali Deby] met {French=FR-} Minister [Ana Soto] in {Peru=PE}. "
        "He called his {Peruvian=PE-} counterpart."
    )
    assert found[-1][1:] == (None, "unresolved")


def test_claims_without_a_country_take_the_one_stated_elsewhere(marked):
    annotation = resolve_article(
        *marked("{Peruvian=PE-} President [Rosa Quispe] left. President [Quispe] is back.")
    )
    assert [claim.country_code for claim in annotation.persons[0].claims] == ["PE", "PE"]


def test_persons_are_numbered_by_first_mention(marked):
    annotation = resolve_article(*marked("[Rosa Quispe] met [Ali Deby].", title="[Deby] travels"))
    assert [(person.number, person.name, person.full) for person in annotation.persons] == [
        (0, "Ali Deby", True),
        (1, "Rosa Quispe", True),
    ]


def test_an_article_without_people(marked):
    assert resolve_article(*marked("Rain fell on {Peru=PE}.")).persons == ()


WORDS = [
    "Ana",
    "Paul",
    "J.",
    "John",
    "Jane",
    "Weir",
    "Smith",
    "Xu",
    "Meiling",
    "al-Ali",
    "Bob",
    "Robert",
    "Jr.",
    "de",
]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


@settings(max_examples=200)
@given(st.lists(NAMES, min_size=1, max_size=8), st.integers(0, 3))
def test_laws_of_every_annotation(names, in_title):
    """Every mention is there, has a declared rule, and an antecedent that explains it."""
    title = ", ".join(names[:in_title]) or None
    spans, at, field = [], 0, "title" if title else "body"
    body = ", ".join(names[in_title:])
    for number, name in enumerate(names):
        if number == in_title:
            at, field = 0, "body"
        spans.append(PersonSpan(field, at, at + len(name), name, "given", 0.9))
        at += len(name) + 2
    recognised = Recognised(spans, [], [], [])
    annotation = resolve_article(Text(title, body), recognised)
    assert annotation == resolve_article(Text(title, body), recognised)
    assert [(m.field, m.start, m.end, m.text) for m in annotation.mentions] == [span[:4] for span in spans]
    persons = {person.number: person.name for person in annotation.persons}
    assert sorted(persons) == list(range(len(persons)))
    for mention in annotation.mentions:
        assert mention.rule.split("+")[1] in RULES
        assert 0 < mention.confidence <= 0.9
        if mention.rule.endswith("+unresolved"):
            assert (mention.person, mention.person_number, mention.antecedent) == (None, None, None)
            continue
        assert mention.person == persons[mention.person_number]
        if mention.antecedent is not None:
            assert mention.antecedent in annotation.mentions
            assert mention.antecedent.person_number == mention.person_number
            assert " " in mention.antecedent.text or mention.antecedent.start < mention.start


def test_an_office_of_a_place_that_is_not_understood(resolve):
    found = resolve("Mayor [Ana Soto] spoke. The {Springfield=??+} mayor did not.")
    assert found[-1][1:] == (None, "unresolved")
    found = resolve("{Springfield=??+} Mayor [Ana Soto] spoke. The {Springfield=??+} mayor smiled.")
    assert found[-1][1:] == ("Ana Soto", "role-claim")


def test_a_possessive_without_its_apostrophe_is_the_same_person(resolve):
    assert resolve("[Ana Kennedy] spoke. Read [Ana Kennedys] letter, [Kennedys] staff said.") == [
        ("Ana Kennedy", "Ana Kennedy", "full-name"),
        ("Ana Kennedys", "Ana Kennedy", "possessive"),
        ("Kennedys", "Ana Kennedy", "family-name"),
    ]
