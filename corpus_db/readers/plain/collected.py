"""Several articles in one text: what people paste together, and what archives print into one file.

    Document 1 of 25            numbers that count up, each above an article
    ==========                  lines of marks, with a headline and a date below each
    Title: … Date: …            the same labels again, in the same order
    1. A headline               numbers before the headlines, from the first line on, a date below each
    a form feed                 between articles that each have a headline and who wrote them or when
    Heading 1                   in a word processor's document: headlines in this style, a date below each

A text is cut only where it shows its joints in one of these ways; a story with "* * *" between its
parts, or with a treaty's "Article 1" in it, has no headline and date below them and stays one. What
stands before the first article (a cover sheet, a table of contents) is a piece of its own. Where the
built-in knowledge is not enough, a profile's `separator` says it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_db.data import table
from corpus_db.readers.exports.layout import Layout
from corpus_db.readers.exports.lines import Cut, Line, cuts_at

NAME = "texts"

_WORDS = "|".join(map(re.escape, table("readers/collected")["numbered"]["words"]))
_OF = "|".join(map(re.escape, table("readers/collected")["numbered"]["of"]))
ENDS = frozenset(table("readers/collected")["ends"]["lines"])
_STYLES = frozenset(table("readers/collected")["headings"]["styles"])
_LABELS: dict[str, str] = {
    label: field for field, labels in table("parsing/labels")["labels"].items() for label in labels
}
_NUMBERED = re.compile(
    rf"[\s\[(<*#=_-]{{0,12}}(?:(?:{_WORDS})[ \t:#№.]{{1,4}})?(\d{{1,6}})[ \t]{{0,3}}(?:(?:{_OF})[ \t]{{0,3}}(\d{{1,6}}))?"
    rf"(?:[ \t]+(?:{_WORDS})s?)?[\s\])>*#=_:.-]{{0,12}}$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"\s{0,40}(?:([=*_#~+•·—–-])(?:[ \t]?\1){2,}|[-=*~]{2,}\s?[oOxX*=#~-]{1,9}\s?[-=*~]{2,})\s{0,40}$"
)
_LABEL = re.compile(r"[\s*#>\[_-]{0,6}([^\W\d_][^\n:：\t]{0,23}?)[\]*_ ]{0,4}(?::(?!//)|：)")
# A date with its year, in a line that says little else.
_DATED = re.compile(r"\b(?:1[89]|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|[12]\d{3}年")
_DATE_LINE, _DATE_WITHIN, _DIGITS = 120, 8, re.compile(r"\d")
# A headline is no longer, a paragraph no shorter; an article has at least so many characters.
_HEADLINE, _PARAGRAPH, _ARTICLE = 200, 60, 100
# A separator of so many marks stands between articles even where no dates are below it, if there are several.
_STRONG, _STRONG_SEGMENTS = 10, 3
# "1. A bridge opens"; what ends a text that is whole; how credits are built and how far below a headline they stand.
LISTED = re.compile(r"(\d{1,3})[.)][ \t]+(?=[^\W\d_a-z])")
_CLOSED = frozenset(".!?\"”’')]…#")
_BY = re.compile(r"(?:By|BY)\s+[^\W\d_a-z]")
_CREDITS_WITHIN, _CREDIT = 4, 80
# What a line is called that begins a page: a form feed stands before it.
PAGE = "page"
# Share of the headings in a style that must have a date below them.
_MOST_OF = 0.6
_MARK_LENGTH = 60
# How far below the top of a text the first of its marks stands, in lines that are not blank.
_TOP_LINES = 40
_MOST_LABELS, _MOST_LINES = 30, 2_000_000


def beginnings(lines: Sequence[Line]) -> list[int]:
    """The lines at which the articles of a text begin, their marks included; [] where it is one article."""
    if len(lines) > _MOST_LINES:
        return []
    for find in (_numbered, _separated, _ended, _labelled, _styled, listed, _paged):
        found = find(lines)
        if len(found) > 1:
            return found
    return []


# -- the ways in which articles are told apart ----------------------------------------------------


def numbered(line: str) -> re.Match[str] | None:
    """The numbers of a line "Document 1 of 25", None for one that is no such line."""
    match = _NUMBERED.match(line) if len(line) < _MARK_LENGTH and _DIGITS.search(line) else None
    return match if match and any(c.isalpha() or c in "[/" for c in line) else None


def _numbered(lines: Sequence[Line]) -> list[int]:
    """Lines "Document 1 of 25" that count up; without a total, a headline and a date below each."""
    marks: list[int] = []
    numbers: list[int] = []
    total: str | None = None
    counted = False
    for index, line in enumerate(lines):
        match = numbered(line.text)
        if match is None:
            continue
        number = int(match[1])
        if not marks:
            total, counted = match[2], match[2] is not None
            if _filled(lines[:index]) > _TOP_LINES or (counted and number > int(match[2])):
                return []
        if marks and (number != numbers[-1] + 1 or match[2] != total):
            continue
        marks.append(index)
        numbers.append(number)
    segments = _segments(lines, marks)
    if counted:
        return marks if all(_has_text(lines[begin + 1 : end]) for begin, end in segments) else []
    return (
        marks
        if numbers[:1] in ([0], [1]) and all(_headed(lines[begin + 1 : end]) for begin, end in segments)
        else []
    )


def listed(lines: Sequence[Line]) -> list[int]:
    """Headlines "1. A bridge opens" that count up from the first line on, credits with a date below each.

    The parts of one story or one treaty are numbered, too: they have no dates below their headings.
    """
    marks: list[int] = []
    for index, line in enumerate(lines):
        if not marks and index and _filled(lines[:index]):
            break
        match = LISTED.match(line.text) if line.text[:1].isdigit() else None
        if match and int(match[1]) == len(marks) + 1 and _has_headline_form(line.text):
            marks.append(index)
    segments = _segments(lines, marks)
    return marks if all(_credited(lines[begin:end], dated=True) for begin, end in segments) else []


def _paged(lines: Sequence[Line]) -> list[int]:
    """Form feeds between articles: a story printed on several pages breaks off, and has one headline."""
    begins = [0, *(index for index, line in enumerate(lines) if line.kind == PAGE)]
    segments = [(begin, end) for begin, end in _segments(lines, begins) if any(map(_words, lines[begin:end]))]
    heads = {_first(lines[begin:end], 1)[0] for begin, end in segments}
    if len(segments) < 2 or len(heads) < len(segments):
        return []
    ends = [
        next(text for line in reversed(lines[begin:end]) if (text := _words(line))) for begin, end in segments
    ]
    whole = all(text[-1] in _CLOSED for text in ends[:-1])
    return (
        [begin for begin, _ in segments]
        if whole and all(_credited(lines[begin:end], dated=False) for begin, end in segments)
        else []
    )


def _separated(lines: Sequence[Line]) -> list[int]:
    """Lines of marks between articles that have a headline and a date, or strong ones between headlines."""
    marks = [index for index, line in enumerate(lines) if line.text and _is_separator(line.text)]
    if not marks:
        return []
    bounds = [-1, *marks]
    segments = [
        (begin, end)
        for begin, end in zip(bounds, (*marks, len(lines)), strict=True)
        if any(line.text.strip() for line in lines[begin + 1 : end])
    ]
    headed = [_headed(lines[begin + 1 : end]) for begin, end in segments]
    if not headed or not all(headed):
        heads = [number for number, has in enumerate(headed) if has]
        if headed and all(headed[1:]) and len(heads) > 1 and _is_cover(lines[: segments[0][1]]):
            segments = segments[1:]
        elif heads == list(range(0, len(headed), 2)) and len(headed) % 2 == 0:
            segments = segments[::2]  # the header stands between separators of its own
        elif not _strong(lines, marks, segments):
            return []
    begins = [begin for begin, _ in segments]
    return [max(begin, 0) for begin in begins]


def _strong(lines: Sequence[Line], marks: Sequence[int], segments: Sequence[tuple[int, int]]) -> bool:
    """Whether long lines of marks stand between several texts that each begin with a headline."""
    return (
        len(segments) >= _STRONG_SEGMENTS
        and all(len(lines[mark].text.strip()) >= _STRONG for mark in marks)
        and all(_has_headline(lines[begin + 1 : end]) for begin, end in segments)
    )


def _ended(lines: Sequence[Line]) -> list[int]:
    """Lines "End of document" below each article."""
    marks = [index for index, line in enumerate(lines) if line.text.strip().lower() in ENDS]
    if len(marks) < 2:
        return []
    begins = [0, *(mark + 1 for mark in marks)]
    rest = lines[begins[-1] :]
    if not _has_text(rest):
        begins.pop()
    return begins if all(_headed(lines[begin:end]) for begin, end in _segments(lines, begins)) else []


def _labelled(lines: Sequence[Line]) -> list[int]:
    """Runs of labelled lines that all begin with the same label and give a title or a date."""
    first = next((index for index, line in enumerate(lines) if line.text.strip()), 0)
    opening = _label(lines[first].text) if lines else None
    if opening is None:
        return []
    begins: list[int] = []
    titles: set[str] = set()
    shape: set[str] = set()
    for index in range(first, len(lines)):
        if _label(lines[index].text) != opening:
            continue
        labels, title = _run(lines, index)
        kinds = {_LABELS.get(label, "") for label in labels}
        if len(labels) < 2 or not kinds & {"title", "date"}:
            continue
        if begins and (len(shape & labels) < 2 or title in titles):
            continue
        shape = shape or labels
        begins.append(index)
        titles.add(title)
    if not begins or begins[0] != first:
        return []
    return begins if all(_has_text(lines[begin:end]) for begin, end in _segments(lines, begins)) else []


def _styled(lines: Sequence[Line]) -> list[int]:
    """Headlines in one of a word processor's styles, with a date below most of them: not "Contents".

    Where the headings of sections have dates below them too, there are more of the articles'."""
    styled: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if line.kind.lower() in _STYLES and line.text.strip():
            styled.setdefault(line.kind.lower(), []).append(index)
    best: list[int] = []
    for begins in styled.values():
        headed = [begin for begin, end in _segments(lines, begins) if _headed(lines[begin:end])]
        if len(headed) > max(1, len(best)) and len(headed) >= _MOST_OF * len(begins):
            best = headed
    return best


