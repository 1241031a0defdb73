"""Which names of the corpus are one person's: pure, explained, the same in whatever order articles come.

Works on distinct names, not on mentions. Names that may be one person's share a *block key*; the
store gathers the names that hang together by keys, and `resolve_full` clusters them: the most informative
name first, each joins the one cluster whose every member it is compatible with (complete link) and
from none of which an article keeps it apart. A name that fits two clusters ("George Bush") joins
neither. Bare names ("Xi") are decided afterwards by who in the corpus bears them.

*Minor* names come last: those that an article in ten has of the articles that have another name which they
may be a form of. In a large corpus every frequent person's name occurs once with a slip or with a word too many ("Ms
Ana Weir Soto", "Ana Wier"); were they first, the name itself would fit two clusters and join neither, and
one person would be six.

Everything is sorted before it is looked at, nothing depends on hashes, on the order of the input or on
anything but the names, their counts, and which of them one article keeps apart. So deciding a block anew
after an import gives what deciding the whole corpus anew would give.

Two people of one name are one person here. Telling them apart by what articles say about them (country,
role, company kept) has its place between `resolve_full` and the mentions: a cluster then becomes several.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import Final, NamedTuple

from corpus_db.names import Name, Verdict, compatible, lists, parse, skeleton
from corpus_db.names.commonness import is_rather_given
from corpus_db.names.compare import without_possessive


class NameUse(NamedTuple):
    """A name that articles use as a person's fullest, and how often they do."""

    name: str
    family_name: str
    full: bool
    article_count: int
    mention_count: int


class Link(NamedTuple):
    """Why `name` belongs to its cluster: the member it joined, the rule, how sure."""

    name: str
    joined_to: str
    rule: str
    confidence: float


class Cluster(NamedTuple):
    """The names of one person: the one to show, the part used alone, all of them, and why."""

    name: str
    family_name: str
    names: tuple[str, ...]
    links: tuple[Link, ...]


class BareDecision(NamedTuple):
    """What becomes of a bare name: a person's, one of its own (`founds`), or unresolved (neither)."""

    person: int | None
    rule: str
    confidence: float
    founds: bool = False


BARE_RULES: Final = {
    "only-bearer": (0.8, "one person of the corpus bears this name"),
    "only-bearer-common": (0.5, "one person of the corpus bears this name, which is common"),
    "no-bearer": (0.6, "nobody in the corpus bears this name: a person of its own"),
    "outnumbered": (
        0.6,
        "far more articles use it alone than name the one who bears it: a person of its own",
    ),
    "outnumbered-common": (0.0, "far more articles use this common name than name the one who bears it"),
    "several-bearers": (0.0, "several persons of the corpus bear this name"),
    "common-name": (0.0, "nobody in the corpus bears this common name, and several articles use it"),
}
"""Rules about bare names: how sure, and what they say."""

_SEVERAL_WAYS: Final = ("initial", "tail", "head", "double-surname")
_SURE_ENOUGH: Final = 0.72  # joins across articles below this are not made
_SAME_WORDS: Final = ("same-name", "reordered", "joined")
_MINOR: Final = (
    10  # a name is minor beside one that it may be a form of and that so many times its articles use
)
_OUTNUMBERED: Final = 4  # so many times more articles may use a bare name than name its bearer in full
_SHOWN_SHARE: Final = 0.1  # a form is shown as the person's name if this share of the articles use it


# -- keys ---------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def _roots(given: str) -> tuple[str, ...]:
    """What a given name is filed under: itself or its group of spellings, and its formal names."""
    groups = lists.variant_group()
    return tuple(sorted({groups.get(word, word) for word in (given, *_formal(given))}))


def _formal(given: str) -> frozenset[str]:
    return lists.formal_names().get(given, frozenset())


def _name_keys(name: Name) -> set[str]:
    """The keys of a full name: those of any name, and more where the family name is rare.

    For a very common family name what is weak alone is not asked at all: "J. Smith", Michael Smith and John
    Michael Smith, Smith and Smithe stay apart. That is right more often than not, and keeps blocks small.
    """
    groups = lists.variant_group()
    words = name.words
    keys = {"p " + " ".join(sorted(name.parts)), "c " + "".join(name.parts)}
    if len(words) > 2 and words[1] not in lists.given_names() and len(words[1]) > 1:
        keys.add(f"w {words[0]} {words[1]}")  # "Hillary Rodham"
    if len(words) > 2:
        keys.add("t " + " ".join(words[-3:]))
    for family in name.family:
        root = groups.get(family, family)
        if len(name.given) > 1:
            keys |= {f"g {root} {start}" for start in _roots(name.given)}
            if (owner := without_possessive(family)) != family:
                keys |= {f"g {groups.get(owner, owner)} {start}" for start in _roots(name.given)}
            if len(name.given) > 3:
                keys.add(f"s {root} {skeleton(name.given)}")
        if not lists.is_very_common_family(family):
            keys |= _rare_keys(name, family, root)
    if len(words) == 2:
        keys.add(f"w {words[0]} {words[1]}")
    return keys


