"""May two names belong to one person? A verdict with the rule that decided, as data.

The rules are those by which readers take "J. Smith", "Johnny Smith" and "Smith, John A." for one man and
"John B. Smith" for another: the family names must agree (equal, another romanisation, one of a double
surname), then the given names (equal, initial, nickname, romanisation, one edit), then nothing
else may contradict (middle names, suffix, gender). Every rule has a confidence; joining by two rules multiplies
them. `compatible` is symmetric. It says what is possible, not what is true: two John Smiths are
compatible, and which of them an article means is decided in corpus_db/resolution.

Confidences are estimates of how often such a pair is one person when both stand in one corpus; they
order the joins and colour the result, nothing depends on their third digit.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache, lru_cache
from typing import Final, NamedTuple

from corpus_db.names import lists
from corpus_db.names.folding import edits, fold, one_edit, skeleton, without_doubled
from corpus_db.names.parse import Name


class Verdict(NamedTuple):
    """Whether two names may be one person's, by which rule, and how surely."""

    compatible: bool
    rule: str
    confidence: float


RULES: Final[dict[str, tuple[float, str]]] = {
    "same-name": (1.0, "the same words, but for case, diacritics, apostrophes, hyphens and full stops"),
    "reordered": (0.97, "the same words in another order"),
    "joined": (0.97, "the same letters, divided into words differently"),
    "middle-name": (0.95, "the same but for a middle name that one of them leaves out"),
    "suffix": (0.85, "the same but for a Jr., Sr. or numeral that one of them leaves out"),
    "nickname": (0.92, "a given name and its short form"),
    "variant": (0.9, "two romanisations or spellings of a name"),
    "similar": (0.8, "two spellings that sound alike"),
    "spelling": (0.7, "one letter differs"),
    "possessive": (0.85, "one ends with the s of a possessive that has lost its apostrophe, or of a plural"),
    "initial": (0.85, "an initial instead of a given name"),
    "tail": (0.9, "one is the end of the other"),
    "head": (0.85, "one is the beginning of the other, which has a further family name"),
    "double-surname": (0.9, "one has both of two family names, the other one of them"),
}
"""Rules that make two names compatible: confidence, and what they say."""

CONTRADICTIONS: Final[dict[str, str]] = {
    "family-name": "the family names differ",
    "given-name": "the given names differ",
    "middle": "the middle names contradict each other",
    "suffix-differs": "different suffixes (Jr., Sr., III)",
    "gender": "one is a woman's name and the other a man's",
    "bare": "one is a single word: alone it says too little",
}
"""Rules that keep two names apart."""


def _no(rule: str) -> Verdict:
    return Verdict(False, rule, 0.0)


def _yes(*rules: str) -> Verdict:
    """A join by all of `rules`; named after the weakest of them."""
    confidence = 1.0
    for rule in rules:
        confidence *= RULES[rule][0]
    return Verdict(True, min(rules, key=lambda rule: (RULES[rule][0], rule)), round(confidence, 3))


_ENDING: Final = re.compile("(?<=..)(?:ie|ey|ee|y|i)$")  # "Betty" and "Bettie"


@lru_cache(maxsize=1 << 16)
def same_given(a: str, b: str) -> str | None:
    """The rule by which two folded given names agree, None where they do not."""
    if a == b:
        return "same-name"
    if not a or not b:
        return None
    formal = lists.formal_names()
    if len(a) == 1 or len(b) == 1:
        initial, name = sorted((a, b), key=lambda word: (len(word), word))
        return "initial" if any(word[0] == initial for word in (name, *formal.get(name, ()))) else None
    groups = lists.variant_group()
    if groups.get(a, a) == groups.get(b, b):
        return "variant"
    of_a, of_b = formal.get(a, frozenset()), formal.get(b, frozenset())
    if a in of_b or b in of_a or (of_a & of_b and (a[0] == b[0] or _one_irregular(a, b))):
        return "nickname"
    if (
        a[:2] == b[:2]
        and _ENDING.sub("", a) == _ENDING.sub("", b)
        and {lists.gender(a), lists.gender(b)} != {"f", "m"}
    ):
        return "variant"
    if len(a) == 2 == len(b) or {lists.gender(a), lists.gender(b)} == {"f", "m"}:
        return None
    return _spelling(a, b, lists.given_names())


def _one_irregular(a: str, b: str) -> bool:
    """Whether two short forms of one name may look as different as "Bob" and "Rob" do; "Al" and "Fred" may not."""
    irregular, none = lists.irregular_names(), frozenset[str]()
    formal = lists.formal_names()
    return bool(irregular.get(a, none) & formal.get(b, none) or irregular.get(b, none) & formal.get(a, none))


