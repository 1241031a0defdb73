"""Fragments of HTML as text: paragraphs separated by an empty line, nothing interpreted.

For bodies that arrive as HTML inside a feed, a news message or a JSON field. What is never text
(scripts, styles, forms) is left out; the parser is the standard library's, which neither nests
nor fetches, so a fragment 100,000 tags deep costs no more than its length. What does cost it more
(tags and comments that are begun again and again and never ended: it looks for each end through all
that follows) is told by `overgrown` beforehand, in a few passes of `str.count`.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

# Elements that stand on lines of their own, those of NITF and NewsML included.
_BLOCK_NAMES = """
address article aside blockquote body dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
header hr li main nav ol p pre section table tbody td tfoot th thead tr ul
hl1 hl2 body.content body.head body.end block media note pubdata
"""
BLOCKS = frozenset(_BLOCK_NAMES.split())
_WITHOUT_TEXT_NAMES = """
script style noscript template iframe object embed svg math head select button textarea
"""
WITHOUT_TEXT = frozenset(_WITHOUT_TEXT_NAMES.split())
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4_096
_NOT_UTF8 = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "utf-8", "utf8"})
# A long page of a newspaper has some 5,000 tags, start and end, and 100 meta elements.
_MOST_TAGS, _MOST_FACTS, _NEVER_ENDED = 400_000, 5_000, 100
OVERGROWN = "an HTML page that is no page of news: hundreds of thousands of tags, or tags that never end"
_TAG = re.compile(r"<[^<>]*>?")
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_LOOKS_LIKE_MARKUP = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?|!--)>?|&(?:[a-z]{2,8}|#\d{1,6});")


def looks_like_markup(text: str) -> bool:
    """Whether `text` holds tags or character references."""
    return bool(_LOOKS_LIKE_MARKUP.search(text))


def overgrown(text: str) -> bool:
    """Whether parsing `text` as HTML would take time out of all proportion, as no page of news does."""
    return (
        text.count("<", text.rfind(">") + 1) > _NEVER_ENDED
        or text.count("<!--", text.rfind("-->") + 1) > _NEVER_ENDED
        or text.count("<![", text.rfind("]]>") + 1) > _NEVER_ENDED
        or text.count("<") > _MOST_TAGS
        or text.count("&") > _MOST_TAGS
        or text.count("<meta") > _MOST_FACTS
    )


class Paragraphs:
    """Collects text into paragraphs; white space inside one counts as one space."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._parts: list[str] = []

    def text(self, data: str) -> None:
        """Text of the paragraph under way."""
        self._parts.append(data)

    def line(self) -> None:
        """A line break inside the paragraph."""
        self._parts.append("\0")

    def end(self) -> None:
        """The paragraph is complete; nothing happens when it is empty."""
        if self._parts:
            lines = "".join(self._parts).split("\0")
            paragraph = "\n".join(_SPACE.sub(" ", line).strip() for line in lines).strip("\n")
            if paragraph.strip():
                self._done.append(paragraph)
            self._parts = []

    def result(self) -> str:
        """All paragraphs, separated by empty lines."""
        self.end()
        return "\n\n".join(self._done)


class _Fragment(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs = Paragraphs()
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in WITHOUT_TEXT:
            self.hidden += 1
        elif tag == "br":
            self.paragraphs.line()
        elif tag in BLOCKS:
            self.paragraphs.end()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.paragraphs.line()
        elif tag in BLOCKS:
            self.paragraphs.end()

    def handle_endtag(self, tag: str) -> None:
        if tag in WITHOUT_TEXT:
            self.hidden = max(0, self.hidden - 1)
        elif tag in BLOCKS:
            self.paragraphs.end()

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.paragraphs.text(data.replace("\0", ""))


def to_text(fragment: str) -> str:
    """The text of an HTML fragment; of one that is overgrown, what stands between its tags."""
    if overgrown(fragment):
        return " ".join(_TAG.sub(" ", fragment).split())
    parser = _Fragment()
    parser.feed(fragment)
    parser.close()
    return parser.paragraphs.result()


def decoded_page(data: bytes) -> tuple[str, str, str | None]:
    """(text, encoding, remark) of a page: UTF-8, else as it declares, else Windows-1252.

    U+FFFD stands for what has no meaning in it.
    """
    try:
        return data.decode("utf-8-sig"), "utf-8", None
    except UnicodeDecodeError:
        pass
    declared = _CHARSET.search(data[:_DECLARED_WITHIN])
    name = declared[1].decode("ascii").lower() if declared else "cp1252"
    name = "cp1252" if name in _NOT_UTF8 else name
    try:
        text = data.decode(name, "replace")
    except LookupError:
        name, text = "cp1252", data.decode("cp1252", "replace")
    return text, name, f"not UTF-8, read as {'Windows-1252' if name == 'cp1252' else name}"
