"""Invented exports and documents in the layouts of news archives, for the tests of their readers."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>'
)


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of WordprocessingML; "\\n" in the text is a line break."""
    runs = "<w:br/>".join(
        f'<w:t xml:space="preserve">{line.replace("&", "&amp;").replace("<", "&lt;")}</w:t>'
        for line in text.split("\n")
    )
    properties = (
        f'<w:pPr><w:pStyle w:val="{style}"/><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' if style else ""
    )
    return f"<w:p>{properties}<w:r>{runs}</w:r></w:p>"


def zipped(parts: dict[str, bytes]) -> bytes:
    """A zip archive of these parts, the same bytes at every run."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, ZIP_DEFLATED)
    return target.getvalue()


def docx(body: str, title: str = "") -> bytes:
    """A DOCX with this body of WordprocessingML."""
    document = f'<?xml version="1.0"?><w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()}
    if title:
        parts["docProps/core.xml"] = _CORE.format(title).encode()
    return zipped(parts)


STORY = "The old bridge over the river was opened on Monday by the mayor, after two years of work."

PLAIN_DOCX = docx(
    paragraph("Old bridge in Lima opens again", "Title")
    + paragraph("Date: 4 March 2021")
    + paragraph("By Ann Lee")
    + paragraph("")
    + paragraph(f"LIMA, March 3 (Reuters) - {STORY}")
    + paragraph("It is red.\nIt is also\tlong.")
)

NEXIS_UNI_LINES = [
    "Date and Time: Friday, 5 March 2021 09:31:00 CET", "Documents (2)", "1. Old bridge in Lima opens again", "Client/Matter: -None-",
    "", "",
    "Old bridge in Lima opens again", "The Paper (Lima)", "March 4, 2021 Thursday 9:20 AM GMT", "",
    "\nCopyright 2021 The Paper All Rights Reserved", "Section: NEWS; Pg. 4", "Length:\xa030 words", "Byline: Ann Lee", "Body",
    "", STORY, "", "Update: two were there.", "", "Graphic", "", "The bridge in March", "", "Classification", "",
    "Language: ENGLISH", "\nPublication-Type: Newspaper", "\nLoad-Date: March 3, 2021", "", "\nEnd of Document", "", "",
    "A second story", "The Mail", "March 5, 2021 Friday", "", "Length: 3 words", "Body", "It is short.", "End of Document", "",
]  # fmt: skip
NEXIS_UNI_DOCX = docx("".join(paragraph(text) for text in NEXIS_UNI_LINES))
NEXIS_UNI_SHORT_DOCX = docx(
    "".join(paragraph(text.replace("Documents (2)", "Documents (3)")) for text in NEXIS_UNI_LINES)
)

NEXIS_HTML = f"""<html><head><title>Export</title></head><body>
<div class="c0"><p class="c1"><span class="c2">1 of 2 DOCUMENTS</span></p></div>
<br><div class="c0"><br><p class="c1"><span class="c2">The Paper (Lima)</span></p></div>
<div class="c3"><p class="c1"><span class="c4">March 4</span><span class="c2">, 2021 Thursday</span></p></div>
<div class="c3"><p class="c1"><span class="c2">First Edition</span></p></div>
<div class="c5"><p class="c6"><span class="c7">Old bridge in Lima opens again</span></p></div>
<div class="c5"><p class="c6"><span class="c8">BYLINE:</span><span class="c2">&nbsp;BY ANN LEE</span></p></div>
<div class="c5"><p class="c6"><span class="c8">SECTION: </span><span class="c2">NEWS; Pg. 4</span></p></div>
<div class="c5"><p class="c6"><span class="c8">LENGTH: </span><span class="c2">30 words</span></p></div>
<div class="c5"><p class="c6"><span class="c8">DATELINE: </span><span class="c2">LIMA</span></p></div>
<div class="c5"><p class="c9"><span class="c2">{STORY}</span></p><p class="c9"><span class="c2">POLICE: two were there.</span></p></div>
<div class="c5"><p class="c6"><span class="c8">LOAD-DATE: </span><span class="c2">March 3, 2021</span></p></div>
<div class="c5"><p class="c6"><span class="c8">LANGUAGE: </span><span class="c2">ENGLISH</span></p></div>
<div class="c0"><p class="c1"><span class="c2">2 of 2 DOCUMENTS</span></p></div>
<div class="c0"><p class="c1">The Mail</p></div><div class="c3"><p class="c1">March 5, 2021 Friday</p></div>
<div class="c5"><p class="c6">A second story</p></div><div class="c5"><p class="c6">LENGTH: 3 words</p></div><p>It is short.</p>
</body></html>""".encode()

NEXIS_GERMAN_TEXT = """                               Dokument 1 von 2


                                 Die Zeitung

                          4. März 2021 Donnerstag

