"""Where a country's name or people is no mention of it: money, newspapers, languages, kitchens, roads, streets, surnames.

Only the names of countries and peoples come here; for towns the model weighs the context.
The words are data: `data/countries/contexts.txt`. `may_be_something_else` asks all candidates of a window at
once for what most of them lack, so that few are looked at one by one.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np

from corpus_db.recognition.countries import words
from corpus_db.recognition.countries.characters import (
    DIGIT,
    LETTER,
    SPACE,
    UPPER,
    Hashes,
    Indices,
    Mask,
    contains,
    string_hashes,
)
from corpus_db.recognition.countries.gazetteer import DEMONYM, FAMILY, GIVEN, KINDS, UNUSED
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.spelling import fold, without_possessive
from corpus_db.recognition.countries.window import Window

_WINDOW = 40
_COMMON = 2  # from this digit of usage on, a word is a common given or family name
_ROAD_COUNTRY = "US"  # whose roads are numbered with its name: "US-24"
_NUMBER = re.compile(r"-\d{1,3}(?![\w-]|[.,:]\d)")
_CLOSING = ".,;:!?\"”'’)"
_DEMONYM = KINDS.index(DEMONYM)
_SPACE, _HYPHEN, _DOLLAR = map(ord, " -$")


@cache
def _first_words(*groups: str) -> Hashes:
    """The hashes of how the words of some groups begin, in order."""
    found = {match[0] for name in groups for word in words.group(name) if (match := re.match(r"\w+", word))}
    return np.unique(string_hashes(sorted(found)))


@cache
def _begin_diseases() -> Mask:
    """The characters with which the words after the name of a disease begin, in either case."""
    found = np.zeros(1 << 16, bool)
    found[[ord(case(word[0])) for word in words.group("disease") for case in (str.lower, str.upper)]] = True
    return found


@cache
def _last_words(group: str) -> Hashes:
    """The hashes of how the words of a group end, in order."""
    last = {re.findall(r"\w+", word)[-1] for word in words.group(group)}
    return np.unique(string_hashes(sorted(last | {word.upper() for word in last})))


def may_be_something_else(
    window: Window, start: Indices, end: Indices, surface: Indices, lexicon: Lexicon
) -> Indices:
    """Which candidates `is_something_else` may hold for: all that it does, and some more."""
    chosen = np.flatnonzero(lexicon.named[surface])
    start, end, surface = start[chosen], end[chosen], surface[chosen]
    codes = window.codes
    before, following = codes[start - 1], codes[end]
    first_word = window.words_at(start)
    last = np.maximum(first_word - 1, 0)
    previous = window.word_start[last]
    beside = window.words_at(end + 1)
    after = window.hash(np.minimum(end + 1, window.word_end[beside]), window.word_end[beside])
    spaced = following == _SPACE
    suspect = (before == _DOLLAR) | (following == _DOLLAR)
    turned = contains(_first_words("title", "language-after", "kitchen", "road", "street"), after)
    suspect |= turned & (spaced | (following == _HYPHEN))
    suspect |= (following == _HYPHEN) & window.is_a(DIGIT, end + 1)
    usage = lexicon.usage[:, surface] % UNUSED
    single = lexicon.lengths[surface] == 1
    capital = window.is_a(UPPER, previous) | ~window.is_a(SPACE, previous - 1)
    suspect |= single & (usage[FAMILY] > 0) & (before == _SPACE) & capital
    suspect |= single & (usage[GIVEN] >= _COMMON) & spaced & window.is_a(UPPER, end + 1)
    people = lexicon.places.kinds[lexicon.first[surface]] == _DEMONYM
    alone = ~(spaced & window.is_a(LETTER, end + 1)) | contains(_first_words("noun-less"), after)
    spoken = _first_words("language-before", "language-through")
    before_it = window.hash(previous, window.word_end[last])
    suspect |= people & alone & contains(spoken, before_it)
    suspect |= people & contains(_last_words("school"), before_it)
    found: Indices = chosen[suspect]
    return found


def are_diseases(window: Window, end: Indices) -> Mask:
    """Which candidates, given by their ends, the next word makes the name of a disease ("Marburg virus")."""
    found: Mask = (window.codes.take(end) == _SPACE) & _begin_diseases().take(window.codes.take(end + 1))
    some = np.flatnonzero(found)
    start = end.take(some) + 1
    word = window.words_at(start)
    after = window.hash(start, window.word_end.take(word))
    found[some] = (start == window.word_start.take(word)) & contains(_first_words("disease"), after)
    return found


def are_universities(
    window: Window, start: Indices, end: Indices, surface: Indices, lexicon: Lexicon
) -> Mask:
    """Which candidates are the letters of a university that the same field names ("UK", University of Kentucky).

    Not where the field has the country's name or people in another form too.
    """
    found = np.zeros(len(start), bool)
    for letters, name in sorted(pair.split("=") for pair in words.group("university")):
        named = f"University of {name.replace('-', ' ')}"
        if named not in window.text:
            continue
        country = lexicon.places.countries[lexicon.first[surface]]
        field = np.searchsorted(window.start, start, side="right") - 1
        such = np.flatnonzero(end - start == len(letters))
        such = such[[window.text[start[i] : end[i]] == letters for i in such.tolist()]]
        others = lexicon.named[surface]
        others[such] = False
        for i in such.tolist():
            told = others & (field == field[i]) & (country == country[i])
            inside = slice(window.start[field[i]], window.end[field[i]])
            found[i] = named in window.text[inside] and not told.any()
    return found


def is_something_else(left: str, right: str, surface: int, lexicon: Lexicon) -> bool:
    """Whether what stands left and right of a country's name or people makes it something else."""
    left = left[-_WINDOW:]
    following = right[:1]
    if following == "$" or left[-1:] == "$":
        return True  # "US$5 million", "$US 5 million"
    after = ""
    if following in (" ", "-"):
        after = right[1:14].split(" ", 1)[0].rstrip(_CLOSING)
        if after in words.group("title"):
            return True
    if _street(right, after) or _road(
        right, after, lexicon.countries[lexicon.places.countries[lexicon.first[surface]]]
    ):
        return True
    usage = lexicon.usage[:, surface]
    if (
        lexicon.lengths[surface] == 1
        and usage[GIVEN] != UNUSED
        and _person(left, right, int(usage[GIVEN]), int(usage[FAMILY]), lexicon)
    ):
        return True
    if lexicon.places.kinds[lexicon.first[surface]] != _DEMONYM:
        return False
    if after in words.group("language-after") or after in words.group("kitchen") or _taught(left):
        return True
    return _language(left, right)


