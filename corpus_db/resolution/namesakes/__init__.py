"""Two people of one name: which of the articles that use a name mean the same person.

Every article is first a person of its own. Of all pairs of groups the one that is likeliest one person
(`likelihood`) is joined, again and again, until no pair is likelier one than two (`joining`: agglomerative clustering,
best pair first). What sets the groups apart is then said in words (`said`).

For names of more than SAMPLE articles a sample is grouped and every further article goes to the group that
it fits best; so time is linear and memory flat. Articles come in the order of their content hash, sums are of
whole numbers and scores are rounded before they are compared: the result is a function of what the
articles say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import chain, islice
from typing import Final

from corpus_db.resolution.contexts import Occurrence, features
from corpus_db.resolution.namesakes.joining import cluster
from corpus_db.resolution.namesakes.likelihood import (
    EVIDENCE,
    Vectors,
    bias,
    evidence,
    products,
    score,
    summed,
)
from corpus_db.resolution.namesakes.said import SAMPLE, Draft, Group, Member, Pair, as_text, describe

COMMON: Final = 3.3  # names of fewer bearers (logarithm to base 10) are one person
NEAREST: Final = 5  # namesakes with which a person is compared in so many words


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
    drafts = [Draft() for members in found.members if members]
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


def _best(drafts: Sequence[Draft], bags: Vectors, start: float) -> Draft:
    """The group that a further occurrence fits best; of groups that it fits alike the largest."""
    own = summed(bags, bags)
    scores = [
        score((own, 1), (summed(draft.sums, draft.sums), len(draft.members)), summed(bags, draft.sums), start)
        for draft in drafts
    ]
    return drafts[max(range(len(drafts)), key=lambda n: (scores[n], len(drafts[n].members), -n))]


def _pairs(drafts: Sequence[Draft], start: float) -> list[Pair]:
    """Each group with the namesakes that it is likest, NEAREST of them."""
    own = [(summed(draft.sums, draft.sums), len(draft.members)) for draft in drafts]
    pairs: list[Pair] = []
    for one, draft in enumerate(drafts):
        scores = {
            other: score(own[one], own[other], summed(draft.sums, drafts[other].sums), start)
            for other in range(len(drafts))
            if other != one
        }
        nearest = sorted(scores, key=lambda other: (-scores[other], other))[:NEAREST]
        pairs += [
            Pair(one, other, scores[other], draft.shared_with(drafts[other])) for other in sorted(nearest)
        ]
    return pairs


__all__ = [
    "COMMON",
    "EVIDENCE",
    "Group",
    "Member",
    "Pair",
    "as_text",
    "bias",
    "cluster",
    "describe",
    "evidence",
    "products",
    "tell_apart",
]
