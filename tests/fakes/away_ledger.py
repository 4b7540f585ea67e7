"""A ledger that can't be reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from dateline.errors import LedgerUnavailable


@dataclass
class AwayLedger:
    """Whatever it is asked, it raises ``reason``."""

    reason: LedgerUnavailable

    def __getattr__(self, name: str) -> Callable[..., NoReturn]:
        def away(*_: Any, **__: Any) -> NoReturn:
            raise self.reason

        return away
