"""What stands in a field of a record, as text.

Text stays as it is, character for character. What is no text is written as one: a number, a list of authors, an
object with a name, HTML in a member that is called so, a list of paragraphs. Of several versions in one list
(ninjs 2: `bodies`, `headlines`) the main one counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from corpus_db.readers.pages.markup import to_text
from corpus_db.readers.records.field_names import table

_KINDS = ("contenttype", "contentType", "mime")  # members that say what a text is
_JOINED = frozenset(
    {"byline", "section", "agency", "keywords"}
)  # fields whose lists mean all of their values
_DEPTH = 8
# How a person's given and family names are called where they stand apart.
_NAMES = (("given", "firstname", "first_name", "firstName"), ("family", "lastname", "last_name", "lastName"))
# Members of an object that is a body, and what they hold.
_BODY_MEMBERS = (
    ("text", "body"),
    ("plain", "body"),
    ("value", "body"),
    ("rendered", "html"),
    ("html", "html"),
    ("content", "body"),
    ("Content", "body"),  # the interface of Nexis
)
_TAGGED = re.compile(r"\s*<(?:p|div|h\d|br|section|article|html|body)\b[^<>]{0,300}>", re.IGNORECASE)
# Days as spreadsheets count them, from 1899-12-30: 1955 to 2064, with a part of a day or without.
_SERIAL = re.compile(r"([2-5]\d{4})(?:[.,](\d{1,12}))?")
_SERIAL_ZERO, _DAY_SECONDS = date(1899, 12, 30), 86_400


def inside(value: object) -> tuple[str, str]:
    """("body" or "html", its text) of an object that is a body: {"rendered": "<p>…"}; else ("", "")."""
    if isinstance(value, dict):
        for name, kind in _BODY_MEMBERS:
            inner = value.get(name)
            if isinstance(inner, str) and inner.strip():
                return "html" if _TAGGED.match(inner) else kind, inner
    return "", ""


def paragraphs(value: object, listed: bool, depth: int = 0) -> str:
    """Paragraphs of a list of texts, of sections, or of versions of a body; a bare list only where `listed`."""
    if depth > _DEPTH:
        return ""
    if isinstance(value, str):
        return value if listed else ""
    if isinstance(value, dict):
        if "sections" in value or "paragraphs" in value:  # fundus
            members = ("headline", "summary", "paragraphs", "sections")
            parts = [paragraphs(value[name], True, depth + 1) for name in members if name in value]
            return "\n\n".join(part for part in parts if part.strip())
        if listed:
            text = next(
                (value[name] for name in ("value", "text", "content") if isinstance(value.get(name), str)), ""
            )
            return (
                to_text(text) if any("html" in str(value.get(kind, "")).lower() for kind in _KINDS) else text
            )
        return ""
    if not isinstance(value, list) or not listed:
        return ""
    if any(isinstance(item, dict) and item.get("subtype") == "paragraph" for item in value):
        value = [item for item in value if isinstance(item, dict) and item.get("subtype") == "paragraph"]
    elif any(isinstance(item, dict) and _role(item) for item in value):
        value = [_main(value)]
    parts = [paragraphs(item, True, depth + 1) for item in value if isinstance(item, (str, dict))]
    return "\n\n".join(part for part in parts if part.strip())


def serial_date(value: str) -> str | None:
    """The day, with its time where it has one, that a spreadsheet wrote as a number ("43599", "43599,385417")."""
    match = _SERIAL.fullmatch(value)
    if match is None:
        return None
    day = datetime.combine(_SERIAL_ZERO + timedelta(days=int(match[1])), time())
    seconds = round(float(f"0.{match[2] or 0}") * _DAY_SECONDS)
    if not seconds:
        return day.date().isoformat()
    return (day + timedelta(seconds=seconds)).isoformat(timespec="seconds")


def kind_of(value: object) -> str:
    """What a value that is no text is, in words."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"


def field_text(field: str, value: object) -> str:
    """A field's value as text; of a list of versions the main one, of other lists one or all."""
    if isinstance(value, list) and value and field not in _JOINED:
        value = _main(value)
    if field == "summary" and isinstance(value, str) and value[:1] == "<":
        return to_text(value)
    if field == "byline" and (_is_number(value) or (isinstance(value, list) and all(map(_is_number, value)))):
        return ""  # the author's number in another table (WordPress)
    if field == "date" and isinstance(value, dict) and (day := _from_date_parts(value)):
        return day
    if field == "keywords" and isinstance(value, list):  # {"name": "glocations", "value": "Peru"}
        value = [item.get("value", item) if isinstance(item, dict) else item for item in value]
    return as_text(value)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float))


def _from_date_parts(value: Mapping[str, object]) -> str:
    """A date as bibliographies write it: {"date-parts": [[2021, 3, 9]]}. Source: CSL-JSON."""
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list) or not all(str(part).isdecimal() for part in first):
        return ""
    return "-".join(f"{int(str(part)):02}" for part in first[:3])


def _role(item: Mapping[str, object]) -> str:
    """What a version in a list says that it is ("main", "print")."""
    for name in table().roles:
        if isinstance(role := item.get(name), str):
            return role.lower()
    return ""


def _main(versions: list[object]) -> object:
    """The main one of several versions, else the first that says anything."""
    for version in versions:
        if isinstance(version, dict) and _role(version) in table().main:
            return version
    return next((version for version in versions if as_text(version).strip()), versions[0])


def as_text(value: object) -> str:
    """A field's value as text: names of objects, lists joined by "; ", nothing for null."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, (int, float)):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if isinstance(value, list):
        return "; ".join(text for item in value if not isinstance(item, list) and (text := as_text(item)))
    if isinstance(value, dict):
        for name in table().member_names:
            member = value.get(name)
            if isinstance(member, dict):  # {"$date": {"$numberLong": "1557839400000"}}
                member = member.get("$numberLong")
            if isinstance(member, (str, int)) and not isinstance(member, bool):
                return to_text(str(member)) if name == "rendered" else str(member)
        given, family = (
            next((part for name in names if isinstance(part := value.get(name), str)), "") for names in _NAMES
        )
        return f"{given} {family}".strip()
    return ""
