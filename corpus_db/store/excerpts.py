"""A few words of a text, with what one came for marked in it.

Marks are characters that Unicode reserves for a program's own use, so that no text that is meant for
others has them; whoever shows an excerpt turns them into bold, colour or signs.
"""

from __future__ import annotations

from collections.abc import Iterable

MARK_START, MARK_END = "\ufdd0", "\ufdd1"
LONGEST = 400  # characters of an excerpt, roughly: some texts run on without a full stop

Span = tuple[int, int]


def excerpt(text: str, spans: Iterable[Span], longest: int = LONGEST) -> str:
    """The text round the first of the spans (start, end), with all spans that lie in it marked."""
    ordered = sorted(spans)
    shown, moved = window(text, ordered, longest)
    for start, end in reversed(moved):
        shown = shown[:start] + MARK_START + shown[start:end] + MARK_END + shown[end:]
    return shown


def window(text: str, spans: list[Span], longest: int = LONGEST) -> tuple[str, list[Span]]:
    """A part of a long text that holds the first span, cut between words, and where its spans are."""
    if len(text) <= longest or not spans:
        return text, spans
    first_start, first_end = spans[0]
    start = max(0, min(first_start - longest // 2, len(text) - longest))
    start = text.rfind(" ", 0, start) + 1
    end = text.find(" ", max(start + longest, first_end))
    end = len(text) if end < 0 else end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    moved = [(a - start + len(before), b - start + len(before)) for a, b in spans if start <= a and b <= end]
    return before + text[start:end] + after, moved


def beginning(text: str, longest: int = LONGEST) -> str:
    """The first words of a text."""
    if len(text) <= longest:
        return text
    end = text.rfind(" ", 0, longest)
    return text[: end if end > 0 else longest] + " …"
