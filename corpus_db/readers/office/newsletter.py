"""What newsletters put round their text, and what of it is left out.

Above the story stand a preview that no reader sees, "View in your browser" and the subject again; below it
how to leave the list. Only whole short lines are taken, from the ends inwards, until one is none of these
(`data/readers/newsletters.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus_db.data import table

_HIDDEN = re.compile(
    r"<(div|span|p|td|table)\b[^<>]{0,400}display\s*:\s*none[^<>]{0,400}>[^<]{0,2000}</\1\s*>", re.IGNORECASE
)


def _lines(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_ABOVE, _BELOW = (_lines(table("readers/newsletters")[side]) for side in ("above", "below"))
# Lines looked at above the story, and how long one is at most; how many are taken below it.
_TOP, _LONGEST, _BOTTOM = 8, 260, 30


def visible(page: str) -> str:
    """HTML without the previews that mail programs show in their lists and nowhere else."""
    return _HIDDEN.sub("", page)


def without_frame(text: str, subject: str) -> str:
    """The text of a mail without what stands round it; all of it where nothing else is left."""
    lines = text.split("\n")
    begin, end = _begin(lines, _letters(subject)), len(lines)
    for _ in range(_BOTTOM):
        while end > begin and not lines[end - 1].strip():
            end -= 1
        if end <= begin or not _matches(_BELOW, lines[end - 1]):
            break
        end -= 1
    return "\n".join(lines[begin:end]).strip("\n") if end > begin else text


def _begin(lines: list[str], subject: str) -> int:
    """The first line of the story: below the subject where it stands again, else below what is known."""
    filled = [number for number, line in enumerate(lines[: 4 * _TOP]) if line.strip()][:_TOP]
    known = 0
    above = True
    for place, number in enumerate(filled):
        if subject and _letters(lines[number]) == subject and place + 1 < len(filled):
            return number + 1
        above = above and _matches(_ABOVE, lines[number])
        known = number + 1 if above else known
        if len(lines[number]) > _LONGEST:
            break
    return known


def _matches(pattern: re.Pattern[str], line: str) -> bool:
    line = line.strip()
    return not line or (len(line) <= _LONGEST and pattern.fullmatch(line.lower()) is not None)


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
