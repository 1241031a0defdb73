import csv
import io
import json
import re

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.cli import output as output_module
from corpus_db.cli.output import Output, dumps
from corpus_db.cli.tables import fitted, fitting, table_lines
from corpus_db.cli.terminal import (
    MARK_END,
    MARK_START,
    broken,
    cut,
    cut_before,
    marked,
    padded,
    printable_line,
    printable_lines,
    width,
    wrapped,
)

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069]")
TEXT = st.text(st.one_of(st.characters(), st.sampled_from("\x1b\x9b\u202e\u0085\x00\r\n\t中é́«")), max_size=40)


@given(TEXT)
def test_no_control_character_is_left_in_a_line(text):
    assert not CONTROL.search(printable_line(text))


@given(TEXT)
def test_of_control_characters_only_line_breaks_and_tabs_are_left_in_lines(text):
    assert set(CONTROL.findall(printable_lines(text))) <= {"\n", "\t"}


def test_what_cannot_be_printed_is_shown_as_its_escape():
    assert printable_line("a\x1b[2J\x9b\u202eb\U000e0041") == "a\\x1b[2J\\x9b\\u202eb\\U000e0041"
    assert printable_lines("a\r\nb\rc\td") == "a\nb\\x0dc\td"
    assert printable_line("  a\n\n b\u2028c ") == "a b c"


@given(TEXT, st.integers(2, 30))
def test_cut_text_has_room(text, cells):
    line = printable_line(text)
    shorter = cut(line, cells)
    assert width(shorter) <= cells
    assert shorter == line or shorter.endswith("…")
    assert width(padded(shorter, cells)) == cells


@given(TEXT, st.integers(2, 30))
def test_cut_before_keeps_the_end(text, cells):
    line = printable_line(text)
    shorter = cut_before(line, cells)
    assert width(shorter) <= cells
    assert shorter == line or (shorter[0] == "…" and line.endswith(shorter[1:]))


def test_columns_that_do_not_fit_are_left_out_from_the_right():
    assert fitting(["a", "b", "c"], [["x" * 50, "y", "z" * 5]], 40) == 3
    assert fitting(["a" * 20] * 6, [], 40) == 3
    assert fitting(["a" * 200], [], 4) == 1
    assert fitting(["a" * 20] * 6, [], None) == 6


def test_wide_and_combining_characters_count_as_they_show():
    assert [width(text) for text in ("abc", "贸易", "e\u0301", "")] == [3, 4, 1, 0]
    assert cut("贸易谈判", 5) == "贸易…"
    assert cut("贸易谈判", 4) == "贸…"
    assert padded("贸", 4) == "贸  "
    assert padded("7", 3, right=True) == "  7"


def test_marks_take_no_room():
    assert width(f"{MARK_START}贸{MARK_END}") == 2


@given(st.lists(st.text("ab贸", min_size=1, max_size=8), max_size=20), st.integers(16, 40))
def test_wrapped_lines_have_room_and_every_word(words, cells):
    lines = wrapped(" ".join(words), cells)
    assert " ".join(lines) == " ".join(words)
    assert all(width(line) <= cells for line in lines)


@given(st.text("ab贸 \n", max_size=120), st.integers(8, 20), st.integers(0, 8))
def test_broken_text_keeps_every_character_where_it_was(text, cells, used):
    lines = broken(text, cells, used)
    assert len(lines) == len(text)
    assert {(a, b) for a, b in zip(text, lines, strict=True) if a != b} <= {(" ", "\n")}
    room = (cells - (0 if number else used) for number, _ in enumerate(lines.split("\n")))
    assert all(
        width(line) <= free or " " not in line for line, free in zip(lines.split("\n"), room, strict=True)
    )


def test_a_table_is_aligned():
    assert table_lines(["name", "n"], [["贸易", 5], ["é", None], ["abc", 1000]], None) == [
        "name     n",
        "----  ----",
        "贸易     5",
        "é",
        "abc   1000",
    ]


@given(
    st.lists(st.tuples(TEXT, TEXT, st.integers()), min_size=1, max_size=5),
    st.integers(40, 120),
)
@settings(max_examples=60)
def test_a_table_fits_the_terminal(rows, cells):
    assert all(width(line) <= cells for line in table_lines(["one", "two", "three"], rows, cells))


