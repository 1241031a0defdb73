"""Markdown (or any text) with front matter: the facts of an article between two lines of marks.

    ---                     YAML between "---" (also closed by "..."), TOML between "+++"
    title: A bridge opens
    date: 2021-03-04
    tags: [bridges, Lima]
    ---
    The text.

or a JSON object that begins the file, where that is called `.md`. Names of members are those of JSON records (`data/parsing/fields.toml`); tags and categories are kept
as the article's keywords. YAML is read by PyYAML (which Datasette brings) with every value as the text
that it is, so that a date keeps its precision and nothing is built from tags; TOML by the standard
library. The text below is kept as it is: only a first heading that repeats the title is left out,
and where the front matter gives no title, the first heading is it. A file called `.md` without front
matter is plain text below its marks: "*By Ann Lee*" above the story is a byline like any other.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping

from corpus_db.models import SourceDocument
from corpus_db.readers.limits import ARTICLE_BYTES
from corpus_db.readers.pieces import TOO_LONG, decode
from corpus_db.readers.records.field_names import field_of
from corpus_db.readers.records.field_values import as_text
from corpus_db.readers.walk import InputFile

NAME = "markdown"
_BEGIN = re.compile(rb"(?:\xef\xbb\xbf)?(---|\+\+\+)[ \t]*\r?\n")
_MARKS = {"---": re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*$"), "+++": re.compile(r"(?m)^\+\+\+[ \t]*$")}
_MEMBER = re.compile(rb"(?m)^[\"']?[A-Za-z_][\w -]{0,40}[\"']?[ \t]*[:=]")
_LINE = re.compile(r"[\"']?([A-Za-z_][\w -]{0,40})[\"']?[ \t]*:(?:[ \t]+(.*))?$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_ENDINGS = (".md", ".markdown", ".mdown")
_EMPHASISED = re.compile(rb"(?m)^[ \t]*([*_]{1,3})[^\s*_][^\n]{1,150}\1[ \t]*\r?$")
_EMPHASIS = re.compile(r"\s*([*_]{1,3})([^\s*_][^*_\n]{0,150})\1\s*$")
_TOP, _TOP_LINES = 1_500, 14
_OF_YAML = ("[", "{", "&", "*", "!", "|", ">")  # what begins more than a text
_QUOTES = "\"' \t"
_LONGEST = 65_536  # of front matter, in characters
_HEADING = re.compile(r"\s*#{1,2}[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|$)|\s*([^\n]+)\n={3,}[ \t]*(?:\n|$)")


class MarkdownReader:
    """Text with front matter."""

    name = NAME
    begins = b"-+#*_{"

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """Marks on the first line, a member below them, and the marks again."""
        if file.name.lower().endswith(_ENDINGS) and (
            _EMPHASISED.search(head[:_TOP]) or begins_with_object(file.name, head)
        ):
            return True
        if head[:3] not in (b"---", b"+++", b"\xef\xbb\xbf"):
            return False
        begin = _BEGIN.match(head)
        if begin is None or not _MEMBER.match(head, begin.end()):
            return False
        data = file.content()
        rest = (head if data is None else data)[begin.end() : begin.end() + 4 * _LONGEST]
        return (
            _MARKS[begin[1].decode("ascii")].search(rest.decode("utf-8", "replace").replace("\r", ""))
            is not None
        )

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """The file as one document. Raises OSError."""
        fields: Mapping[str, str] | str = TOO_LONG
        if file.size <= ARTICLE_BYTES:
            data = file.content()
            if data is None:
                with file.open() as stream:
                    data = stream.read(ARTICLE_BYTES)
            fields = _fields(data)
        if isinstance(fields, str):
            yield SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME, reason=fields)
        else:
            yield SourceDocument(file.name, None, 0, file.size, file.sha256(), NAME, fields=fields)


def begins_with_object(name: str, data: bytes) -> bool:
    """Whether a file called `.md` begins with a JSON object, and a text below it."""
    if not name.lower().endswith(_ENDINGS) or not data.lstrip().startswith(b"{"):
        return False
    found = _object(data.decode("utf-8", "replace"))
    return found is not None and found[1][:1] not in ("", ",", "{", "[")


def _object(text: str) -> tuple[Mapping[str, object], str] | None:
    """The JSON object that begins `text`, and what stands below it."""
    text = text.lstrip()
    try:
        record, end = json.JSONDecoder().raw_decode(text[:_LONGEST])
    except (ValueError, RecursionError):
        return None
    return (record, text[end:].lstrip()) if isinstance(record, dict) else None


def _fields(data: bytes) -> dict[str, str] | str:
    begin = _BEGIN.match(data)
    decoded = decode(data[begin.end() :] if begin else data.removeprefix(b"\xef\xbb\xbf"))
    if isinstance(decoded, str):
        return decoded
    text, remark = decoded
    json_first = _object(text) if begin is None and text.lstrip()[:1] == "{" else None
    if json_first:
        fields = _with_body(
            _from_front_matter(json_first[0]), json_first[1].replace("\r\n", "\n").rstrip("\n")
        )
        return {**fields, "remark": remark} if remark else fields
    if begin is None:
        fields = {"text": _without_emphasis(text.replace("\r\n", "\n").replace("\r", "\n"))}
        return {**fields, "remark": remark} if remark else fields
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    marks = begin[1].decode("ascii")
    end = _MARKS[marks].search(text, 0, _LONGEST)
    if end is None:
        return f"front matter that does not end: close it with a line {marks}"
    record = _yaml(text[: end.start()]) if marks == "---" else _toml(text[: end.start()])
    if isinstance(record, str):
        return record
    fields = _with_body(_from_front_matter(record), text[end.end() :].strip("\n"))
    if remark:
        fields["remark"] = remark
    return fields


def _with_body(fields: dict[str, str], body: str) -> dict[str, str]:
    """The fields with the text below the front matter, whose first heading is left out where it is the title."""
    heading = _HEADING.match(body)
    if heading and _same((heading[1] or heading[2]), fields.setdefault("title", heading[1] or heading[2])):
        body = body[heading.end() :].strip("\n")
    fields["body"] = body
    return fields


def _without_emphasis(text: str) -> str:
    """The text without the marks round whole lines at its top, where title, byline and date stand."""
    lines = text.split("\n")
    for number, line in enumerate(lines[:_TOP_LINES]):
        match = _EMPHASIS.match(line)
        if match:
            lines[number] = match[2]
    return "\n".join(lines)


def _same(heading: str, title: str) -> bool:
    return " ".join(heading.split()).casefold() == " ".join(title.split()).casefold()


def _yaml(text: str) -> Mapping[str, object] | str:
    import yaml  # only these files need it, and it takes its time to load

    try:
        record = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- it builds texts, lists and dicts alone
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if (by_lines := _by_lines(text)) is not None:
            return by_lines
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        where = f" in line {line + 2}" if isinstance(line, int) else ""
        return f"front matter that is no YAML{where}: put values with a colon into quotes"
    return record if isinstance(record, dict) else "front matter without names: write  title: …"


def _by_lines(text: str) -> Mapping[str, object] | None:
    """What people write by hand ("title: Lima: a bridge opens"): names, values, lists; None where it is more."""
    record: dict[str, object] = {}
    items: list[str] = []
    for line in text.split("\n"):
        member, item = _LINE.match(line), _ITEM.match(line)
        if member:
            items = []
            value = (member[2] or "").strip()
            if value[:1] in _OF_YAML:
                return None
            record[member[1].strip()] = value.strip(_QUOTES) if value else items
        elif item and record:
            items.append(item[1].strip(_QUOTES))
        elif line.strip():
            return None
    return record or None


def _toml(text: str) -> Mapping[str, object] | str:
    try:
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value
            for name, value in tomllib.loads(text).items()
        }
    except (tomllib.TOMLDecodeError, RecursionError):
        return "front matter that is no TOML: check the lines between the marks +++"


def _from_front_matter(record: Mapping[str, object]) -> dict[str, str]:
    """The fields that the members give; what is a body elsewhere (`description`, `text`) is none here."""
    fields: dict[str, str] = {}
    for name, value in record.items():
        field = field_of(str(name))
        text = _WIKI_LINK.sub(r"\1", as_text(value).strip())
        if field == "publisher" and text.startswith(("https://", "http://")):
            field = "url"  # "source: https://…", as clippers of pages write it
        if field == "keywords" and text:
            fields[field] = "; ".join(filter(None, (fields.get(field), text)))
        elif field in _KEPT and text:
            fields.setdefault(field, text)
    return fields


_KEPT = frozenset(
    {"title", "date", "url", "id", "byline", "agency", "publisher", "section", "language", "place"}
)
