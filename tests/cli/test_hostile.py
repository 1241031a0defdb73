"""Nothing in an article is interpreted, and nothing of it reaches a terminal as a command."""

import csv
import io
import json
import re

import pytest

from .conftest import ARTICLES, HOSTILE_TITLE

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
QUERY = "SELECT id, title, body FROM articles WHERE id = 3"
COMMANDS = [
    ["search", "covid-19"],
    ["search", "--person", "O'Brien"],
    ["show", "3"],
    ["show", "3", "--why"],
    ["show", "O'Brien", "--why"],
    ["show", "Ireland"],
    ["people"],
    ["sql", QUERY],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("options", [[], ["--table"], ["--json"], ["--nl"], ["--fmt", "html"]], ids="".join)
def test_no_control_character_comes_out(run, command, options):
    assert not CONTROL.search(run(*command, *options).stdout)


def test_text_for_people_shows_what_stands_there(run):
    assert r"[3] \x1b[31mRed\x1b[0m <script>alert(1)</script> {{7*7}}" in run("search", "covid-19").stdout
    assert r"covid-19.\x9b2J\u202e \x00AND 'quoted' " in run("show", "3").stdout


def test_programs_get_what_stands_there(run):
    body = ARTICLES[2][3].replace("{Irish=IE}", "Irish").replace("[Sean O'Brien=4]", "Sean O'Brien")
    assert json.loads(run("show", "3", "--json").stdout)["body"] == body
    assert json.loads(run("search", "covid-19", "--json").stdout)[0]["title"] == HOSTILE_TITLE
    (row,) = csv.DictReader(io.StringIO(run("sql", QUERY, "--csv").stdout, newline=""))
    assert (row["title"], row["body"]) == (HOSTILE_TITLE, body)


def test_html_is_escaped_in_an_html_table(run):
    text = run("sql", QUERY, "--fmt", "html").stdout
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
