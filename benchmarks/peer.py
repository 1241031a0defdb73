"""The forty lines that one would write instead: spaCy finds the names, sqlite-utils stores them, FTS5 searches.

    python -m benchmarks.peer FOLDER DATABASE en_core_web_sm

`benchmarks.speed --peer NAME` runs this beside an import, on some of the same files in the same run. It does far less
than an import does: no dates or titles, no copies, no duplicates, no two names that are one person, no country behind
a place, nothing about files that cannot be read. The pipeline runs as it is loaded, which is what such scripts do.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlite_utils

WANTED = ("PERSON", "GPE", "NORP")


def rows(documents: Iterator[tuple[Any, int]]) -> Iterator[dict[str, Any]]:
    """The names in spaCy's documents, as rows."""
    for document, article in documents:
        for entity in document.ents:
            if entity.label_ in WANTED:
                yield {
                    "article_id": article,
                    "kind": entity.label_,
                    "surface": entity.text,
                    "start_char": entity.start_char,
                    "end_char": entity.end_char,
                }


def script(folder: Path, db: Path, name: str) -> float:
    """Seconds that the script takes for a folder of texts, without the loading of the pipeline."""
    import spacy

    pipeline = spacy.load(name)
    began = time.perf_counter()
    database = sqlite_utils.Database(db)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    texts = [path.read_text(encoding="utf-8") for path in paths]
    articles = (
        {"id": n, "path": str(p), "body": t} for n, (p, t) in enumerate(zip(paths, texts, strict=True))
    )
    database.table("articles").insert_all(articles, pk="id")
    found = pipeline.pipe(((text, number) for number, text in enumerate(texts)), as_tuples=True)
    database.table("mentions").insert_all(
        rows(found), pk="id", foreign_keys=[("article_id", "articles", "id")]
    )
    database.table("articles").enable_fts(["body"], tokenize="porter")
    database.close()
    return time.perf_counter() - began


if __name__ == "__main__":
    print(json.dumps({"seconds": script(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])}))
