"""The one declaration of the database: tables, columns, keys, indexes, full-text, views.

Everything that speaks of the database's shape is derived from here: the CREATE statements
(`ddl.py`), `docs/schema.md`, the descriptions, label columns and facets that Datasette shows
(`corpus_db.web`), and the checks of `corpus-db check`. Column names are a promise to the people
who write SQL against them: add, never rename.

Two kinds of rows live side by side. *Facts* are what one document says (files, documents,
articles, mentions, dates, role_claims, article_people). *Sums* are what the facts add up to (people,
people_aliases, people_roles, pairs, counts, stories); they can always be computed again from the facts.
"""

from __future__ import annotations

from corpus_db.store.schema.declared import Column, Table
from corpus_db.store.schema.of_articles import (
    ARTICLE_COUNTRIES,
    ARTICLE_PEOPLE,
    ARTICLES,
    DATES,
    MENTIONS,
    ROLE_CLAIMS,
    STORIES,
    STORY_ARTICLES,
    STORY_KEYS,
    STORY_SIGNATURES,
)
from corpus_db.store.schema.of_countries import (
    COUNTRIES,
    COUNTRY_PAIRS,
    PLACES,
)
from corpus_db.store.schema.of_files import (
    DATE_READINGS,
    DOCUMENTS,
    FILES,
)
from corpus_db.store.schema.of_people import (
    NAME_KEYS,
    NAMESAKES,
    PEOPLE,
    PEOPLE_ALIASES,
    PEOPLE_ROLES,
    PERSON_COUNTRIES,
    PERSON_NAMES,
    PERSON_PAIRS,
    TOLD_APART,
)

APPLICATION_ID = 0x636F7270  # "corp", in the file's header: tells our databases from others'
SCHEMA_VERSION = 7  # PRAGMA user_version; every change of shape adds one, with a migration

TABLES: tuple[Table, ...] = (
    ARTICLES, PEOPLE, COUNTRIES, PLACES, MENTIONS, DATES, STORIES, STORY_ARTICLES, DOCUMENTS, FILES, ARTICLE_PEOPLE,
    ARTICLE_COUNTRIES, ROLE_CLAIMS, PEOPLE_ALIASES, PEOPLE_ROLES, PERSON_PAIRS, PERSON_COUNTRIES, COUNTRY_PAIRS,
    PERSON_NAMES, TOLD_APART, NAMESAKES, DATE_READINGS, NAME_KEYS, STORY_SIGNATURES, STORY_KEYS,
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}

__all__ = ["APPLICATION_ID", "ARTICLES", "BY_NAME", "SCHEMA_VERSION", "TABLES", "Column", "Table"]
