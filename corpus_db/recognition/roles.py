"""Finds roles: the titles and appositions that give a named person one, and the nominals that stand for one.

*Claims* tie a role to a name beside it: a title directly before it ("Ecuadorian President Lenin Moreno"), an
apposition after it ("Li Rong, executive vice director with …") or before it ("his counterpart, Martin
Vizcarra,"). *Role mentions* are nominals with an office and what it is an office of ("the Chinese president",
"the mayor of Guaranda", "his Russian counterpart"); whom they stand for is decided in resolution.

Everything starts from spans that are already found, names and countries, and looks at the few words
beside them: an article without titles costs two dictionary look-ups a span. The words are data
(corpus_db/data/roles/words.txt). A role that somebody held, or will hold, keeps that in its name
("Former President"); "counterpart" as the role of a claim means: the role of the one it is the counterpart of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple

from corpus_db.models import CountrySpan, Field, PersonSpan, RoleClaim, RoleSpan, Text
from corpus_db.names import titles

COUNTERPART: Final = "Counterpart"
_HEAD, _OFFICE, _MODIFIER, _QUALIFIER, _COMPLEMENT = 1, 2, 4, 8, 16
_POSSESSIVE = ("'s", "’s")
_WORD = re.compile(r"[^\s,;:()\"“”—–]+")
_AGE = re.compile(r"(?:aged? )?\d{1,3}, ")
_ADJECTIVE = re.compile(r"(?:ish|ese|ian|can|ic|ite|ist|ern|al|ly|ed)$")
_REACH: Final = 100  # how many characters beside a name its role may take


@cache
def _classes() -> dict[str, int]:
    """Lower-case word -> what it can be in a role, as bits."""
    found: dict[str, int] = {}

    def add(words: frozenset[str] | list[str], bits: int) -> None:
        for word in words:
            found[word] = found.get(word, 0) | bits

    heads = titles.heads()
    offices = titles.words("offices")
    add(list(heads), _HEAD)
    add([word for word, full in heads.items() if full in offices], _OFFICE)
    add(titles.words("modifiers"), _MODIFIER)
    add(list(titles.mapping("qualifiers")), _QUALIFIER)
    add(titles.words("complements"), _COMPLEMENT)
    return found


class _Role(NamedTuple):
    """A role as it stands in the text."""

    start: int  # with its country, organisation and qualifier
    head_start: int  # of its first own word
    end: int
    role: str
    qualifier: str
    country: CountrySpan | None
    organisation: str | None
    office: bool
    plural: bool = False


class _Side(NamedTuple):
    """One field of the article with what was found in it."""

    field: Field
    text: str
    people: list[PersonSpan]
    countries: list[CountrySpan]
    person_starts: dict[int, PersonSpan]
    person_ends: set[int]
    starts: dict[int, CountrySpan]
    ends: dict[int, CountrySpan]


def _sides(text: Text, people: Sequence[PersonSpan], countries: Sequence[CountrySpan]) -> Iterator[_Side]:
    fields: tuple[tuple[Field, str | None], ...] = (("title", text.title), ("body", text.body))
    for field, content in fields:
        if content:
            persons = [span for span in people if span.field == field]
            spans = [span for span in countries if span.field == field and span.kind != "dateline"]
            yield _Side(
                field,
                content,
                persons,
                spans,
                {span.start: span for span in persons},
                {span.end for span in persons},
                {span.start: span for span in spans},
                {span.end: span for span in spans},
            )


def _before(text: str, end: int) -> tuple[int, str]:
    """(start, lower-case word) of the word that ends at `end`; the word is "" at a line's start."""
    low = max(0, end - 40)
    start = max(text.rfind(" ", low, end), text.rfind("\n", low, end), text.rfind("\xa0", low, end)) + 1
    if start == 0 and low > 0:
        return end, ""
    return start, text[start:end].lower()


def _split_prefix(word: str) -> tuple[str, str]:
    """("ex-president") -> ("Former", "president")."""
    prefix, hyphen, rest = word.partition("-")
    if hyphen and prefix in ("ex", "then", "former", "co", "acting", "newly"):
        return titles.mapping("qualifiers")[prefix], rest
    return "", word


