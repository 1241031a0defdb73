"""The numbers of the features of many token types at once.

`features.features_of` says which features a word has, as strings, and training uses that; making a
dozen strings and looking each up costs 10 µs a word, most of what a new word costs. Here words of
ASCII letters, nearly all, go column by column: a feature that names part of the word ("s3:ing") is
found by the hash of its name, which follows from the running sums of strings.py without making
the string. The features that few words differ in (length, class, lists, usage) are kept as *groups*,
whose vectors the model sums up once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..stretches import code_points
from .features import features_of, is_made_of, shape, usage_features
from .lexicon import Lexicon
from .strings import HashTable, hashes_behind, hashes_of
from .words import LISTED, LOWER

# The first GROUPS columns hold numbers of groups, the others of the feature with that prefix.
COLUMNS = ("general", "usage", "w:", "l:", "s2:", "s3:", "s4:", "p3:", "sh:")
GROUPS = 2
_GENERAL, _USAGE, _W, _L, _S2, _S3, _S4, _P3, _SHAPE = range(len(COLUMNS))
_COLUMN_OF = {prefix: i for i, prefix in enumerate(COLUMNS)}
_OWN = COLUMNS[GROUPS:]

_MOST_LETTERS = 24  # of a word that goes column by column
_CHUNK = 500  # words at once, so that their letters are a short text

Rows = NDArray[np.int32]


class FeatureRows:
    """Words to rows of feature and group numbers; 0 is none in every column."""

    def __init__(self, names: Sequence[str], lexicon: Lexicon) -> None:
        """`names` are those of the model's features, numbered from 1."""
        self.lexicon = lexicon
        self.groups: list[tuple[int, ...]] = [()]  # the feature numbers of each group
        self._number = {name: i for i, name in enumerate(names, 1) if not name.startswith(_OWN)}
        self._table = HashTable()
        self._table.add(_hashes(names), np.arange(1, len(names) + 1))
        self._group_of: dict[tuple[str, ...], int] = {(): 0}
        self._general: dict[int, int] = {}  # groups by the number that _general_groups makes
        self._usage: dict[str, int] = {}  # groups by the code of the list
        self._shapes: dict[str, int] = dict(
            zip(("X", "Xx"), self._find(_hashes(["sh:X", "sh:Xx"])).tolist(), strict=True)
        )

    def __call__(self, words: Sequence[str], kinds: NDArray[np.uint16]) -> Rows:
        """The rows of some words, given their classes."""
        result = np.zeros((len(words), len(COLUMNS)), np.int32)
        fits = [len(word) <= _MOST_LETTERS and word.isalpha() and word.isascii() for word in words]
        plain = np.flatnonzero(fits)
        others = np.flatnonzero(~np.array(fits, np.bool_))
        for low in range(0, len(plain), _CHUNK):
            part = plain[low : low + _CHUNK]
            result[part] = self._columns([words[i] for i in part.tolist()], kinds[part])
        result[others] = self.one_by_one([words[i] for i in others.tolist()], kinds[others])
        return result

    def one_by_one(self, words: Sequence[str], kinds: NDArray[np.uint16]) -> Rows:
        """The same for any words, from the strings of `features_of`."""
        result = np.zeros((len(words), len(COLUMNS)), np.int32)
        rows, columns, names = [], [], []
        for row, (word, kind) in enumerate(zip(words, kinds.tolist(), strict=True)):
            general, usage = [], []
            for name in features_of(word, kind, self.lexicon):
                column = _COLUMN_OF.get(name[: name.find(":") + 1], _GENERAL)
                if column != _GENERAL:
                    rows.append(row)
                    columns.append(column)
                    names.append(name)
                elif name[0] == "u":
                    usage.append(name)
                else:
                    general.append(name)
            result[row, :GROUPS] = self._group(general), self._group(usage)
        if names:
            result[rows, columns] = self._find(_hashes(names))
        return result

    def _columns(self, words: Sequence[str], kinds: NDArray[np.uint16]) -> Rows:
        """The rows of words of ASCII letters."""
        result = np.zeros((len(words), len(COLUMNS)), np.int32)
        text = "".join(words)
        low = text.lower()
        ends = np.cumsum([len(word) for word in words])
        starts = np.concatenate([[0], ends[:-1]])
        high = np.flatnonzero((kinds & LOWER) == 0)  # the others have few features
        first, last = starts[high], ends[high]
        keys = hashes_behind(
            np.frombuffer((low + text).encode("ascii"), np.uint8),
            (
                ("l:", starts, ends),
                ("s3:", np.maximum(starts, ends - 3), ends),
                ("w:", first + len(low), last + len(low)),
                ("s2:", np.maximum(first, last - 2), last),
                ("s4:", np.maximum(first, last - 4), last),
                ("p3:", first, np.minimum(last, first + 3)),
            ),
        )
        numbers = self._find(keys)
        result[:, _L], result[:, _S3] = numbers[: 2 * len(words)].reshape(2, -1)
        result[high[:, None], [_W, _S2, _S4, _P3]] = numbers[2 * len(words) :].reshape(4, -1).T
        chosen = [words[i] for i in high.tolist()]
        folded = [word.lower() for word in chosen]
        result[high, _USAGE] = list(map(self._usage_group, folded))
        result[high, _SHAPE] = list(map(self._shape_number, chosen))
        result[:, _GENERAL] = self._general_groups(words, kinds, high, folded)
        return result

    def _general_groups(
        self, words: Sequence[str], kinds: NDArray[np.uint16], high: NDArray[np.int64], folded: Sequence[str]
    ) -> Rows:
        """The group of each word's class, length and lists; `folded` are those of the words `high`."""
        lexicon = self.lexicon
        # A number for each group: the class, then bits for the rest.
        code = (kinds & np.uint16(~LISTED & 0xFFFF)).astype(np.int64) << 10
        code[high] |= 1 << 9
        length = np.array([min(len(words[i]), 12) for i in high.tolist()], np.int64)
        code[high] |= length << 5
        for bit, names in enumerate(
            (lexicon.first_names, lexicon.family_names, lexicon.places, lexicon.east_asian)
        ):
            code[high] |= np.fromiter(map(names.__contains__, folded), np.int64, len(folded)) << bit
        made = [len(word) < 14 and is_made_of(word, lexicon.syllables) for word in folded]
        code[high] |= np.array(made, np.int64) << 4
        groups = self._general
        result = []
        for number in code.tolist():
            if number not in groups:
                groups[number] = self._general_group(number)
            result.append(groups[number])
        return np.array(result, np.int32)

    def _general_group(self, code: int) -> int:
        names = ["bias", f"c:{code >> 10}"]
        if code & 1 << 9:
            names.append(f"n:{code >> 5 & 15}")
            names.append(f"g:{code & 1}{code >> 1 & 1}{code >> 2 & 1}")
            names += [name for bit, name in ((3, "asian:family"), (4, "asian:given")) if code >> bit & 1]
        return self._group(names)

    def _usage_group(self, folded: str) -> int:
        digits = self.lexicon.usage.get(folded) or ("small" if folded in self.lexicon.small_words else "none")
        if digits not in self._usage:
            names = usage_features(digits) if digits.isdigit() else (f"u:{digits}",)
            self._usage[digits] = self._group(names)
        return self._usage[digits]

    def _shape_number(self, word: str) -> int:
        if len(word) > 1 and word.istitle():
            return self._shapes["Xx"]
        key = shape(word)
        if key not in self._shapes:
            self._shapes[key] = int(self._find(_hashes([f"sh:{key}"]))[0])
        return self._shapes[key]

    def _group(self, names: Iterable[str]) -> int:
        """The number of the group of these features."""
        key = tuple(sorted(names))
        number = self._group_of.get(key)
        if number is None:
            number = self._group_of[key] = len(self.groups)
            self.groups.append(tuple(self._number.get(name, 0) for name in key))
        return number

    def _find(self, keys: NDArray[np.uint64]) -> Rows:
        """The numbers of the features whose names have these hashes; 0 for none."""
        return np.clip(self._table.find(keys), 0, None)


def _hashes(names: Sequence[str]) -> NDArray[np.uint64]:
    ends = np.cumsum([len(name) for name in names])
    return hashes_of(code_points("".join(names)), np.concatenate([[0], ends[:-1]]), ends)
