"""Takes a personal name apart: given, middle and family names, particles, suffix, order.

One pass over the words of the name, each decided by closed word lists and by its place. The order is
family name first where the first word is an East Asian family name and the rest are syllables of
Pinyin or Korean ("Xi Jinping", "Park Geun-hye"); else the last word is the family name, with the
particles before it ("Ursula von der Leyen") and, for Spanish given names, the word before it when
that is a Spanish family name ("Gabriel García Márquez"). Names are parsed once: the result is kept
in a bounded cache, and two calls with one text give the same object.

Limits: Indonesian, Burmese and most Ethiopian names have no family name; the last word is taken.
Hungarian names in native order are read in Western order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from corpus_db.names import lists, titles
from corpus_db.names.folding import APOSTROPHES, HYPHENS, fold

_NICKNAME = re.compile(r'\s*(?:"([^"]+)"|“([^”]+)”|\(([^)]+)\)|(?<=\s)[\'‘]([^\'’]+)[\'’](?=\s))\s*')
_POSSESSIVE = re.compile(f"(?:[{APOSTROPHES}]s?)$")
_INITIAL = re.compile(r"[^\W\d_]\.?|(?:[^\W\d_]\.){1,3}[^\W\d_]?")
_ARTICLE = re.compile(f"(?i:a[lnrstzd]|el|a[sdt]h)[{HYPHENS}](?=[^\\W\\d_a-z])")  # "al-Maliki", "ash-Sharif"
_ABD = re.compile(r"abd[eu][lrsnz]\w{3}")  # "Abdelrahman", "Abdurrahman"
_GLUED = re.compile(r"(?<=[^\W_])\.(?=[^\W\d_]{2})")  # "Gov.Ana Lee"
_HYPHEN = re.compile(f"[{HYPHENS}]")
_EL_JOINED = re.compile(r"(El|Al)(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A parsed name. All parts but `text` and `family_name` are folded.

    `words` are the words in the order written, without honorific, suffix, nickname and particles,
    each word of a hyphenated one joined; `parts` the same with hyphenated words taken apart.
    """

    text: str
    words: tuple[str, ...]
    parts: tuple[str, ...]
    given: str  # first given name, "" where the name is one word
    middle: tuple[str, ...]
    family: tuple[str, ...]  # one word, or two of a double surname
    family_name: str  # as written, with its particles: the part that is used alone
    nickname: str
    suffix: str
    gender: lists.Gender | None  # of an honorific, else of the given name
    family_first: bool

    @property
    def full(self) -> bool:
        """Whether the name is more than one bare word."""
        return len(self.words) > 1


@dataclass(slots=True)
class _Word:
    core: str  # folded, without particles
    parts: tuple[str, ...]
    written: str  # with particles
    initial: bool


def _strip(text: str) -> tuple[list[str], str, str, lists.Gender | None]:
    """(words, nickname, suffix, gender of the honorific)."""
    nickname, suffix = "", ""
    gender: lists.Gender | None = None
    quoted = _NICKNAME.search(text) if any(mark in text for mark in "\"“('‘") else None
    if quoted and quoted.start() > 0:
        nickname = fold(next(group for group in quoted.groups() if group))
        text = f"{text[: quoted.start()]} {text[quoted.end() :]}"
    if "." in text:
        text = _GLUED.sub(". ", text)
    closed = lists.sections("words.txt")
    if "," in text:
        family, _, rest = text.partition(",")  # "QUISPE, Rosa"
        inverted = fold(rest.split(",")[0].strip()) not in closed["suffixes"]
        text = f"{rest} {family}" if inverted else f"{family} {rest}"
        text = text.replace(",", " ")
    words = [word for word in text.split() if fold(word)]
    while len(words) > 1:
        first = fold(words[0])
        if words[0][:2] == "MS" or "." in words[0][:-1]:  # initials: "M.S. Gill", "MS Dhoni"
            break
        if first in closed["honorifics_m"]:
            gender = "m"
        elif first in closed["honorifics_f"]:
            gender = "f"
        elif first not in closed["honorifics"] and first not in _titles():
            break
        del words[0]
    while len(words) > 1 and fold(words[-1]) in closed["suffixes"]:
        suffix = fold(words.pop())
    return words, nickname, suffix, gender


@cache
def _titles() -> frozenset[str]:
    """Titles that a recogniser may have left on a name; those that are given names too stay on it."""
    short = {word.rstrip(".") for word in titles.heads() if word.endswith(".")}
    return frozenset((titles.words("offices") | short) - lists.given_names().keys() - lists.surnames())


def _core(word: str) -> tuple[str, tuple[str, ...]]:
    """The folded word without an Arabic article, and its hyphenated parts."""
    article = _ARTICLE.match(word) or _EL_JOINED.match(word)
    if article:
        word = word[article.end() :]
    parts = tuple(part for part in map(fold, _HYPHEN.split(word)) if part)
    return "".join(parts), parts


