"""One source document becomes an article, or the reason why it is none. Pure.

Free text goes through decoding, header, furniture and dateline; its body is a slice of the decoded
text. A structured record is believed: title and body are kept character for character, and only
what it does not say (dateline, agency) is looked for in the body.

`published` is the most trusted of the dates that the document gives; which that is, and what becomes
of the others, is `published.py`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from corpus_db.models import Article, ParsedDocument, SourceDocument, TitleOrigin
from corpus_db.parsing import furniture
from corpus_db.parsing.agencies import agency_at_end, agency_in, agency_of_line, agency_of_service
from corpus_db.parsing.credit_lines import above_story
from corpus_db.parsing.dateline import Dateline, Located, locate
from corpus_db.parsing.dates import date_value
from corpus_db.parsing.header import Header, read_header
from corpus_db.parsing.labels import DATE_RANKS, field_of
from corpus_db.parsing.languages import language_code
from corpus_db.parsing.profiled import (
    completed,
    decoded,
    defaulted,
    in_order,
    mismatch,
    profiled_header,
    stated_by,
)
from corpus_db.parsing.published import Stated, as_metadata, choose
from corpus_db.parsing.stamps import from_file_name
from corpus_db.parsing.title import from_lead

# How much of a document's end can hold a transmission stamp.
_TRAILER = 160
_BY = re.compile(r"^\s*by:?\s+", re.IGNORECASE)
# "… [+1683 chars]", "[…]", "ONLY AVAILABLE IN PAID PLANS": how news interfaces mark a text that they do not
# give whole. A bare ellipsis at the end may be the author's own.
_CUT_OFF = re.compile(
    r"(?:…|\.\.\.)?\s*(?:\[\+?(?P<missing>\d+) ?(?:chars|characters)\]|\[(?:…|\.\.\.|&#8230;|&hellip;)\]"
    r"|ONLY AVAILABLE IN [A-Z ]*PAID PLANS|(?P<perhaps>…|\.\.\.))\s*$"
)
_NOT_SHOWN = ("remark", "notice", "missing", "extracted")
# What programs write for a day without a time.
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)T00:00(?::00)?(?:Z|[+-]\d\d:\d\d)?$")


def parse(document: SourceDocument) -> ParsedDocument:
    """The article of `document`, or the outcome "empty" or "rejected" with its reason."""
    if document.reason is not None:
        return ParsedDocument(document, "rejected", reason=document.reason)
    if document.fields is not None:
        if "text" in document.fields:
            return _from_unwrapped(document, document.fields)
        return _from_fields(document, document.fields)
    if not document.text:
        return ParsedDocument(document, "empty", reason="an empty file")
    text, note = decoded(document.text, document.profile)
    if text is None:
        return ParsedDocument(document, "rejected", reason=note)
    return _from_text(document, text, note)


def _from_unwrapped(document: SourceDocument, given: Mapping[str, str]) -> ParsedDocument:
    """Free text that a reader took out of its wrapping ("text"), with what the wrapping says of it."""
    fields, _ = _storable(given)
    text = fields["text"].replace("\x00", "")
    known = {name: value for name, value in fields.items() if name not in ("text", "remark") and value}
    return _from_text(document, text, fields.get("remark"), known)


def _from_text(
    document: SourceDocument, text: str, note: str | None, known: Mapping[str, str] | None = None
) -> ParsedDocument:
    if not text or text.isspace():
        return ParsedDocument(document, "empty", reason="only white space")
    named_date = from_file_name(document.path)
    header, text = _header(document, text, known, (named_date,) if named_date else ())
    start = header.body_start
    tail = furniture.end_of_body(text, start)
    body = text[start : tail.end]
    if not body:
        if header.labelled or header.title is None:
            return ParsedDocument(document, "empty", reason=_only_header(header))
        # A single line is a complete, if short, story.
        body, header = header.title if header.title in text else text[: header.body_start].strip(), Header()
    end = text[max(start, len(text) - _TRAILER) :]
    article = _article_of_text(document, header, body, tail.credits, end, named_date)
    stated = stated_by(header, document.profile) if document.profile is not None else ()
    return _with_profile(ParsedDocument(document, "article", article, note), stated, text)


def _header(
    document: SourceDocument, text: str, known: Mapping[str, str] | None, hints: Sequence[str]
) -> tuple[Header, str]:
    """What stands above the story or is known of it otherwise, and the text without labels below it."""
    profile = document.profile
    if profile is None or profile.tables_only:
        header = read_header(text, hints)
    else:
        header, limit = profiled_header(text, hints, profile)
        text = text[:limit]
    if document.beside:
        header = completed(header, document.beside, text, hints)
    if known:
        _add_known(header, known)
    return header, text


def _article_of_text(
    document: SourceDocument,
    header: Header,
    body: str,
    credit_lines: tuple[str, ...],
    end: str,
    named_date: str | None,
) -> Article:
    """The article that `body` is, below its header; `end` is the end of the document."""
    located = locate(body, _at_start(header, len(body)))
    values = header.values
    published = choose(header.dates, end, located, values.get("url"), named_date, document.reader)
    dateline = located.completed(published.value) if located else None
    title, origin = _title(header, body, dateline)
    printed, dateline_start, dateline_end, place, day = _printed(dateline)
    return Article(  # by position: by name it takes three times as long to make
        title,
        origin,
        body,
        published.value,
        published.origin,
        printed,
        dateline_start,
        dateline_end,
        place,
        None,
        day,
        values.get("byline"),
        _agency(values, dateline, body, credit_lines),
        values.get("publisher"),
        values.get("section"),
        values.get("url"),
        values.get("external_id"),
        _language(values),
        as_metadata(published.others, credit_lines),
        published.readings,
    )


_Printed = tuple[str | None, int | None, int | None, str | None, str | None]


def _printed(dateline: Dateline | None) -> _Printed:
    """(text, start, end, place, date) of a dateline as an article keeps them."""
    if dateline is None:
        return None, None, None, None, None
    return dateline.text, dateline.start, dateline.end, dateline.place, dateline.date


def _stated_place(printed: str | None) -> str | None:
    """The place of a dateline that has a field of its own: "LIMA, Peru, March 8 (AP)" names LIMA, Peru."""
    located = locate(f"{printed} -- The story begins here.") if printed else None
    return located.place if located and located.place else printed


def _at_start(header: Header, length: int) -> Located | Literal[False] | None:
    """The dateline that the header's reader saw where the body begins; False where it did not look."""
    if header.dateline is None or header.dateline[1] != header.body_start:
        return False
    located = header.dateline[0]
    if located is None:
        return None
    return Located(0, *located[1:]) if len(located.text) < length else False


