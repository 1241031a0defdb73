"""Role mentions: nominals that stand for a person, each with what the office is an office of.

Only nominals that name a country or a place ("the Chinese president", "the mayor of Guaranda") or are
someone's counterpart: a bare "the president" says too little to be more than a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from corpus_db.models import CountrySpan, RoleSpan
from corpus_db.names import titles
from corpus_db.recognition.roles.leftwards import qualifiers_back, walk_back
from corpus_db.recognition.roles.phrases import POSSESSIVE, WORD, Side, before, classes, is_office
from corpus_db.recognition.roles.rightwards import apposition_at, goes_on

_BEFORE_COUNTRIES: Final = (" of ", "the ")


def find_nominals(side: Side) -> list[RoleSpan]:
    """The role mentions of one field in order; of two that overlap the longer."""
    found = [*_around_countries(side), *_counterparts(side)]
    if len(found) < 2:
        return found
    kept: list[RoleSpan] = []
    for span in sorted(found, key=lambda span: (span.start - span.end, span.start)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)


def _around_countries(side: Side) -> Iterator[RoleSpan]:
    """ "The Chinese president", "China's president", "the mayor of Guaranda"."""
    text, known = side.text, classes()
    for span in side.countries:
        start, after = span[1], span[2]
        owned = text[after : after + 2] in POSSESSIVE
        if owned:
            after += 2
        if text[after : after + 1] == " ":
            match = WORD.match(text, after + 1)
            if match is not None:
                word = match[0]
                if word.lower() in known or word[-1] == "." or "-" in word:
                    yield from _after_country(side, span, owned)
        if text[start - 4 : start] in _BEFORE_COUNTRIES and not goes_on(text, span[2]):
            yield from _of_country(side, span)


def _after_country(side: Side, span: CountrySpan, owned: bool) -> Iterator[RoleSpan]:
    """A nominal whose office stands after the country."""
    text = side.text
    found = apposition_at(side, span.start)
    if found is None or found.country is not span or not _free(side, found.end):
        return
    if not is_office(text[span.end : found.head_end]):
        return
    start, qualifier, determined = _start_of_nominal(side, span.start)
    if not determined and not (owned and not qualifier) and side.field != "title":
        return
    end = found.end
    role = f"{qualifier} {found.role}" if qualifier and not found.qualifier else found.role
    if text[end : end + 4] == " to " and end + 4 in side.starts:  # "the U.S. ambassador to China"
        end = side.starts[end + 4].end
        if goes_on(text, end) or not _free(side, end):
            return
    yield _mention(side, start, end, role, span)


def _of_country(side: Side, span: CountrySpan) -> Iterator[RoleSpan]:
    """A nominal whose office stands before the country: "the mayor of Guaranda"."""
    text = side.text
    left, word = before(text, span.start - 1)
    if word == "the" and left > 3:
        left, word = before(text, left - 1)
    if word != "of" or left < 5 or text[left - 1] != " " or not _free(side, span.end):
        return
    if not is_office(before(text, left - 1)[1]):
        return
    first, words, qualifier = walk_back(text, left - 1)
    start, more, determined = _start_of_nominal(side, first)
    if determined:
        yield _mention(side, start, span.end, titles.canonical(words, qualifier or more), span)


def _mention(side: Side, start: int, end: int, role: str, country: CountrySpan) -> RoleSpan:
    text = side.raw[start:end]
    return RoleSpan(side.field, start, end, text, role, country.country_code, "office-of-country")


def _start_of_nominal(side: Side, first: int) -> tuple[int, str, bool]:
    """Leftwards over qualifiers to the determiner: (start, qualifier, whether a determiner opens it)."""
    start, qualifier = qualifiers_back(side.text, first, "")
    if start < 2 or side.text[start - 1] != " ":
        return start, qualifier, False
    _, word = before(side.text, start - 1)
    word = word.lstrip("\"“‘'(")
    if word in titles.words("determiners"):
        return start - 1 - len(word), qualifier, True
    return start, qualifier, False


def _free(side: Side, end: int) -> bool:
    """Whether a nominal can end here: no name and no noun goes on with it, and no letter."""
    text = side.text
    following = text[end : end + 1]
    if following != " ":
        return not following.isalnum() and following != "-"
    if end + 1 in side.person_starts:
        return False
    match = WORD.match(text, end + 1)
    if match is None:
        return True
    return match[0].lower().rstrip(".") not in titles.words("followers") and not match[0][0].isupper()


# -- "his Russian counterpart" ------------------------------------------------------------------


def _counterparts(side: Side) -> Iterator[RoleSpan]:
    at = side.text.find("counterpart")
    while at >= 0:
        found = counterpart_at(side, at)
        if found is not None and not (
            side.text[found.end : found.end + 1] == " " and found.end + 1 in side.person_starts
        ):
            yield found
        at = side.text.find("counterpart", at + 11)


def counterpart_at(side: Side, at: int) -> RoleSpan | None:
    """The nominal round the word "counterpart" that starts at `at`: whose it is, and of which country."""
    text, end = side.text, at + len("counterpart")
    if text[end : end + 1].isalpha() or at < 4 or text[at - 1] != " ":
        return None
    country = side.ends.get(at - 1)
    start = country.start if country else at
    if country is None:  # "his counterpart from Russia"
        match = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
        if match and match[0] in ("from", "of", "in"):
            country = side.starts.get(match.end() + 1)
            end = country.end if country else end
    if country is None or start < 2:
        return None
    _, word = before(text, start - 1)
    word = word.lstrip("\"“‘'(")
    if word in ("his", "her", "their", "its", "the", "my", "our"):
        start = start - 1 - len(word)
    elif start - 3 not in side.person_ends or text[start - 3 : start - 1] not in POSSESSIVE:
        return None  # of "Xi's Russian counterpart" the name is a mention of its own, and another person
    return RoleSpan(side.field, start, end, side.raw[start:end], None, country.country_code, "counterpart")
