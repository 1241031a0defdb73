"""Searching for whatever a person types, and an index that says what its table holds."""

import string

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus_db.store import check, fulltext
from corpus_db.store.database import transaction
from corpus_db.store.fulltext import SEARCHABLE, match_expression
from tests.store.invented import new_database, piece, store

TEXTS = {
    "a": "Conan O'Brien met Siobhan OBrien.",
    "b": "The covid-19 epidemic, and 19 covid cases.",
    "c": "Bonnie and Clyde; not only Clyde.",
    "d": "The Peruvian president went to Perú by rail and said NOT now.",
    "e": "PERU: {{ title }} <script>alert('x')</script> 100% -- ; DROP TABLE articles",
}


@pytest.fixture(scope="module")
def searched(tmp_path_factory):
    connection = new_database(tmp_path_factory.mktemp("search") / "corpus.db")
    store(connection, {name: [piece(name, text, title=f"T{name}")] for name, text in TEXTS.items()})
    yield connection
    connection.close()


def found(connection, query):
    sql = """SELECT d.path FROM articles_fts JOIN documents d ON d.article_id = articles_fts.rowid
             WHERE articles_fts MATCH ? ORDER BY d.path"""
    return "".join(row[0] for row in connection.execute(sql, (match_expression(query),)))


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ("O'Brien", "a"),
        ("o’brien", "a"),
        ("covid-19", "b"),
        ("19 covid", "b"),
        ('"19 covid"', "b"),
        ('"covid cases 19"', ""),
        ("Bonnie Clyde", "c"),
        ("Bonnie AND Clyde", "c"),
        ("clyde NOT bonnie", ""),
        ("covid OR clyde", "bc"),
        ("bonnie or clyde", ""),
        ("(covid OR clyde) NOT bonnie", "b"),
        ("covid OR clyde NOT bonnie", "b"),
        ("peru NOT rail NOT alert", ""),
        ("peru", "de"),
        ("PERÚ", "de"),
        ("peruv*", "d"),
        ('"went to per"*', "d"),
        ("presidents", "d"),
        ("NOT bonnie (covid OR clyde)", "b"),
        ("covid AND NOT bonnie", "b"),
        ("NOT now", "d"),
        ("said NOT", "d"),
        ("AND", "bcd"),
        ("(bonnie", "c"),
        ("bonnie)", "c"),
        ('bonnie "and clyde', "c"),
        ("<script>", "e"),
        ("{{ title }}", "e"),
        ("title:covid", ""),
        ("100%", "e"),
        ("DROP TABLE articles; --", "e"),
        ("bonnie -clyde", "c"),
        ("^bonnie", "c"),
        ("bonnie + clyde", "c"),
        ("NEAR(bonnie clyde)", ""),
        ("", ""),
        ("  \t\n", ""),
        ('"', ""),
        ('""', ""),
        ("*", ""),
        ("()", ""),
        ("-- ' %", ""),
        ("bonnie\0clyde", "c"),
        ("bonnie \ud800", "c"),
    ],
)
def test_what_is_typed_finds_what_is_meant(searched, query, articles):
    assert found(searched, query) == articles


WORDS = st.sampled_from(["bonnie", "AND", "OR", "NOT", "(", ")", '"', "*", "NEAR", "title:", "-", "'", "é", "{", "^", "+", ",", "\0", "٣", "中"])  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.one_of(
        st.text(), st.text(string.printable), st.lists(WORDS).map("".join), st.lists(WORDS).map(" ".join)
    )
)
@example("(" * 5000 + "x" + ")" * 5000)
@example(" OR ".join(["x"] * 3000))
@example("x NOT " * 3000 + "x")
@example("x" * 100_000)
@example(" ".join(f"({i}" for i in range(40)) + ")" * 40)
def test_no_query_is_a_syntax_error(searched, query):
    found(searched, query)


def test_long_queries_keep_their_first_words(searched):
    assert found(searched, "bonnie " * 1000) == "c"