def _with_profile(parsed: ParsedDocument, stated: Collection[str], text: str = "") -> ParsedDocument:
    """The article with what its profile adds, and with the remarks on what stands beside its document.

    `stated` are the fields that the document gives itself, `text` is looked through for what should
    stand there once.
    """
    source, article = parsed.source, parsed.article
    beside = source.beside.get("remark") if source.beside else None
    profile = source.profile
    if article is None or (profile is None and beside is None):
        return parsed
    notice = parsed.notice
    if profile is not None:
        article = defaulted(article, profile)
        missing = parsed.source.fields.get("missing") if parsed.source.fields else None
        wrong = mismatch(profile, stated, text, missing)
        notice = wrong or notice
    notes = [parsed.reason, beside, notice if notice != parsed.notice else None]
    reason = "; ".join(note for note in notes if note) or None
    return parsed._replace(article=article, reason=reason, notice=notice)


def _add_known(header: Header, known: Mapping[str, str]) -> None:
    """Puts what is known from elsewhere into the header, where it counts more than what the text says."""
    values = {"external_id" if name == "id" else name: value for name, value in known.items()}
    if "title" in values:
        header.title, header.title_is_labelled = values.pop("title"), True
    if "byline" in values:
        values["byline"] = _BY.sub("", values["byline"])
    header.dates[:0] = _stated_dates(values, ())
    header.values.update(values)


def _only_header(header: Header) -> str:
    found = list(dict.fromkeys(name for name in header.labelled if name not in ("ignored", "body")))
    if header.title and "title" not in found:
        found.insert(0, "title")
    names = ", ".join(name.replace("_", " ") for name in found)
    return f"only a header ({names}), no text below it" if names else "only page furniture, no text"


def _title(header: Header, body: str, dateline: Dateline | None) -> tuple[str, TitleOrigin]:
    if header.title:
        return header.title, "header" if header.title_is_labelled else "body"
    return _lead_title(body, dateline), "lead"


def _lead_title(body: str, dateline: Dateline | None) -> str:
    lead = body[dateline.end :].lstrip(" \t-–—") if dateline else body
    return from_lead(lead if lead.strip() else body)


def _agency(
    values: Mapping[str, str], dateline: Dateline | None, body: str, credit_lines: Sequence[str] = ()
) -> str | None:
    stated = values.get("agency")
    if stated:
        return agency_in(stated) or stated
    if dateline and dateline.agency:
        return dateline.agency
    found = agency_at_end(body)
    if found:
        return found
    for line in credit_lines:
        if found := agency_of_line(line) or agency_in(line.strip(" ()[]-–—")):
            return found
    publisher = values.get("publisher")
    return agency_of_service(publisher) if publisher else None


def _language(values: Mapping[str, str]) -> str | None:
    stated = values.get("language", "")
    return language_code(stated) if stated.strip() else None


# -- structured records ---------------------------------------------------------------------------


