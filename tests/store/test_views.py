"""What the views say of a few invented articles."""

from corpus_db.store.views import VIEWS


def rows(db, sql):
    return db.execute(sql).fetchall()


def test_mentions_come_with_their_sentence_and_what_they_were_resolved_by(filled):
    sql = "SELECT person, text, antecedent, sentence FROM mentions_in_context WHERE text = 'Torres' AND article_id = 1"
    assert rows(filled, sql) == [("Ana Torres", "Torres", "Ana Torres", " Torres met Ben Okafor in Lima.")]
    sql = "SELECT text, kind, country, sentence FROM mentions_in_context WHERE field = 'title' AND entity = 'country'"
    assert rows(filled, sql) == [("Peru", "name", "Peru", "Ben Okafor in Peru")]


def test_every_mention_has_one_row_known_or_not(filled):
    assert rows(filled, "SELECT count(*) FROM mentions_in_context") == rows(
        filled, "SELECT count(*) FROM mentions"
    )
    assert rows(filled, "SELECT text, kind, sentence FROM unresolved_mentions") == [
        ("the visitor", "role", "LYON -- The talks ended, the visitor said.")
    ]


def test_company_goes_both_ways(filled):
    assert sorted(rows(filled, "SELECT person, other, article_count FROM person_neighbours")) == [
        ("Ana Torres", "Ben Okafor", 1),
        ("Ben Okafor", "Ana Torres", 1),
    ]
    pairs = rows(filled, "SELECT country, other, article_count FROM country_neighbours ORDER BY 1, 2")
    assert pairs == [("France", "Peru", 1), ("Kenya", "Peru", 1), ("Peru", "France", 1), ("Peru", "Kenya", 1)]


def test_roles_show_the_sentence_that_states_them(filled):
    sql = "SELECT person, role, country, published, words, sentence FROM roles_over_time"
    sentence = "President Ana Torres flew to Kenya."
    assert rows(filled, sql) == [("Ana Torres", "President", "Peru", "2020-05-01", "President", sentence)]


def test_datelines_stay_out_of_what_is_about_countries(filled):
    assert rows(filled, "SELECT month, article_count, mention_count FROM articles_by_country_month WHERE country = 'France' ORDER BY 1") == [(None, 1, 1), ("2021", 1, 1)]  # fmt: skip
    assert rows(filled, "SELECT place, mention_count FROM places_by_country") == [("Lima", 1)]
    assert rows(filled, "SELECT dateline_place, country, agency, article_count FROM datelines") == [("Lyon", "France", "AFP", 1)]  # fmt: skip
    assert rows(filled, "SELECT mention_count, dateline_count FROM article_countries_named WHERE title LIKE 'LYON%'") == [(1, 1)]  # fmt: skip


def test_articles_by_month_are_as_precise_as_their_dates(filled):
    assert rows(filled, "SELECT person, month, article_count, mention_count FROM articles_by_person_month ORDER BY 1, 2") == [
        ("Ana Torres", "2020-05", 1, 2),
        ("Ben Okafor", "2020-05", 1, 1),
        ("Ben Okafor", "2021", 1, 2),
    ]  # fmt: skip


def test_pairs_by_year_and_countries_by_publisher(filled):
    assert rows(filled, "SELECT country, other, year, article_count FROM country_pairs_by_year WHERE country_code = 'PE' ORDER BY 2") == [("Peru", "France", 2021, 1), ("Peru", "Kenya", 2020, 1)]  # fmt: skip
    assert rows(filled, "SELECT country, article_count, mention_count FROM countries_by_publisher WHERE publisher = 'Daily' ORDER BY 1") == [("France", 1, 1), ("Peru", 1, 2)]  # fmt: skip


def test_copies_and_problems_say_where_and_why(filled):
    assert rows(filled, "SELECT path, publisher, url, article_path, article_url FROM copies") == [
        ("z.txt", "Evening", None, "b.txt", "http://example.org/b")
    ]
    assert rows(filled, "SELECT path, part, bytes, outcome, reason FROM problems") == [
        ("m.jsonl", "2", 4, "rejected", "not JSON")
    ]


def test_every_view_answers(filled):
    filled.execute("INSERT INTO namesakes VALUES (1, 2, 'X', -1.5, 'Lima', NULL)")  # nobody in it has one
    for view in VIEWS:
        assert rows(filled, f"SELECT * FROM {view.name}"), view.name
