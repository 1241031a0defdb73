"""XML with news in it: RSS, RDF and Atom feeds, NITF, NewsML 1.2 and NewsML-G2.

Each entry, message or news item is one document; what stands between them belongs to the one
before (at the top, to the first). Pictures with their captions are no articles, and neither is a
package that travels with its items. An item or entry that has a headline and no text is an alert:
the headline is its text. Dates are taken from the attributes and elements that the standards mean for the first
publication, not from later versions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256

from corpus_db.models import SourceDocument
from corpus_db.readers.limits import ARTICLE_BYTES, megabytes
from corpus_db.readers.markup import looks_like_markup, to_text
from corpus_db.readers.walk import InputFile
from corpus_db.readers.xml_tree import Node, Records, root_name

_BY = re.compile(r"^by\s+", re.IGNORECASE)
_INITIALS = re.compile(r"^[a-z]{1,4}(?:/[a-z]{1,4})+$")
_STAMP = re.compile(r"^(\d{8}T\d{6})([+-]\d{4}|Z)?$")
# A last paragraph that only names the staff ("hh/ph/ts/hd", "AAP RTV ar").
_SIGN_OFF = re.compile(
    r"\n\n(?:[a-z]{2,4}(?:/[a-z]{2,4})+|[A-Z]{2,5}(?:\s[A-Z]{2,5}){0,2}\s[a-z]{1,3}(?:/[a-z]{1,3})*)$"
)

# What feeds write below a text that they do not give whole.
_MORE = re.compile(
    r"\s*(?:Continue reading(?:\s?(?:\.\.\.|…|→|»))+|Read more(?:\s?(?:\.\.\.|…|→|»))+|The post .{1,300} appeared first on .{1,120}\.)$",
    re.IGNORECASE,
)
_ONLY_HEADLINE = "only a headline, which is taken as the text"

_SUMMARIES = frozenset({"description", "summary", "subtitle"})
_TEXTS = _SUMMARIES | {"encoded", "content", "body"}

# Kinds of items of NewsML-G2 that can be an alert, and those that are no articles.
_TEXTUAL = frozenset({"text", "composite"})
_PICTURES = frozenset({"picture", "graphic", "video", "audio", "animated"})

Fields = dict[str, str]


class XMLReader:
    """What the XML readers share; each names its roots, its records and how one is understood."""

    name: str
    roots: frozenset[str]
    records: frozenset[str]
    understand: Callable[[Node, Node | None], Fields]

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the name of the root element."""
        return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and root_name(head) in self.roots

    def announced(self, outside: Node | None) -> int | None:
        """How many records the file says that it has, None where it does not say."""
        return None

    def all_fields(self, nodes: list[Node], outside: Node | None) -> list[Fields]:
        """The fields of each record."""
        return [self.understand(node, outside) for node in nodes]

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document a record. Raises OSError."""
        if file.size > ARTICLE_BYTES:
            reason = f"{megabytes(file.size)} of XML, more than the {megabytes(ARTICLE_BYTES)} read at once"
            yield SourceDocument(file.name, None, 0, file.size, file.sha256(), self.name, reason=reason)
            return
        with file.open() as stream:
            data = stream.read(ARTICLE_BYTES + 1)
        records = Records(data, self.records)
        found = list(records)
        remark = ""
        if records.error and not _is_utf8(data):
            records, remark = Records(data, self.records, "iso-8859-1"), "not UTF-8, read as Windows-1252"
            found = list(records)
        announced = self.announced(records.outside)
        problem = records.error
        if problem is None and announced not in (None, len(found)):
            problem = (
                f"the export announces {announced} articles, the file holds {len(found)}: download it again"
            )
        ends = [end for _, end in found]
        if problem is None and ends:
            ends[-1] = len(data)
        position = 0
        understood = self.all_fields([node for node, _ in found], records.outside)
        for number, (given, end) in enumerate(zip(understood, ends, strict=True), 1):
            fields = {name: value for name, value in given.items() if value}
            fields.setdefault("body", "")
            if remark:
                fields["remark"] = "; ".join(filter(None, (fields.get("remark"), remark)))
            yield self._document(file, number, data, position, end, fields)
            position = end
        if position < len(data) or not found:
            rest: Fields | str = problem or {"body": "", "remark": "no entry in it"}
            yield self._document(file, len(found) + 1, data, position, len(data), rest)

    def _document(
        self, file: InputFile, number: int, data: bytes, start: int, end: int, fields: Fields | str
    ) -> SourceDocument:
        digest = sha256(data[start:end]).hexdigest()
        part = f"entry {number}"
        if isinstance(fields, str):
            return SourceDocument(file.name, part, start, end, digest, self.name, reason=fields)
        return SourceDocument(file.name, part, start, end, digest, self.name, fields=fields)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


# -- feeds ----------------------------------------------------------------------------------------


def _entry(node: Node, feed: Node | None) -> Fields:
    """An entry of RSS, RDF or Atom."""
    channel = (feed.child("channel") or feed) if feed else None
    title = _plain(_text(node, "title"))
    body, remark = _content(node)
    body = _MORE.sub("", body)
    if title and not body:
        title, body, remark = "", title, _ONLY_HEADLINE
    link = node.child("link")
    alternate = [
        child.get("href")
        for child in node.children
        if isinstance(child, Node) and child.name == "link" and child.get("rel") in ("", "alternate")
    ]
    author = node.child("creator", "author")
    return {
        "title": title,
        "body": body,
        "remark": remark,
        "date": _text(node, "published", "pubDate", "issued", "created", "date", "updated", "modified"),
        "url": _text(node, "origLink") or (link.text() if link else "") or next(iter(alternate), ""),
        "id": _text(node, "guid", "id") or node.get("about"),
        "byline": (_text(author, "name") or author.text()) if author else "",
        "section": _category(node),
        "keywords": _categories(node),
        "publisher": _text(node, "source", "publisher") or _plain(_text(channel, "title")),
        "language": _text(node, "language")
        or _text(channel, "language")
        or (feed.get("lang") if feed else ""),
    }


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
    return to_text(text) if looks_like_markup(text) else text


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


# -- news messages --------------------------------------------------------------------------------


def _nitf(node: Node, _outside: Node | None) -> Fields:
    """A NITF document."""
    content = node.find("body.content")
    location = node.find("location")
    issued = node.find("date.issue", "date.release", "story.date")
    published = node.find("pubdata")
    holder = node.find("doc.copyright")
    identity = node.find("doc-id")
    return {
        **_headed(_below(node, "hl1", "hedline") or _below(node, "title"), _story(content)),
        "date": _stamp(
            (issued.get("norm") if issued else "") or (published.get("date.publication") if published else "")
        ),
        "byline": _names(_below(node, "byline")),
        "publisher": _below(node, "distributor")
        or (holder.get("holder") if holder else "")
        or _below(node, "rights.owner"),
        "place": location.text() if location else "",
        "keywords": "; ".join(
            found.get("key") for found in node.walk() if found.name == "keyword" and found.get("key")
        ),
        "id": identity.get("id-string") if identity else "",
        "language": node.get("baselang"),
    }


def _newsml(node: Node, outside: Node | None) -> Fields:
    """A NewsItem of NewsML 1.2."""
    provider = node.find("Provider")
    party = provider.find("Party") if provider else None
    language = node.find("Language")
    headline = _below(node, "HeadLine")
    body = _stories(node, headline)
    dateline = _below(node, "DateLine")
    if dateline and body and not body.startswith(dateline):
        body = f"{dateline} {body}"
    return {
        **(
            _headed(headline, body) if node.find("ContentItem") is None else {"title": headline, "body": body}
        ),
        "date": _stamp(_below(node, "FirstCreated", "ThisRevisionCreated", "DateId")),
        "byline": _names(_below(node, "ByLine")),
        "publisher": (party.get("FormalName") if party else "") or _below(node, "ProviderId"),
        "id": _below(node, "PublicIdentifier", "NewsItemId"),
        "language": (language.get("FormalName") if language else "") or node.get("lang"),
    }


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
            own = _below(lines, "HeadLine")
            story = _story(content.find("body.content", "DataContent"))
            if story and texts and own not in ("", headline):
                texts.append(own)
            if story and story not in texts:
                texts.append(story)
    return "\n\n".join(texts)


def _is_text(content: Node) -> bool:
    kind = content.child("MediaType")
    return kind is None or kind.get("FormalName").lower() in ("text", "complextext", "")


def _news_item(node: Node, outside: Node | None) -> Fields:
    """A newsItem or packageItem of NewsML-G2."""
    provider, source = node.find("provider"), node.find("creditline", "infoSource")
    content = node.find("inlineXML", "inlineData")
    inner = content.find("body.content", "body") if content else None
    qcode = provider.get("qcode").rpartition(":")[2] if provider else ""
    kind = node.find("itemClass")
    medium = kind.get("qcode").rpartition(":")[2] if kind else ""
    if medium in _PICTURES:
        return {"remark": f"a {medium} with its caption, no article"}
    title, story = _below(node, "headline") or _below(node, "title"), _story(inner or content)
    return {
        **(_headed(title, story) if medium in _TEXTUAL else {"title": title, "body": story}),
        "date": _stamp(_below(node, "firstCreated", "contentCreated", "versionCreated")),
        "byline": _names(_below(node, "by")),
        "publisher": (source.text() or source.get("literal") if source else "")
        or (provider.get("literal") if provider else "")
        or qcode,
        "id": node.get("guid"),
        "language": node.get("lang"),
    }


def _headed(title: str, story: str) -> Fields:
    """Title and body; an alert is a headline without a story, which then is all its text."""
    if title and not story:
        return {"body": title, "remark": _ONLY_HEADLINE}
    return {"title": title, "body": story}


def _story(content: Node | None) -> str:
    return _SIGN_OFF.sub("", content.paragraphs()) if content else ""


def _below(node: Node | None, *names: str) -> str:
    found = node.find(*names) if node else None
    return found.text() if found else ""


def _names(byline: str) -> str:
    """A byline without "By"; the initials of the desk are no byline."""
    return "" if _INITIALS.match(byline) else _BY.sub("", byline)


def _stamp(value: str) -> str:
    """ "20131020T192751+1100" in the extended form of ISO 8601; other values as they are."""
    match = _STAMP.match(value)
    if match is None:
        return value
    day, zone = match[1], match[2] or ""
    return f"{day[:4]}-{day[4:6]}-{day[6:8]}T{day[9:11]}:{day[11:13]}:{day[13:15]}{zone}"


class NITFReader(XMLReader):
    """News Industry Text Format."""

    name = "nitf"
    roots = frozenset({"nitf"})
    records = frozenset({"nitf"})
    understand = staticmethod(_nitf)


class NewsMLReader(XMLReader):
    """NewsML 1.2."""

    name = "newsml"
    roots = frozenset({"newsml"})
    records = frozenset({"NewsItem"})
    understand = staticmethod(_newsml)


class NewsMLG2Reader(XMLReader):
    """NewsML-G2: single items, and messages with several."""

    name = "newsml-g2"
    roots = frozenset({"newsmessage", "newsitem", "packageitem"})
    records = frozenset({"newsItem", "packageItem"})
    understand = staticmethod(_news_item)

    def all_fields(self, nodes: list[Node], outside: Node | None) -> list[Fields]:
        """The fields of each item. A package repeats the headline of an item that it travels with."""
        alone = not any(node.name == "newsItem" for node in nodes)
        package: Fields = {"remark": "a package of other items, no article of its own"}
        return [_news_item(node, outside) if alone or node.name == "newsItem" else package for node in nodes]
