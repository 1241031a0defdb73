"""Small models over an article's candidates: is it a place here, and which of its namesakes.

*Is it a place here* is a logistic regression over named features (features.py): the name's use in news, the
words round it, and in the second pass the article's other mentions; small trees (trees.py) put right what no sum of
weights can say. *Which one* is a conditional logit over
the surface's places (meanings.py: Options): size, an explicit container, and what else the article is about.
Trained by `python -m benchmarks.countries.train`, which writes `data/countries/weights.json`.

Here the weights stand in numpy tables, each in the first and in the second pass (two columns), and are summed for
thousands of candidates at once. Sums are taken feature by feature, so that a candidate's does not depend
on the others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_db.recognition.countries import words
from corpus_db.recognition.countries.characters import (
    DIGIT,
    LETTER,
    MULTIPLIER,
    UPPER,
    Hashes,
    Indices,
    Mask,
    Numbers,
    contains,
    string_hashes,
    values,
)
from corpus_db.recognition.countries.features import FOLLOWING, Context, Known, Stretch, context, known
from corpus_db.recognition.countries.gazetteer import (
    CITY,
    COUNTRY,
    DEMONYM,
    DISTRICT,
    DIVISION,
    FAMILY,
    GIVEN,
    KINDS,
    UNUSED,
    USES,
)
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.trees import Trees
from corpus_db.recognition.countries.window import Window

Floats = NDArray[np.float64]

OPTIONS = 8  # features of a meaning before any text is read, see meanings.py
GIVEN_UP = -3.5  # first-pass score below which a candidate is no place, whatever the article says
HOPELESS = -11.0  # a surface's part of it below which no context helps
SURE = 9.0  # the score of what needs no model
CLAIMS = (0.6, 0.75, 0.9, 0.97)  # steps of the probability that a candidate is a person's name
_LOWEST = -30.0  # a score below is no chance at all
# The features of the second pass and the levels that each can have; the last one of "rest" and "near" is none.
LEVELS: dict[str, tuple[int | str, ...]] = {
    "count": tuple(range(6)),  # further mentions of the name
    "rest": (*range(9), "-"),  # how sure the first pass was of them, in eighths
    "persons": tuple(range(3)),  # how many of them are a person's name
    "z": tuple(range(-12, 13)),  # first-pass score, in halves
    "country": tuple(range(10)),  # what the other names say for its likeliest country
    "near": (*range(10), "-"),  # and for its division
}
_PERSONAL = ("PG", "PI", "PH")  # the word before is a given name, an initial, an honorific
_TOWN = [CITY, DIVISION, DISTRICT]
_DOT, _SPACE = ord("."), ord(" ")
_TILDE, _OTHER = values()[ord("~")], values()[ord("…")]  # in features of a mark, of a long word


def probability(score: Floats) -> Floats:
    """The logistic function."""
    found: Floats = np.where(score > _LOWEST, 1 / (1 + np.exp(-np.maximum(score, _LOWEST))), 0.0)
    return found


class Model:
    """The weights. `place` holds those of "is it a place here?" by feature for the "first" and the "second" pass;
    `choice` those of "which one?" for each pass: Option, Containing, and in the second pass About.
    """

    def __init__(
        self,
        place: dict[str, dict[str, float]],
        choice: Sequence[Sequence[float]],
        trees: Mapping[str, Any] | None = None,
    ) -> None:
        self.first, self.second = place["first"], place["second"]
        self.choice, self.choice_again = choice
        self.trees = Trees.read(trees or {"questions": [], "trees": [], "leaves": []})
        self._tabulate_surfaces()
        self._tabulate_contexts()
        # What was worked out for the surfaces of a lexicon: whether it was, the scores, and what is known.
        self._remembered: tuple[Lexicon, Mask, Floats, Indices] | None = None
        self.levels = {
            name: np.array([self.second.get(f"{name}={level}", 0.0) for level in levels])
            for name, levels in LEVELS.items()
        }

    def _weights(self, feature: str) -> tuple[float, float]:
        return self.first.get(feature, 0.0), self.second.get(feature, 0.0)

    def _table(self, *sizes: int, name: Callable[..., str]) -> NDArray[np.float64]:
        """The weights of a family of features with numbers in their names, the pass as the last axis."""
        return np.array([self._weights(name(*at)) for at in np.ndindex(*sizes)]).reshape(*sizes, 2)

    def _tabulate_surfaces(self) -> None:
        sets = [
            "".join(sorted(kind for bit, kind in enumerate(KINDS) if mask >> bit & 1)) for mask in range(256)
        ]
        self._kinds = np.array([self._weights("kinds=" + kinds) for kinds in sets])
        self._magnitude = self._table(30, name=lambda n: f"largest={n}")
        self._countries = self._table(7, name=lambda n: f"countries={n}")
        self._words = self._table(4, name=lambda n: f"words={n}")
        self._listed = np.array([self._weights("town"), self._weights("listed")])
        self._unused = np.array(self._weights("unused"))
        self._usage = self._table(USES, UNUSED, name=lambda use, digit: f"u{use}={digit}")
        self._common = self._table(UNUSED, name=lambda digit: f"common={digit}")
        self._given_common = self._table(UNUSED, UNUSED, name=lambda common, given: f"u18={common}{given}")
        self._often_in = self._table(UNUSED, UNUSED, name=lambda often, within: f"u02={often}{within}")
        self._country = np.array(self._weights("country"))
        self.claims = self._table(len(CLAIMS) + 2, name=lambda n: f"claim={n}")
        self._towns = sum(1 << KINDS.index(kind) for kind in _TOWN)
        self._national = sum(1 << KINDS.index(kind) for kind in (COUNTRY, DEMONYM))

    def _tabulate_contexts(self) -> None:
        every = self.first.keys() | self.second.keys()
        plain = sorted(f for f in every if f[:1] in tuple("PQNMRL") and f[1:] == f[1:].lower())
        hashes = string_hashes(plain)
        order = np.argsort(hashes)
        self._numbers = Numbers(hashes[order])
        # The last row is for what has no weight.
        self._plain = np.array([*(self._weights(plain[i]) for i in order), (0.0, 0.0)])
        names = [*_PERSONAL, "PC"]
        self._beside = np.array([[self._weights(n + d) for d in (*"0123456789", "-")] for n in names])
        self._given_after = np.array([self._weights("NC" + d) for d in (*"0123456789", "-")])
        self._given_names = Numbers(np.sort(string_hashes(sorted(words.given_names()))))
        self._honorifics = np.sort(string_hashes(sorted(words.group("honorific"))))
        self._function_words = np.sort(string_hashes(sorted(words.group("function"))))
        marks = ("line", "dateline", "capitals", "'s", "contained", "container", "PC", "P0", "NC", "N0")
        self._marks = {mark: np.array(self._weights(mark)) for mark in marks}

    def of_surfaces(self, lexicon: Lexicon, surface: Indices) -> Floats:
        """What is known of names before any text is read weighs this in both passes (columns)."""
        return self._weighed(lexicon, surface, known(lexicon, surface))

    def _weighed(self, lexicon: Lexicon, surface: Indices, what: Known) -> Floats:
        kinds, magnitude, countries, length = what
        usage = lexicon.usage[:, surface]
        used = usage[0] != UNUSED
        usage = np.where(used, usage, 0)
        several = length > 1
        score = np.array([[self.first[""], self.second[""]]]) + self._kinds[kinds]
        score += self._magnitude[magnitude]
        score += self._countries[np.minimum(countries, 6)]
        score += self._words[np.minimum(length, 3)]
        score += self._listed[((kinds & ~self._towns) != 0).astype(np.int64)]
        score += np.where(used[:, None], 0.0, self._unused)
        for use in range(USES):
            # The second digit of several words counts something else, see benchmarks/countries/statistics.py.
            weight = self._usage[use][usage[use]]
            score += np.where((used & ~(several & (use == 1)))[:, None], weight, 0.0)
        plain = np.where(several[:, None], self._common[usage[1]], self._given_common[usage[1], usage[GIVEN]])
        score += np.where(used[:, None], plain, 0.0)
        score += np.where(used[:, None], self._often_in[usage[0], usage[2]], 0.0)
        score += np.where(((kinds & self._national) != 0)[:, None], self._country, 0.0)
        found: Floats = score
        return found

    def remembered(self, lexicon: Lexicon, surface: Indices) -> Floats:
        """The same, worked out once for each surface."""
        found: Floats = self._known_of(lexicon, surface)[0].take(surface, axis=0)
        return found

    def known(self, lexicon: Lexicon, surface: Indices) -> Known:
        """What is known of surfaces, worked out once for each."""
        return Known(*self._known_of(lexicon, surface)[1].take(surface, axis=1))

    def _known_of(self, lexicon: Lexicon, surface: Indices) -> tuple[Floats, Indices]:
        if self._remembered is None or self._remembered[0] is not lexicon:
            count = len(lexicon.lengths)
            what = np.zeros((len(Known._fields), count), np.int64)
            self._remembered = lexicon, np.zeros(count, bool), np.zeros((count, 2)), what
        _, done, scores, what = self._remembered
        new = surface[~done[surface]]
        if len(new):
            new = np.unique(new)
            own = known(lexicon, new)
            scores[new], what[:, new], done[new] = self._weighed(lexicon, new, own), own, True
        return scores, what

    def add_contexts(
        self,
        sides: tuple[Floats, Floats],
        window: Window,
        start: Indices,
        end: Indices,
        usage: NDArray[np.uint8],
        capitals: Mask,
    ) -> Mask:
        """Add what the words before and after candidates weigh; says which of them these make a person's family name."""
        left, right = sides
        around = context(window, start, end)
        words = self._plain_features(window, around)
        self._add(left, around.line, "line")
        self._add(left, around.line & capitals, "dateline")
        left += words["left"]
        person = self._add_before(left, window, around.before, usage[FAMILY], words)
        left += words["before that"]
        self._add(left, capitals, "capitals")
        self._add(right, around.possessive, "'s")
        self._add_after(right, window, around.after, usage[GIVEN], words)
        right += words["after that"]
        right += words["right"]
        right += words["following"]
        return person

    def add_containers(self, score: Floats, contained: Mask, contains: Mask) -> None:
        """Add what it says that a candidate is contained in its neighbour, or contains it."""
        self._add(score, contained, "contained")
        self._add(score, contains, "container")

    def _add(self, score: Floats, where: Mask, mark: str) -> None:
        score[np.flatnonzero(where)] += self._marks[mark]

    def _plain_features(self, window: Window, around: Context) -> dict[str, Floats]:
        """What the features weigh that are a family's letter and a stretch of the text, by the stretch."""
        hash_, codes = window.hash, values()[window.codes[[around.left, around.right]]]
        before, nearer, nothing = around.before, around.before_that, np.zeros(len(around.left), np.uint64)
        last = values()[window.codes[np.maximum(before.end - 1, 0)]]
        first = values()[window.codes[around.after.start * around.after.there]]
        word = _hash(window, before)
        pair = hash_.joined(
            _hash(window, nearer),
            np.maximum(nearer.end - nearer.start, 0),
            values()[ord(" ")] + _second(word),
        )
        follows = _hash(window, around.following)
        follows = np.where(around.following.end - around.following.start < FOLLOWING, follows, _OTHER)
        upper_after = around.after.there & window.is_a(UPPER, around.after.start * around.after.there)
        function_word = nearer.there & contains(self._function_words, word)
        left_mark = ~around.line & (window.codes[around.left] != _SPACE)
        mark = np.where(around.ends, nothing, _second(codes[1]))
        asked = {
            "left": ("L", _second(codes[0]), left_mark),
            "before": ("P", _second(word), before.there),
            "before ends": ("P", _second(_TILDE + _second(last)), before.there),
            "before that": ("Q", _second(pair), function_word),
            "after": ("N", _second(_hash(window, around.after)), around.after.there),
            "after begins": ("N", _second(_TILDE + _second(first)), around.after.there),
            "after that": (
                "M",
                _second(_hash(window, around.after_that)),
                around.after_that.there & upper_after,
            ),
            "right": ("R", mark, around.closed),
            "following": ("R", _second(codes[1] + _second(follows)), around.following.there),
        }
        keys = np.concatenate([values()[ord(family)] + rest for family, rest, _ in asked.values()])
        there = np.flatnonzero(np.concatenate([there for _, _, there in asked.values()]))
        at = np.full(len(keys), -1)
        at[there] = self._numbers(keys.take(there))
        weights = self._plain.take(at, axis=0).reshape(len(asked), -1, 2)
        return dict(zip(asked, weights, strict=True))

    def _add_before(
        self,
        score: Floats,
        window: Window,
        before: Stretch,
        family: NDArray[np.uint8],
        words: dict[str, Floats],
    ) -> Mask:
        """Add what the word before weighs; which candidates it makes a person's name."""
        start, end, there = before
        upper = there & window.is_a(UPPER, start)
        last = np.maximum(end - 1, 0)
        given = self._given_names(_hash(window, before)) >= 0
        initial = (end - start == 2) & (window.codes[last] == _DOT)
        title_end = end.copy()
        dots = np.flatnonzero(upper & (window.codes[last] == _DOT))
        while len(dots):
            title_end[dots] -= 1
            dots = dots[(window.codes[title_end[dots] - 1] == _DOT) & (title_end[dots] > start[dots])]
        honorific = contains(self._honorifics, window.hash(start, np.maximum(start, title_end)))
        kind = np.where(given, 0, np.where(initial, 1, np.where(honorific, 2, 3)))
        odd = there & ~upper & ~window.is_a(LETTER | DIGIT, last)
        digit = there & ~upper & ~odd & window.is_a(DIGIT, start)
        # Like the others a sum of its own, so that an article's figures are the same to the last bit as ever.
        part = words["before"]
        part += np.where(upper[:, None], self._marks["PC"], 0.0)
        part += np.where(upper[:, None], self._beside[kind, family], 0.0)
        part += np.where(odd[:, None], words["before ends"], 0.0)
        part += np.where(digit[:, None], self._marks["P0"], 0.0)
        score += part
        return upper & (kind < len(_PERSONAL)) & (family >= 1) & (family <= 3)

    def _add_after(
        self,
        score: Floats,
        window: Window,
        after: Stretch,
        given: NDArray[np.uint8],
        words: dict[str, Floats],
    ) -> None:
        """Add what the word after weighs."""
        start = after.start * after.there
        upper = after.there & window.is_a(UPPER, start)
        digit = after.there & ~upper & window.is_a(DIGIT, start)
        odd = after.there & ~upper & ~digit & ~window.is_a(LETTER | DIGIT, start)
        part = words["after"]
        part += np.where(upper[:, None], self._marks["NC"], 0.0)
        part += np.where(upper[:, None], self._given_after[given], 0.0)
        part += np.where(digit[:, None], self._marks["N0"], 0.0)
        part += np.where(odd[:, None], words["after begins"], 0.0)
        score += part


def _hash(window: Window, stretch: Stretch) -> Hashes:
    """The hashes of stretches; of those that are not there any number."""
    start = stretch.start * stretch.there
    return window.hash(start, stretch.end * stretch.there)


def _second(hashes: Any) -> Any:
    """The share of a stretch in the hash of a string that has one character before it."""
    return hashes * MULTIPLIER


@cache
def load() -> Model:
    """The bundled model."""
    text = resources.files("corpus_db.data").joinpath("countries", "weights.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Model(data["place"], data["choice"], data.get("trees"))
