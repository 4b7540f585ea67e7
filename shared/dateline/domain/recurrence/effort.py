"""How long rules may take to be worked out together: few words can name many times, and cost much to find none."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from dateline.errors import DatelineError


@dataclass(frozen=True, slots=True)
class _Limit:
    until: float
    clock: Callable[[], float]
    error: DatelineError


_limits: Final[ContextVar[tuple[_Limit, ...]]] = ContextVar("limits", default=())


@contextmanager
def bounded_effort(
    seconds: float, error: DatelineError, clock: Callable[[], float] = time.thread_time
) -> Iterator[None]:
    """Let what is worked out in the block, in this thread, raise ``error`` after so many seconds of ``clock``.

    Without one they are seconds of the processor, so that others' load makes nobody's calendar too long.
    """
    token = _limits.set((*_limits.get(), _Limit(clock() + seconds, clock, error)))
    try:
        yield
    finally:
        _limits.reset(token)


def check_effort() -> None:
    """Return while there is time. Raises what ``bounded_effort`` was given."""
    for limit in _limits.get():
        if limit.clock() > limit.until:
            raise limit.error
