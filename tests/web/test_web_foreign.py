"""Databases of others, served beside ours, stay as Datasette shows them."""

import sqlite3
from contextlib import closing

import pytest

from corpus_db.store import schema
from corpus_db.web.ours import ours

PATHS = ["/other", "/other/articles", "/other/people", "/other/articles/1", "/other/people/1"]


@pytest.mark.parametrize("path", PATHS)
def test_another_database_shows_nothing_of_ours(site, path):
    page = site.html(path)
    assert "corpus.css" not in page
    assert "corpus-" not in page
    assert schema.ARTICLES.description not in page
    assert "GeoNames" not in page


@pytest.mark.parametrize("path", ["/other/-/articles/1", "/other/-/people/1", "/other/-/countries/PE"])
def test_our_pages_are_not_there_for_another_database(site, path):
    site.get(path, status=404)


def test_another_database_has_no_questions_of_ours(site):
    site.get("/other/search_articles", status=404)
    assert "/-/articles/" not in site.html("/other/articles")


def test_the_own_search_of_another_database_is_unchanged(site):
    (row,) = site.loop.run_until_complete(
        site.datasette.get_database("other").execute("select escape_fts('a NOT b') as words")
    ).rows
    assert row["words"] == '"a" "NOT" "b"'


def test_only_a_corpus_database_is_ours(site, db, foreign, tmp_path, make_site):
    assert ours(site.datasette) == ["corpus"]
    claims = tmp_path / "claims.db"  # the right number in its header, and nothing else
    with closing(sqlite3.connect(claims)) as connection:
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute("CREATE TABLE articles (id)")
    assert ours(make_site(str(claims), foreign, memory=True).datasette) == []
    assert ours(make_site(foreign, db).datasette) == ["corpus"]


@pytest.mark.parametrize(("change", "known"), [(-1, []), (0, ["copy"]), (1, ["copy"])])
def test_an_older_database_is_left_alone_and_a_newer_one_is_not(db, tmp_path, make_site, change, known):
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(db)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + change}")
    site = make_site(str(copy))
    assert ours(site.datasette) == known
    site.get("/copy/people")


def test_two_of_ours_are_both_described(db, tmp_path, make_site):
    second = tmp_path / "second paper.db"
    with closing(sqlite3.connect(db)) as source, closing(sqlite3.connect(second)) as target:
        source.backup(target)
    site = make_site(db, str(second))
    assert ours(site.datasette) == ["corpus", "second paper"]
    assert schema.PEOPLE.description in site.html("/second+paper/people")
    assert 'href="/second+paper/-/people/1"' in site.html("/second+paper/-/articles/1")
