"""The countries and places, and which countries are mentioned together."""

from __future__ import annotations

from corpus_db.store.schema.declared import Column, Table, one_of

COUNTRIES = Table(
    "countries",
    "All countries, mentioned or not.",
    (
        Column("code", "TEXT", "ISO 3166-1 alpha-2; XK for Kosovo; ISO 3166-3 for states that are gone.", not_null=True),
        Column("alpha3", "TEXT", "ISO 3166-1 alpha-3."),
        Column("name", "TEXT", "Name as news uses it.", not_null=True),
        Column("region", "TEXT", "Region (UN M49): Africa, Americas, Asia, Europe, Oceania."),
        Column("subregion", "TEXT", "Subregion (UN M49)."),
        Column("latitude", "REAL", "Of the country's middle, degrees north."),
        Column("longitude", "REAL", "Of the country's middle, degrees east."),
        Column("mention_count", "INTEGER", "Mentions of every kind.", not_null=True, indexed=True),
        Column("dateline_count", "INTEGER", "Mentions that stand in a dateline (they tell where the agency sits, not what the article is about).", not_null=True),
        Column("article_count", "INTEGER", "Articles with a mention outside the dateline.", not_null=True, indexed=True),
    ),
    primary_key=("code",), facts=False, label="name", facets=("region",), sort_desc="article_count",
)  # fmt: skip

PLACES = Table(
    "places",
    "The places that articles mention: cities, provinces, islands, with where they are. Names and coordinates: GeoNames.",
    (
        Column("id", "INTEGER", "Number of the place."),
        Column("name", "TEXT", "Usual name of the place.", not_null=True, indexed=True),
        Column("kind", "TEXT", "city; division (of the first level: state, province); district (of the second); region (island, part of a country); landmark; country (in datelines).", not_null=True, check=one_of("kind", "city", "division", "district", "region", "landmark", "country")),
        Column("region", "TEXT", "First-level division that it lies in: state, province; NULL where unknown, or where the article leaves open which of several namesakes is meant.", indexed=True),
        Column("country_code", "TEXT", "The country.", references="countries", not_null=True),
        Column("latitude", "REAL", "Degrees north, to a hundredth; NULL where unknown or open."),
        Column("longitude", "REAL", "Degrees east, to a hundredth; NULL where unknown or open."),
        Column("mention_count", "INTEGER", "Mentions outside datelines.", not_null=True),
        Column("dateline_count", "INTEGER", "Mentions that stand in a dateline.", not_null=True),
        Column("article_count", "INTEGER", "Articles with a mention outside the dateline.", not_null=True, indexed=True),
    ),
    primary_key=("id",), facts=False, label="name", facets=("kind", "country_code", "region"), sort_desc="article_count",
)  # fmt: skip

COUNTRY_PAIRS = Table(
    "country_pairs",
    "Which countries are mentioned together: one row a pair, codes in alphabetical order (datelines do not count).",
    (
        Column("country_code", "TEXT", "The one country.", references="countries", not_null=True),
        Column("other_code", "TEXT", "The other.", references="countries", not_null=True),
        Column("article_count", "INTEGER", "Articles that mention both.", not_null=True, indexed=True),
    ),
    primary_key=("country_code", "other_code"), facts=False, without_rowid=True, sort_desc="article_count",
)  # fmt: skip
