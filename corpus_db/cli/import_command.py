"""`corpus-db import`: files become rows, and a short report says what became of each."""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Iterator

import click

from corpus_db.cli.options import DEFAULT_DATABASE, db_option, reading, seconds, whole
from corpus_db.cli.output import Output, many, write_object
from corpus_db.cli.terminal import cut, printable_line, terminal_width
from corpus_db.report import Problem, Progress, Report

REASONS_SHOWN = 10
NEXT = ("search WORDS", "people", "show NAME", "serve")  # commands for somebody who has just imported
EXIT_REJECTED = 1
EXIT_INTERRUPTED = 130  # as shells have it for a program that Ctrl-C stopped


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(readable=False, path_type=str)
)
@db_option
@click.option("--prune", is_flag=True, help="Take files that vanished from PATH out of the database.")
@click.option(
    "--recogniser",
    metavar="NAME",
    help="What finds the names of people, where another than the built-in one is installed.",
)
@click.option(
    "--wait",
    type=seconds,
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another import into the same database.",
)
@click.option(
    "--jobs",
    type=whole(1),
    metavar="N",
    help="How many worker processes a long import may start; 1 for none.  [default: one a processor, up to 4]",
)
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="What tables and JSON call a field: title=headline, body=data.text, body=#2. Repeatable.",
)
@click.option(
    "--profile",
    metavar="FILE",
    help="A TOML file that describes the layout of all that is read, instead of each folder's corpus-db.toml.",
)
@click.option("--json", "as_json", is_flag=True, help="Output the report as JSON.")
@click.option("--quiet", is_flag=True, help="Output nothing; the exit status tells.")
def import_command(
    paths: tuple[str, ...],
    db: str,
    prune: bool,
    recogniser: str | None,
    wait: float,
    jobs: int | None,
    columns: tuple[str, ...],
    profile: str | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Import articles: files, folders and archives with all that is in them, patterns such as '*.txt'.

    Import the same files again as often as you like: what is known is left alone, a changed file
    replaces what it gave before. Every piece of every file is accounted for in the report and in the
    table documents. Exit status: 0 when all of it was taken in, 1 when something was rejected.

    \b
    Examples:
        corpus-db import articles/
        corpus-db import export.jsonl more/*.txt --db news.db
        corpus-db import articles/ --prune --json
        corpus-db import posts.csv --map title=subject --map body=message
    """  # fmt: skip
    from corpus_db.annotating import default_jobs
    from corpus_db.pipeline import import_corpus

    counter = None if quiet or not sys.stderr.isatty() else Counter()
    try:
        report = import_corpus(
            paths,
            db,
            prune=prune,
            recogniser=recogniser,
            progress=counter,
            wait=wait,
            jobs=jobs or default_jobs(),
            columns=columns,
            profile=profile,
        )
    except KeyboardInterrupt:
        _clear(counter)
        click.echo("Interrupted. The database is sound; run the same command again to complete it.", err=True)
        sys.exit(EXIT_INTERRUPTED)
    finally:
        _clear(counter)
    if as_json:
        write_object(report.as_dict(), Output(json=True))
    elif not quiet:
        for line in report_lines(report, db):
            click.echo(line)
    if report.rejected or report.rejected_before:
        sys.exit(EXIT_REJECTED)


class Counter:
    """A line on the terminal that counts while the import runs; called with each Progress."""

    INTERVAL = 0.1  # seconds between two changes of the line

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._shown = 0.0

    def __call__(self, progress: Progress) -> None:
        """Show how far the import is, not more often than one can read."""
        now = time.monotonic()
        if now - self._shown < self.INTERVAL:
            return
        self._shown = now
        click.echo("\r\x1b[K" + self.line(progress, now - self._started), err=True, nl=False)

    @staticmethod
    def line(progress: Progress, seconds: float) -> str:
        """1,234 of 5,678 files · 9,012 articles · 34.5 MB · 850 articles a second."""
        total = "" if progress.files_total is None else f" of {progress.files_total:,}"
        parts = [
            f"{progress.files_done:,}{total} files" if total else many(progress.files_done, "file"),
            many(progress.articles, "article"),
            f"{progress.bytes_done / 1e6:,.1f} MB",
        ]
        if seconds > 1:
            parts.append(f"{progress.articles / seconds:,.0f} articles a second")
        return cut(" · ".join(parts), (terminal_width() or 80) - 1)


def _clear(counter: Counter | None) -> None:
    if counter is not None:
        click.echo("\r\x1b[K", err=True, nl=False)


def report_lines(report: Report, db: str) -> Iterator[str]:
    """The report for people: what was read, what became of it, what was wrong, what to do next."""
    if report.changed:
        yield f"Read {_files(report)}: {many(report.documents, 'piece')}"
        for number, what in (
            (report.articles, ("article", "articles")),
            (report.duplicates, ("duplicate of an article", "duplicates of articles")),
            (
                report.containers,
                (
                    "archive, whose files are counted by themselves",
                    "archives, whose files are counted by themselves",
                ),
            ),
            (report.empty - report.containers, ("empty", "empty")),
            (report.rejected, ("rejected", "rejected")),
        ):
            if number or what[1] == "articles":
                yield f"  {number:>9,}  {what[number != 1]}"
    elif report.files_unchanged:
        yield f"Nothing to do: {many(report.files_unchanged, 'file')}, all as they were imported."
    else:
        yield "Nothing to import: no file in what was named."
    yield from _problem_lines(report, db)
    yield from _language_lines(report)
    yield from _notice_lines(report)
    yield from _vanished_lines(report)
    if not report.balanced:
        yield "These counts do not add up: please report it, with the output of corpus-db check."
    yield _holds(db)
    if report.articles and not report.files_unchanged and not report.files_changed:
        option = _option(db)
        yield (
            "Next: "
            + ", ".join(f"corpus-db {name}" for name in NEXT)
            + (f" (each with{option})" if option else "")
        )


def _files(report: Report) -> str:
    """5 files (3 new, 2 changed; 7 unchanged left alone)."""
    kinds = [f"{report.files_new:,} new"] if report.files_new and report.files_changed else []
    kinds += [f"{report.files_changed:,} changed"] if report.files_changed else []
    left = [f"{report.files_unchanged:,} unchanged left alone"] if report.files_unchanged else []
    remark = "; ".join([", ".join(kinds), *left] if kinds else left)
    return many(report.files_read, "file") + (f" ({remark})" if remark else "")


def _problem_lines(report: Report, db: str) -> Iterator[str]:
    """Each reason with a piece that it befell, and where to see all."""
    counts = dict(report.reasons)
    firsts: dict[str, Problem] = {}
    for problem in report.problems:
        firsts.setdefault(problem.reason, problem)
    named = 0
    if firsts:
        yield ""
        yield "Not taken in:"
    for reason, problem in list(firsts.items())[:REASONS_SHOWN]:
        number = counts.get(reason, 1)
        named += number
        place = problem.path + (f" ({problem.part})" if problem.part else "")
        others = f" and {number - 1:,} more" if number > 1 else ""
        yield f"  {printable_line(place)}{others}: {printable_line(reason)}"
    rest = report.empty - report.containers + report.rejected - named
    if rest > 0:
        yield f"  and {rest:,} more for other reasons"
    if report.rejected_before:
        stay = "stays" if report.rejected_before == 1 else "stay"
        yield f"{many(report.rejected_before, 'piece')} of unchanged files {stay} rejected."
    if report.empty - report.containers + report.rejected > len(firsts) or report.rejected_before:
        yield f"All of them, with reasons: corpus-db documents --outcome rejected --outcome empty{_option(db)}"
    if firsts:
        yield ""


def _language_lines(report: Report) -> Iterator[str]:
    """12 articles in Spanish: stored and searchable, people and countries not looked for."""
    if not report.unread_languages:
        return
    from corpus_db.recognition import language

    for code, number in report.unread_languages.items():
        yield (
            f"{many(number, 'article')} in {language.names().get(code, code)}:"
            " stored and searchable, people and countries not looked for."
        )


def _notice_lines(report: Report) -> Iterator[str]:
    """What was taken in and should be looked at, each with the first piece that it is about."""
    if report.notices:
        yield "Please look at:"
    for notice in report.notices[:REASONS_SHOWN]:
        place = notice.path + (f" ({notice.part})" if notice.part else "")
        others = f" and {notice.count - 1:,} more" if notice.count > 1 else ""
        yield f"  {printable_line(place)}{others}: {printable_line(notice.text)}"
    if report.notices:
        yield ""


def _option(db: str) -> str:
    """The --db that the next command needs, if any."""
    return "" if db == (os.environ.get("CORPUS_DB") or DEFAULT_DATABASE) else f" --db {shlex.quote(db)}"


def _vanished_lines(report: Report) -> Iterator[str]:
    if report.files_removed:
        yield f"{many(report.files_removed, 'vanished file')} taken out of the database."
    elif report.files_vanished:
        stay, them = ("stays", "it") if report.files_vanished == 1 else ("stay", "them")
        yield (
            f"{many(report.files_vanished, 'imported file')} vanished from disk and {stay} in the database;"
            f" --prune takes {them} out."
        )


def _holds(db: str) -> str:
    """What the database holds now."""
    from corpus_db.store.queries import totals

    with reading(db) as connection:
        found = totals(connection)
    return (
        f"{printable_line(db)} holds {many(found['articles'], 'article')}, {many(found['people'], 'person', 'people')}"
        f" and {many(found['countries'], 'country', 'countries')}."
    )
