"""Resolves the mentions of one article to the persons of that article.

    names + roles + claims  ->  Annotation: mentions with rule, antecedent and confidence; persons

The steps: group the names (grouping.py), give each person the claims made beside its names, resolve
the role mentions by them (nominals.py), write everything down. Nothing outside the article is looked at;
which persons of different articles are one is decided in across.py.

A *reading order* runs through it: the body, then the title, which is read with the body's knowledge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Final

from corpus_db.models import (
    Annotation,
    Field,
    LocalPerson,
    Mention,
    PersonSpan,
    Recognised,
    RoleClaim,
    RoleSpan,
    Text,
)
from corpus_db.names import Name, as_family_name, fold, lists, parse, titles
from corpus_db.resolution import aliases, pairs
from corpus_db.resolution.cues import Cues, generation_before
from corpus_db.resolution.grouping import Link, Person, group_full
from corpus_db.resolution.nominals import COUNTERPART, Found, Named, Nominals
from corpus_db.resolution.rules import RULES
from corpus_db.resolution.singles import SingleNames

_MAN: Final = ("mr", "mr.", "mister", "sir", "señor", "senor")
_WOMAN: Final = ("mrs", "mrs.", "ms", "ms.", "miss", "dame", "madame", "señora", "senora")
_HONORIFICS: Final[dict[str, lists.Gender]] = {
    **{spelt: "m" for word in _MAN for spelt in (word, word.capitalize(), word.upper())},
    **{spelt: "f" for word in _WOMAN for spelt in (word, word.capitalize(), word.upper())},
}
# What stands in three characters before the space before a name, where that may be an honorific.
_HONORIFIC_ENDS: Final = frozenset(
    end for word in _HONORIFICS for end in ([word[-3:]] if len(word) > 2 else [word, f" {word}", f".{word}"])
)
_ROYAL: Final = frozenset(("prince", "princess", "king", "queen", "sultan"))
_WITH_PARTICLE: Final = 2  # words of "Al Rand", "Prince Mohammed"
_LAST_WORD: Final = re.compile(r"[^\W\d_]+\.?$")
_FIELD: Final = itemgetter(Mention._fields.index("field"))
_ROLE: Final = itemgetter(RoleClaim._fields.index("role"))
_TEXT: Final = itemgetter(PersonSpan._fields.index("text"))
_START: Final = itemgetter(Mention._fields.index("start"))
_new: Final = tuple.__new__  # makes a Mention in a quarter of the time that a call of the class takes
_CONFIDENCE: Final = {name: rule.confidence for name, rule in RULES.items()}


def resolve_article(text: Text, recognised: Recognised) -> Annotation:
    """The mentions and persons of one article, from what its own words say."""
    contents: dict[Field, str] = {"title": text.title or "", "body": text.body}
    spans = recognised.people
    stated = aliases.stated(contents, spans) if spans else {}
    loose = [spans[index] for index in sorted(aliases.nobodys(spans, stated))]
    if loose:
        spans = [span for span in spans if span not in loose]
        recognised = recognised._replace(people=spans)
        stated = aliases.stated(contents, spans)
    grouped = _Grouping(contents, recognised, stated) if spans else None
    persons = grouped.persons if grouped else []
    roles = _resolve_roles(text, recognised, persons, grouped.links if grouped else [])
    named = _name_mentions(spans, grouped.links) if grouped else []
    mentions = [_role_mention(role, found, spans, named) for role, found in roles]
    mentions += named
    mentions += map(_loose_mention, loose)
    mentions += _country_mentions(recognised)
    return Annotation(_in_order(mentions, text), tuple(map(_local, persons)))


class _Grouping:
    """The persons of one article, in order of first mention, and the link of every span to its person."""

    def __init__(
        self, contents: Mapping[Field, str], recognised: Recognised, stated: Mapping[int, int]
    ) -> None:
        """`stated` are the aliases: number of a span -> number of the span of the person it is given to."""
        self._contents = contents
        self._spans = recognised.people
        self._names = _with_family_names(list(map(parse, map(_TEXT, self._spans))))
        self._sharing = pairs.sharing(contents, self._spans, self._names)
        for index, name in self._sharing.items():
            self._names[index] = name
        self._claims = self._claims_of_spans(recognised.claims) if recognised.claims else {}
        forms: dict[str, tuple[Name, int]] = {}
        for name in self._names:
            if name.full:
                known = forms.get(name.text)
                forms[name.text] = (name, known[1] + 1 if known else 1)
        full, self._links_of = group_full(forms)
        self.links: list[Link | None] = []  # None: the article does not tell who is meant
        self.persons: list[Person] = []
        self._claim_full()
        alone = frozenset(name.words[0] for name in self._names if not name.full)
        self._read(SingleNames(full, alone, Cues(contents, self._spans, self._names)), stated)
        for person in self.persons:
            if len(person.claims) > 1:
                person.claims = _with_countries(person.claims)

    def _claims_of_spans(self, claims: Iterable[RoleClaim]) -> dict[int, list[RoleClaim]]:
        """Number of a span -> the claims made beside it."""
        places = {span[:2]: index for index, span in enumerate(self._spans)}
        found: dict[int, list[RoleClaim]] = {}
        for claim in claims:
            index = places.get(claim[:2])
            if index is not None:
                found.setdefault(index, []).append(claim)
        return found

    def _claim_full(self) -> None:
        """Roles stated beside full names are known before single names are read."""
        for index, claims in self._claims.items():
            name = self._names[index]
            if name.full:
                person = self._links_of[name.text].person
                person.claims += claims
                for claim in claims:
                    person.gender = person.gender or titles.gender_of(claim.role)

    def _read(self, singles: SingleNames, stated: Mapping[int, int]) -> None:
        """Link every span, in reading order."""
        spans, names, links = self._spans, self._names, dict[int, Link | None]()
        title, body = self._contents["title"], self._contents["body"]
        order: Sequence[int] = range(len(spans))
        if spans[0].field == "title":
            order = sorted(order, key=lambda index: spans[index].field == "title")
        full_names, claims_of = self._links_of, self._claims
        for index in order:
            name, (field, start, _, _, _, _) = names[index], spans[index]
            content = title if field == "title" else body
            gender: lists.Gender | None = None
            if content[start - 4 if start > 4 else 0 : start - 1] in _HONORIFIC_ENDS:
                gender = _honorific(content, start)
            link: Link | None
            if not name.full:
                claims = claims_of.get(index, ())
                gender = gender or name.gender
                generation = generation_before(content, start)
                link = singles.resolve(index, name, gender, claims, generation, field == "title")
                if link is None:
                    links[index] = None
                    continue
                if claims:
                    link.person.claims += claims
            elif index in self._sharing:
                link = Link(full_names[name.text].person, "shared-family-name", name, 0.0)
            else:
                link = full_names[name.text]
            links[index] = link
            person = link.person
            person.spans.append(index)
            words = name.words
            if words not in person.first_of:
                person.first_of[words] = index
            if gender is not None and person.gender is None:
                person.gender = gender
        for index, holder in stated.items():
            self._join(links, index, holder)
        self.links = [links[index] for index in range(len(spans))]
        self.persons = list(dict.fromkeys([link.person for link in self.links if link is not None]))
        for number, person in enumerate(self.persons):
            person.number = number

    def _join(self, links: dict[int, Link | None], index: int, holder: int) -> None:
        """Make the person of an alias and the one it is given to one: the holder's, or whose name is full."""
        held, own = links[holder], links[index]
        if held is None or own is None or held.person is own.person:
            return
        person, other, swapped = held.person, own.person, False
        name = self._names[index]
        if not any(form.words == name.words for form in other.forms):
            # "Mae Hill, née Ortiz" where an Ortiz is named in full: it is this one only here.
            other.spans.remove(index)
            moved = [index]
        else:
            if other.full and not person.full and self._spans[index].rule != aliases.FOUND:
                person, other, swapped = other, person, True
            moved, other.spans = other.spans, []
            person.claims += other.claims
            person.forms += other.forms
            person.gender = person.gender or other.gender
        given = self._names[holder if swapped else index].words
        form = self._names[index if swapped else holder]
        for number in moved:
            link = links[number]
            assert link is not None  # it is among its person's spans
            if self._names[number].words == given:
                link = Link(person, "alias", form, 0.0)
            links[number] = Link(person, link.rule, link.form, link.confidence)
            person.first_of.setdefault(self._names[number].words, number)
        person.spans = sorted({*person.spans, *moved})


