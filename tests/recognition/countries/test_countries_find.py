"""What `find` promises: forms, traps, and choices that the issue names, on invented sentences."""

from __future__ import annotations

import pytest

from corpus_db import annotate
from corpus_db.models import CountrySpan, PersonSpan, Text
from corpus_db.recognition.countries import find


def spans(
    body: str, *people: str, title: str | None = None, dateline: str | None = None
) -> list[CountrySpan]:
    """The spans of one article; `people` are words of the body that are persons' names."""
    persons = []
    for name in people:
        at = body.index(name)
        persons.append(PersonSpan("body", at, at + len(name), name, "test", 1.0))
    line = (body.index(dateline), body.index(dateline) + len(dateline)) if dateline else None
    return find([Text(title, body, line)], [persons])[0]


def codes(body: str, *people: str) -> list[tuple[str, str | None]]:
    return [(span.text, span.country_code) for span in spans(body, *people)]


NAMES = [
    ("Officials from the U.S. arrived.", [("U.S.", "US")]),
    ("Officials told US reporters, not us, about it.", [("US", "US")]),
    ("The UK and the U.A.E. agreed.", [("UK", "GB"), ("U.A.E.", "AE")]),
    ("The DPRK and the PRC agreed.", [("DPRK", "KP"), ("PRC", "CN")]),
    ("The Philippines and Burma agreed.", [("Philippines", "PH"), ("Burma", "MM")]),
    ("Côte d'Ivoire is the Ivory Coast.", [("Côte d'Ivoire", "CI"), ("Ivory Coast", "CI")]),
    ("Swaziland is now Eswatini.", [("Swaziland", "SZ"), ("Eswatini", "SZ")]),
    ("Holland is the Netherlands.", [("Holland", "NL"), ("Netherlands", "NL")]),
    ("South Sudan borders Sudan.", [("South Sudan", "SS"), ("Sudan", "SD")]),
    (
        "Papua New Guinea, Equatorial Guinea, Guinea-Bissau and Guinea voted.",
        [("Papua New Guinea", "PG"), ("Equatorial Guinea", "GQ"), ("Guinea-Bissau", "GW"), ("Guinea", "GN")],
    ),
    (
        "Taiwan, Hong Kong, Palestine and Kosovo voted.",
        [("Taiwan", "TW"), ("Hong Kong", "HK"), ("Palestine", "PS"), ("Kosovo", "XK")],
    ),
    (
        "England, Scotland, Wales and Northern Ireland voted.",
        [("England", "GB"), ("Scotland", "GB"), ("Wales", "GB"), ("Northern Ireland", "GB")],
    ),
    (
        "The Soviet Union, Yugoslavia, Czechoslovakia and East Germany are gone.",
        [
            ("Soviet Union", "SUHH"),
            ("Yugoslavia", "YUCS"),
            ("Czechoslovakia", "CSHH"),
            ("East Germany", "DDDE"),
        ],
    ),
    ("The Democratic Republic of Congo voted.", [("Democratic Republic of Congo", "CD")]),
    ("The Republic of the Congo voted.", [("Republic of the Congo", "CG")]),
    ("North Korea and South Korea met.", [("North Korea", "KP"), ("South Korea", "KR")]),
    ("The Communist Party of China met.", [("China", "CN")]),
    ("China’s economy and Peru's copper grew.", [("China", "CN"), ("Peru", "PE")]),
]

HYPHENS = [
    ("The China-Ecuador relationship grew.", [("China", "CN"), ("Ecuador", "EC")]),
    (
        "A Franco-German plan met Sino-Russian talks.",
        [("Franco", "FR"), ("German", "DE"), ("Sino", "CN"), ("Russian", "RU")],
    ),
    ("A US-led force withdrew.", [("US", "US")]),
    ("The score was Ghana-2, Togo-1.", [("Ghana", "GH"), ("Togo", "TG")]),
    ("The US-2020 plan of the Dominican police failed.", [("US", "US"), ("Dominican", "DO")]),
]

DEMONYMS = [
    ("Weapons-grade Russian uranium was found.", [("Russian", "RU")]),
    (
        "Peruvians, Chinese and Spaniards voted.",
        [("Peruvians", "PE"), ("Chinese", "CN"), ("Spaniards", "ES")],
    ),
    ("An Ecuadorean and a Nigerien met.", [("Ecuadorean", "EC"), ("Nigerien", "NE")]),
    ("A Nigerian and a Dutchman met.", [("Nigerian", "NG"), ("Dutchman", "NL")]),
    ("The South African and South Korean teams met.", [("South African", "ZA"), ("South Korean", "KR")]),
    ("The CHINESE president spoke.", [("CHINESE", "CN")]),
]

