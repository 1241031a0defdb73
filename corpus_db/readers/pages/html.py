"""HTML pages: one article a page, its text found by trafilatura, its facts read from the page itself.

Telling an article from the page round it is a field of its own; trafilatura is the kept library
that does it best, and is optional because of what it brings along (`corpus-db[html]`). Without it
a page is rejected with the line that installs it. What pages state about themselves for machines
(schema.org JSON-LD, Open Graph, meta elements) is more exact than what can be guessed from the
text: title, authors, time of publication, publisher and address come from there, and from
trafilatura only where the page says nothing. Nothing is fetched.
"""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

from corpus_db.models import SourceDocument
from corpus_db.readers.limits import ARTICLE_BYTES, megabytes
from corpus_db.readers.pages.markup import OVERGROWN, decoded_page, overgrown, to_text
from corpus_db.readers.pages.several import Part, articles_of, page_of
from corpus_db.readers.pages.teasers import is_list
from corpus_db.readers.records.field_values import as_text
from corpus_db.readers.walk import InputFile
from corpus_db.readers.xml.xml_tree import root_name

NAME = "html"
INSTALL = 'an HTML page: install its reader with  pip install "corpus-db[html]"  and import again'
A_LIST = "a list of other pages, no article"
_DOCTYPE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<!doctype\s+html", re.IGNORECASE | re.DOTALL)
# Elements that a piece of a page may begin with: a story that was copied out of one.
_OF_A_PAGE = frozenset(
    {"head", "body", "main", "article", "section", "div", "p", "h1", "h2", "h3", "header", "table", "center"}
)
_ENDED, _SOME_ENDED = re.compile(rb"</(?:p|h[1-6]|div|article|section|td)\s*>", re.IGNORECASE), 2
_UTF8_BOM = b"\xef\xbb\xbf"

# Names of meta elements (name, property or itemprop), the most exact first.
_META: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "headline", "dc.title", "title"),
    "date": (
        "article:published_time", "article:published", "og:article:published_time", "datepublished", "parsely-pub-date",
        "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "pubdate", "publishdate", "publish-date",
        "publication_date", "article_date_original", "article-date-original", "article.published", "date.available",
        "cxenseparse:recs:publishtime", "date",
    ),
    "byline": ("author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "byl"),
    "publisher": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "section": ("article:section", "parsely-section", "section"),
    "url": ("og:url",),
    "date:modified": ("article:modified_time", "article_date_updated", "datemodified", "og:updated_time", "lastmod"),
}  # fmt: skip
# A page shows its headline among its first paragraphs, behind labels that are no longer than this.
_ABOVE_THE_STORY, _LONGEST_LABEL = 5, 60
# A text that a page states for machines counts where the one that it shows is so many times shorter.
_STATED_LONGER = 2
# Pages of the nineties stand in tables, a story in one cell: no table of figures has so long a row.
# Nor is one row a table.
_IN_TABLE = re.compile(r"(?m)^\|[^\n]{600}|\A\s*\|[^\n]*\s*\Z")
_TABLES = re.compile(r"<(/?)(?:table|tbody|tr|td|th)\b[^<>]*>", re.IGNORECASE)
# What separates the headline from the site's name in a page's title.
_SITE_BEHIND = re.compile(r"\s+(?:[|•·»–—-]|::)\s+(?=[^|•·»–—]+$)")
_ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report)$")
_SECONDS = re.compile(r"\d\d:\d\d:\d\d")
# A date is taken from where pages keep it, not from any that the page has ("© 2021"); and this day is no bound.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
# JSON-LD nests; what is deeper than this is not the page's own article.
_DEPTH = 6


def _is_fragment(start: bytes) -> bool:
    """Whether what begins with an element of a page is a piece of one: it ends several."""
    return len(_ENDED.findall(start)) >= _SOME_ENDED


