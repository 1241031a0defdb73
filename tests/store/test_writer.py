"""What the writer promises: facts as they came, copies by path and not by order, nothing left behind."""

import json
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import content

from corpus_db import stories
from corpus_db.models import Article
from corpus_db.store import check
from corpus_db.store.database import transaction
from corpus_db.store.writer import Writer, content_hash
from tests.store import invented
from tests.store.invented import FILES, piece, store

ARTICLE = Article("A title", "header", "A body.", published="2020-05-01")


def test_what_makes_two_documents_one_article():
    digest = content_hash(ARTICLE)
    assert digest == content_hash(
        ARTICLE._replace(url="http://example.org", agency="AP", title_origin="body")
    )
    assert digest != content_hash(ARTICLE._replace(title="Another"))
    assert digest != content_hash(ARTICLE._replace(body="Another."))
    assert digest != content_hash(ARTICLE._replace(published=None))
    made = ARTICLE._replace(title_origin="lead")
    assert content_hash(made) != digest
    assert content_hash(made) == content_hash(made._replace(title="Made otherwise"))


@given(st.tuples(*[st.text("ab:-0", max_size=4)] * 3), st.tuples(*[st.text("ab:-0", max_size=4)] * 3))
def test_no_text_passes_for_another_by_where_its_parts_end(one, other):
    hashes = {
        content_hash(Article(title, "header", body, published)) for title, body, published in (one, other)
    }
    assert len(hashes) == len({one, other})


def test_everything_about_an_article_is_stored(filled):
    row = filled.execute(
        """SELECT a.id, title_origin, published, year, word_count, url, d.path, d.outcome, substr(body, 1, 9)
        FROM articles a JOIN documents d ON d.id = a.document_id WHERE url IS NOT NULL"""
    ).fetchone()
    assert row == (1, "lead", "2020-05-01", 2020, 12, "http://example.org/b", "b.txt", "article", "President")
    mentions = filled.execute(
        """SELECT m.text, m.entity, m.kind, m.place, m.person_number, b.text, m.sentence_start, m.sentence_end
        FROM mentions m LEFT JOIN mentions b ON b.id = m.antecedent_id WHERE m.article_id = 1 ORDER BY m.start"""
    ).fetchall()
    assert mentions == [
        ("Ana Torres", "person", "name", None, 0, None, 0, 35),
        ("Kenya", "country", "name", None, None, None, 0, 35),
        ("Torres", "person", "name", None, 0, "Ana Torres", 35, 66),
        ("Ben Okafor", "person", "name", None, 1, None, 35, 66),
        ("Lima", "country", "place", "Lima", None, None, 35, 66),
    ]
    assert filled.execute(
        "SELECT name, mention_count FROM article_people WHERE article_id = 1"
    ).fetchall() == [
        ("Ana Torres", 2),
        ("Ben Okafor", 1),
    ]
    claims = "SELECT role, r.text, r.start, m.text FROM role_claims r JOIN mentions m ON m.id = r.mention_id"
    assert filled.execute(claims).fetchall() == [("President", "President", 0, "Ana Torres")]


def test_a_mention_in_the_title_has_the_title_for_its_sentence(filled):
    rows = filled.execute(
        "SELECT DISTINCT title, sentence FROM mentions_in_context WHERE field = 'title'"
    ).fetchall()
    assert rows == [("Ben Okafor in Peru", "Ben Okafor in Peru")]


def test_datelines_are_counted_apart(filled):
    assert filled.execute(
        "SELECT mention_count, dateline_count FROM article_countries x JOIN articles a ON a.id = article_id WHERE agency = 'AFP'"
    ).fetchall() == [(1, 1)]
    assert filled.execute("SELECT mention_count, dateline_count, article_count FROM countries WHERE code = 'FR'").fetchall() == [(3, 1, 2)]  # fmt: skip


def test_every_country_has_a_row_and_a_better_name_replaces_the_former(filled):
    before = filled.execute("SELECT name, mention_count FROM countries WHERE code = 'PE'").fetchone()
    with transaction(filled):
        Writer(filled).ensure_countries([invented.Country("PE", "Perú"), invented.Country("YY", "New")])
    assert filled.execute("SELECT name, mention_count FROM countries WHERE code = 'PE'").fetchone() == ("Perú", before[1])  # fmt: skip
    assert filled.execute("SELECT name, mention_count FROM countries WHERE code = 'YY'").fetchone() == (
        "New",
        0,
    )