NOTHING = [
    "Eighth-grade French students celebrated, and so did those of A-level German.",
    "The Indian tribe opened an Indian casino.",
    "A Dominican priest wrote it.",
    "The crash was on Malta Road, near Cuba Avenue.",
    "Latin American and South American leaders spoke of Latin America.",
    "The European Union and the Caribbean met the Middle East and Africa.",
    "He wrote in China Daily about the South China Sea.",
    "Rice was served on fine china with turkey; a guinea pig slept on a jersey.",
    "He wore a Panama hat and ate Swiss cheese, French fries and a Danish pastry.",
    "She went to a Turkish bath and sat with American Indian elders.",
    "He speaks Spanish and translated it into Russian.",
    "The speech was given in English.",
    "She ate at a Mexican restaurant.",
    "The deal is worth US$5 million.",
    "They polish the table.",
    "The US-24 project and U.S. Highway 82 were widened, and so was U.S. Route 6.",
    "The Dominican Sisters and a Dominican friar prayed.",
    "Club America won again.",
]


@pytest.mark.parametrize(("body", "expected"), NAMES + HYPHENS + DEMONYMS)
def test_names_and_demonyms_in_the_forms_news_uses(body: str, expected: list[tuple[str, str]]) -> None:
    assert codes(body) == expected


@pytest.mark.parametrize("body", NOTHING)
def test_what_only_looks_like_a_country_is_none(body: str) -> None:
    assert codes(body) == []


@pytest.mark.parametrize(
    ("body", "people"),
    [
        ("Michael Jordan and Paris Hilton met Mark Cuban.", ["Michael Jordan", "Paris Hilton", "Mark Cuban"]),
        ("Chad Smith met Georgia O'Keeffe.", ["Chad Smith", "Georgia O'Keeffe"]),
    ],
)
def test_a_persons_name_is_no_place(body: str, people: list[str]) -> None:
    assert codes(body, *people) == []


@pytest.mark.parametrize("body", ["Michael Jordan spoke first.", "Chad Smith played drums."])
def test_some_persons_are_told_without_help(body: str) -> None:
    assert codes(body) == []


def claimed(body: str, *claims: tuple[int, int, float]) -> list[str]:
    """The texts of places where a recogniser of people finds these stretches to be names, as surely as it says."""
    people = [PersonSpan("body", start, end, body[start:end], "stub", sure) for start, end, sure in claims]
    return [span.text for span in find([Text(None, body)], [people])[0]]


def test_a_town_is_not_lost_to_a_person_whom_the_recogniser_only_suspects() -> None:
    body = "Police arrested a man from Hayward on Monday. The suspect, of Hayward, Calif., was held."
    at = body.index("Hayward")
    assert claimed(body, (at, at + 7, 0.5)) == ["Hayward", "Hayward", "Calif."]


def test_who_is_called_so_in_full_is_meant_by_the_name_alone() -> None:
    body = "Sophie Lancaster died in May. Lancaster was 20."
    at = body.rindex("Lancaster")
    assert claimed(body, (0, 16, 0.99), (at, at + 9, 0.5)) == []


def test_a_countrys_name_that_is_a_persons_stays_the_persons() -> None:
    assert claimed("He came in 1992. Jordan said so.", (17, 23, 0.6)) == []


def test_local_news_is_about_the_small_namesake_and_the_worlds_about_the_famous_one() -> None:
    local = (
        "The Paris City Council met at Paris Elementary School on Monday. Sheriff Tom Bell said that Lamar County "
        "and the Fire Department will repair Clarksville Road; Residents may call the Recreation Center."
    )
    assert ("Paris", "US") in codes(local)
    world = "The president met ministers in Paris. He later visited the School of Fine Arts and the Mayor."
    assert ("Paris", "FR") in codes(world)


def test_a_us_state_or_town_is_not_the_country_of_its_name() -> None:
    assert codes("He lives in New Mexico.") == [("New Mexico", "US")]
    assert codes("They moved from Atlanta, Georgia, to Macon, Ga.")[0:2] == [
        ("Atlanta", "US"),
        ("Georgia", "US"),
    ]
    assert codes("She was born in Lebanon, Pa., in May.")[0] == ("Lebanon", "US")
    assert codes("A fire broke out in Peru, Ind., on Monday.")[0] == ("Peru", "US")


