"""Dates: what is given is kept, nothing is invented, and two readings stay two."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.parsing.dates import (
    complete_year,
    date_value,
    day_at,
    find_day,
)
from corpus_db.parsing.stamps import from_file_name, from_trailer, from_url


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2020-06-17", "2020-06-17"),
        ("2020/6/7", "2020-06-07"),
        ("2020-05-01 10:15:28", "2020-05-01T10:15:28"),
        ("2020-05-01T10:15Z", "2020-05-01T10:15+00:00"),
        ("2020-05-01T10:15:28.123456+0800", "2020-05-01T10:15:28+08:00"),
        ("20200617101500", "2020-06-17T10:15:00"),
        ("20200617", "2020-06-17"),
        ("Wed, 17 Jun 2020 10:15:28 +0000", "2020-06-17T10:15:28+00:00"),
        ("Wed, 17 Jun 2020 10:15:28 GMT", "2020-06-17T10:15:28+00:00"),
        ("June 17, 2020 at 5:30 p.m.", "2020-06-17T17:30"),
        ("June 17, 2020 10:15 pm ET", "2020-06-17T22:15"),
        ("2020-06-17 11:20 PM", "2020-06-17T23:20"),
        ("12:05 AM, June 17, 2020", "2020-06-17T00:05"),
        ("Wednesday  September  7  2005", "2005-09-07"),
        ("August 1st, 2005", "2005-08-01"),
        ("Sept. 17, 2020", "2020-09-17"),
        ("17th of June 2020", "2020-06-17"),
        ("17. Juni 2020", "2020-06-17"),
        ("29 décembre 2011", "2011-12-29"),
        ("13 de mayo de 2011", "2011-05-13"),
        ("3 Okt 2014", "2014-10-03"),
        ("17.08.1998", "1998-08-17"),
        ("8/17/1998", "1998-08-17"),
        ("17/8/98", "1998-08-17"),
        ("June 2020", "2020-06"),
        ("2020-06", "2020-06"),
        ("2020", "2020"),
        ("1592352000", "2020-06-17T00:00:00+00:00"),
        ("1592352000123", "2020-06-17T00:00:00+00:00"),
    ],
)
def test_as_precise_as_given_and_no_more(text: str, value: str) -> None:
    found = date_value(text)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "May 19",
        "the two may",
        "2020-13-01",
        "2021-02-29",
        "31 June 2020",
        "12:30",
        "page 2020-2",
        "1.13.99",
    ],
)
def test_no_date_is_better_than_a_guessed_one(text: str) -> None:
    assert date_value(text) is None


def test_an_ambiguous_day_keeps_what_both_readings_share() -> None:
    found = date_value("08/07/1998")
    assert found is not None
    assert (found.value, found.readings, found.order) == ("1998", ("1998-08-07", "1998-07-08"), None)


@pytest.mark.parametrize(
    ("hint", "value"), [("1998-08-07", "1998-08-07"), ("1998-07-08", "1998-07-08"), ("1998-03-03", "1998")]
)
def test_another_date_of_the_document_settles_the_order(hint: str, value: str) -> None:
    found = date_value("08/07/1998", (hint,))
    assert found is not None
    assert found.value == value


def test_both_orders_of_the_same_number_are_one_day() -> None:
    found = date_value("07/07/1998")
    assert found is not None
    assert found.value == "1998-07-07"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("in/04Nov2005Smith79.txt", "2005-11-04"),
        ("4sep2007x.txt", "2007-09-04"),
        ("2020-06-17_bridge.txt", "2020-06-17"),
        ("20200617-001.txt", "2020-06-17"),
        ("news/2020/06/17/a.txt", "2020-06-17"),
        ("000_6db3693affe0560a.txt", None),
        ("a19991332.txt", None),
        ("phone_2025551234.txt", None),
    ],
)
def test_file_names(name: str, day: str | None) -> None:
    assert from_file_name(name) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://news.example/english/2020-05/01/c_139.htm", "2020-05-01"),
        ("https://news.example/2024/03/07/a-story/", "2024-03-07"),
        ("https://news.example/world/2016/may/01/a-story", "2016-05-01"),
        ("https://news.example/a-story-2024-03-07/", "2024-03-07"),
        ("https://news.example/20240307/a", "2024-03-07"),
        ("http://news.example/2014/12/a_story.html", "2014-12"),
        ("https://news.example/news/11862251/a-story/", None),
        ("https://news.example/2024/13/07/", None),
    ],
)
def test_addresses(url: str, day: str | None) -> None:
    assert from_url(url) == day


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("AP-NY-08-07-98 0618EDT", "1998-08-07T06:18-04:00"),
        ("\x03AP-WF-11-13-13 1509GMT<", "2013-11-13T15:09+00:00"),
        ("\x03131137 GMT Nov 13 ", "2013-11-13T11:37+00:00"),
        ("\x03131137 Okt 13 ", "2013-10-13T11:37+00:00"),
        ("AP-NY-13-07-98 0618EDT", None),
        ("at 131137 people", None),
    ],
)
def test_transmission_stamps(text: str, value: str | None) -> None:
    found = from_trailer(text)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("month", "day", "published", "complete"),
    [
        (6, 16, "2020-06-17", "2020-06-16"),
        (6, 18, "2020-06-17", "2020-06-18"),  # another time zone
        (12, 31, "2021-01-01", "2020-12-31"),
        (1, 1, "2020-12-31", "2021-01-01"),
        (9, 1, "2020-06-17", None),  # months later
        (1, 5, "2020-06-17", None),  # months before
        (2, 29, "2021-03-01", None),
        (6, 16, "2020-06", "2020-06-16"),
        (6, 16, "2020", "2020-06-16"),
        (12, 31, "2020", None),
        (6, 16, None, None),
    ],
)
def test_the_year_of_a_dateline_comes_from_the_publication(
    month: int, day: int, published: str | None, complete: str | None
) -> None:
    assert complete_year(month, day, published) == complete


def test_a_day_is_found_where_it_stands() -> None:
    text = "Opened on Monday, March 1, 2021 by Ann."
    found = find_day(text)
    assert found is not None
    assert (found.value, text[found.start : found.end]) == ("2021-03-01", "Monday, March 1, 2021")
    assert day_at(text) is None
    assert find_day("a 2021 review of 12 songs") is None


@settings(max_examples=200, deadline=None)
@given(
    day=st.dates(), pattern=st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d-%b-%Y", "%a, %d %b %Y"])
)
def test_every_day_that_is_written_out_is_read_back(day: object, pattern: str) -> None:
    written = f"{day:{pattern}}"
    found = date_value(written)
    if day.year >= 1600 and day.year < 2100:  # type: ignore[attr-defined]
        assert found is not None
        assert found.value == f"{day:%Y-%m-%d}"


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="0123456789/-.:, TZ+MayJunSept", max_size=40))
def test_whatever_is_found_is_a_real_date(text: str) -> None:
    from datetime import datetime

    found = date_value(text)
    if found is not None and len(found.value) >= 10:
        value = found.value if len(found.value) != 13 else found.value + ":00"
        datetime.fromisoformat(value.replace(":60", ":59"))
        assert 0 <= found.start < found.end <= len(text)
