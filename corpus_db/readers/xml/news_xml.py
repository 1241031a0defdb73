"""News messages in XML: NITF, NewsML 1.2, NewsML-G2, and the Reuters Corpus (RCV1, RCV2).

Each news item is one document. Pictures with their captions are no articles, and neither is a package
that travels with its items. An item that has a headline and no text is an alert: the headline is its
text. Dates are taken from the attributes and elements that the standards mean for the first
publication, not from later versions. Where an item is located is where its desk is, as often as not,
so that only a dateline counts as one.
"""

from __future__ import annotations

import re

from corpus_db.readers.walk import InputFile
from corpus_db.readers.xml.news_story import below, headed, is_prose, names, stamp, story
from corpus_db.readers.xml.xml_records import Fields, XMLReader
from corpus_db.readers.xml.xml_tree import Node

# Kinds of items of NewsML-G2 that can be an alert, and those that are no articles.
_TEXTUAL = frozenset({"text", "composite"})
_PICTURES = frozenset({"picture", "graphic", "video", "audio", "animated"})
_BY_LINE = re.compile(r"^(?i:by)\s+([A-Z][^\n.!?]{3,80})$")
_NOBODY = ("Staff Reporter", "Staff reporter", "staff reporter", "Staff")  # bylines that name no one
_DATE_IN_DATELINE = re.compile(r"\s*\d{4}-\d\d-\d\d.*$")
_LEAD = re.compile(r"^LEAD:\s+")
# Elements of NewsML-G2 that stand alone and are no news; items of theirs travel with others.
_NO_NEWS = frozenset({"conceptItem", "knowledgeItem", "planningItem", "catalogItem"})
_DOMAIN = re.compile(r"^[\w-]+(?:\.[\w-]+)+$")


def _nitf(node: Node, _outside: Node | None) -> Fields:
    """A NITF document."""
    issued = node.find("date.issue", "date.release", "story.date")
    published = node.find("pubdata")
    holder = node.find("doc.copyright")
    identity = node.find("doc-id")
    text, byline = _byline(names(node.find("byline")), _nitf_text(node))
    return {
        **headed(below(node, "hl1", "hedline") or below(node, "title"), text),
        "date": stamp(
            (issued.get("norm") if issued else "") or (published.get("date.publication") if published else "")
        ),
        "byline": byline,
        "publisher": below(node, "distributor")
        or (holder.get("holder") if holder else "")
        or below(node, "rights.owner")
        or (published.get("name") if published else ""),
        "place": _place(node.find("dateline")),
        "section": _meta(node, "online_sections")
        or _meta(node, "dsk")
        or (published.get("position.section") if published else ""),
        "keywords": "; ".join(_keys(node)),
        "url": published.get("ex-ref") if published else "",
        "id": identity.get("id-string") if identity else "",
        "language": node.get("baselang"),
    }


def _nitf_text(node: Node) -> str:
    """The story; the New York Times' collection has its lead twice, and has the word "LEAD:" before it."""
    content = node.find("body.content")
    whole = (
        next((block for block in content.walk() if block.get("class") == "full_text"), None)
        if content
        else None
    )
    return _LEAD.sub("", story(whole or content), count=1) if whole else story(content)


def _meta(node: Node, name: str) -> str:
    return next(
        (meta.get("content") for meta in node.walk() if meta.name == "meta" and meta.get("name") == name), ""
    )


def _keys(node: Node) -> list[str]:
    return [
        key for found in node.walk() if found.name == "keyword" and (key := found.get("key") or found.text())
    ]


def _place(dateline: Node | None) -> str:
    """The place of a dateline that has an element of its own, "" where it holds something else."""
    if dateline is None:
        return ""
    location = dateline.find("location")
    text = location.text() if location else dateline.text()
    place = text.partition("(")[0].strip(" -–—,")
    return place if is_prose(place) and len(place) < 60 else ""


def _byline(stated: str, text: str) -> tuple[str, str]:
    """(text, byline): a first paragraph "By Ann Lee" is the byline where none is stated, and no text."""
    first, _, rest = text.partition("\n\n")
    match = _BY_LINE.match(first) if rest else None
    if match is None or (stated and stated.lower() not in match[1].lower() and stated not in _NOBODY):
        return text, stated
    return rest, match[1] if not stated or stated in _NOBODY else stated


def _newsml(node: Node, outside: Node | None) -> Fields:
    """A NewsItem of NewsML 1.2."""
    language = node.find("Language")
    headline = below(node, "HeadLine")
    body, byline = _byline(names(node.find("ByLine")), _stories(node, headline))
    dateline = below(node, "DateLine")
    inner = None if dateline else node.find("dateline")  # that of the NITF in it
    if dateline and is_prose(dateline) and body and not body.startswith(dateline):
        body = f"{dateline} {body}"
    return {
        **(headed(headline, body) if node.find("ContentItem") is None else {"title": headline, "body": body}),
        "date": stamp(below(node, "FirstCreated", "ThisRevisionCreated", "DateId")),
        "byline": byline,
        "publisher": _party(node, "Provider")
        or _party(node, "Source")
        or below(node, "CreditLine")
        or below(node, "ProviderId"),
        "place": _place(inner),
        "id": below(node, "PublicIdentifier", "NewsItemId"),
        "language": (language.get("FormalName") if language else "") or node.get("lang"),
    }


def _party(node: Node, role: str) -> str:
    found = node.find(role)
    party = found.find("Party") if found else None
    return party.get("FormalName") if party else ""


