"""A new generation of the index, filled from the ledger while stories keep arriving; readers never see a gap.

While a reindex is open, workers write every batch to the new generation too. It is filled when all leases from before
are over, from what readers may see now, under the items' present claim numbers: a worker's later write wins. Then both
are compared, and one step lets readers see the new one. An interrupted run continues where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final, Protocol

import structlog

from dateline.documents.builder import DocumentContext
from dateline.domain.document import KINDS, Document
from dateline.domain.enrichment import enrichment_of
from dateline.errors import Conflict, IndexUnavailable
from dateline.ports.index import Index, PutResult, PutStatus
from dateline.ports.ledger.changes import Changes
from dateline.ports.ledger.claims import Claimed, Indexed
from dateline.ports.ledger.reindex import Reindexing
from dateline_indexer.claimed_documents import build_documents
from dateline_indexer.consistency import Difference, compare, published, versions
from dateline_indexer.used_terms import UsedTerms, listed_terms

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.indexer")

ROUND_PAUSES: Final = (0, 1, 2, 4, 8, 16, None)
"""Seconds between the rounds in which what still differs is written again, before the run gives up."""
RETRY_PAUSES: Final = (1, 2, 4, 8, 16, 30, 30, 30, None)
"""Seconds between tries to write what the index would not take; two minutes in all, since it may never take it."""

Report = Callable[[str], None]


class ReindexLedger(Reindexing, Changes, Protocol):
    """What a reindex asks of the ledger."""


class Reindex:
    """One reindex. ``context`` gives what documents are made with now; ``report`` tells the operator how far it is."""

    def __init__(
        self,
        ledger: ReindexLedger,
        index: Index,
        context: Callable[[], DocumentContext],
        *,
        lease: timedelta,
        report: Report,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._ledger = ledger
        self._index = index
        self._context = context
        self._lease = lease
        self._report = report
        self._sleep = sleep
        self._used = UsedTerms()
        self._refused: dict[str, str] = {}

    def run(self) -> str:
        """Fill, compare, swap. Returns the new generation.

        Raises ``Conflict`` when another process is at it, and when the two still differ in the end;
        ``IndexUnavailable`` when the index takes nothing. The generation stays open then, and the next run goes on.
        """
        with self._ledger.exclusive_lock("reindex"):
            return self._run()

    def _run(self) -> str:
        generation = self._open()
        self._report(f"waiting {self._lease.total_seconds():.0f} s for batches that were claimed before")
        self._sleep(self._lease.total_seconds())
        written = self._fill(generation)
        self._report(f"{written} documents written to {generation}")
        self._reconcile(generation)
        for item_id, reason in self._refused.items():
            self._report(f"not indexed: {item_id}: {reason}")
        self._ledger.finish_numbering()
        self._index.swap(generation)
        self._ledger.close_reindex()
        log.info("reindexed", generation=generation, documents=written, refused=len(self._refused))
        return generation

    def _open(self) -> str:
        generation = self._ledger.open_generation()
        if generation is not None and generation in self._index.generations():
            self._report(f"going on with {generation}")
            return generation
        if generation is not None:
            self._ledger.close_reindex()
        generation = self._index.create_generation()
        self._ledger.open_reindex(generation)
        self._report(f"filling {generation}")
        return generation

    def _fill(self, generation: str) -> int:
        """Write what the generation doesn't hold yet."""
        written = 0
        for kind in KINDS:
            there = versions(self._index, kind, generation)
            for page in published(self._ledger, kind):
                behind = [item for item in page if there.get(item.item_id, -1) < item.version]
                written += self._write(behind, generation)
        return written

    def _write(self, items: Sequence[Claimed], generation: str) -> int:
        context = self._context()
        made, bad = build_documents(items, context)
        listed = listed_terms((one.document for one in made), self._index)
        documents = [listed.get(one.document.id, one.document) for one in made if one.document is not None]
        # before they are written: what is written already, the next run of an interrupted one passes over
        self._ledger.renumber([
            Indexed(claimed=one.claimed, enrichment=enrichment_of(one.document), diffs=one.diffs)
            for one in made
            if one.document
        ])  # fmt: skip
        results = self._put(documents, context, generation)
        self._refused |= {outcome.claimed.item_id: outcome.reason for outcome in bad}
        self._refused |= {result.id: result.reason for result in results if result.status is PutStatus.REFUSED}
        return len(documents)

    def _put(self, documents: Sequence[Document], context: DocumentContext, generation: str) -> list[PutResult]:
        """Write until the index has taken or refused each.

        Raises ``IndexUnavailable`` when it is away, or still takes some later after the last try: the next run goes on.
        """
        terms = self._used.new_ones(documents, context.terms, generation)
        waiting: list[Document] = [*documents, *terms]
        if not waiting:
            return []
        results: dict[str, PutResult] = {}
        for pause in RETRY_PAUSES:
            results |= {result.id: result for result in self._index.put(waiting, generation=generation)}
            waiting = [document for document in waiting if results[document.id].status is PutStatus.LATER]
            if not waiting:
                break
            not_taken = f"{generation} did not take {len(waiting)} documents: {results[waiting[0].id].reason}"
            if pause is None:
                raise IndexUnavailable(f"{not_taken}; when that is mended run it again, it goes on")
            self._report(f"{not_taken}; trying again in {pause} s")
            self._sleep(pause)
        self._used.note_written([term.id for term in terms], list(results.values()), generation)
        return [results[document.id] for document in documents]

    def _reconcile(self, generation: str) -> None:
        """Return when the generation holds what the ledger had at the beginning of this, but for what can't be indexed.

        What is claimed later is its worker's, who writes it to the generation too: in a busy newsroom something is on
        its way at every moment.
        """
        behind = self._differences(generation)
        for pause in ROUND_PAUSES:
            if not behind:
                self._report("ledger and new generation agree")
                return
            self._report(f"{len(behind)} differ; writing them again")
            self._write([one.claimed for one in behind.values() if one.claimed is not None], generation)
            now = self._differences(generation)
            behind = {id: one for id, one in behind.items() if id in now and not _is_caught_up(one, now[id])}
            if behind and pause is not None:
                self._sleep(pause)
        if behind:
            first = next(iter(behind.values()))
            raise Conflict(f"{len(behind)} documents still differ, the first: {first}; run it again to go on")

    def _differences(self, generation: str) -> dict[str, Difference]:
        found = compare(self._ledger, self._index, self._context(), generation=generation)
        return {one.id: one for one in found if one.id not in self._refused}


def _is_caught_up(before: Difference, now: Difference) -> bool:
    """Whether the generation holds by now what was missing before, though the item was claimed once more since."""
    return before.claimed is not None and now.indexed >= before.claimed.version
