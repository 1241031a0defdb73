"""Which paragraphs of a PDF are headlines: what its bookmarks and its type say.

Bookmarks are the file's own word on it. Type is weaker evidence: it says which paragraphs look alike, and the
reader of several articles in one document cuts at them only where dates stand below most of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_db.readers.pdf.paragraphs import Paragraph

_WORD = re.compile(r"\w+")
_LARGE, _HEADLINE = 1.12, 1.3  # times the height of the text
_LEVELS = 3
# A title has no more characters and no fewer words, and so large a share of these is in the one that is stated.
_LENGTH, _WORDS, _SHARE = 300, 3, 0.6
# Without one that is stated: a headline among the first paragraphs, of more words than the name of a paper has.
_TOP, _HEADLINE_WORDS = 12, 5
_TALLEST = 1_000  # points: of two that agree as well, the larger one


def headings(
    written: Sequence[Paragraph], body: float, outline: Sequence[tuple[str, int]], printed: bool
) -> list[str]:
    """For every paragraph the style that it would have in a word processor's document, "" for text.

    `body` is the height of the text. A page that a browser printed has teasers in large type: there it says nothing.
    """
    kinds = [""] * len(written)
    levels = sorted({round(p.height) for p in written if _is_large(p, body, _LARGE)}, reverse=True)
    for index, paragraph in enumerate(written):
        if not printed and _is_large(paragraph, body, _LARGE):
            level = levels.index(round(paragraph.height)) + (2 if outline else 1)
            kinds[index] = f"Heading{level}" if level <= _LEVELS else ""
    places: dict[tuple[str, int], int] = {}
    for index in range(len(written) - 1, -1, -1):  # the first one counts
        places[_letters(written[index].text), written[index].page] = index
    for title, page in outline:
        at = places.get((_letters(title), page))
        if at is not None:
            kinds[at] = "Heading1"
    return kinds


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text.lower()))


def _is_large(paragraph: Paragraph, body: float, times: float) -> bool:
    return paragraph.height > times * body and len(paragraph.text) < _LENGTH


def title_of(written: Sequence[Paragraph], body: float, stated: str) -> int | None:
    """The paragraph that is the title: the one that `stated` stands in again, else a headline in the largest type.

    What the properties of a file state is often the name of a file or a program: what the text does not have is no
    title. A headline in larger type than the text may be longer than what is stated.
    """
    words = set(_WORD.findall(stated.lower()))
    best, most = None, _SHARE
    for index, paragraph in enumerate(written):
        own = set(_WORD.findall(paragraph.text[:_LENGTH].lower()))
        if len(own) >= _WORDS <= len(words) and len(paragraph.text) < _LENGTH:
            shortest = min(len(own), len(words)) if _is_large(paragraph, body, _LARGE) else len(own)
            share = len(words.intersection(own)) / shortest + paragraph.height / _TALLEST
            if share > most:
                best, most = index, share
    return best if best is not None else _headline(written, body)


def _headline(written: Sequence[Paragraph], body: float) -> int | None:
    """The one paragraph of the largest type near the top, where it is large and has the words of a headline."""
    top = [paragraph for paragraph in written[:_TOP] if paragraph.page == written[0].page]
    tallest = max(round(paragraph.height) for paragraph in top)
    largest = [index for index, paragraph in enumerate(top) if round(paragraph.height) == tallest]
    found = top[largest[0]]
    is_headline = _is_large(found, body, _HEADLINE) and len(found.text.split()) >= _HEADLINE_WORDS
    return largest[0] if len(largest) == 1 and is_headline else None
