"""Ledger and index side by side: every difference by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from dateline.documents.builder import DocumentContext
from dateline.domain.document import KINDS, Kind
from dateline.ports.index import Index
from dateline.ports.ledger.claims import Claimed
from dateline.ports.ledger.reindex import PublishedItems
from dateline_indexer.claimed_documents import build_documents

PAGE_SIZE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One document: missing, older than its claim, or in the index though no reader may see it.

    ``indexed`` is the version that is there (-1: none), ``claimed`` what the document would be made of; None for one
    that should not be there.
    """

    kind: Kind
    id: str
    what: Literal["missing", "older", "unknown"]
    indexed: int
    claimed: Claimed | None = None

    def __str__(self) -> str:
        said = {
            "missing": "missing in the index",
            "older": "older in the index than in the ledger",
            "unknown": "in the index, and no reader may see it",
        }
        return f"{self.kind} {self.id}: {said[self.what]}"


def compare(
    ledger: PublishedItems, index: Index, context: DocumentContext, *, generation: str | None = None
) -> list[Difference]:
    """Every difference between what readers may see and what ``generation`` (None: the current one) holds.

    An item that can't have a document is left out: it is in the quarantine. So is a shipped term (version 0).
    """
    return [one for kind in KINDS for one in _of_kind(kind, ledger, index, context, generation)]


def published(ledger: PublishedItems, kind: Kind) -> Iterator[tuple[Claimed, ...]]:
    """Pages of what readers may see, in id order."""
    after = ""
    while page := ledger.published(kind=kind, after=after, limit=PAGE_SIZE):
        yield page
        after = page[-1].item_id


def versions(index: Index, kind: Kind, generation: str | None) -> dict[str, int]:
    """Id -> version of every document of a kind."""
    found: dict[str, int] = {}
    after = ""
    while page := index.versions(kind, generation=generation, after=after):
        found.update(page)
        after = page[-1][0]
    return found


def _of_kind(
    kind: Kind, ledger: PublishedItems, index: Index, context: DocumentContext, generation: str | None
) -> Iterator[Difference]:
    there = versions(index, kind, generation)
    expected: set[str] = set()
    for page in published(ledger, kind):
        expected.update(item.item_id for item in page)
        behind = [item for item in page if there.get(item.item_id, -1) < item.version or not item.published]
        made, _ = build_documents(behind, context)
        expected.difference_update(one.claimed.item_id for one in made if one.document is None and one.claimed.publish)
        for one in made:
            item_id = one.claimed.item_id
            indexed = there.get(item_id, -1)
            if one.document is not None and indexed < one.claimed.version:
                what: Literal["missing", "older"] = "older" if item_id in there else "missing"
                yield Difference(kind=kind, id=item_id, what=what, indexed=indexed, claimed=one.claimed)
    for item_id, version in there.items():
        if version > 0 and item_id not in expected:
            yield Difference(kind=kind, id=item_id, what="unknown", indexed=version)