def _from_fields(document: SourceDocument, given: Mapping[str, str]) -> ParsedDocument:
    if document.beside:
        given = {**{name: value for name, value in document.beside.items() if name != "remark"}, **given}
    notes = [note for note in (given.get("remark"), given.get("notice")) if note]
    fields, repaired = _storable(given)
    if repaired:
        notes.append("half characters (lone surrogates) replaced by U+FFFD")
    damaged = [name for name, value in fields.items() if "\x00" in value]
    if damaged:
        return ParsedDocument(document, "rejected", reason=f"NUL characters in {', '.join(sorted(damaged))}")
    body = fields.get("body", "")
    if not body.strip():
        found = ", ".join(sorted(_given(fields)))
        nothing = f"no text in the body (it has {found})" if found else "no text"
        reason = "; ".join(notes) or nothing
        return ParsedDocument(document, "empty", reason=reason, notice=given.get("notice"))
    credit_lines: tuple[str, ...] = ()
    if fields.get("extracted"):
        body, credit_lines, said = _story_of_page(body)
        fields = {**said, **fields}
    article = _article_of(document, fields, body, credit_lines, notes)
    parsed = ParsedDocument(document, "article", article, "; ".join(notes) or None, given.get("notice"))
    return _with_profile(parsed, _given(fields))


def _given(fields: Mapping[str, str]) -> list[str]:
    """The names of the fields that hold something which the record says of its article."""
    return [name for name, value in fields.items() if value.strip() and name not in _NOT_SHOWN]


def _article_of(
    document: SourceDocument,
    fields: Mapping[str, str],
    body: str,
    credit_lines: Sequence[str],
    notes: list[str],
) -> Article:
    """The article of a record with a body; adds to `notes` what a person should know of it."""
    named_date = from_file_name(document.path)
    url = fields.get("url")
    located = locate(body)
    tail = fields.get("trailer") or body[-_TRAILER:]
    stated = _stated_dates(fields, (named_date,) if named_date else ())
    profile = document.profile
    if profile is not None:
        stated = [in_order(date, profile.date_order) for date in stated]
    published = choose(stated, tail, located, url, named_date, document.reader)
    dateline = located.completed(published.value) if located else None
    printed, dateline_start, dateline_end, place, day = _printed(dateline)
    cut = _CUT_OFF.search(body, max(0, len(body) - _TRAILER))
    missing = None
    if cut:
        notes.append(_truncated(cut))
        missing = None if cut["perhaps"] else int(cut["missing"] or 0)
    title = fields.get("title", "")
    origin: TitleOrigin = "header"
    if not title.strip():
        title, origin = _lead_title(body, dateline), "lead"
    return Article(
        title=title,
        title_origin=origin,
        body=body,
        published=published.value,
        published_origin=published.origin,
        dateline=printed,
        dateline_start=dateline_start,
        dateline_end=dateline_end,
        dateline_place=place or _stated_place(fields.get("place")),
        dateline_date=day,
        byline=_BY.sub("", fields["byline"]).strip() or None if "byline" in fields else None,
        agency=_agency(fields, dateline, body, credit_lines),
        publisher=fields.get("publisher"),
        section=fields.get("section"),
        url=url,
        external_id=fields.get("id"),
        language=_language(fields),
        metadata=as_metadata(published.others, truncated=missing, keywords=fields.get("keywords", "")),
        readings=published.readings,
    )


def _story_of_page(body: str) -> tuple[str, tuple[str, ...], dict[str, str]]:
    """A body that its reader cut out of a page, without what may be left round the story.

    With it the credits below the story, and what the lines above it say.
    """
    start, said = above_story(body)
    first, _, rest = body[start:].partition("\n")
    start = len(body) - len(rest) if rest.strip() and agency_in(first) else start
    tail = furniture.end_of_body(body, start)
    return body[start : tail.end], tail.credits, said


def _truncated(cut: re.Match[str]) -> str:
    """The remark on a text that its source does not give whole."""
    if cut["missing"]:
        return f"truncated by its source: {cut['missing']} more characters are not given"
    return "perhaps truncated: it ends in an ellipsis" if cut["perhaps"] else "truncated by its source"


def _stated_dates(fields: Mapping[str, str], hints: Sequence[str]) -> list[Stated]:
    """The dates of a record: "date", and "date:LABEL" for others that it gives (see readers.fields)."""
    stated = []
    for name, value in fields.items():
        if name == "date" or name.startswith("date:"):
            found = date_value(value, hints)
            if found:
                words = name[5:]
                rank = DATE_RANKS.get(field_of(words) or "", 3) if words else 0
                found = found._replace(value=_MIDNIGHT.sub(r"\1", found.value))
                if found.readings:
                    first, second = (reading and _MIDNIGHT.sub(r"\1", reading) for reading in found.readings)
                    found = found._replace(readings=(first, second))
                stated.append(Stated(found, words, rank))
    return stated


def _storable(fields: Mapping[str, str]) -> tuple[Mapping[str, str], bool]:
    """`fields` in characters that SQLite can hold, and whether anything had to be replaced."""
    try:
        for value in fields.values():
            if not value.isascii():
                value.encode("utf-8")
    except UnicodeEncodeError:
        clean = {
            name: value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            for name, value in fields.items()
        }
        return clean, True
    return fields, False
