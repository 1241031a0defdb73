"""Dates in words from import to table: stored with their evidence, and counted anew when a date is settled."""

import json

from support import content, healthy, rows

from corpus_db import import_corpus

VALUES = "SELECT d.text, d.value, d.anchor, d.rule FROM dates d JOIN articles a ON a.id = d.article_id ORDER BY a.title, d.start"


def write(path, title, date, body):
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"Title : {title}\nDate : {date}\n\n{body}\n")


def test_dates_stand_with_their_sentence(tmp_path):
    db = tmp_path / "corpus.db"
    write(
        tmp_path / "in" / "a.txt",
        "Council to meet on Thursday",
        "2020-06-17",
        "OSTBY, June 16 (EPN) -- The council met on Monday. It was late.",
    )
    import_corpus([tmp_path / "in"], db)
    assert rows(
        db, "SELECT value, text, field, sentence FROM dates_in_context ORDER BY field DESC, start"
    ) == [
        ("2020-06-18", "Thursday", "title", "Council to meet on Thursday"),
        ("2020-06-16", "June 16", "body", "OSTBY, June 16 (EPN) -- The council met on Monday."),
        ("2020-06-15", "Monday", "body", "OSTBY, June 16 (EPN) -- The council met on Monday."),
    ]
    sql = """SELECT count(*), sum(substr(CASE field WHEN 'title' THEN title ELSE body END, start + 1, "end" - start) = text)
        FROM dates d JOIN articles a ON a.id = d.article_id"""
    assert rows(db, sql) == [(3, 3)]
    assert healthy(db)


def test_a_changed_or_removed_article_drops_its_dates(tmp_path):
    db = tmp_path / "corpus.db"
    write(tmp_path / "in" / "a.txt", "A", "2020-06-17", "The council met on Monday.")
    write(tmp_path / "in" / "b.txt", "B", "2020-06-17", "The council met on Tuesday.")
    import_corpus([tmp_path / "in"], db)
    write(tmp_path / "in" / "a.txt", "A", "2020-06-17", "The council meets tomorrow.")
    (tmp_path / "in" / "b.txt").unlink()
    import_corpus([tmp_path / "in"], db, prune=True)
    assert rows(db, VALUES) == [("tomorrow", "2020-06-18", "published", "relative day")]
    assert healthy(db)


def test_dates_are_counted_anew_when_the_corpus_settles_the_order_of_day_and_month(tmp_path):
    """03/04/2020 is the year 2020 until a neighbour says 25/04/2020; then it is a Friday in April."""
    db = tmp_path / "corpus.db"
    write(tmp_path / "in" / "a.txt", "A", "03/04/2020", "The council met on Monday and last month.")
    import_corpus([tmp_path / "in" / "a.txt"], db)
    assert [value for _, value, _, _ in rows(db, VALUES)] == [None, None]
    write(tmp_path / "in" / "b.txt", "B", "25/04/2020", "It rained.")
    import_corpus([tmp_path / "in"], db)
    assert [value for _, value, _, _ in rows(db, VALUES)] == ["2020-03-30", "2020-03"]
    import_corpus([tmp_path / "in"], tmp_path / "whole.db")
    assert content(db)["dates"] == content(tmp_path / "whole.db")["dates"]
    (tmp_path / "in" / "b.txt").unlink()
    import_corpus([tmp_path / "in"], db, prune=True)
    assert [value for _, value, _, _ in rows(db, VALUES)] == [None, None]
    assert healthy(db)


def test_other_languages_are_left_alone(tmp_path):
    body = "La alcaldesa visitó el lunes 5 de mayo el puerto, donde los pescadores esperan desde hace meses una respuesta del gobierno, and said on Monday nothing."
    (tmp_path / "in.jsonl").write_text(json.dumps({"title": "t", "body": body, "date": "2020-06-16"}))
    import_corpus([tmp_path / "in.jsonl"], tmp_path / "corpus.db")
    assert rows(
        tmp_path / "corpus.db", "SELECT text_language, (SELECT count(*) FROM dates) FROM articles"
    ) == [("es", 0)]
