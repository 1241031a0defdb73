"""Two given names before one family name: "Ana and Paul Weir" are Ana Weir and Paul Weir.

The first of the two is read with the family name of the second, so that "Mrs Weir" can be her and other
articles' Ana Weir too. Only a known given name is, that stands right before " and " and a full name, with no capital
letter before it ("Senator Grant and Paul Weir" are not related), neither here nor anywhere else in the article
("Prince Charles"), and that is nobody's family name here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from corpus_db.models import Field, PersonSpan
from corpus_db.names import Name, is_title, lists, parse

_AND: Final = (" and ", " & ")
_LISTING: Final = ("as ", "like ", "such ", "including ", "than ")
_OPENING: Final = frozenset(  # words that open a sentence
    ("And", "Both", "But", "When", "While", "After", "Before", "Later", "Then", "Today", "With", "For", "If")
)


def sharing(
    contents: Mapping[Field, str], spans: Sequence[PersonSpan], names: Sequence[Name]
) -> dict[int, Name]:
    """Number of the span of a given name -> the name with the family name that stands behind the next one."""
    found: dict[int, Name] = {}
    led: set[str] | None = None
    last = len(names) - 1
    for index, name in enumerate(names):
        if name.full or index == last or not names[index + 1].full:
            continue
        span, after = spans[index], spans[index + 1]
        content = contents[span.field]
        if (
            span.field == after.field
            and content[span.end : after.start] in _AND
            # one of many or of a cast: "stars like Cher and Ana Lee", "as Mary and Tom Weir as Caesar"
            and not content.endswith(_LISTING, 0, span.start)
        ):
            whole = _whole(name, names[index + 1])
            if whole is None:
                continue
            if led is None:
                led = _led(contents, spans, names)
            if name.words[0] not in led and not _is_anothers(whole, names, index):
                found[index] = whole
    return found


def _is_anothers(whole: Name, names: Sequence[Name], index: int) -> bool:
    """Whether another of that given name was named in full before, and nobody is so: "Idris" of Idris Elba."""
    same = [at for at, name in enumerate(names) if name.full and name.given == whole.given]
    return bool(same) and same[0] < index and not any(names[at].family == whole.family for at in same)


def _led(contents: Mapping[Field, str], spans: Sequence[PersonSpan], names: Sequence[Name]) -> set[str]:
    """The family names of the article, and its single names that are, somewhere, more than a given name."""
    words = {word for name in names if name.full for word in name.family}
    for span, name in zip(spans, names, strict=True):
        if not name.full and _is_led(contents[span.field], span.start):
            words.add(name.words[0])
    return words


def _whole(name: Name, other: Name) -> Name | None:
    """The given name with the family name of the other; None where it need not be one."""
    word = name.words[0]
    if (
        name.suffix
        or name.given
        or other.family_first
        or len(other.given) < 2
        or word not in lists.given_names()
        or (lists.is_common_family(word) and not lists.is_common_given(word))
    ):
        return None
    whole = parse(f"{name.text} {other.family_name}")
    return whole if whole.full and whole.given == word and whole.family == other.family else None


def _is_led(content: str, start: int) -> bool:
    """Whether a title or another word with a capital letter stands before the name: it is no given name then."""
    if content[start - 1 : start] != " ":
        return False
    word = content[content.rfind(" ", max(0, start - 24), start - 1) + 1 : start - 1]
    return is_title(word) if word.endswith((".", ":")) else word[:1].isupper() and word not in _OPENING
