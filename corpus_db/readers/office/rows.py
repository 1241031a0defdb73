"""Rows of tables that word processors' documents have above a text: "Headline | A bridge opens".

Clippings services and archives put what they know of an article into a table of two columns. A row whose
first cell is a label that is known is the labelled line that it stands for; every other table stays the
cells that it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus_db.data import table

_LABELS = frozenset(label for labels in table("parsing/labels")["labels"].values() for label in labels)
_LONGEST_LABEL = 40


def labelled(cells: Sequence[str]) -> str | None:
    """The row as a labelled line, None where it is not a label and its value."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) != 2 or len(filled[0]) > _LONGEST_LABEL or "\n" in filled[0]:
        return None
    label = filled[0].rstrip(": \xa0")
    return f"{label}: {filled[1]}" if " ".join(label.lower().split()) in _LABELS else None
