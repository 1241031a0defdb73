"""The built wheel alone, without development tools, does the main job."""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from support import rows

ROOT = Path(__file__).parents[1]
LARGEST_MB = 25  # of everything that is installed


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The wheel and the sdist of a copy of the project."""
    folder = tmp_path_factory.mktemp("built")
    leave = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "dist", "build")
    shutil.copytree(ROOT, folder / "project", ignore=leave)
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--outdir",
        str(folder / "dist"),
        str(folder / "project"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "dist"


def test_the_wheel_alone_runs_the_demo(built, tmp_path):
    (wheel,) = built.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel], check=True
    )
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    command = [tmp_path / "venv" / "bin" / "corpus-db", "import", "seeds/"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path / "corpus.db", "SELECT count(*) FROM articles") == [(5,)]
    # Templates, style sheets and the plugin's entry point came along.
    plugins = subprocess.run(
        [tmp_path / "venv" / "bin" / "datasette", "plugins"], capture_output=True, text=True, check=True
    ).stdout
    assert '"corpus-db"' in plugins
    assert '"templates": true' in plugins
    assert '"static": true' in plugins


def test_the_wheel_is_small_and_holds_all_data(built):
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {info.filename for info in archive.infolist()}
        size = sum(info.file_size for info in archive.infolist())
    assert size < LARGEST_MB * 1e6
    for path in (ROOT / "corpus_db").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.relative_to(ROOT).as_posix() in names


def test_the_sdist_holds_what_the_tests_need(built):
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}
    assert {"README.md", "LICENSE", "Makefile", "tests/test_seeds.py", "corpus_db/cli/__init__.py"} <= names
    assert {f"seeds/{path.name}" for path in (ROOT / "seeds").iterdir()} <= names
