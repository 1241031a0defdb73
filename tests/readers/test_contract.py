"""What every reader promises, whatever the bytes: a balanced account and never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reader_samples import SAMPLES, account

from corpus_db.readers import InputFile, discover, read, reader_for, readers
from corpus_db.readers.registry import Reader


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_sound_file_is_recognised_and_balanced(kind: str) -> None:
    assert any(document.reason is None for document in account(*SAMPLES[kind]))


def test_a_format_of_several_lines_has_no_files_of_one(tmp_path: Path) -> None:
    asked = [reader for reader in readers() if getattr(reader, "has_lines", False)]
    assert asked
    for kind, (name, data) in SAMPLES.items():
        (tmp_path / kind).mkdir()
        (tmp_path / kind / name).write_bytes(data.replace(b"\r", b" ").replace(b"\n", b" "))
    for file in discover([str(tmp_path)], tmp_path):
        if isinstance(file, InputFile):
            assert not any(reader.accepts(file, file.head()) for reader in asked)


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200), name=st.sampled_from(["a.txt", "a.jsonl", "a.json", "a"]))
def test_any_bytes_are_accounted_for(data: bytes, name: str) -> None:
    account(name, data)


def test_a_file_that_vanishes_is_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (file,) = discover([str(tmp_path / "a.txt")], tmp_path)
    assert isinstance(file, InputFile)
    (tmp_path / "a.txt").unlink()
    (document,) = read(file)
    assert document.reason is not None
    assert "cannot be read" in document.reason


def test_readers_have_distinct_names_and_the_last_takes_everything(tmp_path: Path) -> None:
    installed = readers()
    assert all(isinstance(reader, Reader) for reader in installed)
    assert len({reader.name for reader in installed}) == len(installed)
    (tmp_path / "anything").write_bytes(b"\x05 a few words")
    (file,) = discover([str(tmp_path)], tmp_path)
    assert isinstance(file, InputFile)
    assert reader_for(file).name == "text"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
    ],
)
def test_known_binary_formats_are_named(data: bytes, words: str) -> None:
    (document,) = account("a.txt", data)
    assert document.reason is not None
    assert words in document.reason


def test_a_text_of_50_megabytes_is_rejected_without_being_held() -> None:
    (document,) = account("a.txt", b"x" * 50_000_000)
    assert document.reason is not None
    assert "20 MB" in document.reason
