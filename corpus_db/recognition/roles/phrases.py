"""What a role phrase is made of, for those that read one leftwards (a title) or rightwards (an apposition).

A role phrase is: qualifiers ("former"), a country or organisation, modifiers ("foreign"), a head
("minister"), and a complement ("of state", "to Ecuador", "with Shandong People's Association"). Leftwards
is how a title stands before a name, rightwards how an apposition stands after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from corpus_db.models import CountrySpan, Field, PersonSpan, Text
from corpus_db.names import titles

HEAD, OFFICE, MODIFIER, QUALIFIER, COMPLEMENT, SMALL_MODIFIER = 1, 2, 4, 8, 16, 32
POSSESSIVE: Final = ("'s", "’s")
WORD = re.compile(r"[^\s,;:()\"“”—–]+")
_WRAPPED = re.compile(r"\n(?<=[a-z0-9,]\n)(?=\S)")  # a line broken inside a sentence, not below a HEADLINE
GLUED = re.compile(
    r".*[^\W_]{2}[.!?][”\"]?(?=[A-Z][a-z])"
)  # "office.Detective": a full stop without its space
ADJECTIVE = re.compile(r"(?:ish|ese|ian|can|ic|ite|ist|ern|al|ly|ed|ean)$")
# One of the names in the name of a body that is a list of them: "Urban Affairs" in "Banking, Housing, and Urban Affairs".
LISTED_NAME: Final = r"[A-Z][\w'’&-]+(?: (?:[A-Z][\w'’&-]+|of))*"
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
        # Spans are read by number here, which is sooner than by name.
        persons = [span for span in people if span[0] == field]
        spans = [span for span in countries if span[0] == field and span[4] != "dateline"]
        if persons or spans:
            yield Side(
                field,
                _WRAPPED.sub(" ", content) if "\n" in content else content,
                content,
                persons,
                spans,
                {span[1]: span for span in persons},
                {span[2] for span in persons},
                {span[1]: span for span in spans},
                {span[2]: span for span in spans},
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
        glued = GLUED.match(word)
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


def without_possessive(name: str) -> str:
    """ "Kivo's" -> "Kivo", "the Greens'" -> "the Greens"."""
    return name[:-2] if name.endswith(POSSESSIVE) else name.rstrip("'’")
