"""How `corpus-db show` draws an article, a person or a country: lines for people, from plain rows.

In an article's text people and countries are marked where they stand: on a terminal people bold and
countries underlined, in a pipe «people» and ‹countries›. A mention may lie inside another one ("the
‹Chinese› president"), so text is cut at every edge, in one pass however many mentions there are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from corpus_db.cli.output import many
from corpus_db.cli.tables import GAP, fitting, heading, short, table_lines
from corpus_db.cli.terminal import (
    BOLD,
    RESET,
    broken,
    marked,
    printable_line,
    printable_lines,
    strong,
    styled,
    terminal_width,
    wrapped,
)
from corpus_db.rules import meanings
from corpus_db.store.excerpts import excerpt
from corpus_db.store.queries import Rows

SIGNS = {"person": ("«", "»"), "country": ("‹", "›")}
STYLES = {"person": BOLD, "country": "\x1b[4m"}
NAMES_SHOWN = 12  # of people and countries in a person's company
INDENT = 4

FACTS = (  # label and column of an article, shown where there is a value
    ("published", "published"), ("agency", "agency"), ("publisher", "publisher"), ("byline", "byline"),
    ("section", "section"), ("dateline", "dateline"), ("language", "language"), ("url", "url"),
    ("external id", "external_id"), ("words", "word_count"),
)  # fmt: skip

WHY = {
    "mentions": "Why: every mention, the rule that found it, and what it was resolved by",
    "people": "Why: the names of this article, and whom the corpus takes them for",
    "names": "Why: the names that articles use in full, and what joined them",
    "rules": "Why: the forms, what each was resolved by, and the rule",
    "roles": "Why: the words that give the roles",
    "articles": "Why: of the articles that use the name, those that mean this person, and what they share",
    "namesakes": "Why others of the name are others: what the articles of both share, and what sets each apart",
}
MENTION_REASONS = (
    "at", "text", "kind", "name", "rule", "antecedent", "confidence", "place",
)  # fmt: skip
PERSON_REASONS = ("number", "name_in_article", "name", "joined_to", "rule", "confidence")

Record = dict[str, Any]
Ends = dict[
    int, list[tuple[int, str]]
]  # where mentions begin or end -> the other end of each, and its entity


def article(
    record: Record, mentions: Rows, people: Rows, countries: Rows, story: Rows, why: bool
) -> Iterator[str]:
    """An article: title, facts, text with its mentions marked, who and what is mentioned, where else it stands."""
    found = mentions.dicts()
    number = f"[{record['id']}] "
    title = _fitted(_one_line(record["title"]), len(number))
    yield strong(number) + _highlighted(title, found, "title", base=BOLD)
    if record["title_origin"] == "lead":
        yield f"{'title:':<13}none of its own; this is how the text begins"
    for label, column in FACTS:
        if record[column] is not None:
            yield f"{label + ':':<13}{printable_line(str(record[column]))}"
    for other in json.loads(record["metadata"] or "{}").get("other_dates", ()):
        label = f", {other['label']}" if "label" in other else ""
        yield f"{'other date:':<13}{printable_line(other['value'])} ({other['origin']}{printable_line(label)})"
    for document in record["documents"]:
        place = document["path"] + (f" ({document['part']})" if document["part"] else "")
        copy = "" if document["outcome"] == "article" else f" ({document['outcome']})"
        yield f"{'read from:':<13}{printable_line(place)}{copy}"
    yield ""
    yield _highlighted(_fitted(record["body"]), found, "body")
    yield from _table("People", people, ("person_id", "name", "mention_count", "forms", "roles"))
    yield from _table(
        "Countries", countries, ("country_code", "name", "mention_count", "dateline_count", "forms")
    )
    yield from _table(
        "The same story",
        story,
        ("article_id", "published", "publisher", "agency", "similarity", "share_in_head", "title"),
    )
    if why:
        yield from _table(WHY["mentions"], _with_place(mentions), MENTION_REASONS)
        yield from _table(WHY["people"], people, PERSON_REASONS)
        yield from _meanings((mentions, people))


def _fitted(text: str, used: int = 0) -> str:
    """Text with lines that fit the terminal, each character where it was; in a pipe as it is."""
    cells = terminal_width()
    return broken(text, cells, used) if cells else text


def _with_place(mentions: Rows) -> Rows:
    """Mentions with where each stands in one short column: 520-531 in the body, title 3-9."""
    field, start, end = (mentions.columns.index(name) for name in ("field", "start", "end"))
    rows = [
        (
            f"{row[start]}-{row[end]}" if row[field] == "body" else f"{row[field]} {row[start]}-{row[end]}",
            *row,
        )
        for row in mentions.rows
    ]
    return Rows(("at", *mentions.columns), rows)


def entity(record: Record, mentions: Rows, reasons: dict[str, Rows]) -> Iterator[str]:
    """A person or a country: what is known, the company, the sentences, and on request why."""
    yield strong(_fitted(printable_line(_headline(record))))
    yield _fitted(printable_line(_summary(record)))
    yield ""
    for label, names in _facts(record):
        yield from _labelled(label, names)
    yield ""
    yield from _sentences(mentions, record["mention_count"])
    for name, rows in reasons.items():
        yield from _table(WHY[name], rows, rows.columns)
    yield from _meanings(reasons.values())


def _headline(record: Record) -> str:
    if "code" in record:
        return f"{record['name']} ({record['code']})"
    held = ", ".join(part for part in (record["role"], record["country"]) if part)
    return (
        str(record["label"] or record["name"]) + (f": {held}" if held else "") + f"  (person {record['id']})"
    )


def _summary(record: Record) -> str:
    """37 mentions in 4 articles, 2020-06-17 to 2021-08-30."""
    text = f"{many(record['mention_count'], 'mention')} in {many(record['article_count'], 'article')}"
    if "code" in record:
        region = ", ".join(part for part in (record["subregion"], record["region"]) if part)
        lines = (
            f"; {record['dateline_count']:,} of the mentions in datelines" if record["dateline_count"] else ""
        )
        return f"{text}{lines}" + (f" · {region}" if region else "")
    return text + _span(record)


def _span(record: Record) -> str:
    """The days of the first and the last article, where they have dates: ", 2020-06-17 to 2021-08-30"."""
    first, last = (short(column, record[column]) for column in ("first_published", "last_published"))
    if not first:
        return ""
    return f", {first} to {last}" if last and last != first else f", {first}"


def _facts(record: Record) -> Iterator[tuple[str, list[str]]]:
    """Labelled lists: forms, roles, countries, company."""
    if "code" in record:
        yield "Forms", [f"{form['text']} ×{form['mention_count']:,}" for form in record["forms"]]
        yield (
            "Roles",
            [f"{row['role']}: {row['person']} ×{row['mention_count']:,}" for row in record["roles"]],
        )
    else:
        yield "Forms", [f"{row['alias']} ×{row['mention_count']:,}" for row in record["aliases"]]
        yield "Roles", [_role(row) for row in record["roles"]]
    yield "With people", [f"{row['name']} {row['article_count']:,}" for row in record["people"]]
    yield (
        "With countries" if "code" in record else "Countries",
        [f"{row['name']} {row['article_count']:,}" for row in record["countries"]],
    )


def _role(row: Record) -> str:
    """President (China) ×5, 2020-06-17 to 2021-08-30."""
    text = (
        str(row["role"]) + (f" ({row['country']})" if row["country"] else "") + f" ×{row['mention_count']:,}"
    )
    return text + _span(row)


def _labelled(label: str, names: list[str]) -> Iterator[str]:
    """A label and what belongs to it, wrapped beside it."""
    if not names:
        return
    text = " · ".join(printable_line(name) for name in names[:NAMES_SHOWN])
    if len(names) > NAMES_SHOWN:
        text += f" · and {len(names) - NAMES_SHOWN:,} more"
    margin = 16
    cells = terminal_width()
    for index, line in enumerate(wrapped(text, cells - margin) if cells else [text]):
        yield (f"{label:<{margin}}" if index == 0 else " " * margin) + line


def _sentences(mentions: Rows, total: int) -> Iterator[str]:
    """The sentences, each once with all that is mentioned in it marked, article by article."""
    cells = terminal_width()
    article_id = None
    for mention, spans in _by_sentence(mentions.dicts()):
        if mention["article_id"] != article_id:
            article_id = mention["article_id"]
            parts = (short("published", mention["published"]), mention["title"])
            yield _fitted(f"[{article_id}] " + " · ".join(printable_line(part) for part in parts if part))
        line = printable_line(excerpt(mention["sentence"], spans))
        for part in wrapped(line, cells - INDENT) if cells else [line]:
            yield " " * INDENT + marked(part)
    if len(mentions.rows) < total:
        yield f"{len(mentions.rows):,} of {total:,} mentions; --limit 0 shows all."


def _by_sentence(mentions: Iterable[Record]) -> Iterator[tuple[Record, list[tuple[int, int]]]]:
    """Mentions that share a sentence, together: the first of them, and where they stand in it."""
    first: Record | None = None
    spans: list[tuple[int, int]] = []
    for mention in mentions:
        same = first is not None and all(
            mention[key] == first[key] for key in ("article_id", "field", "sentence_start")
        )
        if not same:
            if first is not None:
                yield first, spans
            first, spans = mention, []
        start = mention["start"] - mention["sentence_start"]
        spans.append((start, start + len(mention["text"])))
    if first is not None:
        yield first, spans


def _highlighted(text: str, mentions: Iterable[Record], field: str, base: str = "") -> str:
    """Text with people and countries marked; nested mentions keep both marks."""
    spans = [(m["start"], m["end"], m["entity"]) for m in mentions if m["field"] == field]
    beginning: Ends = {}
    ending: Ends = {}
    for start, end, entity in spans:
        beginning.setdefault(start, []).append((end, entity))
        ending.setdefault(end, []).append((start, entity))
    edges = sorted({0, len(text), *beginning, *ending})
    draw = _coloured if styled() else _with_signs
    return "".join(draw(text, edges, beginning, ending, base))


def _one_line(text: str) -> str:
    """Text without line breaks, each character where it was."""
    return text.replace("\n", " ").replace("\r", " ").replace("\t", " ")


def _coloured(text: str, edges: list[int], beginning: Ends, ending: Ends, base: str) -> Iterator[str]:
    """Each piece between two edges in the styles of all mentions that cover it."""
    covering: Counter[str] = Counter()
    for start, end in pairwise(edges):
        covering.update(entity for _, entity in beginning.get(start, ()))
        covering.subtract(entity for _, entity in ending.get(start, ()))
        codes = base + "".join(STYLES[entity] for entity in STYLES if covering[entity])
        piece = printable_lines(text[start:end])
        yield f"{codes}{piece}{RESET}" if codes else piece


def _with_signs(text: str, edges: list[int], beginning: Ends, ending: Ends, _base: str) -> Iterator[str]:
    """Signs where mentions begin and end: of two that share an edge the longer one outside."""
    for start, end in pairwise([*edges, edges[-1]]):
        yield from (
            SIGNS[entity][1] for _, entity in sorted(ending.get(start, ()), key=lambda e: (-e[0], e[1]))
        )
        yield from (SIGNS[entity][0] for _, entity in sorted(beginning.get(start, ()), reverse=True))
        yield printable_lines(text[start:end])


def _meanings(tables: Iterable[Rows]) -> Iterator[str]:
    """What the rules in these tables say, in sentences."""
    named = [
        row[rows.columns.index("rule")] for rows in tables if "rule" in rows.columns for row in rows.rows
    ]
    known = meanings(named)
    if not known:
        return
    margin = max(map(len, known)) + len(GAP)
    cells = terminal_width()
    yield ""
    yield strong("What these rules say")
    for rule, sentence in known.items():
        for index, line in enumerate(wrapped(sentence, cells - margin) if cells else [sentence]):
            yield (f"{rule:<{margin}}" if index == 0 else " " * margin) + line


def _table(title: str, rows: Rows, columns: Iterable[str]) -> Iterator[str]:
    """A titled table of some columns, without those that are empty; nothing where there are no rows."""
    if not rows.rows:
        return
    chosen = [rows.columns.index(column) for column in columns]
    chosen = [index for index in chosen if any(row[index] is not None for row in rows.rows)]
    headers = [heading(rows.columns[index]) for index in chosen]
    values = [[short(rows.columns[index], row[index]) for index in chosen] for row in rows.rows]
    cells = terminal_width()
    room = fitting(headers, values, cells)
    yield ""
    yield strong(title)
    yield from table_lines(headers[:room], [row[:room] for row in values], cells)
    if room < len(headers):
        yield f"(no room for {', '.join(headers[room:])}; --json has everything)"
