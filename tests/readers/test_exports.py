"""Exports of news archives: every article of them, with its fields, whatever they are wrapped in."""

from __future__ import annotations

from pathlib import Path

import export_samples as samples
import pytest
from reader_samples import parsed_file

from corpus_db.models import Article, ParsedDocument

TITLE = "Old bridge in Lima opens again"
STORY = samples.STORY


def articles(found: list[ParsedDocument]) -> list[Article]:
    return [document.article for document in found if document.article is not None]


def test_nexis_uni_as_docx(tmp_path: Path) -> None:
    found = parsed_file(tmp_path, samples.NEXIS_UNI_DOCX)
    assert [document.outcome for document in found] == ["empty", "article", "article"]
    assert {document.source.reader for document in found} == {"nexis-docx"}
    first, second = articles(found)
    assert (first.title, first.publisher, first.byline) == (TITLE, "The Paper (Lima)", "Ann Lee")
    assert (first.published, first.section, first.language) == (
        "2021-03-04T09:20+00:00",
        "NEWS; Pg. 4",
        "en",
    )
    assert first.body == f"{samples.STORY}\n\nUpdate: two were there."
    assert (second.title, second.published, second.body) == ("A second story", "2021-03-05", "It is short.")


def test_nexis_uni_as_rtf(tmp_path: Path) -> None:
    found = parsed_file(tmp_path, samples.NEXIS_UNI_RTF)
    assert [document.outcome for document in found] == ["empty", "article", "article"]
    first, second = articles(found)
    assert (first.title, first.publisher, first.published) == (
        TITLE,
        "The Paper (Lima)",
        "2021-03-04T09:20+00:00",
    )
    assert first.body == f"{samples.STORY}\n\nUpdate: two were there."
    assert second.body == "It is short."
    assert samples.NEXIS_UNI_RTF[found[2].source.start :].lstrip(b"\\par ").startswith(b"A second story")


def test_an_export_that_announces_more_than_it_holds_is_a_reason(tmp_path: Path) -> None:
    found = parsed_file(tmp_path, samples.NEXIS_UNI_SHORT_DOCX)
    assert [document.outcome for document in found] == ["rejected", "article", "article"]
    assert found[0].reason == "the export announces 3 documents, the file holds 2: download it again"


def test_an_export_cut_off_inside_a_document_says_so(tmp_path: Path) -> None:
    whole = samples.NEXIS_UNI_LINES
    end = max(index for index, line in enumerate(whole) if line == "End of Document")
    found = parsed_file(tmp_path, samples.docx("".join(samples.paragraph(line) for line in whole[:end])))
    assert articles(found)[-1].title == "A second story"
    assert found[-1].reason == "the export ends inside this document: download it again"


def test_nexis_text_that_holds_fewer_documents_than_were_selected(tmp_path: Path) -> None:
    text = b"Download Request: Selected Items: 1-3, 5\r\n\r\n" + samples.NEXIS_GERMAN_TEXT
    cover, *rest = parsed_file(tmp_path, text)
    assert cover.reason == "the export announces 4 documents, the file holds 2: download it again"
    assert len(articles(rest)) == 2


def test_nexis_with_german_labels(tmp_path: Path) -> None:
    first, second = articles(parsed_file(tmp_path, samples.NEXIS_GERMAN_TEXT))
    assert (first.title, first.publisher, first.byline) == (
        "Alte Brücke wieder offen",
        "Die Zeitung",
        "Ann Lee",
    )
    assert (first.published, first.section) == ("2021-03-04", "STADT; S. 4")
    assert first.body == "Die alte Brücke ist am Montag wieder eröffnet worden, nach zwei Jahren."
    assert (second.title, second.body) == ("Ein zweiter Bericht", "Er ist kurz.")


def test_nexis_as_html(tmp_path: Path) -> None:
    first, second = articles(parsed_file(tmp_path, samples.NEXIS_HTML))
    assert (first.title, first.publisher, first.byline) == (TITLE, "The Paper (Lima)", "ANN LEE")
    assert (first.published, first.section, first.dateline_place) == ("2021-03-04", "NEWS; Pg. 4", "LIMA")
    assert first.body == f"{samples.STORY}\n\nPOLICE: two were there."
    assert (second.title, second.published, second.body) == ("A second story", "2021-03-05", "It is short.")


def test_factiva_html_with_codes(tmp_path: Path) -> None:
    found = parsed_file(tmp_path, samples.FACTIVA_HTML)
    first, second = articles(found)
    assert (first.title, first.publisher, first.byline) == (
        "Le vieux pont rouvre à Lima",
        "Le Journal",
        "ANN LEE",
    )
    assert (first.published, first.section, first.language) == ("2021-03-04T15:32", "Ville", "fr")
    assert first.external_id == "TESTFR0020210304e7340001r"
    assert first.body == "Le pont est ouvert.\n\nIl est rouge.\n\nDeux étaient là."
    assert (second.published, second.external_id) == ("2021-03-05", "TESTFR0020210305e7350002r")
    start = found[1].source.start
    assert samples.FACTIVA_HTML[start:].startswith(b'<div class="article frArticle">')


