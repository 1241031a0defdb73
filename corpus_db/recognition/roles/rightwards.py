"""Role phrases read rightwards from their first word: how an apposition stands after a name."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus_db.models import CountrySpan
from corpus_db.names import titles
from corpus_db.recognition.roles.phrases import (
    ADJECTIVE,
    COMPLEMENT,
    GLUED,
    HEAD,
    LISTED_NAME,
    MODIFIER,
    POSSESSIVE,
    QUALIFIER,
    SMALL_MODIFIER,
    WORD,
    Side,
    classes,
    is_head,
    split_prefix,
    without_possessive,
)


class Apposition(NamedTuple):
    """A role read from its start rightwards, with its fixed complement ("of state")."""

    start: int
    head_end: int
    end: int
    role: str
    qualifier: str
    country: CountrySpan | None


def apposition_at(side: Side, start: int) -> Apposition | None:
    """The role phrase that starts at `start`: qualifiers, a country, modifiers, a head, "of state"."""
    text, known = side.text, classes()
    at, words_start, head_end, qualifier = start, -1, -1, ""
    country: CountrySpan | None = None
    rank = ""
    for _ in range(9):
        span = side.starts.get(at)
        if span is not None and (head_end < 0 or _is_rank(text, words_start, at, span.end)):
            if words_start >= 0:
                rank = text[words_start:at] if text[words_start : at - 1] in titles.words("ranks") else ""
            country, words_start, head_end = span, -1, -1
            at = span.end + (2 if text[span.end : span.end + 2] in POSSESSIVE else 0)
        else:
            match = WORD.match(text, at)
            if match is None:
                break
            word = match[0].lower()
            prefix, rest = split_prefix(word)
            bits = known.get(rest if prefix else word, 0) or known.get(word.rstrip("."), 0)
            if bits & SMALL_MODIFIER and match[0].islower():
                bits |= MODIFIER
            if bits & QUALIFIER and words_start < 0 and not bits & (HEAD | MODIFIER):
                qualifier = qualifier or titles.mapping("qualifiers").get(word, "")
            elif bits & (HEAD | MODIFIER) or (words_start >= 0 and _is_unknown_modifier(text, match)):
                if prefix:
                    qualifier, words_start = qualifier or prefix, match.end() - len(rest)
                elif words_start < 0:
                    words_start = at
                if bits & HEAD:
                    head_end = match.end() if known.get(rest, 0) & HEAD else match.end() - 1
            elif not (word == "and" and head_end == at - 1):
                break
            at = match.end()
        if text[at : at + 1] != " ":
            break
        at += 1
    if head_end < 0:
        return None
    end = _complement_end(side, head_end)
    role = titles.canonical(rank + text[words_start:end], qualifier)
    return Apposition(start, head_end, end, role, qualifier, country)


def _is_rank(text: str, start: int, end: int, country_end: int) -> bool:
    """Whether what stands before a country is the rank of what stands behind it: "chief US economist"."""
    if text[start : end - 1] not in titles.words("ranks") or text[country_end : country_end + 1] != " ":
        return False
    following = WORD.match(text, country_end + 1)
    return following is not None and bool(classes().get(following[0].lower(), 0) & (HEAD | MODIFIER))


def _is_unknown_modifier(text: str, match: re.Match[str]) -> bool:
    """Whether an unknown lower-case word stands before a head: "chief sustainability officer"."""
    word = match[0]
    if not word.islower() or len(word) < 4 or not word.isalpha() or word in titles.words("connectors"):
        return False
    following = WORD.match(text, match.end() + 1) if text[match.end() : match.end() + 1] == " " else None
    return following is not None and word not in titles.words("prepositions") and is_head(following[0])


def _complement_end(side: Side, end: int) -> int:
    """The end of "of state", "of foreign affairs", "of the exchequer" after a head that ends at `end`."""
    text = side.text
    if text[end : end + 4] != " of ":
        return end
    at, best = end + 4, end
    if text[at : at + 4] == "the ":
        at += 4
    for _ in range(4):
        match = WORD.match(text, at)
        if match is None or at in side.starts:
            break
        word = match[0].rstrip(".'’").lower()
        if classes().get(word, 0) & COMPLEMENT:
            best = at + len(word)
        elif word != "and" and word not in titles.words("organisation_nouns"):
            break
        elif word in titles.words("organisation_nouns"):  # "chair of the security committee"
            return end
        if text[at + len(word) : at + len(word) + 1] != " ":
            break
        at += len(word) + 1
    if best > end and text[best - 1].islower() and _name_goes_on(side, end, best):
        return end
    return best


def _name_goes_on(side: Side, end: int, best: int) -> bool:
    """Whether what looks like a complement begins a name: "director of the National Gold Council"."""
    text = side.text
    first = end + len(" of the ") if text.startswith(" of the ", end) else end + len(" of ")
    if not text[first].isupper() or text[best : best + 1] != " " or best + 1 in side.person_starts:
        return False
    return text[best + 1 : best + 2].isupper()


def owner_after(side: Side, end: int) -> tuple[int, CountrySpan | None, str | None]:
    """What follows a role: "of Ecuador", "with Shandong People's Association": (end, country, organisation)."""
    text = side.text
    match = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    if match is None or match[0] not in titles.words("prepositions"):
        return end, None, None
    at = match.end() + 1
    if text[at : at + 4] == "the ":
        at += 4
    span = side.starts.get(at)
    country = None if match[0] in ("to", "from") else span
    if span is not None and not goes_on(text, span.end):
        return span.end, country, None
    if span is not None and text[span.end : span.end + 2] in POSSESSIVE:
        at = span.end + 3  # "Peru's Congress", "Peru's coffee growers"
    else:
        country = None
    stop = _listed_end(side, at, _organisation_end(text, at))
    if stop <= at or any(at <= start < stop for start in side.person_starts):
        return (span.end, country, None) if span and country else (end, None, None)
    if " " not in text[at:stop] and ADJECTIVE.search(text[at:stop]) and _noun_follows(text, stop):
        return (span.end, country, None) if span and country else (end, None, None)
    return stop, country, text[at:stop]


def _noun_follows(text: str, end: int) -> bool:
    """Whether a word of small letters follows that may belong to the word before: "European history"."""
    match = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    if match is None or not match[0].islower():
        return False
    return match[0] not in titles.words("connectors") and match[0] not in titles.words("after_definite")


def goes_on(text: str, end: int) -> bool:
    """Whether a name goes on after a country in it: "China Mobile", "Peru's Congress"."""
    after = text[end : end + 2]
    return after in POSSESSIVE or (len(after) == 2 and after[0] == " " and after[1].isupper())


_LISTED = re.compile(rf"(?:, {LISTED_NAME})*,? (?:and|&) {LISTED_NAME}")
_LIST_FOLLOWS = re.compile(
    r"\b(?:Committee|Subcommittee|Department|Ministry|Commission|Council)\s(?:on|of|for)\s"
)
_BODIES = ("ommittee", "Department", "Ministry", "Commission", "Council")


def _listed_end(side: Side, start: int, end: int) -> int:
    """The end of a body whose name is a list: "Senate Banking, Housing, and Urban Affairs Committee"."""
    text = side.text
    if text[end : end + 2] != ", " or end <= start:
        return end
    rest = _LISTED.match(text, end)
    if rest is None or any(end < person < rest.end() for person in side.person_starts):
        return end
    if is_head(rest[0].rsplit(" ", 1)[-1].lower()):  # "Committee on Finance, and Sen."
        return end
    if rest[0].endswith(_BODIES) or _LIST_FOLLOWS.search(text, start, end):
        return rest.end()
    return end


def _common_noun_end(text: str, start: int) -> int:
    """The end of the lower-case words that end a body's name, with their noun: "Commons public accounts committee"."""
    known, nouns, further = classes(), titles.words("organisation_nouns"), titles.words("body_modifiers")
    at = start
    for _ in range(_MOST_COMMON_WORDS):
        match = WORD.match(text, at)
        if match is None:
            return 0
        word = match[0].rstrip(".'’s")
        if word in nouns:
            return at + len(word) if at > start else 0
        if not (match[0] in further or (match[0].islower() and known.get(match[0], 0) & _MODIFIERS)):
            return 0
        at = match.end() + 1
        if text[at - 1 : at] != " ":
            return 0
    return 0


_MOST_COMMON_WORDS = 4
_MODIFIERS = MODIFIER | SMALL_MODIFIER


def _organisation_end(text: str, start: int) -> int:
    """The end of the capitalised run that starts at `start` ("Shandong People's Association for Friendship")."""
    best = at = start
    previous = ""
    connectors, nouns = titles.words("connectors"), titles.words("organisation_nouns")
    for _ in range(12):
        match = WORD.match(text, at)
        if match is None:
            break
        word = match[0]
        if word[0].isupper() or (word[0].isdigit() and best > start):
            glued = GLUED.match(word)
            best = at + (glued.end() - 1 if glued else len(word.rstrip(".!?")))
            if glued or (word[-1] in ".!?" and len(word) > 3 and "." not in word[:-1]):
                break
        elif word.rstrip(".'’s") in nouns and best == at - 1:  # "European parliament"
            return at + len(word.rstrip(".'’s"))
        elif best == at - 1 and (end := _common_noun_end(text, at)):
            return end
        elif word not in connectors and not (word == "on" and previous in titles.words("committees")):
            break
        previous = word.lower()
        at = match.end()
        if text[at : at + 1] != " ":
            break
        at += 1
    return start + len(without_possessive(text[start:best]))
