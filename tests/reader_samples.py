"""One small invented file for every format that is read, and the account that every reader must give.

Whoever adds a reader adds its samples here: the contract and the fuzz test take all of them, and
fail while a registered reader has none. A sample is (name of the file, its bytes); several samples
of one reader are welcome where its format has several shapes.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import plistlib
import tarfile
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path

from export_samples import EXPORT_SAMPLES
from pdf_samples import PDF_SAMPLES

from corpus_db.models import ParsedDocument, SourceDocument
from corpus_db.parsing import parse
from corpus_db.readers import InputFile, Unreadable, discover, read

SAMPLES: dict[str, tuple[str, bytes]] = {
    "text": (
        "a.txt",
        "Title : A bridge opens\nDate : 2021-03-04\nArticle :\nLIMA, March 3 (Reuters) - A bridge “opened”.\n".encode(),
    ),
    "texts": (
        "a.txt",
        (
            "Cover\n\nDocument 1 of 2\nA bridge opens\n4 March 2021\n\nA bridge “opened” over the river on Monday, after two years of work.\n"
            "Document 2 of 2\r\nB\r\n5 March 2021\r\n\r\nIt was closed again, the mayor of the town said on the day after that.\n\n"
        ).encode(),
    ),
    "texts-separated": (
        "a.txt",
        (
            b"A bridge opens\n4 March 2021\n\nA bridge opened over the river on Monday, after two years of work.\n"
            b"=====\nB\n5 March 2021\n\nIt was closed again, the mayor of the town said on the day after that.\n=====\n"
        ),
    ),
    "jsonl": ("a.jsonl", b'{"id": 1, "title": "T", "body": "A b."}\n\n{"body": "C \\u00e9 d."}\n[]\n'),
    "json": ("a.json", b'[{"title": "T", "body": "A b."},\n {"body": "C [d] \\"e\\"."}]\n'),
    "jsonp": (
        "a.js",
        b'/**/jQuery1_2({"items": [{"title": "T", "body": "A b."},\n {"body": "C [d] (e)."}]});\n',
    ),
    "script": ("a.js", b'var articles = [{"title": "T", "body": "A b."}];\n'),
    "json-columns": ("a.json", b'{"title": ["A", "B"], "text": ["It is open.", "It is red."]}\n'),
    "proquest-xml": (
        "a.xml",
        (
            b"<?xml version='1.0'?><RECORD><GOID>1</GOID><Obj><TitleAtt><Title>A bridge</Title></TitleAtt><NumericDate>20210304</NumericDate>"
            b"<Language><RawLang>English</RawLang></Language></Obj><Contributors><Contributor Role='Author'><OriginalForm>Lee, Ann</OriginalForm>"
            b"</Contributor></Contributors><DFS><PubFrosting><Title>The Paper</Title></PubFrosting></DFS><TextInfo><Text><HTMLContent>"
            b"&lt;p&gt;It is open.&lt;/p&gt;&lt;p&gt;It is red.&lt;/p&gt;</HTMLContent></Text></TextInfo></RECORD>"
        ),
    ),
    "rss": (
        "a.xml",
        (
            b"<?xml version='1.0'?><rss><channel><title>P</title>\n<item><title>A</title><description>It &lt;b&gt;is&lt;/b&gt;.</description></item>"
            b"<item><title>B</title><pubDate>17 Jun 2020</pubDate></item></channel></rss>\n"
        ),
    ),
    "nitf": (
        "a.xml",
        b"<nitf><head><docdata><date.issue norm='20200617T101528+1000'/></docdata></head><body><body.content><p>It is</p></body.content></body></nitf>",
    ),
    "newsml": (
        "a.xml",
        (
            b"<NewsML><NewsItem><NewsManagement><FirstCreated>20200617T101528+1000</FirstCreated></NewsManagement><NewsComponent>"
            b"<NewsLines><HeadLine>A bridge</HeadLine><ByLine>By Ana Lee</ByLine></NewsLines><ContentItem><DataContent><p>It is open.</p>"
            b"</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
        ),
    ),
    "newsml-g2": (
        "a.xml",
        (
            b"<newsMessage><itemSet><newsItem guid='urn:1'><contentMeta><contentCreated>2020-06-17T10:15:28Z</contentCreated>"
            b"<headline>A bridge</headline></contentMeta><contentSet><inlineXML><html><body><p>It is open.</p></body></html></inlineXML>"
            b"</contentSet></newsItem></itemSet></newsMessage>"
        ),
    ),
    "ris": (
        "a.ris",
        b"TY  - NEWS\r\nTI  - A bridge\r\nAB  - It is open.\r\nDA  - 2021/03/04/\r\nER  - \r\n\r\nTY  - NEWS\r\nTI  - B\r\nER  - \r\n",
    ),
    "webarchive": (
        "a.webarchive",
        plistlib.dumps(
            {
                "WebMainResource": {
                    "WebResourceData": b"<html><body><article><h1>A bridge</h1><p>It is open.</p></article></body></html>",
                    "WebResourceURL": "https://paper.example/a",
                }
            },
            fmt=plistlib.FMT_BINARY,
        ),
    ),
    "reuters-corpus": (
        "a.xml",
        (
            b"<?xml version='1.0' encoding='iso-8859-1'?><newsitem itemid='1' date='1996-08-20' xml:lang='en'>"
            b"<title>PERU: A bridge.</title><headline>A bridge.</headline><text><p>It is open.</p></text></newsitem>"
        ),
    ),
    "sgml": (
        "apw_199801",
        (
            b'<DOC id="APW19980101.0001" type="story" >\n<HEADLINE>\nA bridge\n</HEADLINE>\n<TEXT>\n<P>\nIt is open.\n</P>\n</TEXT>\n</DOC>\n'
            b"<DOC>\n<DOCNO> AP880212-0002 </DOCNO>\n<HEAD>B</HEAD>\n<TEXT>\n   It is &amp; was.\n</TEXT>\n</DOC>\n"
        ),
    ),
    "html": (
        "a.html",
        (
            b"<!doctype html><html lang='en'><head><title>A bridge opens</title><meta property='article:published_time' content='2021-03-04'>"
            b'<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A bridge opens"}</script></head><body><article>'
            b"<h1>A bridge opens</h1><p>The bridge over the river opened on Monday after three years of work, the mayor said.</p>"
            b"<p>Some two thousand people walked across it in the first hour, and nobody fell into the water.</p></article></body></html>"
        ),
    ),
    "html-several": (
        "a.html",
        b"<!doctype html><html><head><title>The Paper</title></head><body><nav>Home</nav>"
        + b"".join(
            b"<article><h2>%s opens</h2><p>The bridge over the river opened on Monday after three years of work, the mayor said.</p>"
            b"<p>Some two thousand people walked across it in the first hour, and nobody fell into the water.</p></article>"
            % name
            for name in (b"A bridge", b"A tunnel")
        )
        + b"</body></html>",
    ),
    "csv": ("a.csv", b'title,text,date\r\nA,"one, ""two""\r\nthree",2020-05-01\r\n\r\nB,four,\r\n'),
    "csv-headerless": (
        "a.tsv",
        b"".join(
            b'2020-05-0%d\tTown %d closes its bridge\t"The council met on Monday. It decided that the bridge, which is old,\n'
            b'would be closed: \\"at once\\", said the mayor."\r\n' % (number, number)
            for number in range(1, 5)
        ),
    ),
    "csv-utf-16": ("a.csv", "title;text\n\u010aA;\"one\n\u0a0atwo\"\nB;'three'\n".encode("utf-16")),
    "json-list-inside": (
        "a.json",
        (
            b'{"status": "ok", "response": {"docs": [{"headlines": [{"role": "main", "value": "T"}], "bodies": '
            b'[{"contenttype": "text/html", "value": "<p>A b.</p>"}]}, {"_source": {"text": "C."}}], "more": [{}]}}\n'
        ),
    ),
    "wire": (
        "a.tst",
        (
            b"\x01eca062 4\r\n\x02A bridge =\r\n\n   Lima (dpa) - It is open.\r\n\x03131137 GMT Nov 13\r\n\x04"
            b"\x16\x16\x01W28\x1fasian\n\x02^BC-Bridge,4<\n^A bridge<\n\t   LIMA (AP) _ It.\n\x03AP-WF-11-13-13 1509GMT<\n\x04"
        ),
    ),
    "nexis": (
        "a.TXT",
        (
            b"Cover\r\n\r\n   1 of 2 DOCUMENTS\r\n\r\n           The Paper\r\n\r\n         March 4, 2021\r\n\r\nA bridge\r\n\r\n"
            b"LENGTH: 3 words\r\n\r\nIt is open.\r\n\r\nLANGUAGE: ENGLISH\r\n  2 of 2 DOCUMENTS\r\n\r\nB\r\n\r\nLENGTH: 1\r\n\r\nYes.\r\n"
        ),
    ),
    **EXPORT_SAMPLES,
    **PDF_SAMPLES,
}

_MAIL = (
    b"Return-Path: <ana@paper.example>\r\nReceived: by mail.example; Thu, 19 Feb 2015 17:18:40 +1100\r\n"
    b"From: =?utf-8?Q?Ana_Le=C3=A9?= <ana@paper.example>\r\nDate: Thu, 19 Feb 2015 17:18:40 +1100\r\n"
    b"Subject: A bridge\r\n opens\r\nMessage-ID: <1@paper.example>\r\nMIME-Version: 1.0\r\n"
    b'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\nContent-Type: multipart/alternative; boundary="b2"\r\n\r\n'
    b"--b2\r\nContent-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"It =93opened=94 on =\r\nMonday.\r\n\r\n-- \r\nAna\r\n--b2\r\nContent-Type: text/html\r\n\r\n<p>It opened on <b>Monday.</b>\r\n--b2--\r\n"
    b'--b1\r\nContent-Type: text/plain; name="old.txt"\r\nContent-Disposition: attachment; filename="old.txt"\r\n'
    b"Content-Transfer-Encoding: base64\r\n\r\nSXQgcmFpbmVkIGluIE9zbG8u\r\n"
    b'--b1\r\nContent-Type: image/png; name="a.png"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b1--\r\n'
)


def captured(
    kind: str, content: bytes, url: str = "https://paper.example/a", status: str = "200 OK"
) -> bytes:
    """A record of a web archive that holds an answer."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode()
    return warc_record("response", answer + content, url, "application/http; msgtype=response")


