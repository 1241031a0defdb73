"""Trains the weights of the built-in recogniser.

    python -m benchmarks.people.train [--sets train_conll03,train_ewt] [--output weights.npz]

Needs ../shared/gold and, beside numpy, scipy. Takes some minutes on one core.

Structured log-loss (exact, by forward–backward) of the true division of every run, minimised with
AdaGrad (Duchi et al. 2011). Where a set marks only people, the other classes are summed out. The
features that name a word are dropped at random, so that the model learns to do without. Passes 2
and 3 learn from evidence that comes from models which never saw the article (cross-fitting): a
pass that judged its own training data would look better than it is.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# scipy is needed here only and has no types of its own.
from scipy import sparse  # type: ignore[import-untyped,import-not-found,unused-ignore]

from corpus_db.models import Text
from corpus_db.recognition.people import evidence
from corpus_db.recognition.people.candidates import (
    LINES,
    SHAPES,
    Candidates,
    KnownPlaces,
    candidates_of,
    find_runs,
)
from corpus_db.recognition.people.features import (
    FIRST,
    IDENTITY,
    LAST,
    LEFT1,
    LEFT2,
    LEFT3,
    MIDDLE,
    RIGHT1,
    RIGHT2,
    RIGHT3,
    ROLES,
    SINGLE,
    features_of,
)
from corpus_db.recognition.people.lexicon import lexicon
from corpus_db.recognition.people.model import (
    CLASSES,
    MAX_SCORE,
    PERSON,
    PassWeights,
    forward_backward,
    probabilities,
)
from corpus_db.recognition.people.tokens import Vocabulary, tokenise
from corpus_db.recognition.people.weights import Weights, quantise, save

from .augment import copies
from .data import NOT_NEWS, TRAINING_SETS, Document, training_documents

STEP = 1 / 48
OUTPUT_STEP = 1 / 32
PRUNE = 5  # a vector with no entry of so many steps is left out: a third of the size, no loss
Array = NDArray[Any]

DATA = Path(__file__).parents[2] / "corpus_db" / "data" / "people"


@dataclass(frozen=True)
class Settings:
    """What shapes the training."""

    dimensions: int = 32
    epochs: int = 4
    rate: float = 0.08
    identity_dropout: float = 0.3
    feature_dropout: float = 0.2  # of the other features
    hidden_dropout: float = 0.0
    minimum_count: int = 3
    candidates_per_step: int = 1500
    folds: int = 2
    passes: int = 3
    renamed: float = 0.7  # share of the documents that are also trained on with other names
    excerpts: float = 0.4  # chance of each of two excerpts
    seed: int = 1


class TrainingSet:
    """Annotated documents as candidates, with what the annotation allows for each of them."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = documents
        self.vocabulary = Vocabulary(lexicon())
        self.tokens = tokenise([Text(None, d.text) for d in documents], self.vocabulary)
        self.runs = find_runs(self.tokens)
        self.candidates = candidates_of(self.runs)
        places = KnownPlaces(self.vocabulary.lexicon.place_phrases)
        places.mark(self.tokens, self.vocabulary.hashes.values, self.candidates)
        self.lost = 0
        # What an encyclopaedia calls a person is not quite what a newspaper does: the manner has a
        # vector of its own, learnt with the kinds of line; the recogniser reads all as news.
        manner = np.array([d.id.startswith(NOT_NEWS) for d in documents])
        self.line = self.runs.line + LINES * manner[self.runs.article]
        self._mark()
        self._features()

    def _mark(self) -> None:
        """allowed: (candidates, classes); outside: run tokens; used: runs that the loss counts."""
        candidates, tokens = self.candidates, self.tokens
        number = {
            (int(s), int(n)): i
            for i, (s, n) in enumerate(zip(candidates.start, candidates.size, strict=True))
        }
        run_token = np.full(len(tokens.types), -1)
        run_token[candidates.token] = np.arange(len(candidates.token))
        typed = np.array([d.typed for d in self.documents], np.bool_)
        gold = np.full(len(candidates), -1)
        covered = np.full(len(candidates.token), -1)  # class of the marked name over a run token
        self.used = np.ones(len(self.runs.start), np.bool_)
        for document, base in zip(self.documents, tokens.body_base, strict=True):
            for span in document.spans:
                low = int(np.searchsorted(tokens.end, base + span.start, side="right"))
                high = int(np.searchsorted(tokens.start, base + span.end, side="left"))
                inside = [i for i in range(low, high) if run_token[i] >= 0]
                exact = tokens.start[low] == base + span.start and tokens.end[high - 1] == base + span.end
                if span.kind in CLASSES:
                    kind = CLASSES.index(span.kind)
                    pieces = [(low, high - low)] if kind == PERSON else _pieces(inside, candidates, run_token)
                    known = [number.get(piece) for piece in pieces]
                    if all(k is not None and gold[k] < 0 for k in known) and (exact or kind != PERSON):
                        for (start, size), k in zip(pieces, known, strict=True):
                            if (covered[run_token[start : start + size]] >= 0).any():
                                self.used[candidates.token_run[run_token[start]]] = False
                                continue
                            gold[k] = kind
                            covered[run_token[start : start + size]] = kind
                        continue
                    self.lost += kind == PERSON
                self.used[candidates.token_run[run_token[inside]]] = False
        article_typed = typed[self.runs.article[candidates.run]]
        self.allowed = np.zeros((len(candidates), len(CLASSES)), np.bool_)
        named = np.flatnonzero(gold >= 0)
        self.allowed[named, gold[named]] = True
        in_person = np.concatenate([[0], np.cumsum(covered == PERSON)])
        free = in_person[candidates.first + candidates.size] == in_person[candidates.first]
        self.allowed[np.ix_(free & ~article_typed, [c for c in range(len(CLASSES)) if c != PERSON])] = True
        self.outside = covered < 0

    def _features(self) -> None:
        """Feature names of every type near a candidate."""
        near = np.concatenate([self.tokens.types[self.candidates.token + shift] for shift in range(-3, 4)])
        self.near_types, counts = np.unique(near, return_counts=True)
        classes = self.vocabulary.classes.values
        self.names = {
            int(t): features_of(self.vocabulary.words[t], int(classes[t]), self.vocabulary.lexicon)
            for t in self.near_types
        }
        self.counts = dict(zip(self.near_types.tolist(), counts.tolist(), strict=True))


