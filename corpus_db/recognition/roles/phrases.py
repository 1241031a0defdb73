"""Reads a role phrase off the text, from its last word leftwards or from its first word rightwards.

A role phrase is: qualifiers ("former"), a country or organisation, modifiers ("foreign"), a head
("minister"), and a complement ("of state", "to Ecuador", "with Shandong People's Association"). Leftwards
is how a title stands before a name, rightwards how an apposition stands after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from corpus_db.models import CountrySpan, Field, PersonSpan, Text
from corpus_db.names import titles

HEAD, OFFICE, MODIFIER, QUALIFIER, COMPLEMENT, SMALL_MODIFIER = 1, 2, 4, 8, 16, 32
POSSESSIVE: Final = ("'s", "’s")
WORD = re.compile(r"[^\s,;:()\"“”—–]+")
_WRAPPED = re.compile(r"\n(?<=[a-z0-9,]\n)(?=\S)")  # a line broken inside a sentence, not below a HEADLINE
_GLUED = re.compile(
    r".*[^\W_]{2}[.!?][”\"]?(?=[A-Z][a-z])"
)  # "office.Detective": a full stop without its space
_ADJECTIVE = re.compile(r"(?:ish|ese|ian|can|ic|ite|ist|ern|al|ly|ed|ean)$")
_CLOSING: Final = '.,;:!?"”)'
_LONGEST_TITLE: Final = 20  # characters of a word
_LONGEST_PORTFOLIO: Final = 9  # words
_PREFIXES: Final = ("ex", "then", "former", "co", "acting", "newly")


@cache
def classes() -> dict[str, int]:
    """Lower-case word -> what it can be in a role, as bits."""
    found: dict[str, int] = {}

    def add(words: Iterable[str], bits: int) -> None:
        for word in words:
            found[word] = found.get(word, 0) | bits

    offices = titles.words("offices")
    add(titles.heads(), HEAD)
    add((word for word, full in titles.heads().items() if full in offices), OFFICE)
    add(titles.words("modifiers"), MODIFIER)
    add(titles.words("small_modifiers"), SMALL_MODIFIER)
    add(titles.mapping("qualifiers"), QUALIFIER)
    add(titles.words("complements"), COMPLEMENT)
    return found


class Side(NamedTuple):
    """One field of the article with what was found in it."""

    field: Field
    text: str  # with a space for a line break inside a sentence: offsets are those of `raw`
    raw: str
    people: Sequence[PersonSpan]
    countries: Sequence[CountrySpan]
    person_starts: dict[int, PersonSpan]
    person_ends: set[int]
    starts: dict[int, CountrySpan]
    ends: dict[int, CountrySpan]


def sides(text: Text, people: Sequence[PersonSpan], countries: Sequence[CountrySpan]) -> Iterator[Side]:
    """Title and body, where anything was found in them; countries of datelines stay out."""
    fields: tuple[tuple[Field, str | None], ...] = (("title", text.title), ("body", text.body))
    for field, content in fields:
        if not content:
            continue
        persons = [span for span in people if span.field == field]
        spans = [span for span in countries if span.field == field and span.kind != "dateline"]
        if persons or spans:
            yield Side(
                field,
                _WRAPPED.sub(" ", content) if "\n" in content else content,
                content,
                persons,
                spans,
                {span.start: span for span in persons},
                {span.end for span in persons},
                {span.start: span for span in spans},
                {span.end: span for span in spans},
            )


def before(text: str, end: int) -> tuple[int, str]:
    """(start, lower-case word) of the word that ends at `end`; the word is "" at a line's start."""
    low = end - 40 if end > 40 else 0
    start = text.rfind(" ", low, end) + 1
    if start == 0 and low > 0:
        return end, ""
    word = text[start:end]
    if word.isalpha():
        return start, word.lower()
    if "\n" in word or "\xa0" in word:
        start += max(word.rfind("\n"), word.rfind("\xa0")) + 1
        word = text[start:end]
    if "." in word[:-1]:
        glued = _GLUED.match(word)
        if glued is not None:
            start += glued.end()
            word = word[glued.end() :]
    return start, word.lower()


