"""Which files are found, under which names, and that nothing on a disk can break the walk."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from corpus_db.errors import NothingToImport
from corpus_db.readers import InputFile, Unreadable, discover
from corpus_db.readers.walk import printable


def names(paths: list[Path | str], base: Path) -> list[str]:
    return [found.name for found in discover([os.fspath(path) for path in paths], base)]


def one(path: Path, base: Path) -> InputFile | Unreadable:
    (found,) = discover([str(path)], base)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "in"
    (inside / "b").mkdir(parents=True)
    (inside / "a.txt").write_text("one")
    (inside / "b" / "c.txt").write_text("two")
    (inside / "z.txt").write_text("three")
    return inside


def test_folders_are_walked_in_a_fixed_order_with_names_relative_to_the_database(folder: Path) -> None:
    assert names([folder], folder.parent) == ["in/a.txt", "in/z.txt", "in/b/c.txt"]


def test_files_that_lie_elsewhere_have_absolute_names(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    assert names([folder / "a.txt"], tmp_path / "db") == [str(folder / "a.txt")]


def test_a_pattern_that_the_shell_did_not_expand(folder: Path) -> None:
    assert names([f"{folder}/*.txt"], folder) == ["a.txt", "z.txt"]
    assert names([f"{folder}/**/c.txt"], folder) == ["b/c.txt"]


def test_a_file_whose_name_is_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "[1].txt").write_text("x")
    assert names([tmp_path / "[1].txt"], tmp_path) == ["[1].txt"]


@pytest.mark.parametrize("missing", ["nowhere.txt", "no*.txt"])
def test_only_paths_that_do_not_exist_stop_the_import_in_one_line(tmp_path: Path, missing: str) -> None:
    with pytest.raises(NothingToImport, match=r"^[^\n]*nowhere|^[^\n]*no\*"):
        discover([str(tmp_path / missing)], tmp_path)


@pytest.mark.parametrize("missing", ["nowhere.txt", "no*.txt"])
def test_a_missing_path_among_others_is_accounted_for(folder: Path, missing: str) -> None:
    *rest, last = discover([str(folder / missing), str(folder)], folder)
    assert len(rest) == 3
    assert isinstance(last, Unreadable)
    assert (last.name, last.outcome) == (missing, "rejected")
    assert "check" in last.reason


def test_an_empty_folder_is_accounted_for(tmp_path: Path) -> None:
    (tmp_path / "in" / "empty").mkdir(parents=True)
    (found,) = discover([str(tmp_path / "in")], tmp_path)
    assert isinstance(found, Unreadable)
    assert (found.name, found.outcome, found.reason) == ("in/empty", "empty", "a folder with nothing in it")


def test_what_is_reached_twice_appears_once_whatever_the_order(folder: Path) -> None:
    (folder / "link").symlink_to(folder / "b")
    (folder / "again.txt").symlink_to(folder / "a.txt")
    expected = {"a.txt", "z.txt", "b/c.txt"}
    for paths in ([folder, folder / "a.txt"], [folder / "a.txt", folder], [folder / "link", folder]):
        found = names(paths, folder)
        assert len(found) == len(set(found)) == 3
        assert {name.replace("link/", "b/") for name in found} == expected


def test_a_link_to_a_file_elsewhere_keeps_the_name_of_the_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("x")
    (folder / "b" / "link.txt").symlink_to(tmp_path / "other.txt")
    assert names([folder / "b"], folder) == ["b/c.txt", "b/link.txt"]


def test_broken_links_and_loops_are_one_line_each(tmp_path: Path) -> None:
    (tmp_path / "broken").symlink_to(tmp_path / "gone")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "up").symlink_to(tmp_path)
    found = {item.name: item for item in discover([str(tmp_path)], tmp_path)}
    assert all(isinstance(item, Unreadable) and "\n" not in item.reason for item in found.values())
    assert {name: item.outcome for name, item in found.items() if isinstance(item, Unreadable)} == {
        "broken": "rejected",
        "loop": "rejected",
        "up": "empty",
    }


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read_says_so(folder: Path) -> None:
    (folder / "a.txt").chmod(0)
    (folder / "b").chmod(0)
    try:
        reasons = {
            item.name: item.reason for item in discover([str(folder)], folder) if isinstance(item, Unreadable)
        }
    finally:
        (folder / "b").chmod(0o700)
    assert set(reasons) == {"a.txt", "b"}
    assert all("permission" in reason for reason in reasons.values())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found = one(tmp_path / "pipe", tmp_path)
    assert isinstance(found, Unreadable)
    assert "pipe" in found.reason


def test_a_database_and_what_sqlite_keeps_beside_it_are_no_articles(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "corpus.db") as connection:
        connection.execute("CREATE TABLE t (x)")
    (tmp_path / "corpus.db-shm").write_bytes(bytes(32))
    (tmp_path / "notes-wal").write_text("a text about walls")
    found = {item.name: item for item in discover([str(tmp_path)], tmp_path)}
    assert isinstance(found["corpus.db"], Unreadable)
    assert isinstance(found["corpus.db-shm"], Unreadable)
    assert isinstance(found["notes-wal"], InputFile)


def test_system_files_and_hidden_folders_are_accounted_for_without_failing(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / ".DS_Store").write_bytes(b"\x00\x00\x00\x01Bud1")
    found = list(discover([str(tmp_path)], tmp_path))
    assert {(item.name, item.outcome) for item in found if isinstance(item, Unreadable)} == {
        (".git", "empty"),
        (".DS_Store", "empty"),
    }
    assert names([tmp_path / ".git"], tmp_path) == [".git/config"]


def test_odd_names_stay_on_one_line_and_can_be_told_apart(tmp_path: Path) -> None:
    raw = [
        b"plain\\name.txt",
        b'two words \'n "quotes".txt',
        b"new\nline.txt",
        b"bad\xff.txt",
        b"bad\\xff.txt",
    ]
    for name in raw:
        try:
            with open(os.path.join(os.fsencode(tmp_path), name), "wb") as stream:
                stream.write(b"x")
        except OSError:  # a file system that allows only Unicode
            pytest.skip("this file system does not take such names")
    found = names([tmp_path], tmp_path)
    assert len(set(found)) == len(raw)
    assert set(found) >= {"plain\\name.txt", "new\\x0aline.txt", "bad\\xff.txt", "bad\\\\xff.txt"}
    assert all(name.isprintable() for name in found)
    for item in discover([str(tmp_path)], tmp_path):
        assert isinstance(item, InputFile)
        assert item.content() == b"x"


def test_printable_names_are_reversible() -> None:
    assert printable("a\\b") == "a\\b"
    assert printable("a\\b\n") == "a\\\\b\\x0a"
    assert printable("caf\udce9") == "caf\\xe9"
    assert printable("Quý-中.txt") == "Quý-中.txt"
