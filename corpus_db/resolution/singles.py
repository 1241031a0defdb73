"""Whom the single names of one article mean: "Weir", "Ana", "Mrs Weir", "the elder Weir".

In reading order, body before title: the family name of a person named in full, else a given name, another
part, a nickname, another spelling. Where several persons bear it, what stands round it decides (cues.py): a title
that only one of them has, elder or younger, Mr or Mrs, whose relative is spoken of, who was named before, the next
pronoun; last what the name meant before, and who was named last. Each has its own confidence. The gender of a person
whose name does not tell it stays compatible with both.

What fits nobody stays *bare*: a person of whom the article gives one name only, or the relative of the one who bears
the name ("Mrs Weir", after Paul Weir's wife, Ana). What means several, or one whom the article does not tell from
another, stays unresolved: "the Weir family", "the elder Weir" where both are just called Weir.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from corpus_db.models import RoleClaim
from corpus_db.names import Name, lists, titles
from corpus_db.names.compare import MOST_EDITS, same_family, same_given
from corpus_db.names.folding import without_doubled
from corpus_db.resolution.cues import Cues, Generation
from corpus_db.resolution.grouping import Link, Person

_FAMILY: Final = 0  # of _RANKS
_GIVEN: Final = 1
_PART: Final = 2
_RANKS: Final = ("family-name", "given-name", "name-part", "short-name", "name-variant")
_SHORT: Final = 3
_VARIANT: Final = 4

_Bearer = tuple[int, Person, Name]  # rank (see _RANKS), person, the form that has the name
_Choice = tuple[list[_Bearer], str]  # whom, by which rule; nobody: unresolved


def _rank(name: Name, word: str) -> int:
    """How a full form has a single name: see _RANKS."""
    if word in name.family:
        return _FAMILY
    if word == name.given:
        return _GIVEN
    return _SHORT if word == name.nickname else _PART


def _single_names(name: Name, asked: frozenset[str]) -> frozenset[str]:
    """Those of the single names asked for that a full form has."""
    found = asked.intersection(name.words)
    if name.parts is not name.words or name.nickname or name.family_first:
        found |= asked.intersection((*name.parts, name.given, name.nickname))
    return found


@lru_cache(maxsize=1 << 15)
def _initials(name: Name) -> str:
    """The first letters of the given name, of what it may be short for, and of the family names."""
    return "".join(word[:1] for word in (name.given, *lists.formal_names().get(name.given, ()), *name.family))


class SingleNames:
    """Resolves the single names of an article, in reading order; `asked` are those names."""

    def __init__(self, persons: Sequence[Person], asked: frozenset[str], cues: Cues) -> None:
        self._persons = persons
        self._asked = asked
        self._cues = cues
        self._bearers: dict[str, list[_Bearer]] = {}
        asked = frozenset(word for word in asked if len(word) > 1)
        for person in persons if asked else ():
            for form in person.forms:
                for word in _single_names(form, asked):
                    self._bearers.setdefault(word, []).append((_rank(form, word), person, form))
        self._found: dict[str, list[_Bearer]] = {}  # those of the words asked for so far
        self._only: dict[str, Link] = {}  # names of one person whose gender does not matter
        self._forms: list[tuple[str, Person, Name]] | None = None
        self._established: dict[
            tuple[str, lists.Gender | None], Person
        ] = {}  # "Weir" and "Mr Weir" may be two
        self._bare: dict[str, list[Link]] = {}

    def resolve(
        self,
        index: int,
        name: Name,
        gender: lists.Gender | None,
        claims: Sequence[RoleClaim],
        generation: Generation | None,
        in_title: bool = False,
    ) -> Link | None:
        """The person that a single name stands for at this place; None where the article does not tell.

        `index` is the number of its span, `gender` that of a title before it, `claims` the roles stated beside
        it, `generation` what "the elder" or "the younger" before it says.
        """
        word = name.words[0]
        if gender is None and generation is None and (link := self._only.get(word)) is not None:
            return link
        found = self._found.get(word)
        if found is None:
            found = self._found[word] = self._bearers_of(word)
        if not found:
            return self._bare_name(name, gender)
        if found[0][0] >= _SHORT and (word in self._bare or self._cues.introduction(index)):
            # "his son Jimmy" is not Jim
            return self._bare_name(name, gender)
        if (_is_plural(word, found) and self._cues.is_plural(index)) or (
            gender is not None and self._cues.is_family(index)
        ):
            return None
        if len(found) == 1 and gender is None and generation is None:
            rank, person, form = found[0]
            link = Link(person, _RANKS[rank], form, 0.0)
            if not _is_plural(word, found):
                self._only[word] = link
            return link
        if name.given or self._cues.is_knight(index):
            # "Prince Abdulaziz" is called so, and no son of one
            found = [item for item in found if item[0] == _GIVEN] or found
        fitting = [item for item in found if gender is None or _gender(item) in (gender, None)]
        if not fitting:
            return self._relative(found, gender) or self._bare_name(name, gender)
        rank = min(item[0] for item in fitting)
        best = _distinct([item for item in fitting if item[0] == rank])
        rule = _RANKS[rank]
        if generation is not None and len(best) == 1:
            best = self._of_generation(best, generation)
        elif len(best) > 1:
            best, rule = self._choose(index, word, best, gender, claims, in_title)
        elif len(fitting) < len(found) and len(_distinct(found)) > len(_distinct(fitting)):
            rule = "by-gender"
        if not best:
            return None
        _, person, form = best[0]
        self._established[word, gender] = person
        return Link(person, rule, form, 0.0)

    def _bearers_of(self, word: str) -> list[_Bearer]:
        """Who may be called so: none by the given name who bears no crown, where "Prince Charles" is spoken of."""
        found = self._bearers.get(word)
        if found is None:
            return self._similar(word)
        if any(item[0] == _GIVEN for item in found) and word in self._cues.royals():
            found = [item for item in found if item[0] != _GIVEN or self._may_reign(item)]
        return found

    def _may_reign(self, bearer: _Bearer) -> bool:
        _, person, form = bearer
        return not form.family_name.isalpha() or self._cues.is_royal(person)  # "Salman bin Hamad", "al-Saud"

    # -- one of several -----------------------------------------------------------------------

    def _choose(
        self,
        index: int,
        word: str,
        found: list[_Bearer],
        gender: lists.Gender | None,
        claims: Sequence[RoleClaim],
        in_title: bool,
    ) -> _Choice:
        """One of several bearers, by the strongest evidence there is."""
        cues = self._cues
        titled = [item for item in found if _has_role(item[1], claims)] if claims else []
        if not titled and (title := cues.title(index)):
            titled = [item for item in found if title in map(cues.title, cues.places(item[1]))]
        if len(titled) == 1:
            return titled, "by-title"
        found = titled or found
        if cues.is_family(index):
            return [], ""
        generation = cues.generation(index)
        if generation is not None:
            return self._of_generation(found, generation), "by-generation"
        if gender is not None:
            found = [item for item in found if cues.gender(item[1]) in (gender, None)] or found
            if len(found) == 1:
                return found, "by-gender"
        found = self._not_the_relative(index, found)
        if len(found) == 1:
            return found, "not-relative"
        return self._by_order(index, word, found, gender, in_title)

    def _by_order(
        self, index: int, word: str, found: list[_Bearer], gender: lists.Gender | None, in_title: bool
    ) -> _Choice:
        """One of several of whom the words beside the name do not tell which: by what came before it."""
        cues = self._cues
        named = [item for item in found if item[1].spans]
        if in_title or not named:  # a headline is read last or first, and stands before what it speaks of
            first = [item for item in found if cues.places(item[1])] or found
            return [min(first, key=lambda item: (cues.places(item[1]) or [index])[0])], "headline"
        if len(named) == 1:
            return named, "named-before"
        pronoun = cues.pronoun(index) if gender is None else None
        if pronoun is not None:
            meant = [item for item in named if cues.gender(item[1]) == pronoun]
            if len(meant) == 1:
                return meant, "by-pronoun"
        established = self._established.get((word, gender))
        for item in named:
            if item[1] is established:
                return [item], "established"
        heads = [item for item in named if not cues.is_relative(item[1], self._asked)]
        if len(heads) == 1:
            return heads, "not-relative"
        if gender is not None:
            sure = [item for item in named if cues.gender(item[1]) == gender]
            named = sure or named
        return [max(named, key=lambda item: item[1].spans[-1])], "nearest"

    def _of_generation(self, found: list[_Bearer], generation: Generation) -> list[_Bearer]:
        """The elder or the younger one; nobody where the article does not say which that is."""
        stated = [(self._cues.generation_of(item[1]), item) for item in found]
        meant = [item for known, item in stated if known == generation]
        if len(meant) == 1:
            return meant
        open_ones = meant or [item for known, item in stated if known is None]
        if len(open_ones) == 1 and len(found) > 1:
            return open_ones
        ages = [(self._cues.age(item[1]), item) for item in open_ones]
        known_ages = [(age, place) for place, (age, _) in enumerate(ages) if age is not None]
        if len(known_ages) < len(found) or len(found) == 1:
            return []
        pick = max if generation == "elder" else min
        return [ages[pick(known_ages)[1]][1]]

    def _not_the_relative(self, index: int, found: list[_Bearer]) -> list[_Bearer]:
        """Without the relative: "Weir's father, Paul Weir" is said of another Weir, "Weir's widow" of a man."""
        word, named = self._cues.relative(index)
        if not word:
            return found
        if named is not None:
            found = [item for item in found if named not in self._cues.places(item[1])] or found
        other = "f" if word in ("wife", "widow", "ex-wife") else "m" if word in ("husband", "widower") else ""
        return [item for item in found if self._cues.gender(item[1]) != other] or found

    # -- other spellings ----------------------------------------------------------------------

    def _similar(self, word: str) -> list[_Bearer]:
        """Persons one of whose names is a formal or another spelling of `word`."""
        result: list[_Bearer] = []
        formal = lists.formal_names()
        known = word in formal or word in lists.variant_group()
        first, length = word[0], len(word)
        for initials, person, form in self._spelt():
            if not known and first not in initials:
                continue
            given = form.given
            short = word in formal.get(given, ())
            # A word that no list knows is another spelling only of names about as long.
            likely = known or short or (first == given[:1] and abs(length - len(given)) <= MOST_EDITS)
            agreeing = same_given(word, given) if likely and len(given) > 1 else None
            if agreeing == "nickname":
                result.append((_SHORT, person, form))
            elif agreeing == "variant" or any(
                (known or (first == family[0] and abs(length - len(family)) <= MOST_EDITS))
                and (same_family(word, family) or _doubled(word, family) or _plural(word, family))
                for family in form.family
            ):
                result.append((_VARIANT, person, form))
        return result

    def _spelt(self) -> list[tuple[str, Person, Name]]:
        """The full forms of all persons, with their initials."""
        if self._forms is None:
            self._forms = [
                (_initials(form), person, form) for person in self._persons for form in person.forms
            ]
        return self._forms

    # -- nobody named in full -----------------------------------------------------------------

    def _relative(self, found: list[_Bearer], gender: lists.Gender | None) -> Link | None:
        """The one relative, so far called by one name, of those who bear a name and are of the other gender.

        Introduced right after one of them, that is: "Paul Weir's wife, Ana", "Paul Weir … his wife, Ana".
        """
        cues = self._cues
        theirs = {place for _, person, _ in found for place in person.spans}
        kind = lists.sections("words.txt")["relatives_f" if gender == "f" else "relatives_m"]
        meant = {
            id(link.person): link
            for links in self._bare.values()
            for link in links
            if link.person.gender in (gender, None)
            and any(place - 1 in theirs and cues.introduction(place) in kind for place in link.person.spans)
        }
        if len(meant) != 1:
            return None
        person = next(iter(meant.values())).person
        return Link(person, "relative", person.forms[0], 0.0)

    def _bare_name(self, name: Name, gender: lists.Gender | None) -> Link:
        """The person of the article who goes by this single name only."""
        known = self._bare.setdefault(name.words[0], [])
        for link in known:
            person = link.person
            if gender is None or person.gender in (None, gender):
                if len(name.text) > len(person.forms[0].text):
                    person.forms.insert(0, name)
                return link
        link = Link(Person([name], full=False, gender=gender), "bare", None, 0.0)
        known.append(link)
        return link


def _is_plural(word: str, found: Sequence[_Bearer]) -> bool:
    """Whether a single name may be the plural of a family name that it was taken for another spelling of."""
    rank, _, form = found[0]
    return rank == _VARIANT and any(_plural(word, family) for family in form.family)


def _plural(word: str, family: str) -> bool:
    """ "Quispes" for Quispe: the family, or an apostrophe was lost. "Edwards" may well be another name than Edward."""
    return word in (family + "s", family + "es") and word not in lists.surnames()


def _doubled(a: str, b: str) -> bool:
    """Whether two family names differ in a doubled letter alone: within one article a slip, whoever else is called so."""
    return len(a) > 4 < len(b) and without_doubled(a) == without_doubled(b)


def _gender(bearer: _Bearer) -> lists.Gender | None:
    return bearer[1].gender or bearer[2].gender


def _distinct(found: Iterable[_Bearer]) -> list[_Bearer]:
    """One entry for each person, the first."""
    return list({id(item[1]): item for item in reversed(list(found))}.values())[::-1]


def _has_role(person: Person, claims: Iterable[RoleClaim]) -> bool:
    return any(titles.same_role(asked.role, held.role) for asked in claims for held in person.claims)
