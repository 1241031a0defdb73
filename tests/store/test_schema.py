"""What is declared is what is created, and what the design promises of it."""

import pytest
import sqlite_utils

from corpus_db.store import check
from corpus_db.store.schema import TABLES
from corpus_db.store.views import VIEWS
from tests.store.invented import piece, store

TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
VIEW = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)


@TABLE
def test_a_table_has_the_declared_columns(db, table):
    found = db.execute(
        f"SELECT name, type, pk > 0 FROM pragma_table_info('{table.name}') ORDER BY cid"
    ).fetchall()
    assert found == [(c.name, c.type, int(c.name in table.primary_key)) for c in table.columns]


@TABLE
def test_every_foreign_key_is_declared_and_indexed(db, table):
    keys = {row[3]: row[2] for row in db.execute(f"PRAGMA foreign_key_list('{table.name}')")}
    assert keys == {c.name: c.references for c in table.columns if c.references}
    leading = {
        db.execute(f"SELECT name FROM pragma_index_info('{row[1]}') WHERE seqno = 0").fetchone()[0]
        for row in db.execute(f"PRAGMA index_list('{table.name}')").fetchall()
    }
    if not table.without_rowid and len(table.primary_key) == 1:
        leading |= set(table.primary_key)  # an INTEGER PRIMARY KEY needs no index: it is the row's number
    assert set(keys) <= leading


@TABLE
def test_no_index_repeats_the_beginning_of_another(db, table):
    columns = [
        tuple(
            row[0] for row in db.execute(f"SELECT name FROM pragma_index_info('{index[1]}') ORDER BY seqno")
        )
        for index in db.execute(f"PRAGMA index_list('{table.name}')").fetchall()
    ]
    repeated = [
        (a, b) for i, a in enumerate(columns) for j, b in enumerate(columns) if i != j and b[: len(a)] == a
    ]
    assert repeated == []


@TABLE
def test_everything_about_a_table_is_described_and_names_what_exists(table):
    names = {column.name for column in table.columns}
    assert table.description.endswith((".", "text"))
    assert all(column.description.endswith(".") for column in table.columns)
    assert {table.label, table.sort_desc} - {None} <= names
    assert {*table.facets, *table.fts, *(n for i in table.indexes + table.unique for n in i)} <= names


@VIEW
def test_a_view_has_the_declared_columns(db, view):
    found = [column[0] for column in db.execute(f"SELECT * FROM {view.name}").description]
    assert found == [column.name for column in view.columns]
    assert set(view.facets) <= set(found)
    assert all(column.description.endswith(".") for column in view.columns)


def test_the_public_schema_of_the_design_is_there(db):
    """Names that people write SQL against; there may be more, never fewer."""
    promised = {
        "articles": "id title title_origin published published_origin dateline dateline_place dateline_country dateline_date byline agency publisher section url external_id language body word_count content_hash document_id",
        "people": "id name family_name role country_code mention_count article_count first_published last_published",
        "countries": "code alpha3 name region subregion latitude longitude mention_count article_count",
        "mentions": "id article_id field start end text kind person_id country_code place rule antecedent_id confidence",
        "documents": "id path part sha256 reader outcome reason article_id",
        "people_aliases": "person_id alias mention_count",
        "people_roles": "person_id role country_code mention_count first_published last_published",
        "person_pairs": "person_id article_count",
        "person_countries": "person_id country_code article_count",
        "country_pairs": "country_code article_count",
        "articles_fts": "title body",
        "people_fts": "name aliases",
    }  # fmt: skip
    for table, columns in promised.items():
        found = {row[0] for row in db.execute(f"SELECT name FROM pragma_table_info('{table}')")}
        assert set(columns.split()) <= found, table


def test_the_ecosystem_recognises_the_full_text_tables(db):
    tables = sqlite_utils.Database(db, execute_plugins=False)
    assert {t: tables[t].detect_fts() for t in ("articles", "people")} == {
        "articles": "articles_fts",
        "people": "people_fts",
    }
    sql = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'articles_fts'").fetchone()[0]
    assert 'content="articles"' in sql  # Datasette shows a search box only for double quotes


def test_lookups_go_through_indexes(filled):
    """What a page asks for one person, country or article must not read a whole table."""
    # Statistics of so few rows would advise reading all of them.
    filled.execute("DELETE FROM main.sqlite_stat1")
    filled.execute("ANALYZE main.sqlite_schema")
    lookups = [
        "SELECT * FROM mentions_in_context WHERE person_id = 1",
        "SELECT * FROM mentions_in_context WHERE person = 'Ana Torres'",
        "SELECT * FROM mentions_in_context WHERE country_code = 'PE'",
        "SELECT * FROM mentions_in_context WHERE article_id = 1",
        "SELECT * FROM person_neighbours WHERE person_id = 1",
        "SELECT * FROM person_neighbours WHERE person = 'Ana Torres'",
        "SELECT * FROM country_neighbours WHERE country_code = 'PE'",
        "SELECT * FROM person_countries_named WHERE country_code = 'PE'",
        "SELECT * FROM person_countries_named WHERE person_id = 1",
        "SELECT * FROM roles_over_time WHERE person_id = 1",
        "SELECT * FROM roles_over_time WHERE role = 'President'",
        "SELECT * FROM people_roles_named WHERE country_code = 'PE'",
        "SELECT * FROM article_people_named WHERE person_id = 1",
        "SELECT * FROM article_countries_named WHERE country_code = 'PE'",
        "SELECT * FROM articles_by_country_month WHERE country_code = 'PE'",
        "SELECT * FROM articles_by_person_month WHERE person_id = 1",
        "SELECT * FROM country_pairs_by_year WHERE country_code = 'PE'",
        "SELECT * FROM countries_by_publisher WHERE publisher = 'Daily'",
        "SELECT * FROM places_by_country WHERE country_code = 'PE'",
        "SELECT * FROM person_evidence WHERE person_id = 1",
        "SELECT * FROM namesakes_named WHERE person_id = 1",
        "SELECT * FROM copies WHERE article_id = 1",
        "SELECT * FROM problems",
    ]
    for sql in lookups:
        plan = [row[3] for row in filled.execute(f"EXPLAIN QUERY PLAN {sql}")]
        aliases = ("SCAN m", "SCAN a", "SCAN x", "SCAN r", "SCAN d")
        assert not [step for step in plan if step.split(" USING")[0] in aliases], (sql, plan)


def test_a_selective_index_is_preferred_to_one_that_is_not(db):
    """SQLite's statistics are kept: among the mentions of a kind those of one article are found by article."""
    files = {
        f"{n}.txt": [piece(f"{n}.txt", f"Ana Torres saw Peru on day {n}. Torres slept.")] for n in range(60)
    }
    store(db, files)
    for condition, index in (
        ("article_id = 1 AND kind = 'name'", "idx_mentions_article_id"),
        ("kind = 'name' AND entity = 'person' AND article_id = 1", "idx_mentions_article_id"),
    ):
        plan = db.execute(f"EXPLAIN QUERY PLAN SELECT * FROM mentions WHERE {condition}").fetchall()
        assert index in plan[0][3]
    assert check.check(db) == []