class HTMLReader:
    """Pages of HTML, one article each."""

    name = NAME
    begins = b"<"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By its doctype or root element."""
        start = head.removeprefix(_UTF8_BOM).lstrip()
        if start[:1] != b"<":
            return False
        root = root_name(head)
        return (
            root == "html"
            or _DOCTYPE.match(start) is not None
            or (root in _OF_A_PAGE and _is_fragment(start))
        )

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """The page as one document, or the articles that stand side by side on it. Raises OSError."""
        digest = file.sha256()
        if file.size > ARTICLE_BYTES:
            found: dict[str, str] | str = (
                f"{megabytes(file.size)} of HTML, more than the {megabytes(ARTICLE_BYTES)} of one article"
            )
            size = file.size
        else:
            with file.open() as stream:
                data = stream.read(ARTICLE_BYTES)
            if parts := articles_of(data):
                yield from _several(file.name, data, parts)
                return
            found, size = _fields(data), len(data)
        if isinstance(found, str):
            yield SourceDocument(file.name, None, 0, size, digest, NAME, reason=found)
        else:
            yield SourceDocument(file.name, None, 0, size, digest, NAME, fields=found)


def _several(name: str, data: bytes, parts: Sequence[Part]) -> Iterator[SourceDocument]:
    """The articles of a page, each with what the whole page says of its publisher and language."""
    page, encoding, _ = decoded_page(data)
    facts = _Facts()
    if not overgrown(page):
        facts.feed(page)
        facts.close()
    stated = facts.fields()
    shared = {field: stated[field] for field in ("publisher", "language") if stated.get(field)}
    before: dict[str, str] = {"body": "", "remark": "what stands before the first article"}
    pieces: list[tuple[int, str, dict[str, str] | str]] = [(0, "preface", before)] if parts[0].start else []
    for number, part in enumerate(parts, 1):
        fields = _fields(page_of(part, data, encoding))
        pieces.append(
            (part.start, f"article {number}", fields if isinstance(fields, str) else {**shared, **fields})
        )
    ends = [start for start, _, _ in pieces[1:]] + [len(data)]
    for (start, label, fields), end in zip(pieces, ends, strict=True):
        digest = sha256(data[start:end]).hexdigest()
        document = SourceDocument(name, label, start, end, digest, NAME)
        yield (
            document._replace(reason=fields) if isinstance(fields, str) else document._replace(fields=fields)
        )


def _fields(data: bytes) -> dict[str, str] | str:
    try:
        trafilatura: Any = importlib.import_module("trafilatura")
    except ImportError:
        return INSTALL
    page = decoded_page(data)[0]
    if overgrown(page):
        return OVERGROWN
    facts = _Facts()
    try:
        facts.feed(page)
        facts.close()
        extracted = _extracted(trafilatura, page)
        if extracted is not None and _IN_TABLE.search(extracted.text or ""):
            extracted = _extracted(trafilatura, _TABLES.sub(r"<\1div>", page))
    except Exception as error:  # noqa: BLE001 -- the boundary of one page: lxml and its users raise what they like
        return f"an HTML page that cannot be read: {type(error).__name__}"
    guessed: dict[str, Any] = extracted.as_dict() if extracted is not None else {}
    stated = facts.fields()
    if is_list(page, stated.get("url", "")):
        return {"body": "", "remark": A_LIST}
    title = stated.get("title") or as_text(guessed.get("title"))
    labels = (stated.get("section", ""), stated.get("publisher", ""), stated.get("byline", ""))
    fields = {
        "title": title,
        "body": _story(_fuller(as_text(guessed.get("text")), facts.text), [title, *facts.headings], labels),
        "extracted": NAME,
        "date": stated.get("date") or as_text(guessed.get("date")),
        "date:modified": stated.get("date:modified") or "",
        "byline": stated.get("byline") or as_text(guessed.get("author")),
        "publisher": stated.get("publisher") or as_text(guessed.get("sitename")),
        "url": stated.get("url") or as_text(guessed.get("url")),
        "section": stated.get("section") or "",
        "language": stated.get("language") or "",
    }
    return {name: value for name, value in fields.items() if value or name == "body"}


def _extracted(trafilatura: Any, page: str) -> Any:
    return trafilatura.bare_extraction(
        page, with_metadata=True, include_comments=False, favor_precision=True, date_extraction_params=_DATES
    )


def _fuller(extracted: str, stated: str) -> str:
    """The text of the page, or the one that it states for machines where it shows only the beginning of it."""
    return stated if len(stated) > _STATED_LONGER * len(extracted) else extracted


def _story(body: str, headings: Sequence[str], labels: Sequence[str]) -> str:
    """The text without what pages repeat above it: the headline in each of its wordings, section, source."""
    titles = {key for heading in headings if (key := _letters(heading))}
    others = {key for label in labels if (key := _letters(label))}
    paragraphs = body.split("\n")
    top = paragraphs[:_ABOVE_THE_STORY]
    last = max((number for number, text in enumerate(top) if _letters(text) in titles), default=-1)
    if last >= 0 and all(len(text) <= _LONGEST_LABEL for text in top[:last]):
        paragraphs = paragraphs[last + 1 :]
    while len(paragraphs) > 1 and (not paragraphs[0].strip() or _letters(paragraphs[0]) in others):
        paragraphs.pop(0)
    return "\n".join(paragraphs)


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


class _Facts(HTMLParser):
    """What a page states about itself: meta elements, JSON-LD, canonical address, language, title."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.canonical = self.language = ""
        self.linked_data: list[str] = []
        self._inside = ""
        self.page_title = ""
        self.headings: list[str] = []  # of the first rank, and the titles that other sites are given
        self.times: list[str] = []
        self.text = ""  # where the page states it for machines
        self._item = ""  # the property of microdata that a thing of its own is given for

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("itemprop"):
            self._microdata(given)
        if tag == "meta":
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            if name and given.get("content"):
                self.meta.setdefault(name.lower(), given["content"].strip())
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self.canonical = self.canonical or given.get("href", "")
        elif tag == "html":
            self.language = given.get("lang", "")
        elif tag == "time":
            self.times.append(given.get("datetime", ""))
        elif tag == "h1":
            self._inside = "h1"
            self.headings.append("")
        elif tag == "script" and "ld+json" in given.get("type", ""):
            self._inside = "ld"
            self.linked_data.append("")
        elif tag == "title" and not self.page_title:
            self._inside = "title"

    def _microdata(self, given: dict[str, str]) -> None:
        """The publisher's name stands in a thing of its own; the author's is found in the text."""
        if "itemscope" in given:
            self._item = given["itemprop"].lower()
        elif given["itemprop"] == "name" and self._item == "publisher":
            if given.get("content"):
                self.meta.setdefault("publisher", given["content"].strip())
            else:
                self._inside = "publisher"

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "title", "h1") or self._inside == "publisher":
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "ld":
            self.linked_data[-1] += data
        elif self._inside == "title":
            self.page_title += data
        elif self._inside == "h1":
            self.headings[-1] += data
        elif self._inside == "publisher" and data.strip():
            self.meta.setdefault("publisher", data.strip())

    def fields(self) -> dict[str, str]:
        """Title, date, byline, publisher, section, url and language, as far as they are stated."""
        found = self._from_linked_data()
        name = self.meta.get("og:site_name")
        if name:
            found["publisher"] = name
        for field, names in _META.items():
            value = next((self.meta[name] for name in names if self.meta.get(name)), "")
            if value and not (field == "byline" and value.startswith("http")):
                found.setdefault(field, value)
        self.headings += [self.page_title, *(self.meta[name] for name in _META["title"] if name in self.meta)]
        site = _SITE_BEHIND.split(" ".join(self.page_title.split()))
        if len(site) > 1 and site[-1].startswith(found.get("publisher", "\n") + " "):
            found["publisher"] = site[-1]  # "CBC" calls itself "CBC News" above its pages
        found["date"] = self._most_exact(found.get("date", ""))
        if self.canonical.startswith("http"):
            found["url"] = self.canonical
        if self.language:
            found.setdefault("language", self.language)
        return {name: " ".join(value.split()) for name, value in found.items() if value.strip()}

    def _most_exact(self, stated: str) -> str:
        """The date that is stated, or the same moment where the page gives it to the second."""
        others = [time for time in self.times if time]
        if not stated:
            return next(iter(others), "")
        at = _moment(stated)
        if at is None or at.second or _SECONDS.search(stated):
            return stated
        others += [self.meta[name] for name in _META["date"] if name in self.meta]
        same = (
            other
            for other in others
            if _SECONDS.search(other) and (then := _moment(other)) and _near(then, at)
        )
        return next(same, stated)

    def _from_linked_data(self) -> dict[str, str]:
        values: list[object] = []
        for text in self.linked_data:
            try:
                values.append(json.loads(text, strict=False))
            except (ValueError, RecursionError):
                continue
        named = _named(values)
        for value in values:
            article = _article_in(value)
            if article:
                article = {name: _meant(member, named) for name, member in article.items()}
                self.text = self.text or to_text(as_text(article.get("articleBody")))
                stated = {
                    "title": as_text(article.get("headline")),
                    "date": as_text(article.get("datePublished")) or as_text(article.get("dateCreated")),
                    "date:modified": as_text(article.get("dateModified")),
                    "byline": as_text(article.get("author")),
                    "publisher": as_text(article.get("publisher")),
                    "section": as_text(article.get("articleSection")),
                    "language": as_text(article.get("inLanguage")),
                }
                return {name: value for name, value in stated.items() if value}
        return {}