def _joined(words: list[str]) -> list[_Word]:
    """Particles go to the next word, "Abdul" and "Abu" make one word with it."""
    closed = lists.sections("words.txt")
    particles, starts = closed["particles"], closed["compound_starts"]
    result: list[_Word] = []
    held: list[str] = []
    bound = ""
    for index, word in enumerate(words):
        folded = fold(word)
        last = index == len(words) - 1
        if not last and not bound and folded in particles and _is_particle(word, folded, index, words):
            held.append(word)
            continue
        if not last and not bound and folded in starts:
            bound, held = "abd" if folded.startswith("abd") else "abu", [*held, word]
            continue
        core, parts = _core(word)
        if bound:
            core, parts = bound + core, (bound + core,)
        elif core.startswith("abd") and core not in lists.variant_group() and _ABD.match(core):
            core = "abd" + core[5:]
            parts = (core,)
        initial = bool(_INITIAL.fullmatch(word))
        if initial and len(core) > 1:  # "H.W."
            result += [_Word(letter, (letter,), letter, True) for letter in core[:-1]]
            core, parts = core[-1], (core[-1],)
        result.append(_Word(core, parts, " ".join([*held, word]), initial))
        held, bound = [], ""
    return result


def _is_particle(word: str, folded: str, index: int, words: list[str]) -> bool:
    if word[0].islower():
        return True
    if index > 0:
        if fold(words[0]) in lists.sections("east_asian.txt")["vietnamese"]:
            return False
        return folded not in ("e", "y") and not (folded in ("do", "le") and len(words) - index > 2)
    closed = lists.sections("words.txt")
    if folded in closed["given_particles"]:
        following = fold(words[1])
        if folded == "ben":  # "Ben Ali"
            return following in closed["common_elsewhere"] and following in lists.variant_group()
        return folded == "van" and following not in lists.surnames()
    if folded in lists.sections("east_asian.txt")["vietnamese"]:
        return len(words) == 2
    return True


def _family_first(words: list[_Word]) -> bool:
    """Whether an East Asian name stands in its own order."""
    asian = lists.sections("east_asian.txt")
    first, rest = words[0], words[1:]
    if first.initial or any(word.initial for word in rest) or len(words) > 4:
        return False
    if len(rest) == 1 and len(rest[0].parts) == 2 and _HYPHEN.split(rest[0].written)[-1][:1].islower():
        return first.core not in lists.given_names() or first.core in asian["surnames"] | asian["korean"]
    if first.core in asian["vietnamese"] and len(words) > 2:
        return True
    if first.core not in asian["surnames"] and first.core not in asian["korean"]:
        return (
            len(words) == 2
            and first.core in asian["japanese"]
            and rest[0].core not in asian["japanese"]
            and (rest[0].core not in lists.surnames())
        )
    if all(_is_syllables(part) for word in rest for part in word.parts):
        return not (
            first.core in asian["western"]
            and len(rest) == 1
            and rest[0].core in lists.surnames() - asian["surnames"]
        )
    return (
        len(rest) == 2
        and all(_MONOSYLLABLE.fullmatch(word.core) for word in rest)
        and (words[-1].core not in lists.surnames() or first.core not in asian["western"])
    )


_MONOSYLLABLE: Final = re.compile("[bcdfghjklmnpqrstvwxyz]{0,3}[aeiouyw]{1,3}(?:ng|nh|ch|[nktphmlru])?")


@lru_cache(maxsize=1 << 14)
def _is_syllables(word: str) -> bool:
    """Whether one to three syllables of Pinyin or Korean make up the word."""
    known = lists.syllables()

    def fits(rest: str, left: int) -> bool:
        if not rest:
            return True
        return left > 0 and any(
            rest[:length] in known and fits(rest[length:], left - 1)
            for length in range(min(6, len(rest)), 0, -1)
        )

    return fits(word, 2 if len(word) < 11 else 3)


def _family_of(words: list[_Word]) -> int:
    """Index of the first word of the family name in Western order."""
    last = len(words) - 1
    if last >= 2 and not words[last - 1].initial:
        before = words[last - 1].core
        if before in lists.iberian_surnames() and before not in lists.given_names():
            return last - 1
    return last


@lru_cache(maxsize=1 << 16)
def parse(text: str) -> Name:
    """The parts of a personal name.

    >>> name = parse("Xi Jinping")
    >>> name.given, name.family, name.family_first
    ('jinping', ('xi',), True)
    >>> parse("Ursula von der Leyen").family_name
    'von der Leyen'
    """
    raw, nickname, suffix, gender = _strip(_POSSESSIVE.sub("", text.strip()) or text)
    words = _joined(raw)
    if not words:
        words = [_Word(fold(text) or text, (fold(text) or text,), text, False)]
    cores = tuple(word.core for word in words)
    parts = tuple(part for word in words for part in word.parts)
    if len(words) == 1:
        return Name(text, cores, parts, "", (), cores, words[0].written, nickname, suffix, gender, False)
    if _family_first(words):
        family_word = words[0]
        if words[0].core in lists.sections("east_asian.txt")["vietnamese"] and len(words) > 2:
            family_word = words[-1]
            given, middle = words[0].core, cores[1:-1]
            return Name(
                text,
                cores,
                parts,
                given,
                middle,
                cores[-1:],
                family_word.written,
                nickname,
                suffix,
                gender,
                True,
            )
        given = "".join(cores[1:])
        return Name(
            text, cores, parts, given, (), cores[:1], family_word.written, nickname, suffix, gender, True
        )
    start = _family_of(words)
    family_name = " ".join(word.written for word in words[start:])
    return Name(
        text,
        cores,
        parts,
        cores[0],
        cores[1:start],
        cores[start:],
        family_name,
        nickname,
        suffix,
        gender or lists.gender(cores[0]),
        False,
    )


def family_name(text: str) -> str:
    """The part of a name that is used alone.

    >>> family_name("Xi Jinping"), family_name("Lenin Moreno"), family_name("Charles de Gaulle")
    ('Xi', 'Moreno', 'de Gaulle')
    """
    return parse(text).family_name
