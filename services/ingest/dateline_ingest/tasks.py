"""The Celery task of the puller: look up, call, return. A message only wakes; the ledger says which source is due."""

from __future__ import annotations

from typing import Any, Final

import structlog

from dateline.errors import Transient
from dateline.ports.ledger.pulled_sources import PULL_SECONDS
from dateline_ingest.pulling.due_sources import due_sources
from dateline_ingest.worker import app

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.puller")

BEGIN_SECONDS: Final = 10.0
"""How long a task begins pulls; the last one may take ``PULL_SECONDS`` more."""


@app.task(name="dateline.pull", time_limit=BEGIN_SECONDS + PULL_SECONDS)  # type: ignore[untyped-decorator]
def pull(**_: Any) -> None:
    """Pull the sources that are due."""
    try:
        due_sources().work(BEGIN_SECONDS)
    except Transient as error:
        log.warning("task gave up", task="pull", reason=str(error))
