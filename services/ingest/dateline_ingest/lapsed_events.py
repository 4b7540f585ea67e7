"""What a newer version of a calendar took off, parts of a series and what became private: it comes back with a newer
version."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from dateline.domain.event import Event
from dateline.domain.payload import is_tombstone, lapsed_payload
from dateline.errors import Conflict
from dateline.formats.strict_json import digest
from dateline.ports.ledger.submissions import Earlier, Submission, Unchanged
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane

LAPSED: Final = "The series that this was a part of has other times now."
NOT_PUBLIC: Final = "This event is no longer public."


def lapsed(event: Event, external_id: str, source: str, by: Token, lane: Lane, note: str = LAPSED) -> Submission:
    """The tombstone of ``event``, whose ``sequence`` is that of the version that took it off; ``note`` says why."""
    payload = lapsed_payload(event.sequence)
    first = Submission(
        kind="event",
        action="withdraw",
        payload=payload,
        by=by,
        lane=lane,
        label=event.title,
        section=event.section,
        note=note,
        external_source=source,
        external_id=external_id,
        external_digest=digest(payload),
        after_withdrawal=True,
    )

    def following(earlier: Earlier) -> Submission | Unchanged:
        return "repeat" if earlier.withdrawn else first

    return replace(first, following=following)


def follow_lapsed(submission: Submission, event: Event, earlier: Earlier) -> Submission | Unchanged:
    """What becomes of ``event`` under an id whose event was withdrawn: one that lapsed comes back where this is no
    older than the series that didn't have it. Raises ``Conflict`` where an editor withdrew it."""
    if not is_tombstone(earlier.payload):
        raise Conflict("this event was withdrawn, and stays so")
    sequence: int = earlier.payload.get("sequence", 0)
    return "older" if event.sequence < sequence else submission
