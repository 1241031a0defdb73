"""Feeds and news messages in XML: every entry an article, and none of XML's dangers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from export_samples import JSON_FEED
from reader_samples import SAMPLES

from corpus_db.models import ParsedDocument
from corpus_db.parsing import parse
from corpus_db.readers import InputFile, discover, read

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>The Paper</title><language>en</language>
<item><title>A &amp; B &lt;i&gt;open&lt;/i&gt;</title><link>http://n.example/a</link><guid>g1</guid><dc:creator>Ann Lee</dc:creator>
<pubDate>Wed, 17 Jun 2020 10:15:28 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>LIMA, June 16 (AP) -- It is <b>open</b>.</p><script>x()</script><p>Yes,<br>really.</p>]]></content:encoded>
<media:content url="http://n.example/p.jpg"><media:credit>Bo Ek</media:credit></media:content></item>
<item><title>C</title><description>It is only short.</description></item>
<item><title>Nothing</title></item></channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Paper</title><entry><title>A bridge</title>
<id>tag:1</id><published>2020-06-17T10:15:28+02:00</published><updated>2021-01-01T00:00:00Z</updated>
<link rel="self" href="http://n.example/self"/><link rel="alternate" href="http://n.example/a"/><author><name>Ann Lee</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It is open.</p><p>It is red.</p></div></content></entry></feed>
"""
NITF = """<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "http://n.example/nitf.dtd"><nitf baselang="en"><head><title>T</title><docdata>
<doc-id id-string="N1"/><date.issue norm="20200617T101528+1000"/><doc.copyright holder="The Agency"/></docdata></head><body><body.head>
<hedline><hl1>A bridge opens</hl1></hedline><byline>By Ann Lee</byline><dateline><location><city>Lima</city></location></dateline>
</body.head><body.content><p>   It is <br/>open.</p><p/><p>It is red.</p><p>ab/cd</p></body.content></body></nitf>
"""
NEWSML = """<NewsML Version="1.2"><NewsItem xml:lang="en"><Identification><NewsIdentifier><ProviderId>a.example</ProviderId>
<PublicIdentifier>urn:1</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><FirstCreated>20200617T101528+0000</FirstCreated>
<ThisRevisionCreated>20210617T101528+0000</ThisRevisionCreated></NewsManagement><NewsComponent><NewsLines>
<DateLine>LIMA, June 17, 2020 (AFP) -</DateLine><HeadLine>A bridge opens</HeadLine></NewsLines><AdministrativeMetadata><Provider>
<Party FormalName="AFP"/></Provider></AdministrativeMetadata><ContentItem><DataContent><p>It is open.</p></DataContent></ContentItem>
</NewsComponent></NewsItem></NewsML>
"""
G2 = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:1" xml:lang="en"><itemMeta>
<versionCreated>2021-01-01T00:00:00Z</versionCreated><firstCreated>2020-06-17T10:15:28.000Z</firstCreated></itemMeta><contentMeta>
<by>By Ann Lee</by><creditline>Reuters</creditline><headline>A bridge opens</headline></contentMeta><contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><p>It is open.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:2"><contentMeta><headline>A photo</headline></contentMeta></newsItem></itemSet></newsMessage>
"""


def parsed(tmp_path: Path, text: str | bytes) -> list[ParsedDocument]:
    data = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "a").write_bytes(data)
    (file,) = discover([str(tmp_path / "a")], tmp_path)
    assert isinstance(file, InputFile)
    documents = list(read(file))
    position = 0
    for document in documents:
        assert document.start == position
        position = document.end
    assert position == len(data)
    return [parse(document) for document in documents]


def test_rss(tmp_path: Path) -> None:
    first, second, third = parsed(tmp_path, RSS)
    assert first.article is not None
    assert (first.article.title, first.article.byline, first.article.publisher) == (
        "A & B open",
        "Ann Lee",
        "The Paper",
    )
    assert first.article.body == "LIMA, June 16 (AP) -- It is open.\n\nYes,\nreally."
    assert (first.article.published, first.article.dateline_date) == (
        "2020-06-17T10:15:28+00:00",
        "2020-06-16",
    )
    assert (first.article.url, first.article.external_id, first.article.language) == (
        "http://n.example/a",
        "g1",
        "en",
    )
    assert second.reason is not None
    assert "only a summary" in second.reason
    assert third.article is not None
    assert (third.article.title_origin, third.reason) == (
        "lead",
        "only a headline, which is taken as the text",
    )


def test_atom(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, ATOM)
    assert found.article is not None
    assert found.article.body == "It is open.\n\nIt is red."
    assert (found.article.published, found.article.url) == ("2020-06-17T10:15:28+02:00", "http://n.example/a")
    assert (found.article.byline, found.article.language) == ("Ann Lee", "en")


def test_nitf_with_a_dtd_that_is_not_loaded(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, NITF)
    assert found.article is not None
    assert (found.article.title, found.article.byline, found.article.dateline_place) == (
        "A bridge opens",
        "Ann Lee",
        "Lima",
    )
    assert (found.article.published, found.article.external_id) == ("2020-06-17T10:15:28+10:00", "N1")
    assert found.article.body == "It is open.\n\nIt is red."


def test_newsml(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, NEWSML)
    assert found.article is not None
    assert found.article.body == "LIMA, June 17, 2020 (AFP) - It is open."
    assert (found.article.agency, found.article.published) == ("AFP", "2020-06-17T10:15:28+00:00")


def test_newsml_g2_message_with_a_picture(tmp_path: Path) -> None:
    story, photo = parsed(tmp_path, G2)
    assert story.article is not None
    assert (story.article.body, story.article.byline, story.article.agency) == (
        "It is open.",
        "Ann Lee",
        "Reuters",
    )
    assert story.article.published == "2020-06-17T10:15:28+00:00"
    assert photo.outcome == "empty"


LAUGHS = "<!DOCTYPE rss [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY a{n} '{'&a' + str(n - 1) + ';' if n > 1 else '&a;'}{'&a;' * 9}'>" for n in range(1, 9)
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (LAUGHS + "]><rss><channel><item><description>&a8;</description></item></channel></rss>", "entities"),
        (
            "<!DOCTYPE rss [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><rss><item><description>&f;</description></item></rss>",
            "",
        ),
        ("<rss>" + "<x>" * 100_000, "deep"),
        ("<rss><channel><item><description>It is", "broken XML"),
        ("<rss></rss>", "no entry"),
        ("<feed", ""),
    ],
)
def test_hostile_and_broken_xml_is_one_line(tmp_path: Path, text: str, reason: str) -> None:
    found = parsed(tmp_path, text)
    assert all("root:" not in item.article.body for item in found if item.article)
    if reason:
        assert found[-1].article is None
        assert reason in (found[-1].reason or "")


def test_entries_before_the_break_are_read(tmp_path: Path) -> None:
    first, rest = parsed(
        tmp_path, "<rss><channel><item><description>It is open.</description></item><item><des"
    )
    assert first.article is not None
    assert rest.outcome == "rejected"


def test_a_feed_in_windows_1252_that_says_nothing(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, "<rss><item><description>“Café”</description></item></rss>".encode("cp1252"))
    assert found.article is not None
    assert found.article.body == "“Café”"
    assert "Windows-1252" in (found.reason or "")


def test_other_xml_is_not_taken_for_text(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, '<?xml version="1.0"?><svg></svg>')
    assert found.outcome == "rejected"
    assert "<svg>" in (found.reason or "")


def test_a_text_that_begins_with_a_tag_is_text(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, "<script>alert(1)</script> was in the letter, he said.")
    assert found.article is not None
    assert found.article.body == "<script>alert(1)</script> was in the letter, he said."


def test_an_alert_has_only_a_headline(tmp_path: Path) -> None:
    alert = G2.replace(
        '<newsItem guid="urn:2"><',
        '<newsItem guid="urn:2"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><',
    )
    found = parsed(tmp_path, alert)[1]
    assert found.article is not None
    assert (found.article.title, found.article.title_origin, found.article.body) == (
        "A photo",
        "lead",
        "A photo",
    )
    assert found.reason == "only a headline, which is taken as the text"


def test_a_caption_is_no_article_and_a_package_is_none_beside_its_items(tmp_path: Path) -> None:
    picture = G2.replace(
        '<newsItem guid="urn:2"><',
        '<newsItem guid="urn:2"><itemMeta><itemClass qcode="icls:picture"/></itemMeta><',
    )
    package = """<packageItem guid="urn:3"><itemMeta><itemClass qcode="icls:composite"/></itemMeta><contentMeta><headline>A bridge opens
