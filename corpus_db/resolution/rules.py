"""The rules of resolution as data: what the second half of a mention's `rule` means.

How sure a rule is was set by judgement, and lowered where a reviewed sample (docs/accuracy.md) said less.

A person mention's rule reads `found+resolved`: what found the words (the recogniser, or the pattern
of a role), a plus sign, and how they were tied to the person ("model+family-name").
"""

from __future__ import annotations

from typing import Final, NamedTuple

from corpus_db.names import RULES as NAME_RULES


class Rule(NamedTuple):
    """A rule of resolution: how sure it is on its own, and what it says in a sentence."""

    confidence: float
    sentence: str


_FORMS: Final = {
    name: Rule(confidence, f"Another form of the antecedent's full name: {says}.")
    for name, (confidence, says) in NAME_RULES.items()
    if name != "same-name"
}

RULES: Final[dict[str, Rule]] = {
    "full-name": Rule(1.0, "A full name: it says itself who is meant."),
    **_FORMS,
    "ambiguous-form": Rule(
        0.6,
        "A full name that could be a form of two others of the article's names; kept as a person of its own.",
    ),
    "family-name": Rule(0.97, "The family name of one person whom the article names in full."),
    "given-name": Rule(0.93, "The given name of one person whom the article names in full."),
    "name-part": Rule(0.85, "Another part of the name of one person whom the article names in full."),
    "short-name": Rule(0.7, "A nickname of one person whom the article names in full."),
    "name-variant": Rule(0.8, "Another spelling of a name of one person whom the article names in full."),
    "alias": Rule(
        0.9, "A name that the article says is another name of the antecedent: nicknamed, born, also known as."
    ),
    "by-title": Rule(
        0.85, "Several persons bear this name; only this one has the title that stands before it."
    ),
    "by-gender": Rule(0.85, "Several persons bear this name; the others are of the other gender."),
    "by-generation": Rule(
        0.85,
        "Several persons bear this name; this one is the elder or the younger, as the words beside it say.",
    ),
    "by-pronoun": Rule(0.75, "Several persons bear this name; the pronoun behind it is this one's alone."),
    "named-before": Rule(0.8, "Several persons bear this name; only this one was named so far."),
    "not-relative": Rule(
        0.55,
        "Several persons bear this name; the others are introduced as relatives or go by their given names.",
    ),
    "established": Rule(0.65, "Several persons bear this name; last time it stood for this one."),
    "headline": Rule(
        0.65,
        "Several persons bear this name; a headline, or what stands before all of them, means the one named first.",
    ),
    "nearest": Rule(0.6, "Several persons bear this name; this one was named last before it."),
    "shared-family-name": Rule(
        0.85, "A given name before another one's full name, whose family name is for both: Ana and Paul Weir."
    ),
    "relative": Rule(
        0.7,
        "The article names one of the other gender so, and this one as the relative: Mr Weir's wife, Ana.",
    ),
    "bare": Rule(0.8, "A single name that belongs to nobody whom the article names in full."),
    "named-beside": Rule(0.97, "The name stands directly beside the role."),
    "role-claim": Rule(0.93, "The one person to whom the article gives this role and country."),
    "only-holder": Rule(
        0.7, "The one person to whom the article gives this role; it speaks of no other country."
    ),
    "counterpart-claim": Rule(0.9, "The one person with the same office in the other country."),
    "association": Rule(
        0.7,
        "The one other person whom the article names in a sentence with that country, and ties to no other.",
    ),
    "unresolved": Rule(0.5, "The article does not say who is meant, or says it of several."),
}
"""Second half of a person mention's rule -> how sure, and what it means."""
