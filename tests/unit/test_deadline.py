"""The bound on what a page may spend on searching."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dateline.deadline import check_deadline, remaining, set_deadline, within
from dateline.errors import IndexUnavailable


@pytest.fixture(autouse=True)
def no_deadline() -> Iterator[None]:
    yield
    set_deadline(None)


def test_without_a_deadline_each_search_has_its_own_limit() -> None:
    assert remaining(4.0) == 4.0


def test_searches_of_one_request_share_the_time() -> None:
    set_deadline(2.0)
    assert 0 < remaining(4.0) <= 2.0
    assert remaining(0.5) == 0.5


def test_when_it_is_spent_the_next_search_is_not_tried() -> None:
    set_deadline(0.0)
    with pytest.raises(IndexUnavailable, match="too long"):
        remaining(4.0)


def test_a_block_has_its_own_limit_within_the_request_s() -> None:
    set_deadline(2.0)
    with within(0.0), pytest.raises(IndexUnavailable):
        check_deadline()
    check_deadline()
    with within(100.0):
        assert remaining(100.0) <= 2.0
    set_deadline(0.0)
    with pytest.raises(IndexUnavailable), within(4.0):
        pass
