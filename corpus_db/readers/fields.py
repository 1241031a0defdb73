"""One record of any shape becomes the fields that parsing knows.

Scrapers agree on what an article has and on no name for it. The names stand in
`data/parsing/fields.toml`; this module applies them. Values stay as they are, character for
character: only what is no text (a number, a list of authors, an object with a name) is written as
text. Fields given to parsing: title, body, date, url, id, byline, agency, publisher, section,
language, place (a dateline's that stands in a field of its own), trailer (a transmission stamp), and
`remark` for what a reader wants to be told about the article.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from corpus_db.readers.markup import to_text

_NOT_IN_A_NAME = re.compile(r"[\W_]+")
# What an error message lists of a record's own names, so that it stays one line.
_NAMES_SHOWN = 8


class _Table(NamedTuple):
    """The aliases, inverted: folded name -> (field, place in the order of preference)."""

    fields: dict[str, tuple[str, int]]
    member_names: tuple[str, ...]
    list_names: frozenset[str]


@cache
def _table() -> _Table:
    data = tomllib.loads(files("corpus_db.data").joinpath("parsing/fields.toml").read_text(encoding="utf-8"))
    fields: dict[str, tuple[str, int]] = {}
    for field, names in data["fields"].items():
        for place, name in enumerate(names):
            fields.setdefault(name, (field, place))
    return _Table(fields, tuple(data["objects"]["name"]), frozenset(data["objects"]["list"]))


@lru_cache(maxsize=4096)
def _fold(name: str) -> str:
    return _NOT_IN_A_NAME.sub("", name).lower()


def field_of(name: str) -> str | None:
    """The field that a column or key called `name` holds, None when it is none of them."""
    known = _table().fields.get(_fold(name))
    return known[0] if known else None


def holds_list(name: str) -> bool:
    """Whether a member called `name` is where an object keeps its list of articles."""
    return name.lower() in _table().list_names


def from_record(record: Mapping[str, object]) -> dict[str, str] | str:
    """The fields of `record`, or one line that says why it is no article.

    A body that is null or blank is given on as it is: parsing calls such a record empty.
    """
    candidates: dict[str, list[tuple[int, object]]] = {}
    known = _table().fields
    for name, value in record.items():
        found = known.get(_fold(name))
        if found:
            candidates.setdefault(found[0], []).append((found[1], value))
    fields: dict[str, str] = {}
    for field, values in candidates.items():
        if field in ("body", "html", "summary"):
            continue
        values.sort(key=_place)
        text = next((text for _, value in values if (text := as_text(value)).strip()), None)
        if text is not None:
            fields[field] = text
    problem = _add_body(fields, candidates, record)
    return problem or fields


def _place(candidate: tuple[int, object]) -> int:
    return candidate[0]


def _add_body(
    fields: dict[str, str], candidates: Mapping[str, list[tuple[int, object]]], record: Mapping[str, object]
) -> str | None:
    """Puts the body into `fields`; the reason when the record has none."""
    bodies = [value for _, value in sorted(candidates.get("body", ()), key=_place)]
    for value in bodies:
        if isinstance(value, str) and value.strip():
            fields["body"] = value
            return None
    wrong = [value for value in bodies if value is not None and not isinstance(value, str)]
    if wrong:
        return f"the body is {_kind(wrong[0])}, not text"
    for _, value in sorted(candidates.get("html", ()), key=_place):
        if isinstance(value, str) and (text := to_text(value)):
            fields["body"] = text
            fields["remark"] = "the text of its HTML"
            return None
    for _, value in sorted(candidates.get("summary", ()), key=_place):
        if isinstance(value, str) and value.strip():
            fields["body"] = value
            fields["remark"] = "the record has only a summary, which is taken as the body"
            return None
    if bodies:
        fields["body"] = next((value for value in bodies if isinstance(value, str)), "")
        return None
    names = ", ".join(str(name)[:40] for name in list(record)[:_NAMES_SHOWN]) or "nothing at all"
    more = ", …" if len(record) > _NAMES_SHOWN else ""
    return f"no body: expected a member called body, text or content; it has {_one_line(names)}{more}"


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"


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
        for name in _table().member_names:
            member = value.get(name)
            if isinstance(member, (str, int)) and not isinstance(member, bool):
                return str(member)
    return ""


def _one_line(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
