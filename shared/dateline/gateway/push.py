"""Answers that go on after the application returned: pushed by the event loop, without a thread."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final, Protocol

PUSH: Final = "dateline.push"
"""In the WSGI environ: call it with a ``Push``, and the answer goes on with its blocks."""


class Push(Protocol):
    """What follows the answer's first part."""

    def blocks(self) -> AsyncIterator[bytes]:
        """The blocks, as they come; runs in the event loop."""
        ...

    def close(self) -> None:
        """Called once, when the client is gone, the server stops, or the blocks end."""
        ...
