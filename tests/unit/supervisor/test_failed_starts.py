"""A process that can't start ends the newsroom, with what it said."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from dateline.errors import CannotStart
from dateline.supervisor.process import Process
from dateline.supervisor.supervisor import MOST_FAILED_STARTS, Supervisor


def test_three_deaths_at_its_start_end_the_newsroom(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    dying = [sys.executable, "-c", "import sys; sys.exit('no such database')"]
    process = Process("web", dying, dict(os.environ), log=log, ready=lambda: False)
    with Supervisor() as supervisor:
        supervisor.start([process])
        with pytest.raises(CannotStart) as told:
            supervisor.wait_until_ready([process], 60)
    said = str(told.value)
    assert said.startswith(f"web ended {MOST_FAILED_STARTS} times at its start")
    assert said.count("no such database") == MOST_FAILED_STARTS
    assert said.endswith(str(log))