@pytest.mark.parametrize(
    ("name", "division"),
    [
        ("Cuba", "Missouri"),
        ("Brazil", "Indiana"),
        ("Holland", "Ohio"),
        ("China", "Maine"),
        ("Lebanon", "Georgia"),
    ],
)
def test_an_explicit_container_makes_a_town_of_a_countrys_name_in_the_whole_article(
    name: str, division: str
) -> None:
    body = (
        f"The show opens in {name}, {division}, in May. Visitors come to {name}. We love {name}, they said."
    )
    found = [(s.country_code, s.kind, s.place) for s in spans(body) if s.text == name]
    assert found == [("US", "place", name)] * 3


@pytest.mark.parametrize(
    ("name", "division", "code"),
    [
        ("London", "Kentucky", "US"),
        ("London", "Ontario", "CA"),
        ("Berlin", "Maryland", "US"),
        ("Paris", "Idaho", "US"),
    ],
)
def test_an_explicit_container_settles_a_famous_citys_name_too(name: str, division: str, code: str) -> None:
    body = f"The fair opens in {name}, {division} on Monday. Visitors come to {name} from all over."
    assert [s.country_code for s in spans(body) if s.text == name] == [code] * 2


def test_a_list_or_another_clause_is_no_container() -> None:
    for body in (
        "Shops in Berlin, New York and London opened.",
        "In Geneva, US officials said so.",
    ):
        found = {s.text: s.country_code for s in spans(body)}
        assert found["Berlin" if "Berlin" in body else "Geneva"] != "US", body


def test_the_country_stays_one_where_the_article_speaks_of_it_or_only_lists_names() -> None:
    body = (
        "Born in Cuba, Missouri, he moved to Havana. The Cuban capital welcomed him. "
        "A week later Cuba's government gave him a flat in Santiago de Cuba."
    )
    assert [s.country_code for s in spans(body) if s.text == "Cuba"] == ["US", "CU"]
    for listed in ("Peru, Indiana and Chile", "France, Peru, Indiana", "Peru, Indiana, or Texas"):
        found = [s.country_code for s in spans(f"Offices opened in {listed} in May.") if s.text == "Peru"]
        assert found == ["PE"], listed


@pytest.mark.parametrize(
    ("body", "text", "place", "code", "region"),
    [
        ("Ohioans voted on Tuesday.", "Ohioans", "Ohio", "US", "Ohio"),
        ("A Bavarian minister resigned.", "Bavarian", "Bavaria", "DE", "Bavaria"),
        ("Londoners stayed at home.", "Londoners", "London", "GB", "England"),
        ("A Chechen commander was killed.", "Chechen", "Chechnya", "RU", "Chechnya"),
        ("Gazan children went to school.", "Gazan", "Gaza Strip", "PS", "Gaza Strip"),
    ],
)
def test_the_people_and_adjective_of_a_part_of_a_country_speak_of_that_place(
    body: str, text: str, place: str, code: str, region: str
) -> None:
    [span] = spans(body)
    assert (span.text, span.kind, span.place, span.country_code) == (text, "place", place, code)
    assert span.located is not None
    assert (span.located.name, span.located.region) == (place, region)
    assert span.located.latitude is not None


@pytest.mark.parametrize(
    ("body", "place", "code"),
    [
        ("They drove to Paris, Texas, on Monday.", "Paris", "US"),
        ("They drove to London, Ontario, on Monday.", "London", "CA"),
        ("They flew to Paris on Monday.", "Paris", "FR"),
        ("They flew to London on Monday.", "London", "GB"),
        ("A ship left Callao, Peru, on Monday.", "Callao", "PE"),
        ("The mayor of Guaranda in Ecuador spoke.", "Guaranda", "EC"),
    ],
)
def test_the_text_chooses_among_namesakes(body: str, place: str, code: str) -> None:
    assert (place, code) in codes(body)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Islamabad", "PK"),
        ("Cancún", "MX"),
        ("Cancun", "MX"),
        ("Zaragoza", "ES"),
        ("Bombay", "IN"),
    ],
)
def test_a_city_is_no_other_countrys_city_that_has_its_name_as_an_alternate_one(
    place: str, code: str
) -> None:
    assert codes(f"The two ministers held talks on trade in {place} on Monday, officials said.") == [
        (place, code)
    ]