Alte Brücke wieder offen

AUTOR: Ann Lee

RUBRIK: STADT; S. 4

LÄNGE: 30 Wörter

Die alte Brücke ist am Montag wieder eröffnet worden, nach zwei Jahren.

UPDATE: 3. März 2021

SPRACHE: GERMAN; DEUTSCH

                               Dokument 2 von 2


                                 Die Zeitung

                          5. März 2021 Freitag

Ein zweiter Bericht

LÄNGE: 3 Wörter

Er ist kurz.
""".encode()


def _coded(*fields: tuple[str, str]) -> str:
    rows = "".join(
        f'<tr><td class="index"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>' for code, value in fields
    )
    return f'<div class="article frArticle"><table>{rows}</table><br/></div><span></span>'


FACTIVA_HTML = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
    "<html><head><title>Factiva</title><style>p {}</style></head><body><h1>Factiva</h1>"
    + _coded(
        ("SE", "Ville"),
        ("HD", "<b class='frHeadline'>Le vieux pont rouvre à Lima</b>"),
        ("BY", "Par ANN LEE"),
        ("WC", "30 mots"),
        ("PD", "4 mars 2021"),
        ("ET", "15:32"),
        ("SN", "Le Journal"),
        ("SC", "TESTFR"),
        ("LA", "Français"),
        ("CY", "(c) 2021 Le Journal"),
        (
            "LP",
            "<p class='articleParagraph'>Le pont est ouvert.</p><p class='articleParagraph'>Il est rouge.</p>",
        ),
        ("TD", "<p class='articleParagraph'>Deux étaient là.</p>"),
        ("NS", "gcat : General News"),
        ("AN", "Document TESTFR0020210304e7340001r"),
    )
    + _coded(
        ("HD", "Un second"),
        ("PD", "5 mars 2021"),
        ("LP", "Il est court."),
        ("AN", "Document TESTFR0020210305e7350002r"),
    )
    + "<div>© 2021 Factiva, Inc. Tous droits réservés.</div></body></html>"
).encode()

FACTIVA_PLAIN_HTML = f"""<html><head><title>Factiva</title></head><body>
<div id="article-TEST000020210304e7340001r" class="article" ><div class="article deArticle"><p>
<div>Stadt</div><div id="hd" ><span class='deHeadline'>Alte Brücke wieder offen   </span>
</div><div class="author">Von ANN LEE.   </div><div>766 Wörter</div><div>4 März 2021</div><div>Die Zeitung</div><div>TEST</div>
<div>13</div><div>Deutsch</div><div>(c) 2021 Die Zeitung   </div>
</p>
<p class="articleParagraph dearticleParagraph">Die Brücke ist <b>offen</b>.   </p>
<p class="articleParagraph dearticleParagraph">Sie ist rot. {STORY}</p>
<p>Zeitungsverlag GmbH</p><p>Dokument TEST000020210304e7340001r</p></div></div><br/></body></html>""".encode()

FACTIVA_CODED_TEXT = f"""HD  Old bridge in Lima opens again
BY  By Ann Lee
WC  30 words
PD  4 March 2021
ET  03:15 PM
SN  The Paper
LA  English
LP  {STORY}

TD  It is red.

Two were there.

NS  gcat : General News
AN  Document TEST000020210304e7340001r

HD  A second story
PD  5 March 2021
SN  The Mail
LP  It is short.
AN  Document TEST000020210305e7350002r
""".encode()

FACTIVA_TEXT = f"""Old bridge in Lima opens again
By Ann Lee
30 words
4 March 2021
15:32
The Paper
TEST
4
English
(c) 2021 The Paper. All Rights Reserved.
{STORY}

It is red.

Document TEST000020210304e7340001r

A second story
3 words
5 March 2021
The Mail
TEST
English
(c) 2021
It is short.

Document TEST000020210305e7350002r
""".encode()

FACTIVA_XML = f"""<?xml version="1.0" encoding="utf-8"?>
<PPSResponse><ppsArticleResponse xmlns="http://global.factiva.com/pps/2.0"><ppsarticleResultSet count="2">
<ppsarticle><article><accessionNo>TEST000020210304e7340001r</accessionNo><baseLanguage>EN</baseLanguage>
<headline><paragraph>Old <hlt>bridge</hlt> in Lima opens again</paragraph></headline>
<leadParagraph><paragraph>{STORY}</paragraph></leadParagraph>
<publicationDate><dateTime>2021-03-04T15:32:00Z</dateTime></publicationDate><sourceName>The Paper</sourceName>
<tailParagraphs><paragraph>It is red.</paragraph></tailParagraphs></article></ppsarticle>
<ppsarticle><article><accessionNo>TEST000020210305e7350002r</accessionNo>
<headline><paragraph>A second story</paragraph></headline><leadParagraph>
It is short, but it stands in more than one line of
text.
    It is red.
