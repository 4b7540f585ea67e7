"""A new generation of the index, filled from the ledger while stories keep arriving; readers never see a gap.

While a reindex is open, workers write every batch to the new generation too. It is filled when all leases from before
are over, from what readers may see now, under the items' present claim numbers: a worker's later write wins. Then both
are compared, and one step lets readers see the new one. An interrupted run continues where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, get_args

import structlog

from dateline.domain.document import Document, Kind
from dateline.errors import Conflict
from dateline.ports.index import Index, PutResult, PutStatus
from dateline.ports.ledger import Claimed, Ledger
from dateline_indexer.comparing import Difference, compare
from dateline_indexer.document import Desk
from dateline_indexer.pipeline import make
from dateline_indexer.used import UsedTerms

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.indexer")

AT_ONCE: Final = 500
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
ROUNDS: Final = 5
"""How often what is still missing is written again before the run gives up; what just arrives lands meanwhile."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a fill did: documents written, and why some could not be."""

    written: int
    refused: tuple[str, ...]


class Reindex:
    """One reindex. ``desk`` gives what documents are made with now; ``say`` tells the operator how far it is."""

    def __init__(
        self,
        ledger: Ledger,
        index: Index,
        desk: Callable[[], Desk],
        *,
        lease: timedelta,
        say: Say,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._ledger = ledger
        self._index = index
        self._desk = desk
        self._lease = lease
        self._say = say
        self._sleep = sleep
        self._used = UsedTerms()

    def run(self) -> str:
        """Fill, compare, swap. Returns the new generation.

        Raises ``Conflict`` when the two still differ in the end; the generation stays open, and the next run goes on.
        """
        generation = self._open()
        self._say(f"waiting {self._lease.total_seconds():.0f} s for batches that were claimed before")
        self._sleep(self._lease.total_seconds())
        filled = self._fill(generation)
        self._say(f"{filled.written} documents written to {generation}")
        for reason in filled.refused:
            self._say(f"not indexed: {reason}")
        self._compare(generation)
        self._index.swap(generation)
        self._ledger.close_reindex()
        log.info("reindexed", generation=generation, documents=filled.written, refused=len(filled.refused))
        return generation

    def _open(self) -> str:
        generation = self._ledger.open_generation()
        if generation is not None and generation in self._index.generations():
            self._say(f"going on with {generation}")
            return generation
        if generation is not None:
            self._ledger.close_reindex()
        generation = self._index.create_generation()
        self._ledger.open_reindex(generation)
        self._say(f"filling {generation}")
        return generation

    def _fill(self, generation: str) -> Filled:
        written, refused = 0, []
        for kind in KINDS:
            there = _versions(self._index, kind, generation)
            for page in published(self._ledger, kind):
                missing = [item for item in page if there.get(item.item_id, -1) < item.version]
                done, why = self._write(missing, generation)
                written += done
                refused += why
        return Filled(written=written, refused=tuple(refused))

    def _write(self, items: list[Claimed], generation: str) -> tuple[int, list[str]]:
        desk = self._desk()
        made, bad = make(items, desk)
        documents = [one.document for one in made if one.document is not None]
        results = self._put(documents, desk, generation) if documents else []
        refused = [f"{outcome.claimed.item_id}: {outcome.reason}" for outcome in bad]
        refused += [f"{result.id}: {result.reason}" for result in results if result.status is PutStatus.REFUSED]
        return len(documents) - len(refused) + len(bad), refused

    def _put(self, documents: list[Document], desk: Desk, generation: str) -> list[PutResult]:
        waiting: list[Document] = [*documents, *self._used.new_ones(documents, desk.terms, generation)]
        results: dict[str, PutResult] = {}
        pause = 1.0
        while waiting:
            results |= {result.id: result for result in self._index.put(waiting, generation=generation)}
            waiting = [document for document in waiting if results[document.id].status is PutStatus.LATER]
            if waiting:
                self._sleep(pause)
                pause = min(30.0, pause * 2)
        return [results[document.id] for document in documents]

    def _compare(self, generation: str) -> None:
        for _ in range(ROUNDS):
            found = compare(self._ledger, self._index, self._desk(), generation=generation)
            if not found:
                self._say("ledger and new generation agree")
                return
            self._say(f"{len(found)} differ; writing them again")
            self._write_again(found, generation)
        raise Conflict(f"{len(found)} documents still differ, the first: {found[0]}; run it again to go on")

    def _write_again(self, found: list[Difference], generation: str) -> None:
        wanted = {difference.id for difference in found}
        for kind in {difference.kind for difference in found}:
            for page in published(self._ledger, kind):
                self._write([item for item in page if item.item_id in wanted], generation)
        self._sleep(1.0)


def published(ledger: Ledger, kind: Kind) -> Iterator[tuple[Claimed, ...]]:
    """Pages of what readers may see."""
    after = ""
    while page := ledger.published(kind=kind, after=after, limit=AT_ONCE):
        yield page
        after = page[-1].item_id


def _versions(index: Index, kind: Kind, generation: str) -> Mapping[str, int]:
    versions: dict[str, int] = {}
    after = ""
    while page := index.versions(kind, generation=generation, after=after):
        versions.update(page)
        after = page[-1][0]
    return versions
