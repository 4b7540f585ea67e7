"""Where a story is, as a line of four steps with times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from dateline.ports.ledger.items import ItemSummary, Revision

NAMES: Final = ("received", "tagged", "indexed", "on the site")
_AFTER_TAGGING: Final = ("index", "document", "bulk")


@dataclass(frozen=True, slots=True)
class Step:
    """One step: done, where the story is now, still to come, or where it stopped."""

    name: str
    state: Literal["done", "now", "to come", "stopped"]
    at: datetime | None = None


def steps(where: Revision | ItemSummary, stage: str = "") -> tuple[Step, ...]:
    """The four steps of a revision."""
    received = Step(NAMES[0], "done", where.received_at)
    if where.indexed_at is not None or where.state in ("indexed", "withdrawn"):
        return (received, *(Step(name, "done", where.indexed_at) for name in NAMES[1:]))
    if where.state in ("quarantined", "discarded"):
        tagged = stage in _AFTER_TAGGING
        marks: tuple[Literal["done", "to come", "stopped"], ...] = (
            ("done", "stopped", "to come") if tagged else ("stopped", "to come", "to come")
        )
        return (received, *(Step(name, mark) for name, mark in zip(NAMES[1:], marks, strict=True)))
    if where.state == "accepted":
        return (received, Step(NAMES[1], "now"), Step(NAMES[2], "to come"), Step(NAMES[3], "to come"))
    return (received, *(Step(name, "to come") for name in NAMES[1:]))
