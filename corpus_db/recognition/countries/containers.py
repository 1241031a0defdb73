"""Which name says where the one before it lies: "Paris, Texas", "Callao (Peru)"; and when it is only the next of a list.

A container that is beyond doubt settles the name in the whole article (article.py); one in what may be a list of
states, or before a new clause ("In London, Ontario officials said"), holds for itself alone.
"""

from __future__ import annotations

import numpy as np

from corpus_db.recognition.countries import words
from corpus_db.recognition.countries.characters import Indices, Mask
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.meanings import held
from corpus_db.recognition.countries.scan import Candidates
from corpus_db.recognition.countries.window import Window

_LISTS = frozenset({", ", " and ", " or ", " & ", ", and ", ", or "})  # between the members of a list
_LONGEST_LIST = max(map(len, _LISTS))
_JOINTS = frozenset({", ", " (", ",\n", "/", " / "})
_LONGEST_JOINT = max(map(len, _JOINTS))
_LONGEST_CLAUSE = 12


def links(window: Window, every: Candidates, part: Indices, lexicon: Lexicon) -> tuple[Indices, Mask, Mask]:
    """The surface that contains each candidate ("Paris, Texas") or -1, whether it is stated beyond doubt, and which
    candidates contain one.
    """
    container = np.full(len(every.start), -1, np.int64)
    stated = np.zeros(len(every.start), bool)
    contains = np.zeros(len(every.start), bool)
    gap = every.start[1:] - every.end[:-1]
    near = np.flatnonzero((gap > 0) & (gap <= _LONGEST_JOINT) & (part[1:] == part[:-1]))
    ends, starts = every.end[near].tolist(), every.start[near + 1].tolist()
    near = near[[window.text[a:b] in _JOINTS for a, b in zip(ends, starts, strict=True)]]
    near = near[~_goes_on(window, every, near, lexicon)]
    if len(near):
        owner, inside = held(lexicon, every.surface[near], every.surface[near + 1])
        near = near[np.bincount(owner, inside, minlength=len(near)) > 0]
        listed = _listed(window, every, near, lexicon)
        divisions = lexicon.divides[every.surface[near + 1]]
        closes = _closes(window, every.end[near + 1])
        stated[near] = divisions & ~listed & closes
        near = near[np.where(listed, ~lexicon.named[every.surface[near]], divisions | closes)]
        container[near] = every.surface[near + 1]
        contains[near + 1] = True
    return container, stated, contains


def _goes_on(window: Window, every: Candidates, pairs: Indices, lexicon: Lexicon) -> Mask:
    """Which pairs begin a list that goes on: "in Washington, New York and around the world", no Washington in New York."""
    first, second = every.surface[pairs], every.surface[pairs + 1]
    found: Mask = lexicon.beside_states[first] & lexicon.city_and_division[second]
    for i in np.flatnonzero(found).tolist():
        found[i] = window.text.startswith((" and ", " or "), int(every.end[pairs[i] + 1]))
    return found


def _closes(window: Window, end: Indices) -> Mask:
    """Whether what ends here stands for itself, unlike that in "In London, Ontario officials said"."""
    text, found = window.text, []
    for at in end.tolist():
        word = text[at + 1 : at + _LONGEST_CLAUSE].split(" ", 1)[0]
        found.append(text[at] != " " or not word[:1].isalpha() or word in words.group("clause"))
    return np.array(found, bool)


def _listed(window: Window, every: Candidates, pairs: Indices, lexicon: Lexicon) -> Mask:
    """Which pairs of a name and what may contain it can be parts of a list ("Peru, Texas and Chile").

    `pairs` are the numbers of the first names, in order. Cities stand beside cities and states beside states, so
    that a city and what is only a division are no list.
    """
    found = np.zeros(len(pairs), bool)
    paired = set(pairs.tolist())
    first, second = every.surface[pairs], every.surface[pairs + 1]
    for i in np.flatnonzero(lexicon.beside_states[first] | lexicon.beside_cities[second]).tolist():
        number = int(pairs[i])
        before, after = number - 1, number + 2
        found[i] = before >= 0 and before - 1 not in paired and _one_list(window, every, before)
        if after < len(every.start) and after not in paired and number + 1 not in paired:
            found[i] |= _one_list(window, every, number + 1)
    return found


def _one_list(window: Window, every: Candidates, number: int) -> bool:
    """Whether a candidate and the next one are joined as members of a list are."""
    return joins_list(window.text, int(every.end[number]), int(every.start[number + 1]))


def joins_list(text: str, end: int, start: int) -> bool:
    """Whether what stands between a name's end and the next one's start joins the members of a list."""
    return 0 < start - end <= _LONGEST_LIST and text[end:start] in _LISTS
