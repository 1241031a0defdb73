"""Two people of one name: which of the articles that use a name mean the same person.

Every article is first a person of its own. Of all pairs of groups the one that is likeliest one person is
joined, again and again, until no pair is likelier one than two (agglomerative clustering, best pair
first). How likely is a logistic score over the groups' summed contexts (`contexts`): the logarithm of
the cosine in each family, whether they share a companion, whether both have roles and none in common,
how large they are and how much is known about the smaller. Its weights were trained on people whose names
were masked into one (benchmarks/identity/train_namesakes.py).

Three priors stand beside the evidence. *How common the name is*: rare names are never looked at, and the
commoner a name the less it takes to stay apart. *Who is known already*: a person of many articles draws
a single further one (as in a Chinese restaurant process), so passing mentions of a frequent person do not
found people. *How little is known*: a line or two contradict nothing.

The groups' contexts never have to be added up: the score needs sums of products only, and those of a
joined group are the sums of its parts' (Lance and Williams 1967). For names of more than SAMPLE articles a
sample is grouped and every further article goes to the group that it fits best; so time is linear and
memory flat. Articles come in the order of their content hash, sums are of whole numbers and scores
are rounded before they are compared: the result is a function of what the articles say.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import chain, combinations, islice
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_db.resolution.contexts import FAMILIES, SCALE, Bag, Occurrence, features

COMMON: Final = 3.3  # names of fewer bearers (logarithm to base 10) are one person
SAMPLE: Final = 256  # articles of one name that are compared with each other

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
_CAREER: Final = 10  # years between two groups that say nothing; each further one
_YEAR: Final = 0.04  # … takes this from the score
_FEW: Final = 6  # occurrences that are compared two by two, without a table of all their features

Floats = NDArray[np.float64]
Vectors = tuple[Bag, ...]


class Member(NamedTuple):
    """An occurrence in its group: its place in the input, what it shares with the group's others, how sure."""

    place: int
    shared: tuple[str, ...]
    confidence: float


class Group(NamedTuple):
    """The occurrences of one person."""

    members: tuple[Member, ...]
    marks: tuple[str, ...]  # what its articles say and those of its namesakes do not, strongest first
    role: tuple[str, str | None] | None  # the role stated most: role, country code
    country: str | None  # the country most of its articles speak of
    years: tuple[int, int] | None


class Pair(NamedTuple):
    """Why two groups (by number) are two: the score that one person would need above 0, and what they share."""

    one: int
    other: int
    score: float
    shared: tuple[str, ...]


@cache
def _weights() -> Floats:
    """The weights of the score, in the order of `_evidence`, and the constant."""
    text = files("corpus_db").joinpath("data", "contexts", "namesakes.json").read_text(encoding="utf-8")
    weights: Mapping[str, float] = json.loads(text)["weights"]
    return np.array([weights[name] for name in EVIDENCE])


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
    found = np.empty((len(EVIDENCE), *np.broadcast_shapes(cross.shape[1:], others.shape)))
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
    found[families + 5] = np.log(_known(one, other) + 1)
    found[families + 6] = 1.0
    return found


def _known(one: Floats, other: Floats) -> Floats:
    """How much is known of the smaller of two groups: the length of its vector of words, about 17 for an article."""
    return np.asarray(np.sqrt(np.minimum(one[_WORDS], other[_WORDS])) / SCALE)


def _prior(one: Floats, other: Floats, sizes: Floats, others: Floats) -> Floats:
    """What speaks for one person beside the evidence: one group is much larger, or little is known of one."""
    little = np.maximum(0.0, 1 - _known(one, other) / _LITTLE)
    return np.asarray(_DOMINANCE * np.abs(np.log(sizes) - np.log(others)) + _UNKNOWN * little)