def test_the_widest_columns_give_way():
    assert fitted([5, 50, 20], 45) == [5, 20, 20]
    assert fitted([5, 50, 60], 45) == [5, 20, 20]
    assert fitted([30, 30], 10) == [10, 10]
    assert fitted([3, 4], 100) == [3, 4]


VALUES = st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), TEXT)
ROWS = st.lists(st.tuples(VALUES, VALUES), max_size=4)


@given(ROWS, st.sampled_from([Output(json=True), Output(json=True, ascii=True), Output(nl=True)]))
def test_json_reads_back_unchanged_and_holds_nothing_that_a_terminal_would_obey(rows, output):
    text = "\n".join(output_module.json_lines(["a", "b"], rows, output))
    read = [json.loads(line) for line in text.splitlines()] if output.nl else json.loads(text)
    assert read == [{"a": a, "b": b} for a, b in rows]
    assert set(CONTROL.findall(text)) <= {"\n"}


@given(ROWS)
def test_csv_reads_back_unchanged(rows):
    stream = io.StringIO(newline="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", stream)
        output_module.write_csv(["a", "b"], rows, Output(csv=True))
    read = list(csv.reader(io.StringIO(stream.getvalue(), newline="")))
    assert read == [["a", "b"], *([("" if value is None else str(value)) for value in row] for row in rows)]


def test_csv_on_a_terminal_shows_escapes(monkeypatch, capsys):
    monkeypatch.setattr(output_module, "is_terminal", lambda: True)
    output_module.write_csv(["a"], [["x\x1b[2Jy\nz"]], Output(csv=True))
    assert capsys.readouterr().out == 'a\r\n"x\\x1b[2Jy\nz"\r\n'


def test_formats_of_sqlite_utils(run):
    columns, rows = ["id", "id", "t"], [(1, 2, "é"), (3, 4, b"\x00")]

    def written(**options):
        @click.command()
        def command():
            output_module.write_rows(columns, rows, Output(**options))

        from click.testing import CliRunner

        return CliRunner().invoke(command).stdout

    second = '{"$base64": true, "encoded": "AA=="}'
    assert (
        written(json=True) == f'[{{"id": 1, "id_2": 2, "t": "é"}},\n {{"id": 3, "id_2": 4, "t": {second}}}]\n'
    )
    assert written(nl=True, arrays=True, ascii=True) == f'[1, 2, "\\u00e9"]\n[3, 4, {second}]\n'
    assert written(tsv=True).splitlines()[0] == "id\tid\tt"
    assert written(table=True, no_headers=True).splitlines() == ["1  2  é", "3  4  (1 bytes)"]
    assert written(fmt="github").splitlines()[2].split() == ["|", "1", "|", "2", "|", "é", "|"]


def test_an_unknown_table_format_lists_the_known_ones(run):
    error = run("people", "--fmt", "unsafehtml", status=2).stderr
    assert "--fmt unsafehtml: no such table format. One of: " in error
    assert " html," in error


@pytest.mark.parametrize(
    "options", [["--json", "--csv"], ["--nl", "--tsv"], ["--csv", "--tsv"], ["-t", "--json"]]
)
def test_formats_exclude_each_other(run, options):
    assert "exclude each other." in run("people", *options, status=2).stderr


def test_marks_are_signs_in_a_pipe_and_colour_on_a_terminal(monkeypatch):
    text = f"a {MARK_START}b{MARK_END} c"
    assert marked(text) == "a «b» c"
    monkeypatch.setattr("corpus_db.cli.terminal.is_terminal", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert marked(text) == "a \x1b[1;31mb\x1b[0m c\x1b[0m"
    assert marked(text, signs=True) == "a «b» c"
    monkeypatch.setenv("NO_COLOR", "1")
    assert marked(text) == "a «b» c"


def test_json_is_ascii_where_standard_output_is_not_utf_8(monkeypatch):
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="latin-1"))
    assert dumps({"a": "贸"}) == '{"a": "\\u8d38"}'
