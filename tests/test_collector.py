"""The garbage collector rests during an import, is as it was afterwards, and cycles still go."""

import gc
import weakref

import pytest
from support import write

from corpus_db import annotating, collector, import_corpus
from corpus_db.models import Text


@pytest.mark.parametrize("enabled", [True, False])
def test_it_is_as_it_was_after_an_import(tmp_path, enabled, monkeypatch):
    seen = []
    honest = annotating.annotate_all
    monkeypatch.setattr(annotating, "annotate_all", lambda *a: seen.append(gc.isenabled()) or honest(*a))
    try:
        (gc.enable if enabled else gc.disable)()
        import_corpus([write(tmp_path / "in")], tmp_path / "corpus.db")
        assert gc.isenabled() is enabled
    finally:
        gc.enable()
    assert seen
    assert not any(seen)


def test_cycles_are_freed_now_and_then():
    class Knot:
        pass

    with collector.resting():
        knot = Knot()
        knot.self = knot
        alive = weakref.ref(knot)
        del knot
        rounds = collector.Rounds()
        for _ in range(collector.CHUNKS):
            rounds.chunk_done()
        assert alive() is None


def test_an_article_leaves_no_cycles():
    text = Text(
        "Okello meets Xi", "Kenyan President Amara Okello met Xi Jinping. Okello thanked the president."
    )
    annotating.annotate_all([text], None)
    gc.collect()
    with collector.resting():
        for _ in range(20):
            annotating.annotate_all([text], None)
        assert gc.collect() == 0
