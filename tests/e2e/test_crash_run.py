"""Twenty seconds of kills at random; ``scripts/crash-run`` does it for longer."""

from __future__ import annotations

import os
from typing import Final

import pytest

from crash.run import crash_run
from servers.elastic import ElasticServer

pytestmark = [
    pytest.mark.elasticsearch, pytest.mark.postgres, pytest.mark.redis, pytest.mark.timeout(500),
]  # fmt: skip

SECONDS: Final = float(os.environ.get("CRASH_SECONDS", "20"))


def test_nothing_is_lost_doubled_or_stale(elastic_server: ElasticServer) -> None:
    figures = crash_run(SECONDS, seed=20261130, search=elastic_server)
    assert not {name: found for name, found in figures.faults.items() if found}
    assert figures.stories > 20 and figures.killed.total() > 5
