"""Dates in words: what is found, and what it comes to, counted from Tuesday, 16 June 2020."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.models import Text
from corpus_db.recognition import dates

TUESDAY = "2020-06-16"

# The words in brackets and what they come to; None: found, and left open.
SENTENCES = {
    # A weekday in the past: one of the seven days up to the anchor.
    "The council met on [Monday].": "2020-06-15",
    "He said on [Tuesday] that talks would go on.": "2020-06-16",
    "The Senate on [Wednesday] approved the bill.": "2020-06-10",
    "[Monday]'s storm killed two people.": "2020-06-15",
    "It rained [Saturday evening].": "2020-06-13",
    "Police arrested her [late Thursday night].": "2020-06-11",
    "The man was charged on [Friday] with theft.": "2020-06-12",
    "The ferry has been closed since [Thursday].": "2020-06-11",
    "He flew to Lima to meet her on [Sunday].": "2020-06-14",
    "On [Friday] they agreed to meet again.": "2020-06-12",
    "The price rose from [Thursday]'s 31 crowns to 33.": "2020-06-11",
    "They left [last Friday].": "2020-06-12",
    "Officials had told reporters in Ostby, a port, on [Sunday].": "2020-06-14",
    "The bill was unanimously agreed to on [Wednesday night].": "2020-06-10",
    "He resigned [this Monday].": "2020-06-15",
    # In the future: one of the seven from it on.
    "The Senate takes up the bill [this Thursday].": "2020-06-18",
    "The trial begins [this Monday].": "2020-06-22",
    "Talks will resume on [Thursday], he said.": "2020-06-18",
    "The trial opens [Monday].": "2020-06-22",
    "He will be released on [Saturday].": "2020-06-20",
    "Leaders are expected to meet [Saturday] in Lima.": "2020-06-20",
    "She was to speak on [Thursday].": "2020-06-18",
    "The meeting scheduled for [Friday] was cancelled.": "2020-06-19",
    "The shop stays shut until [Saturday].": "2020-06-20",
    "He agreed to resign on [Friday].": "2020-06-19",
    "They leave [next Monday].": "2020-06-22",
    "On [Thursday], the mayor would visit the port.": "2020-06-18",
    # Neither is plain, or both ways of counting differ: left open.
    "A meeting of ministers on [Thursday].": None,
    "They leave [next Friday].": None,
    "Voters and the long road to [Sunday].": None,
    # Days of a month, with and without what is missing.
    "She was born on [Dec. 3, 1950].": "1950-12-03",
    "It opened on [16 June 2020].": "2020-06-16",
    "It opened on the [16th of June].": "2020-06-16",
    "The report came out on [June 5].": "2020-06-05",
    "The pier will open on [June 25].": "2020-06-25",
    "On [Tuesday, June 9], they voted.": "2020-06-09",
    "He died on [December 30].": "2019-12-30",
    "The talks will end on [Feb. 2].": "2021-02-02",
    "He leaves on [May 13 next year].": "2021-05-13",
    "The file is dated [2019-11-30].": "2019-11-30",
    "After the [September 11] attacks he moved.": None,
    "Meals ready by [Feb. 30] of course.": None,
    "They were adopted on [Wednesday March 8, 2006].": "2006-03-08",
    "The fair was held on [October 18]-22, 2006.": "2006-10-18",
    "It will be held on [July 3], 4 and 5, 2021.": "2021-07-03",
    # Months and years.
    "A bill like the one agreed to in the Senate in [July].": "2019-07",
    "Boats were destroyed by the [December] tsunami.": "2019-12",
    "They will be ready by [December].": "2020-12",
    "He will stay until the end of [September].": "2020-09",
    "She had resigned at the start of [May].": "2020-05",
    "[January]'s vote was close.": "2020-01",
    "It was sold at the end of [2018].": "2018",
    "They had met in the summer of [2005].": "2005",
    "In [March] the council voted.": "2020-03",
    "The pier will open in [March].": "2021-03",
    "In [October] it burned.": "2019-10",
    "It was sold in [March 2018].": "2018-03",
    "He has been ill since [November].": "2019-11",
    "They met [last January].": "2020-01",
    "The law was passed in [May of last year].": "2019-05",
    "It burned down in [2019].": "2019",
    "The bridge will be ready by [2030].": "2030",
    # Units before and after, and days by their distance.
    "They met [last week].": "2020-W24",
    "Prices will rise [next month].": "2020-07",
    "[Next year]'s budget is smaller.": "2021",
    "She resigned [earlier this month].": "2020-06",
    "It was warm [last weekend].": "2020-06-13/2020-06-14",
    "The storms [this weekend] were a blow.": "2020-06-13/2020-06-14",
    "Volunteers are urged to take part [this weekend].": "2020-06-20/2020-06-21",
    "A meeting [this weekend].": None,
    "He came [yesterday].": "2020-06-15",
    "He comes [tomorrow morning].": "2020-06-17",
    "The fire [last night] killed two.": "2020-06-15",
    "They meet [later today].": "2020-06-16",
    "The shop opened [three days ago].": "2020-06-13",
    "The shop opened [two weeks ago].": "2020-W23",
    "They married [a year ago].": "2019",
    "They married [twenty-five years ago].": "1995",
    "They married [fifteen years ago].": "2005",
    "They met [fifty days ago].": "2020-04-27",
}  # fmt: skip

NO_DATES = [
    "Shops close every Sunday and on Mondays.",
    "He plays for Sheffield Wednesday and reads the Sunday Times.",
    "It happened on Black Friday sales, one Friday or another.",
    "Theresa May said she may march, and April Winter agreed with May.",
    "About 2000 people paid 2019 crowns, as in the 1990s.",
    "It fell over the last week and over the last year.",
    "One hundred and eight years ago nobody knew.",
    "Today's world is not yesterdays' birthday, holiday or payday.",
    "Flight 2010 left gate 19.",
    "The Clean Ports Act of 2005 helped the class of 2018.",
]


def found(sentence, published=TUESDAY, **rest):
    return dates.find(Text(None, sentence, None, rest.get("dateline"), published))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_date_in_words(sentence):
    words = re.search(r"\[(.*)\]", sentence)[1]
    (date,) = found(sentence.replace("[", "").replace("]", ""))
    assert (date.text, date.value) == (words, SENTENCES[sentence])


@pytest.mark.parametrize("sentence", NO_DATES)
def test_what_is_no_date(sentence):
    assert found(sentence) == ()


def test_several_dates_in_one_sentence_each_have_their_own_verb():
    values = [date.value for date in found("A man arrested on Sunday will appear in court on Thursday.")]
    assert values == ["2020-06-14", "2020-06-18"]
    values = [date.value for date in found("The festival, which began on Friday, will end on Sunday.")]
    assert values == ["2020-06-12", "2020-06-21"]
    assert [date.value for date in found("From 2010 to 2019 he was mayor.")] == ["2010", "2019"]


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("Letters of October 25 and December 9, 2004, were read.", ["2004-10-25", "2004-12-09"]),
        ("It was closed from Dec. 28 to Jan. 3, 2019.", ["2018-12-28", "2019-01-03"]),
        ("Prices fell in February, March and April 2016.", ["2016-02", "2016-04"]),
        ("On May 3 they voted; June 5, 2016, was forgotten.", ["2020-05-03", "2016-06-05"]),
    ],
)
def test_dates_that_are_joined_share_a_year(sentence, values):
    assert [date.value for date in found(sentence)] == values


@pytest.mark.parametrize(
    ("published", "value"),
    [("2020-06-20", "2020-06-20/2020-06-21"), ("2020-06-21", "2020-06-20/2020-06-21"), ("2020-06", None)],
)
def test_said_on_a_weekend_this_weekend_is_that_one(published, value):
    (date,) = found("The storms this weekend were a blow.", published)
    assert date.value == value


def test_the_dateline_comes_before_the_publication():
    text = "OSTBY, June 16 (EPN) -- The council met on Tuesday."
    dateline = (0, text.index(" --") + 3)
    first, second = dates.find(Text(None, text, dateline, "2020-06-16", "2020-06-18"))
    assert (first.text, first.value, first.rule) == ("June 16", "2020-06-16", "dateline")
    assert (second.value, second.anchor) == ("2020-06-16", "dateline")
    (alone,) = found("The council met on Tuesday.", "2020-06-18T10:00:00+02:00")
    assert (alone.value, alone.anchor) == ("2020-06-16", "published")


@pytest.mark.parametrize(
    ("published", "values"),
    [
        (None, [None, None, None, "2019"]),
        ("2020", [None, None, "2019", "2019"]),
        ("2020-06", [None, "2020-05", "2019", "2019"]),
        ("2020-06-16", ["2020-06-15", "2020-05", "2019", "2019"]),
        ("no date", [None, None, None, "2019"]),
    ],
)
def test_nothing_is_more_precise_than_what_it_is_counted_from(published, values):
    text = "They met on Monday, last month and last year. It began in 2019."
    assert [date.value for date in found(text, published)] == values


def test_a_line_may_break_inside_a_date():
    spans = found("They met last\nweek, two years\nago.")
    assert [span.value for span in spans] == ["2020-W24", "2018"]


def test_a_batch_says_what_each_article_says_alone():
    batch = [
        Text("Talks on Thursday", sentence, None, None, TUESDAY) for sentence in [*SENTENCES, "", "Łódź 2019"]
    ]
    assert dates.find_all(batch) == [dates.find(text) for text in batch]
    assert dates.find_all([]) == []


def test_titles_are_read_and_come_first():
    spans = dates.find(Text("Talks to resume on Thursday", "They broke off on Monday.", None, None, TUESDAY))
    assert [(span.field, span.value) for span in spans] == [("title", "2020-06-18"), ("body", "2020-06-15")]


def test_a_lost_full_stop_does_not_lend_a_verb():
    (date,) = found(
        "This is the pension to which she should be entitled In April the four mayors called on him"
    )
    assert date.value == "2020-04"


WORDS = ["on", "Monday", "May", "5", "June", "2019", "last", "week", "ago", "two", "days", "will", "said", "in", ",", ".", "\n",
         "today", "Sept.", "the", "to", "be", "met", "this", "night", "’s", "12th", "-", "é", "2020-06-16", "31"]  # fmt: skip


@given(
    st.lists(st.sampled_from(WORDS), max_size=40),
    st.sampled_from([None, "2020", "2020-06", "0001-01-01", "9999-12-31", TUESDAY]),
)
@settings(max_examples=300, deadline=None)
def test_whatever_stands_there_offsets_are_exact_and_nothing_overlaps(words, published):
    text = " ".join(words)
    last = 0
    for date in found(text, published):
        assert text[date.start : date.end] == date.text != ""
        assert date.start >= last
        last = date.end
