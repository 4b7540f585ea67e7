"""The Celery tasks of the puller: look up, call, return. A message only wakes; the ledger says what is due."""

from __future__ import annotations

from typing import Any, Final

import structlog

from dateline.errors import Transient
from dateline.ports.ledger.pulled_sources import PULL_SECONDS
from dateline_ingest.pictures.fetching import SECONDS
from dateline_ingest.pulling.parts import parts
from dateline_ingest.worker import app

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.puller")

BEGIN_SECONDS: Final = 10.0
"""How long a task begins pulls; the last one may take ``PULL_SECONDS`` more."""
TASK_SECONDS: Final = BEGIN_SECONDS + PULL_SECONDS + BEGIN_SECONDS + 2 * SECONDS
"""The same for pictures behind them."""


@app.task(name="dateline.pull", time_limit=TASK_SECONDS)  # type: ignore[untyped-decorator]
def pull(**_: Any) -> None:
    """Pull the sources that are due, then fetch pictures that they named."""
    try:
        parts().sources.work(BEGIN_SECONDS)
        if pictures := parts().pictures:
            pictures.work(BEGIN_SECONDS)
    except Transient as error:
        log.warning("task gave up", task="pull", reason=str(error))


@app.task(name="dateline.plan")  # type: ignore[untyped-decorator]
def plan(**_: Any) -> None:
    """File the coverages whose stories are there; send the mail of the morning when its hour has come."""
    try:
        parts().filing.work()
        parts().morning_mail.work()
    except Transient as error:
        log.warning("task gave up", task="plan", reason=str(error))