def test_the_letters_of_a_university_that_the_text_names_are_no_country() -> None:
    body = "He was flown to the University of Kentucky hospital, a UK spokesperson said. UK fans hope for the best."
    assert "UK" not in [s.text for s in spans(body)]
    assert "USA" not in [
        s.text for s in spans("The University of South Alabama won again: USA beat Troy 24-10.")
    ]
    both = "British and UK doctors met those of the University of Kentucky."
    assert [s.country_code for s in spans(both) if s.text == "UK"] == ["GB"]
    other = "The University of Kentucky spoke of the USA."
    assert [s.country_code for s in spans(other) if s.text == "USA"] == ["US"]


def located(body: str) -> list[tuple[str, str, str | None]]:
    return [(s.text, s.located.kind, s.located.region) for s in spans(body) if s.located]


def test_a_bare_name_is_the_city_where_news_means_the_city() -> None:
    cities = "Ministers met in Washington, Tokyo, Berlin and Buenos Aires on Monday, the agency said."
    assert [kind for _, kind, _ in located(cities)] == ["city"] * 4
    assert ("Washington", "city", "Washington, D.C.") in located(cities)
    assert located("WASHINGTON - The Senate voted.")[0] == ("WASHINGTON", "city", "Washington, D.C.")
    assert located("A storm hit Quebec on Monday.") == [("Quebec", "division", "Quebec")]


@pytest.mark.parametrize(
    "body",
    [
        "Officials of Oregon, Washington and Idaho met.",
        "The state of Washington sued.",
        "Seattle, Tacoma, Yakima and Spokane lie in Washington.",
    ],
)
def test_a_bare_name_is_the_state_where_the_words_beside_it_or_the_article_say_so(body: str) -> None:
    assert ("Washington", "division", "Washington") in located(body)


def test_a_town_lies_where_the_article_is_about() -> None:
    local = (
        "A truck driven by a Berea man hit a car in Richmond, the Lexington paper said. Kentucky police came."
    )
    assert ("Richmond", "city", "Kentucky") in located(local)
    abroad = "The Richmond office opens in May, a Virginia spokesman said. Norfolk and Roanoke follow."
    assert ("Richmond", "city", "Virginia") in located(abroad)


def test_a_town_that_may_lie_anywhere_is_not_put_on_the_map() -> None:
    found = [s for s in spans("The U.S. company has a plant in Springfield.") if s.text == "Springfield"]
    assert [(s.country_code, s.place) for s in found] == [("US", "Springfield")]
    assert found[0].located is not None
    assert found[0].located[2:] == (None, "US", None, None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Corfu", "Corfu"),
        ("Sardinia", "Sardinia"),
        ("Hokkaido", "Hokkaido"),
        ("Greater Manchester", "Greater Manchester"),
        ("Fort Bragg", "Fort Bragg"),
        ("Majorca", "Mallorca"),
        ("Kiev", "Kyiv"),
        ("Washington DC", "Washington"),
    ],
)
def test_a_place_has_its_own_name_and_its_other_names_lead_to_it(text: str, name: str) -> None:
    assert [s.place for s in spans(f"They met in {text} on Monday.")] == [name]


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("Jenin", "PS", "Janin"),
        ("Tulkarem", "PS", "Tulkarm"),
        ("Deir ez-Zor", "SY", "Deir ez-Zor"),
        ("Mazar-i-Sharif", "AF", "Mazar-e Sharif"),
        ("Kandahar", "AF", "Kandahar"),
        ("Qamishli", "SY", "Al Qamishli"),
        ("Fez", "MA", "Fes"),
    ],
)
def test_a_town_not_written_in_latin_letters_is_known_in_the_spellings_of_news(
    text: str, code: str, name: str
) -> None:
    (found,) = spans(f"Police said that three people died in a fire in the town of {text}.")
    assert (found.text, found.country_code, found.place) == (text, code, name)


def test_washington_is_not_in_new_york_where_a_list_goes_on() -> None:
    found = spans("Ceremonies in Washington, New York and around the world honoured them.")
    assert [span.place for span in found] == ["Washington", "New York City"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("The regulator (APRA) took no action, and APRA said nothing more.", []),
        ("LIMA (EPN) -- The council met.", ["LIMA"]),
        ("FIRE IN LIMA KILLS TWO\n\nThe council met.", ["LIMA"]),
    ],
)
def test_letters_that_stand_for_a_body_are_no_town(body: str, found: list[str]) -> None:
    assert [span.text for span in spans(body)] == found


