"""Mails and mailboxes: one article a mail, its attachments files of their own.

    From: Ana Lee <ana@paper.example>      byline
    Date: Thu, 19 Feb 2015 17:18:40 +1100  date
    Subject: =?utf-8?Q?A_bridge?=          title, where the text has no headline with a label

The standard library's parser takes mails apart (its older policy, which never fails on a header);
what they say is read here, because wire desks and newsletters break the rules that it relies on:
encodings that are not what they claim, encoded words with bare characters in them.

The text is the plain one; the HTML one where there is no plain one or where that is a stub ("read
this in a browser"). It goes the way of any file: recognised by its content, so that an export or a
JSON record sent by mail is read as what it is; free text keeps its own labels and gets what it does
not say from the mail's header. What stands below a signature mark ("-- ") is left out.

An attachment is a file in the mail (`members.Member`), named after it; those that cannot be articles
(pictures, signatures) are only remarked on. An mbox file is cut at its "From " lines.
"""

from __future__ import annotations

import binascii
import email
import email.errors
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from email.utils import parseaddr
from hashlib import sha256
from io import BytesIO

from corpus_db.models import SourceDocument
from corpus_db.readers.limits import ARCHIVE_DEPTH, HELD_BYTES, megabytes
from corpus_db.readers.members import Given, allowance_of, depth_of, member, unreadable
from corpus_db.readers.office.forwarded import unforwarded
from corpus_db.readers.office.mail_words import decoded, words
from corpus_db.readers.office.newsletter import visible, without_frame
from corpus_db.readers.pages.embedded import embedded
from corpus_db.readers.pages.markup import to_text
from corpus_db.readers.pages.saved_pages import is_saved_page, page_in
from corpus_db.readers.pieces import TOO_LONG, Piece, cut_before
from corpus_db.readers.unpack import content_of
from corpus_db.readers.walk import InputFile

NAME = "mail"
MBOX = "mbox"

_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]{0,60}):[ \t]?")
# Fields that only mails have: a text may begin with "From:" and "Date:" too.
_OF_MAILS = frozenset(
    {b"received", b"message-id", b"mime-version", b"return-path", b"delivered-to", b"dkim-signature",
     b"content-transfer-encoding", b"x-mailer", b"x-received", b"x-originating-ip", b"received-spf"}
)  # fmt: skip
_SENDERS = frozenset({b"from", b"sender", b"subject", b"reply-to"})
_FROM_LINE = rb"From [^\r\n]{1,200}\b\d\d:\d\d\b[^\r\n]{0,40}\b\d{4}\b[^\r\n]{0,40}\r?\n"
_MAILBOX = re.compile(rb"\s{0,64}" + _FROM_LINE + rb"[A-Za-z][A-Za-z0-9-]{0,60}:")
_MESSAGE = re.compile(rb"(?m)^" + _FROM_LINE + rb"(?=[A-Za-z][A-Za-z0-9-]{0,60}:)")
_QUOTED_FROM = re.compile(rb"(?m)^>(>*From )")

# What an attachment is of that cannot be an article.
_NO_ARTICLE = re.compile(
    r"(?:image|audio|video|font|model)/|text/(?:calendar|x-?vcard|vcard|css)$"
    r"|application/(?:pgp-|x-pkcs7|pkcs7|ics|ms-tnef|x-font|font)"
)
_SIGNATURE = "\n-- \n"
_SIGNATURE_LINES = 15
_LONGEST_HEADER = 2_000
# The parser takes a field apart in time that grows with the square of its length.
_ENDLESS_FIELD = re.compile(rb"(?i)(?:\A|\n)content-(?:type|disposition)[ \t]*:(?:[^\n]|\n[ \t]){4000}")
_MOST_PARTS = 20_000
_ATTACHMENTS = 200
# A plain text with less than this share of the words of the HTML one is a stub.
_STUB = 0.25
# What the standard library's parser has raised for mails that are none.
_BAD = (
    RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError, binascii.Error, email.errors.MessageError,
)  # fmt: skip


