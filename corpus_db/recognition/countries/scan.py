"""Finds where a surface of the lexicon stands in a window of texts: longest match first, no two overlapping.

Only capitalised words begin a name. Words are runs of characters in the window's arrays; those whose key
some name begins with are followed word by word, all at once. What a candidate means, and whether it is a
place at all, is decided later (model.py) and with the whole article in view (article.py).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_db.recognition.countries import contexts
from corpus_db.recognition.countries.characters import (
    CAPITAL,
    LETTER,
    LOWER,
    Hashes,
    Indices,
    Mask,
    chosen,
    next_key,
    numbers_of,
    string_hash,
    string_hashes,
    values,
)
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.spelling import SHORT, fold, without_possessive
from corpus_db.recognition.countries.window import Window

_LONGEST = 6  # words of a name after its first
_ABBREVIATION = re.compile(r"[A-Z]\.(?:[A-Z]\.?)+(?![a-z])")
_WRAPPED = re.compile(r" ?\n {0,8}")
_S = ord("s")
_SPACE, _HYPHEN, _STOP, _COMMA, _LINE, _HARD_SPACE, _AND = map(ord, " -.,\n\u00a0&")
_INDENT = 8  # spaces at the beginning of a wrapped line


class Candidates(NamedTuple):
    """Surfaces in a window, in order."""

    start: Indices
    end: Indices
    surface: Indices
    capitals: Mask  # all letters are capitals, and not because the name is written so
    cue_places: Indices  # where words stand that betray where an outlet writes
    cue_words: Indices  # which of those they are

    def chosen(self, which: Mask | Indices) -> Candidates:
        """Some of them."""
        which = numbers_of(which)
        return self._replace(
            start=chosen(self.start, which),
            end=chosen(self.end, which),
            surface=chosen(self.surface, which),
            capitals=chosen(self.capitals, which),
        )


class _Folded:
    """The folded hashes of the words of a window: as they stand, and without a possessive 's."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._special = np.zeros(len(window.word_start), bool)
        self._special[window.words_at(window.odd)] = True
        joints = window.joints
        ends = window.word_end[window.words_at(joints)]
        possessive = (joints == ends - 2) & _is_s(window.codes[ends - 1])
        self._special[window.words_at(joints[~possessive])] = True
        self._possessive = np.zeros(len(window.word_start), bool)
        self._possessive[window.words_at(joints[possessive])] = True
        self._memory: dict[str, tuple[int, int, int]] = {}

    def __call__(self, which: Indices, start: Indices) -> tuple[Hashes, Hashes, Indices]:
        """Of some words from these places on: both hashes, and where the word ends without its possessive."""
        window, hash_ = self._window, self._window.hash
        end = chosen(window.word_end, which)
        possessive = self._possessive.take(which)
        bare_end = end - 2 * possessive
        bare = hash_(start, bare_end)
        own = np.flatnonzero(possessive)
        whole = hash_.joined(chosen(bare, own), chosen(bare_end - start, own), values()[_S])
        _shorten(bare)
        _shorten(whole)
        full = bare.copy()
        full[own] = whole
        for i in np.flatnonzero(self._special.take(which)).tolist():
            word = window.text[start[i] : end[i]]
            found = self._memory.get(word)
            if found is None:
                plain = without_possessive(word)
                found = self._memory[word] = (
                    string_hash(fold(word)),
                    string_hash(fold(plain)),
                    len(word) - len(plain),
                )
            full[i], bare[i], cut = found
            bare_end[i] = end[i] - cut
        return full, bare, bare_end


def _is_s(codes: NDArray[np.uint16]) -> Mask:
    found: Mask = (codes | 32) == _S
    return found


def _shorten(hashes: Hashes) -> None:
    """Make the hashes of "saint" and its like those of "st"."""
    for long, short in _shorter().items():
        hashes[np.flatnonzero(hashes == long)] = short


@cache
def _shorter() -> dict[np.uint64, np.uint64]:
    return dict(zip(string_hashes(list(SHORT)), string_hashes(list(SHORT.values())), strict=True))


