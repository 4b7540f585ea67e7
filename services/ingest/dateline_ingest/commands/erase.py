"""erase: a text taken out for good. Straight on the ledger and the index; no service is needed."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, Protocol

import click
import structlog

from dateline.bootstrap import open_index, open_wakeup
from dateline.errors import IndexUnavailable, LedgerUnavailable
from dateline.ports.index import Index
from dateline.ports.ledger.items import Items
from dateline.ports.ledger.reindex import Reindexing
from dateline.ports.ledger.submissions import Erasure
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane
from dateline.settings import Settings, is_given
from dateline.supervisor.data_folder import DataFolder
from dateline.supervisor.embedded_broker import running_broker
from dateline_ingest.commands.client import Refused
from dateline_ingest.commands.options import as_json, data_folder, echo_result, newsroom

WORKER_SECONDS: Final = 8.0
"""How long a worker is waited for: it is woken at once, and the sweep finds what is due every five seconds."""
_BETWEEN_LOOKS: Final = 0.05


class IndexedItems(Items, Reindexing, Protocol):
    """What taking a text out of the index asks of the ledger."""


@click.command(epilog='Example: dateline erase 01jd8x… --reason "court order 12/26"')
@click.argument("item_id")
@click.option("--reason", required=True, help="Why; it stays on record.")
@click.option("--by", default="operator", show_default=True, help="Who; it stays on record.")
@as_json
@data_folder
def erase(*, data: str | None, item_id: str, reason: str, by: str, as_json: bool) -> None:
    """Take the text of an item out for good. All its revisions lose it, and the item is withdrawn; with a series go its
    exceptions.

    The files of ledger and index are rewritten, so that none holds it. The index's old generations go: readers don't
    see them, but the text would still be in there.
    """
    if not reason.strip():
        raise click.UsageError("An erasure needs a reason.")
    who = Token(name=by, role="editor", created_at=datetime.now(UTC))
    with newsroom(data) as (settings, ledger):
        erasure = ledger.erase(item_id, reason.strip(), who)
        try:
            wake_worker(settings)
            ledger.expunge()
            dropped = _take_out_of_index(settings, ledger, item_id, erasure)
        except (IndexUnavailable, LedgerUnavailable) as error:
            raise Refused(f"It is erased from the ledger, but files may still hold it; run it again: {error}") from None
    result = {"id": item_id, "erased": erasure.revisions, "generations": dropped}
    gone = f"{len(dropped)} old generations are gone"
    echo_result(result, as_json, f"{erasure.revisions} revisions of {item_id} are erased, {gone}.")


def wake_worker(settings: Settings) -> None:
    """Tell a worker that something is due, through the broker that the settings name or the data folder's own."""
    # the sender says when the broker is away: not where the result is printed
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    own = None if is_given("broker") else running_broker(DataFolder(settings.data.resolve()))
    with closing(open_wakeup(replace(settings, broker=own or settings.broker))) as wakeup:
        wakeup.wake(Lane.LIVE)


def _take_out_of_index(settings: Settings, ledger: IndexedItems, item_id: str, erasure: Erasure) -> list[str]:
    """Drop old generations, and rewrite the others once the tombstone is in them; the names of those dropped."""
    with closing(open_index(settings)) as index:
        dropped = drop_old_generations(index, ledger)
        if erasure.may_be_indexed:
            await_tombstone(ledger, item_id, erasure, WORKER_SECONDS)
        index.expunge()
    return dropped


def drop_old_generations(index: Index, ledger: Reindexing) -> list[str]:
    """Drop the generations of the index that are neither read nor being filled; their names."""
    kept = {index.current_generation(), ledger.open_generation()}
    old = [name for name in index.generations() if name not in kept]
    for name in old:
        index.drop_generation(name)
    return old


def await_tombstone(ledger: Items, item_id: str, erasure: Erasure, seconds: float) -> None:
    """Return when a worker has written the tombstones. Raises ``IndexUnavailable`` when none does in time."""
    deadline = time.monotonic() + seconds
    for one in (item_id, *erasure.exceptions):
        while (state := ledger.item(erasure.kind, one).newest.state) == "accepted":
            if time.monotonic() > deadline:
                raise IndexUnavailable(f"no worker took it from the site within {seconds:.0f} s")
            time.sleep(_BETWEEN_LOOKS)
        if state != "withdrawn":
            raise IndexUnavailable(f"its withdrawal is {state}")
