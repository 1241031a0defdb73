"""What every recogniser of persons promises, run over the built-in one and spaCy where it is installed."""

from __future__ import annotations

import itertools
import os
import random
import re
import subprocess
import sys
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.errors import CorpusError
from corpus_db.models import PersonSpan, Text
from corpus_db.recognition import people

ARTICLES = [
    Text(
        "Moreau visits Lima: Quispe",
        "LIMA, May 3 (Agency) -- Élodie Moreau met Rosa Quispe. Moreau smiled.",
        (0, 24),
    ),
    Text(
        None, "Tan Weiming said he would resign. Tan, 54, is a lawyer from Penang.\n\nHe thanked Mr. Okafor."
    ),
    Text("PRESIDENT TAN WEIMING RESIGNS", "It was over for Tan Weiming on Monday."),
    Text(None, ""),
    Text("", " \n\n\t "),
    Text(None, "no capitals, 42 numbers; nothing — at all…"),
    Text(
        None, "Budget talks\nIngrid Solheim-Haugen\nOSLO\nThe Finance Ministry said Solheim-Haugen had left."
    ),
    Text(None, "İstanbul'da Ay\u0307şe Yılmaz 😀 met Zoë O’Neill’s aunt, Dr. Maeve O’Neill."),
]


def spacy() -> people.PersonRecogniser:
    """Some installed pipeline of spaCy, named by an environment variable or found."""
    pytest.importorskip("spacy", reason="spaCy is not installed")
    asked = os.environ.get("CORPUS_DB_SPACY")
    try:
        return people.get(f"spacy:{asked}" if asked else "spacy")
    except CorpusError as error:
        pytest.skip(str(error))


RECOGNISERS = {"spans": people.default, "spacy": spacy}


@pytest.fixture(scope="module", params=sorted(RECOGNISERS))
def recogniser(request: pytest.FixtureRequest) -> people.PersonRecogniser:
    return RECOGNISERS[request.param]()


def check(text: Text, spans: list[PersonSpan]) -> None:
    order = [(span.field == "body", span.start, span.end) for span in spans]
    assert order == sorted(order)
    for before, after in itertools.pairwise(spans):
        assert before.field != after.field or before.end <= after.start
    for span in spans:
        whole = text.title if span.field == "title" else text.body
        assert whole is not None
        assert whole[span.start : span.end] == span.text
        assert span.text.strip() == span.text != ""
        assert "\n" not in span.text
        assert span.rule
        assert 0 < span.confidence <= 1
        if text.dateline and span.field == "body":
            assert span.end <= text.dateline[0] or span.start >= text.dateline[1]


def test_spans_are_ordered_and_are_what_the_text_says(recogniser: people.PersonRecogniser) -> None:
    found = recogniser.find(ARTICLES)
    assert len(found) == len(ARTICLES)
    for text, spans in zip(ARTICLES, found, strict=True):
        check(text, spans)
    if recogniser is people.default():
        assert {s.text for s in found[0]} == {"Élodie Moreau", "Rosa Quispe", "Moreau", "Quispe"}
    assert "Rosa Quispe" in {s.text for s in found[0]}


def test_no_article_depends_on_the_rest_of_the_batch(recogniser: people.PersonRecogniser) -> None:
    alone = [recogniser.find([text])[0] for text in ARTICLES]
    for seed in range(5):
        order = list(range(len(ARTICLES))) * 3
        random.Random(seed).shuffle(order)
        assert recogniser.find([ARTICLES[i] for i in order]) == [alone[i] for i in order]


def test_no_name_of_the_article_before_speaks_for_a_word_of_this_one(
    recogniser: people.PersonRecogniser,
) -> None:
    before = Text(None, "The mayor thanked Margaret Holloway")
    for name in ("Whitfield", "Jansen", "Ferreira", "Corrigan"):
        for does in ("wins again", "out of the race", "backs plan for the bridge"):
            text = Text(f"{name} {does}", "The bridge was opened again. It is red.")
            assert recogniser.find([before, text])[1] == recogniser.find([text])[0]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(
            alphabet=st.one_of(
                st.sampled_from(list("ABJabdeinrst.-'’ /,\n\"()0")), st.characters(exclude_categories=["Cs"])
            ),
            max_size=120,
        ),
        max_size=4,
    ),
    st.integers(0, 40),
)
def test_any_text_is_survived_with_true_offsets(
    recogniser: people.PersonRecogniser, bodies: list[str], cut: int
) -> None:
    batch = [Text(body[:cut], body, (0, min(cut, len(body)))) for body in bodies]
    found = recogniser.find(batch)
    assert len(found) == len(batch)
    for text, spans in zip(batch, found, strict=True):
        check(text, spans)
        assert recogniser.find([text]) == [spans]


def test_an_empty_batch_is_an_empty_list(recogniser: people.PersonRecogniser) -> None:
    assert recogniser.find([]) == []


def test_results_are_the_same_in_every_process() -> None:
    code = (
        "from corpus_db.models import Text; from corpus_db.recognition import people;"
        "print(people.default().find([Text('Xu Lan: RESULTS', 'Xu Lan and Peter van der Meer met. Xu won, Meer lost.')]))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "77")
    }
    assert len(outputs) == 1
    assert "Peter van der Meer" in outputs.pop()


def test_the_default_is_listed_first_and_loaded_once() -> None:
    assert people.names()[0] == people.DEFAULT
    assert people.get(people.DEFAULT) is people.default()
    assert people.default().name == people.DEFAULT


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(CorpusError, match="no recogniser 'nobody'; there are: spans"):
        people.get("nobody")


def _listed_words() -> list[str]:
    """Every entry of the word lists that rules look names up in, with a capital where a name has one."""
    entries: set[str] = set()
    for path in resources.files("corpus_db.data").joinpath("people").iterdir():
        if path.name.endswith(".txt"):
            lines = path.read_text(encoding="utf-8").splitlines()
            text = ",".join(line for line in lines if not line.startswith(("#", "[")))
            found = [entry.strip() for entry in re.split(r"[,|;\t]", text)]
            entries.update(entry for entry in found if 1 < len(entry) <= 40)
    return sorted({case(entry) for entry in entries for case in (str, str.title)})


@given(
    st.lists(st.sampled_from(_listed_words()), min_size=1, max_size=4),
    st.sampled_from([" ", ", ", " & ", " and ", ' "', ". ", " the "]),
)
@settings(max_examples=400, deadline=None)
def test_what_the_lists_hold_may_stand_first_and_last_in_a_text(words: list[str], joint: str) -> None:
    """Rules look at words beside a name: there may be none, in the only text of its batch."""
    text = Text(None, joint.join(words))
    [spans] = people.default().find([text])
    check(text, spans)


def test_every_listed_body_may_be_all_of_a_text() -> None:
    listed = resources.files("corpus_db.data").joinpath("people", "bodies.txt").read_text(encoding="utf-8")
    lines = ",".join(line for line in listed.splitlines() if not line.startswith("#"))
    bodies = [body.strip().title() for body in lines.split(",") if body.strip()]
    assert len(bodies) > 100
    for body in bodies:
        text = Text(None, body)
        [spans] = people.default().find([text])
        check(text, spans)
