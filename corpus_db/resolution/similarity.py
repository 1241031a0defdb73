"""How much two texts have in common, and how the texts that may have much in common are found. Pure.

**What is compared**: the set of all runs of three words (shingles) of a body, upper and lower case
and every mark between words aside. Two agency reports on one event share a few of a hundred runs,
copies of one report nearly all. `compare` gives both figures that people ask for: Jaccard (shared
of all) and the share of the one that stands in the other, which stays 1 for a text cut short.

**How candidates are found**: MinHash (Broder 1997) with locality-sensitive hashing (Indyk and
Motwani 1998). A signature is SIGNATURE smallest hashes; texts of similarity J agree in each of
them with probability J. BANDS groups of ROWS hashes make one key each: texts that share a key are
compared, and they share one with probability 1 - (1 - J**ROWS)**BANDS, which is 0.88 at J = 0.5,
0.98 at 0.6, 0.999 at 0.7, and 0.00002 at 0.01, where unrelated articles lie. So an article is
compared with a handful of others however many there are.

Words are read with numpy for many texts at once: a word counts as its first eight bytes and its
length. The signatures are made of every fourth run, chosen by its hash, which costs a quarter and
is the same choice in every text that has the run. They come from rensa: small, without
dependencies, in Rust, with wheels for all platforms. datasketch, the older library, is as well
kept, but needs scipy and one object a text. Signatures are kept in the database, so
their algorithm must not change: rensa states its version, and a test holds one signature.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import rensa

from corpus_db.data import table
from corpus_db.errors import CorpusError

Runs = npt.NDArray[np.uint64]
"""Hashes of the runs of three words of one text, in order, repeated where they repeat."""
Signatures = npt.NDArray[np.uint32]
"""One row of SIGNATURE numbers for each text."""

BANDS, ROWS = 16, 3
SIGNATURE = BANDS * ROWS
RUN_WORDS = 3
# Shorter texts are not compared: of a dozen words, many may be the same by chance.
MINIMUM_RUNS = 10
# What a text holds beyond this many characters is not looked at (35,000 words).
LONGEST_TEXT = 200_000
SAMPLE = np.uint64(4)  # one run in so many makes the signature; a power of two
_ONE = np.uint64(1)
# Two texts are near-copies when they have half of all their runs in common, or when so much of the one
# stands in the other (a report cut short by an outlet).
SIMILAR, CONTAINED = 0.5, 0.8
# Of the names and figures of a copy so many may be missing from the other text (bylines, contacts).
LOST_NAMES, LEAST_LOST = 0.1, 3
_NUMBERS = frozenset((*table("dates")["numbers"], *table("dates")["tens"]))
SAME_NAME = 0.7  # of the letters of two spellings (Ratcliff and Obershelp's measure)
_WORD = re.compile(r"\w+")
_ALGORITHM = 2  # of rensa; another one would make other signatures
_SEED = 1

if rensa.RMinHash.ALGORITHM_VERSION != _ALGORITHM:
    raise CorpusError(
        f"this version of rensa makes other signatures (algorithm {rensa.RMinHash.ALGORITHM_VERSION}):"
        " install one that corpus-db asks for"
    )

# Letters and digits as they are hashed, 0 for what stands between words.
_LATIN_1 = bytes(ord(chr(byte).lower()) if chr(byte).isalnum() else 0 for byte in range(256))
_UTF_8 = _LATIN_1[:128] + bytes(range(128, 256))  # every byte of another alphabet is part of a letter
# Marks and spaces beyond ASCII: outlets differ in the quotes and dashes they print.
_MARKS = re.compile("[\u0080-\u00bf\u2000-\u206f\u3000-\u303f]+")
WORD_BYTES = 8
# What to keep of the eight bytes at a word's beginning, for each length of a word.
_KEEP = np.array([(1 << 8 * length) - 1 for length in range(WORD_BYTES + 1)], np.uint64)


class Profile(NamedTuple):
    """What is compared of a text."""

    runs: Runs  # each once, in order
    names: frozenset[str]  # words with a capital or a digit, in lower case
    words: frozenset[str]  # all others


class Likeness(NamedTuple):
    """What two texts have in common: shared runs of all, and of the first text's own."""

    similarity: float
    share: float


def runs_of(texts: Sequence[str]) -> list[Runs]:
    """The runs of three words of each text."""
    pieces = [_bytes(text) for text in texts]
    ends = np.cumsum([len(piece) + 1 for piece in pieces])
    # A word's first bytes are read as one number; the text goes on long enough for the last word's.
    data = np.frombuffer(b"\0" + b"\0".join(pieces) + bytes(WORD_BYTES), np.uint8)
    inside = data.view(np.bool_)
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    first, last = edges[0::2], edges[1::2]
    words = np.ndarray((len(data) - WORD_BYTES + 1,), "<u8", data, strides=(1,))[first].astype(np.uint64)
    lengths = last - first
    words &= _KEEP[np.minimum(lengths, WORD_BYTES)]
    words += lengths.astype(np.uint64)
    words = _mixed(words)
    if len(words) < RUN_WORDS:
        return [words[:0] for _ in texts]
    runs = _mixed(
        words[:-2] * np.uint64(0x94D049BB133111EB)
        + words[1:-1] * np.uint64(0xD6E8FEB86659FD93)
        + words[2:] * np.uint64(0xA0761D6478BD642F)
    )
    bounds = np.searchsorted(first, ends).tolist()
    return [
        runs[start : max(start, end - RUN_WORDS + 1)]
        for start, end in zip([0, *bounds[:-1]], bounds, strict=True)
    ]