def _with_family_names(names: list[Name]) -> list[Name]:
    """The names, but "Al Rand" read as a family name where the article has "Hussain Al Rand", not as one called Al."""
    particles = lists.sections("words.txt")["given_particles"]
    if not any(name.full and (name.given in particles or name.given in _ROYAL) for name in names):
        return names
    families = {fold(name.family_name) for name in names if len(name.words) > 1}
    given = {name.given for name in names if len(name.words) > 1}
    result = []
    for name in names:
        if name.full and len(name.words) == _WITH_PARTICLE:
            royal = name.given in _ROYAL and name.words[1] in given  # "Prince Mohammed"
            if royal or (name.given in particles and fold(name.text) in families):
                name = as_family_name(name, is_given=royal)
        result.append(name)
    return result


def _honorific(content: str, start: int) -> lists.Gender | None:
    """The gender of a Mr, Mrs or the like directly before the name at `start`."""
    end = start - 1
    if end < 2:
        return None
    word = content[content.rfind(" ", max(0, end - 16), end) + 1 : end]
    found = _HONORIFICS.get(word)
    if found is None and not word.isalpha():  # “Mr, morning.Mr
        match = _LAST_WORD.search(word)
        found = _HONORIFICS.get(match[0]) if match else None
    return found


def _with_countries(claims: list[RoleClaim]) -> list[RoleClaim]:
    """Claims without a country take the one that another claim gives the same person in that role."""
    known: dict[str, set[str]] = {}
    for claim in claims:
        if claim.country_code is not None:
            known.setdefault(claim.role, set()).add(claim.country_code)
    return [
        claim._replace(country_code=next(iter(known[claim.role])))
        if claim.country_code is None and len(known.get(claim.role, ())) == 1
        else claim
        for claim in claims
    ]


