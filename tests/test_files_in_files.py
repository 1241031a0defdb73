"""An import of archives is an import of the files in them: again, changed, vanished, in any order."""

import os
import shutil

import pytest
from reader_samples import gzipped, tarred, zipped
from support import ARTICLES, content, rows, write

from corpus_db import import_corpus
from corpus_db.store import check
from corpus_db.store.database import open_database

FOLDER = {f"news/{name}": text.encode() for name, text in ARTICLES.items()}


def sound(db):
    connection = open_database(db)
    assert check.check(connection) == []
    connection.close()


def paths(db):
    return {path for (path,) in rows(db, "SELECT path FROM files")}


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("pack", [zipped, tarred, lambda files: gzipped(tarred(files))])
def test_an_archive_says_what_the_folder_says(tmp_path, source, pack):
    write(tmp_path / "plain" / "in" / "a.pack" / "news")
    (source / "a.pack").write_bytes(pack(FOLDER))
    report = import_corpus([source], tmp_path / "corpus.db")
    import_corpus([tmp_path / "plain" / "in"], tmp_path / "plain" / "corpus.db")
    packed, plain = content(tmp_path / "corpus.db"), content(tmp_path / "plain" / "corpus.db")
    for table in ("files", "documents"):
        packed[table] = [row for row in packed[table] if row[0] != "in/a.pack"]
    assert packed == plain
    assert report.balanced
    assert (report.files_new, report.containers) == (1 + len(FOLDER), 1)
    assert report.documents == rows(tmp_path / "corpus.db", "SELECT count(*) FROM documents")[0][0]
    sound(tmp_path / "corpus.db")


def test_every_byte_on_disk_is_accounted_for(tmp_path, source):
    (source / "a.zip").write_bytes(zipped(FOLDER | {"inner.tgz": gzipped(tarred(FOLDER))}))
    db = tmp_path / "corpus.db"
    import_corpus([source], db)
    assert rows(db, "SELECT size FROM files WHERE container_id IS NULL") == [
        ((source / "a.zip").stat().st_size,)
    ]
    assert rows(
        db,
        """
        SELECT f.path FROM files f JOIN documents d ON d.file_id = f.id
        GROUP BY f.id HAVING sum(d.byte_end - d.byte_start) IS NOT f.size
        """,
    ) == []  # fmt: skip
    held = "SELECT count(*) FROM files m JOIN files f ON f.id = m.container_id WHERE f.path = 'in/a.zip/inner.tgz'"
    assert rows(db, held) == [(len(FOLDER),)]


def test_an_unchanged_archive_is_left_alone_and_what_was_rejected_stays(tmp_path, source):
    (source / "a.zip").write_bytes(
        zipped(FOLDER | {"bad.txt": b"\x00" * 20, "inner.zip": zipped({"b": b"%PDF-"})})
    )
    db = tmp_path / "corpus.db"
    first = import_corpus([source], db)
    before = content(db)
    again = import_corpus([source], db)
    assert not again.changed
    assert again.files_unchanged == first.files_read
    assert again.rejected_before == first.rejected == 2
    assert content(db) == before


def test_a_changed_archive_is_replaced(tmp_path, source):
    db = tmp_path / "corpus.db"
    (source / "a.zip").write_bytes(zipped(FOLDER))
    import_corpus([source], db)
    changed = {name: data for name, data in FOLDER.items() if name != "news/d.txt"} | {
        "new.txt": b"Oslo is wet."
    }
    (source / "a.zip").write_bytes(zipped(changed))
    report = import_corpus([source], db)
    assert report.files_changed == 1 + len(changed)
    assert paths(db) == {"in/a.zip", *(f"in/a.zip/{name}" for name in changed)}
    import_corpus([source], tmp_path / "fresh.db")
    assert content(db) == content(tmp_path / "fresh.db")
    sound(db)


def test_a_vanished_archive_is_reported_and_pruned_with_all_in_it(tmp_path, source):
    db = tmp_path / "corpus.db"
    write(source / "plain", ["a.txt"])
    (source / "a.zip").write_bytes(zipped(FOLDER | {"inner.zip": zipped(FOLDER)}))
    import_corpus([source], db)
    (source / "a.zip").unlink()
    assert import_corpus([source], db).files_vanished == 1
    assert "in/a.zip/inner.zip/news/a.txt" in paths(db)
    assert import_corpus([source], db, prune=True).files_removed == 1
    assert paths(db) == {"in/plain/a.txt"}
    import_corpus([source], tmp_path / "fresh.db")
    assert content(db) == content(tmp_path / "fresh.db")
    sound(db)


def test_a_file_beside_the_archive_takes_over_when_it_goes(tmp_path, source):
    """Copies in an archive are copies like others."""
    db = tmp_path / "corpus.db"
    (source / "a.zip").write_bytes(zipped(FOLDER))
    write(source / "z")
    import_corpus([source], db)
    owners = "SELECT DISTINCT d.path FROM articles a JOIN documents d ON d.id = a.document_id"
    assert all(path.startswith("in/a.zip/") for (path,) in rows(db, owners))
    (source / "a.zip").unlink()
    import_corpus([source], db, prune=True)
    import_corpus([source], tmp_path / "fresh.db")
    assert content(db) == content(tmp_path / "fresh.db")


def test_the_order_of_imports_does_not_matter(tmp_path, source):
    (source / "a.zip").write_bytes(zipped(FOLDER))
    (source / "b.tar").write_bytes(tarred(FOLDER))
    write(source / "c")
    names = sorted(os.listdir(source))
    for name in names:
        import_corpus([source / name], tmp_path / "forward.db")
    for name in reversed(names):
        import_corpus([source / name], tmp_path / "backward.db")
    assert content(tmp_path / "forward.db") == content(tmp_path / "backward.db")


def test_an_archive_and_a_folder_of_one_name_may_follow_each_other(tmp_path, source):
    db = tmp_path / "corpus.db"
    for _ in range(2):
        (source / "a").write_bytes(zipped(FOLDER))
        import_corpus([source], db, prune=True)
        sound(db)
        (source / "a").unlink()
        write(source / "a" / "news")
        import_corpus([source], db, prune=True)
        sound(db)
        import_corpus([source], tmp_path / "fresh.db")
        assert content(db) == content(tmp_path / "fresh.db")
        (tmp_path / "fresh.db").unlink()
        shutil.rmtree(source / "a")


def test_one_name_twice_in_an_archive_is_two_files(tmp_path, source):
    twice = {"a.gz": gzipped(b"One."), "a.gz/a": b"Two.", "./a.gz/a": b"Three.", "a.gz/a (2)": b"Four."}
    (source / "a.tar").write_bytes(tarred(twice))
    import_corpus([source], tmp_path / "corpus.db")
    bodies = {body for (body,) in rows(tmp_path / "corpus.db", "SELECT body FROM articles")}
    assert bodies == {"One.", "Two.", "Three.", "Four."}
    sound(tmp_path / "corpus.db")


def test_problems_name_what_is_wrong_and_not_the_archives_that_are_right(tmp_path, source):
    (source / "a.zip").write_bytes(zipped(FOLDER | {"bad.txt": b"%PDF-"}))
    (source / "b.zip").write_bytes(zipped(FOLDER)[:-10])
    report = import_corpus([source], tmp_path / "corpus.db")
    named = {path for (path,) in rows(tmp_path / "corpus.db", "SELECT path FROM problems")}
    assert named == {"in/a.zip/bad.txt", "in/a.zip/news/f.txt", "in/b.zip"}
    assert {problem.path for problem in report.problems} == named
