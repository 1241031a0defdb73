"""What an import did, as values: the report that balances, and the progress on the way to it.

Every piece of every input file ends as exactly one of article, duplicate, empty or rejected, so
the four counts of a `Report` add up to its documents, and its files to those that were found:

    documents   = articles + duplicates + empty + rejected      (pieces of the files read this time)
    files_found = files_unchanged + files_read,  files_read = files_new + files_changed

Files inside archives and mails count like others, and so do these; an archive with nothing of its
own beside its files is an empty piece, counted once more under `containers`.

Files whose content is the same as last time are not read again; what they held was counted when
they were. Reports stay small however bad the input is: each distinct reason is counted and a
bounded number of problems is named. The rows of `documents` hold every one of them.

    >>> tally = Tally()
    >>> tally.file("new")
    >>> tally.document("a.jsonl", "line 1", "article", None)
    >>> tally.document("a.jsonl", "line 2", "rejected", "not JSON")
    >>> report = tally.report()
    >>> report.balanced, report.articles, report.rejected
    (True, 1, 1)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from corpus_db.models import Outcome

FileState = Literal["new", "changed", "unchanged"]

PROBLEMS_NAMED = 100  # more are counted, and listed by `corpus-db documents`
REASONS_COUNTED = 50  # distinct reasons; the rest is summed under OTHER_REASONS
OTHER_REASONS = "other reasons"


@dataclass(frozen=True, slots=True)
class Problem:
    """One piece of input that did not become an article, and why."""

    path: str
    part: str | None
    outcome: Outcome
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person should know of pieces that were taken in: how many, and the first of them."""

    text: str
    count: int
    path: str
    part: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is. Totals are None until all input files have been listed."""

    files_done: int
    files_total: int | None
    articles: int
    bytes_done: int
    bytes_total: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """What one import did. Files and pieces (documents) are counted apart."""

    files_read: int = 0
    files_unchanged: int = 0  # same content as last time: not read again
    files_changed: int = 0  # read again: their articles were replaced
    files_new: int = 0
    files_vanished: int = 0  # in the database, below a path that was asked for, and no longer on disk
    files_removed: int = 0  # of the vanished, those that --prune took out of the database
    documents: int = 0
    articles: int = 0
    duplicates: int = 0
    empty: int = 0
    containers: int = (
        0  # of the empty pieces, those that hold files, which are counted by themselves: archives
    )
    rejected: int = 0
    rejected_before: int = 0  # pieces of unchanged files that were rejected when they were read
    problems: tuple[Problem, ...] = ()  # rejected pieces before empty ones, PROBLEMS_NAMED at most
    reasons: tuple[tuple[str, int], ...] = ()  # why pieces were empty or rejected, most frequent first
    unread_languages: Mapping[str, int] = field(default_factory=dict)  # code → articles stored, and not read
    notices: tuple[Notice, ...] = ()  # of articles that were taken in and should be looked at
    seconds_by_stage: Mapping[str, float] = field(default_factory=dict)  # how long each stage took

    @property
    def balanced(self) -> bool:
        """Whether every file and every piece of it is accounted for."""
        return (
            self.documents == self.articles + self.duplicates + self.empty + self.rejected
            and self.files_read == self.files_new + self.files_changed
        )

    @property
    def changed(self) -> bool:
        """Whether the import changed anything in the database."""
        return bool(self.files_read or self.files_removed)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON: the counts, `balanced`, `reasons`, `problems`, `notices`, `seconds_by_stage`."""
        record = asdict(self)
        record["balanced"] = self.balanced
        record["reasons"] = dict(self.reasons)
        record["seconds_by_stage"] = {
            stage: round(spent, 3) for stage, spent in self.seconds_by_stage.items()
        }
        record["problems"] = list(record["problems"])
        record["notices"] = list(record["notices"])
        return record


@dataclass(slots=True)
class Tally:
    """Counts files and pieces as they come by, in bounded memory, and makes the Report of them."""

    files: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    problems: dict[str, list[Problem]] = field(default_factory=lambda: {"rejected": [], "empty": []})
    notices: dict[str, Notice] = field(default_factory=dict)
    unread_languages: Counter[str] = field(default_factory=Counter)
    vanished: int = 0
    removed: int = 0
    rejected_before: int = 0
    containers: int = 0

    def file(self, state: FileState, number: int = 1) -> None:
        """Count an input file, or several that share their state."""
        self.files[state] += number

    def container(self) -> None:
        """Count a piece that is empty because all that is in it are files, which are counted by themselves."""
        self.outcomes["empty"] += 1
        self.containers += 1

    def document(self, path: str, part: str | None, outcome: Outcome, reason: str | None) -> None:
        """Count a piece of a file, and keep it as a problem where it is empty or rejected."""
        self.outcomes[outcome] += 1
        named = self.problems.get(outcome)
        if named is None:
            return
        reason = reason or outcome
        known = reason in self.reasons or len(self.reasons) < REASONS_COUNTED
        self.reasons[reason if known else OTHER_REASONS] += 1
        if len(named) < PROBLEMS_NAMED:
            named.append(Problem(path, part, outcome, reason))

    def notice(self, text: str, path: str, part: str | None) -> None:
        """Count what should be looked at; REASONS_COUNTED distinct texts at most."""
        known = self.notices.get(text)
        if known is not None:
            self.notices[text] = replace(known, count=known.count + 1)
        elif len(self.notices) < REASONS_COUNTED:
            self.notices[text] = Notice(text, 1, path, part)

    def report(self) -> Report:
        """The counts so far as a Report."""
        return Report(
            files_read=self.files["new"] + self.files["changed"],
            files_unchanged=self.files["unchanged"],
            files_changed=self.files["changed"],
            files_new=self.files["new"],
            files_vanished=self.vanished,
            files_removed=self.removed,
            documents=self.outcomes.total(),
            articles=self.outcomes["article"],
            duplicates=self.outcomes["duplicate"],
            empty=self.outcomes["empty"],
            containers=self.containers,
            rejected=self.outcomes["rejected"],
            rejected_before=self.rejected_before,
            problems=tuple((self.problems["rejected"] + self.problems["empty"])[:PROBLEMS_NAMED]),
            unread_languages=dict(
                sorted(self.unread_languages.items(), key=lambda pair: (-pair[1], pair[0]))
            ),
            notices=tuple(sorted(self.notices.values(), key=lambda notice: (-notice.count, notice.text))),
            reasons=tuple(sorted(self.reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
        )
