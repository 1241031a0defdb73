"""A sound database has no findings, and each law notices what breaks it."""

import sqlite3

import pytest

from corpus_db.store import check
from corpus_db.store.check import LAWS, SAMPLE, SUMS

# What to do to the database, and which findings must come of it.
DAMAGE = {
    "a mention's text": ("UPDATE mentions SET text = 'Kenia' WHERE text = 'Kenya'", {"mention-text"}),
    "a mention's place": ("UPDATE mentions SET start = start + 1, \"end\" = \"end\" + 1 WHERE id = 1", {"mention-text"}),
    "a sentence": ("UPDATE mentions SET sentence_end = start WHERE id = 3", {"mention-sentence"}),
    "a kind": ("UPDATE mentions SET kind = 'demonym' WHERE id = 1", {"mention-kind", "sum-people_aliases", "sum-people"}),
    "an antecedent": ("UPDATE mentions SET antecedent_id = 1 WHERE id = 4", {"mention-antecedent"}),
    "an overlap": (
        "INSERT INTO mentions SELECT 99, article_id, field, start + 1, \"end\", substr(text, 2), entity, kind, NULL, NULL, NULL, NULL, rule, NULL, confidence, sentence_start, sentence_end, NULL FROM mentions WHERE id = 2",
        {"mention-overlap"},
    ),
    "a role's words": ("UPDATE role_claims SET text = 'Queen'", {"claim-text"}),
    "a role's mention": ("UPDATE role_claims SET mention_id = 4", {"claim-mention"}),
    "a role's person": ("UPDATE role_claims SET person_id = NULL", {"claim-person", "sum-people_roles", "sum-people"}),
    "a date's words": ("UPDATE dates SET text = 'never' WHERE id = 1", {"date-text"}),
    "a date's sentence": ("UPDATE dates SET sentence_end = start WHERE id = 1", {"date-text"}),
    "dates that overlap": (
        "INSERT INTO dates SELECT 99, article_id, field, start + 1, \"end\", substr(text, 2), value, precision, anchor, rule, sentence_start, sentence_end FROM dates WHERE id = 1",
        {"date-overlap"},
    ),
    "a gap": ("UPDATE documents SET byte_start = byte_start + 1 WHERE part = '2'", {"bytes-gap"}),
    "a file in another": ("UPDATE files SET container_id = 1 WHERE id = 2", {"container"}),
    "a size": ("UPDATE files SET size = size + 1 WHERE path = 'q.txt'", {"bytes-end"}),
    "a piece's path": ("UPDATE documents SET path = 'x.txt' WHERE path = 'q.txt'", {"file-pieces"}),
    "a file without pieces": ("INSERT INTO files (id, path) VALUES (99, 'y.txt')", {"file-pieces"}),
    "an outcome without reason": ("UPDATE documents SET reason = NULL WHERE part = '2'", {"outcome"}),
    "a rejected article": ("UPDATE documents SET outcome = 'rejected', reason = 'x' WHERE path = 'q.txt'", {"outcome", "article-document"}),
    "an article without a piece": ("UPDATE articles SET document_id = NULL WHERE id = 3", {"article-document"}),
    "a later copy": (
        """UPDATE documents SET outcome = CASE outcome WHEN 'article' THEN 'duplicate' ELSE 'article' END
           WHERE article_id = 1;
           UPDATE articles SET document_id = (SELECT id FROM documents WHERE path = 'z.txt') WHERE id = 1""",
        {"first-copy"},
    ),
    "an article's count": ("UPDATE article_people SET mention_count = 7 WHERE article_id = 1 AND number = 0", {"article-people", "sum-people"}),
    "an article's country": ("DELETE FROM article_countries WHERE article_id = 3", {"article-countries", "sum-countries"}),
    "a month": ("UPDATE article_people SET month = '1999-01' WHERE article_id = 1", {"article-month"}),
    "a chosen reading": ("INSERT INTO date_readings VALUES (1, '01/06/2020', '', 'text', '2020-01-06', '2020-06-01', 'day first', 'day first', 'x'); UPDATE articles SET published_origin = 'header' WHERE id = 1", {"date-reading"}),
    "a country's month": ("UPDATE article_countries SET month = NULL WHERE article_id = 1", {"article-month"}),
    "a mention's person": ("UPDATE mentions SET person_id = NULL WHERE id = 1", {"mention-person", "sum-people_aliases", "sum-people"}),
    "an undecided name": ("DELETE FROM name_keys; DELETE FROM person_names WHERE name = 'Ben Okafor'", {"name-decided"}),
    "a person told apart": ("INSERT INTO told_apart VALUES (1, 0, 'X', 1, NULL, 1)", {"told-apart"}),
    "an unused name": ("INSERT INTO person_names (name, family_name, is_full) VALUES ('X', 'X', 0)", {"name-used"}),
    "a text": ("UPDATE articles SET body = body || ' ' WHERE id = 1", {"article-content"}),
    "a number of words": ("UPDATE articles SET word_count = 0 WHERE id = 1", {"article-content"}),
    "a key": ("PRAGMA foreign_keys = OFF; UPDATE mentions SET antecedent_id = 77 WHERE id = 3", {"foreign-key"}),
    "a person's count": ("UPDATE people SET mention_count = 0 WHERE id = 1", {"sum-people"}),
    "an alias": ("DELETE FROM people_aliases WHERE alias = 'Torres'", {"sum-people_aliases"}),
    "a role": ("UPDATE people_roles SET mention_count = 5", {"sum-people_roles"}),
    "a pair": ("DELETE FROM person_pairs", {"sum-person_pairs"}),
    "a person's country": ("UPDATE person_countries SET article_count = 9", {"sum-person_countries"}),
    "a pair of countries": ("DELETE FROM country_pairs", {"sum-country_pairs"}),
    "a country's count": ("UPDATE countries SET dateline_count = 9 WHERE code = 'ZZ'", {"sum-countries"}),
    "an article's story": ("DELETE FROM story_articles WHERE article_id = 2", {"story-missing", "story-head", "story-sum"}),
    "a story's head": ("UPDATE stories SET title = 'x' WHERE id = 1", {"story-head"}),
    "a story's count": ("UPDATE stories SET article_count = 9 WHERE id = 1", {"story-sum"}),
    "a signature": ("INSERT INTO story_keys VALUES (7, 99)", {"story-key"}),
    "a place's count": ("UPDATE places SET article_count = 9", {"sum-places"}),
    "the header": ("PRAGMA application_id = 1", {"header"}),
    "a view": ("DROP VIEW problems", {"shape"}),
}  # fmt: skip


