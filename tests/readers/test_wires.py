"""Telegraph wires and Nexis exports: messages and documents with all that stands round them."""

from __future__ import annotations

from pathlib import Path

from corpus_db.models import Article, ParsedDocument
from corpus_db.parsing import parse
from corpus_db.readers import InputFile, discover, read

IPTC = (
    b"\x01eca062 4 i 211 ccccb   dpa 061\r\n\nPeru-bridges/\r\n\x02Old bridge in Lima opens again =\r\nBy Ann Lee =\r\n\n"
    b"   Lima (dpa) - The old bridge over the river was opened on Monday by\r\nMayor Bo Ek, after two years.\r\n\n"
    b"   It is red.\r\n\n# dpa NOTEBOOK\r\n\n* * * *\r\nThe following information is not for publication\r\n"
    b"Tel: +00 1\r\n\x03041137 GMT Mar 21 \r\n\x7f\n\x7f\x04"
)
ANPA = (
    b"\x16\x16\x01W2870\x1fasian\nf l\x13\x11 BC-LT--Peru-Bridge     03-04 1049\n\x02^BC-LT--Peru-Bridge, 1st Ld-Writethru,466<\n"
    b"^Old bridge in Lima opens again <\n^AP Photo XLIM101<\n^Eds: With photos.<\n^By ANN LEE and BO EK=\n^Associated Press=\n"
    b"\t   LIMA, Peru (AP) _ The old bridge was opened. \n \n\t   ``It is red,'' he said. \n \n\t   \x03AP-WF-03-04-21 1509GMT<\n\n\x0c\n\x04"
)
NEXIS = """


Download Request: Selected Items: 1-3

                               1 of 3 DOCUMENTS


                               The Paper (Lima)

                            March 4, 2021 Thursday
                                First Edition

Old bridge in Lima opens again;
MAYOR SAYS IT IS RED

BYLINE: BY ANN LEE

SECTION: NEWS; Pg. 4

LENGTH: 30 words

The old bridge over the river was opened on Monday by the mayor of the town of
Lima, after two years.

POLICE: two were there.

GRAPHIC: The bridge

LOAD-DATE: March 3, 2021

LANGUAGE: ENGLISH

                          Copyright 2021 The Paper
                              All Rights Reserved

                               8 of 383 DOCUMENTS


                                  The Mail

                             March 5, 2021 Friday

A second story

LENGTH: 3 words

It is short.

LANGUAGE: ENGLISH
                               3 of 3 DOCUMENTS

We are sorry but there is an error in this document
""".replace("\n", "\r\n")


def parsed(tmp_path: Path, data: bytes) -> list[ParsedDocument]:
    path = tmp_path / "wire"
    path.write_bytes(data)
    (file,) = discover([str(path)], tmp_path)
    assert isinstance(file, InputFile)
    documents = list(read(file))
    assert sum(document.end - document.start for document in documents) == len(data)
    return [parse(document) for document in documents]


def article(found: ParsedDocument) -> Article:
    assert found.article is not None, found.reason
    return found.article


def test_iptc_7901(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, IPTC)
    got = article(found)
    assert (got.title, got.byline, got.agency) == ("Old bridge in Lima opens again", "Ann Lee", "dpa")
    assert (got.published, got.published_origin) == ("2021-03-04T11:37+00:00", "trailer")
    assert got.body == (
        "Lima (dpa) - The old bridge over the river was opened on Monday by Mayor Bo Ek, after two years.\n\nIt is red."
    )
    assert got.dateline_place == "Lima"


def test_anpa_1312(tmp_path: Path) -> None:
    (found,) = parsed(tmp_path, ANPA)
    got = article(found)
    assert (got.title, got.byline, got.agency) == (
        "Old bridge in Lima opens again",
        "ANN LEE and BO EK",
        "AP",
    )
    assert got.published == "2021-03-04T15:09+00:00"
    assert got.body == "LIMA, Peru (AP) _ The old bridge was opened.\n\n``It is red,'' he said."


def test_several_messages_in_one_file(tmp_path: Path) -> None:
    found = parsed(tmp_path, IPTC + ANPA + IPTC)
    assert [item.outcome for item in found] == ["article"] * 3
    assert [item.source.part for item in found] == ["message 1", "message 2", "message 3"]


def test_nexis(tmp_path: Path) -> None:
    cover, first, second, error = parsed(tmp_path, NEXIS.encode())
    assert (cover.outcome, cover.source.part) == ("empty", "preface")
    got = article(first)
    assert got.title == "Old bridge in Lima opens again; MAYOR SAYS IT IS RED"
    assert (got.publisher, got.published, got.byline) == ("The Paper (Lima)", "2021-03-04", "ANN LEE")
    assert (got.section, got.language) == ("NEWS; Pg. 4", "en")
    assert got.body == (
        "The old bridge over the river was opened on Monday by the mayor of the town of Lima, after two years.\n\n"
        "POLICE: two were there."
    )
    assert (article(second).title, article(second).body) == ("A second story", "It is short.")
    assert error.outcome == "rejected"
    assert "error in this document" in (error.reason or "")


def test_an_iptc_headline_without_an_empty_line_below_it(tmp_path: Path) -> None:
    data = b"\x01eca062 4\r\n\x02A bridge opens =\r\n   Lima (dpa) - It is open.\r\n   It is red.\r\n\x03131137 GMT Nov 13\r\n\x04"
    (found,) = parsed(tmp_path, data)
    got = article(found)
    assert (got.title, got.dateline_place) == ("A bridge opens", "Lima")
    assert got.body == "Lima (dpa) - It is open.\n\nIt is red."


def test_marks_of_line_ends_in_anpa_are_no_text(tmp_path: Path) -> None:
    data = b"\x01W28\x1fasian\n\x02^BC-Bridge,4<\n^A bridge<\n\tLIMA (AP) _ It is open.<\n\tIt is red.<\n\x03AP-WF-11-13-13 1509GMT<\n\x04"
    (found,) = parsed(tmp_path, data)
    assert article(found).body.endswith("It is red.")
