"""The views: the joins that people would otherwise write, declared as data.

A view is part of the public interface as a table is: its columns have descriptions, which
`docs/schema.md` and Datasette show, and are never renamed. Three rules keep them usable:

* Every view answers a lookup (one person, one country, one article) through indexes, also under
  Datasette's limit of one second on a million mentions. Those that sum over everything say so.
* Joins that only decorate a row are LEFT JOINs over a key: no row disappears for want of a name,
  SQLite leaves out those whose columns a SELECT does not ask for, and begins with one of them
  where a filter on its columns makes that cheaper (`WHERE person = 'Ana Torres'`).
* Datelines are kept apart in whatever is about countries: they tell where an agency sits, not
  what an article is about. Mentions whose person or country is unknown stay visible.
"""

from __future__ import annotations

from corpus_db.store.views.declared import View, ViewColumn
from corpus_db.store.views.of_articles import (
    ARTICLE_DATES,
    COPIES,
    PROBLEMS,
    STORIES_BY_COUNTRY_MONTH,
    STORIES_BY_PERSON_MONTH,
    STORY_ARTICLES_NAMED,
)
from corpus_db.store.views.of_countries import (
    ARTICLE_COUNTRIES_NAMED,
    ARTICLES_BY_COUNTRY_MONTH,
    COUNTRIES_BY_PUBLISHER,
    COUNTRY_NEIGHBOURS,
    COUNTRY_PAIRS_BY_YEAR,
    PLACES_BY_COUNTRY,
)
from corpus_db.store.views.of_mentions import (
    DATELINES,
    DATES_IN_CONTEXT,
    MENTIONS_IN_CONTEXT,
    UNRESOLVED_MENTIONS,
)
from corpus_db.store.views.of_people import (
    ARTICLE_PEOPLE_NAMED,
    ARTICLES_BY_PERSON_MONTH,
    NAMESAKES_NAMED,
    PEOPLE_ROLES_NAMED,
    PERSON_COUNTRIES_NAMED,
    PERSON_EVIDENCE,
    PERSON_NEIGHBOURS,
    ROLES_OVER_TIME,
)

__all__ = ["BY_NAME", "VIEWS", "View", "ViewColumn"]

# In this order they are made and shown.
VIEWS: tuple[View, ...] = (
    MENTIONS_IN_CONTEXT, UNRESOLVED_MENTIONS, ARTICLE_PEOPLE_NAMED, ARTICLE_COUNTRIES_NAMED,
    PERSON_NEIGHBOURS, COUNTRY_NEIGHBOURS, PERSON_COUNTRIES_NAMED, ROLES_OVER_TIME, PEOPLE_ROLES_NAMED,
    ARTICLES_BY_COUNTRY_MONTH, ARTICLES_BY_PERSON_MONTH, COUNTRIES_BY_PUBLISHER, COUNTRY_PAIRS_BY_YEAR,
    PLACES_BY_COUNTRY, PERSON_EVIDENCE, NAMESAKES_NAMED, DATELINES, ARTICLE_DATES, DATES_IN_CONTEXT,
    STORY_ARTICLES_NAMED, STORIES_BY_COUNTRY_MONTH, STORIES_BY_PERSON_MONTH, COPIES, PROBLEMS,
)  # fmt: skip
BY_NAME = {view.name: view for view in VIEWS}
