"""Where a name can stand: runs of capitalised tokens, and every part of them.

A *run* is a stretch of tokens that can be in a name, joined by single spaces: capitalised words,
initials, "al-X", suffixes after a name, particles before one. Line breaks, punctuation and stop
words ("The", "Minister") cut it, and so does a word like "Yet" that opens a sentence. A *candidate*
is every part of a run of one to six tokens. On the gold sets 98 to 99.8 % of all names are candidates.

Runs of one length have the same candidates in the same order. Everything after this is therefore
laid out by run length: the candidates of all runs of length n are one block, shaped (runs, size),
and no code looks at a single run.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from .tokens import Tokens
from .words import (
    BREAK,
    INITIAL,
    LOWER,
    MARK,
    NAME,
    OPENER,
    PARTICLE,
    STOP,
    SUFFIX,
    TAIL,
    stable_hashes,
)

MAX_SPAN = 6
MAX_RUN = 16

NO_CANDIDATE = 1 << 40

Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Layout:
    """The candidates of a run of `length` tokens, in order of (start, span length)."""

    length: int
    start: Indices
    size: Indices  # tokens in the candidate
    # Numbers of the candidates one token longer to the left and to the right, without the first and
    # without the last token, (4, size); beyond all numbers where there is none.
    beside: Indices
    shape: Indices  # one number for (size, run length, at its start, at its end)
    ending: tuple[
        tuple[tuple[int, int], ...], ...
    ]  # per end 1, 2, …: (number, start) of the candidates there
    beginning: tuple[tuple[tuple[int, int], ...], ...]  # per start 0, 1, …: (number, end)


_FORMS = MAX_SPAN * MAX_SPAN * 4
PLACES = _FORMS  # shapes from here on are those of names of known places
SHAPES = 2 * _FORMS


@cache
def layout(length: int) -> Layout:
    """The layout of runs of `length` tokens."""
    spans = [(i, n) for i in range(length) for n in range(1, min(MAX_SPAN, length - i) + 1)]
    number = {span: k for k, span in enumerate(spans)}

    def look_up(start_shift: int, size_shift: int) -> Indices:
        return np.array([number.get((i + start_shift, n + size_shift), NO_CANDIDATE) for i, n in spans])

    shape = [
        (((n - 1) * MAX_SPAN + min(length, MAX_SPAN) - 1) * 2 + (i == 0)) * 2 + (i + n == length)
        for i, n in spans
    ]
    return Layout(
        length,
        np.array([i for i, _ in spans]),
        np.array([n for _, n in spans]),
        np.stack([look_up(-1, 1), look_up(0, 1), look_up(1, -1), look_up(0, -1)]),
        np.array(shape),
        tuple(
            tuple((k, i) for k, (i, n) in enumerate(spans) if i + n == end) for end in range(1, length + 1)
        ),
        tuple(tuple((k, i + n) for k, (i, n) in enumerate(spans) if i == start) for start in range(length)),
    )


@cache
def places_in(length: int, longest: int) -> Indices:
    """The candidates of runs of `length` tokens by their numbers among those of runs of `longest`."""
    one, other = layout(length), layout(longest)
    number = {span: k for k, span in enumerate(zip(other.start.tolist(), other.size.tolist(), strict=True))}
    return np.array([number[span] for span in zip(one.start.tolist(), one.size.tolist(), strict=True)])


@dataclass(frozen=True, eq=False)
class Runs:
    """The runs of a batch, in order of (length, position)."""

    start: Indices  # index of the first token
    length: Indices
    article: Indices
    line: Indices  # what the line around the run looks like, 0 … LINES - 1


LINES = 12


@dataclass(frozen=True, eq=False)
class Block:
    """The candidates of all runs of one length: numbers `first` to `first + runs * size`."""

    layout: Layout
    runs: slice
    first: int


@dataclass(frozen=True, eq=False)
class Candidates:
    """All candidates of some runs; one entry each, in order of (run, candidate in the run)."""

    runs: Runs
    blocks: tuple[Block, ...]
    run: Indices  # number of the run
    start: Indices  # index of the first token in the batch
    size: Indices  # tokens
    shape: Indices
    token: Indices  # indices of all tokens that stand in runs, run by run
    token_run: Indices  # and their runs
    first: Indices  # number of the first token in `token`; the last is first + size - 1

    def __len__(self) -> int:
        return len(self.run)

    @property
    def ones(self) -> int:
        """The number of runs of one token, which come first: so many candidates, and so many tokens."""
        first = self.blocks[0] if self.blocks else None
        return first.runs.stop if first is not None and first.layout.length == 1 else 0


def find_runs(tokens: Tokens) -> Runs:
    """The runs of a batch of articles."""
    classes = tokens.classes
    if not len(classes):
        empty = np.zeros(0, np.int64)
        return Runs(empty, empty, empty, empty)
    member = (classes & (NAME | INITIAL)) != 0
    joined = _joined(tokens)
    special = np.flatnonzero((classes & (PARTICLE | OPENER | TAIL | SUFFIX)) != 0)
    kinds = classes.take(special)
    # Particles, from the last of a chain to its first: "van" "der" before "Pas".
    particle = special[(kinds & PARTICLE) != 0]
    for _ in range(3):
        particle = particle[~member[particle]]
        member[particle[member[particle + 1] & joined[particle + 1]]] = True
    # "Yet Romney" at the start of a sentence; "Yet" by itself is the model's to judge.
    opener = special[(kinds & OPENER) != 0]
    opener = opener[(classes[opener - 1] & (MARK | BREAK)) != 0]
    member[opener[member[opener + 1] & joined[opener + 1]]] = False
    # Tails and suffixes follow a member.
    tail = special[(kinds & TAIL) != 0]
    tail = tail[tokens.start[tail] == tokens.end[tail - 1]]
    member[tail[(classes[tail - 1] & STOP) != 0] - 1] = True  # "In-so" is no "In"
    member[tail[member[tail - 1]]] = True
    suffix = special[(kinds & SUFFIX) != 0]
    member[suffix[member[suffix - 1] & joined[suffix]]] = True
    both = member[1:] & member[:-1] & joined[1:]
    opens = member.copy()
    opens[1:] ^= both
    closes = member
    closes[:-1] ^= both
    start, end = np.flatnonzero(opens), np.flatnonzero(closes) + 1
    start, length = _cut_long(start, end - start)
    # A name has a capitalised word of its own, not only initials and particles.
    # The number of the next such word, at or after each run's start.
    named = np.append(np.flatnonzero((classes & NAME) != 0), len(classes))
    keep = named[named.searchsorted(start)] < start + length
    start, length = start[keep], length[keep]
    order = np.argsort(length.astype(np.uint8), kind="stable")
    start, length = start[order], length[order]
    article = np.searchsorted(tokens.first, start, side="right") - 1
    return Runs(start, length, article, _line_kinds(tokens, start))


def _joined(tokens: Tokens) -> NDArray[np.bool_]:
    """Whether each token stands so close to the one before that both can be in one name."""
    gap = tokens.start[1:] - tokens.end[:-1]
    joined = np.zeros(len(tokens.start), np.bool_)
    np.less_equal(gap, 1, out=joined[1:])
    # Where a text has lost its points: "Charles E  Schumer", but not "U S  Senator".
    initial = np.flatnonzero((tokens.classes & INITIAL) != 0)
    after_name = (tokens.classes & NAME) != 0
    # Two names between which something was lost: "HowlettPaul".
    joined[1:] &= (gap > 0) | ~after_name[1:] | ~after_name[:-1]
    for _ in range(2):
        chosen = initial[joined[initial] & after_name[initial - 1]]
        after_name[chosen] = True
        joined[chosen + 1] |= gap[chosen] == 2
    return joined


def _cut_long(start: Indices, length: Indices) -> tuple[Indices, Indices]:
    """Cut runs of more than MAX_RUN tokens into pieces."""
    pieces = -(-length // MAX_RUN)
    if (pieces <= 1).all():
        return start, length
    number = np.arange(pieces.sum()) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    end = np.repeat(start + length, pieces)
    start = np.repeat(start, pieces) + number * MAX_RUN
    return start, np.minimum(end - start, MAX_RUN)


def _line_kinds(tokens: Tokens, start: Indices) -> Indices:
    """For each run its line: without small letters or with; short to long; first of the text or not."""
    # Every line is what lies from one break to the next.
    breaks = np.flatnonzero((tokens.classes & BREAK) != 0)
    edges = np.concatenate([[0], breaks, [len(tokens.classes)]])
    lower = np.bitwise_or.reduceat(tokens.classes, edges[:-1]) & LOWER
    here = breaks.searchsorted(start, side="right")
    size = np.diff(edges)
    width = (size[here] > 5).astype(np.int64) + (size[here] > 12)
    title = start - tokens.first[np.searchsorted(tokens.first, start, side="right") - 1] < 25
    kinds: Indices = ((lower[here] == 0) * 3 + width) * 2 + title
    return kinds


class KnownPlaces:
    """Which candidates of several words are the name of a place: "Buenos Aires", "Chiang Mai"."""

    def __init__(self, phrases: Sequence[str]) -> None:
        words = [phrase.split() for phrase in phrases]
        sizes = np.array([len(phrase) for phrase in words], np.int64)
        hashes = stable_hashes(list(itertools.chain.from_iterable(words)))
        self.keys = np.sort(string_keys(hashes, np.cumsum(sizes) - sizes, sizes))

    def mark(self, tokens: Tokens, hashes: NDArray[np.uint64], candidates: Candidates) -> None:
        """Move the shape of those candidates to the second half; `hashes` are those of the types."""
        several = np.flatnonzero(candidates.size > 1)
        words = hashes.take(tokens.types.take(candidates.token, mode="clip"), mode="clip")
        keys = string_keys(words, candidates.first.take(several), candidates.size.take(several))
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        candidates.shape[several[self.keys.take(place) == keys]] += _FORMS


_POWER = np.uint64(0x9E3779B97F4A7C15)


def string_keys(words: NDArray[np.uint64], first: Indices, size: Indices) -> NDArray[np.uint64]:
    """A 64-bit key of each stretch of words, given their hashes."""
    key = words.take(first, mode="clip")
    chosen = np.arange(len(first))
    for k in range(1, int(size.max(initial=1))):
        chosen = chosen[size.take(chosen, mode="clip") > k]
        longer = key.take(chosen, mode="clip")
        longer ^= longer >> np.uint64(29)
        longer *= _POWER
        longer += words.take(first.take(chosen, mode="clip") + k, mode="clip")
        key[chosen] = longer
    return key


def candidates_of(runs: Runs, chosen: Indices | None = None) -> Candidates:
    """The candidates of all runs, or of the chosen ones (ascending numbers)."""
    if chosen is not None:
        runs = Runs(runs.start[chosen], runs.length[chosen], runs.article[chosen], runs.line[chosen])
    blocks, starts, sizes, shapes, numbers, firsts, members, owners = [], [], [], [], [], [], [], []
    first = token_count = 0
    edges = np.searchsorted(runs.length, np.arange(1, MAX_RUN + 2))
    for length in range(1, MAX_RUN + 1):
        low, high = edges[length - 1], edges[length]
        if low == high:
            continue
        plan = layout(length)
        blocks.append(Block(plan, slice(low, high), first))
        count = int(high - low)
        starts.append((runs.start[low:high, None] + plan.start).ravel())
        sizes.append(np.tile(plan.size, count))
        shapes.append(np.tile(plan.shape, count))
        numbers.append(np.repeat(np.arange(low, high), len(plan.start)))
        members.append((runs.start[low:high, None] + np.arange(length)).ravel())
        owners.append(np.repeat(np.arange(low, high), length))
        firsts.append((token_count + np.arange(count)[:, None] * length + plan.start).ravel())
        token_count += count * length
        first += count * len(plan.start)
    if not blocks:
        empty = np.zeros(0, np.int64)
        return Candidates(runs, (), empty, empty, empty, empty, empty, empty, empty)
    return Candidates(
        runs,
        tuple(blocks),
        np.concatenate(numbers),
        np.concatenate(starts),
        np.concatenate(sizes),
        np.concatenate(shapes),
        np.concatenate(members),
        np.concatenate(owners),
        np.concatenate(firsts),
    )
