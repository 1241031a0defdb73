"""What a recipe is, and how one is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """One question. `values` are parameters of `sql` with values that give an answer on the seeds."""

    name: str
    question: str
    sql: str
    values: Mapping[str, str | int]
    note: str = ""  # what to know when changing it
    answers_on_seeds: bool = True


def recipe(
    name: str,
    question: str,
    sql: str,
    note: str = "",
    answers_on_seeds: bool = True,
    **values: str | int,
) -> Recipe:
    """A recipe from plain values; `values` are the parameters."""
    return Recipe(name, question, sql.strip("\n"), values, note, answers_on_seeds)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Recipes that belong together."""

    title: str
    recipes: tuple[Recipe, ...]
