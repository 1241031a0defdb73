"""The language that a text shows, or None where it is too short or unclear to tell. Pure.

English is told by its commonest words, counted in the text's beginning: a few microseconds for most
articles. Short texts and tables have few of them; there most words in small letters are English ones, which
is so in no other language: of the declarations of human rights in the languages below none has three
in ten, English has eight. What that leaves open goes to py3langid, a naive Bayes model over
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
