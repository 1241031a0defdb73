"""The articles, what was found in each at which characters, and the stories that several tell."""

from __future__ import annotations

from corpus_db.store.schema.declared import FIELD, Column, Table, one_of

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
        Column("rule", "TEXT", "What found the mention and, after a plus sign, what tied it to its person; docs/rules.md explains them.", not_null=True),
        Column("antecedent_id", "INTEGER", "The mention it was resolved by (the full name that a surname goes back to).", references="mentions"),
        Column("confidence", "REAL", "How sure, 0 to 1.", not_null=True),
        Column("sentence_start", "INTEGER", "Where its sentence begins in the same field.", not_null=True),
        Column("sentence_end", "INTEGER", "Where its sentence ends (exclusive).", not_null=True),
        Column("place_id", "INTEGER", "The place, with its region and coordinates.", references="places"),
    ),
    primary_key=("id",), facts=True, label="text", facets=("entity", "kind", "country_code"),
    checks=("start >= 0 AND \"end\" > start", "person_id IS NULL OR country_code IS NULL"),
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