def _walk_back(text: str, end: int) -> tuple[int, str, str]:
    """From the end of a role's head leftwards over modifiers: (start, words, qualifier)."""
    classes = _classes()
    start, word = _before(text, end)
    qualifier, _ = _split_prefix(word)
    first = start
    for _ in range(7):
        if first == 0 or text[first - 1] != " " or qualifier:
            break
        left, word = _before(text, first - 1)
        bits = classes.get(word, 0)
        if word == "and":
            further, before = _before(text, left - 1) if left > 1 else (left, "")
            if not classes.get(before, 0) & _HEAD or text[further].isupper() != text[first].isupper():
                break
            first = further
            continue
        prefix, rest = _split_prefix(word)
        if prefix and classes.get(rest, 0):
            qualifier, first = prefix, left
        elif bits & (_MODIFIER | _HEAD) and not (bits & _QUALIFIER and not bits & _MODIFIER):
            first = left
        else:
            break
    own = text[first:end]
    prefix, rest = _split_prefix(own.lower())
    return first, rest if prefix else own, qualifier or prefix


def _qualifiers_back(text: str, first: int, qualifier: str) -> tuple[int, str]:
    """Qualifiers to the left of a role and its country: (start, qualifier)."""
    known = titles.mapping("qualifiers")
    while first > 1 and text[first - 1] == " ":
        left, word = _before(text, first - 1)
        if word not in known:
            break
        first, qualifier = left, qualifier or known[word]
    return first, qualifier


def _head_end(side: _Side, end: int) -> tuple[int, CountrySpan | None, bool]:
    """Where the head of a role that ends at `end` ends; the country of its complement, whether it has one.

    "Ambassador to Ecuador": of "Ambassador"; "Secretary of State": of "Secretary". -1 where there is none.
    """
    text, classes = side.text, _classes()
    start, word = _before(text, end)
    bits = classes.get(word, 0)
    if bits & _HEAD or word in titles.plurals():
        return end, None, False
    prefix, rest = _split_prefix(word)
    if prefix and classes.get(rest, 0) & _HEAD:
        return end, None, False
    country = side.ends.get(end)
    if country is not None:
        start = country.start
    elif not bits & _COMPLEMENT:
        return -1, None, False
    for _ in range(3):
        if start < 2 or text[start - 1] != " ":
            return -1, None, False
        left, word = _before(text, start - 1)
        if word in ("of", "to", "for") and left > 1:
            return (
                (left - 1, country if word != "to" else None, True)
                if _is_head(text, left - 1)
                else (-1, None, False)
            )
        if word != "the" and word != "and" and not (country is None and classes.get(word, 0) & _COMPLEMENT):
            return -1, None, False
        start = left
    return -1, None, False


def _is_head(text: str, end: int) -> bool:
    return bool(_classes().get(_split_prefix(_before(text, end)[1])[1], 0) & _HEAD)


def _role_ending_at(side: _Side, end: int) -> _Role | None:
    """The role whose last word ends at `end`, with the country or organisation before it."""
    text = side.text
    head_end, country, complement = _head_end(side, end)
    if head_end < 0:
        return None
    first, words, qualifier = _walk_back(text, head_end)
    last = words.rsplit(" ", 1)[-1].lower()
    plural = last in titles.plurals()
    if plural:
        words = words[: len(words) - len(last)] + titles.plurals()[last]
        last = titles.plurals()[last]
    if complement and country is None and end not in side.ends:
        words += text[head_end:end]
    start, before, organisation = _owner_back(side, first)
    start, qualifier = _qualifiers_back(text, start, qualifier)
    return _Role(
        start,
        first,
        end,
        titles.canonical(words, qualifier),
        qualifier,
        before or country,
        organisation,
        bool(_classes().get(_split_prefix(last)[1], 0) & _OFFICE),
        plural,
    )


def _owner_back(side: _Side, first: int) -> tuple[int, CountrySpan | None, str | None]:
    """The country or organisation directly before a role that starts at `first`: (start, country, name)."""
    text = side.text
    if first < 2 or text[first - 1] != " ":
        return first, None, None
    end = first - 1
    country = side.ends.get(end) or (side.ends.get(end - 2) if text[end - 2 : end] in _POSSESSIVE else None)
    if country is not None:
        organisation = (
            _organisation_back(side, country.start, end) if _follows_of(text, country.start) else None
        )
        return (end - len(organisation) if organisation else country.start), country, organisation
    start, organisation = end, _organisation_back(side, end, end)
    if organisation is None:
        return first, None, None
    start = end - len(organisation)
    name = organisation[:-2] if organisation.endswith(_POSSESSIVE) else organisation
    before = side.ends.get(start - 1)
    if before is not None and before.kind != "place" and text[start - 1] == " ":
        return before.start, before, name
    return start, None, name


