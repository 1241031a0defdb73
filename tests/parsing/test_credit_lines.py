"""Lines that say who, where and when: as people paste them from pages and write them above clippings."""

from __future__ import annotations

import pytest

from corpus_db.models import Article, SourceDocument
from corpus_db.parsing import parse
from corpus_db.parsing.credit_lines import facts_of

TITLE = "Old bridge opens again after two years"
BODY = (
    "The old bridge over the river was opened again on Monday, after two years of work, by the mayor of the town and her guests.\n\n"
    "It is red, it is long, and it has cost more than it should have."
)


def article(header: str, body: str = BODY) -> Article:
    data = f"{header}\n\n{body}\n".encode()
    found = parse(SourceDocument("a.txt", None, 0, len(data), "", "text", text=data)).article
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("header", "published", "publisher", "byline"),
    [
        (f"{TITLE}\nDan Moss and Ann Lee\nLima Herald\nMarch 9, 2021", "2021-03-09", "Lima Herald", "Dan Moss and Ann Lee"),
        (f"{TITLE}\n\nDan Moss\n@danmoss\nTuesday 9 March 2021\n3 comments", "2021-03-09", None, "Dan Moss"),
        (f"{TITLE}\n\nDan Moss\n\nPublished: 9:15am, 9 Mar, 2021", "2021-03-09T09:15", None, "Dan Moss"),
        (f"{TITLE}\n\nPublished March 9, 2021\nDan Moss, Lima", "2021-03-09", None, "Dan Moss, Lima"),
        (f"{TITLE}\n\nDan Moss, Transport Correspondent\n9 March 2021", "2021-03-09", None, "Dan Moss, Transport Correspondent"),
        (f"{TITLE}\n\nDan Moss in Lima MAR 9 2021", "2021-03-09", None, "Dan Moss in Lima"),
        (f"{TITLE}\nDan Moss Published March 9, 2021 Updated March 10, 2021 09:15am", "2021-03-09", None, "Dan Moss"),
        (f"9 March 2021\n\nThe Herald (Harare)\n\n{TITLE}\n\nBy Dan Moss", "2021-03-09", "The Herald (Harare)", "Dan Moss"),
        (f"Attention: Business Editors\n\nFOR: LIMA MINING CORP.\n\nTSX SYMBOL: LMA\n\n9 March 2021\n\n{TITLE}", "2021-03-09", None, None),
        (f"The Guardian, Tuesday 9 March 2021, p. 23\n{TITLE}", "2021-03-09", "The Guardian", None),
        (f"{TITLE}\n\nMarch 2021", "2021-03", None, None),
        (f"{TITLE}\n\nBy Dan Moss\n\nOn Mar 9, 2021", "2021-03-09", None, "Dan Moss"),
        (f"{TITLE}\n\nBy Dan Moss, CNN\n\nPublished 9:30 AM EST, Tue March 9, 2021", "2021-03-09T09:30-05:00", None, "Dan Moss"),
        (f"{TITLE}\n\nMarch 09, 2021 08:30 AM Eastern Standard Time", "2021-03-09T08:30", None, None),
        (f"{TITLE}\n6 days ago\nDan Moss\nEducation reporter\n\nShare\nSave", None, None, "Dan Moss"),
        (f"{TITLE}\n\nInterview by Dan Moss\n\n9 March 2021", "2021-03-09", None, "Dan Moss"),
        (f"{TITLE}\n\nhttps://paper.example/a\n\nAdvertisement\n\nBy Dan Moss\n\nMarch 9, 2021", "2021-03-09", None, "Dan Moss"),
        (f"The Courier\n\n9 March 2021\n\n{TITLE}\n\nBy Dan Moss", "2021-03-09", "The Courier", "Dan Moss"),
        (f"{TITLE}\n\nThe Courier, 9 March 2021", "2021-03-09", "The Courier", None),
        (f"{TITLE}\n\nText size\n\nSave\n\nDan Moss, Lima\nTue, March 9, 2021", "2021-03-09", None, "Dan Moss, Lima"),
        (f"sri-bridge-opening\n\n{TITLE}\n\nBy Dan Moss\n9 March 2021", "2021-03-09", None, "Dan Moss"),
        (f"{TITLE}\nLima Herald, The (Lima, Peru) - Tuesday, March 9, 2021\nAuthor: Dan Moss", "2021-03-09", "Lima Herald", "Dan Moss"),
        (f"{TITLE}\nBy Dan Moss\n4:12 PM EST, March 9, 2021", "2021-03-09T16:12-05:00", None, "Dan Moss"),
        (f"{TITLE}\n{'=' * 20}\nDan Moss\n2021-03-09", "2021-03-09", None, "Dan Moss"),
        (f"{TITLE}\n-----\n\nBy Dan Moss\n9 March 2021", "2021-03-09", None, "Dan Moss"),
        (f"{TITLE} | The Paper\nhttps://paper.example/a\n\n{TITLE}\nBy Dan Moss\n9 March 2021", "2021-03-09", None, "Dan Moss"),
        (f"{TITLE}\nThe Lima Herald\n9 March 2021", "2021-03-09", "The Lima Herald", None),
        (f"{TITLE}\n\nPublished\n9 March 2021\n\nBy Dan Moss\nBBC News, Lima", "2021-03-09", "BBC News", "Dan Moss"),
        (f"{TITLE}\n\nDan Moss\nLima - 9 mar 2021 - 13:10 CET", "2021-03-09T13:10+01:00", None, "Dan Moss"),
        (f"The Guardian, Tuesday 9 March 2021, p. 23\n{TITLE}\nDan Moss in Lima", "2021-03-09", "The Guardian", "Dan Moss in Lima"),
        (
            f"{TITLE}\nBy Dan Moss\nThe Guardian\nTue 9 Mar 2021 16.12 GMT\nLast modified on Wed 10 Mar 2021 08.00 GMT",
            "2021-03-09T16:12+00:00",
            "The Guardian",
            "Dan Moss",
        ),
        (f"{TITLE}\nBBC News\nPublished\n9 March 2021\nShare\n\nImage source, Someone", "2021-03-09", "BBC News", None),
        (f"https://paper.example/a\n{TITLE}\n2021-03-09", "2021-03-09", None, None),
        (
            f"{TITLE}\nThe mayor promises a second one\nBy DAN MOSS and ANN LEE\nAssociated Press\nMARCH 9, 2021 — 4:12PM",
            "2021-03-09T16:12",
            "Associated Press",
            "DAN MOSS and ANN LEE",
        ),
        (f"WORLD NEWS\nMARCH 9, 2021 / 4:12 PM / UPDATED 2 YEARS AGO\n{TITLE}\nBy Dan Moss\n2 MIN READ", "2021-03-09T16:12", None, "Dan Moss"),
        (f"{TITLE}\n\nDan Moss\n\n9 March 2021", "2021-03-09", None, "Dan Moss"),
        (f"{TITLE.upper()}\n\nDan Moss\nThe Guardian (London), 9 March 2021", "2021-03-09", "The Guardian", "Dan Moss"),
        (f"Guardian 9.3.21\n\n{TITLE}", "2021-03-09", "Guardian", None),
        (f"{TITLE}\nDan Moss\nTue, March 9, 2021, 4:12 PM·3 min read", "2021-03-09T16:12", None, "Dan Moss"),
        (f"{TITLE}\nMarch 9, 2021 | Miami Herald, The (FL)", "2021-03-09", "Miami Herald", None),
        (f"# {TITLE}\n\n*By Dan Moss — March 9, 2021*", "2021-03-09", None, "Dan Moss"),
        (f"{TITLE}\nSource: Xinhua| 2021-03-09 16:12:05|Editor: huaxia", "2021-03-09T16:12:05", "Xinhua", None),
        (f"THE MORNING POST, TUESDAY, MARCH 9, 1921                    7\n\n{TITLE}", "1921-03-09", "THE MORNING POST", None),
        (f"{TITLE}\n\nBBC Monitoring Americas\nMarch 9, 2021 Tuesday", "2021-03-09", None, None),
        ("By\nDan Moss\n\nPUBLISHED:\n\n05:31 EST, 9 March 2021\n\n|\n\nUPDATED:\n\n09:11 EST, 9 March 2021", "2021-03-09T05:31-05:00", None, "Dan Moss"),
    ],
)  # fmt: skip
def test_headers_of_clippings(header: str, published: str, publisher: str | None, byline: str | None) -> None:
    found = article(header)
    assert (found.published, found.publisher, found.byline) == (published, publisher, byline)
    assert found.body == BODY
    if TITLE.lower() in header.lower():
        assert found.title.lower() == TITLE.lower()