# -- roles --------------------------------------------------------------------------------------


def _resolve_roles(
    text: Text, recognised: Recognised, persons: Sequence[Person], links: Sequence[Link | None]
) -> list[tuple[RoleSpan, Found]]:
    """Whom each role mention stands for.

    For this "his Peruvian counterpart, X" gives X the office, but it is no claim that X comes out with: the
    article says so only by way of another person.
    """
    counterparts = COUNTERPART in map(_ROLE, recognised.claims)
    if not recognised.roles and not counterparts:
        return []
    contents: dict[Field, str] = {"title": text.title or "", "body": text.body}
    named = [
        Named(span.field, span.start, span.end, link.person, False)
        for span, link in zip(recognised.people, links, strict=True)
        if link is not None
    ]
    nominals = Nominals(contents, persons, named, recognised.countries)
    if counterparts:
        offices = [list(_offices(person, nominals)) for person in persons]
        for person, claims in zip(persons, offices, strict=True):
            person.claims = claims
    return [(role, nominals.resolve(role)) for role in recognised.roles]


def _offices(person: Person, nominals: Nominals) -> Iterable[RoleClaim]:
    """The person's claims; "his Peruvian counterpart, X" becomes the office of the one it is said of."""
    for claim in person.claims:
        if claim.role != COUNTERPART:
            yield claim
            continue
        other = nominals.possessor(claim.field, claim.role_start)
        if other is not None and other is not person:
            offices = [
                held for held in other.claims if held.role != COUNTERPART and held.country_code is not None
            ]
            if offices:
                nearest = min(offices, key=lambda held: (abs(held.start - claim.role_start), held.role))
                yield claim._replace(role=nearest.role)


