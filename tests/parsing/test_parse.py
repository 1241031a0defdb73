"""A document becomes an article: header, body, furniture, title, and what becomes of nothing."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_db.models import Article, ParsedDocument, SourceDocument
from corpus_db.parsing import parse
from corpus_db.parsing.encoding import decode

ROOT = Path(__file__).parents[2]
BODY = "The old bridge over the river was opened again on Monday, after two years of work.\n\nIt is red."


def parsed(text: str | bytes, path: str = "a.txt") -> ParsedDocument:
    data = text if isinstance(text, bytes) else text.encode()
    return parse(SourceDocument(path, None, 0, len(data), sha256(data).hexdigest(), "text", text=data))


def article(text: str | bytes, path: str = "a.txt") -> Article:
    found = parsed(text, path)
    assert found.article is not None, found.reason
    return found.article


def record(**fields: str) -> ParsedDocument:
    return parse(SourceDocument("a.jsonl", "line 1", 0, 9, "", "jsonl", fields=fields))


# -- the articles that the project starts from ----------------------------------------------------


def expected_seeds() -> list[dict[str, object]]:
    path = ROOT / "tests" / "expected" / "seeds.json"
    if not path.exists():
        pytest.skip("tests/expected/seeds.json is not here")
    loaded: list[dict[str, object]] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def test_the_seeds() -> None:
    for gold in expected_seeds():
        name = str(gold["file"])
        found = article((ROOT / "seeds" / name).read_bytes(), f"seeds/{name}")
        for field in ("published", "published_origin", "url", "external_id", "byline", "agency"):
            assert getattr(found, field) == gold[field], (name, field)
        if gold["title"] is None:
            assert found.title_origin == "lead"
        else:
            assert (found.title, found.title_origin) == (gold["title"], "header")
        dateline = gold["dateline"]
        assert found.dateline_date == (dateline["date"] if isinstance(dateline, dict) else None), name
        assert found.body.startswith(str(gold["body_starts"]))
        assert gold["body_ends"] is None or found.body.endswith(str(gold["body_ends"]))


# -- headers --------------------------------------------------------------------------------------

HEADERS = {
    "labels": f"URL : http://news.example/a\nID : N1\n\nDate : 2020-05-01 10:15:28\nTitle : A bridge opens\nArticle : \n{BODY}\n",
    "misspelt": f"Tilte : A bridge opens\nDate : 2020-05-01 10:15:28\nURL : http://news.example/a\nID: N1\nAriticle : \n{BODY}\n",
    "other order": f"Headline: A bridge opens\nPublished: 2020-05-01 10:15:28\nDoc ID: N1\nLink: http://news.example/a\nText: {BODY}\n",
    "in brackets": f"[TITLE] A bridge opens\n[DATE] 2020-05-01 10:15:28\n[ID] N1\n[URL] http://news.example/a\n[BODY]\n{BODY}\n",
    "markdown": f"**Title:** A bridge opens\n**Date:** 2020-05-01 10:15:28\n**ID:** N1\n**URL:** http://news.example/a\n\n{BODY}\n",
    "front matter": f"---\ntitle: A bridge opens\ndate: 2020-05-01 10:15:28\nid: N1\nurl: http://news.example/a\ntags: bridges\n---\n\n{BODY}\n",
    "German": f"Titel: A bridge opens\nDatum: 2020-05-01 10:15:28\nID: N1\nURL: http://news.example/a\nText:\n{BODY}\n",
    "value below": f"Title:\nA bridge opens\nDate:\n2020-05-01 10:15:28\nID:\nN1\nURL:\nhttp://news.example/a\nBody:\n{BODY}\n",
    "unknown labels between": f"Title: A bridge opens\nKeywords: bridges\nWord count: 12\nDate: 2020-05-01 10:15:28\nID: N1\nURL: http://news.example/a\n\n{BODY}\n",
}


@pytest.mark.parametrize("kind", HEADERS)
def test_labelled_headers(kind: str) -> None:
    found = article(HEADERS[kind])
    assert (found.title, found.title_origin) == ("A bridge opens", "header")
    assert (found.published, found.published_origin) == ("2020-05-01T10:15:28", "header")
    assert (found.url, found.external_id) == ("http://news.example/a", "N1")
    assert found.body == BODY


@pytest.mark.parametrize(
    "prefix",
    [
        " date 2020-05-01 ",
        "Date: 2020-05-01\n",
        "2020-05-01\n\n",
        "May 1, 2020\n",
        "Published on Friday, May 1, 2020\n\n",
    ],
)
def test_a_date_before_the_text(prefix: str) -> None:
    found = article(prefix + BODY)
    assert (found.published, found.published_origin, found.title_origin) == ("2020-05-01", "header", "lead")
    assert found.body == BODY


def test_a_sentence_that_begins_with_a_date_is_text() -> None:
    text = "May 1, 2020 was the day on which the old bridge was opened again."
    assert article(text).body == text


@pytest.mark.parametrize(
    "line",
    [
        "A bridge opens",
        "Bridge 'open in May'",
        "MAYOR: BRIDGE IS SAFE",
        "Is the bridge safe?",
        "$2m bridge: who pays?",
        "POLICE: FATAL DISPUTE WAS ABOUT A DOG",
    ],
)
def test_a_title_on_the_first_line(line: str) -> None:
    found = article(f"{line}\n\n{BODY}")
    assert (found.title, found.title_origin, found.body) == (line, "body", BODY)


def test_a_labelled_title_of_any_length_is_whole() -> None:
    title = " ".join(f"word{number}" for number in range(400))
    found = article(
        f"Title: {title}\nDate: 2020-01-02\n\nThe council met on Monday. It voted in the evening.\n"
    )
    assert (found.title, found.published) == (title, "2020-01-02")
    assert found.body.startswith("The council met")


def test_no_title_at_all() -> None:
    found = article(BODY)
    assert found.title_origin == "lead"
    assert found.title == "The old bridge over the river was opened again on Monday, after two years of work."
    assert found.body == BODY


def test_a_hard_wrapped_text_keeps_its_first_line() -> None:
    text = "The old bridge over the river was opened again on\nMonday, after two years of work that cost the town\nmore than it has."
    assert article(text).body == text


def test_a_lead_title_is_clipped_at_a_word_and_leaves_the_dateline_out() -> None:
    found = article("LIMA, May 1 (Reuters) - " + "bridges " * 60 + "open.")
    assert found.title.startswith("bridges bridges")
    assert found.title.endswith("bridges…")
    assert len(found.title) <= 141


def test_bylines() -> None:
    assert article(f"A bridge opens\nBy Ann Lee\n\n{BODY}").byline == "Ann Lee"
    assert article(f"A bridge opens\n\nBY ANN LEE AND BO EK\n\n{BODY}").byline == "ANN LEE AND BO EK"
    found = article(f"A bridge opens\nPosted on July 29, 2016 by Ann Lee in News, US // 0 Comments\n\n{BODY}")
    assert (found.byline, found.published) == ("Ann Lee", "2016-07-29")
    contact = article(f"A bridge opens\nCONTACT Ben Oak\n\n{BODY}")
    assert (contact.byline, contact.title, contact.body) == (None, "A bridge opens", BODY)
    assert article("By the time the old bridge opened, all was well.").byline is None


def test_breadcrumbs_and_navigation_are_no_title() -> None:
    found = article(f" date 2020-05-01 Home » Nation\n\n{BODY}")
    assert (found.title_origin, found.section, found.body) == ("lead", "Nation", BODY)
    found = article(f"Press Room\n\nFOR IMMEDIATE RELEASE\n\nA bridge opens\n\n{BODY}")
    assert (found.title, found.body) == ("A bridge opens", BODY)
    found = article(f"Home » News » A bridge opens\nA bridge opens\n\n{BODY}")
    assert (found.title, found.body) == ("A bridge opens", BODY)


def test_a_page_whose_blocks_stand_between_wide_gaps() -> None:
    gap = " " * 60
    text = f"   Latest News{gap}TOPICS{gap}FOR IMMEDIATE RELEASE  March 1  2005 Lee Opens A Bridge{gap}{BODY}{gap}20510{gap}Contact   Sitemap  "
    found = article(text)
    assert (found.title, found.published, found.body) == ("Lee Opens A Bridge", "2005-03-01", BODY)


def test_a_heading_and_a_date_that_run_into_the_text() -> None:
    rest = "Mr Speaker the bridge under consideration today " + "is long and red and old " * 20
    found = article(f"LEE STATEMENT ON BRIDGES March 1  2005 {rest}")
    assert (found.title, found.published) == ("LEE STATEMENT ON BRIDGES", "2005-03-01")
    assert found.body == rest.strip()


@pytest.mark.parametrize(
    ("header", "published", "byline", "source"),
    [
        (
            "A bridge opens\n2020-05-01 10:15:28\nSource: The Paper\n\n",
            "2020-05-01T10:15:28",
            None,
            "The Paper",
        ),
        (
            "A bridge opens\nSource: The Paper | 2020-05-01 10:15 | Editor: Bo\n\n",
            "2020-05-01T10:15",
            None,
            "The Paper",
        ),
        ("A bridge opens\nThe Paper | Updated: 2020-05-01 10:15\n\n", "2020-05-01T10:15", None, "The Paper"),
        (
            "A bridge opens\nPosted by Ann Lee on May 1, 2020 at 10:15 PM in News\n\n",
            "2020-05-01T22:15",
            "Ann Lee",
            None,
        ),
        (
            "News / Local / Transport\n\nA bridge opens\n\nMay 1, 2020, 10.15 PM\n\n",
            "2020-05-01T22:15",
            None,
            None,
        ),
        (
            "The Guardian\nMay 1, 2020 Friday\n\nA bridge opens\n\nBYLINE: Ann Lee\n\n",
            "2020-05-01",
            "Ann Lee",
            "The Guardian",
        ),
        ("LIMA GAZETTE\n1.5.2020\nA bridge opens\n", "2020-05-01", None, "LIMA GAZETTE"),
        ("A bridge opens\n\nANN LEE\nSTAFF WRITER\n\nMay 1, 2020\n\n", "2020-05-01", "ANN LEE", None),
        ("Title: A bridge opens\nYear: 2020\nSource: The Paper\n\n", "2020", None, "The Paper"),
        ("Press Release\nNo. 45/2020\nDate: 01.05.2020\n\nA bridge opens\n\n", "2020-05-01", None, None),
        ("12.\n\nA bridge opens\n\nThe Guardian\n1 May 2020\n\n", "2020-05-01", None, "The Guardian"),
        ("*** A bridge opens ***\n\nThe Guardian, 1 May 2020\n\n", "2020-05-01", None, "The Guardian"),
        ("Lima, 1 May 2020\n\nA bridge opens\n\n", "2020-05-01", None, None),
        ("A bridge opens =\n\nMay 1, 2020\n\n", "2020-05-01", None, None),
        (
            "<TITLE>A bridge opens</TITLE>\n<DATE>2020-05-01</DATE>\n<SOURCE>The Paper</SOURCE>\n<TEXT>\n",
            "2020-05-01",
            None,
            "The Paper",
        ),
        (
            "title: A bridge opens\npublish_date: 2020-05-01 00:00:00\nauthor: Ann Lee @annlee\ntext:\n",
            "2020-05-01",
            "Ann Lee",
            None,
        ),
        ("2020-05-01: A bridge opens\n\n", "2020-05-01", None, None),
        ("[May 1, 2020] A bridge opens\n\n", "2020-05-01", None, None),
        (
            "(China Daily)    10:15, May 1, 2020\n\nA bridge opens\n\n",
            "2020-05-01T10:15",
            None,
            "China Daily",
        ),
        ("Title: A bridge opens\nDate: May 1, 2020\nByline: By Ann Lee\n\n", "2020-05-01", "Ann Lee", None),
        ("A bridge opens\nBy Ann Lee, Staff Writer | May 1, 2020\n\n", "2020-05-01", "Ann Lee", None),
        ("A bridge opens\n\nBy Ann Lee\nMay 1, 2020 10:15 pm ET\n\n", "2020-05-01T22:15", "Ann Lee", None),
        ("# A bridge opens\n\n*May 1, 2020*\n\n", "2020-05-01", None, None),
        (
            "Subject: A bridge opens\nDate: Fri, 1 May 2020 10:15:28 +0000\nFrom: a@b.example\n\n",
            "2020-05-01T10:15:28+00:00",
            None,
            None,
        ),
        (
            "News\nHome > World > A bridge opens\nA bridge opens\nMay 1, 2020\nShare\n",
            "2020-05-01",
            None,
            None,
        ),
    ],
)
def test_headers_of_web_pages(header: str, published: str, byline: str | None, source: str | None) -> None:
    found = article(header + BODY)
    assert (found.title, found.body) == ("A bridge opens", BODY)
    assert (found.published, found.byline, found.publisher) == (published, byline, source)


@pytest.mark.parametrize(
    ("stated", "published"), [("2020-05-05", "2020-05-05"), ("Updated: 2020-05-05", "2020-05-03")]
)
def test_a_date_between_bars_gives_way_to_the_dateline_only_where_it_is_that_of_a_change(
    stated: str, published: str
) -> None:
    found = article(f"A bridge opens\nThe Paper | {stated}\n\nLIMA, May 3, 2020 (AP) -- {BODY}")
    assert (found.published, found.publisher) == (published, "The Paper")


def test_text_that_goes_on_behind_a_date_is_not_lost() -> None:
    assert article(f"published 2020-05-01 {BODY}").body == BODY
    assert article("Posted on May 1, 2020 The bridge is open.").body == "The bridge is open."


def test_a_time_on_the_next_line_belongs_to_the_text() -> None:
    found = article("date 2020-05-01\n10:30 was the hour at which the bridge was opened again, by Ann Lee.")
    assert found.published == "2020-05-01"
    assert found.body.startswith("10:30 was")


def test_values_that_mean_nothing_are_nothing() -> None:
    found = article(f"Title: None\nDate: N/A\nAuthor: null\nArticle: {BODY}")
    assert (found.title_origin, found.published, found.byline, found.body) == ("lead", None, None, BODY)


def test_lines_of_a_body_that_look_like_labels_stay() -> None:
    text = f"{BODY}\n\nDate: it has none.\nPOLICE: FATAL DISPUTE\nTitle: Mayor\nBODY: of water"
    assert article(text).body == text


def test_a_town_before_a_wide_gap_is_a_dateline_and_no_title() -> None:
    gap = " " * 12
    found = article(f"FOR IMMEDIATE RELEASE{gap}A Bridge Opens In Lima{gap}WASHINGTON{gap}{BODY}")
    assert (found.title, found.dateline_place) == ("A Bridge Opens In Lima", "WASHINGTON")


def test_a_date_in_brackets_belongs_to_the_heading_above_it() -> None:
    found = article(
        f"Ministry of External Affairs\nVisit of the Mayor of Lima (July 27, 2022)\nJuly 27, 2022\n\n{BODY}"
    )
    assert (found.title, found.published, found.body) == (
        "Visit of the Mayor of Lima (July 27, 2022)",
        "2022-07-27",
        BODY,
    )


def test_a_path_and_the_address_of_the_writer_are_no_text() -> None:
    found = article(
        f"Home / Local News / A bridge opens\n\nA bridge opens\n\nBy ANN LEE\nann.lee@paper.fj\n\n15 Mar 2019 09:00\n\n{BODY}"
    )
    assert (found.title, found.section, found.byline) == ("A bridge opens", "Local News", "ANN LEE")
    assert (found.published, found.body) == ("2019-03-15T09:00", BODY)


def test_an_embargo_is_no_title() -> None:
    found = article(
        f"NOT FOR PUBLICATION, BROADCAST OR USE ON CLUB ACCOUNTS BEFORE 22:30 GMT, SUNDAY\nA bridge opens\n\n{BODY}"
    )
    assert (found.title, found.body) == ("A bridge opens", BODY)


def test_a_date_inside_a_heading_stays_there() -> None:
    found = article(f"NEW BENEFITS FOR SERVICE SINCE SEPT. 11, 2001\n  {BODY}")
    assert (found.title, found.published) == ("NEW BENEFITS FOR SERVICE SINCE SEPT. 11, 2001", None)


# -- dates ----------------------------------------------------------------------------------------


def test_the_labels_date_and_the_datelines_are_both_kept() -> None:
    found = article("date 2020-06-17 LIMA, June 16 (Xinhua) -- The bridge opened.")
    assert (found.published, found.published_origin, found.dateline_date) == (
        "2020-06-17",
        "header",
        "2020-06-16",
    )


def test_the_order_of_trust() -> None:
    dateline = "LIMA, June 16, 2020 (AP) -- "
    stamp = "\nAP-NY-06-15-20 0618EDT\n"
    name = "14Jun2020x.txt"
    assert article(f"Date: 2020-06-17\n{dateline}{BODY}{stamp}", name).published == "2020-06-17"
    found = article(f"{dateline}{BODY}{stamp}", name)
    assert (found.published, found.published_origin) == ("2020-06-15T06:18-04:00", "trailer")
    found = article(f"{dateline}{BODY}", name)
    assert (found.published, found.published_origin) == ("2020-06-16", "dateline")
    found = article(f"URL: http://news.example/2020/06/13/a\n{BODY}", name)
    assert (found.published, found.published_origin) == ("2020-06-13", "url")
    found = article(BODY, name)
    assert (found.published, found.published_origin) == ("2020-06-14", "filename")
    found = article(BODY)
    assert (found.published, found.published_origin) == (None, None)


def test_the_file_name_settles_the_order_of_a_numeric_date() -> None:
    assert article(f"07 02 2007 Lee Opens A Bridge\n\n{BODY}", "02Jul2007Lee.txt").published == "2007-07-02"
    assert article(f"Date: 07/02/2007\n{BODY}").published == "2007"


# -- the end of the body --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tail",
    [
        "■",
        "\u00e2\u2013\u00a0",
        "ENDS",
        "ENDIT",
        "-30-",
        "###",
        "# # #",
        "___",
        "hh/ph/ts/hd",
        "Sharing is caring!",
        "More Stories",
        "AP-NY-06-15-20 0618EDT<\n\n\x0c",
        "© 2020 The Paper. All rights reserved.",
        "Share this on Facebook\n\nRelated stories\n\n*****",
        "Published in The Paper, March 5th, 2024",
        "Related news: The governor visits the survivors",
        "Reporter: Ann Lee\nEditor: Bob Sari\nCOPYRIGHT © ANTARA 2018",
        "WAM/Ann Lee/Bob Sari",
        "(With PTI inputs)",
        "[email protected]",
        "Tags: bridges, rivers",
        "A version of this article appears in print on May 15, 2020, Section A, Page 14 of the New York edition.",
        "More on this story\n\nBridges of the north\n\nA red river",
        "Topics\nBridges\nRivers",
        "AFP",
        "Source: Reuters",
        "Enditem",
        "———\n\n©2020 The Paper. Visit paper.example. Distributed by Tribune Content Agency, LLC.",
        "Source: https://paper.example/bridge",
        "3 Comments\n\nLeave a Reply\n\nYour email address will not be published.",
        "-0-",
        "ABC // DEF",
        "SOURCE Lima Port Authority\n\nRelated Links\n\nhttps://lima.example",
        "Contact:\nAnn Lee\nann@lima.example",
        "###\n\nMedia Contacts\n\nAnn Lee (202) 555-0110\nBo Ek (202) 555-0111",
        "ENDS\n\nThe bridge is 300 metres long. It was built in 1921.",
        "</TEXT>",
        "All rights reserved. This material may not be reproduced or published in whole or in part without permission.",
    ],
)
def test_end_marks_and_page_furniture_are_left_out(tail: str) -> None:
    assert article(f"{BODY}  \n{tail}\n").body == BODY


@pytest.mark.parametrize(
    "tail",
    [
        "(Xinhua/NAN)",
        "Caption: A bridge",
        "Ann Lee reported from Lima that the bridge was red, and that it would stay so.",
        "“Yes.”",
        "The end of the bridge",
        "1. Lima 2. Quito",
        "Topics\n\nThe next day she said that there were many.",
        "Source: the mayor",
        "and it is\ndistributed by a firm in Lima, it said.",
        "The mayor had\nno comment on the matter.",
    ],
)
def test_credits_captions_and_text_stay(tail: str) -> None:
    assert article(f"{BODY}\n\n{tail}\n").body == f"{BODY}\n\n{tail}"


def test_staff_notes_are_cut_off() -> None:
    notes = "\n\n# Notebook\n\n* * * *\nThe following information is not intended for publication\n\nTel: 123\nAnn Lee\n"
    assert article(BODY + notes).body == BODY


def test_everything_inside_the_body_stays_as_it_is() -> None:
    text = "First  of all,\tthe bridge.\n\n\n   Then <b>bold</b> & {{braces}}; 'quotes'.\n–\nLast \u00a0 line of it."
    assert article(text).body == text


@pytest.mark.parametrize(
    ("tail", "agency"),
    [
        ("(Xinhua/NAN)", "Xinhua"),
        ("\n\nReuters", "Reuters"),
        (" -- AFP", "AFP"),
        ("\n(dpa)", "dpa"),
        (" (file photo)", None),
        ("", None),
    ],
)
def test_an_agency_in_the_trailing_credit(tail: str, agency: str | None) -> None:
    assert article(BODY + tail).agency == agency


# -- what is no article ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "outcome", "reason"),
    [
        (b"", "empty", "an empty file"),
        (b" \n\t\r\n\x0c \xc2\xa0", "empty", "only white space"),
        (b"\xef\xbb\xbf", "empty", "only white space"),
        (
            b"Title: A bridge opens\nDate: 2020-05-01\nArticle:\n\n",
            "empty",
            "only a header (title, date), no text below it",
        ),
        (b"a\x00b", "rejected", "NUL"),
        (bytes(range(256)), "rejected", "binary"),
    ],
)
def test_outcomes_without_an_article(data: bytes, outcome: str, reason: str) -> None:
    found = parsed(data)
    assert (found.article, found.outcome) == (None, outcome)
    assert reason in (found.reason or "")


@pytest.mark.parametrize(
    "text", ["A lobster died.", "Snow", "CHATHAM, Mass. (AP) _ A lobster died.", "…", "中国"]
)
def test_there_is_no_shortest_article(text: str) -> None:
    found = article(text)
    assert found.body == text
    assert found.title


def test_an_article_keeps_the_remark_of_its_encoding() -> None:
    assert parsed(BODY.encode("cp1252") + b" \x93Yes\x94").reason == "not UTF-8, read as Windows-1252"


# -- structured records ---------------------------------------------------------------------------


def test_a_record_is_kept_character_for_character() -> None:
    body = "\r\n By Ann Lee\nLIMA, June 16 (Xinhua) -- A <b>.\n\n■ \n"
    found = record(
        title="  A\ttitle ", body=body, date="17 June 2020", url="http://news.example/a", id="7"
    ).article
    assert found is not None
    assert (found.title, found.title_origin, found.body) == ("  A\ttitle ", "header", body)
    assert (found.published, found.dateline_date, found.agency) == ("2020-06-17", "2020-06-16", "Xinhua")
    assert found.dateline is not None
    assert body[found.dateline_start : found.dateline_end] == found.dateline
    assert (found.external_id, found.byline) == ("7", None)


def test_a_record_without_a_title_gets_one_from_its_lead() -> None:
    found = record(title=" ", body=BODY).article
    assert found is not None
    assert (found.title_origin, found.title[:14]) == ("lead", "The old bridge")


@pytest.mark.parametrize(
    ("fields", "outcome", "reason"),
    [
        ({"body": ""}, "empty", "no text"),
        ({"body": " \n", "title": "T"}, "empty", "title"),
        ({"body": "a\x00b"}, "rejected", "NUL characters in body"),
        ({"body": "a", "title": "\x00"}, "rejected", "NUL characters in title"),
    ],
)
def test_records_that_are_no_article(fields: dict[str, str], outcome: str, reason: str) -> None:
    found = record(**fields)
    assert (found.article, found.outcome) == (None, outcome)
    assert reason in (found.reason or "")


def test_half_characters_are_replaced_with_a_remark() -> None:
    found = record(body="a \ud800 b \U0001f600", title="\udc00")
    assert found.article is not None
    assert (found.article.body, found.article.title) == ("a � b \U0001f600", "�")
    assert "U+FFFD" in (found.reason or "")


# -- laws -----------------------------------------------------------------------------------------

LINES = st.sampled_from(
    [
        "Title: A bridge",
        "date 2020-05-01 ",
        "Date: 1.2.2020",
        "By Ann Lee",
        "A Bridge Opens",
        "LIMA, May 1 (AP) -- It is open.",
        "Home » News",
        BODY,
        "■",
        "Share this",
        "(Photo by Ann Lee/Xinhua)",
        "Article :",
        "",
        " " * 30,
        "CONTACT Bo Ek",
        "ID: 5",
        "\x85",
        "\x03AP-NY-06-15-20 0618EDT",
        "é",
    ]
)


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(LINES, max_size=9), between=st.sampled_from(["\n", "\n\n", "\r\n", "   ", " " * 12]))
@example(lines=["By Ann Lee", ""], between="   ")  # a gap that nothing follows
def test_a_body_is_a_slice_of_the_text_and_offsets_hold(lines: list[str], between: str) -> None:
    data = between.join(lines).encode()
    found = parsed(data)
    text = decode(data).text
    assert text is not None
    if found.article is None:
        assert found.reason
        return
    assert found.article.body in text
    assert found.article.body.strip()
    assert found.article.title.strip()
    assert "\n" not in found.article.title
    if found.article.dateline is not None:
        start, end = found.article.dateline_start, found.article.dateline_end
        assert found.article.body[start:end] == found.article.dateline
    assert parsed(data) == found


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=120))
def test_any_text_is_an_article_or_has_a_reason(text: str) -> None:
    found = parsed(text.encode("utf-8", "surrogatepass"))
    assert (found.article is not None) or found.reason