def _names_begin(window: Window) -> tuple[Indices, Indices]:
    """The words in which a name may begin, and where in them: at their first capital after an apostrophe."""
    capital = window.is_a(CAPITAL, window.word_start)
    start = window.word_start.copy()
    inside = window.joints[window.is_a(CAPITAL, window.joints + 1)]
    word = window.words_at(inside)
    keep = ~capital[word]
    inside, word = inside[keep][::-1], word[keep][::-1]  # of several the first stays
    start[word] = inside + 1
    capital[word] = True
    which = np.flatnonzero(capital)
    return which, chosen(start, which)


def _abbreviations(window: Window, start: Indices) -> tuple[list[int], list[int]]:
    """Where "U.S." and its like stand among the beginnings of names: starts and ends."""
    codes = window.codes
    after = codes[np.minimum(start + 2, len(codes) - 1)]
    alone = (
        (codes[start + 1] == _STOP) & (codes[start] <= ord("Z")) & (after >= ord("A")) & (after <= ord("Z"))
    )
    starts, ends = [], []
    free = 0
    for at in start[alone].tolist():
        match = _ABBREVIATION.match(window.text, at) if at >= free else None
        if match is not None:
            free = match.end()
            starts.append(at)
            ends.append(free)
    return starts, ends


class _Hits:
    """Where names may begin in a window, with what is known of each beginning."""

    __slots__ = ("at", "end", "exact", "start", "surface", "word")

    def __init__(
        self, window: Window, lexicon: Lexicon, folded: _Folded, word: Indices, start: Indices
    ) -> None:
        full, bare, end = folded(word, start)
        at = lexicon.numbers(bare)
        whole = chosen(window.word_end, word)
        other = np.flatnonzero((at < 0) & (end < whole))  # "King's" where no name begins with "King"
        if len(other):
            again = lexicon.numbers(full[other])
            other, again = other[again >= 0], again[again >= 0]
            at[other], end[other] = again, whole[other]
        hit = np.flatnonzero(at >= 0)
        self.word, self.start, self.end, self.at = (chosen(column, hit) for column in (word, start, end, at))
        self.surface = chosen(lexicon.surfaces, self.at).astype(np.int64)  # -1: none
        self.exact = np.zeros(len(hit), bool)  # found as it is written


class _Marked(NamedTuple):
    """Hits that a mark beside them makes a surface."""

    hit: Indices
    end: Indices
    surface: Indices


def candidates(window: Window, lexicon: Lexicon) -> Candidates:
    """Every surface in the window; blocked names are left out with all that lies in them."""
    word, start = _names_begin(window)
    dotted, dotted_end = _abbreviations(window, start)
    if dotted:
        before = np.searchsorted(dotted, start, side="right") - 1
        outside = (before < 0) | (np.array(dotted_end)[before] <= start)
        word, start = word.compress(outside), start.compress(outside)
    folded = _Folded(window)
    hits = _Hits(window, lexicon, folded, word, start)
    marked, cue_places, cue_words = _special(window, lexicon, hits)
    stop = hits.end.copy()
    goes_on = np.flatnonzero(lexicon.goes_on.take(hits.at) & (hits.end == chosen(window.word_end, hits.word)))
    key = chosen(lexicon.keys, chosen(hits.at, goes_on))
    end, surface = _longer(window, lexicon, folded, chosen(hits.word, goes_on), key)
    found = np.flatnonzero(surface >= 0)
    goes_on = goes_on.take(found)
    stop[goes_on], hits.surface[goes_on] = end.take(found), surface.take(found)
    alone = numbers_of(stop.take(marked.hit) == hits.end.take(marked.hit))
    stop[marked.hit[alone]], hits.surface[marked.hit[alone]] = marked.end[alone], marked.surface[alone]
    keep = np.flatnonzero(hits.surface >= 0)
    start, stop = chosen(hits.start, keep), chosen(stop, keep)
    surface, exact = chosen(hits.surface, keep), chosen(hits.exact, keep)
    names = [lexicon.exact.get(window.text[a:b], -1) for a, b in zip(dotted, dotted_end, strict=True)]
    known = [i for i, name in enumerate(names) if name >= 0]
    if known:
        start = np.append(start, [dotted[i] for i in known])
        order = np.argsort(start, kind="stable")
        start, stop = start[order], np.append(stop, [dotted_end[i] for i in known])[order]
        surface = np.append(surface, [names[i] for i in known])[order]
        exact = np.append(exact, [True] * len(known))[order]
    free = np.flatnonzero(_apart(start, stop) & ~lexicon.blocked.take(surface))
    start, stop, surface, exact = (chosen(column, free) for column in (start, stop, surface, exact))
    capitals = _in_capitals(window, start, stop, exact)
    # "LA", "ME", "OR": abbreviations are listed as they are written.
    keep = ~(capitals & (stop - start < 4) & ~lexicon.sure[surface] & ~lexicon.after_comma[surface])
    keep[_acronyms(window, start, stop, np.flatnonzero(capitals & ~lexicon.sure[surface]))] = False
    keep &= ~contexts.are_diseases(window, stop)
    keep &= ~contexts.are_universities(window, start, stop, surface, lexicon)
    suspects = contexts.may_be_something_else(window, start, stop, surface, lexicon)
    around = window.beside(start.take(suspects), stop.take(suspects))
    for i, name, (left, right) in zip(suspects.tolist(), surface[suspects].tolist(), around, strict=True):
        if contexts.is_something_else(left, right, name, lexicon):
            keep[i] = False
    return Candidates(start[keep], stop[keep], surface[keep], capitals[keep], cue_places, cue_words)


