"""Builds corpus_db/data/contexts/word_shares.txt: in how large a share of articles a word stands.

    python -m benchmarks.identity.build_word_shares [../shared/bulk]

Counted once over the unlabelled news and press releases of ../shared/bulk; the list holds counts in steps
of half a power of two and no text. A word that stands in fewer than one of LEAST articles is not listed:
it counts as that rare.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

from corpus_db.names.folding import fold
from corpus_db.resolution.contexts import WORD

TARGET = Path(__file__).parents[2] / "corpus_db" / "data" / "contexts" / "word_shares.txt"
LEAST = 1024  # articles


def count(folder: Path) -> tuple[int, Counter[str]]:
    """(articles, folded word -> articles that hold it)."""
    articles, found = 0, Counter[str]()
    for name in ("news", "senate"):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                articles += 1
                found.update({fold(word) for word in WORD.findall(json.loads(line)["text"])})
    return articles, found


def main() -> None:
    """Writes the list."""
    articles, found = count(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/bulk"))
    steps: dict[int, list[str]] = defaultdict(list)
    for word, count_ in found.items():
        if len(word) > 1 and count_ * LEAST >= articles:
            steps[round(2 * math.log2(count_ / articles))].append(word)
    lines = [f"{step}\t{' '.join(sorted(steps[step]))}\n" for step in sorted(steps, reverse=True)]
    head = (
        "# In how large a share of articles a word stands: half powers of two, words (folded; capitals do not count).\n"
        f"# Source: counted in {articles} unlabelled articles; no text; built by build_word_shares.py\n"
    )
    TARGET.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