@dataclass(slots=True)
class _Groups:
    """Groups of occurrences while they are joined: sums of products, sizes and years instead of contexts."""

    products: Floats  # (family, group, group)
    own: Floats  # (family, group): those of each group with itself
    sizes: Floats
    first: Floats  # year of the first article; infinite where none is known
    last: Floats
    bias: float
    members: list[list[int]] = field(default_factory=list)

    def scores(self, rows: slice) -> Floats:
        """The score of each of `rows` with every group, rounded."""
        one, other = self.own[:, rows, None], self.own[:, None, :]
        sizes = self.sizes[rows, None]
        said = evidence(one, other, self.products[:, rows], sizes, self.sizes)
        found = (_weights() @ said.reshape(len(said), -1)).reshape(said.shape[1:])
        found += _prior(one, other, sizes, self.sizes)
        gap = np.maximum(self.first[rows, None] - self.last, self.first - self.last[rows, None])
        gap[np.isinf(gap)] = 0
        found -= _YEAR * np.maximum(gap - _CAREER, 0)
        found += self.bias
        return found.round(6)

    def join(self, a: int, b: int) -> None:
        """Add group `b` to group `a`; `b` stays, empty."""
        self.products[:, a, :] += self.products[:, b, :]
        self.products[:, :, a] += self.products[:, :, b]
        self.own[:, a] = self.products[:, a, a]
        self.sizes[a] += self.sizes[b]
        self.first[a] = min(self.first[a], self.first[b])
        self.last[a] = max(self.last[a], self.last[b])
        self.members[a] += self.members[b]
        self.members[b] = []


def bias(commonness: float) -> float:
    """The prior for a name: the rarer (fewer bearers, logarithm to base 10), the likelier one person."""
    return _APART + _RARER * max(0.0, _TYPICAL - commonness)


def products(vectors: Sequence[Vectors]) -> Floats:
    """(family, one, other): the sum of products of weights; whole numbers, so exact."""
    count = len(vectors)
    result = np.zeros((len(FAMILIES), count, count))
    for number in range(len(FAMILIES)):
        bags = [vector[number] for vector in vectors]
        np.fill_diagonal(result[number], [sum(weight * weight for weight in bag.values()) for bag in bags])
        if count <= _FEW:
            for one, other in combinations(range(count), 2):
                result[number, one, other] = result[number, other, one] = _product(bags[one], bags[other])
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
            np.fill_diagonal(shared, np.diagonal(result[number]))
            result[number] = shared
    return result


def _product(one: Bag, other: Bag) -> int:
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    return sum([weight * large[name] for name, weight in small.items() if name in large])


def cluster(vectors: Sequence[Vectors], years: Sequence[int | None], start: float) -> _Groups:
    """Join groups, best pair first, while any pair's score (with `start` as its bias) is above 0."""
    count = len(vectors)
    sums = products(vectors)
    groups = _Groups(
        sums,
        np.diagonal(sums, axis1=1, axis2=2).copy(),
        np.ones(count),
        np.array([np.inf if year is None else year for year in years]),
        np.array([-np.inf if year is None else year for year in years]),
        start,
        [[index] for index in range(count)],
    )
    scores = groups.scores(slice(None))
    np.fill_diagonal(scores, -np.inf)
    gone = np.zeros(count, dtype=bool)
    left = count
    while left > 1:
        a, b = sorted(divmod(int(np.argmax(scores)), count))
        if not scores[a, b] > 0:
            break
        groups.join(a, b)
        gone[b] = True
        left -= 1
        if left == 1:  # mostly so, and nothing is left to compare
            break
        row = groups.scores(slice(a, a + 1))[0]
        row[a], row[gone] = -np.inf, -np.inf
        scores[a, :] = scores[:, a] = row
        scores[b, :] = scores[:, b] = -np.inf
    return groups


