"""Questions that a researcher would ask, with the SQL that answers them.

Written to be read and changed: plain joins over the public tables and views, named parameters, no
function that only this program has, so that each runs wherever SQLite does. `docs/cookbook.md` is
made from here, with what each answers on the articles in `seeds/`; a test runs every one.
"""

from __future__ import annotations

from corpus_db.store.cookbook.countries import COUNTRIES
from corpus_db.store.cookbook.declared import Chapter, Recipe
from corpus_db.store.cookbook.people import PEOPLE
from corpus_db.store.cookbook.roles import ROLES
from corpus_db.store.cookbook.searching import SEARCHING
from corpus_db.store.cookbook.sources import SOURCES

__all__ = ["CHAPTERS", "RECIPES", "Chapter", "Recipe"]

CHAPTERS: tuple[Chapter, ...] = (SEARCHING, PEOPLE, ROLES, COUNTRIES, SOURCES)
RECIPES: tuple[Recipe, ...] = tuple(recipe for chapter in CHAPTERS for recipe in chapter.recipes)
