"""Damaged files: every reader is given mutations of its samples, and must account for every byte.

The samples stand in `reader_samples.SAMPLES`, which has at least one for each registered reader.
Mutations are drawn from a seed, so that a failure can be seen again: its number is in the message.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from reader_samples import SAMPLES, account

from corpus_db import import_corpus
from corpus_db.readers import InputFile, discover, reader_for, readers
from corpus_db.store import check
from corpus_db.store.database import open_database

ROUNDS = 40  # mutations of each sample

# What has a meaning in one format or another, or in an encoding.
_MARKS = (
    b"\x00", b"\r", b"\n\n", b"\x01", b"\x02", b"\x1a", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\x85", b"\xed\xa0\x80", b'"',
    b"\\", b"[[[[", b"}", b"{" * 300, b"<", b"<!--", b"]]>", b"&#0;", b"&x;", b"=\n", b"--", b",,,,", b"\t", b"'", b"PK\x03\x04",
    b"99999999999", b"-1", b"\\u0000", b"\\ud800",
)  # fmt: skip


def _at(rng: random.Random, data: bytes) -> int:
    return rng.randrange(len(data) + 1)


def _flip(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20))):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _cut(rng: random.Random, data: bytes) -> bytes:
    return data[: _at(rng, data)]


def _behead(rng: random.Random, data: bytes) -> bytes:
    return data[_at(rng, data) :]


def _leave_out(rng: random.Random, data: bytes) -> bytes:
    begin, end = sorted((_at(rng, data), _at(rng, data)))
    return data[:begin] + data[end:]


def _repeat(rng: random.Random, data: bytes) -> bytes:
    begin, end = sorted((_at(rng, data), _at(rng, data)))
    return data[:end] + data[begin:end] * rng.choice((1, 5)) + data[end:]


def _insert(rng: random.Random, data: bytes) -> bytes:
    at = _at(rng, data)
    return data[:at] + rng.choice((*_MARKS, rng.randbytes(8))) + data[at:]


def _replace(rng: random.Random, data: bytes) -> bytes:
    at, junk = _at(rng, data), rng.choice((*_MARKS, rng.randbytes(8)))
    return data[:at] + junk + data[at + len(junk) :]


def _splice(rng: random.Random, data: bytes) -> bytes:
    _, other = SAMPLES[rng.choice(sorted(SAMPLES))]
    return data[: _at(rng, data)] + other[_at(rng, other) :]


MUTATIONS: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    _flip, _cut, _behead, _leave_out, _repeat, _insert, _replace, _splice,
)  # fmt: skip


def mutations(kind: str, rounds: int) -> list[bytes]:
    """Damaged versions of a sample, the same at every run."""
    rng = random.Random(f"corpus-db {kind}")
    _, data = SAMPLES[kind]
    out = []
    for number in range(rounds):
        damaged = data
        for _ in range(rng.choice((1, 1, 2))):
            damaged = MUTATIONS[number % len(MUTATIONS)](rng, damaged)
        out.append(damaged)
    return out


def test_every_reader_has_a_sample(tmp_path: Path) -> None:
    recognised = set()
    for kind, (name, data) in SAMPLES.items():
        (tmp_path / kind).mkdir()
        (tmp_path / kind / name).write_bytes(data)
        (file,) = discover([str(tmp_path / kind / name)], tmp_path)
        assert isinstance(file, InputFile)
        recognised.add(reader_for(file).name)
    missing = {reader.name for reader in readers()} - recognised
    assert not missing, f"add samples to tests/reader_samples.py for {sorted(missing)}"


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_damaged_file_is_accounted_for(kind: str) -> None:
    name, _ = SAMPLES[kind]
    for number, damaged in enumerate(mutations(kind, ROUNDS)):
        try:
            account(name, damaged)
        except BaseException as error:
            error.add_note(f"mutation {number} of {kind}: {damaged[:2000]!r}")
            raise


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_damaged_file_under_another_name_is_accounted_for(kind: str) -> None:
    """The ending is a hint that can be wrong."""
    rng = random.Random(kind)
    for damaged in mutations(kind, 8):
        account(rng.choice(("a", "a.csv", "a.json", "a.jsonl", "a.xml", "a.html", "a.txt")), damaged)


def test_an_import_of_damaged_files_is_balanced_and_the_database_is_sound(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    count = 0
    for kind, (name, _) in SAMPLES.items():
        for number, damaged in enumerate(mutations(kind, 8)):
            (source / f"{kind}-{number}-{name}").write_bytes(damaged)
            count += 1
    report = import_corpus([source], tmp_path / "corpus.db")
    assert report.balanced
    assert report.files_read >= count
    assert not [reason for reason, _ in report.reasons if "defect" in reason]
    connection = open_database(tmp_path / "corpus.db")
    assert check.check(connection) == []
    connection.close()
    again = import_corpus([source], tmp_path / "corpus.db")
    assert not again.changed