def tell_apart(
    occurrences: Iterable[Occurrence], own: Set[str], commonness: float
) -> tuple[list[Group], list[Pair]]:
    """The people that one name stands for, the one of most articles first, and why they are several.

    `occurrences` come in order of (article, number); `own` are the words of the name. One group and no
    pair where nothing says that there are several.
    """
    waiting = iter(occurrences)
    sample = list(islice(waiting, SAMPLE))
    vectors = [features(occurrence, own) for occurrence in sample]
    start = bias(commonness)
    found = cluster(vectors, [occurrence.year for occurrence in sample], start)
    further = next(waiting, None)
    if further is None and sum(map(bool, found.members)) < 2:  # mostly so
        return [
            Group(tuple(Member(index, (), 1.0) for index in range(len(sample))), (), None, None, None)
        ], []
    drafts = [_Draft() for members in found.members if members]
    for draft, members in zip(drafts, (m for m in found.members if m), strict=True):
        for index in members:
            draft.add(index, sample[index], vectors[index])
    del sample, vectors
    for index, occurrence in enumerate(chain((further,) if further else (), waiting), start=SAMPLE):
        bags = features(occurrence, own)
        _best(drafts, bags, start).add(index, occurrence, bags)
    drafts.sort(key=lambda draft: (-len(draft.members), min(draft.members)[0]))
    if len(drafts) == 1:
        everything = tuple(Member(index, (), 1.0) for index, _ in sorted(drafts[0].members))
        return [Group(everything, (), drafts[0].role(), drafts[0].country(), drafts[0].years())], []
    return [draft.group(drafts) for draft in drafts], _pairs(drafts, start)


# -- what is said about the groups --------------------------------------------------------------

NEAREST: Final = 5  # namesakes with which a person is compared in so many words
_SHOWN: Final = 6  # features that are named
_TELLING: Final = (1, 1, 12, 1, 1)  # by family: in words, a companion's name says more than a word or two


