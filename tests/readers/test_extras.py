"""Formats whose readers have to be installed: without one the whole file is rejected, and says what to install."""

from __future__ import annotations

import io
import sys
from importlib import import_module
from pathlib import Path

import pytest

from corpus_db.readers import InputFile, discover, extras, read
from corpus_db.readers.limits import megabytes


def workbook() -> bytes:
    stream = io.BytesIO()
    import_module("openpyxl").Workbook().save(stream)
    return stream.getvalue()


FILES = {
    "trafilatura": ("a.html", b"<html><body><p>A bridge opened.</p></body></html>"),
    "pypdfium2": ("a.pdf", b"%PDF-1.4\nnothing"),
    "striprtf": ("a.rtf", rb"{\rtf1 A bridge opened.}"),
    "openpyxl": ("a.xlsx", workbook()),
    "warcio": ("a.warc", b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"),
}


@pytest.mark.parametrize("package", FILES)
def test_without_its_reader_the_whole_file_is_rejected(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, data = FILES[package]
    (tmp_path / name).write_bytes(data)
    for module in (package, "striprtf.striprtf"):
        monkeypatch.setitem(sys.modules, module, None)
    (file,) = discover([str(tmp_path / name)], tmp_path)
    assert isinstance(file, InputFile)
    (found,) = read(file)
    assert (found.start, found.end) == (0, len(data))  # type: ignore[union-attr]
    assert extras.NEEDED[found.reason or ""] == package  # type: ignore[union-attr]
    assert found.reason not in extras.settled()  # type: ignore[union-attr]


def test_every_such_format_is_tried_here_and_its_reader_is_installed() -> None:
    assert set(FILES) == set(extras.NEEDED.values())
    assert set(extras.settled()) == set(extras.NEEDED)


@pytest.mark.parametrize(
    ("size", "said"), [(20_000_000, "20 MB"), (20_040_000, "20.0 MB"), (1_500_000, "1.5 MB")]
)
def test_sizes_are_said_as_people_read_them(size: int, said: str) -> None:
    assert megabytes(size) == said