def _moment(value: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _near(one: datetime, other: datetime) -> bool:
    """Whether both are in the same minute."""
    return (
        abs((one.replace(second=0, microsecond=0) - other.replace(second=0, microsecond=0)).total_seconds())
        < 1
    )


def _named(values: Sequence[object], depth: int = 0) -> dict[str, dict[str, Any]]:
    """The objects that say more than their "@id", by it: others point to them ({"@id": "#publisher"})."""
    found: dict[str, dict[str, Any]] = {}
    for value in values:
        if isinstance(value, dict):
            if isinstance(value.get("@id"), str) and "name" in value:
                found.setdefault(value["@id"], value)
            inner: list[object] = list(value.values())
        else:
            inner = value if isinstance(value, list) else []
        if depth < _DEPTH and inner:
            for name, item in _named(inner, depth + 1).items():
                found.setdefault(name, item)
    return found


def _meant(value: object, named: Mapping[str, dict[str, Any]]) -> object:
    """The object that a reference stands for; nothing for one that leads nowhere; other values as they are."""
    if isinstance(value, list):
        return [_meant(item, named) for item in value]
    if isinstance(value, dict) and set(value) <= {"@id", "@type"} and isinstance(value.get("@id"), str):
        return named.get(value["@id"], "")
    return value


def _article_in(value: object, depth: int = 0) -> dict[str, Any] | None:
    """The first object of an article's type in a JSON-LD value."""
    if depth > _DEPTH:
        return None
    if isinstance(value, dict):
        kind = value.get("@type")
        kinds = kind if isinstance(kind, list) else [kind]
        if value.get("headline") and any(
            isinstance(name, str) and _ARTICLE_TYPE.search(name) for name in kinds
        ):
            return value
        children: list[object] = [
            value[name] for name in ("@graph", "mainEntity", "itemListElement") if name in value
        ]
    else:
        children = value if isinstance(value, list) else []
    for child in children:
        found = _article_in(child, depth + 1)
        if found:
            return found
    return None
