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
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final, NamedTuple

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


@dataclass(slots=True, eq=False)  # never changed once made; frozen, it would take three times as long to make
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
    full: bool  # more than one bare word
    length: tuple[int, int]  # for sorting, smaller is more informative: words that are no initials, letters


class _Word(NamedTuple):
    core: str  # folded, without particles
    parts: tuple[str, ...]
    written: str  # with particles
    initial: bool


@cache
def _before_names() -> Mapping[str, lists.Gender | None]:
    """Folded words before a name that are no part of it -> the gender they tell.

    Honorifics, and titles that a recogniser may have left on a name, unless they are names too.
    """
    closed = lists.sections("words.txt")
    short = {word.rstrip(".") for word in titles.heads() if word.endswith(".")}
    names = lists.given_names().keys() | lists.surnames()
    found: dict[str, lists.Gender | None] = dict.fromkeys((titles.words("offices") | short) - names)
    found |= dict.fromkeys(closed["honorifics"])
    found |= dict.fromkeys(closed["honorifics_m"], "m")
    found |= dict.fromkeys(closed["honorifics_f"], "f")
    return found


def is_title(word: str) -> bool:
    """Whether a word that stands before a name is an honorific or a title, and no name itself.

    >>> is_title("Mr."), is_title("Sen."), is_title("Senator"), is_title("Rosa")
    (True, True, True, False)
    """
    return fold(word) in _before_names() or (word.endswith(".") and word.lower() in titles.heads())


def _strip(text: str) -> tuple[list[str], str, str, lists.Gender | None]:
    """(words, nickname, suffix, gender of the honorific)."""
    nickname, suffix = "", ""
    gender: lists.Gender | None = None
    words = text.split()
    if not "".join(words).isalpha():
        text, nickname = _without_marks(text)
        words = [word for word in text.split() if fold(word)]
    while len(words) > 1:
        first = fold(words[0])
        if first not in _before_names():
            break
        if words[0][:2] == "MS" or "." in words[0][:-1]:  # initials: "M.S. Gill", "MS Dhoni"
            break
        if first in lists.sections("words.txt")["honorific_names"] and not _is_given(fold(words[1])):
            break
        gender = _before_names()[first] or gender
        del words[0]
    closed = lists.sections("words.txt")
    while len(words) > 1:
        last = fold(words[-1])
        if last in closed["suffixes"]:
            suffix = last
        elif last not in closed["postnominals"]:
            break
        words.pop()
    return words, nickname, suffix, gender


def _is_given(word: str) -> bool:
    """Whether a word is likelier a given name than a family name: "Don Pedro", but "Don Young"."""
    return word in lists.given_names() and not lists.is_common_family(word)


def _without_marks(text: str) -> tuple[str, str]:
    """The text without possessive, quoted nickname and commas: (text, nickname)."""
    text, nickname = _POSSESSIVE.sub("", text) or text, ""
    quoted = _NICKNAME.search(text) if any(mark in text for mark in "\"“('‘") else None
    if quoted and quoted.start() > 0:
        nickname = fold(next(group for group in quoted.groups() if group))
        text = f"{text[: quoted.start()]} {text[quoted.end() :]}"
    if "." in text:
        text = _GLUED.sub(". ", text)
    if "," in text:
        family, _, rest = text.partition(",")  # "QUISPE, Rosa"
        closed, after = lists.sections("words.txt"), fold(rest.split(",")[0].strip())
        inverted = after not in closed["suffixes"] | closed["postnominals"]
        text = f"{rest} {family}" if inverted else f"{family} {rest}"
        text = text.replace(",", " ")
    return text, nickname


@lru_cache(maxsize=1 << 15)
def _simple(word: str) -> _Word | None:
    """A word that means the same wherever it stands in a name; None for titles, particles, initials and the like."""
    core = fold(word)
    if len(core) < 2 or core in _marked() or not word.isalpha():
        return None
    if core.startswith("abd") or _EL_JOINED.match(word):
        return None
    return _Word(core, (core,), word, False)


@cache
def _marked() -> frozenset[str]:
    """Folded words that may be no part of a name where they stand, or may join the next one."""
    closed = lists.sections("words.txt")
    kinds = ("suffixes", "postnominals", "particles", "compound_starts")
    return frozenset(_before_names()).union(*(closed[kind] for kind in kinds))


