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

from dataclasses import dataclass

APPLICATION_ID = 0x636F7270  # "corp", in the file's header: tells our databases from others'
SCHEMA_VERSION = 7  # PRAGMA user_version; every change of shape adds one, with a migration


@dataclass(frozen=True, slots=True)
class Column:
    """One column: SQL type, what it means, and the table whose key it holds."""

    name: str
    type: str
    description: str
    references: str | None = None  # table: its primary key
    not_null: bool = False
    check: str | None = None  # SQL expression
    indexed: bool = False  # every foreign key is indexed anyway


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `facts` tells facts from sums; `label` is the column that names a row."""

    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    facts: bool
    label: str | None = None
    indexes: tuple[tuple[str, ...], ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    fts: tuple[str, ...] = ()  # columns indexed for full-text search, in <name>_fts
    facets: tuple[str, ...] = ()
    sort_desc: str | None = None
    hidden: bool = False  # bookkeeping: Datasette lists it at the end
    without_rowid: bool = False
    checks: tuple[str, ...] = ()  # SQL expressions over several columns


def one_of(column: str, *values: str) -> str:
    """A CHECK that a column holds one of `values`, the most frequent first.

    Written with OR: for IN with more than two values SQLite builds a lookup table for every row,
    which was a quarter of the time to write a mention.
    """
    return " OR ".join(f"{column} = '{value}'" for value in values)


FIELD = one_of("field", "body", "title")

FILES = Table(
    "files",
    "Every input file that was read, as it was when it was read; files inside archives and mails too.",
    (
        Column("id", "INTEGER", "Number of the file."),
        Column("path", "TEXT", "Path: relative to the folder of this database where the file lies beneath it, else absolute. Bytes that are no text are written \\xNN. A file inside another has that file's path, a slash, and its name there (news.zip/2020/a.txt).", not_null=True),
        Column("size", "INTEGER", "Size in bytes, of a file inside an archive unpacked; NULL where the file could not be read."),
        Column("sha256", "TEXT", "SHA-256 of the whole file; NULL where it could not be read."),
        Column("reader", "TEXT", "The reader that cut the file into pieces (text, jsonl, …)."),
        Column("annotator", "TEXT", "What understood its articles: the version of corpus-db and the recogniser of people."),
        Column("container_id", "INTEGER", "The archive, mail or web archive that the file lies in; NULL for a file on disk.", references="files"),
    ),
    primary_key=("id",), facts=True, label="path", unique=(("path",),), facets=("reader",),
)  # fmt: skip

DOCUMENTS = Table(
    "documents",
    "Every piece of every input file and what became of it. Nothing is lost: the byte ranges of a file's pieces add up to its size.",
    (
        Column("id", "INTEGER", "Number of the piece."),
        Column("file_id", "INTEGER", "The input file.", references="files", not_null=True),
        Column("path", "TEXT", "Path of the input file, as in files.", not_null=True),
        Column("part", "TEXT", "Which piece of the file, for files that hold several; NULL where the file is one piece."),
        Column("byte_start", "INTEGER", "First byte of the piece in the file; in a file inside an archive, of its unpacked bytes."),
        Column("byte_end", "INTEGER", "End of the piece in the file (exclusive)."),
        Column("sha256", "TEXT", "SHA-256 of the piece's bytes."),
        Column("reader", "TEXT", "The reader that cut the piece out."),
        Column("outcome", "TEXT", "What became of it: article, duplicate (of the article in article_id), empty, or rejected.", not_null=True, check=one_of("outcome", "article", "duplicate", "empty", "rejected"), indexed=True),
        Column("reason", "TEXT", "Why it is empty or rejected, or a remark on how it was read."),
        Column("article_id", "INTEGER", "The article it became or repeats.", references="articles"),
        Column("metadata", "TEXT", "For a duplicate: what it says about itself where that may differ from the article it repeats (url, publisher, …), as JSON."),
    ),
    primary_key=("id",), facts=True, label="path", facets=("outcome", "reader"),
    indexes=(("path",), ("file_id", "outcome"), ("article_id", "outcome")),
)  # fmt: skip

DATE_READINGS = Table(
    "date_readings",
    "Dates of publication that are written in numbers alone, so that day and month may be either way round (03/04/2020). Which way is meant is read from the other dates of the same layout: of the file, else of its folder, else of the nearest folder above.",
    (
        Column("document_id", "INTEGER", "The document that gives the date.", references="documents", not_null=True),
        Column("printed", "TEXT", "The date as printed.", not_null=True),
        Column("folder", "TEXT", "The folder that the input file lies in.", not_null=True),
        Column("layout", "TEXT", "What its like have in common: the reader, the label before the date, and its shape (# stands for a number).", not_null=True),
        Column("month_first", "TEXT", "The date if the month comes first; NULL where there is no such day."),
        Column("day_first", "TEXT", "The date if the day comes first; NULL where there is no such day."),
        Column("stated_order", "TEXT", "The order that the document itself settles, because the other reading is no day or because another date in it agrees with one: month first or day first; NULL where both are possible.", check=one_of("stated_order", "month first", "day first")),
        Column("used_order", "TEXT", "The order in which the date was read in the end; NULL: unknown, and published is only the year.", check=one_of("used_order", "month first", "day first")),
        Column("decided_by", "TEXT", "What decided it: the document, its file, or the folder whose dates did."),
    ),
    primary_key=("document_id",), facts=True, label="printed", facets=("layout", "used_order"),
)  # fmt: skip

ARTICLES = Table(
    "articles",
    "The articles: each text once, however many files hold it.",
    (
        Column("id", "INTEGER", "Number of the article."),
        Column("title", "TEXT", "The headline; the beginning of the body where the source has none (see title_origin).", not_null=True),
        Column("title_origin", "TEXT", "Where the title comes from: header (labelled), body (first line of the text), lead (made from the beginning of the body).", not_null=True, check=one_of("title_origin", "header", "body", "lead")),
        Column("published", "TEXT", "Date of publication, ISO 8601, as precise as the source and no more (2020, 2020-05, 2020-05-01, 2020-05-01T10:15:28).", indexed=True),
        Column("published_origin", "TEXT", "Where the date comes from: header, dateline, url, filename, trailer."),
        Column("year", "INTEGER", "Year of publication, from published.", indexed=True),
        Column("dateline", "TEXT", "The dateline as printed (BEIJING, June 16 (Xinhua) --); it stands in the body too."),
        Column("dateline_place", "TEXT", "The dateline's place by its usual name (Beijing)."),
        Column("dateline_country", "TEXT", "Country of the dateline's place.", references="countries"),
        Column("dateline_date", "TEXT", "The dateline's own date, ISO 8601; a missing year is that of published."),
        Column("byline", "TEXT", "Who wrote it, as printed."),
        Column("agency", "TEXT", "News agency (Xinhua, Reuters, AP, AFP, CNW …).", indexed=True),
        Column("publisher", "TEXT", "Who published it.", indexed=True),
        Column("section", "TEXT", "Section or desk."),
        Column("url", "TEXT", "Web address of the article."),
        Column("external_id", "TEXT", "The article's number or key at its source.", indexed=True),
        Column("language", "TEXT", "Language (ISO 639-1): as the source states it, else as the text shows it; NULL where neither tells."),
        Column("body", "TEXT", "The text as published, dateline included; header and page furniture excluded.", not_null=True),
        Column("word_count", "INTEGER", "Words in the body (runs of characters between white space).", not_null=True),
        Column("content_hash", "TEXT", "SHA-256 of title, date of publication and body: equal for copies of one article.", not_null=True),
        Column("document_id", "INTEGER", "The document it was read from (of several copies, the first by path).", references="documents"),
        Column("language_origin", "TEXT", "Where language comes from: source (stated) or text (recognised)."),
        Column("text_language", "TEXT", "Language that the text itself shows; NULL where it is too short or unclear. People, countries and dates are looked for where this is en or NULL.", indexed=True),
        Column("metadata", "TEXT", "What else the document says about itself, as JSON: other_dates (dates that rival published, in the order of trust, each with its origin; see the view article_dates), credits (lines below the text that name who helped), truncated (its source does not give the whole text: how many characters are missing, 0 where it does not say), keywords (its tags or topics)."),
    ),
    primary_key=("id",), facts=True, label="title", unique=(("content_hash",),), fts=("title", "body"),
    facets=("year", "agency", "publisher", "dateline_country"), sort_desc="published",
)  # fmt: skip

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

PLACES = Table(
    "places",
    "The places that articles mention: cities, provinces, islands, with where they are. Names and coordinates: GeoNames.",
    (
        Column("id", "INTEGER", "Number of the place."),
        Column("name", "TEXT", "Usual name of the place.", not_null=True, indexed=True),
        Column("kind", "TEXT", "city; division (of the first level: state, province); district (of the second); region (island, part of a country); landmark; country (in datelines).", not_null=True, check=one_of("kind", "city", "division", "district", "region", "landmark", "country")),
        Column("region", "TEXT", "First-level division that it lies in: state, province; NULL where unknown.", indexed=True),
        Column("country_code", "TEXT", "The country.", references="countries", not_null=True),
        Column("latitude", "REAL", "Degrees north, to a hundredth; NULL where unknown."),
        Column("longitude", "REAL", "Degrees east, to a hundredth; NULL where unknown."),
        Column("mention_count", "INTEGER", "Mentions outside datelines.", not_null=True),
        Column("dateline_count", "INTEGER", "Mentions that stand in a dateline.", not_null=True),
        Column("article_count", "INTEGER", "Articles with a mention outside the dateline.", not_null=True, indexed=True),
    ),
    primary_key=("id",), facts=False, label="name", facets=("kind", "country_code", "region"), sort_desc="article_count",
)  # fmt: skip

MENTIONS = Table(
    "mentions",
    "Every place where an article speaks of a person or a country, with its exact position: substr(body, start + 1, \"end\" - start) = text.",
    (
        Column("id", "INTEGER", "Number of the mention."),
        Column("article_id", "INTEGER", "The article.", references="articles", not_null=True),
        Column("field", "TEXT", "Where in the article: title or body.", not_null=True, check=FIELD),
        Column("start", "INTEGER", "First character, counted from 0 in Unicode code points.", not_null=True),
        Column("end", "INTEGER", "End (exclusive).", not_null=True),
        Column("text", "TEXT", "The words as they stand.", not_null=True),
        Column("entity", "TEXT", "What it is a mention of: person or country.", not_null=True, check=one_of("entity", "person", "country")),
        Column("kind", "TEXT", "Person: name or role ('the Chinese president'). Country: name, demonym ('Chinese'), place ('Lima'), dateline.", not_null=True, check=one_of("kind", "name", "place", "demonym", "role", "dateline"), indexed=True),
        Column("person_id", "INTEGER", "The person; NULL where it could not be told who.", references="people"),
        Column("country_code", "TEXT", "The country; NULL where it could not be told which.", references="countries"),
        Column("place", "TEXT", "Usual name of the place, for kinds place and dateline.", indexed=True),
        Column("person_number", "INTEGER", "Which of the article's persons (article_people.number)."),
        Column("rule", "TEXT", "What found the mention and tied it to its person or country.", not_null=True),
        Column("antecedent_id", "INTEGER", "The mention it was resolved by (the full name that a surname goes back to).", references="mentions"),
        Column("confidence", "REAL", "How sure, 0 to 1.", not_null=True),
        Column("sentence_start", "INTEGER", "Where its sentence begins in the same field.", not_null=True),
        Column("sentence_end", "INTEGER", "Where its sentence ends (exclusive).", not_null=True),
        Column("place_id", "INTEGER", "The place, with its region and coordinates.", references="places"),
    ),
    primary_key=("id",), facts=True, label="text", facets=("entity", "kind", "country_code"),
    checks=("start >= 0 AND \"end\" > start", "person_id IS NULL OR country_code IS NULL"),
)  # fmt: skip

ARTICLE_PEOPLE = Table(
    "article_people",
    "The persons of each article, before and after the corpus tells who they are.",
    (
        Column("article_id", "INTEGER", "The article.", references="articles", not_null=True),
        Column("number", "INTEGER", "Number of the person within the article, in order of first mention.", not_null=True),
        Column("person_id", "INTEGER", "The person of the corpus; NULL where it could not be told who.", references="people"),
        Column("name", "TEXT", "The fullest name that the article gives the person.", not_null=True, indexed=True),
        Column("family_name", "TEXT", "The part that is used alone.", not_null=True),
        Column("is_full", "INTEGER", "1: a full name; 0: only a surname or a given name stands in the article.", not_null=True),
        Column("gender", "TEXT", "f or m where a title tells (Mrs, Mr).", check=one_of("gender", "f", "m")),
        Column("mention_count", "INTEGER", "Mentions by name or by role in the article.", not_null=True),
        Column("month", "TEXT", "Month of publication (2020-06); the year where the source gives no month; NULL without a date."),
    ),
    primary_key=("article_id", "number"), facts=True, without_rowid=True, indexes=(("person_id", "month"),),
)  # fmt: skip

ARTICLE_COUNTRIES = Table(
    "article_countries",
    "The countries of each article, with counts.",
    (
        Column("article_id", "INTEGER", "The article.", references="articles", not_null=True),
        Column("country_code", "TEXT", "The country.", references="countries", not_null=True),
        Column("mention_count", "INTEGER", "Mentions outside the dateline.", not_null=True),
        Column("dateline_count", "INTEGER", "Mentions in the dateline.", not_null=True),
        Column("month", "TEXT", "Month of publication (2020-06); the year where the source gives no month; NULL without a date."),
    ),
    primary_key=("article_id", "country_code"), facts=False, without_rowid=True,
    indexes=(("country_code", "month", "mention_count"),),
)  # fmt: skip

ROLE_CLAIMS = Table(
    "role_claims",
    "Every place where an article gives a person a role: 'Ecuadorian President Lenin Moreno'.",
    (
        Column("id", "INTEGER", "Number of the claim."),
        Column("article_id", "INTEGER", "The article.", references="articles", not_null=True),
        Column("person_number", "INTEGER", "Which of the article's persons (article_people.number).", not_null=True),
        Column("person_id", "INTEGER", "The person; NULL where it could not be told who.", references="people"),
        Column("role", "TEXT", "The role (President, Executive Vice Director).", not_null=True, indexed=True),
        Column("country_code", "TEXT", "The country that goes with it.", references="countries"),
        Column("organisation", "TEXT", "The organisation that goes with it."),
        Column("field", "TEXT", "Where in the article: title or body.", not_null=True, check=FIELD),
        Column("start", "INTEGER", "First character of the role's words.", not_null=True),
        Column("end", "INTEGER", "End of the role's words (exclusive).", not_null=True),
        Column("text", "TEXT", "The words of the role as they stand.", not_null=True),
        Column("rule", "TEXT", "The rule that found it.", not_null=True),
        Column("mention_id", "INTEGER", "The mention of the person that the role's words stand beside; its sentence is the claim's.", references="mentions"),
    ),
    primary_key=("id",), facts=True, label="role", facets=("role", "country_code"),
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

PERSON_NAMES = Table(
    "person_names",
    "Every name that some article uses as a person's fullest, the person it was taken for, and why.",
    (
        Column("name", "TEXT", "The name.", not_null=True),
        Column("family_name", "TEXT", "The part that is used alone.", not_null=True),
        Column("is_full", "INTEGER", "1: a full name; 0: a surname or a given name alone.", not_null=True),
        Column("person_id", "INTEGER", "The person; NULL where it fits several, or is several people's (then told_apart has each article's).", references="people"),
        Column("joined_to", "TEXT", "The other name of that person it was joined to."),
        Column("rule", "TEXT", "The rule that joined it."),
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

DATES = Table(
    "dates",
    "Every date that an article's words give, resolved to the calendar where they allow it: substr(body, start + 1, \"end\" - start) = text.",
    (
        Column("id", "INTEGER", "Number of the expression."),
        Column("article_id", "INTEGER", "The article.", references="articles", not_null=True),
        Column("field", "TEXT", "Where in the article: title or body.", not_null=True, check=FIELD),
        Column("start", "INTEGER", "First character, counted from 0 in Unicode code points.", not_null=True),
        Column("end", "INTEGER", "End (exclusive).", not_null=True),
        Column("text", "TEXT", "The words as they stand (Tuesday, last week, June 5).", not_null=True),
        Column("value", "TEXT", "The date, ISO 8601: 2020-06-16, 2020-06, 2020, a week 2020-W25, a weekend 2020-06-13/2020-06-14; NULL where it is not clear which is meant.", indexed=True),
        Column("precision", "TEXT", "What the words name: day, weekend, week, month or year.", not_null=True, check=one_of("precision", "day", "year", "month", "week", "weekend")),
        Column("anchor", "TEXT", "The date it was counted from: dateline or published; NULL where the words give the year, or nothing could be counted from.", check=one_of("anchor", "dateline", "published")),
        Column("rule", "TEXT", "How it was read, and what decided between past and future.", not_null=True),
        Column("sentence_start", "INTEGER", "Where its sentence begins in the same field.", not_null=True),
        Column("sentence_end", "INTEGER", "Where its sentence ends (exclusive).", not_null=True),
    ),
    primary_key=("id",), facts=True, label="text", facets=("precision", "rule"),
    checks=("start >= 0 AND \"end\" > start",),
)  # fmt: skip

STORIES = Table(
    "stories",
    "The stories of the corpus: articles that say the same in nearly the same words (one agency report in several outlets, a lead sent again, a correction) are one. An article without such copies is a story of its own.",
    (
        Column("id", "INTEGER", "Number of the story."),
        Column("title", "TEXT", "The title of its fullest article.", not_null=True),
        Column("head_article_id", "INTEGER", "Its fullest article.", references="articles", not_null=True),
        Column("article_count", "INTEGER", "Articles that tell it.", not_null=True, indexed=True),
        Column("first_published", "TEXT", "Date of the first of them."),
        Column("last_published", "TEXT", "Date of the last of them."),
    ),
    primary_key=("id",), facts=False, label="title", sort_desc="article_count",
)  # fmt: skip

STORY_ARTICLES = Table(
    "story_articles",
    "The story of every article, and how much the article has in common with the story's fullest one, its head.",
    (
        Column("article_id", "INTEGER", "The article.", references="articles", not_null=True),
        Column("story_id", "INTEGER", "Its story.", references="stories", not_null=True),
        Column("similarity", "REAL", "Of all runs of three words in the article or the head, the share that both have (Jaccard): 1 for the head itself.", not_null=True),
        Column("share_in_head", "REAL", "Of the article's own runs of three words, the share that the head has too: 1 for an article that is the head cut short.", not_null=True),
    ),
    primary_key=("article_id",), facts=False,
)  # fmt: skip

STORY_SIGNATURES = Table(
    "story_signatures",
    "Bookkeeping: the MinHash signature of each article's words, by which later imports find its near-copies.",
    (
        Column("article_id", "INTEGER", "The article.", references="articles", not_null=True),
        Column("signature", "BLOB", "Unsigned 32-bit numbers, little-endian; empty for texts too short to compare.", not_null=True),
    ),
    primary_key=("article_id",), facts=False, hidden=True,
)  # fmt: skip

STORY_KEYS = Table(
    "story_keys",
    "Bookkeeping: articles that share a key may be near-copies and are compared.",
    (
        Column("key", "INTEGER", "The key: a hash of one band of the signature.", not_null=True),
        Column("article_id", "INTEGER", "The article (story_signatures.article_id).", not_null=True),
    ),
    primary_key=("key", "article_id"), facts=False, without_rowid=True, hidden=True,
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

TABLES: tuple[Table, ...] = (
    ARTICLES, PEOPLE, COUNTRIES, PLACES, MENTIONS, DATES, STORIES, STORY_ARTICLES, DOCUMENTS, FILES, ARTICLE_PEOPLE,
    ARTICLE_COUNTRIES, ROLE_CLAIMS, PEOPLE_ALIASES, PEOPLE_ROLES, PERSON_PAIRS, PERSON_COUNTRIES, COUNTRY_PAIRS,
    PERSON_NAMES, TOLD_APART, NAMESAKES, DATE_READINGS, NAME_KEYS, STORY_SIGNATURES, STORY_KEYS,
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}
