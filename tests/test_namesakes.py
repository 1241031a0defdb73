"""Two people of one name in a database: whichever way the articles came."""

import json

import pytest
from click.testing import CliRunner
from support import content, rows

from corpus_db import import_corpus
from corpus_db.cli import main
from corpus_db.store import check
from corpus_db.store.database import open_database

MAYOR = [
    "Limerick Council met on Tuesday. Mayor John Smith told Una Corrigan of the Shannon Board that Munster Housing had failed. Smith blamed Dublin and Fianna Delaney.",
    "In Limerick, Mayor John Smith opened the Shannon Bridge with Una Corrigan and the Munster Housing Trust. Smith thanked the Limerick Council.",
    "Una Corrigan left the Shannon Board. Mayor John Smith of Limerick said that Munster Housing had lost a friend. Fianna Delaney follows her.",
]
STRIKER = [
    "Rovers striker John Smith scored twice at Ballantyne Park. Zbigniew Kowalczyk praised Smith after the Premier Trophy match with Okonjo United.",
    "Zbigniew Kowalczyk will play beside John Smith when Rovers meet Okonjo United at Ballantyne Park. Smith missed the Premier Trophy final.",
    "The Premier Trophy went to Okonjo United. John Smith of Rovers wept at Ballantyne Park, and Zbigniew Kowalczyk with Smith.",
]
RARE = ["Jyrki Vanhanen spoke in Turku about ships.", "Rovers signed Jyrki Vanhanen at Ballantyne Park."]
FILES = {
    f"{kind}{n}.txt": text
    for kind, texts in (("m", MAYOR), ("s", STRIKER), ("r", RARE))
    for n, text in enumerate(texts)
}
PEOPLE = "SELECT label, article_count FROM people WHERE name = 'John Smith' ORDER BY label"


def write(folder, names=FILES):
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(FILES[name] + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    folder = tmp_path_factory.mktemp("namesakes")
    import_corpus([write(folder / "in")], folder / "corpus.db")
    return folder / "corpus.db"


def healthy(db):
    connection = open_database(db)
    findings = check.check(connection)
    connection.close()
    return findings == []


def test_two_people_of_one_name_are_two_with_a_description_each(db):
    found = rows(db, PEOPLE)
    assert [count for _, count in found] == [3, 3]
    assert found[0][0].startswith("John Smith (Mayor")
    assert found[1][0].startswith("John Smith (")
    assert rows(db, "SELECT count(*) FROM people WHERE name = 'Jyrki Vanhanen' AND description IS NULL") == [
        (1,)
    ]
    assert rows(db, "SELECT label FROM people WHERE name = 'Una Corrigan'") == [("Una Corrigan",)]
    assert healthy(db)


def test_mentions_go_to_the_right_one_of_them(db):
    sql = """
        SELECT DISTINCT d.path, p.label FROM mentions m JOIN people p ON p.id = m.person_id
        JOIN documents d ON d.article_id = m.article_id WHERE m.text IN ('John Smith', 'Smith')
    """
    by_kind = {}
    for path, label in rows(db, sql):
        by_kind.setdefault(path[3], set()).add(label)
    assert len(by_kind["m"]) == len(by_kind["s"]) == 1
    assert by_kind["m"] != by_kind["s"]


def test_the_order_of_import_does_not_matter(db, tmp_path):
    for number, order in enumerate(
        (sorted(FILES), sorted(FILES, reverse=True), sorted(FILES, key=lambda n: n[1]))
    ):
        write(tmp_path / str(number) / "in")
        for name in order:
            import_corpus([tmp_path / str(number) / "in" / name], tmp_path / str(number) / "corpus.db")
        assert content(tmp_path / str(number) / "corpus.db") == content(db)
        assert healthy(tmp_path / str(number) / "corpus.db")


def test_articles_that_go_leave_one_person(tmp_path):
    folder, db = write(tmp_path / "in"), tmp_path / "corpus.db"
    import_corpus([folder], db)
    for name in FILES:
        if name.startswith("s"):
            (folder / name).unlink()
    import_corpus([folder], db, prune=True)
    only = tmp_path / "only"
    import_corpus([write(only / "in", [n for n in FILES if not n.startswith("s")])], only / "corpus.db")
    assert rows(db, PEOPLE) == [("John Smith", 3)]
    assert content(db) == content(only / "corpus.db")
    assert healthy(db)


def test_the_person_of_most_articles_keeps_the_number(tmp_path):
    folder, db = tmp_path / "in", tmp_path / "corpus.db"
    import_corpus([write(folder, ["m0.txt", "m1.txt", "m2.txt"])], db)
    (before,) = rows(db, "SELECT id FROM people WHERE name = 'John Smith'")
    import_corpus([write(folder, ["s0.txt", "s1.txt"])], db)
    assert rows(db, "SELECT id FROM people WHERE name = 'John Smith' AND article_count = 3") == [before]


def test_show_tells_which_articles_and_why_they_are_two(db):
    run = CliRunner().invoke(main, ["show", "John Smith", "--db", str(db)])
    assert run.exit_code == 2
    assert "say which" in run.output
    (key,) = rows(db, "SELECT id FROM people WHERE label LIKE 'John Smith (Mayor%'")[0]
    shown = CliRunner().invoke(main, ["show", "--person", str(key), "--why", "--json", "--db", str(db)])
    assert shown.exit_code == 0, shown.output
    why = json.loads(shown.output)["why"]
    assert [name["rule"] for name in why["names"]] == ["several-people"]
    assert all("Una Corrigan" in article["shared"] for article in why["articles"])
    assert "Zbigniew Kowalczyk" in why["namesakes"][0]["marks_of_namesake"]
    assert "Una Corrigan" in why["namesakes"][0]["marks"]
    drawn = CliRunner().invoke(main, ["show", "--person", str(key), "--why", "--db", str(db)])
    assert "Why others of the name are others" in drawn.output
    evidence = rows(db, f"SELECT count(*), count(shared) FROM person_evidence WHERE person_id = {key}")
    assert evidence == [(3, 3)]
    assert len(rows(db, f"SELECT * FROM namesakes_named WHERE person_id = {key}")) == 1


def test_a_bare_name_that_both_bear_stays_open(tmp_path):
    folder = write(tmp_path / "in")
    (folder / "bare.txt").write_text("Smith said nothing. It rained on everybody.\n", encoding="utf-8")
    import_corpus([folder], tmp_path / "corpus.db")
    sql = "SELECT rule, person_id FROM person_names WHERE name = 'Smith'"
    assert rows(tmp_path / "corpus.db", sql) == [("several-bearers", None)]


def test_a_name_over_a_line_break_is_no_form_of_its_own(tmp_path):
    lines = [
        "The harbour of the town will be closed for a month, said the minister Margaret",
        "Holloway on Tuesday after a long meeting with the owners of the boats and the",
        "fishermen, who had asked for more time. In the evening the minister Margaret",
        "Holloway spoke again before the council of the town and then went home by boat,",
        "which pleased the fishermen. The owners of the boats were not there to see it.",
    ]
    body = "\n".join(lines)
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": "1", "title": "A talk", "body": body}), encoding="utf-8")
    import_corpus([source], tmp_path / "corpus.db")
    assert rows(tmp_path / "corpus.db", "SELECT alias, mention_count FROM people_aliases") == [
        ("Margaret Holloway", 2)
    ]