def _special(window: Window, lexicon: Lexicon, hits: _Hits) -> tuple[_Marked, Indices, Indices]:
    """Look at the words whose spelling or neighbours matter.

    Puts in the surfaces that are found as they are written ("US"); returns those that a mark beside them makes,
    and where words stand that betray where an outlet writes, with their numbers.
    """
    text, codes = window.text, window.codes
    which = np.flatnonzero(lexicon.is_special.take(hits.at))
    start, end = chosen(hits.start, which), chosen(hits.end, which)
    whole = chosen(window.word_end, chosen(hits.word, which)).tolist()
    words = [text[a:b] for a, b in zip(start.tolist(), whole, strict=True)]
    spelt = lexicon.spelt(words, (end - start).tolist())
    written = np.flatnonzero(spelt.exact >= 0)
    hits.exact[which[written]], hits.surface[which[written]] = True, spelt.exact[written]
    following, before = codes.take(end), codes.take(start - 1)
    before = np.where((before == _SPACE) | (before == _LINE), codes.take(start - 2), before)
    beside = np.full(len(which), -1, np.int64)
    for i in np.flatnonzero((spelt.after_comma >= 0) & (before == _COMMA)).tolist():
        if text[start[i] : end[i]].isupper():
            beside[i] = spelt.after_comma[i]
    beside = np.where((spelt.hyphened >= 0) & (following == _HYPHEN), spelt.hyphened, beside)
    stopped = (spelt.stopped >= 0) & (following == _STOP)
    beside = np.where(stopped, spelt.stopped, beside)
    marked = np.flatnonzero((beside >= 0) & (spelt.exact < 0))
    cues = np.flatnonzero(spelt.cue >= 0)
    found = _Marked(which[marked], (end + stopped)[marked], beside[marked])
    return found, start.take(cues), spelt.cue.take(cues)


def _longer(
    window: Window, lexicon: Lexicon, folded: _Folded, word: Indices, key: Hashes
) -> tuple[Indices, Indices]:
    """For names that may go on after the word with this key: end and surface of the longest, -1 where none does."""
    best_stop, best = np.full(len(word), -1, np.int64), np.full(len(word), -1, np.int64)
    who = np.arange(len(word))
    blocks = np.zeros(len(word), bool)
    for size in range(_LONGEST):
        linked = np.flatnonzero(_linked(window, word))
        who, word, key = chosen(who, linked), chosen(word, linked) + 1, chosen(key, linked)
        if not len(who):
            break
        start = chosen(window.word_start, word)
        full, bare, bare_end = folded(word, start)
        stop = chosen(window.word_end, word)
        longer = next_key(key, full)
        at = lexicon.numbers(longer)
        possessive = np.flatnonzero((at < 0) & (bare_end < stop))
        if len(possessive):
            longer[possessive] = next_key(key[possessive], bare[possessive])
            at[possessive] = lexicon.numbers(longer[possessive])
            stop[possessive] = bare_end[possessive]
        known = np.flatnonzero(at >= 0)
        who, word, key, at = (chosen(column, known) for column in (who, word, longer, at))
        start, stop = chosen(start, known), chosen(stop, known)
        if size == 0:
            blocks[who] = lexicon.holds_blocked[at]
        surface = lexicon.surfaces[at]
        lower = _in_lower_case(window, lexicon, word, start)
        found = (surface >= 0) & (lexicon.blocked[surface] | ~lower)
        best_stop[who[found]], best[who[found]] = stop[found], surface[found]
        on = lexicon.goes_on[at] & (~lower | blocks[who])
        who, word, key = who.compress(on), word.compress(on), key.compress(on)
    return best_stop, best


