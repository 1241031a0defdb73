"""Archives are read as if they were folders, whatever they try."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from reader_samples import SAMPLES, account, captured, gzipped, tarred, zipped

from corpus_db.models import SourceDocument
from corpus_db.parsing import parse
from corpus_db.readers import Given, InputFile, Unreadable, discover, read, unpack
from corpus_db.readers.archives.archive import LINK
from corpus_db.readers.limits import ARCHIVE_DEPTH, UNPACKED_FREE

FILES = {"2020/a.txt": b"Ana Lee sang in Lima.", "b.txt": b"It rained in Oslo."}


def opened(tmp_path: Path, name: str, data: bytes) -> list[Given]:
    """What a file gives out, with what the files in it give out."""
    account(name, data)
    (tmp_path / name).write_bytes(data)
    (file,) = discover([str(tmp_path / name)], tmp_path)
    assert isinstance(file, InputFile)
    return list(_all(file))


def _all(file: InputFile) -> list[Given]:
    out: list[Given] = []
    for given in read(file):
        out.append(given)
        if isinstance(given, InputFile):
            out += _all(given)
    return out


def texts(found: list[Given]) -> dict[str, bytes]:
    return {d.path: d.text for d in found if isinstance(d, SourceDocument) and d.text is not None}


def reasons(found: list[Given]) -> dict[str, str]:
    return {
        getattr(item, "path", "") or getattr(item, "name", ""): item.reason
        for item in found
        if isinstance(item, (SourceDocument, Unreadable)) and item.reason is not None
    }


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("n.zip", zipped(FILES)),
        ("n.tar", tarred(FILES)),
        ("n.tgz", gzipped(tarred(FILES))),
        ("n.tar.xz", lzma.compress(tarred(FILES))),
        ("no ending", zipped(FILES)),
    ],
)
def test_files_in_an_archive_are_called_after_it(tmp_path: Path, name: str, data: bytes) -> None:
    found = opened(tmp_path, name, data)
    assert texts(found) == {f"{name}/{inner}": text for inner, text in FILES.items()}
    assert reasons(found) == {}
    assert [item.path for item in found if isinstance(item, SourceDocument)][-1] == name


@pytest.mark.parametrize(
    ("name", "inner"), [("a.txt.gz", "a.txt"), ("a.TXT.GZ", "a.TXT"), ("dump", "dump"), (".gz", ".gz")]
)
def test_a_packed_file_keeps_its_name_without_the_ending(tmp_path: Path, name: str, inner: str) -> None:
    assert texts(opened(tmp_path, name, gzipped(b"It rained."))) == {f"{name}/{inner}": b"It rained."}


def test_several_streams_one_after_the_other_are_one_file(tmp_path: Path) -> None:
    data = gzipped(b"It rained") + gzipped(b" in Oslo.") + bytes(512)
    assert texts(opened(tmp_path, "a.gz", data)) == {"a.gz/a": b"It rained in Oslo."}


def test_archives_in_archives_are_read_to_a_small_depth(tmp_path: Path) -> None:
    data = b"It rained in Oslo."
    for depth in range(ARCHIVE_DEPTH):
        data = zipped({f"{depth}": data})
    assert b"It rained in Oslo." in texts(opened(tmp_path, "a.zip", data)).values()
    found = opened(tmp_path, "b.zip", zipped({"deeper": data}))
    assert texts(found) == {}
    (reason,) = reasons(found).values()
    assert "unpack" in reason


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "\\x2e\\x2e/\\x2e\\x2e/etc/passwd"),
        ("/etc/passwd", "\\x2fetc/passwd"),
        ("./a//b.txt", "a/b.txt"),
        ("a\nb.txt", "a\\x0ab.txt"),
        ("a\x1b[2Jb.txt", "a\\x1b[2Jb.txt"),
        ("..\\..\\a.txt", "..\\..\\a.txt"),  # a backslash leads nowhere here
    ],
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_names_that_climb_out_are_shown_safely_and_lead_nowhere(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes], name: str, shown: str
) -> None:
    found = opened(tmp_path, "a.arc", pack({name: b"It rained."}))
    assert texts(found) == {f"a.arc/{shown}": b"It rained."}


def test_leftovers_of_systems_are_told_once(tmp_path: Path) -> None:
    files = {
        "__MACOSX/x/._a.txt": b"\x00",
        "__MACOSX/b": b"\x00",
        ".git/config": b"x",
        "x/.DS_Store": b"\x00",
    }
    found = opened(tmp_path, "a.zip", zipped(files | FILES))
    left = [item for item in found if isinstance(item, Unreadable)]
    assert {item.name for item in left} == {"a.zip/__MACOSX", "a.zip/.git", "a.zip/x/.DS_Store"}
    assert {item.outcome for item in left} == {"empty"}
    assert len(texts(found)) == 2


def _odd_tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, target in (
            ("link", tarfile.SYMTYPE, "/etc/passwd"),
            ("again", tarfile.LNKTYPE, "b.txt"),
            ("null", tarfile.CHRTYPE, ""),
            ("pipe", tarfile.FIFOTYPE, ""),
            ("folder", tarfile.DIRTYPE, ""),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
        info = tarfile.TarInfo("b.txt")
        info.size = 5
        archive.addfile(info, io.BytesIO(b"It is"))
    return out.getvalue()


def test_links_and_devices_are_one_line_each(tmp_path: Path) -> None:
    found = opened(tmp_path, "a.tar", _odd_tar())
    said = reasons(found)
    assert set(said) == {"a.tar/link", "a.tar/again", "a.tar/null", "a.tar/pipe"}
    assert "a.tar/b.txt" in said["a.tar/again"]
    assert texts(found) == {"a.tar/b.txt": b"It is"}


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("b.txt", "It is")
    found = opened(tmp_path, "a.zip", out.getvalue())
    assert reasons(found) == {"a.zip/link": LINK}
    assert texts(found) == {"a.zip/b.txt": b"It is"}


def test_an_encrypted_file_is_rejected_and_the_rest_is_read(tmp_path: Path) -> None:
    data = bytearray(zipped(FILES))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    found = opened(tmp_path, "a.zip", bytes(data))
    assert "password" in reasons(found)["a.zip/2020/a.txt"]
    assert texts(found) == {"a.zip/b.txt": FILES["b.txt"]}


def test_a_wrong_checksum_costs_one_file(tmp_path: Path) -> None:
    data = bytearray(zipped(FILES))
    data[data.index(b"PK\x01\x02") + 16] ^= 1
    found = opened(tmp_path, "a.zip", bytes(data))
    assert "checksum" in reasons(found)["a.zip/2020/a.txt"]
    assert texts(found) == {"a.zip/b.txt": FILES["b.txt"]}


def test_documents_that_are_zip_files_are_no_archives() -> None:
    (document,) = account("a.odp", zipped({"mimetype": b"application/x", "content.xml": b"<x/>"}))
    assert document.path == "a.odp"
    assert document.reason is not None


@pytest.mark.parametrize("at", [0.3, 0.7, 0.95, 1])
@pytest.mark.parametrize("packed", [False, True])
def test_of_a_tar_that_is_cut_off_what_is_whole_is_read(tmp_path: Path, packed: bool, at: float) -> None:
    # Random bytes, so that packing keeps their places. The end is all zeros.
    files = {f"{n}.txt": random.Random(n).randbytes(4_000) for n in range(20)}
    data = tarred(files).rstrip(bytes(1))
    data = gzipped(data) if packed else data
    found = opened(tmp_path, "a.tar", data[: int(len(data) * at)])
    whole = [item for item in found if isinstance(item, InputFile) and item.name.count("/") == 1]
    assert len(whole) > len(files) * (at - 0.2)
    assert all(item.content() == files[item.name.removeprefix("a.tar/")] for item in whole)
    assert "cut off" in reasons(found)["a.tar"]


def test_a_tar_without_the_mark_of_its_end_may_be_cut_off(tmp_path: Path) -> None:
    found = opened(tmp_path, "a.tar", tarred(FILES)[:2048])
    assert len(texts(found)) == 2
    assert "cut off" in reasons(found)["a.tar"]


def test_a_broken_header_in_the_middle_is_not_taken_for_the_end(tmp_path: Path) -> None:
    data = bytearray(tarred(FILES))
    data[1024:1034] = b"\xff" * 10
    found = opened(tmp_path, "a.tar", bytes(data))
    assert list(texts(found).values()) == [FILES["2020/a.txt"]]
    assert "damaged" in reasons(found)["a.tar"]


def test_of_a_packed_file_that_is_cut_off_the_beginning_is_read(tmp_path: Path) -> None:
    lines = b"".join(b'{"body": "Article %d."}\n' % n for n in range(5_000))
    found = opened(tmp_path, "a.jsonl.gz", gzipped(lines)[:5_000])
    articles = [d for d in found if isinstance(d, SourceDocument) and d.fields and d.path != "a.jsonl.gz"]
    assert len(articles) > 100
    assert "cut off" in reasons(found)["a.jsonl.gz"]


def test_what_stands_behind_a_packed_file_is_told(tmp_path: Path) -> None:
    found = opened(tmp_path, "a.gz", gzipped(b"It rained.") + b"and more of something")
    assert texts(found) == {"a.gz/a": b"It rained."}
    assert "behind its end" in reasons(found)["a.gz"]


def test_xz_cannot_ask_for_memory(tmp_path: Path) -> None:
    # The header of a stream that asks for much: packing one with such a dictionary would need the memory.
    small = bytearray(lzma.compress(b"It rained.", format=lzma.FORMAT_XZ))
    size = (small[12] + 1) * 4
    header = small[12 : 12 + size - 4]
    at = header.index(b"\x21\x01") + 2
    header[at] = 37  # 1.5 GB
    small[12 : 12 + size - 4] = header
    small[12 + size - 4 : 12 + size] = struct.pack("<I", zlib.crc32(bytes(header)))
    found = opened(tmp_path, "a.xz", bytes(small))
    assert "memory" in reasons(found)["a.xz"]


def _peak(action: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits at a tenth, so that the bombs of this test are small too."""
    monkeypatch.setattr(unpack, "UNPACKED_FREE", UNPACKED_FREE // 10)
    monkeypatch.setattr(unpack, "UNPACKED_RATIO", 20)
    monkeypatch.setattr(unpack, "HELD_BYTES", 300_000)


BOMB = 150_000_000
BOMBS: dict[str, Callable[[], bytes]] = {
    "a.gz": lambda: gzipped(bytes(BOMB)),
    "a.bz2": lambda: bz2.compress(bytes(BOMB)),
    "a.xz": lambda: lzma.compress(bytes(BOMB), preset=0),
    "a.tgz": lambda: gzipped(tarred({"0.txt": bytes(BOMB), "b.txt": b"It rained."})),
    "a.zip": lambda: zipped({"0.txt": bytes(BOMB), "b.txt": b"It rained."}),
    "nested.zip": lambda: zipped(
        dict.fromkeys(("0.gz", "1.gz", "2.gz"), gzipped(gzipped(bytes(BOMB)))) | {"b.txt": b"It rained."}
    ),
}


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_one_line_and_memory_is_bounded(tmp_path: Path, name: str) -> None:
    data = BOMBS[name]()
    found: list[Given] = []
    assert _peak(lambda: found.extend(opened(tmp_path, name, data))) < 100_000_000
    assert [reason for reason in reasons(found).values() if "bomb" in reason]
    if name.endswith(".zip"):
        assert texts(found) == {f"{name}/b.txt": b"It rained."}


@pytest.mark.usefixtures("small_limits")
@pytest.mark.parametrize("pack", [zipped, tarred, lambda files: gzipped(tarred(files))])
def test_a_file_that_is_too_large_to_hold_is_read_in_place(
    tmp_path: Path, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    large = b"".join(b'{"body": "Article %d.", "id": %d}\n' % (n, n * n) for n in range(8_000))
    found = opened(tmp_path, "a.arc", pack({"a.txt": b"First.", "large.jsonl": large, "z.txt": b"Last."}))
    assert reasons(found) == {}
    assert sum(1 for d in found if isinstance(d, SourceDocument) and d.path == "a.arc/large.jsonl") == 8_000
    assert list(texts(found).values()) == [b"First.", b"Last."]


def test_a_list_of_files_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    data = bytearray(zipped(FILES))
    struct.pack_into("<I", data, data.index(b"PK\x05\x06") + 12, 4_000_000_000)
    (reason,) = reasons(opened(tmp_path, "a.zip", bytes(data))).values()
    assert "list of files" in reason


def test_a_header_that_claims_gigabytes_is_not_believed(tmp_path: Path) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 8_000_000_000
    data = info.tobuf(tarfile.GNU_FORMAT) + bytes(2_000_000)
    (reason,) = reasons(opened(tmp_path, "a.tar", data)).values()
    assert "damaged" in reason


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.json", '[{"title": "A “bridge”", "body": "It is open."}]', "A “bridge”"),
        (
            "a.xml",
            '<?xml version="1.0" encoding="UTF-16"?><rss><channel><item><title>É</title><description>It is.</description></item></channel></rss>',
            "É",
        ),
        ("a.csv", "title;text\nÉ;It is open.\n", "É"),
    ],
)
def test_files_in_utf_16_and_utf_32_are_read(
    tmp_path: Path, encoding: str, name: str, text: str, title: str
) -> None:
    documents = [parse(document) for document in account(name, text.encode(encoding))]
    assert [found.article.title for found in documents if found.article] == [title]


def test_the_lists_of_a_crawl_are_no_articles() -> None:
    page = SAMPLES["html"][1]
    files = {
        "datapackage.json": b'{"profile": "data-package"}',
        "archive/data.warc.gz": gzip.compress(captured("text/html", page), mtime=0),
        "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n{"url": "https://paper.example/a", "title": "A", "text": "A bridge opens"}\n',
    }
    documents = [parse(document) for document in account("a.wacz", zipped(files))]
    assert [found.article.title for found in documents if found.article] == ["A bridge opens"]