def _follows_of(text: str, start: int) -> bool:
    return text[max(0, start - 4) : start] == " of " and text[max(0, start - 5)].isalpha()


def _organisation_back(side: _Side, low: int, end: int) -> str | None:
    """The run of capitalised words that ends at `end`, looked for to the left of `low`."""
    text = side.text
    not_one, connectors = titles.words("no_organisation"), titles.words("connectors")
    start = best = low
    for _ in range(7):
        left, word = _before(text, start if start == end else start - 1)
        if not word or (
            side.person_ends
            and (
                left + len(word) in side.person_ends
                or (
                    text[left : left + len(word)][-2:] in _POSSESSIVE
                    and left + len(word) - 2 in side.person_ends
                )
            )
        ):
            break
        country = side.ends.get(left + len(word))
        if country is not None and best != low and country.kind != "place":
            break
        if text[left].isupper() and word not in not_one and word[-1] not in '.,;:!?"”)':
            best = left
        elif word not in connectors:
            break
        start = left
        if left == 0 or text[left - 1] != " ":
            break
    name = text[best:end]
    if best >= end or (best == low and low != end):
        return None
    words = name.split(" ")
    if len(words) == 1 and not name.isupper() and (_ADJECTIVE.search(name) or _sentence_start(text, best)):
        return None
    return name


