"""The click command: what it hands on, what it prints, and its exit status. The import has its own tests."""

import json

import pytest

from corpus_db.cli import import_command as command
from corpus_db.errors import DatabaseBusy, NothingToImport
from corpus_db.report import Problem, Progress, Report

FIRST = Report(files_read=3, files_new=3, documents=4, articles=2, duplicates=1, rejected=1,
    problems=(Problem("b\x1b.jsonl", "line 2", "rejected", "not JSON"),), reasons=(("not JSON", 1),))  # fmt: skip


@pytest.fixture
def importing(run, monkeypatch):
    """Run the command with an import that only notes its arguments, and returns or raises what it is told."""
    calls = []

    def importing(*arguments, result=FIRST, status=0):
        def fake(paths, db, **options):
            calls.append((paths, db, options))
            if isinstance(result, BaseException):
                raise result
            return result

        monkeypatch.setattr("corpus_db.pipeline.import_corpus", fake)
        return run("import", *arguments, status=status)

    importing.calls = calls
    return importing


def test_the_report_says_what_became_of_everything(importing, db):
    assert importing("in", status=1).stdout == (
        "Read 3 files: 4 pieces\n"
        "          2  articles\n"
        "          1  duplicate of an article\n"
        "          1  rejected\n"
        "\n"
        "Not taken in:\n"
        "  b\\x1b.jsonl (line 2): not JSON\n"
        "\n"
        f"{db} holds 6 articles, 8 people and 7 countries.\n"
        "Next: corpus-db search WORDS, corpus-db people, corpus-db show NAME, corpus-db serve\n"
    )


def test_what_may_not_be_read_is_for_the_report_and_does_not_stop_the_rest(importing, tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_, **__: False)
    importing(str(tmp_path), "in", status=1)
    assert importing.calls[-1][0] == (str(tmp_path), "in")


def test_a_second_import_says_that_nothing_changed(importing):
    assert importing("in", result=Report(files_unchanged=5)).stdout.startswith(
        "Nothing to do: 5 files, all as they were imported.\n"
    )


def test_changes_are_told_from_what_was_left_alone(importing):
    report = Report(files_read=3, files_new=1, files_changed=2, files_unchanged=1, documents=3, articles=3)
    assert importing("in", result=report).stdout.startswith(
        "Read 3 files (1 new, 2 changed; 1 unchanged left alone): 3 pieces\n          3  articles\n"
    )


def test_vanished_files_are_reported_and_pruned_on_request(importing):
    stay = importing("in", result=Report(files_unchanged=1, files_vanished=2)).stdout
    assert "2 imported files vanished from disk and stay in the database; --prune takes them out.\n" in stay
    gone = importing("in", "--prune", result=Report(files_vanished=1, files_removed=1)).stdout
    assert "1 vanished file taken out of the database.\n" in gone
    assert importing.calls[-1][2]["prune"] is True


def test_what_was_rejected_before_is_not_forgotten(importing):
    result = importing("in", result=Report(files_unchanged=1, rejected_before=2), status=1)
    assert "2 pieces of unchanged files stay rejected.\n" in result.stdout
    assert "corpus-db documents --outcome rejected --outcome empty" in result.stdout


def test_each_reason_is_named_once_with_how_often(importing):
    problems = tuple(Problem("a", f"line {n}", "empty", "nothing in it") for n in range(30))
    report = Report(documents=30, empty=30, problems=problems, reasons=(("nothing in it", 30),))
    text = importing("in", result=report).stdout
    assert "  a (line 0) and 29 more: nothing in it\nAll of them, with reasons: corpus-db documents " in text


def test_many_reasons_are_cut_short(importing):
    problems = tuple(Problem("a", None, "rejected", f"reason {n}") for n in range(30))
    reasons = tuple((problem.reason, 1) for problem in problems)
    report = Report(documents=50, rejected=50, problems=problems, reasons=reasons)
    text = importing("in", result=report, status=1).stdout
    assert text.count("  a: reason ") == command.REASONS_SHOWN
    assert "  and 40 more for other reasons\n" in text


def test_a_report_that_does_not_balance_is_a_defect(importing):
    assert "do not add up" in importing("in", result=Report(documents=2, articles=1, files_read=1)).stdout


def test_empty_pieces_are_no_failure(importing):
    importing("in", result=Report(files_read=1, files_new=1, documents=1, empty=1), status=0)


def test_json_and_quiet(importing):
    assert json.loads(importing("in", "--json", status=1).stdout)["problems"][0]["part"] == "line 2"
    result = importing("in", "--quiet", status=1)
    assert (result.stdout, result.stderr) == ("", "")


def test_arguments_reach_the_library(importing, db):
    importing(
        "a", "b c", "--recogniser", "x", "--wait", "1.5", "--map", "title=h", "--profile", "p", status=1
    )
    paths, path, options = importing.calls[-1]
    assert (tuple(paths), path) == (("a", "b c"), db)
    assert options.pop("jobs") >= 1
    assert options == {
        "prune": False,
        "recogniser": "x",
        "progress": None,
        "wait": 1.5,
        "columns": ("title=h",),
        "profile": "p",
    }


@pytest.mark.parametrize("error", [NothingToImport("no such file: x"), DatabaseBusy("another import runs")])
def test_what_stops_an_import_is_one_line(importing, error):
    result = importing("in", result=error, status=2)
    assert (result.stdout, result.stderr) == ("", f"Error: {error}\n")


def test_an_interrupted_import_says_what_to_do(importing):
    result = importing("in", result=KeyboardInterrupt(), status=130)
    assert result.stderr == "Interrupted. The database is sound; run the same command again to complete it.\n"


def test_the_next_commands_name_the_database_that_was_made(importing, tmp_path, db):
    (tmp_path / "my news.db").symlink_to(db)
    path = str(tmp_path / "my news.db")
    assert f"corpus-db serve (each with --db '{path}')\n" in importing("in", "--db", path, status=1).stdout


def test_a_path_is_needed(run):
    assert "Missing argument 'PATH...'" in run("import", status=2).stderr


@pytest.mark.parametrize("wait", ["-1", "nan", "inf", "soon"])
def test_seconds_to_wait(run, wait):
    assert f"'{wait}' is no number of seconds." in run("import", "in", f"--wait={wait}", status=2).stderr


def test_the_counter_on_a_terminal():
    line = command.Counter.line(Progress(1200, None, 34567, 8_900_000, None), 10.0)
    assert line == "1,200 files · 34,567 articles · 8.9 MB · 3,457 articles a second"
    assert command.Counter.line(Progress(1, 2, 0, 0, 0), 0.5) == "1 of 2 files · 0 articles · 0.0 MB"


def test_the_counter_does_not_flicker(capsys):
    counter = command.Counter()
    for number in range(100):
        counter(Progress(number, None, 0, 0, None))
    assert capsys.readouterr().err.count("\r") < 100


def test_articles_in_other_languages_are_counted(importing):
    report = Report(
        files_read=1, files_new=1, documents=13, articles=13, unread_languages={"es": 12, "zh": 1}
    )
    lines = importing("in", result=report).stdout.splitlines()
    assert "12 articles in Spanish: stored and searchable, people and countries not looked for." in lines
    assert "1 article in Chinese: stored and searchable, people and countries not looked for." in lines
