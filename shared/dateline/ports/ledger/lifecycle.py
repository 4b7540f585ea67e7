"""Making, checking and closing the ledger."""

from __future__ import annotations

from typing import Protocol


class Lifecycle(Protocol):
    """What the one who opened the ledger does with it."""

    def migrate(self) -> None:
        """Bring the tables to this code's shape (Alembic); safe to call again."""
        ...

    def check(self) -> None:
        """Return when the ledger can be read and its tables fit; raise ``LedgerUnavailable`` with the reason."""
        ...

    def close(self) -> None:
        """End all connections."""
        ...
