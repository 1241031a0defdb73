"""Text of unknown origin, made fit for a terminal: harmless, of a known width, and marked.

Articles hold whatever their authors and the machines between them put there, among it escape
sequences that would move the cursor, rename the window or hide a line, and direction marks that
would show a name back to front. Nothing of the kind may reach a terminal raw, and nothing may
vanish either: such characters are shown as the escapes that Python would write for them.
Widths are measured in terminal cells (Chinese takes two a character, a combining accent none).
"""

from __future__ import annotations

import os
import re
import shutil
import sys

from corpus_db.store.excerpts import MARK_END, MARK_START

# C0 and C1 control characters, direction marks and overrides, line and paragraph separators, byte
# order mark, interlinear annotation, lone surrogates, tag characters (invisible text).
_UNPRINTABLE = (
    "\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f"
)
_FIND = re.compile(f"[{_UNPRINTABLE}]")
_FIND_IN_LINES = re.compile(f"[{_UNPRINTABLE}](?<![\n\t])")

# MARK_START and MARK_END stand round the words that a search found until the text has been cut and
# wrapped: `marked` turns them into colour or, in a pipe, into signs.
SIGN_START, SIGN_END = "«", "»"
BOLD, MARKED, RESET = "\x1b[1m", "\x1b[1;31m", "\x1b[0m"
_MARKS = {ord(MARK_START): None, ord(MARK_END): None}
ELLIPSIS = "…"
WIDTH_UNKNOWN = 80
WIDTH_LEAST = 40


def escaped(character: str) -> str:
    """The escape that Python writes for a character: \\x1b, \\u202e, \\U000e0041."""
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def printable_line(text: str) -> str:
    """Text as one line: white space runs become one space, unprintable characters their escapes."""
    return _FIND.sub(lambda match: escaped(match[0]), " ".join(text.split()))


def printable_lines(text: str) -> str:
    """Text with its line breaks and tabs; other unprintable characters become their escapes."""
    return _FIND_IN_LINES.sub(lambda match: escaped(match[0]), text.replace("\r\n", "\n"))


def width(text: str) -> int:
    """Cells that a printable line takes on a terminal."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth  # 50 ms that `--help` does not need

    unmarked = text.translate(_MARKS)
    cells = wcswidth(unmarked)
    return cells if cells >= 0 else len(unmarked)


def cut(text: str, cells: int) -> str:
    """A printable line, shortened to so many cells; what was cut shows as an ellipsis."""
    if width(text) <= cells:
        return text
    end = min(len(text), cells)
    while end > 0 and width(text[:end]) > cells - 1:
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def cut_before(text: str, cells: int) -> str:
    """A printable line, shortened to so many cells at its beginning: of a path the end tells more."""
    if width(text) <= cells:
        return text
    start = max(0, len(text) - cells)
    while start < len(text) and width(text[start:]) > cells - 1:
        start += 1
    return ELLIPSIS + text[start:]


def padded(text: str, cells: int, right: bool = False) -> str:
    """A printable line, filled up with spaces to so many cells."""
    space = " " * (cells - width(text))
    return space + text if right else text + space


def broken(text: str, cells: int, used: int = 0) -> str:
    """Text whose lines have at most so many cells where words allow: some spaces become line breaks.

    Every character stays where it was. used: cells of the first line that are taken.
    """
    parts = []
    for number, line in enumerate(text.split("\n")):
        taken = 0 if number else used
        for index, word in enumerate(line.split(" ")):
            cells_of_word = width(word)
            if index and taken + 1 + cells_of_word > cells:
                parts.append("\n")
                taken = cells_of_word
            else:
                parts.append(" " if index else "\n" if number else "")
                taken += cells_of_word + (1 if index else 0)
            parts.append(word)
    return "".join(parts)


def wrapped(text: str, cells: int) -> list[str]:
    """A printable line, broken at spaces into lines of at most so many cells where words allow."""
    return broken(text, cells).split("\n") if text else []


def is_terminal() -> bool:
    """Whether people read standard output as it is written."""
    return sys.stdout is not None and sys.stdout.isatty()


def styled() -> bool:
    """Whether standard output can show bold and colours (a terminal, and NO_COLOR is not set)."""
    return is_terminal() and not os.environ.get("NO_COLOR")


def terminal_width() -> int | None:
    """Columns of the terminal; None in a pipe, where nothing needs to fit."""
    if not is_terminal():
        return None
    return max(shutil.get_terminal_size((WIDTH_UNKNOWN, 24)).columns, WIDTH_LEAST)


def marked(text: str, *, bold: bool = False, signs: bool = False) -> str:
    """Text whose marks show: in colour where standard output can, else (or with `signs`) as «…».

    bold: the text round the marks is bold where that can be shown.
    """
    if signs or not styled():
        return text.replace(MARK_START, SIGN_START).replace(MARK_END, SIGN_END)
    before = BOLD if bold else ""
    if not before and MARK_START not in text and MARK_END not in text:
        return text
    inside = text.replace(MARK_START, MARKED).replace(MARK_END, RESET + before)
    return f"{before}{inside}{RESET}"


def strong(text: str) -> str:
    """Text in bold where standard output can show it."""
    return marked(text, bold=True)
