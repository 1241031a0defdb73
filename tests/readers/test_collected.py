"""Several articles in one text: cut where the text shows its joints, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from export_samples import docx, paragraph
from reader_samples import parsed_file

from corpus_db.models import Article

BRIDGE = "The old bridge over the river was opened by the mayor on Monday, after two years of work."
PRICES = "Prices rose by two per cent in the year to February, the office of statistics said."
STORM = "A storm closed the port of the capital for two days, and eleven ships had to wait outside."
TEXTS = (BRIDGE, PRICES, STORM)
HEADS = (
    "Old bridge opens again\n4 March 2021\nBy Ann Lee",
    "Prices rise\n5 March 2021\nBy Bo Ek",
    "Storm closes port\n6 March 2021\nBy Cy Oh",
)
WHOLE = [f"{head}\n\n{text}\n" for head, text in zip(HEADS, TEXTS, strict=True)]


def articles(folder: Path, text: str | bytes, name: str = "a.txt") -> list[Article]:
    data = text.encode() if isinstance(text, str) else text
    return [parsed.article for parsed in parsed_file(folder, data, name) if parsed.article is not None]


def are_the_three(found: list[Article]) -> bool:
    return [(article.title, article.published, article.byline, article.body) for article in found] == [
        ("Old bridge opens again", "2021-03-04", "Ann Lee", BRIDGE),
        ("Prices rise", "2021-03-05", "Bo Ek", PRICES),
        ("Storm closes port", "2021-03-06", "Cy Oh", STORM),
    ]


@pytest.mark.parametrize(
    "line", ["=" * 40, "***", "* * *", "-" * 30, "#####", "_" * 60, "~~~~", "-----oOo-----", "————"]
)
def test_lines_of_marks(tmp_path: Path, line: str) -> None:
    assert are_the_three(articles(tmp_path, f"\n{line}\n\n".join(WHOLE)))
    assert are_the_three(articles(tmp_path, "".join(f"{line}\n{text}\n" for text in WHOLE)))
    assert are_the_three(articles(tmp_path, "".join(f"{text}\n{line}\n" for text in WHOLE)))


@pytest.mark.parametrize(
    "mark",
    [
        "Document {} of 3",
        "Article {}",
        "[{}/3]",
        "Dokument {} von 3",
        "Document {} de 3",
        "Record: {}",
        "*** {} of 3 ***",
    ],
)
def test_numbers_that_count_up(tmp_path: Path, mark: str) -> None:
    numbered = "".join(f"{mark.format(number)}\n\n{text}\n" for number, text in enumerate(WHOLE, 1))
    assert are_the_three(articles(tmp_path, numbered))
    assert are_the_three(articles(tmp_path, f"Clippings, March 2021\n\nThree articles\n\n{numbered}"))


@pytest.mark.parametrize("inside", ["Document 2 of 9", "Document 3 of 3", "Document 1 of 3"])
def test_a_number_out_of_order_or_of_another_total_is_text(tmp_path: Path, inside: str) -> None:
    texts = [f"{WHOLE[0]}\n{inside}\n\nIt stood in the list of the court.\n", *WHOLE[1:]]
    numbered = "".join(f"Document {number} of 3\n\n{text}\n" for number, text in enumerate(texts, 1))
    first, *others = articles(tmp_path, numbered)
    assert inside in first.body
    assert [article.title for article in others] == ["Prices rise", "Storm closes port"]


def test_labels_that_come_again(tmp_path: Path) -> None:
    labelled = [
        f"Title: {head.replace(chr(10), chr(10) + 'Date: ', 1).replace('By ', 'Author: ')}\n\n{text}\n\n"
        for head, text in zip(HEADS, TEXTS, strict=True)
    ]
    assert are_the_three(articles(tmp_path, "".join(labelled)))


def test_headlines_in_a_style_of_a_word_processor(tmp_path: Path) -> None:
    body = paragraph("Contents", "TOCHeading") + "".join(
        paragraph(head.partition("\n")[0], "TOC1") for head in HEADS
    )
    for head, text in zip(HEADS, TEXTS, strict=True):
        title, *rest = head.split("\n")
        body += paragraph(title, "Heading1") + "".join(paragraph(line) for line in (*rest, "", text))
    assert are_the_three(articles(tmp_path, docx(body), "a.docx"))


def test_headings_that_are_no_headlines(tmp_path: Path) -> None:
    body = (
        paragraph("Clippings of March", "Title")
        + paragraph("Contents", "Heading1")
        + paragraph("Old bridge opens again ... 2")
    )
    for head, text in zip(HEADS, TEXTS, strict=True):
        title, *rest = head.split("\n")
        body += paragraph(title, "Heading1") + "".join(paragraph(line) for line in (*rest, text))
    assert are_the_three(articles(tmp_path, docx(body), "a.docx"))


def test_marks_in_a_word_processors_document(tmp_path: Path) -> None:
    lines = "\n***\n".join(WHOLE).split("\n")
    assert are_the_three(articles(tmp_path, docx("".join(map(paragraph, lines))), "a.docx"))


@pytest.mark.parametrize(
    "text",
    [
        f"{WHOLE[0]}\n* * *\n\n{PRICES}\n\n* * *\n\n{STORM}\n",  # parts of one story
        f"Old bridge opens\n4 March 2021\n\n{BRIDGE}\n\nArticle 1\n\n{PRICES}\n\nArticle 2\n\n{STORM}\n",  # a treaty
        f"Title: Old bridge opens\nDate: 4 March 2021\n----------\n{BRIDGE}\n----------\nSource: The Paper, 2021\n",
        f"{WHOLE[0]}\n#####\n\nContact: Ann Lee, 555 0100\n\n© 2021 The Paper\n",
        f"1 of 3\n\n{WHOLE[0]}\n{PRICES}\n",  # a page's own number
    ],
)
def test_one_article_stays_one(tmp_path: Path, text: str) -> None:
    assert len(articles(tmp_path, text)) == 1


def test_a_cover_is_a_piece_without_an_article(tmp_path: Path) -> None:
    text = "Clippings\n\nThree articles on one town\n\n" + "=====\n".join(["", *WHOLE])
    first, *_ = parsed_file(tmp_path, text.encode())
    assert (first.outcome, first.source.part) == ("empty", "preface")


def test_a_separator_of_a_profile_counts_before_all_others(tmp_path: Path) -> None:
    (tmp_path / "corpus-db.toml").write_text('separator = "@@@"\n')
    text = "\n@@@\n".join(f"{one}\n*****\n{one}" for one in WHOLE[:2])
    assert len(articles(tmp_path, text)) == 2


def test_a_numbered_list_of_headlines_with_dates(tmp_path: Path) -> None:
    listed = "\n".join(f"{number}. {whole}" for number, whole in enumerate(WHOLE, 1))
    assert are_the_three(articles(tmp_path, listed))


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{number}. A question of the day\n\n{text}\n" for number, text in enumerate(TEXTS, 1)),
        f"Three storms\n\n{BRIDGE}\n\n" + "\n".join(f"{n}. {whole}" for n, whole in enumerate(WHOLE, 1)),
    ],
)
def test_numbered_parts_are_one_article(tmp_path: Path, text: str) -> None:
    assert len(articles(tmp_path, text)) == 1


@pytest.mark.parametrize("heads", [HEADS, [head.replace("4 March 2021\n", "") for head in HEADS]])
def test_form_feeds_between_articles(tmp_path: Path, heads: Sequence[str]) -> None:
    wholes = [f"{head}\n\n{text}\n" for head, text in zip(heads, TEXTS, strict=True)]
    found = articles(tmp_path, "\f".join(wholes))
    assert [article.body for article in found] == list(TEXTS)
    assert [article.byline for article in found] == ["Ann Lee", "Bo Ek", "Cy Oh"]


@pytest.mark.parametrize(
    "pages",
    [
        [WHOLE[0], *TEXTS[1:]],  # a story on three pages
        [
            f"Old bridge opens again\n4 March 2021\n\n{text}\n" for text in TEXTS
        ],  # its headline on each of them
        [WHOLE[0].rstrip(".\n") + " and\n", WHOLE[1]],  # a sentence that goes on on the next page
    ],
)
def test_form_feeds_inside_an_article(tmp_path: Path, pages: Sequence[str]) -> None:
    assert len(articles(tmp_path, "\f".join(pages))) == 1
