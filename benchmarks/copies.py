"""Near-copies: found and invented ones on a gold file, cost a word, and how cost grows with the corpus.

    python -m benchmarks.copies [--gold ../shared/gold/copies_minhash.jsonl] [--text ../shared/bulk/senate.jsonl.gz]
                                [--size 100000]

The gold file has one JSON object a line with "text" and "group": copies have the same group. The
cost is that of the whole step (signatures, keys, grouping, writing) in CPU time, on a database that
holds the articles already. `--size` articles are made of the words of --text as often as they occur
there, one in twenty of them a near-copy; they come in ten portions, and the last must not cost more
than the first.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from corpus_db import stories
from corpus_db.store import migrations
from corpus_db.store.database import WRITER_CACHE_KIB

PORTIONS = 10
WORDS = 250  # of a made-up article


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="measure the grouping of near-copies")
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold/copies_minhash.jsonl"))
    parser.add_argument("--text", type=Path, default=Path("../shared/bulk/senate.jsonl.gz"))
    parser.add_argument("--size", type=int, default=0, help="articles of the made-up corpus; 0: none")
    options = parser.parse_args()
    if options.gold.exists():
        on_gold([json.loads(line) for line in options.gold.open(encoding="utf-8")])
    if options.text.exists():
        on_text(options.text)
        if options.size:
            on_many(options.text, options.size)


def on_gold(records: list[dict[str, str]]) -> None:
    """Pairs of copies: found, missed, invented."""
    with tempfile.TemporaryDirectory() as folder:
        db = _database(folder)
        _add(db, [record["text"] for record in records])
        group_of = {
            number: record.get("group", f"alone {number}") for number, record in enumerate(records, 1)
        }
        gold = _pairs(group_of)
        found = _pairs(dict(db.execute("SELECT article_id, story_id FROM story_articles")))
        print(
            f"gold: {len(records)} articles, {len(gold)} pairs of copies: {len(gold & found)} found,"
            f" {len(gold - found)} missed, {len(found - gold)} invented"
        )


def on_text(path: Path) -> None:
    """What the step costs on real articles."""
    texts = list(_texts(path))
    with tempfile.TemporaryDirectory() as folder:
        db = _database(folder)
        _add(db, texts[:100])  # what is loaded once is not counted
        seconds = _add(db, texts[100:])
        words = sum(len(text.split()) for text in texts[100:])
        told = db.execute(
            "SELECT count(*), sum(article_count) FROM stories WHERE article_count > 1"
        ).fetchone()
        size = sum(
            db.execute("SELECT sum(pgsize) FROM dbstat WHERE name = ?", (name,)).fetchone()[0]
            for name in ("story_keys", "story_signatures", "stories", "story_articles")
        )
        print(
            f"{path.name}: {len(texts)} articles, {words} words: {1e6 * seconds / words:.3f} µs of CPU a word,"
            f" {size / len(texts):.0f} bytes an article; {told[0]} stories told more than once, by {told[1]} articles"
        )


def on_many(path: Path, size: int) -> None:
    """How the cost of a portion grows with what is there already, and the memory."""
    vocabulary = [word for text in _texts(path) for word in text.split()]
    choice = random.Random(1)  # noqa: S311 - made-up text
    with tempfile.TemporaryDirectory() as folder:
        db = _database(folder)
        costs, copies = [], 0
        for _ in range(PORTIONS):
            texts = [" ".join(choice.choices(vocabulary, k=WORDS)) for _ in range(size // PORTIONS)]
            for number in range(0, len(texts) - 1, 20):
                texts[number + 1] = " ".join([texts[number], *choice.choices(vocabulary, k=WORDS // 10)])
                copies += 1
            words = sum(len(text.split()) for text in texts)
            costs.append(1e6 * _add(db, texts) / words)
        told = db.execute("SELECT sum(article_count) - count(*) FROM stories").fetchone()[0]
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size} made-up articles: µs a word of each tenth: {', '.join(f'{cost:.3f}' for cost in costs)};"
            f" {copies} copies planted, {told} found; {memory:.0f} MB at most"
        )


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def _database(folder: str) -> sqlite3.Connection:
    db = sqlite3.connect(Path(folder) / "copies.db", isolation_level=None)
    db.execute(f"PRAGMA cache_size = -{WRITER_CACHE_KIB}")
    migrations.create(db)
    db.execute("CREATE TEMP TABLE touched_articles (article_id INTEGER PRIMARY KEY)")
    for name in ("articles_ai", "articles_au", "articles_ad"):
        db.execute(f"DROP TRIGGER {name}")  # full-text is not what is measured
    return db


def _add(db: sqlite3.Connection, texts: Iterable[str]) -> float:
    """Store texts as articles and group them; the CPU seconds of the grouping."""
    first = db.execute("SELECT coalesce(max(id), 0) + 1 FROM articles").fetchone()[0]
    db.execute("BEGIN")
    db.execute("DELETE FROM temp.touched_articles")
    for number, text in enumerate(texts, first):
        db.execute(
            "INSERT INTO articles (id, title, title_origin, body, word_count, content_hash)"
            " VALUES (?, ?, 'header', ?, ?, ?)",
            (number, f"Article {number}", text, len(text.split()), f"{number:09}"),
        )
        db.execute("INSERT INTO temp.touched_articles VALUES (?)", (number,))
    started = time.process_time()
    stories.group(db)
    seconds = time.process_time() - started
    db.execute("COMMIT")
    return seconds


def _pairs(group_of: dict[int, str]) -> set[tuple[int, int]]:
    members: dict[str, list[int]] = {}
    for number, group in sorted(group_of.items()):
        members.setdefault(group, []).append(number)
    largest = Counter({group: len(numbers) for group, numbers in members.items()}).most_common(1)
    if largest and largest[0][1] > 1000:
        sys.exit(f"group {largest[0][0]} has {largest[0][1]} members: too many to list all pairs")
    return {pair for numbers in members.values() for pair in combinations(numbers, 2)}


if __name__ == "__main__":
    main()
