"""The people, what is added up about them, and why their names are theirs."""

from __future__ import annotations

from corpus_db.store.schema.declared import Column, Table

PEOPLE = Table(
    "people",
    "The people of the corpus: one row for each real person, as far as the articles tell.",
    (
        Column("id", "INTEGER", "Number of the person."),
        Column("name", "TEXT", "The fullest form of the name that the corpus uses.", not_null=True),
        Column("family_name", "TEXT", "The part that is used alone.", indexed=True),
        Column("role", "TEXT", "What the corpus calls the person most (President, Mayor …).", indexed=True),
        Column("country_code", "TEXT", "The country that goes with the role most.", references="countries"),
        Column("aliases", "TEXT", "All forms of the name, most used first, separated by ' · '."),
        Column("mention_count", "INTEGER", "Mentions by name or by role.", not_null=True, indexed=True),
        Column("article_count", "INTEGER", "Articles with a mention.", not_null=True, indexed=True),
        Column("first_published", "TEXT", "Date of the first such article."),
        Column("last_published", "TEXT", "Date of the last such article."),
        Column("description", "TEXT", "What tells the person from others of the very same name; NULL where the corpus has one of that name."),
        Column("label", "TEXT", "The name, with the description where there is one: 'John Smith (Mayor, Ireland)'."),
    ),
    primary_key=("id",), facts=False, label="label", fts=("name", "aliases"), facets=("country_code", "role"),
    indexes=(("name",),), sort_desc="mention_count",
)  # fmt: skip

PEOPLE_ALIASES = Table(
    "people_aliases",
    "The forms under which a person is named.",
    (
        Column("person_id", "INTEGER", "The person.", references="people", not_null=True),
        Column("alias", "TEXT", "The form as it stands in the articles, a line break or two spaces in it as one space.", not_null=True, indexed=True),
        Column("mention_count", "INTEGER", "Mentions in this form.", not_null=True),
    ),
    primary_key=("person_id", "alias"), facts=False, without_rowid=True, sort_desc="mention_count",
)  # fmt: skip

PEOPLE_ROLES = Table(
    "people_roles",
    "The roles that the articles give a person, with the time in which they do.",
    (
        Column("id", "INTEGER", "Number of the row."),
        Column("person_id", "INTEGER", "The person.", references="people", not_null=True),
        Column("role", "TEXT", "The role.", not_null=True, indexed=True),
        Column("country_code", "TEXT", "The country that goes with it.", references="countries"),
        Column("mention_count", "INTEGER", "How often it is stated.", not_null=True),
        Column("first_published", "TEXT", "Date of the first article that states it."),
        Column("last_published", "TEXT", "Date of the last article that states it."),
    ),
    primary_key=("id",), facts=False, label="role", facets=("role", "country_code"), sort_desc="mention_count",
)  # fmt: skip

PERSON_PAIRS = Table(
    "person_pairs",
    "Who is mentioned together with whom: one row a pair, the smaller id first (the view person_neighbours gives both directions).",
    (
        Column("person_id", "INTEGER", "The one person.", references="people", not_null=True),
        Column("other_id", "INTEGER", "The other.", references="people", not_null=True),
        Column("article_count", "INTEGER", "Articles that mention both.", not_null=True, indexed=True),
    ),
    primary_key=("person_id", "other_id"), facts=False, without_rowid=True, sort_desc="article_count",
)  # fmt: skip

PERSON_COUNTRIES = Table(
    "person_countries",
    "Which people are mentioned together with which countries (datelines do not count).",
    (
        Column("person_id", "INTEGER", "The person.", references="people", not_null=True),
        Column("country_code", "TEXT", "The country.", references="countries", not_null=True),
        Column("article_count", "INTEGER", "Articles that mention both.", not_null=True, indexed=True),
    ),
    primary_key=("person_id", "country_code"), facts=False, without_rowid=True, sort_desc="article_count",
)  # fmt: skip

PERSON_NAMES = Table(
    "person_names",
    "Every name that some article uses as a person's fullest, the person it was taken for, and why.",
    (
        Column("name", "TEXT", "The name.", not_null=True),
        Column("family_name", "TEXT", "The part that is used alone.", not_null=True),
        Column("is_full", "INTEGER", "1: a full name; 0: a surname or a given name alone.", not_null=True),
        Column("person_id", "INTEGER", "The person; NULL where it fits several, or is several people's (then told_apart has each article's).", references="people"),
        Column("joined_to", "TEXT", "The other name of that person it was joined to."),
        Column("rule", "TEXT", "The rule that joined it; own-name: nothing did, the name makes the person. docs/rules.md explains all of them."),
        Column("confidence", "REAL", "How sure, 0 to 1."),
        Column("number", "INTEGER", "Number of the name.", indexed=True),
    ),
    primary_key=("name",), facts=False, without_rowid=True, label="name",
)  # fmt: skip

NAME_KEYS = Table(
    "name_keys",
    "Bookkeeping: names that share a key are compared when one of them is imported.",
    (
        Column("key", "INTEGER", "The key, as a hash: above 0 of full names that may be one person's, below 0 of single names that a full name may be shortened to.", not_null=True),
        Column("name_number", "INTEGER", "The name (person_names.number).", not_null=True, indexed=True),
    ),
    primary_key=("key", "name_number"), facts=False, without_rowid=True, hidden=True,
)  # fmt: skip

TOLD_APART = Table(
    "told_apart",
    "For names that several people bear: which of them each article means, and what it shares with that person's other articles.",
    (
        Column("article_id", "INTEGER", "The article.", references="articles", not_null=True),
        Column("number", "INTEGER", "Which of the article's persons (article_people.number).", not_null=True),
        Column("name", "TEXT", "The name that the article uses.", not_null=True, indexed=True),
        Column("person_id", "INTEGER", "The person.", references="people", not_null=True),
        Column("shared", "TEXT", "Names and words near the person that stand in the person's other articles too, those that tell most first, separated by ' · '; NULL where there are none."),
        Column("confidence", "REAL", "How sure, 0 to 1.", not_null=True),
    ),
    primary_key=("article_id", "number"), facts=False, without_rowid=True,
)  # fmt: skip

NAMESAKES = Table(
    "namesakes",
    "People of one name, and why they are several: each with the namesakes that are most like him or her (both directions).",
    (
        Column("person_id", "INTEGER", "The person.", references="people", not_null=True),
        Column("other_id", "INTEGER", "The namesake.", references="people", not_null=True),
        Column("name", "TEXT", "The name that both bear.", not_null=True, indexed=True),
        Column("score", "REAL", "How much speaks for one person, as a logarithm of odds; above 0 they would be one.", not_null=True),
        Column("marks", "TEXT", "What stands near the name in the person's articles and not in those of namesakes, what tells most first, separated by ' · '."),
        Column("shared", "TEXT", "What stands near the name in the articles of both."),
    ),
    primary_key=("person_id", "other_id"), facts=False, without_rowid=True,
)  # fmt: skip
