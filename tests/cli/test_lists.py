import csv
import io
import json

import pytest


def _names(result):
    return [row["name"] for row in json.loads(result.stdout)]


def test_people_are_a_table(run):
    lines = run("people", "--limit", "2").stdout.splitlines()
    assert lines[0].split() == ["id", "name", "role", "country", "mentions", "articles", "first", "last"]
    assert lines[2].split() == [
        "1",
        "Amara",
        "Okello",
        "President",
        "Kenya",
        "4",
        "2",
        "2021-03-01",
        "2021-04",
    ]
    assert len(lines) == 4


def test_people_in_full(run):
    (row,) = json.loads(run("people", "quispe", "--json").stdout)
    assert row == {
        "id": 2,
        "name": "Lucía Quispe",
        "family_name": "Quispe",
        "description": None,
        "role": "Foreign Minister",
        "country_code": "PE",
        "country": "Peru",
        "mention_count": 2,
        "article_count": 2,
        "first_published": "2021-03-01",
        "last_published": "2021-04",
        "aliases": "Lucía Quispe · Quispe",
    }


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["okello"], ["Amara Okello", "Grace Okello"]),
        (["lucia"], ["Lucía Quispe"]),
        (["ok*", "grace"], ["Grace Okello"]),
        (["O'Brien"], ["Sean O'Brien"]),
        (["--country", "Kenya"], ["Amara Okello"]),
        (["--role", "minister"], ["Lucía Quispe", "Sean O'Brien"]),
        (["--role", "minister", "--country", "IE"], ["Sean O'Brien"]),
        (["--role", "%"], []),
        (["--role", "president", "--country", "PE"], []),
        (["--sort", "name", "--limit", "2"], ["Amara Okello", "Georgia Bell"]),
        (["--sort", "family", "--limit", "1"], ["Georgia Bell"]),
        (["--sort", "first", "--limit", "1"], ["Amara Okello"]),
        (["--sort", "last", "--limit", "1"], ["John Smith"]),
        (["nobody"], []),
    ],
)
def test_people_filtered_and_sorted(run, options, names):
    assert _names(run("people", "--json", *options)) == names


def test_countries_are_those_that_are_mentioned(run):
    lines = run("countries").stdout.splitlines()
    assert lines[0].split() == ["code", "name", "subregion", "articles", "mentions", "in", "datelines"]
    assert lines[2].split() == ["PE", "Peru", "South", "America", "2", "2", "0"]
    assert "France" not in "".join(lines)
    assert "France" in run("countries", "--all").stdout


@pytest.mark.parametrize(
    ("options", "names"),
    [
        (["niger"], ["Niger", "Nigeria"]),
        (["NGA"], ["Nigeria"]),
        (["--region", "western", "--sort", "name"], ["Georgia", "Niger", "Nigeria"]),
        (["--region", "western", "--all", "--sort", "name"], ["France", "Georgia", "Niger", "Nigeria"]),
        (["--sort", "mentions", "--limit", "2"], ["Kenya", "Peru"]),
        (["_____"], []),
    ],
)
def test_countries_filtered_and_sorted(run, options, names):
    assert _names(run("countries", "--json", *options)) == names


def test_an_unknown_region_is_answered_with_those_there_are(run):
    message = run("countries", "--region", "Atlantis", status=2).stderr
    assert message.startswith("Error: there is no region 'Atlantis'; there are Africa, ")
    assert "South America" in message


def test_documents_account_for_every_piece(run):
    assert "articles/broken.bin  line 3  rejected  binary data, no text" in run("documents").stdout
    rows = json.loads(run("documents", "--json", "--outcome", "rejected").stdout)
    assert [(row["path"], row["part"], row["reason"]) for row in rows] == [
        ("articles/broken.bin", "line 3", "binary data, no text")
    ]
    assert len(json.loads(run("documents", "articles/", "--json").stdout)) == 7
    assert json.loads(run("documents", "nowhere", "--json").stdout) == []


def test_the_rest_is_counted_beside_the_output(run):
    assert run("people", "--limit", "3").stderr == "3 of 8 people; --limit 0 shows all.\n"
    assert run("people", "--limit", "0").stderr == ""


def test_no_limit_where_a_program_reads(run, monkeypatch):
    monkeypatch.setattr("corpus_db.cli.options.ROWS_FOR_PEOPLE", 1)
    assert len(_names(run("people", "--json"))) == 8
    assert len(run("people").stdout.splitlines()) == 3


@pytest.mark.parametrize("command", ["people", "countries", "documents", "search"])
@pytest.mark.parametrize("option", ["--json", "--nl", "--csv", "--tsv", "--arrays", "--table"])
def test_every_list_in_every_format(run, command, option):
    arguments = ["okello"] if command == "search" else []
    text = run(command, *arguments, option).stdout
    if option in ("--json", "--arrays"):
        rows = json.loads(text)
    elif option == "--nl":
        rows = [json.loads(line) for line in text.splitlines()]
    elif option == "--table":
        rows = text.splitlines()[2:]
    else:
        rows = list(
            csv.reader(io.StringIO(text, newline=""), dialect="excel" if option == "--csv" else "excel-tab")
        )[1:]
    assert len(rows) == {"people": 8, "countries": 7, "documents": 7, "search": 2}[command]


def test_columns_that_say_nothing_are_left_out_for_people_only(run):
    assert "role" not in run("people", "zhang").stdout
    assert "role" in run("people", "zhang", "--table").stdout
    assert "role" in run("people", "zhang", "--csv").stdout


@pytest.mark.parametrize("command", ["people", "countries", "documents"])
def test_nothing_found_is_said_in_words(run, command):
    result = run(command, "zebra")
    assert (result.stdout, result.stderr.startswith("No "), result.stderr.endswith(" found.\n")) == (
        "",
        True,
        True,
    )
    assert run(command, "zebra", "--json").stdout == "[]\n"
