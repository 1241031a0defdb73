"""Worker processes: they change how long an import takes, and nothing else."""

import os
import signal
import subprocess
import sys
import time

import pytest
from support import write

from corpus_db import annotating, import_corpus, queue
from corpus_db.errors import CorpusError
from corpus_db.models import Text

IMPORT = """
import sys
from corpus_db import annotating, import_corpus, queue
annotating.CHUNKS_HERE, queue.CHUNK_ARTICLES = 0, 1
if __name__ == "__main__":
    import_corpus([sys.argv[1]], sys.argv[2], jobs=2)
"""


@pytest.fixture
def small_chunks(monkeypatch):
    """Even a few articles are handed to workers, one at a time."""
    monkeypatch.setattr(annotating, "CHUNKS_HERE", 0)
    monkeypatch.setattr(queue, "CHUNK_ARTICLES", 1)


def test_the_database_is_the_same_byte_by_byte(tmp_path, small_chunks):
    write(tmp_path / "in")
    (tmp_path / "in" / "empty.txt").write_text("")
    import_corpus([tmp_path / "in"], tmp_path / "one.db", jobs=1)
    import_corpus([tmp_path / "in"], tmp_path / "two.db", jobs=2)
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()


def test_a_defect_costs_one_article_and_its_copies(tmp_path, monkeypatch):
    monkeypatch.setattr(queue, "CHUNK_ARTICLES", 1)
    honest = annotating.annotate_all

    def broken(texts, recogniser):
        if any("Boom" in text.body for text in texts):
            raise ZeroDivisionError("boom")
        return honest(texts, recogniser)

    monkeypatch.setattr(annotating, "annotate_all", broken)
    for name, body in (("a", "Boom went the drum."), ("b", "Boom went the drum."), ("c", "All was quiet.")):
        (tmp_path / f"{name}.txt").write_text(f"A title\n\n{body}\n")
    report = import_corpus([tmp_path], tmp_path / "corpus.db")
    assert (report.articles, report.rejected, report.balanced) == (1, 2, True)
    assert {problem.reason for problem in report.problems} == {
        "a defect of corpus-db, please report it: ZeroDivisionError: boom"
    }


def test_a_worker_that_dies_is_a_clear_line(small_chunks):
    with annotating.Annotators("spans", jobs=2) as annotators:
        assert len(annotators.submit([Text(None, "Grace Okello spoke.")])()) == 1
        assert annotators._pool is not None
        for process in list(annotators._pool._processes.values()):
            os.kill(process.pid, signal.SIGKILL)
        with pytest.raises(CorpusError, match="--jobs 1"):
            annotators.submit([Text(None, "Grace Okello left.")])()


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="looks for processes in /proc")
def test_workers_end_with_an_importer_that_is_killed(tmp_path):
    write(tmp_path / "in")
    for number in range(400):
        (tmp_path / "in" / f"more {number}.txt").write_text(f"Title {number}\n\nGrace Okello met {number}.\n")
    script = tmp_path / "script.py"
    script.write_text(IMPORT)
    command = [sys.executable, str(script), str(tmp_path / "in"), str(tmp_path / "corpus.db")]
    with subprocess.Popen(command, cwd=os.getcwd(), stderr=subprocess.DEVNULL) as importer:
        workers = _until(lambda: len(found := _children(importer.pid)) > 1 and found)
        importer.kill()
    assert _until(lambda: not any(os.path.exists(f"/proc/{worker}") for worker in workers))


def _children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


def _until(condition, seconds=60):
    """What the condition gives once it holds; False where it never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    return False