# -- what an article looks like -------------------------------------------------------------------


def _headed(lines: Sequence[Line]) -> bool:
    """Whether a text begins as an article does: a headline or labels, and a date near the top; then text."""
    top = _first(lines, _DATE_WITHIN)
    if len(top) < 2 or len(top[0]) > _HEADLINE or not _has_text(lines):
        return False
    labels = [label for line in top if (label := _label(line))]
    if len(labels) > 1 and any(_LABELS.get(label) in ("title", "date") for label in labels):
        return True
    for line in top:
        if len(line) > _DATE_LINE:
            return False
        if _DATED.search(line) and not line.endswith((".", ".”", '."', "?", "!")):
            return True
    return False


def _credited(lines: Sequence[Line], dated: bool) -> bool:
    """Whether a headline begins the text, with a date in one of the next lines, or a byline where none is asked for."""
    top = _first(lines, _CREDITS_WITHIN)
    if len(top) < 2 or not _has_headline_form(top[0]) or not _has_text(lines[1:]):
        return False
    for line in top[1:]:
        if len(line) > _CREDIT or line.endswith("."):
            return False
        if _DATED.search(line) or (not dated and _BY.match(line)):
            return True
    return False


def _has_headline_form(text: str) -> bool:
    return len(text) <= _HEADLINE and not text.endswith((".", ",", ";", ":"))


