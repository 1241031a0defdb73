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
from collections.abc import Mapping, Sequence

from corpus_db.readers.pages.markup import to_text
from corpus_db.readers.records.field_names import WITH_PREFIX, field_of, fold, known_as, table
from corpus_db.readers.records.field_values import as_text, field_text, inside, kind_of, paragraphs

Columns = Mapping[
    str, Sequence[str]
]  # field -> what a person says that it is called, the first that is there
_Candidate = tuple[int, object, str]  # place of its name in the order of preference, value, name

_ADDRESS = re.compile(r"\s*(?!urn:|tag:)(?:[a-z+]+:)?//|\s*[\w-]+(?:\.[\w-]+)+|\s*[/.?#]", re.IGNORECASE)
_WORD_BORDER = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])")
# What an error message lists of a record's own names, so that it stays one line.
_NAMES_SHOWN = 8
_BODIES = ("body", "html", "paragraphs", "summary")
_DEPTH = 8
_HEADLINE_SPACES = 2
_SHORT_DAY = 2  # "6": the day of a month, which is no date
# Characters that a paragraph has, taken all together; words have six.
_PARAGRAPH = 30
# What news interfaces leave where a text was.
_REMOVED = frozenset({"[Removed]", "[removed]"})
_ANY_TAG = re.compile(r"<[^<>]{0,1000}>")
_BEGINS_WITH_TAG = re.compile(r"\s*<[A-Za-z]")
_TIME_ALONE = re.compile(r"\s*\d{1,2}:\d\d(?::\d\d)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*")
_DAY_ALONE = re.compile(r"\s*\S{6,}(?:\s\S+){0,3}\s*")
# Of two bodies the one whose name is better known, unless another is so many times longer: then that was a summary.
_LONGER = 2


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
        text = next((text for _, value, _ in values if (text := field_text(field, value)).strip()), None)
        if text is not None:
            fields[field] = text
    if "date" not in fields or len(fields["date"]) <= _SHORT_DAY:
        _add_day_in_parts(fields, record)
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
    if isinstance(kind, str) and kind in table().media and ("renditions" in record or "mimetype" in record):
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
    nothing = table().nothing
    mapped = frozenset(candidates)
    if mapped.intersection(_BODIES):  # the body that a person named is the only one
        mapped |= frozenset(_BODIES)
    for name, value in record.items():
        found_in = known_as(name)
        if found_in and found_in[0] not in mapped and name not in taken:
            if isinstance(value, str) and value in nothing:
                value = ""
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
    for name in table().beside:
        inner = record.get(name)
        for key, value in inner.items() if isinstance(inner, dict) else ():
            known = known_as(key)
            if known and known[0] not in _BODIES:
                found.setdefault(known[0], []).append((known[1] + WITH_PREFIX, value, key))
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
    folded = fold(name)
    return next((key for key in record if folded and fold(key) == folded), None)


def _unwrapped(record: Mapping[str, object], depth: int = 0) -> Mapping[str, object] | None:
    """The record with the members of the object that holds its article; None when there is none."""
    if depth > _DEPTH:
        return None
    for name in table().wrappers:
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
    if isinstance(value, dict):
        return bool(inside(value)[0] or paragraphs(value, True)) or not _holds_text(value)
    return bool(value.strip()) if isinstance(value, str) else isinstance(value, list) and bool(value)


def _holds_text(value: Mapping[str, object]) -> bool:
    """Whether an object that is called a body is a record of its own that has one."""
    return any(field_of(name) in _BODIES and bool(inner) for name, inner in value.items())


def _place(candidate: _Candidate) -> int:
    return candidate[0]


def _add_dates(fields: dict[str, str], values: list[_Candidate]) -> None:
    """Puts the date into `fields`, and others that differ as "date:" and what the record calls them."""
    found = [(place, field_text("date", value), name) for place, value, name in sorted(values, key=_place)]
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


def _add_day_in_parts(fields: dict[str, str], record: Mapping[str, object]) -> None:
    """A date whose year, month and day are members of their own."""
    parts: list[int] = []
    for name in ("year", "month", "day"):
        member = _member(record, name)
        text = as_text(record[member]).strip().removesuffix(".0") if member is not None else ""
        if not text.isdecimal():
            return
        parts.append(int(text))
    fields["date"] = f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}"


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
    bodies, htmls, lists = (_values(candidates, name) for name in ("body", "html", "paragraphs"))
    texts = [value for value in bodies if isinstance(value, str) and value.strip()]
    if texts:
        fields["body"] = _fullest(texts)
        return None
    for value in bodies:
        kind, text = inside(value)
        if kind == "body":
            fields["body"] = text
            return None
        htmls += [text] if kind == "html" else []
    for value in htmls:
        if isinstance(value, str) and (text := to_text(value)):
            fields.update(body=text, remark="the text of its HTML")
            return None
    for value in [*lists, *bodies]:
        if text := paragraphs(value, listed=value not in bodies or _is_text_in_parts(value)):
            fields.update(body=text, remark="its paragraphs put together")
            return None
    wrong = [value for value in bodies if value is not None and not isinstance(value, str)]
    if wrong:
        kind = kind_of(wrong[0])
        hint = "; for a list of paragraphs: --map paragraphs=NAME" if kind == "a list" else ""
        return f"the body is {kind}, not text{hint}"
    summaries = [_summary(value) for value in _values(candidates, "summary")]
    longest = max(summaries, key=len, default="")
    if longest.strip():
        fields.update(body=longest, remark="the record has only a summary, which is taken as the body")
        return None
    if bodies or htmls or summaries:
        fields["body"] = next((value for value in bodies if isinstance(value, str)), "")
        return None
    names = ", ".join(str(name)[:40] for name in list(record)[:_NAMES_SHOWN]) or "nothing at all"
    more = ", …" if len(record) > _NAMES_SHOWN else ""
    return f"no body: expected a member called body, text or content; it has {_one_line(names)}{more}"


def _summary(value: object) -> str:
    kind, text = inside(value)
    return (to_text(text) if kind == "html" else text) or field_text("summary", value)


def _is_text_in_parts(value: object) -> bool:
    """Whether a list that is called a body holds the paragraphs of one, and not its words."""
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        return False
    return len(value) == 1 or sum(map(len, value)) >= _PARAGRAPH * len(value)


def _values(candidates: Mapping[str, list[_Candidate]], name: str) -> list[object]:
    """What the record holds for a field, the best known name first."""
    return [value for _, value, _ in sorted(candidates.get(name, ()), key=_place)]


def _fullest(texts: Sequence[str]) -> str:
    """Of several bodies, the best known first, the one that is the article."""
    chosen = next((text for text in texts[1:] if len(text) > _LONGER * len(texts[0])), texts[0])
    if _BEGINS_WITH_TAG.match(chosen):  # the Guardian gives its text with and without tags
        bare = len(_ANY_TAG.sub("", chosen))
        plain = (text for text in texts if "<" not in text and len(text) * _LONGER > bare)
        return next(plain, chosen)
    return chosen


def _one_line(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