class MailReader:
    """Single mails (EML)."""

    name = NAME

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By its header: lines of fields, one of which only mails have."""
        return _is_mail(head, file.name.lower().endswith(".eml"))

    def read(self, file: InputFile) -> Iterator[Given]:
        """The attachments, and the mail behind them. Raises OSError."""
        if file.size > HELD_BYTES:
            reason = f"a mail of {megabytes(file.size)}, more than the {megabytes(HELD_BYTES)} that are read"
            yield SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME, reason=reason)
            return
        with file.open() as stream:
            data = stream.read(HELD_BYTES + 1)
        whole = SourceDocument(file.name, None, 0, len(data), sha256(data).hexdigest(), NAME, text=b"")
        yield from _mail(file, data, whole, "")


class MboxReader:
    """Mailboxes (mbox): any number of mails, each behind a "From " line."""

    name = MBOX
    begins = b"F"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the line that stands before its first mail."""
        return _MAILBOX.match(head) is not None

    def read(self, file: InputFile) -> Iterator[Given]:
        """Of each mail the attachments, and the mail behind them. Raises OSError."""
        position = 0
        with file.open() as stream:
            for piece in cut_before(stream, _MESSAGE, "message"):
                yield from self._message(file, piece, position)
                position += piece.size

    def _message(self, file: InputFile, piece: Piece, start: int) -> Iterator[Given]:
        if piece.data is None:
            yield piece.document(file.name, start, MBOX, TOO_LONG)
            return
        data = bytes(piece.data)
        if piece.part == "preface":
            blank = {"body": "", "remark": "what stands before the first mail"}
            yield piece.document(file.name, start, MBOX, blank if not data.strip() else "no mail")
            return
        source = SourceDocument(
            file.name, piece.part, start, start + piece.size, piece.sha256(), MBOX, text=b""
        )
        content = _QUOTED_FROM.sub(rb"\1", data.partition(b"\n")[2])
        yield from _mail(file, content, source, f"{piece.part}/")


def _is_mail(head: bytes, named: bool) -> bool:
    """Whether `head` begins with the header of a mail; `named`: its ending says so too."""
    if head[:1] == b"<" or head.find(b":", 0, 300) < 0:
        return False
    names = set()
    for line in head.lstrip().split(b"\n")[:-1] or [head]:
        if not line.strip():
            break
        if line[:1] in (b" ", b"\t"):
            continue
        match = _LINE.match(line)
        if match is None:
            return False
        names.add(match[1].lower())
    if named:
        return bool(names & (_SENDERS | _OF_MAILS))
    return bool(names & _SENDERS) and bool(names & _OF_MAILS)