@lru_cache(maxsize=1 << 16)
def same_family(a: str, b: str) -> str | None:
    """The rule by which two folded family names agree, None where they do not."""
    if a == b:
        return "same-name"
    groups = lists.variant_group()
    if groups.get(a, a) == groups.get(b, b):
        return "variant"
    if without_possessive(a) == without_possessive(b):
        return "possessive"
    return _spelling(a, b, lists.surnames())


_SHORTEST_POSSESSIVE: Final = 5  # letters


@lru_cache(maxsize=1 << 16)
def without_possessive(family: str) -> str:
    """A family name without an s that makes it no known one: "bushs" of "President Bushs plan", not "banks".

    >>> without_possessive("bushs"), without_possessive("banks"), without_possessive("moss")
    ('bush', 'banks', 'moss')
    """
    if len(family) < _SHORTEST_POSSESSIVE or not family.endswith("s") or family in lists.surnames():
        return family
    return family[:-1]


MOST_EDITS: Final = 2  # between two spellings of a name


def _spelling(a: str, b: str, known: Container[str]) -> str | None:
    """Two spellings of a name that is not two well-known names: one sound, or one edit."""
    if min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > MOST_EDITS or (a in known and b in known):
        return None
    consonants = skeleton(a)
    if (
        consonants == skeleton(b)
        and (len(consonants) > 2 or len(a) != len(b))
        and edits(a, b) <= (1 if min(len(a), len(b)) < 7 else MOST_EDITS)
    ):
        alike = len(consonants) > 2 or without_doubled(a) == without_doubled(b)
        return "similar" if alike else None
    return "spelling" if a[0] == b[0] and min(len(a), len(b)) >= 5 and one_edit(a, b) else None


