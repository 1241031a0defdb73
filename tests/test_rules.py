"""Every rule that the program writes into a database has a sentence that says what it means."""

import re
from pathlib import Path

import pytest

from corpus_db import identity, open_corpus, rules
from corpus_db.names import RULES as NAME_RULES
from corpus_db.recognition.countries import choose
from corpus_db.recognition.people import found
from corpus_db.resolution import across, aliases
from corpus_db.resolution.rules import RULES as RESOLVED
from corpus_db.store import decisions

ROOT = Path(__file__).parents[1]
ROLES = ROOT / "corpus_db" / "recognition" / "roles"


def test_every_rule_of_every_stage_is_explained():
    assert set(found.RULES) | {aliases.FOUND} <= set(rules.PEOPLE_FOUND)
    assert set(choose._RULES) == set(rules.COUNTRIES_FOUND)
    assert {identity.FOUNDS, decisions.SEVERAL, *NAME_RULES, *across.BARE_RULES} == set(rules.NAMES_JOINED)
    written = set(
        re.findall(
            r'"((?:title|apposition)-\w+|predicate)"', (ROLES / "claims.py").read_text(encoding="utf-8")
        )
    )
    assert written | {"counterpart"} == set(rules.CLAIMS)


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("model+family-name", {"model+", "+family-name"}),
        ("nickname+nickname", {"nickname+", "+nickname"}),
        ("gazetteer", {"gazetteer"}),
        ("own-name", {"own-name"}),
        ("title-before", {"title-before"}),
        ("of-ones-own+full-name", {"+full-name"}),
        (None, set()),
    ],
)
def test_both_halves_of_a_rule_are_explained(rule, says):
    assert set(rules.meanings([rule, rule])) == says


def test_the_rules_of_the_seeds_are_explained():
    database = open_corpus(ROOT / "corpus.db")
    for table in ("mentions", "person_names", "role_claims"):
        for (rule,) in database.execute(f"SELECT DISTINCT rule FROM {table}"):
            assert len(rules.meanings([rule])) == 1 + rule.count("+"), rule
    database.close()


def test_the_page_is_fresh():
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == rules.page(), "run: python -m corpus_db.rules > docs/rules.md"
    assert all(f"| `{name}` |" in page for name in RESOLVED)
