"""Pages that are lists of other pages: sections, categories, tags, authors, what a search found.

A crawl is full of them, and each would become an article made of teasers. What tells a list is its build,
not its address: many headings that lead elsewhere, and nowhere two paragraphs that follow each other without
such a heading (or another item of a list) between them. A story has two paragraphs, or one long one, and
keeps them whatever stands below it; a brief has its only one right below its headline. A page that states for machines that it is one article is believed,
unless its address is that of a list: programs for weblogs state it of both.
"""

from __future__ import annotations

import re

# So many headings that lead elsewhere make a list; shorter text is a day, a name or a label; longer text is a story's.
_TEASERS, _PARAGRAPH, _STORY = 5, 80, 600
# The only paragraph of a brief stands right below its headline; one below the name of a section is shorter.
_BRIEF, _BRIEF_BELOW_NAME, _HEADLINE_SPACES = 200, 350, 3
_TEASER = re.compile(
    r"<h[1-6]\b[^<>]*>\s*(?:<(?:span|div)\b[^<>]*>\s*)?<a\b|<a\b[^<>]*>\s*<h[1-6]\b", re.IGNORECASE
)
_BLOCK = re.compile(
    r"<(?P<end>/?)(?P<name>p|h[1-6]|li|article|div|td|section|aside|nav|footer|header|script|style|template)\b[^<>]*>",
    re.IGNORECASE,
)
_TAG, _LINK = re.compile(r"<[^<>]*>"), re.compile(r"<a\b[^<>]*>([^<>]*)", re.IGNORECASE)
_LONGEST_TAG = 600
_NO_TEXT = frozenset({"script", "style", "template"})
_ITEMS = frozenset({"li", "article"})
_HEADING = re.compile(r"h[1-6]")
_OF_LISTS = re.compile(
    r"/(?:category|categories|tag|tags|topic|topics|author|authors|search|archives?|page/\d{1,5})(?:/|$)",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"<meta\b[^<>]{0,300}?(?:og:type[\"'][^<>]{0,99}[\"']article[\"']|[\"']article[\"'][^<>]{0,99}og:type|article:published_time)",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    r"[\"']@type[\"']\s*:\s*\[?\s*[\"'][A-Za-z]{0,30}(?:Article|Posting)[\"']", re.IGNORECASE
)


def is_list(page: str, url: str = "") -> bool:
    """Whether `page` (HTML, from `url`) is a list of other pages and no article."""
    if sum(1 for _ in zip(range(_TEASERS), _TEASER.finditer(page), strict=False)) < _TEASERS:
        return False
    if not _OF_LISTS.search(url):
        described = sum(1 for _ in zip(range(2), _DESCRIBED.finditer(page), strict=False))
        if described == 1 or _SAID.search(page):
            return False
    return not _has_story(page)


def _has_story(page: str) -> bool:
    """Whether two paragraphs of text follow each other, or one is as long as no teaser is."""
    run = begin = brief = 0
    name = ""
    for block in _BLOCK.finditer(page):
        found = block["name"].lower()
        if name in _NO_TEXT and not (block["end"] and found == name):
            continue
        if name not in _NO_TEXT:
            length = _length(page[begin : block.start()])
            run += length >= _PARAGRAPH
            if length >= _STORY or run > 1 or length >= brief > 0:
                return True
            if length and name != "h1":
                brief = 0
            elif name == "h1":
                brief = _shortest_brief(page[begin : block.start()])
        begin, name = block.end(), "" if block["end"] else found
        if found in _ITEMS or _HEADING.fullmatch(name) or name in _ITEMS:
            brief = 0
        if found in _ITEMS or (_HEADING.fullmatch(name) and _leads_elsewhere(page, block)):
            run = 0
    return False


def _shortest_brief(heading: str) -> int:
    """How long the text right below a heading is at least, if that is the headline of a brief; 0 for a link."""
    if "<a" in heading.lower():
        return 0
    words = " ".join(_TAG.sub(" ", heading).split())
    return _BRIEF if words.count(" ") >= _HEADLINE_SPACES else _BRIEF_BELOW_NAME


def _length(text: str) -> int:
    """The characters that text shows, those of links left out."""
    if len(text) < _PARAGRAPH:
        return 0
    linked = sum(len(match[1]) for match in _LINK.finditer(text))
    return len(" ".join(_TAG.sub(" ", text).split())) - linked


def _leads_elsewhere(page: str, heading: re.Match[str]) -> bool:
    if _TEASER.match(page, heading.start()):
        return True
    before = page[max(0, heading.start() - _LONGEST_TAG) : heading.start()]
    return before[before.rfind("<") :][:3].lower() in ("<a ", "<a>")
