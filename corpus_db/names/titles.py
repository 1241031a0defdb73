"""Roles as words: which words make one up, its canonical form, and when two roles name one office.

The lists are in corpus_db/data/roles/. A role is a head ("minister"), modifiers before it ("foreign"),
qualifiers that tell when it is held ("former", "acting"), and sometimes a complement ("of state").
Recognition finds roles with them; resolution compares what it found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from corpus_db.names.lists import Gender


def _lines(name: str) -> Iterator[str]:
    text = files("corpus_db").joinpath("data", "roles", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words(section: str) -> frozenset[str]:
    """The words of one section of words.txt."""
    found: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in _lines("words.txt"):
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), set())
        else:
            current.update(line.split())
    return frozenset(found[section])


@cache
def mapping(section: str) -> Mapping[str, str]:
    """A section whose entries are word=meaning."""
    pairs = (entry.partition("=") for entry in sorted(words(section)))
    return {word: meaning for word, _, meaning in pairs}


@cache
def heads() -> Mapping[str, str]:
    """Lower-case head -> itself in full; with abbreviations ("gov." and "gov" -> "governor")."""
    known = {word: word for word in words("offices") | words("occupations")}
    for short, long in mapping("abbreviations").items():
        if long in known:
            known[short + "."] = long
            if len(short) > 2 or short in ("pm", "vp"):
                known[short] = long
    for word in words("acronyms"):
        known[word] = word
    for ambiguous in ("rep", "det", "sec", "col", "gen", "fr", "private", "major"):
        known.pop(ambiguous, None)
    return known


@cache
def plurals() -> Mapping[str, str]:
    """Plural of a head -> the head; without those that are verbs as well ("stars", "counts")."""
    return {_plural(word): word for word in (words("offices") | words("occupations")) - words("verbs")}


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2] not in "aeo":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "ch", "x")) else "s")


_SMALL = frozenset(("of", "the", "and", "for", "to", "in", "at"))


@lru_cache(maxsize=1 << 14)
def canonical(role: str, qualifier: str = "") -> str:
    """The role in capitals, written out.

    >>> canonical("lt. gov."), canonical("EXECUTIVE VICE DIRECTOR"), canonical("president", "Former")
    ('Lieutenant Governor', 'Executive Vice Director', 'Former President')
    """
    short, acronyms = mapping("abbreviations"), words("acronyms")
    result = []
    for word in role.lower().split():
        word = short.get(word.rstrip("."), word) if word.endswith(".") else heads().get(word, word)
        if word in acronyms:
            result.append(word.upper())
        elif word in _SMALL and result:
            result.append(word)
        elif word in (
            "prime-minister",
            "vice-president",
            "vice-premier",
            "vice-chairman",
            "first-lady",
            "crown-prince",
        ):
            result += [part.capitalize() for part in word.split("-")]
        else:
            result.append("-".join(p if p in ("in", "of") else p.capitalize() for p in word.split("-")))
    text = " ".join(result)
    return f"{qualifier} {text}" if qualifier else text


@cache
def _group() -> Mapping[str, str]:
    groups = ([part.strip() for part in line.split("|")] for line in _lines("equivalent.txt"))
    return {member: group[0] for group in groups for member in group}


@lru_cache(maxsize=1 << 14)
def same_role(asked: str, held: str) -> bool:
    """Whether a canonical role `asked` for may be the role that somebody is said to have `held`.

    >>> same_role("Premier", "Prime Minister"), same_role("Minister", "Foreign Minister")
    (True, True)
    >>> same_role("Leader", "President"), same_role("President", "Vice President")
    (True, False)
    >>> same_role("President", "Former President")
    False
    """
    one, two = asked.lower(), held.lower()
    groups = _group()
    if groups.get(one, one) == groups.get(two, two):
        return True
    if one in words("plain") and two.endswith(" " + one):
        return not two.startswith(("prime ", "former ", "vice ", "deputy "))
    return one == "leader" and two.replace(" ", "-") in words("leads")


@lru_cache(maxsize=1 << 14)
def gender_of(role: str) -> Gender | None:
    """The gender that the words of a role give ("Spokeswoman": f)."""
    return _gender(role.lower().split())


def _gender(role_words: Iterable[str]) -> Gender | None:
    for word in role_words:
        if word in words("male"):
            return "m"
        if word in words("female"):
            return "f"
    return None
