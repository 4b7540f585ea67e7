"""Fixtures of the tests that look at pages as a reader or a reporter does."""

from __future__ import annotations

from servers.browser import browser
from servers.desk import address, ledger

__all__ = ["address", "browser", "ledger"]
