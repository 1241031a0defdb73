"""The built-in recogniser: candidate spans judged in passes over the article.

Tokens -> runs -> candidates -> pass 1 (words and neighbours) -> passes 2 and 3 (the same, and
what the pass before found in the whole article) -> choice. See model.py for the method.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import numpy as np

from ...models import Field, PersonSpan, Text
from .aliases import add_aliases
from .candidates import Candidates, KnownPlaces, candidates_of, find_runs
from .decode import decode
from .evidence import ArticleEvidence, combinations, combined
from .lexicon import Lexicon
from .model import Floats, TypeVectors, probabilities, scores
from .rules import Found, ranges_of
from .tokens import Tokens, Vocabulary, tokenise
from .weights import Weights

MAX_BATCH = 1_000_000  # characters judged at once, more than in a chunk of an import; bounds the memory


class SpanRecogniser:
    """Finds persons with trained weights; fast on batches, safe to share between threads."""

    name = "spans"

    def __init__(self, weights: Weights, lexicon: Lexicon) -> None:
        self.vocabulary = Vocabulary(lexicon)
        self.vectors = TypeVectors(weights, self.vocabulary)
        self.places = KnownPlaces(lexicon.place_phrases)
        self._clues = [combined(passing.evidence) for passing in weights.passes]
        self._lock = threading.Lock()

    def find(self, batch: Sequence[Text]) -> list[list[PersonSpan]]:
        """The persons of each article, in order of (title before body, start)."""
        result: list[list[PersonSpan]] = []
        with self._lock:
            for part in _parts(batch):
                kept = self.vocabulary.make_room(self.vectors.full)
                if kept is not None:
                    self.vectors.keep(kept)
                result += self._find(part)
        return result

    def _find(self, batch: Sequence[Text]) -> list[list[PersonSpan]]:
        tokens = tokenise(batch, self.vocabulary)
        candidates = candidates_of(find_runs(tokens))
        if not len(candidates):
            return [[] for _ in batch]
        self.places.mark(tokens, self.vocabulary.hashes.values, candidates)
        probability, gathered = self.judge(tokens, candidates)
        found = decode(tokens, self.vocabulary, candidates, probability, gathered)
        return add_aliases(batch, tokens, self.vocabulary, _spans(batch, tokens, found))

    def judge(self, tokens: Tokens, candidates: Candidates) -> tuple[Floats, ArticleEvidence | None]:
        """The probability of each class for every candidate after all passes, and what it rests on."""
        vectors = self.vectors.hidden(self.vectors.parts(tokens.types, candidates), candidates)
        gather: ArticleEvidence | None = None
        probability: Floats | None = None
        low = 0
        for weights, clues in zip(self.vectors.passes, self._clues, strict=True):
            high = low + len(weights.output)
            h = np.ascontiguousarray(vectors[:, low:high])
            low = high
            if probability is not None:
                gather = gather or ArticleEvidence(tokens, self.vocabulary.hashes.values, candidates)
                for table, rows in zip(clues, combinations(gather(probability)), strict=True):
                    h += table.take(rows, axis=0)
            probability = probabilities(candidates, scores(weights, h))
        assert probability is not None
        return probability, gather


def _spans(batch: Sequence[Text], tokens: Tokens, found: Sequence[Found]) -> list[list[PersonSpan]]:
    """The names as spans of the article's title or body."""
    result: list[list[PersonSpan]] = [[] for _ in batch]
    if not found:
        return result
    first, after = ranges_of(found)
    last = after - 1
    articles = np.searchsorted(tokens.first, first, side="right") - 1
    start, end = tokens.start[first], tokens.end[last]
    base = tokens.body_base[articles]
    in_title = start < base
    base[in_title] = tokens.title_base[articles[in_title]]
    sure = np.round([name.probability for name in found], 2)
    columns = (column.tolist() for column in (articles, in_title, start - base, end - base, sure))
    new = tuple.__new__  # twice as fast as the class's own
    for name, article, title, low, high, probability in zip(found, *columns, strict=True):
        text = (batch[article].title or "") if title else batch[article].body
        field: Field = "title" if title else "body"
        result[article].append(new(PersonSpan, (field, low, high, text[low:high], name.rule, probability)))
    return result


def _parts(batch: Sequence[Text]) -> Iterator[Sequence[Text]]:
    """The batch in parts of at most MAX_BATCH characters, or one article."""
    low = size = 0
    for high, text in enumerate(batch):
        length = len(text.body) + len(text.title or "")
        if high > low and size + length > MAX_BATCH:
            yield batch[low:high]
            low, size = high, 0
        size += length
    if low < len(batch):
        yield batch[low:]