@dataclass(slots=True)
class _Parts:
    """What a mail is made of."""

    texts: list[str] = field(default_factory=list)
    attachments: list[Message] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def _mail(file: InputFile, data: bytes, source: SourceDocument, prefix: str) -> Iterator[Given]:
    """The attachments of one mail, and its piece `source` with its text behind them.

    `prefix` goes before the names of attachments.
    """
    if _ENDLESS_FIELD.search(data) or data.count(b"\n--") > _MOST_PARTS:
        reason = "a mail with a field or a number of parts that no mail has"
        yield source._replace(text=None, reason=reason)
        return
    try:
        message = email.message_from_bytes(data.lstrip(b" \t\r\n"))
        if is_saved_page(message) and (page := page_in(message)) is not None:
            yield from embedded(file, page[0], source, f"{prefix}page.html", page[1])
            return
        header = _header(message)
        parts = _Parts()
        text = _text(message, parts)
    except _BAD as error:
        yield source._replace(text=None, reason=f"a mail that cannot be taken apart ({type(error).__name__})")
        return
    for number, part in enumerate(parts.attachments[:_ATTACHMENTS], 1):
        yield _attachment(file, part, number, prefix, parts.left_out)
    parts.left_out += [f"{len(parts.attachments) - _ATTACHMENTS} more"][
        : len(parts.attachments) > _ATTACHMENTS
    ]
    if parts.left_out:
        header["remark"] = f"left out of the mail: {', '.join(parts.left_out[:5])}"
    body = _unsigned(text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    body = without_frame(unforwarded(body, header), header.get("title", ""))
    if not body.strip():
        remark = "; ".join(filter(None, ("a mail without a text", header.get("remark"))))
        yield source._replace(text=None, fields={"body": "", "remark": remark})
        return
    yield from embedded(file, _record(body).encode("utf-8", "replace"), source, f"{prefix}text", header)


def _unsigned(text: str) -> str:
    """The text without what stands below its last signature mark."""
    above, mark, below = f"\n{text}\n".rpartition(_SIGNATURE)
    return above if mark and below.count("\n") <= _SIGNATURE_LINES else text


def _record(text: str) -> str:
    """A text that is a form's answers as JSON ({"Headline": ["A bridge"]}) with one value for each name.

    Mail programs break its lines anywhere. Any other text is given back as it is.
    """
    if not (text.startswith("{") and text.endswith("}")):
        return text
    try:
        record = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return text
    if not isinstance(record, dict):
        return text
    plain = {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in record.items()
    }
    return json.dumps(plain, ensure_ascii=False)


def _header(message: Message) -> dict[str, str]:
    """Title, date, byline, number and address of a mail."""
    raw: dict[str, str] = {}
    for name, value in message.raw_items():
        raw.setdefault(name.lower(), str(value)[:_LONGEST_HEADER])
    name, address = parseaddr(raw.get("from", ""))
    found = {
        "title": words(raw.get("subject", "")),
        "date": words(raw.get("date", "")),
        "byline": words(name) or words(address),
        "id": words(raw.get("message-id", "")).strip("<>"),
        "url": words(raw.get("archived-at", "")).strip("<>"),
    }
    return {name: value for name, value in found.items() if value}


def _text(part: Message, parts: _Parts) -> str:
    """The text of a part of a mail; what else is in it goes into `parts`."""
    kind = part.get_content_type()
    payload = part.get_payload()
    if part.get_content_maintype() == "multipart" and isinstance(payload, list):
        texts = [_text(child, parts) for child in payload if isinstance(child, Message)]
        if kind == "multipart/alternative":
            return _best(texts)
        return "\n\n".join(text.strip("\r\n") for text in texts if text.strip())
    attached = part.get_content_disposition() == "attachment" or part.get_filename() is not None
    if attached or kind not in ("text/plain", "text/html"):
        if _NO_ARTICLE.match(kind):
            parts.left_out.append(_name(part) or kind)
        else:
            parts.attachments.append(part)
        return ""
    data = part.get_payload(decode=True)
    text = decoded(data if isinstance(data, bytes) else b"", str(part.get_content_charset() or ""))
    if kind == "text/html":
        return to_text(visible(text))
    return _unflowed(text, part) if part.get_param("format") == "flowed" else text


def _best(texts: list[str]) -> str:
    """Of several forms of one text the first, which is the plainest, unless it is a stub."""
    first = next((text for text in texts if text.strip()), "")
    longest = max(texts, key=lambda text: len(text.split()), default="")
    return longest if len(first.split()) < _STUB * len(longest.split()) else first


def _unflowed(text: str, part: Message) -> str:
    """Text whose lines were broken to be joined again. Source: RFC 3676."""
    without_space = part.get_param("delsp") == "yes"
    out: list[str] = []
    joins = False
    for line in text.replace("\r\n", "\n").split("\n"):
        content = line[1:] if line[:1] == " " else line  # space-stuffed
        if joins:
            out[-1] += content
        else:
            out.append(content)
        joins = line.endswith(" ") and line != "-- "
        if joins and without_space:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def _name(part: Message) -> str:
    """What an attachment calls itself, "" where it has no name."""
    name = part.get_filename()
    return "".join(c if c.isprintable() else " " for c in words(str(name)))[:100] if name else ""


def _attachment(file: InputFile, part: Message, number: int, prefix: str, left_out: list[str]) -> Given:
    """One attachment as a file in the mail."""
    payload = part.get_payload()
    inner = payload[0] if isinstance(payload, list) and payload else None
    if isinstance(inner, Message):
        name = _name(part) or f"attachment {number}.eml"
        try:
            data = inner.as_bytes()
        except _BAD:
            return unreadable(file, prefix + name, "a mail that cannot be taken apart")
    else:
        name = _name(part) or f"attachment {number}"
        content = part.get_payload(decode=True)
        data = content if isinstance(content, bytes) else b""
    if depth_of(file) >= ARCHIVE_DEPTH:
        return unreadable(
            file, prefix + name, f"it lies in {depth_of(file)} other files: take it out and import it"
        )
    return member(file, prefix + name, content_of(BytesIO(data)), allowance_of(file))