def split_prefix(word: str) -> tuple[str, str]:
    """Qualifier and rest of a lower-case word: "ex-president" -> ("Former", "president")."""
    if "-" not in word:
        return "", word
    prefix, _, rest = word.partition("-")
    if prefix in _PREFIXES:
        return titles.mapping("qualifiers")[prefix], rest
    return "", word


def is_head(word: str) -> bool:
    """Whether a lower-case word can be the head of a role ("president", "ex-president")."""
    return bool(classes().get(split_prefix(word)[1], 0) & HEAD)


def is_office(words: str) -> bool:
    """Whether the last of the words is an office, which one or few hold."""
    return bool(classes().get(split_prefix(words.rsplit(" ", 1)[-1].lower())[1], 0) & OFFICE)


# -- leftwards ----------------------------------------------------------------------------------


class Title(NamedTuple):
    """A role read from its end leftwards."""

    start: int  # with its country, organisation and qualifier
    head_start: int  # of its first own word
    end: int
    role: str
    country: CountrySpan | None
    organisation: str | None
    plural: bool


def title_ending_at(side: Side, end: int) -> Title | None:
    """The role whose last word ends at `end`, with the country or organisation before it."""
    return _lone_title(side, end) or _whole_title(side, end)


def _lone_title(side: Side, end: int) -> Title | None:
    """A title of one word with nothing that belongs to it before: "said Senator"; None: look closer.

    The same two words stand there again and again, so what they come to is remembered.
    """
    text = side.text
    space = text.rfind(" ", max(0, end - _LONGEST_TITLE), end)
    if space < 1 or space in side.ends or space - 2 in side.ends:
        return None
    before_it = text.rfind(" ", max(0, space - _LONGEST_TITLE), space)
    role = _lone_role(text[before_it + 1 : space], text[space + 1 : end]) if before_it >= 0 else ""
    return Title(space + 1, space + 1, end, role, None, None, False) if role else None


@lru_cache(maxsize=1 << 14)
def _lone_role(previous: str, head: str) -> str:
    """The role that a word alone is, with another one before it; "" where that might belong to it."""
    word, other = head.lower(), previous.lower()
    if not _is_bare(head) or not _is_bare(previous) or not is_head(word) or word in titles.plurals():
        return ""
    may_be_owner = previous[:1].isupper() and previous[-1] not in _CLOSING
    return "" if may_be_owner or other == "and" or other in classes() else titles.canonical(head)


def _is_bare(written: str) -> bool:
    """Whether `before` takes all of what stands between two spaces for one word, and no part of it for another."""
    return "." not in written[:-1] and not any(mark in written for mark in "\n\xa0-")


def _whole_title(side: Side, end: int) -> Title | None:
    text = side.text
    head_end, country = _head_end(side, end)
    held = None
    if head_end < 0:
        head_end = _head_before_names(side, end)
        if head_end < 0:
            return None
        held = _held(text, head_end, end)
    first, words, qualifier = walk_back(text, head_end)
    last = words.rsplit(" ", 1)[-1].lower()
    plural = last in titles.plurals()
    if plural:
        words = words[: len(words) - len(last)] + titles.plurals()[last]
    if head_end < end and end not in side.ends and not held:
        words += text[head_end:end]
    first, qualifier = qualifiers_back(text, first, qualifier)
    start, owner, organisation = _owner_back(side, first)
    if start != first:
        left, rank = before(text, start - 1) if start > 1 and text[start - 1] == " " else (start, "")
        if rank in titles.words("ranks"):  # "deputy Chinese prime minister"
            start, words = left, f"{rank} {words}"
        start, qualifier = qualifiers_back(text, start, qualifier)
    role = titles.canonical(words, qualifier)
    return Title(start, first, end, role, owner or country, organisation or held, plural)


def _head_before_names(side: Side, end: int) -> int:
    """Where an office ends that "of" ties to capitalised words before `end`: "Minister of Military Production"."""
    text, connectors, at = side.text, titles.words("connectors"), end
    for number in range(_LONGEST_PORTFOLIO):
        left, word = before(text, at)
        if left < 2 or text[left - 1] != " " or _ends_person(side, at):
            return -1
        if word in ("of", "for") and number:
            if classes().get(split_prefix(before(text, left - 1)[1])[1], 0) & OFFICE:
                return left - 1
        elif not (text[left].isupper() or (word in connectors and number)) or word[-1:] in '.;:!?)”"':
            return -1
        at = left - 1
    return -1