def _pieces(inside: list[int], candidates: Candidates, run_token: Array) -> list[tuple[int, int]]:
    """The parts (start, size) of the tokens `inside` a name that lie in one run each."""
    pieces: list[tuple[int, int]] = []
    for i in inside:
        same = pieces and pieces[-1][0] + pieces[-1][1] == i
        if same and candidates.token_run[run_token[i]] == candidates.token_run[run_token[i - 1]]:
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + 1)
        else:
            pieces.append((i, 1))
    return pieces


class FeatureSpace:
    """The features that count, and which types have them."""

    def __init__(self, data: TrainingSet, minimum_count: int, articles: Array) -> None:
        seen: collections.Counter[str] = collections.Counter()
        chosen = np.isin(data.runs.article, articles)[data.candidates.token_run]
        here = data.candidates.token[chosen]
        near = np.concatenate([data.tokens.types[here + shift] for shift in range(-3, 4)])
        for kind, count in zip(*np.unique(near, return_counts=True), strict=True):
            for name in data.names[int(kind)]:
                seen[name] += int(count)
        self.names = sorted(name for name, count in seen.items() if count >= minimum_count)
        number = {name: i for i, name in enumerate(self.names)}
        rows, columns = [], []
        for kind in data.near_types.tolist():
            found = [number[name] for name in data.names[kind] if name in number]
            rows += [kind] * len(found)
            columns += found
        shape = (len(data.vocabulary.words), len(self.names))
        self.of_type = sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape)
        self.identity = np.array([name.startswith(IDENTITY) for name in self.names])


def incidence(types: Array, candidates: Candidates, size: int) -> Any:
    """Which (type, role) rows make up each candidate: sparse (candidates, size * roles)."""
    start, length = candidates.start, candidates.size
    last = start + length - 1
    several = length > 1
    everyone = np.arange(len(candidates))
    parts: list[tuple[Array, Array, Any]] = [(everyone, start, np.where(several, FIRST, SINGLE))]
    parts.append((everyone[several], last[several], LAST))
    for k in range(1, int(length.max()) - 1):
        chosen = length > k + 1
        parts.append((everyone[chosen], start[chosen] + k, MIDDLE))
    for shift, left, right in ((1, LEFT1, RIGHT1), (2, LEFT2, RIGHT2), (3, LEFT3, RIGHT3)):
        parts += [(everyone, start - shift, left), (everyone, last + shift, right)]
    rows = np.concatenate([who for who, _, _ in parts])
    columns = np.concatenate([types[token].astype(np.int64) * len(ROLES) + role for _, token, role in parts])
    return sparse.csr_matrix(
        (np.ones(len(rows), np.float32), (rows, columns)), (len(candidates), size * len(ROLES))
    )