# --- keeping the index -------------------------------------------------------------------------

COLUMNS = {"articles": ("title", "body"), "people": ("name", "aliases")}
STATEMENTS = {
    "articles": {
        "put": "INSERT INTO articles (id, title, title_origin, body, word_count, content_hash) VALUES (?1, ?2, 'body', ?3, 1, hex(randomblob(9)))",
        "change": "UPDATE articles SET title = ?2, body = ?3 WHERE id = ?1",
        "touch": "UPDATE articles SET url = ?2 WHERE id = ?1",
        "remove": "DELETE FROM articles WHERE id = ?1",
    },
    "people": {
        "put": "INSERT OR REPLACE INTO people (id, name, aliases, mention_count, article_count) VALUES (?1, ?2, ?3, 0, 0)",
        "change": "INSERT INTO people (id, name, aliases, mention_count, article_count) VALUES (?1, ?2, ?3, 0, 0) ON CONFLICT (id) DO UPDATE SET name = excluded.name, aliases = excluded.aliases",
        "touch": "UPDATE people SET mention_count = mention_count + 1 WHERE id = ?1",
        "remove": "DELETE FROM people WHERE id = ?1",
    },
}  # fmt: skip
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["articles", "people"]),
        st.sampled_from(["put", "change", "touch", "remove"]),
        st.integers(1, 3),
        st.sampled_from(["red", "blue red", "green"]),
    ),
    max_size=12,
)


def apply(connection, changes):
    for table, what, number, text in changes:
        if what == "put" and table == "articles":
            connection.execute("DELETE FROM articles WHERE id = ?", (number,))
        sql = STATEMENTS[table][what]
        values = (number, text, f"{text} {number}")
        connection.execute(sql, values[: 1 + max(int(n) for n in "123" if f"?{n}" in sql) - 1])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(st.tuples(st.booleans(), CHANGES), max_size=4))
def test_the_index_says_what_the_table_holds_however_it_was_kept(rounds, tmp_path_factory):
    """Any changes, in transactions that keep the index row by row or at the end."""
    connection = new_database(tmp_path_factory.mktemp("index") / "corpus.db")
    triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name"
    before = connection.execute(triggers).fetchall()
    for at_the_end, changes in rounds:
        with transaction(connection):
            if at_the_end:
                fulltext.defer(connection)
                apply(connection, changes)
                fulltext.settle(connection)
            else:
                apply(connection, changes)
        for table in SEARCHABLE:
            assert fulltext.broken(connection, table) is None
            for word in ("red", "green"):
                sql = f"SELECT rowid FROM {table.name}_fts WHERE {table.name}_fts MATCH ? ORDER BY rowid"
                expected = f"SELECT id FROM {table.name} WHERE {COLUMNS[table.name][0]} LIKE ? ORDER BY id"
                assert (
                    connection.execute(sql, (word,)).fetchall()
                    == connection.execute(expected, (f"%{word}%",)).fetchall()
                )
        assert connection.execute(triggers).fetchall() == before
    connection.close()


def test_deferring_twice_is_deferring_once(filled):
    with transaction(filled):
        fulltext.defer(filled)
        fulltext.defer(filled)
        filled.execute("UPDATE people SET name = 'Somebody Else' WHERE id = 1")
        fulltext.settle(filled)
        fulltext.settle(filled)
    assert [fulltext.broken(filled, table) for table in SEARCHABLE] == [None, None]
    assert filled.execute("SELECT rowid FROM people_fts WHERE people_fts MATCH 'somebody'").fetchall() == [
        (1,)
    ]


def test_an_index_that_lags_behind_is_noticed(filled):
    filled.execute("DROP TRIGGER articles_au")
    filled.execute("UPDATE articles SET body = 'Something else entirely.' WHERE id = 1")
    assert fulltext.broken(filled, SEARCHABLE[0]) is not None
    assert "full-text" in {finding.code for finding in check.check(filled)}
