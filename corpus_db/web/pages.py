"""The pages: an article with its mentions marked, a person, a country, the start of a database.

A page is a few statements (`statements`) run under Datasette's own limits, and a template. What
takes too long is left out with a word about it; the rest of the page stands. Nothing is shown
that the reader's permissions would not show in the tables themselves.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from corpus_db import rules
from corpus_db.web import describe, links, marking, queries, statements, versions
from corpus_db.web.library import Datasette, NotFound, QueryInterrupted, Response, tilde_decode
from corpus_db.web.ours import is_ours
from corpus_db.web.statements import Statement

# Whoever may see these tables may see the pages.
TABLES = ("articles", "people", "countries", "mentions", "documents")
MOST_YEARS = 150  # columns of a chart; a longer span is shown without its gaps


@dataclass(frozen=True, slots=True)
class Answer:
    """What a statement returned, and the address at which Datasette runs it."""

    rows: Sequence[Mapping[str, Any]]
    url: str | None  # None: this reader may not run SQL
    late: bool = False  # took longer than Datasette allows
    more: bool = False  # as many rows as its limit: there may be more

    @property
    def first(self) -> Mapping[str, Any] | None:
        """The one row of a statement that has one."""
        return self.rows[0] if self.rows else None


@dataclass(frozen=True, slots=True)
class Page:
    """One request to one of our databases."""

    datasette: Datasette
    request: Any
    database: str
    may_run_sql: bool

    async def ask(self, statement: Statement, **parameters: Any) -> Answer:
        """Run a statement under Datasette's limits."""
        url = versions.sql_url(self.datasette, self.database, statement.sql, parameters)
        shown = url if self.may_run_sql else None
        try:
            results = await self.datasette.get_database(self.database).execute(statement.sql, parameters)
        except QueryInterrupted:
            return Answer((), shown, late=True)
        rows = [dict(row) for row in results.rows]
        return Answer(rows, shown, more=bool(statement.limit) and len(rows) >= statement.limit)

    def url(self, page: str, key: Any) -> str:
        """Address of the page of an article, person or country."""
        return links.page_url(self.datasette, self.database, page, key)

    def table_url(self, table: str, **filters: Any) -> str:
        """Address of a table, filtered."""
        address = str(self.datasette.urls.table(self.database, table))
        return f"{address}?{urlencode(filters)}" if filters else address

    def meanings(self, *tables: Answer) -> Mapping[str, str]:
        """What the rules in the rows say, in sentences."""
        return rules.meanings(row["rule"] for table in tables for row in table.rows)

    async def respond(self, template: str, **context: Any) -> Any:
        """The page as HTML."""
        html = await self.datasette.render_template(
            template,
            {
                "database": self.database,
                "page": self,
                "metadata": describe.provenance(),
                **context,
            },
            request=self.request,
        )
        return Response.html(html)


async def _open(datasette: Datasette, request: Any, tables: Sequence[str] = TABLES) -> Page:
    """The database that the address names, if it is ours and the reader may see it."""
    try:
        database = datasette.get_database(route=tilde_decode(request.url_vars["database"])).name
    except KeyError:
        raise NotFound("No such database") from None
    if not is_ours(datasette, database):
        raise NotFound("Not a corpus database")
    await versions.ensure_visible(datasette, request.actor, database, tables)
    may_run_sql = await versions.may_run_sql(datasette, request.actor, database)
    return Page(datasette, request, database, may_run_sql)


