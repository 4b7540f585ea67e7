"""Two versions of an event: under which id both stand, what the later one keeps, and whether they are the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from dateline.domain.event import Event
from dateline.domain.payload import to_json
from dateline.domain.rescheduling import rescheduled
from dateline.formats.strict_json import digest


def event_digest(event: Event, sent: Any) -> str:
    """What is compared with the last import: many programs say that everything was modified at each export."""
    return digest(sent) if sent is not None else digest(to_json(replace(event, modified=None)))


def kept_of(before: Event, given: Mapping[str, Any]) -> dict[str, Any]:
    """What a correction can't say, and so leaves as it was: its clock too, unless it names one or is all day."""
    own = isinstance(given["start"], datetime) and "timezone" not in given
    return {
        "recurrence_id": before.recurrence_id, "sequence": before.sequence, "modified": before.modified,
        "vtimezone": before.vtimezone if own else "", "external_id": before.external_id,
        "previous_times": before.previous_times,
    }  # fmt: skip


def as_moved(before: Event | None, event: Event) -> Event:
    """The later version with the time of the earlier one among its previous ones, where there is one."""
    return rescheduled(before, event) if before else event


def external_id(event: Event) -> str:
    """The id under which the ledger keeps an event: its UID, and which recurrence of it this one replaces."""
    return f"{event.external_id} {event.recurrence_id}".strip() if event.external_id else ""
