"""Invented PDFs: a writer of the few objects that a page of text needs, and of broken ones."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from export_samples import FACTIVA_CODED_TEXT, NEXIS_UNI_LINES, STORY

Placed = tuple[float, float, str]  # from the left, from the bottom, the text
SIZE, LEADING = 10, 12
# The widths of Helvetica's characters from 32 on, in thousandths of its size.
_WIDTHS = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
    278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
    667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
    556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]  # fmt: skip


def written(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        trailer,
        table,
    )
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A packed stream."""
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def _page(placed: Iterable[Placed], size: float) -> bytes:
    lines = []
    for left, bottom, text in placed:
        large = size * 1.8 if text.startswith("# ") else size
        data = text.removeprefix("# ").encode("cp1252").replace(b"\\", b"\\\\")
        data = data.replace(b"(", b"\\(").replace(b")", b"\\)")
        lines.append(b"BT /F1 %g Tf %g %g Td (%s) Tj ET" % (large, left, bottom, data))
    return b"\n".join(lines)


def pdf(
    *pages: Iterable[Placed],
    title: str = "",
    made: str = "",
    bookmarks: Sequence[tuple[str, int]] = (),
    size: float = SIZE,
    turn: int = 0,
) -> bytes:
    """A PDF of pages with these lines; one that begins with "# " is in large type. Bookmarks name pages from 0 on.

    `turn`: the pages lie on their side by so many degrees, and are shown upright.
    """
    matrix = {0: b"", 90: b"0 1 -1 0 792 0 cm\n", 270: b"0 -1 1 0 0 612 cm\n"}[turn]
    shape = b"/MediaBox[0 0 792 612]/Rotate %d" % turn if turn else b""
    font = (
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 126"
        b"/Widths[%s]>>" % b" ".join(b"%d" % width for width in _WIDTHS)
    )
    first = 4 + len(bookmarks) + 1
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(pages)))
    info = f"<</Title({title})/CreationDate(D:{made})>>".encode()
    outline = (
        b"<</First 5 0 R/Last %d 0 R/Count %d>>" % (4 + len(bookmarks), len(bookmarks))
        if bookmarks
        else b"<<>>"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>>>"
        % (len(pages), kids),
        font,
        outline,
    ]
    for number, (name, page) in enumerate(bookmarks):
        following = b"/Next %d 0 R" % (6 + number) if number + 1 < len(bookmarks) else b""
        objects.append(
            b"<</Title(%s)/Parent 4 0 R%s/Dest[%d 0 R /Fit]>>" % (name.encode(), following, first + 2 * page)
        )
    while len(objects) < first - 1:
        objects.append(b"<<>>")
    for number, page in enumerate(pages):
        objects.append(b"<</Type/Page/Parent 2 0 R%s/Contents %d 0 R>>" % (shape, first + 2 * number + 1))
        objects.append(stream(matrix + _page(page, size)))
    objects.append(info)
    return written(objects, b"/Info %d 0 R" % len(objects))


def width(text: str, size: float = SIZE) -> float:
    """How wide a text is, in points."""
    return sum(_WIDTHS[ord(sign) - 32] if 32 <= ord(sign) < 127 else 556 for sign in text) * size / 1000


def column(
    paragraphs: Iterable[str], left: float = 72, top: float = 720, right: float = 540, gap: float = 6
) -> list[Placed]:
    """Paragraphs broken into lines of a column, ragged; "" is an empty line."""
    out: list[Placed] = []
    bottom = top
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split(" "):
            if line and left + width(f"{line} {word}") > right:
                out.append((left, bottom, line))
                bottom -= LEADING
                line = word
            else:
                line = f"{line} {word}" if line else word
        if line:
            out.append((left, bottom, line))
        bottom -= LEADING + gap
    return out


def coded_table(text: str) -> list[Placed]:
    """Lines "HD  A headline" as a table of two columns."""
    out: list[Placed] = []
    bottom = 720.0
    for line in text.split("\n"):
        code, _, value = line.partition("  ") if line[2:4] == "  " else ("", "", line)
        if code:
            out.append((60, bottom, code))
        if value:
            placed = column([value], 110, bottom)
            out += placed
            bottom = placed[-1][1] - LEADING - 6
    return out


ARTICLE = column(
    [
        "# Old bridge in Lima opens again", "", "By Ann Lee", "4 March 2021", f"LIMA, March 3 (Reuters) - {STORY} {STORY}", f"{STORY} {STORY}",
    ]
)  # fmt: skip
NEXIS_UNI_PDF = pdf(
    column([line.replace("\n", "").replace("\xa0", " ") for line in NEXIS_UNI_LINES[:6]]),
    column([line.replace("\n", "").replace("\xa0", " ") for line in NEXIS_UNI_LINES[6:27]]),
    column([line.replace("\n", "").replace("\xa0", " ") for line in NEXIS_UNI_LINES[27:]]),
)
FACTIVA_PDF = pdf(coded_table(FACTIVA_CODED_TEXT.decode()))
NEWS = ("A bridge is open", "The mayor of Lima resigns", "No rain is expected this year")
SEVERAL = [
    column([f"# {title}", f"{number} May 2019", f"{title}, said the council. {STORY}", f"{STORY} {title}."])
    for number, title in enumerate(NEWS, 1)
]
PDF_SAMPLES = {
    "pdf": ("a.pdf", pdf(ARTICLE, title="Old bridge in Lima opens again", made="20260101120000")),
    "pdf nexis": ("a.pdf", NEXIS_UNI_PDF),
    "pdf several": ("a.pdf", pdf(*SEVERAL, bookmarks=[(title, page) for page, title in enumerate(NEWS)])),
}
