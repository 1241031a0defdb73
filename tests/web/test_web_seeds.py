"""The seed articles, imported and served: the whole way from files to pages."""

from pathlib import Path
from urllib.parse import urlencode

import pytest

from corpus_db.web.queries import QUERIES

SEEDS = Path(__file__).parents[2] / "seeds"
# Nothing in the seeds is a problem, no name in them is left open, and no story told twice.
EMPTY = {"names_left_open", "not_imported", "stories_retold"}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory, make_site):
    from corpus_db import import_corpus

    db = tmp_path_factory.mktemp("seeds") / "corpus.db"
    import_corpus([SEEDS], db)
    return make_site(str(db))


@pytest.mark.parametrize(
    "query", [query for query in QUERIES if query.name not in EMPTY], ids=lambda query: query.name
)
def test_each_question_answers_its_own_example(seeds, query):
    example = {parameter.name: parameter.example for parameter in query.parameters}
    assert seeds.rows(f"/corpus/{query.name}.json?{urlencode(example)}")


def test_one_person_over_four_articles(seeds):
    (found,) = seeds.rows("/corpus/people.json?name=Xi+Jinping")
    assert found["article_count"] == 4
    page = seeds.html(f"/corpus/-/people/{found['id']}")
    assert "President" in page
    assert page.count("Jinping") > 4


def test_every_article_every_person_and_every_country_has_its_page(seeds):
    for table, key in (("articles", "id"), ("people", "id"), ("countries", "code")):
        rows = seeds.rows(
            f"/corpus/{table}.json?_size=max" + ("&article_count__gt=0" if table == "countries" else "")
        )
        assert rows
        for row in rows:
            seeds.html(f"/corpus/-/{table}/{row[key]}")
