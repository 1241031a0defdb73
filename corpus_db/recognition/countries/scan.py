"""Finds where a surface of the lexicon stands in a text: longest match first, no two overlapping.

Only capitalised tokens are looked at. What a candidate means, and whether it is a place at all, is decided
later with the whole article in view (see model.py and choose.py).
"""

from __future__ import annotations

from typing import NamedTuple

from corpus_db.recognition.countries.lexicon import Entry, Lexicon, Packed, Surface
from corpus_db.recognition.countries.spelling import NEXT_TOKEN, PARTICLES, TOKEN, fold, without_possessive

_LONGEST = 6  # words of a name


class Candidate(NamedTuple):
    """A surface in a text."""

    start: int
    end: int
    surface: Surface
    capitals: bool  # all letters are capitals, and not because the name is written so


def _longer(text: str, end: int, entry: Entry, lexicon: Lexicon, first: str) -> tuple[int, Surface] | None:
    """The longest name that goes on after the first token: its end and surface."""
    best = None
    words: tuple[str, ...] = ()
    names: dict[tuple[str, ...], Surface | Packed] = {}
    at = end
    while len(words) < _LONGEST:
        match = NEXT_TOKEN.match(text, at)
        if match is None:
            break
        token = match[1]
        bare = without_possessive(token)
        word = fold(bare)
        if not words:
            names = entry.longer.get(word) or entry.longer.get(fold(token)) or {}
            if not names:
                break
        at = match.end()
        lower = token[0].islower() and token not in PARTICLES and "'" not in token[:3] and "’" not in token[:3]
        joined = fold(token)
        surface = lexicon.surface(names, (*words, joined), first)
        stop = at
        if surface is None and bare != token:
            joined = word
            surface = lexicon.surface(names, (*words, joined), first)
            stop = match.start(1) + len(bare)
        words = (*words, joined)
        if surface is not None and (surface.blocked or not lower):
            best = stop, surface
        if lower and not any(isinstance(s, Surface) and s.blocked for s in names.values()):
            break
    return best


def candidates(text: str, lexicon: Lexicon) -> list[Candidate]:
    """Every surface in the text, in order; blocked names are left out with all that lies in them."""
    found = []
    free_from = 0
    lookup = lexicon.lookup
    for match in TOKEN.finditer(text):
        token = match[0]
        entry = lookup(token)
        if entry is None:
            continue
        start = match.start()
        if start < free_from:
            continue
        end = start + entry.length
        surface = entry.alone
        stop = end
        if entry.longer and entry.length == len(token):
            longer = _longer(text, end, entry, lexicon, fold(token))
            if longer is not None:
                stop, surface = longer
        if stop == end:
            following = text[end : end + 1]
            if entry.combining is not None and following == "-":
                surface = entry.combining
            elif entry.contained is not None and text[max(0, start - 2) : start].rstrip(" \n").endswith(","):
                surface = entry.contained
            elif entry.dotted is not None and following == ".":
                surface, stop = entry.dotted, end + 1
        if surface is None:
            continue
        free_from = stop
        if surface.blocked:
            continue
        written = text[start:stop]
        capitals = not entry.exact and stop - start > 1 and written.isupper()
        if capitals and len(surface.words) == 1 and stop - start < 4 and not surface.sure and surface is not entry.contained:
            continue
        found.append(Candidate(start, stop, surface, capitals))
    return found
