"""Persons as a spaCy pipeline finds them: `--recogniser spacy`, or `spacy:PIPELINE` for a certain one.

The worked example of a recogniser that is not ours (docs/recognisers.md): it lends spaCy's entities to the
rest of the program, in the shape that `PersonRecogniser` promises. spaCy is not a dependency; it comes with
the extra `spacy`, the pipelines from wherever their makers publish them.

What a pipeline calls a person is not yet what this program means by a name: titles, honorifics and
possessives are cut off, a name never goes over a line break, and nothing in the dateline is one.
Confidence is a constant: spaCy's entity recogniser does not say how sure it is.
"""

from __future__ import annotations

import importlib.util
import re
import threading
from collections.abc import Iterator, Sequence
from typing import Any, Final

from ...errors import CorpusError
from ...models import Field, PersonSpan, Text
from ...names import is_title

LABELS: Final = frozenset(("PERSON", "PER"))  # the second in pipelines of most languages but English
PREFERRED: Final = ("en_core_web_md", "en_core_web_lg", "en_core_web_sm", "en_core_web_trf")
CONFIDENCE: Final = 0.8
RULE: Final = "spacy"
_LONGEST: Final = 1_000_000  # characters that a pipeline takes at once
_OF_A_NAME = re.compile(r"[^\W_].*?(?=(?:['’]s?)?[\s,;:)\]\"”]*$)", re.DOTALL)
_UNUSED = ("parser", "tagger", "lemmatizer", "attribute_ruler", "morphologizer", "senter", "textcat")


class SpacyRecogniser:
    """A spaCy pipeline; safe to share between threads, which it serves one after the other."""

    def __init__(self, pipeline: str, nlp: Any) -> None:
        self.name = f"spacy:{pipeline}"
        self._nlp = nlp
        self._lock = threading.Lock()

    def find(self, batch: Sequence[Text]) -> list[list[PersonSpan]]:
        """The persons of each article, in order of (title before body, start)."""
        contents: list[tuple[int, Field, str]] = []
        for number, text in enumerate(batch):
            if text.title is not None:
                contents.append((number, "title", text.title))
            contents.append((number, "body", text.body))
        found: list[list[PersonSpan]] = [[] for _ in batch]
        with self._lock:
            for number, field, content in contents:
                dateline = batch[number].dateline if field == "body" else None
                for start, part in _parts(content):
                    found[number] += self._spans(field, part, start, dateline)
        return found

    def _spans(
        self, field: Field, part: str, offset: int, dateline: tuple[int, int] | None
    ) -> Iterator[PersonSpan]:
        last = -1
        for entity in self._nlp(part).ents:
            if entity.label_ not in LABELS:
                continue
            for start, end in _names(part, entity.start_char, entity.end_char):
                inside = dateline and start + offset < dateline[1] and end + offset > dateline[0]
                if start >= last and not inside:
                    last = end
                    yield PersonSpan(field, start + offset, end + offset, part[start:end], RULE, CONFIDENCE)


def _parts(content: str) -> Iterator[tuple[int, str]]:
    """(start, part) of a text in pieces that a pipeline takes, cut at line breaks."""
    start = 0
    while len(content) - start > _LONGEST:
        end = content.rfind("\n", start, start + _LONGEST) + 1 or start + _LONGEST
        yield start, content[start:end]
        start = end
    if content:
        yield start, content[start:]


def _names(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What of an entity is a name: each of its lines by itself, without titles before it and a possessive."""
    for line in re.finditer(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+", text[start:end]):
        found = _OF_A_NAME.search(line[0])
        if found is None:
            continue
        low, high = found.span()
        while (space := line[0].find(" ", low, high)) > 0 and is_title(line[0][low:space]):
            low = space + 1
            while low < high and not line[0][low].isalnum():
                low += 1
        if any(letter.isalpha() for letter in line[0][low:high]):
            yield start + line.start() + low, start + line.start() + high


def make(pipeline: str | None = None) -> SpacyRecogniser:
    """The recogniser around an installed pipeline, the first of PREFERRED where none is named.

    Raises CorpusError with the command to run where spaCy or the pipeline is not installed.
    """
    if importlib.util.find_spec("spacy") is None:
        raise CorpusError("spaCy is not installed: pip install 'corpus-db[spacy]'")
    import spacy

    if pipeline is None:
        installed = spacy.util.get_installed_models()
        pipeline = next((name for name in (*PREFERRED, *sorted(installed)) if name in installed), None)
        if pipeline is None:
            raise CorpusError(
                f"no spaCy pipeline is installed: python -m spacy download {PREFERRED[0]}, "
                "or name an installed package: --recogniser spacy:PACKAGE"
            )
    try:
        nlp = spacy.load(pipeline, exclude=_UNUSED)
    except OSError as error:
        raise CorpusError(
            f"the spaCy pipeline {pipeline!r} is not installed: python -m spacy download {pipeline}"
        ) from error
    return SpacyRecogniser(pipeline, nlp)