def signatures(texts: Sequence[Runs]) -> Signatures:
    """The signatures of texts, one row each; texts of fewer than MINIMUM_RUNS have rows without meaning."""
    chosen = np.concatenate(texts) if texts else np.empty(0, np.uint64)
    sampled = np.flatnonzero(chosen & (SAMPLE - _ONE) == 0)
    offsets = np.searchsorted(sampled, np.cumsum([0, *map(len, texts)])).astype(np.uint64)
    matrix = rensa.RMinHash.digest_matrix_from_flat_token_hashes(
        chosen.take(sampled), offsets, num_perm=SIGNATURE, seed=_SEED
    )
    numbers = np.fromiter(chain.from_iterable(matrix.to_rows()), np.uint32, len(texts) * SIGNATURE)
    return numbers.reshape(len(texts), SIGNATURE)


def keys_of(signatures: Signatures) -> npt.NDArray[np.int64]:
    """The keys of each signature, one for each band: positive, less than 2**48."""
    rows = signatures.astype(np.uint64).reshape(len(signatures), BANDS, ROWS)
    keys = np.broadcast_to(np.arange(1, BANDS + 1, dtype=np.uint64), rows.shape[:2])
    for column in range(ROWS):
        keys = _mixed(keys * np.uint64(0x9FB21C651E98DF25) + rows[:, :, column])
    return (keys >> np.uint64(16)).astype(np.int64)


def estimate(one: npt.NDArray[np.uint32], other: npt.NDArray[np.uint32]) -> float:
    """Roughly how similar two texts are, by their signatures alone."""
    return float(np.count_nonzero(one == other)) / SIGNATURE


def profile(text: str) -> Profile:
    """What is compared of a text, word for word."""
    found = set(_WORD.findall(text[:LONGEST_TEXT]))
    names = {word for word in found if word[0].isupper() or word[0].isdigit()}
    lower = frozenset(word.lower() for word in names)
    return Profile(np.unique(runs_of([text])[0]), lower, frozenset(found - names - lower))


def compare(one: Profile, other: Profile) -> Likeness:
    """How much two texts have in common, exactly."""
    if not len(one.runs) or not len(other.runs):
        return Likeness(0.0, 0.0)
    shared = len(np.intersect1d(one.runs, other.runs, assume_unique=True))
    return Likeness(
        round(shared / (len(one.runs) + len(other.runs) - shared), 4), round(shared / len(one.runs), 4)
    )


def is_same_story(one: Profile, fuller: Profile, likeness: Likeness) -> bool:
    """Whether an article and a fuller one tell one story: enough words in common, and names and figures too.

    Form letters ("$1,143 for the fire brigade of Springfield") have nearly all words in common and
    tell different stories: of the names and figures of the one many are missing from the other,
    while of its ordinary words few are. In copies, edited or cut, both are missing alike.
    """
    if likeness.similarity < SIMILAR and likeness.share < CONTAINED:
        return False
    lost = one.names - fuller.names - fuller.words
    if len(lost) < LEAST_LOST:
        return True
    rate = len(one.words - fuller.words - fuller.names) / max(1, len(one.words))
    return len(lost) / len(one.names) <= max(LOST_NAMES, 2 * rate)


def tell_of_others(one: Profile, title: str, other: Profile, other_title: str) -> bool:
    """Whether each title names something that the other text does not hold: one form, filled in twice.

    "Antwerp to receive grant" and "Lima to receive grant", each on a page of the same words. Figures do not
    count (twelve dead are fifteen in the next version), nor one name in two spellings (a correction).
    """
    mine, others = _own_names(title, one, other), _own_names(other_title, other, one)
    return bool(mine and others) and not any(
        SequenceMatcher(None, name, another).ratio() >= SAME_NAME for name in mine for another in others
    )


def _own_names(title: str, one: Profile, other: Profile) -> set[str]:
    """The names in a title that stand in its text too, and nowhere in another."""
    words = {word.lower() for word in _WORD.findall(title) if word.isalpha()}
    return (words & one.names) - other.names - other.words - _NUMBERS


def _bytes(text: str) -> bytes:
    """The words of a text as bytes in lower case, with zeros between them."""
    text = text[:LONGEST_TEXT]
    data = text.encode("latin-1", "replace")  # curly quotes and dashes become marks like any other
    if data.count(b"?") * 4 < len(data):
        return data.translate(_LATIN_1)
    return _MARKS.sub(" ", text).lower().encode("utf-8", "surrogatepass").translate(_UTF_8)


def _mixed(values: Runs) -> Runs:
    """Each value's bits spread over all 64 (the finaliser of SplitMix64, one round)."""
    values = values ^ (values >> np.uint64(30))
    values *= np.uint64(0xBF58476D1CE4E5B9)
    values ^= values >> np.uint64(27)
    return values
