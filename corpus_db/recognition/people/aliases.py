"""Names that the recogniser could not know, because an article gives them to a person: "nicknamed the Fox".

After the names of an article are chosen, the few places where a token begins a phrase such as "known as"
are looked at (corpus_db/names/aliases.py). Where the words before it tell of a person, what it announces is
a mention, there and wherever the article has it again in the same capitals. Nothing else of the batch is
looked at: one article's alias says nothing about another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from ...models import Field, PersonSpan, Text
from ...names import aliases
from .candidates import Indices
from .lexicon import PLACE_NAME, STOPS, Lexicon
from .tokens import Tokens, Vocabulary, WordBits
from .words import fold

RULE = "alias"
CONFIDENCE = 0.9  # stated; see docs/accuracy.md
FIRST, ALONE, LAST = 1, 2, 4  # what a word is in a phrase: its first, all of it, its last
NEAR = np.arange(1, 5)  # tokens after the first in which a phrase of several words ends
AGAIN = 0.85  # the same words elsewhere in the article


def add_aliases(
    batch: Sequence[Text], tokens: Tokens, vocabulary: Vocabulary, found: list[list[PersonSpan]]
) -> list[list[PersonSpan]]:
    """`found` with the aliases that the articles state, in order (title before body, start)."""
    announced: dict[int, list[_Announced]] = {}
    hits = _phrases(tokens, vocabulary)
    articles = np.searchsorted(tokens.first, hits, side="right") - 1
    in_title = tokens.start[hits] < tokens.body_base[articles]
    places = tokens.start[hits] - np.where(in_title, tokens.title_base[articles], tokens.body_base[articles])
    for article, title, place in zip(articles.tolist(), in_title.tolist(), places.tolist(), strict=True):
        content = (batch[article].title or "") if title else batch[article].body
        phrase = aliases.phrase_at(content, place)
        alias = aliases.alias_after(content, phrase.end) if phrase is not None else None
        if phrase is not None and alias is not None:
            announced.setdefault(article, []).append(_Announced("title" if title else "body", phrase, alias))
    for article, those in announced.items():
        own = _Article(batch[article], found[article], vocabulary.lexicon)
        stated = list(own.stated(those))
        if stated:
            found[article] = own.with_aliases(stated)
    return found


class _Announced(NamedTuple):
    field: Field
    phrase: aliases.Phrase
    alias: aliases.Alias


def _phrases(tokens: Tokens, vocabulary: Vocabulary) -> Indices:
    """The tokens that may begin a phrase."""
    says = vocabulary.said(_bits())
    hits = np.flatnonzero((says.take(tokens.types) & FIRST) != 0)
    alone = (says.take(tokens.types.take(hits)) & ALONE) != 0
    ended = (says.take(tokens.types.take(hits[:, None] + NEAR, mode="clip")) & LAST).any(axis=1)
    result: Indices = hits[alone | ended]
    return result


@cache
def _bits() -> WordBits:
    words = aliases.first_words()
    return WordBits(
        (
            (FIRST, words),
            (ALONE, [word for word, others in words.items() if not others]),
            (LAST, frozenset().union(*words.values())),
        )
    )


class _Article:
    """One article and the names found in it so far."""

    def __init__(self, text: Text, spans: Sequence[PersonSpan], lexicon: Lexicon) -> None:
        self._contents: dict[Field, str] = {"title": text.title or "", "body": text.body}
        self._spans = list(spans)
        self._lexicon = lexicon

    def stated(self, announced: Iterable[_Announced]) -> Iterator[tuple[PersonSpan, bool]]:
        """Those that are a person's and nobody's name yet, and whether "the" stands before them."""
        for field, phrase, alias in announced:
            content = self._contents[field]
            before = [span for span in self._spans if span.field == field and span.end <= phrase.start]
            if before and not aliases.is_one(content, before[-1].start):
                continue  # what two are called together
            held = bool(before) and aliases.is_holder(content, before[-1].end, phrase)
            sure = held or aliases.is_of_person(content, phrase)
            if sure and self._may_be(content, alias) and not self._is_found(field, alias):
                words = content[alias.start : alias.end]
                yield PersonSpan(field, alias.start, alias.end, words, RULE, CONFIDENCE), alias.article

    def _may_be(self, content: str, alias: aliases.Alias) -> bool:
        """Whether the words can be a person's: no demonym or place, no word that runs on."""
        words = content[alias.start : alias.end].split()
        if "and" in words or len(words[0]) < 2:
            return False
        listed = self._lexicon.listed_one(fold(words[0]))
        return alias.quoted or len(words) > 1 or not listed & (STOPS | PLACE_NAME)

    def _is_found(self, field: Field, alias: aliases.Alias) -> bool:
        """Whether a name that was found holds all of the alias."""
        return any(
            span.field == field and span.start <= alias.start and alias.end <= span.end
            for span in self._spans
        )

    def with_aliases(self, stated: Sequence[tuple[PersonSpan, bool]]) -> list[PersonSpan]:
        """The article's names with these and their repetitions; names inside a stated alias give way to it."""
        spans = [span for span in self._spans if not any(_overlap(span, alias) for alias, _ in stated)]
        spans += [alias for alias, _ in stated]
        for alias, has_article in stated:
            for again in self._again(alias.text, has_article):
                if not any(_overlap(again, span) for span in spans):
                    spans.append(again)
        return sorted(spans, key=lambda span: (span.field != "title", span.start))

    def _again(self, words: str, has_article: bool) -> Iterator[PersonSpan]:
        """Where the article has these words; after "the" or in quotation marks if they were stated with "the"."""
        for field, content in self._contents.items():
            start = content.find(words)
            while start >= 0:
                end = start + len(words)
                before, after = content[max(0, start - 4) : start], content[end : end + 2]
                whole = not (before[-1:].isalnum() or before[-1:] == "-" or after[:1].isalnum())
                alone = " " in words or not (after[:1] == " " and after[1:].isupper())
                marked = before.lower() == "the " or before[-1:] in aliases.QUOTES
                if whole and alone and (marked or not has_article):
                    yield PersonSpan(field, start, end, words, RULE, AGAIN)
                start = content.find(words, end)


def _overlap(one: PersonSpan, other: PersonSpan) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end
