"""Whether this process was told to stop: what answers without end asks it, so that a stop needs no patience."""

from __future__ import annotations

import signal
from threading import Event
from types import FrameType
from typing import Final

_sigterm_received: Final = Event()


def is_stopping() -> bool:
    """Whether SIGTERM came."""
    return _sigterm_received.is_set()


def notice_stop() -> None:
    """Notice SIGTERM from now on, before whoever handles it already. For the main thread."""
    handle = signal.getsignal(signal.SIGTERM)

    def on_term(number: int, frame: FrameType | None) -> None:
        _sigterm_received.set()
        if callable(handle):
            handle(number, frame)

    signal.signal(signal.SIGTERM, on_term)