def _held(text: str, head_end: int, end: int) -> str | None:
    """What an office is held in, where that is no portfolio: "the Arab League"."""
    _, head = before(text, head_end)
    of, _, held = text[head_end + 1 : end].partition(" ")
    if held.startswith("the "):
        return held[4:]
    return None if of == "for" or head in titles.words("portfolios") else held


def _head_end(side: Side, end: int) -> tuple[int, CountrySpan | None]:
    """Where the head of a role that ends at `end` ends (-1: there is none), and the complement's country.

    "Ambassador to Ecuador": the end of "Ambassador"; "Secretary of State": of "Secretary".
    """
    text = side.text
    start, word = before(text, end)
    if is_head(word) or (word in titles.plurals() and text[start - 9 : start].lower() != "house of "):
        return end, None
    country = side.ends.get(end)
    if country is not None:
        start = country.start
    elif not classes().get(word, 0) & COMPLEMENT:
        return -1, None
    for _ in range(6):
        if start < 2 or text[start - 1] != " ":
            break
        start, word = before(text, start - 1)
        if word in ("of", "to", "for"):
            if start > 1 and is_head(before(text, start - 1)[1]):
                return start - 1, None if word == "to" else country
        elif word not in ("the", "and") and (country or not classes().get(word, 0) & COMPLEMENT):
            break
    return -1, None


def walk_back(text: str, end: int) -> tuple[int, str, str]:
    """From the end of a role's head leftwards over modifiers: (start, words, qualifier)."""
    known = classes()
    first, word = before(text, end)
    qualifier, _ = split_prefix(word)
    for _ in range(7):
        if first == 0 or text[first - 1] != " " or qualifier:
            break
        left, word = before(text, first - 1)
        bits = known.get(word, 0)
        prefix, rest = split_prefix(word)
        if word == "and" and left > 1:
            further, head = before(text, left - 1)
            if not known.get(head, 0) & HEAD or text[further].isupper() != text[first].isupper():
                break
            first = further
        elif prefix and rest in known:
            qualifier, first = prefix, left
        elif bits & (MODIFIER | HEAD) or (bits & SMALL_MODIFIER and text[left].islower()):
            first = left
        else:
            break
    own = text[first:end]
    prefix, rest = split_prefix(own.lower())
    return first, rest if prefix else own, qualifier or prefix


def qualifiers_back(text: str, first: int, qualifier: str) -> tuple[int, str]:
    """Over qualifiers to the left of a role and its country: (start, qualifier)."""
    known = titles.mapping("qualifiers")
    while first > 1 and text[first - 1] == " ":
        left, word = before(text, first - 1)
        if word not in known:
            break
        first, qualifier = left, qualifier or known[word]
    return first, qualifier


def _owner_back(side: Side, first: int) -> tuple[int, CountrySpan | None, str | None]:
    """The country or organisation directly before a role that starts at `first`: (start, country, name)."""
    text = side.text
    if first < 2 or text[first - 1] != " ":
        return first, None, None
    end = first - 1
    country = side.ends.get(end) or (side.ends.get(end - 2) if text[end - 2 : end] in POSSESSIVE else None)
    if country is not None:
        if text[country.start - 4 : country.start] != " of " or country.start < 5:
            body = _named_body(side, country, end)
            return (body, None, text[body:end]) if body >= 0 else (country.start, country, None)
        start = _organisation_start(side, country.start - 4)  # "Bank of England governor"
        return (start, country, text[start:end]) if start >= 0 else (country.start, country, None)
    start = _organisation_start(side, end)
    if start < 0:
        left, word = before(text, end)
        owner = _country_before(side, left) if word.isalpha() and text[left].isupper() else None
        return (owner.start, owner, None) if owner else (first, None, None)  # "French Agricultural Minister"
    name = _without_possessive(text[start:end])
    owner = _country_before(side, start)
    if owner is None:
        return start, None, name
    if " " not in name and not name.isupper() and name.lower() not in titles.words("public_bodies"):
        name = text[owner.start : start] + name  # "British Airways", but "the Peruvian Senate"
    return owner.start, owner, name