def _sentence_start(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip(" \"“‘'")
    return not before or before[-1] in ".!?\n:"


class _Forward(NamedTuple):
    """A role read from left to right: where its words stand, and its parts."""

    start: int
    end: int
    role: str
    qualifier: str
    country: CountrySpan | None
    office: bool


def _read_forward(side: _Side, start: int) -> _Forward | None:
    """The role phrase that starts at `start`: qualifiers, a country, modifiers, head, "of state"."""
    text, classes, qualifiers = side.text, _classes(), titles.mapping("qualifiers")
    at, words_start, head_end, qualifier = start, -1, -1, ""
    country: CountrySpan | None = None
    for _ in range(9):
        span = side.starts.get(at)
        if span is not None and head_end < 0:
            country, at = span, span.end + (2 if text[span.end : span.end + 2] in _POSSESSIVE else 0)
            words_start = -1
        else:
            match = _WORD.match(text, at)
            if match is None:
                break
            word = match[0].lower()
            prefix, rest = _split_prefix(word)
            bits = classes.get(rest if prefix else word, 0) or classes.get(word.rstrip("."), 0)
            if bits & _QUALIFIER and words_start < 0 and not bits & (_HEAD | _MODIFIER):
                qualifier = qualifier or qualifiers[word]
            elif bits & (_HEAD | _MODIFIER):
                if prefix:
                    qualifier, words_start = qualifier or prefix, at + len(word) - len(rest)
                elif words_start < 0:
                    words_start = at
                if bits & _HEAD:
                    head_end = at + len(word.rstrip(".")) if not classes.get(word, 0) & _HEAD else match.end()
            elif not (word == "and" and head_end == at - 1):
                break
            at = match.end()
        if at >= len(text) or text[at] != " ":
            break
        at += 1
    if head_end < 0:
        return None
    role_words = text[words_start:head_end]
    end = _complement_end(side, head_end)
    return _Forward(
        start,
        end,
        titles.canonical(role_words + text[head_end:end], qualifier),
        qualifier,
        country,
        bool(classes.get(_last_head(role_words), 0) & _OFFICE),
    )


def _last_head(role_words: str) -> str:
    return role_words.rsplit(" ", 1)[-1].lower()


def _complement_end(side: _Side, end: int) -> int:
    """The end of "of state", "of foreign affairs" and the like after a head that ends at `end`."""
    text = side.text
    if text[end : end + 4] != " of ":
        return end
    at, best = end + 4, end
    if text[at : at + 4] == "the ":
        return end
    for _ in range(4):
        match = _WORD.match(text, at)
        if match is None or at in side.starts:
            break
        word = match[0].rstrip(".'’").lower()
        if _classes().get(word, 0) & _COMPLEMENT:
            best = at + len(word)
        elif word != "and":
            break
        if text[at + len(word) : at + len(word) + 1] != " ":
            break
        at += len(word) + 1
    return best


def _owner_after(side: _Side, end: int) -> tuple[int, CountrySpan | None, str | None]:
    """What follows a role: "of Ecuador", "with Shandong People's Association": (end, country, organisation)."""
    text = side.text
    match = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    if match is None or match[0] not in titles.words("prepositions"):
        return end, None, None
    at = match.end() + 1
    if text[at : at + 4] == "the ":
        at += 4
    span = side.starts.get(at)
    if span is not None and not _goes_on(text, span.end):
        return span.end, (None if match[0] in ("to", "from") else span), None
    stop = _organisation_end(text, at)
    return (stop, None, text[at:stop]) if stop > at else (end, None, None)


def _goes_on(text: str, end: int) -> bool:
    """Whether a name goes on after a country in it: "China Mobile", "Peru's Congress"."""
    after = text[end : end + 2]
    return after in _POSSESSIVE or (len(after) == 2 and after[0] == " " and after[1].isupper())


def _organisation_end(text: str, at: int) -> int:
    """The end of the capitalised run that starts at `at` ("Shandong People's Association for Friendship")."""
    best, connectors = at, titles.words("connectors")
    for _ in range(12):
        match = _WORD.match(text, at)
        if match is None:
            break
        word = match[0]
        if word[0].isupper() or (word[0].isdigit() and best > 0):
            best = at + len(word.rstrip(".!?"))
            if word[-1] in ".!?" and len(word) > 3:
                break
        elif word not in connectors:
            break
        at = match.end()
        if text[at : at + 1] != " ":
            break
        at += 1
    if text[best - 2 : best] in _POSSESSIVE:
        best -= 2
    return best


def _claim(side: _Side, person: PersonSpan, role: _Role, rule: str) -> RoleClaim:
    country = role.country.country_code if role.country else None
    return RoleClaim(
        side.field, person.start, role.role, country, role.organisation, role.start, role.end, rule
    )


def _titles_before(side: _Side) -> Iterator[RoleClaim]:
    """Claims by a title directly before a name; a plural one goes to the names it is joined to."""
    text, classes = side.text, _classes()
    plurals = titles.plurals()
    for index, person in enumerate(side.people):
        end = person.start - 1
        if end < 2:
            continue
        if text[end] != " ":
            continue
        _, word = _before(text, end)
        if word.endswith(","):
            yield from _apposition_before(side, person, end - 1)
            continue
        known = word in classes or word in plurals or end in side.ends or "-" in word
        role = _role_ending_at(side, end) if known else None
        if role is None:
            continue
        yield _claim(side, person, role, "title-before")
        if role.plural:
            previous = person
            for other in side.people[index + 1 :]:
                if text[previous.end : other.start] not in (" and ", ", ", ", and "):
                    break
                yield _claim(side, other, role, "title-before")
                previous = other


def _apposition_before(side: _Side, person: PersonSpan, end: int) -> Iterator[RoleClaim]:
    """A claim by "the German chancellor, Angela Merkel," : a definite nominal, comma, name, comma."""
    text = side.text
    if text[person.end : person.end + 1] not in (",", ".", ";", ")", "") or text[end - 1 : end] == ",":
        return
    if text[max(0, end - 11) : end].lower().endswith("counterpart"):
        role = _counterpart_at(side, end - 11)
        if role is not None:
            yield RoleClaim(
                side.field,
                person.start,
                COUNTERPART,
                role.country_code,
                None,
                role.start,
                role.end,
                "counterpart",
            )
        return
    found = _role_ending_at(side, end)
    if found is None or found.plural:
        return
    _, word = _before(text, found.start - 1) if found.start > 1 else (0, "")
    possessive = text[found.start : found.head_start].rstrip().endswith(_POSSESSIVE)
    if word in titles.words("determiners") or word.endswith(_POSSESSIVE) or possessive:
        yield _claim(side, person, found, "apposition-before")


def _appositions_after(side: _Side) -> Iterator[RoleClaim]:
    """Claims by "Li Rong, executive vice director with …" and "Angela Merkel, the German chancellor,"."""
    text = side.text
    for person in side.people:
        end = person.end
        if text[end : end + 2] != ", ":
            continue
        at = end + 2
        age = _AGE.match(text, at)
        if age:
            at = age.end()
        for opening in ("who is ", "who was ", "the ", "a ", "an ", "his ", "her ", "its ", "their "):
            if text.startswith(opening, at):
                at += len(opening)
        found = _read_forward(side, at)
        if found is None:
            at = _after_owner(side, at)
            found = _read_forward(side, at) if at else None
        if found is None or (found.end + 1 in side.person_starts and text[found.end] == " "):
            continue
        if text[found.end : found.end + 1] not in ("", " ", ",", ".", ";", ":", ")", "-", "—", "\n"):
            continue
        stop, country, organisation = _owner_after(side, found.end)
        if (
            organisation is None
            and found.country is None
            and text[found.start - 3 : found.start - 1] in _POSSESSIVE
        ):
            organisation = _possessor(text, found.start - 3)
        yield RoleClaim(
            side.field,
            person.start,
            found.role,
            (found.country or country).country_code if found.country or country else None,  # type: ignore[union-attr]
            organisation,
            found.start,
            stop,
            "apposition-after",
        )


def _after_owner(side: _Side, at: int) -> int:
    """Where a role may start after "Microsoft's " or "the company's "; 0 where nothing is possessed."""
    low = at
    for _ in range(5):
        match = _WORD.match(side.text, at)
        if match is None or at in side.person_starts or side.text[match.end() : match.end() + 1] != " ":
            return 0
        at = match.end() + 1
        if match[0].endswith(_POSSESSIVE):
            return at
        if not match[0][0].isupper() and at - low > 30:
            return 0
    return 0


def _possessor(text: str, end: int) -> str | None:
    """The organisation whose possessive ends at `end`; None for a common noun ("the company's")."""
    start = max(text.rfind(", ", 0, end), text.rfind(" the ", 0, end) + 3) + 2
    name = text[start:end].strip()
    name = name.removeprefix("the ")
    return name if name and name[0].isupper() else None


def _start_of_nominal(side: _Side, first: int) -> tuple[int, str, bool]:
    """Leftwards over qualifiers to the determiner: (start, qualifier, whether a determiner opens it)."""
    start, qualifier = _qualifiers_back(side.text, first, "")
    if start < 2 or side.text[start - 1] != " ":
        return start, qualifier, False
    _, word = _before(side.text, start - 1)
    word = word.lstrip("\"“‘'(")
    if word in titles.words("determiners"):
        return start - 1 - len(word), qualifier, True
    return start, qualifier, False


def _nominals(side: _Side) -> Iterator[RoleSpan]:
    """Role mentions around a country: "the Chinese president", "China's president", "the mayor of Guaranda"."""
    text, classes = side.text, _classes()
    for span in side.countries:
        after = span.end
        possessive = text[after : after + 2] in _POSSESSIVE
        if possessive:
            after += 2
        if text[after : after + 1] == " ":
            match = _WORD.match(text, after + 1)
            if match and (match[0].lower() in classes or "-" in match[0] or match[0][-1] == "."):
                yield from _nominal_after(side, span, possessive)
        if span.start > 8 and text[span.start - 1] == " " and not _goes_on(text, span.end):
            yield from _nominal_of(side, span)


def _nominal_after(side: _Side, span: CountrySpan, possessive: bool) -> Iterator[RoleSpan]:
    text = side.text
    found = _read_forward(side, span.start)
    if found is None or not found.office or found.country is not span or not _free(side, found.end):
        return
    start, qualifier, determined = _start_of_nominal(side, span.start)
    if not determined and not (possessive and not qualifier) and side.field != "title":
        return
    end = found.end
    role = f"{qualifier} {found.role}" if qualifier and not found.qualifier else found.role
    if (
        text[end : end + 4] == " to "
        and end + 4 in side.starts
        and not _goes_on(text, side.starts[end + 4].end)
    ):
        end = side.starts[end + 4].end
        if not _free(side, end):
            return
    yield RoleSpan(side.field, start, end, text[start:end], role, span.country_code, "office-of-country")


def _free(side: _Side, end: int) -> bool:
    """Whether a nominal can end here: no name and no noun goes on with it, and no letter."""
    text = side.text
    if text[end : end + 1] == " ":
        if end + 1 in side.person_starts:
            return False
        match = _WORD.match(text, end + 1)
        if match is None:
            return True
        word = match[0].lower().rstrip(".")
        return word not in titles.words("followers") and not match[0][0].isupper()
    return not text[end : end + 1].isalnum() and text[end : end + 1] != "-"


def _nominal_of(side: _Side, span: CountrySpan) -> Iterator[RoleSpan]:
    text = side.text
    left, word = _before(text, span.start - 1)
    if word == "the" and left > 3:
        left, word = _before(text, left - 1)
    if word != "of" or left < 5 or text[left - 1] != " ":
        return
    head_end = left - 1
    _, head = _before(text, head_end)
    if not _classes().get(_split_prefix(head)[1], 0) & _OFFICE or not _free(side, span.end):
        return
    first, words, qualifier = _walk_back(text, head_end)
    start, more, determined = _start_of_nominal(side, first)
    if determined:
        role = titles.canonical(words, qualifier or more)
        yield RoleSpan(
            side.field, start, span.end, text[start : span.end], role, span.country_code, "office-of-country"
        )


def _counterpart_at(side: _Side, at: int) -> RoleSpan | None:
    """The nominal round the word "counterpart" that starts at `at`."""
    text, end = side.text, at + 11
    if text[end : end + 1].isalpha() or at < 4 or text[at - 1] != " ":
        return None
    country = side.ends.get(at - 1)
    start = country.start if country else at
    if country is None:
        match = _WORD.match(text, end + 1) if text[end : end + 1] == " " else None
        if match and match[0] in ("from", "of", "in"):
            country = side.starts.get(match.end() + 1)
            end = country.end if country else end
    if country is None or start < 2:
        return None
    _, word = _before(text, start - 1)
    word = word.lstrip("\"“‘'(")
    if word in ("his", "her", "their", "its", "the", "my", "our"):
        start = start - 1 - len(word)
    elif start - 3 in side.person_ends and text[start - 3 : start - 1] in _POSSESSIVE:
        start = max(span.start for span in side.people if span.end == start - 3)
    else:
        return None
    return RoleSpan(side.field, start, end, text[start:end], None, country.country_code, "counterpart")


def _counterparts(side: _Side) -> Iterator[RoleSpan]:
    at = side.text.find("counterpart")
    while at >= 0:
        found = _counterpart_at(side, at)
        if found is not None and not (
            side.text[found.end : found.end + 1] == " " and found.end + 1 in side.person_starts
        ):
            yield found
        at = side.text.find("counterpart", at + 11)


def _counterpart_titles(side: _Side) -> Iterator[RoleClaim]:
    """Claims by "his Chinese counterpart Xi Jinping"."""
    for person in side.people:
        if side.text[max(0, person.start - 12) : person.start] == "counterpart ":
            found = _counterpart_at(side, person.start - 12)
            if found is not None:
                yield RoleClaim(
                    side.field,
                    person.start,
                    COUNTERPART,
                    found.country_code,
                    None,
                    found.start,
                    person.start - 1,
                    "counterpart",
                )


def _without_overlap(spans: list[RoleSpan]) -> list[RoleSpan]:
    """Of role mentions that overlap, the longest, else the first."""
    kept: list[RoleSpan] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def find(
    text: Text, people: Sequence[PersonSpan], countries: Sequence[CountrySpan]
) -> tuple[list[RoleSpan], list[RoleClaim]]:
    """The role mentions and the role claims of one article, each in order (title first, start).

    `people` and `countries` are the spans found in it. A person may have several claims.
    """
    roles: list[RoleSpan] = []
    claims: list[RoleClaim] = []
    for side in _sides(text, people, countries):
        roles += _without_overlap([*_nominals(side), *_counterparts(side)])
        found = {*_titles_before(side), *_counterpart_titles(side), *_appositions_after(side)}
        claims += sorted(found, key=lambda claim: (claim.start, claim.role_start, claim.role))
    return roles, claims
