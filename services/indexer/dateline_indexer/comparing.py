"""Ledger and index side by side: every difference by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from dateline.domain.document import Kind
from dateline.ports.index import Index
from dateline.ports.ledger import Claimed, Ledger
from dateline_indexer.document import Desk
from dateline_indexer.pipeline import make

AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One document: missing, older than its claim, or in the index though no reader may see it."""

    kind: Kind
    id: str
    what: Literal["missing", "older", "unknown"]
    in_ledger: int | None = None
    in_index: int | None = None

    def __str__(self) -> str:
        match self.what:
            case "missing":
                return f"{self.kind} {self.id}: missing in the index"
            case "older":
                return f"{self.kind} {self.id}: version {self.in_index} in the index, {self.in_ledger} in the ledger"
            case "unknown":
                return f"{self.kind} {self.id}: in the index, and no reader may see it"


def compare(ledger: Ledger, index: Index, desk: Desk, *, generation: str | None = None) -> list[Difference]:
    """Every difference between what readers may see and what ``generation`` (None: the current one) holds.

    An item that can't have a document is left out: it is in the quarantine. So is a shipped term (version 0).
    """
    found: list[Difference] = []
    for kind in get_args(Kind):
        differences = _merge(kind, _ledger_side(ledger, kind), _index_side(index, kind, generation))
        found += [one for one in differences if one.what == "unknown" or _can_have_one(ledger, one, desk)]
    return found


def _merge(kind: Kind, ours: Iterator[tuple[str, int]], theirs: Iterator[tuple[str, int]]) -> Iterator[Difference]:
    """Walk both in id order."""
    mine, other = next(ours, None), next(theirs, None)
    while mine or other:
        if other is None or (mine and mine[0] < other[0]):
            assert mine is not None
            yield Difference(kind=kind, id=mine[0], what="missing", in_ledger=mine[1])
            mine = next(ours, None)
        elif mine is None or other[0] < mine[0]:
            if other[1] > 0:
                yield Difference(kind=kind, id=other[0], what="unknown", in_index=other[1])
            other = next(theirs, None)
        else:
            if other[1] < mine[1]:
                yield Difference(kind=kind, id=mine[0], what="older", in_ledger=mine[1], in_index=other[1])
            mine, other = next(ours, None), next(theirs, None)


def _ledger_side(ledger: Ledger, kind: Kind) -> Iterator[tuple[str, int]]:
    after = ""
    while page := ledger.published(kind=kind, after=after, limit=AT_ONCE):
        yield from ((item.item_id, item.version) for item in page)
        after = page[-1].item_id


def _index_side(index: Index, kind: Kind, generation: str | None) -> Iterator[tuple[str, int]]:
    after = ""
    while page := index.versions(kind, generation=generation, after=after):
        yield from page
        after = page[-1][0]


def _can_have_one(ledger: Ledger, difference: Difference, desk: Desk) -> bool:
    made, _ = make(_one(ledger, difference), desk)
    return any(one.document is not None for one in made)


def _one(ledger: Ledger, difference: Difference) -> tuple[Claimed, ...]:
    """The item as it stands now: ``after`` is exclusive, so ask for what follows the id just below it."""
    below = difference.id[:-1] + chr(ord(difference.id[-1]) - 1) + "\U0010ffff" if difference.id else ""
    page = ledger.published(kind=difference.kind, after=below, limit=1)
    return tuple(item for item in page if item.item_id == difference.id)
