"""`corpus-db profile` and the options of import that say how files are laid out."""

from __future__ import annotations

import tomllib

from support import rows

TEXT = "The old bridge was closed on Monday, said the mayor.\n"


def test_a_profile_is_proposed_as_toml_and_then_tried(run, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(
            f"Kopfsatz: Bridge {number} is closed\nDruck: 1{number}.3.2001\n\n{TEXT}"
        )
    proposed = run("profile", str(folder)).stdout
    assert tomllib.loads(proposed)["labels"] == {"title": "Kopfsatz", "date": "Druck"}
    assert "# 4 of 4 articles in 4 files would match it." in proposed
    (folder / "corpus-db.toml").write_text(proposed)
    assert run("profile", str(folder)).stdout == "# 4 of 4 articles in 4 files match it.\n"
    (folder / "new.txt").write_text(TEXT)
    tried = run("profile", str(folder), status=1).stdout
    assert "#   new.txt: does not match corpus-db.toml: no title, no date\n" in tried


def test_import_says_what_does_not_match(run, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "corpus-db.toml").write_text('[labels]\ntitle = "Kopfsatz"\n')
    (folder / "a.txt").write_text(TEXT)
    db = str(tmp_path / "c.db")
    report = run("import", str(folder), "--db", db).stdout
    assert "Please look at:\n  in/a.txt: does not match in/corpus-db.toml: no title\n" in report
    assert rows(db, "SELECT outcome, reason FROM documents WHERE path = 'in/a.txt'") == [
        ("article", "does not match in/corpus-db.toml: no title")
    ]


def test_a_map_and_a_profile_for_one_import(run, tmp_path):
    (tmp_path / "a.csv").write_text("regel,stuk\nA bridge,It opened.\n")
    (tmp_path / "p.toml").write_text('[defaults]\npublisher = "The Paper"\n')
    db = str(tmp_path / "c.db")
    options = ["--map", "title=regel", "--map", "body=stuk", "--profile", str(tmp_path / "p.toml")]
    run("import", str(tmp_path / "a.csv"), "--db", db, *options)
    assert rows(db, "SELECT title, body, publisher FROM articles") == [
        ("A bridge", "It opened.", "The Paper")
    ]
    assert "Nothing to do" in run("import", str(tmp_path / "a.csv"), "--db", db, *options).stdout


def test_what_is_wrong_with_a_map_or_a_profile_is_one_line(run, tmp_path):
    (tmp_path / "a.csv").write_text("title,text\nA,b\n")
    (tmp_path / "p.toml").write_text("titel = 1\n")
    for options, words in (
        (("--map", "titel=x"), "--map titel=x: no such field: titel; known are title, date"),
        (("--profile", str(tmp_path / "p.toml")), "p.toml: no such key: titel; known are files"),
        (("--profile", str(tmp_path / "no.toml")), "no.toml: no such file or directory"),
    ):
        result = run("import", str(tmp_path / "a.csv"), "--db", str(tmp_path / "c.db"), *options, status=2)
        assert words in result.stderr
        assert result.stderr.count("\n") == 1
        assert not (tmp_path / "c.db").exists()
