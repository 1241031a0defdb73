"""What scrapers call the fields of an article: the names of `data/parsing/fields.toml`, looked up.

A name is compared without case and marks ("Published-At" is "publishedat"); one that is known only without a
prefix ("CONTENT_TITLE") comes after all others.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_NOT_IN_A_NAME = re.compile(r"[\W_]+")
WITH_PREFIX = 1_000  # behind every place in an order of preference


class Table(NamedTuple):
    """The aliases, inverted: folded name -> (field, place in the order of preference)."""

    fields: dict[str, tuple[str, int]]
    member_names: tuple[str, ...]
    roles: tuple[str, ...]
    main: frozenset[str]
    list_names: frozenset[str]
    ways: frozenset[str]
    wrappers: tuple[str, ...]
    media: frozenset[str]
    prefixes: tuple[str, ...]
    beside: tuple[str, ...]
    nothing: frozenset[str]


@cache
def table() -> Table:
    """What `data/parsing/fields.toml` says."""
    data = tomllib.loads(files("corpus_db.data").joinpath("parsing/fields.toml").read_text(encoding="utf-8"))
    fields: dict[str, tuple[str, int]] = {}
    for field, names in data["fields"].items():
        for place, name in enumerate(names):
            fields.setdefault(name, (field, place))
    objects = {name: tuple(values) for name, values in data["objects"].items()}
    return Table(
        fields,
        objects["name"],
        objects["role"],
        frozenset(objects["main"]),
        frozenset(objects["list"]),
        frozenset(objects["way"]),
        objects["wrapper"],
        frozenset(objects["media"]),
        objects["prefix"],
        objects["beside"],
        frozenset(objects["nothing"]),
    )


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A name without case and marks."""
    return _NOT_IN_A_NAME.sub("", name).lower()


def field_of(name: str) -> str | None:
    """The field that a column or key called `name` holds, None when it is none of them."""
    known = known_as(name)
    return known[0] if known else None


@lru_cache(maxsize=4096)
def known_as(name: str) -> tuple[str, int] | None:
    """The field of a name and its place in the order of preference; last without a prefix ("CONTENT_TITLE")."""
    known_names, folded = table(), fold(name)
    known = known_names.fields.get(folded)
    if known is None and "." in name:  # a table made of objects: "headline.main", "_source.title"
        outer, _, inner = name.rpartition(".")
        if outer in known_names.wrappers or outer in known_names.beside:
            return known_as(inner)
        if inner in known_names.member_names:
            return known_as(outer)
    if known is None:
        for prefix in known_names.prefixes:
            found = known_names.fields.get(folded.removeprefix(prefix)) if folded.startswith(prefix) else None
            if found:
                return found[0], found[1] + WITH_PREFIX
    return known


def holds_list(name: str) -> bool:
    """Whether a member called `name` is where an object keeps its list of articles."""
    return name.lower() in table().list_names


def leads_to_list(name: str) -> bool:
    """Whether a member called `name` may hold the object that keeps the list."""
    return name.lower() in table().ways


def wraps_article(name: str) -> bool:
    """Whether a member called `name` may be the article itself."""
    return name.lower() in table().wrappers