def test_factiva_html_without_codes(tmp_path: Path) -> None:
    (only,) = articles(parsed_file(tmp_path, samples.FACTIVA_PLAIN_HTML))
    assert (only.title, only.publisher, only.byline) == (
        "Alte Brücke wieder offen",
        "Die Zeitung",
        "ANN LEE",
    )
    assert (only.published, only.section, only.language) == ("2021-03-04", "Stadt", "de")
    assert only.body == f"Die Brücke ist offen.\n\nSie ist rot. {samples.STORY}"


@pytest.mark.parametrize("data", [samples.FACTIVA_TEXT, samples.FACTIVA_CODED_TEXT, samples.FACTIVA_RTF])
def test_factiva_text(tmp_path: Path, data: bytes) -> None:
    first, second = articles(parsed_file(tmp_path, data))
    assert (first.title, first.publisher, first.byline) == (TITLE, "The Paper", "Ann Lee")
    assert (first.language, first.external_id) == ("en", "TEST000020210304e7340001r")
    assert first.body.startswith(f"{samples.STORY}\n\nIt is red.")
    assert (first.published or "")[:10] == "2021-03-04"
    assert (second.title, second.publisher, second.body) == ("A second story", "The Mail", "It is short.")


def test_factiva_xml(tmp_path: Path) -> None:
    first, second = articles(parsed_file(tmp_path, samples.FACTIVA_XML))
    assert (first.title, first.publisher) == (TITLE, "The Paper")
    assert (first.published, first.body) == (
        "2021-03-04T15:32:00+00:00",
        f"{samples.STORY}\n\nIt is red.",
    )
    assert second.body == "It is short, but it stands in more than one line of text.\n\nIt is red."


def test_factiva_xml_that_announces_more_than_it_holds(tmp_path: Path) -> None:
    *found, rest = parsed_file(tmp_path, samples.FACTIVA_XML.replace(b'count="2"', b'count="3"'))
    assert len(articles(found)) == 2
    assert rest.reason == "the export announces 3 articles, the file holds 2: download it again"


def test_prose_that_counts_words_is_no_export(tmp_path: Path) -> None:
    (only,) = parsed_file(tmp_path, b"A title\n\n355 words\n\nThis is only a note about 355 words.\n")
    assert only.source.reader == "text"


@pytest.mark.parametrize("data", [samples.PROQUEST_TEXT, samples.PROQUEST_HTML])
def test_proquest(tmp_path: Path, data: bytes) -> None:
    first, *others = articles(parsed_file(tmp_path, data))
    assert (first.title, first.publisher, first.byline) == (TITLE, "The Paper", "Lee, Ann")
    assert (first.published, first.section, first.external_id) == ("2021-03-04", "News", "251439970")
    assert first.url == "https://www.example.org/docview/251439970"
    assert first.body == f"{samples.STORY}\n\nIt is red."
    assert [other.title for other in others] == (["A second story"] if data is samples.PROQUEST_TEXT else [])


def test_proquest_with_only_an_abstract(tmp_path: Path) -> None:
    last = parsed_file(tmp_path, samples.PROQUEST_TEXT)[-1]
    assert last.article is not None
    assert (last.article.publisher, last.article.published, last.article.body) == (
        "The Mail",
        "2021-03-05",
        "It is short.",
    )
    assert last.reason == "the export has only an abstract, which is taken as the body"


def test_europresse(tmp_path: Path) -> None:
    found = parsed_file(tmp_path, samples.EUROPRESSE_HTML)
    assert [document.outcome for document in found] == ["empty", "article", "article"]
    first, second = articles(found)
    assert (first.title, first.publisher, first.byline) == (
        "Le vieux pont rouvre à Lima",
        "Le Journal",
        "Ann Lee",
    )
    assert (first.published, first.section) == ("2021-03-04", "Politique")
    assert first.external_id == "news·20210304·LJ·106702"
    assert first.body == "Le pont est ouvert.\n\nIl est rouge."
    assert (second.title, second.publisher, second.published) == ("A second story", "The Mail", "2021-03-05")
    assert (second.body, second.byline) == ("It is short.", None)
    assert samples.EUROPRESSE_HTML[found[2].source.start :].startswith(b"<article>")


