"""Near-copies share keys and are told apart from form letters and from other reports on one event."""

import numpy as np
import pytest

from corpus_db.resolution import similarity
from corpus_db.resolution.similarity import compare, estimate, is_same_story, keys_of, profile, runs_of

REPORT = (
    "The harbour council of Port Ellery voted on Tuesday to rebuild the northern pier, which a storm tore away in "
    "January. Work will begin in May and cost 3.2 million crowns, the council said in a statement. Fishermen had "
    "asked for a longer pier so that larger boats could land their catch, but the council found no money for it. "
    "Mayor Hilda Brandt said the pier would be finished before the autumn gales. A second vote, on the price of "
    "moorings, was put off until the next meeting because two members were missing from the chamber."
)
CORRECTED = REPORT.replace("3.2 million", "2.3 million")
CUT = REPORT[: REPORT.index("Mayor")]
CURLY = REPORT.upper().replace(" SAID", "“SAID”").replace("-", "—")
OTHER = (
    "Fishermen in Port Ellery are angry with the council. They wanted a longer pier for the larger boats that land "
    "their catch there, and on Tuesday they got the old one back. Hilda Brandt, the mayor, told reporters that the "
    "autumn gales leave no time for plans. The storm of January had torn the northern pier away in a single night."
)
LETTER = (
    "Senator Ann {name} announced today that the fire brigade of {town} will receive a grant of {sum} dollars for "
    "equipment and training. The brigade of {town} serves {people} people. Grants of this kind help those who keep "
    "us safe, and brigades everywhere need help of this kind, because equipment wears out and training never ends. "
    "The money comes from a programme that was founded after the fires of the last decade."
)


def signed(text):
    return similarity.signatures(runs_of([text]))[0]


def same(one, other):
    first, second = profile(one), profile(other)
    return is_same_story(first, second, compare(first, second))


@pytest.mark.parametrize("copy", [CORRECTED, CUT, CURLY, REPORT + " It rained."])
def test_copies_tell_one_story(copy):
    one, other = sorted([copy, REPORT], key=len)
    assert same(one, other)
    assert set(keys_of(signed(one)[None])[0].tolist()) & set(keys_of(signed(other)[None])[0].tolist())


def test_another_report_of_the_same_event_is_another_story():
    assert not same(OTHER, REPORT)


def test_a_form_letter_with_other_names_and_figures_is_another_story():
    one = LETTER.format(name="Lund", town="Ostby Falls", sum="1,143", people="12,900")
    other = LETTER.format(name="Lund", town="Great Marsh", sum="98,027", people="733")
    likeness = compare(profile(one), profile(other))
    assert likeness.similarity > similarity.SIMILAR
    assert not same(one, other)


def test_figures_of_a_text_cut_short():
    likeness = compare(profile(CUT), profile(REPORT))
    assert likeness.share == 1
    assert 0.5 < likeness.similarity < 0.8


def test_capitals_marks_and_accents_of_quotation_do_not_count():
    assert compare(profile(CURLY), profile(REPORT)).similarity == 1


def test_a_text_has_the_same_runs_in_any_company():
    texts = [REPORT, "", "Two words", "  ", CUT, "Три слова здесь и ещё несколько слов", "…", OTHER]
    together = runs_of(texts)
    for text, runs in zip(texts, together, strict=True):
        assert np.array_equal(runs, runs_of([text])[0])
    assert [len(runs) for runs in together][1:4] == [0, 0, 0]
    assert len(together[0]) == len(REPORT.replace("3.2", "3 2").split()) - 2


def test_other_alphabets_are_compared_too():
    russian = "Совет порта проголосовал во вторник за восстановление северного причала который разрушил шторм"
    assert compare(profile(russian), profile(russian + " в январе")).similarity > 0.8
    assert compare(profile(russian.lower()), profile(russian.upper())).similarity == 1


def test_similarity_is_estimated_by_signatures():
    assert estimate(signed(REPORT), signed(REPORT)) == 1
    assert estimate(signed(REPORT), signed(CORRECTED)) > 0.7
    assert estimate(signed(REPORT), signed(OTHER)) < 0.2


def test_signatures_are_those_of_stored_databases():
    """A database keeps signatures: where this fails, later imports would not find earlier copies."""
    assert signed(REPORT)[:4].tolist() == SIGNATURE
    assert keys_of(signed(REPORT)[None])[0, :2].tolist() == KEYS


SIGNATURE = [3254738404, 3223655954, 3197850426, 956079108]
KEYS = [200057117552541, 258886325720414]
