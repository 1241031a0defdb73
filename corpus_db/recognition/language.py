"""The language that a text shows, or None where it is too short or unclear to tell. Pure.

English is told by its commonest words, counted in the text's beginning: a few microseconds for most
articles. Short texts and tables have few of them; there most words in small letters are English ones, which
is so in no other language: of the declarations of human rights in the languages below none has three
in ten, English has eight. Spanish, French, German and Italian are told by their commonest words too, where
both halves of a text are full of them and of no neighbour's. What that leaves open goes to py3langid, a naive Bayes model over
byte sequences with its weights in the package (BSD, numpy alone; langdetect is no longer kept and
draws lots, lingua weighs 96 MB, what builds on fastText needs a compiler or a download). It takes a second
to load, which a collection in English alone never waits for. Such a
model is sure of everything, tables of results included, so its word counts only where

* the letters are not Latin, or
* both halves of the text, asked separately, are English, or both are not, and there are words
  enough to ask (neighbours such as Danish and Norwegian may change places between the halves).

An error would cost an English article all its people, so the doubtful ones stay None, and None is
read as English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from corpus_db.data import word_list
from corpus_db.models import Text

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH = "en"
_SAMPLE = 2_000  # characters of a text that are looked at
# Of 1,000 characters of English news about 22 begin one of these; other languages have three of them at most.
_FUNCTION_WORDS = (" the ", " of ", " and ", " to ", " in ")
_ENGLISH_RATE = 8 / 1000
# The shortest of its words that are hardly any in other languages; of the longer ones there is a list.
_SHORT_WORDS = frozenset(
    ("the", "of", "and", "to", "is", "was", "for", "by", "on", "at", "are", "his", "has", "its", "not")
)
_LONG = 4  # letters
_ENGLISH_SHARE = 0.5
# Shorter texts are not asked about: words in lower case, and letters of other alphabets.
_LEAST_WORDS, _LEAST_LETTERS = 16, 12
_CERTAIN = 0.98  # that a half of a text is English, or that it is not
# Of the words of a text in small letters so many are its language's commonest ones; some of them are no other
# language's, and these outnumber (in all of it, so many times) those that only one other language has.
_COMMONEST_SHARE, _LEAST_OWN, _OUTNUMBER = 0.33, 3, 2
_TOLD_BY_WORDS = (
    "es",
    "fr",
    "de",
    "it",
)  # the rest of the list are neighbours that they must not be taken for
_WORD = re.compile(r"[^\W\d_]+")


class _Answer(NamedTuple):
    """What the model says of a text: its likeliest language, and how likely it is English."""

    language: str
    english: float


@cache
def names() -> dict[str, str]:
    """The languages that are told apart: code → English name."""
    return dict(line.split("|") for line in word_list("languages.txt"))


def is_read(language: str | None) -> bool:
    """Whether people, countries and dates are looked for in texts of a language."""
    return language is None or language == ENGLISH


def detect(text: Text) -> str | None:
    """The ISO 639-1 code of the language of an article, None where it is too short or unclear."""
    sample = text.body[:_SAMPLE]
    return ENGLISH if _has_function_words(sample) else _by_words(f"{text.title or ''}\n{sample}")


def _has_function_words(sample: str) -> bool:
    """Whether so many words of a text are the commonest of English that nothing else need be asked."""
    if len(sample) <= _SAMPLE // 10:
        return False
    least = _ENGLISH_RATE * len(sample)
    found = sample.count(_FUNCTION_WORDS[0])
    if not found:
        return False
    for word in _FUNCTION_WORDS[1:]:
        if found >= least:
            break
        found += sample.count(word)
    return found >= least


def _by_words(sample: str) -> str | None:
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if sum(len(word) for word in words if not _is_latin(word)) * 2 > letters:
        return _ask(sample).language if letters >= _LEAST_LETTERS else None
    # Names say nothing about a language: only words in lower case are asked about.
    plain = [word for word in words if word.islower()]
    if len(plain) < _LEAST_WORDS:
        return None
    half = len(plain) // 2
    if _are_english(plain[:half]) and _are_english(plain[half:]):
        return ENGLISH
    told = _by_commonest(plain, _OUTNUMBER)
    if told and told == _by_commonest(plain[:half]) == _by_commonest(plain[half:]):
        return told
    first, second = _ask(" ".join(plain[:half])), _ask(" ".join(plain[half:]))
    if first.english >= _CERTAIN and second.english >= _CERTAIN:
        return ENGLISH
    if max(first.english, second.english) > 1 - _CERTAIN:
        return None
    return _ask(" ".join(plain)).language


def _are_english(words: Sequence[str]) -> bool:
    """Whether at least half of the words in small letters are English ones; other short words are passed over."""
    told = [word for word in words if len(word) >= _LONG or word in _SHORT_WORDS]
    known = sum(map(_vocabulary().__contains__, told))
    return known > 0 and known >= _ENGLISH_SHARE * len(told)


def _by_commonest(words: Sequence[str], outnumber: int = 1) -> str | None:
    """The language whose commonest words these words in small letters are, if it can be no other."""
    lists = _commonest()
    counts = {code: sum(map(own.__contains__, words)) for code, (_, own) in lists.items()}
    found = max(_TOLD_BY_WORDS, key=counts.__getitem__)
    most = counts.pop(found)
    if most < _LEAST_OWN or most <= outnumber * max(counts.values()):
        return None
    return found if sum(map(lists[found][0].__contains__, words)) >= _COMMONEST_SHARE * len(words) else None


@cache
def _commonest() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """For some languages, by code: their commonest words, and those among them that the other lists do not have."""
    lines = (line.split("|") for line in word_list("commonest_words.txt"))
    words = {code: frozenset(listed.split()) for code, listed in lines}
    return {
        code: (own, own.difference(*(words[other] for other in words if other != code)))
        for code, own in words.items()
    }


@cache
def _vocabulary() -> frozenset[str]:
    """Words that newspapers write in small letters; none of fewer than four letters but the commonest."""
    return _SHORT_WORDS.union(word for word in word_list("people/stops.txt") if len(word) >= _LONG)


def _is_latin(word: str) -> bool:
    return ord(word[0]) < 0x250 or 0x1E00 <= ord(word[0]) < 0x1F00


def _ask(text: str) -> _Answer:
    ranked = _model().rank(text)
    return _Answer(str(ranked[0][0]), float(dict(ranked)[ENGLISH]))


@cache
def _model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(list(names()))
    return model