async def article(datasette: Datasette, request: Any) -> Any:
    """An article: its text with people and countries marked, and what was found in it."""
    page = await _open(datasette, request)
    key = int(request.url_vars["id"])
    found = await page.ask(statements.ARTICLE, id=key)
    if found.first is None:
        raise NotFound("No such article")
    mentions = await page.ask(statements.ARTICLE_MENTIONS, id=key)
    by_field: dict[str, list[Mapping[str, Any]]] = {"title": [], "body": []}
    for mention in mentions.rows:
        by_field[mention["field"]].append(mention)
    return await page.respond(
        "corpus_article.html",
        article=found.first,
        found=found,
        mentions=mentions,
        title=marking.pieces(found.first["title"], by_field["title"]),
        body=marking.pieces(found.first["body"], by_field["body"]),
        people=await page.ask(statements.ARTICLE_PEOPLE, id=key),
        countries=await page.ask(statements.ARTICLE_COUNTRIES, id=key),
        roles=await page.ask(statements.ARTICLE_ROLES, id=key),
        documents=await page.ask(statements.ARTICLE_DOCUMENTS, id=key),
        story=await page.ask(statements.ARTICLE_STORY, id=key),
    )


async def person(datasette: Datasette, request: Any) -> Any:
    """A person: names, roles, countries, company, years, and the latest sentences."""
    page = await _open(datasette, request)
    key = int(request.url_vars["id"])
    found = await page.ask(statements.PERSON, id=key)
    if found.first is None:
        raise NotFound("No such person")
    years = await page.ask(statements.PERSON_YEARS, id=key)
    sentences = await page.ask(statements.PERSON_SENTENCES, id=key)
    return await page.respond(
        "corpus_person.html",
        person=found.first,
        found=found,
        roles=await page.ask(statements.PERSON_ROLES, id=key),
        aliases=await page.ask(statements.PERSON_ALIASES, id=key),
        names=await page.ask(statements.PERSON_NAMES, id=key),
        namesakes=await page.ask(statements.PERSON_NAMESAKES, id=key),
        years=years,
        chart=chart(years.rows),
        year_url=_year_of(page, "article_people_named", "person_id", key),
        countries=await page.ask(statements.PERSON_COUNTRIES, id=key),
        company=await page.ask(statements.PERSON_COMPANY, id=key),
        sentences=sentences,
        in_sentences=marking.sentences(sentences.rows, statements.LONGEST_SENTENCE),
    )


async def country(datasette: Datasette, request: Any) -> Any:
    """A country: people, company, places, forms, years, and the latest sentences."""
    page = await _open(datasette, request)
    key = request.url_vars["code"].upper()
    found = await page.ask(statements.COUNTRY, id=key)
    if found.first is None:
        raise NotFound("No such country")
    years = await page.ask(statements.COUNTRY_YEARS, id=key)
    sentences = await page.ask(statements.COUNTRY_SENTENCES, id=key)
    return await page.respond(
        "corpus_country.html",
        country=found.first,
        found=found,
        sampled=statements.SAMPLED if found.first["mention_count"] > statements.SAMPLED else None,
        years=years,
        chart=chart(years.rows),
        year_url=_year_of(page, "article_countries_named", "country_code", key),
        people=await page.ask(statements.COUNTRY_PEOPLE, id=key),
        company=await page.ask(statements.COUNTRY_COMPANY, id=key),
        forms=await page.ask(statements.COUNTRY_FORMS, id=key),
        places=await page.ask(statements.COUNTRY_PLACES, id=key),
        sentences=sentences,
        in_sentences=marking.sentences(sentences.rows, statements.LONGEST_SENTENCE),
    )


async def start(page: Page) -> dict[str, Any]:
    """What stands at the top of the database's own page: what the corpus holds, and what to ask."""
    years = await page.ask(statements.YEARS)
    outcomes = await page.ask(statements.OUTCOMES)
    counted = {row["outcome"]: row["documents"] for row in outcomes.rows}
    return {
        "page": page,
        "figures": await page.ask(statements.FIGURES),
        "years": years,
        "chart": chart(years.rows),
        "year_url": lambda year: page.table_url("articles", year=year),
        "people": await page.ask(statements.TOP_PEOPLE),
        "countries": await page.ask(statements.TOP_COUNTRIES),
        "outlets": await page.ask(statements.TOP_OUTLETS),
        "outcomes": outcomes,
        "problems": counted.get("empty", 0) + counted.get("rejected", 0),
        "copies": counted.get("duplicate", 0),
        "reasons": await page.ask(statements.REASONS),
        "search": queries.SEARCH,
        "queries": queries.QUERIES,
        "query_url": lambda name: str(page.datasette.urls.query(page.database, name)),
        "others": _others,
    }


