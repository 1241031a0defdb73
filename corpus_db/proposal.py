"""A profile proposed from the files themselves, and how well a profile fits them.

    >>> proposal = propose("archive/")          # doctest: +SKIP
    >>> print(proposal.toml)                    # a corpus-db.toml, with figures in its comments

What is proposed (`proposed_lines`) says in a comment on how many files it rests, and what it was seen with; a person
decides. Then all files are parsed with the proposal (or with the profile that the folder has), and those that
do not match are named.

Nothing random: of a large folder every n-th file by name is looked at, FILES at most.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus_db import proposed_lines
from corpus_db.models import ParsedDocument, Profile, SourceDocument
from corpus_db.parsing import parse
from corpus_db.proposed_lines import one_line
from corpus_db.readers import InputFile, discover, profiles, read

FILES = 400  # looked at
OTHERS_NAMED = 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """A profile as TOML, and how the files fit it."""

    toml: str  # "" where a profile was tried
    files: int  # looked at
    articles: int
    matching: int
    others: tuple[tuple[str, str], ...]  # (file and part, how it does not match)
    is_new: bool  # proposed; otherwise the folder's own profile, which was tried


def propose(folder: str, profile: str | None = None) -> Proposal:
    """The profile of `folder`, or one proposed for it, tried on its files.

    `profile` is another file to try instead of the folder's own. Raises NothingToImport,
    ProfileWrong.
    """
    base = Path(os.path.abspath(folder if os.path.isdir(folder) else os.path.dirname(folder) or "."))
    own = os.path.join(base, profiles.FILE_NAME)
    if profile is None and os.path.isfile(own) and os.path.getsize(own):
        profile = own  # an empty one is what "> corpus-db.toml" has just made
    if profile is not None:
        return _tried(folder, base, "", profiles.load(profile), is_new=False)
    toml = "\n".join(proposed_lines.lines(_files(folder, base))) + "\n"
    content = tomllib.loads(toml)
    return _tried(
        folder, base, toml, profiles.checked(content, profiles.FILE_NAME, str(base), "proposed"), is_new=True
    )


def _files(folder: str, base: Path, profile: Profile | None = None) -> list[InputFile]:
    """Every n-th file of the folder, FILES at most, with the profile; for none, without any."""
    found = [
        file for file in discover([folder], base, profile or Profile("", "")) if isinstance(file, InputFile)
    ]
    step = max(1, -(-len(found) // FILES))
    chosen = found[::step]
    if profile is None:
        for file in chosen:
            file.profile = None
    return chosen


def _tried(folder: str, base: Path, toml: str, profile: Profile, is_new: bool) -> Proposal:
    articles = matching = 0
    others: list[tuple[str, str]] = []
    files = _files(folder, base, profile)
    for file in files:
        for parsed in _parsed(file):
            if parsed.outcome == "empty":
                continue
            articles += 1
            wrong = parsed.reason if parsed.outcome == "rejected" else parsed.notice
            if wrong is None or (parsed.outcome == "article" and "does not match" not in wrong):
                matching += 1
            else:
                place = file.name + (f" ({parsed.source.part})" if parsed.source.part else "")
                others.append((place, wrong))
    return Proposal(toml, len(files), articles, matching, tuple(others), is_new)


def _parsed(file: InputFile) -> Iterator[ParsedDocument]:
    for given in read(file):
        if isinstance(given, SourceDocument):
            yield parse(given)
        elif isinstance(given, InputFile):
            yield from _parsed(given)


def with_outcome(proposal: Proposal) -> str:
    """The TOML with the figures of the trial and the articles that do not match, all in comments."""
    lines = [] if not proposal.is_new else [proposal.toml.rstrip("\n")]
    verb = "would match" if proposal.is_new else "match"
    lines.append(
        f"# {proposal.matching:,} of {proposal.articles:,} articles in {proposal.files:,} files {verb} it"
        + ("." if proposal.matching == proposal.articles else "; these do not:")
    )
    for place, wrong in proposal.others[:OTHERS_NAMED]:
        lines.append(f"#   {one_line(place, 200)}: {one_line(wrong, 300)}")
    if len(proposal.others) > OTHERS_NAMED:
        lines.append(f"#   and {len(proposal.others) - OTHERS_NAMED:,} more")
    return "\n".join(lines)