def warc_record(
    kind: str, block: bytes, url: str = "https://paper.example/a", content: str = "text/plain"
) -> bytes:
    """A record of a web archive."""
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"WARC-Date: 2021-03-05T06:07:08Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {content}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


_RECORDS = [
    warc_record("warcinfo", b"software: test\r\n", content="application/warc-fields"),
    captured("text/html; charset=utf-8", SAMPLES["html"][1]),
    warc_record("request", b"GET / HTTP/1.1\r\n\r\n"),
    captured("text/html", b"not here", status="404 Not Found"),
    warc_record("resource", b"It rained in Oslo."),
    captured("application/rss+xml", SAMPLES["rss"][1]),
    captured("image/png", b"\x89PNG"),
]
SAMPLES |= {
    "mail": ("a.eml", _MAIL),
    "mbox": (
        "a.mbox",
        b"From ana@paper.example Thu Feb 19 17:18:40 2015\n"
        + _MAIL.replace(b"\r\n", b"\n")
        + b"\nFrom MAILER Fri Feb 20 17:18:40 2015\nSubject: B\nFrom: b@paper.example\n\n>From Oslo it is far.\n\n",
    ),
    "warc": ("a.warc", b"".join(_RECORDS)),
    "warc.gz": ("a.warc.gz", b"".join(gzip.compress(record, mtime=0) for record in _RECORDS)),
}

