"""Stories: near-copies are one, whatever the order and portions in which they come, and keep their numbers."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import content, healthy, rows

from corpus_db import import_corpus
from corpus_db.resolution import stories as grouping

FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TABLES = ("stories", "story_articles", "story_signatures", "story_keys")
VOCABULARY = (
    "harbour council pier storm boats catch mayor autumn vote moorings meeting chamber "
    "bridge railway tunnel engineer winter budget school teacher window garden river valley "
    "mountain hunter forest timber market baker flour bread oven morning evening lantern "
    "street crossing signal whistle engine carriage passenger luggage ticket"
)


def text_of(seed, words=120):
    """A text like no other, of invented sentences, always the same for a seed."""
    choice = random.Random(seed)
    return " ".join(
        " ".join(choice.choice(VOCABULARY.split()) for _ in range(9)).capitalize() + "."
        for _ in range(words // 9)
    )


def texts():
    """Two stories of several articles each, and articles that are alone."""
    pier, bridge = text_of(1), text_of(2)
    return {
        "a.txt": pier,
        "b.txt": pier + " " + text_of(10, 18),  # the fullest
        "c.txt": pier[: pier.rindex(".", 0, len(pier) * 2 // 3) + 1],
        "d.txt": pier.replace("council", "board").replace("mayor", "reeve"),
        "e.txt": bridge + " It was late.",
        "f.txt": bridge,
        "g.txt": text_of(3),
        "h.txt": pier[: len(pier) // 2] + " " + bridge[len(bridge) // 2 :],  # half of each
        "i.txt": "A lobster died.",
        "j.txt": "A lobster died. It was old.",
        "k.txt": pier,  # an exact copy: no article of its own
    }


TEXTS = texts()


def write(folder, names=TEXTS):
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        day = "abcdefghijk".index(name[0]) + 1
        if name == "k.txt":
            day = 1
        (folder / name).write_text(
            f"Title : Of {name[0] if name != 'k.txt' else 'a'}\nDate : 2021-03-{day:02}\n\n{TEXTS[name]}"
        )
    return folder


def told(db):
    """The stories as sets of titles, the head first."""
    found = rows(
        db, "SELECT story_id, title FROM story_articles_named ORDER BY story_id, is_head DESC, title"
    )
    return sorted(
        [title for story, title in found if story == number] for number in {row[0] for row in found}
    )


def stories_of(db):
    return {table: said for table, said in content(db).items() if table in TABLES}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    import_corpus([write(folder / "in")], folder / "corpus.db")
    return folder / "corpus.db"


def test_near_copies_are_one_story_headed_by_the_fullest(whole):
    assert told(whole) == [
        ["Of b", "Of a", "Of c", "Of d"],
        ["Of e", "Of f"],
        ["Of g"],
        ["Of h"],
        ["Of i"],
        ["Of j"],
    ]
    assert healthy(whole)


@pytest.mark.parametrize(
    ("dates", "changed", "stories"),
    [
        (("2021-03-01", "2021-03-09"), 2, 1),  # an edited copy, some days later
        (("2021-03-01", "2021-04-09"), 2, 2),  # the same form, a month later
        (("2021-03-01", "2021-04-09"), 0, 1),  # the same text, whenever
        (("2021-03-01", "2021-03"), 2, 1),  # it may be the same week
        (("2021-03-01", "2020"), 2, 2),
        (("2021-03-01", None), 2, 1),
    ],
)
def test_a_form_filled_in_again_weeks_later_is_another_story(tmp_path, dates, changed, stories):
    text = text_of(5, 240)
    words = text.split()
    for place in range(30, 30 + 60 * changed, 60):
        words[place] = "flood"
    for number, (day, body) in enumerate(zip(dates, (text, " ".join([*words, "It rained."])), strict=True)):
        head = f"Title : Of {number}\n" + (f"Date : {day}\n" if day else "")
        (tmp_path / f"{number}.txt").write_text(f"{head}\n{body}")
    import_corpus([tmp_path / "0.txt", tmp_path / "1.txt"], tmp_path / "corpus.db")
    assert rows(tmp_path / "corpus.db", "SELECT count(*) FROM stories") == [(stories,)]


@pytest.mark.parametrize(
    ("titles", "stories"),
    [
        (("Ostby to receive a grant", "Loja to receive a grant"), 2),
        (("Ostby to receive a grant", "Osteby to receive a grant"), 1),  # a correction
        (("Ostby to receive a grant", "A grant comes to Ostby"), 1),
        (("Twelve dead in Kivo", "Fifteen dead in Kivo"), 1),
        (("12 dead", "15 dead"), 1),
    ],
)
def test_one_form_about_two_towns_is_two_stories(tmp_path, titles, stories):
    for number, title in enumerate(titles):
        named = " ".join(word for word in title.split() if word[0].isupper() or word[0].isdigit())
        text = "".join(f"{text_of(part, 60)} We saw {named} again. " for part in range(20, 24))
        (tmp_path / f"{number}.txt").write_text(
            f"Title : {title}\nDate : 2021-03-01\n\n{text}{'Yes. ' * number}"
        )
    import_corpus([tmp_path / "0.txt", tmp_path / "1.txt"], tmp_path / "corpus.db")
    assert rows(tmp_path / "corpus.db", "SELECT count(*) FROM stories") == [(stories,)]


def test_counts_go_by_article_or_by_story(whole):
    assert rows(whole, "SELECT count(*), sum(article_count) FROM stories") == [(6, 10)]
    sql = "SELECT article_count, first_published, last_published, title FROM stories ORDER BY 1 DESC LIMIT 1"
    assert rows(whole, sql) == [(4, "2021-03-01", "2021-03-04", "Of b")]
    sql = "SELECT title, similarity, share_in_head FROM story_articles_named WHERE story = 'Of b' ORDER BY title"
    figures = {title: (similarity, share) for title, similarity, share in rows(whole, sql)}
    assert figures["Of b"] == (1, 1)
    assert figures["Of c"][1] == 1 > figures["Of c"][0] > 0.5
    assert figures["Of d"][1] < 1


@FEW
@given(order=st.permutations(sorted(TEXTS)), cuts=st.sets(st.integers(1, len(TEXTS) - 1)))
def test_order_never_matters(order, cuts, whole, tmp_path_factory):
    folder = tmp_path_factory.mktemp("order")
    write(folder / "in")
    start = 0
    for end in [*sorted(cuts), len(order)]:
        import_corpus([folder / "in" / name for name in order[start:end]], folder / "corpus.db")
        start = end
    assert stories_of(folder / "corpus.db") == stories_of(whole)


@FEW
@given(gone=st.sets(st.sampled_from(sorted(TEXTS)), min_size=1, max_size=len(TEXTS) - 1))
def test_what_vanished_leaves_its_story(gone, tmp_path_factory):
    folder = tmp_path_factory.mktemp("gone")
    import_corpus([write(folder / "in")], folder / "corpus.db")
    for name in gone:
        (folder / "in" / name).unlink()
    import_corpus([folder / "in"], folder / "corpus.db", prune=True)
    import_corpus([write(folder / "rest", set(TEXTS) - gone)], folder / "rest.db")
    assert stories_of(folder / "corpus.db") == stories_of(folder / "rest.db")
    assert healthy(folder / "corpus.db")


def test_a_changed_article_changes_its_story(tmp_path, whole):
    db = tmp_path / "corpus.db"
    write(tmp_path / "in")
    changed = tmp_path / "in" / "b.txt"
    right = changed.read_text()
    changed.write_text(right.replace(TEXTS["b.txt"], text_of(77)))
    import_corpus([tmp_path / "in"], db)
    assert ["Of a", "Of c", "Of d"] in told(db)
    changed.write_text(right)
    import_corpus([tmp_path / "in"], db)
    assert stories_of(db) == stories_of(whole)
    assert healthy(db)


def test_a_story_keeps_its_number_as_long_as_an_article_stays(tmp_path):
    db = tmp_path / "corpus.db"
    write(tmp_path / "in")
    import_corpus([tmp_path / "in" / name for name in ("g.txt", "c.txt", "f.txt")], db)
    numbers = "SELECT title, story_id FROM story_articles_named"
    before = dict(rows(db, numbers))
    import_corpus([tmp_path / "in"], db)  # now b heads the story, and e the other
    after = dict(rows(db, numbers))
    assert {title: after[title] for title in before} == before
    assert after["Of b"] == before["Of c"]
    assert after["Of e"] == before["Of f"]
    (tmp_path / "in" / "b.txt").unlink()
    (tmp_path / "in" / "c.txt").unlink()
    import_corpus([tmp_path / "in"], db, prune=True)
    assert dict(rows(db, numbers))["Of a"] == before["Of c"]


def test_a_second_import_leaves_stories_alone(tmp_path):
    db = tmp_path / "corpus.db"
    import_corpus([write(tmp_path / "in")], db)
    before = db.read_bytes()
    import_corpus([tmp_path / "in"], db)
    assert db.read_bytes() == before


class Toy:
    """Articles 0, 1, 2 …, the smaller the fuller, that share one key; `alike` says who copies whom."""

    def __init__(self, articles, alike, headed=()):
        self._articles, self._alike, self._headed = sorted(articles), alike, set(headed)
        self.compared = 0

    def rank(self, article):
        return grouping.Rank(article, "", "")

    def keys(self, article):
        return [0]

    def members(self, key):
        return self._articles

    def headed(self, article):
        return article in self._headed

    def likeness(self, article, head):
        self.compared += 1
        value = self._alike(article, head)
        return grouping.Likeness(value, value) if value else None


def modulo(number):
    return lambda article, head: 0.9 if (article - head) % number == 0 else 0


def test_nothing_chains():
    near = Toy(range(9), lambda article, head: 0.9 if article - head < 2 else 0)
    heads = {article: decision.head for article, decision in grouping.regroup(range(9), near).items()}
    assert heads == {0: 0, 1: 0, 2: 2, 3: 2, 4: 4, 5: 4, 6: 6, 7: 6, 8: 8}


def test_work_is_linear_where_thousands_share_a_form():
    toy = Toy(range(3000), modulo(7))
    assert len({decision.head for decision in grouping.regroup(range(3000), toy).values()}) == 7
    assert toy.compared <= 7 * 3000
    apart = Toy(range(3000), lambda article, head: 0)
    grouping.regroup(range(3000), apart)
    assert apart.compared <= grouping.HEADS_COMPARED * 3000


@given(st.sets(st.integers(0, 40), min_size=1), st.integers(2, 9), st.data())
@settings(max_examples=60, deadline=None)
def test_deciding_what_changed_comes_to_the_same_as_deciding_all(articles, number, data):
    """One article comes, or one goes: only what it concerns is decided again."""
    alike = modulo(number)
    all_of_them = grouping.regroup(articles, Toy(articles, alike))
    one = data.draw(st.sampled_from(sorted(articles)))
    without = grouping.regroup(articles - {one}, Toy(articles - {one}, alike))
    heads = {article for article, decision in without.items() if decision.head == article}
    added = {**without, **grouping.regroup([one], Toy(articles, alike, heads))}
    assert added == all_of_them
    heads = {article for article, decision in all_of_them.items() if decision.head == article} - {one}
    widowed = articles - {one}
    removed = grouping.regroup(widowed, Toy(articles - {one}, alike, heads))
    assert removed == without