class Parameter:
    """An array under AdaGrad; `keep` adds it to the average over the last epochs."""

    def __init__(self, value: Array, rate: float) -> None:
        self.value = value.astype(np.float32)
        self.rate = rate
        self.squares = np.full_like(self.value, 1e-2)
        self.total = np.zeros_like(self.value)
        self.kept = 0

    def update(self, gradient: Array, rows: Array | slice, scale: float) -> None:
        """One step along the gradient of some rows."""
        change = gradient * gradient
        change += self.squares[rows]
        self.squares[rows] = change
        np.sqrt(change, out=change)
        np.divide(gradient, change, out=change)
        change *= scale * self.rate
        self.value[rows] -= change

    def keep(self) -> None:
        """Count the present value into the average."""
        self.total += self.value
        self.kept += 1

    @property
    def average(self) -> Array:
        """The mean of the kept values."""
        return np.asarray(self.total / self.kept)


class PassTrainer:
    """One pass over some articles: `clues` are the evidence buckets of every candidate, or None."""

    def __init__(self, data: TrainingSet, articles: Array, clues: Array | None, settings: Settings) -> None:
        self.data, self.settings, self.clues = data, settings, clues
        self.articles = articles
        self.random = np.random.default_rng(settings.seed)
        self.space = FeatureSpace(data, settings.minimum_count, articles)
        width, rate = settings.dimensions, settings.rate
        self.table = Parameter(np.zeros((len(self.space.names), len(ROLES) * width)), rate)
        self.shapes = Parameter(np.full((SHAPES, width), 0.1), rate)
        self.lines = Parameter(np.zeros((2 * LINES, width)), rate)
        self.evidence = Parameter(np.zeros((evidence.SIZE, width)), rate)
        self.output = Parameter(self.random.uniform(-0.5, 0.5, (width, len(CLASSES))), rate)
        self.bias = Parameter(np.array([-1.0] * len(CLASSES)), rate)
        self.manner_bias = Parameter(
            np.zeros(len(CLASSES)), rate
        )  # what is not news has more of some classes
        # Runs of each article, and where the candidates of each run begin.
        sizes = np.bincount(data.candidates.run, minlength=len(data.runs.start))
        self.offset = np.concatenate([[0], np.cumsum(sizes)])
        order = np.argsort(data.runs.article, kind="stable")
        edges = np.searchsorted(data.runs.article[order], np.arange(len(data.documents) + 1))
        self.article_runs = [order[a:b] for a, b in itertools.pairwise(edges)]
        tokens = np.concatenate([[0], np.cumsum(data.runs.length)])
        self.token_offset = tokens

    def train(self) -> PassTrainer:
        """Run all epochs."""
        epochs = self.settings.epochs
        for epoch in range(epochs):
            loss = 0.0
            for chosen in self._steps():
                loss += self._step(chosen, 1.0 - 0.9 * epoch / epochs)
            if epoch >= epochs * 0.6:
                for parameter in (self.table, self.shapes, self.lines, self.evidence, self.output, self.bias):
                    parameter.keep()
                self.manner_bias.keep()
        self.loss = loss
        return self

    def _steps(self) -> Any:
        """Random groups of articles, as their runs in ascending order."""
        runs: list[Array] = []
        size = 0
        for article in self.random.permutation(self.articles):
            mine = self.article_runs[article]
            mine = mine[self.data.used[mine]]
            runs.append(mine)
            size += int((self.offset[mine + 1] - self.offset[mine]).sum())
            if size > self.settings.candidates_per_step:
                yield np.sort(np.concatenate(runs))
                runs, size = [], 0
        if size:
            yield np.sort(np.concatenate(runs))

    def _select(self, runs: Array) -> tuple[Candidates, Array, Array]:
        """Candidates of the runs, their numbers and those of their run tokens in the whole set."""
        candidates = candidates_of(self.data.runs, runs)
        numbers = _ranges(self.offset[runs], self.offset[runs + 1])
        candidates.shape[:] = self.data.candidates.shape[numbers]
        return candidates, numbers, _ranges(self.token_offset[runs], self.token_offset[runs + 1])

    def _step(self, runs: Array, scale: float) -> float:
        data = self.data
        candidates, numbers, tokens = self._select(runs)
        near = np.unique(np.concatenate([data.tokens.types[candidates.token + s] for s in range(-3, 4)]))
        features = self._dropped(self.space.of_type[near])
        active = np.unique(features.indices)
        features = features[:, active]
        table = (features @ self.table.value[active]).reshape(len(near) * len(ROLES), -1)
        local = np.zeros(len(data.vocabulary.words), np.int32)
        local[near] = np.arange(len(near))
        parts = incidence(local[data.tokens.types], candidates, len(near))
        h = parts @ table + self._rest(candidates, runs, numbers)
        mask = self._kept_units(len(candidates))
        active_h = np.maximum(h, 0) * mask
        line = data.line[runs][candidates.run]
        other = (line >= LINES)[:, None]
        score = active_h @ self.output.value + self.bias.value + other * self.manner_bias.value
        loss, gradient = self._loss(candidates, score, data.allowed[numbers], data.outside[tokens])
        back = (gradient @ self.output.value.T) * (h > 0) * mask
        self.output.update(active_h.T @ gradient, slice(None), scale)
        self.bias.update(gradient.sum(axis=0), slice(None), scale)
        self.manner_bias.update((gradient * other).sum(axis=0), slice(None), scale)
        rows = (parts.T @ back).reshape(len(near), -1)
        self.table.update(features.T @ rows, active, scale)
        for parameter, index in ((self.shapes, candidates.shape), (self.lines, line)):
            parameter.update(_scatter(index, back, len(parameter.value)), slice(None), scale)
        if self.clues is not None:
            gathered = sum(_scatter(column, back, evidence.SIZE) for column in self.clues[:, numbers])
            self.evidence.update(np.asarray(gathered), slice(None), scale)
        return loss

    def _kept_units(self, count: int) -> Array:
        """Which hidden units of which candidate count, scaled up for those that do not."""
        share = self.settings.hidden_dropout
        kept = self.random.random((count, self.settings.dimensions), np.float32) >= share
        return np.asarray(kept / np.float32(1 - share), np.float32)

    def _dropped(self, features: Any) -> Any:
        """Without the features that name the word, for a share of the types."""
        drop = self.random.random(features.shape[0]) < self.settings.identity_dropout
        owner = np.repeat(np.arange(features.shape[0]), np.diff(features.indptr))
        keep = ~(drop[owner] & self.space.identity[features.indices])
        if self.settings.feature_dropout:
            keep &= self.random.random(len(keep)) >= self.settings.feature_dropout
        return sparse.csr_matrix((features.data[keep], (owner[keep], features.indices[keep])), features.shape)

    def _rest(self, candidates: Candidates, runs: Array, numbers: Array, average: bool = False) -> Array:
        """The part of h that does not come from tokens."""
        parameters = (self.shapes, self.lines, self.evidence)
        shapes, lines, clues = ((p.average if average else p.value) for p in parameters)
        rest = shapes[candidates.shape] + lines[self.data.line[runs]][candidates.run]
        if self.clues is not None:
            for column in self.clues[:, numbers]:
                rest += clues[column]
        return np.asarray(rest)

    @staticmethod
    def _loss(candidates: Candidates, score: Array, allowed: Array, outside: Array) -> tuple[float, Array]:
        """Structured log-loss and its gradient in the scores."""
        weight = np.exp(np.clip(score, -MAX_SCORE, MAX_SCORE).astype(np.float64))
        true_weight = weight * allowed
        total, true_total = weight.sum(axis=1), true_weight.sum(axis=1)
        gradient = np.empty_like(weight)
        loss, token = 0.0, 0
        for block in candidates.blocks:
            count, size = block.runs.stop - block.runs.start, len(block.layout.start)
            part = slice(block.first, block.first + count * size)
            length = block.layout.length
            free = outside[token : token + count * length].reshape(count, length).astype(np.float64)
            token += count * length
            marginal, log_total = forward_backward(block, total[part].reshape(count, size))
            true_marginal, true_log = forward_backward(block, true_total[part].reshape(count, size), free)
            loss += float((log_total - true_log).sum())
            gradient[part] = weight[part] * (marginal.ravel() / total[part])[:, None]
            share = true_marginal.ravel() / np.maximum(true_total[part], 1e-300)
            gradient[part] -= true_weight[part] * share[:, None]
        return loss, gradient.astype(np.float32)

    def probabilities(self, articles: Array) -> tuple[Array, Array]:
        """Numbers of the candidates of some articles, and the probability of each class."""
        data = self.data
        runs = np.sort(np.concatenate([self.article_runs[a] for a in articles]))
        candidates, numbers, _ = self._select(runs)
        near = np.unique(np.concatenate([data.tokens.types[candidates.token + s] for s in range(-3, 4)]))
        table = (self.space.of_type[near] @ self.table.average).reshape(len(near) * len(ROLES), -1)
        local = np.zeros(len(data.vocabulary.words), np.int32)
        local[near] = np.arange(len(near))
        h = incidence(local[data.tokens.types], candidates, len(near)) @ table
        h += self._rest(candidates, runs, numbers, average=True)
        score = np.maximum(h, 0) @ self.output.average + self.bias.average
        score += (data.line[runs][candidates.run] >= LINES)[:, None] * self.manner_bias.average
        return numbers, probabilities(candidates, score.astype(np.float64))