</leadParagraph><publicationDate><date>2021-03-05</date></publicationDate></article></ppsarticle>
</ppsarticleResultSet></ppsArticleResponse></PPSResponse>
""".encode()


def rtf(body: str) -> bytes:
    """An RTF document with this body."""
    fonts = r"{\fonttbl{\f0\fnil\fcharset0 Arial;}}{\info{\title Not this}}"
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + fonts + body + "}").encode("cp1252")


PLAIN_RTF = rtf(
    r"{\header Page\par}\pard\b Old bridge in Lima opens again\b0\par Date: 4 March 2021\par By Ann Lee\par\par "
    + STORY
    + r"\par It cost 2 million \'80 \u8211? \ldblquote a lot\rdblquote , said {\field{\*\fldinst{HYPERLINK "
    + r"""\"http://example.org/\"}}{\fldrslt{the mayor}}} of Lima \u-10179?\u-8704?.\par"""
    + r"{\pict\pngblip "
    + "89504e47" * 200
    + r"}\par It is red.\line It is long.\par"
)

FACTIVA_RTF = rtf(r"\par ".join(line.replace("\n", r"\par ") for line in FACTIVA_TEXT.decode().split("\n")))

NEXIS_UNI_RTF = rtf(
    r"\par ".join(line.replace("\n", "").replace("\xa0", r"\~") for line in NEXIS_UNI_LINES) + r"\par"
)

PROQUEST_TEXT = f"""____________________________________________________________

Old bridge in Lima opens again

Author: Lee, Ann

Publication info: The Paper ; Lima. 04 Mar 2021: A.2.

https://www.example.org/docview/1?accountid=1

Abstract: A bridge opens.

Links: none

Full text: {STORY}

It is red.

Subject: Bridges

Publication title: The Paper; Lima

Pages: A.2

Publication year: 2021

Publication date: Mar 4, 2021

Section: News

Publisher: The Paper Company

Language of publication: English

Document type: News

ProQuest document ID: 251439970

Document URL: https://www.example.org/docview/251439970

Copyright: (c) 2021 The Paper

Last updated: 2021-11-07

Database: Dailies

____________________________________________________________

A second story

Publication info: The Mail ; Lima. 05 Mar 2021: B.1.

Abstract: It is short.

Publication title: The Mail

ProQuest document ID: 251439971

Database: Dailies

____________________________________________________________

Contact us at: http://www.proquest.com/go/contactsupport

Database copyright © 2021 ProQuest LLC. All rights reserved.
""".encode()

PROQUEST_HTML = f"""<html><body><h1>Documents</h1>
<div style="margin-bottom:20px;border-bottom:2px solid #ccc;padding-bottom:5px">
<a name="DocID_TEST_251439970"></a><p></p>
<p style="font-weight:bold;">Old bridge in Lima opens again</p>
<p><strong>Author:  </strong>Lee, Ann</p>
<p><strong>Publication info:  </strong>The Paper ; Lima. [Lima]04 Mar 2021: A.2.</p>
<p><a href="https://www.example.org/docview/1">ProQuest document link</a></p>
<p><strong>Abstract:  </strong></p><p>A bridge opens.</p>
<p><strong>Full text: </strong><text wordcount="30"><p>{STORY}</p> <p>It is red.</p></text></p>
<p><strong>Company / organization: </strong>Name: City of Lima</p>
<p><strong>Publication title: </strong>The Paper; Lima</p>
<p><strong>Publication date: </strong>Mar 4, 2021</p>
<p><strong>Section: </strong>News</p>
<p><strong>ProQuest document ID: </strong>251439970</p>
<p><strong>Document URL: </strong><a href="https://www.example.org/docview/251439970">https://www.example.org/docview/251439970</a></p>
<p><strong>Database: </strong>Dailies</p>
</div></body></html>""".encode()

