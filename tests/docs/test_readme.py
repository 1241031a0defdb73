"""Every command and query that the README shows works, on the seeds."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")

BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, flags=re.S)
COMMANDS = [
    line[2:]
    for kind, block in BLOCKS
    if kind == "console"
    for line in block.splitlines()
    if line.startswith("$ ")
]
SERVES = "corpus-db serve"  # goes on until it is stopped: tests/web starts it


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with the seeds and the database that the first command makes of them."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    assert run("corpus-db import seeds/", folder).returncode == 0
    return folder


def run(command, folder):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_readme_shows_commands_and_code():
    assert "corpus-db import seeds/" in COMMANDS
    assert {kind for kind, _ in BLOCKS} == {"console", "sql", "python"}


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("corpus-db") and c != SERVES])
def test_a_command_of_the_readme(command, place):
    done = run(command, place)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make ")])
def test_a_make_target_of_the_readme(command):
    target = command.removeprefix("make ")
    assert re.search(rf"^{target}:", MAKEFILE, flags=re.M)


def test_what_make_demo_runs(place):
    recipe = MAKEFILE.split("\ndemo:")[1].split("\n\n")[0]
    commands = re.findall(r"\$\(VENV\)/bin/(corpus-db (?:import|search|people).*)", recipe)
    assert len(commands) == 3
    for command in commands:
        done = run(command, place)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("sql", [block for kind, block in BLOCKS if kind == "sql"])
def test_a_query_of_the_readme(sql, place):
    connection = sqlite3.connect(place / "corpus.db")
    assert connection.execute(sql).fetchall()
    connection.close()


@pytest.mark.parametrize("code", [block for kind, block in BLOCKS if kind == "python"])
def test_code_of_the_readme(code, place):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Xi Jinping" in done.stdout
    assert "PE" in done.stdout


def test_no_other_command_is_shown():
    assert all(command.startswith(("corpus-db ", "make ")) for command in COMMANDS)


def test_files_that_the_readme_links_to_exist():
    for target in re.findall(r"\]\(((?!http)[^)]+)\)", README):
        assert (ROOT / target).exists(), target
