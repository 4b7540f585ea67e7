"""Fixtures of the tests that look at pages as a reader or a reporter does."""

from __future__ import annotations

from servers.browser import browser

__all__ = ["browser"]
