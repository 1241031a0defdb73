"""How likely two groups of articles mean one person: the score, its evidence and its priors. Pure.

The evidence is put together in a logistic score over the groups' summed contexts (`contexts`): the logarithm of
the cosine in each family, whether they share a companion, whether both have roles and none in common,
how large they are and how much is known about the smaller. Its weights were trained on people whose names
were masked into one (benchmarks/identity/masked.py --train).

Three priors stand beside the evidence. *How common the name is*: rare names are never looked at, and the
commoner a name the less it takes to stay apart. *Who is known already*: a person of many articles draws
a single further one (as in a Chinese restaurant process), so passing mentions of a frequent person do not
found people. *How little is known*: a line or two contradict nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus_db.resolution.contexts import FAMILIES, SCALE, Bag

_WORDS, _PEOPLE, _ROLES = FAMILIES.index("words"), FAMILIES.index("people"), FAMILIES.index("roles")
_SMOOTHING: Final = 0.02  # of cosines
_DOMINANCE: Final = 1.6  # how strongly the larger of two groups draws the smaller: times ln(larger / smaller)
_APART: Final = -1.25  # bias of the score for a name of 10^_TYPICAL bearers
_TYPICAL: Final = 5.0
_RARER: Final = 0.8  # more for each power of ten that a name is rarer
_LITTLE: Final = (
    8  # what is known of the smaller group (see evidence) where too little to contradict anything
)
_UNKNOWN: Final = 4.0  # added to the score where nothing is known, less up to _LITTLE
_FEW: Final = 6  # occurrences that are compared two by two, without a table of all their features

Floats = NDArray[np.float64]
Vectors = tuple[Bag, ...]


@cache
def weights() -> Floats:
    """The weights of the score, in the order of EVIDENCE."""
    text = files("corpus_db").joinpath("data", "contexts", "namesakes.json").read_text(encoding="utf-8")
    fitted: Mapping[str, float] = json.loads(text)["weights"]
    return np.array([fitted[name] for name in EVIDENCE])


EVIDENCE: Final = (
    *FAMILIES, "both have roles", "no role in common", "a companion in common", "size of the smaller",
    "size of the larger", "known of the smaller", "constant",
)  # fmt: skip


def evidence(one: Floats, other: Floats, cross: Floats, sizes: Floats, others: Floats) -> Floats:
    """The evidence about pairs of groups, one row for each of EVIDENCE.

    `one`, `other` and `cross` are sums of products of weights by family (first axis): of a group with itself
    and with the other; `sizes` and `others` count articles. The other axes are those of the pairs.
    """
    norms = np.sqrt(one * other)
    empty = norms == 0
    norms[empty] = 1.0  # nothing of the family is known of one: its products are 0
    found = np.empty((len(EVIDENCE), *np.broadcast(cross[0], others).shape))
    families = len(FAMILIES)
    np.divide(cross, norms, out=found[:families])
    found[:families] += _SMOOTHING
    np.log(found[:families], out=found[:families])
    both = ~empty[_ROLES]
    found[families] = both
    found[families + 1] = both & (cross[_ROLES] <= 0)
    found[families + 2] = cross[_PEOPLE] > 0
    found[families + 3] = np.log(np.minimum(sizes, others))
    found[families + 4] = np.log(np.maximum(sizes, others))
    found[families + 5] = np.log(known(one, other) + 1)
    found[families + 6] = 1.0
    return found


def known(one: Floats, other: Floats) -> Floats:
    """How much is known of the smaller of two groups: the length of its vector of words, about 17 for an article."""
    return np.asarray(np.sqrt(np.minimum(one[_WORDS], other[_WORDS])) / SCALE)


def prior(one: Floats, other: Floats, sizes: Floats, others: Floats) -> Floats:
    """What speaks for one person beside the evidence: one group is much larger, or little is known of one."""
    little = np.maximum(0.0, 1 - known(one, other) / _LITTLE)
    return np.asarray(_DOMINANCE * np.abs(np.log(sizes) - np.log(others)) + _UNKNOWN * little)


def bias(commonness: float) -> float:
    """The prior for a name: the rarer (fewer bearers, logarithm to base 10), the likelier one person."""
    return _APART + _RARER * max(0.0, _TYPICAL - commonness)


def products(vectors: Sequence[Vectors]) -> Floats:
    """(family, one, other): the sum of products of weights; whole numbers, so exact."""
    count = len(vectors)
    result = np.zeros((len(FAMILIES), count, count))
    for number in range(len(FAMILIES)):
        bags = [vector[number] for vector in vectors]
        own = [sum([weight * weight for weight in bag.values()]) for bag in bags]
        result[number].flat[:: count + 1] = own
        if count <= _FEW:
            for one, other in combinations(range(count), 2):
                result[number, one, other] = result[number, other, one] = product(bags[one], bags[other])
            continue
        seen = Counter(name for bag in bags for name in bag)
        columns = {name: column for column, name in enumerate(sorted(n for n, c in seen.items() if c > 1))}
        if columns:
            table = np.zeros((count, len(columns)))
            for row, bag in enumerate(bags):
                for name, weight in bag.items():
                    if name in columns:
                        table[row, columns[name]] = weight
            shared = table @ table.T
            shared.flat[:: count + 1] = own
            result[number] = shared
    return result


def product(one: Bag, other: Bag) -> int:
    """The sum of products of the weights of two bags."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum([weight * large[name] for name, weight in small.items() if name in large])


def summed(one: Sequence[Bag], other: Sequence[Bag]) -> Floats:
    """Sums of products of two summed contexts, by family."""
    return np.array(
        [product(mine, theirs) for mine, theirs in zip(one, other, strict=True)], dtype=np.float64
    )


def score(one: tuple[Floats, int], other: tuple[Floats, int], cross: Floats, start: float) -> float:
    """The score of two groups, given (sums of products with itself, size) of each."""
    sizes = np.array(one[1]), np.array(other[1])
    rows = evidence(one[0], other[0], cross, *sizes)
    return round(float(weights() @ rows) + float(prior(one[0], other[0], *sizes)) + start, 6)
