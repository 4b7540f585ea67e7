"""``/v1/stories/{id}/notes``: what colleagues say to one another of a story. Never public."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from dateline.domain.timestamps import rfc3339
from dateline.http import JsonBlueprint
from dateline.ports.ledger.story_pages.notes import StoryNote
from dateline.schemas.story_note import KeptNoteSchema, NotesSchema, StoryNoteSchema
from dateline_ingest.api.parameters import ALWAYS
from dateline_ingest.api.responses import list_response
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token

story_notes = JsonBlueprint(
    "story-notes", __name__, url_prefix="/v1/stories/<opaque:story_id>/notes", always=ALWAYS,
    description="Notes to colleagues, never public",
)  # fmt: skip


@story_notes.get("")
@story_notes.response(200, NotesSchema)
@story_notes.problems(404)
@needs("reporter", "editor")
def list_notes(story_id: str) -> Response:
    """List the notes at a story, oldest first."""
    return list_response([_note_json(note) for note in parts().ledger.notes(story_id)])


@story_notes.post("")
@story_notes.arguments(StoryNoteSchema)
@story_notes.response(201, KeptNoteSchema)
@story_notes.problems(404, 409)
@needs("reporter", "editor")
def add_note(given: dict[str, Any], story_id: str) -> Response:
    """Leave a note, or an answer to one."""
    note = parts().ledger.add_note(story_id, given["text"], token(), answers=given.get("answers"))
    response = jsonify(_note_json(note))
    response.status_code = 201
    return response


def _note_json(note: StoryNote) -> dict[str, Any]:
    return {"id": note.id, "at": rfc3339(note.at), "by": note.by, "text": note.text, "answers": note.answers}