</headline></contentMeta></packageItem>"""
    story, photo, packed = parsed(tmp_path, picture.replace("</itemSet>", f"{package}</itemSet>"))
    assert story.outcome == "article"
    assert (photo.outcome, photo.reason) == ("empty", "a picture with its caption, no article")
    assert (packed.outcome, packed.reason) == ("empty", "a package of other items, no article of its own")
    (alone,) = parsed(tmp_path, f"<newsMessage><itemSet>{package}</itemSet></newsMessage>")
    assert alone.article is not None
    assert alone.article.title == "A bridge opens"


def test_newsml_1_2_with_pictures_and_a_second_text(tmp_path: Path) -> None:
    def component(headline: str, kind: str, text: str) -> str:
        return (
            f"<NewsComponent><NewsLines><HeadLine>{headline}</HeadLine></NewsLines><ContentItem><MediaType FormalName='{kind}'/>"
            f"<DataContent><p>{text}</p></DataContent></ContentItem></NewsComponent>"
        )

    parts = component("A bridge", "Photo", "The bridge.") + component("A bridge", "Text", "It is open.")
    item = f"<NewsML><NewsItem><NewsComponent>{parts}{component('The river', 'Text', 'It is wide.')}</NewsComponent></NewsItem></NewsML>"
    (found,) = parsed(tmp_path, item)
    assert found.article is not None
    assert (found.article.title, found.article.body) == (
        "A bridge",
        "It is open.\n\nThe river\n\nIt is wide.",
    )
    (photo,) = parsed(
        tmp_path, f"<NewsML><NewsItem>{component('A bridge', 'Photo', 'The bridge.')}</NewsItem></NewsML>"
    )
    assert photo.outcome == "empty"


def test_json_feed(tmp_path: Path) -> None:
    first, second = parsed(tmp_path, JSON_FEED)
    assert first.source.reader == "json-feed"
    assert first.article is not None
    assert (first.article.title, first.article.publisher, first.article.byline) == (
        "A bridge opens",
        "The Paper",
        "Ann Lee",
    )
    assert (first.article.published, first.article.language) == ("2021-03-04T09:20:00+00:00", "en")
    assert first.article.body == "It is open."
    assert json.loads(first.article.metadata or "") == {"keywords": ["bridges", "Lima"]}
    assert second.article is not None
    assert (second.article.publisher, second.article.language, second.article.body) == (
        "The Paper",
        "es",
        "Only text.",
    )


def test_what_a_feed_writes_below_a_text_is_left_out(tmp_path: Path) -> None:
    text = "&lt;p&gt;It is open.&lt;/p&gt;&lt;p&gt;The post A bridge appeared first on The Paper.&lt;/p&gt;"
    item = f"<item><title>A bridge</title><category>A</category><category>B</category><description>{text}</description></item>"
    (found,) = parsed(tmp_path, f"<rss><channel><title>The Paper</title>{item}</channel></rss>")
    assert found.article is not None
    assert found.article.body == "It is open."
    assert json.loads(found.article.metadata or "") == {"keywords": ["A", "B"]}


@pytest.mark.parametrize("doctype", ["", "<!DOCTYPE nitf SYSTEM 'http://n.example/nitf.dtd'>"])
def test_entities_of_html_stand_for_their_characters(tmp_path: Path, doctype: str) -> None:
    text = f"{doctype}<nitf><body><body.head><hl1>Caf&eacute;</hl1></body.head><body.content><p>&ldquo;Yes&rdquo;&nbsp;&other;.</p></body.content></body></nitf>"
    (found,) = parsed(tmp_path, text)
    assert found.article is not None
    assert (found.article.title, found.article.body) == ("Café", "“Yes”\xa0&other;.")


def test_an_ampersand_that_is_none_of_xml_is_read_with_a_remark(tmp_path: Path) -> None:
    item = "<item><title>R&D &amp; more</title><link>https://n.example/?a=1&b=2</link><description><![CDATA[A & B.]]></description></item>"
    (found,) = parsed(tmp_path, f"<rss><channel>{item}</channel></rss>")
    assert found.article is not None
    assert (found.article.title, found.article.url) == ("R&D & more", "https://n.example/?a=1&b=2")
    assert found.article.body == "A & B."
    assert "broken XML" in (found.reason or "")


def test_who_helped_and_what_is_for_the_desk_stand_below_the_story(tmp_path: Path) -> None:
    story = "<p>LIMA, June 17 (Reuters) - It is open.</p><p>It is red.</p>"
    credit = "<p>(Reporting by Ann Lee; Editing by Bo Ek)</p>"
    notes = "<section><h3># dpa-Notizblock</h3><p>## Orte</p><p>- Rathaus, Lima</p></section>"
    for below in (credit, notes):
        (found, _) = parsed(tmp_path, G2.replace("<p>It is open.</p>", story + below))
        assert found.article is not None
        assert found.article.body.endswith("It is red.")


def test_a_newsml_1_2_item_has_the_dateline_of_its_nitf(tmp_path: Path) -> None:
    nitf = "<nitf><body><body.head><dateline><location>LIMA</location></dateline></body.head><body.content><p>It is open.</p></body.content></body></nitf>"
    item = f"<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>A</HeadLine></NewsLines><ContentItem><DataContent>{nitf}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    (found,) = parsed(tmp_path, item)
    assert found.article is not None
    assert (found.article.dateline_place, found.article.body) == ("LIMA", "It is open.")


def test_items_of_newsml_g2_that_are_no_news_say_so(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, "<knowledgeItem guid='a'><conceptSet/></knowledgeItem>")
    assert (found.outcome, found.reason) == ("empty", "a knowledgeItem of NewsML-G2, no article")


def test_authors_of_feeds(tmp_path: Path) -> None:
    atom = ATOM.replace("</author>", "</author><author><name>Bo Ek</name></author>")
    (found,) = parsed(tmp_path, atom)
    assert found.article is not None
    assert found.article.byline == "Ann Lee; Bo Ek"
    item = "<item><title>A</title><author>desk@n.example (Ann Lee)</author><description>It is open.</description></item>"
    (found,) = parsed(tmp_path, f"<rss><channel>{item}</channel></rss>")
    assert found.article is not None
    assert found.article.byline == "Ann Lee"


def test_proquest_xml(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, SAMPLES["proquest-xml"][1])
    got = found.article
    assert got is not None
    assert (got.title, got.published, got.byline) == ("A bridge", "2021-03-04", "Lee, Ann")
    assert (got.publisher, got.language, got.external_id) == ("The Paper", "en", "1")
    assert got.body == "It is open.\n\nIt is red."


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_a_declaration_below_empty_lines_is_one(tmp_path: Path, encoding: str) -> None:
    text = f"\n\n <?xml version='1.0' encoding='{encoding}'?><rss><channel><item><title>Café</title><description>It is.</description></item></channel></rss>"
    (found,) = parsed(tmp_path, text.encode(encoding))
    assert found.article is not None
    assert found.article.title == "Café"


def test_publisher_and_section_of_nitf_s_publication(tmp_path: Path) -> None:
    facts = "<pubdata name='The Paper' date.publication='20210304' position.section='News'/>"
    text = f"<nitf><head>{facts}</head><body><body.head><hl1>A bridge</hl1></body.head><body.content><p>It is open.</p></body.content></body></nitf>"
    (found,) = parsed(tmp_path, text)
    got = found.article
    assert got is not None
    assert (got.publisher, got.section, got.published) == ("The Paper", "News", "2021-03-04")
