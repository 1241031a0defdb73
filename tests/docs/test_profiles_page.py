"""docs/profiles.md: its examples are profiles, and it has every key."""

import re
from pathlib import Path

import pytest

from corpus_db.readers import load_profile
from corpus_db.readers.profiles import FIELDS, KEYS

PAGE = (Path(__file__).parents[2] / "docs" / "profiles.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", PAGE, flags=re.S))
def test_an_example_is_a_profile(tmp_path, example):
    (tmp_path / "corpus-db.toml").write_text(example, encoding="utf-8")
    assert load_profile(str(tmp_path / "corpus-db.toml")).name == "corpus-db.toml"


@pytest.mark.parametrize(
    ("key", "example"), re.findall(r"^\| `\[?(\w+)\]?` \| .* \| `(.*)` \|$", PAGE, flags=re.M)
)
def test_an_example_of_a_key_is_understood(tmp_path, key, example):
    is_table = key in ("labels", "columns", "defaults", "sidecar")
    text = f"[{key}]\n{example}\n" if is_table else f"{key} = {example}\n"
    (tmp_path / "corpus-db.toml").write_text(text, encoding="utf-8")
    load_profile(str(tmp_path / "corpus-db.toml"))


def test_every_key_and_field_is_on_the_page():
    assert set(re.findall(r"^\| `\[?(\w+)\]?` \|", PAGE, flags=re.M)) == set(KEYS)
    assert all(f"`{field}`" in PAGE for field in FIELDS)