EUROPRESSE_HTML = """<!DOCTYPE html><html><head><title>Europresse</title></head><body><p>Documents sélectionnés</p>
<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">Le Journal, no. 23456</span></div>
<div class="rdp__subheader"><span class="DocHeader">Politique, jeudi 4 mars 2021, p. 12</span></div>
<div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">Le vieux pont rouvre à Lima</p></div>
<p class="sm-margin-bottomNews">Ann Lee</p></header>
<section><div class="DocText clearfix"><div class="docOcurrContainer"><p>Le pont est <mark>ouvert</mark>.</p><p>Il est rouge.</p></div></div></section>
<footer><small>© 2021 Le Journal. Tous droits réservés.</small><p><span class="lblNumDoc">Numéro de document : </span>news·20210304·LJ·106702</p></footer></article>
<article><header><span class="DocPublicationName">The Mail</span> <span class="DocHeader">News, Friday, March 5, 2021</span>
<p class="titreArticleVisu">A second story</p></header><section><div class="docOcurrContainer">It is short.</div></section></article>
</body></html>""".encode()

MARKDOWN = f"""---
title: "Old bridge in Lima opens again"
date: 2021-03-04T09:20
author: [Ann Lee, Bo Ek]
url: https://www.example.org/bridge
tags:
  - bridges
  - Lima
categories: News
description: A bridge.
---

# Old bridge in Lima opens again

{STORY}

Note: it is *red*.
""".encode()

REUTERS = b"""<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="5544" NEWID="1">
<DATE> 4-MAR-1987 15:01:01.79</DATE>
<TOPICS><D>bridge</D></TOPICS>
<PLACES><D>peru</D></PLACES>
<PEOPLE></PEOPLE>
<UNKNOWN>
&#5;&#5;&#5;C T
&#22;&#22;&#1;f0704&#31;reute
</UNKNOWN>
<TEXT>&#2;
<TITLE>OLD BRIDGE IN LIMA &lt;XYZ&gt; OPENS</TITLE>
<AUTHOR>    By Ann Lee, Reuters</AUTHOR>
<DATELINE>    LIMA, March 4 - </DATELINE><BODY>The old bridge over the river was opened on
Monday by the mayor, after two years of work.
    It is red.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
<REUTERS TOPICS="NO" LEWISSPLIT="TEST" OLDID="5545" NEWID="2">
<DATE> 5-MAR-1987 09:10:11.12</DATE>
<TOPICS></TOPICS>
<PLACES><D>peru</D></PLACES>
<TEXT TYPE="BRIEF">&#2;
******<TITLE>MAYOR OF LIMA SAYS BRIDGE IS RED
</TITLE>Blah blah blah.
&#3;

</TEXT>
</REUTERS>
<REUTERS TOPICS="NO" OLDID="5546" NEWID="3">
<DATE> 6-MAR-1987 09:10:11.12</DATE>
<TEXT TYPE="UNPROC">&#2;
SHARES IN LIMA - MARCH 6
  BRIDGES     10  11
&#3;
</TEXT>
</REUTERS>
"""

JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "The Paper", "language": "en", "items": [
 {"id": "1", "url": "https://www.example.org/1", "title": "A bridge opens", "content_html": "<p>It is <b>open</b>.</p>",
  "date_published": "2021-03-04T09:20:00Z", "authors": [{"name": "Ann Lee"}], "tags": ["bridges", "Lima"]},
 {"id": "2", "content_text": "Only text.", "language": "es"}]}
"""

EXPORT_SAMPLES: dict[str, tuple[str, bytes]] = {
    "docx": ("a.docx", PLAIN_DOCX),
    "nexis docx": ("a.DOCX", NEXIS_UNI_DOCX),
    "nexis html": ("a.HTML", NEXIS_HTML),
    "nexis german": ("a.txt", NEXIS_GERMAN_TEXT),
    "factiva html": ("a.html", FACTIVA_HTML),
    "factiva html without codes": ("a.htm", FACTIVA_PLAIN_HTML),
    "factiva text": ("a.txt", FACTIVA_TEXT),
    "factiva text with codes": ("a.txt", FACTIVA_CODED_TEXT),
    "factiva xml": ("a.xml", FACTIVA_XML),
    "rtf": ("a.rtf", PLAIN_RTF),
    "factiva rtf": ("a.rtf", FACTIVA_RTF),
    "nexis rtf": ("a.RTF", NEXIS_UNI_RTF),
    "proquest text": ("a.txt", PROQUEST_TEXT),
    "proquest html": ("a.html", PROQUEST_HTML),
    "europresse html": ("a.HTML", EUROPRESSE_HTML),
    "json feed": ("a.json", JSON_FEED),
    "markdown": ("a.md", MARKDOWN),
    "reuters": ("a.sgm", REUTERS),
}
