"""The language that a source states, as a code: "ENGLISH", "eng" and "EN" are one, "GERMAN; DEUTSCH" is another.

Where a value names several languages, or one that is not known here, it stays as it is printed: a code
would say less.
"""

from __future__ import annotations

import re
from functools import cache

from corpus_db.parsing.tables import load

# A tag as BCP 47 has it, "_" allowed as programs write it: "en", "pt_BR", "zh-Hant-TW".
_TAG = re.compile(r"([A-Za-z]{2,3})((?:[-_][A-Za-z0-9]{2,8}){0,3})$")
_PARTS = re.compile(r"\s*[;,/|()]\s*|\s+-\s+")
_LONGEST = 80


def language_code(stated: str) -> str:
    """The tag of a language that is stated by its name or code; other values as they are."""
    value = " ".join(stated.split())
    if len(value) > _LONGEST:
        return value
    tag = _TAG.match(value)
    if tag:
        first = tag[1].lower()
        known = _three().get(first) or (first if len(first) == 2 else None)
        if known is not None:
            return known + "".join(map(_subtag, re.split("[-_]", tag[2])[1:]))
    names = _names()
    lower = value.lower()
    if lower in names:
        return names[lower]
    found = {names.get(part) for part in _PARTS.split(lower) if part}
    single = found.pop() if len(found) == 1 else None
    return single or value


def _subtag(part: str) -> str:
    """A script in its case, or a country in capitals."""
    return (
        f"-{part.title() if len(part) == 4 and part.isalpha() else part.upper() if len(part) < 4 else part}"
    )


@cache
def _names() -> dict[str, str]:
    return {name: code for code, names in load("languages")["names"].items() for name in names}


@cache
def _three() -> dict[str, str]:
    return {name: code for code, names in load("languages")["three"].items() for name in names}
