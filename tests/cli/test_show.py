import csv
import io
import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.cli.layout import _highlighted


def test_an_article_has_its_mentions_marked(run):
    text = run("show", "1").stdout
    assert "published:   2021-03-01\nagency:      Reuters\n" in text
    assert (
        "‹Kenyan› President «Amara Okello» met «Lucía Quispe» of ‹Peru› for trade talks in ‹Nairobi›." in text
    )
    assert "\n\n«Okello» smiled. «The ‹Kenyan› president» spoke of trading partners.\n" in text
    assert "Amara Okello ×1 · Okello ×1 · The Kenyan president ×1  President (Kenya)" in text
    assert "by hand" not in text


def test_why_shows_rules_and_what_a_mention_was_resolved_by(run):
    lines = run("show", "1", "--why").stdout.splitlines()
    (okello,) = [line for line in lines if line.startswith("84-90 ")]
    cells = [cell.strip() for cell in okello.split("  ") if cell]
    assert cells == ["84-90", "Okello", "name", "Amara Okello", "by hand", "Amara Okello", "0.9"]
    assert any(line.split() == ["1", "Lucía", "Quispe", "Lucía", "Quispe"] for line in lines)


def test_an_article_as_json_has_everything(run):
    article = json.loads(run("show", "1", "--json").stdout)
    assert article["title"] == "Okello meets Quispe"
    assert article["documents"][0]["path"] == "articles/1.txt"
    assert [mention["text"] for mention in article["mentions"]][:3] == [
        "Kenyan",
        "Amara Okello",
        "Lucía Quispe",
    ]
    assert all(
        article["body"][mention["start"] : mention["end"]] == mention["text"]
        for mention in article["mentions"]
    )
    assert [person["name"] for person in article["people"]] == ["Amara Okello", "Lucía Quispe"]
    assert [country["name"] for country in article["countries"]] == ["Kenya", "Peru"]


def test_an_article_as_csv_is_its_mentions(run):
    rows = list(csv.DictReader(io.StringIO(run("show", "--article", "1", "--csv").stdout, newline="")))
    assert len(rows) == 8
    assert rows[-1]["text"] == "Kenyan"


def test_a_person(run):
    assert run("show", "Amara", "Okello").stdout == (
        "Amara Okello: President, Kenya (person 1)\n"
        "4 mentions in 2 articles, 2021-03-01 to 2021-04\n"
        "\n"
        "Forms           Okello ×2 · Amara Okello ×1\n"
        "Roles           President (Kenya) ×2, 2021-03-01 to 2021-04\n"
        "With people     Lucía Quispe 2 · Grace Okello 1\n"
        "Countries       Peru 2 · Kenya 1\n"
        "\n"
        "[2] 2021-04 · Visit to Lima\n"
        "    President «Okello» flew to Lima.\n"
        "[1] 2021-03-01 · Okello meets Quispe\n"
        "    Kenyan President «Amara Okello» met Lucía Quispe of Peru for trade talks in Nairobi.\n"
        "    «Okello» smiled.\n"
        "    «The Kenyan president» spoke of trading partners.\n"
    )


def test_why_of_a_person_shows_the_names_and_what_joined_them(run):
    text = run("show", "--person", "1", "--why").stdout
    assert "A. Okello     Amara Okello  initial   0.8" in text
    assert "What these rules say" in text
    assert "Joined to the other name: an initial instead of a given name." in text
    assert "Okello                name  Amara Okello  by hand         1   0.9        1" in text
    record = json.loads(run("show", "--person", "1", "--why", "--json").stdout)
    assert [name["name"] for name in record["why"]["names"]] == ["Amara Okello", "A. Okello"]
    assert {"form", "kind", "resolved_by", "rule", "mentions", "least_confidence", "first_article"} == set(
        record["why"]["rules"][0]
    )
    assert record["why"]["roles"][0]["role"] == "President"


def test_a_person_as_json(run):
    record = json.loads(run("show", "quispe", "--json").stdout)
    assert record["aliases"] == [
        {"alias": "Lucía Quispe", "mention_count": 1},
        {"alias": "Quispe", "mention_count": 1},
    ]
    assert record["people"][0] == {"id": 1, "name": "Amara Okello", "article_count": 2}
    assert record["mentions"][0]["sentence"] == "Quispe waved, and Grace Okello sang."
    assert "why" not in record


def test_a_country(run):
    text = run("show", "KEN").stdout
    assert text.startswith("Kenya (KE)\n3 mentions in 1 article · Eastern Africa, Africa\n")
    assert "President: Amara Okello ×2" in text
    assert "    «Kenyan» President Amara Okello met Lucía Quispe" in text
    assert "With countries  Peru 1" in text
    assert [form["text"] for form in json.loads(run("show", "Kenya", "--json").stdout)["forms"]] == [
        "Kenyan",
        "Nairobi",
    ]


