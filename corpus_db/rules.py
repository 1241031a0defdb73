"""What the rules say: a sentence for every name that stands in a column `rule` of the database.

A rule's name is short, so that one can count and filter by it; whoever publishes what it found needs to know
what it means. The stages keep the sentences of their own rules where they have them; here they are
brought together with the rest, for `corpus-db show --why`, the pages and docs/rules.md, which

    python -m corpus_db.rules > docs/rules.md

writes. A test knows every rule of every stage and fails for one without a sentence.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from corpus_db.names import RULES as NAME_RULES
from corpus_db.resolution.across import BARE_RULES
from corpus_db.resolution.rules import RULES as RESOLVED

PEOPLE_FOUND: Final = {
    "model": "The trained model takes these words for a person's name; the column confidence says how surely.",
    "same-article": "The model doubts it here, but the same words are surely a name elsewhere in the article.",
    "name-lists": "A known given name first and a known family name last, where the model wavers.",
    "titled": "A title such as President or Mr stands before it.",
    "list": "It stands in a list of names.",
    "credit": "It stands in a credit, beside or between the names of agencies.",
    "nickname": 'The name round a nickname in quotation marks: Jane "Digger" Doe.',
    "suffix": "A name with the Jr. or Sr. behind it.",
    "joined": "Pieces of one name that had been found apart.",
    "alias": "The article says that this is another name of somebody: nicknamed, born, also known as.",
    "office-of-country": "Words for an office with its country or place: the Chinese president.",
    "counterpart": "Somebody's counterpart in another country: his Russian counterpart.",
}
COUNTRIES_FOUND: Final = {
    "listed": "A name of a country, or its adjective, from the list of countries.",
    "gazetteer": "A place of the gazetteer; a model chose, from the words around it, between its bearers.",
    "container": "A place whose country or province stands directly behind it: Paris, Texas.",
}
NAMES_JOINED: Final = {
    "own-name": "The name that makes a person: nothing joined it to another name.",
    **{name: f"Joined to the other name: {says}." for name, (_, says) in NAME_RULES.items()},
    **{name: f"A single name: {says}." for name, (_, says) in BARE_RULES.items()},
    "several-people": "Several people bear this name; the table told_apart has which article means whom.",
}
CLAIMS: Final = {
    "title-before": "The role stands directly before the name: President Xi Jinping.",
    "predicate": "The sentence says so: Ana Soto is the mayor of Loja; she became, was elected mayor.",
    "apposition-after": "The role stands behind the name, after a comma: Li Rong, executive director.",
    "apposition-before": "The role stands before the name, with an article and a comma: the German chancellor, Angela Merkel.",
    "counterpart": "Named as somebody's counterpart, so with that person's office.",
}

GROUPS: Final[tuple[tuple[str, str, Mapping[str, str]], ...]] = (
    (
        "Mentions of people: what found the words",
        "The first half of `mentions.rule`, before the plus sign (`model+family-name`).",
        PEOPLE_FOUND,
    ),
    (
        "Mentions of people: what tied them to a person of the article",
        "The second half of `mentions.rule`, after the plus sign.",
        {name: rule.sentence for name, rule in RESOLVED.items()},
    ),
    ("Mentions of countries and places", "`mentions.rule`.", COUNTRIES_FOUND),
    ("Names of one person, across articles", "`person_names.rule`.", NAMES_JOINED),
    ("Roles", "`role_claims.rule`.", CLAIMS),
)


def meanings(rules: Iterable[str | None]) -> dict[str, str]:
    """What the rules of some mentions, names or claims say, each once; of `found+tied` both halves.

    A half of a mention's rule keeps its plus sign, because a word may stand on both sides. What a
    recogniser of one's own calls its rules is not known here and left out.
    """
    found: dict[str, str] = {}
    for rule in filter(None, rules):
        how, plus, tied = rule.partition("+")
        if plus:
            said = {f"{how}+": PEOPLE_FOUND.get(how), f"+{tied}": _sentence(tied)}
        else:
            said = {rule: COUNTRIES_FOUND.get(rule) or NAMES_JOINED.get(rule) or CLAIMS.get(rule)}
        found |= {name: sentence for name, sentence in said.items() if sentence}
    return found


def _sentence(tied: str) -> str | None:
    rule = RESOLVED.get(tied)
    return rule.sentence if rule else None


INTRODUCTION: Final = """\
# What the rules say

Every mention, name and role in the database has a `rule`: what found it and what decided whom or what it
means. Beside it `confidence` says how sure that is, from 0 to 1. `corpus-db show NAME --why` shows the rules at
work on one person, country or article, with these sentences. The rules of dates (`dates.rule`) are in plain words.

This page is written by `python -m corpus_db.rules > docs/rules.md`; a test fails when it is out of date.
"""


def page() -> str:
    """docs/rules.md."""
    return "\n".join([INTRODUCTION, *_sections()])


def _sections() -> Iterator[str]:
    for title, where, sentences in GROUPS:
        rows = [
            f"| `{name}` | {sentence.replace('|', chr(92) + '|')} |" for name, sentence in sentences.items()
        ]
        yield f"## {title}\n\n{where}\n\n" + "\n".join(["| Rule | Says |", "| --- | --- |", *rows]) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
