"""Where a country's name or people is no mention of the country: money, newspapers, languages, kitchens, surnames.

Only the names of countries and peoples come here; for towns the model weighs the context.
The words are data: `data/countries/contexts.txt`.
"""

from __future__ import annotations

from corpus_db.recognition.countries import words
from corpus_db.recognition.countries.gazetteer import DEMONYM
from corpus_db.recognition.countries.lexicon import Lexicon, Surface

_WINDOW = 40
_COMMON = "2"  # from this digit of usage on, a word is a common given or family name


def is_something_else(text: str, start: int, end: int, surface: Surface, lexicon: Lexicon) -> bool:
    """Whether what stands round a country's name or people makes it something else."""
    following = text[end : end + 1]
    if following == "$" or text[start - 1 : start] == "$":
        return True  # "US$5 million", "$US 5 million"
    after = ""
    if following in (" ", "-"):
        after = text[end + 1 : end + 14].split(" ", 1)[0].rstrip(".,;:!?\"”'’)")
        if after in words.group("title"):
            return True
    if len(surface.words) == 1 and surface.usage[8:] > "00" and _person(text, start, end, surface, lexicon):
        return True
    if surface.places[0].kind != DEMONYM:
        return False
    if after in words.group("language-after") or after in words.group("kitchen"):
        return True
    return _language(text, start, end)


def _language(text: str, start: int, end: int) -> bool:
    """ "speaks only French", "into Russian", "in English." but not "in French cities" nor "into Russian hands"."""
    before = text[max(0, start - _WINDOW) : start].split()
    if not before:
        return False
    noun_follows = text[end : end + 1] == " " and text[end + 1 : end + 2].isalpha()
    noun_follows = noun_follows and text[end + 1 : end + 6].split(" ")[0] not in words.group("noun-less")
    if noun_follows:
        return False
    for word in before[:-4:-1]:
        plain = word.lower()
        if plain in words.group("language-before"):
            return True
        if plain not in words.group("language-through"):
            return False
    return before[-1].lower() == "in" and text[end : end + 1] in '.,;)"”'


def _person(text: str, start: int, end: int, surface: Surface, lexicon: Lexicon) -> bool:
    """ "Monica French", "Michael Jordan": a family name after a given name; "Chad Smith": the other way round."""
    if surface.usage[9] > "0" and text[start - 1 : start] == " ":
        before = text[max(0, start - _WINDOW) : start].split()
        given = before[-1] if before else ""
        if given[:1].isupper() and given.lower() in words.given_names():
            return True
    if surface.usage[8] < _COMMON or text[end : end + 1] != " ":
        return False
    family = text[end + 1 : end + _WINDOW].split(" ", 1)[0].rstrip(".,;:!?\"”'’)")
    if family[:2] in ("O'", "O’", "Mc"):
        return True
    entry = lexicon.lookup(family) if family[:1].isupper() else None
    return entry is not None and entry.alone is not None and entry.alone.usage[9:] >= _COMMON