@lru_cache(maxsize=1 << 15)
def _plain(word: str) -> tuple[_Word, ...]:
    """One written word: without an Arabic article, its initials taken apart, "Abdel…" in one spelling."""
    core = fold(word)
    if word.isalpha() and not _EL_JOINED.match(word) and not core.startswith("abd"):
        return (_Word(core, (core,), word, len(word) == 1),)
    article = _ARTICLE.match(word) or _EL_JOINED.match(word)
    rest = word[article.end() :] if article else word
    parts = tuple(part for part in map(fold, _HYPHEN.split(rest)) if part)
    core = "".join(parts)
    if core not in lists.variant_group() and _ABD.match(core):
        core = "abd" + core[5:]
        parts = (core,)
    if not _INITIAL.fullmatch(word):
        return (_Word(core, parts, word, False),)
    if len(core) == 1:
        return (_Word(core, parts, word, True),)
    others = (_Word(letter, (letter,), letter, True) for letter in core[:-1])  # "H.W."
    return (*others, _Word(core[-1], (core[-1],), word, True))


def _joined(words: list[str]) -> list[_Word]:
    """Particles go to the next word, "Abdul" and "Abu" make one word with it."""
    closed = lists.sections("words.txt")
    particles, starts = closed["particles"], closed["compound_starts"]
    result: list[_Word] = []
    held: list[str] = []
    bound = ""
    last = len(words) - 1
    for index, word in enumerate(words):
        folded = fold(word)
        if index < last and not bound:
            if folded in particles and _is_particle(word, folded, index, words):
                held.append(word)
                continue
            if folded in starts:
                bound = "abd" if folded.startswith("abd") else "abu"
                held.append(word)
                continue
        made = _plain(word)
        if held:
            core, parts, _, initial = made[0]
            if bound:
                core, parts = bound + core, (bound + core,)
            made = (_Word(core, parts, " ".join([*held, word]), initial), *made[1:])
            held, bound = [], ""
        result += made
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
        if folded == "del":  # "Del Mazo", but "Del Shannon"
            return following in lists.iberian_surnames() or following not in lists.surnames()
        return folded == "van" and following not in lists.surnames()
    if folded in lists.sections("east_asian.txt")["vietnamese"]:
        return len(words) == 2
    return True


@cache
def _asian_families() -> frozenset[str]:
    """Family names that may stand first."""
    asian = lists.sections("east_asian.txt")
    return asian["vietnamese"] | asian["surnames"] | asian["korean"] | asian["japanese"]


def _family_first(words: list[_Word]) -> bool:
    """Whether an East Asian name stands in its own order."""
    asian = lists.sections("east_asian.txt")
    first, rest = words[0], words[1:]
    if first.core not in _asian_families() and not (len(rest) == 1 and len(rest[0].parts) == 2):
        return False
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
    written = text.split()
    text = " ".join(written) or text
    nickname, suffix = "", ""
    gender: lists.Gender | None = None
    words = [word for word in map(_simple, written) if word is not None]
    simple = len(words) == len(written) > 0
    if not simple:
        written, nickname, suffix, gender = _strip(text)
        words = _joined(written) or [_Word(fold(text) or text, (fold(text) or text,), text, False)]
    cores = tuple([word.core for word in words])
    middle: tuple[str, ...] = ()
    if len(words) == 1:
        given, family, family_name, first = "", cores, words[0].written, False
    elif _family_first(words):
        first = True
        if words[0].core in lists.sections("east_asian.txt")["vietnamese"] and len(words) > 2:
            given, middle, family, family_name = cores[0], cores[1:-1], cores[-1:], words[-1].written
        else:
            given, family, family_name = "".join(cores[1:]), cores[:1], words[0].written
    else:
        first, start = False, _family_of(words)
        given, middle, family = cores[0], cores[1:start], cores[start:]
        family_name = " ".join([word.written for word in words[start:]])
        gender = gender or lists.gender(given)
    parts, long_words = cores, len(cores) + bool(suffix)
    if not simple:
        parts = tuple([part for word in words for part in word.parts])
        long_words -= sum([len(core) == 1 for core in cores])
    return Name(
        text,
        cores,
        parts,
        given,
        middle,
        family,
        family_name,
        nickname,
        suffix,
        gender,
        first,
        len(cores) > 1,
        (-long_words, -len("".join(cores))),
    )


@lru_cache(maxsize=1 << 10)
def as_family_name(name: Name, is_given: bool = False) -> Name:
    """A name of a particle and one word, read as the part that is used alone: "Al Rand", "Ben Salah".

    With `is_given` the word is a given name: "Prince Mohammed".
    """
    family = name.words[1:]
    return replace(
        name,
        words=family,
        parts=family,
        given=family[0] if is_given else "",
        middle=(),
        family=family,
        family_name=name.text,
        full=False,
        gender=None,
    )


def family_name(text: str) -> str:
    """The part of a name that is used alone.

    >>> family_name("Xi Jinping"), family_name("Lenin Moreno"), family_name("Charles de Gaulle")
    ('Xi', 'Moreno', 'de Gaulle')
    """
    return parse(text).family_name
