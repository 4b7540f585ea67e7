"""Taking what was deleted or replaced out of Elasticsearch's files: by merging, and by cloning what won't let go.

A shard keeps a deleted document until its retention leases are renewed, each 30 seconds, whatever is merged meanwhile:
what was written in the last half minute stays that long. No setting of an index says otherwise, and closing and opening
it changes nothing. A clone has leases of its own, which hold nothing from before.
"""

from __future__ import annotations

import time
from typing import Final

from dateline.adapters.elastic.client import WRITE_TIMEOUT, ElasticClient
from dateline.adapters.elastic.generations import Generations

LEASE_SECONDS: Final = 60.0
"""How long leases are waited for where a clone can't be made: a generation that is being filled keeps its name."""
BETWEEN_MERGES: Final = 1.0
MERGE_TIMEOUT: Final = 120.0
"""Seconds for a merge: all documents of a segment with a deleted one are written anew."""


def expunge(client: ElasticClient, generations: Generations) -> None:
    """Merge away what was deleted or replaced, in every generation, and let go of the translogs that hold it.

    Where a lease keeps some of it, the generation that readers see is replaced by its clone: readers notice nothing,
    and writers are told to come later for about a second. Raises ``IndexUnavailable``; run again it goes on.
    """
    current = generations.current()
    if _merge(client, generations.indices(current)) or generations.is_blocked(current):
        _merge(client, generations.indices(generations.replace_by_clone(current)))
    others = [name for other in generations.all() if other != current for name in generations.existing(other)]
    deadline = time.monotonic() + LEASE_SECONDS
    while others and _merge(client, others) and time.monotonic() < deadline:
        time.sleep(BETWEEN_MERGES)


def _merge(client: ElasticClient, indices: list[str]) -> int:
    """Merge the segments that hold deleted documents; how many are left."""
    with client.request(timeout=WRITE_TIMEOUT) as server:
        server.indices.put_settings(index=indices, settings={"index.merge.policy.expunge_deletes_allowed": 0})
    with client.request(timeout=MERGE_TIMEOUT) as server:
        server.indices.flush(index=indices, force=True, wait_if_ongoing=True)
        server.indices.forcemerge(index=indices, only_expunge_deletes=True)
        server.indices.refresh(index=indices)
        return int(server.indices.stats(index=indices, metric="docs")["_all"]["total"]["docs"]["deleted"])
