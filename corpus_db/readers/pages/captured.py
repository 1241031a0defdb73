"""What a record of a web archive captured: a page, unpacked and in an encoding that says itself, or why it is none.

A crawl is full of answers that are no pages: redirects, errors, pictures, scripts, front pages of sites.
"""

from __future__ import annotations

import importlib
import io
import re
from dataclasses import dataclass
from typing import Any

from corpus_db.readers.limits import ARTICLE_BYTES, CHUNK_BYTES

WITHOUT_BROTLI = (
    'a page packed with Brotli: install what unpacks it with  pip install "corpus-db[warc]"  and import again'
)

_PAGES = re.compile(
    r"(?:text/(?:html|plain|xml|csv|markdown)|application/(?:[\w.-]+\+)?(?:xml|json)|application/(?:x-)?(?:ndjson|pdf|rtf|zip)"
    r"|application/(?:msword|vnd\.openxmlformats.*)|message/rfc822)$"
)
# Kinds that say nothing: whether it is a page is seen in it.
_UNTOLD = frozenset(
    {
        "",
        "application/octet-stream",
        "application/unknown",
        "binary/octet-stream",
        "content/unknown",
        "unknown/unknown",
    }
)
_TAGS = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|\?xml|html|head|body|rss|feed)\b", re.IGNORECASE)
# The address of a site itself, whose page is no article where it holds so many headings that lead elsewhere.
_FRONT = re.compile(
    r"https?://[^/?#]+/?(?:(?:index|home|default)(?:\.\w{2,5})?/?)?(?:[?#].*)?$", re.IGNORECASE
)
_TEASER, _TEASERS = re.compile(rb"<h[1-6]\b[^<>]*>\s*<a\b|<a\b[^<>]*>\s*<h[1-6]\b", re.IGNORECASE), 5
_SAYS_ARTICLE = re.compile(rb"[\"'](?:article|[A-Za-z]{0,30}(?:Article|Posting))[\"']")
_NO_PAGES = ("/robots.txt", "/favicon.ico", "/ads.txt")
_PACKED = {"br": "Brotli, and damaged", "zstd": "Zstandard, which is not read: capture it anew without it"}


@dataclass(slots=True)
class Captured:
    """What was captured: its bytes (None: too many), its address, when, and the ending of its name."""

    content: bytes | None
    url: str
    date: str
    ending: str


def captured(data: bytes) -> Captured | str:
    """What a record captured, or what it is instead of a page."""
    archiveiterator: Any = importlib.import_module("warcio.archiveiterator")
    exceptions: Any = importlib.import_module("warcio.exceptions")
    try:
        record = next(iter(archiveiterator.ArchiveIterator(io.BytesIO(data), arc2warc=True)), None)
    except exceptions.ArchiveLoadFailed:
        raise ValueError("no record") from None
    if record is None:
        return "nothing"
    kind = _plain(record.rec_type or "")
    if kind not in ("response", "resource", "conversion"):
        return f"a record of type {kind or 'unknown'}, no page"
    http = record.http_headers
    if http is not None:
        status = _plain(http.get_statuscode() or "")
        if not re.fullmatch(r"2\d\d", status):
            return f"an answer with status {status or 'unknown'}, no page"
    url = _plain(record.rec_headers.get_header("WARC-Target-URI") or "")
    stated = (http.get_header("Content-Type") if http is not None else record.content_type) or ""
    kind, _, rest = stated.partition(";")
    kind = _plain(kind.strip().lower())
    if kind not in _UNTOLD and not _PAGES.match(kind):
        return f"{kind}, no article"
    path = url.partition("?")[0].lower()
    if path.endswith(_NO_PAGES):
        return f"{path.rpartition('/')[2]}, no article"
    content = _content(record, http)
    if isinstance(content, str):
        return content
    if not content.strip():
        return "an answer without content"
    if kind in _UNTOLD and not _TAGS.match(content):
        return f"{kind or 'an answer of no stated kind'}, no page"
    if _FRONT.match(url) and len(_TEASER.findall(content)) >= _TEASERS and not _SAYS_ARTICLE.search(content):
        return "the front page of a site, no article"
    charset = re.search(r"charset=[\"']?([\w.:-]{2,40})", rest, re.IGNORECASE)
    ending = re.search(r"\.[a-z0-9]{2,6}$", path.partition("://")[2].partition("/")[2])
    return Captured(
        None if len(content) > ARTICLE_BYTES else _in_utf8(content, charset[1] if charset else "", kind),
        url,
        _plain(record.rec_headers.get_header("WARC-Date") or ""),
        ending[0] if ending else "",
    )


def _content(record: Any, http: Any) -> bytes | str:
    """What a record captured, unpacked, and one byte more than an article may have; a reason where it is packed.

    Some crawlers unpack answers and leave the word for how they were packed: what begins as a page does is one.
    """
    packed = _plain(http.get_header("Content-Encoding") or "").lower() if http is not None else ""
    if packed in _PACKED:
        http.remove_header("Content-Encoding")  # else warcio unpacks it, without a bound
    stream = record.content_stream()
    content = b""
    while len(content) <= ARTICLE_BYTES and (chunk := stream.read(CHUNK_BYTES)):
        content += chunk
    if packed not in _PACKED or not content or content.lstrip()[:1] in (b"<", b"{", b"["):
        return content
    if packed == "br" and (page := _without_brotli(content)) is not None:
        return page
    raise Packed(f"a page packed for transfer with {_PACKED[packed]}")


class Packed(Exception):
    """An answer that is packed in a way that is not undone; the message says in which."""


def _without_brotli(content: bytes) -> bytes | None:
    """The content unpacked, at most one byte more than an article may have; None where that cannot be done."""
    try:
        brotli: Any = importlib.import_module("brotli")
    except ImportError:
        raise Packed(WITHOUT_BROTLI) from None
    unpacker = brotli.Decompressor()
    out = b""
    try:
        out = unpacker.process(content, output_buffer_limit=CHUNK_BYTES)
        while (
            len(out) <= ARTICLE_BYTES and not unpacker.is_finished() and not unpacker.can_accept_more_data()
        ):
            out += unpacker.process(b"", output_buffer_limit=CHUNK_BYTES)
    except brotli.error:
        return None
    return out[: ARTICLE_BYTES + 1] if out else None


def _in_utf8(content: bytes, charset: str, kind: str) -> bytes:
    """Content whose encoding only the answer states; what states its own is left as it is."""
    if not charset or charset.lower().replace("-", "") == "utf8" or not kind.startswith("text/"):
        return content
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return content
    try:
        return content.decode(charset).encode("utf-8")
    except (LookupError, UnicodeError):
        return content


def _plain(text: str) -> str:
    """A header's value on one line."""
    return "".join(c if c.isprintable() else " " for c in text)[:2_000].strip()
