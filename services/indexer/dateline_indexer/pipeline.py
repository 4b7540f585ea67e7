"""The way of a batch: claim, then clean, tag and make a document of each item, then one write to the index, then mark.

Each item's fate is its own. What can't be indexed goes to the quarantine with stage and reason; what the index can't
take now comes again later. Everything may be repeated: the claim number is the version of what is written.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import uniform
from threading import Lock
from typing import Final, Protocol
from zoneinfo import ZoneInfo

import structlog

from dateline.documents.builder import DocumentContext, proposals_of
from dateline.domain.document import Document, TermDocument
from dateline.domain.enrichment import enrichment_of
from dateline.errors import IndexUnavailable
from dateline.ports.index import Index, PutResult, PutStatus
from dateline.ports.ledger.claims import Claimed, Claims, Indexed, Later, Outcome, Quarantine
from dateline.ports.ledger.event_proposals import Announcements
from dateline.ports.ledger.reindex import Reindexing
from dateline.ports.ledger.vocabulary import DEFAULT_BOUNDS, ProposalBounds, Proposals, PublicTerms
from dateline.ports.vocabulary import LiveTerms
from dateline.vocabulary.cached_terms import CachedTerms
from dateline_indexer.claimed_documents import ClaimedDocument, build_documents
from dateline_indexer.used_terms import UsedTerms, listed_terms

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.indexer")

MAX_ITEMS: Final = 500
MAX_BYTES: Final = 5_000_000
MAX_WRITING: Final = 2
"""Batches that are written at a time: the ledger marks one while the index takes the other."""
WORK_SECONDS: Final = 10.0
"""A task ends by then, so that it is far below its hard limit and a worker can be stopped."""
SUSPECT_WORK_SECONDS: Final = 1.0
"""The same for a task that works on suspects: what it begins then still has three seconds."""
MAKING_SECONDS: Final = 3.0
"""What of a batch isn't made by then comes with the next one, so that nobody waits for a calendar of long series."""
FAIR_SHARE: Final = 10
"""Every so many batches the oldest items of any lane come first, so that no lane starves."""
MAX_BACKOFF: Final = 30.0


class PipelineLedger(Claims, PublicTerms, Proposals, Announcements, Reindexing, Protocol):
    """What the pipeline asks of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What was claimed together, ready to be written; ``put_off`` is what took too long to be made with the rest."""

    made: Sequence[ClaimedDocument]
    refused: Sequence[Quarantine]
    context: DocumentContext
    put_off: Sequence[Claimed] = ()


