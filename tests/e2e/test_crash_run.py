"""Half a minute of kills at random; ``scripts/crash-run`` does it for longer."""

from __future__ import annotations

import os
from typing import Final

import pytest

from crash.run import crash_run

pytestmark = [
    pytest.mark.elasticsearch, pytest.mark.postgres, pytest.mark.redis, pytest.mark.timeout(500),
]  # fmt: skip

SECONDS: Final = float(os.environ.get("CRASH_SECONDS", "25"))


def test_nothing_is_lost_doubled_or_stale() -> None:
    figures = crash_run(SECONDS, seed=20261130)
    assert not {name: found for name, found in figures.faults.items() if found}
    assert figures.stories > 20 and figures.killed.total() > 5
