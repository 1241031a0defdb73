"""The other line of Datasette passes the same tests, where it is installed.

`make test` makes an environment with the newest 1.0 alpha and names it in CORPUS_DB_ALPHA.
"""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALPHA = os.environ.get("CORPUS_DB_ALPHA")


@pytest.mark.skipif(not ALPHA, reason="CORPUS_DB_ALPHA names no environment with Datasette 1.0")
def test_datasette_1_passes_the_same_tests():
    python = ROOT / ALPHA / "bin" / "python"
    version = subprocess.run(
        [python, "-c", "import datasette; print(datasette.__version__)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert version.startswith("1."), version
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("CORPUS_DB_", "PYTEST_"))
    }
    run = subprocess.run(
        [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "tests/web"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
    assert " passed" in run.stdout
