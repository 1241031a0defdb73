"""What a layout of an archive's export is: how it is recognised in lines, and cut into documents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from corpus_db.readers.exports.lines import Cut, Line


class Layout(NamedTuple):
    """One archive's way to write articles, whatever the file is wrapped in."""

    name: str
    recognises: Callable[[Sequence[Line]], bool]
    cut: Callable[[Sequence[Line]], list[Cut]]  # at least one where it recognises
    html: tuple[re.Pattern[bytes], ...]  # one of them is in the source of such a page, and of few others
    begins: re.Pattern[str] = re.compile(r"(?!)")  # start tags of HTML that begin an article
    apart: frozenset[str] = frozenset()  # classes of HTML elements that are lines of their own
