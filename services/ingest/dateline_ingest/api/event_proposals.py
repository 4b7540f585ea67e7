"""``/v1/event-proposals``: events that stories announce, and an editor's decision on each."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from flask import Response, g, jsonify, request
from marshmallow import fields, validate

from dateline.domain.timestamps import rfc3339
from dateline.errors import FieldError, InvalidInput
from dateline.http import JsonBlueprint, accepts
from dateline.http.requests.body import json_body
from dateline.http.requests.checks import has_body
from dateline.ports.ledger.event_proposals import EVENT_PROPOSAL_STATES, EventProposal, ProposalEvidence
from dateline.schemas.base import ReceiptSchema, Strict
from dateline.schemas.event import EventSchema, event_json
from dateline.schemas.fields import Counted, DayOrMoment, Moment
from dateline.schemas.pointers import INVALID
from dateline_ingest.api.parameters import (
    ALWAYS,
    JSON,
    NEW,
    RECEIPT_HEADERS,
    Query,
    cursor_at,
    new_write,
    position,
)
from dateline_ingest.api.responses import base_url, list_response, receipt_response, status_url
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.proposed_events.accepting import accept as accept_proposal
from dateline_ingest.proposed_events.known_events import PossibleSame, possible_same

event_proposals = JsonBlueprint(
    "event_proposals", __name__, url_prefix="/v1/event-proposals", always=ALWAYS,
    description="Events that stories announce",
)  # fmt: skip

_ONE: Final = "/<opaque:proposal_id>"
_ACCEPT_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": False,
        "description": "Fields of an event that are otherwise than proposed (null takes one out), or the event on"
        " record that it is.",
        "content": {JSON: {"schema": {"type": "object", "properties": {"event": {"type": "string"}}}}},
    }
}


class ProposalEvidenceSchema(Strict):
    """Which words of which story announce it: ``text`` is the date, at ``start`` to ``end`` of the sentence."""

    story = fields.String(required=True)
    label = fields.String(required=True, metadata={"description": "The story's headline"})
    url = fields.String(required=True)
    revision = fields.Integer(required=True)
    sentence = fields.String(required=True)
    start = fields.Integer(required=True)
    end = fields.Integer(required=True)
    text = fields.String(required=True)
    rule = fields.String(required=True, metadata={"description": "How it was read"})


class PossibleSameSchema(Strict):
    """An event on record that it may be."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    start = DayOrMoment(required=True)
    likeness = fields.Float(required=True, metadata={"description": "Of the titles, from 0 to 1"})
    url = fields.String(required=True)


class EventProposalSchema(Strict):
    """An event that a story announces, or several."""

    id = fields.String(required=True)
    state = fields.String(required=True, metadata={"enum": list(EVENT_PROPOSAL_STATES)})
    event = fields.Nested(EventSchema, required=True)
    event_id = fields.String(required=True, allow_none=True, metadata={"description": "What an accepted one became"})
    evidence = fields.List(fields.Nested(ProposalEvidenceSchema), required=True)
    possible_same = fields.List(fields.Nested(PossibleSameSchema), required=True)
    found_at = Moment(required=True)
    decided_at = Moment(required=True, allow_none=True)
    decided_by = fields.String(required=True)
    url = fields.String(required=True)


class EventProposalsSchema(Strict):
    """Proposed events, newest first."""

    items = fields.List(fields.Nested(EventProposalSchema), required=True)
    next = fields.String(required=True, allow_none=True)


class EventProposalsQuery(Query):
    """Which proposed events."""

    state = fields.String(validate=validate.OneOf(EVENT_PROPOSAL_STATES), load_default="open")
    limit = Counted(1, 100, load_default=20)
    cursor = fields.String(validate=validate.Length(max=500))


@event_proposals.get("")
@event_proposals.arguments(EventProposalsQuery, location="query")
@event_proposals.response(200, EventProposalsSchema)
@needs("editor")
def list_event_proposals(query: dict[str, Any]) -> Response:
    """List proposed events, newest first; without a state those that nobody decided on and that aren't over."""
    here = parts()
    today = datetime.now(here.settings.timezone).date()
    page = here.ledger.event_proposals(
        state=query["state"], today=today, limit=query["limit"], cursor=position(query)
    )  # fmt: skip
    return list_response([event_proposal_json(one) for one in page.items], cursor_at(page.next))


@event_proposals.get(_ONE)
@event_proposals.response(200, EventProposalSchema)
@event_proposals.problems(404)
@needs("editor")
def show(proposal_id: str) -> Response:
    """Show a proposed event, with the words that announce it."""
    return jsonify(event_proposal_json(parts().ledger.event_proposal(proposal_id)))


@event_proposals.post(f"{_ONE}/accept")
@event_proposals.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@event_proposals.problems(400, 404, 409, 413, 415, 422)
@event_proposals.doc(**NEW, **_ACCEPT_BODY)
@accepts(JSON, optional=True)
@needs("editor")
def accept(proposal_id: str) -> Response:
    """Put a proposed event into the calendar, or say which one there it is; the receipt is that event's. It is linked
    with the stories that announce it."""
    return receipt_response(accept_proposal(proposal_id, _changes(), new_write()))


@event_proposals.post(f"{_ONE}/reject")
@event_proposals.response(200, EventProposalSchema)
@event_proposals.problems(404, 409)
@needs("editor")
def reject(proposal_id: str) -> Response:
    """Refuse a proposed event: its stories propose it no more."""
    return jsonify(event_proposal_json(parts().ledger.reject_event_proposal(proposal_id, token())))


def event_proposal_json(proposal: EventProposal) -> dict[str, Any]:
    """A proposed event, every field said; what it may be only while nobody has decided."""
    here = parts()
    same = possible_same(proposal, here.ledger, here.settings.timezone) if proposal.state == "open" else []
    return {
        "id": proposal.id, "state": proposal.state, "event": event_json(proposal.event),
        "event_id": proposal.event_id or None, "evidence": [_evidence_json(one) for one in proposal.evidence],
        "possible_same": [_same_json(one) for one in same], "found_at": rfc3339(proposal.found_at),
        "decided_at": rfc3339(proposal.decided_at) if proposal.decided_at else None,
        "decided_by": proposal.decided_by, "url": f"{base_url()}/v1/event-proposals/{proposal.id}",
    }  # fmt: skip


def _evidence_json(one: ProposalEvidence) -> dict[str, Any]:
    return {
        "story": one.story_id, "label": one.story_label, "url": status_url("story", one.story_id),
        "revision": one.revision, "sentence": one.sentence, "start": one.start, "end": one.end,
        "text": one.sentence[one.start : one.end], "rule": one.rule,
    }  # fmt: skip


def _same_json(one: PossibleSame) -> dict[str, Any]:
    return {"id": one.id, "title": one.event.title, "start": one.event.start.isoformat(), "likeness": one.likeness,
            "url": status_url("event", one.id)}  # fmt: skip


def _changes() -> dict[str, Any]:
    """What the body says. Raises ``InvalidInput`` for what is no object."""
    said = json_body(request) if has_body(request) else {}
    if not isinstance(said, dict):
        raise InvalidInput(INVALID, (FieldError("", "Must be an object."),))
    g.json_body = said
    return said
