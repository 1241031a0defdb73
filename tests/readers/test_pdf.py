"""PDF: what was drawn on pages is text again, furniture left out; one clear line for what holds none."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

import export_samples as samples
import pytest
from export_samples import STORY
from pdf_samples import (
    ARTICLE,
    FACTIVA_PDF,
    LEADING,
    NEWS,
    NEXIS_UNI_PDF,
    PDF_SAMPLES,
    Placed,
    column,
    pdf,
    stream,
    width,
    written,
)
from reader_samples import parsed_file

from corpus_db.models import Article
from corpus_db.readers.pdf import process
from corpus_db.readers.pdf.hyphens import Hyphens
from corpus_db.readers.pdf.paragraphs import paragraphs
from corpus_db.readers.pdf.rows import Row


def articles(folder: Path, data: bytes, name: str = "a.pdf") -> list[Article]:
    return [parsed.article for parsed in parsed_file(folder, data, name) if parsed.article is not None]


def reason(folder: Path, data: bytes) -> str:
    (parsed,) = parsed_file(folder, data, "a.pdf")
    assert parsed.outcome == "rejected"
    return parsed.reason or ""


def text_of(folder: Path, *pages: list[Placed]) -> str:
    (article,) = articles(folder, pdf(*pages))
    return article.body


# -- one article ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a"])
def test_a_document_is_one_article(tmp_path: Path, name: str) -> None:
    (got,) = articles(tmp_path, PDF_SAMPLES["pdf"][1], name)
    assert (got.title, got.title_origin) == ("Old bridge in Lima opens again", "header")
    assert (got.published, got.byline, got.agency) == ("2021-03-04", "Ann Lee", "Reuters")
    assert got.body == f"LIMA, March 3 (Reuters) - {STORY} {STORY}\n\n{STORY} {STORY}"


def test_the_day_on_which_the_file_was_made_is_no_date(tmp_path: Path) -> None:
    (got,) = articles(tmp_path, pdf(column([STORY, STORY]), title="untitled.indd", made="20210304120000"))
    assert (got.published, got.metadata) == (None, None)
    assert "untitled" not in got.title


def test_the_stated_title_is_found_in_the_text(tmp_path: Path) -> None:
    page = column(["NEWS", "A bridge is open", f"{STORY} {STORY}", STORY])
    (got,) = articles(tmp_path, pdf(page, title="A bridge is open - The Paper"))
    assert got.title == "A bridge is open"


def test_paragraphs_are_told_by_indents_where_no_gap_is_between_them(tmp_path: Path) -> None:
    first, second = column([f"{STORY} {STORY}"], gap=0), column([f"{STORY} {STORY}"], top=0, gap=0)
    bottom = first[-1][1] - LEADING
    lines = [(left + (12 if at == 0 else 0), bottom + y, text) for at, (left, y, text) in enumerate(second)]
    assert text_of(tmp_path, first + lines) == f"{STORY} {STORY}\n\n{STORY} {STORY}"


@pytest.mark.parametrize("turn", [90, 270])
def test_pages_that_lie_on_their_side_are_read(tmp_path: Path, turn: int) -> None:
    (turned,), (upright,) = articles(tmp_path, pdf(ARTICLE, turn=turn)), articles(tmp_path, pdf(ARTICLE))
    assert turned == upright


def test_a_paragraph_goes_on_on_the_next_page(tmp_path: Path) -> None:
    lines = column([f"The mayor said at {'length ' * 60}that the bridge is open."], gap=0)
    pages = lines[:3], [(left, bottom + 36, text) for left, bottom, text in lines[3:]]
    assert "\n" not in text_of(tmp_path, *pages)


def test_columns_are_read_one_behind_the_other(tmp_path: Path) -> None:
    left = column([f"One. {STORY} {STORY} {STORY} {STORY}"], 72, 700, 290)
    right = column([f"Two. {STORY} {STORY} {STORY} Red."], 310, 700, 540)
    wanted = f"One. {STORY} {STORY} {STORY} {STORY}\n\nTwo. {STORY} {STORY} {STORY} Red."
    assert text_of(tmp_path, left + right) == wanted
    assert len(left) > len(right) >= 5
    across = [piece for row in zip(left, right, strict=False) for piece in row] + left[len(right) :]
    assert text_of(tmp_path, across) == wanted


def test_lines_beside_a_picture_go_on(tmp_path: Path) -> None:
    text = f"{STORY} {STORY} {STORY} {STORY}"
    narrow = column([text], right=360)
    below = column([f"{STORY} {STORY}"], top=narrow[-1][1] - LEADING - 6)
    assert text_of(tmp_path, narrow + below) == f"{text}\n\n{STORY} {STORY}"


@pytest.mark.parametrize(
    ("initial", "rest", "wanted"), [("T", "he bridge", "The bridge"), ("A", "bridge", "A bridge")]
)
def test_a_large_first_letter_belongs_to_its_line(
    tmp_path: Path, initial: str, rest: str, wanted: str
) -> None:
    lines = column([f"{rest} of Lima is open. {STORY} {STORY}"], left=100)
    assert text_of(tmp_path, [*lines, (78, lines[0][1] - 8, f"# {initial}")]).startswith(
        f"{wanted} of Lima is open"
    )


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [(["旧桥星期一重新", "开放了。"], "旧桥星期一重新开放了。"), (["the ﬁrst bridge of", "Cuenca\xa0is open"], "the first bridge of Cuenca is open")],
)  # fmt: skip
def test_lines_are_joined_as_their_script_is_written(lines: list[str], wanted: str) -> None:
    rows = [Row(line, 72, 540, 700 - 12 * at, 10, 60, 0) for at, line in enumerate(lines)]
    found, _ = paragraphs(rows, 612)
    assert [paragraph.text for paragraph in found] == [wanted]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["It has a long-term plan. The long-", "term plan is old."], "The long-term plan is old"),
        (["the govern-", "ment met", "the minis-", "ter said", "a pub-", "lic bridge"], "the government met the minister said a public bridge"),
        (["the anti-", "war party"], "the anti-war party"),
        (["said Jean-", "Claude Lee"], "said Jean-Claude Lee"),
        (["in 2019-", "20 it rained"], "in 2019-20 it rained"),
        (["the Kuala-", "bashi bridge of Kualabashi"], "the Kualabashi bridge of Kualabashi"),
    ],
)  # fmt: skip
def test_hyphens_are_undone_where_a_line_made_them(lines: list[str], wanted: str) -> None:
    hyphens = Hyphens(lines)
    text = lines[0]
    for line in lines[1:]:
        text = hyphens.joined(text, line) if text.endswith("-") else f"{text} {line}"
    assert wanted in text


# -- what stands on every page --------------------------------------------------------------------


def framed(number: int, of: int, lines: list[Placed]) -> list[Placed]:
    label = f"Page {number} of {of}"
    return [
        (72, 760, "The Paper, Lima"),
        (540 - width(label), 760, label),
        *lines,
        (300, 30, str(number + 11)),
    ]


def test_running_titles_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    texts = [f"{title}, said the council. {STORY}" for title in NEWS]
    pages = [framed(number, 3, column([text])) for number, text in enumerate(texts, 1)]
    assert text_of(tmp_path, *pages) == "\n\n".join(texts)


@pytest.mark.parametrize("last", ["2019.", "civil", "VI"])
def test_the_last_words_of_a_page_are_no_page_number(tmp_path: Path, last: str) -> None:
    lines = column([STORY], gap=0)
    lines.append((72, lines[-1][1] - LEADING, last))
    assert text_of(tmp_path, lines, column([f"It is red. {STORY}"])).count(last) == 1


def test_a_papers_name_above_each_date_is_no_running_title(tmp_path: Path) -> None:
    pages = [
        column([f"# {title}", "The Lima Herald", f"{number} May 2019", f"{title}, said the council. {STORY}"])
        for number, title in enumerate(NEWS, 1)
    ]
    found = articles(tmp_path, pdf(*pages))
    assert [(got.title, got.publisher, got.published) for got in found] == [
        (title, "The Lima Herald", f"2019-05-0{number}") for number, title in enumerate(NEWS, 1)
    ]


def test_the_day_in_a_running_title_is_kept_once(tmp_path: Path) -> None:
    pages = [
        [(72, 760, "THE LIMA HERALD"), (400, 760, "Thursday, March 4, 2021"), *column([text, STORY])]
        for text in ("# The mayor of Lima resigns after all", f"{STORY} It is red.")
    ]
    (got,) = articles(tmp_path, pdf(*pages))
    assert (got.published, got.title) == ("2021-03-04", "The mayor of Lima resigns after all")
    assert "HERALD" not in got.body


def test_a_printed_page_has_its_address_and_not_the_day_of_printing(tmp_path: Path) -> None:
    head = "11/22/26, 9:01 PM"
    menus = ["Home", "World", "Sport"]
    texts = [[*menus, "# The mayor of Lima resigns", "4 March 2021", STORY], [f"{STORY} It is red."]]
    pages = [
        [
            (24, 770, head), (200, 770, "The mayor of Lima resigns | The Paper"), *column(text),
            (24, 20, "https://paper.example/2021/mayor"), (560, 20, f"{number}/2"),
        ]
        for number, text in enumerate(texts, 1)
    ]  # fmt: skip
    (got,) = articles(tmp_path, pdf(*pages))
    assert (got.title, got.published) == ("The mayor of Lima resigns", "2021-03-04")
    assert got.url == "https://paper.example/2021/mayor"
    assert got.body == f"{STORY}\n\n{STORY} It is red."


# -- several articles -----------------------------------------------------------------------------


def same(one: Article) -> tuple[object, ...]:
    return one.title, one.published, one.publisher, one.byline, one.section, one.language, one.body


def test_an_export_of_nexis_gives_what_its_docx_gives(tmp_path: Path) -> None:
    found = articles(tmp_path, NEXIS_UNI_PDF)
    assert len(found) == 2
    assert list(map(same, found)) == list(map(same, articles(tmp_path, samples.NEXIS_UNI_DOCX, "a.docx")))


def test_an_export_of_factiva_is_read_by_its_codes(tmp_path: Path) -> None:
    found = articles(tmp_path, FACTIVA_PDF)
    assert len(found) == 2
    assert list(map(same, found)) == list(map(same, articles(tmp_path, samples.FACTIVA_CODED_TEXT, "a.txt")))


def test_an_export_of_proquest_is_read_by_its_labels(tmp_path: Path) -> None:
    lines = [" ".join(line.split()) for line in samples.PROQUEST_TEXT.decode().split("\n")]
    found = articles(tmp_path, pdf(column([line.replace("\xa0", " ") for line in lines if line], gap=4)))
    wanted = articles(tmp_path, samples.PROQUEST_TEXT, "a.txt")
    assert [(got.title, got.published, got.publisher) for got in found] == [
        (got.title, got.published, got.publisher) for got in wanted
    ]


def test_documents_of_proquest_are_told_apart_by_their_headlines(tmp_path: Path) -> None:
    def document(number: int, title: str) -> list[Placed]:
        labels = [
            "Publication title: The Paper",
            f"Publication date: Mar {number}, 2021",
            f"ProQuest document ID: 25143997{number}",
        ]
        return column(
            [
                f"# {title}",
                "ProQuest document link",
                f"Full text: {STORY} {STORY} {STORY}",
                *labels,
                "Database: ProQuest Central",
            ]
        )

    found = articles(tmp_path, pdf(*(document(number, title) for number, title in enumerate(NEWS, 1))))
    assert [(got.title, got.published, got.body) for got in found] == [
        (title, f"2021-03-0{number}", f"{STORY} {STORY} {STORY}") for number, title in enumerate(NEWS, 1)
    ]


def test_bookmarks_separate_articles(tmp_path: Path) -> None:
    found = articles(tmp_path, PDF_SAMPLES["pdf several"][1])
    assert [(got.title, got.published) for got in found] == [
        (title, f"2019-05-0{number}") for number, title in enumerate(NEWS, 1)
    ]
    assert all(got.body.endswith(f"{STORY} {got.title}.") for got in found)


# -- what holds no text, or means harm ------------------------------------------------------------

_TREE = b"<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 612 792]%s>>"
_ROOT, _PAGE = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>"


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = b"\x78\xda" + block * megabytes + packer.flush()
    return b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed)


def test_a_scan_says_what_to_do(tmp_path: Path) -> None:
    drawn = written([_ROOT, _TREE % b"", _PAGE, stream(b"0 0 100 100 re f")])
    assert reason(tmp_path, drawn) == (
        "a PDF of 1 page that has no text layer: OCR it first, for example with ocrmypdf"
    )


def test_pages_without_text_are_a_remark(tmp_path: Path) -> None:
    (parsed,) = parsed_file(tmp_path, pdf(ARTICLE, []), "a.pdf")
    assert (parsed.outcome, parsed.reason) == ("article", "1 of its 2 pages have no text")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n", "a damaged or incomplete PDF"),
        (PDF_SAMPLES["pdf"][1][:400], "a damaged or incomplete PDF"),
        (
            written([_ROOT, _TREE % b""], b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"a1" * 32, b"b2" * 32)),
            "a PDF with a password",
        ),
        (written([_ROOT, b"<</Type/Pages/Count 5/Kids[2 0 R 2 0 R]>>"]), "has no text layer"),
        (written([_ROOT, b"<</Type/Pages/Count 999999999/Kids[3 0 R]>>", b"<</Type/Page>>"]), "has no text layer"),
        (written([_ROOT, _TREE % b"", _PAGE, bomb(2_000)]), "a PDF "),
    ],
    ids=["cut at once", "cut", "password", "loop of pages", "more pages than there are", "bomb"],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in reason(tmp_path, data)
    (got,) = articles(tmp_path, PDF_SAMPLES["pdf"][1])  # and the next file is read
    assert got.title == "Old bridge in Lima opens again"


def test_a_file_that_takes_too_long_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heavy = stream(b"0 0 m 1 1 l S\n" * 1_000_000)
    kids = b"<</Type/Pages/Count 900/Kids[%s]/MediaBox[0 0 9 9]>>" % (b"3 0 R " * 900)
    monkeypatch.setattr(process, "SECONDS", 1)
    assert "takes more than 2 minutes" in reason(tmp_path, written([_ROOT, kids, _PAGE, heavy]))


def test_scripts_and_attachments_are_left_alone(tmp_path: Path) -> None:
    data = PDF_SAMPLES["pdf"][1].replace(
        b"<</Type/Catalog", b"<</OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>/Type/Catalog"
    )
    (got,) = articles(tmp_path, data)
    assert got.body.startswith("LIMA")


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    said = reason(tmp_path, PDF_SAMPLES["pdf"][1])
    assert 'pip install "corpus-db[documents]"' in said
    assert "pdftotext" in said


def test_only_who_has_pdfs_loads_what_reads_them() -> None:
    program = (
        "import sys; import corpus_db.readers; "
        "print([name for name in sys.modules if 'pdfium' in name or name.startswith('corpus_db.readers.pdf.')])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['corpus_db.readers.pdf.reader']"