def _others(listed: Sequence[Any], count: object = None) -> Sequence[Any]:
    """Of the queries that Datasette lists those that are not ours; a person's own under our name is not.

    1.0 lists the first few of `count` queries and leads to all, which is needless only where all are ours.
    """
    if isinstance(count, int) and count > max(len(listed), len(queries.QUERIES)):
        return listed
    return [query for query in listed if not versions.is_ready_made(query)]


async def above(
    datasette: Datasette, request: Any, template: str | None, database: str, table: str | None
) -> dict[str, Any]:
    """What our templates show in Datasette's own pages, mostly above them, as template variables."""
    if request is None or template is None:
        return {}
    if template.startswith("table"):
        # 1.0a41 leaves its search box empty after a search, because nothing gives its template the words.
        return {"search": request.args.get("_search") or ""}
    if template.startswith("query"):
        return {"corpus_question": True}
    if not template.startswith(("database", "row")) or not await versions.may_see(
        datasette, request.actor, database, TABLES
    ):
        return {}
    may_run_sql = await versions.may_run_sql(datasette, request.actor, database)
    page = Page(datasette, request, database, may_run_sql)
    if template.startswith("database"):
        return {"corpus_start": await start(page)}
    key = tilde_decode(request.url_vars["pks"])
    return {
        "corpus_row": {"page": await _page_of_row(page, table, key), "words": PAGE_OF_ROW.get(table or "")}
    }


# What the link to the page says that shows a row of a table better than a table can.
PAGE_OF_ROW = {
    "articles": "Read this article, with people and countries marked",
    "people": "All about this person, on one page",
    "countries": "All about this country, on one page",
    "mentions": "Show it in its article",
}


async def _page_of_row(page: Page, table: str | None, key: str) -> str | None:
    """Address of the page that shows a row better than a table can, if there is one."""
    if table in links.OWN_NAME:
        return page.url(table, key)
    if table == "mentions":
        found = await page.ask(statements.MENTION, id=key)
        if found.first is not None:
            return links.mention_url(page.datasette, page.database, found.first["article_id"], key)
    return None


# --- charts


@dataclass(frozen=True, slots=True)
class Bar:
    """One year of a chart; `share` is its height in per cent of the highest."""

    year: int
    articles: int
    share: float


def chart(rows: Sequence[Mapping[str, Any]]) -> list[Bar]:
    """Articles by year as bars, with the years between that have none."""
    counts = {row["year"]: row["articles"] for row in rows if row["year"] is not None}
    if not counts:
        return []
    first, last = min(counts), max(counts)
    years = range(first, last + 1) if last - first < MOST_YEARS else sorted(counts)
    highest = max(counts.values())
    return [Bar(year, counts.get(year, 0), round(100 * counts.get(year, 0) / highest, 1)) for year in years]


def _year_of(page: Page, view: str, column: str, key: Any) -> Callable[[int], str]:
    """Address of a year's articles that go with a person or country.

    Datasette's ?_through= would do, but together with another filter it mixes up its parameters.
    """
    return lambda year: page.table_url(
        view, **{column: key, "published__startswith": year, "_sort": "published"}
    )


Handler = Callable[..., Awaitable[Any]]
ROUTES: list[tuple[str, Handler]] = [
    (r"/(?P<database>[^/\.]+)/-/articles/(?P<id>\d{1,18})$", article),
    (r"/(?P<database>[^/\.]+)/-/people/(?P<id>\d{1,18})$", person),
    (r"/(?P<database>[^/\.]+)/-/countries/(?P<code>[A-Za-z]{2,4})$", country),
]
