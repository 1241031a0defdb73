"""One record of any shape becomes the fields that parsing knows.

Scrapers agree on what an article has and on no name for it. The names stand in
`data/parsing/fields.toml`; this module applies them, and what a person said about the names
(`--map title=headline`, a profile's [columns]) before them. Values stay as they are, character for
character: only what is no text (a number, a list of authors, an object with a name, HTML in a
member that is called so) is written as text. Fields given to parsing: title, body, date, url, id,
byline, agency, publisher, section, keywords, language, `date:…` for rival dates, place (a dateline's that stands in a field of its
own), trailer (a transmission stamp), and `remark` for what a reader wants to be told about the
article, `notice` for what the report of the import should say too.

A record without a text of its own is looked into: `{"item": {…}}`, `{"_source": {…}}`, the Guardian's
`fields`. Of several versions in one list (ninjs 2: `bodies`, `headlines`) the main one counts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from corpus_db.readers.markup import to_text

Columns = Mapping[
    str, Sequence[str]
]  # field -> what a person says that it is called, the first that is there
_Candidate = tuple[int, object, str]  # place of its name in the order of preference, value, name

_ADDRESS = re.compile(r"\s*(?!urn:|tag:)(?:[a-z+]+:)?//|\s*[\w-]+(?:\.[\w-]+)+|\s*[/.?#]", re.IGNORECASE)
_WORD_BORDER = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])")
_NOT_IN_A_NAME = re.compile(r"[\W_]+")
# What an error message lists of a record's own names, so that it stays one line.
_NAMES_SHOWN = 8
_KINDS = ("contenttype", "contentType", "mime")  # members that say what a text is
_BODIES = ("body", "html", "paragraphs", "summary")
_JOINED = frozenset(
    {"byline", "section", "agency", "keywords"}
)  # fields whose lists mean all of their values
_DEPTH = 8
_HEADLINE_SPACES = 2
# How a person's given and family names are called where they stand apart.
_NAMES = (("given", "firstname", "first_name", "firstName"), ("family", "lastname", "last_name", "lastName"))
# What news interfaces leave where a text was.
_REMOVED = frozenset({"[Removed]", "[removed]"})
_ANY_TAG = re.compile(r"<[^<>]{0,1000}>")
_BEGINS_WITH_TAG = re.compile(r"\s*<[A-Za-z]")
_TIME_ALONE = re.compile(r"\s*\d{1,2}:\d\d(?::\d\d)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*")
_DAY_ALONE = re.compile(r"\s*\S{6,}(?:\s\S+){0,3}\s*")
# Of two bodies the one whose name is better known, unless another is so many times longer: then that was a summary.
_LONGER = 2
_WITH_PREFIX = 1_000
# Members of an object that is a body, and what they hold.
_BODY_MEMBERS = (
    ("text", "body"),
    ("plain", "body"),
    ("value", "body"),
    ("rendered", "html"),
    ("html", "html"),
)


class _Table(NamedTuple):
    """The aliases, inverted: folded name -> (field, place in the order of preference)."""

    fields: dict[str, tuple[str, int]]
    member_names: tuple[str, ...]
    roles: tuple[str, ...]
    main: frozenset[str]
    list_names: frozenset[str]
    ways: frozenset[str]
    wrappers: tuple[str, ...]
    media: frozenset[str]
    prefixes: tuple[str, ...]
    beside: tuple[str, ...]


@cache
def _table() -> _Table:
    data = tomllib.loads(files("corpus_db.data").joinpath("parsing/fields.toml").read_text(encoding="utf-8"))
    fields: dict[str, tuple[str, int]] = {}
    for field, names in data["fields"].items():
        for place, name in enumerate(names):
            fields.setdefault(name, (field, place))
    objects = {name: tuple(values) for name, values in data["objects"].items()}
    return _Table(
        fields,
        objects["name"],
        objects["role"],
        frozenset(objects["main"]),
        frozenset(objects["list"]),
        frozenset(objects["way"]),
        objects["wrapper"],
        frozenset(objects["media"]),
        objects["prefix"],
        objects["beside"],
    )


@lru_cache(maxsize=4096)
def _fold(name: str) -> str:
    return _NOT_IN_A_NAME.sub("", name).lower()


def field_of(name: str) -> str | None:
    """The field that a column or key called `name` holds, None when it is none of them."""
    known = _known(name)
    return known[0] if known else None


@lru_cache(maxsize=4096)
def _known(name: str) -> tuple[str, int] | None:
    """The field of a name and its place in the order of preference; last without a prefix ("CONTENT_TITLE")."""
    table, folded = _table(), _fold(name)
    known = table.fields.get(folded)
    if known is None:
        for prefix in table.prefixes:
            found = table.fields.get(folded.removeprefix(prefix)) if folded.startswith(prefix) else None
            if found:
                return found[0], found[1] + _WITH_PREFIX
    return known


def holds_list(name: str) -> bool:
    """Whether a member called `name` is where an object keeps its list of articles."""
    return name.lower() in _table().list_names


def leads_to_list(name: str) -> bool:
    """Whether a member called `name` may hold the object that keeps the list."""
    return name.lower() in _table().ways


def wraps_article(name: str) -> bool:
    """Whether a member called `name` may be the article itself."""
    return name.lower() in _table().wrappers


def from_record(record: Mapping[str, object], columns: Columns | None = None) -> dict[str, str] | str:
    """The fields of `record`, or one line that says why it is no article.

    `columns` is what a person says: field -> names or paths ("source.name"). A body that is null or
    blank is given on as it is: parsing calls such a record empty.
    """
    candidates, missing = _candidates(record, columns)
    if not any(
        _has_text(value)
        for name in ("body", "html", "paragraphs")
        for _, value, _ in candidates.get(name, ())
    ):
        inner = _unwrapped(record)
        if inner is not None:
            candidates, missing = _candidates(inner, columns)
    fields: dict[str, str] = {}
    for field, values in candidates.items():
        if field in _BODIES:
            continue
        if field in ("date", "other_date"):
            _add_dates(fields, values)
            continue
        values.sort(key=_place)
        text = next((text for _, value, _ in values if (text := _field_text(field, value)).strip()), None)
        if text is not None:
            fields[field] = text
    _publisher_is_no_address(fields, candidates)
    if "title" not in fields and "url" in fields and (name := _headline_called_name(record)):
        fields["title"] = name
    if "url" in fields and not _ADDRESS.match(fields["url"]):  # a uri that leads nowhere is a name
        fields.setdefault("id", fields.pop("url"))
    problem = _add_body(fields, candidates, record)
    if problem:
        return problem
    if fields["body"].strip() in _REMOVED:
        return {"body": "", "remark": "taken back by its source"}
    if missing:
        fields["missing"] = ", ".join(missing)
    kind = record.get("type")
    if isinstance(kind, str) and kind in _table().media and ("renditions" in record or "mimetype" in record):
        return {"body": "", "remark": f"a {kind} with its caption, not an article"}
    return fields


def _candidates(
    record: Mapping[str, object], columns: Columns | None
) -> tuple[dict[str, list[_Candidate]], list[str]]:
    """What the record holds for each field, with the place of its name; and mapped fields it lacks."""
    candidates: dict[str, list[_Candidate]] = {}
    taken: set[str] = set()
    missing: list[str] = []
    for field, paths in (columns or {}).items():
        for path in paths:
            found, value, top = look_up(record, path)
            if found:
                candidates[field] = [(-1, value, top)]
                taken.add(top)
                break
        else:
            missing.append(f"{field} ({', '.join(paths)})")
    mapped = frozenset(candidates)
    if mapped.intersection(_BODIES):  # the body that a person named is the only one
        mapped |= frozenset(_BODIES)
    for name, value in record.items():
        found_in = _known(name)
        if found_in and found_in[0] not in mapped and name not in taken:
            candidates.setdefault(found_in[0], []).append((found_in[1], value, name))
    for field, stated in _beside(record).items():
        if field not in mapped and not any(
            as_text(value).strip() for _, value, _ in candidates.get(field, ())
        ):
            candidates.setdefault(field, []).extend(stated)
    return candidates, missing


def _beside(record: Mapping[str, object]) -> dict[str, list[_Candidate]]:
    """What objects beside the text say of it ("meta", "thread"), but for texts of their own."""
    found: dict[str, list[_Candidate]] = {}
    for name in _table().beside:
        inner = record.get(name)
        for key, value in inner.items() if isinstance(inner, dict) else ():
            known = _known(key)
            if known and known[0] not in _BODIES:
                found.setdefault(known[0], []).append((known[1] + _WITH_PREFIX, value, key))
    return found


def _publisher_is_no_address(fields: dict[str, str], candidates: Mapping[str, list[_Candidate]]) -> None:
    """Where what is called "source" is the page's address, it is that, and another name is the publisher's."""
    stated = fields.get("publisher", "")
    if not stated.startswith(("http://", "https://")):
        return
    del fields["publisher"]
    fields.setdefault("url", stated)
    others = (as_text(value) for _, value, _ in candidates["publisher"])
    name = next(
        (other for other in others if other.strip() and not other.startswith(("http://", "https://"))), None
    )
    if name:
        fields["publisher"] = name


def _headline_called_name(record: Mapping[str, object]) -> str:
    """The headline of a record with an address that calls it "name"; a shorter one names somebody."""
    name = record.get("name")
    return name if isinstance(name, str) and name.count(" ") >= _HEADLINE_SPACES else ""


def look_up(record: Mapping[str, object], path: str) -> tuple[bool, object, str]:
    """(whether it is there, the value, the record's own member it lies in) of "name" or "a.b.0.c".

    A name is looked for as it is written, then without regard to case and marks.
    """
    name = _member(record, path)
    if name is not None:
        return True, record[name], name
    steps = path.split(".")
    name = _member(record, steps[0])
    if name is None or len(steps) > _DEPTH:
        return False, None, ""
    value: object = record[name]
    for step in steps[1:]:
        if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
            continue
        if isinstance(value, list) and value:
            value = value[0]
        key = _member(value, step) if isinstance(value, dict) else None
        if key is None or not isinstance(value, dict):
            return False, None, name
        value = value[key]
    return True, value, name


def _member(record: Mapping[str, object], name: str) -> str | None:
    if name in record:
        return name
    folded = _fold(name)
    return next((key for key in record if folded and _fold(key) == folded), None)


def _unwrapped(record: Mapping[str, object], depth: int = 0) -> Mapping[str, object] | None:
    """The record with the members of the object that holds its article; None when there is none."""
    if depth > _DEPTH:
        return None
    for name in _table().wrappers:
        inner = record.get(name)
        if isinstance(inner, list) and len(inner) == 1:
            inner = inner[0]
        if isinstance(inner, dict):
            whole = {
                key: value for key, value in record.items() if key != name and field_of(key) not in _BODIES
            }
            whole.update(inner)
            if any(field_of(key) in _BODIES and _has_text(value) for key, value in inner.items()):
                return whole
            deeper = _unwrapped(inner, depth + 1)
            if deeper is not None:
                return {**whole, **deeper}
    return None


def _has_text(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else isinstance(value, (list, dict)) and bool(value)


def _place(candidate: _Candidate) -> int:
    return candidate[0]


def _add_dates(fields: dict[str, str], values: list[_Candidate]) -> None:
    """Puts the date into `fields`, and others that differ as "date:" and what the record calls them."""
    found = [(place, _field_text("date", value), name) for place, value, name in sorted(values, key=_place)]
    first = next((text for _, text, name in found if text.strip() and field_of(name) != "other_date"), "")
    exact = _exact(
        first, [text for place, text, name in found if place >= 0 and field_of(name) != "other_date"]
    )
    for place, text, name in found:
        text = exact if text == first else text
        if not text.strip() or text in fields.values() or _TIME_ALONE.fullmatch(text):
            continue
        other = "date" in fields or field_of(name) == "other_date"
        words = " ".join(_WORD_BORDER.sub(" ", name).lower().split())
        fields[f"date:{words}" if other and place >= 0 else "date"] = text


def _exact(day: str, others: Sequence[str]) -> str:
    """A day with its time, where another member gives the same with it, or the time alone."""
    if not day.strip() or ":" in day or not _DAY_ALONE.fullmatch(day):
        return day
    for other in others:
        if len(other) > len(day) and other.startswith(day.strip()):
            return other
        if _TIME_ALONE.fullmatch(other):
            return f"{day.strip()} {other.strip()}"
    return day


def _add_body(
    fields: dict[str, str], candidates: Mapping[str, list[_Candidate]], record: Mapping[str, object]
) -> str | None:
    """Puts the body into `fields`; the reason when the record has none."""
    bodies = [value for _, value, _ in sorted(candidates.get("body", ()), key=_place)]
    texts = [value for value in bodies if isinstance(value, str) and value.strip()]
    if texts:
        chosen = next((text for text in texts[1:] if len(text) > _LONGER * len(texts[0])), texts[0])
        if _BEGINS_WITH_TAG.match(chosen):  # the Guardian gives its text with and without tags
            chosen = next(
                (
                    text
                    for text in texts
                    if "<" not in text and len(text) * _LONGER > len(_ANY_TAG.sub("", chosen))
                ),
                chosen,
            )
        fields["body"] = chosen
        return None
    htmls = [value for _, value, _ in sorted(candidates.get("html", ()), key=_place)]
    for value in bodies:
        kind, inner = _inside(value)
        if kind == "body":
            fields["body"] = inner
            return None
        htmls += [inner] if kind == "html" else []
    for value in htmls:
        if isinstance(value, str) and (text := to_text(value)):
            fields["body"] = text
            fields["remark"] = "the text of its HTML"
            return None
    for value in [*(value for _, value, _ in sorted(candidates.get("paragraphs", ()), key=_place)), *bodies]:
        if text := _paragraphs(value, listed=value not in bodies):
            fields["body"] = text
            fields["remark"] = "its paragraphs put together"
            return None
    wrong = [value for value in bodies if value is not None and not isinstance(value, str)]
    if wrong:
        kind = _kind(wrong[0])
        hint = "; for a list of paragraphs: --map paragraphs=NAME" if kind == "a list" else ""
        return f"the body is {kind}, not text{hint}"
    summaries = [
        _field_text("summary", value) for _, value, _ in sorted(candidates.get("summary", ()), key=_place)
    ]
    longest = max(summaries, key=len, default="")
    if longest.strip():
        fields["body"] = longest
        fields["remark"] = "the record has only a summary, which is taken as the body"
        return None
    if bodies or htmls or candidates.get("summary"):
        fields["body"] = next((value for value in bodies if isinstance(value, str)), "")
        return None
    names = ", ".join(str(name)[:40] for name in list(record)[:_NAMES_SHOWN]) or "nothing at all"
    more = ", …" if len(record) > _NAMES_SHOWN else ""
    return f"no body: expected a member called body, text or content; it has {_one_line(names)}{more}"


def _inside(value: object) -> tuple[str, str]:
    """("body" or "html", its text) of an object that is a body: {"rendered": "<p>…"}; else ("", "")."""
    if isinstance(value, dict):
        for name, kind in _BODY_MEMBERS:
            inner = value.get(name)
            if isinstance(inner, str) and inner.strip():
                return kind, inner
    return "", ""


def _paragraphs(value: object, listed: bool, depth: int = 0) -> str:
    """Paragraphs of a list of texts, of sections, or of versions of a body; a bare list only where `listed`."""
    if depth > _DEPTH:
        return ""
    if isinstance(value, str):
        return value if listed else ""
    if isinstance(value, dict):
        if "sections" in value or "paragraphs" in value:  # fundus
            members = ("headline", "summary", "paragraphs", "sections")
            parts = [_paragraphs(value[name], True, depth + 1) for name in members if name in value]
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
    parts = [_paragraphs(item, True, depth + 1) for item in value if isinstance(item, (str, dict))]
    return "\n\n".join(part for part in parts if part.strip())


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"


def _field_text(field: str, value: object) -> str:
    """A field's value as text; of a list of versions the main one, of other lists one or all."""
    if isinstance(value, list) and value and field not in _JOINED:
        value = _main(value)
    if field == "summary" and isinstance(value, str) and value[:1] == "<":
        return to_text(value)
    if field == "date" and isinstance(value, dict) and (day := _from_date_parts(value)):
        return day
    if field == "keywords" and isinstance(value, list):  # {"name": "glocations", "value": "Peru"}
        value = [item.get("value", item) if isinstance(item, dict) else item for item in value]
    return as_text(value)


def _from_date_parts(value: Mapping[str, object]) -> str:
    """A date as bibliographies write it: {"date-parts": [[2021, 3, 9]]}. Source: CSL-JSON."""
    parts = value.get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list) or not all(str(part).isdecimal() for part in first):
        return ""
    return "-".join(f"{int(str(part)):02}" for part in first[:3])


def _role(item: Mapping[str, object]) -> str:
    """What a version in a list says that it is ("main", "print")."""
    for name in _table().roles:
        if isinstance(role := item.get(name), str):
            return role.lower()
    return ""


def _main(versions: list[object]) -> object:
    """The main one of several versions, else the first that says anything."""
    for version in versions:
        if isinstance(version, dict) and _role(version) in _table().main:
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
        for name in _table().member_names:
            member = value.get(name)
            if isinstance(member, (str, int)) and not isinstance(member, bool):
                return to_text(str(member)) if name == "rendered" else str(member)
        given, family = (
            next((part for name in names if isinstance(part := value.get(name), str)), "") for names in _NAMES
        )
        return f"{given} {family}".strip()
    return ""


def _one_line(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
