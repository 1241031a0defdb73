"""What the words round a name say of whom it means, asked where several persons of the article bear it.

"Sir John" is the one who was called Sir, "his wife Ana" is a woman, "the elder Weir" is the one of whom a son is
spoken, "Weir's father, Paul" is said of another Weir than Paul, and "the Weir family" is nobody in particular.
Each question looks at the few words beside one mention; none is asked of names that only one person bears,
so that all of them together cost next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, Literal

from corpus_db.models import Field, PersonSpan
from corpus_db.names import Name, fold, is_title, lists, titles
from corpus_db.resolution.grouping import Person

Generation = Literal["elder", "younger"]

ROYAL: Final = frozenset(("prince", "princess", "king", "queen", "sultan", "pope", "emperor", "empress"))
_ROYAL_ENDS: Final = frozenset(word[-2:] for word in ROYAL)
_OPENERS: Final = "\"“”'‘’([—–"
_BEFORE: Final = 24  # characters that hold a relative's word
_AFTER: Final = 120  # characters in which a pronoun comes soon
_SUFFIXES: Final[Mapping[str, Generation]] = {"sr": "elder", "jr": "younger"}
_MARRIED: Final = frozenset(("mr", "mrs", "ms", "miss"))  # titles that only tell the gender
# "his son Ali", "her sons Ali and Gamal", "Weir's widow, Ana"
_INTRODUCED = re.compile(r"\b(?:([a-z-]+),? |([a-z-]+s),? (?:[A-Z][\w-]+(?:, | and |, and )){1,3})$")
_POSSESSED = re.compile(r"['’]s? (?:[a-z-]+,? ){0,3}?([a-z-]+)(,? )?")
_PRONOUN = re.compile(r"\b(?:(he|his|him|himself)|(?:she|her|hers|herself))\b", re.IGNORECASE)
# "Weir said he would", "said Weir. She …"; not "Weir told her", nor what somebody says of another in quotation marks
_OWN_PRONOUN = re.compile(
    r"[^.!?;:\n\"“”]*?\b(?:(he|his|himself)|she|herself)\b|[^.!?;:\n\"“”]{0,60}\.[”\"]? (?:(He)|She)\b"
)
_OTHERS_PRONOUN = re.compile(
    r"\b(?:him|her)\b"
)  # "accused her husband, who said he": of two, one is somebody else
_AGE = re.compile(r",? (?:\(|aged? )?(\d{1,3})(?=[,.)])")
_ELDER_BEFORE: Final[Mapping[str, Generation]] = {"elder": "elder", "older": "elder", "unger": "younger"}
_GENERATION = re.compile(
    r",? (?:(senior|Senior|Sr|Snr|the [Ee]lder|père)|junior|Junior|Jr|Jnr|the [Yy]ounger|fils)\b"
)
_FAMILY = re.compile(
    r" (?:(?:extended|immediate|entire|whole) )?"
    r"(?:famil(?:y|ies)|households?|clan|dynasty|siblings?|brothers|sisters|twins|parents|couple|children)\b"
)
_FAMILY_BEFORE = re.compile(r"\b(?:Mr\.? (?:and|&) Mrs\.?|(?:brothers|sisters|siblings|twins)) $")


def generation_before(content: str, start: int) -> Generation | None:
    """What "the elder", "the younger" says before the name at `start`."""
    return _ELDER_BEFORE.get(content[start - 6 : start - 1])


def _is_title(word: str) -> bool:
    """Whether a word before a name is its title; with a full stop it is one only as an abbreviation ("Dr.")."""
    folded = fold(word)
    if word.endswith("."):
        return word.lower() in titles.heads() or folded in lists.sections("words.txt")["honorifics"]
    return folded in ROYAL or is_title(word)


@cache
def _relation(kind: str) -> frozenset[str]:
    return lists.sections("words.txt")[kind]


class Cues:
    """The questions about the names of one article."""

    def __init__(
        self, contents: Mapping[Field, str], spans: Sequence[PersonSpan], names: Sequence[Name]
    ) -> None:
        self._contents = contents
        self._spans = spans
        self._names = names
        self._places: dict[int, list[int]] = {}
        self._royals: frozenset[str] | None = None
        self._genders: dict[int, lists.Gender | None] = {}

    # -- of one mention -----------------------------------------------------------------------

    def generation(self, index: int) -> Generation | None:
        """ "the elder Weir", "Weir senior", "Weir Jr."."""
        field, start, end, *_ = self._spans[index]
        content = self._contents[field]
        before = generation_before(content, start) or _SUFFIXES.get(self._names[index].suffix)
        if before is not None:
            return before
        match = _GENERATION.match(content, end)
        return None if match is None else "elder" if match[1] else "younger"

    def is_family(self, index: int) -> bool:
        """Whether a name stands for several: "the Weir family", "the brothers Weir", "Mr and Mrs Weir"."""
        field, start, end, *_ = self._spans[index]
        content = self._contents[field]
        return bool(_FAMILY.match(content, end) or _FAMILY_BEFORE.search(content, max(0, start - 12), start))

    def is_plural(self, index: int) -> bool:
        """Whether "the" stands before a name: "the Weirs"."""
        field, start, *_ = self._spans[index]
        return self._contents[field].endswith(("the ", "The "), 0, start)

    def title(self, index: int) -> str:
        """The title directly before a name, folded; "" where there is none but Mr or Ms."""
        field, start, *_ = self._spans[index]
        content = self._contents[field]
        word = content[content.rfind(" ", max(0, start - 20), start - 1) + 1 : start - 1].lstrip(_OPENERS)
        title = (
            fold(word) if content[start - 1 : start] == " " and word[:1].isupper() and _is_title(word) else ""
        )
        return "" if title in _MARRIED else title

    def royals(self) -> frozenset[str]:
        """The single names that somewhere stand behind "Prince", "Queen" or "Pope"."""
        if self._royals is None:
            self._royals = frozenset(
                name.words[0]
                for index, name in enumerate(self._names)
                if not name.full and self._before(index, 3) in _ROYAL_ENDS and self.title(index) in ROYAL
            )
        return self._royals

    def is_knight(self, index: int) -> bool:
        """Whether "Sir" or "Dame" stands before a name: it is a given name then."""
        field, start, *_ = self._spans[index]
        return self._contents[field].endswith(("Sir ", "Dame "), 0, start)

    def _before(self, index: int, size: int) -> str:
        """The last characters of the word before a name, one less than `size`."""
        field, start, *_ = self._spans[index]
        return self._contents[field][start - size : start - 1]

    def is_royal(self, person: Person) -> bool:
        """Whether such a title is given to a person named in full."""
        return any(self.title(index) in ROYAL for index in self.places(person)) or any(
            not ROYAL.isdisjoint(claim.role.lower().split()) for claim in person.claims
        )

    def pronoun(self, index: int) -> lists.Gender | None:
        """The gender of the pronoun by which the text goes on about the one it has just named."""
        field, _, end, *_ = self._spans[index]
        match = _OWN_PRONOUN.match(self._contents[field], end, self._until(index))
        if match is None or _OTHERS_PRONOUN.search(match[0]):
            return None
        return "m" if match[1] or match[2] else "f"

    def introduction(self, index: int) -> str:
        """The word that makes a name a relative's: "wife" of "his wife Ana"; "" where there is none."""
        field, start, *_ = self._spans[index]
        match = _INTRODUCED.search(self._contents[field], max(0, start - _BEFORE), start)
        word = match and (match[1] or match[2])
        return word if word and word in _relation("relatives") else ""

    def relative(self, index: int) -> tuple[str, int | None]:
        """Whose relative is spoken of: ("father", number of the span of "Paul") for "Weir's father, Paul"."""
        field, _, end, *_ = self._spans[index]
        match = _POSSESSED.match(self._contents[field], end)
        if match is None or match[1] not in _relation("relatives"):
            return "", None
        after = index + 1
        named = match[2] and after < len(self._spans) and self._spans[after][:2] == (field, match.end())
        return match[1], after if named else None

    def _until(self, index: int) -> int:
        """Where the next person is named, or enough was read."""
        field, _, end, *_ = self._spans[index]
        after = index + 1
        if after < len(self._spans) and self._spans[after].field == field:
            return min(end + _AFTER, self._spans[after].start)
        return end + _AFTER

    # -- of a person --------------------------------------------------------------------------

    def places(self, person: Person) -> list[int]:
        """Where a person is named in full, by number of span in reading order: the body, then the title."""
        found = self._places.get(id(person))
        if found is None:
            texts = {form.text for form in person.forms}
            found = [index for index, name in enumerate(self._names) if name.full and name.text in texts]
            found.sort(key=lambda index: self._spans[index].field == "title")
            self._places[id(person)] = found
        return found

    def gender(self, person: Person) -> lists.Gender | None:
        """What title, role or given name tell, else the word for a relative, else the first pronoun."""
        known = person.gender or next((form.gender for form in person.forms if form.gender), None)
        if known is not None:
            return known
        if id(person) not in self._genders:
            self._genders[id(person)] = self._shown_gender(person)
        return self._genders[id(person)]

    def _shown_gender(self, person: Person) -> lists.Gender | None:
        for index in self.places(person):
            word = self.introduction(index)
            if word in _relation("relatives_m"):
                return "m"
            if word in _relation("relatives_f"):
                return "f"
        for index in self.places(person):
            field, _, end, *_ = self._spans[index]
            match = _PRONOUN.search(self._contents[field], end, self._until(index))
            if match is not None:
                return "m" if match[1] else "f"
        return None

    def generation_of(self, person: Person) -> Generation | None:
        """Whether a person is somebody's father or child here: by the suffix, or by how others introduce them."""
        for form in person.forms:
            if form.suffix in _SUFFIXES:
                return _SUFFIXES[form.suffix]
        for index in self.places(person):
            word = self.introduction(index)
            stated = self.generation(index)
            if stated is not None or word in _relation("elders"):
                return stated or "elder"
            if word in _relation("youngers"):
                return "younger"
        return None

    def age(self, person: Person) -> int | None:
        """The age stated behind a person's full name."""
        for index in self.places(person):
            field, _, end, *_ = self._spans[index]
            match = _AGE.match(self._contents[field], end)
            if match is not None:
                return int(match[1])
        return None

    def is_relative(self, person: Person, called: frozenset[str]) -> bool:
        """Whether a person is introduced as somebody's relative ("his wife Ana") or goes by the given name.

        `called` are the single names of the article. Where it is about a family, the family name alone is left to
        the one who is in the news.
        """
        if any(form.given in called for form in person.forms):
            return True
        given = {(form.given,) for form in person.forms}
        return any(self.introduction(index) for index in self.places(person)) or any(
            self.introduction(index) for index, name in enumerate(self._names) if name.words in given
        )
