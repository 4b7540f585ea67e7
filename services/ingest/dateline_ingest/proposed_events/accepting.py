"""Accepting a proposed event: as it is, with changes, or as one on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dateline.domain.event import Event
from dateline.errors import FieldError, InvalidInput
from dateline.ports.ledger.event_proposals import EventProposal
from dateline.ports.ledger.submissions import Receipt
from dateline.ports.wakeup import Lane
from dateline.schemas.event import EventSchema, event_json
from dateline.schemas.pointers import INVALID, load
from dateline_ingest.context import parts
from dateline_ingest.intake import Write


def accept(proposal_id: str, changes: Mapping[str, Any], write: Write) -> Receipt:
    """Make the event of a proposal, its fields as ``changes`` say, or link the one that is named by ``event``.

    The receipt is the event's. ``NotFound``, ``Conflict``; ``InvalidInput`` with what is wrong in the changes.
    """
    if "event" in changes:
        return _accept_as_known(proposal_id, changes, write)
    body = body_of(parts().ledger.event_proposal(proposal_id), changes)
    return accept_as(proposal_id, load(EventSchema(), body), write)


def accept_as(proposal_id: str, given: Mapping[str, Any], write: Write) -> Receipt:
    """Make the event of a proposal that the checked body ``given`` says whole. Raises as ``accept`` does."""
    here = parts()
    receipt = here.ledger.accept_proposed_event(proposal_id, here.intake.new_event(given, replace(write, sent=None)))
    here.wakeup.wake(Lane.LIVE)
    return receipt


def body_of(proposal: EventProposal, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The event of a proposal as the API takes one, with ``changes``; null takes a field out.

    Where the start becomes a plain date or a time, which it wasn't, an end of the other kind falls away.
    """
    event: Event = proposal.event
    proposed = event_json(event)
    start = changes.get("start")
    if isinstance(start, str) and ("T" in start) == event.all_day:
        proposed.pop("end", None)
        proposed.pop("timezone", None)
    body = {**proposed, **changes}
    return {name: value for name, value in body.items() if value is not None}


def _accept_as_known(proposal_id: str, changes: Mapping[str, Any], write: Write) -> Receipt:
    event_id = changes["event"]
    if not isinstance(event_id, str) or len(changes) > 1:
        detail = "Name the event alone, by its id: an event on record is changed where it is."
        raise InvalidInput(INVALID, (FieldError("/event", detail),))
    here = parts()
    here.ledger.accept_as_known_event(proposal_id, event_id, write.by)
    here.wakeup.wake(Lane.LIVE)
    newest = here.ledger.item("event", event_id).newest
    return Receipt(
        id=event_id, kind="event", revision=newest.revision, state=newest.state, received_at=newest.received_at
    )
