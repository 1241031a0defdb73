"""Claims: roles that the text ties to a name beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from operator import itemgetter
from typing import Final

from corpus_db.models import PersonSpan, RoleClaim
from corpus_db.names import titles
from corpus_db.recognition.roles.leftwards import Title, title_ending_at
from corpus_db.recognition.roles.nominals import counterpart_at
from corpus_db.recognition.roles.phrases import POSSESSIVE, WORD, Side, before, classes, is_head, is_office
from corpus_db.recognition.roles.rightwards import Apposition, apposition_at, owner_after

COUNTERPART: Final = "Counterpart"
_PLACE: Final = itemgetter(*map(RoleClaim._fields.index, ("start", "role_start", "role")))
_new: Final = tuple.__new__  # makes a claim in a third of the time that a call of the class takes
_AGE = re.compile(r"(?:(?:aged? )?\d{1,3}|(?:[A-Z]\.){2,4}|SAN|[QKS]C), ")  # or letters behind the name
_ACRONYM = re.compile(r"\([A-Z][A-Za-z]{1,8}\)")
_RANKED = re.compile(
    r"(?:chief|commander|minister|president|leader|ruler|lieutenant|lt\.?|major|maj\.?|brigadier|brig\.?|\([a-z]+\)) $",
    re.IGNORECASE,
)
_LONGEST_PORTFOLIO: Final = 80  # characters
_LONGEST_RANK: Final = 12  # characters
_OF = re.compile(" of | for ")
_MOST_COURTESIES: Final = 5
_OPENINGS: Final = ("who is ", "who was ", "the ", "a ", "an ", "his ", "her ", "its ", "their ")
_OPENING_LETTERS: Final = "".join(opening[0] for opening in _OPENINGS)
# "Ana Soto is the mayor of Loja", "became president", "was elected mayor".
_COPULA = re.compile(
    r" (?:(?:is|was|remains)(?: now| currently| also| then)?(?= (?:the|an?) )|(?:is|was)(?: now| currently| then)"
    r"|became|(?:is|was|has been) (?:elected|re-elected|appointed|named)) "
)
_COPULA_LETTERS: Final = frozenset("iwrbh")
_DEFINITE: Final = ("the ", "his ", "her ", "its ", "their ")
_AND: Final = (" and ", ", ", ", and ", " & ")


def find_claims(side: Side) -> list[RoleClaim]:
    """The claims of one field in order of (name, role)."""
    found = [*_before_names(side), *_appositions_after(side)]
    return sorted(set(found), key=_PLACE) if len(found) > 1 else found


def _claim(side: Side, person: PersonSpan, role: Title, rule: str) -> RoleClaim:
    start, _, end, name, country, organisation, _ = role
    code = country.country_code if country else None
    return _new(RoleClaim, (side.field, person.start, name, code, organisation, start, end, rule))


def _before_names(side: Side) -> Iterator[RoleClaim]:
    """Claims by a title directly before a name; a plural one goes to the names it is joined to."""
    text, endings, places = side.text, _endings(), side.ends
    for index, person in enumerate(side.people):
        end = person[1] - 1
        if end < 2 or text[end] != " ":
            continue
        first, word = before(text, end)
        is_courtesy = endings.get(word)
        if is_courtesy is None:
            last = word[-1:]
            is_courtesy = last == ")"
            if not (is_courtesy or last == "," or end in places or "-" in word):
                if text[first].isupper() and _may_be_portfolio(text, end):
                    yield from _stated(side, index, person, end)
                continue
        if is_courtesy:
            further = _behind_courtesies(text, end)
            stated = [*_stated(side, index, person, further)] if further < end else []
            if not is_head(word.rstrip(".")) or any(is_office(_OF.split(claim.role)[0]) for claim in stated):
                yield from stated
                continue
        yield from _stated(side, index, person, end)


@cache
def _endings() -> dict[str, bool]:
    """What a role can end with, in lower case -> whether it is a courtesy, which stands behind a role."""
    found = dict.fromkeys([*classes(), *titles.plurals(), "counterpart"], False)
    courtesies = titles.words("courtesies")
    return found | dict.fromkeys([*courtesies, *(f"{word}." for word in courtesies)], True)


def _may_be_portfolio(text: str, end: int) -> bool:
    """Whether an office stands before an "of" or "for" shortly before `end`: most words before a name have none."""
    low = max(0, end - _LONGEST_PORTFOLIO)
    if " of " not in text[low:end] and " for " not in text[low:end]:
        return False
    ties = {text.rfind(" of ", low, end), text.find(" of ", low, end), text.rfind(" for ", low, end)}
    return any(tie > 0 and is_office(before(text, tie)[1]) for tie in ties)


def _behind_courtesies(text: str, end: int) -> int:
    """Where the words end that stand before the courtesies and ranks before a name: "Minister Dato' Seri Ana"."""
    courtesies = titles.words("courtesies")
    for _ in range(_MOST_COURTESIES):
        first, word = before(text, end)
        bare = word.removesuffix(".")
        if bare not in courtesies and not _ACRONYM.fullmatch(text, first, end):
            break
        if first < 2 or text[first - 1] != " ":
            break
        if bare == "general" and not _RANKED.search(text, max(0, first - _LONGEST_RANK), first):
            break  # "Attorney General"
        end = first - 1
    return end


def _stated(side: Side, index: int, person: PersonSpan, end: int) -> Iterable[RoleClaim]:
    """The claims by a title that ends at `end`, or at a comma there."""
    text = side.text
    if text[end - 1] == ",":
        return _apposition_before(side, person, end - 1)
    if text[end - 1] in "tT" and text[end - 11 : end].lower() == "counterpart":
        return _counterpart(side, person, end)
    role = title_ending_at(side, end)
    if role is None or _is_relation(text, role.role, role.start):
        return ()
    claim = _claim(side, person, role, "title-before")
    return (claim, *_joined(side, index, role)) if role.plural else (claim,)


def _is_relation(text: str, role: str, start: int) -> bool:
    """Whether a role that starts at `start` says whose somebody is, and no office: "his partner"."""
    if not _may_be_relation(role) or start < 2:
        return False
    _, word = before(text, start - 1)
    return word in titles.words("personal") or word.endswith(("'s", "’s", "s'", "s’"))


@lru_cache(maxsize=1 << 14)
def _may_be_relation(role: str) -> bool:
    return role.rsplit(" ", 1)[-1].lower() in titles.words("relations")


def _joined(side: Side, index: int, role: Title) -> Iterator[RoleClaim]:
    """The other names that a plural title is said of: "Presidents Xi Jinping and Vladimir Putin"."""
    previous = side.people[index]
    for person in side.people[index + 1 :]:
        if side.text[previous.end : person.start] not in _AND:
            return
        yield _claim(side, person, role, "title-before")
        previous = person


def _counterpart(side: Side, person: PersonSpan, end: int) -> Iterator[RoleClaim]:
    """A claim by "his Chinese counterpart Xi Jinping" or "his Chinese counterpart, Xi Jinping,"."""
    found = counterpart_at(side, end - len("counterpart"))
    if found is not None:
        yield RoleClaim(
            side.field,
            person.start,
            COUNTERPART,
            found.country_code,
            None,
            found.start,
            found.end,
            "counterpart",
        )


def _apposition_before(side: Side, person: PersonSpan, end: int) -> Iterator[RoleClaim]:
    """A claim by "the German chancellor, Angela Merkel," : a definite nominal, comma, name, comma."""
    text = side.text
    if text[person.end : person.end + 1] not in (",", ".", ";", ")", "", "\n"):
        return
    if text[end - 11 : end] == "counterpart":
        yield from _counterpart(side, person, end)
        return
    found = title_ending_at(side, end)
    if found is None or found.plural or _is_relation(text, found.role, found.start):
        return
    left, word = before(text, found.start - 1) if found.start > 1 else (0, "")
    if text[left - 4 : left] == " to " and _is_staff(before(text, left - 4)[1]):
        return  # "chief of staff to the president, Ana Soto": not the president
    owned = text[found.start : found.head_start].rstrip().endswith(POSSESSIVE)
    if word in titles.words("determiners") or word.endswith(POSSESSIVE) or owned:
        yield _claim(side, person, found, "apposition-before")


def _is_staff(word: str) -> bool:
    """Whether a word before "to the president" says what somebody is to him: "adviser", "staff", but not "wrote"."""
    return is_head(word) or word in titles.words("staff")


def _appositions_after(side: Side) -> Iterator[RoleClaim]:
    """Claims by "Li Rong, executive vice director with …" and "Angela Merkel, the German chancellor,"."""
    text = side.text
    for person in side.people:
        end = person[2]
        following = text[end : end + 2]
        if following == ", ":
            rule, at = "apposition-after", end + 2
            age = _AGE.match(text, at)
            if age:
                at = age.end()
        elif (
            following[:1] == " " and following[1:] in _COPULA_LETTERS and (copula := _COPULA.match(text, end))
        ):
            rule, at = "predicate", copula.end()
        else:
            continue
        definite = False
        for opening in _OPENINGS if text[at : at + 1] in _OPENING_LETTERS else ():
            if text.startswith(opening, at):
                at += len(opening)
                definite = definite or opening in _DEFINITE
        owner_start, found = at, apposition_at(side, at)
        if found is None:
            at = _after_possessive(side, at)
            found = apposition_at(side, at) if at else None
        if found is not None:
            yield from _apposition(side, person, found, owner_start, definite, rule)


def _apposition(
    side: Side, person: PersonSpan, found: Apposition, owner_start: int, definite: bool, rule: str
) -> Iterator[RoleClaim]:
    """The claim of an apposition, unless its words go on to mean something else."""
    text = side.text
    if _says_something_else(side, found, owner_start, definite):
        return
    if (
        rule == "predicate"
        and found.role.rsplit(" ", 1)[-1].lower() in titles.words("metaphors")
        and not definite
    ):
        return
    if found.end + 1 in side.person_starts and text[found.end] == " ":  # "Xi, President Putin": Putin's title
        return
    if text[found.end : found.end + 1] not in ("", " ", ",", ".", ";", ":", ")", "-", "—", "\n"):
        return
    stop, country, organisation = owner_after(side, found.end)
    if definite and text.startswith(
        " as well as ", stop
    ):  # "guests such as Ana Lee, the King of Spain as well as"
        return
    if definite and text[stop : stop + 1] == " ":
        match = WORD.match(text, stop + 1)
        if match is not None and match[0] not in titles.words(
            "after_definite"
        ):  # "Lane, the police chief said"
            return
    if organisation is None and found.country is None and found.start > owner_start:
        organisation = _possessor(text, owner_start, found.start)
    of_country = found.country or country
    yield RoleClaim(
        side.field,
        person.start,
        found.role,
        of_country.country_code if of_country else None,
        organisation,
        min(owner_start, found.start),
        stop,
        rule,
    )


def _says_something_else(side: Side, found: Apposition, owner_start: int, definite: bool) -> bool:
    """Whether the words of a role are none here: a relation, a caption's "centre", half of a longer noun."""
    text, last = side.text, found.role.rsplit(" ", 1)[-1].lower()
    if _is_relation(text, found.role, found.start):
        return True
    if last in titles.words("positions"):  # "Ana Soto, centre, in the queue", "Loja, the centre of trade"
        alone = " " not in found.role and found.country is None and found.start == owner_start
        return (alone and not definite) or text[found.end : found.end + 4] == " of "
    rank = before(text, found.head_end)[1] in titles.words("ranks")
    if definite or not rank or text[found.end : found.end + 1] != " ":
        return False
    match = WORD.match(text, found.end + 1)  # "assistant bookkeeper": not an assistant
    return match is not None and match[0] not in titles.words("after_definite")


def _after_possessive(side: Side, at: int) -> int:
    """Where a role may start after "Microsoft's " or "the company's "; 0 where nothing is possessed."""
    for _ in range(4):
        match = WORD.match(side.text, at)
        if match is None or at in side.person_starts or side.text[match.end() : match.end() + 1] != " ":
            return 0
        at = match.end() + 1
        if match[0].endswith(POSSESSIVE):
            return at
        if not match[0][0].isupper():
            return 0
    return 0


def _possessor(text: str, start: int, end: int) -> str | None:
    """The organisation whose possessive stands there; None for a common noun ("the company's")."""
    name = text[start:end].rstrip()
    return name[:-2] if name.endswith(POSSESSIVE) and name[0].isupper() else None
