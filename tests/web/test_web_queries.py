"""The ready-made questions: each answers, and none fails, whatever is typed."""

import re
from urllib.parse import urlencode

import pytest

from corpus_db.web.queries import BY_NAME, QUERIES

HOSTILE = [
    "O'Brien", "covid-19", '"', '""', '"unfinished', "AND", "NOT", "a AND", "(", "*", "NEAR(", "title:", "%", "_",
    "'; DROP TABLE people;--", "<script>alert(1)</script>", "{{ 7 * 7 }}", "\U0001f600", "9" * 40, "-1",
]  # fmt: skip
ANSWERS = [  # query, its parameters, a value of each row
    ("search_articles", {"words": "covid-19"}, {"article_id": [1]}),
    ("search_articles", {"words": "O'Brien"}, {"article_id": [2, 3]}),
    ("search_articles", {"words": "vaccine NOT second"}, {"article_id": [1]}),
    ("search_articles", {"words": '"second vaccine" OR covid*'}, {"article_id": [1, 2]}),
    ("person_and_country", {"person": "ana flores", "country": "China"}, {"article_id": [1]}),
    ("person_and_country", {"person": "Flores", "country": "pe"}, {"article_id": [1, 2]}),
    ("both_people", {"person": "Flores", "other": "obrien"}, {"article_id": []}),
    ("both_people", {"person": "Flores", "other": "O'Brien"}, {"article_id": [2], "other": ["Seán O'Brien"]}),
    ("sentences_about_person", {"person": "Zhou"}, {"words": ["Zhou", "Zhou Mingde"]}),
    ("person_and_country_in_sentence", {"person": "Flores", "country": "CHN"}, {"article_id": [1]}),
    ("company_of_person", {"person": "Flores"}, {"other": ["Seán O'Brien", "Zhou Mingde"]}),
    ("names_of_person", {"person": "Flores"}, {"alias": ["Ana Flores", "Ana Flores Quiroga", "Flores"]}),
    ("who_held_role", {"role": "minister", "country": "Peru"}, {"person": ["Ana Flores Quiroga"]}),
    ("who_held_role", {"role": "", "country": ""}, {"role": ["Ambassador", "Minister of Health"]}),
    ("roles_of_person", {"person": "Zhou"}, {"role": ["Ambassador"]}),
    ("people_and_country", {"country": "Ireland"}, {"person_id": [1, 3, 4]}),
    ("countries_by_month", {"outlet": "Xinhua", "year": "2020"}, {"country_code": ["CN", "EC", "PE"]}),
    ("country_over_time", {"country": "Peru"}, {"month": ["2020-06", "2022-02"]}),
    ("company_of_country", {"country": "Ecuador"}, {"other_code": ["CN", "PE"]}),
    ("places_in_country", {"country": "Peru"}, {"place": ["Lima", "Trujillo"]}),
    ("published_between", {"first": "2022", "last": "2022-02", "outlet": ""}, {"article_id": [2]}),
    ("published_between", {"first": "", "last": "", "outlet": "Reuters"}, {"article_id": [2]}),
    ("day_in_words", {"day": "2020-06"}, {"article_id": [1], "words": ["Peru"], "value": ["2020-06-16"]}),
    ("day_in_words", {"day": "2020-06-17"}, {"article_id": []}),
    ("stories_retold", {"outlet": ""}, {"story_id": [1], "article_id": [1, 2]}),
    ("stories_retold", {"outlet": "Reuters"}, {"article_id": [1, 2]}),
    ("stories_retold", {"outlet": "Nobody"}, {"article_id": []}),
    ("names_left_open", {"name": ""}, {"name": ["Someone"]}),
    ("not_imported", {"outcome": ""}, {"outcome": ["duplicate", "empty", "rejected"]}),
    ("not_imported", {"outcome": "empty"}, {"reason": ["only white space"]}),
]  # fmt: skip


def ask(site, name, parameters):
    return site.rows(f"/corpus/{name}.json?{urlencode(parameters)}")


