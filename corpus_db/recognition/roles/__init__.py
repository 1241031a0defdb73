"""Finds roles: the titles and appositions that give a named person one, and the nominals that stand for one.

*Claims* tie a role to a name beside it: a title directly before it ("Ecuadorian President Lenin Moreno"), an
apposition after it ("Li Rong, executive vice director with …") or before it ("his counterpart, Martin
Vizcarra,"). *Role mentions* are nominals with an office and what it is an office of ("the Chinese president",
"the mayor of Guaranda", "his Russian counterpart"); whom they stand for is decided in resolution.

Everything starts from spans that are already found, names and countries, and looks at the few words
beside them: an article without titles costs two dictionary look-ups a span. The words are data
(corpus_db/data/roles/words.txt). A role that somebody held, or will hold, keeps that in its name
("Former President"); "Counterpart" as the role of a claim means: the office of the one it is the counterpart of.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus_db.models import CountrySpan, PersonSpan, RoleClaim, RoleSpan, Text
from corpus_db.recognition.roles.claims import find_claims
from corpus_db.recognition.roles.nominals import find_nominals
from corpus_db.recognition.roles.phrases import sides

__all__ = ["find"]


def find(
    text: Text, people: Sequence[PersonSpan], countries: Sequence[CountrySpan]
) -> tuple[list[RoleSpan], list[RoleClaim]]:
    """The role mentions and the role claims of one article, each in order (title first, start).

    `people` and `countries` are the spans found in it. A person may have several claims.
    """
    mentions: list[RoleSpan] = []
    claims: list[RoleClaim] = []
    for side in sides(text, people, countries):
        mentions += find_nominals(side)
        claims += find_claims(side)
    return mentions, claims