def _subsequence(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether the middle names `short` can be `long` with some left out; initials must be the first."""
    at = 0
    for index, word in enumerate(short):
        while at < len(long) and same_given(word, long[at]) in (None, *_WEAK):
            if len(word) == 1 and index == 0:
                return False
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _middles_agree(a: Name, b: Name) -> str | None:
    """'same-name', 'middle-name' (one has more), or None for a contradiction."""
    if a.middle == b.middle:
        return "same-name"
    short, long = sorted((a.middle, b.middle), key=len)
    if not short:
        return "middle-name"
    return "middle-name" if _subsequence(short, long) else None


def _family_rule(a: Name, b: Name) -> str | None:
    """How the family names agree."""
    if a.family == b.family:
        return "same-name"
    if a.family_first and b.family_first and a.parts[0] != a.family[0]:
        return "same-name" if a.parts == b.parts else None  # Vietnamese: the whole name counts
    if len(a.family) == len(b.family) == 1:
        return same_family(a.family[0], b.family[0])
    if len(a.family) == len(b.family):
        rules = [same_family(x, y) for x, y in zip(a.family, b.family, strict=True)]
        return None if None in rules else "variant"
    one, two = sorted((a, b), key=lambda name: len(name.family))
    if one.family[0] in two.family:
        return "double-surname"
    return None


def _overlapping(short: Name, long: Name) -> str | None:
    """One name is the end or the beginning of the other ("Hosni Mubarak", "Enrique Peña")."""
    words, size = long.words, len(short.words)
    if size >= len(words) or any(len(word) == 1 for word in short.words) or _are_two(short, long):
        return None
    if words[-size:] == short.words and not long.family_first:
        return None if _is_fathers(short, long) else "tail"
    if words[:size] == short.words and not long.family_first and short.words[-1] not in _first_names():
        return "head"
    return None


def _are_two(short: Name, long: Name) -> bool:
    """Whether the rest of the longer name is another person's in full: "Ana Weir Peter Holm" beside "Ana Weir"."""
    words, size = long.words, len(short.words)
    rest = words[size:] if words[:size] == short.words else words[:-size]
    given = lists.given_names()
    return (
        len(rest) > 1
        and rest[0] in given
        and short.words[0] in given
        and rest[-1] not in given
        and short.words[-1] not in given
    )


def _is_fathers(short: Name, long: Name) -> bool:
    """Whether the rest of a woman's name is likelier her father's or husband's: "Mina Rafiq Lone" and "Rafiq Lone".

    It is, unless its first word is known as a woman's name or a family name.
    """
    first = short.words[0]
    return (
        long.gender == "f"
        and lists.given_names().get(first, "m") == "m"
        and first not in lists.surnames()
        and first not in lists.iberian_surnames()
    )


_GENERATION: Final = re.compile(r"\s(?:bin|bint|ibn|binti|binte)\s", re.IGNORECASE)


def _by_generations(a: Name, b: Name) -> Verdict | None:
    """The verdict on two names of which one says whose child it is; None where the other rules may decide.

    "Hamad bin Isa" is not "Isa Al Amiri", nor his father Isa bin Salman; "Hamad bin Isa bin Salman" may be he.
    """
    given = same_given(a.given, b.given)
    if given is None or given in _WEAK:
        return _no("given-name")
    short, long = sorted(([*map(fold, name.text.split())] for name in (a, b)), key=len)
    if _GENERATION.search(" ".join(short)) and len(short) < len(long) and short[1:] == long[1 : len(short)]:
        return _yes("head") if given == "same-name" else _yes("head", given)
    return None


@cache
def _first_names() -> frozenset[str]:
    """Given names that are no family names."""
    return frozenset(lists.given_names()) - lists.surnames()


def _compare(a: Name, b: Name) -> Verdict:
    if not (a.full and b.full):
        same = a.words == b.words
        return Verdict(same, "same-name" if same else "bare", 1.0 if same else 0.0)
    suffix = "same-name"
    if a.suffix != b.suffix:
        if a.suffix and b.suffix:
            return _no("suffix-differs")
        suffix = "suffix"
    if a.words == b.words:
        return _yes(suffix)
    if _GENERATION.search(a.text) or _GENERATION.search(b.text):
        verdict_of_chain = _by_generations(a, b)
        if verdict_of_chain is not None:
            return verdict_of_chain
    if a.parts == b.parts or "".join(a.parts) == "".join(b.parts):
        return _yes(suffix, "joined")
    if sorted(a.parts) == sorted(b.parts):
        return _yes(suffix, "reordered")
    family = _family_rule(a, b)
    if family is not None:
        verdict = _given_verdict(a, b, family, suffix)
        if verdict.compatible:
            return verdict
    else:
        verdict = _no("family-name")
    short, long = sorted((a, b), key=lambda name: (len(name.words), name.words))
    overlap = _overlapping(short, long)
    # "Silva Pinto": two family names, whatever else Silva may be
    agree = not _gender_differs(a, b) or (overlap == "tail" and short.words[0] in lists.iberian_surnames())
    return _yes(suffix, overlap) if overlap and agree else verdict


def _gender_differs(a: Name, b: Name) -> bool:
    return {a.gender, b.gender} == {"f", "m"}


_WEAK: Final = ("similar", "spelling")  # too weak to stand beside another difference


def _given_verdict(a: Name, b: Name, family: str, suffix: str) -> Verdict:
    """The verdict for names whose family names agree by the rule `family`."""
    given = same_given(a.given, b.given)
    if given is None:
        return _by_middle_name(a, b, family, suffix)
    if family in _WEAK and (given != "same-name" or len(a.given) == 1):
        return _no("family-name")
    if (given in _WEAK and family != "same-name") or (given == "initial" and family == "variant"):
        return _no("given-name")
    if _gender_differs(a, b) and given != "nickname":
        return _no("gender")
    middles = _middles_agree(a, b)
    if middles is None:
        return _no("middle")
    return _yes(family, given, middles, suffix)


def _by_middle_name(a: Name, b: Name, family: str, suffix: str) -> Verdict:
    """A person who goes by the middle name: "J. Edgar Hoover" and "Edgar Hoover"."""
    for one, other in ((a, b), (b, a)):
        if one.middle and not other.middle and family == "same-name" and len(other.given) > 1:
            given = same_given(one.middle[0], other.given)
            if given in ("same-name", "variant") and not (_gender_differs(a, b) or _is_fathers(other, one)):
                return _yes(given, "middle-name", suffix)
    return _no("gender" if _gender_differs(a, b) else "given-name")


@lru_cache(maxsize=1 << 16)
def compatible(a: Name, b: Name) -> Verdict:
    """Whether two parsed names may be one person's, and why. Symmetric.

    >>> from corpus_db.names.parse import parse
    >>> compatible(parse("J. Smith"), parse("John Smith")).rule
    'initial'
    >>> compatible(parse("Xi Jinping"), parse("Jinping Xi")).rule
    'reordered'
    >>> compatible(parse("George W. Bush"), parse("George H.W. Bush"))
    Verdict(compatible=False, rule='middle', confidence=0.0)
    """
    return _compare(a, b)
