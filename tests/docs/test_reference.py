"""docs/schema.md and docs/cookbook.md are what the declarations make of them, and every recipe answers."""

import re
import shutil
from pathlib import Path

import pytest

from corpus_db import import_corpus
from corpus_db.store import document
from corpus_db.store.cookbook import CHAPTERS, RECIPES
from corpus_db.store.database import open_database

ROOT = Path(__file__).parents[2]
REMEDY = "run: python -m corpus_db.store.document"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    folder = tmp_path_factory.mktemp("repository")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    import_corpus([folder / "seeds"], folder / "corpus.db")
    connection = open_database(folder / "corpus.db")
    yield connection
    connection.close()


def test_the_schema_page_is_fresh():
    assert (ROOT / "docs" / "schema.md").read_text(encoding="utf-8") == document.schema_page(), REMEDY


def test_the_cookbook_page_is_fresh(seeds):
    assert (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8") == document.cookbook_page(seeds), (
        REMEDY
    )


def test_there_are_enough_questions_each_with_its_own_name():
    assert len(RECIPES) >= 20
    assert len({recipe.name for recipe in RECIPES}) == len({r.question for r in RECIPES}) == len(RECIPES)
    assert sum(len(chapter.recipes) for chapter in CHAPTERS) == len(RECIPES)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_recipe_answers_on_the_seeds(seeds, recipe):
    parameters = set(re.findall(r"(?<![\w:]):(\w+)", recipe.sql))
    assert parameters == set(recipe.values)
    rows = seeds.execute(recipe.sql, dict(recipe.values)).fetchall()
    assert bool(rows) == recipe.answers_on_seeds


def test_some_answers(seeds):
    """A few questions whose answer anyone can read off the seeds."""
    by_name = {recipe.name: recipe for recipe in RECIPES}

    def ask(name):
        return seeds.execute(by_name[name].sql, dict(by_name[name].values)).fetchall()

    assert [row[2] for row in ask("person-and-country")] == ["China pledges continuous support for Peru in COVID-19 fight: Xi"]  # fmt: skip
    assert [row[0] for row in ask("who-was")] == ["Lenin Moreno", "Guillermo Lasso"]
    assert {row[0] for row in ask("names")} == {"Xi Jinping", "Xi", "Jinping"}
    assert ask("evidence")[0][0] == ask("evidence")[0][1] > 100
    assert all(size == accounted for _, size, accounted, *_ in ask("balance"))