def _road(right: str, after: str, country: str) -> bool:
    """ "US-24", "U.S. Highway 82", but not "US-2020" nor "Ghana-2, Togo-1"."""
    if right[:1] == "-":
        return country == _ROAD_COUNTRY and _NUMBER.match(right) is not None
    return after in words.group("road") and right[len(after) + 1 :].lstrip(". ")[:1].isdigit()


def _street(right: str, after: str) -> bool:
    """ "on Malta Road", but not in a headline: "India Street Protests Grow"."""
    rest = right[len(after) + 1 :]
    return after in words.group("street") and not (rest[:1] == " " and rest[1:2].isupper())


def _taught(left: str) -> bool:
    """ "eighth-grade French students", "GCSE German"."""
    word = left[:-1].rsplit(" ", 1)[-1] if left[-1:] == " " else ""
    return word.lower() in words.group("school")


def _language(left: str, right: str) -> bool:
    """ "speaks only French", "into Russian", "in English." but not "in French cities" nor "into Russian hands"."""
    before = left.split()
    if not before:
        return False
    noun_follows = right[:1] == " " and right[1:2].isalpha()
    noun_follows = noun_follows and right[1:6].split(" ")[0] not in words.group("noun-less")
    if noun_follows:
        return False
    for word in before[:-4:-1]:
        plain = word.lower()
        if plain in words.group("language-before"):
            return True
        if plain not in words.group("language-through"):
            return False
    return before[-1].lower() == "in" and right[:1] in '.,;)"”'


def _person(left: str, right: str, as_given: int, as_family: int, lexicon: Lexicon) -> bool:
    """ "Monica French", "Michael Jordan": a family name after a given name; "Chad Smith": the other way round."""
    if as_family and left[-1:] == " ":
        before = left.split()
        given = before[-1] if before else ""
        if given[:1].isupper() and given.lower() in words.given_names():
            return True
    if as_given < _COMMON or right[:1] != " ":
        return False
    family = right[1:_WINDOW].split(" ", 1)[0].rstrip(_CLOSING)
    if family[:2] in ("O'", "O’", "Mc"):
        return True
    if not family[:1].isupper():
        return False
    number = lexicon.surface((fold(without_possessive(family)),))
    return number >= 0 and _COMMON <= lexicon.usage[FAMILY, number] < UNUSED
