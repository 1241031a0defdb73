import csv
import io
import json

import pytest

from corpus_db.store.queries import SEARCH_COLUMNS


def _ids(result):
    return [hit["id"] for hit in json.loads(result.stdout)]


def test_a_hit_shows_number_title_date_people_and_the_matching_words(run):
    assert run("search", "trade").stdout == (
        "[1] Okello meets Quispe\n"
        "    2021-03-01 · Reuters · with Amara Okello, Lucía Quispe\n"
        "    Kenyan President Amara Okello met Lucía Quispe of Peru for «trade» talks in Nairobi. Okello smiled."
        " The Kenyan president spoke of «trading» partners.\n\n"
    )


def test_words_are_marked_in_the_title_too(run):
    assert run("search", "quispe").stdout.startswith("[1] Okello meets «Quispe»\n")


def test_a_match_in_the_title_ranks_above_one_in_the_text(run):
    assert _ids(run("search", "visit OR waved", "--json")) == [2]
    assert _ids(run("search", "quispe", "--json")) == [1, 2]  # in the title of 1, in the text of both


def test_all_words_must_occur_and_need_no_quotes(run):
    assert _ids(run("search", "trade", "partners", "--json")) == [1]
    assert _ids(run("search", "trade", "sang", "--json")) == []


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("O'Brien", [3]),
        ("covid-19", [3]),
        ('"spoke of covid"', [3]),
        ('"covid of spoke"', []),
        ("spoke NOT covid", [5, 4, 1]),
        ("NOT covid spoke", [5, 4, 1]),
        ("spoke AND NOT covid", [5, 4, 1]),
        ("NOT spoke", [2, 6]),
        ("NOT (spoke OR sang)", [6]),
        ("sang OR smiled", [1, 2]),
        ("lucia", [1]),
        ("quis*", [1, 2]),
        ('"', []),
        ("'; DROP TABLE articles; --", []),
        ("AND", [2, 3]),
        ("NOT", [3]),
        ("title:Okello", []),
        ("{{7*7}}", [3]),
        ("贸易谈判在北京举行", [4]),
        ("\ud800\udfff", []),
    ],
)
def test_whatever_is_typed_is_searched_for(run, query, ids):
    assert sorted(_ids(run("search", "--json", "--", query))) == sorted(ids)


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--person", "Amara Okello"], [2, 1]),
        (["--person", "okello", "--person", "2"], [2, 1]),
        (["--person", "amara okello", "--country", "Kenya"], [1]),
        (["--country", "PE", "--country", "ken"], [1]),
        (["--from", "2021-04"], [6, 5, 3, 2]),
        (["--to", "2021-04"], [2, 1]),
        (["--from", "2022-01-05", "--to", "2022-01-05"], [3]),
        (["--from", "2022-02-02", "--to", "2022-02"], [6, 5]),
        (["spoke", "--country", "Niger"], [5]),
        (["spoke", "--to", "2021", "--person", "Amara Okello"], [1]),
    ],
)
def test_filters(run, options, ids):
    assert _ids(run("search", "--json", *options)) == ids


def test_without_words_the_sentence_with_most_of_what_was_asked_for_is_shown(run):
    def snippet(*options):
        (hit,) = json.loads(run("search", *options, "--json").stdout)
        assert hit["rank"] is None
        return hit["snippet"]

    assert snippet("--person", "Grace Okello") == "Quispe waved, and «Grace Okello» sang."
    assert snippet("--person", "1", "--country", "KE") == (
        "«Kenyan» President «Amara Okello» met Lucía Quispe of Peru for trade talks in «Nairobi»."
    )
    assert snippet("--from", "2022-02-03") == "John Smith of Nigeria kept silent."


def test_a_name_that_fits_several_lists_them(run):
    result = run("search", "--person", "john smith", status=2)
    assert "person  6  John Smith    1 article\nperson  7  John Smith    1 article\n" in result.stderr
    assert result.stderr.endswith("Error: 'john smith' fits all of these; say which, as in --person 6.\n")
    assert result.stdout == ""


def test_a_name_that_fits_one_best_says_what_it_took_it_for(run):
    result = run("search", "--country", "niger", "--json")
    assert _ids(result) == [5]
    assert result.stderr == "'niger' is taken for Niger (NE); it also fits Nigeria (NG).\n"


@pytest.mark.parametrize("date", ["yesterday", "2020-13", "2020-06-32", "06/2020", "20-06-01"])
def test_a_date_that_is_none_is_refused(run, date):
    assert (
        f"'{date}' is no date: write 2020, 2020-06 or 2020-06-17."
        in run("search", "--from", date, status=2).stderr
    )


@pytest.mark.parametrize("query", [[], [""], [" ", "  "]])
def test_nothing_to_search_for(run, query):
    assert 'give words, as in `corpus-db search "state visit"`' in run("search", *query, status=2).stderr


def test_no_match_is_said_beside_the_output(run):
    result = run("search", "zebra")
    assert (result.stdout, result.stderr) == ("", "No articles found.\n")
    assert run("search", "zebra", "--json").stdout == "[]\n"


def test_no_match_of_several_words_says_which_of_them_there_are(run):
    result = run("search", 'spoke zebra "no such"')
    assert result.stdout == ""
    assert result.stderr == (
        'No articles found.\nAlone: spoke in 4, zebra in 0, "no such" in 0. OR between words asks for any of them.\n'
    )


def test_what_the_limit_hides_is_said_beside_the_output(run):
    result = run("search", "spoke", "--limit", "1")
    assert result.stdout.count("[") == 1
    assert result.stderr == "1 of 4 articles; --limit 0 shows all.\n"


def test_a_program_gets_every_column(run):
    hits = json.loads(run("search", "trade", "--json").stdout)
    assert tuple(hits[0]) == SEARCH_COLUMNS[:-1]
    assert hits[0]["snippet"].count("«") == 2
    assert hits[0]["people"] == "Amara Okello · Lucía Quispe"
    rows = list(csv.DictReader(io.StringIO(run("search", "trade", "--csv").stdout, newline="")))
    assert [row["title"] for row in rows] == ["Okello meets Quispe"]
    assert rows[0]["snippet"] == hits[0]["snippet"]