@pytest.mark.parametrize("text", ["Peruvian", "republic of peru", "the Peruvian", "per"])
def test_a_country_as_news_calls_it(run, text):
    assert run("show", "--country", text).stdout.startswith("Peru (PE)")


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["lucia quispe"], "Lucía Quispe:"),
        (["  AMARA   okello "], "Amara Okello:"),
        (["O'Brien"], "Sean O'Brien:"),
        (["sean", "o'brien"], "Sean O'Brien:"),
        (["张伟"], "Zhang Wei 张伟 "),
        (["--person", "7"], "John Smith (person 7)"),
        (["ne"], "Niger (NE)"),
        (["georgia"], "Georgia (GE)"),
        (["georgia", "--person"], "Georgia Bell (person 8)"),
        (["#1"], "[1] Okello meets Quispe"),
    ],
)
def test_names_are_found_whatever_their_accents_and_capitals(run, words, first):
    assert run("show", *words).stdout.startswith(first)


def test_other_fits_are_named_beside_the_output(run):
    assert (
        run("show", "okello").stderr
        == "'okello' is taken for Amara Okello (1); it also fits Grace Okello (3).\n"
    )


def test_ambiguous_names_list_the_candidates(run):
    result = run("show", "smith", status=2)
    assert result.stderr.startswith("person  6  John Smith    1 article\n")
    assert result.stderr.endswith("Error: 'smith' fits all of these; say which, as in --person 6.\n")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["999"], "Error: there is no article 999; `corpus-db search` shows the numbers.\n"),
        (
            ["9" * 40],
            "Error: there is no article 9223372036854775807; `corpus-db search` shows the numbers.\n",
        ),
        (["--article", "x"], "Error: 'x' is no article's number; `corpus-db search` shows the numbers.\n"),
        (["--person", "999"], "Error: no person here goes by the name '999'; see `corpus-db people`.\n"),
        (
            ["--country", "Atlantis"],
            "Error: no country here goes by the name 'Atlantis'; see `corpus-db countries`.\n",
        ),
        (
            ["?"],
            "Error: no person or country here goes by the name '?'; see `corpus-db people` and `corpus-db countries`.\n",
        ),
    ],
)
def test_what_is_not_there(run, words, error):
    assert run("show", *words, status=2).stderr == error


def test_the_limit_counts_mentions(run):
    assert run("show", "--person", "1", "--limit", "1").stdout.endswith(
        "    President «Okello» flew to Lima.\n1 of 4 mentions; --limit 0 shows all.\n"
    )


@given(
    st.text("ab \n", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(1, 20)), max_size=8),
)
def test_marks_change_nothing_but_add_signs_in_pairs(text, spans):
    mentions = [
        {"start": start, "end": min(start + length, len(text)), "entity": entity, "field": "body"}
        for (start, length), entity in zip(spans, ["person", "country"] * 4, strict=False)
        if start < len(text)
    ]
    marked = _highlighted(text, mentions, "body")
    assert "".join(character for character in marked if character not in "«»‹›") == text
    assert marked.count("«") == marked.count("»") == sum(m["entity"] == "person" for m in mentions)
    assert marked.count("‹") == marked.count("›") == sum(m["entity"] == "country" for m in mentions)


def test_mentions_of_the_same_words_nest():
    mentions = [{"start": 0, "end": 2, "entity": entity, "field": "body"} for entity in ("country", "person")]
    assert _highlighted("ab", mentions, "body") == "«‹ab›»"


def test_an_article_names_the_others_of_its_story(run, db, tmp_path):
    copy = shutil.copy(db, tmp_path / "told.db")
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute(
            "INSERT INTO stories VALUES (1, 'Okello meets Quispe', 1, 2, '2021-03-01', '2021-04')"
        )
        connection.execute("INSERT INTO story_articles VALUES (1, 1, 1, 1), (2, 1, 0.8, 0.9)")
    there = {"env": {"CORPUS_DB": str(copy)}}
    head = run("show", "1", **there).stdout.partition("The same story\n")[2]
    assert head.split("\n")[2].split() == ["2", "2021-04", "0.8", "0.9", "Visit", "to", "Lima"]
    (other,) = json.loads(run("show", "2", "--json", **there).stdout)["story"]
    assert (other["article_id"], other["is_head"], other["similarity"], other["share_in_head"]) == (
        1,
        1,
        0.8,
        0.9,
    )
    assert "The same story" not in run("show", "3", **there).stdout