@pytest.mark.parametrize(
    ("header", "title", "published", "byline", "publisher"),
    [
        ("Brücke in Lima eröffnet\n\nVon Jan Ott\n09.03.2021", "Brücke in Lima eröffnet", "2021-03-09", "Jan Ott", None),
        ("Süddeutsche Zeitung, Dienstag, 9. März 2021, S. 7\n\nBrücke in Lima eröffnet\n\nVon Jan Ott, Lima", "Brücke in Lima eröffnet", "2021-03-09", "Jan Ott", "Süddeutsche Zeitung"),
        ("Haven keurt brug goed\n\nDoor Jan de Vries\n9 maart 2021 om 16:12", "Haven keurt brug goed", "2021-03-09T16:12", "Jan de Vries", None),
        ("港湾局が橋を承認\n2021年3月9日 16時12分", "港湾局が橋を承認", "2021-03-09T16:12", None, None),
        ("Un pont ouvre à Lima\n\nPar Anne Roy (Lima)\n\nPublié le 09 mars 2021 à 16h12 - Mis à jour le 10 mars 2021 à 08h00", "Un pont ouvre à Lima", "2021-03-09T16:12", "Anne Roy", None),
        ("Le Monde\n9 mars 2021, page 4\n\nUn pont attendu ouvre à Lima", "Un pont attendu ouvre à Lima", "2021-03-09", None, "Le Monde"),
        ("Lima inaugura un puente\n\nPor Ana Ruiz\nLima - 09 MAR 2021 - 16:12 CET", "Lima inaugura un puente", "2021-03-09T16:12+01:00", "Ana Ruiz", None),
        ("Lima inaugura il ponte\n\ndi Anna Re\n\n9 marzo 2021 alle 16:12", "Lima inaugura il ponte", "2021-03-09T16:12", "Anna Re", None),
    ],
)  # fmt: skip
def test_other_languages(
    header: str, title: str, published: str, byline: str | None, publisher: str | None
) -> None:
    found = article(header)
    assert (found.title, found.published, found.byline, found.publisher) == (
        title,
        published,
        byline,
        publisher,
    )
    assert found.body == BODY