class _Draft:
    """A group with its summed context."""

    def __init__(self) -> None:
        self.members: list[tuple[int, Vectors | None]] = []
        self.sums: list[Counter[str]] = [Counter() for _ in FAMILIES]
        self._roles: Counter[tuple[str, str | None]] = Counter()
        self._countries: Counter[str] = Counter()
        self._years: list[int] = []

    def add(self, index: int, occurrence: Occurrence, bags: Vectors) -> None:
        """Add an occurrence; its own context is kept for the explanation as long as there are few."""
        self.members.append((index, bags if index < SAMPLE else None))
        for sums, bag in zip(self.sums, bags, strict=True):
            sums.update(bag)
        self._roles.update({(role, country) for role, country, _ in occurrence.claims})
        self._countries.update(code for code, _ in occurrence.countries)
        if occurrence.year is not None:
            self._years = [min([*self._years, occurrence.year]), max([*self._years, occurrence.year])]

    def role(self) -> tuple[str, str | None] | None:
        """The role that most articles state."""
        order = sorted(self._roles, key=lambda r: (-self._roles[r], r[1] is None, r[0], r[1] or ""))
        return order[0] if order else None

    def country(self) -> str | None:
        """The country that most articles speak of, where more than half do."""
        order = sorted(self._countries, key=lambda code: (-self._countries[code], code))
        return order[0] if order and 2 * self._countries[order[0]] > len(self.members) else None

    def years(self) -> tuple[int, int] | None:
        """The years of the first and the last article."""
        return (self._years[0], self._years[1]) if self._years else None

    def group(self, drafts: Sequence[_Draft]) -> Group:
        """The finished group, with what sets it apart from the others."""
        several = len(self.members) > 1
        members = tuple(
            Member(index, self._shared(bags) if several and bags else (), 0.8 if several else 0.6)
            for index, bags in sorted(self.members, key=lambda member: member[0])
        )
        return Group(members, self.marks(drafts), self.role(), self.country(), self.years())

    def _shared(self, bags: Vectors) -> tuple[str, ...]:
        """What one of several members has in common with the others, what weighs most first."""
        weights = {
            name: _TELLING[number] ** 2 * weight * (sums[name] - weight)
            for number, (bag, sums) in enumerate(zip(bags, self.sums, strict=True))
            if number != _ROLES
            for name, weight in bag.items()
            if sums[name] > weight
        }
        return _strongest(weights)

    def marks(self, others: Iterable[_Draft]) -> tuple[str, ...]:
        """What weighs most in this group and hardly stands in the others."""
        own = self._said()
        size = len(self.members)
        elsewhere = Counter[str]()
        for other in others:
            if other is not self:
                for name, weight in other._said().items():
                    elsewhere[name] = max(elsewhere[name], weight * size // len(other.members))
        return _strongest({name: weight - 2 * elsewhere[name] for name, weight in own.items()})

    def _said(self) -> Counter[str]:
        said = Counter(self.sums[_WORDS])
        for name, weight in self.sums[_PEOPLE].items():
            said[name] += _TELLING[_PEOPLE] * weight
        return said

    def shared_with(self, other: _Draft) -> tuple[str, ...]:
        """What two groups have in common, what weighs most first."""
        weights = {
            name: _TELLING[number] * min(mine[name], theirs[name])
            for number, (mine, theirs) in enumerate(zip(self.sums, other.sums, strict=True))
            if number != _ROLES
            for name in mine.keys() & theirs.keys()
        }
        return _strongest(weights)


def _strongest(weights: Mapping[str, int]) -> tuple[str, ...]:
    """The names that weigh most, without single words that a name before them has."""
    found = sorted((name for name, weight in weights.items() if weight > 0), key=lambda n: (-weights[n], n))
    chosen: list[str] = []
    said: set[str] = set()
    for name in found:
        words = set(name.casefold().split())
        if not words <= said:
            chosen.append(name)
            said |= words
            if len(chosen) == _SHOWN:
                break
    return tuple(chosen)


def _sums(one: Sequence[Bag], other: Sequence[Bag]) -> Floats:
    """Sums of products of two summed contexts, by family."""
    return np.array(
        [_product(mine, theirs) for mine, theirs in zip(one, other, strict=True)], dtype=np.float64
    )


def _score(one: tuple[Floats, int], other: tuple[Floats, int], cross: Floats, start: float) -> float:
    """The score of two groups, given (sums of products with itself, size) of each."""
    sizes = np.array(one[1]), np.array(other[1])
    rows = evidence(one[0], other[0], cross, *sizes)
    return round(float(_weights() @ rows) + float(_prior(one[0], other[0], *sizes)) + start, 6)


def _best(drafts: Sequence[_Draft], bags: Vectors, start: float) -> _Draft:
    """The group that a further occurrence fits best; of groups that it fits alike the largest."""
    own = _sums(bags, bags)
    scores = [
        _score((own, 1), (_sums(draft.sums, draft.sums), len(draft.members)), _sums(bags, draft.sums), start)
        for draft in drafts
    ]
    return drafts[max(range(len(drafts)), key=lambda n: (scores[n], len(drafts[n].members), -n))]


def _pairs(drafts: Sequence[_Draft], start: float) -> list[Pair]:
    """Each group with the namesakes that it is likest, NEAREST of them."""
    own = [(_sums(draft.sums, draft.sums), len(draft.members)) for draft in drafts]
    pairs: list[Pair] = []
    for one, draft in enumerate(drafts):
        scores = {
            other: _score(own[one], own[other], _sums(draft.sums, drafts[other].sums), start)
            for other in range(len(drafts))
            if other != one
        }
        nearest = sorted(scores, key=lambda other: (-scores[other], other))[:NEAREST]
        pairs += [
            Pair(one, other, scores[other], draft.shared_with(drafts[other])) for other in sorted(nearest)
        ]
    return pairs


def describe(groups: Sequence[Group], country_names: Mapping[str, str]) -> list[str]:
    """For each of several people of one name, a few words that tell him or her from the others."""
    said = [_description(group, country_names, marks=0) for group in groups]
    for marks in (2, 4, _SHOWN):
        counts = Counter(said)
        said = [
            text if text and counts[text] == 1 else _description(group, country_names, marks)
            for group, text in zip(groups, said, strict=True)
        ]
    seen = Counter[str]()
    for index, text in enumerate(said):
        seen[text] += 1
        if seen[text] > 1:
            said[index] = f"{text}, no. {seen[text]}"
    return said


def _description(group: Group, country_names: Mapping[str, str], marks: int) -> str:
    parts: list[str] = []
    if group.role:
        role, code = group.role
        parts.append(role)
        if code:
            parts.append(country_names.get(code, code))
    if marks:
        if not group.role and group.country:
            parts.append(country_names.get(group.country, group.country))
        parts += group.marks[:marks]
        if group.years:
            first, last = group.years
            parts.append(str(first) if first == last else f"{first}–{last}")
    return ", ".join(dict.fromkeys(parts)) or ("person" if marks else "")


def as_text(names: Sequence[Any]) -> str | None:
    """Features in a column of the database; None for none."""
    return " · ".join(map(str, names)) or None
