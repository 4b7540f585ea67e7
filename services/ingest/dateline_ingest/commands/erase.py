"""erase: a text taken out for good. Straight on the ledger and the index; no service is needed."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import click

from dateline.bootstrap import open_index
from dateline.errors import IndexUnavailable
from dateline.ports.ledger.reindex import Reindexing
from dateline.ports.ledger.tokens import Token
from dateline.settings import Settings
from dateline_ingest.commands.client import Refused
from dateline_ingest.commands.options import as_json, data_folder, echo_result, newsroom


@click.command(epilog='Example: dateline erase 01jd8x… --reason "court order 12/26"')
@click.argument("item_id")
@click.option("--reason", required=True, help="Why; it stays on record.")
@click.option("--by", default="operator", show_default=True, help="Who; it stays on record.")
@as_json
@data_folder
def erase(*, data: str | None, item_id: str, reason: str, by: str, as_json: bool) -> None:
    """Take the text of every revision of an item out for good, and withdraw it.

    The index's old generations go too: readers don't see them, but the text would still be in there.
    """
    if not reason.strip():
        raise click.UsageError("An erasure needs a reason.")
    who = Token(name=by, role="editor", created_at=datetime.now(UTC))
    with newsroom(data) as (settings, ledger):
        count = ledger.erase(item_id, reason.strip(), who)
        try:
            dropped = drop_old_generations(settings, ledger)
        except IndexUnavailable as error:
            raise Refused(
                f"It is erased from the ledger, but not from old generations yet; run it again: {error}"
            ) from None
    result = {"id": item_id, "erased": count, "generations": dropped}
    echo_result(result, as_json, f"{count} revisions of {item_id} are erased, {len(dropped)} old generations are gone.")


def drop_old_generations(settings: Settings, ledger: Reindexing) -> list[str]:
    """Drop the generations of the index that are neither read nor being filled; their names."""
    with closing(open_index(settings)) as index:
        kept = {index.current_generation(), ledger.open_generation()}
        old = [name for name in index.generations() if name not in kept]
        for name in old:
            index.drop_generation(name)
    return old