def _stories(item: Node, headline: str) -> str:
    """The texts of an item's components, not the captions of its pictures.

    A further text has its own headline above it.
    """
    texts: list[str] = []
    for component in item.walk():
        if component.name != "NewsComponent":
            continue
        lines = component.child("NewsLines")
        for content in component.children:
            if not isinstance(content, Node) or content.name != "ContentItem" or not _is_text(content):
                continue
            own = below(lines, "HeadLine")
            text = story(content.find("body.content", "DataContent"))
            if text and texts and own not in ("", headline):
                texts.append(own)
            if text and text not in texts:
                texts.append(text)
    return "\n\n".join(texts)


def _is_text(content: Node) -> bool:
    kind = content.child("MediaType")
    return kind is None or kind.get("FormalName").lower() in ("text", "complextext", "")


def _news_item(node: Node, outside: Node | None) -> Fields:
    """A newsItem or packageItem of NewsML-G2."""
    if node.name in _NO_NEWS:
        return {"remark": f"a {node.name} of NewsML-G2, no article"}
    content = node.find("inlineXML", "inlineData")
    inner = content.find("body.content", "body") if content else None
    kind = node.find("itemClass")
    medium = kind.get("qcode").rpartition(":")[2] if kind else ""
    if medium in _PICTURES:
        return {"remark": f"a {medium} with its caption, no article"}
    title = below(node, "headline") or below(node, "title")
    text, byline = _byline(
        names(node.find("by")) or names(node.find("byline")), story(inner or content, title)
    )
    return {
        **(headed(title, text) if medium in _TEXTUAL else {"title": title, "body": text}),
        "date": stamp(below(node, "firstCreated", "contentCreated", "versionCreated")),
        "byline": byline,
        "publisher": _provider(node),
        "place": _place(node.find("dateline")),
        "keywords": "; ".join(_keys(node)),
        "id": node.get("guid"),
        "language": node.get("lang"),
    }


def _provider(node: Node) -> str:
    """Who is credited, or who provided the item; a web address gives way to a name."""
    found = []
    for name in ("creditline", "infoSource", "provider", "copyrightHolder"):
        element = node.find(name)
        if element is not None:
            text = element.text() or element.get("literal") or element.get("qcode").rpartition(":")[2]
            found.append(text.strip(" –—-"))
    known = [name for name in found if name]
    return next((name for name in known if not _DOMAIN.match(name)), known[0] if known else "")


def _reuters(node: Node, _outside: Node | None) -> Fields:
    """A newsitem of the Reuters Corpus; its title is the headline with the country before it."""
    facts = {found.get("element"): found.get("value") for found in node.walk() if found.name == "dc"}
    headline = below(node, "headline") or below(node, "title")
    text, byline = _byline(names(node.find("byline")), story(node.find("text"), headline))
    dateline = below(node, "dateline")
    return {
        **headed(headline.removesuffix("."), text),
        "date": node.get("date") or facts.get("dc.date.published", ""),
        "byline": byline,
        "agency": facts.get("dc.source", "") or "Reuters",
        "place": facts.get("dc.creator.location", "") or _DATE_IN_DATELINE.sub("", dateline),
        "id": node.get("itemid"),
        "language": node.get("lang"),
    }


class NewsReader(XMLReader):
    """What readers of news messages share: below the story may stand who helped, and the desk's notes."""

    def all_fields(self, nodes: list[Node], outside: Node | None) -> list[Fields]:
        """The fields of each item."""
        return [_with_story_marked(self.understand(node, outside), self.name) for node in nodes]


def _with_story_marked(fields: Fields, reader: str) -> Fields:
    """Says that the text is a story that something may be left round."""
    return {**fields, "extracted": reader} if fields.get("body") else fields


class NITFReader(NewsReader):
    """News Industry Text Format."""

    name = "nitf"
    roots = frozenset({"nitf"})
    records = frozenset({"nitf"})
    understand = staticmethod(_nitf)


class NewsMLReader(NewsReader):
    """NewsML 1.2."""

    name = "newsml"
    roots = frozenset({"newsml"})
    records = frozenset({"NewsItem"})
    understand = staticmethod(_newsml)


class ReutersCorpusReader(XMLReader):
    """The XML of the Reuters Corpus (RCV1, RCV2): one newsitem a file."""

    name = "reuters-corpus"
    roots = frozenset({"newsitem"})
    records = frozenset({"newsitem"})
    understand = staticmethod(_reuters)

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the root, which NewsML-G2 writes "newsItem"."""
        return b"<newsitem" in head and super().accepts(file, head)


class NewsMLG2Reader(NewsReader):
    """NewsML-G2: single items, and messages with several."""

    name = "newsml-g2"
    roots = frozenset({"newsmessage", "newsitem", "packageitem", *(name.lower() for name in _NO_NEWS)})
    records = frozenset({"newsItem", "packageItem", *_NO_NEWS})
    understand = staticmethod(_news_item)

    def all_fields(self, nodes: list[Node], outside: Node | None) -> list[Fields]:
        """The fields of each item. A package repeats the headline of an item that it travels with."""
        alone = not any(node.name == "newsItem" for node in nodes)
        package: Fields = {"remark": "a package of other items, no article of its own"}
        items = [node for node in nodes if alone or node.name == "newsItem"]
        understood = iter(super().all_fields(items, outside))
        return [next(understood) if alone or node.name == "newsItem" else package for node in nodes]
