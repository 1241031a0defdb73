"""How fast plain text is read and parsed, metadata included, in one process.

    python -m benchmarks.reading                    the bulk of press releases (see ../shared/README.md)
    python -m benchmarks.reading --source news      the other bulk
    python -m benchmarks.reading --articles 1000    fewer files
    python -m benchmarks.reading --rounds 9         more rounds

Measured is everything from opening a file to the finished article record: reading, hashing and recognising it,
decoding, header, labels, title, dates, dateline, agency, byline, furniture, and the hash that tells copies.
Nothing is recognised in the text and nothing is stored. The *floor* is what nobody can do without:
open, read, decode and SHA-256 of the same files, measured in the same run.

Figures are CPU seconds of this process. The machine is noisy, so the files are taken in groups of
GROUP; each round measures every group once, stage after stage, and what counts of each group and
stage is its best round. Without ../shared the files are the seeds, repeated with changes.
"""

from __future__ import annotations

import argparse
import gc
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from time import process_time

from benchmarks.speed import write_files
from corpus_db import readers
from corpus_db.models import SourceDocument
from corpus_db.parsing import parse
from corpus_db.readers import InputFile
from corpus_db.store.writer import content_hash

GROUP = 100
STAGES = ("find", "read", "parse", "key", "floor")


def found(folder: str) -> list[InputFile]:
    """The files in `folder`."""
    return [file for file in readers.discover([folder], Path(folder)) if isinstance(file, InputFile)]


def documents(file: InputFile) -> Iterator[SourceDocument]:
    """The documents of a file, in the steps of an import."""
    file.sha256()
    readers.reader_for(file)
    for given in readers.read(file):
        assert isinstance(given, SourceDocument)
        yield given


def floor(file: InputFile) -> None:
    """The least that reading a text can cost."""
    with open(file.path, "rb") as stream:
        data = stream.read()
    data.decode("utf-8", "replace")
    sha256(data).hexdigest()


def one_round(folder: str) -> list[dict[str, float]]:
    """CPU seconds by stage of every group of files; finding the files is shared among all groups."""
    clock = [process_time()]
    files = found(folder)
    clock.append(process_time())
    finding = (clock[1] - clock[0]) / len(files)
    groups = []
    for start in range(0, len(files), GROUP):
        group = files[start : start + GROUP]
        clock = [process_time()]
        pieces = [piece for file in group for piece in documents(file)]
        clock.append(process_time())
        articles = [parse(piece).article for piece in pieces]
        clock.append(process_time())
        for article in articles:
            if article is not None:
                content_hash(article)
        clock.append(process_time())
        for file in group:
            floor(file)
        clock.append(process_time())
        spent = [finding * len(group), *(after - before for before, after in pairwise(clock))]
        groups.append(dict(zip(STAGES, spent, strict=True)))
    return groups


def measure(folder: str, rounds: int) -> dict[str, float]:
    """CPU seconds by stage, of each group the best round."""
    gc.disable()  # as an import does
    runs = [one_round(folder) for _ in range(rounds)]
    groups = list(zip(*runs, strict=True))
    return {stage: sum(min(run[stage] for run in group) for group in groups) for stage in STAGES}


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=0, help="how many (default: all of the bulk)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--source", default="senate", choices=["senate", "news"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files, _, size = write_files(Path(folder), options.source, options.articles)
        seconds = measure(folder, options.rounds)
    floor_seconds = seconds.pop("floor")
    total = sum(seconds.values())
    print(
        f"{files:,} files, {size / 1e6:.1f} MB; CPU seconds, of each {GROUP} files the best of {options.rounds} rounds"
    )
    for stage, spent in [*seconds.items(), ("total", total), ("floor", floor_seconds)]:
        print(
            f"  {stage:6} {spent:6.3f} s  {1e6 * spent / files:6.0f} µs a file  {size / 1e6 / spent:7.1f} MB/s"
        )
    print(f"reading and parsing: {size / 1e6 / total:.1f} MB/s, {total / floor_seconds:.1f} times the floor")


if __name__ == "__main__":
    main()
