"""A date in numbers alone is read as the others of its layout are, whatever the order of imports."""

import itertools
import json

import pytest

from corpus_db.pipeline import import_corpus
from corpus_db.store.check import check
from corpus_db.store.database import open_database
from tests.support import content, rows

BODY = "The old bridge over the river was opened again, said Ann Lee of Lima. Number {}."


def text(number, date, label="Date"):
    return f"Title: Bridge {number}\n{label}: {date}\n\n{BODY.format(number)}"


def write(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data, encoding="utf-8")
    return folder


def published(db):
    return dict(
        rows(db, "SELECT d.path, a.published FROM articles a JOIN documents d ON d.id = a.document_id")
    )


@pytest.mark.parametrize(
    ("settling", "value"),
    [("25/04/2020", "2020-04-03"), ("04/25/2020", "2020-03-04"), ("2020-04-25", "2020")],
)
def test_the_other_dates_of_a_folder_settle_the_order(tmp_path, settling, value):
    write(tmp_path / "in", {"a.txt": text(1, "03/04/2020"), "b.txt": text(2, settling)})
    import_corpus([tmp_path / "in"], tmp_path / "c.db")
    assert published(tmp_path / "c.db")["in/a.txt"] == value


def test_a_time_stays_with_the_reading(tmp_path):
    write(tmp_path / "in", {"a.txt": text(1, "03/04/2020 10:15"), "b.txt": text(2, "25/04/2020 11:20")})
    import_corpus([tmp_path / "in"], tmp_path / "c.db")
    assert published(tmp_path / "c.db")["in/a.txt"] == "2020-04-03T10:15"


def test_a_midnight_that_a_program_wrote_is_in_no_reading(tmp_path):
    table = (
        f"title;date;body\nA;03/04/2020 00:00:00;{BODY.format(1)}\nB;25/04/2020 00:00:00;{BODY.format(2)}\n"
    )
    write(tmp_path / "in", {"a.csv": table})
    import_corpus([tmp_path / "in"], tmp_path / "c.db")
    dates = rows(tmp_path / "c.db", "SELECT published FROM articles ORDER BY title")
    assert dates == [("2020-04-03",), ("2020-04-25",)]


def test_dates_that_contradict_each_other_settle_nothing(tmp_path):
    files = {"a.txt": text(1, "03/04/2020"), "b.txt": text(2, "25/04/2020"), "c.txt": text(3, "04/25/2020")}
    import_corpus([write(tmp_path / "in", files)], tmp_path / "c.db")
    assert published(tmp_path / "c.db")["in/a.txt"] == "2020"
    readings = rows(
        tmp_path / "c.db",
        "SELECT month_first, day_first, used_order FROM date_readings WHERE stated_order IS NULL",
    )
    assert readings == [("2020-03-04", "2020-04-03", None)]


def test_another_layout_and_another_folder_do_not_count(tmp_path):
    files = {
        "a/1.txt": text(1, "03/04/2020"),
        "a/2.txt": text(2, "25/04/2020", "Published"),
        "b/3.txt": text(3, "25/04/2020"),
    }
    import_corpus([write(tmp_path / "in", files)], tmp_path / "c.db")
    assert published(tmp_path / "c.db")["in/a/1.txt"] == "2020"


def test_folders_by_year_settle_each_other(tmp_path):
    files = {
        f"{year}/{n}.txt": text(n, f"{20 + n}/04/{year}") for n, year in ((1, 2018), (2, 2019), (3, 2020))
    }
    files["2021/9.txt"] = text(9, "03/04/2021")
    import_corpus([write(tmp_path / "in", files)], tmp_path / "c.db")
    assert published(tmp_path / "c.db")["in/2021/9.txt"] == "2021-04-03"


def test_the_rows_of_a_table_settle_each_other(tmp_path):
    table = "title,date,text\n" + "".join(
        f"T{n},{date},{BODY.format(n)}\n" for n, date in enumerate(("03/04/2020", "04/25/2020"))
    )
    import_corpus(
        [
            write(
                tmp_path / "in", {"t.csv": table, "a.csv": table.replace("04/25", "25/04").replace("T", "S")}
            )
        ],
        tmp_path / "c.db",
    )
    assert rows(
        tmp_path / "c.db", "SELECT title, published FROM articles WHERE title IN ('T0', 'S0') ORDER BY title"
    ) == [("S0", "2020-04-03"), ("T0", "2020-03-04")]


def test_the_order_of_imports_does_not_matter_and_a_later_one_settles_an_earlier(tmp_path):
    write(
        tmp_path / "in",
        {"a.txt": text(1, "03/04/2020"), "b.txt": text(2, "25/04/2020"), "c.txt": text(3, "05/06/2020")},
    )
    contents = []
    for number, names in enumerate(itertools.permutations("abc")):
        db = tmp_path / f"{number}.db"
        for name in names:
            import_corpus([tmp_path / "in" / f"{name}.txt"], db)
        contents.append(content(db))
        with open_database(db) as connection:
            assert check(connection) == []
    import_corpus([tmp_path / "in"], tmp_path / "all.db")
    assert all(found == content(tmp_path / "all.db") for found in contents)
    people = rows(tmp_path / "all.db", "SELECT name, first_published, last_published FROM people")
    assert people == [("Ann Lee", "2020-04-03", "2020-06-05")]


def test_a_file_that_goes_takes_its_evidence_with_it(tmp_path):
    folder = write(tmp_path / "in", {"a.txt": text(1, "03/04/2020"), "b.txt": text(2, "25/04/2020")})
    import_corpus([folder], tmp_path / "c.db")
    (folder / "b.txt").unlink()
    import_corpus([folder], tmp_path / "c.db", prune=True)
    assert published(tmp_path / "c.db") == {"in/a.txt": "2020"}


def test_rival_dates_are_kept_with_their_origin(tmp_path):
    header = "Title: Bridge\nLoad date: 2021-01-01\nDate: 2020-05-02\nUpdated: 2027-08-09\nURL: http://news.example/2020/05/01/a\n\n"
    write(tmp_path / "in", {"04May2020x.txt": header + BODY})
    import_corpus([tmp_path / "in"], tmp_path / "c.db")
    assert rows(tmp_path / "c.db", "SELECT value, origin, label, is_published FROM article_dates") == [
        ("2020-05-02", "header", None, 1), ("2020-05-01", "url", None, 0), ("2027-08-09", "header", "updated", 0),
        ("2020-05-04", "filename", None, 0), ("2021-01-01", "header", "load date", 0),
    ]  # fmt: skip
    assert (
        json.loads(rows(tmp_path / "c.db", "SELECT metadata FROM articles")[0][0])["other_dates"][1]["label"]
        == "updated"
    )