def test_a_copy_is_kept_with_what_it_says_of_itself(filled):
    rows = filled.execute("SELECT path, outcome, article_id, metadata FROM documents WHERE article_id = 1 ORDER BY path").fetchall()  # fmt: skip
    assert rows[0] == ("b.txt", "article", 1, None)
    assert rows[1][:3] == ("z.txt", "duplicate", 1)
    assert json.loads(rows[1][3]) == {"title_origin": "lead", "publisher": "Evening"}
    assert filled.execute("SELECT path, publisher, article_path FROM copies").fetchall() == [("z.txt", "Evening", "b.txt")]  # fmt: skip


def test_an_earlier_path_takes_the_article_over_and_gives_it_back(db):
    store(db, {"z.txt": FILES["z.txt"]})
    own = "SELECT a.id, d.path, publisher, url FROM articles a JOIN documents d ON d.id = a.document_id"
    assert db.execute(own).fetchall() == [(1, "z.txt", "Evening", None)]
    store(db, {"b.txt": FILES["b.txt"]})
    assert db.execute(own).fetchall() == [(1, "b.txt", None, "http://example.org/b")]
    store(db, removed=["b.txt"])
    assert db.execute(own).fetchall() == [(1, "z.txt", "Evening", None)]
    assert db.execute("SELECT outcome, metadata FROM documents").fetchall() == [("article", None)]
    assert check.check(db) == []


def test_a_changed_file_keeps_the_number_of_its_article(filled):
    number = "SELECT article_id FROM documents WHERE path = 'q.txt'"
    before = filled.execute(number).fetchone()
    store(filled, {"q.txt": [piece("q.txt", "LYON -- Another text.")]})
    assert filled.execute(number).fetchone() == before
    assert filled.execute("SELECT count(*) FROM articles").fetchone() == (3,)


def test_an_article_that_another_file_still_holds_does_not_lend_its_number(filled):
    store(filled, {"b.txt": [piece("b.txt", "A text of its own.")]})
    rows = filled.execute("SELECT path, article_id FROM documents WHERE path IN ('b.txt', 'z.txt') ORDER BY path").fetchall()  # fmt: skip
    assert rows == [("b.txt", 4), ("z.txt", 1)]
    assert check.check(filled) == []


def test_the_same_text_twice_in_one_file_is_one_article(db):
    first = piece("m.jsonl", "Ana Torres slept.", part="1")
    second = piece("m.jsonl", "Ana Torres slept.", part="2", start=first.source.end)
    store(db, {"m.jsonl": [first, second]})
    assert db.execute("SELECT part, outcome FROM documents ORDER BY id").fetchall() == [("1", "article"), ("2", "duplicate")]  # fmt: skip
    store(db, removed=["m.jsonl"])
    assert db.execute("SELECT count(*) FROM documents").fetchone() == (0,)
    assert check.check(db) == []


def test_files_that_could_not_be_read_have_a_row_without_size(db):
    with transaction(db):
        writer = Writer(db)
        file_id = writer.add_file("gone.txt", None, None, None)
        parsed = piece("gone.txt", "", outcome="rejected", reason="no permission")
        writer.add_outcome(file_id, parsed, "rejected", "no permission")
        writer.finish()
    with transaction(db):
        stored = Writer(db).stored_file("gone.txt")
        assert (stored.size, stored.sha256, stored.rejected, stored.reason) == (
            None,
            None,
            1,
            "no permission",
        )
        assert Writer(db).stored_file("other.txt") is None
    assert check.check(db) == []


def test_paths_come_in_order_and_may_be_removed_meanwhile(filled):
    with transaction(filled), Writer(filled) as writer:
        seen = []
        for path in writer.paths():
            seen.append(path)
            writer.remove_file(path)
        stories.group(filled)
    assert seen == sorted(FILES)
    for table in (
        "files",
        "documents",
        "articles",
        "mentions",
        "article_people",
        "article_countries",
        "role_claims",
        "dates",
        "stories",
        "story_articles",
        "story_signatures",
        "story_keys",
    ):
        assert filled.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


def test_a_duplicate_without_its_article_is_a_mistake_of_the_caller(db):
    with transaction(db), pytest.raises(ValueError, match="repeats"):
        Writer(db).add_outcome(1, FILES["b.txt"][0], "duplicate", None, None)