def test_nexis_html_with_german_labels_and_a_time(tmp_path: Path) -> None:
    page = samples.NEXIS_HTML.decode().replace("LENGTH", "L&Auml;NGE").replace("BYLINE", "AUTOR")
    page = page.replace(
        '<span class="c4">March 4</span><span class="c2">, 2021 Thursday</span>',
        '<span class="c4">4.</span><span class="c2"> M&auml;rz 2021 Donnerstag 9:50 PM GMT+1</span>',
    )
    first, _ = articles(parsed_file(tmp_path, page.encode()))
    assert (first.title, first.byline, first.published) == (TITLE, "ANN LEE", "2021-03-04T21:50+01:00")


def test_factiva_with_a_chinese_interface(tmp_path: Path) -> None:
    page = samples.FACTIVA_PLAIN_HTML.decode()
    for old, new in (
        ("766 Wörter", "8165 字"),
        ("4 März 2021", "2021 年 3 月 4 日 17:04"),
        ("Deutsch", "德文"),
        ("Dokument", "文件"),
    ):
        page = page.replace(f">{old}", f">{new}")
    (only,) = articles(parsed_file(tmp_path, page.encode()))
    assert (only.title, only.published, only.publisher) == (
        "Alte Brücke wieder offen",
        "2021-03-04T17:04",
        "Die Zeitung",
    )
    assert (only.language, only.external_id) == ("de", "TEST000020210304e7340001r")


def test_a_label_inside_the_full_text_of_proquest_is_text(tmp_path: Path) -> None:
    data = samples.PROQUEST_TEXT.replace(b"It is red.", b"Source: The city.\n\nIt is red.", 1)
    first = articles(parsed_file(tmp_path, data))[0]
    assert first.body == f"{samples.STORY}\n\nSource: The city.\n\nIt is red."
    assert (first.title, first.section) == (TITLE, "News")


def test_nexis_uni_with_an_abstract_and_a_year_in_a_highlight(tmp_path: Path) -> None:
    lines = list(samples.NEXIS_UNI_LINES)
    body = lines.index("Body")
    lines[body : body + 1] = [
        "Highlight: Open since 2021.",
        "Body",
        "ABSTRACT",
        "A bridge opens.",
        "FULL TEXT",
    ]
    data = samples.docx("".join(samples.paragraph(line) for line in lines))
    first, second = articles(parsed_file(tmp_path, data))
    assert (first.title, first.published) == (TITLE, "2021-03-04T09:20+00:00")
    assert first.body == f"{samples.STORY}\n\nUpdate: two were there."
    assert second.title == "A second story"


def test_factiva_text_with_a_section_above_a_headline_that_looks_like_a_name(tmp_path: Path) -> None:
    data = samples.FACTIVA_TEXT.replace(b"A second story\n", b"World\nMarkets Fall Sharply\n")
    _, second = articles(parsed_file(tmp_path, data))
    assert (second.title, second.section, second.byline) == ("Markets Fall Sharply", "World", None)


LABELS_OF_NEXIS = {
    "Spanish": (
        "Sección: INTERNACIONAL",
        "Longitud: 12 palabras",
        "Autor: Ann Lee",
        "Cuerpo",
        "Clasificación",
        "Idioma: SPANISH",
        "Fecha de carga: 9 de marzo de 2021",
        "Fin del documento",
    ),
    "French": (
        "Section: INTERNATIONAL",
        "Longueur: 12 mots",
        "Auteur: Ann Lee",
        "Corps",
        "Classification",
        "Langue: FRENCH",
        "Date de chargement: 9 mars 2021",
        "Fin du document",
    ),
    "German": (
        "Rubrik: POLITIK",
        "Länge: 12 Wörter",
        "Autor: Ann Lee",
        "Hauptteil",
        "Klassifizierung",
        "Sprache: GERMAN",
        "Ladedatum: 9. März 2021",
        "Ende des Dokuments",
    ),
}


@pytest.mark.parametrize("language", LABELS_OF_NEXIS)
def test_nexis_in_other_languages_and_with_an_empty_line_below_the_headline(
    tmp_path: Path, language: str
) -> None:
    section, length, byline, body, after, spoken, loaded, end = LABELS_OF_NEXIS[language]
    lines = [
        "Page 1 of 2", "Old bridge opens", "The Paper", "March 4, 2021", "Copyright 2021 The Paper", f"{section}\n{length}\n{byline}\n{body}",
        STORY, after, spoken, loaded, end,
    ]  # fmt: skip
    _, *found = parsed_file(tmp_path, "\n\n".join(lines).encode(), "a.txt")
    (article,) = [parsed.article for parsed in found if parsed.article is not None]
    assert (article.title, article.publisher, article.published) == (
        "Old bridge opens",
        "The Paper",
        "2021-03-04",
    )
    assert (article.byline, article.body) == ("Ann Lee", STORY)
    assert article.section == section.partition(": ")[2]


