"""The time one request may spend on the index in all, however many searches its page makes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from dateline.errors import IndexUnavailable

_deadline: Final[ContextVar[float | None]] = ContextVar("deadline", default=None)


def set_deadline(seconds: float | None) -> None:
    """Let the searches from now on, in this thread, end within ``seconds`` together; None takes the bound away."""
    _deadline.set(None if seconds is None else time.monotonic() + seconds)


def remaining(most: float) -> float:
    """Seconds the next search may take: ``most``, or what is left. Raises ``IndexUnavailable`` when nothing is."""
    deadline = _deadline.get()
    if deadline is None:
        return most
    left = deadline - time.monotonic()
    if left <= 0:
        raise IndexUnavailable("the search index took too long to answer")
    return min(most, left)


@contextmanager
def within(seconds: float) -> Iterator[float]:
    """Let what the block does end within ``seconds``, or what is left; gives the moment, on ``time.monotonic``'s clock.

    Raises ``IndexUnavailable`` when nothing is left.
    """
    end = time.monotonic() + remaining(seconds)
    before = _deadline.set(end)
    try:
        yield end
    finally:
        _deadline.reset(before)


def check_deadline() -> None:
    """Raise ``IndexUnavailable`` when the time is over: for work between two calls of an index."""
    remaining(0.0)
