"""More training text from the annotated documents: other people's names, other capitals.

News of 1996 has few people named family-name-first and no headline In Title Case. Copies of
documents get new people (each person of the copy one new name in all forms that the document
uses), some get their first line in capitals or with a capital on every word; excerpts of a few
sentences stand for short texts.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from .data import Document, Span


def _sections() -> dict[str, list[str]]:
    """The lists of names.txt: a [heading], then words."""
    text = (Path(__file__).parent / "names.txt").read_text(encoding="utf-8")
    parts = re.split(r"^\[(.+)\]\n", text, flags=re.MULTILINE)[1:]
    return {heading: words.split() for heading, words in zip(parts[::2], parts[1::2], strict=True)}


_NAMES = _sections()
_CHINESE_FAMILY = _NAMES["chinese_family"]
_CHINESE_GIVEN = _NAMES["chinese_given"]
_KOREAN_FAMILY = _NAMES["korean_family"]
_KOREAN_GIVEN = _NAMES["korean_given"]
_VIETNAMESE = _NAMES["vietnamese"]
_VIETNAMESE_GIVEN = _NAMES["vietnamese_given"]
_ARAB_GIVEN = _NAMES["arab_given"]
_ARAB_FAMILY = _NAMES["arab_family"]
_SINGLE = _NAMES["single"]

Name = tuple[str, str, str]  # full, alone (family), given


@cache
def _faker(locale: str, attribute: str) -> list[str]:
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    values: set[str] = set()
    for name in sorted(dir(provider)):
        found = getattr(provider, name)
        if name.startswith(attribute) and isinstance(found, (list, tuple, dict)):
            values |= {
                v for v in found if isinstance(v, str) and re.fullmatch(r"[^\W\d_]+(?:[-'][^\W\d_]+)?", v)
            }
    return sorted(values)


def _pick(random: np.random.Generator, values: Sequence[str]) -> str:
    return values[int(random.integers(len(values)))]


def _chinese(random: np.random.Generator) -> Name:
    family = _pick(random, _CHINESE_FAMILY).title()
    given = _pick(random, _CHINESE_GIVEN)
    if random.random() < 0.7:
        given += _pick(random, _CHINESE_GIVEN)
    return f"{family} {given.title()}", family, given.title()


def _korean(random: np.random.Generator) -> Name:
    family, first, second = (_pick(random, v) for v in (_KOREAN_FAMILY, _KOREAN_GIVEN, _KOREAN_GIVEN))
    given = f"{first.title()}-{second}" if random.random() < 0.6 else f"{first.title()} {second.title()}"
    return f"{family.title()} {given}", family.title(), given


def _vietnamese(random: np.random.Generator) -> Name:
    family, middle, given = (
        _pick(random, v).title() for v in (_VIETNAMESE, _VIETNAMESE_GIVEN, _VIETNAMESE_GIVEN)
    )
    return f"{family} {middle} {given}", given, given


def _arab(random: np.random.Generator) -> Name:
    given, family = _pick(random, _ARAB_GIVEN).title(), _pick(random, _ARAB_FAMILY).title()
    if random.random() < 0.6:
        family = _pick(random, ["al-", "al-", "Al-", "el-", "al "]) + family
    if random.random() < 0.3:
        return f"{given} {_pick(random, _ARAB_GIVEN).title()} {family}", family, given
    return f"{given} {family}", family, given


def _single(random: np.random.Generator) -> Name:
    name = _pick(random, _SINGLE).title()
    return name, name, name


def _spanish(random: np.random.Generator) -> Name:
    locale = _pick(random, ["es_ES", "es_MX", "es_CO", "es_AR", "pt_BR"])
    given, family, second = (
        _pick(random, _faker(locale, "first_name")),
        *(_pick(random, _faker(locale, "last_name")) for _ in range(2)),
    )
    full = f"{given} {family}"
    if random.random() < 0.4:
        full += f" {second}"
    if random.random() < 0.2:
        full = full.replace(" ", f" {_pick(random, _faker(locale, 'first_name'))} ", 1)
    return full, family, given


_LOCALES = _NAMES["locales"]


def _other(random: np.random.Generator) -> Name:
    locale = _pick(random, _LOCALES)
    try:
        given, family = _faker(locale, "first_name"), _faker(locale, "last_name")
    except ModuleNotFoundError:
        return _spanish(random)
    if not given or not family:
        return _spanish(random)
    first, last = _pick(random, given), _pick(random, family)
    if random.random() < 0.08:
        first += f" {_pick(random, list('ABCDEFGHJKLMPRSTW'))}."
    if random.random() < 0.04:
        last = _pick(random, ["van ", "de ", "von ", "van der ", "di ", "bin "]) + last
    return f"{first} {last}", last, first


_MAKERS: list[tuple[float, Callable[[np.random.Generator], Name]]] = [
    (0.28, _chinese),
    (0.08, _korean),
    (0.03, _vietnamese),
    (0.12, _arab),
    (0.03, _single),
    (0.17, _spanish),
    (0.29, _other),
]


def _new_name(random: np.random.Generator) -> Name:
    makers = [maker for _, maker in _MAKERS]
    return makers[int(random.choice(len(makers), p=[share for share, _ in _MAKERS]))](random)


def _compound(random: np.random.Generator) -> tuple[str, str]:
    """Now and then the halves around a name in a compound: "pro-X", "X-led"."""
    kind = random.random()
    if kind < 0.02:
        return _pick(random, ["pro-", "anti-", "ex-", "post-"]), ""
    if kind < 0.04:
        return "", _pick(random, ["-led", "-backed", "-era", "-style", "-appointed"])
    return "", ""


def rename(document: Document, random: np.random.Generator) -> Document | None:
    """The document with new people; None where it names nobody in full."""
    people: dict[str, Name] = {}
    forms: dict[str, str] = {}
    for span in document.spans:
        words = document.text[span.start : span.end].split()
        if span.kind == "PER" and len(words) > 1:
            full, family, given = people.setdefault(words[-1].lower(), _new_name(random))
            text = " ".join(words)
            forms.setdefault(text, full.upper() if text.isupper() else full)
            forms.setdefault(words[-1], family)
            forms.setdefault(words[0], given)
    if not forms:
        return None
    text, spans, position = "", [], 0
    for span in document.spans:
        old = document.text[span.start : span.end]
        new = forms.get(" ".join(old.split()), old) if span.kind == "PER" else old
        if span.start < position:  # nested in the one before: give up
            return None
        text += document.text[position : span.start]
        before, after = _compound(random) if span.kind == "PER" and " " not in new else ("", "")
        if document.text[span.end : span.end + 1] != " ":
            before = after = ""
        text += before
        spans.append(Span(len(text), len(text) + len(new), span.kind))
        text += new + after
        position = span.end
    return Document(f"{document.id}+names", text + document.text[position:], tuple(spans), document.typed)


def recase(document: Document, random: np.random.Generator) -> Document:
    """The document with its first line in capitals, or With Capitals On Every Word."""
    end = document.text.find("\n")
    if not 15 < end < 160:
        return document
    line = document.text[:end]
    if random.random() < 0.4:
        line = line.upper()
    else:
        line = re.sub(r"(?<![\w'’.-])[a-z](?=[a-z]{3})", lambda match: match[0].upper(), line)
    if len(line) != end:
        return document
    return document._replace(id=f"{document.id}+case", text=line + document.text[end:])


def excerpt(document: Document, random: np.random.Generator) -> Document:
    """One to three sentences of the document, so that short texts are known territory too."""
    starts = [0, *(match.end() for match in re.finditer(r"[.!?]\"? (?=[A-Z])|\n+", document.text))]
    first = int(random.integers(len(starts)))
    last = first + int(random.integers(1, 4))
    low, high = starts[first], starts[last] if last < len(starts) else len(document.text)
    spans = [s for s in document.spans if s.start >= low and s.end <= high]
    cut = [
        Span(max(s.start, low), min(s.end, high), "IGNORE")
        for s in document.spans
        if s.start < high and s.end > low
    ]
    spans += [s for s in cut if all(s[:2] != t[:2] for t in spans)]
    moved = tuple(sorted(Span(s.start - low, s.end - low, s.kind) for s in spans))
    return Document(f"{document.id}+excerpt", document.text[low:high], moved, document.typed)


def copies(
    documents: Sequence[Document], share: float, excerpts: float, seed: int
) -> list[tuple[int, Document]]:
    """New documents made from a share of the given ones, each with the number of its original.

    `share` is that of documents with new people, `excerpts` that of excerpts (two tries each).
    """
    random = np.random.default_rng([seed, 17])
    made = []
    for number, document in enumerate(documents):
        if random.random() < share:
            new = rename(document, random)
            if new is not None:
                made.append((number, recase(new, random) if random.random() < 0.4 else new))
        for _ in range(2):
            if random.random() < excerpts:
                made.append((number, excerpt(document, random)))
    return made
