"""Slugs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.domain.slugs import slug_of


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Минск: тракторы!", "minsk-traktory"), ("İstanbul Straße", "istanbul-strasse"), ("a" * 300, "a" * 100)],
)
def test_letters_of_other_scripts_are_transliterated(text: str, slug: str) -> None:
    assert slug_of(text) == slug


@given(st.text())
def test_a_slug_is_never_empty_and_always_fits_an_address(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,100}", slug_of(text))


def test_two_texts_without_letters_have_two_slugs() -> None:
    assert slug_of("★") != slug_of("☆")
