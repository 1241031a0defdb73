"""`corpus-db profile`: how the files of a folder are laid out, as far as it has to be said."""

from __future__ import annotations

import sys

import click

EXIT_DIFFERENT = 1


@click.command()
@click.argument("folder", type=click.Path(path_type=str))
@click.option("--profile", metavar="FILE", help="Try this profile instead of the folder's own.")
def profile(folder: str, profile: str | None) -> None:
    """Propose a profile for a folder, or try the one it has, and show which files do not match.

    A profile (corpus-db.toml in the folder) says what the program cannot know: labels of one archive
    alone, the line between two articles of a file, the order of day and month. What is proposed says
    in its comments what it rests on. Exit status 1 when articles do not match the folder's profile.

    \b
    Examples:
        corpus-db profile archive/
        corpus-db profile archive/ > archive/corpus-db.toml
        corpus-db profile archive/ --profile draft.toml
    """  # fmt: skip
    from corpus_db.proposal import propose, with_outcome

    proposal = propose(folder, profile)
    click.echo(with_outcome(proposal))
    if not proposal.is_new and proposal.others:
        sys.exit(EXIT_DIFFERENT)