def codes(connection):
    return {finding.code for finding in check.check(connection)}


def test_a_sound_database_has_no_findings(filled):
    assert check.check(filled) == []


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_is_noticed(filled, what):
    statements, expected = DAMAGE[what]
    for statement in statements.split(";"):
        filled.execute(statement)
    assert codes(filled) == expected


def test_every_law_and_every_sum_is_tried_here():
    tried = set().union(*(expected for _, expected in DAMAGE.values()))
    assert {law.code for law in LAWS} | {f"sum-{table}" for table in SUMS} <= tried


def test_a_page_that_was_overwritten_is_noticed(filled, tmp_path):
    page = filled.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'idx_mentions_kind'").fetchone()[0]
    filled.close()
    path = tmp_path / "corpus.db"
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 + 4000 : page * 4096] = bytes(96)
    path.write_bytes(data)
    connection = sqlite3.connect(path, isolation_level=None)
    assert "integrity" in codes(connection)
    connection.close()


def test_a_finding_counts_all_and_names_a_few(filled):
    filled.execute("UPDATE mentions SET text = 'x'")
    finding = next(f for f in check.check(filled) if f.code == "mention-text")
    assert finding.count == filled.execute("SELECT count(*) FROM mentions").fetchone()[0] > SAMPLE
    assert finding.sample == tuple(f"mention {number}" for number in range(1, SAMPLE + 1))


def test_checking_changes_nothing(filled, tmp_path):
    before = (tmp_path / "corpus.db").read_bytes()
    check.check(filled)
    assert (tmp_path / "corpus.db").read_bytes() == before
    assert filled.execute("SELECT count(*) FROM people").fetchone() == (2,)
    assert not filled.in_transaction


@pytest.mark.parametrize("damage", [None, "DELETE FROM articles_fts_data WHERE id > 10"])
def test_a_read_only_file_is_checked_as_any_other(filled, tmp_path, damage):
    if damage:
        filled.execute(damage)
    filled.close()
    connection = sqlite3.connect(f"file:{tmp_path}/corpus.db?mode=ro", uri=True, isolation_level=None)
    assert codes(connection) == ({"full-text"} if damage else set())
    connection.close()


def test_sums_that_follow_each_other_do_not_show(filled):
    """The sum of people is computed from the computed aliases and roles, not from the stored ones."""
    filled.execute("UPDATE people_roles SET role = 'Queen'")
    assert codes(filled) == {"sum-people_roles"}
