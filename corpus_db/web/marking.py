"""Mentions marked in a text: the text cut into pieces, each with the mentions that cover it.

Mentions nest ("the *Chinese* president" is a person's role with a country in it) and could in
principle cross. HTML allows no link within a link, so the text is cut at every beginning and end
of a mention; each piece belongs to the shortest mention that covers it, and knows the others.
Pieces joined are the text again, whatever the mentions say: positions outside the text are cut off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `mention` is the shortest mention over it, `within` the longer ones."""

    text: str
    mention: Mapping[str, Any] | None = None
    within: tuple[Mapping[str, Any], ...] = ()
    first: bool = False  # the mention begins here: the place that links to it lead to

    @property
    def entities(self) -> str:
        """What covers the piece (person, country), for style classes."""
        covering = (self.mention, *self.within) if self.mention is not None else ()
        return " ".join(dict.fromkeys(str(one["entity"]) for one in covering))


def pieces(text: str, mentions: Iterable[Mapping[str, Any]]) -> list[Piece]:
    """Cut a text at its mentions (mappings with id, entity, start and end, in code points)."""
    inside = [m for m in mentions if 0 <= m["start"] < m["end"] and m["start"] < len(text)]
    inside.sort(key=lambda m: (m["start"], m["end"], m["id"]))
    cuts = sorted({0, len(text), *(m["start"] for m in inside), *(min(m["end"], len(text)) for m in inside)})
    result: list[Piece] = []
    open_mentions: list[Mapping[str, Any]] = []
    waiting = iter(inside)
    upcoming = next(waiting, None)
    seen: set[Any] = set()
    for start, end in pairwise(cuts):
        open_mentions = [m for m in open_mentions if m["end"] > start]
        while upcoming is not None and upcoming["start"] <= start:
            open_mentions.append(upcoming)
            upcoming = next(waiting, None)
        result.append(_piece(text[start:end], open_mentions, seen))
    return result


def _piece(text: str, covering: Sequence[Mapping[str, Any]], seen: set[Any]) -> Piece:
    if not covering:
        return Piece(text)
    shortest, *longer = sorted(covering, key=lambda m: (m["end"] - m["start"], m["id"]))
    first = shortest["id"] not in seen
    seen.add(shortest["id"])
    return Piece(text, shortest, tuple(longer), first)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what it says of one entity. `beyond` are mentions that stand after the text's cut."""

    pieces: Sequence[Piece]
    beyond: Sequence[Mapping[str, Any]]
    cut: bool


def sentences(
    mentions: Iterable[Mapping[str, Any]], longest: int
) -> list[tuple[Mapping[str, Any], list[Sentence]]]:
    """Mentions in order of article and place, with their sentences: those of each article, each sentence once.

    An article is given as the first of its mentions; start and end count from the sentence's beginning.
    """
    found = []
    for _, of_article in groupby(mentions, key=lambda m: m["article_id"]):
        several = list(of_article)
        by_place = groupby(several, key=lambda m: (m["field"], m["sentence_start"]))
        found.append((several[0], [_sentence(list(group), longest) for _, group in by_place]))
    return found


def _sentence(mentions: list[Mapping[str, Any]], longest: int) -> Sentence:
    text = str(mentions[0]["sentence"])
    beyond = [m for m in mentions if m["start"] >= len(text)]
    return Sentence(pieces(text, mentions), beyond, len(text) >= longest)
