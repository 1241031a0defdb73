"""Several persons of one family name in one article: the words beside a name tell whom it means, or nobody is said."""

import pytest

from corpus_db.resolution.within import resolve_article


@pytest.fixture
def resolve(marked):
    """Marked text -> [(text, person, what resolved it)] of its person mentions, in order."""

    def run(body, title=None):
        found = resolve_article(*marked(body, title)).mentions
        return [(m.text, m.person, m.rule.split("+")[1]) for m in found if m.entity == "person"]

    return run


@pytest.mark.parametrize("family", ["Clinton", "Quispe"])
def test_mrs_is_the_wife_and_not_the_daughter(resolve, family):
    found = resolve(f"[Hillary {family}] came with her daughter [Chelsea {family}]. Mrs. [{family}] spoke.")
    assert found[2][1] == f"Hillary {family}"


def test_a_name_that_does_not_tell_the_gender_fits_both(resolve):
    body = "{0} came with the daughter, [Ana Weir]. {1} [Weir] spoke."
    for unknown in ("[Ashley Weir]", "[Chris Weir]"):
        for title in ("Mrs", "Ms"):
            found = resolve(body.format(unknown, title))
            assert found[2][:2] == ("Weir", unknown.strip("[]"))
    found = resolve(body.format("[Ashley Weir]", "Mr"))
    assert found[2] == ("Weir", "Ashley Weir", "by-gender")


def test_the_article_tells_the_gender_that_a_name_does_not(resolve):
    found = resolve("[Ana Weir] and her husband [Chris Weir] came. [Ana Weir] left. Mr [Weir] stayed.")
    assert found[3] == ("Weir", "Chris Weir", "by-gender")
    found = resolve("[Chris Weir] said he was glad. [Jan Weir] said she was, too. Mrs [Weir] left.")
    assert found[2] == ("Weir", "Jan Weir", "by-gender")


def test_a_widow_is_not_her_husband(resolve):
    found = resolve("[John Weir]'s widow, [Anna], wept. Mrs. [Weir] said he was kind. [Weir] was 82.")
    assert found[1:] == [
        ("Anna", "Anna", "bare"),
        ("Weir", "Anna", "relative"),
        ("Weir", "John Weir", "family-name"),
    ]
    found = resolve("[Anna Weir] wept. Her husband, [John], had died. Mr [Weir] was 82.")
    assert found[2] == ("Weir", "John", "relative")


def test_two_relatives_of_one_gender_stay_apart(resolve):
    found = resolve(
        "[John Weir] came with his wife, [Anna]. [John Weir]'s mother, [Eva], left. Mrs [Weir] wept."
    )
    assert found[4] == ("Weir", "Weir", "bare")


def test_another_mans_wife_is_not_meant(resolve):
    found = resolve("[John Weir] met [Carl Soto] and his wife, [Anna]. Mrs [Weir] wept.")
    assert found[3] == ("Weir", "Weir", "bare")


def test_whose_relative_is_spoken_of(resolve):
    found = resolve("[Paul Weir] and [Carl Weir] came. [Weir]'s father, [Paul Weir], spoke.")
    assert found[2][1] == "Carl Weir"
    found = resolve("[Paul Weir] and [Ana Weir] came. [Weir]'s widow spoke.")
    assert found[2] == ("Weir", "Paul Weir", "not-relative")


@pytest.mark.parametrize(
    ("named", "who"),
    {
        "The elder [Weir]": "Paul A. Weir",
        "The younger [Weir]": "Paul B. Weir",
        "[Weir] senior": "Paul A. Weir",
        "[Weir] junior": "Paul B. Weir",
        "[Weir Sr.]": "Paul A. Weir",
        "[Weir Jr.]": "Paul B. Weir",
    }.items(),
)
@pytest.mark.parametrize(
    "both",
    [
        "[Paul B. Weir] spoke of his father, [Paul A. Weir].",
        "[Paul A. Weir] spoke of his son [Paul B. Weir].",
        "[Paul A. Weir], 71, and [Paul B. Weir], 40, met.",
    ],
)
def test_elder_and_younger(resolve, both, named, who):
    assert resolve(f"{both} {named} smiled.")[2][1:] == (who, "by-generation")


def test_the_suffix_tells_father_and_son_apart(resolve):
    found = resolve("[Paul Weir Sr.] met [Paul Weir Jr.]. The elder [Weir] smiled. [Weir Jr.] did not.")
    assert [person for _, person, _ in found[2:]] == ["Paul Weir Sr.", "Paul Weir Jr."]


def test_who_is_the_elder_is_not_guessed(resolve):
    assert resolve("[Paul Weir] met [Carl Weir]. The elder [Weir] smiled.")[2] == ("Weir", None, "unresolved")
    assert resolve("[Paul Weir] spoke. The elder [Weir] smiled.")[1] == ("Weir", None, "unresolved")


@pytest.mark.parametrize(
    "named",
    [
        "The [Weir] family",
        "The [Weir] brothers",
        "The brothers [Weir]",
        "The extended [Weir] family",
        "Mr and Mrs [Weir]",
        "The [Quispes]",
    ],
)
def test_a_family_is_nobody_in_particular(resolve, named):
    family = "Quispe" if "Quispe" in named else "Weir"
    found = resolve(f"[Paul {family}] and [Ana {family}] came. {named} left.")
    assert found[2][1:] == (None, "unresolved")


