"""Languages as sources state them."""

from __future__ import annotations

import pytest

from corpus_db.parsing.languages import language_code


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("ENGLISH", "en"),
        ("German; Deutsch", "de"),
        ("GERMAN - DEUTSCH", "de"),
        ("eng", "en"),
        ("EN", "en"),
        ("en-us", "en-US"),
        ("pt_BR", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("Chinese - Traditional", "zh-Hant"),
        ("Español", "es"),
        ("English, French", "English, French"),
        ("Klingon", "Klingon"),
        ("xyz", "xyz"),
        ("", ""),
    ],
)
def test_a_language_is_a_code_where_it_can_be_told(stated: str, code: str) -> None:
    assert language_code(stated) == code