class Pipeline:
    """Works for one process. ``zone`` is the newsroom's, ``lease`` how long a batch is ours."""

    def __init__(
        self,
        *,
        ledger: PipelineLedger,
        index: Index,
        vocabulary: LiveTerms,
        zone: ZoneInfo,
        lease: timedelta,
        worker: str,
        proposal_bounds: ProposalBounds = DEFAULT_BOUNDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ledger = ledger
        self._index = index
        self._vocabulary = vocabulary
        self._zone = zone
        self._lease = lease
        self._worker = worker
        self._proposal_bounds = proposal_bounds
        self._clock = clock
        self._used = UsedTerms()
        self._batches = 0
        self._outages = 0
        self._index_checked = False
        self._terms_due = False
        # writes that were not shown at once are numbered: those up to _refreshed are shown by now
        self._unrefreshed = 0
        self._refreshed = 0
        self._counting = Lock()

    def work(self, stopping: Callable[[], bool] = lambda: False) -> bool:
        """Take batches until nothing is due; returns True when there may be more, since time was over.

        While the index writes some batches, the next is claimed and made. Raises ``LedgerUnavailable``: then the leases
        end, and the batches come again.
        """
        deadline = self._clock() + WORK_SECONDS
        with ThreadPoolExecutor(MAX_WRITING, thread_name_prefix="dateline-write") as writers:
            writing: deque[Future[None]] = deque()
            while batch := self._next_batch() or self._batch_of_new_terms(writing):
                if len(writing) == MAX_WRITING:
                    writing.popleft().result()
                writing.append(writers.submit(self._write_and_mark, batch))
                if stopping() or self._clock() >= deadline:
                    break
            _await(writing)
        if batch is None:
            self._refresh()
        return batch is not None

    def work_on_suspects(self) -> bool:
        """Take one after another of what was in a lost batch; returns True when there may be more."""
        deadline = self._clock() + SUSPECT_WORK_SECONDS
        while (more := self._clock() < deadline) and (batch := self._next_batch(suspect=True)):
            self._write_and_mark(batch)
        return not more

    def take_batch(self) -> int:
        """Take one batch its whole way. Returns how many items it had; 0 means that nothing is due."""
        batch = self._next_batch()
        if batch is None:
            return 0
        self._write_and_mark(batch)
        return len(batch.made) + len(batch.refused)

    def _next_batch(self, *, suspect: bool = False) -> Batch | None:
        self._batches += not suspect
        fair = self._batches % FAIR_SHARE == 0
        claimed = self._ledger.claim(
            worker=self._worker, lease=self._lease, limit=MAX_ITEMS, max_bytes=MAX_BYTES, oldest_of_any_lane=fair,
            suspect=suspect,
        )  # fmt: skip
        if not claimed:
            return None
        context = self.document_context()
        until = self._clock() + MAKING_SECONDS
        made, refused = build_documents(claimed, context, lambda: self._clock() > until)
        return Batch(made=made, refused=refused, context=context, put_off=claimed[len(made) + len(refused) :])

    def _batch_of_new_terms(self, writing: deque[Future[None]]) -> Batch | None:
        """The terms that ``writing`` made due: their stories are public, and they should not wait for the sweep."""
        _await(writing)
        due, self._terms_due = self._terms_due, False
        return self._next_batch() if due else None

    def document_context(self) -> DocumentContext:
        """What documents are made with now. Raises ``LedgerUnavailable``."""
        terms = CachedTerms(self._vocabulary.current())
        return DocumentContext(terms=terms, tagger=self._vocabulary.tagger(), zone=self._zone, now=datetime.now(UTC))

    def _write_and_mark(self, batch: Batch) -> None:
        outcomes = self._write(batch.made, batch.context)
        late = [Later(claimed=x, delay=timedelta(), stage="document", reason="", counted=False) for x in batch.put_off]
        if names := [name for one in batch.made if one.document for name in proposals_of(one.document)]:
            self._ledger.propose_terms(names, self._proposal_bounds)
        if announced := [one.announced for one in batch.made if one.announced]:
            self._ledger.record_announcements(announced)
        self._ledger.mark([*outcomes, *batch.refused, *late])
        for outcome in outcomes:
            _log(outcome)

    def _write(self, made: Sequence[ClaimedDocument], context: DocumentContext) -> list[Outcome]:
        generation = self._ledger.open_generation()
        try:
            self._check_index()
            made = self._with_listed_terms(made)
            documents = [one.document for one in made if one.document is not None]
            results = self._put(documents, context, None)
            if generation is not None:
                later = [r for r in self._put(documents, context, generation).values() if r.status is PutStatus.LATER]
                results |= {result.id: result for result in later}
        except IndexUnavailable as away:
            return self._retry_all(made, str(away))
        self._outages = 0
        return [self._outcome(one, results) for one in made]

    def _with_listed_terms(self, made: Sequence[ClaimedDocument]) -> Sequence[ClaimedDocument]:
        """``made`` with those terms listed that readers find in lists already."""
        listed = listed_terms((one.document for one in made), self._index)
        return [replace(one, document=listed.get(one.claimed.item_id, one.document)) for one in made]

    def _check_index(self) -> None:
        """Raise ``IndexUnavailable`` while the index was made for other code: what it refused would be quarantined."""
        if not self._index_checked:
            self._index.check()
            self._index_checked = True

    def _put(
        self, documents: Sequence[Document], context: DocumentContext, generation: str | None
    ) -> dict[str, PutResult]:
        if not documents:
            return {}
        terms = self._used.new_ones(documents, context.terms, generation)
        refresh = len(documents) < MAX_ITEMS  # a full batch is one of many: the next refresh shows it
        shown = self._unrefreshed
        results = self._index.put([*documents, *terms], generation=generation, refresh=refresh)
        with self._counting:
            if refresh:
                self._refreshed = max(self._refreshed, shown)
            else:
                self._unrefreshed += 1
        if terms and self._ledger.publish_terms([term.id for term in terms]):
            self._terms_due = True
        self._used.note_written([term.id for term in terms], results, generation)
        return {result.id: result for result in results}

    def _refresh(self) -> None:
        """Let readers see the last full batch now: nothing comes after it that would show it."""
        if self._refreshed == self._unrefreshed:
            return
        self._refreshed = self._unrefreshed
        try:
            self._index.refresh()
        except IndexUnavailable as away:
            log.warning("shown with the next refresh", reason=str(away))

    def _outcome(self, one: ClaimedDocument, results: Mapping[str, PutResult]) -> Outcome:
        if one.document is None:
            return Indexed(claimed=one.claimed, public=one.claimed.kind != "term")
        result = results[one.document.id]
        match result.status:
            case PutStatus.DONE | PutStatus.NEWER:
                public = not (isinstance(one.document, TermDocument) and one.document.unlisted)
                told = enrichment_of(one.document)
                return Indexed(
                    claimed=one.claimed, public=public, enrichment=told, diffs=one.diffs, again_at=one.again_at
                )
            case PutStatus.LATER:
                delay = timedelta(seconds=1)
                return Later(claimed=one.claimed, delay=delay, stage="index", reason=result.reason, counted=False)
            case PutStatus.REFUSED:
                return Quarantine(claimed=one.claimed, stage="index", reason=result.reason)

    def _retry_all(self, made: Sequence[ClaimedDocument], reason: str) -> list[Outcome]:
        """The whole batch again, after 1 s, 2 s, 4 s … 30 s while the index stays away."""
        wait = min(MAX_BACKOFF, 2.0**self._outages) * uniform(0.9, 1.0)
        self._outages = min(self._outages + 1, 10)
        log.warning("index away", reason=reason, again_in=round(wait, 1), items=len(made))
        delay = timedelta(seconds=wait)
        return [Later(claimed=one.claimed, delay=delay, stage="index", reason=reason, counted=False) for one in made]


def _await(writing: deque[Future[None]]) -> None:
    """Return when all is written; raises what a write raised."""
    while writing:
        writing.popleft().result()


def _log(outcome: Outcome) -> None:
    """One line an item, with the word that is counted too."""
    match outcome:
        case Indexed(claimed=item):
            log.info("indexed", stage="index", item=item.item_id, kind=item.kind, version=item.version)
        case Later(claimed=item, stage=stage, reason=reason):
            log.warning("later", stage=stage, item=item.item_id, version=item.version, reason=reason)
        case Quarantine(claimed=item, stage=stage, reason=reason):
            log.error("quarantined", stage=stage, item=item.item_id, version=item.version, reason=reason)
