import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.report import OTHER_REASONS, PROBLEMS_NAMED, REASONS_COUNTED, Report, Tally

OUTCOMES = st.sampled_from(["article", "duplicate", "empty", "rejected"])


@given(
    st.lists(st.tuples(OUTCOMES, st.sampled_from([None, "a", "b"]))),
    st.lists(st.sampled_from(["new", "changed", "unchanged"])),
)
def test_whatever_is_counted_balances(documents, files):
    tally = Tally()
    for state in files:
        tally.file(state)
    for outcome, reason in documents:
        tally.document("x", None, outcome, reason)
    report = tally.report()
    assert report.balanced
    assert report.documents == len(documents)
    assert report.files_read + report.files_unchanged == len(files)
    assert (
        sum(number for _, number in report.reasons) == report.empty + report.rejected == len(report.problems)
    )


def test_a_piece_that_is_not_accounted_for_is_noticed():
    assert not Report(documents=2, articles=1).balanced
    assert not Report(files_read=1).balanced


def test_a_report_stays_small_however_bad_the_input():
    tally = Tally()
    for number in range(1000):
        tally.document("x", str(number), "empty", "nothing in it")
        tally.document("x", str(number), "rejected", f"reason {number}")
    report = tally.report()
    assert len(report.problems) == PROBLEMS_NAMED
    assert {problem.outcome for problem in report.problems} == {"rejected"}
    assert len(report.reasons) == REASONS_COUNTED + 1
    assert dict(report.reasons)[OTHER_REASONS] == 1000 - (REASONS_COUNTED - 1)
    assert dict(report.reasons)["nothing in it"] == 1000


def test_as_json():
    tally = Tally()
    tally.document("a", "line 1", "rejected", "not JSON")
    record = json.loads(json.dumps(tally.report().as_dict()))
    assert record["balanced"] is True
    assert record["reasons"] == {"not JSON": 1}
    assert record["problems"] == [
        {"path": "a", "part": "line 1", "outcome": "rejected", "reason": "not JSON"}
    ]


@pytest.mark.parametrize(
    ("report", "changed"),
    [
        (Report(), False),
        (Report(files_unchanged=3), False),
        (Report(files_read=1, files_new=1), True),
        (Report(files_removed=1), True),
    ],
)
def test_changed(report, changed):
    assert report.changed is changed