def _words(line: Line) -> str:
    return line.text.strip()


def _has_headline(lines: Sequence[Line]) -> bool:
    """Whether a short line that is no sentence begins the text, and paragraphs follow."""
    top = _first(lines, 1)
    return bool(top) and len(top[0]) <= _HEADLINE and top[0][-1].isalnum() and _has_text(lines[1:])


def _has_text(lines: Sequence[Line]) -> bool:
    texts = [line.text.strip() for line in lines]
    return sum(map(len, texts)) >= _ARTICLE or any(len(text) >= _PARAGRAPH for text in texts)


def _is_cover(lines: Sequence[Line]) -> bool:
    """Whether the lines before the first mark hold no paragraph: a cover sheet, a table of contents."""
    return not any(len(line.text) > _HEADLINE for line in lines)


def _is_separator(text: str) -> bool:
    return _SEPARATOR.match(text) is not None


def _label(text: str) -> str | None:
    match = _LABEL.match(text)
    name = " ".join(match[1].lower().split()) if match else ""
    return name if name in _LABELS else None


def _run(lines: Sequence[Line], begin: int) -> tuple[set[str], str]:
    """The labels of the run of labelled lines at `begin`, and the value of the one that is a title."""
    labels: set[str] = set()
    title = ""
    blank = 0
    for line in lines[begin : begin + _MOST_LABELS]:
        label = _label(line.text)
        if label is None:
            blank += 1
            if blank > 1 or line.text.strip():
                break
            continue
        blank = 0
        labels.add(label)
        if _LABELS[label] == "title" and not title:
            title = line.text.partition(":")[2].strip() or line.text
    return labels, title


