"""Names that an article says are one person's: "Ana Soto, known as the Fox", "Mae Hill, née Ortiz".

No comparison of letters can tell that the Fox is Ana Soto; the words between the two names do
(corpus_db/names/aliases.py). What is read off them holds for this article: the alias is one more form of the
person here, and says nothing about the same words elsewhere.

Words in quotation marks ("known as 'the Fox'") stay apart: they are a code name or a byname, which others
may bear or be suspected of, and annotators keep them apart too (docs/accuracy.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Final

from corpus_db.models import Field, PersonSpan
from corpus_db.names import aliases

_RULE: Final = itemgetter(PersonSpan._fields.index("rule"))
FOUND: Final = "alias"  # the rule of a span that recognition knows only because it is announced as an alias
# The two characters before the space before a name that may be an alias: "as", "dubbed", "aka", "née", "born".
_ENDS: Final = frozenset(
    (
        "as",
        "ed",
        "me",
        "ka",
        "KA",
        "a.",
        "A.",
        "ee",
        "ée",
        "rn",
        "er",
        "ym",
        "is",
        "of",
        "by",
        "lf",
        "re",
        "et",
    )
)


def stated(contents: Mapping[Field, str], spans: Sequence[PersonSpan]) -> dict[int, int]:
    """Number of a span that is announced as an alias -> number of the span of the person it is given to."""
    found: dict[int, int] = {}
    for index, (field, start, _, _, rule, _) in enumerate(spans):
        content = contents[field]
        if content[start - 3 : start - 1] in _ENDS or rule == FOUND:
            holder, quoted = index - 1, content[start - 1 : start] in aliases.MARKS
            if holder >= 0 and not quoted and spans[holder].field == field:
                phrase = aliases.phrase_before(content, start)
                if (
                    phrase is not None
                    and aliases.is_one(content, spans[holder].start)
                    and aliases.is_holder(content, spans[holder].end, phrase)
                ):
                    found[index] = found.get(holder, holder)
    return found


def nobodys(spans: Sequence[PersonSpan], stated: Mapping[int, int]) -> set[int]:
    """Numbers of the spans that are aliases of somebody whom the article does not name."""
    if FOUND not in map(_RULE, spans):
        return set()
    known = {spans[index].text for index in stated}
    return {index for index, span in enumerate(spans) if span.rule == FOUND and span.text not in known}