# -- what comes out -----------------------------------------------------------------------------


def _local(person: Person) -> LocalPerson:
    name, claims = person.forms[0], person.claims
    if claims:
        claims = [claim for claim in claims if claim.rule != "counterpart"]
    if len(claims) > 1:
        claims.sort(key=lambda claim: (claim.field != "title", claim.start, claim.role_start))
    return _new(
        LocalPerson,
        (person.number, name.text, name.family_name, person.full, person.gender, tuple(claims)),
    )


def _name_mentions(spans: Sequence[PersonSpan], links: Sequence[Link | None]) -> list[Mention]:
    """The mentions by name, in text order; an antecedent is the first mention of the matched form."""
    made: list[Mention | None] = [None] * len(spans)
    return [done or _name_mention(index, spans, links, made) for index, done in enumerate(made)]


def _name_mention(
    index: int, spans: Sequence[PersonSpan], links: Sequence[Link | None], made: list[Mention | None]
) -> Mention:
    """One mention by name, put into `made`; its antecedent is made before it."""
    field, start, end, words, rule, confidence = spans[index]
    link = links[index]
    if link is None:
        made[index] = loose = _loose_mention(spans[index])
        return loose
    person, antecedent = link.person, None
    if link.form is not None:
        first = person.first_of.get(link.form.words, index)
        if first != index:
            antecedent = made[first] or _name_mention(first, spans, links, made)
    rule, confidence = _both(rule, link.rule, confidence, link.confidence)
    made[index] = mention = _new(
        Mention,
        (
            field, start, end, words, "person", "name", rule, confidence,
            None, None, person.forms[0].text, person.number, antecedent, None,
        ),
    )  # fmt: skip
    return mention


@lru_cache(maxsize=1 << 12)
def _both(found: str, resolved: str, sure: float, also_sure: float) -> tuple[str, float]:
    """The rules of both steps in one, and how sure they are together. Few pairs occur, and rounding is slow."""
    return f"{found}+{resolved}", round(sure * (also_sure or _CONFIDENCE[resolved]), 3)


def _loose_mention(span: PersonSpan) -> Mention:
    """A name of which the article does not say whose it is."""
    rule, confidence = _both(span.rule, "unresolved", span.confidence, 0.0)
    return Mention(span.field, span.start, span.end, span.text, "person", "name", rule, confidence)


def _role_mention(
    role: RoleSpan,
    found: Found,
    spans: Sequence[PersonSpan],
    named: Sequence[Mention],
) -> Mention:
    antecedent, person = None, found.person
    if found.antecedent is not None:
        places = ((span.field, span.start) for span in spans)
        antecedent = next(
            (m for place, m in zip(places, named, strict=True) if place == found.antecedent), None
        )
    return Mention(
        role.field, role.start, role.end, role.text, "person", "role", f"{role.rule}+{found.rule}",
        _CONFIDENCE[found.rule], None, None, person.forms[0].text if person else None,
        person.number if person else None, antecedent,
    )  # fmt: skip


def _country_mentions(recognised: Recognised) -> list[Mention]:
    return [
        _new(
            Mention,
            (
                field, start, end, words, "country", kind, rule, confidence, code, place,
                None, None, None, located,
            ),
        )
        for field, start, end, words, kind, code, place, rule, confidence, located in recognised.countries
    ]  # fmt: skip


def _in_order(mentions: list[Mention], text: Text) -> tuple[Mention, ...]:
    """Title before body, then by start; of two that start together the longer (a role) stays first."""
    mentions.sort(key=_START)
    if text.title is not None:
        mentions.sort(key=_FIELD, reverse=True)  # "title" before "body", the rest as it was
    return tuple(mentions)
