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
}
