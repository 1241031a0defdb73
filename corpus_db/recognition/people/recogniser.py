"""The built-in recogniser: candidate spans judged in passes over the article.

Tokens -> runs -> candidates -> pass 1 (words and neighbours) -> passes 2 and 3 (the same, and
what the pass before found in the whole article) -> choice. See model.py for the method.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import numpy as np

from ...models import PersonSpan, Text
from . import decode, evidence
from .candidates import Candidates, candidates_of, find_runs
from .lexicon import Lexicon
from .model import Floats, Scorer, probabilities, scores
from .tokens import Tokens, Vocabulary, tokenise
from .weights import Weights

MAX_BATCH = 250_000  # characters judged at once; bounds the memory and fits the processor's cache


class SpanRecogniser:
    """Finds persons with trained weights; fast on batches, safe to share between threads."""

    name = "spans"

    def __init__(self, weights: Weights, lexicon: Lexicon) -> None:
        self.vocabulary = Vocabulary(lexicon)
        self.scorer = Scorer(weights.passes, weights.feature_names, self.vocabulary)
        self._lock = threading.Lock()

    def find(self, batch: Sequence[Text]) -> list[list[PersonSpan]]:
        """The persons of each article, in order of (title before body, start)."""
        result: list[list[PersonSpan]] = []
        with self._lock:
            for part in _parts(batch):
                if self.vocabulary.make_room():
                    self.scorer.reset()
                result += self._find(part)
        return result

    def _find(self, batch: Sequence[Text]) -> list[list[PersonSpan]]:
        tokens = tokenise(batch, self.vocabulary)
        candidates = candidates_of(find_runs(tokens))
        if not len(candidates):
            return [[] for _ in batch]
        probability = self.judge(tokens, candidates)
        chosen = decode.choose(candidates, probability)
        return self._spans(batch, tokens, candidates, chosen, probability)

    def judge(self, tokens: Tokens, candidates: Candidates) -> Floats:
        """The probability of each class for every candidate, after all passes."""
        scorer = self.scorer
        scorer.prepare(tokens.types, candidates)
        gather = None
        probability: Floats | None = None
        for number, vectors in enumerate(scorer.passes):
            weights = vectors.weights
            h = scorer.hidden(number, tokens.types, candidates)
            if probability is not None:
                gather = gather or evidence.ArticleEvidence(tokens, self.vocabulary.hashes.values, candidates)
                for offset, buckets in zip(evidence.OFFSETS, gather(probability), strict=True):
                    h += weights.evidence[buckets + offset]
            probability = probabilities(candidates, scores(weights, h))
        assert probability is not None
        return probability

    def _spans(
        self,
        batch: Sequence[Text],
        tokens: Tokens,
        candidates: Candidates,
        chosen: np.ndarray,  # type: ignore[type-arg]
        probability: Floats,
    ) -> list[list[PersonSpan]]:
        result: list[list[PersonSpan]] = [[] for _ in batch]
        first = candidates.start[chosen]
        last = first + candidates.size[chosen] - 1
        rows = zip(
            candidates.runs.article[candidates.run[chosen]].tolist(),
            tokens.start[first].tolist(),
            tokens.end[last].tolist(),
            np.round(probability[chosen, 0], 2).tolist(),
            strict=True,
        )
        title_base, body_base = tokens.title_base.tolist(), tokens.body_base.tolist()
        for article, start, end, confidence in rows:
            text = batch[article]
            if start >= body_base[article]:
                start, end = start - body_base[article], end - body_base[article]
                result[article].append(PersonSpan("body", start, end, text.body[start:end], "model", confidence))
            else:
                assert text.title is not None
                start, end = start - title_base[article], end - title_base[article]
                result[article].append(PersonSpan("title", start, end, text.title[start:end], "model", confidence))
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