@pytest.mark.parametrize(("name", "parameters", "expected"), ANSWERS)
def test_it_answers(site, name, parameters, expected):
    rows = ask(site, name, parameters)
    for column, values in expected.items():
        assert sorted({row[column] for row in rows}) == values


def test_every_question_has_an_answer_in_these_tests():
    assert {name for name, _, _ in ANSWERS} == set(BY_NAME)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_it_is_offered_with_its_title_and_its_parameters(site, query):
    assert query.title.replace("'", "&#39;") in site.html("/corpus")
    page = site.html(f"/corpus/{query.name}")
    assert query.title in page
    for parameter in query.parameters:
        assert re.search(rf'<(input|textarea)[^>]* name="{parameter.name}"', page)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_nothing_that_is_typed_makes_it_fail(site, query):
    for value in HOSTILE:
        ask(site, query.name, {parameter.name: value for parameter in query.parameters})


@pytest.mark.parametrize("table", ["articles", "people"])
@pytest.mark.parametrize("typed", HOSTILE)
def test_no_search_box_fails_whatever_is_typed(site, table, typed):
    site.get(f"/corpus/{table}?{urlencode({'_search': typed})}")


@pytest.mark.parametrize(
    ("typed", "found"), [("O'Brien", [2, 3]), ("covid-19", [1]), ("vaccine NOT second", [1])]
)
def test_the_search_box_finds_what_the_search_command_finds(site, typed, found):
    rows = site.rows(f"/corpus/articles.json?{urlencode({'_search': typed})}")
    assert sorted(row["id"] for row in rows) == found


def test_the_best_match_comes_first_with_its_passage(site):
    rows = ask(site, "search_articles", {"words": "vaccine"})
    assert "»vaccine«" in rows[0]["passage"] + rows[1]["passage"]
    assert [row["article_id"] for row in rows] == [1, 2]


def test_names_in_answers_lead_to_their_pages(site):
    page = site.html("/corpus/person_and_country?person=flores&country=peru")
    assert '<a href="/corpus/-/articles/1">Peru and China plan a vaccine line</a>' in page
    assert '<a href="/corpus/-/people/1">Ana Flores Quiroga</a>' in page
    page = site.html("/corpus/company_of_person?person=flores")
    assert '<a href="/corpus/-/people/1">Ana Flores Quiroga</a>' in page
    assert '<a href="/corpus/-/people/2">Zhou Mingde</a>' in page
    assert '<a href="/corpus/-/articles/1">1</a>' in site.html("/corpus/not_imported?outcome=duplicate")


def test_limits_on_sql_stay_on(site):
    for name in ("sql_time_limit_ms", "max_returned_rows"):
        assert 0 < site.datasette.setting(name) <= 1000
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    for path in ("/corpus", "/corpus/-/query"):
        answer = site.loop.run_until_complete(
            site.datasette.client.get(f"{path}?{urlencode({'sql': endless})}")
        )
        if answer.status_code not in (302, 404):
            assert answer.status_code == 400
            assert "Interrupted" in answer.text
            return
    raise AssertionError("no page runs SQL")


def test_nothing_can_be_written(site):
    path = "/corpus" if not hasattr(site.datasette, "set_resource_metadata") else "/corpus/-/query"
    answer = site.loop.run_until_complete(
        site.datasette.client.get(f"{path}?{urlencode({'sql': 'delete from people'})}")
    )
    assert answer.status_code == 400
    assert not site.datasette.get_database("corpus").is_mutable


def test_the_answer_comes_before_the_sql_which_is_a_click_away(site):
    address = "/corpus/search_articles?words=vaccine"
    page = site.html(address)
    assert "articles_fts match" not in re.sub(r'href="[^"]*"', "", page)
    assert "A second line opens in Trujillo" in page
    assert "<title>Which articles contain these words? (best first)</title>" in page
    assert "articles_fts match escape_fts(:words)" in site.html(f"{address}&_show_sql=1")
