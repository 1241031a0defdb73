"""The language that a text shows, or None where it is too short or unclear to tell. Pure.

English is told by its commonest words, counted in the text's beginning: half a microsecond for most
articles, and no model is loaded. What that leaves open goes to py3langid, a naive Bayes model over
byte sequences with its weights in the package (BSD, numpy alone; langdetect is no longer kept and
draws lots, lingua weighs 96 MB, what builds on fastText needs a compiler or a download). Such a
model is sure of everything, tables of results included, so its word counts only where

* the letters are not Latin, or
* both halves of the text, asked separately, are English, or both are not, and there are words
  enough to ask (neighbours such as Danish and Norwegian may change places between the halves).

An error would cost an English article all its people, so the doubtful ones stay None, and None is
read as English.
"""

from __future__ import annotations

import re
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
    the, *others = [sample.count(word) for word in _FUNCTION_WORDS]
    if the and the + sum(others) >= _ENGLISH_RATE * len(sample) and len(sample) > _SAMPLE // 10:
        return ENGLISH
    return _by_model(f"{text.title or ''}\n{sample}")


def _by_model(sample: str) -> str | None:
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if sum(len(word) for word in words if not _is_latin(word)) * 2 > letters:
        return _ask(sample).language if letters >= _LEAST_LETTERS else None
    # Names say nothing about a language: only words in lower case are asked about.
    plain = [word for word in words if word.islower()]
    if len(plain) < _LEAST_WORDS:
        return None
    half = len(plain) // 2
    first, second = _ask(" ".join(plain[:half])), _ask(" ".join(plain[half:]))
    if first.english >= _CERTAIN and second.english >= _CERTAIN:
        return ENGLISH
    if max(first.english, second.english) > 1 - _CERTAIN:
        return None
    return _ask(" ".join(plain)).language


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
