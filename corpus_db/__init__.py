"""corpus-db: a folder of news articles becomes one SQLite file that can be trusted.

    from corpus_db import annotate, import_corpus, open_corpus

    import_corpus(["articles/"], "corpus.db")
    for mention in annotate("BEIJING, June 16 (Xinhua) -- Chinese President Xi Jinping said ..."):
        print(mention.kind, mention.text, mention.person or mention.country_code)

The names are loaded when they are first used, so that `import corpus_db` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus_db.models import Mention
    from corpus_db.pipeline import annotate, import_corpus, open_corpus

__all__ = ["Mention", "annotate", "import_corpus", "open_corpus"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("corpus_db.models" if name == "Mention" else "corpus_db.pipeline"), name)