def _in_lower_case(window: Window, lexicon: Lexicon, word: Indices, start: Indices) -> Mask:
    """Which words of a name begin with a small letter that names do not have: no particle, no "d'"."""
    lower = window.is_a(LOWER, start)
    for i in np.flatnonzero(lower).tolist():
        token = window.text[start[i] : window.word_end[word[i]]]
        lower[i] = token not in lexicon.particles and "'" not in token[:3] and "’" not in token[:3]
    return lower


def _linked(window: Window, word: Indices) -> Mask:
    """Whether what follows these words may join the next one to them in a name.

    One space, a hyphen, an abbreviation's full stop, " & " or a wrapped line.
    """
    following = np.minimum(word + 1, len(window.word_start) - 1)
    at, end = chosen(window.word_end, word), chosen(window.word_start, following)
    codes, gap = window.codes, end - at
    linked: Mask = (gap == 1) & _joints().take(codes.take(at))
    some = np.flatnonzero((gap > 1) & (gap <= _INDENT + 2))
    at, after, gap = chosen(at, some), chosen(end, some), chosen(gap, some)
    first, second = codes.take(at), codes.take(at + 1)
    wider = (gap == 2) & (first == _STOP) & (second == _SPACE)
    wider |= (gap == 3) & (first == _SPACE) & (second == _AND) & (codes.take(after - 1) == _SPACE)
    wrapped = (first == _LINE) | ((first == _SPACE) & (second == _LINE))
    for i in np.flatnonzero(wrapped).tolist():
        wider[i] = _WRAPPED.fullmatch(window.text, int(at[i]), int(after[i])) is not None
    linked[some] = wider
    linked &= window.is_a(LETTER, end)
    linked &= following > word
    return linked


@cache
def _joints() -> Mask:
    """Which characters join two words by themselves."""
    found = np.zeros(1 << 16, bool)
    found[[_SPACE, _HYPHEN, _STOP, _HARD_SPACE, _LINE]] = True
    return found


def _apart(start: Indices, stop: Indices) -> Mask:
    """Which of these stretches, in order of their starts, begin outside all that are kept before them."""
    keep = np.ones(len(start), bool)
    keep[1:] = start[1:] >= np.maximum.accumulate(stop)[:-1]  # the first one of each heap of stretches
    if keep.all():
        return keep
    free = stop[keep].take(np.cumsum(keep) - 1)  # where the first one of its heap ends
    again = np.flatnonzero(~keep & (start >= free))
    if len(again):
        keep[again] = _apart(start[again], stop[again])
    return keep


def _acronyms(window: Window, start: Indices, stop: Indices, asked: Indices) -> list[int]:
    """Which of these short words in capitals stand among words that are not: "the regulator (APRA) said", no Apra."""
    text, found = window.text, []
    for i in asked.tolist():
        low, high = int(start[i]), int(stop[i])
        if high - low > _LONGEST_ACRONYM or not text[low:high].isalpha():
            continue
        before = text[max(0, low - _BESIDE) : low].rpartition("\n")[2].split()
        after = text[high : high + _BESIDE].partition("\n")[0].split()
        if any(map(str.islower, "".join(before[-2:]))) and (
            not after or any(map(str.islower, "".join(after[:2])))
        ):
            found.append(i)
    return found


_LONGEST_ACRONYM = 5
_BESIDE = 24  # characters


def _in_capitals(window: Window, start: Indices, stop: Indices, exact: Mask) -> Mask:
    """Which stretches are written in capitals."""
    capitals = (stop - start > 1) & ~exact & ~window.is_a(LOWER, start + 1)
    some, text = np.flatnonzero(capitals), window.text
    stretches = zip(start[some].tolist(), stop[some].tolist(), strict=True)
    capitals[some] = [text[a:b].isupper() for a, b in stretches]
    return capitals