def _first(lines: Sequence[Line], number: int) -> list[str]:
    """The first lines that are not blank."""
    found: list[str] = []
    for line in lines:
        if line.text.strip():
            found.append(line.text.strip())
            if len(found) == number:
                break
    return found


def _filled(lines: Sequence[Line]) -> int:
    return sum(bool(line.text.strip()) for line in lines)


def _segments(lines: Sequence[Line], begins: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip(begins, (*begins[1:], len(lines)), strict=True)) if begins else []


# -- the pieces -----------------------------------------------------------------------------------


def content(lines: Sequence[Line]) -> tuple[int, int]:
    """The lines of an article without the marks above and below it."""
    begin, end = 0, len(lines)
    while begin < end and (not lines[begin].text.strip() or _is_mark(lines[begin].text)):
        begin += 1
    while end > begin and (not lines[end - 1].text.strip() or _is_mark(lines[end - 1].text)):
        end -= 1
    return begin, end


def _is_mark(text: str) -> bool:
    return (
        _is_separator(text)
        or text.strip().lower() in ENDS
        or (len(text) < 60 and any(map(str.isalpha, text)) and _NUMBERED.match(text) is not None)
    )


def _cut(lines: Sequence[Line]) -> list[Cut]:
    """The articles of a word processor's document."""
    begins = beginnings(lines)
    if begins == listed(lines):
        return cuts_at(lines, begins, "article", lambda part: _paragraphs(without_number(part)))
    return cuts_at(lines, begins, "article", _paragraphs)


def without_number(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of an article of a numbered list, the number before its headline left out."""
    first, match = lines[0], LISTED.match(lines[0].text)
    if match is None:
        return lines
    behind = first.start + len(match[0].encode())
    return [Line(first.text[match.end() :], behind, first.kind), *lines[1:]]


def _paragraphs(lines: Sequence[Line]) -> dict[str, str]:
    begin, end = content(lines)
    while end - 1 > begin and (lines[end - 1].kind.lower() in _STYLES or not lines[end - 1].text.strip()):
        end -= 1  # the heading of a section that begins with the next article
    return {"text": "\n\n".join(line.text for line in lines[begin:end] if line.text.strip())}


LAYOUT = Layout(NAME, lambda lines: len(beginnings(lines)) > 1, _cut, ())
