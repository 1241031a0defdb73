"""What Datasette says about our databases, on whichever of its lines is installed."""

import html
import re

import pytest
from datasette.app import Datasette

from corpus_db.store import schema, views
from corpus_db.web import describe, versions
from corpus_db.web.queries import QUERIES

TABLES = [table.name for table in schema.TABLES]
VIEWS = [view.name for view in views.VIEWS]


def text_of(page):
    """What a reader sees of a page."""
    return html.unescape(re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", page, flags=re.S))


@pytest.mark.parametrize("name", TABLES + VIEWS)
def test_every_table_view_and_column_is_described(site, name):
    page = text_of(site.html(f"/corpus/{name}?_size=1"))
    declared = schema.BY_NAME.get(name) or views.BY_NAME[name]
    assert declared.description in page
    for column in declared.columns:
        assert column.description in page, column.name


@pytest.mark.parametrize("path", ["/corpus", "/corpus/articles", "/corpus/problems", "/corpus/-/articles/1"])
def test_licence_and_source_are_stated(site, path):
    page = text_of(site.html(path))
    assert describe.LICENSE in page
    assert describe.SOURCE in page


def test_the_database_says_what_may_be_done_with_the_texts(site):
    page = text_of(site.html("/corpus"))
    assert "belong to their publishers" in page
    assert "GeoNames" in page
    assert "CC BY 4.0" in page
    assert "Apache" in page


@pytest.mark.parametrize("table", [table for table in schema.TABLES if table.facets], ids=lambda t: t.name)
def test_facets_stand_ready_and_none_is_too_slow(site, table):
    answer = site.json(f"/corpus/{table.name}.json?_extra=facet_results")
    results = answer["facet_results"]
    results = results.get("results", results)
    assert set(table.facets) <= set(results)
    assert not answer.get("facets_timed_out")


@pytest.mark.parametrize("table", ["articles", "people"])
def test_there_is_a_search_box(site, table):
    assert 'name="_search"' in site.html(f"/corpus/{table}")


def test_a_foreign_key_shows_the_name_and_links_to_the_row(site):
    page = site.html("/corpus/mentions?person_id=1")
    assert re.search(r'<a href="/corpus/people/1">Ana Flores Quiroga</a>', page)
    assert re.search(r'<a href="/corpus/articles/1">Peru and China plan a vaccine line</a>', page)
    page = site.html("/corpus/people")
    assert re.search(r'<a href="/corpus/countries/PE">Peru</a>', page)


def test_tables_open_with_what_matters_first(site):
    assert [row["id"] for row in site.rows("/corpus/articles.json")][:2] == [3, 2]
    assert site.rows("/corpus/people.json")[0]["name"] == "Ana Flores Quiroga"


def test_bookkeeping_is_hidden(site):
    tables = {table["name"]: table["hidden"] for table in site.json("/corpus.json")["tables"]}
    assert tables["name_keys"]
    assert tables["articles_fts"]
    assert not tables["articles"]


def test_what_the_server_says_itself_wins(db, make_site):
    own = {"description": "My own words", "facets": ["section"], "columns": {"title": "My own column"}}
    site = make_site(db, metadata={"databases": {"corpus": {"tables": {"articles": own}}}})
    page = text_of(site.html("/corpus/articles"))
    assert "My own words" in page
    assert schema.ARTICLES.description not in page
    assert "My own column" in page
    assert "Who published it." in page
    results = site.json("/corpus/articles.json?_extra=facet_results")["facet_results"]
    assert set(results.get("results", results)) == {"section"}


def test_both_lines_get_the_same_queries():
    old = versions.queries_for_065()
    assert [*old] == [query.name for query in QUERIES]
    assert len(old) >= 12
    assert all(query.title and query.description and query.parameters for query in QUERIES)


def test_each_question_stands_on_the_page_of_the_database_once(site):
    page = site.html("/corpus")
    assert [page.count(f">{html.escape(query.title)}</a>") for query in QUERIES] == [1] * len(QUERIES)
    assert 'id="queries"' not in page


def test_queries_that_a_person_added_are_listed_beside_ours(db, make_site):
    own = {
        "mine": {"sql": "select 1", "title": "Mine"},
        "search_articles": {"sql": "select 2", "title": "Another"},
    }
    place = "config" if versions.stores_metadata(Datasette) else "metadata"
    page = make_site(db, **{place: {"databases": {"corpus": {"queries": own}}}}).html("/corpus")
    listed = page.partition('id="queries"')[2].partition('id="tables"')[0]
    if 'href="/corpus/-/queries"' not in listed:  # 1.0 names the first few and leads to all
        assert re.findall(r">(\w+)</a>", listed) == ["Mine", "Another"]


def test_names_of_tables_views_and_queries_do_not_collide():
    names = TABLES + VIEWS + [query.name for query in QUERIES]
    assert len(names) == len(set(names))
