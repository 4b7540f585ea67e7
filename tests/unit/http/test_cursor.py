"""Cursors: opaque, exact, and of no use anywhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InvalidInput
from dateline.http.requests.cursor import decode, encode

positions = st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), max_size=4).map(tuple)


@given(positions, st.text())
def test_gives_back_the_position(after: tuple[str, ...], listing: str) -> None:
    assert decode(encode(after, listing), listing) == after


@given(positions)
def test_is_of_one_listing(after: tuple[str, ...]) -> None:
    with pytest.raises(InvalidInput) as refused:
        decode(encode(after, "newest"), "oldest")
    assert [error.pointer for error in refused.value.errors] == ["/cursor"]


@pytest.mark.parametrize("part", ["\0", "a\0", "\ud800", "a\udfff"])
def test_refuses_what_no_position_has(part: str) -> None:
    with pytest.raises(InvalidInput):
        decode(encode(("a", part), "newest"), "newest")


@given(st.text())
def test_refuses_any_other_text(text: str) -> None:
    with pytest.raises(InvalidInput):
        decode(text, "newest")


@pytest.mark.parametrize("text", ["", "e30", "W10", "WzFd", "bnVsbA", "WyIiLDFd", "[" * 2000])
def test_refuses_json_that_is_no_cursor(text: str) -> None:
    with pytest.raises(InvalidInput):
        decode(text, "newest")
