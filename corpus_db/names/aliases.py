"""What an article says of a person's other names: "Ana Soto, nicknamed the Fox", "a source known as 'Deep Voice'".

Everything starts from a *phrase* that announces an alias (corpus_db/data/names/aliases.txt). `phrase_before`
and `phrase_at` find one, `alias_after` what it announces, and `is_holder` tells whose name that is: the person named
last before it, where the words between say so. Companies, programs and diseases are "known as" something
too; so a phrase that may be said of anything counts only where a person is named or described before it.

Recognition asks this for names that it could not know, resolution for names that are one person's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, NamedTuple

from corpus_db.names import lists

MOST_WORDS: Final = 5  # of an alias
_WINDOW: Final = 48  # characters before a name that can hold a phrase
QUOTES: Final = "\"“”‘’'`"
MARKS: Final = frozenset(QUOTES)
_DESCRIPTION: Final = 60  # characters before a phrase that may describe a person
_WORD: Final = re.compile(r"[\w'’]+(?:-[\w'’]+)*|[.;:!?)]")
_CLAUSE: Final = 120  # characters between a person and the phrase


class Phrase(NamedTuple):
    """Words that announce an alias, and where they stand."""

    start: int
    end: int
    kind: Literal["anybody", "persons", "known"]  # of whom they are said, see the data


class Alias(NamedTuple):
    """A name that a phrase announces; `article`: "the" stands before it."""

    start: int
    end: int
    quoted: bool
    article: bool


@cache
def _entries() -> Mapping[str, tuple[str, ...]]:
    """Heading -> phrases."""
    found: dict[str, tuple[str, ...]] = {}
    heading = ""
    for line in lists.lines("aliases.txt"):
        if line.startswith("["):
            heading = line.strip("[]")
        else:
            more = tuple(entry.strip() for entry in line.split(",") if entry.strip())
            found[heading] = found.get(heading, ()) + more
    return found


def _one_of(heading: str) -> str:
    phrases = sorted(_entries()[heading], key=len, reverse=True)
    spelt = (
        re.escape(phrase).replace(r"\ \*\ ", r"(?:\s(?!for\b)[\w'’]+){1,3}\s").replace(r"\ ", r"\s")
        for phrase in phrases
    )
    return f"(?:{'|'.join(spelt)})"


@cache
def _words(heading: str) -> frozenset[str]:
    return frozenset(_entries()[heading])


@cache
def first_words() -> Mapping[str, frozenset[str]]:
    """The word that a phrase with which recognition begins starts with -> words of which one comes soon after.

    None of them has to where a phrase is that word alone.
    """
    soon: dict[str, set[str]] = {}
    alone = set()
    for phrase in _entries()["said of anybody"] + _entries()["said of persons"]:
        first, *others = phrase.removeprefix("the ").removeprefix("an ").split()
        soon.setdefault(first, set()).update(others[-1:])
        if not others:
            alone.add(first)
    return {first: frozenset(() if first in alone else others) for first, others in soon.items()}


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    kinds = {
        "anybody": "said of anybody",
        "persons": "said of persons",
        "known": "said of persons of whom it is known",
    }
    phrase = "|".join(f"(?P<{kind}>{_one_of(heading)})" for kind, heading in kinds.items())
    between = rf"[,:]?(?:\s{_one_of('between')})*,?\s[{QUOTES}]{{0,2}}(?:[Tt]he\s)?"
    filled = rf"(?:{_one_of('fillers')}[\s,]+)*"
    people = rf"(?:{_one_of('determiners')}\s(?:[\w'’-]+\s){{0,4}})?{_one_of('people')}"
    age = r"(?:,?\s\(?\d{1,3}\)?)?"
    capital = r"[^\W\d_a-zà-ÿ]"
    word = rf"(?:{capital}\.(?=\s?{capital})|{capital}[\w-]*(?<!-)(?:['’](?!s\b)\w+)*)"
    return {
        "phrase": re.compile(rf"(?<![\w-])(?:{phrase})(?!\w)"),
        "before": re.compile(rf"(?<![\w-])(?:{phrase}){between}$"),
        "quoted": re.compile(rf"{between}(?<=[{QUOTES}])\s?(?P<article>[Tt]he\s)?(?P<alias>[^{QUOTES}\n]{{2,40}}?)[,.!?]?\s?[{QUOTES}](?!\w|\s{capital})"),
        "plain": re.compile(
            rf"[,:]?(?:\s{_one_of('between')})*?\s(?P<article>[Tt]he\s)?"
            rf"(?P<alias>{word}(?:\s(?:(?:of|of\sthe|the|de|la|el)\s)?{word}){{0,4}})"
            rf"(?!\w|['’]s\b|\s\d|\s{_one_of('people')}\b|\sin\sthe\s[A-Z])"
        ),
        "follows": re.compile(rf"\s{_one_of('followers')}\b|\s?[^\w\s]|\s*\n|\s*$|\s\s"),
        "words": re.compile(rf"{word}(?:\s(?:of|the|de|la|el|and|{word}|\d+))*"),
        "direct": re.compile(rf"{age}(?:\s?[,(–—-]+\s?|\s){filled}\(?"),
        "apposed": re.compile(rf"{age}\s?[,(–—-]+\s?(?:who|whose|the|a|an|his|her|once|then)\s[^.;:!?\n()]*[\s,]"),
        "is apposed": re.compile(rf"{age}\s?[,(–—-]+\s?{people}[\s,]+{filled}"),
        "served as": re.compile(rf"(?P<before>[^;:!?\n()]*)\sas\s{people}[\s,]+{filled}"),
        "clause": re.compile(r"[^,;:!?\n()–—]*"),
        "who": re.compile(rf"\swho[\s,]+{filled}$"),
        "other": re.compile(rf"\s(?:(?:a|an|another|the)\s(?:[\w'’-]+\s){{0,3}}{_one_of('people')}|he|she)\s"),
        "thing": re.compile(rf"(?<!\w){_one_of('things')}\s(?:[\w'’-]+\s){{0,3}}$"),
    }  # fmt: skip


def _phrase(match: re.Match[str], shift: int = 0) -> Phrase:
    kind: Literal["anybody", "persons", "known"] = match.lastgroup  # type: ignore[assignment]
    return Phrase(shift + match.start(kind), shift + match.end(kind), kind)


def phrase_at(content: str, start: int) -> Phrase | None:
    """The phrase that begins at `start`."""
    match = _patterns()["phrase"].match(content, start)
    return _phrase(match) if match else None


def phrase_before(content: str, start: int) -> Phrase | None:
    """The phrase that announces the name at `start`."""
    low = max(0, start - _WINDOW)
    match = _patterns()["before"].search(content[low:start])
    return _phrase(match, low) if match else None


def alias_after(content: str, end: int) -> Alias | None:
    """What a phrase that ends at `end` announces: words in quotation marks or with capitals."""
    patterns = _patterns()
    match = patterns["quoted"].match(content, end)
    if match and patterns["words"].fullmatch(match["alias"]) and match["alias"].count(" ") < MOST_WORDS:
        before = content[end : match.start("alias")]
        return Alias(*match.span("alias"), True, bool(match["article"]) or "the " in before.lower())
    match = patterns["plain"].match(content, end)
    if match is None:
        return None
    # "known as Watergate informant": one word alone must not run on.
    if (
        not match["article"]
        and " " not in match["alias"]
        and not patterns["follows"].match(content, match.end())
    ):
        return None
    return Alias(*match.span("alias"), False, bool(match["article"]))


def is_one(content: str, start: int) -> bool:
    """Whether the name at `start` is not the last of several: "Ana Soto and Li Wei, known as the Twins"."""
    return not content.endswith((" and ", " & "), 0, start)


def is_of_person(content: str, phrase: Phrase) -> bool:
    """Whether the words before a phrase describe a person without a name: "the source known as", "he was dubbed"."""
    words = _WORD.findall(content[max(0, phrase.start - _DESCRIPTION) : phrase.start].lower())
    if phrase.kind == "persons":
        return _words("things").isdisjoint(words[-4:])
    pronouns, fillers = _words("pronouns"), _words("fillers")
    while words and words[-1] in fillers and words[-1] not in pronouns:
        words.pop()
    return bool(words) and (words[-1] in pronouns or words[-1] in _words("people"))


def is_holder(content: str, end: int, phrase: Phrase) -> bool:
    """Whether the person named last before a phrase, in words that end at `end`, is the one it is said of."""
    between = content[end : phrase.start]
    if len(between) > _CLAUSE or re.search(r"[.!?][\"”’']?\s+[A-Z]", between):
        return False
    patterns = _patterns()
    if patterns["direct"].fullmatch(between) or patterns["is apposed"].fullmatch(between):
        return True
    if patterns["apposed"].fullmatch(between) and patterns["who"].search(between):
        return True
    if phrase.kind == "anybody":
        served = patterns["served as"].fullmatch(between)
        return served is not None and not patterns["other"].search(served["before"] + " ")
    if phrase.kind == "known" or patterns["thing"].search(between):
        return False
    if patterns["apposed"].fullmatch(between):
        return True
    return bool(patterns["clause"].fullmatch(between)) and not patterns["other"].search(between)
