"""A pipeline over fakes."""

from __future__ import annotations

import pytest

from unit.indexer.parts import Bench


@pytest.fixture
def bench() -> Bench:
    """Ledger, index and tagger that a test sets up and looks at."""
    return Bench()
