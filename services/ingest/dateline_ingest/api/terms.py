"""``/v1/terms``: the vocabulary and what the tagger proposes for it. A changed term retags the stories it touches."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from flask import Response, g, jsonify, request
from marshmallow import fields, validate

from dateline.domain.tag import TAG_TYPES
from dateline.domain.term import TERM_TYPES, Term, TermType
from dateline.domain.timestamps import rfc3339
from dateline.errors import NotAllowed, StaleRevision
from dateline.http import JsonBlueprint, accepts
from dateline.http.requests.body import json_body
from dateline.http.requests.checks import has_body
from dateline.http.responses.conditional import matched_revision
from dateline.ports.ledger.vocabulary import Proposal
from dateline.schemas.base import ReceiptSchema
from dateline.schemas.fields import Counted, Text
from dateline.schemas.pointers import invalid_input, load
from dateline.schemas.term import (
    AcceptSchema,
    MergeSchema,
    TermItemSchema,
    TermLinesSchema,
    TermPreviewSchema,
    TermSchema,
    term_json,
    term_of,
)
from dateline_ingest.api.parameters import (
    ALWAYS,
    CHANGE,
    JSON,
    NOTE_BODY,
    RECEIPT_HEADERS,
    NoteQuery,
    Query,
    idempotency,
    withdrawal_note,
)
from dateline_ingest.api.responses import item_json, list_response, receipt_response, status_url
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.intake import Write
from dateline_ingest.vocabulary.proposal_decisions import proposal_decisions
from dateline_ingest.vocabulary.term_editor import Entry, term_editor
from dateline_ingest.vocabulary.term_preview import preview
from dateline_ingest.vocabulary.touched_stories import TermPreview, TouchedStories, TouchedStory

TERM: Final = "/<any(person, place, organisation, topic, section):type>/<slug:slug>"
NDJSON: Final = "application/x-ndjson"
_ALL: Final = 1_000_000
_ACCEPT_BODY: Final = {
    "requestBody": {
        "required": False,
        "content": {
            JSON: {
                "schema": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {
                        "label": {"type": "string", "minLength": 1, "maxLength": 300},
                        "type": {"type": "string", "enum": list(TAG_TYPES)},
                    },
                }
            }
        },
    }
}
_STATUSES: Final = ("accepted", "proposed", "rejected", "merged")

terms = JsonBlueprint("terms", __name__, url_prefix="/v1/terms", always=ALWAYS, description="The vocabulary")


class TermsQuery(Query):
    """Which terms."""

    type = fields.String(validate=validate.OneOf(TERM_TYPES))
    status = fields.String(validate=validate.OneOf(_STATUSES), load_default="accepted")
    q = Text(200, load_default="")
    limit = Counted(1, 100, load_default=20)
    cursor = Counted(0, 100_000, load_default=0, metadata={"description": "How many to pass over"})


@terms.get("")
@terms.arguments(TermsQuery, location="query")
@terms.response(200, TermLinesSchema)
@needs("reporter", "editor")
def list_terms(query: dict[str, Any]) -> Response:
    """List terms (``status=accepted``), or, for editors, what the tagger proposed: what most sources mention stands
    first."""
    end = query["cursor"] + query["limit"]
    lines = _terms(query, end + 1) if query["status"] == "accepted" else _proposals(query, end + 1)
    return list_response(lines[query["cursor"] : end], str(end) if len(lines) > end else None)


class ExportQuery(Query):
    """Which terms leave."""

    type = fields.String(validate=validate.OneOf(TERM_TYPES))
    changed = fields.Boolean(load_default=False, metadata={"description": "Those alone that editors made or changed"})


@terms.get("/export")
@terms.arguments(ExportQuery, location="query")
@terms.response(200, {"type": "string"}, content_type=NDJSON)
@needs("editor")
def export(query: dict[str, Any]) -> Response:
    """Give every term, a line of JSON each, in the shape in which it is written."""
    found = parts().vocabulary.current().each(query.get("type"), changed=query["changed"])
    lines = (json.dumps(term_json(term), ensure_ascii=False) + "\n" for term in found)
    return Response(lines, content_type=f"{NDJSON}; charset=utf-8")


@terms.get(TERM)
@terms.response(200, TermItemSchema, headers={"ETag": RECEIPT_HEADERS["ETag"]})
@terms.problems(404)
@needs("editor")
def show(type: TermType, slug: str) -> Response:
    """Show a term, and its revisions; revision 0 is a term as shipped."""
    entry = term_editor().entry(type, slug)
    response = jsonify(_entry_json(entry))
    response.set_etag(str(entry.revision))
    return response


@terms.put(TERM)
@terms.arguments(TermSchema)
@terms.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@terms.problems(409, 412, 428)
@terms.doc(**CHANGE)
@needs("editor")
def put(given: dict[str, Any], type: TermType, slug: str) -> Response:
    """Make or change a term; If-Match is needed where there is one already."""
    entry = term_editor().look_up(type, slug)
    with invalid_input():
        term = term_of(given, type, slug)
    return receipt_response(term_editor().put(entry, term, _write(entry)))


@terms.post(f"{TERM}/preview")
@terms.arguments(TermSchema)
@terms.response(200, TermPreviewSchema)
@needs("editor")
def show_preview(given: dict[str, Any], type: TermType, slug: str) -> Response:
    """Say how many stories of the archive would gain or lose the term, were it saved so, with twenty of each. Nothing
    is stored. While the index is away it is said of the newest 1,000 public stories."""
    with invalid_input():
        term = term_of(given, type, slug)
    return jsonify(_preview_json(preview(term)))


@terms.delete(TERM)
@terms.arguments(NoteQuery, location="query")
@terms.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@terms.problems(404, 409, 412, 428)
@terms.doc(**CHANGE, **NOTE_BODY)
@accepts(JSON, optional=True)
@needs("editor")
def remove(query: dict[str, Any], type: TermType, slug: str) -> Response:
    """Take a term out of the vocabulary, a shipped one too."""
    entry, note = term_editor().entry(type, slug), withdrawal_note(query)
    return receipt_response(term_editor().remove(entry, _write(entry), note))


@terms.post(f"{TERM}/accept")
@terms.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@terms.problems(400, 404, 409, 413, 415, 422)
@terms.doc(**_ACCEPT_BODY)
@accepts(JSON, optional=True)
@needs("editor")
def accept(type: TermType, slug: str) -> Response:
    """Make a proposal a term, with another form of its name or another type if the body says so."""
    given = load(AcceptSchema(), json_body(request)) if has_body(request) else {}
    label, as_type = given.get("label", ""), given.get("type")
    return receipt_response(proposal_decisions().accept(type, slug, token(), label=label, as_type=as_type))


@terms.post(f"{TERM}/reject")
@terms.response(202, ReceiptSchema)
@terms.problems(404, 409)
@needs("editor")
def reject(type: TermType, slug: str) -> tuple[Response, int]:
    """Refuse a proposal for ever; there is no revision of it, so the receipt's is 0."""
    rejected = proposal_decisions().reject(type, slug, token())
    return jsonify(_unwritten(f"{type}:{slug}", "discarded", rejected.at)), 202


