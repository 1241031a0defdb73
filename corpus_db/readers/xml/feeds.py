"""Feeds: RSS 0.9–2.0, RDF Site Summary, Atom, and the exports of WordPress, which are RSS.

Each entry is one document. The longest of its texts is the body; one that has only a summary, or only
a headline, gets that as its text, with a remark. The date is that of the publication, not of a later
change. What WordPress keeps beside articles (attachments, menus, revisions) is no article.
"""

from __future__ import annotations

import re

from corpus_db.readers.pages.markup import looks_like_markup, to_text
from corpus_db.readers.xml.xml_records import ONLY_HEADLINE, Fields, XMLReader
from corpus_db.readers.xml.xml_tree import Node

# What feeds write below a text that they do not give whole.
_MORE = re.compile(
    r"\s*(?:Continue reading(?:\s?(?:\.\.\.|…|→|»))+|Read more(?:\s?(?:\.\.\.|…|→|»))+|The post .{1,300} appeared first on .{1,120}\.)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+\s+\(([^()]+)\)$")
_SUMMARIES = frozenset({"description", "summary", "subtitle"})
_TEXTS = _SUMMARIES | {"encoded", "content", "body"}
# Posts of WordPress that are no articles.
_NO_POSTS = frozenset(
    [
        "attachment",
        "nav_menu_item",
        "revision",
        "custom_css",
        "customize_changeset",
        "oembed_cache",
        "wp_block",
        "wp_template",
        "wp_template_part",
        "wp_global_styles",
        "wp_navigation",
        "user_request",
    ]
)
_BLOCK_TAG = re.compile(r"<(?:p|br|div|li|h\d|blockquote|td)\b", re.IGNORECASE)
_EMPTY_LINE = re.compile(r"\r?\n[ \t]*\r?\n\s*")


def _entry(node: Node, feed: Node | None) -> Fields:
    """An entry of RSS, RDF or Atom."""
    kind = _text(node, "post_type")
    if kind in _NO_POSTS:
        return {"remark": f"{kind.replace('_', ' ')} of WordPress, no article"}
    channel = (feed.child("channel") or feed) if feed else None
    title = _plain(_text(node, "title"))
    body, remark = _content(node)
    body = _MORE.sub("", body)
    if title and not body:
        title, body, remark = "", title, ONLY_HEADLINE
    link = node.child("link")
    alternate = [
        child.get("href")
        for child in node.children
        if isinstance(child, Node) and child.name == "link" and child.get("rel") in ("", "alternate")
    ]
    authors = [_author(found) for name in ("creator", "author") for found in _children(node, name)]
    return {
        "title": title,
        "body": body,
        "remark": remark,
        "date": _text(node, "published", "pubDate", "issued", "created", "date", "updated", "modified"),
        "url": _text(node, "origLink") or (link.text() if link else "") or next(iter(alternate), ""),
        "id": _text(node, "guid", "id") or node.get("about"),
        "byline": "; ".join(dict.fromkeys(filter(None, authors))),
        "section": _category(node),
        "keywords": _categories(node),
        "publisher": _text(node, "source", "publisher") or _plain(_text(channel, "title")),
        "language": _text(node, "language")
        or _text(channel, "language")
        or (feed.get("lang") if feed else ""),
    }


def _children(node: Node, name: str) -> list[Node]:
    return [child for child in node.children if isinstance(child, Node) and child.name == name]


def _author(found: Node) -> str:
    """The name of an author; RSS wants "editor@paper.example (Ann Lee)"."""
    text = _text(found, "name") or found.text()
    address = _ADDRESS.match(text)
    return address[1] if address else text


def _content(node: Node) -> tuple[str, str]:
    """The longest text that an entry gives, and a remark when it is only a summary."""
    texts: dict[str, str] = {}
    for element in node.children:
        if isinstance(element, Node) and element.name in _TEXTS and not element.get("url"):  # media:content
            nested = any(isinstance(child, Node) for child in element.children)
            texts[element.name] = element.paragraphs() if nested else _markup(element)
    name = max(texts, key=lambda name: len(texts[name]), default="")
    only_summary = name in _SUMMARIES and texts[name] != ""
    return texts.get(
        name, ""
    ), "the feed has only a summary, which is taken as the body" if only_summary else ""


def _markup(element: Node) -> str:
    text = "".join(child for child in element.children if isinstance(child, str)).strip()
    if not looks_like_markup(text):
        return text
    if not _BLOCK_TAG.search(text):  # WordPress writes paragraphs as empty lines
        text = _EMPTY_LINE.sub("<p>", text)
    return to_text(text)


def _category(node: Node) -> str:
    category = node.child("category", "subject")
    return _category_name(category) if category else ""


def _categories(node: Node) -> str:
    """All categories, where an entry has several."""
    names = [
        _category_name(child)
        for child in node.children
        if isinstance(child, Node) and child.name in ("category", "subject")
    ]
    return "; ".join(dict.fromkeys(filter(None, names))) if len(names) > 1 else ""


def _category_name(category: Node) -> str:
    return category.text() or category.get("label") or category.get("term")


def _plain(text: str) -> str:
    return " ".join(to_text(text).split()) if looks_like_markup(text) else text


def _text(node: Node | None, *names: str) -> str:
    """Text of the first direct child with one of the names that has any."""
    if node is None:
        return ""
    for name in names:
        for child in node.children:
            if isinstance(child, Node) and child.name == name and (text := child.text()):
                return text
    return ""


class FeedReader(XMLReader):
    """RSS 0.9–2.0, RDF Site Summary and Atom."""

    name = "feed"
    roots = frozenset({"rss", "feed", "rdf"})
    records = frozenset({"item", "entry"})
    understand = staticmethod(_entry)
