"""What agencies do with the standards: invented items in the shapes that were seen in real ones."""

from __future__ import annotations

from pathlib import Path

from reader_samples import parsed_file
from support import rows

from corpus_db import import_corpus
from corpus_db.models import Article


def article(tmp_path: Path, text: str) -> Article:
    (found,) = [
        parsed.article for parsed in parsed_file(tmp_path, text.encode()) if parsed.article is not None
    ]
    assert found is not None
    return found


def g2(content: str, meta: str = "", item: str = "") -> str:
    return (
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:1" xml:lang="en"><itemMeta>'
        f'<itemClass qcode="ninat:text"/><versionCreated>2021-03-04T10:00:00Z</versionCreated>{item}</itemMeta>'
        f"<contentMeta><headline>Old bridge in Lima opens again</headline>{meta}</contentMeta>"
        f"<contentSet>{content}</contentSet></newsItem></itemSet></newsMessage>"
    )


def nitf(content: str, head: str = "") -> str:
    return (
        "<nitf><head><docdata><date.issue norm='2021-03-04T10:00:00'/></docdata></head><body><body.head>"
        f"<hedline><hl1>Old bridge in Lima opens again</hl1></hedline>{head}</body.head>"
        f"<body.content>{content}</body.content></body></nitf>"
    )


COLUMN = """
    The old bridge over the river was opened on Monday by the
mayor of Lima, after two years of work and much talk.
    It is red, it is long, and it has cost more than it should
have, said a member of the council.
    "We like it," said a man from the other side of the river,
who had been waiting since six.
"""
FIRST = "The old bridge over the river was opened on Monday by the mayor of Lima, after two years of work and much talk."


def test_html_inside_text_in_lines_of_a_column(tmp_path: Path) -> None:
    got = article(
        tmp_path, g2(f"<inlineData contenttype='text/plain'><![CDATA[\n<p>\n{COLUMN}   </p>]]></inlineData>")
    )
    assert got.body.split("\n\n")[0] == FIRST
    assert len(got.body.split("\n\n")) == 3


def test_a_paragraph_that_holds_lines_of_a_column(tmp_path: Path) -> None:
    got = article(
        tmp_path, g2(f"<inlineXML><html><head><title/></head><body><p>{COLUMN}</p></body></html></inlineXML>")
    )
    assert got.body.split("\n\n")[0] == FIRST
    assert len(got.body.split("\n\n")) == 3


def test_lines_of_xml_that_was_laid_out_are_no_column(tmp_path: Path) -> None:
    lines = "\n".join(
        f"            It is line {number} of one\n            paragraph." for number in range(6)
    )
    got = article(
        tmp_path, g2(f"<inlineXML><html><body><p>\n{lines}\n        </p></body></html></inlineXML>")
    )
    assert "\n" not in got.body


def test_what_a_page_has_above_the_story_is_left_out(tmp_path: Path) -> None:
    page = (
        "<inlineXML><html><body><header><ul><li>Bridges</li></ul><time>4.3.2021</time><h1>Old bridge in Lima opens again</h1>"
        '</header><section class="main"><p><span>Lima <span>(dpa)</span> - </span>It is open.</p><p>It is red.</p></section>'
        "<aside><p>More bridges</p></aside></body></html></inlineXML>"
    )
    got = article(tmp_path, g2(page, "<dateline>Lima (dpa) - </dateline><creditline>dpa</creditline>"))
    assert (got.body, got.dateline_place, got.agency) == (
        "Lima (dpa) - It is open.\n\nIt is red.",
        "Lima",
        "dpa",
    )


def test_a_headline_repeated_above_the_story_is_left_out(tmp_path: Path) -> None:
    page = "<inlineXML><html><body><h1>Old bridge in Lima opens again</h1><p>It is open.</p></body></html></inlineXML>"
    assert article(tmp_path, g2(page)).body == "It is open."


def test_a_name_is_preferred_to_a_web_address(tmp_path: Path) -> None:
    text = g2("<inlineXML><p>It is open.</p></inlineXML>", item='<provider literal="ansa.it"/>')
    assert article(tmp_path, text).publisher == "ansa.it"
    named = text.replace("<itemMeta>", '<rightsInfo><copyrightHolder literal="ANSA"/></rightsInfo><itemMeta>')
    assert (article(tmp_path, named).publisher, article(tmp_path, named).agency) == ("ANSA", "ANSA")


def test_a_dateline_that_is_a_date_is_no_place(tmp_path: Path) -> None:
    content = "<inlineXML><p>It is open.</p></inlineXML>"
    assert (
        article(tmp_path, g2(content, "<dateline>2021-03-04 10:00:00 GMT+00:00</dateline>")).dateline_place
        is None
    )
    assert article(tmp_path, g2(content, "<dateline>LIMA</dateline>")).dateline_place == "LIMA"