def test_a_family_of_which_one_is_named_is_left_to_that_one(resolve):
    assert resolve("[Paul Weir] died. The [Weir] family wept.")[1][1] == "Paul Weir"


def test_two_given_names_before_one_family_name(resolve):
    found = resolve("[Bill] and [Hillary Weir] came. [Bill] spoke. Mr. [Weir] left, Mrs. [Weir] stayed.")
    assert found == [
        ("Bill", "Bill Weir", "shared-family-name"),
        ("Hillary Weir", "Hillary Weir", "full-name"),
        ("Bill", "Bill Weir", "given-name"),
        ("Weir", "Bill Weir", "by-gender"),
        ("Weir", "Hillary Weir", "by-gender"),
    ]
    found = resolve("Both [Ana] and [Paul Weir] came, a couple like [Ana] and [Paul Weir]. [Ana Lee] left.")
    assert found[0] == ("Ana", "Ana Weir", "shared-family-name")
    found = resolve("[Charles Koch] came. His brothers [Charles] and [David Koch] gave money.")
    assert found[1][1] == "Charles Koch"


@pytest.mark.parametrize(
    "text",
    [
        "Senator [Grant] and [Paul Weir] came.",  # somebody's family name
        "Prince [Charles] and [Ana Weir] came.",
        "[Charles] and [Ana Weir] came, and Prince [Charles] spoke.",
        "[Brown] and [Ana Weir] came.",
        "The film has Ana Soto as [Mary] and [Tom Weir] as Caesar.",
        "[Mary], and [Tom Weir] came.",
        "Stars like [Mary] and [Tom Weir] came.",
        "[Mary Soto] came. [Mary] and [Tom Weir] left.",
        "[Mary] and [Xi Jinping] came.",
    ],
)
def test_two_names_that_share_nothing(resolve, text):
    found = resolve(text)
    assert "shared-family-name" not in [rule for _, _, rule in found]


def test_sir_john_is_the_one_who_was_called_sir(resolve):
    found = resolve("[Ana Lee] met Sir [John Weir] and [John Grieve]. Sir [John] spoke.")
    assert found[3] == ("John", "John Weir", "by-title")


def test_only_who_was_named_before_is_meant(resolve):
    found = resolve("[Paul Weir] plays. [Weir] smiled. [Ana Weir], [Paul]'s sister, sings. [Paul] laughed.")
    assert found[1] == ("Weir", "Paul Weir", "named-before")


def test_a_lead_in_front_of_the_names_means_the_first(resolve):
    found = resolve("[WEIR] WINS. [Zoe Weir] beat [Albert Constantin Weir].")
    assert found[0] == ("WEIR", "Zoe Weir", "headline")


def test_the_next_pronoun_tells_which_of_two(resolve):
    body = "[Paul Weir] came. [Ana Weir] came. "
    assert resolve(body + "[Weir] said he was glad.")[2] == ("Weir", "Paul Weir", "by-pronoun")
    assert resolve(body + '"Yes," said [Weir]. She smiled.')[2] == ("Weir", "Ana Weir", "by-pronoun")
    # another person's, or said of another
    assert resolve(body + "[Weir] told her so.")[2][2] == "nearest"
    assert resolve(body + "[Weir] accused her husband, who said he was late.")[2][2] == "nearest"
    assert resolve(body + "[Weir] said: “He is late.”")[2][2] == "nearest"
    assert resolve(body + "[Weir] saw that [Carl] was glad he came.")[2][2] == "nearest"


def test_a_doubled_letter_is_a_slip(resolve):
    assert resolve("[Derrick O'Keeffe] came. Mr [O'Keefe] spoke.")[1][1] == "Derrick O'Keeffe"
    assert resolve("[Ana Phillips] came. [Philips] spoke.")[1][1] == "Ana Phillips"
    assert resolve("[Shane Horgan] came. [Horan] spoke.")[1][1] == "Horan"


@pytest.mark.parametrize("title", ["Prince", "Pope", "Queen"])
def test_a_prince_is_nobody_else_of_his_given_name(resolve, title):
    found = resolve(f"[Charles Kennedy] met {title} [Charles]. [Charles] smiled. [Kennedy] left.")
    assert [person for _, person, _ in found] == ["Charles Kennedy", "Charles", "Charles", "Charles Kennedy"]


@pytest.mark.parametrize(
    "full",
    ["Crown Prince [Salman bin Hamad]", "[Salman bin Hamad]", "Prince [Felix Weir]", "Queen [Ana Weir]"],
)
def test_a_prince_named_in_full_goes_by_the_given_name(resolve, full):
    given = full.partition("[")[2].split()[0]
    found = resolve(f"{full} came. Prince [{given}] smiled.")
    assert found[1][1] == found[0][1]


def test_mr_weir_and_weir_may_be_two(resolve):
    found = resolve(
        "[Carl Weir] was killed. [Weir] was 18. [Paul Weir], his father, wept. Mr [Weir] left. [Weir] died. Mr [Weir] spoke."
    )
    assert [person for _, person, _ in found[1:]] == [
        "Carl Weir",
        "Paul Weir",
        "Paul Weir",
        "Carl Weir",
        "Paul Weir",
    ]


def test_a_son_is_not_his_father_by_another_short_name(resolve):
    found = resolve("[Jim Abdo] came with his son [Jimmy]. [Jimmy] smiled.")
    assert [person for _, person, _ in found] == ["Jim Abdo", "Jimmy", "Jimmy"]
