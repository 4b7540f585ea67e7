"""The sweep: finds what lost its worker and what nobody was woken for, and wakes a worker for it."""

from __future__ import annotations

import structlog

from dateline.ports.ledger.claims import Claims, SweepReport
from dateline.ports.wakeup import WakeUp

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.indexer")


def sweep(ledger: Claims, wakeup: WakeUp) -> SweepReport:
    """Make items with a lost lease due again, and wake the lanes that have something due."""
    report = ledger.sweep()
    for lane, count in report.due.items():
        if count:
            wakeup.wake(lane)
    if report.lost_leases or report.quarantined:
        log.warning("swept", lost_leases=report.lost_leases, quarantined=report.quarantined)
    for item_id, reason in report.failed.items():
        log.error("not swept", item=item_id, reason=reason)
    return report