def test_an_abbreviation_and_the_name_in_full_are_one_place() -> None:
    found = spans(
        "Sens. Isakson (R-Ga.) and Burr (R-N.C.) spoke of Georgia and North Carolina, and of Tuscany, Italy."
    )
    places = {s.located for s in found if s.located}
    assert sorted(place.name for place in places) == ["Georgia", "North Carolina", "Tuscany"]
    assert all(place.kind == "division" and place.latitude is not None for place in places)


def test_a_state_is_no_small_town_of_its_name_in_another_state() -> None:
    body = "Madison and Milwaukee sent teams from Wisconsin. Vermont and Maine came second. IOWA SCHOOLS TO CLOSE"
    states = [s for s in spans(body) if s.text in ("Vermont", "Maine", "IOWA")]
    assert [(s.place, s.located and s.located.kind) for s in states] == [
        ("Vermont", "division"),
        ("Maine", "division"),
        ("Iowa", "division"),
    ]


def test_a_region_does_not_lie_where_a_village_has_its_name() -> None:
    found = [
        s.located for s in spans("Storms hit New England and the Midwest of the United States.") if s.located
    ]
    assert [place.name for place in found][:1] == ["New England"]
    assert all(place[2:] == (None, "US", None, None) for place in found)


def test_a_country_is_no_town_that_has_its_name_in_another_tongue() -> None:
    body = "Tehran and Arak said Iran and Iraq must act. Iran's Isfahan and Shiraz are far from Iraq."
    assert {s.country_code for s in spans(body) if s.text == "Iraq"} == {"IQ"}


def test_a_large_city_is_neither_its_county_nor_a_smaller_place_of_its_short_name() -> None:
    found = located("They met in Los Angeles, in Honolulu and in Rio, the American agency said.")
    assert found == [
        ("Los Angeles", "city", "California"),
        ("Honolulu", "city", "Hawaii"),
        ("Rio", "city", "Rio de Janeiro"),
    ]


def test_misspelt_countries_are_the_countries() -> None:
    body = "Ministers of Morroco and the Phillippines met the Portugese president in Afganistan."
    assert [s.country_code for s in spans(body)] == ["MA", "PH", "PT", "AF"]


def test_a_country_that_is_nobodys_name_is_no_person_however_it_looks() -> None:
    body = "Many pilots flew for China, Canada, Britian and the Soviet Union."
    assert [m.text for m in annotate(body) if m.entity == "person"] == []
    assert [m.country_code for m in annotate(body)] == ["CN", "CA", "GB", "SUHH"]
    named = "Zola Tonga drove the car. Dewani and Tonga were forced out."
    assert [m.text for m in annotate(named) if m.entity == "country"] == []


def test_the_koreas_are_told_apart_by_the_article_or_not_at_all() -> None:
    assert codes("The Korean leader spoke.") == [("Korean", None)]
    settled = dict(codes("Officials met in Seoul. Busan and Incheon sent envoys. The Korean side agreed."))
    assert settled["Korean"] == "KR"


def test_the_dateline_has_its_own_kind_and_canonical_places() -> None:
    found = spans(
        "WEIFANG, China, Sept. 17, 2020 /CNW/ -- Weifang and Lima signed.",
        dateline="WEIFANG, China, Sept. 17, 2020 /CNW/ --",
    )
    assert [(s.text, s.kind, s.country_code, s.place) for s in found[:3]] == [
        ("WEIFANG", "dateline", "CN", "Weifang"),
        ("China", "dateline", "CN", "China"),
        ("Weifang", "place", "CN", "Weifang"),
    ]


def test_headlines_in_capitals_are_read() -> None:
    found = spans("The two met.", title="CHINA PLEDGES SUPPORT FOR PERUVIAN HOSPITALS")
    assert [(s.field, s.text, s.country_code) for s in found] == [
        ("title", "CHINA", "CN"),
        ("title", "PERUVIAN", "PE"),
    ]


def test_a_name_over_a_wrapped_line_is_one_name() -> None:
    assert codes("Talks were held in New\nZealand on Monday.") == [("New\nZealand", "NZ")]
