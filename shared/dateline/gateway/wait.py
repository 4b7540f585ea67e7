"""Long polls: a request whose answer is kept back until there is more to say, without a thread."""

from __future__ import annotations

from typing import Final, Protocol

WAIT: Final = "dateline.wait"
"""In the WSGI environ of a request that may wait: call it with a ``Wait``, and the answer is dropped; when the wait is
over, the application is asked the same again, and may not wait any more."""


class Wait(Protocol):
    """What is waited for."""

    async def over(self) -> None:
        """Return when the application is to be asked again; runs in the event loop."""
        ...

    def close(self) -> None:
        """Called once, when the wait is over, the client is gone, or the server stops."""
        ...