def _ranges(low: Array, high: Array) -> Array:
    """low[0] … high[0] - 1, low[1] … high[1] - 1, …"""
    sizes = high - low
    return np.repeat(low - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())


def _scatter(index: Array, values: Array, size: int) -> Array:
    """Sums of the rows of `values` by index."""
    matrix = sparse.csr_matrix(
        (np.ones(len(index), np.float32), (index, np.arange(len(index)))), (size, len(index))
    )
    return np.asarray(matrix @ values)


def clues_of(data: TrainingSet, probability: Array) -> Array:
    """Rows of the evidence table for every candidate: (evidence features, candidates)."""
    gather = evidence.ArticleEvidence(data.tokens, data.vocabulary.hashes.values, data.candidates)
    return np.array([b + o for b, o in zip(gather(probability), evidence.OFFSETS, strict=True)])


def train(documents: Sequence[Document], settings: Settings) -> Weights:
    """Train all passes on the documents."""
    started = time.monotonic()
    fold = np.random.default_rng(settings.seed).permutation(len(documents)) % settings.folds
    more = copies(documents, settings.renamed, settings.excerpts, settings.seed)
    fold = np.concatenate([fold, fold[[original for original, _ in more]]])
    documents = [*documents, *(copy for _, copy in more)]
    data = TrainingSet(documents)
    everything = np.arange(len(documents))
    print(
        f"{len(documents)} documents, {len(data.candidates)} candidates, {data.lost} names lost", flush=True
    )
    clues = None
    trained = []
    for number in range(settings.passes):
        trainer = PassTrainer(data, everything, clues, settings).train()
        trained.append(trainer)
        print(f"pass {number + 1}: loss {trainer.loss:.0f}, {time.monotonic() - started:.0f} s", flush=True)
        if number + 1 < settings.passes:
            probability = np.zeros((len(data.candidates), len(CLASSES)))
            for k in range(settings.folds):
                judge = PassTrainer(data, everything[fold != k], clues, settings).train()
                numbers, here = judge.probabilities(everything[fold == k])
                probability[numbers] = here
            clues = clues_of(data, probability)
            print(f"evidence of pass {number + 1}: {time.monotonic() - started:.0f} s", flush=True)
    return pack(trained)


