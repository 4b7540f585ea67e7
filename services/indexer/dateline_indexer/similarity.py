"""Comparing stories with one another, a little at a time beside the indexing: what became public or is held newly."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import structlog

from dateline.documents.similar_stories import compare, story_shingles
from dateline.domain.similarity.minhash import bands_of, signature_of
from dateline.errors import Permanent
from dateline.ports.ledger.duplicates import Comparison, Duplicates, StoryText

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.indexer")

BATCH: Final = 20
"""Small, so that a story that is submitted meanwhile waits some hundredths of a second at most."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The texts of a batch that were looked at so far, which are in no table yet."""

    texts: dict[str, StoryText] = field(default_factory=dict)
    by_band: dict[int, set[str]] = field(default_factory=dict)

    def add(self, text: StoryText, bands: Sequence[int]) -> None:
        """Let those that come after it find it."""
        self.texts[text.item_id] = text
        for band in bands:
            self.by_band.setdefault(band, set()).add(text.item_id)

    def with_bands(self, bands: Sequence[int]) -> list[StoryText]:
        """Those that have one of these bands."""
        met = sorted({item_id for band in bands for item_id in self.by_band.get(band, ())})
        return [self.texts[item_id] for item_id in met]


class Similarity:
    """Takes what the change sequence and the embargoes bring, one batch after another."""

    def __init__(self, ledger: Duplicates) -> None:
        self._ledger = ledger

    def work(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Compare until nothing is left or ``seconds`` are over."""
        deadline = clock() + seconds
        while self.step() and clock() < deadline:
            pass

    def step(self) -> bool:
        """Compare one batch; False when there was nothing to do."""
        due = self._ledger.texts_to_compare(limit=BATCH)
        if due.is_empty:
            return False
        batch = Batch()
        found = [self._compared(text, batch) for text in due.texts]
        self._ledger.record_comparisons(found, seen=due.seen)
        for one in found:
            for alike in one.alike:
                log.info("similar", item=one.item_id, other=alike.item_id, likeness=alike.likeness)
        return True

    def _compared(self, text: StoryText, batch: Batch) -> Comparison:
        if text.payload is None:
            return Comparison(item_id=text.item_id, revision=text.revision, signature=None)
        try:
            shingles = story_shingles(text.payload)
        except Permanent as error:  # what can't be read is in quarantine already, with the reason
            log.warning("not compared", item=text.item_id, reason=str(error))
            shingles = frozenset()
        if not shingles:
            return Comparison(item_id=text.item_id, revision=text.revision, signature=b"")
        signature = signature_of(shingles)
        bands = bands_of(signature)
        before = self._candidates(text.item_id, bands, batch)
        alike = compare(shingles, signature, before, lambda ids: self._texts(ids, batch))
        batch.add(replace(text, signature=signature), bands)
        return Comparison(item_id=text.item_id, revision=text.revision, signature=signature, bands=bands, alike=alike)

    def _candidates(self, item_id: str, bands: Sequence[int], batch: Batch) -> list[StoryText]:
        """What may be like it: on record, unless the batch has a newer text of it, and in the batch."""
        recorded = self._ledger.stories_with_bands(bands)
        others = [one for one in recorded if one.item_id != item_id and one.item_id not in batch.texts]
        return [*others, *batch.with_bands(bands)]

    def _texts(self, ids: Collection[str], batch: Batch) -> Sequence[StoryText]:
        here = [batch.texts[one] for one in ids if one in batch.texts]
        return [*here, *self._ledger.compared_texts([one for one in ids if one not in batch.texts])]
