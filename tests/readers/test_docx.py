"""Word processors' documents: one article each, and one clear line for what is none."""

from __future__ import annotations

from pathlib import Path

import export_samples as samples
import pytest
from export_samples import docx, paragraph, zipped
from reader_samples import parsed_file

from corpus_db.models import ParsedDocument
from corpus_db.readers import limits


def parsed(tmp_path: Path, data: bytes, name: str = "a.docx") -> ParsedDocument:
    (document,) = parsed_file(tmp_path, data, name)
    return document


@pytest.mark.parametrize("name", ["a.docx", "a.txt", "a"])
def test_a_plain_document_is_one_article(tmp_path: Path, name: str) -> None:
    got = parsed(tmp_path, samples.PLAIN_DOCX, name).article
    assert got is not None
    assert (got.title, got.title_origin) == ("Old bridge in Lima opens again", "header")
    assert (got.published, got.byline, got.agency) == ("2021-03-04", "Ann Lee", "Reuters")
    assert got.body == f"LIMA, March 3 (Reuters) - {samples.STORY}\n\nIt is red.\nIt is also\tlong."


def test_the_title_of_the_properties_counts_where_the_text_has_it(tmp_path: Path) -> None:
    body = paragraph("A bridge") + paragraph(samples.STORY)
    stated = parsed(tmp_path, docx(body, title="A bridge")).article
    assert stated is not None
    assert (stated.title, stated.title_origin, stated.body) == ("A bridge", "header", samples.STORY)
    unstated = parsed(tmp_path, docx(body, title="Document1")).article
    assert unstated is not None
    assert unstated.title != "Document1"


def test_what_is_deleted_or_said_twice_is_left_out(tmp_path: Path) -> None:
    tables = "<w:tbl><w:tr><w:tc>" + paragraph("In a table.") + "</w:tc></w:tr></w:tbl>"
    revised = (
        "<w:p><w:r><w:t>It is </w:t></w:r><w:del><w:r><w:delText>blue</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>red</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>.</w:t></w:r></w:p>"
    )
    choice = f"<Choice>{paragraph('In a box.')}</Choice><Fallback>{paragraph('In a box.')}</Fallback>"
    got = parsed(tmp_path, docx(paragraph(samples.STORY) + revised + tables + choice)).article
    assert got is not None
    assert got.body == f"{samples.STORY}\n\nIt is red.\n\nIn a table.\n\nIn a box."


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (samples.PLAIN_DOCX[:300], "a damaged or incomplete DOCX"),
        (docx(paragraph("It is short.") + "<w:p>"), "a DOCX with broken XML"),
        (docx("<w:p>" * 300), "nested more than 200 deep"),
        (
            zipped({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "declares entities of its own",
        ),
    ],
)
def test_one_that_is_broken_is_rejected_in_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    got = parsed(tmp_path, data)
    assert got.outcome == "rejected"
    assert words in (got.reason or "")


def test_a_bomb_is_left_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_db.readers.office.docx.OFFICE_XML_BYTES", 1_000_000)
    assert limits.OFFICE_XML_BYTES > 1_000_000
    got = parsed(tmp_path, docx(paragraph("a" * 3_000_000)))
    assert got.reason == "more than 1 MB of XML once unpacked: split the document"


def test_a_document_without_text_is_empty(tmp_path: Path) -> None:
    got = parsed(tmp_path, docx(""))
    assert (got.outcome, got.reason) == ("empty", "only white space")


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def test_a_table_of_labels_is_the_header(tmp_path: Path) -> None:
    header = row("Headline", "A bridge") + row("Date:", "4 March 2021") + row("Source", "The Paper")
    figures = row("2020", "12 boats") + row("2021", "13 boats")
    body = f"<w:tbl>{header}</w:tbl>{paragraph(samples.STORY)}<w:tbl>{figures}</w:tbl>"
    got = parsed(tmp_path, docx(body)).article
    assert got is not None
    assert (got.title, got.published, got.publisher) == ("A bridge", "2021-03-04", "The Paper")
    assert got.body == f"{samples.STORY}\n\n2020\n\n12 boats\n\n2021\n\n13 boats"


def test_articles_below_the_headings_of_sections_are_told_apart(tmp_path: Path) -> None:
    def heading(text: str, level: int) -> str:
        return paragraph(text).replace("<w:p>", f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>', 1)

    body = heading("Home news", 1)
    for number in (1, 2, 3):
        body += heading(f"Bridge {number} opens", 2) + paragraph("The Lima Herald")
        body += paragraph(f"{number} May 2019") + paragraph(samples.STORY)
        body += heading("Sport", 1) if number == 2 else ""
    found = [found.article for found in parsed_file(tmp_path, docx(body), "a.docx") if found.article]
    assert [got.title for got in found] == ["Bridge 1 opens", "Bridge 2 opens", "Bridge 3 opens"]
    assert {(got.publisher, got.body) for got in found} == {("The Lima Herald", samples.STORY)}
