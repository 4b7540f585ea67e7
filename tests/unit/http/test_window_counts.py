"""Counting requests in windows: a window begins with its first request, and what is over is forgotten."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dateline.http.requests import window_counts
from dateline.http.requests.window_counts import WindowCounts


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1_800_000_000.0]
    monkeypatch.setattr(window_counts, "time", lambda: now[0])
    return now


def test_a_window_ends_when_it_said(clock: list[float]) -> None:
    counts = WindowCounts()
    assert [counts.incr("a", 60), counts.incr("a", 60, 2), counts.incr("b", 60)] == [1, 3, 1]
    ends = counts.get_expiry("a")
    clock[0] += 59.9
    assert (counts.incr("a", 60), counts.get("a"), counts.get_expiry("a")) == (4, 4, ends)
    clock[0] += 0.1
    assert counts.get("a") == 0
    assert (counts.incr("a", 60), counts.get_expiry("a")) == (1, ends + 60)


def test_what_is_over_is_forgotten(clock: list[float]) -> None:
    counts = WindowCounts()
    for number in range(1000):
        counts.incr(str(number), 60)
    clock[0] += 61
    counts.incr("new", 60)
    assert counts.reset() == 1


def test_threads_lose_no_request_and_none_is_started() -> None:
    counts, before = WindowCounts(), threading.active_count()
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: counts.incr("a", 60), range(2000)))
    assert counts.get("a") == 2000
    assert threading.active_count() == before
    counts.clear("a")
    assert counts.get("a") == 0