def pack(trained: Sequence[PassTrainer]) -> Weights:
    """The trained passes as small integers over shared features; vectors near zero are left out."""
    names = trained[0].space.names
    assert all(trainer.space.names == names for trainer in trained)
    passes = [
        PassWeights(
            quantise(trainer.shapes.average, STEP, np.int16),
            quantise(trainer.lines.average[:LINES], STEP, np.int16),
            quantise(trainer.evidence.average, STEP, np.int16),
            quantise(trainer.output.average, OUTPUT_STEP, np.int8),
            trainer.bias.average.astype(np.float64),
            STEP,
            OUTPUT_STEP,
        )
        for trainer in trained
    ]
    parts = []
    for trainer in trained:
        vectors = quantise(trainer.table.average, STEP, np.int8).reshape(-1, trainer.settings.dimensions)
        vectors[np.abs(vectors.astype(np.int32)).max(axis=1) < PRUNE] = 0
        parts.append(vectors)
    side_by_side = np.concatenate(parts, axis=1)
    cells = np.flatnonzero(side_by_side.any(axis=1))
    table = np.pad(side_by_side[cells], ((1, 0), (0, 0)))
    return Weights(tuple(names), cells.astype(np.int32), table, tuple(passes))


def main() -> None:
    """Train and write the weights."""
    parser = argparse.ArgumentParser(description="Train the built-in recogniser of persons.")
    parser.add_argument("--sets", default=",".join(TRAINING_SETS))
    parser.add_argument("--output", type=Path, default=DATA / "weights.npz")
    defaults = Settings()
    for name, value in vars(defaults).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(value), default=value)
    options = vars(parser.parse_args())
    output, sets = options.pop("output"), options.pop("sets").split(",")
    weights = train(training_documents(sets), Settings(**options))
    save(weights, output)
    print(f"{output}: {output.stat().st_size / 1e6:.1f} MB, {len(weights.cells)} vectors")


if __name__ == "__main__":
    main()
