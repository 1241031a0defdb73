"""Which room may import which: cli -> pipeline -> stages -> names, models, errors."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "corpus_db"

BASE = {"models", "errors", "data", "names"}
STAGES = {"readers", "parsing", "recognition", "resolution", "store"}
# Beside the stages: the modules that put them together, from the bottom up.
ALLOWED = {
    "data": set(),
    "errors": set(),
    "models": set(),
    "stopwatch": set(),
    "report": {"models", "errors"},
    "names": {"data", "models", "errors"},
    **dict.fromkeys(STAGES, BASE),
    "vanished": {"readers"},
    "rules": {"names", "resolution"},
    "identity": {"names", "resolution", "store"},
    "stories": {"resolution", "store"},
    "redating": {"recognition", "store", "models"},
    "collector": set(),
    "annotating": {"collector", "recognition", "resolution", "models", "errors"},
    "queue": STAGES | BASE | {"annotating", "collector", "report", "stopwatch"},
    "importing": STAGES
    | BASE
    | {"annotating", "identity", "queue", "redating", "report", "stopwatch", "stories", "vanished"},
    "pipeline": STAGES | BASE | {"annotating", "collector", "importing", "report", "vanished"},
    "proposed_lines": {"parsing", "readers"},
    "proposal": {"parsing", "proposed_lines", "readers"} | BASE,
    "web": {"rules", "store", "data", "errors"},
    "cli": STAGES | BASE | {"annotating", "pipeline", "proposal", "report", "rules", "web"},
    "__init__": {"pipeline", "models"},
    "__main__": {"cli"},
}


def _rooms():
    return sorted({path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in PACKAGE.rglob("*.py")})


def _imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            home = ("corpus_db", *path.relative_to(PACKAGE).parent.parts)
            prefix = ".".join(home[: len(home) + 1 - node.level]) + "." if node.level else ""
            names = [f"{prefix}{node.module or ''}.{alias.name}".replace("..", ".") for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "corpus_db" and len(parts) > 1:
                yield parts[1]


@pytest.mark.parametrize("room", _rooms())
def test_a_room_imports_only_what_lies_below_it(room):
    assert room in ALLOWED, f"say in this test what {room} may import"
    home = PACKAGE / room
    files = sorted(home.rglob("*.py")) if home.is_dir() else [home.with_suffix(".py")]
    known = {name for name in _rooms() if name != "__init__"}
    for path in files:
        wrong = (set(_imported(path)) & known) - ALLOWED[room] - {room}
        assert not wrong, f"{path.relative_to(PACKAGE)} imports {sorted(wrong)}"


def test_the_test_sees_imports():
    assert "store" in set(_imported(PACKAGE / "pipeline.py"))
