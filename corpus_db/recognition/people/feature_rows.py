"""The numbers of the features of many token types at once.

`features.features_of` says which features a word has, as strings, and training uses that; making a
dozen strings and looking each up costs 10 µs a word, most of what a new word costs. Here all but very
long words go column by column: a feature that names part of the word ("s3:ing") is
found by the hash of its name, which follows from the running sums of strings.py without making
the string. The features that few words differ in (length, class, lists, usage) are kept as *groups*,
whose vectors the model sums up once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..stretches import code_points
from .features import bare_of, features_of, made_of, numbers_alike, shape, usage_features
from .lexicon import (
    EAST_ASIAN,
    FAMILY_NAME,
    FIRST_NAME,
    PLACE_NAME,
    SMALL_WORD,
    Lexicon,
    Listed,
)
from .strings import HashTable, hashes_behind, hashes_of
from .words import LISTED, LOWER, fold_all

# The first GROUPS columns hold numbers of groups, the others of the feature with that prefix.
COLUMNS = ("general", "usage", "w:", "l:", "s2:", "s3:", "s4:", "p3:", "sh:")
GROUPS = 2
_GENERAL, _USAGE, _W, _L, _S2, _S3, _S4, _P3, _SHAPE = range(len(COLUMNS))
_COLUMN_OF = {prefix: i for i, prefix in enumerate(COLUMNS)}

_MOST_LETTERS = 24  # of a word that goes column by column
_CHUNK = 1500  # words at once, so that their letters are a short text
_MOST_OF_A_SHAPE = 10  # as `shape` has it
_ASCII = 0x7F
_SHAPE_SIGNS = np.array(
    [ord(shape(chr(code))[:1]) for code in range(_ASCII + 1)], np.uint16
)  # of each letter

_NAME_LISTS = FIRST_NAME | FAMILY_NAME | PLACE_NAME | EAST_ASIAN  # the lowest bits
_USAGE_BITS = SMALL_WORD.bit_length() - 1  # before those that tell the usage

Rows = NDArray[np.int32]


class _Forms(NamedTuple):
    """Words as their features see them."""

    words: Sequence[str]
    folded: Sequence[str]  # of signs and numbers what stands for them
    bare: Sequence[str]  # as the lists have them
    kinds: NDArray[np.uint16]
    listed: Listed  # what the lists say of the bare word
    signs: NDArray[np.bool_]  # without a letter
    full: NDArray[np.bool_]  # with all features: neither signs nor words in small letters

    def chosen(self, which: NDArray[np.int64]) -> _Forms:
        """Some of them."""
        words, folded, bare = ([column[i] for i in which.tolist()] for column in self[:3])
        columns: list[NDArray[Any]] = [column[which] for column in self[3:]]
        return _Forms(words, folded, bare, *columns)


def _forms(words: Sequence[str], kinds: NDArray[np.uint16], listed: Listed, lexicon: Lexicon) -> _Forms:
    """The forms of words; `listed` is what the lists say of the folded ones."""
    folded = fold_all(words)
    bare = folded.copy()
    signs = np.zeros(len(words), np.bool_)
    listed = listed.copy()
    asked = []
    for i in [i for i, word in enumerate(words) if not word.isalpha()]:
        if not any(map(str.isalpha, words[i])):
            signs[i] = True
            folded[i] = numbers_alike(folded[i])
        else:
            bare[i] = bare_of(folded[i])
            if bare[i] != folded[i]:
                asked.append(i)
    listed[asked] = lexicon.listed([bare[i] for i in asked])
    return _Forms(words, folded, bare, kinds, listed, signs, ~signs & ((kinds & LOWER) == 0))


class FeatureRows:
    """Words to rows of feature and group numbers; 0 is none in every column."""

    def __init__(self, names: Sequence[str], lexicon: Lexicon) -> None:
        """`names` are those of the model's features, numbered from 1."""
        self.lexicon = lexicon
        self.groups: list[tuple[int, ...]] = [()]  # the feature numbers of each group
        self._table = HashTable()
        self._table.add(_hashes(names), np.arange(1, len(names) + 1))
        self._group_of: dict[tuple[int, ...], int] = {(): 0}
        self._general: dict[int, int] = {}  # groups by the number that _general_codes makes
        self._usage: dict[int, int] = {}  # groups by what the lists say of the usage
        self._shapes: dict[str, int] = {}

    def __call__(self, words: Sequence[str], kinds: NDArray[np.uint16], listed: Listed) -> Rows:
        """The rows of some words, given their classes and what the word lists say of them."""
        result = np.zeros((len(words), len(COLUMNS)), np.int32)
        forms = _forms(words, kinds, listed, self.lexicon)
        fits = _lengths(forms.folded) <= _MOST_LETTERS
        plain, others = np.flatnonzero(fits), np.flatnonzero(~fits)
        for low in range(0, len(plain), _CHUNK):
            part = plain[low : low + _CHUNK]
            result[part] = self._columns(forms.chosen(part))
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

    def _columns(self, forms: _Forms) -> Rows:
        """The rows of words that are not long."""
        folded, high = forms.folded, np.flatnonzero(forms.full)
        result = np.zeros((len(folded), len(COLUMNS)), np.int32)
        chosen = [forms.words[i] for i in high.tolist()]
        sizes, lengths = _lengths(folded), _lengths(chosen)
        ends = np.cumsum(np.concatenate([sizes, lengths]))
        starts = ends - np.concatenate([sizes, lengths])
        codes = code_points("".join([*folded, *chosen]))
        first, last = starts[high], ends[high]
        count = len(folded)
        numbers = self._find(
            hashes_behind(
                codes,
                (
                    ("l:", starts[:count], ends[:count]),
                    ("s3:", np.maximum(starts, ends - 3)[:count], ends[:count]),
                    ("w:", starts[count:], ends[count:]),
                    ("s2:", np.maximum(first, last - 2), last),
                    ("s4:", np.maximum(first, last - 4), last),
                    ("p3:", first, np.minimum(last, first + 3)),
                ),
            )
        )
        result[:, _L], result[:, _S3] = numbers[: 2 * count].reshape(2, -1)
        result[forms.signs, _S3] = 0
        result[high[:, None], [_W, _S2, _S4, _P3]] = numbers[2 * count :].reshape(4, -1).T
        result[high, _USAGE] = self._numbered(
            self._usage, forms.listed[high] >> _USAGE_BITS, self._usage_group
        )
        signs = np.flatnonzero(forms.signs)
        shaped = np.concatenate([np.arange(count, len(starts)), signs])
        result[np.concatenate([high, signs]), _SHAPE] = self._shape_numbers(
            codes, starts[shaped], ends[shaped]
        )
        result[:, _GENERAL] = self._numbered(
            self._general, self._general_codes(forms, lengths), self._general_group
        )
        return result

    def _shape_numbers(self, codes: NDArray[Any], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Rows:
        """The number of the shape of each stretch."""
        signs = _SHAPE_SIGNS.take(codes, mode="clip")
        opens = np.ones(len(codes) + 1, np.bool_)  # where the sign is another than the one before
        np.not_equal(signs[1:], signs[:-1], out=opens[1:-1])
        opens[starts] = True
        before: NDArray[np.int64] = np.cumsum(opens) - opens
        low, high = before.take(starts), before.take(ends)
        np.minimum(high, low + _MOST_OF_A_SHAPE, out=high)
        numbers = self._find(hashes_behind(signs.compress(opens[:-1]), (("sh:", low, high),)))
        wide = np.flatnonzero(codes > _ASCII)
        for i in np.flatnonzero(wide.searchsorted(starts) < wide.searchsorted(ends)).tolist():
            word = codes[starts[i] : ends[i]].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
            numbers[i] = self._shape_number(word)
        return numbers

    def _general_codes(self, forms: _Forms, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
        """A number for each group of class, length (given for words with all features) and lists."""
        code = (forms.kinds & np.uint16(~LISTED & 0xFFFF)).astype(np.int64) << 10
        high = np.flatnonzero(forms.full)
        code[high] |= 1 << 9 | np.minimum(lengths, 12) << 5 | forms.listed[high] & _NAME_LISTS
        made = made_of(self.lexicon.syllables, [forms.bare[i] for i in high.tolist()])
        code[high] |= np.array(made, np.int64) << 4
        return code

    def _numbered(
        self, known: dict[int, int], codes: NDArray[Any], group: Callable[[int], int]
    ) -> NDArray[np.int64]:
        """The group of each code, worked out where it is new."""
        distinct, which = np.unique(codes, return_inverse=True)
        for code in distinct.tolist():
            if code not in known:
                known[code] = group(code)
        return np.array([known[code] for code in distinct.tolist()], np.int64)[which]

    def _general_group(self, code: int) -> int:
        names = ["bias", f"c:{code >> 10}"]
        if code & 1 << 9:
            names.append(f"n:{code >> 5 & 15}")
            names.append(f"g:{code & 1}{code >> 1 & 1}{code >> 2 & 1}")
            names += [name for bit, name in ((3, "asian:family"), (4, "asian:given")) if code >> bit & 1]
        return self._group(names)

    def _usage_group(self, code: int) -> int:
        return self._group(usage_features(code << _USAGE_BITS))

    def _shape_number(self, word: str) -> int:
        key = shape(word)
        if key not in self._shapes:
            self._shapes[key] = int(self._find(_hashes([f"sh:{key}"]))[0])
        return self._shapes[key]

    def _group(self, names: Sequence[str]) -> int:
        """The number of the group of these features."""
        key = tuple(sorted(self._find(_hashes(names)).tolist())) if names else ()
        number = self._group_of.get(key)
        if number is None:
            number = self._group_of[key] = len(self.groups)
            self.groups.append(key)
        return number

    def _find(self, keys: NDArray[np.uint64]) -> Rows:
        """The numbers of the features whose names have these hashes; 0 for none."""
        return np.clip(self._table.find(keys), 0, None)


def _lengths(words: Sequence[str]) -> NDArray[np.int64]:
    return np.fromiter(map(len, words), np.int64, len(words))


def _hashes(names: Sequence[str]) -> NDArray[np.uint64]:
    ends = np.cumsum(_lengths(names))
    return hashes_of(code_points("".join(names)), np.concatenate([[0], ends[:-1]]), ends)
