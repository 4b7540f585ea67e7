"""Clients take turns at the threads."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from dateline.gateway.fair_threads import FairThreads


def test_one_who_sends_much_stands_before_nobodys_second_request() -> None:
    threads, gate, order = FairThreads(1, "test"), Event(), list[str]()

    def noted(name: str) -> Callable[[], None]:
        return lambda: order.append(name)

    threads.submit("a", gate.wait)
    for name in ("a1", "a2", "a3", "b1", "b2", "c1"):
        last = threads.submit(name[0], noted(name))
    threads.submit("a", noted("a4")).cancel()
    gate.set()
    last.result(20)
    threads.submit("a", noted("end")).result(20)
    assert order == ["a1", "b1", "c1", "a2", "b2", "a3", "end"]


def test_what_fails_is_told_and_harms_no_other() -> None:
    threads = FairThreads(1, "test")
    with pytest.raises(ZeroDivisionError):
        threads.submit("a", lambda: 1 // 0).result(20)
    assert threads.submit("a", lambda: None).result(20) is None
