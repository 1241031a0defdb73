"""How fast an import is, against the least that storing the same rows can cost.

    python -m benchmarks.speed                       a bulk of text files
    python -m benchmarks.speed --articles 20000      as many, repeated with changes if need be
    python -m benchmarks.speed --runs 5              medians of so many runs
    python -m benchmarks.speed --source news         the other bulk (see ../shared/README.md)
    python -m benchmarks.speed --jobs 2              with worker processes, as the command does by default
    python -m benchmarks.speed --peer en_core_web_sm beside a script with spaCy (benchmarks/peer.py), if it is installed

Every run imports the articles from files into a new database, in a process of its own, and then
measures the *storage floor* on this machine: the rows of `articles` that came out, written with one
plain executemany and indexed with one FTS5 rebuild (porter). The machine is noisy, so the figure
that counts is the ratio of the two, taken in the same run, and medians over runs. The script with spaCy gets
PEER_FILES of the same files, because it would take an hour for all.
Without ../shared the articles are the seeds, repeated with changes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PEER_FILES = 200
FLOORS = 3  # in a run, their median: one alone takes half a second and swings by a half
COLUMNS = "title, published, url, agency, publisher, body, word_count, content_hash"


def texts(source: str, count: int) -> Iterator[tuple[str, str]]:
    """`count` pairs of file name and text; where there are fewer, repeated with a changed word."""
    bulk = SHARED / "bulk" / f"{source}.jsonl.gz"
    if bulk.exists():
        with gzip.open(bulk, "rt", encoding="utf-8") as lines:
            pairs = [(record["name"], record["text"]) for record in map(json.loads, lines)]
    else:
        pairs = [(path.name, path.read_text(encoding="utf-8")) for path in sorted((ROOT / "seeds").iterdir())]
    for number in range(count or len(pairs)):
        name, text = pairs[number % len(pairs)]
        round_ = number // len(pairs)
        yield (name, text) if not round_ else (f"{round_}/{name}", f"{text}\n\nCopy {round_}.")


def write_files(folder: Path, source: str, count: int) -> tuple[int, int, int]:
    """Write the texts as files; gives articles, words and bytes."""
    articles = words = size = 0
    for name, text in texts(source, count):
        path = folder / (name if name.endswith(".txt") else name + ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        path.write_bytes(data)
        articles, words, size = articles + 1, words + len(text.split()), size + len(data)
    return articles, words, size


def child(folder: str, db: str, jobs: int) -> None:
    """One import, in this process and `jobs` workers where that is more than one; prints its figures as JSON."""
    from corpus_db.pipeline import import_corpus

    began = time.perf_counter()
    report = import_corpus([folder], db, jobs=jobs)
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mb": peak, **report.as_dict()}))


def floor(db: Path, folder: Path) -> float:
    """Seconds that plain SQLite needs for the same rows of articles: executemany, one FTS rebuild."""
    source = sqlite3.connect(db)
    rows = source.execute(f"SELECT {COLUMNS} FROM articles").fetchall()
    source.close()
    target = sqlite3.connect(folder / "floor.db")
    began = time.perf_counter()
    target.execute(f"CREATE TABLE articles (id INTEGER PRIMARY KEY, {COLUMNS})")
    target.executemany(f"INSERT INTO articles ({COLUMNS}) VALUES ({','.join('?' * 8)})", rows)
    target.execute(
        "CREATE VIRTUAL TABLE articles_fts USING fts5(title, body, content=\"articles\", tokenize='porter unicode61')"
    )
    target.execute("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')")
    target.commit()
    target.close()
    return time.perf_counter() - began


def peer(files: Path, folder: Path, name: str) -> dict[str, Any]:
    """Seconds that the script with the pipeline `name` takes for the last files, and their words."""
    some = folder / "some"
    some.mkdir()
    last = sorted(path for path in files.rglob("*") if path.is_file())[-PEER_FILES:]
    for number, path in enumerate(last):
        (some / f"{number}.txt").write_bytes(path.read_bytes())
    command = [sys.executable, "-m", "benchmarks.peer", str(some), str(folder / "peer.db"), name]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in last)
    return {"peer_words": words, "peer_seconds": json.loads(done.stdout)["seconds"]}


def measure(source: str, count: int, jobs: int, beside: str | None) -> dict[str, Any]:
    """One run: the import, the floor and the script beside it, on the same files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = folder / "files"
        files.mkdir()
        articles, words, size = write_files(files, source, count)
        db = folder / "corpus.db"
        command = [
            sys.executable,
            "-m",
            "benchmarks.speed",
            "--jobs",
            str(jobs),
            "--child",
            str(files),
            str(db),
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        figures: dict[str, Any] = json.loads(done.stdout)
        figures.update(files=articles, words=words, bytes=size, db_bytes=db.stat().st_size)
        floors = []
        for _ in range(FLOORS):
            floors.append(floor(db, folder))
            (folder / "floor.db").unlink()
        figures["floor_seconds"] = statistics.median(floors)
        if beside:
            figures.update(peer(files, folder, beside))
        return figures


def show(runs: list[dict[str, Any]]) -> None:
    """Print the medians of the runs."""

    def median(key: str) -> float:
        return float(statistics.median(run[key] for run in runs))

    seconds, floor_seconds = median("seconds"), median("floor_seconds")
    first = runs[0]
    ratio = statistics.median(run["seconds"] / run["floor_seconds"] for run in runs)
    print(
        f"{first['files']:,} files, {first['words']:,} words, {first['bytes'] / 1e6:.1f} MB; {len(runs)} runs, medians"
    )
    print(
        f"import  {seconds:7.2f} s  {first['files'] / seconds:9,.0f} articles/s  {first['words'] / seconds:11,.0f} words/s  {first['bytes'] / 1e6 / seconds:6.1f} MB/s"
    )
    print(
        f"floor   {floor_seconds:7.2f} s  {first['files'] / floor_seconds:9,.0f} articles/s  {first['words'] / floor_seconds:11,.0f} words/s"
    )
    print(
        f"ratio   {ratio:.1f} times the floor;  peak memory {median('peak_mb'):.0f} MB;  database {first['db_bytes'] / first['bytes']:.2f} times the text"
    )
    if "peer_seconds" in first:
        theirs = [run["peer_words"] / run["peer_seconds"] for run in runs]
        ours = [run["words"] / run["seconds"] for run in runs]
        faster = statistics.median(own / other for own, other in zip(ours, theirs, strict=True))
        print(f"peer    {statistics.median(theirs):,.0f} words/s: the import is {faster:.0f} times as fast")
    for stage in first["seconds_by_stage"]:
        spent = statistics.median(run["seconds_by_stage"][stage] for run in runs)
        print(f"  {stage:10} {spent:7.2f} s  {100 * spent / seconds:5.1f} %")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=0, help="how many (default: all of the bulk)")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--source", default="senate", choices=["senate", "news"])
    parser.add_argument("--peer", help="a pipeline of spaCy to compare with")
    parser.add_argument("--child", nargs=2, metavar=("FOLDER", "DB"), help=argparse.SUPPRESS)
    parser.add_argument("--jobs", type=int, default=1, help="worker processes (default 1: none)")
    options = parser.parse_args()
    if options.child:
        folder, db = options.child
        child(folder, db, options.jobs)
        return
    asked = (options.source, options.articles, options.jobs, options.peer)
    show([measure(*asked) for _ in range(options.runs)])


if __name__ == "__main__":
    main()
