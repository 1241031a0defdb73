"""Roles beside names, and nominals that stand for somebody: what is found and what is not."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@pytest.fixture
def claims(marked):
    """Marked text -> [(name, role, country, organisation, rule)]."""

    def run(body, title=None):
        text, found = marked(body, title)
        names = {(span.field, span.start): span.text for span in found.people}
        content = {"title": text.title, "body": text.body}
        for claim in found.claims:
            assert 0 <= claim.role_start < claim.role_end <= len(content[claim.field])
        return [
            (names[c.field, c.start], c.role, c.country_code, c.organisation, c.rule) for c in found.claims
        ]

    return run


@pytest.fixture
def nominals(marked):
    """Marked text -> [(text, role, country)] of its role mentions."""

    def run(body, title=None):
        text, found = marked(body, title)
        content = {"title": text.title, "body": text.body}
        assert all(content[role.field][role.start : role.end] == role.text for role in found.roles)
        return [(role.text, role.role, role.country_code) for role in found.roles]

    return run


PREDICATES = {
    "[Ana Soto] is the mayor of Loja.": ("Mayor", None, "Loja"),
    "[Ana Soto] is a lawyer at Kivo Gold.": ("Lawyer", None, "Kivo Gold"),
    "[Ana Soto] was elected president of {Peru=PE} in 2011.": ("President", "PE", None),
    "[Ana Soto] became mayor.": ("Mayor", None, None),
    "[Ana Soto] is now chairman of Kivo Gold.": ("Chairman", None, "Kivo Gold"),
    "[Ana Soto] was the {Peruvian=PE-} finance minister from 2001 to 2005.": ("Finance Minister", "PE", None),
}
NO_PREDICATES = [
    "[Ana Soto] is a champion of the poor.",
    "[Ana Soto] is the mayor's daughter.",
    "[Ana Soto] is not the mayor of Loja.",
    "[Ana Soto] was a president's wife.",
    "[Ana Soto] is president or so she says she was.",
    "[Ana Soto] was elected.",
    "[Ana Soto] is her partner.",
]


@pytest.mark.parametrize("body", PREDICATES)
def test_what_a_sentence_says_somebody_is(claims, body):
    assert claims(body) == [("Ana Soto", *PREDICATES[body], "predicate")]


@pytest.mark.parametrize("body", NO_PREDICATES)
def test_what_says_no_role(claims, body):
    assert claims(body) == []


BEFORE = {
    "Dear Secretary [Ana Soto]": ("Secretary", None, None),
    "He met Senate Commerce, Science and Transportation Committee Chairman [Ana Soto].": (
        "Chairman",
        None,
        "Senate Commerce, Science and Transportation Committee",
    ),
    "He saw Health, Education, Labor and Pensions Committee Chairman [Ana Soto].": (
        "Chairman",
        None,
        "Health, Education, Labor and Pensions Committee",
    ),
    "In Loja, Labor and Pensions Committee Chairman [Ana Soto] spoke.": (
        "Chairman",
        None,
        "Labor and Pensions Committee",
    ),
    "{Peruvian=PE-} President [Ana Soto] spoke.": ("President", "PE", None),
    "{CHADIAN=TD-} PRESIDENT [Ana Soto] spoke.": ("President", "TD", None),
    "{U.S.=US} Secretary of State [Ana Soto] spoke.": ("Secretary of State", "US", None),
    "{Quito=EC+} Mayor [Ana Soto] spoke.": ("Mayor", "EC", None),
    "{Peruvian=PE-} Ambassador to {Chad=TD} [Ana Soto] spoke.": ("Ambassador", "PE", None),
    "The President of {Peru=PE} [Ana Soto] spoke.": ("President", "PE", None),
    "President [Soto] spoke.": ("President", None, None),
    "Former {Peruvian=PE-} President [Ana Soto] spoke.": ("Former President", "PE", None),
    "{Peru=PE}'s ex-president [Ana Soto] spoke.": ("Former President", "PE", None),
    "It was then-President [Ana Soto] who spoke.": ("Former President", None, None),
    "Former Fed chair [Ana Soto] spoke.": ("Former Chair", None, "Fed"),
    "Former Chelsea captain [Ana Soto] spoke.": ("Former Captain", None, "Chelsea"),
    "Acting Mayor [Ana Soto] spoke.": ("Acting Mayor", None, None),
    "He met Shadow Home Secretary [Ana Soto].": ("Shadow Home Secretary", None, None),
    "NEW HEAD OF KIVO\nBudget Director [Ana Soto] spoke.": ("Budget Director", None, None),
    "He met Deputy Foreign Minister [Ana Soto].": ("Deputy Foreign Minister", None, None),
    "He saw Sen. [Ana Soto].": ("Senator", None, None),
    "{Malaysian=MY-} Prime Minister Datuk Seri [Anwar Hassan] spoke.": ("Prime Minister", "MY", None),
    "{Saudi=SA-} Foreign Minister Prince [Faisal bin Salim] spoke.": ("Foreign Minister", "SA", None),
    "He met Senator Dr. [Ana Soto].": ("Senator", None, None),
    "He met Athletics {Kenya=KE} president [Ana Soto].": ("President", None, "Athletics Kenya"),
    "On Monday {Kenya=KE} president [Ana Soto] spoke.": ("President", "KE", None),
    "His Highness Sheikh [Ana Soto] spoke.": ("Sheikh", None, None),
    "He met Attorney General [Ana Soto].": ("Attorney General", None, None),
    "He met Lieutenant General [Ana Soto].": ("Lieutenant General", None, None),
    "He met Minister of Military Production Major General [Ana Soto].": (
        "Minister of Military Production",
        None,
        None,
    ),
    "He met Chief of Army Staff (COAS) General [Ana Soto].": ("Chief of Army Staff", None, None),
    "Coordinating Minister for Legal and Security Affairs [Ana Soto] spoke.": (
        "Coordinating Minister for Legal and Security Affairs",
        None,
        None,
    ),
    "He met Chairman of the Arab League for Industry [Ana Soto].": (
        "Chairman",
        None,
        "Arab League for Industry",
    ),
    "He met Speaker of the House of Representatives [Ana Soto].": (
        "Speaker",
        None,
        "House of Representatives",
    ),
    "He saw Lt. Gov. [Ana Soto].": ("Lieutenant Governor", None, None),
    "He called chairman and chief executive [Ana Soto].": ("Chairman and Chief Executive", None, None),
    "He asked NATO Secretary-General [Ana Soto].": ("Secretary-General", None, "NATO"),
    "He asked Bank of {England=GB} governor [Ana Soto].": ("Governor", "GB", "Bank of England"),
    "He asked {Peruvian=PE-} Foreign Ministry spokeswoman [Ana Soto].": (
        "Spokeswoman",
        "PE",
        "Foreign Ministry",
    ),
    "He left.Detective Inspector [Ana Soto] spoke.": ("Detective Inspector", None, None),
    "So said deputy {Peruvian=PE-} foreign minister [Ana Soto].": ("Deputy Foreign Minister", "PE", None),
    "{British=GB-} Airways chairman [Ana Soto] spoke.": ("Chairman", "GB", "British Airways"),
    "So said {Peruvian=PE-} SIN chairman [Ana Soto].": ("Chairman", "PE", "SIN"),
    "{French=FR-} Agrarian Minister [Ana Soto] spoke.": ("Minister", "FR", None),
    "So said shipping minister [Ana Soto].": ("Shipping Minister", None, None),
    "The Prisons Minister [Ana Soto] spoke.": ("Prisons Minister", None, None),
    "So the road safety spokesman [Ana Soto] said.": ("Road Safety Spokesman", None, None),
    "He met Waterloo Road star [Ana Soto].": ("Star", None, "Waterloo Road"),
    "So said the Greens' chairman [Ana Soto].": ("Chairman", None, "Greens"),
    "The Very Rev. [Ana Soto] spoke.": ("Reverend", None, None),
    "spoke to {Peruvian=PE-} President\n[Ana Soto] on Monday.": ("President", "PE", None),
}


def test_an_aide_to_the_president_is_not_the_president(claims):
    assert "President" not in {role for _, role, *_ in claims("The aide to the president, [Ana Soto], left.")}


@pytest.mark.parametrize(
    "text",
    [
        "The chief of staff to the president, [Ana Soto], left.",
        "So said advisers to the president, [Ana Soto].",
    ],
)
def test_nor_is_one_of_the_staff(claims, text):
    assert "President" not in {role for _, role, *_ in claims(text)}


@pytest.mark.parametrize("verb", ["wrote", "appealed", "in a letter", "according", "gave it"])
def test_what_is_said_to_the_president_makes_nobody_an_aide(claims, verb):
    found = claims(f"They {verb} to the president, [Ana Soto], on Monday.")
    assert found == [("Ana Soto", "President", None, None, "apposition-before")]


def test_the_next_guest_is_no_apposition(claims):
    assert claims("guests including [Ana Soto], the King of {Spain=ES} as well as a minister.") == []
    assert claims("guests such as [Ana Soto], the mayor of {Lima=PE+}, as well as a minister.") != []


def test_a_courtesy_stands_between_an_apposition_and_its_name(claims):
    assert claims("The Minister of Health, Mr [Kwaku Soto], spoke.") == [
        ("Kwaku Soto", "Minister of Health", None, None, "apposition-before")
    ]
    assert claims("Hon. [Kwaku Soto], M.P., Minister of Health, spoke.") == [
        ("Kwaku Soto", "Minister of Health", None, None, "apposition-after")
    ]


@pytest.mark.parametrize(("body", "expected"), BEFORE.items())
def test_titles_before_names(claims, body, expected):
    (found,) = claims(body)
    assert found[1:4] == expected
    assert found[4] == "title-before"


AFTER = {
    "[Ana Soto], executive director of the National Gold Council, spoke.": (
        "Executive Director", None, "National Gold Council"),
    "[Ana Soto], chairman of the Commons public accounts committee, spoke.": (
        "Chairman", None, "Commons public accounts committee"),
    "[Ana Soto], chairman of the Commons said yesterday.": ("Chairman", None, "Commons"),
    "[Ana Soto], Chair of the Senate Banking, Housing, and Urban Affairs Committee, spoke.": (
        "Chair", None, "Senate Banking, Housing, and Urban Affairs Committee"),
    "[Ana Soto], chair of the Senate Committee on Energy, Water and Rural Affairs, spoke.": (
        "Chair", None, "Senate Committee on Energy, Water and Rural Affairs"),
    "[Ana Soto], chair of the Committee on Finance, and Sen. Lee spoke.": ("Chair", None, "Committee on Finance"),
    "[Ana Soto], chair of Kivo Gold, Loja Copper and Ambato Tin met.": ("Chair", None, "Kivo Gold"),
    "[Ana Soto], chair of the Committee on Energy, [Bob Lee] and [Ian Fox] met.": (
        "Chair", None, "Committee on Energy"),
    "[Ana Soto], president of {Peru=PE}, spoke.": ("President", "PE", None),
    "[Ana Soto], the {Peruvian=PE-} president, spoke.": ("President", "PE", None),
    "[Ana Soto], {Peru=PE}'s foreign minister, spoke.": ("Foreign Minister", "PE", None),
    "[Ana Soto], 52, a professor at Loja Technical University, spoke.": (
        "Professor", None, "Loja Technical University",
    ),
    "[Ana Soto], executive vice director with the Loja People's Association for Friendship, spoke.": (
        "Executive Vice Director", None, "Loja People's Association for Friendship",
    ),
    "[Ana Soto], Kivo's chief executive, spoke.": ("Chief Executive", None, "Kivo"),
    "[Ana Soto], the company's chief sustainability officer, spoke.": (
        "Chief Sustainability Officer", None, None,
    ),
    "[Ana Soto], a former minister of health, spoke.": ("Former Minister of Health", None, None),
    "[Ana Soto], who is the mayor of {Quito=EC+}, spoke.": ("Mayor", "EC", None),
    "[Ana Soto], president of the European parliament, spoke.": ("President", None, "European parliament"),
    "[Ana Soto], chief {U.S.=US} economist for Kivo, spoke.": ("Chief Economist", "US", "Kivo"),
    "[Ana Soto], the deputy {Peruvian=PE-} prime minister, spoke.": ("Deputy Prime Minister", "PE", None),
    "[Ana Soto], manager of {Peru=PE}'s coffee growers' federation, spoke.": ("Manager", "PE", None),
    "[Ana Soto], head of {Peru=PE}'s Kivo Films, spoke.": ("Head", "PE", "Kivo Films"),
    "[Ana Soto], an expert in Andean history, spoke.": ("Expert", None, None),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), AFTER.items())
def test_appositions_after_names(claims, body, expected):
    (found,) = claims(body)
    assert found[1:4] == expected
    assert found[4] == "apposition-after"


def test_appositions_before_names(claims):
    assert claims("The {Chadian=TD-} chancellor, [Ana Soto], spoke.") == [
        ("Ana Soto", "Chancellor", "TD", None, "apposition-before")
    ]
    assert claims("He phoned his {Chadian=TD-} counterpart, [Ana Soto], on Monday.") == [
        ("Ana Soto", "Counterpart", "TD", None, "counterpart")
    ]
    assert claims("He phoned his {Chadian=TD-} counterpart [Ana Soto] on Monday.")[0][4] == "counterpart"


def test_a_plural_title_goes_to_all(claims):
    found = claims("Presidents [Ana Soto] and [Ali Deby] met.")
    assert [(name, role) for name, role, *_ in found] == [
        ("Ana Soto", "President"),
        ("Ali Deby", "President"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "[Ana Soto] spoke to the president.",
        "It rained. [Ana Soto], {Chadian=TD-} President [Ali Deby] and others came.",
        "In [Soto], the police chief said so.",
        "A film which stars [Ana Soto].",
        "The list counts [Ana Soto] among others.",
        "[Ana Soto], who was late, spoke.",
        "[Ana Soto], officials said, was late.",
        "He and his partner, [Ana Soto], came.",
        "He called his partner [Ana Soto].",
        "[Ana Soto], her partner, came.",
        "[Ana Soto], centre, in the queue.",
        "[Soto], the centre of the coffee trade, is small.",
        "[Ana Soto], an assistant bookkeeper, spoke.",
        "The {Peruvian=PE-} [Ana Soto] won.",
        "[Ana Soto]",
    ],
)
def test_no_claim_for_a_first_name_without_one(claims, body):
    assert [item for item in claims(body) if item[0] in ("Ana Soto", "Soto")] == []


NOMINALS = {
    "The {Peruvian=PE-} president spoke.": ("The Peruvian president", "President", "PE"),
    "So said the {Peruvian=PE-} foreign minister.": (
        "the Peruvian foreign minister",
        "Foreign Minister",
        "PE",
    ),
    "{Peru=PE}'s president spoke.": ("Peru's president", "President", "PE"),
    "The former {Peruvian=PE-} president spoke.": ("The former Peruvian president", "Former President", "PE"),
    "The mayor of {Loja=EC+} spoke.": ("The mayor of Loja", "Mayor", "EC"),
    "The president of the {U.S.=US} spoke.": ("The president of the U.S.", "President", "US"),
    "The {Peruvian=PE-} ambassador to {Chad=TD} spoke.": (
        "The Peruvian ambassador to Chad",
        "Ambassador",
        "PE",
    ),
    "He met his {Chadian=TD-} counterpart.": ("his Chadian counterpart", None, "TD"),
    "He met his counterpart from {Chad=TD}.": ("his counterpart from Chad", None, "TD"),
    "[Soto]'s {Chadian=TD-} counterpart spoke.": ("Chadian counterpart", None, "TD"),
    "He met his {Chadian=TD-} counterpart, [Ali Deby], there.": ("his Chadian counterpart", None, "TD"),
}


@pytest.mark.parametrize(("body", "expected"), NOMINALS.items())
def test_role_mentions(nominals, body, expected):
    assert nominals(body) == [expected]


def test_a_headline_needs_no_article(nominals):
    assert nominals("It rained.", title="{Peruvian=PE-} president resigns") == [
        ("Peruvian president", "President", "PE")
    ]


@pytest.mark.parametrize(
    "body",
    [
        "The president spoke.",
        "{Peruvian=PE-} President [Ana Soto] spoke.",
        "The {Peruvian=PE-} presidents met.",
        "A {Peruvian=PE-} minister spoke.",
        "The {Peruvian=PE-} president [Ana Soto] spoke.",
        "The {Peruvian=PE-} presidential election began.",
        "The {Peruvian=PE-} president election began.",
        "The {Peruvian=PE-} striker scored.",
        "She was elected president of {Peru=PE}.",
        "The president of {Peru=PE} Mining resigned.",
        "Their counterparts in {Peru=PE} spoke.",
    ],
)
def test_no_role_mention(nominals, body):
    assert nominals(body) == []


WORDS = ["[Ana Soto]", "[Soto]", "{Peru=PE}", "{Peruvian=PE-}", "{Loja=EC+}", "president", "President", "ex-president",
         "former", "future.", "Sen.", "the", "The", "of", "to", "and", "counterpart", "his", "'s", ",", ".", "\n", "minister of",
         "state", "Office.Chief", "vice-", "-elect", "chief", "European", "parliament", "-", "52", "Presidents"]  # fmt: skip


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.lists(st.booleans(), min_size=14, max_size=14))
def test_any_text_gives_well_formed_roles(marked, words, spaces):
    body = "".join(word + " " * space for word, space in zip(words, spaces, strict=False))
    text, found = marked(body)
    starts = {span.start for span in found.people}
    for role in found.roles:
        assert text.body[role.start : role.end] == role.text
        assert role.country_code is not None
    for one, other in itertools.pairwise(found.roles):
        assert one.end <= other.start
    for claim in found.claims:
        assert claim.start in starts
        assert 0 <= claim.role_start < claim.role_end <= len(text.body)
        assert claim.role.strip() == claim.role != ""