def test_titles_of_office_do_not_stick_to_a_byline(tmp_path: Path) -> None:
    story = "<p>It is open.</p>"
    office = nitf(story, "<byline>By ANN LEE<byttl>AP Business Writer</byttl></byline>")
    assert article(tmp_path, office).byline == "ANN LEE"
    people = nitf(
        story, "<byline>By<person>Ann Lee</person><person>Bo Ek</person><byttl>Desk</byttl></byline>"
    )
    assert article(tmp_path, people).byline == "Ann Lee; Bo Ek"


def test_a_byline_in_the_first_paragraph(tmp_path: Path) -> None:
    got = article(tmp_path, nitf("<p>By Ann Lee</p><p>It is open.</p>"))
    assert (got.byline, got.body) == ("Ann Lee", "It is open.")
    stated = nitf("<p>By the river it is red.</p><p>It is open.</p>", "<byline>Ann Lee</byline>")
    assert article(tmp_path, stated).body == "By the river it is red.\n\nIt is open."
    prose = article(tmp_path, nitf("<p>By Monday it was red.</p><p>It is open.</p>"))
    assert (prose.byline, prose.body) == (None, "By Monday it was red.\n\nIt is open.")


def test_the_country_of_a_dateline_that_is_a_field_of_its_own_is_known(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(nitf("<p>It is open.</p>", "<dateline>WINDHOEK</dateline>"))
    import_corpus([tmp_path / "a.xml"], tmp_path / "c.db")
    found = rows(tmp_path / "c.db", "SELECT dateline, dateline_place, dateline_country FROM articles")
    assert found == [(None, "Windhoek", "NA")]


def test_control_characters_that_no_xml_may_hold_are_blanks(tmp_path: Path) -> None:
    assert (
        article(tmp_path, nitf("<p>It is open.&#3;</p><p>It\x1fis red.&#x1F;</p>")).body
        == "It is open.\n\nIt is red."
    )


def test_places_in_the_story_are_no_dateline(tmp_path: Path) -> None:
    story = "<p>The bridge in <location>Lima</location> is open.</p><p>It is red.</p><p>ends</p>"
    got = article(tmp_path, nitf(story))
    assert (got.dateline_place, got.body) == (None, "The bridge in Lima is open.\n\nIt is red.")
    assert article(tmp_path, nitf(story, "<dateline>Oslo</dateline>")).dateline_place == "Oslo"


def test_captions_and_embedded_markup_are_left_out(tmp_path: Path) -> None:
    story = (
        "<p>It is open, said O&amp;#39;Hara.</p><p>&lt;div class='x'&gt;&lt;/div&gt;</p><p>5 &lt; 6</p><media><media-reference/>"
        "<media-caption>The bridge in March</media-caption></media>"
    )
    assert article(tmp_path, nitf(story)).body == "It is open, said O'Hara.\n\n5 < 6"


def test_newsml_1_2_with_html_inside_text(tmp_path: Path) -> None:
    text = """<NewsML><NewsItem><NewsManagement><FirstCreated>20210304T175859+0300</FirstCreated></NewsManagement><NewsComponent>
    <NewsLines><HeadLine><![CDATA[A bridge opens]]></HeadLine><DateLine>4/3/2021</DateLine></NewsLines><AdministrativeMetadata>
    <Source><Party FormalName="ANA-MPA"/></Source></AdministrativeMetadata><NewsComponent><ContentItem><MediaType FormalName="Text"/>
    <DataContent>
    <![CDATA[<P>It is open.</P>
    <P>It is red.</P>
    <P> </P>]]>
    </DataContent></ContentItem></NewsComponent></NewsComponent></NewsItem></NewsML>"""
    got = article(tmp_path, text)
    assert (got.title, got.publisher, got.body) == ("A bridge opens", "ANA-MPA", "It is open.\n\nIt is red.")
    assert got.published == "2021-03-04T17:58:59+03:00"


def test_an_export_of_wordpress(tmp_path: Path) -> None:
    def item(kind: str, content: str) -> str:
        return (
            f"<item><title>A bridge opens</title><content:encoded><![CDATA[{content}]]></content:encoded>"
            f"<wp:post_type>{kind}</wp:post_type></item>"
        )

    posts = (
        item("post", "It is <b>open</b>.\r\n\r\nIt is red.")
        + item("attachment", "")
        + item("revision", "It is")
    )
    got = article(
        tmp_path,
        f"<rss xmlns:wp='w' xmlns:content='c'><channel><title>The Paper</title>{posts}</channel></rss>",
    )
    assert (got.title, got.body, got.publisher) == (
        "A bridge opens",
        "It is open.\n\nIt is red.",
        "The Paper",
    )
