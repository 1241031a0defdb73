"""Finds where a surface of the lexicon stands in a text: longest match first, no two overlapping.

Only capitalised tokens are looked at. What a candidate means, and whether it is a place at all, is decided
later with the whole article in view (see model.py and choose.py).
"""

from __future__ import annotations

from typing import NamedTuple

from corpus_db.recognition.countries import words
from corpus_db.recognition.countries.contexts import is_something_else
from corpus_db.recognition.countries.lexicon import Entry, Lexicon, Surface
from corpus_db.recognition.countries.spelling import NEXT_TOKEN, TOKEN, without_possessive

_PARTICLES = words.group("particle")
_LONGEST = 6  # words of a name


class Candidate(NamedTuple):
    """A surface in a text."""

    start: int
    end: int
    surface: Surface
    capitals: bool  # all letters are capitals, and not because the name is written so


def _longer(text: str, end: int, entry: Entry, lexicon: Lexicon, first: str) -> tuple[int, Surface] | None:
    """The longest name that goes on after the first token: its end and surface."""
    match = NEXT_TOKEN.match(text, end)
    if match is None:
        return None
    bare_word, word = lexicon.folded(match[1])
    names = entry.longer.get(word) or entry.longer.get(bare_word)
    if names is None:
        return None
    best = None
    following = ""
    length = 0
    blocks = lexicon.blocks(names)
    while match is not None and length < _LONGEST:
        token = match[1]
        bare_word, word = lexicon.folded(token)
        stop = match.end()
        surface = lexicon.surface(names, following + word, first)
        if surface is None and bare_word != word:
            surface = lexicon.surface(names, following + bare_word, first)
            stop = match.start(1) + len(without_possessive(token))
            word = bare_word
        following += word + " "
        length += 1
        lower = (
            token[0].islower() and token not in _PARTICLES and "'" not in token[:3] and "’" not in token[:3]
        )
        if surface is not None and (surface.blocked or not lower):
            best = stop, surface
        if lower and not blocks:
            break
        match = NEXT_TOKEN.match(text, match.end())
    return best


def candidates(text: str, lexicon: Lexicon, cues: list[str] | None = None) -> list[Candidate]:
    """Every surface in the text, in order; blocked names are left out with all that lies in them.

    The countries whose outlets use the text's words are added to `cues`, once for each occurrence.
    """
    found = []
    free_from = 0
    tokens = lexicon.tokens
    for match in TOKEN.finditer(text):
        entry = tokens[match[0]]
        if entry is None:
            continue
        word, length, surface, marked, longer, openings, exact, cued = entry
        if cues is not None and cued:
            cues += cued
        start = match.start()
        if start < free_from:
            continue
        stop = end = start + length
        if longer and end == match.end():
            # Most words that begin some longer name do not begin it here: the next two letters say so, where
            # they are plain ones after a space (spelling.openings).
            letters = text[end + 1 : end + 3].lower()
            if (
                letters in openings
                or text[end : end + 1] != " "
                or not (letters.isalpha() and letters.isascii())
            ):
                more = _longer(text, end, entry, lexicon, word)
                if more is not None:
                    stop, surface = more
        if marked and stop == end:
            beside = _marked(text, start, end, entry)
            if beside is not None:
                stop, surface = beside
        if surface is None:
            continue
        free_from = stop
        if surface.blocked:
            continue
        capitals = not exact and stop - start > 1 and text[start:stop].isupper()
        if surface.named and is_something_else(text, start, stop, surface, lexicon):
            continue
        if capitals and stop - start < 4 and not surface.sure and surface.needs != ",":
            continue  # "LA", "ME", "OR": abbreviations are listed as they are written
        found.append(Candidate(start, stop, surface, capitals))
    return found


def _marked(text: str, start: int, end: int, entry: Entry) -> tuple[int, Surface] | None:
    """A surface that needs a hyphen, a comma or a full stop beside it: its end and itself."""
    following = text[end : end + 1]
    if following == "-" and "-" in entry.marked:
        return end, entry.marked["-"]
    if following == "." and "." in entry.marked:
        return end + 1, entry.marked["."]
    after_comma = text[max(0, start - 2) : start].rstrip(" \n").endswith(",")
    if after_comma and "," in entry.marked and text[start:end].isupper():
        return end, entry.marked[","]
    return None
