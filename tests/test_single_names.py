"""Single names and slips of a name in a database: whichever way the articles came."""

import pytest
from support import content, rows

from corpus_db import import_corpus

ONCE = "Councillor Ermintrude Vanderhoof opened the bridge of Little Town."
ALONE = [
    f"Mr Vanderhoof sang in {town} on Monday. Vanderhoof, who is from Antwerp, was tired, Mr Vanderhoof said."
    for town in ("Paris", "Rome", "Madrid", "Lisbon", "Vienna", "Prague")
]
FREQUENT = [
    f"Senator Robert {middle}Quispelund spoke in {town} on {day}, and Quispelund left."
    for middle in ("", "M. ")
    for town in ("Paris", "Rome", "Madrid", "Lisbon", "Vienna", "Prague", "Oslo", "Bern", "Athens", "Cairo")
    for day in ("Monday",)
]
SLIPS = [
    "Robert P. Quispelund spoke in Kyiv on Friday.",
    "Read Robert Quispelunds letter to the mayor of Minsk.",
]


def imported(folder, texts, first=()):
    """A database into which those of the texts with the numbers `first` were imported before the others."""
    files = []
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts):
        files.append(folder / f"{number}.txt")
        files[-1].write_text(text + "\n", encoding="utf-8")
    for file in [files[number] for number in first]:
        import_corpus([file], folder / "corpus.db")
    import_corpus(files, folder / "corpus.db")
    return folder / "corpus.db"


def decision(db):
    return rows(db, "SELECT rule FROM person_names WHERE name = 'Vanderhoof'")


@pytest.mark.parametrize("first", [[], [3], [0, 3], [1, 2, 4, 5]])
def test_a_name_mostly_used_alone_is_not_the_one_who_bears_it(first, tmp_path):
    texts = [*ALONE[:3], ONCE, *ALONE[3:]]
    db = imported(tmp_path / "parts" / "in", texts, first)
    assert decision(db) == [("outnumbered",)]
    assert content(db) == content(imported(tmp_path / "whole" / "in", texts))


def test_a_name_used_alone_as_often_as_in_full_is_his(tmp_path):
    db = imported(tmp_path, [ONCE, ALONE[0]])
    assert decision(db) == [("only-bearer",)]


@pytest.mark.parametrize("first", [[6, 5], [0, 12, 6]])
def test_slips_part_nobody_whenever_they_come(first, tmp_path):
    texts = [*FREQUENT[:5], *SLIPS, *FREQUENT[5:]]
    db = imported(tmp_path / "parts" / "in", texts, first)
    people = rows(db, "SELECT name, article_count FROM people WHERE name LIKE '%Quispelund%' ORDER BY 2")
    assert people == [("Robert P. Quispelund", 1), ("Robert M. Quispelund", 21)]
    assert content(db) == content(imported(tmp_path / "whole" / "in", texts))