def test_what_was_touched_is_noted_for_the_steps_that_follow(filled):
    with transaction(filled):
        writer = Writer(filled)
        writer.remove_file("q.txt")
        invented.add_pieces(writer, "n.txt", [piece("n.txt", "Ana Torres left Peru.")])
        writer.flush()
        touched = {
            table: {row[0] for row in filled.execute(f"SELECT * FROM temp.{table}")}
            for table in ("touched_articles", "touched_names", "touched_people", "touched_countries")
        }
        stories.group(filled)
        writer.finish()
    removed, added = 3, 4
    assert touched == {
        "touched_articles": {removed, added},
        "touched_names": {"Ana Torres"},
        "touched_people": set(),
        "touched_countries": {"FR", "PE"},
    }
    with transaction(filled):
        writer = Writer(filled)
        assert filled.execute("SELECT count(*) FROM temp.touched_articles").fetchone() == (0,)
        writer.remove_file("m.jsonl")
        people = filled.execute(
            "SELECT p.name FROM temp.touched_people JOIN people p ON p.id = person_id"
        ).fetchall()
        stories.group(filled)
    assert people == [("Ben Okafor",)]


def test_a_failed_import_leaves_no_trace(filled, tmp_path):
    before = (tmp_path / "corpus.db").read_bytes()

    def fails():
        with transaction(filled):
            writer = Writer(filled)
            invented.add_pieces(writer, "n.txt", [piece("n.txt", "Ana Torres left Peru.")])
            writer.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert (tmp_path / "corpus.db").read_bytes() == before
    assert check.check(filled) == []
    store(filled, {"n.txt": [piece("n.txt", "Ana Torres left Peru.")]})
    assert check.check(filled) == []


def test_a_transaction_that_changes_nothing_leaves_the_bytes_alone(filled, tmp_path):
    before = (tmp_path / "corpus.db").read_bytes()
    with transaction(filled), Writer(filled) as writer:
        writer.ensure_countries(invented.countries())
        assert writer.stored_file("b.txt") is not None
    assert (tmp_path / "corpus.db").read_bytes() == before


def test_small_batches_come_to_the_same(tmp_path, filled, monkeypatch):
    monkeypatch.setattr("corpus_db.store.writer.BATCH_ROWS", 1)
    other = invented.new_database(tmp_path / "other.db")
    store(other, FILES)
    other.close()
    assert (tmp_path / "other.db").read_bytes() != b""
    assert content(tmp_path / "other.db") == content(tmp_path / "corpus.db")


def test_the_same_import_gives_the_same_bytes(tmp_path):
    for name in ("one.db", "two.db"):
        connection = invented.new_database(tmp_path / name)
        store(connection, FILES)
        connection.close()
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()


def test_people_and_countries_that_do_not_exist_are_refused(filled):
    with pytest.raises(sqlite3.IntegrityError), transaction(filled):
        filled.execute("UPDATE mentions SET country_code = 'XX' WHERE entity = 'country'")
    with pytest.raises(sqlite3.IntegrityError), transaction(filled):
        filled.execute("UPDATE mentions SET kind = 'guess'")


# A few texts in several files, often the same, each with an address of its own.
TEXTS = [
    "Ana Torres saw Peru.",
    "Ben Okafor saw Kenya. Okafor slept.",
    "LYON -- Torres left France.",
    "Rain.",
]
TITLES = [None, "Peru"]


@st.composite
def histories(draw):
    """Imports one after the other: each puts files (new or changed) and removes others."""
    names = ["a", "b", "c", "d"]
    versions = []
    for _ in range(draw(st.integers(1, 4))):
        files = {}
        for name in draw(st.lists(st.sampled_from(names), unique=True, max_size=4)):
            pieces, start = [], 0
            for number in range(draw(st.integers(1, 3))):
                text, title = draw(st.sampled_from(TEXTS)), draw(st.sampled_from(TITLES))
                url = f"http://example.org/{name}/{number}"
                pieces.append(piece(name, text, part=str(number), start=start, title=title, url=url))
                start = pieces[-1].source.end
            files[name] = pieces
        versions.append((files, draw(st.sets(st.sampled_from(names)))))
    return versions


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), data=st.data())
def test_only_what_is_there_counts_not_how_it_came(history, data, tmp_path_factory):
    """After any history of imports the database says what one import of the last files says."""
    folder = tmp_path_factory.mktemp("history")
    connection = invented.new_database(folder / "step.db")
    last = {}
    for files, removed in history:
        store(connection, files, sorted(removed))
        last = {**{name: pieces for name, pieces in last.items() if name not in removed}, **files}
        assert check.check(connection) == []
    connection.close()
    once = invented.new_database(folder / "once.db")
    store(once, {name: last[name] for name in data.draw(st.permutations(sorted(last)))})
    once.close()
    assert content(folder / "step.db") == content(folder / "once.db")
