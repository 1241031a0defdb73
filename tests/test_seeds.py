"""The five seed articles give exactly what was found by reading them."""

import json
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from support import content, rows

from corpus_db import import_corpus

ROOT = Path(__file__).parents[1]
EXPECTED = json.loads((ROOT / "tests" / "expected" / "seeds.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = tmp_path_factory.mktemp("seeds") / "corpus.db"
    report = import_corpus([ROOT / "seeds"], path)
    assert (report.articles, report.documents, report.rejected) == (5, 5, 0)
    return path


@pytest.fixture(params=EXPECTED, ids=lambda expected: expected["file"][:3])
def expected(request):
    return request.param


def article(db, expected):
    sql = """
        SELECT a.title, a.title_origin, a.published, a.published_origin, a.url, a.external_id, a.byline,
               a.agency, a.dateline, a.dateline_place, a.dateline_country, a.dateline_date, a.body, a.id
        FROM articles a JOIN documents d ON d.id = a.document_id WHERE d.path LIKE '%' || ?"""
    names = [
        "title",
        "title_origin",
        "published",
        "published_origin",
        "url",
        "external_id",
        "byline",
        "agency",
        "dateline",
        "dateline_place",
        "dateline_country",
        "dateline_date",
        "body",
        "id",
    ]
    (row,) = rows(db, sql, expected["file"])
    return dict(zip(names, row, strict=True))


def test_metadata(db, expected):
    found = article(db, expected)
    for field in ("published", "published_origin", "url", "external_id", "byline", "agency"):
        assert found[field] == expected[field], field
    if expected["title"] is None:
        assert found["title_origin"] == "lead"
        assert found["title"]
    else:
        assert (found["title"], found["title_origin"]) == (expected["title"], "header")


def test_dateline(db, expected):
    found = article(db, expected)
    if expected["dateline"] is None:
        assert found["dateline"] is found["dateline_place"] is found["dateline_country"] is None
    else:
        wanted = expected["dateline"]
        assert found["dateline_place"] == wanted["place"]
        assert found["dateline_country"] == wanted["country"]
        assert found["dateline_date"] == wanted["date"]
        assert found["dateline"] in found["body"]


def test_body(db, expected):
    body = article(db, expected)["body"]
    assert body.startswith(expected["body_starts"])
    if expected["body_ends"] is not None:
        assert body.endswith(expected["body_ends"])


def forms(db, article_id, entity):
    column = "p.name" if entity == "people" else "m.country_code"
    condition = "m.entity = 'person' AND m.kind = 'name'" if entity == "people" else "m.entity = 'country'"
    found = defaultdict(lambda: defaultdict(dict))
    sql = f"""
        SELECT {column}, m.field, m.text, count(*) FROM mentions m LEFT JOIN people p ON p.id = m.person_id
        WHERE m.article_id = ? AND {condition} GROUP BY 1, 2, 3"""
    for key, field, text, count in rows(db, sql, article_id):
        found[key][field][text] = count
    return {key: dict(fields) for key, fields in found.items()}


def test_people_with_every_form_and_its_count(db, expected):
    assert forms(db, article(db, expected)["id"], "people") == expected["people"]


def test_countries_with_every_form_and_its_count(db, expected):
    assert forms(db, article(db, expected)["id"], "countries") == expected["countries"]


def test_roles_that_stand_for_a_person(db, expected):
    sql = """
        SELECT m.text, p.name FROM mentions m LEFT JOIN people p ON p.id = m.person_id
        WHERE m.article_id = ? AND m.kind = 'role' ORDER BY m.start"""
    found = rows(db, sql, article(db, expected)["id"])
    assert sorted(found) == sorted((role["text"], role["person"]) for role in expected["roles"])


def test_roles_that_a_person_is_given(db, expected):
    sql = """
        SELECT DISTINCT p.name, c.role, c.country_code FROM role_claims c JOIN people p ON p.id = c.person_id
        WHERE c.article_id = ? AND c.country_code IS NOT NULL"""
    found = rows(db, sql, article(db, expected)["id"])
    assert sorted(found) == sorted((name, *role) for name, role in expected["people_roles"].items())


def test_a_dateline_place_is_a_mention_of_its_own_kind(db, expected):
    found = article(db, expected)
    sql = "SELECT text, start FROM mentions WHERE article_id = ? AND kind = 'dateline'"
    places = rows(db, sql, found["id"])
    if expected["dateline"] is None:
        assert places == []
    else:
        assert expected["dateline"]["place"].upper() in {text for text, _ in places}
        begins = found["body"].index(found["dateline"])
        assert all(begins <= start < begins + len(found["dateline"]) for _, start in places)


def test_one_person_over_four_articles(db):
    ((person, articles),) = rows(db, "SELECT id, article_count FROM people WHERE family_name = 'Xi'")
    assert articles == 4
    aliases = dict(rows(db, "SELECT alias, mention_count FROM people_aliases WHERE person_id = ?", person))
    assert aliases == {"Xi Jinping": 4, "Xi": 19, "Jinping": 5}


def test_people_have_the_role_and_country_that_the_corpus_gives_them(db):
    found = {
        name: (role, country)
        for name, role, country in rows(db, "SELECT name, role, country_code FROM people")
    }
    for seed in EXPECTED:
        for name, role in seed["people_roles"].items():
            assert found[name] == tuple(role)


def test_the_database_in_the_repository_is_what_the_import_builds(tmp_path):
    # From a folder like the repository's, so that stored paths are the same.
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    import_corpus([tmp_path / "seeds"], tmp_path / "corpus.db")
    assert content(ROOT / "corpus.db") == content(tmp_path / "corpus.db")
