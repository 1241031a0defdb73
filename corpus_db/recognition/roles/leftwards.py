"""Role phrases read leftwards from their last word: how a title stands before a name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from corpus_db.models import CountrySpan
from corpus_db.names import titles
from corpus_db.recognition.roles.phrases import (
    ADJECTIVE,
    COMPLEMENT,
    HEAD,
    LISTED_NAME,
    MODIFIER,
    OFFICE,
    POSSESSIVE,
    SMALL_MODIFIER,
    Side,
    before,
    classes,
    is_head,
    split_prefix,
    without_possessive,
)

_CLOSING: Final = '.,;:!?"”)'
_QUALIFIERS: Final = frozenset(("former", "ex", "then", "outgoing", "retired"))
_SHORTEST_ADJECTIVE: Final = 3  # letters, or fewer
_LONGEST_TITLE: Final = 20  # characters of a word
_LONGEST_PORTFOLIO: Final = 9  # words
_new: Final = tuple.__new__  # makes a Title sooner than a call of the class


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
    text, places = side.text, side.ends
    space = text.rfind(" ", end - _LONGEST_TITLE if end > _LONGEST_TITLE else 0, end)
    if space < 1 or space in places or space - 2 in places:
        return None
    before_it = text.rfind(" ", space - _LONGEST_TITLE if space > _LONGEST_TITLE else 0, space)
    role = _lone_role(text[before_it + 1 : space], text[space + 1 : end]) if before_it >= 0 else ""
    return _new(Title, (space + 1, space + 1, end, role, None, None, False)) if role else None


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
        elif _ends_a_body(text, left, word):
            break
        elif bits & (MODIFIER | HEAD) or (bits & SMALL_MODIFIER and text[left].islower()):
            first = left
        else:
            break
    own = text[first:end]
    prefix, rest = split_prefix(own.lower())
    return first, rest if prefix else own, qualifier or prefix


def _ends_a_body(text: str, left: int, word: str) -> bool:
    """Whether a modifier ends the name of a body, which is no part of the role: "Water Committee chairman"."""
    if word not in titles.words("committees") or not text[left].isupper():
        return False
    return left > 1 and text[left - 1] == " " and text[before(text, left - 1)[0]].isupper()


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
    name = without_possessive(text[start:end])
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


def _organisation_start(side: Side, end: int) -> int:
    """Where the run of capitalised words that ends at `end` starts; -1 where none names an organisation."""
    text = side.text
    not_one, connectors = titles.words("no_organisation"), titles.words("connectors")
    best, at = -1, end
    for _ in range(7):
        left, word = before(text, at)
        if not word or _ends_person(side, at) or (best >= 0 and word in _QUALIFIERS):
            break  # "Former Chelsea captain" at the start of a sentence
        country = side.ends.get(at)
        if country is not None and best >= 0 and country.kind != "place":
            break
        if text[left].isupper() and word not in not_one and word[-1] not in _CLOSING:
            best = left
        elif best < 0 or not (word in connectors or (word == "on" and _is_committee(text, left - 1))):
            break
        if left == 0 or text[left - 1] != " ":
            break
        at = left - 1
    if best < 0:
        return -1
    best = _list_start(side, best, end)
    name = text[best:end]
    adjective = len(name) > _SHORTEST_ADJECTIVE and ADJECTIVE.search(name)  # not the Fed
    if " " not in name and not name.isupper() and (adjective or _starts_sentence(text, best)):
        return -1
    return best


def _is_committee(text: str, end: int) -> bool:
    """Whether the word that ends there is one of "Committee on Water"."""
    return end > 0 and before(text, end)[1] in titles.words("committees")


_LIST_BEFORE = re.compile(rf"(?:{LISTED_NAME}, ){{1,5}}\Z")
_CHAMBERS: Final = ("Senate ", "House ", "Assembly ", "Commons ")
_LONGEST_LIST: Final = 90  # characters


def _list_start(side: Side, start: int, end: int) -> int:
    """Where a body's name begins that is a list: "Senate Commerce, Science and Transportation Committee"."""
    text = side.text
    if (
        text[start - 2 : start] != ", "
        or not text[start:end].endswith("ommittee")
        or " and " not in text[start:end]
    ):
        return start
    found = _LIST_BEFORE.search(text, max(0, start - _LONGEST_LIST), start)
    if found is None or any(found.start() < place <= start for place in (*side.ends, *side.person_ends)):
        return start
    several = found[0].count(", ") > 1
    return found.start() if several or found[0].startswith(_CHAMBERS) else start


def _ends_person(side: Side, at: int) -> bool:
    if at in side.person_ends or (at - 2 in side.person_ends and side.text[at - 2 : at] in POSSESSIVE):
        return True
    return at - 1 in side.person_ends and side.text[at - 1] in "'’"  # "Jones' lawyer"


def _starts_sentence(text: str, start: int) -> bool:
    previous = text[max(0, start - 3) : start].rstrip(" \"“‘'")
    return not previous or previous[-1] in ".!?\n:"


# -- rightwards ---------------------------------------------------------------------------------
