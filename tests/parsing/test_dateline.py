"""Datelines: every shape that newspapers print, and the sentences that only look like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.parsing import find_dateline

STORY = "The old bridge over the river was opened again by the mayor on Monday, after two years of work by forty men."

SHAPES = [
    # text, as printed, place, date next to 2020-06-17, agency
    (
        "BEIJING, June 16 (Xinhua) -- The bridge opened.",
        "BEIJING, June 16 (Xinhua) --",
        "BEIJING",
        "2020-06-16",
        "Xinhua",
    ),
    (
        "JINAN, China, Sept. 17, 2019 /CNW/ -- A fair.",
        "JINAN, China, Sept. 17, 2019 /CNW/ --",
        "JINAN, China",
        "2019-09-17",
        "CNW",
    ),
    ("LIMA, June 8\nThe bridge opened.", "LIMA, June 8", "LIMA", "2020-06-08", None),
    ("LIMA/QUITO (Reuters) - The two.", "LIMA/QUITO (Reuters) -", "LIMA/QUITO", None, "Reuters"),
    ("San Diego (tca/dpa) - The game.", "San Diego (tca/dpa) -", "San Diego", None, "TCA"),
    ("KANPUR: Two persons were held.", "KANPUR:", "KANPUR", None, None),
    ("Doha: The minister was held.", "Doha:", "Doha", None, None),
    (
        "New Delhi [India], June 5 (ANI): A man was held.",
        "New Delhi [India], June 5 (ANI):",
        "New Delhi, India",
        "2020-06-05",
        "ANI",
    ),
    ("Tema, June 12, GNA - A man was held.", "Tema, June 12, GNA -", "Tema", "2020-06-12", "GNA"),
    (
        "Baku. 3 May 2019. Rashad Lee - APA. A man was held.",
        "Baku. 3 May 2019. Rashad Lee - APA.",
        "Baku",
        "2019-05-03",
        "APA",
    ),
    (
        "BAKU, Azerbaijan, May 3. Trend: A man was held.",
        "BAKU, Azerbaijan, May 3. Trend:",
        "BAKU, Azerbaijan",
        "2020-05-03",
        "Trend",
    ),
    ("(ANSA) - ROME, JUNE 11 - The mayor.", "(ANSA) - ROME, JUNE 11 -", "ROME", "2020-06-11", "ANSA"),
    ("Baku, June 3, APA. A man was held.", "Baku, June 3, APA.", "Baku", "2020-06-03", "APA"),
    (
        "BAKU, Azerbaijan, June 3. A man was held.",
        "BAKU, Azerbaijan, June 3.",
        "BAKU, Azerbaijan",
        "2020-06-03",
        None,
    ),
    ("LIMA, June 3.—(AP)—A man was held.", "LIMA, June 3.—(AP)—", "LIMA", "2020-06-03", "AP"),
    ("June 3 (Reuters) - Lima Copper fell.", "June 3 (Reuters) -", None, "2020-06-03", "Reuters"),
    ("June 3, 2019 (UPI) -- A man was held.", "June 3, 2019 (UPI) --", None, "2019-06-03", "UPI"),
    (
        "TORONTO, ON / ACCESSWIRE / June 3, 2019 / Lima Copper fell.",
        "TORONTO, ON / ACCESSWIRE / June 3, 2019 /",
        "TORONTO, ON",
        "2019-06-03",
        "ACCESSWIRE",
    ),
    (f"ISTANBUL | {STORY}", "ISTANBUL |", "ISTANBUL", None, None),
    (f"ISTANBUL | Reuters\n\n{STORY}", "ISTANBUL | Reuters", "ISTANBUL", None, "Reuters"),
    (f"IZMIR, Turkey\n\n{STORY}", "IZMIR, Turkey", "IZMIR, Turkey", None, None),
    ("(ANSA) - Rome, June 11 - The mayor.", "(ANSA) - Rome, June 11 -", "Rome", "2020-06-11", "ANSA"),
    ("(London, 14 May 2019) - The bank fell.", "(London, 14 May 2019) -", "London", "2019-05-14", None),
    (
        "RAMALLAH, Friday, March 06, 2020 (WAFA) – The bank fell.",
        "RAMALLAH, Friday, March 06, 2020 (WAFA) –",
        "RAMALLAH",
        "2020-03-06",
        "WAFA",
    ),
    ("(Beirut) – The court sat.", "(Beirut) –", "Beirut", None, None),
    ("TOKYO, June 14, Kyodo - The bank fell.", "TOKYO, June 14, Kyodo -", "TOKYO", "2020-06-14", "Kyodo"),
    ("CANBERRA, AAP - The bank fell.", "CANBERRA, AAP -", "CANBERRA", None, "AAP"),
    ("MOSCOW, June 14. /TASS/. The bank fell.", "MOSCOW, June 14. /TASS/.", "MOSCOW", "2020-06-14", "TASS"),
    (
        "LUGO (España), 14 may 2019 (EFE).- El banco.",
        "LUGO (España), 14 may 2019 (EFE).-",
        "LUGO (España)",
        "2019-05-14",
        "EFE",
    ),
    (
        "SAN FRANCISCO--(BUSINESS WIRE)--Acme opened.",
        "SAN FRANCISCO--(BUSINESS WIRE)--",
        "SAN FRANCISCO",
        None,
        "Business Wire",
    ),
    (
        "TORONTO, ONTARIO--(Marketwired - May 14, 2019) - Acme opened.",
        "TORONTO, ONTARIO--(Marketwired - May 14, 2019) -",
        "TORONTO, ONTARIO",
        "2019-05-14",
        "Marketwired",
    ),
    (
        "NEW DELHI\n\nThe two ministers met on Monday evening to speak of the new bridge between the banks of the river.",
        "NEW DELHI",
        "NEW DELHI",
        None,
        None,
    ),
    ("(CNN)The vote is over.", "(CNN)", None, None, "CNN"),
    ("Park City, Utah (CNN)Snow fell.", "Park City, Utah (CNN)", "Park City, Utah", None, "CNN"),
    ("BOSTON MASenator Lee said no.", "BOSTON MA", "BOSTON MA", None, None),
    ("WASHINGTON, D.C.  U.S. Senator Lee said.", "WASHINGTON, D.C.", "WASHINGTON, D.C.", None, None),
    ("WASHINGTON  D C      U S  Senator Lee said", "WASHINGTON  D C", "WASHINGTON D C", None, None),
    ("Washington, DC - Today, the House sat.", "Washington, DC -", "Washington, DC", None, None),
    ("CHATHAM, Mass. (AP) _ A whale swam.", "CHATHAM, Mass. (AP) _", "CHATHAM, Mass.", None, "AP"),
    ("Tegucigalpa, Jun 2 (EFE).- A test.", "Tegucigalpa, Jun 2 (EFE).-", "Tegucigalpa", "2020-06-02", "EFE"),
    (
        "STOCKHOLM, Aug 29, 2014 (AFP) - A firm.",
        "STOCKHOLM, Aug 29, 2014 (AFP) -",
        "STOCKHOLM",
        "2014-08-29",
        "AFP",
    ),
    ("CLEVELAND — Ann Lee is here.", "CLEVELAND —", "CLEVELAND", None, None),
    ("ALBANY, N.Y. – A man was held.", "ALBANY, N.Y. –", "ALBANY, N.Y.", None, None),
    ("PITTSBURGH, May 19--A former clerk", "PITTSBURGH, May 19--", "PITTSBURGH", "2020-05-19", None),
    ("PUTRAJAYA, 12 June — The minister", "PUTRAJAYA, 12 June —", "PUTRAJAYA", "2020-06-12", None),
    ("PARIS (AFP), 14 May 2019 - A bank.", "PARIS (AFP), 14 May 2019 -", "PARIS", "2019-05-14", "AFP"),
    ("PARIS (AFP) 14 May 2019 (Staff) - A bank.", "PARIS (AFP) 14 May 2019", "PARIS", "2019-05-14", "AFP"),
    ("Berlin (dpa) - Talks began.", "Berlin (dpa) -", "Berlin", None, "dpa"),
    (
        "UNITED NATIONS, June 8 (Xinhua) -- A vote",
        "UNITED NATIONS, June 8 (Xinhua) --",
        "UNITED NATIONS",
        "2020-06-08",
        "Xinhua",
    ),
    ("ST. PAUL, Minn. (AP) — Snow fell.", "ST. PAUL, Minn. (AP) —", "ST. PAUL, Minn.", None, "AP"),
    (
        "SÃO PAULO, June 3 (Reuters) - A deal",
        "SÃO PAULO, June 3 (Reuters) -",
        "SÃO PAULO",
        "2020-06-03",
        "Reuters",
    ),
    (
        "MEXICO CITY, June 3 (EFE) — “We won”, he said.",
        "MEXICO CITY, June 3 (EFE) —",
        "MEXICO CITY",
        "2020-06-03",
        "EFE",
    ),
]


@pytest.mark.parametrize(("body", "text", "place", "date", "agency"), SHAPES)
def test_shapes(body: str, text: str, place: str | None, date: str | None, agency: str | None) -> None:
    found = find_dateline(body, "2020-06-17")
    assert found is not None
    assert (found.text, found.place, found.date, found.agency) == (text, place, date, agency)
    assert body[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "body",
    [
        "CHINESE President Xi Jinping said he believes that it will end.",
        "THE ACQUITTAL Saturday of the former clerk angered many.",
        "POLICE: FATAL DISPUTE was about a dog.",
        "Charlotte: I was late for the dinner of my life.",
        "Murphy: That was a game.",
        "VIDEO: Lima man saves a cat.",
        "EXCLUSIVE — The mayor resigns.",
        "Sen. Ann Lee (R-Ind.) - A word on the budget.",
        "Mr. Smith - The man who built it.",
        "STEEL PRICES HIGHER -- USDA REPORT",
        "Chinese President Xi Jinping said on Monday that he was ready.",
        "May 19 was a good day.",
        "In London, June 5 will be remembered.",
        "NASA: The rocket flew.",
        "London buses are red.",
        "“We won,” he said.",
        "a lower case start (AP) - no",
        "(He said so) - and left.",
        "",
        "   \n\n",
        "(Paris) is where it began.",
        "(Budget, 14 May 2019) - The bank fell.",
        "(Applause) - The speech went on.",
        "LONDON\n\nA bridge opens\n\nThe two ministers met on Monday evening to speak of the new bridge.",
        "BUDGET\n\nThe two ministers met on Monday evening to speak of the new bridge between the banks of the river.",
    ],
)
def test_what_only_looks_like_one(body: str) -> None:
    assert find_dateline(body, "2020-06-17") is None


def test_it_may_stand_behind_captions() -> None:
    body = (
        "A tram passes in Lima, Peru, on June 6, 2020. (Photo by Ann Lee/Xinhua)\n"
        "Caption: the same tram\n"
        "LIMA, June 7 (Xinhua) -- Trams run again.\n"
    )
    found = find_dateline(body, "2020-06-08")
    assert found is not None
    assert (found.start, found.date) == (body.index("LIMA,"), "2020-06-07")


def test_it_does_not_stand_behind_sentences() -> None:
    assert find_dateline("The trams run again.\nLIMA, June 7 (Xinhua) -- Trams run again.\n") is None
    assert find_dateline("A tram in Lima (Photo by Ann Lee)\nLIMA — Trams run again.\n") is None


def test_without_a_year_and_without_a_publication_date_the_day_is_unknown() -> None:
    found = find_dateline("LIMA, June 7 (Xinhua) -- Trams run again.")
    assert found is not None
    assert found.date is None
    assert found.place == "LIMA"


def test_impossible_days_are_no_dateline() -> None:
    assert find_dateline("LIMA, June 31 (Xinhua) -- Trams run.") is None


@settings(max_examples=200, deadline=None)
@given(
    before=st.sampled_from(["", "\n \n", "A photo (Ann Lee/AP)\n\n"]),
    parts=st.lists(
        st.sampled_from(
            [
                "LIMA",
                "Lima",
                ", ",
                "Peru",
                "June 5",
                " (AP)",
                " --",
                " - ",
                "—",
                "\n",
                " The man said",
                "(",
                "/",
                ":",
                "é",
            ]
        ),
        max_size=8,
    ),
)
def test_offsets_hold_and_nothing_is_raised(before: str, parts: list[str]) -> None:
    body = before + "".join(parts)
    found = find_dateline(body, "2020-06-17")
    if found is not None:
        assert body[found.start : found.end] == found.text
        assert found.text == found.text.strip() != ""
