"""docs/commands.md, written from the declarations of the commands.

    python -m corpus_db.cli.reference > docs/commands.md

The text is that of `--help`; the layout is our own, because click's differs from version to version.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from corpus_db.cli import COMMANDS, main
from corpus_db.cli.output import OPTION_NAMES, output_options

INTRODUCTION = """\
# Commands

What `corpus-db --help` and `corpus-db COMMAND --help` say, on one page. It is written by
`python -m corpus_db.cli.reference > docs/commands.md`; a test fails when it is out of date.

`python -m corpus_db` is the same as `corpus-db`. Every command has `-h, --help`.

**Exit status.** 0: all well. 1: done, and something was found wrong (input was rejected, a check failed).
2: it could not be done; one line says why and what to do.
"""

OUTPUT = """\
## Output options

Without an option the answer is laid out for people and cut to the width of the terminal. The options
below give every row and every column, under the column names of the database; their names and
meanings are those of [sqlite-utils](https://sqlite-utils.datasette.io/). Control characters in articles never
reach a terminal: in text they show as escapes such as `\\x1b`, in JSON as `\\u001b`.
"""


def reference() -> str:
    """The whole page, in Markdown."""
    parts = [INTRODUCTION, *_command("corpus-db", main)]
    for name in COMMANDS:
        command = main.get_command(click.Context(main), name)
        assert command is not None
        parts += _command(f"corpus-db {name}", command)
    parts += [OUTPUT, _options(_with_output_options())]
    return "\n".join(parts)


def _command(title: str, command: click.Command) -> Iterator[str]:
    """Heading, usage, help text and options of one command."""
    arguments = [
        _argument(parameter) for parameter in command.params if isinstance(parameter, click.Argument)
    ]
    usage = " ".join([title, *(["COMMAND"] if isinstance(command, click.Group) else arguments), "[OPTIONS]"])
    yield f"## {title}\n\n```\n{usage}\n```\n"
    yield from _paragraphs(inspect.cleandoc(command.help or ""))
    has_output = any(parameter.name in OPTION_NAMES for parameter in command.params)
    own = [
        parameter
        for parameter in command.params
        if isinstance(parameter, click.Option) and not (has_output and parameter.name in OPTION_NAMES)
    ]
    yield _options(own)
    if has_output:
        yield "And the [output options](#output-options).\n"


def _argument(argument: click.Argument) -> str:
    if argument.metavar:
        return argument.metavar
    name = (argument.name or "").upper() + ("..." if argument.nargs == -1 else "")
    return name if argument.required else f"[{name}]"


def _paragraphs(text: str) -> Iterator[str]:
    """A help text; what click is told to leave as it is (\\b) becomes a block of code."""
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("\b"):
            lines = paragraph.removeprefix("\b").strip("\n").split("\n")
            yield f"{lines[0]}\n\n```\n{inspect.cleandoc(chr(10).join(lines[1:]))}\n```\n"
        else:
            yield paragraph + "\n"


def _options(options: list[click.Option]) -> str:
    """A table of options and their meaning."""
    if not options:
        return ""
    rows = [f"| `{', '.join(option.opts)}{_value(option)}` | {_meaning(option)} |" for option in options]
    return "\n".join(["| Option | Meaning |", "| --- | --- |", *rows]) + "\n"


def _value(option: click.Option) -> str:
    if option.is_flag or option.is_eager:
        return ""
    if isinstance(option.type, click.Choice):
        return " " + "\\|".join(option.type.choices)
    return f" {option.metavar}"


def _meaning(option: click.Option) -> str:
    """Help, default, environment variable."""
    default = f" Default: `{option.default}`." if option.show_default else ""
    variable = f" Environment variable: `{option.envvar}`." if option.envvar else ""
    return (option.help or "").replace("|", "\\|") + default + variable


def _with_output_options() -> list[click.Option]:
    """The output options as they stand in a command."""
    command = click.command(output_options(lambda **_: None))
    return [parameter for parameter in command.params if isinstance(parameter, click.Option)]


if __name__ == "__main__":
    click.echo(reference(), nl=False)
