"""Which way a text runs, by its language and its letters."""

from __future__ import annotations

import pytest

from dateline.analysis.direction import direction, runs_left


@pytest.mark.parametrize(
    "language",
    [
        "ar", "ar-EG", "he", "iw", "fa-IR", "ur", "yi", "ps", "dv", "ckb", "ug", "sd", "syr", "AR", "ar_SA", "pa-Arab",
        "uz-Arab-AF", "ku-arab", "az-Arab", "ff-Adlm", "und-Hebr", "aii", "arc", "nqo", "ks", "bal", "lrc", "mzn",
        "glk", "azb", "pnb", "prs", "skr", "rhg", "heb", "fas", "ji", "hnd", "trw", "pa-PK", "uz-AF", "az_IR", "kk-CN",
        "ks-IN",
    ],
)  # fmt: skip
def test_languages_and_scripts_from_right_to_left(language: str) -> None:
    assert direction(language) == "rtl"


@pytest.mark.parametrize(
    "language",
    [
        "", "en", "ru", "be", "und", "mul", "ar-Latn", "ur-Latn-IN", "he-Latn", "pa", "ku", "az", "sd-Deva",
        "en-x-arab", "zh-Hant", "ja", "sd-IN", "uz", "uz-UZ", "az-AZ", "kk", "ms", "ks-Deva", "aii-Latn", "tr",
        "x-arab", "a", "-", "en-Latn-001",
    ],
)  # fmt: skip
def test_of_others_the_letters_decide(language: str) -> None:
    assert direction(language) == "auto"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ar", "AC Milan قال", True),
        ("en", "قال AC Milan", True),
        ("en", "(2026) הגשר", True),
        ("en", "AC Milan قال", False),
        ("en", "2026!", False),
        ("", "", False),
    ],
)
def test_the_first_letter_decides_where_the_language_does_not(language: str, text: str, expected: bool) -> None:
    assert runs_left(language, text) is expected
