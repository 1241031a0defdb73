"""Agencies and wire services: which credit names one, and its short form.

A credit is a claim of the text, not proof. Of several ("Xinhua/NAN") the first is the agency: it
stands for who wrote the story, the others passed it on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from corpus_db.parsing.tables import load

_SHORT = 3
_TABLE: Mapping[str, list[str]] = load("agencies")["agencies"]
_EXACT = {name: short for short, names in _TABLE.items() for name in (short, *names)}
_FOLDED = {name.lower(): short for name, short in _EXACT.items() if len(name) > _SHORT}
_LAST_WORDS = frozenset(name.lower().split()[-1] for name in _EXACT)
_PARTS = re.compile(r"\s*[/;,&|·+]\s*|\s+and\s+|\s+via\s+")

_SERVICES = "|".join(map(re.escape, load("agencies")["services"]["words"]))
# "Xinhua General News Service", "Agence France Presse -- English", "AP Online": what archives call an agency's service.
_SERVICE = re.compile(
    rf"(?:the\s+)?(?P<name>{'|'.join(map(re.escape, sorted(_EXACT, key=len, reverse=True)))})(?:\s+(?:{_SERVICES})\b|\s*(?:[-–—(|,:]))",
    re.IGNORECASE,
)

# "(Xinhua/NAN)" at the very end, with nothing behind it.
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]\n]{2,40})[)\]][.\s]*$")
# "text. -- AFP", and "© AFP 2020", "Source: Xinhua" or the name alone as the last line.
_BEHIND_DASH = re.compile(r"[.!?\"”)]\s{0,2}(?:--|—|–|-|/)\s?([^\W\d_][\w.' -]{1,30})$")
_AS_LINE = re.compile(
    r"\n[\s\-–—_*/(]*(?:source\s*:|copyright|©|\(c\))?\s*([^\W\d_][\w.' -]{1,30}?)(?:\s+\d{4})?[\s.\-–—)/]*$",
    re.IGNORECASE,
)
# The same for one line; in brackets it belongs to the text ("(Xinhua)").
_WHOLE_LINE = re.compile(
    r"[\s\-–—_*/]*(?:(?:sources?|fuente|quelle|fonte|bron)\s?:|©)?\s?([^\W\d_][\w.' -]{1,30}?)[\s.\-–—_*/]*$",
    re.IGNORECASE,
)
# How far from the end a trailing credit can begin.
_TAIL = 60


def agency_named(name: str) -> str | None:
    """The short form when `name` as a whole is an agency's name."""
    return _EXACT.get(name) or (_FOLDED.get(name.lower()) if len(name) > _SHORT else None)


@lru_cache(maxsize=4096)  # the credits of a collection come again
def agency_in(credit: str) -> str | None:
    """The first agency of a credit of one or more names ("Xinhua/NAN"), None when it names none."""
    whole = agency_named(credit.strip())
    if whole:
        return whole
    for part in _PARTS.split(credit.strip()):
        found = agency_named(part.strip())
        if found:
            return found
    return None


def agency_of_service(publisher: str) -> str | None:
    """The agency whose service `publisher` is, as archives call them, None where it is none."""
    match = _SERVICE.match(publisher.strip())
    return agency_in(publisher) or (agency_named(match["name"]) if match else None)


def agency_of_line(line: str) -> str | None:
    """The agency that a whole line credits: "AFP", "- Xinhua", "Source: Reuters"."""
    if line.rstrip(" .-–—*_/").rpartition(" ")[2].lower() not in _LAST_WORDS:
        return None
    match = _WHOLE_LINE.match(line)
    return agency_named(match[1]) if match else None


def agency_at_end(body: str) -> str | None:
    """The agency of a credit that ends `body`: in brackets, behind a dash, or as its last line."""
    tail = body[-_TAIL:]
    match = _IN_BRACKETS.search(tail) if "(" in tail or "[" in tail else None
    if match:
        return agency_in(match[1])
    match = None
    if "-" in tail or "/" in tail or "—" in tail or "–" in tail:
        match = _BEHIND_DASH.search(tail)
    if match is None and "\n" in tail:
        match = _AS_LINE.search(tail)
    return agency_named(match[1].strip()) if match else None