def test_nexis_with_a_label_before_the_text_and_an_address_below(tmp_path: Path) -> None:
    text = (
        "\n   1 of 1 DOCUMENT\n\n         Agence France Presse -- English\n\n         March 4, 2021 Thursday 2:14 AM GMT\n\n"
        f"HEADLINE: Old bridge opens\n\nLENGTH: 12 words\n\nDATELINE: Lima, March 3 2021\n\nBODY:\n   {STORY}\n\n"
        "URL: http://paper.example\n\nLOAD-DATE: March 5, 2021\n"
    )
    (article,) = [
        found.article for found in parsed_file(tmp_path, text.encode(), "a.txt") if found.article is not None
    ]
    assert (article.title, article.published, article.body) == (
        "Old bridge opens",
        "2021-03-04T02:14+00:00",
        STORY,
    )
    assert (article.agency, article.dateline_place, article.url) == ("AFP", "Lima", "http://paper.example")


@pytest.mark.parametrize("wrapping", ["text", "docx"])
def test_proquest_with_headings_instead_of_labels(tmp_path: Path, wrapping: str) -> None:
    lines = [
        TITLE,
        "Olivares, Ana. The Paper; Lima [Lima]. 4 March 2021: A.2.",
        "ProQuest document link",
        "ABSTRACT",
        "It is open.",
    ]
    lines += [
        "FULL TEXT",
        STORY,
        "It is red.",
        "DETAILS",
        "Subject: Bridges",
        "Publication title: The Paper; Lima",
    ]
    lines += [
        "Language of publication: English",
        "ProQuest document ID: 12345",
        "Document URL: https://proquest.example/12345",
    ]
    data = (
        "\n\n".join(lines).encode()
        if wrapping == "text"
        else samples.docx("".join(map(samples.paragraph, lines)))
    )
    (got,) = articles(parsed_file(tmp_path, data))
    assert (got.title, got.byline, got.published) == (TITLE, "Olivares, Ana", "2021-03-04")
    assert (got.publisher, got.external_id) == ("The Paper", "12345")
    assert got.body == f"{STORY}\n\nIt is red."


def test_a_nexis_cover_without_empty_lines_is_not_of_the_headline(tmp_path: Path) -> None:
    cover = [
        "Documents (1)",
        "1. Old bridge in Lima",
        "Client/Matter: -None-",
        "Search Terms: bridge",
        "Narrowed by:",
        "News: Timeline: 2021",
    ]
    header = [
        TITLE,
        "The Paper",
        "March 4, 2021 Thursday",
        "Section: NEWS",
        "Length: 20 words",
        "Byline: Von Ana Lee",
        "Body",
    ]
    lines = [
        *cover,
        *header,
        "Link to Image",
        STORY,
        "Classification",
        "Language: ENGLISH",
        "End of Document",
    ]
    for styled in (True, False):
        paragraphs = [
            samples.paragraph(line, "Heading1" if styled and line == TITLE else "") for line in lines
        ]
        (got,) = articles(parsed_file(tmp_path, samples.docx("".join(paragraphs))))
        assert (got.title, got.publisher, got.byline) == (TITLE, "The Paper", "Ana Lee")
        assert got.body == STORY


def test_a_factiva_text_that_ends_in_the_summary_of_the_search(tmp_path: Path) -> None:
    lines = [
        TITLE,
        "By Ana Lee",
        "20 words",
        "4 March 2021",
        "The Paper",
        "TEST",
        "English",
        "(c) 2021 The Paper",
        STORY,
    ]
    lines += ["Document TEST000020210304e7340001r", "", "Search Summary", "Text", "bridge"]
    (got,) = articles(parsed_file(tmp_path, "\n".join(lines).encode()))
    assert (got.title, got.external_id, got.body) == (TITLE, "TEST000020210304e7340001r", STORY)


def test_proquest_in_spanish(tmp_path: Path) -> None:
    data = f"""____________________________________________________________

Documento 1 de 1

Un puente abre

Autor: Ruiz, Ana

Información de publicación: El Diario ; Lima. 08 May 2020: A.2.

Enlace de documentos de ProQuest

Texto completo: {STORY}

Materia: Puentes

Título: Un puente abre

Título de publicación: El Diario; Lima

Fecha de publicación: May 8, 2020

Idioma de la publicación: Spanish

ID del documento de ProQuest: 12345

URL del documento: https://proquest.example/12345

Base de datos: ProQuest Central
"""
    (found,) = articles(parsed_file(tmp_path, data.encode()))
    assert (found.title, found.byline, found.publisher) == ("Un puente abre", "Ruiz, Ana", "El Diario")
    assert (found.published, found.external_id, found.body) == ("2020-05-08", "12345", STORY)
