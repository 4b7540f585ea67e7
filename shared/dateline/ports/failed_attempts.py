"""Wrong sign-ins and wrong tokens: how many an address may send."""

from __future__ import annotations

from typing import Final, Protocol

MAX_ATTEMPTS: Final = 10
"""How many a minute are answered with 401; further ones are told to wait."""


class FailedAttempts(Protocol):
    """Counts failed attempts by address (or by the name of an account), over all processes where it can."""

    def count(self, address: str) -> int:
        """Count one more from ``address``: the seconds it must wait, 0 while it need not. Never raises."""
        ...

    def wait(self, address: str) -> int:
        """The seconds that ``address`` must wait, without counting; 0 when it need not. Never raises."""
        ...