def _rare_keys(name: Name, family: str, root: str) -> set[str]:
    """Keys of a name with a rare family name: initials, middle names, tails and spellings."""
    keys = {f"w {name.words[-2]} {name.words[-1]}"}
    givens = [name.given]
    if name.middle and not name.family_first:
        givens.append(name.middle[0])
    for given in givens:
        if len(given) > 1:
            starts = _roots(given)
            keys |= {f"g {root} {start}" for start in starts}
            if len(family) > 4:
                keys |= {f"f {skeleton(family)} {start}" for start in starts}
    if name.given and not name.family_first:
        keys |= {f"i {root} {start[0]}" for start in {name.given, *_formal(name.given)}}
    return keys


def block_keys(use: NameUse) -> frozenset[str]:
    """Keys of a full name; two full names that are compared with each other share at least one.

    Never the family name alone: there are too many Smiths.
    """
    name = parse(use.name)
    return frozenset(_name_keys(name)) if name.full else frozenset()


def short_keys(use: NameUse) -> frozenset[str]:
    """The single names that a full name may be shortened to; of a bare name, itself.

    A common given name is none of them: "John" in one article and John Smith in another say nothing.
    """
    name = parse(use.name)
    if not name.full:
        return frozenset(name.words[:1])
    shorts = {word for word in name.family if len(word) > 1}
    if len(name.given) > 1 and not lists.is_common_given(name.given):
        shorts.add(name.given)
    return frozenset(shorts)


# -- full names ---------------------------------------------------------------------------------


def _informative(use: NameUse) -> tuple[tuple[int, int], bool, int, str]:
    """Sort key: long names before short ones, mixed case before capitals, frequent before rare."""
    return (parse(use.name).length, use.name.isupper(), -use.article_count, use.name)


def resolve_full(uses: Iterable[NameUse], apart: Set[tuple[str, str]]) -> list[Cluster]:
    """Clusters of the full names of one block: each is one person, as far as names tell.

    `apart` holds pairs of names, in either order, that some article uses for two persons. The result is in
    order of the clusters' names and does not depend on the order of `uses`.
    """
    distinct = set(uses)
    if len(distinct) == 1:  # most names are alone in their block
        (use,) = distinct
        return [Cluster(use.name, parse(use.name).family_name, (use.name,), ())]
    clusters: list[list[NameUse]] = []
    links: dict[str, Link] = {}
    index: dict[str, list[int]] = {}
    minor = _minor(distinct)
    order = sorted(distinct, key=_informative)
    order.sort(key=lambda use: (use in minor, -use.article_count if use in minor else 0))
    for use in order:
        keys = block_keys(use)
        near = sorted({number for key in keys for number in index.get(key, ())})
        fitting = [number for number in near if _fits(use, clusters[number], apart)]
        if len(fitting) > 1:
            fitting = _same_words(use, clusters, fitting) or (
                _far_more_frequent(use, clusters, fitting) if use in minor else []
            )
        if len(fitting) == 1:
            number = fitting[0]
            links[use.name] = _link(use, clusters[number])
            clusters[number].append(use)
        else:
            number = len(clusters)
            clusters.append([use])
        for key in keys:
            index.setdefault(key, []).append(number)
    return sorted(_cluster(members, links) for members in clusters)


def _minor(uses: Set[NameUse]) -> set[NameUse]:
    """The names that may be forms of others that far more articles use; not one that tells by a Jr. or Sr. of whom."""
    least = _enough(min(uses, key=lambda use: use.article_count))
    frequent: dict[str, list[NameUse]] = {}
    for use in uses:
        if use.article_count >= least:
            for key in block_keys(use):
                frequent.setdefault(key, []).append(use)
    return {use for use in uses if frequent and not parse(use.name).suffix and _is_minor(use, frequent)}


def _is_minor(use: NameUse, frequent: Mapping[str, Sequence[NameUse]]) -> bool:
    near = {other for key in block_keys(use) for other in frequent.get(key, ())}
    return any(other.article_count >= _enough(use) and _verdict(use, other).compatible for other in near)


def _enough(use: NameUse) -> int:
    """The articles of a name beside which `use` is minor."""
    return _MINOR * max(1, use.article_count)


def _fits(use: NameUse, members: Sequence[NameUse], apart: Set[tuple[str, str]]) -> bool:
    """Whether a name may join: compatible with every member, kept apart from none."""
    return all(
        _verdict(use, member).compatible
        and (use.name, member.name) not in apart
        and (member.name, use.name) not in apart
        for member in members
    )


def _same_words(use: NameUse, clusters: Sequence[Sequence[NameUse]], fitting: Sequence[int]) -> list[int]:
    """Of several clusters, the one that holds the very same words; else none."""
    words = parse(use.name).words
    same = [n for n in fitting if any(parse(member.name).words == words for member in clusters[n])]
    return same if len(same) == 1 else []


