"""Where a country's name or people is no mention of the country: money, newspapers, languages, kitchens, surnames.

Only names that mean a country and nothing else come here; for the others the model weighs the context.
The words are data: `data/countries/contexts.txt`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from corpus_db.names import lists
from corpus_db.recognition.countries.gazetteer import DEMONYM
from corpus_db.recognition.countries.lexicon import Surface

_WINDOW = 40
_SURNAME = "2"  # from this digit of usage on, a word is a common family name


@cache
def words(group: str) -> frozenset[str]:
    """The words of a group."""
    text = resources.files("corpus_db.data").joinpath("countries", "contexts.txt").read_text(encoding="utf-8")
    lines = (line.split("|") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(word for name, content in lines if name == group for word in content.split())


def is_something_else(text: str, start: int, end: int, surface: Surface) -> bool:
    """Whether what stands round a country's name or people makes it something else."""
    following = text[end : end + 1]
    if following == "$" or text[start - 1 : start] == "$":
        return True  # "US$5 million", "$US 5 million"
    after = ""
    if following in (" ", "-"):
        after = text[end + 1 : end + 14].split(" ", 1)[0].rstrip(".,;:!?\"”'’)")
        if after in words("title"):
            return True
    if surface.places[0].kind != DEMONYM:
        return False
    if after in words("language-after") or after in words("kitchen"):
        return True
    return _language(text, start, end) or _surname(text, start, surface)


def _language(text: str, start: int, end: int) -> bool:
    """ "speaks only French", "into Russian", "in English." but not "in French cities" nor "into Russian hands"."""
    before = text[max(0, start - _WINDOW) : start].split()
    if not before:
        return False
    noun_follows = text[end : end + 1] == " " and text[end + 1 : end + 2].isalpha()
    noun_follows = noun_follows and text[end + 1 : end + 5].split(" ")[0] not in ("and", "or", "as", "to", "with", "at")
    if noun_follows:
        return False
    for word in before[:-4:-1]:
        plain = word.lower()
        if plain in words("language-before"):
            return True
        if plain not in words("language-through"):
            return False
    return before[-1].lower() == "in" and text[end : end + 1] in ".,;)\"”"


def _surname(text: str, start: int, surface: Surface) -> bool:
    """ "Monica French": a family name right after a given name."""
    if len(surface.words) > 1 or surface.usage[9:10] < _SURNAME or text[start - 1 : start] != " ":
        return False
    before = text[max(0, start - _WINDOW) : start].split()
    given = before[-1] if before else ""
    return given[:1].isupper() and given.lower() in lists.given_names()