# Readers whose texts are not the bytes of the piece: what these stand for, or without the marks round them.
TRANSLATED = frozenset({"mail", "mbox", "warc", "texts", "webarchive"})


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive of the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    """A tar archive of the files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    """The bytes as gzip, the same at every run."""
    return gzip.compress(data, mtime=0)


def xlsx(*rows: tuple[str, ...]) -> bytes:
    """A workbook with one sheet, "News"."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{related}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{related}"><sheets><sheet name="News" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{cells}</sheetData></worksheet>",
    }
    return zipped({name: part.encode() for name, part in parts.items()})


def odt(body: str) -> bytes:
    """An OpenDocument text."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table")
    )
    content = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        archive.writestr(zipfile.ZipInfo("content.xml"), content)
    return out.getvalue()


def epub(*chapters: str, language: str = "en", more: dict[str, str] | None = None) -> bytes:
    """A book with these bodies of XHTML as chapters."""
    items = "".join(
        f'<item id="c{number}" href="text/c{number}.xhtml" media-type="application/xhtml+xml"/>'
        for number in range(len(chapters))
    )
    order = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "OEBPS/content.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"<dc:title>The Paper</dc:title><dc:date>2026-01-01</dc:date><dc:language>{language}</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{order}</spine></package>",
        **(more or {}),
    }
    for number in reversed(range(len(chapters))):  # the order in the file is not that of the spine
        page = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{chapters[number]}</body></html>'
        parts[f"OEBPS/text/c{number}.xhtml"] = page
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


_FILES = {kind: SAMPLES[kind] for kind in ("text", "jsonl", "csv")}
_FOLDER = {f"news/{kind}/{name}": data for kind, (name, data) in _FILES.items()}
SAMPLES |= {
    "xlsx": ("a.xlsx", xlsx(("title", "text"), ("A", "It is open."), ("B", "It is red."))),
    "odt": (
        "a.odt",
        odt("<text:h>A bridge opens</text:h><text:p>It is open.</text:p><text:p>It is red.</text:p>"),
    ),
    "epub": ("a.epub", epub("<h1>A bridge</h1><p>It is open.</p>", "<h1>B</h1><p>It is red.</p>")),
    "recoded": ("a.json", SAMPLES["json"][1].decode().encode("utf-16")),
    "zip": ("a.zip", zipped(_FOLDER)),
    "tar": ("a.tar", tarred(_FOLDER)),
    "tar.gz": ("a.tar.gz", gzipped(tarred(_FOLDER))),
    "gzip": ("a.jsonl.gz", gzipped(SAMPLES["jsonl"][1])),
    "bzip2": ("a.txt.bz2", bz2.compress(SAMPLES["text"][1])),
    "xz": ("a.csv.xz", lzma.compress(SAMPLES["csv"][1])),
    "archives in archives": (
        "a.zip",
        zipped({"b.tar": tarred(_FOLDER), "c.txt.gz": gzipped(b"It is open.")}),
    ),
}


def account(name: str, data: bytes) -> list[SourceDocument]:
    """Reads the bytes as a file called `name`; checks that the pieces add up and each becomes something.

    Gives back the pieces of the file and of all files in it.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        (file,) = discover([str(path)], Path(folder))
        if not isinstance(file, InputFile):
            return []
        assert file.name == name
        documents = _account(file, data)
        assert [entry.name for entry in Path(folder).iterdir()] == [name]  # nothing was written
    return documents


