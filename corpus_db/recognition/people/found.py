"""The names that were chosen, as columns: rules change a few of a thousand, and only those become objects."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .candidates import Indices
from .model import Floats
from .tokens import Tokens

RULES = (
    *("model", "same-article", "name-lists", "titled", "list", "credit", "nickname", "suffix"),  # rules.py
    "joined",  # shapes.py
)
_NUMBER_OF = {rule: number for number, rule in enumerate(RULES)}


class Found(NamedTuple):
    """A name: its tokens (end exclusive), probability and rule."""

    start: int
    end: int
    probability: float
    rule: str


@dataclass(frozen=True, eq=False)
class Names:
    """The names of a batch, in order and without overlaps."""

    start: Indices
    end: Indices
    probability: Floats
    rule: NDArray[np.int8]  # a place in RULES

    def __len__(self) -> int:
        return len(self.start)

    def at(self, number: int) -> Found:
        """One of them."""
        start, end = int(self.start[number]), int(self.end[number])
        return Found(start, end, float(self.probability[number]), RULES[self.rule[number]])

    def there(self, token: int) -> Found | None:
        """The one that this token is in."""
        number = int(self.start.searchsorted(token, side="right")) - 1
        return self.at(number) if number >= 0 and token < self.end[number] else None

    def within(self, start: int, end: int) -> range:
        """The numbers of those that share a token with this stretch."""
        first = int(self.end.searchsorted(start, side="right"))
        return range(first, int(self.start.searchsorted(end)))

    def changed(self, gone: Collection[int], new: Sequence[Found]) -> Names:
        """The names without some of them, given by number, and with new ones."""
        if not gone and not new:
            return self
        kept = np.ones(len(self), np.bool_)
        kept[list(gone)] = False
        start, end, probability, rules = zip(*new, strict=True) if new else ((), (), (), ())
        starts = np.concatenate([self.start[kept], np.array(start, np.int64)])
        order = np.argsort(starts, kind="stable")
        return Names(
            starts[order],
            np.concatenate([self.end[kept], np.array(end, np.int64)])[order],
            np.concatenate([self.probability[kept], np.array(probability, np.float64)])[order],
            np.concatenate([self.rule[kept], np.array([_NUMBER_OF[rule] for rule in rules], np.int8)])[order],
        )


def numbered(rule: str) -> int:
    """The place of a rule in RULES."""
    return _NUMBER_OF[rule]


def among(ordered: NDArray[Any], values: NDArray[Any]) -> NDArray[np.bool_]:
    """Which values are among the ordered ones."""
    if not len(ordered):
        return np.zeros(len(values), np.bool_)
    found: NDArray[np.bool_] = ordered.take(ordered.searchsorted(values), mode="clip") == values
    return found


def articles_of(tokens: Tokens, place: Indices | int) -> Indices:
    """The article of each token."""
    return np.searchsorted(tokens.first, place, side="right")
