"""What real news files do to an importer, one invented text for each case seen.

The cases are numbered as in the list that they were collected in: dates 1 to 9, datelines and
agencies 10 to 14, titles and bylines 15 to 18, splitting 19 to 23, bodies and encodings 24 to 30.
Each states what must come out. The cases that concern the cutting of files go through the readers.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from corpus_db import readers
from corpus_db.models import Article, ParsedDocument, SourceDocument
from corpus_db.parsing import parse

BODY = "The old bridge over the river was opened again on Monday, after two years of work that cost the town more than it has.\n\nIt is red, and long."


class Case(NamedTuple):
    """A text, the name of its file, and what must come out."""

    text: str | bytes
    expected: dict[str, Any]
    path: str = "a.txt"


def article(case: Case) -> Article:
    data = case.text if isinstance(case.text, bytes) else case.text.encode()
    found = parse(SourceDocument(case.path, None, 0, len(data), sha256(data).hexdigest(), "text", text=data))
    assert found.article is not None, found.reason
    return found.article


def others(found: Article) -> list[tuple[str, str]]:
    rivals = json.loads(found.metadata or "{}").get("other_dates", [])
    return [(rival["value"], rival.get("label") or rival["origin"]) for rival in rivals]


DATES = {
    "1 label and dateline differ": Case(
        f"date 2020-06-17 LIMA, June 16 (Reuters) -- {BODY}",
        {"published": "2020-06-17", "published_origin": "header", "dateline_date": "2020-06-16"},
    ),
    "1 the day before": Case(
        f"Title: Bridge\nDate: 8 August 2007\n\nBOSTON, August 7 (AP) - {BODY}",
        {"published": "2007-08-08", "dateline_date": "2007-08-07", "dateline_place": "BOSTON"},
    ),
    "2 the file name disagrees with the text": Case(
        f"LEE STATEMENT ON BRIDGES\nNovember 15 2005\n\n{BODY}",
        {"published": "2005-11-15", "title": "LEE STATEMENT ON BRIDGES", "others": [("2005-11-04", "filename")]},
        "04Nov2005Lee79.txt",
    ),
    "3 separators lost": Case(
        f"07 02 2007 Lee Opens A Bridge\n\n{BODY}", {"published": "2007-07-02"}, "02Jul2007Lee264.txt"
    ),
    "4 months in other languages": Case(
        f"Titel: Brücke\nDatum: 14. Okt. 2013\n\n{BODY}", {"published": "2013-10-14", "title": "Brücke"}
    ),
    "4 day, time, month and year of a wire": Case(
        f"A bridge opens\n\n{BODY}\n\n131137 GMT Nov 13\n",
        {"published": "2013-11-13T11:37+00:00", "published_origin": "trailer", "body": BODY},
    ),
    "5 order and zone stand in a trailer": Case(
        f"Bridge opens\n\nLIMA, Peru (AP) -- {BODY}\n\nAP-NY-08-07-98 0618EDT<\n",
        {"published": "1998-08-07T06:18-04:00", "published_origin": "trailer", "body": f"LIMA, Peru (AP) -- {BODY}"},
    ),
    "5 the trailer beside a numeric label": Case(
        f"Title: Bridge\nDate: 08/07/1998\n\n{BODY}\n\nAP-NY-08-07-98 0618EDT\n",
        {"published": "1998-08-07", "others": [("1998-08-07T06:18-04:00", "trailer")]},
    ),
    "6 an embargo is not the date": Case(
        f"For release Sun., Sept. 13\n\nA bridge opens\n\n{BODY}", {"published": None, "title": "A bridge opens"}
    ),
    "6 embargo label": Case(
        f"Title: Bridge\nEmbargo: 2020-05-03\nDate: 2020-05-01\n\n{BODY}",
        {"published": "2020-05-01", "others": [("2020-05-03", "embargo")]},
    ),
    "6 a later date inside the body": Case(
        "Washington, DC - Today the town spoke of its old bridge. February 19, 2007 marks 65 years since it was built.",
        {"published": "2007-02-12", "published_origin": "filename", "dateline_place": "Washington, DC"},
        "12Feb2007lee213.txt",
    ),
    "7 load date before the date": Case(
        f"Title: Bridge\nLoad-Date: January 9, 2010\nDate: January 10, 2010\n\n{BODY}",
        {"published": "2010-01-10", "others": [("2010-01-09", "load-date")]},
    ),
    "7 last updated seven years later": Case(
        f"Title: Bridge\nLast updated: 2027-01-10\nPublished: 2020-01-10\n\n{BODY}",
        {"published": "2020-01-10", "others": [("2027-01-10", "last updated")]},
    ),
    "7 issue, release and publication dates": Case(
        f"Title: Bridge\nIssue date: 2020-05-01\nRelease date: 2020-05-02\nPublication date: 2020-05-03\n\n{BODY}",
        {"published": "2020-05-03", "others": [("2020-05-01", "issue date"), ("2020-05-02", "release date")]},
    ),
    "7 three created dates": Case(
        f"Title: Bridge\nCreated: 2020-05-01\nCreated: 2020-05-02\nCreated: 2020-05-03\n\n{BODY}",
        {"published": "2020-05-01", "others": [("2020-05-02", "created"), ("2020-05-03", "created")]},
    ),
    "7 when the page was printed": Case(
        f"Lee Opens A Bridge\nToday: July 24, 2008\nMedia Release\nJuly 11, 2006\n\n{BODY}",
        {"published": "2006-07-11", "title": "Lee Opens A Bridge", "body": BODY, "others": [("2008-07-24", "today")]},
    ),
    "6 an entry of a chronology": Case(
        "10 March 1987 The old bridge over the river is closed after a flood that took its middle away.", {"published": None}
    ),
    "4 a time that looks like a year": Case(
        f"Lima v Quito\n\nThe Stadium\n\nFriday, 25 February\n\n2000 GMT\n\n{BODY}", {"published": None}
    ),
    "8 a year": Case(f"Title: Bridge\nDate: 2020\n\n{BODY}", {"published": "2020"}),
    "8 a month": Case(f"Title: Bridge\nDate: May 2020\n\n{BODY}", {"published": "2020-05"}),
    "8 a day": Case(f"Title: Bridge\nDate: 2020-05-01\n\n{BODY}", {"published": "2020-05-01"}),
    "8 a minute": Case(f"Title: Bridge\nDate: 2020-05-01 10:15\n\n{BODY}", {"published": "2020-05-01T10:15"}),
    "9 correction appended": Case(
        f"Bridge opens\n\nMay 1, 2020 Friday  Correction Appended\n\n{BODY}",
        {"published": "2020-05-01", "title": "Bridge opens", "body": BODY},
    ),
    "9 refile and later leads in a title": Case(
        f"REFILE-Bridge opens after two years, 5th Ld-Writethru\n\nLIMA, May 1 (Reuters) - {BODY}",
        {"title": "REFILE-Bridge opens after two years, 5th Ld-Writethru", "agency": "Reuters"},
    ),
}  # fmt: skip

DATELINES = {
    "10 two dashes": ("LIMA, June 16 (Xinhua) -- ", "LIMA", "Xinhua"),
    "10 a long dash": ("LIMA, Peru — ", "LIMA, Peru", None),
    "10 a shorter dash": ("LIMA (Reuters) – ", "LIMA", "Reuters"),
    "10 a hyphen": ("ALBANY, N.Y. - ", "ALBANY, N.Y.", None),
    "10 a low line": ("LIMA, Peru (AP) _ ", "LIMA, Peru", "AP"),
    "10 full stop and hyphen": ("Lima, Jun 16 (EFE).- ", "Lima", "EFE"),
    "10 slashes": ("WEIFANG, China, Sept. 17, 2020 /CNW/ -- ", "WEIFANG, China", "CNW"),
    "10 nothing at all": ("WASHINGTON, D.C.  ", "WASHINGTON, D.C.", None),
    "11 glued to a state": ("BOSTON MA", "BOSTON MA", None),
    "11 glued to an agency": ("Park City, Utah (CNN)", "Park City, Utah", "CNN"),
    "11 only an agency": ("(CNN)", None, "CNN"),
    "12 two places": ("SEATTLE/WASHINGTON (Reuters) - ", "SEATTLE/WASHINGTON", "Reuters"),
    "12 two agencies": ("San Diego (tca/dpa) - ", "San Diego", "TCA"),
    "12 the agency first": ("(ANSA) - Rome, October 11 - ", "Rome", "ANSA"),
    "12 an agency's own case": ("Berlin (dpa) - ", "Berlin", "dpa"),
    "12 a colon": ("KANPUR: ", "KANPUR", None),
}
AFTER = (
    "Senator Ann Lee opened the old bridge over the river on Monday, after two years of work that cost a lot."
)

NO_DATELINES = {
    "13 a demonym in capitals": "CHINESE President Xi Jinping said he believes that the bridge will be opened very soon.",
    "13 a headline's first words": "THE ACQUITTAL Saturday of the mayor was the end of a trial that took two years of work.",
    "13 police": "POLICE: the bridge was closed on Monday, after two years of work that cost the town a lot.",
    "12 a month": "May 19--A former mayor opened the bridge on Monday, after two years of work that cost a lot.",
}

TITLES = {
    "15 none at all": Case(BODY, {"title_origin": "lead", "body": BODY}),
    "15 breadcrumbs": Case(f"Home » Nation\n\n{BODY}", {"title_origin": "lead", "section": "Nation", "body": BODY}),
    "15 press room": Case(
        f"Senator Ann Lee : Press Room\n\nPress Room\n\nLee Opens A Bridge\n\n{BODY}", {"title": "Lee Opens A Bridge", "body": BODY}
    ),
    "15 for immediate release": Case(
        f"FOR IMMEDIATE RELEASE\nEXTRA\n\nLee Opens A Bridge\n\n{BODY}", {"title": "Lee Opens A Bridge", "body": BODY}
    ),
    "15 a release without a title": Case(f"FOR IMMEDIATE RELEASE\n\n{BODY}", {"title_origin": "lead", "body": BODY}),
    "17 a headline with its deck": Case(
        f"Title: Bridge opens; It is red; And long\n\n{BODY}", {"title": "Bridge opens; It is red; And long"}
    ),
    "18 capitals": Case(f"Bridge opens\n\nBY ANN LEE\n\n{BODY}", {"byline": "ANN LEE", "title": "Bridge opens", "body": BODY}),
    "18 family name first": Case(f"Title: Bridge\nAuthor: Lee-Okafor, Ann\n\n{BODY}", {"byline": "Lee-Okafor, Ann"}),
    "15 a title that is a sentence, above a dateline": Case(
        f"Lee opens the old bridge.\n\nLIMA, Peru (AP) -- {BODY}", {"title": "Lee opens the old bridge.", "dateline_place": "LIMA, Peru"}
    ),
    "15 a title, its deck and a dateline": Case(
        f"Lee opens the old bridge to all\nMayor speaks of two hard years of work at the river\nLIMA, Peru - {BODY}",
        {"title": "Lee opens the old bridge to all", "dateline_place": "LIMA, Peru"},
    ),
    "15 the title of the page and the heading": Case(
        f"Lee Opens A Bridge In Lima{' ' * 60}Search{' ' * 40}Our town{' ' * 90}Lee Opens A Bridge In Lima{' ' * 80}May 1  2020{' ' * 9}{BODY.replace(chr(10), ' ')}",
        {"title": "Lee Opens A Bridge In Lima", "published": "2020-05-01", "body": BODY.replace("\n", " ")},
    ),
    "18 a name without By above a dateline on its own line": Case(
        f"LEE OPENS A BRIDGE.\nAnn Okafor\nLIMA 1996-08-30\n{BODY}",
        {"title": "LEE OPENS A BRIDGE.", "byline": "Ann Okafor", "published": "1996-08-30", "published_origin": "dateline", "body": f"LIMA 1996-08-30\n{BODY}"},
    ),
    "18 a line that begins with by is none": Case(
        "COURT RULES AGAINST LEE\nThe High Court dismissed an appeal\nby Rio Lee-Oak Corp's mining unit\nand ruled that the bridge may stay.", {"byline": None}
    ),
    "18 a contact is no byline": Case(
        f"Lee Opens A Bridge\n\nCONTACT Ben Oak\n\n{BODY}", {"byline": None, "title": "Lee Opens A Bridge", "body": BODY}
    ),
    "18 who reported from where": Case(
        f"Bridge opens\n\n{BODY}\n\nAnn Lee reported from Lima. Ben Oak in Quito contributed to this report.",
        {"body": BODY, "credits": ["Ann Lee reported from Lima. Ben Oak in Quito contributed to this report."]},
    ),
}  # fmt: skip

BODIES = {
    "14 the credit trails": Case(f"{BODY} (Xinhua/NAN)", {"agency": "Xinhua", "body": f"{BODY} (Xinhua/NAN)"}),
    "20 lines that look like labels": Case(
        f"Bridge opens\n\n{BODY}\n\nPOLICE: FATAL DISPUTE OVER A DOG\nVIDEO: the bridge\nBODY: of water\n\nIt ended so.",
        {"body": f"{BODY}\n\nPOLICE: FATAL DISPUTE OVER A DOG\nVIDEO: the bridge\nBODY: of water\n\nIt ended so."},
    ),
    "20 a title that looks like a label": Case(
        f"POLICE: FATAL DISPUTE OVER A DOG\n\n{BODY}", {"title": "POLICE: FATAL DISPUTE OVER A DOG", "body": BODY}
    ),
    "21 labels in another language": Case(
        f"Titre : Un pont\nDate de publication : 29 décembre 2011\nAuteur : Ann Lee\nSource : Le Journal\n295 mots\n\n{BODY}",
        {"title": "Un pont", "published": "2011-12-29", "byline": "Ann Lee", "publisher": "Le Journal"},
    ),
    "21 misspelt labels": Case(
        f"Tilte : A bridge\nPublsihed : 2020-05-01\nAriticle : \n{BODY}",
        {"title": "A bridge", "published": "2020-05-01", "body": BODY},
    ),
    "24 a caption before the dateline": Case(
        f"People cross the bridge in Lima, Peru, on March 6, 2020. (Photo by Ann Lee)\nLIMA, May 1 (Xinhua) -- {BODY}",
        {"dateline_place": "LIMA", "agency": "Xinhua", "published": None},
    ),
    "24 a caption that was cut off": Case(
        f"Bridge opens\nPosted on July 29, 2016 by Ann Lee in News // 0 Comments\nThe mayor says that the \n\n{BODY.replace(chr(10), ' ')} {BODY.replace(chr(10), ' ')}",
        {"title": "Bridge opens", "byline": "Ann Lee", "published": "2016-07-29", "begins": "The old bridge over"},
    ),
    "24 glued paragraphs stay glued": Case(
        "Bridge opens\n\nIt took a year.The Ministry of Works said so.It is red.", {"body": "It took a year.The Ministry of Works said so.It is red."}
    ),
    "24 no full stop anywhere": Case(
        "Lee Opens A Bridge\n\nThe old bridge was opened again on Monday   It is red   It is long and it was dear",
        {"title": "Lee Opens A Bridge", "body": "The old bridge was opened again on Monday   It is red   It is long and it was dear"},
    ),
    "25 not for publication": Case(
        f"{BODY}\n\n# Notebook\n\n* * * *\nThe following information is not intended for publication\n\nTel: 123\n", {"body": BODY}
    ),
    "25 initials": Case(f"{BODY}\n\nhh/ph/ts/hd", {"body": BODY}),
    "25 end mark": Case(f"{BODY}\nENDIT\n", {"body": BODY}),
    "25 sharing": Case(f"{BODY}\n\nSharing is caring!\n\n___\n\nMore Stories\n", {"body": BODY}),
    "25 initials in brackets": Case(f"{BODY}\n\n(pvs/ji)", {"body": BODY, "credits": ["(pvs/ji)"]}),
    "25 the last row of a table is text": Case(f"{BODY}\n        Price -- 1.80\n          Sum -- 12.32", {"body": f"{BODY}\n        Price -- 1.80\n          Sum -- 12.32"}),
    "25 more to follow": Case(f"{BODY}\n\nThis is a breaking news story - more to follow", {"body": BODY}),
    "25 a teaser behind the credit": Case(
        f"{BODY}\n\nReporting by Ann Lee; Editing by Ben Oak\n\nA dog was found in the river on Tuesday.",
        {"body": BODY, "credits": ["Reporting by Ann Lee; Editing by Ben Oak"]},
    ),
    "25 whom to call": Case(
        f"{BODY} For more information, please call (202) 555-0100 or visit http://bridge.example.", {"body": BODY}
    ),
    "26 Windows-1252 in a folder of UTF-8": Case(
        "“Yes” – a café".encode("cp1252"), {"body": "“Yes” – a café", "reason": "Windows-1252"}
    ),
    "26 byte 0x85": Case("Wait… a café".encode("cp1252"), {"body": "Wait… a café"}),
    "26 U+0085 is a line end": Case("One line.\u0085Another line.", {"body": "One line.\nAnother line."}),
    "27 control characters as entities": Case("The bridge&#3; is&#127; red.", {"body": "The bridge is red."}),
    "27 escaped twice": Case("Lee &amp;amp; Oak &amp;UR; built it.", {"body": "Lee & Oak &UR; built it."}),
    "27 control bytes and leading blanks": Case(b"\x01" + b" " * 257 + b"The bridge is\x03 red.", {"body": "The bridge is red."}),
    "27 an end mark read in another encoding": Case(f"{BODY}\n\u00e2\u2013\u00a0", {"body": BODY}),
    "27 UTF-8 read as Windows-1252": Case(
        "The mayor said: â€œIt is red.â€\x9d It isnâ€™t.", {"body": "The mayor said: “It is red.” It isn’t.", "reason": "repaired"}
    ),
    "28 a short story is complete": Case("A lobster died.", {"body": "A lobster died."}),
}  # fmt: skip


def check(found: Article, reason: str | None, expected: dict[str, Any]) -> None:
    for field, value in expected.items():
        if field == "others":
            assert others(found) == value
        elif field == "credits":
            assert json.loads(found.metadata or "{}").get("credits") == value
        elif field == "begins":
            assert found.body.startswith(value)
        elif field == "reason":
            assert value in (reason or "")
        else:
            assert getattr(found, field) == value, field


@pytest.mark.parametrize("name", [*DATES, *TITLES, *BODIES])
def test_what_must_come_out(name: str) -> None:
    case = {**DATES, **TITLES, **BODIES}[name]
    data = case.text if isinstance(case.text, bytes) else case.text.encode()
    found = parse(SourceDocument(case.path, None, 0, len(data), "", "text", text=data))
    assert found.article is not None, found.reason
    check(found.article, found.reason, case.expected)


@pytest.mark.parametrize("name", DATELINES)
def test_datelines(name: str) -> None:
    printed, place, agency = DATELINES[name]
    found = article(Case(printed + AFTER, {}))
    assert (found.dateline_place, found.agency) == (place, agency)
    assert found.body == printed.lstrip() + AFTER
    assert found.title.startswith("Senator Ann Lee opened")


@pytest.mark.parametrize("name", NO_DATELINES)
def test_false_datelines(name: str) -> None:
    found = article(Case(NO_DATELINES[name], {}))
    assert (found.dateline, found.dateline_place) == (None, None)
    assert found.body == NO_DATELINES[name]


# -- files that hold several, and files that would do harm -------------------------------------------


def read(folder: Path, name: str, data: bytes | str) -> list[ParsedDocument]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return [parse(piece) for file in readers.discover([str(path)], folder) for piece in readers.read(file)]  # type: ignore[arg-type]


def nexis(number: int, of: int, title: str, date: str, body: str) -> str:
    return f"\n\n                               {number} of {of} DOCUMENTS\n\n\n                                  The Paper\n\n                            {date}\n\n{title}\n\nBYLINE: Ann Lee\n\nSECTION: NEWS\n\nLENGTH: 20 words\n\n{body}\n\nLOAD-DATE: January 9, 2010\n\nLANGUAGE: ENGLISH\n\n                           Copyright 2010 The Paper\n"


def test_19_position_lines_that_do_not_count_right_and_blank_lines_inside(tmp_path: Path) -> None:
    text = nexis(1, 2, "Bridge opens", "January 10, 2010", BODY) + nexis(
        8, 383, "Bridge closes", "January 11, 2010", "\n\n".join([BODY] * 2)
    )
    found = [piece.article for piece in read(tmp_path, "n.txt", text) if piece.article]
    assert [(a.title, a.published) for a in found] == [
        ("Bridge opens", "2010-01-10"),
        ("Bridge closes", "2010-01-11"),
    ]
    assert found[1].body.count("It is red, and long.") == 2


def test_22_a_message_with_three_headlines_gives_its_text_and_no_caption(tmp_path: Path) -> None:
    def item(kind: str, title: str, content: str) -> str:
        return f"<newsItem guid='{title}'><itemMeta><itemClass qcode='ninat:{kind}'/></itemMeta><contentMeta><headline>{title}</headline></contentMeta><contentSet>{content}</contentSet></newsItem>"

    story = (
        f"<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body><p>{BODY}</p></body></html></inlineXML>"
    )
    message = f"<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet><packageItem guid='p'><contentMeta><headline>Package</headline></contentMeta></packageItem>{item('text', 'Bridge opens', story)}{item('picture', 'A caption', '')}</itemSet></newsMessage>"
    found = [piece.article for piece in read(tmp_path, "message_version_10", message) if piece.article]
    assert [a.title for a in found] == ["Bridge opens"]


def test_23_a_table_with_line_breaks_a_mark_cut_texts_and_a_null_body(tmp_path: Path) -> None:
    table = (
        "\ufefftitle,date,content\n"
        'Bridge,2020-05-01,"It is red.\n\nIt is long."\nCut,2020-05-02,The bridge is… [+1683 chars]\nNothing,2020-05-03,\n'
    )
    found = read(tmp_path, "t.csv", table)
    assert [piece.outcome for piece in found] == ["article", "article", "empty"]
    assert found[0].article is not None
    assert found[0].article.body == "It is red.\n\nIt is long."
    assert "1683" in (found[1].reason or "")


def test_29_one_base_name_in_many_folders_and_exact_copies(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        read(tmp_path, f"{folder}/001.txt", f"Bridge opens\n\n{BODY}")
    names = [file.name for file in readers.discover([str(tmp_path)], tmp_path)]
    assert names == ["a/001.txt", "b/001.txt"]


def test_30_an_external_document_type_is_never_loaded(tmp_path: Path) -> None:
    message = f'<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/none.dtd"><nitf><body><body.head><hedline><hl1>Bridge opens</hl1></hedline></body.head><body.content><p>{BODY}</p></body.content></body></nitf>'
    found = read(tmp_path, "m.xml", message)
    assert [piece.article.title for piece in found if piece.article] == ["Bridge opens"]
