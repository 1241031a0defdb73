"""The built-in recogniser: candidate spans judged in passes over the article.

Tokens -> runs -> candidates -> pass 1 (words and neighbours) -> passes 2 and 3 (the same, and
what the pass before found in the whole article) -> choice. See model.py for the method.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator, Sequence

import numpy as np

from ...models import Field, PersonSpan, Text
from .aliases import add_aliases
from .candidates import Candidates, KnownPlaces, candidates_of, find_runs
from .decode import decode
from .evidence import ArticleEvidence, combinations, combined
from .found import RULES, Names, articles_of
from .lexicon import Lexicon
from .model import Floats, TypeVectors, probabilities, scores
from .parting import part_names
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
        spans = [part_names(names) for names in _spans(batch, tokens, found)]
        return add_aliases(batch, tokens, self.vocabulary, spans)

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


def _spans(batch: Sequence[Text], tokens: Tokens, names: Names) -> list[list[PersonSpan]]:
    """The names as spans of the article's title or body."""
    start, end = tokens.start.take(names.start), tokens.end.take(names.end - 1)
    articles = articles_of(tokens, names.start) - 1
    base = tokens.body_base.take(articles)
    in_title = start < base
    base[in_title] = tokens.title_base[articles[in_title]]
    fields: tuple[Field, Field] = ("body", "title")
    contents = [(text.body, text.title or "") for text in batch]
    start -= base
    end -= base
    columns = [column.tolist() for column in (articles, in_title, start, end)]
    texts = [contents[article][title][low:high] for article, title, low, high in zip(*columns, strict=True)]
    rows = zip(
        map(fields.__getitem__, columns[1]),
        *columns[2:],
        texts,
        map(RULES.__getitem__, names.rule.tolist()),
        np.round(names.probability, 2).tolist(),
        strict=True,
    )
    spans = list(map(tuple.__new__, itertools.repeat(PersonSpan), rows))  # twice as fast as the class's own
    edges = articles.searchsorted(np.arange(len(batch) + 1)).tolist()
    return [spans[low:high] for low, high in itertools.pairwise(edges)]


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