@pytest.mark.parametrize(
    "line",
    [
        "Statement on the Bridge Act of March 9, 2021",
        "The law took effect on March 9, 2021 in Lima",
        "Bridge Closed: What Happened on March 9, 2021?",
        "Ann Lee, who was born on March 9, 1921, is dead.",
        "9 March 2021",
    ],
)
def test_other_lines_with_a_date_are_no_credits(line: str) -> None:
    assert facts_of(line, (), below_headline=True) is None


def test_a_place_and_a_date_are_a_dateline() -> None:
    found = article(f"{TITLE}\n\nSAN JOSE, Costa Rica 2021-03-09")
    assert found.dateline_place == "SAN JOSE, Costa Rica"
    assert found.title == TITLE


def test_a_time_does_not_take_letters_of_the_dateline() -> None:
    found = article(f"{TITLE}\nMarch 9, 2021 at 4:12 p.m.", f"LIMA, Peru — {BODY}")
    assert (found.published, found.dateline_place) == ("2021-03-09T16:12", "LIMA, Peru")


def test_a_date_in_numbers_is_settled_by_another_of_the_header() -> None:
    assert article(f"3/9/21 Guardian (U.K.) 23\n\nMarch 9, 2021\n\n{TITLE}").published == "2021-03-09"


ARCHIVES = [
    "(c) Copyright 2021, The Paper. All Rights Reserved.\nRecord: MERLIN_123\nCopyright: Copyright (c) 2021 The Paper",
    "Copyright: COPYRIGHT 2021 The Paper\nSource Citation (MLA 9th Edition)\nMoss, Dan. \"Old bridge.\" The Paper, 9 Mar. 2021.",
    "---- INDEX REFERENCES ---\n\nREGION: (Peru)\nWord Count: 412",
    "Copyright of The Paper is the property of The Publisher and its content may not be copied.",
    "Newspapers in English\nNewspapers from Peru",
    "@highlight\n\nOld bridge opens\n\n@highlight\n\nIt is red",
    "Share this:\n\nTwitter\nFacebook\n\nLike this:\n\nRelated",
]  # fmt: skip


@pytest.mark.parametrize("tail", ARCHIVES)
def test_what_archives_write_below_a_text_is_left_out(tail: str) -> None:
    assert article(f"{TITLE}\n9 March 2021", f"{BODY}\n\n{tail}").body == BODY


def test_the_kind_of_a_document_above_its_date_is_no_publisher() -> None:
    found = article(f"{TITLE}\n\nPress Release\n\n9 March 2021")
    assert (found.title, found.publisher, found.published) == (TITLE, None, "2021-03-09")


@pytest.mark.parametrize(
    "title",
    [
        "Council votes for the old bridge after a night\nof talks between five parties",
        "Council Votes for the Old Bridge After a Night\nOf Talks Between Five Parties",
        "Council Votes for the Old Bridge, Leaves the\nOther One to the Neighbours",
    ],
)
def test_a_headline_over_two_lines(title: str) -> None:
    for header in (title, f"{title}\n\nBy Dan Moss\n9 March 2021"):
        found = article(header)
        assert found.title == title.replace("\n", " ")
        assert found.body == BODY


def test_a_deck_below_a_headline_is_no_part_of_it() -> None:
    found = article(
        "Council Votes for the Old Bridge at Night\nThe mayor promises a second one\n\nBy Dan Moss\n9 March 2021"
    )
    assert found.title == "Council Votes for the Old Bridge at Night"


def test_months_of_a_chronology_are_text() -> None:
    months = f"March 2019\n\n{BODY}\n\nApril 2019\n\nIt was closed."
    found = article("The years of the bridge", months)
    assert (found.published, found.body) == (None, months)


def test_a_drop_cap_stays() -> None:
    found = article(
        "A bridge opens again",
        "A\nbridge over the river was opened again on Monday, after two years of work.",
    )
    assert found.body.startswith("A\nbridge")
