"""Laws of `find`: offsets, order, no overlap; the same whatever else is in the batch and whatever the hash seed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from importlib import resources

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.models import PersonSpan, Text
from corpus_db.recognition.countries import country_table, describe_place, find, resolve_place

WORDS = [
    "Peru",
    "China's",
    "Georgia",
    "Paris,",
    "Texas",
    "London",
    "Ontario",
    "U.S.",
    "US-led",
    "the",
    "of",
    "in",
]
WORDS += [
    "said",
    "Mr.",
    "Jordan",
    "New",
    "York",
    "NEW",
    "ZEALAND",
    "Korean",
    "Guinea-Bissau",
    "(Lima)",
    "BEIJING,",
]
WORDS += [
    "“Quito”",
    "São",
    "Paulo\n",
    "St.",
    "Louis,",
    "Mo.",
    "Congo",
    "Washington",
    "D.C.",
    "é",
    "中",
    "\xa0",
]
BODIES = st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=30).map(" ".join)


@given(BODIES, st.none() | BODIES)
@settings(max_examples=150, deadline=None)
def test_spans_are_exact_in_order_and_apart(body: str, title: str | None) -> None:
    codes = {record.code for record in country_table()}
    last = ("", 0)
    for span in find([Text(title, body)], [[]])[0]:
        field = body if span.field == "body" else title
        assert field is not None
        assert field[span.start : span.end] == span.text != ""
        here = "1" if span.field == "body" else "0", span.start
        assert here >= last
        last = here[0], span.end
        assert span.country_code is None or span.country_code in codes
        assert 0 <= span.confidence <= 1
        assert (span.place is not None) == (
            span.kind in ("place", "dateline") and span.country_code is not None
        )


@given(st.lists(BODIES, max_size=4), BODIES)
@settings(max_examples=40, deadline=None)
def test_an_articles_spans_do_not_depend_on_its_neighbours(others: list[str], body: str) -> None:
    alone = find([Text(None, body)], [[]])[0]
    batch = [Text(None, text) for text in [*others, body, *others]]
    assert find(batch, [[] for _ in batch])[len(others)] == alone


@given(BODIES, st.integers(0, 60), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_nothing_inside_a_longer_persons_name_is_found(body: str, start: int, length: int) -> None:
    """Where the whole name is a place's, both were weighed: a town is not lost to a doubtful person."""
    name = body[start : start + length]
    person = PersonSpan("body", start, start + len(name), name, "test", 1.0)
    for span in find([Text(None, body)], [[person]])[0]:
        apart = span.end <= person.start or span.start >= person.end
        assert apart or (span.start, span.end) == (person.start, person.end)


def test_the_same_whatever_the_hash_seed() -> None:
    program = (
        "from corpus_db.models import Text\n"
        "from corpus_db.recognition.countries import find\n"
        "text = 'Springfield and Richmond, Va., met Paris, London and the Congo; Korean envoys saw Georgia.'\n"
        "print(find([Text('RICHMOND WINS', text)], [[]]))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(said) == 1
    assert "Richmond" in said.pop()


def test_a_persons_span_that_ends_outside_its_text_hides_nothing_in_the_next_article() -> None:
    person = PersonSpan("body", 8, 90, "Jordan", "test", 1.0)
    texts = [Text("Peru", "Michael Jordan"), Text("Chile", "Peru met Chile.")]
    assert find(texts, [[person], []]) == [find([texts[0]], [[person]])[0], find([texts[1]], [[]])[0]]


def test_long_texts_are_read_in_parts_that_end_where_lines_do(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from corpus_db.recognition.countries import choose

    lines = [
        "Officials from South Korea met in Lima, Peru, on Monday.",
        "Paris, Texas, is far from Paris, France.",
    ]
    body = "\n\n".join(lines * 20)
    persons = [PersonSpan("body", body.index("Lima"), body.index("Lima") + 4, "Lima", "test", 1.0)]
    expected = find([Text(body, body)], [persons])
    monkeypatch.setattr(choose, "MAX_CHARACTERS", 300)
    monkeypatch.setattr(choose, "MAX_TOGETHER", 300)
    assert find([Text(body, body)], [persons]) == expected
    assert [span.text for span in expected[0]].count("South Korea") == 40
    unbroken = Text(None, "Peru, " * 200)
    assert len(find([unbroken], [[]])[0]) == 200


def test_letters_beyond_the_basic_plane_keep_offsets_exact() -> None:
    body = "\U0001f30d Peru \U0001f600\U0001f600 and Chile’s \U0001d400 Lima, Peru\U0001f30d"
    spans = find([Text(body, body)], [[]])[0]
    assert [span.text for span in spans] == ["Peru", "Chile", "Lima", "Peru"] * 2
    assert all(body[span.start : span.end] == span.text for span in spans)


def test_the_table_of_countries_is_whole() -> None:
    table = {record.code: record for record in country_table()}
    assert len(table) == len(country_table()) > 250
    assert table["KR"].name == "South Korea"
    assert table["CI"].name == "Ivory Coast"
    assert table["XK"].region == "Europe"
    assert table["EC"].subregion == "Latin America and the Caribbean"
    assert table["SUHH"].alpha3 == "SUN"
    assert all(record.name and record.region and len(record.alpha3) == 3 for record in table.values())
    assert all(-90 <= record.latitude <= 90 and -180 <= record.longitude <= 180 for record in table.values())
    assert abs(table["CN"].latitude - 36) < 3


def test_a_place_can_be_looked_up_by_its_name() -> None:
    assert resolve_place("BEIJING") == ("Beijing", "CN")
    assert resolve_place("Guaranda") == ("Guaranda", "EC")
    assert resolve_place("no such place") is None
    place = describe_place("Guaranda", "EC")
    assert place is not None
    assert abs(place.latitude + 1.6) < 0.2
    lima = describe_place("Lima", "PE")
    assert lima is not None
    assert "Lima" in lima.region
    assert describe_place("Guaranda", "PE") is None


def test_the_gazetteer_is_the_one_that_was_built_and_small() -> None:
    folder = resources.files("corpus_db.data").joinpath("countries")
    data = folder.joinpath("gazetteer.bin").read_bytes()
    assert folder.joinpath("gazetteer.sha256").read_text().split()[0] == hashlib.sha256(data).hexdigest()
    assert len(data) < 5_000_000
