"""How long it takes to tell who 500,000 names are, and in how much memory.

    python -m benchmarks.identity.scale [--names 500000] [--db FILE]

Makes a corpus of invented articles, each a paragraph around four people: given and family names are drawn from
data/names/shares.txt of one region each, in proportion to their shares, so there are rare names and common ones, spelling
variants and many John Smiths. Only `identity.identify` is timed: first for all of it, then for one article more.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from corpus_db.identity import identify
from corpus_db.names import lists, parse
from corpus_db.store.database import open_database
from corpus_db.store.writer import Writer

PEOPLE_PER_ARTICLE = 4
TOPICS = 400  # groups of words, of which each article uses one


class Names:
    """Draws full names, region by region, as often as their shares say."""

    def __init__(self, choose: random.Random) -> None:
        self._choose = choose
        self._words: dict[tuple[str, str], tuple[list[str], list[float]]] = {}
        for line in lists.lines("shares.txt"):
            head, _, words = line.partition("\t")
            region, kind, step = head.split(" ")
            listed, weights = self._words.setdefault((region, kind), ([], []))
            listed += words.split(" ")
            weights += [2.0 ** int(step)] * (words.count(" ") + 1)
        self._sums = {key: list(accumulate(weights)) for key, (_, weights) in self._words.items()}
        self._regions = sorted({region for region, kind in self._words if (region, "given") in self._words})

    def draw(self) -> str:
        """A name such as "Rosa Quispe", now and then with an initial between."""
        region = self._choose.choice(self._regions)
        given, family = (
            self._choose.choices(self._words[region, kind][0], cum_weights=self._sums[region, kind])[0]
            for kind in ("given", "family")
        )
        middle = f" {self._choose.choice('ABCDEFGHJKLMNPRST')}." if self._choose.random() < 0.1 else ""
        return f"{given.capitalize()}{middle} {family.capitalize()}"


def articles(count: int, seed: int = 1) -> Iterator[tuple[str, list[str]]]:
    """(body, full names in it) until `count` distinct names have been used."""
    choose = random.Random(seed)  # noqa: S311 - invented text
    names = Names(choose)
    words = [
        f"{a}{b}{c}".capitalize()
        for a in ("ba", "ko", "lu", "ti")
        for b in ("dra", "men", "sto", "vil")
        for c in range(100)
    ]
    topics = [choose.sample(words, 12) for _ in range(TOPICS)]
    used: set[str] = set()
    while len(used) < count:
        topic = choose.choice(topics)
        people = [names.draw() for _ in range(PEOPLE_PER_ARTICLE)]
        used.update(people)
        yield (
            " ".join(
                f"{choose.choice(topic)} and {choose.choice(topic)} heard {name} today." for name in people
            ),
            people,
        )


def fill(
    connection: sqlite3.Connection, made: Sequence[tuple[str, list[str]]] | Iterator[tuple[str, list[str]]]
) -> int:
    """Write articles as an import would leave them before identity; the number of persons in articles."""
    row = 1 + int(connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0])
    mention = 1 + int(connection.execute("SELECT coalesce(max(id), 0) FROM mentions").fetchone()[0])
    start = mention
    for body, people in made:
        connection.execute(
            "INSERT INTO articles (id, title, title_origin, body, word_count, content_hash) VALUES (?, '', 'lead', ?, 0, ?)",
            (row, body, f"{row * 2654435761 % 2**32:08x}-{row}"),
        )
        connection.execute("INSERT INTO temp.touched_articles VALUES (?)", (row,))
        for number, name in enumerate(people):
            at = body.index(name)
            connection.execute(
                "INSERT INTO article_people (article_id, number, name, family_name, is_full, mention_count)"
                " VALUES (?, ?, ?, ?, 1, 1)",
                (row, number, name, parse(name).family_name),
            )
            connection.execute(
                'INSERT INTO mentions (id, article_id, field, start, "end", text, entity, kind, person_number, rule, confidence,'
                " sentence_start, sentence_end) VALUES (?, ?, 'body', ?, ?, ?, 'person', 'name', ?, 'x', 1, 0, 1)",
                (mention, row, at, at + len(name), name, number),
            )
            connection.execute("INSERT OR IGNORE INTO temp.touched_names VALUES (?)", (name,))
            mention += 1
        row += 1
    return mention - start


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--names", type=int, default=500_000)
    parser.add_argument("--db", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        connection = open_database(options.db or Path(folder, "scale.db"), create=True)
        connection.execute("PRAGMA foreign_keys = OFF")
        for title, made in (
            ("all at once", articles(options.names)),
            (
                "one article more",
                [("Bamen1 heard John Smith and Rosa Quispe today.", ["John Smith", "Rosa Quispe"])],
            ),
        ):
            connection.execute("BEGIN")
            Writer(connection)  # makes the temporary tables
            persons = fill(connection, made)
            before = resource.getrusage(resource.RUSAGE_SELF)
            started = time.perf_counter()
            identify(connection)
            seconds = time.perf_counter() - started
            after = resource.getrusage(resource.RUSAGE_SELF)
            connection.execute("COMMIT")
            names, told = connection.execute(
                "SELECT (SELECT count(*) FROM person_names), (SELECT count(DISTINCT name) FROM told_apart)"
            ).fetchone()
            print(
                f"{title}: {persons:,} persons of articles, {names:,} names, {told:,} of them of several people;"
                f" {seconds:.2f} s, {after.ru_utime - before.ru_utime:.2f} s of processor time,"
                f" {after.ru_maxrss / 1024:,.0f} MB at most ({before.ru_maxrss / 1024:,.0f} before)"
            )
        connection.close()


if __name__ == "__main__":
    main()