def _far_more_frequent(
    use: NameUse, clusters: Sequence[Sequence[NameUse]], fitting: Sequence[int]
) -> list[int]:
    """Of several clusters that a minor name fits, the one beside which the others are minor too; else none.

    Only where it is a slip or a nickname: whose initial or whose second surname it is, numbers do not tell.
    """
    counts = {number: sum(member.article_count for member in clusters[number]) for number in fitting}
    largest = max(fitting, key=lambda number: (counts[number], -number))
    if any(_MINOR * counts[number] > counts[largest] for number in fitting if number != largest):
        return []
    unsure = any(_verdict(use, member).rule in _SEVERAL_WAYS for member in clusters[largest])
    return [] if unsure else [largest]


def _verdict(use: NameUse, member: NameUse) -> Verdict:
    """Whether two names of the corpus may be one person's, for all that their words tell.

    Of common names only the same words will do, give or take a middle initial: John Adams and John Quincy
    Adams, Bob Harris and Robert Harris are one person too seldom for a join without other evidence.
    """
    one, other = parse(use.name), parse(member.name)
    verdict = compatible(one, other)
    if verdict.confidence < _SURE_ENOUGH or (
        _is_common_name(one) and _is_common_name(other) and not _nearly_same(one, other, verdict.rule)
    ):
        return verdict._replace(compatible=False)
    return verdict


def _nearly_same(one: Name, other: Name, rule: str) -> bool:
    """Whether two common names differ by no more than initials or a second surname, or share three words."""
    if rule in (*_SAME_WORDS, "double-surname") or (rule == "possessive" and one.given == other.given):
        return True
    shared = set(one.words) & set(other.words)
    more = (set(one.words) | set(other.words)) - shared
    return rule == "middle-name" and (len(shared) > 2 or all(len(word) == 1 for word in more))


@lru_cache(maxsize=1 << 15)
def _is_common_name(name: Name) -> bool:
    return lists.is_very_common_family(without_possessive(name.family[0])) and (
        len(name.given) == 1 or lists.is_common_given(name.given) or lists.is_common_family(name.given)
    )


def _link(use: NameUse, members: Sequence[NameUse]) -> Link:
    """The join to the member that it is surest with."""
    best = min(members, key=lambda member: (-_verdict(use, member).confidence, _informative(member)))
    verdict = _verdict(use, best)
    return Link(use.name, best.name, verdict.rule, verdict.confidence)


def _cluster(members: Sequence[NameUse], links: dict[str, Link]) -> Cluster:
    """A cluster under the fullest of the names that a fair share of its articles use."""
    total = sum(member.article_count for member in members)
    most = min(
        members, key=lambda member: (-member.article_count, _is_possessive(member), *_informative(member))
    )
    usual = [
        member
        for member in members
        if member.article_count >= _SHOWN_SHARE * total
        and (
            _verdict(most, member).rule not in ("head", "tail", "possessive")
            or (member.article_count == most.article_count and not _is_possessive(member))
        )
    ]
    shown = min(usual, key=_informative)
    names = tuple(sorted(member.name for member in members))
    joined = tuple(links[name] for name in names if name in links)
    return Cluster(shown.name, _family_name(shown, members), names, joined)


def _is_possessive(use: NameUse) -> bool:
    family = parse(use.name).family[-1]
    return without_possessive(family) != family


def _family_name(shown: NameUse, members: Sequence[NameUse]) -> str:
    """The part of the shown name that is used alone, as the shorter form that it begins with tells.

    Of Marcelo Ebrard Casaubon it is Ebrard, where other articles call him Marcelo Ebrard.
    """
    words = parse(shown.name).words
    shorter = [
        member
        for member in members
        if member is not shown and words[: len(parse(member.name).words)] == parse(member.name).words
    ]
    most = min(shorter, key=lambda use: (-use.article_count, *_informative(use)), default=shown)
    return parse(most.name if len(parse(most.name).words) > 1 else shown.name).family_name


# -- bare names ---------------------------------------------------------------------------------


def resolve_bare(use: NameUse, bearers: Mapping[int, int]) -> BareDecision:
    """The person that a bare name stands for.

    `bearers` are the persons whose full name it may shorten, each with the number of articles that name him or her in
    full. Nobody bears it: it founds a person, unless it is a common name that several articles use, which
    may be several persons'. One bears it: it is his or hers, unless far more articles use the name alone: Madonna is
    not the one Madonna Holm of the corpus. Several do: it stays unresolved.
    """
    word = parse(use.name).words[0]
    common = _is_common(word)
    if len(bearers) > 1:
        return _decision("several-bearers")
    for person, articles in bearers.items():
        if use.article_count <= articles * (1 if is_rather_given(word) else _OUTNUMBERED):
            return _decision("only-bearer-common" if common else "only-bearer", person)
    if use.article_count > 1 and common:
        return _decision("outnumbered-common" if bearers else "common-name")
    return _decision("outnumbered" if bearers else "no-bearer")


def _is_common(word: str) -> bool:
    return lists.is_common_given(word) or lists.is_common_family(word)


def _decision(rule: str, person: int | None = None) -> BareDecision:
    return BareDecision(person, rule, BARE_RULES[rule][0], founds=rule in ("no-bearer", "outnumbered"))
