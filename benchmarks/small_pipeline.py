"""A pipeline as quick as spaCy's small English one, for machines on which that one cannot be had.

    python -m benchmarks.small_pipeline en_core_web_md FOLDER
    python -m benchmarks.annotation --peer FOLDER

The goals of speed are told in multiples of spaCy's small pipeline, which no package index has. It differs from the
medium one, which some have, in what its network reads of a word: no stored vectors. So this takes the settings of a
larger pipeline that is installed, leaves the vectors out, and teaches a fresh network for some minutes what the larger
one says of texts of the bulk, so that it decides about as much as a real one does. Its *speed* is the small pipeline's;
its accuracy is nobody's, and is not measured anywhere.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

from benchmarks.speed import texts

ARTICLES = 200  # that the larger pipeline reads for the lesson
LENGTH = 2_000  # characters of each
ROUNDS = 4
BATCH = 8
TAUGHT = ("tok2vec", "tagger", "parser", "ner")
COPIED = ("attribute_ruler", "lemmatizer")  # rules, the same in every size


def without_vectors(settings: Any) -> Any:
    """A pipeline's settings in which no network reads stored vectors."""
    if isinstance(settings, dict):
        changed = {key: without_vectors(value) for key, value in settings.items()}
        return changed | ({"include_static_vectors": False} if "include_static_vectors" in changed else {})
    return settings


def small(larger: Any, source: str) -> Any:
    """The pipeline, taught by `larger`, a loaded one."""
    import spacy
    from spacy.training import Example

    settings = without_vectors(larger.config.copy())
    settings["nlp"]["pipeline"] = list(TAUGHT)
    settings["nlp"]["disabled"] = []
    settings["components"] = {name: settings["components"][name] for name in TAUGHT}
    settings["initialize"]["vectors"] = None
    settings["initialize"]["lookups"] = None  # they come with the larger one
    settings["initialize"]["components"] = {}
    pipeline = spacy.util.load_model_from_config(settings, auto_fill=True)
    pipeline.vocab.lookups = larger.vocab.lookups
    read = list(larger.pipe(text[:LENGTH] for _, text in texts(source, ARTICLES)))
    examples = [Example(pipeline.make_doc(document.text), document) for document in read]
    optimizer = pipeline.initialize(lambda: examples)
    shuffled = random.Random(1)  # noqa: S311 (an order for lessons, nothing secret)
    for _ in range(ROUNDS):
        shuffled.shuffle(examples)
        for start in range(0, len(examples), BATCH):
            pipeline.update(examples[start : start + BATCH], sgd=optimizer, drop=0.1)
    for name in COPIED:
        pipeline.add_pipe(name, source=larger, before="ner")
    return pipeline


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("larger", help="an installed pipeline of spaCy")
    parser.add_argument("folder", type=Path, help="where to write the small one")
    parser.add_argument("--source", default="senate", choices=["senate", "news"])
    options = parser.parse_args()
    import spacy

    pipeline = small(spacy.load(options.larger), options.source)
    pipeline.to_disk(options.folder)
    size = sum(path.stat().st_size for path in options.folder.rglob("*") if path.is_file())
    print(f"{options.folder}: {', '.join(pipeline.pipe_names)}; {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
