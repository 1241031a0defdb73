"""What is known about personal names: how they fold, what their parts are, when two may be one person's.

A base room: recognition and resolution both build on it, it builds on nothing. Words come from
corpus_db/data/names/. A table of how common names are (see `resolution.across`) belongs here too, when
the splitting of namesakes needs it.
"""

from corpus_db.names.compare import CONTRADICTIONS, RULES, Verdict, compatible
from corpus_db.names.folding import fold, skeleton
from corpus_db.names.parse import Name, as_family_name, family_name, is_title, parse

__all__ = [
    "CONTRADICTIONS",
    "RULES",
    "Name",
    "Verdict",
    "as_family_name",
    "compatible",
    "family_name",
    "fold",
    "is_title",
    "parse",
    "skeleton",
]