def _account(file: InputFile, data: bytes) -> list[SourceDocument]:
    assert file.sha256() == sha256(data).hexdigest()
    own, within = [], []
    for given in read(file):
        if isinstance(given, SourceDocument):
            own.append(given)
            continue
        assert given.name.startswith(file.name + "/")
        assert given.name.isprintable()
        if isinstance(given, Unreadable):
            assert given.reason.isprintable()
            continue
        with given.open() as stream:
            content = stream.read()
        assert given.size == len(content)
        within += _account(given, content)
    _balanced(file.name, own, data)
    return own + within


def _balanced(name: str, documents: list[SourceDocument], data: bytes) -> None:
    position = 0
    for document in documents:
        assert document.start == position
        assert document.end > position or not data
        position = document.end
        assert document.sha256 == sha256(data[document.start : document.end]).hexdigest()
        assert sum(value is not None for value in (document.text, document.fields, document.reason)) == 1
        if document.text is not None and document.reader not in TRANSLATED:
            assert document.text == data[document.start : document.end]
        assert document.path == name
    assert position == len(data)
    assert documents
    for document in documents:
        understood(document)


def understood(document: SourceDocument) -> None:
    """What parsing makes of a piece: an article, or an outcome with a reason of one short line."""
    parsed = parse(document)
    assert (parsed.article is not None) == (parsed.outcome == "article")
    assert parsed.reason is None or (parsed.reason.isprintable() and len(parsed.reason) < 400)
    if parsed.outcome != "article":
        assert parsed.reason


def parsed_file(folder: Path, data: bytes, name: str = "a") -> list[ParsedDocument]:
    """What reading and parsing make of a file with these bytes, called `name`."""
    (folder / name).write_bytes(data)
    (file,) = discover([str(folder / name)], folder)
    assert isinstance(file, InputFile)
    return [parse(document) for document in read(file)]
