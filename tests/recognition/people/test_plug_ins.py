"""Recognisers beside the built-in one: found by name, handed an option, refused in one line."""

import importlib.util

import pytest
from click.testing import CliRunner

from corpus_db import import_corpus
from corpus_db.cli import main
from corpus_db.errors import CorpusError
from corpus_db.models import PersonSpan, Text
from corpus_db.recognition import people
from corpus_db.recognition.people import spacy_pipeline


class Capitals:
    """A recogniser for these tests: every word in capitals is somebody."""

    def __init__(self, mark="!"):
        self.name = f"capitals{mark}"

    def find(self, batch):
        return [
            [
                PersonSpan(
                    "body", text.body.index(word), text.body.index(word) + len(word), word, "capitals", 0.5
                )
                for word in text.body.split()
                if word.isupper()
            ]
            for text in batch
        ]


@pytest.fixture
def capitals(monkeypatch):
    people.get.cache_clear()
    monkeypatch.setitem(people.BUILT_IN, "capitals", Capitals)
    yield
    people.get.cache_clear()


@pytest.mark.usefixtures("capitals")
def test_an_option_goes_to_the_recogniser_and_into_the_database(tmp_path):
    (tmp_path / "a.txt").write_text("Yesterday OKELLO met QUISPE.\n", encoding="utf-8")
    import_corpus([tmp_path / "a.txt"], tmp_path / "corpus.db", recogniser="capitals:?")
    run = CliRunner().invoke(
        main,
        [
            "sql",
            "SELECT annotator, text FROM files, mentions",
            "--arrays",
            "--db",
            str(tmp_path / "corpus.db"),
        ],
    )
    assert "capitals?" in run.output
    assert "OKELLO" in run.output


def test_the_built_in_one_takes_no_option():
    with pytest.raises(CorpusError, match="takes no option"):
        people.get("spans:large")


def test_spacy_says_what_to_install(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Rosa Quispe spoke.\n", encoding="utf-8")
    if importlib.util.find_spec("spacy") is None:
        expected = "pip install 'corpus-db[spacy]'"
    else:
        expected = "python -m spacy download no_such_pipeline"
    run = CliRunner().invoke(
        main,
        [
            "import",
            str(tmp_path / "a.txt"),
            "--db",
            str(tmp_path / "corpus.db"),
            "--recogniser",
            "spacy:no_such_pipeline",
        ],
    )
    assert run.exit_code == 2
    assert expected in run.output
    assert len(run.output.strip().splitlines()) == 1
    assert not (tmp_path / "corpus.db").exists()


class Entity:
    def __init__(self, text, words, label="PERSON"):
        self.start_char = text.index(words)
        self.end_char = self.start_char + len(words)
        self.label_ = label


@pytest.mark.parametrize(
    ("text", "entity", "names"),
    [
        ("So Sen. Rosa Quispe's aide", "Sen. Rosa Quispe's", ["Rosa Quispe"]),
        ("Dr Rosa Quispe\nLIMA", "Dr Rosa Quispe\nLIMA", ["Rosa Quispe", "LIMA"]),
        ("met (Rosa Quispe, ", "Rosa Quispe, ", ["Rosa Quispe"]),
        ("so 42 said", "42", []),
        ("the Rosa Quispe’s", "Rosa Quispe’s", ["Rosa Quispe"]),
    ],
)
def test_of_an_entity_the_name_is_taken(text, entity, names):
    class Pipeline:
        def __call__(self, part):
            self.ents = [Entity(part, entity)]
            return self

    found = spacy_pipeline.SpacyRecogniser("made_up", Pipeline()).find([Text(None, text)])
    assert [span.text for span in found[0]] == names
    assert all(text[span.start : span.end] == span.text for span in found[0])


def test_other_entities_and_the_dateline_are_nobody():
    class Pipeline:
        def __call__(self, part):
            self.ents = [Entity(part, "LIMA"), Entity(part, "Rosa Quispe"), Entity(part, "Acme", "ORG")]
            return self

    text = Text(None, "LIMA, May 3 -- Rosa Quispe left Acme.", (0, 14))
    found = spacy_pipeline.SpacyRecogniser("made_up", Pipeline()).find([text])
    assert [span.text for span in found[0]] == ["Rosa Quispe"]