def _named_body(side: Side, country: CountrySpan, end: int) -> int:
    """Where a body begins whose name ends in the country's ("Athletics Kenya president"); -1 where none does."""
    text = side.text
    if country.kind != "name" or country.end != end or country.start < 2 or text[country.start - 1] != " ":
        return -1
    left, word = before(text, country.start - 1)
    known = classes().get(split_prefix(word)[1], 0)
    if not word.isalpha() or not text[left].isupper() or known or country.start - 1 in side.ends:
        return -1
    if word in titles.words("no_organisation") or _ends_person(side, country.start - 1):
        return -1
    return -1 if _starts_sentence(text, left) and word not in titles.words("bodies") else left


def _country_before(side: Side, start: int) -> CountrySpan | None:
    """The country (not a place in it) that ends one space before `start`."""
    country = side.ends.get(start - 1)
    return country if country and country.kind != "place" and side.text[start - 1] == " " else None


def _without_possessive(name: str) -> str:
    """ "Kivo's" -> "Kivo", "the Greens'" -> "the Greens"."""
    return name[:-2] if name.endswith(POSSESSIVE) else name.rstrip("'’")


def _organisation_start(side: Side, end: int) -> int:
    """Where the run of capitalised words that ends at `end` starts; -1 where none names an organisation."""
    text = side.text
    not_one, connectors = titles.words("no_organisation"), titles.words("connectors")
    best, at = -1, end
    for _ in range(7):
        left, word = before(text, at)
        if not word or _ends_person(side, at):
            break
        country = side.ends.get(at)
        if country is not None and best >= 0 and country.kind != "place":
            break
        if text[left].isupper() and word not in not_one and word[-1] not in _CLOSING:
            best = left
        elif best < 0 or word not in connectors:
            break
        if left == 0 or text[left - 1] != " ":
            break
        at = left - 1
    if best < 0:
        return -1
    name = text[best:end]
    if " " not in name and not name.isupper() and (_ADJECTIVE.search(name) or _starts_sentence(text, best)):
        return -1
    return best


def _ends_person(side: Side, at: int) -> bool:
    if at in side.person_ends or (at - 2 in side.person_ends and side.text[at - 2 : at] in POSSESSIVE):
        return True
    return at - 1 in side.person_ends and side.text[at - 1] in "'’"  # "Jones' lawyer"


def _starts_sentence(text: str, start: int) -> bool:
    previous = text[max(0, start - 3) : start].rstrip(" \"“‘'")
    return not previous or previous[-1] in ".!?\n:"


# -- rightwards ---------------------------------------------------------------------------------


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
    return best


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
    stop = _organisation_end(text, at)
    if stop <= at or any(at <= start < stop for start in side.person_starts):
        return (span.end, country, None) if span and country else (end, None, None)
    if " " not in text[at:stop] and _ADJECTIVE.search(text[at:stop]) and _noun_follows(text, stop):
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


def _organisation_end(text: str, start: int) -> int:
    """The end of the capitalised run that starts at `start` ("Shandong People's Association for Friendship")."""
    best = at = start
    connectors, nouns = titles.words("connectors"), titles.words("organisation_nouns")
    for _ in range(12):
        match = WORD.match(text, at)
        if match is None:
            break
        word = match[0]
        if word[0].isupper() or (word[0].isdigit() and best > start):
            glued = _GLUED.match(word)
            best = at + (glued.end() - 1 if glued else len(word.rstrip(".!?")))
            if glued or (word[-1] in ".!?" and len(word) > 3 and "." not in word[:-1]):
                break
        elif word.rstrip(".'’s") in nouns and best == at - 1:  # "European parliament"
            return at + len(word.rstrip(".'’s"))
        elif word not in connectors:
            break
        at = match.end()
        if text[at : at + 1] != " ":
            break
        at += 1
    return start + len(_without_possessive(text[start:best]))