@terms.post(f"{TERM}/merge")
@terms.arguments(MergeSchema)
@terms.response(202, ReceiptSchema, headers=RECEIPT_HEADERS)
@terms.problems(404, 409)
@needs("editor")
def merge(given: dict[str, Any], type: TermType, slug: str) -> Response:
    """Make a proposal, or a term, another name of an existing term; the receipt is that term's."""
    return receipt_response(term_editor().merge(type, slug, given["into"], token()))


def _write(entry: Entry) -> Write:
    """The write of a term: of a known one it must name the revision, and of none it can't (RFC 9110 section 13.1.1).

    With a key it may be the repeat of the write that made the term; the ledger tells, and asks for the revision else.
    """
    body = g.get("json_body")
    write = Write(by=token(), idempotency=idempotency(body))
    named = "If-Match" in request.headers
    if named and not entry.known and entry.proposal is None:
        raise StaleRevision("There is no such term yet, and so no revision of it to start from.")
    repeat = not named and write.idempotency is not None and entry.item is not None and entry.term is not None
    if repeat or not (entry.known or named):
        return write
    return replace(write, if_match=matched_revision(request, entry.revision))


def _line(term: Term) -> dict[str, Any]:
    return {"type": term.type, "slug": term.slug, "label": term.label, "status": "accepted",
            "url": status_url("term", term.key)}  # fmt: skip


def _proposal_line(proposal: Proposal) -> dict[str, Any]:
    return {
        "type": proposal.type,
        "slug": proposal.slug,
        "label": proposal.label,
        "status": proposal.status,
        "count": proposal.count,
        "sources": proposal.sources,
        "first_day": proposal.first_day.isoformat() if proposal.first_day else None,
        "last_day": proposal.last_day.isoformat() if proposal.last_day else None,
        "url": status_url("term", f"{proposal.type}:{proposal.slug}"),
    }


def _entry_json(entry: Entry) -> dict[str, Any]:
    proposal = entry.proposal
    more: dict[str, Any] = {"term": term_json(entry.term) if entry.term else None, "status": entry.status}
    if proposal:
        more |= {"count": proposal.count, "sources": proposal.sources, "merged_into": proposal.merged_into}
    if entry.item:
        return item_json(entry.item, **more)
    return {**_unwritten(entry.key, "indexed", proposal.at if proposal else None), **more, "revisions": []}


def _terms(query: dict[str, Any], most: int) -> list[dict[str, Any]]:
    """A reporter isn't told of sections that only a story named: it may be held, and another's."""
    may_see_all = token().role == "editor"
    found = parts().vocabulary.current().search(query["q"], query.get("type"), most if may_see_all else _ALL)
    return [_line(term) for term in found if may_see_all or not term.named_by_story][:most]


def _proposals(query: dict[str, Any], most: int) -> list[dict[str, Any]]:
    if token().role != "editor":
        raise NotAllowed("Names that the tagger found are for editors: they may be of stories that are held.")
    found = parts().ledger.proposals(
        status=query["status"], type=query.get("type", ""), query=query["q"], limit=most
    )  # fmt: skip
    return [_proposal_line(proposal) for proposal in found]


def _preview_json(found: TermPreview) -> dict[str, Any]:
    touched = {"gain": touched_json(found.gain), "lose": touched_json(found.lose)}
    told = {name: getattr(found, name) for name in ("examined", "candidates", "complete", "archive")}
    return {**touched, **told}


def touched_json(stories: TouchedStories) -> dict[str, Any]:
    """How many stories, and the newest of them."""
    return {"count": stories.count, "items": [_story_json(story) for story in stories.items]}


def _story_json(story: TouchedStory) -> dict[str, Any]:
    return {"id": story.id, "headline": story.headline, "published_at": story.published_at.isoformat(),
            "words": list(story.words), "url": status_url("story", story.id)}  # fmt: skip


def _unwritten(key: str, state: str, at: datetime | None) -> dict[str, Any]:
    """The receipt of a term that the ledger has no revision of: one as shipped, or a proposal."""
    return {
        "id": key,
        "revision": 0,
        "state": state,
        "received_at": rfc3339(at) if at else None,
        "status_url": status_url("term", key),
    }
